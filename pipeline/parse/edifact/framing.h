#pragma once

#include <cstddef>
#include <string_view>

#include "pipeline/configuration.h"

namespace landfall::edifact {

// Where an interchange stands in a piece of input: [begin, end).
struct InterchangeFrame {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool complete = false;  // False: more bytes are needed, or (at the end of the input) there is no further interchange.
};

// Finds the first interchange of `data`: from its UNA, UNB or UNH (or the Type-B shell before it) to the terminator that
// follows UNZ, or, without one, to the end of the input or the next UNA or UNB. Any separators, lines wrapped anywhere.
// `at_end`: no more bytes will come.
InterchangeFrame NextInterchange(std::string_view data, bool at_end, const InputLimits& limits);

}  // namespace landfall::edifact
