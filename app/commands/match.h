#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall match --list FILE --queries FILE`: people compared with a watch list.
int RunMatch(std::span<const std::string> arguments);

}  // namespace landfall::app
