#include "app/find_flights.h"

#include <utility>

#include "model/result.h"
#include "pipeline/merge/load_flight.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall::app {

absl::StatusOr<std::vector<FlightState>> FindFlights(const Session& session, const std::string& number, Date date) {
  ASSIGN_OR_RETURN(const std::vector<FlightKey> keys,
                   session.database->FlightsBetween(Date{date.days - 2}, Date{date.days + 1}));
  std::vector<FlightState> departing, arriving;
  for (const FlightKey& key : keys) {
    if (key.number != number) continue;
    ASSIGN_OR_RETURN(std::optional<FlightState> state,
                     LoadFlight(*session.database, session.configuration, *session.reference, key));
    if (!state) continue;
    const bool departs = key.departs_on == date;
    const Instant arrival = state->flight.arrives_at.value_or(state->flight.departs_at);
    const bool arrives = LocalDate(arrival, ZoneOf(key.to)) == date;
    if (departs) departing.push_back(*std::move(state));
    else if (arrives) arriving.push_back(*std::move(state));
  }
  return departing.empty() ? arriving : departing;
}

}  // namespace landfall::app
