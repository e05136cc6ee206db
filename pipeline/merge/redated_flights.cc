#include "pipeline/merge/redated_flights.h"

#include <algorithm>

namespace landfall {
namespace {

// The smallest keys: of two flights with half their travellers in common, the chance that none of 32 is the same is one
// in half a million.
constexpr std::size_t kSampleSize = 32;
constexpr std::int64_t kKeptSeconds = 7 * 86'400;

bool ShareOne(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  for (auto x = a.begin(), y = b.begin(); x != a.end() && y != b.end();) {
    if (*x == *y) return true;
    ++(*x < *y ? x : y);
  }
  return false;
}

}  // namespace

bool AreMostlyTheSame(const FlightFold& a, const FlightFold& b) {
  const std::vector<std::uint64_t> people = a.PersonKeys();
  const auto common = static_cast<std::size_t>(
      std::count_if(people.begin(), people.end(), [&b](std::uint64_t key) { return b.Knows(key); }));
  return 2 * common > std::max(a.CountPassengers(), b.CountPassengers());
}

FlightKey RedatedFlights::DaysLater(FlightKey key, int days) {
  key.departs_on.days += days;
  return key;
}

std::vector<FlightKey> RedatedFlights::Update(const FlightKey& key, const FlightFold& flight) {
  std::vector<std::uint64_t> sample = flight.PersonKeys();
  const std::size_t size = std::min(kSampleSize, sample.size());
  std::partial_sort(sample.begin(), sample.begin() + static_cast<std::ptrdiff_t>(size), sample.end());
  sample.resize(size);
  std::vector<FlightKey> candidates;
  for (const int days : {-1, 1}) {
    FlightKey other = DaysLater(key, days);
    const auto it = flights_.find(other);
    if (it == flights_.end()) continue;
    const bool is_linked = days < 0 ? it->second.is_after : it->second.is_before;
    if (is_linked || ShareOne(sample, it->second.sample)) candidates.push_back(std::move(other));
  }
  Filed& filed = flights_[key];
  filed.t0 = flight.t0();
  filed.sample.assign(sample.begin(), sample.end());
  return candidates;
}

bool RedatedFlights::SetLinked(const FlightKey& a, const FlightKey& b, bool linked) {
  const bool a_first = a.departs_on < b.departs_on;
  const auto first = flights_.find(a_first ? a : b), second = flights_.find(a_first ? b : a);
  if (first == flights_.end() || second == flights_.end() || first->second.is_after == linked) return false;
  first->second.is_after = second->second.is_before = linked;
  return true;
}

std::optional<FlightKey> RedatedFlights::Find(const FlightKey& key) const {
  const auto it = flights_.find(key);
  if (it == flights_.end() || (!it->second.is_before && !it->second.is_after)) return std::nullopt;
  return DaysLater(key, it->second.is_before ? -1 : 1);
}

void RedatedFlights::Prune(Instant latest) {
  // Once per hour of the stream is enough, or when older flights come in numbers, from a second file perhaps.
  constexpr std::size_t kFew = 1'000;
  if (latest.seconds - pruned_at_.seconds < 3'600 && flights_.size() < 2 * left_ + kFew) return;
  pruned_at_ = latest;
  absl::erase_if(flights_, [latest](const auto& entry) {
    return latest.seconds - entry.second.t0.seconds > kKeptSeconds;
  });
  left_ = flights_.size();
}

}  // namespace landfall
