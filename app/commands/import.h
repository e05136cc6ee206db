#pragma once

#include <span>
#include <string>

#include "model/date.h"

namespace landfall::app {

// The day on which nobody who may be a child is loaded as a person of concern: an import has no other `now` than its own.
Date ImportDay();

// `landfall import KIND FILE...`: reference records into the store.
int RunImport(std::span<const std::string> arguments);

}  // namespace landfall::app
