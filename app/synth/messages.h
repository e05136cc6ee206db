#pragma once

// What a carrier sends about a flight, message by message.

#include <vector>

#include "app/synth/flight_plan.h"

namespace landfall::app {

enum class Sending : std::uint8_t { kBookings, kCrew, kCheckIn, kUpdate, kCloseOut };
inline constexpr Sending kSendings[] = {Sending::kBookings, Sending::kCrew, Sending::kCheckIn, Sending::kUpdate,
                                        Sending::kCloseOut};

// When a carrier sends it; nullopt if it does not send such a message of this flight.
std::optional<Instant> SentAt(const FlightOutline& outline, Sending sending);

// The messages of one sending: several where a list is split into parts.
std::vector<Message> MakeMessages(const FlightPlan& plan, Sending sending);

// What a list of travellers at check-in can tell without the booking: the fields that PAXLST has a place for.
Traveller ApiPart(const Traveller& traveller);
// What a booking tells.
Traveller BookingPart(const Traveller& traveller);

}  // namespace landfall::app
