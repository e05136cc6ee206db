#pragma once

#include <cstddef>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/status/status.h"
#include "pipeline/batch.h"
#include "storage/database.h"

namespace landfall {

// Puts a batch on disk: one atomic, synced write. When Apply returns OK, every message of the batch is acknowledged.
// Serial, in the order read.
class PersistStage {
 public:
  explicit PersistStage(Database& database) : database_(database) {}

  absl::Status Apply(Batch& batch) {
    PutPeople(batch);
    return batch.store.empty() ? absl::OkStatus() : database_.Commit(batch.store);
  }

 private:
  // A flight is assessed with each of its messages, and most change nobody who travels with a child: what was written
  // of it last need not be written again.
  void PutPeople(Batch& batch) {
    constexpr std::size_t kMostFlights = 50'000;
    if (people_written_.size() > kMostFlights) people_written_.clear();
    for (const FlightPeopleRows& people : batch.people) {
      const std::size_t rows = absl::HashOf(people.rows);
      const auto [it, is_new] = people_written_.try_emplace(people.flight, rows);
      if (!is_new && it->second == rows) continue;
      it->second = rows;
      for (const auto& [key, value] : people.rows) batch.store.PutPeople(key, value);
    }
  }

  Database& database_;
  absl::flat_hash_map<FlightKey, std::size_t> people_written_;  // A hash of what was written.
};

}  // namespace landfall
