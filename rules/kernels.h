#pragma once

// The inner loops of evaluation: a run of rows of a column against a condition, into bitmaps. Plain
// loops over plain arrays, in a form that the compiler turns into vector instructions of whatever
// machine it builds for.

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "rules/bits.h"

namespace landfall::rules {

// The result of a condition for a run of rows. A row with neither bit is unknown.
struct Truth {
  Word* yes;
  Word* no;
};
struct ConstTruth {
  const Word* yes;
  const Word* no;
};

// The condition of up to 64 rows as bytes of 0 and 1, then packed: comparing is where the time
// goes, and bytes are what compilers know how to compare in parallel.
template <typename Holds>
Word PackWord(std::size_t rows, Holds holds) {
  alignas(16) std::uint8_t bytes[kWordRows];
  if (rows == kWordRows) {
    for (std::size_t i = 0; i < kWordRows; ++i) bytes[i] = holds(i) ? 1 : 0;
  } else {
    std::memset(bytes, 0, sizeof(bytes));
    for (std::size_t i = 0; i < rows; ++i) bytes[i] = holds(i) ? 1 : 0;
  }
  Word word = 0;
  for (std::size_t group = 0; group < 8; ++group) {
    Word eight = 0;
    for (std::size_t i = 0; i < 8; ++i) eight |= Word{bytes[group * 8 + i]} << (8 * i);
    // Moves bit 8i to bit 56 + i, for the eight bytes at once; no two products meet.
    word |= ((eight * 0x0102040810204080u) >> 56) << (8 * group);
  }
  return word;
}

// holds(row) for each of `rows`, where `known(word)` says so.
template <typename Known, typename Holds>
void Where(std::size_t rows, Known known, Holds holds, Truth out) {
  for (std::size_t word = 0, row = 0; row < rows; ++word, row += kWordRows) {
    const std::size_t here = rows - row < kWordRows ? rows - row : kWordRows;
    const Word bits = PackWord(here, [&](std::size_t i) { return holds(row + i); });
    const Word mask = known(word);
    out.yes[word] = bits & mask;
    out.no[word] = ~bits & mask;
  }
}

inline void AndInto(ConstTruth operand, std::size_t words, Truth out) {
  for (std::size_t i = 0; i < words; ++i) out.yes[i] &= operand.yes[i];
  for (std::size_t i = 0; i < words; ++i) out.no[i] |= operand.no[i];
}

}  // namespace landfall::rules
