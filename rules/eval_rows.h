#pragma once

// `landfall rules eval`: rows of facts as JSON, one a line, under a profile or a single condition.

#include <string>
#include <string_view>
#include <vector>

#include "rules/cel.h"
#include "rules/profile.h"

namespace landfall::rules {

struct EvalReport {
  std::string output;  // A line per row.
  // Rows that are no facts, and have no line: "row 3: unknown field 'pax.chld' - did you mean
  // pax.child?"
  std::vector<std::string> errors;
};

// {"row":1,"true":["CP-001"],"false":[],"unknown":[]}: rows count from 1, rules in the order of the
// file. Empty lines are no rows.
EvalReport EvalRules(const Profile& profile, std::string_view rows);
// {"row":1,"type":"bool","value":true}; unknown is null.
EvalReport EvalExpression(const Expr& expr, std::string_view rows);
// The same in CEL spelling. A row may bind variables: "bindings":{"x":{"type":"int","value":"3"}}; the value of the line
// has the same shape: ints as texts, "inf", "-inf" and "nan", a list of such values.
EvalReport EvalCelExpression(const CelExpression& cel, std::string_view rows);

}  // namespace landfall::rules
