#pragma once

// Invented names, made of syllables in the manner of several naming cultures. They are nobody's: a name that is also
// somebody's is chance.

#include <cstdint>
#include <string>

#include "app/synth/random.h"
#include "model/traveller.h"

namespace landfall::app {

enum class NamingCulture : std::uint8_t {
  kWestAfrican,
  kEastAfrican,
  kArabic,
  kSouthAsian,
  kEastAsian,
  kSlavic,
  kLatin,
  kNordic,
  kTurkic,
  // The people of the watch list and their namesakes: no ordinary traveller gets a name of these syllables, so a match
  // is always a planted one.
  kListed,
};

// Upper case. Some have two parts; where the culture does so, a woman's ends differently from a man's.
std::string MakeSurname(Random& random, NamingCulture culture, Sex sex);
// One or two given names, upper case.
std::string MakeGivenNames(Random& random, NamingCulture culture, Sex sex);
// The surname as a relative of the other sex bears it.
std::string SurnameFor(const std::string& surname, NamingCulture culture, Sex sex);

// A street name and number that exist nowhere.
std::string MakeStreet(Random& random);

}  // namespace landfall::app
