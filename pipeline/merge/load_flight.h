#pragma once

#include <cstddef>
#include <functional>
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

// The messages of one flight as `LoadFlight` folds them, oldest revision first, each with the flight's state after it.
// Returns how many there were.
absl::StatusOr<std::size_t> ForEachRevision(
    const Database& database, const Configuration& configuration, const ReferenceSnapshot& reference,
    const FlightKey& key, const std::function<void(const Message& message, const FlightState& after)>& visit);

}  // namespace landfall
