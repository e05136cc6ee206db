#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall quarantine list|show|resubmit|release`: what was kept aside, and what becomes of it.
int RunQuarantine(std::span<const std::string> arguments);

}  // namespace landfall::app
