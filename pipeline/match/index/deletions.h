#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace landfall {

// Calls use(text) with the text without each choice of up to `most` letters (0, 1 or 2), itself first; a text may come
// more than once. Two texts whose optimal-string-alignment distance is at most k share one with k letters left out at
// most: a replaced letter is left out of both, an extra one of the one that has it, and of two swapped ones the same
// letter is left out of both.
template <typename Use>
void ForEachDeletion(std::string_view text, int most, Use use) {
  use(text);
  if (most < 1 || text.empty()) return;
  std::string left(text.substr(1));
  // left = text without letter i, moved on by one letter a step.
  for (std::size_t i = 0;; ++i) {
    use(std::string_view(left));
    if (most >= 2 && i < left.size()) {
      // And without a later letter j, so that each pair comes once.
      std::string shorter = left;
      shorter.erase(i, 1);
      for (std::size_t j = i;; ++j) {
        use(std::string_view(shorter));
        if (j >= shorter.size()) break;
        shorter[j] = left[j];
      }
    }
    if (i >= left.size()) break;
    left[i] = text[i];
  }
}

}  // namespace landfall
