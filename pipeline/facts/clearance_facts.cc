// Facts about a child's entry clearance, its sponsor and the address it goes to.

#include <algorithm>
#include <map>
#include <string>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/fostering.h"
#include "pipeline/facts/vignette_result.h"
#include "pipeline/match/name_key.h"

namespace landfall::facts_internal {
namespace {

// From this day on a child's visa says how it is to travel.
const Date kCompanionsRecordedFrom = MakeDate(2006, 2, 12);

bool IsTravelRecorded(const Vignette& vignette) {
  if (vignette.issued && *vignette.issued < kCompanionsRecordedFrom) return false;
  return vignette.travel == ChildTravel::kUnaccompanied ||
         (vignette.travel == ChildTravel::kAccompanied && !vignette.adults.empty());
}

VignetteCase::Travel TravelOf(const Vignette& vignette) {
  if (!IsTravelRecorded(vignette)) return VignetteCase::Travel::kNotRecorded;
  return vignette.travel == ChildTravel::kAccompanied ? VignetteCase::Travel::kAccompanied
                                                      : VignetteCase::Travel::kUnaccompanied;
}

std::string_view KindOf(const Vignette& vignette) {
  if (IsTravelRecorded(vignette)) return ToText(vignette.travel);
  switch (vignette.visa_class) {
    case VisaClass::kFamily: return "family";
    case VisaClass::kStudent: return "student";
    case VisaClass::kSettlement: return "settlement";
    default: return "other";
  }
}

// What the named adults of a vignette do on this flight.
struct NamedAdults {
  bool by_document = false, by_name_and_birth = false, has_namesake = false, same_booking = false;
  bool was_listed = false, somebody_may_be_on_board = false;

  bool IsOnFlight() const { return by_document || by_name_and_birth; }
};

NamedAdults FindNamedAdults(const FlightInput& input, std::uint32_t child, const Vignette& vignette) {
  NamedAdults result;
  if (!input.people) return result;
  const Traveller& own = input.TravellerAt(child);
  const std::string locator = own.booking ? own.booking->locator : "";
  for (const NamedAdult& adult : vignette.adults) {
    for (const FlightPeople::Found& found : input.people->Find(adult.person)) {
      if (found.traveller == child) continue;
      if (found.match == SamePerson::kNameOnly) {
        result.has_namesake = true;
        continue;
      }
      result.was_listed = true;
      if (input.IsLeftBehind(found.traveller)) continue;
      result.somebody_may_be_on_board = true;
      (found.match == SamePerson::kDocument ? result.by_document : result.by_name_and_birth) = true;
      const Traveller& other = input.TravellerAt(found.traveller);
      if (!locator.empty() && other.booking && other.booking->locator == locator) result.same_booking = true;
    }
  }
  return result;
}

bool IsElsewhere(const FlightInput& input, const Vignette& vignette) {
  const std::int64_t limit = input.parameters.split_hours * 3'600;
  return std::any_of(input.state.elsewhere.begin(), input.state.elsewhere.end(), [&](const AdultElsewhere& adult) {
    return adult.vignette == vignette.number && adult.seconds_apart <= limit;
  });
}

bool HasOtherAdult(const FlightInput& input, std::uint32_t child) {
  const Party& party = input.PartyOf(child);
  return std::any_of(party.members.begin(), party.members.end(), [&](std::uint32_t member) {
    return member != child && input.IsAdultOnFlight(member);
  });
}

void AddResult(FlightInput& input, std::uint32_t child, const NamedAdults& adults, const FactRow& row) {
  const Vignette* const vignette = input.context.travellers[child].vignette.vignette;
  VignetteCase of;
  of.is_child = input.context.travellers[child].is_child;
  of.in_transit = input.IsInTransit(child);
  of.is_departure = input.state.direction == Direction::kDeparture;
  const FactColumn& required = row.table.Column(FactId::pax_visa_required);
  if (required.IsKnown(row.row)) of.visa_required = required.small[row.row] != 0;
  of.vignettes_loaded = input.reference.IsLoaded(ReferenceKind::kVignettes);
  of.found = vignette != nullptr;
  if (vignette != nullptr) {
    of.travel = TravelOf(*vignette);
    of.adult_on_flight_by_document = adults.by_document;
    of.adult_on_flight_by_name_and_birth = adults.by_name_and_birth;
    of.adult_has_namesake = adults.has_namesake;
    of.adult_left_behind = adults.was_listed && !adults.somebody_may_be_on_board;
    of.child_left_behind = input.IsLeftBehind(child);
    of.adult_elsewhere = IsElsewhere(input, *vignette);
    of.other_adult_in_party = HasOtherAdult(input, child);
  }
  row.Enum(FactId::visa_result, ResultOf(of));
}

// The state of the check of carer and address: of vignette, sponsor record and check the latest dated; of equal dates the
// graver.
Vetting VettingOf(const FlightInput& input, std::uint32_t child, const VisaSponsor& sponsor) {
  static const std::map<Vetting, int> kGravity = {
      {Vetting::kRefused, 4}, {Vetting::kPending, 3}, {Vetting::kApproved, 2}, {Vetting::kNone, 1}, {Vetting::kUnknown, 0}};
  Vetting result = Vetting::kUnknown;
  std::optional<Date> latest;
  const auto consider = [&](Vetting vetting, std::optional<Date> on) {
    if (vetting == Vetting::kUnknown) return;
    const bool is_first = result == Vetting::kUnknown;
    const bool is_later = on > latest;  // Without a date is before any.
    if (is_first || is_later || (on == latest && kGravity.at(vetting) > kGravity.at(result))) {
      result = vetting;
      latest = on;
    }
  };
  consider(sponsor.vetting, sponsor.vetted_on);
  const SponsorRecord* const record = input.context.travellers[child].sponsor;
  if (record != nullptr) consider(record->vetting, record->vetted_on);
  const CheckRecord* const check = input.reference.FindCheck(sponsor.sponsor_id, &input.TravellerAt(child));
  if (check != nullptr) consider(check->vetting, check->vetted_on);
  return result;
}

bool IsGuardianOrParent(const FlightInput& input, const Vignette& vignette) {
  for (const NamedAdult& adult : vignette.adults) {
    const bool counts = IsCloseRelative(adult.relationship) == true || adult.relationship == Relationship::kGuardian;
    if (!counts || !input.people) continue;
    for (const FlightPeople::Found& found : input.people->Find(adult.person)) {
      if (found.match >= SamePerson::kNameAndBirth && !input.IsLeftBehind(found.traveller)) return true;
    }
  }
  return false;
}

// True if the child declares another address than the sponsor's: then it is not known who accommodates it.
bool DeclaresOtherAddress(const FlightInput& input, std::uint32_t child, const VisaSponsor& sponsor) {
  const Address* const declared = DeclaredAddress(input, child);
  if (declared == nullptr || !sponsor.address) return false;
  const std::string a = AddressKey(*declared), b = AddressKey(*sponsor.address);
  return !a.empty() && !b.empty() && a != b;
}

void AddFostering(FlightInput& input, std::uint32_t child, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[child];
  const Vignette* const vignette = context.vignette.vignette;
  const VisaSponsor* const sponsor = SponsorOf(input, child);
  FosteringCase of;
  of.is_child = context.is_child;
  if (context.has_age && context.age.youngest == context.age.oldest) of.age = context.age.youngest;
  of.disabled = vignette != nullptr && vignette->disabled == true;
  of.stay_days = StayDays(input, child);
  of.has_carer = sponsor != nullptr;
  if (sponsor != nullptr) {
    of.carer_accommodates = !DeclaresOtherAddress(input, child, *sponsor);
    of.carer_relationship = sponsor->relationship;
    of.carer_has_parental_responsibility = sponsor->parental_responsibility;
  }
  of.relative_travels = vignette != nullptr && IsGuardianOrParent(input, *vignette);
  row.Bool(FactId::sponsor_private_fostering, IsPrivateFostering(of, input.parameters));
}

// The vignette's sponsor against the form's receiver.
std::optional<bool> IsReceiver(const Traveller& child, const VisaSponsor* sponsor) {
  if (sponsor == nullptr || !child.escort_form || !child.escort_form->collected_by) return std::nullopt;
  const HandoverPerson& receiver = *child.escort_form->collected_by;
  const std::string sponsor_name = FullNameKey(sponsor->person.surname, sponsor->person.given_names);
  const std::string receiver_name = FullNameKey(receiver.surname, receiver.given_names);
  if (sponsor_name.empty() || receiver_name.empty()) return std::nullopt;
  return sponsor_name == receiver_name;
}

void AddSponsorWatch(FlightInput& input, std::uint32_t child, const VisaSponsor& sponsor, const FactRow& row) {
  TravellerContext& context = input.context.travellers[child];
  WatchQuery query;
  query.surname = sponsor.person.surname;
  query.given_names = sponsor.person.given_names;
  query.date_of_birth = sponsor.person.date_of_birth;
  query.sex = sponsor.person.sex;
  query.nationality = sponsor.person.nationality.view();
  query.document = sponsor.person.document;
  // Who vouches for a child is an adult, unless its birth date says otherwise.
  query.may_be_child = sponsor.person.date_of_birth &&
                       AgesBetween(*sponsor.person.date_of_birth, input.state.t0_date, input.state.t0_date).youngest < 18;
  context.sponsor_watch = BestMatch(input, query);
  std::string_view word = MatchWord(context.sponsor_watch, input.parameters);
  if (context.sponsor_watch && context.sponsor_watch->entry != nullptr) {
    row.Num(FactId::sponsor_watch_score, context.sponsor_watch->score);
  }
  // A risk mark of the sponsor register counts like a match.
  if (context.sponsor != nullptr && context.sponsor->risk == SponsorRisk::kHigh) word = "strong";
  if (context.sponsor != nullptr && context.sponsor->risk == SponsorRisk::kReview && word != "strong") word = "review";
  row.Word(FactId::sponsor_watch_match, word);
}

const Address* AddressOf(const FlightInput& input, std::uint32_t child) {
  if (const Address* const declared = DeclaredAddress(input, child)) return declared;
  const VisaSponsor* const sponsor = SponsorOf(input, child);
  return sponsor != nullptr && sponsor->address ? &*sponsor->address : nullptr;
}

void AddAddressFacts(FlightInput& input, std::uint32_t child, const FactRow& row) {
  const Address* const address = AddressOf(input, child);
  row.Bool(FactId::address_present, address != nullptr);
  if (address == nullptr) return;
  if (const AddressRecord* const known = input.reference.FindAddress(*address)) {
    row.table.SetEnum(row.row, FactId::address_kind, static_cast<std::uint8_t>(known->kind));
  }
  if (input.reference.IsLoaded(ReferenceKind::kInstitutions)) {
    row.Bool(FactId::address_known_institution, input.reference.FindInstitution(*address) != nullptr);
  }
}

}  // namespace

const VisaSponsor* SponsorOf(const FlightInput& input, std::uint32_t i) {
  const Vignette* const vignette = input.context.travellers[i].vignette.vignette;
  return vignette != nullptr && vignette->sponsor ? &*vignette->sponsor : nullptr;
}

const Address* DeclaredAddress(const FlightInput& input, std::uint32_t i) {
  const Traveller& traveller = input.TravellerAt(i);
  if (!traveller.address) return nullptr;
  const CountryCode country = traveller.address->country;
  return country.empty() || country == input.configuration.own_country ? &*traveller.address : nullptr;
}

void AddVisaFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[i];
  const Vignette* const vignette = context.vignette.vignette;
  const bool is_loaded = input.reference.IsLoaded(ReferenceKind::kVignettes);
  NamedAdults adults;
  if (vignette != nullptr) adults = FindNamedAdults(input, i, *vignette);
  AddResult(input, i, adults, row);
  // Vignettes are looked up for those who may be children; of anybody else nothing is known.
  if (!is_loaded || !context.is_child) return;
  row.Bool(FactId::visa_present, vignette != nullptr);
  row.Word(FactId::visa_kind, vignette != nullptr ? KindOf(*vignette) : "none");
  if (vignette == nullptr) return;
  row.Bool(FactId::visa_recorded, IsTravelRecorded(*vignette));
  row.table.SetEnum(row.row, FactId::visa_class, static_cast<std::uint8_t>(vignette->visa_class));
  if (!vignette->adults.empty() && (adults.IsOnFlight() || !adults.has_namesake)) {
    row.Bool(FactId::visa_named_adult_on_flight, adults.IsOnFlight());
    row.Bool(FactId::visa_named_adult_same_booking, adults.same_booking);
  }
  const Address* const declared = DeclaredAddress(input, i);
  if (declared != nullptr && vignette->sponsor && vignette->sponsor->address) {
    row.Bool(FactId::visa_address_matches, AddressKey(*declared) == AddressKey(*vignette->sponsor->address));
  }
  if (vignette->issued) row.Int(FactId::visa_issue_age_days, input.state.t0_date.days - vignette->issued->days);
  if (vignette->applicant && vignette->applicant->relation) {
    const ApplicantRelation relation = *vignette->applicant->relation;
    row.Bool(FactId::visa_applied_by_third_party,
             relation == ApplicantRelation::kAgent || relation == ApplicantRelation::kOther);
  }
  if (vignette->valid_from || vignette->valid_until) {
    row.Bool(FactId::visa_valid_on_arrival, (!vignette->valid_from || input.state.t0_date >= *vignette->valid_from) &&
                                                (!vignette->valid_until || input.state.t0_date <= *vignette->valid_until));
  }
}

void AddSponsorFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.TravellerAt(i);
  const VisaSponsor* const sponsor = SponsorOf(input, i);
  const bool has_receiver = traveller.escort_form && traveller.escort_form->collected_by;
  row.Bool(FactId::sponsor_present, sponsor != nullptr || has_receiver);
  AddAddressFacts(input, i, row);
  if (!input.context.travellers[i].is_child) return;
  AddFostering(input, i, row);
  row.Bool(FactId::sponsor_is_um_receiver, IsReceiver(traveller, sponsor));
  // Without a vignette's sponsor the person named as collecting the child stands in.
  Relationship relationship = Relationship::kUnknown;
  if (sponsor != nullptr) relationship = sponsor->relationship;
  else if (has_receiver) relationship = traveller.escort_form->collected_by->relationship.value_or(Relationship::kUnknown);
  row.table.SetEnum(row.row, FactId::sponsor_relationship, static_cast<std::uint8_t>(relationship));
  row.Bool(FactId::sponsor_close_relative, IsCloseRelative(relationship));
  if (sponsor == nullptr) {
    if (has_receiver && input.context.travellers[i].vignette.vignette != nullptr) {
      row.Bool(FactId::sponsor_named_on_visa, false);
    }
    return;
  }
  row.Bool(FactId::sponsor_relationship_verified, sponsor->relationship_verified);
  row.Bool(FactId::sponsor_named_on_visa, true);
  if (sponsor->person.date_of_birth) {
    const AgeRange age = AgesBetween(*sponsor->person.date_of_birth, input.state.t0_date, input.state.t0_date);
    if (age.youngest == age.oldest) row.Int(FactId::sponsor_age, age.youngest);
  }
  const Vetting vetting = VettingOf(input, i, *sponsor);
  row.table.SetEnum(row.row, FactId::sponsor_vetting, static_cast<std::uint8_t>(vetting));
  if (vetting != Vetting::kUnknown) row.Bool(FactId::sponsor_address_vetted, vetting == Vetting::kApproved);
  AddSponsorWatch(input, i, *sponsor, row);
}

}  // namespace landfall::facts_internal
