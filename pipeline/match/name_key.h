#pragma once

// Names and numbers folded to keys, so that spellings of one thing compare equal. (The full fuzzy matcher builds on it.)

#include <string>
#include <string_view>
#include <vector>

#include "model/traveller.h"

namespace landfall {

// Tokens of a name: Latin letters upper-cased, marks dropped (ÅÄÖØÆß ... by the tables of ICAO 9303 part 3 section 6),
// apostrophes vanish, every other character splits. Titles (MR MRS MS MISS MSTR CHD INF) at the end are dropped, glued
// ones too where a letter or more is left; fillers (FNU LNU UNKNOWN NFN XXX) are dropped. Any script by ICU.
std::vector<std::string> NameTokens(std::string_view name);

// All tokens of surname and given names, sorted and joined: equal for swapped and reordered parts. Empty if there is
// no token.
std::string FullNameKey(std::string_view surname, std::string_view given_names);
// The surname's tokens run together, in order: O'NEILL, O NEILL and ONEILL are one. A mononym in the given names counts.
std::string FamilyNameKey(std::string_view surname, std::string_view given_names);
// True if two family names agree in a culture-aware way: equal, one compound contains the other's token, or a feminine
// ending (-OVA, -SKAIA ...) is the only difference.
bool SharesFamilyName(std::string_view surname_a, std::string_view surname_b);

// Document and visa numbers: letters and digits only, upper case.
std::string NumberKey(std::string_view number);
// A telephone number's digits with country code where it can be told ("+44 (0)20 7946 0000" -> "442079460000").
std::string PhoneKey(std::string_view phone);
// An address folded: postcode if there is one, with the house number; else all its words. Empty if nothing is known.
std::string AddressKey(const Address& address);
std::string EmailKey(std::string_view email);

}  // namespace landfall
