#include "pipeline/merge/flight_state.h"

namespace landfall {

bool IsNewer(const Stamp& a, const Stamp& b) {
  if (a.revision && b.revision && *a.revision != *b.revision) return *a.revision > *b.revision;
  if (a.sent_at && b.sent_at && *a.sent_at != *b.sent_at) return *a.sent_at > *b.sent_at;
  return a.sequence > b.sequence;
}

std::string TravellerName(const FlightState& state, std::size_t traveller) {
  const std::string& ref = state.travellers[traveller].merged->ref;
  return ref.empty() ? "#" + std::to_string(traveller + 1) : ref;
}

}  // namespace landfall
