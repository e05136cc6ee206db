#pragma once

#include <cstdlib>
#include <optional>
#include <string_view>

namespace landfall {

struct Seat {
  int row = 0;
  int column = 0;  // A is 0. No seat is called I: H and J are neighbours.
};

// "21A"; nullopt for anything else.
inline std::optional<Seat> ParseSeat(std::string_view text) {
  Seat seat;
  std::size_t at = 0;
  while (at < text.size() && at < 3 && text[at] >= '0' && text[at] <= '9') seat.row = seat.row * 10 + (text[at++] - '0');
  if (at == 0 || at + 1 != text.size() || text[at] < 'A' || text[at] > 'Z') return std::nullopt;
  seat.column = text[at] - 'A' - (text[at] > 'I' ? 1 : 0);
  return seat;
}

inline bool IsWithin(Seat a, Seat b, int rows, int columns) {
  return std::abs(a.row - b.row) <= rows && std::abs(a.column - b.column) <= columns;
}

}  // namespace landfall
