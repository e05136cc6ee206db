#pragma once

#include "model/traveller.h"
#include "pipeline/parse/ndjson/json_fields.h"

namespace landfall {

// The airports that times without an offset belong to.
struct FlightAirports {
  AirportCode from;
  AirportCode to;
};

// What reading a traveller came to. Without `problem` it is usable.
struct TravellerResult {
  std::optional<QuarantineCode> problem;
  std::string reason;
};
TravellerResult ReadTraveller(simdjson::dom::object object, const FlightAirports& airports, JsonContext& context,
                              Traveller& traveller);

Address ReadAddress(simdjson::dom::object object, JsonContext& context);
Segment ReadSegment(simdjson::dom::object object, JsonContext& context);
Contact ReadContact(simdjson::dom::object object, JsonContext& context);
Reference ReadReference(simdjson::dom::object object, JsonContext& context);

}  // namespace landfall
