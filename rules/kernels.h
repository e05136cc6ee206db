#pragma once

// The inner loops of evaluation: a run of rows of a column against a condition, into bitmaps. Plain
// loops over plain arrays, in a form that the compiler turns into vector instructions of whatever
// machine it builds for.

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "model/fact_table.h"
#include "rules/bits.h"
#include "rules/program.h"

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

// Rows that are evaluated together: few enough that the bitmaps of all conditions stay in the
// cache, many enough that going from condition to condition costs nothing beside the work on them.
inline constexpr std::size_t kChunkRows = 2048;
inline constexpr std::size_t kChunkWords = kChunkRows / kWordRows;

// Up to this many values are compared one by one, which is faster than a look-up.
inline constexpr std::size_t kFewValues = 4;

struct Chunk {
  std::size_t first_row = 0, rows = 0, first_word = 0, words = 0;
};

// The values of a number in a chunk.
struct NumberView {
  const std::int64_t* ints = nullptr;
  const double* nums = nullptr;
  const Word* known = nullptr;
};

struct NumberBuffer {
  std::array<std::int64_t, kChunkRows> ints;
  std::array<double, kChunkRows> nums;
  std::array<Word, kChunkWords> known;
};

// The texts of a set as numbers of the table's pool: the few themselves, repeated to fill up; or a
// flag per number.
struct TextNumbers {
  bool is_few = true;
  std::array<std::uint32_t, kFewValues> few{};
  std::vector<std::uint8_t> is_in;
};

struct TallyCounts {
  std::vector<std::uint32_t> true_for, unknown_for;  // By row.
};

// Fills with one outcome.
void Fill(bool yes, bool no, const Chunk& chunk, Truth out);

// Columns of facts; nullptr: nothing of it is known.
void BoolColumn(const FactColumn* column, const Chunk& chunk, Truth out);
void KnownColumn(const FactColumn* column, const Chunk& chunk, Truth out);
// Whether the value is one of those whose bits are set in `mask`.
void EnumIn(const FactColumn* column, std::uint64_t mask, const Chunk& chunk, Truth out);
void TextIn(const FactColumn* column, const TextNumbers& set, const Chunk& chunk, Truth out);
// Two columns of one kind: bool and enum, or text and codes.
void SameValues(const FactColumn* a, const FactColumn* b, const Chunk& chunk, Truth out);

// Numbers. `right` is the node of `b`: a constant is compared with as it stands, its view is not
// read.
NumberView ViewOf(const FactColumn* column, const Chunk& chunk);
void CompareNumbers(Op op, const NumberView& a, const NumberView& b, const NumberNode& right,
                    const Chunk& chunk, Truth out);
void NumberIn(const NumberView& number, const NumberSet& set, const Chunk& chunk, Truth out);
void NumberKnown(const NumberView& number, const Chunk& chunk, Truth out);
// a + b and the like. Of what cannot be computed (an overflow, a division by zero, what is not
// finite) nothing is known.
void Arithmetic(const NumberNode& node, const NumberView& a, const NumberView& b, std::size_t rows,
                NumberBuffer& out);
// A count that lies between what is true and what may be, against a number. Known only if the
// comparison comes out alike for all of that range.
void CompareCount(Op op, const TallyCounts& counts, const NumberView& number, bool is_int,
                  const Chunk& chunk, Truth out);

// Conditions.
void AndInto(ConstTruth operand, const Chunk& chunk, Truth out);
void IsTrue(ConstTruth operand, const Chunk& chunk, Truth out);
void IsKnown(ConstTruth operand, const Chunk& chunk, Truth out);
void SameOutcome(ConstTruth a, ConstTruth b, const Chunk& chunk, Truth out);

}  // namespace landfall::rules
