#include "rules/kernels.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "model/screening.h"

namespace landfall::rules {
namespace {

using NumberKind = NumberNode::Kind;

// Values of a column that nobody filled.
const NumberBuffer& Nothing() {
  static const NumberBuffer nothing{};
  return nothing;
}

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

// The values whose bits are set, if they are few; the last repeated.
bool FewValues(std::uint64_t mask, std::array<std::uint8_t, kFewValues>& values) {
  if (std::popcount(mask) > static_cast<int>(kFewValues)) return false;
  std::uint8_t value = 0;
  for (std::uint8_t& slot : values) {
    if (mask != 0) value = static_cast<std::uint8_t>(std::countr_zero(mask));
    mask &= mask - 1;
    slot = value;
  }
  return true;
}

template <typename T, typename Known, typename Right>
void CompareValues(Op op, const T* left, Right right, std::size_t rows, Known known, Truth out) {
  switch (op) {
    case Op::kEqual:
      return Where(
          rows, known, [=](std::size_t i) { return left[i] == right(i); }, out);
    case Op::kLess:
      return Where(
          rows, known, [=](std::size_t i) { return left[i] < right(i); }, out);
    case Op::kLessEqual:
      return Where(
          rows, known, [=](std::size_t i) { return left[i] <= right(i); }, out);
    case Op::kGreater:
      return Where(
          rows, known, [=](std::size_t i) { return left[i] > right(i); }, out);
    default:
      return Where(
          rows, known, [=](std::size_t i) { return left[i] >= right(i); }, out);
  }
}

template <typename T, typename Combine>
void ForRows(const T* a, const T* b, std::size_t rows, T* out, Word* known, Combine combine) {
  for (std::size_t word = 0, row = 0; row < rows; ++word, row += kWordRows) {
    known[word] &= PackWord(std::min(kWordRows, rows - row), [&](std::size_t i) {
      return combine(a[row + i], b[row + i], out[row + i]);
    });
  }
}

template <typename T>
Outcome CompareRange(Op op, T lowest, T highest, T number) {
  bool at_lowest = false, at_highest = false;
  switch (op) {
    case Op::kEqual:
      if (lowest == highest) return lowest == number ? Outcome::kTrue : Outcome::kFalse;
      return number < lowest || number > highest || number != std::floor(number)
                 ? Outcome::kFalse
                 : Outcome::kUnknown;
    case Op::kLess:
      at_lowest = lowest < number, at_highest = highest < number;
      break;
    case Op::kLessEqual:
      at_lowest = lowest <= number, at_highest = highest <= number;
      break;
    case Op::kGreater:
      at_lowest = lowest > number, at_highest = highest > number;
      break;
    default:
      at_lowest = lowest >= number, at_highest = highest >= number;
      break;
  }
  if (at_lowest != at_highest) return Outcome::kUnknown;
  return at_lowest ? Outcome::kTrue : Outcome::kFalse;
}

}  // namespace

void Fill(bool yes, bool no, const Chunk& chunk, Truth out) {
  std::fill_n(out.yes, chunk.words, yes ? ~Word{0} : 0);
  std::fill_n(out.no, chunk.words, no ? ~Word{0} : 0);
}

void BoolColumn(const FactColumn* column, const Chunk& chunk, Truth out) {
  if (column == nullptr) return Fill(false, false, chunk, out);
  const std::uint8_t* const values = column->small.data() + chunk.first_row;
  const Word* const known = column->known.data() + chunk.first_word;
  Where(
      chunk.rows, [=](std::size_t word) { return known[word]; },
      [=](std::size_t i) { return values[i] != 0; }, out);
}

void KnownColumn(const FactColumn* column, const Chunk& chunk, Truth out) {
  if (column == nullptr) return Fill(false, true, chunk, out);
  for (std::size_t i = 0; i < chunk.words; ++i) {
    out.yes[i] = column->known[chunk.first_word + i];
    out.no[i] = ~out.yes[i];
  }
}

void EnumIn(const FactColumn* column, std::uint64_t mask, const Chunk& chunk, Truth out) {
  if (column == nullptr) return Fill(false, false, chunk, out);
  const std::uint8_t* const values = column->small.data() + chunk.first_row;
  const Word* const words = column->known.data() + chunk.first_word;
  const auto known = [words](std::size_t word) { return words[word]; };
  std::array<std::uint8_t, kFewValues> few{};
  if (std::has_single_bit(mask)) {
    const auto one = static_cast<std::uint8_t>(std::countr_zero(mask));
    Where(
        chunk.rows, known, [=](std::size_t i) { return values[i] == one; }, out);
  } else if (FewValues(mask, few)) {
    const auto [a, b, c, d] = few;
    Where(
        chunk.rows, known,
        [=, a = a, b = b, c = c, d = d](std::size_t i) {
          return (values[i] == a) | (values[i] == b) | (values[i] == c) | (values[i] == d);
        },
        out);
  } else {
    Where(
        chunk.rows, known, [=](std::size_t i) { return ((mask >> values[i]) & 1) != 0; }, out);
  }
}

void TextIn(const FactColumn* column, const TextNumbers& set, const Chunk& chunk, Truth out) {
  if (column == nullptr) return Fill(false, false, chunk, out);
  const std::uint32_t* const values = column->texts.data() + chunk.first_row;
  const Word* const words = column->known.data() + chunk.first_word;
  const auto known = [words](std::size_t word) { return words[word]; };
  if (set.is_few) {
    const auto [a, b, c, d] = set.few;
    Where(
        chunk.rows, known,
        [=, a = a, b = b, c = c, d = d](std::size_t i) {
          return (values[i] == a) | (values[i] == b) | (values[i] == c) | (values[i] == d);
        },
        out);
  } else {
    // Of an unknown value the number is 0, which stands for some text if any is known.
    const std::uint8_t* const is_in = set.is_in.data();
    const std::size_t size = set.is_in.size();
    Where(
        chunk.rows, known, [=](std::size_t i) { return values[i] < size && is_in[values[i]] != 0; },
        out);
  }
}

void SameValues(const FactColumn* a, const FactColumn* b, const Chunk& chunk, Truth out) {
  if (a == nullptr || b == nullptr) return Fill(false, false, chunk, out);
  const auto known = [&](std::size_t word) {
    return a->known[chunk.first_word + word] & b->known[chunk.first_word + word];
  };
  const auto compare = [&](const auto* x, const auto* y) {
    Where(
        chunk.rows, known, [=](std::size_t i) { return x[i] == y[i]; }, out);
  };
  if (!a->small.empty())
    compare(a->small.data() + chunk.first_row, b->small.data() + chunk.first_row);
  else
    compare(a->texts.data() + chunk.first_row, b->texts.data() + chunk.first_row);
}

// A column holds its numbers as one of the two types: the other has no place.
template <typename T>
const T* From(const std::vector<T>& values, std::size_t first) {
  return values.empty() ? nullptr : values.data() + first;
}

NumberView ViewOf(const FactColumn* column, const Chunk& chunk) {
  const NumberBuffer& nothing = Nothing();
  if (column == nullptr) return {nothing.ints.data(), nothing.nums.data(), nothing.known.data()};
  return {From(column->ints, chunk.first_row), From(column->nums, chunk.first_row),
          column->known.data() + chunk.first_word};
}

void CompareNumbers(Op op, const NumberView& a, const NumberView& b, const NumberNode& right,
                    const Chunk& chunk, Truth out) {
  const bool is_constant = right.kind == NumberKind::kConstant;
  const auto a_known = [&](std::size_t word) { return a.known[word]; };
  const auto both_known = [&](std::size_t word) { return a.known[word] & b.known[word]; };
  const auto compare = [&](const auto* x, const auto* y, auto constant) {
    if (is_constant) {
      CompareValues(
          op, x, [=](std::size_t) { return constant; }, chunk.rows, a_known, out);
    } else {
      CompareValues(
          op, x, [=](std::size_t i) { return y[i]; }, chunk.rows, both_known, out);
    }
  };
  if (right.is_int)
    compare(a.ints, b.ints, right.integer);
  else
    compare(a.nums, b.nums, right.number);
}

void NumberIn(const NumberView& number, const NumberSet& set, const Chunk& chunk, Truth out) {
  const auto known = [&](std::size_t word) { return number.known[word]; };
  if (set.nums.empty()) {
    Where(
        chunk.rows, known,
        [&](std::size_t i) { return std::ranges::binary_search(set.ints, number.ints[i]); }, out);
  } else {
    Where(
        chunk.rows, known,
        [&](std::size_t i) { return std::ranges::binary_search(set.nums, number.nums[i]); }, out);
  }
}

void NumberKnown(const NumberView& number, const Chunk& chunk, Truth out) {
  for (std::size_t i = 0; i < chunk.words; ++i) {
    out.yes[i] = number.known[i];
    out.no[i] = ~number.known[i];
  }
}

void Arithmetic(const NumberNode& node, const NumberView& a, const NumberView& b, std::size_t rows,
                NumberBuffer& out) {
  for (std::size_t i = 0; i < WordsFor(rows); ++i) out.known[i] = a.known[i] & b.known[i];
  const auto ints = [&](auto overflows) {
    ForRows(a.ints, b.ints, rows, out.ints.data(), out.known.data(),
            [&](std::int64_t x, std::int64_t y, std::int64_t& result) {
              return !overflows(x, y, &result);
            });
  };
  const auto nums = [&](auto compute) {
    ForRows(a.nums, b.nums, rows, out.nums.data(), out.known.data(),
            [&](double x, double y, double& result) {
              result = compute(x, y);
              return std::isfinite(result);
            });
  };
  switch (node.kind) {
    case NumberKind::kAdd:
      if (!node.is_int) return nums([](double x, double y) { return x + y; });
      return ints([](std::int64_t x, std::int64_t y, std::int64_t* z) {
        return __builtin_add_overflow(x, y, z);
      });
    case NumberKind::kSubtract:
      if (!node.is_int) return nums([](double x, double y) { return x - y; });
      return ints([](std::int64_t x, std::int64_t y, std::int64_t* z) {
        return __builtin_sub_overflow(x, y, z);
      });
    case NumberKind::kMultiply:
      if (!node.is_int) return nums([](double x, double y) { return x * y; });
      return ints([](std::int64_t x, std::int64_t y, std::int64_t* z) {
        return __builtin_mul_overflow(x, y, z);
      });
    default:
      return nums([](double x, double y) { return y == 0 ? HUGE_VAL : x / y; });
  }
}

void AndInto(ConstTruth operand, const Chunk& chunk, Truth out) {
  for (std::size_t i = 0; i < chunk.words; ++i) out.yes[i] &= operand.yes[i];
  for (std::size_t i = 0; i < chunk.words; ++i) out.no[i] |= operand.no[i];
}

void IsTrue(ConstTruth operand, const Chunk& chunk, Truth out) {
  for (std::size_t i = 0; i < chunk.words; ++i) {
    out.yes[i] = operand.yes[i];
    out.no[i] = ~operand.yes[i];
  }
}

void IsKnown(ConstTruth operand, const Chunk& chunk, Truth out) {
  for (std::size_t i = 0; i < chunk.words; ++i) {
    out.yes[i] = operand.yes[i] | operand.no[i];
    out.no[i] = ~out.yes[i];
  }
}

void SameOutcome(ConstTruth a, ConstTruth b, const Chunk& chunk, Truth out) {
  for (std::size_t i = 0; i < chunk.words; ++i) {
    out.yes[i] = (a.yes[i] & b.yes[i]) | (a.no[i] & b.no[i]);
    out.no[i] = (a.yes[i] & b.no[i]) | (a.no[i] & b.yes[i]);
  }
}

void CompareCount(Op op, const TallyCounts& counts, const NumberView& number, bool is_int,
                  const Chunk& chunk, Truth out) {
  Fill(false, false, chunk, out);
  for (std::size_t i = 0; i < chunk.rows; ++i) {
    if (!TestBit(number.known, i)) continue;
    const std::uint32_t lowest = counts.true_for[chunk.first_row + i];
    const std::uint32_t highest = lowest + counts.unknown_for[chunk.first_row + i];
    const Outcome outcome = is_int ? CompareRange<std::int64_t>(op, lowest, highest, number.ints[i])
                                   : CompareRange<double>(op, lowest, highest, number.nums[i]);
    if (outcome == Outcome::kTrue) SetBit(out.yes, i);
    if (outcome == Outcome::kFalse) SetBit(out.no, i);
  }
}

}  // namespace landfall::rules
