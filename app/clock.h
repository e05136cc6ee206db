#pragma once

// The machine's clock. Screening never looks at it: only what people do by hand has no other time than its own.

#include <chrono>

#include "model/date.h"

namespace landfall::app {

inline Instant Now() {
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  return {now.time_since_epoch().count()};
}

// In UTC.
inline Date Today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  return {static_cast<std::int32_t>(now.time_since_epoch().count())};
}

}  // namespace landfall::app
