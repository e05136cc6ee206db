#pragma once

// Everything that `landfall rules lint` reports beyond grammar: names, types, required lines,
// protected data, cost.

#include <vector>

#include "rules/parser.h"

namespace landfall::rules {

inline constexpr std::int64_t kMaxCost = 10'000;

// Completes the profile in place: facts, types, defines, enum values, canonical codes. Adds to
// `diagnostics`.
void CheckProfile(ParsedFile& file, std::vector<Diagnostic>& diagnostics);

}  // namespace landfall::rules
