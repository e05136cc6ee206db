#include "pipeline/rescreen.h"

#include <algorithm>

#include "model/result.h"

namespace landfall {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kLandedAfter = 2 * 3'600;
// No flight is in the air, nor talked of, so long after the day of its departure.
constexpr std::int64_t kMostDaysOpen = 4;

std::int64_t DayOf(const FlightKey& key) { return key.departs_on.days * kDay; }

// Nobody has anything to send about a flight a day after it came: who dates messages later makes nothing else late.
Instant SentAt(const FlightFlag& flag) {
  const std::int64_t end = flag.arrives_at ? flag.arrives_at->seconds : DayOf(flag.key) + 2 * kDay;
  return std::min(flag.now, Instant{end + kDay});
}

}  // namespace

std::string OutcomeOf(const FlightFlag& flag) {
  std::string outcome(ToText(flag.suggested));
  for (const Hit& hit : flag.hits) outcome += " " + hit.id;
  for (const UndecidedParty& party : flag.undecided) outcome += " " + party.reason;
  return outcome;
}

absl::StatusOr<StorePosition> FindPosition(const Database& database, std::string_view reference_version) {
  struct Candidate {
    PastAssessment past;
    Instant lands{0};
  };
  std::vector<Candidate> candidates;
  StorePosition position;
  RETURN_IF_ERROR(database.ForEachFlagFromLatest([&](const FlightFlag& flag) -> absl::StatusOr<bool> {
    if (position.known_at && DayOf(flag.key) + kMostDaysOpen * kDay < position.known_at->seconds) return false;
    position.known_at = std::max(position.known_at.value_or(Instant{INT64_MIN}), SentAt(flag));
    if (flag.reference == reference_version) return true;
    const Instant lands = flag.arrives_at ? Instant{flag.arrives_at->seconds + kLandedAfter}
                                          : Instant{DayOf(flag.key) + 2 * kDay};
    candidates.push_back({{flag.key, OutcomeOf(flag)}, lands});
    return true;
  }));
  for (auto it = candidates.rbegin(); it != candidates.rend(); ++it) {
    if (it->lands > *position.known_at) position.to_rescreen.push_back(std::move(it->past));
  }
  return position;
}

}  // namespace landfall
