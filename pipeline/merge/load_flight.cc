#include "pipeline/merge/load_flight.h"

#include <vector>

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

absl::StatusOr<std::size_t> ForEachRevision(
    const Database& database, const Configuration& configuration, const ReferenceSnapshot& reference,
    const FlightKey& key, const std::function<void(const Message& message, const FlightState& after)>& visit) {
  FlightBook book(database, configuration, 0);
  ASSIGN_OR_RETURN(const LiveFlight* const flight, book.Get(key, reference));
  const std::vector<FlightFold::Step> steps = flight->Steps();
  FlightFold fold(key, configuration);
  for (const FlightFold::Step& step : steps) {
    fold.Apply(step);
    visit(*step.message, fold.State(std::nullopt));
  }
  return steps.size();
}

}  // namespace landfall
