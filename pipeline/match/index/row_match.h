#pragma once

// Whether a name asked about matches a name of the list: N of the predicate, on token ids.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/index/name_elements.h"
#include "pipeline/match/index/token_dictionary.h"

namespace landfall {

inline bool AreAllParticles(std::span<const std::uint32_t> tokens, const TokenDictionary& dictionary) {
  for (const std::uint32_t token : tokens) {
    if (!dictionary.is_particle(token)) return false;
  }
  return true;
}

// Borrows all three. One thread.
class RowMatcher {
 public:
  RowMatcher(const TokenDictionary& dictionary, const NameForm& form, const std::vector<NameElement>& elements);

  // `tokens` of the row in order; of each place two `join_skeletons` (see NameIndex).
  bool Matches(std::span<const std::uint32_t> tokens, std::span<const std::uint32_t> join_skeletons);

 private:
  enum class Pairing : std::uint8_t { kNone, kInitial, kFull };
  struct Pair {
    const NameElement* element;
    std::uint32_t first, last;  // Of the row, both ends included.
    Pairing pairing;
  };

  Pairing ComparePair(const NameElement& element, std::uint32_t token) const;
  Pairing CompareJoin(const NameElement& element, std::span<const std::uint32_t> tokens, std::uint32_t skeleton);
  // True if the pair, with one taken before, completes a matching.
  bool Take(Pair pair);

  const TokenDictionary& dictionary_;
  const std::vector<NameElement>& elements_;
  const std::size_t counted_;
  std::size_t needed_ = 0;
  std::vector<Pair> pairs_;
  std::string join_;
};

}  // namespace landfall
