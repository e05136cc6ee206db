#pragma once

// From 32-bit keys to the numbers filed under them: filled, sealed, then read by any thread. Eight bytes an entry and a
// small directory. Two texts may share a key, so whoever looks up compares the real values.

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

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

class KeyTable {
 public:
  // Entries of one key, by number; each holds the number in its lower half.
  using Entries = std::span<const std::uint64_t>;

  void Add(std::uint32_t key, std::uint32_t number) {
    entries_.push_back(static_cast<std::uint64_t>(key) << 32 | number);
  }
  // Call once, after the last Add.
  void Seal();

  Entries Find(std::uint32_t key) const {
    if (entries_.empty()) return {};
    const std::size_t bucket = key >> shift_;
    const std::uint64_t* const end = entries_.data() + directory_[bucket + 1];
    const std::uint64_t* begin = entries_.data() + directory_[bucket];
    const std::uint64_t first = static_cast<std::uint64_t>(key) << 32;
    // Buckets hold a few entries, unless many share one key.
    begin = end - begin > 16 ? std::lower_bound(begin, end, first) : std::find_if(begin, end, [&](std::uint64_t e) { return e >= first; });
    const std::uint64_t* last = begin;
    if (end - begin > 16) last = std::upper_bound(begin, end, first | 0xFFFFFFFFu);
    else while (last != end && *last >> 32 == key) ++last;
    return {begin, last};
  }
  // Brings into the cache what Find needs, in two steps with other work between them.
  void PrefetchDirectory(std::uint32_t key) const {
    if (!entries_.empty()) __builtin_prefetch(&directory_[key >> shift_]);
  }
  void PrefetchEntries(std::uint32_t key) const {
    if (!entries_.empty()) __builtin_prefetch(entries_.data() + directory_[key >> shift_]);
  }

  std::size_t size() const { return entries_.size(); }
  std::size_t bytes() const { return entries_.capacity() * 8 + directory_.capacity() * 4; }

 private:
  std::vector<std::uint64_t> entries_;
  std::vector<std::uint32_t> directory_;  // Of the upper bits of a key, where they begin.
  int shift_ = 31;
};

}  // namespace landfall
