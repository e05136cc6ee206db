#include "app/synth/world.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/synth/cast.h"
#include "app/synth/population.h"
#include "app/synth/reference_json.h"
#include "app/synth/scenarios.h"
#include "model/json_writer.h"
#include "pipeline/places/places.h"

namespace landfall::app {
namespace {

constexpr std::uint64_t kIdsPerFlight = 1'024;
// Blocks of numbers a day beside those of its flights: the planted people have them.
constexpr std::uint64_t kScenarioBlocks = 2;
constexpr int kSeatRows = 60;
constexpr int kFirstSeatRow = 4;
constexpr int kSeatsPerHalf = 3 * kSeatRows;
// Streams of random numbers.
constexpr std::uint64_t kOutlineStream = 1, kPeopleStream = 2, kBackgroundStream = 3;

const Carrier& CarrierOf(std::string_view number) {
  for (const Carrier& carrier : Carriers()) {
    if (number.substr(0, 2) == carrier.code) return carrier;
  }
  assert(false);
  return Carriers()[0];
}

const ForeignAirport& AbroadOf(std::string_view from, std::string_view to) {
  for (const ForeignAirport& airport : ForeignAirports()) {
    if (airport.code == from || airport.code == to) return airport;
  }
  assert(false);
  return ForeignAirports()[0];
}

struct Slot {
  std::string number;
  std::string_view from, to;
  int departs_minute = 0;
};

// The timetable is the same every day.
Slot OrdinarySlot(std::uint64_t seed, int slot) {
  Random random = Random::For(seed, kOutlineStream, static_cast<std::uint64_t>(slot));
  const std::string_view carrier = Carriers()[static_cast<std::size_t>(slot) % Carriers().size()].code;
  const std::string_view abroad = random.Pick(ForeignAirports()).code;
  const std::string_view port = kPorts[std::array{0, 0, 0, 1, 2}[random.Below(5)]];
  const bool is_arrival = random.Chance(78);
  Slot made{std::string(carrier) + std::to_string(1'000 + slot), abroad, port, random.Between(20, 1'415)};
  if (!is_arrival) std::swap(made.from, made.to);
  return made;
}

// All or nothing: a situation may need two flights.
int HostsOf(const WorldOptions& options) {
  const int hosts = static_cast<int>(HostFlights().size());
  return options.flights >= hosts ? hosts : 0;
}

Slot SlotOf(const WorldOptions& options, int slot) {
  if (slot >= HostsOf(options)) return OrdinarySlot(options.seed, slot);
  const HostFlight& host = HostFlights()[static_cast<std::size_t>(slot)];
  return {std::string(host.number), host.from, host.to, host.departs_minute};
}

// Seats of one cabin, three and three: first all of one side of the aisle, front to back, then the other, so that whoever
// is next to each other in the list sits within a row.
class SeatPlan {
 public:
  void Seat(PlannedParty& party) {
    const int needed = static_cast<int>(std::count_if(party.members.begin(), party.members.end(), NeedsSeat));
    if (party.has_own_seats) return;
    if (next_ < kSeatsPerHalf && next_ + needed > kSeatsPerHalf) next_ = kSeatsPerHalf;
    for (Traveller& traveller : party.members) {
      if (!NeedsSeat(traveller) || next_ >= 2 * kSeatsPerHalf) continue;
      const int half = next_ / kSeatsPerHalf, place = next_ % kSeatsPerHalf;
      traveller.seat = std::to_string(kFirstSeatRow + place / 3);
      traveller.seat += static_cast<char>('A' + half * 3 + place % 3);
      ++next_;
    }
  }

 private:
  static bool NeedsSeat(const Traveller& traveller) { return traveller.fare != Fare::kInfant; }
  int next_ = 0;
};

std::vector<std::uint32_t> ShuffledOrder(std::size_t count, Random& random) {
  std::vector<std::uint32_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  for (std::size_t i = count; i > 1; --i) {
    std::swap(order[i - 1], order[random.Below(static_cast<std::uint32_t>(i))]);
  }
  return order;
}

bool HasChild(const PlannedParty& party) {
  return std::any_of(party.members.begin(), party.members.end(),
                     [](const Traveller& traveller) { return traveller.fare != Fare::kAdult; });
}

void Board(PlannedParty& party, Random& random, FlightPlan& plan) {
  const bool may_change = !HasChild(party) && plan.changed.size() < 3 && random.Chance(5);
  if (may_change) plan.changed.push_back(static_cast<std::uint32_t>(plan.travellers.size()));
  for (std::size_t i = 0; i < party.members.size(); ++i) {
    plan.left_behind.push_back(party.left_behind.empty() ? 0 : party.left_behind[i]);
    plan.travellers.push_back(std::move(party.members[i]));
    plan.travellers.back().ref = std::to_string(plan.travellers.size());
  }
}

void AppendTruth(const Truth& truth, const FlightOutline& outline, std::size_t first, std::size_t size,
                 ReferenceLines& lines) {
  std::vector<std::string> about, party;
  for (const std::size_t member : truth.members) about.push_back(std::to_string(first + member + 1));
  for (std::size_t i = 0; i < size; ++i) party.push_back(std::to_string(first + i + 1));
  {
    JsonObject object(lines.truth);
    object.Field("scenario", truth.scenario);
    object.Field("flight", outline.flight.Key());
    object.Field("travellers", about);
    object.Field("party", party);
    object.Field("visa_result", truth.visa_result);
    json_internal::Append(truth.rules, object.Begin("rules"));
    json_internal::Append(truth.not_rules, object.Begin("not_rules"));
  }
  lines.truth += '\n';
}

ScheduleRecord ScheduleOf(const FlightOutline& outline, int capacity) {
  ScheduleRecord record{outline.flight.number, outline.flight.from, outline.flight.to};
  record.departs_at = outline.flight.departs_at;
  record.arrives_at = outline.flight.arrives_at;
  record.terminal = outline.flight.terminal;
  record.capacity = capacity;
  return record;
}

}  // namespace

Date World::FirstDay() const { return MakeDate(2026, 11, 22); }

std::uint64_t World::FlightCount() const {
  return static_cast<std::uint64_t>(options_.days) * static_cast<std::uint64_t>(options_.flights);
}

FlightOutline World::Outline(std::uint64_t serial) const {
  const auto flights = static_cast<std::uint64_t>(options_.flights);
  FlightOutline outline;
  outline.serial = serial;
  outline.slot = static_cast<int>(serial % flights);
  const Date day{FirstDay().days + static_cast<std::int32_t>(serial / flights)};
  const Slot slot = SlotOf(options_, outline.slot);
  outline.carrier = &CarrierOf(slot.number);
  outline.abroad = &AbroadOf(slot.from, slot.to);
  outline.is_arrival = outline.abroad->code == slot.from;
  outline.port = AirportCode(outline.is_arrival ? slot.to : slot.from);
  Flight& flight = outline.flight;
  flight.number = slot.number;
  flight.from = AirportCode(slot.from);
  flight.to = AirportCode(slot.to);
  flight.departs_on = day;
  flight.departs_at =
      FromLocal(ToCivil(day), slot.departs_minute / 60, slot.departs_minute % 60, 0, ZoneOf(flight.from)).instant;
  flight.arrives_at = Instant{flight.departs_at.seconds + outline.abroad->flight_minutes * std::int64_t{60}};
  flight.terminal = TerminalAt(outline.port.view(), *outline.carrier);
  outline.t0 = outline.is_arrival ? *flight.arrives_at : flight.departs_at;
  outline.t0_date = LocalDate(outline.t0, ZoneOf(outline.port));
  const bool is_host = outline.slot < HostsOf(options_);
  outline.pushes_bookings = outline.carrier->channel != Channel::kFullNdjson && (is_host || outline.slot % 5 != 0);
  return outline;
}

FlightPlan World::Plan(std::uint64_t serial, ReferenceLines* lines) const {
  FlightPlan plan;
  plan.outline = Outline(serial);
  const FlightOutline& outline = plan.outline;
  const auto flights = static_cast<std::uint64_t>(options_.flights);
  const std::uint64_t day = serial / flights;
  const std::uint64_t first_block = day * (flights + kScenarioBlocks);
  const Date on = outline.flight.departs_on;

  Cast cast(options_.seed, Random::For(options_.seed, kPeopleStream, serial),
            (first_block + static_cast<std::uint64_t>(outline.slot)) * kIdsPerFlight, on);
  Random& random = cast.random();
  std::vector<PlannedParty> parties;
  std::vector<Truth> truth;
  AddScenarios({options_.seed, (first_block + flights) * kIdsPerFlight, on}, outline, parties, truth, lines);
  const int target = std::max(1, options_.travellers_per_flight * random.Between(80, 120) / 100);
  AddOrdinaryParties(cast, outline, target, parties, lines);
  plan.crew = MakeCrew(cast, outline);

  SeatPlan seats;
  std::vector<std::size_t> first_of_party(parties.size()), size_of_party(parties.size());
  for (const std::uint32_t i : ShuffledOrder(parties.size(), random)) {
    seats.Seat(parties[i]);
    first_of_party[i] = plan.travellers.size();
    size_of_party[i] = parties[i].members.size();
    Board(parties[i], random, plan);
  }
  if (lines == nullptr) return plan;
  AddLine(ScheduleOf(outline, options_.travellers_per_flight * 5 / 4 + 20), *lines);
  for (const Truth& entry : truth) {
    AppendTruth(entry, outline, first_of_party[entry.party], size_of_party[entry.party], *lines);
  }
  return plan;
}

void World::AddBackground(ReferenceLines& lines) const {
  AddUninvolvedRecords({options_.seed, kBackgroundStream, FirstDay()}, lines);
}

void World::AddOrdinaryFlights(int day, ReferenceLines& lines) const {
  const auto flights = static_cast<std::uint64_t>(options_.flights);
  std::vector<std::string> keys;
  for (auto slot = static_cast<std::uint64_t>(HostsOf(options_)); slot < flights; ++slot) {
    keys.push_back(ToString(Outline(static_cast<std::uint64_t>(day) * flights + slot).flight.Key()));
  }
  {
    JsonObject object(lines.truth);
    object.Field("ordinary_flights", keys);
  }
  lines.truth += '\n';
}

}  // namespace landfall::app
