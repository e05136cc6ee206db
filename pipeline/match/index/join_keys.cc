#include "pipeline/match/index/join_keys.h"

#include <algorithm>
#include <cstddef>

#include "pipeline/match/index/deletions.h"
#include "pipeline/match/index/key_table.h"
#include "pipeline/match/name/nicknames.h"

namespace landfall {
namespace {

constexpr std::size_t kLongestShort = 8, kShortestLong = 8, kShortestWithEdit = 4;
constexpr int kSegments = 3, kMostEdits = 2;

enum class Kind : std::uint64_t { kDeletion = 11, kSkeleton, kNickname, kSegment };

std::uint32_t Key(std::string_view text, Kind kind, std::uint64_t more = 0) {
  return static_cast<std::uint32_t>(HashText(text, static_cast<std::uint64_t>(kind) + more * 64) >> 32);
}

struct Segment {
  std::size_t begin, size;
};

Segment SegmentOf(std::size_t length, int segment) {
  const auto s = static_cast<std::size_t>(segment);
  const std::size_t begin = length * s / kSegments;
  return {begin, length * (s + 1) / kSegments - begin};
}

std::uint32_t SegmentKey(std::string_view text, std::size_t length, int segment) {
  return Key(text, Kind::kSegment, length * kSegments + static_cast<std::size_t>(segment));
}

void AppendDeletionKeys(std::string_view text, JoinKeys& keys) {
  const int edits = text.size() >= kShortestWithEdit ? 1 : 0;
  ForEachDeletion(text, edits, [&](std::string_view left) { keys.push_back(Key(left, Kind::kDeletion)); });
}

void AppendSkeletonAndNicknames(std::string_view text, std::string_view skeleton, JoinKeys& keys) {
  if (!skeleton.empty()) keys.push_back(Key(skeleton, Kind::kSkeleton));
  for (const std::uint16_t group : NicknameGroups(text)) keys.push_back(Key({}, Kind::kNickname, group));
}

// Where the segment of a join of `length` letters may stand in `text`, if it is the one that two edits leave as it was.
// With as many edits before a segment as segments before it, or more behind it than segments behind it, another one is.
void AppendSegmentKeys(std::string_view text, std::size_t length, int segment, JoinKeys& keys) {
  const auto [begin, size] = SegmentOf(length, segment);
  const auto place = static_cast<std::ptrdiff_t>(begin);
  const std::ptrdiff_t longer = static_cast<std::ptrdiff_t>(text.size()) - static_cast<std::ptrdiff_t>(length);
  const std::ptrdiff_t before = segment, behind = kSegments - 1 - segment;
  const std::ptrdiff_t first = std::max({place - before, place + longer - behind, std::ptrdiff_t{0}});
  const std::ptrdiff_t last = std::min({place + before, place + longer + behind,
                                        static_cast<std::ptrdiff_t>(text.size()) - static_cast<std::ptrdiff_t>(size)});
  for (std::ptrdiff_t at = first; at <= last; ++at) {
    keys.push_back(SegmentKey(text.substr(static_cast<std::size_t>(at), size), length, segment));
  }
}

// A swap across the border of two segments changes both by one edit. Undone at the end of the first segment, or at the
// beginning of the last, it leaves that one as it was whatever the other edit.
void AppendUnswappedKeys(std::string_view text, std::size_t length, JoinKeys& keys) {
  const Segment first = SegmentOf(length, 0), last = SegmentOf(length, kSegments - 1);
  if (first.size < text.size()) {
    std::string unswapped(text.substr(0, first.size));
    unswapped.back() = text[first.size];
    keys.push_back(SegmentKey(unswapped, length, 0));
  }
  if (last.size < text.size()) {
    std::string unswapped(text.substr(text.size() - last.size));
    unswapped.front() = text[text.size() - last.size - 1];
    keys.push_back(SegmentKey(unswapped, length, kSegments - 1));
  }
}

}  // namespace

void AppendJoinKeys(std::string_view join, std::string_view skeleton, JoinKeys& keys) {
  AppendSkeletonAndNicknames(join, skeleton, keys);
  if (join.size() <= kLongestShort) AppendDeletionKeys(join, keys);
  if (join.size() < kShortestLong) return;
  for (int segment = 0; segment < kSegments; ++segment) {
    const auto [begin, size] = SegmentOf(join.size(), segment);
    keys.push_back(SegmentKey(join.substr(begin, size), join.size(), segment));
  }
}

void AppendKeysOfMatchingJoins(std::string_view text, std::string_view skeleton, JoinKeys& keys) {
  AppendSkeletonAndNicknames(text, skeleton, keys);
  if (text.size() <= kLongestShort) AppendDeletionKeys(text, keys);
  if (text.size() < kShortestLong) return;
  const std::size_t shortest = std::max(kShortestLong, text.size() - kMostEdits);
  for (std::size_t length = shortest; length <= text.size() + kMostEdits; ++length) {
    for (int segment = 0; segment < kSegments; ++segment) AppendSegmentKeys(text, length, segment, keys);
    AppendUnswappedKeys(text, length, keys);
  }
}

}  // namespace landfall
