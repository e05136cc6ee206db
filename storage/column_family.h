#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace landfall {

// The column families, in the order in which they are opened. The names are on disk; docs/FORMATS.md describes each.
// DO NOT RENUMBER: the number is hashed into keys.
enum class ColumnFamily : std::uint8_t { kState, kMessages, kSeen, kFacts, kFlags, kQuarantine, kReference };
inline constexpr std::string_view kColumnFamilyNames[] = {"default", "messages",   "seen",     "facts",
                                                          "flags",   "quarantine", "reference"};
inline constexpr std::size_t kColumnFamilyCount = std::size(kColumnFamilyNames);

}  // namespace landfall
