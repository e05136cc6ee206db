#pragma once

// What the segments of a booking say of the journey that this flight is part of. Pure.

#include <cstdint>
#include <optional>

#include "model/message.h"
#include "model/traveller.h"

namespace landfall {

// Segments belong to one journey while each connection takes at most a day; a longer stay ends it. Cancelled segments do
// not count.
struct Itinerary {
  // Before the arrival of this flight; unknown if the booking does not hold it.
  std::optional<std::int64_t> connections;
  std::optional<double> longest_connection_hours;  // 0 without a connection; unknown where a time is missing.
  // Where the journey ends; empty if that is not known.
  AirportCode destination;
  // True if no later segment leads back to the country where the booking begins; unknown where an airport is, or if the
  // booking does not hold this flight.
  std::optional<bool> one_way;
};
Itinerary ReadItinerary(const Booking& booking, const Flight& flight);

}  // namespace landfall
