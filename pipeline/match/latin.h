#pragma once

// Text of any script in the letters A to Z.

#include <string>
#include <string_view>

namespace landfall {

// Letters by the tables of ICAO 9303 part 3 section 6 (Ä AE, Ø OE, ß SS, Ж ZH ...) where they have them, by ICU else;
// other marks are dropped, apostrophes of every kind become ', what is no letter or digit becomes a space. The result
// is ASCII, upper-cased where it was not ASCII before. Invalid UTF-8 counts as no letter. Any thread.
std::string ToAscii(std::string_view text);

}  // namespace landfall
