#include "pipeline/match/index/join_keys.h"

#include <algorithm>
#include <cstddef>

#include "pipeline/match/index/deletions.h"
#include "pipeline/match/index/key_table.h"
#include "pipeline/match/index/segments.h"
#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"

namespace landfall {
namespace {

constexpr std::size_t kLongestShort = 10, kMostEdits = 2;

enum class Kind : std::uint64_t { kDeletion = 11, kSkeleton, kNickname };

std::uint32_t Key(std::string_view text, Kind kind, std::uint64_t more = 0) {
  return static_cast<std::uint32_t>(HashText(text, static_cast<std::uint64_t>(kind) + more * 64) >> 32);
}

void AppendDeletionKeys(std::string_view text, JoinKeys& keys) {
  ForEachDeletion(text, EditsAllowed(text.size()), [&](std::string_view left) { keys.push_back(Key(left, Kind::kDeletion)); });
}

void AppendSkeletonAndNicknames(std::string_view text, std::string_view skeleton, JoinKeys& keys) {
  if (!skeleton.empty()) keys.push_back(Key(skeleton, Kind::kSkeleton));
  for (const std::uint16_t group : NicknameGroups(text)) keys.push_back(Key({}, Kind::kNickname, group));
}

}  // namespace

void AppendJoinKeys(std::string_view join, std::string_view skeleton, JoinKeys& keys) {
  AppendSkeletonAndNicknames(join, skeleton, keys);
  if (join.size() <= kLongestShort) {
    AppendDeletionKeys(join, keys);
    return;
  }
  ForEachSegmentKey(join, [&](std::uint32_t key) { keys.push_back(key); });
}

void AppendKeysOfMatchingJoins(std::string_view text, std::string_view skeleton, JoinKeys& keys) {
  AppendSkeletonAndNicknames(text, skeleton, keys);
  if (text.size() <= kLongestShort + kMostEdits) AppendDeletionKeys(text, keys);
  if (text.size() + kMostEdits <= kLongestShort) return;
  ForEachKeyOfMatchingSegments(text, kLongestShort + 1, [&](std::uint32_t key) { keys.push_back(key); });
}

}  // namespace landfall
