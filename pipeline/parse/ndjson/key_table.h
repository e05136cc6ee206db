#pragma once

// Looks up the keys of JSON objects: a hash without collisions, found at compile time, and one comparison.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>

namespace landfall {

// The names of one kind of object's fields, each at most 16 characters.
//   static constexpr KeyTable kKeys({"type", "number"});
//   switch (kKeys.Find(key)) { case kKeys["type"]: ... }
template <std::size_t N>
class KeyTable {
 public:
  static constexpr int kUnknown = -1;

  constexpr explicit KeyTable(const std::string_view (&names)[N]) {
    static_assert(N <= 64, "the keys of one object are counted in 64 bits");
    for (std::size_t i = 0; i < N; ++i) keys_[i] = Pack(names[i]);
    while (!Place()) multiplier_ += 2;
  }

  // The name's index, or kUnknown.
  constexpr int Find(std::string_view name) const {
    if (name.empty() || name.size() > kLongest) return kUnknown;
    const Packed key = Pack(name);
    const std::size_t index = slots_[SlotOf(key)];
    return index < N && keys_[index] == key ? static_cast<int>(index) : kUnknown;
  }
  // The same for a name that is in the table: anything else does not compile.
  consteval int operator[](std::string_view name) const {
    const int index = Find(name);
    if (index == kUnknown) throw "not a name of this table";
    return index;
  }

 private:
  static constexpr std::size_t kLongest = 16;
  static constexpr std::size_t kSlotBits = 8;

  // Two overlapping words hold every byte of a name of 8 to 16; of a shorter one they are its first and last halves.
  struct Packed {
    std::uint64_t first = 0, last = 0;
    std::size_t size = 0;
    constexpr bool operator==(const Packed&) const = default;
  };

  template <typename Word>
  static constexpr std::uint64_t Load(const char* from) {
    if (std::is_constant_evaluated()) {
      std::uint64_t word = 0;
      for (std::size_t i = 0; i < sizeof(Word); ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
      }
      return word;
    }
    Word word;
    std::memcpy(&word, from, sizeof(word));
    return word;
  }

  static constexpr Packed Pack(std::string_view name) {
    const char* const begin = name.data();
    const std::size_t size = name.size();
    if (size >= 8) return {Load<std::uint64_t>(begin), Load<std::uint64_t>(begin + size - 8), size};
    if (size >= 4) return {Load<std::uint32_t>(begin), Load<std::uint32_t>(begin + size - 4), size};
    const auto byte = [begin](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(begin[i])}; };
    return {byte(0) | byte(size / 2) << 8, byte(size - 1), size};
  }

  constexpr std::size_t SlotOf(const Packed& key) const {
    return static_cast<std::size_t>(((key.first ^ (key.last << 7) ^ (key.last >> 9) ^ key.size) * multiplier_) >>
                                    (64 - kSlotBits));
  }

  // False if two names meet in one slot.
  constexpr bool Place() {
    for (std::uint8_t& slot : slots_) slot = static_cast<std::uint8_t>(N);
    for (std::size_t i = 0; i < N; ++i) {
      std::uint8_t& slot = slots_[SlotOf(keys_[i])];
      if (slot != N) return false;
      slot = static_cast<std::uint8_t>(i);
    }
    return true;
  }

  std::uint64_t multiplier_ = 0x9e3779b97f4a7c15ull;
  std::array<Packed, N> keys_{};
  std::array<std::uint8_t, std::size_t{1} << kSlotBits> slots_{};
};

}  // namespace landfall
