#pragma once

#include <span>
#include <string>

namespace landfall::app {

// `landfall parse FILE...`: messages of any format as NDJSON, what cannot be read to standard error. Touches no
// store. With --mrz, machine-readable zones (parse_mrz.h).
int RunParse(std::span<const std::string> arguments);

}  // namespace landfall::app
