#include "pipeline/flag/flag_book.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/assess/points.h"

namespace landfall {
namespace {

// What ranking compares, without the texts.
FlightFlag RankOnly(const FlightFlag& flag) {
  FlightFlag rank;
  rank.key = flag.key;
  rank.arrives_at = flag.arrives_at;
  rank.critical = flag.critical;
  rank.pinned = flag.pinned;
  rank.sampled = flag.sampled;
  rank.points = flag.points;
  rank.points_sum = flag.points_sum;
  rank.hits.resize(flag.hits.size());
  rank.undecided.resize(flag.undecided.size());
  return rank;
}

}  // namespace

void FlagBook::Name(const std::vector<FlightKey>& flights) { named_.insert(flights.begin(), flights.end()); }

absl::StatusOr<FlagBook::Totals> FlagBook::Visit(const Database& database, bool all,
                                                 const std::function<absl::Status(const FlightFlag&)>& visit) const {
  Totals totals;
  std::vector<FlightFlag> shown;
  for (const FlightKey& key : named_) {
    ASSIGN_OR_RETURN(const std::optional<FlightFlag> flag, database.FindFlag(key));
    if (!flag) return absl::DataLossError(absl::StrFormat("flight %s has no flag in the store", ToString(key)));
    const bool is_flagged = !flag->hits.empty() || !flag->undecided.empty();
    ++totals.flights;
    totals.flagged += is_flagged ? 1 : 0;
    totals.undecided += flag->undecided.empty() ? 0 : 1;
    totals.sampled += flag->sampled ? 1 : 0;
    totals.findings += flag->findings.size();
    if (all || is_flagged || flag->sampled) shown.push_back(RankOnly(*flag));
  }
  std::sort(shown.begin(), shown.end(), RanksBefore);
  for (const FlightFlag& rank : shown) {
    ASSIGN_OR_RETURN(const std::optional<FlightFlag> flag, database.FindFlag(rank.key));
    RETURN_IF_ERROR(visit(*flag));
  }
  return totals;
}

}  // namespace landfall
