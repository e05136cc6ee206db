// The steps before the facts: who is a child, which vignette is whose, who is responsible for whom.

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "pipeline/facts/ages.h"
#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/visa_requirement.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/person_score.h"

namespace landfall::facts_internal {
namespace {

// A vignette may say that a young adult is a child: up to this age it is looked up.
constexpr int kOldestWithVignette = 21;

void FindAge(FlightInput& input, std::uint32_t i) {
  // At a port without a known zone the day may be the one before or after.
  const int days_either_way = input.state.port_known ? 0 : 1;
  AgeCheck check = CheckAge(input.At(i), Date{input.state.t0_date.days - days_either_way},
                            Date{input.state.t0_date.days + days_either_way});
  TravellerContext& context = input.Of(i);
  context.age = check.age;
  context.has_age = check.has_age;
  context.is_child = check.is_child;
  context.may_be_child = check.may_be_child;
  if (check.finding) input.Note(i, "date_of_birth", *check.finding, std::move(check.problem));
}

bool HolderMayBeChild(const FlightInput& input, const Vignette& vignette) {
  const std::optional<PartialDate>& birth = vignette.holder.date_of_birth;
  return birth && AgesBetween(*birth, input.state.t0_date, input.state.t0_date).youngest < 18;
}

VisaSponsor SponsorFromForm(const HandoverPerson& receiver) {
  VisaSponsor sponsor;
  sponsor.person.surname = receiver.surname;
  sponsor.person.given_names = receiver.given_names;
  sponsor.person.date_of_birth = receiver.date_of_birth;
  sponsor.person.document = receiver.document;
  sponsor.relationship = receiver.relationship.value_or(Relationship::kUnknown);
  sponsor.address = receiver.address;
  sponsor.phone = receiver.phone;
  return sponsor;
}

void FindSponsor(FlightInput& input, std::uint32_t child) {
  TravellerContext& context = input.Of(child);
  const Vignette* const vignette = input.VignetteOf(child);
  const Traveller& traveller = input.At(child);
  if (vignette != nullptr && vignette->sponsor) {
    input.sponsors[child] = &*vignette->sponsor;
  } else if (traveller.escort_form && traveller.escort_form->collected_by) {
    input.form_sponsors.push_back(SponsorFromForm(*traveller.escort_form->collected_by));
    input.sponsors[child] = &input.form_sponsors.back();
    context.sponsor_is_receiver = true;
  }
  if (input.sponsors[child] != nullptr) context.sponsor = input.reference.FindSponsor(*input.sponsors[child]);
}

// Another spelling, or another name beside the same number: for a person to look at, and nothing else.
void NoteOtherName(FlightInput& input, std::uint32_t child, const Person& named, std::uint32_t traveller) {
  const Traveller& seen = input.At(traveller);
  if (FullNameKeys(named.surname, named.given_names).empty() || FullNameKeys(seen.surname, seen.given_names).empty()) return;
  if (SameFullName(named.surname, named.given_names, seen.surname, seen.given_names)) return;
  const PersonScore score = ScorePersons(ViewOf(seen), ViewOf(named));
  input.Note(traveller, "surname", FindingCode::kNameDiffers,
             absl::StrFormat("vignette %s names %s %s: %s", input.VignetteOf(child)->number, named.given_names, named.surname,
                             absl::StrJoin(EvidenceOf(score.score, score.terms), "; ")));
}

// A vignette is one person's: somebody who was only found by another spelling of a name, such as a twin, has none where its
// very holder is on the flight.
void DropVignettesOfOthers(FlightInput& input) {
  using Basis = ReferenceSnapshot::Basis;
  absl::flat_hash_set<const Vignette*> held;
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    const ReferenceSnapshot::FoundVignette& found = input.Of(i).vignette;
    if (found.vignette != nullptr && found.basis != Basis::kOtherSpelling) held.insert(found.vignette);
  }
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    ReferenceSnapshot::FoundVignette& found = input.Of(i).vignette;
    if (found.basis == Basis::kOtherSpelling && held.contains(found.vignette)) found = {};
  }
}

void FindNamedAdults(FlightInput& input) {
  std::optional<FlightPeople> people;
  for (std::uint32_t child = 0; child < input.count(); ++child) {
    const Vignette* const vignette = input.VignetteOf(child);
    if (vignette == nullptr || !input.Of(child).is_child) continue;
    for (std::uint32_t adult = 0; adult < vignette->adults.size(); ++adult) {
      if (!people) people.emplace(input.state);
      for (const FlightPeople::Found& found : people->Find(vignette->adults[adult].person)) {
        // A child of the same name is no answer to who accompanies this one.
        if (found.traveller == child || input.Of(found.traveller).is_child) continue;
        input.sightings.push_back({child, adult, found.traveller, found.match});
        input.Of(child).named_adults.push_back({adult, found.traveller, found.match});
        if (input.sightings.back().IsSure()) NoteOtherName(input, child, vignette->adults[adult].person, found.traveller);
      }
    }
  }
}

// Without a birth date younger than anybody.
int AgeForEscort(const TravellerContext& traveller) { return traveller.has_age ? traveller.age.youngest : -1; }

// The named adult who is on the flight, else the oldest adult of the party who is.
std::optional<std::uint32_t> EscortOf(const FlightInput& input, std::uint32_t child) {
  for (const Sighting& sighting : input.SightingsOf(child)) {
    if (sighting.IsSure() && input.IsAdultWith(child, sighting.traveller)) return sighting.traveller;
  }
  std::optional<std::uint32_t> oldest;
  for (const std::uint32_t member : input.PartyOf(child).members) {
    if (!input.IsAdultWith(child, member)) continue;
    if (!oldest || AgeForEscort(input.Of(member)) > AgeForEscort(input.Of(*oldest))) oldest = member;
  }
  return oldest;
}

}  // namespace

bool FlightInput::HasBookingData(std::uint32_t i) const {
  if (state.travellers[i].booking != nullptr || !At(i).services.empty()) return true;
  if (!At(i).booking) return false;
  const Booking& booking = *At(i).booking;
  return booking.booked_at || booking.ticketed_at || booking.payment || booking.trip || booking.returns_at ||
         !booking.payer.empty() || !booking.agency.empty() || !booking.segments.empty();
}

std::span<const Sighting> FlightInput::SightingsOf(std::uint32_t child) const {
  const auto [first, last] = std::equal_range(
      sightings.begin(), sightings.end(), Sighting{child},
      [](const Sighting& a, const Sighting& b) { return a.child < b.child; });
  return {first, last};
}

void FindAges(FlightInput& input) {
  for (std::uint32_t i = 0; i < input.count(); ++i) FindAge(input, i);
}

void FindVignettes(FlightInput& input) {
  input.sponsors.resize(input.count());
  input.visa_required.resize(input.count());
  const bool is_loaded = input.reference.IsLoaded(ReferenceKind::kVignettes);
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    TravellerContext& context = input.Of(i);
    input.visa_required[i] = input.IsDeparture() ? std::optional<bool>(false)
                                                 : IsVisaRequired(input.At(i), input.state.t0_date,
                                                                  input.configuration.visa_requirements);
    const bool is_young = context.may_be_child || context.age.youngest <= kOldestWithVignette;
    if (is_loaded && is_young) {
      context.vignette = input.reference.FindVignette(input.At(i), input.state.t0_date);
    }
  }
  DropVignettesOfOthers(input);
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    TravellerContext& context = input.Of(i);
    // A disputed age never makes an adult of somebody who may be a child.
    const Vignette* const vignette = context.vignette.vignette;
    if (vignette != nullptr && HolderMayBeChild(input, *vignette)) context.may_be_child = true;
    if (context.is_child) FindSponsor(input, i);
  }
  FindNamedAdults(input);
}

void FindEscorts(FlightInput& input) {
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    if (input.Of(i).is_child) input.Of(i).escort = EscortOf(input, i);
  }
}

std::uint64_t SponsorHash(const FlightInput& input, std::uint32_t child) {
  if (input.sponsors[child] == nullptr) return 0;
  const VisaSponsor& sponsor = *input.sponsors[child];
  const SponsorRecord* const record = input.context.travellers[child].sponsor;
  if (record != nullptr) return absl::HashOf('i', record->sponsor_id);
  if (!sponsor.sponsor_id.empty()) return absl::HashOf('i', sponsor.sponsor_id);
  if (!sponsor.person.document.empty()) return absl::HashOf('d', NumberKey(sponsor.person.document));
  const std::string name = FullNameKey(sponsor.person.surname, sponsor.person.given_names);
  if (name.empty()) return 0;
  return absl::HashOf('n', name, sponsor.person.date_of_birth ? ToString(*sponsor.person.date_of_birth) : "");
}

}  // namespace landfall::facts_internal
