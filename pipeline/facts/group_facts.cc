// Facts about a party, and about the flight.

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name_key.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall::facts_internal {
namespace {

// Telephone, e-mail, payer, address and sponsor of a child: what bookings of one hand share.
std::vector<std::string> SharedKeys(const FlightInput& input, std::uint32_t i) {
  const Traveller& traveller = input.TravellerAt(i);
  std::vector<std::string> keys;
  const auto add = [&keys](char kind, const std::string& key) {
    if (!key.empty()) keys.push_back(kind + key);
  };
  for (const Contact& contact : traveller.contacts) {
    if (contact.kind == ContactKind::kPhone) add('p', PhoneKey(contact.value));
    if (contact.kind == ContactKind::kEmail) add('e', EmailKey(contact.value));
  }
  if (traveller.booking) {
    add('y', traveller.booking->payer_key.empty() ? FullNameKey(traveller.booking->payer, "") : traveller.booking->payer_key);
  }
  if (const Address* const address = DeclaredAddress(input, i)) add('a', AddressKey(*address));
  if (const VisaSponsor* const sponsor = SponsorOf(input, i)) add('s', sponsor->sponsor_id);
  return keys;
}

// Children in different bookings that share a key.
std::int64_t CountSharedContactChildren(const FlightInput& input) {
  std::map<std::string, std::map<std::string, std::vector<std::uint32_t>>> by_key;  // key -> booking -> children
  for (std::uint32_t i = 0; i < input.state.travellers.size(); ++i) {
    if (!input.context.travellers[i].is_child) continue;
    const Traveller& traveller = input.TravellerAt(i);
    const bool has_locator = traveller.booking && !traveller.booking->locator.empty();
    const std::string booking = has_locator ? traveller.booking->locator : "#" + std::to_string(i);
    for (const std::string& key : SharedKeys(input, i)) by_key[key][booking].push_back(i);
  }
  std::set<std::uint32_t> sharing;
  for (const auto& [key, bookings] : by_key) {
    if (bookings.size() < 2) continue;
    for (const auto& [booking, children] : bookings) sharing.insert(children.begin(), children.end());
  }
  return static_cast<std::int64_t>(sharing.size());
}

}  // namespace

GroupFacts::GroupFacts(FlightInput& input) : input_(input) {
  for (const Party& party : input_.context.parties) {
    parties_.push_back(Make(party));
    if (parties_.back().adults > 0) continue;
    for (const std::uint32_t member : party.members) {
      unaccompanied_ += input_.context.travellers[member].is_child && !input_.IsInTransit(member) ? 1 : 0;
    }
  }
  for (std::uint32_t i = 0; i < input_.state.travellers.size(); ++i) {
    if (!input_.context.travellers[i].is_child) continue;
    ++children_;
    um_service_ += input_.TravellerAt(i).HasService("UMNR") ? 1 : 0;
  }
  shared_contact_ = CountSharedContactChildren(input_);
  if (input_.reference.IsLoaded(ReferenceKind::kCampaigns)) {
    const FlightKey& key = input_.state.key;
    const std::string route = std::string(key.from.view()) + "-" + std::string(key.to.view());
    campaign_ = input_.reference.FindCampaign(key.number, route, input_.state.port.view(), input_.state.t0_date) != nullptr;
  }
}

GroupFacts::PartyValues GroupFacts::Make(const Party& party) const {
  PartyValues values;
  std::set<std::string> names, sponsors, addresses;
  for (const std::uint32_t member : party.members) {
    if (input_.IsLeftBehind(member)) continue;  // Who stayed behind travels with nobody.
    ++values.size;
    if (const Address* const address = DeclaredAddress(input_, member)) addresses.insert(AddressKey(*address));
    if (!input_.context.travellers[member].is_child) {
      ++values.adults;
      continue;
    }
    ++values.children;
    if (!input_.family_names[member].empty()) names.insert(input_.family_names[member]);
    if (const VisaSponsor* const sponsor = SponsorOf(input_, member)) {
      sponsors.insert(!sponsor->sponsor_id.empty()
                          ? sponsor->sponsor_id
                          : FullNameKey(sponsor->person.surname, sponsor->person.given_names));
    }
  }
  addresses.erase("");
  sponsors.erase("");
  values.family_names = static_cast<std::int64_t>(names.size());
  values.sponsors = static_cast<std::int64_t>(sponsors.size());
  values.addresses = static_cast<std::int64_t>(addresses.size());
  if (party.group != nullptr) values.organised = true;
  else if (input_.reference.IsLoaded(ReferenceKind::kGroups)) values.organised = false;
  values.companion_not_boarded = CompanionNotBoarded(party);
  return values;
}

// For each child on board: the adults it was to travel with, those its vignette names and who were on the list, else those
// of the party. True if none of them is on board.
std::optional<bool> GroupFacts::CompanionNotBoarded(const Party& party) const {
  if (!input_.state.closed_out) return std::nullopt;
  bool is_unknown = false;
  for (const std::uint32_t child : party.members) {
    const TravellerContext& context = input_.context.travellers[child];
    const std::optional<bool> child_boarded = input_.state.travellers[child].boarded;
    if (!context.is_child || child_boarded == false) continue;
    const Vignette* const vignette = context.vignette.vignette;
    if (vignette != nullptr && vignette->travel == ChildTravel::kUnaccompanied) continue;  // Was to travel alone.
    std::set<std::uint32_t> companions;
    if (vignette != nullptr && input_.people) {
      for (const NamedAdult& adult : vignette->adults) {
        for (const FlightPeople::Found& found : input_.people->Find(adult.person)) {
          if (found.match >= SamePerson::kNameAndBirth) companions.insert(found.traveller);
        }
      }
    }
    if (companions.empty() && (vignette == nullptr || vignette->adults.empty())) {
      for (const std::uint32_t member : party.members) {
        if (!input_.context.travellers[member].is_child) companions.insert(member);
      }
    }
    if (companions.empty()) continue;
    bool any_on_board = false, any_unknown = !child_boarded.has_value();
    for (const std::uint32_t companion : companions) {
      const std::optional<bool> boarded = input_.state.travellers[companion].boarded;
      any_on_board = any_on_board || boarded == true;
      any_unknown = any_unknown || !boarded;
    }
    if (any_on_board) continue;
    if (!any_unknown) return true;
    is_unknown = true;
  }
  return is_unknown ? std::nullopt : std::optional<bool>(false);
}

void GroupFacts::AddPartyFacts(std::uint32_t party, const FactRow& row) const {
  const PartyValues& values = parties_[party];
  row.Int(FactId::party_size, values.size);
  row.Int(FactId::party_children, values.children);
  row.Int(FactId::party_adults, values.adults);
  row.Int(FactId::party_family_names, values.family_names);
  row.Int(FactId::party_visa_sponsors, values.sponsors);
  row.Int(FactId::party_destination_addresses, values.addresses);
  row.table.SetEnum(row.row, FactId::party_link_basis, static_cast<std::uint8_t>(input_.context.parties[party].basis));
  row.Bool(FactId::party_organised_group, values.organised);
  row.Bool(FactId::party_companion_not_boarded, values.companion_not_boarded);
}

void GroupFacts::AddFlightFacts(const FactRow& row) const {
  const FlightState& state = input_.state;
  const Airport* const origin = FindAirport(state.key.from.view());
  row.Text(FactId::flight_number, state.key.number);
  row.Text(FactId::flight_carrier, CarrierOf(state.key.number));
  row.Text(FactId::flight_route, std::string(state.key.from.view()) + "-" + std::string(state.key.to.view()));
  row.Text(FactId::flight_origin, state.key.from.view());
  // XXX: ICAO 9303, unspecified.
  row.Text(FactId::flight_origin_country, origin != nullptr ? origin->country.view() : "XXX");
  row.Text(FactId::flight_port, state.port.view());
  row.Text(FactId::flight_terminal, state.flight.terminal);
  row.Int(FactId::flight_arrival_local_hour, LocalHour(state.t0, ZoneOf(state.port)));
  row.Int(FactId::flight_minutes_to_arrival, (state.t0.seconds - state.now.seconds) / 60);
  row.Int(FactId::flight_passengers_count, static_cast<std::int64_t>(state.travellers.size()));
  row.Int(FactId::flight_children, children_);
  row.Int(FactId::flight_unaccompanied_children, unaccompanied_);
  row.Int(FactId::flight_um_service_children, um_service_);
  row.Int(FactId::flight_shared_contact_children, shared_contact_);
  row.Bool(FactId::flight_api_complete, state.api_complete);
  row.Bool(FactId::flight_source_campaign, campaign_);
  row.table.SetEnum(row.row, FactId::flight_direction, static_cast<std::uint8_t>(state.direction));
}

}  // namespace landfall::facts_internal
