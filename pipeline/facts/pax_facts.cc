// Facts about the traveller. Those that rest on a list or register are in watch_facts.cc.

#include <cstdlib>

#include "absl/strings/str_format.h"
#include "pipeline/facts/ages.h"
#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/itinerary.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/seat.h"
#include "pipeline/places/places.h"

namespace landfall::facts_internal {
namespace {

constexpr std::int64_t kCheckinSeconds = 600;
constexpr int kNearRows = 1;
constexpr int kNearSeats = 2;

// `any` of the rule language: true if one is, unknown if one is not known, else false; over nobody false.
class AnyOf {
 public:
  void Add(std::optional<bool> one) {
    is_true_ = is_true_ || one == true;
    is_unknown_ = is_unknown_ || !one;
  }
  std::optional<bool> value() const {
    if (is_true_) return true;
    return is_unknown_ ? std::nullopt : std::optional<bool>(false);
  }

 private:
  bool is_true_ = false, is_unknown_ = false;
};

// Birth dates of API, booking and vignette, and the fare. True if any two disagree, unknown if there was nothing to compare.
std::optional<bool> AgeConflict(const FlightInput& input, std::uint32_t i) {
  const FlightTraveller& known = input.state.travellers[i];
  const TravellerContext& context = input.context.travellers[i];
  std::optional<bool> conflict;
  const auto compare = [&conflict](std::optional<bool> disagree) {
    if (disagree) conflict = conflict.value_or(false) || *disagree;
  };
  const auto& birth = known.merged->date_of_birth;
  if (known.api && known.booking) compare(BirthDatesDisagree(known.api->date_of_birth, known.booking->date_of_birth));
  if (const Vignette* const vignette = input.VignetteOf(i)) {
    compare(BirthDatesDisagree(birth, vignette->holder.date_of_birth));
  }
  if (context.has_age) compare(FareContradicts(*known.merged, context.age));
  return conflict;
}

std::optional<bool> SharesNameWithAdult(const FlightInput& input, std::uint32_t child) {
  AnyOf any;
  for (const std::uint32_t member : input.PartyOf(child).members) {
    if (!input.IsAdultWith(child, member)) continue;
    if (input.keys[child].family_name.empty() || input.keys[member].family_name.empty()) any.Add(std::nullopt);
    else any.Add(SharesFamilyName(FamilyNameOf(input.At(child)), FamilyNameOf(input.At(member))));
  }
  return any.value();
}

// Unknown without an adult: there is nobody to sit apart from.
std::optional<bool> SitsNearAdult(const FlightInput& input, std::uint32_t child) {
  const std::optional<Seat> own = ParseSeat(input.At(child).seat);
  if (!own) return std::nullopt;
  AnyOf any;
  bool has_adult = false;
  for (const std::uint32_t member : input.PartyOf(child).members) {
    if (!input.IsAdultWith(child, member)) continue;
    has_adult = true;
    const std::optional<Seat> seat = ParseSeat(input.At(member).seat);
    any.Add(seat ? std::optional(IsWithin(*own, *seat, kNearRows, kNearSeats)) : std::nullopt);
  }
  return has_adult ? any.value() : std::nullopt;
}

std::optional<bool> CheckedInTogether(const Traveller& a, const Traveller& b) {
  std::optional<bool> together;
  if (!a.checkin_id.empty() && !b.checkin_id.empty()) together = a.checkin_id == b.checkin_id;
  if (a.checkin_at && b.checkin_at) {
    const std::int64_t apart = std::abs(a.checkin_at->seconds - b.checkin_at->seconds);
    together = together.value_or(false) || apart <= kCheckinSeconds;
  }
  return together;
}

// Unknown for who travels alone.
std::optional<bool> CheckedInWithParty(const FlightInput& input, std::uint32_t i) {
  const Party& party = input.PartyOf(i);
  if (party.members.size() < 2) return std::nullopt;
  AnyOf any;
  for (const std::uint32_t member : party.members) {
    if (member != i) any.Add(CheckedInTogether(input.At(i), input.At(member)));
  }
  return any.value();
}

void AddAge(const TravellerContext& context, const FactRow& row) {
  row.Bool(FactId::pax_child, context.is_child);
  if (!context.has_age) return;
  if (context.age.youngest == context.age.oldest) row.Int(FactId::pax_age, context.age.youngest);
  row.Enum(FactId::pax_age_band, AgeBandOf(context.age));
}

void AddOrigin(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.At(i);
  const Vignette* const vignette = input.VignetteOf(i);
  row.Enum(FactId::pax_sex, traveller.sex);
  row.Text(FactId::pax_nationality, traveller.nationality.view());
  CountryCode residence = traveller.residence;
  if (residence.empty() && vignette != nullptr) residence = vignette->holder_residence;
  row.Text(FactId::pax_residence, residence.view());
  CountryCode birth_country;
  if (traveller.birth_place) birth_country = traveller.birth_place->country;
  if (birth_country.empty() && vignette != nullptr) birth_country = vignette->holder_birth_country;
  row.Text(FactId::pax_birth_country, birth_country.view());
  row.Text(FactId::pax_family_name_key, input.keys[i].family_name);
  row.Bool(FactId::pax_visa_required, input.visa_required[i]);
}

void AddStay(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Stay stay = StayOf(input, i);
  row.Int(FactId::pax_stay_days, stay.days());
  if (!stay.booking || !stay.vignette || *stay.booking == *stay.vignette) return;
  input.Note(i, "booking.returns_at", FindingCode::kStayDiffers,
             absl::StrFormat("the booking makes %d days, the vignette says %d: the booking's holds", *stay.booking,
                             *stay.vignette));
}

// What the booking says, else, where it came whole from the carrier's booking system, what its segments show.
std::optional<bool> IsOneWay(const FlightInput& input, std::uint32_t i, const Itinerary& itinerary) {
  const Booking& booking = *input.At(i).booking;
  if (booking.trip) return *booking.trip == Trip::kOneWay;
  if (booking.returns_at) return false;
  if (itinerary.one_way == true && input.state.travellers[i].booking == nullptr) return std::nullopt;
  return itinerary.one_way;
}

void AddJourney(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.At(i);
  if (!traveller.booking) return;
  Itinerary itinerary;
  if (!traveller.booking->segments.empty()) itinerary = ReadItinerary(*traveller.booking, input.state.flight);
  row.Bool(FactId::pax_one_way, IsOneWay(input, i, itinerary));
  row.Int(FactId::pax_transit_points, itinerary.connections);
  row.Num(FactId::pax_transit_hours, itinerary.longest_connection_hours);
  const AirportCode declared = traveller.journey.destination;
  if (!declared.empty() && !itinerary.destination.empty()) {
    row.Bool(FactId::pax_onward_differs, declared != itinerary.destination);
  }
  if (traveller.booking->changed_at) {
    row.Num(FactId::pax_itinerary_changed_hours,
            HoursBetween(*traveller.booking->changed_at, input.state.flight.departs_at));
  }
}

}  // namespace

Stay StayOf(const FlightInput& input, std::uint32_t i) {
  Stay stay;
  const Traveller& traveller = input.At(i);
  if (traveller.booking && traveller.booking->returns_at) {
    const int days = LocalDate(*traveller.booking->returns_at, input.zone).days - input.state.t0_date.days;
    if (days >= 0) stay.booking = days;  // A return before the arrival is no return from it.
  }
  if (const Vignette* const vignette = input.VignetteOf(i)) stay.vignette = vignette->stay_days;
  return stay;
}

void AddPaxFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.At(i);
  AddAge(input.Of(i), row);
  AddOrigin(input, i, row);
  AddStay(input, i, row);
  AddJourney(input, i, row);
  row.Bool(FactId::pax_age_conflict, AgeConflict(input, i));
  row.Int(FactId::pax_bags, traveller.bags);
  row.Bool(FactId::pax_boarded, input.state.travellers[i].boarded);
  row.Bool(FactId::pax_in_transit, input.IsInTransit(i));
  row.Bool(FactId::pax_checked_in_with_party, CheckedInWithParty(input, i));
  if (!input.Of(i).is_child) return;
  row.Bool(FactId::pax_shares_name_with_party_adult, SharesNameWithAdult(input, i));
  row.Bool(FactId::pax_seat_near_adult, SitsNearAdult(input, i));
}

}  // namespace landfall::facts_internal
