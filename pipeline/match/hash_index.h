#pragma once

// From 64-bit hashes to the numbers filed under them: filled, sealed, then read by any thread. A hash may be that of
// another value, so whoever looks up compares the real values.

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace landfall {

class HashIndex {
 public:
  void Add(std::uint64_t hash, std::uint32_t number) { pending_.emplace_back(hash, number); }

  // Call once, after the last Add.
  void Seal() {
    std::ranges::sort(pending_);
    pending_.erase(std::unique(pending_.begin(), pending_.end()), pending_.end());
    numbers_.reserve(pending_.size());
    runs_.reserve(pending_.size());
    for (const auto& [hash, number] : pending_) {
      Run& run = runs_.try_emplace(hash, Run{static_cast<std::uint32_t>(numbers_.size()), 0}).first->second;
      ++run.size;
      numbers_.push_back(number);
    }
    pending_ = {};
  }

  // Ascending, without repetition.
  std::span<const std::uint32_t> Find(std::uint64_t hash) const {
    const auto it = runs_.find(hash);
    if (it == runs_.end()) return {};
    return std::span(numbers_).subspan(it->second.begin, it->second.size);
  }

  bool empty() const { return numbers_.empty(); }

 private:
  struct Run {
    std::uint32_t begin = 0, size = 0;
  };
  std::vector<std::pair<std::uint64_t, std::uint32_t>> pending_;
  std::vector<std::uint32_t> numbers_;
  absl::flat_hash_map<std::uint64_t, Run> runs_;
};

}  // namespace landfall
