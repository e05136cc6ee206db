#pragma once

// The flights that a run has named, and their places in the ranking.

#include <functional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/message.h"
#include "model/screening.h"
#include "storage/database.h"

namespace landfall {

class FlagBook {
 public:
  // Notes flights as named in the input. One thread.
  void Name(const std::vector<FlightKey>& flights);
  // Notes all that another book holds.
  void Add(const FlagBook& other) { named_.insert(other.named_.begin(), other.named_.end()); }

  struct Totals {
    std::uint64_t flights = 0;
    std::uint64_t flagged = 0;  // With a hit or an undecided party.
    std::uint64_t undecided = 0;
    std::uint64_t sampled = 0;
    std::uint64_t findings = 0;  // Of all of them.
  };
  // Reads the flags of the named flights from the store and visits those to be shown, best first. Only the ranks are
  // held in memory. `all` adds the flights without hits that were not drawn for checking.
  absl::StatusOr<Totals> Visit(const Database& database, bool all,
                               const std::function<absl::Status(const FlightFlag&)>& visit) const;

 private:
  absl::flat_hash_set<FlightKey> named_;
};

}  // namespace landfall
