// Facts about who receives a child: the sponsor of its vignette, else the person who is to collect it.

#include <string>
#include <utility>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/fostering.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/person_score.h"

namespace landfall::facts_internal {
namespace {

int Gravity(Vetting vetting) {
  switch (vetting) {
    case Vetting::kRefused: return 4;
    case Vetting::kPending: return 3;
    case Vetting::kApproved: return 2;
    case Vetting::kNone: return 1;
    case Vetting::kUnknown: return 0;
  }
  return 0;
}

// The latest of what is known of a check, of equal dates the gravest; without a date it is older than any.
class LatestVetting {
 public:
  void Consider(Vetting vetting, std::optional<Date> on) {
    if (vetting == Vetting::kUnknown) return;
    const std::pair rank(on, Gravity(vetting));
    if (value_ != Vetting::kUnknown && rank <= std::pair(on_, Gravity(value_))) return;
    value_ = vetting;
    on_ = on;
  }
  Vetting value() const { return value_; }

 private:
  Vetting value_ = Vetting::kUnknown;
  std::optional<Date> on_;
};

Vetting VettingOf(const FlightInput& input, std::uint32_t child) {
  const VisaSponsor* const sponsor = input.sponsors[child];
  const SponsorRecord* const record = input.context.travellers[child].sponsor;
  LatestVetting latest;
  std::string_view id;
  if (record != nullptr) {
    id = record->sponsor_id;
    latest.Consider(record->vetting, record->vetted_on);
  }
  if (sponsor != nullptr) {
    if (!sponsor->sponsor_id.empty()) id = sponsor->sponsor_id;
    latest.Consider(sponsor->vetting, sponsor->vetted_on);
  }
  const CheckRecord* const check = input.reference.FindCheck(id, &input.At(child));
  if (check != nullptr) latest.Consider(check->vetting, check->vetted_on);
  return latest.value();
}

void AddVetting(const FlightInput& input, std::uint32_t child, const FactRow& row) {
  const Vetting vetting = VettingOf(input, child);
  row.Enum(FactId::sponsor_vetting, vetting);
  if (vetting != Vetting::kUnknown) row.Bool(FactId::sponsor_address_vetted, vetting == Vetting::kApproved);
}

// The same name, or another spelling of it.
bool HaveOneName(const Person& sponsor, const HandoverPerson& receiver) {
  if (SameFullName(sponsor.surname, sponsor.given_names, receiver.surname, receiver.given_names)) return true;
  PersonView view;
  view.surname = receiver.surname;
  view.given_names = receiver.given_names;
  return AreNamesakes(ViewOf(sponsor), view);
}

// Two records of one name are one person if birth date, telephone or address agrees; a document decides before all that.
std::optional<bool> IsSamePerson(const VisaSponsor& sponsor, const HandoverPerson& receiver) {
  const bool births_known = sponsor.person.date_of_birth && receiver.date_of_birth;
  if (births_known && !Compatible(*sponsor.person.date_of_birth, *receiver.date_of_birth)) return false;
  if (!sponsor.person.document.empty() && NumberKey(sponsor.person.document) == NumberKey(receiver.document)) return true;
  if (NameTokens(sponsor.person.surname + " " + sponsor.person.given_names).empty() ||
      NameTokens(receiver.surname + " " + receiver.given_names).empty()) {
    return std::nullopt;
  }
  if (!HaveOneName(sponsor.person, receiver)) return false;
  const std::uint64_t phone_a = PhoneHash(sponsor.phone), phone_b = PhoneHash(receiver.phone);
  const std::uint64_t address_a = sponsor.address ? AddressHash(*sponsor.address) : 0;
  const std::uint64_t address_b = receiver.address ? AddressHash(*receiver.address) : 0;
  const bool phones_known = phone_a != 0 && phone_b != 0, addresses_known = address_a != 0 && address_b != 0;
  if (births_known || (phones_known && phone_a == phone_b) || (addresses_known && address_a == address_b)) return true;
  // A namesake with another telephone and address is somebody else; with nothing to compare it may be either.
  return phones_known || addresses_known ? std::optional<bool>(false) : std::nullopt;
}

std::optional<bool> IsReceiver(const FlightInput& input, std::uint32_t child) {
  const Vignette* const vignette = input.VignetteOf(child);
  const Traveller& traveller = input.At(child);
  if (vignette == nullptr || !vignette->sponsor || !traveller.escort_form || !traveller.escort_form->collected_by) {
    return std::nullopt;
  }
  return IsSamePerson(*vignette->sponsor, *traveller.escort_form->collected_by);
}

// Of a sponsor who is only the form's receiver: false where a vignette, or the lack of one, is known.
std::optional<bool> IsNamedOnVisa(const FlightInput& input, std::uint32_t child) {
  if (!input.context.travellers[child].sponsor_is_receiver) return true;
  return input.reference.IsLoaded(ReferenceKind::kVignettes) ? std::optional<bool>(false) : std::nullopt;
}

std::optional<std::int64_t> AgeOf(const FlightInput& input, const VisaSponsor& sponsor, const SponsorRecord* record) {
  std::optional<PartialDate> birth = sponsor.person.date_of_birth;
  if (!birth && record != nullptr) birth = record->person.date_of_birth;
  if (!birth) return std::nullopt;
  const AgeRange age = AgesBetween(*birth, input.state.t0_date, input.state.t0_date);
  if (age.youngest != age.oldest || age.youngest < 0) return std::nullopt;
  return age.youngest;
}

// The child says it will stay at an address that is none of the sponsor's: who accommodates it is not known then.
bool DeclaresOtherAddress(const FlightInput& input, std::uint32_t child) {
  const std::uint64_t declared = input.keys[child].address;
  if (declared == 0) return false;
  const VisaSponsor& sponsor = *input.sponsors[child];
  const SponsorRecord* const record = input.context.travellers[child].sponsor;
  bool knows_one = false, is_same = false;
  const auto compare = [&](const Address& address) {
    const std::uint64_t hash = AddressHash(address);
    knows_one = knows_one || hash != 0;
    is_same = is_same || hash == declared;
  };
  if (sponsor.address) compare(*sponsor.address);
  if (record != nullptr) {
    if (record->address) compare(*record->address);
    for (const Address& address : record->addresses) compare(address);
  }
  return knows_one && !is_same;
}

// `any` over the adults who travel with the child: those named on its vignette, and those of its party.
std::optional<bool> RelativeTravels(const FlightInput& input, std::uint32_t child) {
  bool is_unknown = false;
  const auto is_relative = [&](std::uint32_t adult) {
    if (!input.IsAdultWith(child, adult)) return false;
    std::optional<bool> relative = IsFamilyOrGuardian(RelationshipTo(input, child, adult));
    if (!relative && IsSentByOrganisation(input, child, adult)) relative = false;
    is_unknown = is_unknown || !relative;
    return relative == true;
  };
  for (const Sighting& sighting : input.SightingsOf(child)) {
    if (!sighting.IsSure()) is_unknown = true;
    else if (is_relative(sighting.traveller)) return true;
  }
  for (const std::uint32_t member : input.PartyOf(child).members) {
    if (is_relative(member)) return true;
  }
  return is_unknown ? std::nullopt : std::optional<bool>(false);
}

std::optional<bool> PrivateFostering(const FlightInput& input, std::uint32_t child) {
  const TravellerContext& context = input.context.travellers[child];
  const Vignette* const vignette = input.VignetteOf(child);
  FosteringCase of;
  of.is_child = true;
  if (context.has_age) of.age = context.age;
  of.disabled = vignette != nullptr && vignette->disabled == true;
  of.stay_days = StayOf(input, child).days();
  of.relative_travels = RelativeTravels(input, child);
  if (const VisaSponsor* const sponsor = input.sponsors[child]) {
    of.has_carer = true;
    of.carer_accommodates = !DeclaresOtherAddress(input, child);
    of.carer_relationship = sponsor->relationship;
    of.carer_has_parental_responsibility = sponsor->parental_responsibility;
  }
  return IsPrivateFostering(of, input.parameters);
}

}  // namespace

void AddSponsorFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const VisaSponsor* const sponsor = input.sponsors[i];
  row.Bool(FactId::sponsor_present, sponsor != nullptr);
  if (!input.context.travellers[i].is_child) return;
  row.Bool(FactId::sponsor_private_fostering, PrivateFostering(input, i));
  row.Bool(FactId::sponsor_is_um_receiver, IsReceiver(input, i));
  AddVetting(input, i, row);
  if (sponsor == nullptr) return;
  row.Enum(FactId::sponsor_relationship, sponsor->relationship);
  row.Bool(FactId::sponsor_close_relative, IsCloseRelative(sponsor->relationship));
  row.Bool(FactId::sponsor_relationship_verified, sponsor->relationship_verified);
  row.Bool(FactId::sponsor_named_on_visa, IsNamedOnVisa(input, i));
  row.Int(FactId::sponsor_age, AgeOf(input, *sponsor, input.context.travellers[i].sponsor));
}

}  // namespace landfall::facts_internal
