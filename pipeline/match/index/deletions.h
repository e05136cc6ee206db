#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landfall {

// Longer texts are not looked at by deletions: of n letters there are n²/2 choices of two.
inline constexpr std::size_t kLongestByDeletion = 12;

// The key of a text of any of its deletions: a polynomial of its letters, so that the key of a text without some letters
// is made from those of its parts.
class DeletionHash {
 public:
  explicit DeletionHash(std::string_view text) : size_(text.size()) {
    assert(size_ <= kMost);
    power_[0] = 1;
    for (std::size_t i = 0; i < size_; ++i) {
      power_[i + 1] = power_[i] * kBase;
      prefix_[i + 1] = prefix_[i] * kBase + (static_cast<unsigned char>(text[i]) + 1) * kLetter;
    }
  }

  std::uint32_t Whole() const { return Key(prefix_[size_], size_); }
  std::uint32_t Without(std::size_t i) const {
    return Key(prefix_[i] * power_[size_ - 1 - i] + Part(i + 1, size_), size_ - 1);
  }
  std::uint32_t Without(std::size_t i, std::size_t j) const {  // i < j
    const std::uint64_t begin = prefix_[i] * power_[size_ - 2 - i];
    return Key(begin + Part(i + 1, j) * power_[size_ - 1 - j] + Part(j + 1, size_), size_ - 2);
  }

 private:
  static constexpr std::size_t kMost = 16;
  static constexpr std::uint64_t kBase = 0x9E3779B97F4A7C15u, kLetter = 0xD6E8FEB86659FD93u;

  std::uint64_t Part(std::size_t begin, std::size_t end) const {
    return prefix_[end] - prefix_[begin] * power_[end - begin];
  }
  static std::uint32_t Key(std::uint64_t hash, std::size_t size) {
    hash = (hash ^ hash >> 29 ^ size) * 0xBF58476D1CE4E5B9u;
    return static_cast<std::uint32_t>((hash ^ hash >> 27) * 0x94D049BB133111EBu >> 32);
  }

  std::size_t size_;
  std::array<std::uint64_t, kMost + 1> prefix_{}, power_;
};

// Calls use(key) for the text without each choice of up to `most` letters (0, 1 or 2), itself first; a key may come more
// than once. Two texts whose optimal-string-alignment distance is at most k share one with k letters left out at most: a
// replaced letter is left out of both, an extra one of the one that has it, and of two swapped ones the same letter is left
// out of both.
template <typename Use>
void ForEachDeletionKey(std::string_view text, int most, Use use) {
  const DeletionHash hash(text);
  use(hash.Whole());
  for (std::size_t i = 0; most >= 1 && i < text.size(); ++i) {
    use(hash.Without(i));
    for (std::size_t j = i + 1; most >= 2 && j < text.size(); ++j) use(hash.Without(i, j));
  }
}

}  // namespace landfall
