#pragma once

// Status macros: Abseil 2022 has none.

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

#define LANDFALL_CONCAT_INNER_(a, b) a##b
#define LANDFALL_CONCAT_(a, b) LANDFALL_CONCAT_INNER_(a, b)

// Returns from the function if `expression`, an absl::Status, is not OK.
#define RETURN_IF_ERROR(expression)                              \
  do {                                                           \
    if (absl::Status status_ = (expression); !status_.ok()) {    \
      return status_;                                            \
    }                                                            \
  } while (false)

// Assigns the value of `expression`, an absl::StatusOr, to `target`, or returns its error.
#define ASSIGN_OR_RETURN(target, expression) \
  LANDFALL_ASSIGN_OR_RETURN_(LANDFALL_CONCAT_(status_or_, __LINE__), target, expression)
#define LANDFALL_ASSIGN_OR_RETURN_(holder, target, expression) \
  auto holder = (expression);                                  \
  if (!holder.ok()) return std::move(holder).status();         \
  target = *std::move(holder)
