#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall screen FILE...`: messages in, flagged flights out, best first.
int RunScreen(std::span<const std::string> arguments);

}  // namespace landfall::app
