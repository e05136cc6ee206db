#pragma once

// The events of profiles' lives in the store: an append-only list among the reference records, so that backups hold it.

#include <vector>

#include "absl/status/statusor.h"
#include "rules/life_cycle.h"
#include "storage/database.h"

namespace landfall::app {

// DataLoss if one does not read, or if one is missing.
absl::StatusOr<rules::ProfileLives> ReadProfileLives(const Database& database);

// On disk when this returns OK. One process owns a store, so nobody writes the same number.
absl::Status StoreProfileEvent(Database& database, const rules::ProfileEvent& event);

}  // namespace landfall::app
