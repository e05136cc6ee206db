// Facts about a party.

#include <algorithm>
#include <string_view>
#include <vector>

#include "pipeline/facts/fact_maker.h"

namespace landfall::facts_internal {
namespace {

template <typename T>
std::int64_t CountDistinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  return std::unique(values.begin(), values.end()) - values.begin();
}

// A tour or a club outing is no scheme that answers for its children.
bool AnswersForChildren(const GroupRecord& group) {
  return group.kind == GroupKind::kSchool || group.kind == GroupKind::kSports || group.kind == GroupKind::kHostScheme;
}

// The adults that a child was to travel with: those named on its vignette, else those of its party.
std::vector<std::uint32_t> CompanionsOf(const FlightInput& input, const Party& party, std::uint32_t child,
                                        bool& has_named) {
  std::vector<std::uint32_t> companions;
  const Vignette* const vignette = input.VignetteOf(child);
  has_named = vignette != nullptr && !vignette->adults.empty();
  for (const Sighting& sighting : input.SightingsOf(child)) {
    if (sighting.IsSure()) companions.push_back(sighting.traveller);
  }
  if (has_named) return companions;
  for (const std::uint32_t member : party.members) {
    if (!input.context.travellers[member].is_child) companions.push_back(member);
  }
  return companions;
}

// For one child: it is on board, and none of its companions.
std::optional<bool> TravelsWithoutCompanions(const FlightInput& input, const Party& party, std::uint32_t child) {
  const std::optional<bool> child_boarded = input.state.travellers[child].boarded;
  if (child_boarded == false) return false;
  const Vignette* const vignette = input.VignetteOf(child);
  if (vignette != nullptr && vignette->travel == ChildTravel::kUnaccompanied) return false;
  bool has_named = false;
  const std::vector<std::uint32_t> companions = CompanionsOf(input, party, child, has_named);
  // A named adult who never was on this list is no matter of the close-out; visa.result speaks of it.
  if (companions.empty()) return has_named ? std::nullopt : std::optional<bool>(false);
  bool is_unknown = !child_boarded;
  for (const std::uint32_t companion : companions) {
    const std::optional<bool> boarded = input.state.travellers[companion].boarded;
    if (boarded == true) return false;
    is_unknown = is_unknown || !boarded;
  }
  return is_unknown ? std::nullopt : std::optional<bool>(true);
}

std::optional<bool> CompanionNotBoarded(const FlightInput& input, const Party& party) {
  if (!input.state.closed_out) return std::nullopt;
  bool is_unknown = false;
  for (const std::uint32_t member : party.members) {
    if (!input.context.travellers[member].is_child) continue;
    const std::optional<bool> without = TravelsWithoutCompanions(input, party, member);
    if (without == true) return true;
    is_unknown = is_unknown || !without;
  }
  return is_unknown ? std::nullopt : std::optional<bool>(false);
}

std::optional<bool> IsOrganised(const FlightInput& input, const Party& party) {
  if (party.group != nullptr) return AnswersForChildren(*party.group);
  return input.reference.IsLoaded(ReferenceKind::kGroups) ? std::optional<bool>(false) : std::nullopt;
}

// True if every child of the party stayed behind: then whoever stayed with it is still its company.
bool StaysBehind(const FlightInput& input, const Party& party) {
  bool has_child = false;
  for (const std::uint32_t member : party.members) {
    if (!input.context.travellers[member].is_child) continue;
    if (!input.IsLeftBehind(member)) return false;
    has_child = true;
  }
  return has_child;
}

}  // namespace

PartyFacts MakePartyFacts(const FlightInput& input, const Party& party) {
  PartyFacts facts;
  std::vector<std::string_view> names;
  std::vector<std::uint64_t> sponsors, addresses;
  const bool stays = StaysBehind(input, party);
  for (const std::uint32_t member : party.members) {
    if (!stays && input.IsLeftBehind(member)) continue;
    ++facts.size;
    if (const std::uint64_t address = AddressHashOf(input, member)) addresses.push_back(address);
    if (!input.context.travellers[member].is_child) {
      ++facts.adults;
      continue;
    }
    ++facts.children;
    if (!input.keys[member].family_name.empty()) names.push_back(input.keys[member].family_name);
    if (const std::uint64_t sponsor = SponsorHash(input, member)) sponsors.push_back(sponsor);
  }
  facts.family_names = CountDistinct(names);
  facts.sponsors = CountDistinct(sponsors);
  facts.addresses = CountDistinct(addresses);
  facts.basis = party.basis;
  facts.organised = IsOrganised(input, party);
  facts.companion_not_boarded = CompanionNotBoarded(input, party);
  const std::optional<Instant> changed = input.companions_changed[input.Of(party.members.front()).party];
  if (changed) facts.companion_changed_hours = HoursBetween(*changed, input.state.flight.departs_at);
  return facts;
}

void AddPartyFacts(const PartyFacts& facts, const FactRow& row) {
  row.Int(FactId::party_size, facts.size);
  row.Int(FactId::party_children, facts.children);
  row.Int(FactId::party_adults, facts.adults);
  row.Int(FactId::party_family_names, facts.family_names);
  row.Int(FactId::party_visa_sponsors, facts.sponsors);
  row.Int(FactId::party_destination_addresses, facts.addresses);
  row.Enum(FactId::party_link_basis, facts.basis);
  row.Bool(FactId::party_organised_group, facts.organised);
  row.Bool(FactId::party_companion_not_boarded, facts.companion_not_boarded);
  row.Num(FactId::party_companion_changed_hours, facts.companion_changed_hours);
}

}  // namespace landfall::facts_internal
