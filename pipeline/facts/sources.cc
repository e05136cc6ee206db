#include <string>

#include "pipeline/facts/flight_facts.h"

namespace landfall {
namespace {

std::string BirthSource(const Traveller& traveller) {
  if (traveller.date_of_birth) return "API birth date " + ToString(*traveller.date_of_birth);
  return "fare, service or stated age";
}

std::string VignetteSource(const TravellerContext& context) {
  return context.vignette.vignette == nullptr ? "vignettes: none found" : "vignette " + context.vignette.vignette->number;
}

}  // namespace

std::string FactSource(FactId fact, std::uint32_t traveller, const FlightState& state, const FlightContext& context) {
  const Traveller& stated = *state.travellers[traveller].merged;
  const TravellerContext& known = context.travellers[traveller];
  switch (fact) {
    case FactId::pax_age:
    case FactId::pax_age_band:
    case FactId::pax_child: return BirthSource(stated);
    case FactId::visa_present:
    case FactId::visa_kind:
    case FactId::visa_recorded:
    case FactId::visa_class:
    case FactId::visa_valid_on_arrival:
    case FactId::visa_issue_age_days:
    case FactId::visa_applied_by_third_party: return VignetteSource(known);
    case FactId::sponsor_present:
    case FactId::sponsor_relationship:
    case FactId::sponsor_relationship_verified:
    case FactId::sponsor_age:
      if (known.vignette.vignette != nullptr && known.vignette.vignette->sponsor) return VignetteSource(known);
      return stated.escort_form ? "unaccompanied-minor form" : std::string(Info(fact).source);
    case FactId::pax_watch_match:
    case FactId::pax_watch_score:
    case FactId::pax_reported_missing:
      return known.watch && known.watch->entry != nullptr ? "watch entry " + known.watch->entry->entry : "watch list";
    case FactId::sponsor_watch_match:
    case FactId::sponsor_watch_score:
      if (known.sponsor_watch && known.sponsor_watch->entry != nullptr) {
        return "watch entry " + known.sponsor_watch->entry->entry;
      }
      return known.sponsor != nullptr ? "sponsor register " + known.sponsor->sponsor_id : "watch list";
    case FactId::escort_watch_match:
    case FactId::escort_watch_score: {
      if (!known.escort) return "watch list";
      const std::optional<WatchMatch>& match = context.travellers[*known.escort].watch;
      return match && match->entry != nullptr ? "watch entry " + match->entry->entry : "watch list";
    }
    case FactId::party_organised_group: {
      const GroupRecord* const group = context.parties[known.party].group;
      return group != nullptr ? "organised group " + group->group : std::string(Info(fact).source);
    }
    default: return std::string(Info(fact).source);
  }
}

}  // namespace landfall
