#pragma once

#include <string>

#include "model/facts.h"
#include "rules/tree_walk.h"

namespace landfall::rules {

// A value as a sentence says it: yes or no, "not known", a num with at most two decimals, an enum
// value with blanks.
std::string ValueText(const Value& value, const FactInfo& fact);

}  // namespace landfall::rules
