#pragma once

#include <string_view>

#include "pipeline/configuration.h"
#include "pipeline/parse/parse.h"

namespace landfall {

// One EDIFACT interchange: its PAXLST messages (UN/EDIFACT D.02B to D.15B, as the WCO/IATA/ICAO guidelines use it) become
// messages or quarantine entries. Wrong counts and references are findings. Pure; any thread.
void ParseInterchange(std::string_view file, const RawMessage& raw, const Configuration& configuration,
                      ParsedInput& out);

}  // namespace landfall
