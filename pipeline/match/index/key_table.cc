#include "pipeline/match/index/key_table.h"

#include <array>
#include <bit>

namespace landfall {
namespace {

// Least significant digit first: four times as fast as std::sort on millions of entries.
void RadixSort(std::vector<std::uint64_t>& entries) {
  constexpr int kBits = 11;
  constexpr std::size_t kDigits = std::size_t{1} << kBits;
  std::vector<std::uint64_t> other(entries.size());
  for (int shift = 0; shift < 64; shift += kBits) {
    std::array<std::size_t, kDigits + 1> begin{};
    for (const std::uint64_t entry : entries) ++begin[(entry >> shift & (kDigits - 1)) + 1];
    if (begin[1] == entries.size()) continue;  // The digit is 0 everywhere.
    for (std::size_t digit = 1; digit <= kDigits; ++digit) begin[digit] += begin[digit - 1];
    for (const std::uint64_t entry : entries) other[begin[entry >> shift & (kDigits - 1)]++] = entry;
    entries.swap(other);
  }
}

}  // namespace

void KeyTable::Seal() {
  constexpr std::size_t kFewEntries = 4'096;
  if (entries_.size() > kFewEntries) RadixSort(entries_);
  else std::sort(entries_.begin(), entries_.end());
  entries_.erase(std::unique(entries_.begin(), entries_.end()), entries_.end());
  if (entries_.size() < entries_.capacity()) entries_.shrink_to_fit();
  // About four entries a bucket.
  const int bits = std::clamp(static_cast<int>(std::bit_width(entries_.size())) - 2, 1, 26);
  shift_ = 32 - bits;
  directory_.assign((std::size_t{1} << bits) + 1, 0);
  for (const std::uint64_t entry : entries_) ++directory_[(entry >> 32 >> shift_) + 1];
  for (std::size_t i = 1; i < directory_.size(); ++i) directory_[i] += directory_[i - 1];
}

}  // namespace landfall
