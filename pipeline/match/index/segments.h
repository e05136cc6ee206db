#pragma once

// Texts of eight letters or more that are within two edits of each other, found by thirds: two edits leave one third of
// three as it was. A superset: whoever finds compares the texts.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/match/index/key_table.h"

namespace landfall {

inline constexpr int kSegments = 3;

struct Third {
  std::size_t begin, size;
};

inline Third ThirdOf(std::size_t length, int segment) {
  const auto s = static_cast<std::size_t>(segment);
  const std::size_t begin = length * s / kSegments;
  return {begin, length * (s + 1) / kSegments - begin};
}

inline std::uint32_t SegmentKey(std::string_view text, std::size_t length, int segment) {
  constexpr std::uint64_t kSeed = 1'000;
  return static_cast<std::uint32_t>(HashText(text, kSeed + length * kSegments + static_cast<std::size_t>(segment)) >> 32);
}

// Where the segment of a text of `length` letters may stand in `text`, if it is the one that two edits leave as it was.
// With as many edits before a segment as segments before it, or more behind it than segments behind it, another one is.
template <typename Use>
void ForEachKeyOfSegment(std::string_view text, std::size_t length, int segment, Use use) {
  const auto [begin, size] = ThirdOf(length, segment);
  const auto place = static_cast<std::ptrdiff_t>(begin);
  const std::ptrdiff_t longer = static_cast<std::ptrdiff_t>(text.size()) - static_cast<std::ptrdiff_t>(length);
  const std::ptrdiff_t before = segment, behind = kSegments - 1 - segment;
  const std::ptrdiff_t first = std::max({place - before, place + longer - behind, std::ptrdiff_t{0}});
  const std::ptrdiff_t last = std::min({place + before, place + longer + behind,
                                        static_cast<std::ptrdiff_t>(text.size()) - static_cast<std::ptrdiff_t>(size)});
  for (std::ptrdiff_t at = first; at <= last; ++at) {
    use(SegmentKey(text.substr(static_cast<std::size_t>(at), size), length, segment));
  }
}

// A swap across the border of two segments changes both by one edit. Undone at the end of the first segment, or at the
// beginning of the last, it leaves that one as it was whatever the other edit.
template <typename Use>
void ForEachUnswappedKey(std::string_view text, std::size_t length, Use use) {
  const Third first = ThirdOf(length, 0), last = ThirdOf(length, kSegments - 1);
  if (first.size < text.size()) {
    std::string unswapped(text.substr(0, first.size));
    unswapped.back() = text[first.size];
    use(SegmentKey(unswapped, length, 0));
  }
  if (last.size < text.size()) {
    std::string unswapped(text.substr(text.size() - last.size));
    unswapped.front() = text[text.size() - last.size - 1];
    use(SegmentKey(unswapped, length, kSegments - 1));
  }
}

// Calls use(key) for the keys to file a text under: each third with its place and the length of the whole.
template <typename Use>
void ForEachSegmentKey(std::string_view text, Use use) {
  for (int segment = 0; segment < kSegments; ++segment) {
    const auto [begin, size] = ThirdOf(text.size(), segment);
    use(SegmentKey(text.substr(begin, size), text.size(), segment));
  }
}

// Calls use(key) for the keys under which every filed text of `shortest` letters or more is found that is within two
// edits of `text`, which has at least eight letters.
template <typename Use>
void ForEachKeyOfMatchingSegments(std::string_view text, std::size_t shortest, Use use) {
  constexpr std::size_t kMostEdits = 2;
  for (std::size_t length = std::max(shortest, text.size() - kMostEdits); length <= text.size() + kMostEdits; ++length) {
    for (int segment = 0; segment < kSegments; ++segment) ForEachKeyOfSegment(text, length, segment, use);
    ForEachUnswappedKey(text, length, use);
  }
}

}  // namespace landfall
