#pragma once

// Runs a compiled program over the rows of a table.

#include "model/fact_table.h"
#include "rules/program.h"
#include "rules/rule_set.h"

namespace landfall::rules {

// Any number of threads at once, each with its own `out`.
void Run(const Program& program, const FactTable& table, RuleOutcomes& out);

}  // namespace landfall::rules
