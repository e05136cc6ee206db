#pragma once

// Everything that `landfall rules lint` reports beyond grammar: names, types, required lines,
// protected data, cost.

#include <vector>

#include "rules/parser.h"

namespace landfall::rules {

inline constexpr std::int64_t kMaxCost = 10'000;

// Completes the profile in place: facts, types, defines, enum values, canonical codes. Adds to
// `diagnostics`. Of an overlay the first `base_rules` rules are the base's, which was checked before.
void CheckProfile(ParsedFile& file, std::vector<Diagnostic>& diagnostics, std::size_t base_rules = 0);

}  // namespace landfall::rules
