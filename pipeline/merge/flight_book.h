#pragma once

// The flights that are being worked on, in memory: each the fold of its messages. What is not in memory is made again
// from the store, so memory stays bounded however long the stream.

#include <cstdint>
#include <list>
#include <memory>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/live_flight.h"
#include "storage/database.h"

namespace landfall {

// So many moves of one flight, one after the other, are followed.
constexpr std::size_t kMostMoves = 16;

// Bounded by travellers, least recently used first out.
class FlightBook {
 public:
  FlightBook(const Database& database, const Configuration& configuration, std::size_t travellers_in_memory);

  // The flight, from memory, from the store, or new. Valid until the next call of Trim.
  absl::StatusOr<LiveFlight*> Get(const FlightKey& key, const ReferenceSnapshot& reference);
  // Forgets flights beyond the bound whose latest change is in a batch up to `persisted_batch`.
  void Trim(std::uint64_t persisted_batch);
  std::size_t travellers_in_memory() const { return travellers_; }
  // The flight if it is in memory, else null.
  LiveFlight* Find(const FlightKey& key) const;
  // To be called after a flight grew.
  void Recount(const FlightKey& key);

 private:
  struct Slot {
    std::unique_ptr<LiveFlight> flight;
    std::list<FlightKey>::iterator recent;
    std::size_t counted = 0;
  };
  absl::StatusOr<std::unique_ptr<LiveFlight>> Load(const FlightKey& key, const ReferenceSnapshot& reference);

  const Database& database_;
  const Configuration& configuration_;
  std::size_t limit_;
  std::size_t travellers_ = 0;
  absl::flat_hash_map<FlightKey, Slot> slots_;
  std::list<FlightKey> recent_;  // Most recent first.
  absl::flat_hash_set<FlightKey> loading_;  // Flights may replace each other in a ring: each is loaded once.
};

}  // namespace landfall
