#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall stats quality`: how good what carriers send is, and the letter that tells one what to mend.
int RunStats(std::span<const std::string> arguments);

}  // namespace landfall::app
