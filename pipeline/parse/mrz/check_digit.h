#pragma once

#include <string_view>

namespace landfall::mrz {

// The check digit of ICAO Doc 9303 part 3 section 4.9, '0' to '9': weights 7, 3, 1 over and over; digits count their value,
// A to Z 10 to 35, fillers 0. The text must hold nothing else.
char CheckDigit(std::string_view text);

}  // namespace landfall::mrz
