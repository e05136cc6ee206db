#pragma once

// The slow, obvious evaluator: a walk of the tree for one row, three-valued (Kleene). What the columns are compared
// with, and what explanations and embedded tests use.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "model/fact_table.h"
#include "model/screening.h"
#include "rules/ast.h"

namespace landfall::rules {

// A value or unknown.
struct Value {
  bool known = false;
  ValueType type = ValueType::kAny;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;             // Text, country, airport, carrier, route.
  std::uint8_t enum_value = 0;

  static Value Unknown() { return {}; }
  Outcome AsOutcome() const { return !known ? Outcome::kUnknown : boolean ? Outcome::kTrue : Outcome::kFalse; }
};

// The facts of one evaluation, as the walk sees them. Implementations: a row of a FactTable; the facts given in an
// embedded test or a row of JSON.
class FactSourceView {
 public:
  virtual ~FactSourceView() = default;
  // The row's own fact.
  virtual Value Fact(FactId fact, const std::optional<Window>& window) const = 0;
  // The number of people in party.members or flight.passengers; nullopt if the list is unknown.
  virtual std::optional<std::size_t> ListSize(FactId list) const = 0;
  // A fact of member `index` of the list.
  virtual Value MemberFact(FactId list, std::size_t index, FactId fact, const std::optional<Window>& window) const = 0;
};

Value Evaluate(const Expr& expr, const Profile* profile, const FactSourceView& facts);

// `when` true and `unless` not true, as an outcome: of `when`, unless `unless` is true, which makes it false.
Outcome EvaluateRule(const Rule& rule, const Profile& profile, const FactSourceView& facts);

// Row `row` of a table.
class TableRowView : public FactSourceView {
 public:
  TableRowView(const FactTable& table, std::size_t row) : table_(table), row_(row) {}
  Value Fact(FactId fact, const std::optional<Window>& window) const override;
  std::optional<std::size_t> ListSize(FactId list) const override;
  Value MemberFact(FactId list, std::size_t index, FactId fact, const std::optional<Window>& window) const override;

 private:
  const FactTable& table_;
  std::size_t row_;
};

}  // namespace landfall::rules
