#pragma once

// What the makers of each subject's facts share. Private to pipeline/facts.

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/time/time.h"
#include "pipeline/facts/fact_values.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/match/flight_people.h"
#include "pipeline/match/people_keys.h"

namespace landfall::facts_internal {

// A traveller who is, or may be, an adult named on a child's vignette.
struct Sighting {
  std::uint32_t child = 0;
  std::uint32_t adult = 0;  // Which of those named: 0 or 1.
  std::uint32_t traveller = 0;
  SamePerson match = SamePerson::kNo;

  bool IsSure() const { return match >= SamePerson::kNameAndBirth; }
};

// Everything the facts of one flight are made from. Filled step by step by the Find... functions, in their order.
struct FlightInput {
  const FlightState& state;
  const ReferenceSnapshot& reference;
  const Configuration& configuration;
  const ProfileParameters& parameters;
  FlightContext& context;
  absl::TimeZone zone;  // Of the port.
  std::vector<LinkKeys> keys;  // By traveller, as all that follow.
  std::vector<std::optional<bool>> visa_required;
  std::vector<const VisaSponsor*> sponsors;   // Of the vignette or the form; null: none is known.
  std::deque<VisaSponsor> form_sponsors;      // Those of forms.
  std::vector<bool> is_missing_child;         // A strong match with an entry of status missing.
  std::vector<Sighting> sightings;            // In order of child, adult, traveller.
  std::vector<std::optional<Instant>> companions_changed;  // By party: when its adults last did.

  const Traveller& At(std::uint32_t i) const { return *state.travellers[i].merged; }
  TravellerContext& Of(std::uint32_t i) const { return context.travellers[i]; }
  const Vignette* VignetteOf(std::uint32_t i) const { return Of(i).vignette.vignette; }
  const Party& PartyOf(std::uint32_t i) const { return context.parties[Of(i).party]; }
  std::uint32_t count() const { return static_cast<std::uint32_t>(state.travellers.size()); }

  bool IsDeparture() const { return state.direction == Direction::kDeparture; }
  bool IsLeftBehind(std::uint32_t i) const { return state.travellers[i].boarded == false; }
  // An adult who was left behind is no company to a child on board. To a child left behind as well it is: those two
  // travel together, on another day.
  bool IsWith(std::uint32_t child, std::uint32_t traveller) const {
    return !IsLeftBehind(traveller) || IsLeftBehind(child);
  }
  bool IsAdultWith(std::uint32_t child, std::uint32_t traveller) const {
    return traveller != child && !Of(traveller).is_child && IsWith(child, traveller);
  }
  bool IsInTransit(std::uint32_t i) const {
    return At(i).type == TravellerType::kTransit || At(i).type == TravellerType::kTransitCrew;
  }
  // Data of the booking came, and not only its locator, which advance passenger data repeat.
  bool HasBookingData(std::uint32_t i) const;
  // The adults named on this child's vignette who are, or may be, on the flight's list.
  std::span<const Sighting> SightingsOf(std::uint32_t child) const;
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
  void Enum(FactId fact, E value) const {
    table.SetEnum(row, fact, static_cast<std::uint8_t>(value));
  }
  template <typename E>
  void Enum(FactId fact, std::optional<E> value) const {
    if (value) Enum(fact, *value);
  }
};

// In this order; parties are formed between FindVignettes and FindEscorts.
void FindAges(FlightInput& input);
void FindVignettes(FlightInput& input);  // And sponsors, and the adults named.
void FindEscorts(FlightInput& input);
void FindCompanionChanges(FlightInput& input);
void FindWatchMatches(FlightInput& input);  // Of travellers and sponsors.

void AddPaxFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddDocumentFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddBookingFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);  // And service.
void AddVisaFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddSponsorFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddAddressFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddEscortFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);
void AddWatchFacts(const FlightInput& input, std::uint32_t traveller, const FactRow& row);  // pax, escort, sponsor

// Facts of a party, made once and set on each of its rows.
struct PartyFacts {
  std::int64_t size = 0, children = 0, adults = 0, family_names = 0, sponsors = 0, addresses = 0;
  LinkBasis basis = LinkBasis::kBooking;
  std::optional<bool> organised, companion_not_boarded;
  std::optional<double> companion_changed_hours;
};
PartyFacts MakePartyFacts(const FlightInput& input, const Party& party);
void AddPartyFacts(const PartyFacts& facts, const FactRow& row);

// Facts of the flight, likewise.
struct WholeFlightFacts {
  std::string_view number, carrier, origin, origin_country, port, terminal;
  std::string route;
  std::int64_t local_hour = 0, minutes_to_arrival = 0;
  std::int64_t travellers = 0, children = 0, unaccompanied = 0, um_service = 0, shared_contact = 0;
  std::optional<bool> campaign;
};
WholeFlightFacts MakeFlightFacts(const FlightInput& input, const std::vector<PartyFacts>& parties);
void AddWholeFlightFacts(const FlightState& state, const WholeFlightFacts& facts, const FactRow& row);

// Stay in days: return minus arrival in local dates at the port, else the vignette's.
struct Stay {
  std::optional<std::int64_t> booking, vignette;
  std::optional<std::int64_t> days() const { return booking ? booking : vignette; }
};
Stay StayOf(const FlightInput& input, std::uint32_t traveller);

// The UK address of a traveller: the declared one, else the sponsor's. Null: none is known.
const Address* AddressOf(const FlightInput& input, std::uint32_t traveller);
std::uint64_t AddressHashOf(const FlightInput& input, std::uint32_t traveller);

// Tells the sponsors of a flight's children apart: by id, else by document, else by name and birth date. 0: not known.
std::uint64_t SponsorHash(const FlightInput& input, std::uint32_t child);

// What is known of a relationship between a child and an adult who travels with it: of the vignette, else of a consent.
Relationship RelationshipTo(const FlightInput& input, std::uint32_t child, std::uint32_t adult);
bool IsSentByOrganisation(const FlightInput& input, std::uint32_t child, std::uint32_t adult);

}  // namespace landfall::facts_internal
