#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall query flight NUMBER DATE`: the flight as an analyst or liaison officer sees it.
int RunQuery(std::span<const std::string> arguments);

}  // namespace landfall::app
