#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "pipeline/batch.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/adults_elsewhere.h"
#include "pipeline/merge/flight_book.h"
#include "pipeline/merge/redated_flights.h"

namespace landfall {

// Settles, in order and in memory, everything about a batch that depends on other messages: what was seen before, what is
// newest, which flights are touched. Serial: one batch at a time, in the order read. Parses nothing.
class MergeStage {
 public:
  // Borrows all three. `travellers_in_memory` bounds the flights kept between batches.
  // `reassess_duplicates`: flights named by messages that came before are assessed again, too.
  MergeStage(const Database& database, const Configuration& configuration, std::size_t travellers_in_memory,
             bool reassess_duplicates = false);

  // Makes again from the store what the messages to come may depend on: the flights of the latest days.
  // `known_at`: how late it is at least.
  absl::Status Rebuild(const ReferenceSnapshot& reference, std::optional<Instant> known_at = std::nullopt);

  // Fills accepted, quarantined, flights, named and counts. An error is the store's.
  absl::Status Apply(Batch& batch);

  // Tells that batches up to this one are on disk. Any thread.
  void SetPersisted(std::uint64_t batch) { persisted_batch_.store(batch, std::memory_order_release); }

 private:
  struct Seen {
    Digest128 content;
    FlightKey flight;
    std::uint64_t batch = 0;
  };
  absl::StatusOr<std::optional<Seen>> FindSeen(const Message& message) const;
  absl::Status MergeMessage(Batch& batch, std::size_t index, std::vector<FlightKey>& touched);
  absl::Status Accept(Batch& batch, std::size_t index, const FlightKey& key, std::vector<FlightKey>& touched);
  void SetAside(Batch& batch, const Message& message, QuarantineCode code, std::string reason);
  bool TouchesOwnCountry(const Flight& flight) const;
  absl::Status RefreshSuccessors(Batch& batch, std::vector<FlightKey>& touched);
  absl::Status Connect(Batch& batch, std::vector<FlightKey>& touched);
  absl::Status LinkRedated(Batch& batch, const FlightKey& key, const LiveFlight& flight,
                           std::vector<FlightKey>& touched);
  void Advance(Instant arrival);
  void AwaitParts(const FlightKey& key, const LiveFlight& flight);
  void TouchOverdue(std::vector<FlightKey>& touched);
  absl::Status TakeStates(Batch& batch, const std::vector<FlightKey>& touched);
  void ForgetPersisted();

  const Database& database_;
  const Configuration& configuration_;
  const bool reassess_duplicates_;
  FlightBook book_;
  AdultsElsewhere elsewhere_;
  RedatedFlights redated_;
  absl::flat_hash_map<FlightKey, Instant> parts_due_;  // Flights of which parts are awaited.
  absl::flat_hash_map<std::string, Seen> recently_seen_;  // Not yet known to be on disk.
  std::uint64_t last_sequence_;
  Instant latest_{0};    // Arrival.
  Instant known_at_{0};  // The latest that anybody sent.
  std::atomic<std::uint64_t> persisted_batch_{0};
};

}  // namespace landfall
