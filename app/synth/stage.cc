#include "app/synth/stage.h"

namespace landfall::app {
namespace {

constexpr std::uint64_t kIdsPerScenario = 16;
constexpr std::uint64_t kScenarioStream = 1'000;

}  // namespace

Stage::Stage(const ScenarioDay& scenario_day, std::size_t number, std::string_view name, const FlightOutline& outline,
             std::vector<PlannedParty>& parties, std::vector<Truth>& truth, ReferenceLines* lines)
    : name_(name),
      outline_(outline),
      parties_(parties),
      truth_(truth),
      lines_(lines),
      cast_(scenario_day.seed,
            Random::For(scenario_day.seed, kScenarioStream + number, static_cast<std::uint64_t>(scenario_day.day.days)),
            scenario_day.first_id + number * kIdsPerScenario, scenario_day.day),
      country_(CountryOf(outline.abroad->country)) {}

Stage& Stage::From(std::string_view country) {
  country_ = CountryOf(country);
  return *this;
}

Stage& Stage::WithListedNames() {
  country_.culture = NamingCulture::kListed;
  return *this;
}

Traveller Stage::Adult(Sex sex, int age, std::string_view surname) {
  return cast_.Person(country_, sex, age, surname);
}

Traveller Stage::Child(int age, std::string_view surname) {
  Traveller child = cast_.Person(country_, cast_.random().Chance(50) ? Sex::kF : Sex::kM, age, surname);
  if (age < 16) child.services.push_back("CHLD");
  return child;
}

HandoverPerson Stage::Receiver(Relationship relationship) {
  const Traveller person = cast_.Person(country_, Sex::kF, cast_.random().Between(34, 60));
  HandoverPerson receiver{person.surname, person.given_names, person.date_of_birth};
  receiver.phone = cast_.Phone();
  receiver.relationship = relationship;
  receiver.address = cast_.UkAddress();
  return receiver;
}

void Stage::PutUnderCare(Traveller& child, const HandoverPerson& receiver) {
  child.services.push_back("UMNR");
  EscortForm& form = child.escort_form.emplace();
  form.collected_by = receiver;
  HandoverPerson& parent = form.handed_over_by.emplace();
  parent.surname = child.surname;
  parent.given_names = MakeGivenNames(cast_.random(), country_.culture, Sex::kF);
  parent.relationship = Relationship::kParent;
  parent.phone = cast_.Phone();
  if (outline_.is_arrival) child.address = receiver.address;
}

Vignette Stage::Accompanied(const Traveller& child, std::initializer_list<NamedAdult> adults, int stay_days) {
  Vignette vignette = cast_.VignetteOf(child, outline_, stay_days);
  vignette.travel = ChildTravel::kAccompanied;
  vignette.adults = adults;
  return vignette;
}

Vignette Stage::Unaccompanied(const Traveller& child, const HandoverPerson& sponsor, Vetting vetting, int stay_days) {
  Vignette vignette = cast_.VignetteOf(child, outline_, stay_days);
  vignette.travel = ChildTravel::kUnaccompanied;
  vignette.sponsor = AsSponsor(sponsor, cast_.IdNumber("SP"), *sponsor.relationship, vetting,
                               Date{cast_.on().days - cast_.random().Between(20, 80)});
  Put(AddressRecord{cast_.IdNumber("AD"), *sponsor.address, AddressKind::kResidential});
  return vignette;
}

WatchEntry Stage::Listed(WatchKind kind, const Traveller& person) {
  WatchEntry entry;
  entry.entry = cast_.IdNumber("W");
  entry.kind = kind;
  entry.reason = "planted for trials";
  entry.source = "synthetic world";
  entry.names.push_back({person.surname, person.given_names});
  entry.dates_of_birth.push_back({*person.date_of_birth, *person.date_of_birth});
  entry.sex = person.sex;
  entry.nationalities.emplace_back(person.nationality.view());
  entry.documents.push_back({person.documents[0].number, person.documents[0].issuer});
  entry.review_by = Date{cast_.on().days + 120};
  return entry;
}

std::size_t Stage::Board(std::vector<Traveller> members, const BookingTerms& terms) {
  cast_.Book(members, terms, outline_);
  parties_.emplace_back().members = std::move(members);
  return parties_.size() - 1;
}

void Stage::Expect(std::size_t party, std::vector<std::size_t> members, Expected expected) {
  truth_.push_back({name_, party, std::move(members), expected.visa_result, std::move(expected.rules),
                    std::move(expected.not_rules)});
}

}  // namespace landfall::app
