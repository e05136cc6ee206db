#pragma once

// Canonical text of parts of a profile, without comments; of a whole one: rules/profile.h.

#include <string>

#include "rules/ast.h"

namespace landfall::rules {

std::string RuleText(const Rule& rule);          // The whole block, each line ended.
std::string ListText(const ListDefinition& list);
std::string DefineText(const Define& define);
std::string TestText(const EmbeddedTest& test);  // What follows the test's name.
// An operand of the outermost `and` or `or` as it stands there: in brackets where it needs them.
std::string OperandText(const Expr& operand);

}  // namespace landfall::rules
