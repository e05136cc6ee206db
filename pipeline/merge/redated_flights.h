#pragma once

// Flights that were delayed over midnight and sent again under the new date: the same number and route, a day earlier
// or later, and more than half the travellers the same. They are linked, not merged.

#include <cstdint>
#include <optional>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/message.h"
#include "pipeline/merge/flight_fold.h"

namespace landfall {

// True if more than half the passengers of the larger one are on both. Pure.
bool AreMostlyTheSame(const FlightFold& a, const FlightFold& b);

// Only merge touches it. Of each flight it keeps a sample of the travellers (at most 32 keys), enough to tell which
// flight of a neighbouring day is worth comparing in full, and forgets flights a week before the latest.
class RedatedFlights {
 public:
  // Files who is on `flight` now. Returns the flights of the neighbouring days that share a traveller of the sample.
  std::vector<FlightKey> Update(const FlightKey& key, const FlightFold& flight);
  // Says whether the two are one flight under two dates. True if that is news.
  bool SetLinked(const FlightKey& a, const FlightKey& b, bool linked);
  // The flight that this one is linked to; of two the earlier.
  std::optional<FlightKey> Find(const FlightKey& key) const;
  // Forgets flights that arrived long before `latest`.
  void Prune(Instant latest);

 private:
  struct Filed {
    Instant t0;
    std::vector<std::uint64_t> sample;  // Sorted.
    bool is_before = false, is_after = false;  // Linked to the flight a day earlier, a day later.
  };
  static FlightKey DaysLater(FlightKey key, int days);

  absl::flat_hash_map<FlightKey, Filed> flights_;
  Instant pruned_at_{0};
  std::size_t left_ = 0;  // After the latest pruning.
};

}  // namespace landfall
