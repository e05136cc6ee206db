#pragma once

// What changed between two profiles, for the person who approves the second.

#include <string>

#include "rules/ast.h"

namespace landfall::rules {

// In words and canonical text, rule by rule: thresholds, terms, points, lists, defines with the rules that use them,
// tests. Empty if the two mean the same, whatever their comments, layout and order of rules.
std::string DiffText(const Profile& before, const Profile& after);

}  // namespace landfall::rules
