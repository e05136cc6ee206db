#pragma once

// Sends what was kept aside through the whole pipeline again, as it is or mended.

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/message.h"
#include "model/quarantine.h"
#include "pipeline/pipeline.h"

namespace landfall {

struct ResubmitOptions {
  std::string name;  // Of what is sent, to report.
  Instant now;       // When the entry is closed.
  int threads = 2;
};

struct Resubmission {
  bool accepted = false;
  Counts counts;
  std::vector<FlightKey> flights;          // That the messages name; assessed again where accepted.
  std::vector<QuarantinedRecord> refused;  // Why not.
};

// All or nothing: if every message of `bytes` (plain text) and every traveller in it can be taken in, or is a duplicate
// of what was, they are stored and `entry` is closed, in one atomic write. Otherwise nothing is stored and the entry
// stays open. Borrows everything. An error is the store's.
absl::StatusOr<Resubmission> Resubmit(const QuarantineEntry& entry, std::string_view bytes,
                                      const ResubmitOptions& options, Database& database,
                                      const Configuration& configuration,
                                      std::shared_ptr<const ReferenceSnapshot> reference, RuleSets rule_sets);

}  // namespace landfall
