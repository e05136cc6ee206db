#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace landfall {

// The words of an enum in the order of its values, which begin at 0: specialise `EnumText<E>::kWords`.
template <typename E>
struct EnumText;

template <typename E>
constexpr std::string_view ToText(E value) {
  return EnumText<E>::kWords[static_cast<std::size_t>(value)];
}

// Returns nullopt for a word that is not in the list. Case matters.
template <typename E>
constexpr std::optional<E> FromText(std::string_view word) {
  const auto& words = EnumText<E>::kWords;
  for (std::size_t i = 0; i < std::size(words); ++i) {
    if (words[i] == word) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace landfall
