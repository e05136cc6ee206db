// Facts about a child's entry clearance.

#include <algorithm>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/vignette_result.h"

namespace landfall::facts_internal {
namespace {

// From this day on a child's visa says how it is to travel.
constexpr int kRecordedFromYear = 2006, kRecordedFromMonth = 2, kRecordedFromDay = 12;

// "Accompanied" without anybody's name is no record of who accompanies.
bool IsTravelRecorded(const Vignette& vignette) {
  if (vignette.issued && *vignette.issued < MakeDate(kRecordedFromYear, kRecordedFromMonth, kRecordedFromDay)) return false;
  return vignette.travel == ChildTravel::kUnaccompanied ||
         (vignette.travel == ChildTravel::kAccompanied && !vignette.adults.empty());
}

VignetteCase::Travel TravelOf(const Vignette& vignette) {
  if (!IsTravelRecorded(vignette)) return VignetteCase::Travel::kNotRecorded;
  return vignette.travel == ChildTravel::kAccompanied ? VignetteCase::Travel::kAccompanied
                                                      : VignetteCase::Travel::kUnaccompanied;
}

VisaKind KindOf(const Vignette& vignette) {
  if (IsTravelRecorded(vignette)) {
    return vignette.travel == ChildTravel::kAccompanied ? VisaKind::kAccompanied : VisaKind::kUnaccompanied;
  }
  switch (vignette.visa_class) {
    case VisaClass::kFamily: return VisaKind::kFamily;
    case VisaClass::kStudent: return VisaKind::kStudent;
    case VisaClass::kSettlement: return VisaKind::kSettlement;
    default: return VisaKind::kOther;
  }
}

// What the named adults of a vignette do on this flight.
struct NamedAdults {
  bool by_document = false, by_name_and_birth = false, has_namesake = false, same_booking = false;
  bool may_share_booking = false;  // A locator is missing.
  bool was_left_behind = false;

  bool IsOnFlight() const { return by_document || by_name_and_birth; }
};

void CompareBookings(const Traveller& child, const Traveller& adult, NamedAdults& adults) {
  const bool both_known = child.booking && adult.booking && !child.booking->locator.empty() && !adult.booking->locator.empty();
  if (!both_known) adults.may_share_booking = true;
  else if (child.booking->locator == adult.booking->locator) adults.same_booking = true;
}

NamedAdults ReadNamedAdults(const FlightInput& input, std::uint32_t child) {
  NamedAdults adults;
  for (const Sighting& sighting : input.SightingsOf(child)) {
    if (!input.IsWith(child, sighting.traveller)) {
      adults.was_left_behind = adults.was_left_behind || sighting.IsSure();
    } else if (!sighting.IsSure()) {
      adults.has_namesake = true;
    } else {
      (sighting.match == SamePerson::kDocument ? adults.by_document : adults.by_name_and_birth) = true;
      CompareBookings(input.At(child), input.At(sighting.traveller), adults);
    }
  }
  return adults;
}

bool IsElsewhere(const FlightInput& input, const Vignette& vignette) {
  const std::int64_t limit = input.parameters.split_hours * 3'600;
  return std::any_of(input.state.elsewhere.begin(), input.state.elsewhere.end(), [&](const AdultElsewhere& adult) {
    return adult.vignette == vignette.number && adult.seconds_apart <= limit;
  });
}

bool HasAdultInParty(const FlightInput& input, std::uint32_t child) {
  const std::vector<std::uint32_t>& members = input.PartyOf(child).members;
  return std::any_of(members.begin(), members.end(), [&](std::uint32_t member) {
    return input.IsAdultWith(child, member);
  });
}

std::optional<VisaResult> ResultFor(const FlightInput& input, std::uint32_t child, const NamedAdults& adults) {
  const Vignette* const vignette = input.VignetteOf(child);
  VignetteCase of;
  of.is_child = true;
  of.in_transit = input.IsInTransit(child);
  of.is_departure = input.IsDeparture();
  of.visa_required = input.visa_required[child];
  of.vignettes_loaded = input.reference.IsLoaded(ReferenceKind::kVignettes);
  of.found = vignette != nullptr;
  if (vignette == nullptr) return ResultOf(of);
  of.travel = TravelOf(*vignette);
  of.adult_on_flight_by_document = adults.by_document;
  of.adult_on_flight_by_name_and_birth = adults.by_name_and_birth;
  of.adult_has_namesake = adults.has_namesake;
  of.adult_left_behind = adults.was_left_behind && !adults.IsOnFlight();
  of.child_left_behind = input.IsLeftBehind(child);
  of.adult_elsewhere = IsElsewhere(input, *vignette);
  of.other_adult_in_party = HasAdultInParty(input, child);
  return ResultOf(of);
}

std::optional<bool> IsValidOn(const Vignette& vignette, Date on) {
  if (vignette.valid_from && on < *vignette.valid_from) return false;
  if (vignette.valid_until && on > *vignette.valid_until) return false;
  return vignette.valid_from && vignette.valid_until ? std::optional<bool>(true) : std::nullopt;
}

std::optional<bool> IsByThirdParty(const Vignette& vignette) {
  if (!vignette.applicant || !vignette.applicant->relation) return std::nullopt;
  const ApplicantRelation relation = *vignette.applicant->relation;
  return relation == ApplicantRelation::kAgent || relation == ApplicantRelation::kOther;
}

// Unknown where only one of the two has a postcode: their keys are made of different parts then.
std::optional<bool> AddressMatches(const FlightInput& input, std::uint32_t child, const Vignette& vignette) {
  const Address* const declared = DeclaredAddress(input.At(child), input.configuration);
  if (declared == nullptr || !vignette.sponsor || !vignette.sponsor->address) return std::nullopt;
  const std::uint64_t a = input.keys[child].address, b = AddressHash(*vignette.sponsor->address);
  if (a == 0 || b == 0) return std::nullopt;
  if (a == b) return true;
  const bool comparable = declared->postcode.empty() == vignette.sponsor->address->postcode.empty();
  return comparable ? std::optional<bool>(false) : std::nullopt;
}

void AddNamedAdults(const NamedAdults& adults, const FactRow& row) {
  if (adults.IsOnFlight()) {
    row.Bool(FactId::visa_named_adult_on_flight, true);
    if (adults.same_booking || !adults.may_share_booking) {
      row.Bool(FactId::visa_named_adult_same_booking, adults.same_booking);
    }
  } else if (!adults.has_namesake) {
    row.Bool(FactId::visa_named_adult_on_flight, false);
    row.Bool(FactId::visa_named_adult_same_booking, false);
  }
}

}  // namespace

void AddVisaFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[i];
  // Of an adult nothing is asked: the vignettes of adults are not looked up.
  if (!context.is_child) {
    row.Enum(FactId::visa_result, VisaResult::kNotApplicable);
    return;
  }
  const NamedAdults adults = ReadNamedAdults(input, i);
  row.Enum(FactId::visa_result, ResultFor(input, i, adults));
  if (!input.reference.IsLoaded(ReferenceKind::kVignettes)) return;
  const Vignette* const vignette = context.vignette.vignette;
  row.Bool(FactId::visa_present, vignette != nullptr);
  row.Enum(FactId::visa_kind, vignette != nullptr ? KindOf(*vignette) : VisaKind::kNone);
  if (vignette == nullptr) return;
  row.Bool(FactId::visa_recorded, IsTravelRecorded(*vignette));
  row.Enum(FactId::visa_class, vignette->visa_class);
  row.Bool(FactId::visa_valid_on_arrival, IsValidOn(*vignette, input.state.t0_date));
  row.Bool(FactId::visa_applied_by_third_party, IsByThirdParty(*vignette));
  row.Bool(FactId::visa_address_matches, AddressMatches(input, i, *vignette));
  if (vignette->issued) row.Int(FactId::visa_issue_age_days, input.state.t0_date.days - vignette->issued->days);
  if (!vignette->adults.empty()) AddNamedAdults(adults, row);
}

}  // namespace landfall::facts_internal
