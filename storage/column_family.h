#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace landfall {

// The column families, in the order in which they are opened. The names are on disk; docs/FORMATS.md describes each.
// DO NOT RENUMBER: the number is hashed into keys.
enum class ColumnFamily : std::uint8_t {
  kState, kMessages, kSeen, kFacts, kFlags, kQuarantine, kReference,
  kAssessments, kPeople,  // Since schema 2.
};
inline constexpr std::string_view kColumnFamilyNames[] = {"default",    "messages",  "seen",        "facts", "flags",
                                                          "quarantine", "reference", "assessments", "people"};
// Of schema 1.
inline constexpr std::size_t kFirstColumnFamilies = 7;
inline constexpr std::size_t kColumnFamilyCount = std::size(kColumnFamilyNames);

}  // namespace landfall
