#pragma once

// Whether a name asked about matches a name of the list: N of the predicate, on token ids.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/index/name_elements.h"
#include "pipeline/match/index/token_dictionary.h"
#include "pipeline/match/name/edit_distance.h"

namespace landfall {

// What is left of a set of letters that differ (LettersOf) when each edit has accounted for two.
inline std::uint32_t WithoutLetters(std::uint32_t different, int edits) {
  const std::uint32_t once = different & (different - 1), twice = once & (once - 1);
  const std::uint32_t thrice = twice & (twice - 1);
  return edits == 0 ? different : edits == 1 ? twice : thrice & (thrice - 1);
}

// True if texts of these sizes and letters may be within the edits allowed.
inline bool MayBeWithinEdits(std::size_t size_a, std::uint32_t letters_a, std::size_t size_b, std::uint32_t letters_b) {
  const auto [shorter, longer] = std::minmax(size_a, size_b);
  const int edits = EditsAllowed(shorter);
  if (longer - shorter > static_cast<std::size_t>(edits)) return false;
  return WithoutLetters(letters_a ^ letters_b, edits) == 0;
}

// Borrows all three. One thread.
class RowMatcher {
 public:
  RowMatcher(const TokenDictionary& dictionary, const NameForm& form, const std::vector<NameElement>& elements);

  // `tokens` of the row in order, as NameIndex keeps them: what does not count is marked.
  bool Matches(std::span<const std::uint32_t> tokens);

 private:
  enum class Pairing : std::uint8_t { kNone, kInitial, kFull };
  struct Pair {
    const NameElement* element;
    std::uint32_t first, last;  // Of the row, both ends included.
    Pairing pairing;
  };

  Pairing ComparePair(const NameElement& element, std::uint32_t token) const;
  Pairing CompareJoin(const NameElement& element);
  void MakeJoin(std::span<const std::uint32_t> tokens);
  const std::string& JoinSkeleton();
  // True if the pair, with one taken before, completes a matching.
  bool Take(Pair pair);

  const TokenDictionary& dictionary_;
  const std::vector<NameElement>& elements_;
  const std::size_t counted_;
  std::size_t needed_ = 0;
  std::vector<Pair> pairs_;
  // The join of the row that is compared.
  std::string join_, skeleton_;
  bool has_skeleton_ = false;  // Made when first asked for.
  std::uint32_t letters_ = 0;
  std::span<const std::uint16_t> groups_;
};

}  // namespace landfall
