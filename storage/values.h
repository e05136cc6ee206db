#pragma once

// Schema of each kind of value: its number goes up with a change that an older program cannot read.

#include <cstdint>

namespace landfall {

inline constexpr std::uint64_t kStateSchema = 1;
inline constexpr std::uint64_t kMessageSchema = 1;
inline constexpr std::uint64_t kSeenSchema = 1;
inline constexpr std::uint64_t kFactsSchema = 1;
inline constexpr std::uint64_t kFlagSchema = 1;
inline constexpr std::uint64_t kQuarantineSchema = 1;
inline constexpr std::uint64_t kReferenceSchema = 1;
inline constexpr std::uint64_t kQuarantineClosingSchema = 1;
inline constexpr std::uint64_t kSnapshotSchema = 1;
inline constexpr std::uint64_t kPeopleSchema = 1;

// Of the directory as a whole: its files, column families and keys.
inline constexpr int kStoreSchema = 2;

}  // namespace landfall
