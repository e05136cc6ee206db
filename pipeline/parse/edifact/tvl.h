#pragma once

// TVL of PNRGOV: the flight a message is about, or a stage of a booking.

#include <string>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// A flight between two airports, as much of it as TVL tells. Its number is the operating carrier's.
struct Tvl {
  Segment segment;
  std::string carrier;  // The operating one, as sent.
  bool is_template = false;  // DDMMYY or HHMM stands where a date belongs.
};

// TVL+DDMMYY:HHMM:DDMMYY:HHMM+from+to+marketing:operating+number:class. The arrival's date may be empty or left out
// ("280918:1220:1505"): then the arrival is the first such hour behind the departure. Findings go to `place`'s lists.
Tvl ReadTvl(const Tokens& tokens, const Tokens::Segment& tvl, std::vector<Finding>& findings, std::string_view parent);

}  // namespace landfall::edifact
