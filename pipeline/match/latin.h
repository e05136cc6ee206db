#pragma once

// Text of any script in the letters A to Z.

#include <cstdint>
#include <string>
#include <string_view>

namespace landfall {

// How a letter that has several spellings is written.
enum class Spelling : std::uint8_t {
  kIcao,    // By the tables of ICAO 9303 part 3 section 6: Ä AE, Ø OE, Ж ZH, Х KH, Ю IU.
  kPlain,   // Marks and strokes dropped, other scripts by ICU's Any-Latin: Ä A, Ø O, Ж Z, Х H.
  kSlavic,  // As kIcao, with the other spellings of Slavic letters in use: Г H, Х H, Ц C, Щ SHT, Й Y, Ю YU, Я YA.
};

// Letters by the tables of the spelling where they have them, by ICU else;
// other marks are dropped, apostrophes of every kind become ', what is no letter or digit becomes a space. The result
// is ASCII, upper-cased where it was not ASCII before. Invalid UTF-8 counts as no letter. Any thread.
std::string ToAscii(std::string_view text, Spelling spelling = Spelling::kIcao);

bool HasCyrillic(std::string_view text);
bool IsAscii(std::string_view text);

}  // namespace landfall
