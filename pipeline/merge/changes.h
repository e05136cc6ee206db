#pragma once

// What changed on a flight between two messages.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/enum_text.h"
#include "pipeline/match/party.h"
#include "pipeline/merge/flight_state.h"

namespace landfall {

enum class ChangeKind : std::uint8_t {
  kAdded, kRemoved, kCompanions, kReceiver, kName, kBirthDate, kDocuments, kBooking, kSeat, kBoarded,
  kDeparture, kArrival, kTerminal, kCancelled, kClosedOut, kComplete,
};
template <>
struct EnumText<ChangeKind> {
  static constexpr std::string_view kWords[] = {"added", "removed", "companions", "receiver", "name", "birth_date",
                                                "documents", "booking", "seat", "boarded", "departure", "arrival",
                                                "terminal", "cancelled", "closed_out", "complete"};
};

struct Change {
  ChangeKind kind = ChangeKind::kAdded;
  std::string traveller;  // As hits call it; empty for a change of the flight.
  std::string name;       // "QUILL, ORLA"
  // What it was and what it is; empty: nothing. Of companions: the adults who are no longer with the child, and those
  // who are now and were not.
  std::string before, after;

  friend bool operator==(const Change&, const Change&) = default;
};

// A state with its parties, and who of its travellers are children.
struct FlightView {
  const FlightState* state = nullptr;
  const std::vector<Party>* parties = nullptr;
  std::vector<bool> is_child;
};

// `before` and `after` are states of one flight, folded one from the other. Changes of the flight first, then those who
// left, then the others in their order on the list. Pure.
std::vector<Change> ChangesBetween(const FlightView& before, const FlightView& after);

// One line for a person: "QUILL, ORLA (1): QUILL, ADA replaced by FENWICK, MARL as adult of its party".
std::string ToString(const Change& change);

}  // namespace landfall
