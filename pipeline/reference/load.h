#pragma once

#include <memory>

#include "absl/status/statusor.h"
#include "pipeline/reference/snapshot.h"
#include "storage/database.h"

namespace landfall {

// The reference records of a store in memory. DataLoss if a stored record no longer reads: it did when it was imported.
absl::StatusOr<std::shared_ptr<const ReferenceSnapshot>> LoadReferences(const Database& database);

}  // namespace landfall
