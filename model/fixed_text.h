#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <string_view>

namespace landfall {

// A short code of at most N characters held in place, such as a country or an airport. Empty = not known.
template <std::size_t N>
class FixedText {
 public:
  constexpr FixedText() = default;
  // Longer text is cut: callers check lengths before, where a cut would be an error.
  constexpr explicit FixedText(std::string_view text) {
    std::copy_n(text.begin(), std::min(N, text.size()), bytes_.begin());
  }

  constexpr std::string_view view() const {
    std::size_t size = 0;
    while (size < N && bytes_[size] != '\0') ++size;
    return {bytes_.data(), size};
  }
  constexpr bool empty() const { return bytes_[0] == '\0'; }

  friend constexpr auto operator<=>(const FixedText&, const FixedText&) = default;

  template <typename H>
  friend H AbslHashValue(H state, const FixedText& text) {
    return H::combine(std::move(state), text.bytes_);
  }

 private:
  std::array<char, N> bytes_{};
};

using CountryCode = FixedText<3>;  // ISO 3166-1 alpha-3, or a special code of ICAO 9303 part 3 section 5
using AirportCode = FixedText<3>;  // IATA

}  // namespace landfall
