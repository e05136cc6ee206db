#include "pipeline/match/name/edit_distance.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace landfall {
namespace {

// What is equal at both ends is aligned with itself in some best alignment.
void StripCommonEnds(std::string_view& a, std::string_view& b) {
  const std::size_t shorter = std::min(a.size(), b.size());
  std::size_t front = 0;
  while (front < shorter && a[front] == b[front]) ++front;
  a.remove_prefix(front);
  b.remove_prefix(front);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

bool IsOneEdit(std::string_view a, std::string_view b) {
  if (a.size() <= 1 && b.size() <= 1) return true;
  return a.size() == 2 && b.size() == 2 && a[0] == b[1] && a[1] == b[0];
}

// Five diagonals are enough for two edits: cell d of row i stands for column i + d - 2.
bool IsTwoEdits(std::string_view a, std::string_view b) {
  constexpr int kMost = 2, kDiagonals = 5, kFar = 9;
  using Row = std::array<int, kDiagonals + 2>;  // One cell more at each side, always far.
  Row before_last, last, row;
  before_last.fill(kFar);
  last.fill(kFar);
  const int columns = static_cast<int>(b.size()), rows = static_cast<int>(a.size());
  for (int d = 0; d < kDiagonals; ++d) {
    if (d >= 2 && d - 2 <= columns) last[static_cast<std::size_t>(d + 1)] = d - 2;
  }
  for (int i = 1; i <= rows; ++i) {
    row.fill(kFar);
    int best = kFar;
    for (int d = 0; d < kDiagonals; ++d) {
      const int j = i + d - 2;
      if (j < 0 || j > columns) continue;
      const auto at = static_cast<std::size_t>(d + 1);
      if (j == 0) {
        row[at] = i;
      } else {
        const char ca = a[static_cast<std::size_t>(i - 1)], cb = b[static_cast<std::size_t>(j - 1)];
        int cell = std::min({last[at] + (ca == cb ? 0 : 1), last[at + 1] + 1, row[at - 1] + 1});
        if (i > 1 && j > 1 && ca == b[static_cast<std::size_t>(j - 2)] && cb == a[static_cast<std::size_t>(i - 2)]) {
          cell = std::min(cell, before_last[at] + 1);
        }
        row[at] = cell;
      }
      best = std::min(best, row[at]);
    }
    // A swap reaches over one row, so two must be too far.
    if (best > kMost && *std::min_element(last.begin(), last.end()) >= kMost) return false;
    before_last = std::exchange(last, row);
  }
  const int end = columns - rows + 2;
  return end >= 0 && end < kDiagonals && last[static_cast<std::size_t>(end + 1)] <= kMost;
}

}  // namespace

bool IsWithinEdits(std::string_view a, std::string_view b, int most) {
  const std::size_t longer = std::max(a.size(), b.size());
  if (longer - std::min(a.size(), b.size()) > static_cast<std::size_t>(most)) return false;
  StripCommonEnds(a, b);
  if (a.empty() && b.empty()) return true;
  if (most == 0) return false;
  return IsOneEdit(a, b) || (most == 2 && IsTwoEdits(a, b));
}

}  // namespace landfall
