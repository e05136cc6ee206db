// Facts about the adult responsible for a child.

#include <algorithm>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name_key.h"

namespace landfall::facts_internal {
namespace {

EscortRelationship EscortRelationshipOf(Relationship relationship) {
  switch (relationship) {
    case Relationship::kParent: return EscortRelationship::kParent;
    case Relationship::kGuardian: return EscortRelationship::kGuardian;
    case Relationship::kFamilyFriend:
    case Relationship::kNotRelated: return EscortRelationship::kNotRelated;
    case Relationship::kUnknown: return EscortRelationship::kUnknown;
    default: return EscortRelationship::kRelative;
  }
}

const ConsentRecord* ConsentFor(const FlightInput& input, std::uint32_t child, std::uint32_t adult) {
  if (!input.reference.IsLoaded(ReferenceKind::kConsents)) return nullptr;
  const ConsentRecord* const consent =
      input.reference.FindConsent(input.At(child), input.At(adult), input.state.t0_date);
  // A consent for one flight is none for another.
  const bool is_for_other = consent != nullptr && consent->flight && !consent->flight->number.empty() &&
                            consent->flight->number != input.state.key.number;
  return is_for_other ? nullptr : consent;
}

// Consent seen by the carrier, or on record. Unknown if the carrier says nothing and no consents are loaded.
std::optional<bool> HasConsent(const FlightInput& input, std::uint32_t child, std::uint32_t escort) {
  if (input.At(child).consent == true || ConsentFor(input, child, escort) != nullptr) return true;
  if (input.At(child).consent) return false;
  return input.reference.IsLoaded(ReferenceKind::kConsents) ? std::optional<bool>(false) : std::nullopt;
}

EscortRelationship EscortRelationshipFor(const FlightInput& input, std::uint32_t child, std::uint32_t escort) {
  const EscortRelationship stated = EscortRelationshipOf(RelationshipTo(input, child, escort));
  if (stated != EscortRelationship::kUnknown) return stated;
  return IsSentByOrganisation(input, child, escort) ? EscortRelationship::kOrganisation : EscortRelationship::kUnknown;
}

std::optional<int> WholeAge(const TravellerContext& traveller) {
  if (!traveller.has_age || traveller.age.youngest != traveller.age.oldest) return std::nullopt;
  return traveller.age.youngest;
}

void AddAges(const FlightInput& input, std::uint32_t child, std::uint32_t escort, const FactRow& row) {
  const std::optional<int> age = WholeAge(input.context.travellers[escort]);
  const std::optional<int> age_of_child = WholeAge(input.context.travellers[child]);
  row.Int(FactId::escort_age, age);
  if (age && age_of_child) row.Int(FactId::escort_age_gap, *age - *age_of_child);
}

bool HasCarrierEscort(const FlightInput& input, std::uint32_t child) {
  const std::vector<std::uint32_t>& members = input.PartyOf(child).members;
  return std::any_of(members.begin(), members.end(), [&](std::uint32_t member) {
    return input.IsAdultWith(child, member) && input.At(member).role == TravellerRole::kUmEscort;
  });
}

}  // namespace

Relationship RelationshipTo(const FlightInput& input, std::uint32_t child, std::uint32_t adult) {
  for (const Sighting& sighting : input.SightingsOf(child)) {
    if (sighting.traveller != adult || !sighting.IsSure()) continue;
    const Relationship stated = input.VignetteOf(child)->adults[sighting.adult].relationship;
    if (stated != Relationship::kUnknown) return stated;
  }
  const ConsentRecord* const consent = ConsentFor(input, child, adult);
  return consent != nullptr ? consent->relationship : Relationship::kUnknown;
}

bool IsSentByOrganisation(const FlightInput& input, std::uint32_t child, std::uint32_t adult) {
  if (input.At(adult).role == TravellerRole::kUmEscort) return true;
  const GroupRecord* const group = input.PartyOf(child).group;
  if (group == nullptr) return false;
  return std::any_of(group->leaders.begin(), group->leaders.end(), [&](const Person& leader) {
    return ComparePerson(leader, input.At(adult)) >= SamePerson::kNameAndBirth;
  });
}

void AddEscortFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[i];
  row.Bool(FactId::escort_present, context.escort.has_value());
  if (!context.escort) return;
  const std::uint32_t escort = *context.escort;
  AddAges(input, i, escort, row);
  if (!input.keys[i].family_name.empty() && !input.keys[escort].family_name.empty()) {
    row.Bool(FactId::escort_shares_name, SharesFamilyName(FamilyNameOf(input.At(i)), FamilyNameOf(input.At(escort))));
  }
  row.Enum(FactId::escort_relationship, EscortRelationshipFor(input, i, escort));
  row.Bool(FactId::escort_consent_document, HasConsent(input, i, escort));
  row.Bool(FactId::escort_um_escort_service, HasCarrierEscort(input, i));
}

}  // namespace landfall::facts_internal
