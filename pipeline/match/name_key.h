#pragma once

// Names and numbers folded to keys, so that spellings of one thing compare equal. (The full fuzzy matcher builds on it.)
// All of it is pure: any thread.

#include <string>
#include <string_view>
#include <vector>

#include "model/traveller.h"

namespace landfall {

// Tokens of a name: Latin letters upper-cased, marks dropped (ÅÄÖØÆß ... by the tables of ICAO 9303 part 3 section 6),
// apostrophes vanish, every other character splits. Titles (MR MRS MS MISS MSTR CHD INF) at the end are dropped, glued
// ones too where three letters or more are left (so that AMR stays AMR, and WILLIAMS and SHAMS too); fillers (FNU LNU
// UNKNOWN NFN XXX) are dropped. Any script by ICU.
std::vector<std::string> NameTokens(std::string_view name);

// All tokens of surname and given names, sorted and joined: equal for swapped and reordered parts. Empty if there is
// no token. One key for the transliterations of one name: AE, OE, UE, UXX, NXX and AA are written A, O, U, U, N and A,
// so MUELLER, MULLER, MUXXLLER and MÜLLER are equal (and so are NOEL and NOL, which does no harm beside a birth date).
std::string FullNameKey(std::string_view surname, std::string_view given_names);
// Every key under which a name is filed, that of FullNameKey first. Two names are one if they share a key. More than
// one for a name with particles: they may be run together with what follows (DELACRUZ, ALRAHMAN, OGRADY, ABDULAZIZ) or,
// where they only link (DE LA, AL, VAN ...), be left out; and for one that ends like a glued title, which may be its own.
std::vector<std::string> FullNameKeys(std::string_view surname, std::string_view given_names);
// True if the two names share a key.
bool SameFullName(std::string_view surname_a, std::string_view given_a, std::string_view surname_b,
                  std::string_view given_b);

// The surname's tokens run together, in order: O'NEILL, O NEILL and ONEILL are one. A mononym in the given names counts.
std::string FamilyNameKey(std::string_view surname, std::string_view given_names);
// True if two family names agree in a culture-aware way: equal, one compound contains the other's token, or a feminine
// ending (-OVA, -SKAIA ...) is the only difference.
bool SharesFamilyName(std::string_view surname_a, std::string_view surname_b);

// Document and visa numbers: letters and digits only, upper case.
std::string NumberKey(std::string_view number);
// A telephone number's digits with country code where it can be told ("+44 (0)20 7946 0000" -> "442079460000"). Empty
// for what is no number: fewer than six digits, or one digit repeated.
std::string PhoneKey(std::string_view phone);
// An address folded: postcode if there is one, with the house number; else all its words. Empty if nothing is known.
std::string AddressKey(const Address& address);
// Lower case without blanks; the escapes of booking systems (NAME//EXAMPLE.ORG) undone. Empty without an @.
std::string EmailKey(std::string_view email);

}  // namespace landfall
