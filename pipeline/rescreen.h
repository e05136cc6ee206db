#pragma once

// Which flights a change of the reference records concerns: those that have not landed.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/message.h"
#include "model/screening.h"
#include "storage/database.h"

namespace landfall {

// What an assessment comes to, for telling whether a new one changed anything: suggestion, hits, undecided parties.
std::string OutcomeOf(const FlightFlag& flag);

struct PastAssessment {
  FlightKey flight;
  std::string outcome;
};
struct StorePosition {
  // How late it is at least, as the messages tell: the latest evaluation instant of any flight; nullopt for an empty store.
  std::optional<Instant> known_at;
  // The flights that have not landed by then, and whose latest assessment was made with other reference records; in order.
  std::vector<PastAssessment> to_rescreen;
};
// Looks at the flags from the latest departure back to those that have landed. The clock is never asked. A flight counts as
// landed two hours after its latest known arrival, a day after its departure date if none is known.
absl::StatusOr<StorePosition> FindPosition(const Database& database, std::string_view reference_version);

}  // namespace landfall
