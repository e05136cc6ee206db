#pragma once

// Telephone numbers and addresses in one way of writing, so that the same one is told over time. Pure; any thread.

#include <string>
#include <string_view>

#include "model/traveller.h"

namespace landfall {

// A telephone number as E.164 (+442079460000). One without a country code is read as of `home` (only GBR has rules here).
// Empty for what is no number, or of which the country cannot be told.
std::string E164Of(std::string_view phone, CountryCode home);

// A postcode of the United Kingdom in its form (SW1A 1AA): case and blanks mended, and letters and digits that are taken for
// each other (O 0, I 1) where only the other can stand. Empty for what has not that form.
std::string UkPostcodeOf(std::string_view text);

// An address in the United Kingdom as one line of text, equal for one address written in several ways: the postcode, from
// its field or the end of the lines, with the numbers of flat and house, or with the house's name; without a postcode all
// words, abbreviations such as RD and ST written out. Empty if nothing is known.
std::string NormalAddressOf(const Address& address);

}  // namespace landfall
