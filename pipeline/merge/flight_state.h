#pragma once

// All that is known of one flight: the fold of its messages. Immutable once merge has handed it on.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/finding.h"
#include "model/message.h"
#include "model/screening.h"
#include "model/traveller.h"

namespace landfall {

// A traveller as the newest message of each stream states it. At least one of `api`, `booking` and `crew` is there.
struct FlightTraveller {
  std::shared_ptr<const Traveller> api;      // check_in, update
  std::shared_ptr<const Traveller> booking;  // A booking push.
  std::shared_ptr<const Traveller> crew;
  // The values of API, completed by those of the booking (its `booking` and `services` first). Never null.
  std::shared_ptr<const Traveller> merged;
  // From the close-out: on board or not; nullopt while that is not known.
  std::optional<bool> boarded;
  // The same in every state of one flight that is folded further.
  std::uint32_t id = 0;
  // With which list, counted from 1, it came under its present booking, and when that was sent. The parts of one set
  // are one list.
  std::uint32_t list = 0;
  std::optional<Instant> since;
};

// A traveller who was on the list, or was there under another booking, and is so no longer.
struct FormerTraveller {
  std::shared_ptr<const Traveller> merged;  // As last known. Never null.
  std::uint32_t id = 0;                     // Of the FlightTraveller it was, and under another booking is.
  std::uint32_t list = 0;                   // The list that ended it, and when that was sent.
  std::optional<Instant> until;
};

// A named adult of a child's vignette who is on another flight to the same port.
struct AdultElsewhere {
  std::string vignette;      // Number.
  std::uint32_t adult = 0;   // Which named adult: 0 or 1.
  FlightKey flight;          // The other flight.
  std::int64_t seconds_apart = 0;  // Between the two scheduled arrivals; not negative.
};

struct FlightState {
  FlightKey key;
  Flight flight;
  Direction direction = Direction::kArrival;
  AirportCode port;  // In the own country: of arrival, or of departure.
  Instant t0;        // Scheduled arrival at the port; of a departure, the scheduled departure from it.
  Date t0_date;      // Local at the port.
  bool port_known = true;  // False if the airport table lacks the port: dates are UTC then, a day either way.
  Instant now;       // The evaluation instant: of the latest message that changed something.
  std::vector<FlightTraveller> travellers;  // In order of first appearance. Those removed are not here.
  std::vector<FormerTraveller> former;
  bool closed_out = false;
  std::optional<CloseOutForm> close_out;
  bool cancelled = false;
  bool api_received = false;
  bool api_complete = false;
  std::optional<FlightKey> replaces, replaced_by;
  std::optional<FlightKey> redated;  // The same flight under the date a day earlier or later.
  std::vector<AdultElsewhere> elsewhere;
  std::vector<Finding> findings;  // Of all its messages, and of the merge.
  std::vector<Finding> set_aside;  // Travellers that could not be read: reference and reason.
};

// How a traveller is called in hits and findings: its reference, else "#" and its place on the flight's list, from 1.
std::string TravellerName(const FlightState& state, std::size_t traveller);

}  // namespace landfall
