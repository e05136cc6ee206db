#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall import KIND FILE...`: reference records into the store.
int RunImport(std::span<const std::string> arguments);

}  // namespace landfall::app
