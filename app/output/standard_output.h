#pragma once

#include <cstdio>
#include <string_view>

#include "absl/status/status.h"

namespace landfall::app {

// Writes to standard output; Unavailable if not all of it could be written.
inline absl::Status WriteOut(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return absl::OkStatus();
  return absl::UnavailableError("writing to standard output failed");
}

}  // namespace landfall::app
