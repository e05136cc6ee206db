#pragma once

// The least that would have to be otherwise for a rule to come out the other way.

#include <string>

#include "rules/ast.h"
#include "rules/tree_walk.h"

namespace landfall::rules {

// "would not hit if sponsor.distinct_children(90 days) were 2 or less" of a row for which the rule fires, "would hit if
// visa.kind were none and pax.boarded were known to be yes" of any other: the fewest facts, then (of a hit) limits of
// numbers first, then the order of the text. Empty if that was not worked out, or if nothing would do.
std::string NearestChange(const Rule& rule, const Profile& profile, const FactSourceView& facts);

}  // namespace landfall::rules
