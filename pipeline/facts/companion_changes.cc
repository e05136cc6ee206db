// When the adults of a child's party last changed between two messages.

#include <algorithm>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "pipeline/facts/ages.h"
#include "pipeline/facts/fact_maker.h"

namespace landfall::facts_internal {
namespace {

void TakeLatest(std::optional<Instant>& latest, const std::optional<Instant>& at) {
  if (at && (!latest || *at > *latest)) latest = at;
}

// True if a child of the party was there before list number `list`.
bool HasChildBefore(const FlightInput& input, const Party& party, std::uint32_t list) {
  return std::any_of(party.members.begin(), party.members.end(), [&](std::uint32_t member) {
    return input.Of(member).is_child && input.state.travellers[member].list < list;
  });
}

// Adults who joined a party that had a child.
void FindJoined(FlightInput& input) {
  for (std::uint32_t number = 0; number < input.context.parties.size(); ++number) {
    const Party& party = input.context.parties[number];
    if (party.members.size() < 2) continue;
    for (const std::uint32_t member : party.members) {
      const FlightTraveller& adult = input.state.travellers[member];
      if (input.Of(member).is_child || !HasChildBefore(input, party, adult.list)) continue;
      TakeLatest(input.companions_changed[number], adult.since);
    }
  }
}

bool IsAdult(const FlightInput& input, const Traveller& traveller) {
  const int days_either_way = input.state.port_known ? 0 : 1;
  return !CheckAge(traveller, Date{input.state.t0_date.days - days_either_way},
                   Date{input.state.t0_date.days + days_either_way})
              .is_child;
}

// The parties of those who are on the list, by the traveller's id.
absl::flat_hash_map<std::uint32_t, std::uint32_t> PartiesById(const FlightInput& input) {
  absl::flat_hash_map<std::uint32_t, std::uint32_t> parties;
  for (std::uint32_t i = 0; i < input.count(); ++i) parties.emplace(input.state.travellers[i].id, input.Of(i).party);
  return parties;
}

// Adults who left: they are put among those who are there, to see with whom they travelled.
void FindLeft(FlightInput& input) {
  FlightState then = input.state;
  std::vector<const FormerTraveller*> left;
  for (const FormerTraveller& former : input.state.former) {
    if (!former.until || !IsAdult(input, *former.merged)) continue;
    left.push_back(&former);
    FlightTraveller traveller;
    traveller.merged = former.merged;
    then.travellers.push_back(std::move(traveller));
  }
  if (left.empty()) return;
  std::vector<const Vignette*> vignettes(then.travellers.size());
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    if (input.Of(i).is_child) vignettes[i] = input.VignetteOf(i);
  }
  const absl::flat_hash_map<std::uint32_t, std::uint32_t> party_now = PartiesById(input);
  std::vector<Finding> unused;
  const std::vector<LinkKeys> keys = KeysOfPeople(then, input.configuration);
  for (const Party& party : FormParties(then, keys, vignettes, input.reference, unused)) {
    for (const std::uint32_t member : party.members) {
      if (member < input.count()) continue;
      const FormerTraveller& former = *left[member - input.count()];
      const auto now = party_now.find(former.id);  // Under another booking.
      for (const std::uint32_t companion : party.members) {
        if (companion >= input.count() || !input.Of(companion).is_child) continue;
        const std::uint32_t number = input.Of(companion).party;
        if (now != party_now.end() && now->second == number) continue;
        if (input.state.travellers[companion].list >= former.list) continue;
        TakeLatest(input.companions_changed[number], former.until);
      }
    }
  }
}

}  // namespace

void FindCompanionChanges(FlightInput& input) {
  input.companions_changed.resize(input.context.parties.size());
  FindJoined(input);
  if (!input.state.former.empty()) FindLeft(input);
}

}  // namespace landfall::facts_internal
