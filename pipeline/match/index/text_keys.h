#pragma once

// Keys by which tokens and joins are filed, so that a text finds every one it matches by edits, and every join it matches
// by skeleton or nickname. A superset: whoever finds compares the texts.

#include <cstdint>
#include <string_view>
#include <vector>

#include "pipeline/match/index/deletions.h"
#include "pipeline/match/index/segments.h"
#include "pipeline/match/name/edit_distance.h"

namespace landfall {

// Texts of up to so many letters are filed without each choice of as many letters as edits are allowed, longer ones by
// thirds.
inline constexpr std::size_t kLongestFiledByDeletion = 10;
inline constexpr std::size_t kMostEdits = 2;
static_assert(kLongestFiledByDeletion + kMostEdits <= kLongestByDeletion);

// Calls use(key) for the keys to file a text under.
template <typename Use>
void ForEachKeyToFile(std::string_view text, Use use) {
  if (text.size() <= kLongestFiledByDeletion) ForEachDeletionKey(text, EditsAllowed(text.size()), use);
  else ForEachSegmentKey(text, use);
}

// Calls use(key) for the keys under which every filed text is found that is as near as the edits allow.
template <typename Use>
void ForEachKeyToFind(std::string_view text, Use use) {
  if (text.size() <= kLongestFiledByDeletion + kMostEdits) ForEachDeletionKey(text, EditsAllowed(text.size()), use);
  if (text.size() + kMostEdits > kLongestFiledByDeletion) {
    ForEachKeyOfMatchingSegments(text, kLongestFiledByDeletion + 1, use);
  }
}

// 0 without a skeleton, and never else.
inline std::uint32_t SkeletonKey(std::string_view skeleton) {
  return skeleton.empty() ? 0 : static_cast<std::uint32_t>(HashText(skeleton, 12) >> 32) | 1u;
}
inline std::uint32_t NicknameKey(std::uint16_t group) {
  return static_cast<std::uint32_t>(HashText({}, 13 + group * 64u) >> 32);
}

}  // namespace landfall
