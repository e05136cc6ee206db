#pragma once

#include <cstddef>
#include <cstdint>

namespace landfall::app {

// SplitMix64 (Steele, Lea, Flood 2014). The standard library's distributions differ between
// implementations; this gives the same numbers on any machine.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}
  // An independent stream for each pair of numbers, so that flight 900 needs none of the 899 before.
  static constexpr Random For(std::uint64_t seed, std::uint64_t a, std::uint64_t b = 0) {
    Random mixer(seed ^ (a * 0xD1342543DE82EF95ull));
    Random second(mixer.Next() ^ (b * 0xAF251AF3B0F025B5ull));
    return Random(second.Next());
  }

  constexpr std::uint64_t Next() {
    std::uint64_t z = (state_ += 0x9E3779B97F4A7C15ull);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ull;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBull;
    return z ^ (z >> 31);
  }
  // 0 .. n-1.
  constexpr std::uint32_t Below(std::uint32_t n) {
    return static_cast<std::uint32_t>(((Next() >> 32) * n) >> 32);
  }
  // Both ends included.
  constexpr int Between(int low, int high) {
    return low + static_cast<int>(Below(static_cast<std::uint32_t>(high - low + 1)));
  }
  constexpr bool Chance(int percent) { return Below(100) < static_cast<std::uint32_t>(percent); }

  template <typename List>
  constexpr const auto& Pick(const List& list) {
    return list[Below(static_cast<std::uint32_t>(std::size(list)))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace landfall::app
