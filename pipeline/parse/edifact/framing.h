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

// Finds the first interchange of `data`: from its UNA, UNB or, without an envelope, UNH to the terminator that follows
// UNZ. Any separators, lines wrapped anywhere, any text before and after. An interchange without UNZ ends where the next
// begins, else with the input; a UNZ without terminator with its line. `at_end`: no more bytes will come.
InterchangeFrame NextInterchange(std::string_view data, bool at_end, const InputLimits& limits);

// Whether a text holds what may be segments of a message, so that it must not be passed over.
bool HoldsSegments(std::string_view text);

// Whether `data` begins with UNA or UNB of an envelope, as far as its bytes tell. Looks at few of them.
bool MayBeginEnvelope(std::string_view data);

}  // namespace landfall::edifact
