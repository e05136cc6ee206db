// Facts about the adult responsible for a child.

#include <string>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name_key.h"

namespace landfall::facts_internal {
namespace {

std::string_view EscortWord(Relationship relationship) {
  switch (relationship) {
    case Relationship::kParent: return "parent";
    case Relationship::kGuardian: return "guardian";
    case Relationship::kFamilyFriend:
    case Relationship::kNotRelated: return "not_related";
    case Relationship::kUnknown: return "unknown";
    default: return "relative";
  }
}

// What the vignette says of this adult, else the consent record, else that an organisation sends it.
std::string_view RelationshipOf(const FlightInput& input, std::uint32_t child, std::uint32_t escort,
                                const ConsentRecord* consent) {
  const Vignette* const vignette = input.context.travellers[child].vignette.vignette;
  if (vignette != nullptr) {
    for (const NamedAdult& adult : vignette->adults) {
      const bool is_this = ComparePerson(adult.person, input.TravellerAt(escort)) >= SamePerson::kNameAndBirth;
      if (is_this && adult.relationship != Relationship::kUnknown) return EscortWord(adult.relationship);
    }
  }
  if (consent != nullptr && consent->relationship != Relationship::kUnknown) return EscortWord(consent->relationship);
  if (input.TravellerAt(escort).role == TravellerRole::kUmEscort) return "organisation";
  const GroupRecord* const group = input.PartyOf(child).group;
  if (group != nullptr) {
    for (const Person& leader : group->leaders) {
      if (ComparePerson(leader, input.TravellerAt(escort)) >= SamePerson::kNameAndBirth) return "organisation";
    }
  }
  return "unknown";
}

std::optional<bool> HasConsent(const FlightInput& input, const Traveller& child, const ConsentRecord* consent) {
  if (consent != nullptr) return true;
  if (child.consent) return *child.consent;
  return input.reference.IsLoaded(ReferenceKind::kConsents) ? std::optional<bool>(false) : std::nullopt;
}

void AddWatch(FlightInput& input, std::uint32_t escort, const FactRow& row) {
  const Traveller& traveller = input.TravellerAt(escort);
  const TravellerContext& context = input.context.travellers[escort];
  WatchQuery query;
  query.surname = traveller.surname;
  query.given_names = traveller.given_names;
  query.date_of_birth = traveller.date_of_birth;
  query.sex = traveller.sex;
  query.nationality = traveller.nationality.view();
  query.documents = &traveller.documents;
  query.may_be_child = context.is_child || !context.has_age;
  const std::optional<WatchMatch> match = BestMatch(input, query);
  row.Word(FactId::escort_watch_match, MatchWord(match, input.parameters));
  if (match && match->entry != nullptr) row.Num(FactId::escort_watch_score, match->score);
}

}  // namespace

void AddEscortFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[i];
  row.Bool(FactId::escort_present, context.escort.has_value());
  if (!context.escort) return;
  const std::uint32_t escort = *context.escort;
  const TravellerContext& adult = input.context.travellers[escort];
  const bool age_known = adult.has_age && adult.age.youngest == adult.age.oldest;
  if (age_known) row.Int(FactId::escort_age, adult.age.youngest);
  if (age_known && context.has_age && context.age.youngest == context.age.oldest) {
    row.Int(FactId::escort_age_gap, adult.age.youngest - context.age.youngest);
  }
  if (!input.family_names[i].empty() && !input.family_names[escort].empty()) {
    row.Bool(FactId::escort_shares_name,
             SharesFamilyName(input.TravellerAt(i).surname, input.TravellerAt(escort).surname));
  }
  const ConsentRecord* const consent =
      input.reference.FindConsent(input.TravellerAt(i), input.TravellerAt(escort), input.state.t0_date);
  row.Word(FactId::escort_relationship, RelationshipOf(input, i, escort, consent));
  row.Bool(FactId::escort_consent_document, HasConsent(input, input.TravellerAt(i), consent));
  // The carrier marks its escorts; where it marks none, nothing is said.
  if (input.TravellerAt(escort).role == TravellerRole::kUmEscort) row.Bool(FactId::escort_um_escort_service, true);
  AddWatch(input, escort, row);
}

}  // namespace landfall::facts_internal
