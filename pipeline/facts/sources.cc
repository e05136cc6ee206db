#include <iterator>
#include <string>
#include <utility>

#include "pipeline/facts/ages.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/match/person_score.h"

namespace landfall {
namespace {

std::string SchemaSource(FactId fact) { return std::string(Info(fact).source); }

std::string BirthSource(const FlightTraveller& traveller) {
  if (traveller.merged->date_of_birth) {
    const bool from_api = traveller.api && traveller.api->date_of_birth;
    return (from_api ? "API birth date " : "birth date ") + ToString(*traveller.merged->date_of_birth);
  }
  const std::string sign = ChildSign(*traveller.merged);
  return sign.empty() ? "no birth date" : sign;
}

std::string VignetteSource(const TravellerContext& context) {
  const Vignette* const vignette = context.vignette.vignette;
  if (vignette == nullptr) return "vignettes: none found";
  return (vignette->evisa ? "electronic visa " : "vignette ") + vignette->number;
}

std::string SponsorSource(FactId fact, const TravellerContext& context) {
  if (context.sponsor_is_receiver) return "unaccompanied-minor form";
  const Vignette* const vignette = context.vignette.vignette;
  return vignette != nullptr && vignette->sponsor ? VignetteSource(context) : SchemaSource(fact);
}

std::string MatchSource(FactId fact, const std::optional<WatchMatch>& match) {
  if (!match) return SchemaSource(fact);
  return match->entry != nullptr ? "watch entry " + match->entry->entry : "watch list: no entry like this";
}

std::string SponsorMatchSource(FactId fact, const TravellerContext& context) {
  const bool has_mark = context.sponsor != nullptr && context.sponsor->risk != SponsorRisk::kNone;
  if (has_mark && fact == FactId::sponsor_watch_match) {
    return "sponsor register " + context.sponsor->sponsor_id + ", risk " + std::string(ToText(context.sponsor->risk));
  }
  return MatchSource(fact, context.sponsor_watch);
}

std::string VettingSource(FactId fact, const TravellerContext& context) {
  if (context.sponsor != nullptr) return SchemaSource(fact) + ", sponsor register " + context.sponsor->sponsor_id;
  return SchemaSource(fact);
}

std::string EscortSource(FactId fact, const FlightState& state, const TravellerContext& context) {
  if (!context.escort) return SchemaSource(fact);
  return SchemaSource(fact) + ", traveller " + TravellerName(state, *context.escort);
}

}  // namespace

std::string FactSource(FactId fact, std::uint32_t traveller, const FlightState& state, const FlightContext& context) {
  const TravellerContext& known = context.travellers[traveller];
  switch (fact) {
    case FactId::pax_age:
    case FactId::pax_age_band:
    case FactId::pax_child: return BirthSource(state.travellers[traveller]);
    case FactId::visa_present:
    case FactId::visa_kind:
    case FactId::visa_recorded:
    case FactId::visa_class:
    case FactId::visa_valid_on_arrival:
    case FactId::visa_issue_age_days:
    case FactId::visa_applied_by_third_party: return known.is_child ? VignetteSource(known) : SchemaSource(fact);
    case FactId::sponsor_present:
    case FactId::sponsor_relationship:
    case FactId::sponsor_relationship_verified:
    case FactId::sponsor_age: return SponsorSource(fact, known);
    case FactId::sponsor_vetting:
    case FactId::sponsor_address_vetted: return VettingSource(fact, known);
    case FactId::sponsor_watch_match:
    case FactId::sponsor_watch_score: return SponsorMatchSource(fact, known);
    case FactId::pax_watch_match:
    case FactId::pax_watch_score:
    case FactId::pax_reported_missing: return MatchSource(fact, known.watch);
    case FactId::escort_watch_match:
    case FactId::escort_watch_score:
      return MatchSource(fact, known.escort ? context.travellers[*known.escort].watch : std::nullopt);
    case FactId::escort_age:
    case FactId::escort_relationship: return EscortSource(fact, state, known);
    case FactId::party_organised_group: {
      const GroupRecord* const group = context.parties[known.party].group;
      return group != nullptr ? "organised group " + group->group : SchemaSource(fact);
    }
    default: return SchemaSource(fact);
  }
}

namespace {

void Append(std::vector<std::string> more, std::vector<std::string>& evidence) {
  evidence.insert(evidence.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::vector<std::string> EvidenceOfMatch(const std::optional<WatchMatch>& match) {
  return match && match->entry != nullptr ? EvidenceOf(match->score, match->terms) : std::vector<std::string>();
}

std::vector<std::string> EvidenceOfHolder(std::uint32_t traveller, const FlightState& state, const TravellerContext& known) {
  const Vignette* const vignette = known.vignette.vignette;
  using Basis = ReferenceSnapshot::Basis;
  // A number needs no weighing.
  if (vignette == nullptr || known.vignette.basis == Basis::kNumber || known.vignette.basis == Basis::kDocument) return {};
  const PersonScore score = ScorePersons(ViewOf(*state.travellers[traveller].merged), ViewOf(vignette->holder));
  std::vector<std::string> evidence;
  if (!score.terms.empty()) evidence.push_back("vignette " + vignette->number + ", its holder");
  Append(EvidenceOf(score.score, score.terms), evidence);
  return evidence;
}

// Of everybody who is, or may be, an adult named.
std::vector<std::string> EvidenceOfNamedAdults(const FlightState& state, const TravellerContext& known) {
  std::vector<std::string> evidence;
  for (const NamedAdultSeen& seen : known.named_adults) {
    const Person& named = known.vignette.vignette->adults[seen.adult].person;
    const PersonScore score = ScorePersons(ViewOf(*state.travellers[seen.traveller].merged), ViewOf(named));
    evidence.push_back("traveller " + TravellerName(state, seen.traveller) + ", adult " +
                       std::to_string(seen.adult + 1) + " named on vignette " + known.vignette.vignette->number);
    Append(EvidenceOf(score.score, score.terms), evidence);
  }
  return evidence;
}

}  // namespace

std::vector<std::string> FactEvidence(FactId fact, std::uint32_t traveller, const FlightState& state,
                                      const FlightContext& context) {
  const TravellerContext& known = context.travellers[traveller];
  switch (fact) {
    case FactId::pax_watch_match:
    case FactId::pax_watch_score:
    case FactId::pax_reported_missing: return EvidenceOfMatch(known.watch);
    case FactId::escort_watch_match:
    case FactId::escort_watch_score:
      return known.escort ? EvidenceOfMatch(context.travellers[*known.escort].watch) : std::vector<std::string>();
    case FactId::sponsor_watch_match:
    case FactId::sponsor_watch_score: return EvidenceOfMatch(known.sponsor_watch);
    case FactId::visa_present:
    case FactId::visa_kind: return EvidenceOfHolder(traveller, state, known);
    case FactId::visa_result:
    case FactId::visa_named_adult_on_flight:
    case FactId::visa_named_adult_same_booking: return EvidenceOfNamedAdults(state, known);
    default: return {};
  }
}

}  // namespace landfall
