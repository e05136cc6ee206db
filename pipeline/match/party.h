#pragma once

// Parties: who travels with whom, and how we know.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/enum_text.h"
#include "model/finding.h"
#include "pipeline/match/people_keys.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/reference/snapshot.h"

namespace landfall {

// In the order of the enum of party.link_basis. Strength: booking, visa, checkin, seat, inferred. `kSeat` is an inferred
// link that adjacent seats confirm: a seat alone links nobody.
enum class LinkBasis : std::uint8_t { kBooking, kCheckin, kVisa, kSeat, kInferred };
template <>
struct EnumText<LinkBasis> {
  static constexpr std::string_view kWords[] = {"booking", "checkin", "visa", "seat", "inferred"};
};

struct Party {
  std::vector<std::uint32_t> members;  // Numbers of travellers in the state, ascending. At most 99.
  LinkBasis basis = LinkBasis::kBooking;  // The strongest link; of a party of one, booking.
  const GroupRecord* group = nullptr;     // The organised group to which at least half of it belongs.
};

// Every traveller is in exactly one party; parties in order of their first member. Crew travel alone unless a booking or
// a vignette links them. A party that would be larger than 99 is split by locator, with the finding `party_too_large`.
// `keys` are those of KeysOfPeople. `vignettes[i]` is the vignette of traveller i (null: none); an adult named on it who
// is on the flight is linked.
std::vector<Party> FormParties(const FlightState& state, const std::vector<LinkKeys>& keys,
                               const std::vector<const Vignette*>& vignettes, const ReferenceSnapshot& reference,
                               std::vector<Finding>& findings);

}  // namespace landfall
