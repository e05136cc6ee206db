#pragma once

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
    return batch.store.empty() ? absl::OkStatus() : database_.Commit(batch.store);
  }

 private:
  Database& database_;
};

}  // namespace landfall
