#include "pipeline/merge/adults_elsewhere.h"

#include <algorithm>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "pipeline/match/same_person.h"

namespace landfall {
namespace {

// A week either side: more than any `split_hours` that makes sense.
constexpr std::int64_t kKeptSeconds = 7 * 86'400;

bool IsSeen(const AwaitedAdult& adult, const FlightFold::Sighting& sighting) {
  return (sighting.key == adult.document_key || sighting.key == adult.name_key) &&
         ComparePerson(adult.person, *sighting.traveller) >= SamePerson::kNameAndBirth;
}

// As far as a comparison with a named adult goes.
bool IsOneIdentity(const Traveller& a, const Traveller& b) {
  return a.surname == b.surname && a.given_names == b.given_names && a.date_of_birth == b.date_of_birth &&
         a.documents == b.documents;
}

}  // namespace

bool AdultsElsewhere::Sees(const AwaitedAdult& adult, const Filed& other) const {
  return std::ranges::any_of(other.sightings,
                             [&](const FlightFold::Sighting& sighting) { return IsSeen(adult, sighting); });
}

void AdultsElsewhere::Unfile(const FlightKey& key) {
  const auto it = flights_.find(key);
  if (it == flights_.end()) return;
  const auto drop = [&key](auto& index, std::uint64_t of) {
    const auto entry = index.find(of);
    if (entry == index.end()) return;
    entry->second.erase(key);
    if (entry->second.empty()) index.erase(entry);
  };
  for (const FlightFold::Sighting& sighting : it->second.sightings) drop(seen_on_, sighting.key);
  for (const AwaitedAdult& adult : it->second.awaited) {
    drop(awaited_on_, adult.document_key);
    drop(awaited_on_, adult.name_key);
  }
  flights_.erase(it);
}

// The flights whose children await the adult of this sighting. Of a key that others have too, a birth date, few are meant.
void AdultsElsewhere::AddThoseAwaiting(const FlightFold::Sighting& sighting, std::set<FlightKey>& flights) const {
  const auto it = awaited_on_.find(sighting.key);
  if (it == awaited_on_.end()) return;
  for (const FlightKey& key : it->second) {
    const std::vector<AwaitedAdult>& awaited = flights_.at(key).awaited;
    const bool is_meant = std::ranges::any_of(awaited, [&](const AwaitedAdult& adult) { return IsSeen(adult, sighting); });
    if (is_meant) flights.insert(key);
  }
}

std::vector<FlightKey> AdultsElsewhere::Update(const FlightKey& key, const LiveFlight& flight) {
  std::vector<FlightFold::Sighting> before;
  const auto old = flights_.find(key);
  const bool was_filed = old != flights_.end();
  const FlightFold& fold = flight.Fold();
  const bool moved = was_filed && old->second.t0 != fold.t0();
  if (was_filed) before = old->second.sightings;
  Filed filed{fold.t0(), fold.port(), fold.direction(), {}, {}};
  if (!flight.is_gone()) {
    filed.sightings = fold.Sightings();
    for (const AwaitedAdult* adult : fold.Awaited()) filed.awaited.push_back(*adult);
  }
  if (filed.sightings.empty() && filed.awaited.empty() && !was_filed) return {};

  Unfile(key);
  for (const FlightFold::Sighting& sighting : filed.sightings) seen_on_[sighting.key].insert(key);
  for (const AwaitedAdult& adult : filed.awaited) {
    for (const std::uint64_t of : {adult.document_key, adult.name_key}) {
      if (of != 0) awaited_on_[of].insert(key);
    }
  }
  const std::vector<FlightFold::Sighting> now = filed.sightings;
  flights_.insert_or_assign(key, std::move(filed));

  std::set<FlightKey> concerned;
  const auto add_of = [&](const std::vector<FlightFold::Sighting>& these, const std::vector<FlightFold::Sighting>& others) {
    for (const FlightFold::Sighting& sighting : these) {
      const bool is_known = std::ranges::any_of(others, [&](const FlightFold::Sighting& other) {
        return other.key == sighting.key && IsOneIdentity(*other.traveller, *sighting.traveller);
      });
      if (!is_known || moved) AddThoseAwaiting(sighting, concerned);
    }
  };
  add_of(now, before);
  add_of(before, now);
  concerned.erase(key);
  return {concerned.begin(), concerned.end()};
}

std::vector<AdultElsewhere> AdultsElsewhere::Find(const FlightKey& key) const {
  std::vector<AdultElsewhere> found;
  const auto it = flights_.find(key);
  if (it == flights_.end() || it->second.direction != Direction::kArrival) return found;
  for (const AwaitedAdult& adult : it->second.awaited) {
    std::set<FlightKey> candidates;
    for (const std::uint64_t of : {adult.document_key, adult.name_key}) {
      const auto seen = seen_on_.find(of);
      if (seen != seen_on_.end()) candidates.insert(seen->second.begin(), seen->second.end());
    }
    candidates.erase(key);
    for (const FlightKey& candidate : candidates) {
      const Filed& other = flights_.at(candidate);
      if (other.port != it->second.port || other.direction != Direction::kArrival || !Sees(adult, other)) continue;
      found.push_back({adult.vignette, adult.adult, candidate, std::abs(other.t0.seconds - it->second.t0.seconds)});
    }
  }
  std::sort(found.begin(), found.end(), [](const AdultElsewhere& a, const AdultElsewhere& b) {
    return std::tie(a.vignette, a.adult, a.seconds_apart, a.flight) <
           std::tie(b.vignette, b.adult, b.seconds_apart, b.flight);
  });
  return found;
}

void AdultsElsewhere::Prune(Instant latest) {
  // Once per hour of the stream is enough, or when older flights come in numbers, from a second file perhaps.
  constexpr std::size_t kFew = 1'000;
  if (latest.seconds - pruned_at_.seconds < 3'600 && flights_.size() < 2 * left_ + kFew) return;
  pruned_at_ = latest;
  std::vector<FlightKey> old;
  for (const auto& [key, filed] : flights_) {
    if (latest.seconds - filed.t0.seconds > kKeptSeconds) old.push_back(key);
  }
  for (const FlightKey& key : old) Unfile(key);
  left_ = flights_.size();
}

}  // namespace landfall
