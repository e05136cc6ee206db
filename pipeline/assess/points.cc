#include "pipeline/assess/points.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <tuple>

namespace landfall {

FlightPoints PointsOf(const std::vector<Hit>& hits) {
  std::map<std::string_view, std::map<std::string_view, std::int32_t>> best;  // party -> family -> points
  for (const Hit& hit : hits) {
    for (const std::string& party : hit.scored_parties) {
      const auto [it, is_first] = best[party].try_emplace(hit.family, hit.points);
      if (!is_first) it->second = std::max(it->second, hit.points);
    }
  }
  FlightPoints points;
  bool is_first = true;
  for (const auto& [party, families] : best) {
    std::int32_t of_party = 0;
    for (const auto& [family, family_points] : families) of_party += family_points;
    points.highest = is_first ? of_party : std::max(points.highest, of_party);
    points.sum += of_party;
    is_first = false;
  }
  return points;
}

Suggestion Suggest(const std::vector<Hit>& hits, std::int32_t points, bool has_undecided,
                   const ProfileParameters& parameters) {
  const bool critical =
      std::any_of(hits.begin(), hits.end(), [](const Hit& hit) { return hit.severity == Severity::kCritical; });
  if (critical || (!hits.empty() && points >= parameters.meet_from)) return Suggestion::kMeet;
  if (has_undecided) return Suggestion::kUndecided;
  if (!hits.empty() && points >= parameters.consider_from) return Suggestion::kConsider;
  return Suggestion::kNoAction;
}

HashKey SampleKey(std::string_view profile_hash) {
  return Sha256(std::string("landfall-sample\n") + std::string(profile_hash));
}

bool IsSampled(const FlightKey& key, double share, const HashKey& sample_key) {
  // The top 53 bits as a number in [0, 1): exact in a double.
  const std::uint64_t bits = KeyedHash64(sample_key, ToString(key)) >> 11;
  return std::ldexp(static_cast<double>(bits), -53) < share;
}

bool RanksBefore(const FlightFlag& a, const FlightFlag& b) {
  const auto tier = [](const FlightFlag& flag) {
    if (flag.critical || flag.pinned) return 0;
    if (!flag.undecided.empty()) return 1;
    return flag.hits.empty() && flag.sampled ? 3 : 2;
  };
  const auto rank = [&](const FlightFlag& flag) {
    return std::tuple(tier(flag), -flag.points, -flag.points_sum, -static_cast<std::int64_t>(flag.hits.size()),
                      flag.arrives_at.value_or(Instant{}));
  };
  const auto rank_a = rank(a), rank_b = rank(b);
  return rank_a != rank_b ? rank_a < rank_b : a.key < b.key;
}

std::string FlagId(const FlightKey& key) { return "F-" + Sha256Hex(ToString(key)).substr(0, 16); }

}  // namespace landfall
