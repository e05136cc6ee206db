#pragma once

#include <span>
#include <string>

namespace landfall::app {

// landfall backup, landfall restore: see docs/CLI.md. Return the exit code.
int RunBackup(std::span<const std::string> arguments);
int RunRestore(std::span<const std::string> arguments);

}  // namespace landfall::app
