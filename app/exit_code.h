#pragma once

#include "absl/status/status.h"

namespace landfall::app {

// How a command ends (docs/CLI.md).
enum ExitCode : int {
  kDone = 0,
  kCheckFailed = 1,
  kWrongUsage = 2,
  kQuarantined = 3,
  kUnavailable = 4,
  kInterrupted = 130,
};

// Of a failing world: a bad file or profile is wrong usage, everything else the store's or the service's.
inline ExitCode ExitCodeOf(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kOk: return kDone;
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kNotFound: return kWrongUsage;
    case absl::StatusCode::kCancelled: return kInterrupted;
    default: return kUnavailable;
  }
}

}  // namespace landfall::app
