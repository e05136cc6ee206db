#pragma once

// What may be matched with what in one name asked about: its tokens and the joins of two or three of them.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/match/index/token_dictionary.h"
#include "pipeline/match/name/name_form.h"

namespace landfall {

struct NameElement {
  std::string_view text;
  std::uint32_t first = 0, last = 0;  // The tokens it consumes, both ends included.
  bool is_prefix = false;             // May be the beginning of a token.
  std::uint32_t letters = 0;
  std::string skeleton;
  std::uint32_t skeleton_key = 0;  // As SkeletonKey makes it.
  std::uint32_t skeleton_class = TokenDictionary::kNone;
  std::uint32_t token = TokenDictionary::kNone;
  std::span<const std::uint16_t> groups;

  bool is_join() const { return first != last; }
  bool is_initial() const { return text.size() == 1; }
  bool Overlaps(const NameElement& other) const { return first <= other.last && other.first <= last; }
};

// Puts the elements of a form, borrowed from it, in place of what is there: tokens that count first, then joins.
// `may_be_cut`: the last token may be a beginning, if it has two letters or more.
void MakeElements(const NameForm& form, bool may_be_cut, const TokenDictionary& dictionary,
                  std::vector<NameElement>& elements);

}  // namespace landfall
