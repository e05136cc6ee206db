#pragma once

// Bitmaps with a bit per row: the first row is the lowest bit of the first word.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace landfall::rules {

using Word = std::uint64_t;
inline constexpr std::size_t kWordRows = 64;

inline std::size_t WordsFor(std::size_t rows) { return (rows + kWordRows - 1) / kWordRows; }
inline bool TestBit(const Word* bits, std::size_t row) {
  return (bits[row / kWordRows] >> (row % kWordRows)) & 1;
}
inline void SetBit(Word* bits, std::size_t row) {
  bits[row / kWordRows] |= Word{1} << (row % kWordRows);
}

// Calls visit(word number, mask of the rows of [first, last) in that word) for each word of the
// range, until it returns true. Returns whether it did.
template <typename Visit>
bool AnyWordOf(std::pair<std::size_t, std::size_t> rows, Visit visit) {
  for (auto [row, last] = rows; row < last;) {
    const std::size_t word = row / kWordRows, bit = row % kWordRows;
    const std::size_t end = (word + 1) * kWordRows < last ? kWordRows : last - word * kWordRows;
    const Word below_end = end == kWordRows ? ~Word{0} : (Word{1} << end) - 1;
    if (visit(word, below_end & (~Word{0} << bit))) return true;
    row = word * kWordRows + end;
  }
  return false;
}

inline bool AnyBit(const Word* bits, std::pair<std::size_t, std::size_t> rows) {
  return AnyWordOf(rows, [bits](std::size_t word, Word mask) { return (bits[word] & mask) != 0; });
}
inline bool EveryBit(const Word* bits, std::pair<std::size_t, std::size_t> rows) {
  return !AnyWordOf(rows,
                    [bits](std::size_t word, Word mask) { return (~bits[word] & mask) != 0; });
}
inline std::size_t CountBits(const Word* bits, std::pair<std::size_t, std::size_t> rows) {
  std::size_t count = 0;
  AnyWordOf(rows, [&](std::size_t word, Word mask) {
    count += static_cast<std::size_t>(std::popcount(bits[word] & mask));
    return false;
  });
  return count;
}
inline void SetBits(Word* bits, std::pair<std::size_t, std::size_t> rows) {
  AnyWordOf(rows, [bits](std::size_t word, Word mask) {
    bits[word] |= mask;
    return false;
  });
}

}  // namespace landfall::rules
