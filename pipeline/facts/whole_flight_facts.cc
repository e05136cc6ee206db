// Facts about the flight.

#include <algorithm>
#include <tuple>
#include <vector>

#include "absl/hash/hash.h"
#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name_key.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall::facts_internal {
namespace {

// ICAO 9303: unspecified. The country of an airport that the table lacks.
constexpr std::string_view kNoCountry = "XXX";

struct SharedKey {
  std::uint64_t key = 0;      // Of a telephone, e-mail, payer, address or sponsor.
  std::uint64_t booking = 0;
  std::uint32_t child = 0;
};

std::uint64_t PayerHash(const Booking& booking) {
  if (!booking.payer_key.empty()) return absl::HashOf('k', booking.payer_key);
  const std::string name = FullNameKey(booking.payer, "");
  return name.empty() ? 0 : absl::HashOf('y', name);
}

void AddSharedKeys(const FlightInput& input, std::uint32_t child, std::vector<SharedKey>& shared) {
  const Traveller& traveller = input.At(child);
  const bool has_locator = traveller.booking && !traveller.booking->locator.empty();
  const std::uint64_t booking = has_locator ? absl::HashOf('l', traveller.booking->locator) : absl::HashOf('#', child);
  const auto add = [&](std::uint64_t key) {
    if (key != 0) shared.push_back({key, booking, child});
  };
  for (const std::uint64_t contact : input.keys[child].contacts) add(contact);
  add(AddressHashOf(input, child));
  if (traveller.booking) add(PayerHash(*traveller.booking));
  add(SponsorHash(input, child));
}

// Children in different bookings that share a key.
std::int64_t CountSharedContactChildren(const FlightInput& input) {
  std::vector<SharedKey> shared;
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    if (input.context.travellers[i].is_child && !input.IsLeftBehind(i)) AddSharedKeys(input, i, shared);
  }
  const auto by_key = [](const SharedKey& a, const SharedKey& b) {
    return std::tie(a.key, a.booking, a.child) < std::tie(b.key, b.booking, b.child);
  };
  std::sort(shared.begin(), shared.end(), by_key);
  std::vector<std::uint32_t> children;
  for (std::size_t first = 0; first < shared.size();) {
    std::size_t last = first;
    while (last < shared.size() && shared[last].key == shared[first].key) ++last;
    const bool several = shared[last - 1].booking != shared[first].booking;
    for (; first < last; ++first) {
      if (several) children.push_back(shared[first].child);
    }
  }
  std::sort(children.begin(), children.end());
  return std::unique(children.begin(), children.end()) - children.begin();
}

void CountTravellers(const FlightInput& input, const std::vector<PartyFacts>& parties, WholeFlightFacts& facts) {
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    if (input.IsLeftBehind(i)) continue;
    ++facts.travellers;
    const TravellerContext& context = input.context.travellers[i];
    if (!context.is_child) continue;
    ++facts.children;
    facts.um_service += input.At(i).HasService("UMNR") ? 1 : 0;
    facts.unaccompanied += parties[context.party].adults == 0 && !input.IsInTransit(i) ? 1 : 0;
  }
}

// What the carrier said, else the schedule.
std::string_view TerminalOf(const FlightInput& input) {
  const FlightState& state = input.state;
  if (!state.flight.terminal.empty()) return state.flight.terminal;
  const ScheduleRecord* const schedule =
      input.reference.FindSchedule(state.key.number, state.key.from, state.key.to, state.key.departs_on);
  return schedule != nullptr ? std::string_view(schedule->terminal) : std::string_view();
}

std::int64_t MinutesBetween(Instant from, Instant to) {
  const std::int64_t seconds = to.seconds - from.seconds;
  return seconds / 60 - (seconds % 60 < 0 ? 1 : 0);
}

}  // namespace

WholeFlightFacts MakeFlightFacts(const FlightInput& input, const std::vector<PartyFacts>& parties) {
  const FlightState& state = input.state;
  const Airport* const origin = FindAirport(state.key.from.view());
  WholeFlightFacts facts;
  facts.number = state.key.number;
  facts.carrier = CarrierOf(state.key.number);
  facts.origin = state.key.from.view();
  facts.origin_country = origin != nullptr ? origin->country.view() : kNoCountry;
  facts.port = state.port.view();
  facts.terminal = TerminalOf(input);
  facts.route = std::string(state.key.from.view()) + "-" + std::string(state.key.to.view());
  facts.local_hour = LocalHour(state.t0, input.zone);
  facts.minutes_to_arrival = MinutesBetween(state.now, state.t0);
  CountTravellers(input, parties, facts);
  facts.shared_contact = CountSharedContactChildren(input);
  if (input.reference.IsLoaded(ReferenceKind::kCampaigns)) {
    facts.campaign = input.reference.FindCampaign(facts.number, facts.route, facts.port, state.t0_date) != nullptr;
  }
  return facts;
}

void AddWholeFlightFacts(const FlightState& state, const WholeFlightFacts& facts, const FactRow& row) {
  row.Text(FactId::flight_number, facts.number);
  row.Text(FactId::flight_carrier, facts.carrier);
  row.Text(FactId::flight_route, facts.route);
  row.Text(FactId::flight_origin, facts.origin);
  row.Text(FactId::flight_origin_country, facts.origin_country);
  row.Text(FactId::flight_port, facts.port);
  row.Text(FactId::flight_terminal, facts.terminal);
  row.Int(FactId::flight_arrival_local_hour, facts.local_hour);
  row.Int(FactId::flight_minutes_to_arrival, facts.minutes_to_arrival);
  row.Int(FactId::flight_passengers_count, facts.travellers);
  row.Int(FactId::flight_children, facts.children);
  row.Int(FactId::flight_unaccompanied_children, facts.unaccompanied);
  row.Int(FactId::flight_um_service_children, facts.um_service);
  row.Int(FactId::flight_shared_contact_children, facts.shared_contact);
  row.Bool(FactId::flight_api_complete, state.api_complete);
  row.Bool(FactId::flight_source_campaign, facts.campaign);
  row.Enum(FactId::flight_direction, state.direction);
}

}  // namespace landfall::facts_internal
