#pragma once

#include <string_view>

#include "pipeline/configuration.h"
#include "pipeline/parse/parse.h"

namespace landfall {

// One EDIFACT interchange: its PAXLST messages (UN/EDIFACT D.02B to D.15B, as the WCO/IATA/ICAO guidelines use it) and its
// PNRGOV messages (PADIS 11.1 to 21.1) become messages or quarantine entries. Wrong counts and references are findings. Pure; any thread.
//
// The id of a message is what UNB and UNH say as sent: preparation date and time, control reference and message
// reference, joined by "/": "210713:0631/2107130631/PAX001".
void ParseInterchange(std::string_view file, const RawMessage& raw, const Configuration& configuration,
                      ParsedInput& out);

}  // namespace landfall
