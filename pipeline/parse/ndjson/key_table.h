#pragma once

// Looks up the keys of JSON objects: a hash without collisions, found at compile time, and one comparison.

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

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

  // The name's index, or kUnknown. At least 16 bytes from name.data() on must be readable, as they are in the buffer of
  // strings that simdjson keeps: so a name is packed without a branch on its length.
  int Find(std::string_view name) const {
    if (name.size() > kLongest) return kUnknown;
    std::uint64_t words[2];
    std::memcpy(words, name.data(), sizeof(words));
    const Packed& mask = kMasks[name.size()];
    return Find(Packed{words[0] & mask.first, words[1] & mask.last, name.size()});
  }
  // The same for a name that is in the table: anything else does not compile.
  consteval int operator[](std::string_view name) const {
    const int index = Find(Pack(name));
    if (index == kUnknown) throw "not a name of this table";
    return index;
  }

 private:
  static constexpr std::size_t kLongest = 16;
  static constexpr std::size_t kSlotBits = 8;

  // The bytes of a name in two words, NUL behind them.
  struct Packed {
    std::uint64_t first = 0, last = 0;
    std::uint64_t size = 0;  // A key that ends in NUL is another.
    constexpr bool operator==(const Packed& other) const {
      return ((first ^ other.first) | (last ^ other.last) | (size ^ other.size)) == 0;
    }
  };

  static constexpr Packed Pack(std::string_view name) {
    Packed packed;
    packed.size = name.size();
    for (std::size_t i = 0; i < name.size(); ++i) {
      (i < 8 ? packed.first : packed.last) |= std::uint64_t{static_cast<unsigned char>(name[i])} << (i % 8 * 8);
    }
    return packed;
  }

  // What of 16 bytes belongs to a name of each length.
  static constexpr auto kMasks = [] {
    std::array<Packed, kLongest + 1> masks{};
    for (std::size_t size = 0; size <= kLongest; ++size) {
      for (std::size_t i = 0; i < size; ++i) (i < 8 ? masks[size].first : masks[size].last) |= 0xffull << (i % 8 * 8);
    }
    return masks;
  }();

  constexpr int Find(const Packed& key) const {
    const std::size_t index = slots_[SlotOf(key)];
    return index < N && keys_[index] == key ? static_cast<int>(index) : kUnknown;
  }

  constexpr std::size_t SlotOf(const Packed& key) const {
    return static_cast<std::size_t>(((key.first ^ (key.last << 7) ^ (key.last >> 9)) * multiplier_) >>
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
