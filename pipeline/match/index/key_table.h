#pragma once

// From 32-bit keys to the numbers filed under them: sealed, then read by any thread. Twelve bytes an entry and a
// directory. Two texts may share a key, so whoever looks up compares the real values.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

#include "pipeline/match/index/big_vector.h"

namespace landfall {

// A hash of text, good within one process.
inline std::uint64_t HashText(std::string_view text, std::uint64_t seed) {
  constexpr std::uint64_t kMultiplier = 0x9E3779B97F4A7C15u;
  std::uint64_t hash = (seed + text.size() + 1) * kMultiplier;
  const auto mix = [&hash](std::uint64_t word) {
    hash = (hash ^ word) * kMultiplier;
    hash ^= hash >> 32;
  };
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof(word));
    mix(word);
  }
  std::uint64_t rest = 0;
  for (; i < text.size(); ++i) rest = rest << 8 | static_cast<unsigned char>(text[i]);
  mix(rest);
  return hash;
}

// What is filed. `letters` are of the caller's making (LettersOf, or nothing): they tell most of what a key brings together
// by chance from what is meant, without a look at the text.
struct KeyEntry {
  std::uint32_t key = 0, number = 0, letters = 0;
  std::uint64_t order() const { return static_cast<std::uint64_t>(key) << 32 | number; }
};

class KeyTable {
 public:
  // Call once, before anything else. The entries in any order and number of parts; of several with one key and
  // number one is kept.
  void Seal(std::vector<std::vector<KeyEntry>> parts);

  // Those of one key, by number.
  std::span<const KeyEntry> Find(std::uint32_t key) const {
    if (entries_.empty()) return {};
    const std::size_t bucket = key >> shift_;
    const KeyEntry* begin = entries_.data() + directory_[bucket];
    const KeyEntry* end = entries_.data() + directory_[bucket + 1];
    // Buckets hold a few entries, unless many share one key.
    constexpr std::ptrdiff_t kFew = 8;
    if (end - begin > kFew) {
      const auto less = [](const KeyEntry& a, const KeyEntry& b) { return a.key < b.key; };
      const auto [first, last] = std::equal_range(begin, end, KeyEntry{key}, less);
      return {first, last};
    }
    while (begin != end && begin->key < key) ++begin;
    while (begin != end && (end - 1)->key > key) --end;
    return {begin, end};
  }
  // Each brings into the cache what the next step needs; with other work between them nobody waits. Of a table that is
  // not empty. PrefetchEntries is false if there are none.
  void PrefetchDirectory(std::uint32_t key) const { __builtin_prefetch(&directory_[key >> shift_]); }
  bool PrefetchEntries(std::uint32_t key) const {
    const std::size_t begin = directory_[key >> shift_];
    __builtin_prefetch(entries_.data() + begin);
    return begin != directory_[(key >> shift_) + 1];
  }

  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const { return entries_.capacity() * sizeof(KeyEntry) + directory_.capacity() * 4; }

 private:
  BigVector<KeyEntry> entries_;
  BigVector<std::uint32_t> directory_;  // Of the upper bits of a key, where they begin.
  int shift_ = 31;
};

}  // namespace landfall
