#pragma once

// One flight of the synthetic world: who is on it, and what becomes known of it when.

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "app/synth/geography.h"
#include "model/message.h"
#include "model/reference_records.h"

namespace landfall::app {

// What is fixed of a flight before anybody is on it.
struct FlightOutline {
  const Carrier* carrier = nullptr;
  const ForeignAirport* abroad = nullptr;
  Flight flight;
  std::uint64_t serial = 0;  // From 0, over the whole world.
  int slot = 0;              // Within its day.
  bool is_arrival = true;
  AirportCode port;
  Instant t0;    // Scheduled arrival at the port; of a departure, its departure.
  Date t0_date;  // Its date at the port.
  bool pushes_bookings = false;

  // Nothing but bookings tells of services, payment and the way back.
  bool TellsBookings() const { return carrier->channel == Channel::kFullNdjson || pushes_bookings; }
};

struct FlightPlan {
  FlightOutline outline;
  std::vector<Traveller> travellers;       // All that is true of them; the messages tell a part each.
  std::vector<std::uint8_t> left_behind;   // By traveller: 1 if not on board at the close-out.
  std::vector<std::uint32_t> changed;      // Travellers whose seat changes after the first list.
  std::vector<Traveller> crew;
};

// Lines of NDJSON to add to the reference files and to the truth.
struct ReferenceLines {
  std::array<std::string, std::size(EnumText<ReferenceKind>::kWords)> records;
  std::string truth;

  std::string& Of(ReferenceKind kind) { return records[static_cast<std::size_t>(kind)]; }
};

// A group of travellers before they have seats and references.
struct PlannedParty {
  std::vector<Traveller> members;
  std::vector<std::uint8_t> left_behind;  // Empty: all are on board.
  bool has_own_seats = false;             // The seats are set already.
};

}  // namespace landfall::app
