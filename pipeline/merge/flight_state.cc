#include "pipeline/merge/flight_state.h"

namespace landfall {

std::string TravellerName(const FlightState& state, std::size_t traveller) {
  const std::string& ref = state.travellers[traveller].merged->ref;
  return ref.empty() ? "#" + std::to_string(traveller + 1) : ref;
}

}  // namespace landfall
