#pragma once

// What the makers of each subject's facts share. Private to pipeline/facts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/facts/flight_facts.h"
#include "pipeline/match/flight_people.h"

namespace landfall::facts_internal {

// Everything the facts of one flight are made from, and where they go.
struct FlightInput {
  const FlightState& state;
  const ReferenceSnapshot& reference;
  const Configuration& configuration;
  const ProfileParameters& parameters;
  FlightContext& context;
  std::optional<FlightPeople> people;  // Made when a vignette names somebody.
  std::vector<std::string> family_names;  // Folded, by traveller.

  const Traveller& TravellerAt(std::uint32_t i) const { return *state.travellers[i].merged; }
  bool IsLeftBehind(std::uint32_t i) const { return state.travellers[i].boarded == false; }
  bool IsAdultOnFlight(std::uint32_t i) const { return !context.travellers[i].is_child && !IsLeftBehind(i); }
  bool IsInTransit(std::uint32_t i) const {
    const TravellerType type = TravellerAt(i).type;
    return type == TravellerType::kTransit || type == TravellerType::kTransitCrew;
  }
  const Party& PartyOf(std::uint32_t i) const { return context.parties[context.travellers[i].party]; }
  void Note(std::uint32_t i, std::string field, FindingCode code, std::string problem) {
    context.findings.push_back({TravellerName(state, i), std::move(field), code, std::move(problem)});
  }
};

// One row of the table: setting what is not known does nothing.
struct FactRow {
  FactTable& table;
  std::size_t row;

  void Bool(FactId fact, std::optional<bool> value) const {
    if (value) table.SetBool(row, fact, *value);
  }
  void Int(FactId fact, std::optional<std::int64_t> value) const {
    if (value) table.SetInt(row, fact, *value);
  }
  void Num(FactId fact, std::optional<double> value) const {
    if (value) table.SetNum(row, fact, *value);
  }
  void Text(FactId fact, std::string_view value) const {
    if (!value.empty()) table.SetText(row, fact, value);
  }
  template <typename E>
  void Enum(FactId fact, std::optional<E> value) const {
    if (value) table.SetEnum(row, fact, static_cast<std::uint8_t>(*value));
  }
  // By its word in the schema: for the few enums that no type of ours mirrors.
  void Word(FactId fact, std::string_view word) const {
    if (const auto number = Info(fact).ValueNumber(word)) table.SetEnum(row, fact, *number);
  }
};

// Ages and who is a child: before parties, which need no facts, and everything else, which does. Notes findings.
void FindAges(FlightInput& input);
// The vignettes of those who may be children, and the adult responsible for each child.
void FindVignettes(FlightInput& input);
void FindEscorts(FlightInput& input);

void AddPaxFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);      // pax doc service booking
void AddVisaFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);     // visa
void AddSponsorFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);  // sponsor address
void AddEscortFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);

// Facts of a party and of the flight, made once and set on each of their rows.
class GroupFacts {
 public:
  explicit GroupFacts(FlightInput& input);
  void AddPartyFacts(std::uint32_t party, const FactRow& row) const;
  void AddFlightFacts(const FactRow& row) const;

 private:
  struct PartyValues {
    std::int64_t size = 0, children = 0, adults = 0, family_names = 0, sponsors = 0, addresses = 0;
    std::optional<bool> organised, companion_not_boarded;
  };
  PartyValues Make(const Party& party) const;
  std::optional<bool> CompanionNotBoarded(const Party& party) const;

  FlightInput& input_;
  std::vector<PartyValues> parties_;
  std::int64_t children_ = 0, unaccompanied_ = 0, um_service_ = 0, shared_contact_ = 0;
  std::optional<bool> campaign_;
};

// Stay in days: return minus arrival in local dates at the port, else the vignette's.
std::optional<std::int64_t> StayDays(const FlightInput& input, std::uint32_t traveller);
// The address where the traveller says it will stay, if it lies in the own country; else null.
const Address* DeclaredAddress(const FlightInput& input, std::uint32_t traveller);
const VisaSponsor* SponsorOf(const FlightInput& input, std::uint32_t traveller);
// The best identity match of a person, given where a list is loaded.
std::optional<WatchMatch> BestMatch(const FlightInput& input, const WatchQuery& query);
std::string_view MatchWord(const std::optional<WatchMatch>& match, const ProfileParameters& parameters);

}  // namespace landfall::facts_internal
