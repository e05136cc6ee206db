#pragma once

// From hits to a flight's points, suggestion and place. Integers only: the same on every platform.

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/digest.h"
#include "model/profile_parameters.h"
#include "model/screening.h"

namespace landfall {

struct FlightPoints {
  std::int32_t highest = 0;  // Of the highest party: the sum over families of the highest points in each.
  std::int32_t sum = 0;      // Over all parties with hits.
};
// Families of one name merge across profiles by the highest points.
FlightPoints PointsOf(const std::vector<Hit>& hits);

// `meet` for a critical hit or enough points, else `undecided`, else `consider`, else `no_action`.
Suggestion Suggest(const std::vector<Hit>& hits, std::int32_t points, bool has_undecided,
                   const ProfileParameters& parameters);

// True on a share of the flights, by a keyed hash of the identity: reproducible, not foreseeable from outside.
bool IsSampled(const FlightKey& key, double share, const HashKey& sample_key);
// The key of the draw for a profile.
HashKey SampleKey(std::string_view profile_hash);

// True if `a` stands before `b`. Total: critical or pinned flights, then those with an undecided party, then the rest,
// the sampled ones last; inside each by points, sum of points, hits (all high first), arrival, flight identity.
bool RanksBefore(const FlightFlag& a, const FlightFlag& b);

// "F-" and 16 hex digits of SHA-256 over the flight's identity.
std::string FlagId(const FlightKey& key);

}  // namespace landfall
