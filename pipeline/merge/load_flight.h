#pragma once

#include <optional>

#include "absl/status/statusor.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/reference/snapshot.h"
#include "storage/database.h"

namespace landfall {

// What is known of one flight, made again from the messages in the store. nullopt if it has none. Adults on other flights
// are not looked for: the flight's flag, which is stored, knows of them.
absl::StatusOr<std::optional<FlightState>> LoadFlight(const Database& database, const Configuration& configuration,
                                                      const ReferenceSnapshot& reference, const FlightKey& key);

}  // namespace landfall
