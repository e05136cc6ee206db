#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace landfall {

// A small list of words, made to tell quickly that a token is not in it: most are not, and every traveller asks often.
template <std::size_t N>
class WordList {
 public:
  constexpr explicit WordList(const std::string_view (&words)[N]) : words_(std::to_array(words)) {
    for (const std::string_view word : words_) {
      longest_ = std::max(longest_, word.size());
      first_letters_ |= Bit(word.front());
    }
  }
  constexpr bool Contains(std::string_view token) const {
    return token.size() <= longest_ && !token.empty() && (first_letters_ & Bit(token.front())) != 0 &&
           std::find(words_.begin(), words_.end(), token) != words_.end();
  }

 private:
  static constexpr std::uint64_t Bit(char c) { return std::uint64_t{1} << (static_cast<unsigned char>(c) & 63); }

  std::array<std::string_view, N> words_;
  std::size_t longest_ = 0;
  std::uint64_t first_letters_ = 0;
};

// Particles that only link: left out, the name is the same. pipeline/match/oracle.cc has a list of its own.
inline constexpr WordList kParticles({"AL",  "BEN", "BIN", "BINT", "DA", "DAS", "DE", "DEL", "DELLA", "DEN", "DER", "DI",
                                      "DO",  "DOS", "E",   "EL",   "IBN", "LA", "LE",  "LES", "TE",   "TER", "UL",  "VAN",
                                      "VON", "Y"});

}  // namespace landfall
