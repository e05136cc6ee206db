#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall rules lint|test|format|diff|eval|explain|facts`: what operations staff do with a rule profile before anybody depends on it.
int RunRules(std::span<const std::string> arguments);

}  // namespace landfall::app
