#include "pipeline/merge/load_flight.h"

#include "model/result.h"
#include "pipeline/merge/flight_book.h"

namespace landfall {

absl::StatusOr<std::optional<FlightState>> LoadFlight(const Database& database, const Configuration& configuration,
                                                      const ReferenceSnapshot& reference, const FlightKey& key) {
  FlightBook book(database, configuration, 0);
  ASSIGN_OR_RETURN(const LiveFlight* flight, book.Get(key, reference));
  if (flight->travellers() == 0 && !flight->has_messages()) return std::nullopt;
  return flight->State();
}

}  // namespace landfall
