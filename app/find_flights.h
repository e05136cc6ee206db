#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "app/session.h"
#include "pipeline/merge/flight_state.h"

namespace landfall::app {

// Flights of this number that depart on the date (local); if none does, those that arrive on it.
absl::StatusOr<std::vector<FlightState>> FindFlights(const Session& session, const std::string& number, Date date);

}  // namespace landfall::app
