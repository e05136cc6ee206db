#include "pipeline/match/index/key_table.h"

#include <array>
#include <bit>
#include <numeric>
#include <utility>

#include "pipeline/match/index/in_parallel.h"

namespace landfall {
namespace {

constexpr std::size_t kBuckets = 1'024;
constexpr int kBucketShift = 32 - 10;

// By the upper bits of their keys. Frees the parts on the way.
std::vector<std::vector<KeyEntry>> IntoBuckets(std::vector<std::vector<KeyEntry>> parts) {
  std::array<std::size_t, kBuckets> sizes{};
  for (const auto& part : parts) {
    for (const KeyEntry& entry : part) ++sizes[entry.key >> kBucketShift];
  }
  std::vector<std::vector<KeyEntry>> buckets(kBuckets);
  for (std::size_t i = 0; i < kBuckets; ++i) buckets[i].reserve(sizes[i]);
  for (auto& part : parts) {
    for (const KeyEntry& entry : part) buckets[entry.key >> kBucketShift].push_back(entry);
    part = {};
  }
  return buckets;
}

}  // namespace

// A bucket fits into a cache, where it is sorted; all threads share the buckets.
void KeyTable::Seal(std::vector<std::vector<KeyEntry>> parts) {
  std::vector<std::vector<KeyEntry>> buckets = IntoBuckets(std::move(parts));
  std::array<std::size_t, kBuckets + 1> begin{};
  for (std::size_t i = 0; i < kBuckets; ++i) begin[i + 1] = buckets[i].size();
  const std::size_t threads = ThreadsFor(std::accumulate(begin.begin(), begin.end(), std::size_t{0}));
  InParallel(threads, kBuckets, [&](std::size_t i) {
    std::ranges::sort(buckets[i], {}, &KeyEntry::order);
    const auto is_same = [](const KeyEntry& a, const KeyEntry& b) { return a.order() == b.order(); };
    buckets[i].erase(std::unique(buckets[i].begin(), buckets[i].end(), is_same), buckets[i].end());
    begin[i + 1] = buckets[i].size();
  });
  std::partial_sum(begin.begin(), begin.end(), begin.begin());
  entries_.resize(begin.back());
  InParallel(threads, kBuckets, [&](std::size_t i) {
    std::ranges::copy(buckets[i], entries_.data() + begin[i]);
    buckets[i] = {};
  });
  // About two entries a bucket, so that many a key that is not there falls into an empty one.
  const int bits = std::clamp(static_cast<int>(std::bit_width(size())) - 1, 1, 28);
  shift_ = 32 - bits;
  directory_.assign((std::size_t{1} << bits) + 1, 0);
  for (const KeyEntry& entry : entries_) ++directory_[(entry.key >> shift_) + 1];
  for (std::size_t i = 1; i < directory_.size(); ++i) directory_[i] += directory_[i - 1];
}

}  // namespace landfall
