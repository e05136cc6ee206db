#pragma once

// Which flights the adults named on children's vignettes are on, and which children await them. A named adult may turn
// up on another flight, read earlier or later: then the child's flight is assessed again.

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/live_flight.h"

namespace landfall {

// Only merge touches it. Keeps what lies within `kKeptSeconds` of the latest flight seen.
class AdultsElsewhere {
 public:
  // Files what `flight` says now, in place of what it said before; nobody is on a flight that will not come. Returns the
  // flights whose children await an adult of this flight who was not filed here before, or await one who was and is no
  // longer: they are to be assessed again.
  std::vector<FlightKey> Update(const FlightKey& key, const LiveFlight& flight);

  // The adults that the children of this flight await, and who are on another flight to the same port. Sorted.
  std::vector<AdultElsewhere> Find(const FlightKey& key) const;

  // Forgets flights that arrived long before `latest`.
  void Prune(Instant latest);

 private:
  struct Filed {
    Instant t0;
    AirportCode port;
    Direction direction = Direction::kArrival;
    std::vector<FlightFold::Sighting> sightings;
    std::vector<AwaitedAdult> awaited;
  };
  bool Sees(const AwaitedAdult& adult, const Filed& other) const;
  void AddThoseAwaiting(const FlightFold::Sighting& sighting, std::set<FlightKey>& flights) const;
  void Unfile(const FlightKey& key);

  absl::flat_hash_map<FlightKey, Filed> flights_;
  absl::flat_hash_map<std::uint64_t, absl::flat_hash_set<FlightKey>> seen_on_;      // Key -> flights with that adult.
  absl::flat_hash_map<std::uint64_t, absl::flat_hash_set<FlightKey>> awaited_on_;   // Key -> flights with that child.
  Instant pruned_at_{0};
  std::size_t left_ = 0;  // After the latest pruning.
};

}  // namespace landfall
