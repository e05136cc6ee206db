#pragma once

#include <optional>
#include <string>

#include "model/traveller.h"
#include "pipeline/parse/ndjson/json_fields.h"

namespace landfall {

// What reading a traveller came to. Without `problem` it is usable.
struct TravellerResult {
  std::optional<QuarantineCode> problem;
  std::string reason;
};
// Times without an offset are local to where the flight leaves (`from`) or, of a return, to where it lands (`to`).
TravellerResult ReadTraveller(simdjson::dom::object object, AirportCode from, AirportCode to, JsonContext& context,
                              Traveller& traveller);

// Parts that messages hold, too. Each fills an empty `to`.
void ReadSegment(simdjson::dom::object object, Segment& to, JsonContext& context);
void ReadContact(simdjson::dom::object object, Contact& to, JsonContext& context);
void ReadReference(simdjson::dom::object object, Reference& to, JsonContext& context);
// A flight number in its normal form; as sent if it is none.
void ReadNumber(const JsonField& field, std::string& to);

}  // namespace landfall
