#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "app/options.h"

namespace landfall::app {

// `landfall rules explain`: why a rule hit a flight in the store, or why not, from the facts stored with it. Returns the
// exit code.
absl::StatusOr<int> ExplainRule(const std::string& flight, const std::string& date, const std::string& rule,
                                const ParsedOptions& options);

}  // namespace landfall::app
