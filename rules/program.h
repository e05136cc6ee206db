#pragma once

// What a profile's rules compile to: a graph of conditions in which each distinct one stands once,
// however many rules ask for it. Running it is rules/run.h.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "model/fact_table.h"
#include "model/string_hash.h"
#include "rules/ast.h"

namespace landfall::rules {

// A condition of the graph, or its negation: number * 2 + negated. So `not` costs nothing.
using ConditionRef = std::int32_t;
inline ConditionRef Negated(ConditionRef ref) { return ref ^ 1; }

// A number of the graph: a column, a constant, or arithmetic over numbers before it.
struct NumberNode {
  enum class Kind : std::uint8_t {
    kColumn,
    kConstant,
    kToNum,
    kAdd,
    kSubtract,
    kMultiply,
    kDivide
  };
  Kind kind = Kind::kColumn;
  bool is_int = true;
  std::int32_t a = 0, b = 0;  // kColumn: the column; else numbers.
  std::int64_t integer = 0;   // kConstant
  double number = 0;          // kConstant, also of an int

  friend bool operator==(const NumberNode&, const NumberNode&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const NumberNode& node) {
    return H::combine(std::move(state), node.kind, node.is_int, node.a, node.b, node.integer,
                      node.number);
  }
};

struct ConditionNode {
  enum class Kind : std::uint8_t {
    kTrue,
    kBool,
    kKnown,   // Column a.
    kEnumIn,  // Column a; a bit of `mask` per value.
    kTextIn,  // Column a in text set b.
    kSameSmall,
    kSameText,     // Columns a and b hold one value.
    kCompare,      // Numbers a and b by `op`.
    kNumberIn,     // Number a in number set b.
    kNumberKnown,  // Number a.
    kAnd,          // Of `args`.
    kIsTrue,
    kIsKnown,  // Of the condition a.
    kSame,     // Conditions a and b are both true or both false.
    kAny,      // Condition a holds for a row of the group: see `list`.
    kCount,    // Tally a against number b by `op`.
  };
  Kind kind = Kind::kTrue;
  Op op = Op::kEqual;  // kEqual, kLess, kLessEqual, kGreater or kGreaterEqual.
  FactId list = FactId::party_members;
  std::int32_t a = 0, b = 0;
  std::uint64_t mask = 0;
  std::vector<ConditionRef> args;

  friend bool operator==(const ConditionNode&, const ConditionNode&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const ConditionNode& node) {
    return H::combine(std::move(state), node.kind, node.op, node.list, node.a, node.b, node.mask,
                      node.args);
  }
};

struct ColumnKey {
  FactId fact = FactId::pax_age;
  std::optional<Window> window;
  bool of_asker =
      false;  // In the body of a tally of pairs: the value of the row that asks, for all members.

  friend bool operator==(const ColumnKey&, const ColumnKey&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const ColumnKey& key) {
    const Window in = key.window.value_or(Window{});
    return H::combine(std::move(state), key.fact, key.window.has_value(), in.minutes, in.including_this, key.of_asker);
  }
};

// How many members of its group a body is true for, and how many it is unknown for, counted for
// each row.
struct Tally {
  FactId list = FactId::party_members;
  ConditionRef body = 0;
  // The body compares the member with the row that asks: it is evaluated for each pair.
  bool of_pairs = false;

  friend bool operator==(const Tally&, const Tally&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const Tally& tally) {
    return H::combine(std::move(state), tally.list, tally.body, tally.of_pairs);
  }
};

using TextSet = absl::flat_hash_set<std::string, StringHash, std::equal_to<>>;
struct NumberSet {
  std::vector<std::int64_t> ints;  // Sorted; of an int.
  std::vector<double> nums;        // Sorted; of a num.
};

// Nodes stand after those they are made of.
struct Program {
  struct Rule {
    ConditionRef when = 0;
    std::optional<ConditionRef> unless;
  };
  // The nodes to be evaluated, in order.
  struct Schedule {
    std::vector<std::int32_t> numbers, conditions;
  };
  struct PairBody {
    Schedule schedule;
    std::vector<std::int32_t> asker_columns;
  };

  std::vector<ColumnKey> columns;
  std::vector<NumberNode> numbers;
  std::vector<ConditionNode> conditions;
  std::vector<TextSet> text_sets;
  std::vector<NumberSet> number_sets;
  std::vector<Tally> tallies;
  std::vector<Rule> rules;

  // Bodies of quantifiers are evaluated on every row first, as if it were the member; then whole
  // groups are reduced; then comes the rest.
  std::vector<std::int32_t> body_roots;
  Schedule bodies, main;
  std::vector<PairBody> pairs;  // By tally; empty for those that are not of pairs.
  // By number: which of `buffer_count` buffers its values are computed into; -1 for a column, and
  // for a constant that is only compared with.
  std::vector<std::int32_t> buffers;
  std::int32_t buffer_count = 0;
};

// Whether a quantifier's body says the same of a member whatever the row that asks. Then it is
// evaluated once for each member, as if of the member's own row, instead of once for each pair.
bool IsSameForAllRows(const Expr& body, FactId list, const Profile& profile);

// Of a checked profile.
Program Compile(const Profile& profile);

}  // namespace landfall::rules
