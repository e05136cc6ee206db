#pragma once

// Facts that were written down, in an embedded test or a row of JSON, as one row that a condition
// can be evaluated on.

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "rules/ast.h"
#include "rules/tree_walk.h"

namespace landfall::rules {

// What was not given is unknown; an enum that lists `unknown` has that value.
class GivenFacts : public FactSourceView {
 public:
  using Row = std::map<std::pair<FactId, std::optional<Window>>, Value>;

  GivenFacts() = default;
  // Of a test that was checked.
  explicit GivenFacts(const std::vector<GivenValue>& given);

  void Set(FactId fact, const std::optional<Window>& window, Value value) {
    row_[{fact, window}] = std::move(value);
  }
  void SetPeople(FactId list, std::vector<Row> people) { people_[list] = std::move(people); }

  Value Fact(FactId fact, const std::optional<Window>& window) const override;
  std::optional<std::size_t> ListSize(FactId list) const override;
  Value MemberFact(FactId list, std::size_t index, FactId fact,
                   const std::optional<Window>& window) const override;

 private:
  Row row_;
  std::map<FactId, std::vector<Row>> people_;
};

// A literal as a value of this fact: an int for a num is a num.
Value ValueOf(const Literal& literal, FactId fact);

}  // namespace landfall::rules
