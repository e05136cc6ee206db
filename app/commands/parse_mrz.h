#pragma once

#include "absl/status/statusor.h"
#include "app/options.h"

namespace landfall::app {

// `landfall parse --mrz [FILE]`: the machine-readable zones of the files named, else of standard input, as NDJSON; what is
// none to standard error. Returns the exit code, or what failed. Touches no store.
absl::StatusOr<int> ParseZones(const ParsedOptions& options);

}  // namespace landfall::app
