#pragma once

// From what is known of a flight to rows of facts. Reads the flight's state and a snapshot of the reference records,
// nothing else; so flights can be done in parallel. docs/RULES.md, "How facts are derived", is the specification;
// docs/FACTS.md lists the facts that are not made yet, and why.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/fact_table.h"
#include "model/facts.h"
#include "model/finding.h"
#include "model/profile_parameters.h"
#include "pipeline/configuration.h"
#include "pipeline/match/party.h"
#include "pipeline/match/same_person.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/reference/snapshot.h"

namespace landfall {

// A traveller who is, or may be, an adult named on a child's vignette.
struct NamedAdultSeen {
  std::uint32_t adult = 0;      // Which of those named: 0 or 1.
  std::uint32_t traveller = 0;  // Number in the state.
  SamePerson match = SamePerson::kNo;
};

// What was found about one traveller on the way to its facts: kept for the sources in explanations.
struct TravellerContext {
  AgeRange age;  // On the day of arrival; meaningless without has_age.
  bool has_age = false;
  bool is_child = false;
  // An age under 18 is not ruled out: no birth date, or one that something else contradicts. Such a traveller is never
  // compared with persons of concern.
  bool may_be_child = true;
  std::uint32_t party = 0;           // Number of its party in FlightContext::parties.
  std::optional<std::uint32_t> escort;  // The adult responsible for this child: traveller's number in the state.
  ReferenceSnapshot::FoundVignette vignette;
  std::vector<NamedAdultSeen> named_adults;  // Of a child: in order of adult, traveller.
  const SponsorRecord* sponsor = nullptr;
  bool sponsor_is_receiver = false;  // No vignette names a sponsor: the one who is to collect the child stands in.
  // The best. Without an entry: a list is loaded, and holds nobody like this.
  std::optional<WatchMatch> watch, sponsor_watch;
};

// Travellers are numbered as in FlightState::travellers.
struct FlightContext {
  std::vector<TravellerContext> travellers;
  std::vector<Party> parties;
  std::vector<std::uint32_t> row_traveller;  // Traveller of each row that was added, in order.
  std::vector<Finding> findings;             // Found on the way (birth_date_missing, stay_differs ...).
};

// Adds one flight to `table`: a row per traveller, party by party, with every fact that can be made so far; the rest
// stays unknown, as do all windows.
FlightContext AddFlightFacts(const FlightState& state, const ReferenceSnapshot& reference,
                             const Configuration& configuration, const ProfileParameters& parameters,
                             FactTable& table);

// Where the value of a fact came from, for a person: "API birth date 2014-03-02", "vignette VG0012345", "derived".
// `traveller` is its number in the state.
std::string FactSource(FactId fact, std::uint32_t traveller, const FlightState& state, const FlightContext& context);

// The match behind the value of a fact, field by field with both values and decibans; empty for a fact that rests on none,
// and for a vignette or adult found by number alone with nothing else to compare.
std::vector<std::string> FactEvidence(FactId fact, std::uint32_t traveller, const FlightState& state,
                                      const FlightContext& context);

}  // namespace landfall
