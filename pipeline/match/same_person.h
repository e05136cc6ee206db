#pragma once

// Whether a traveller is the person that a reference record names: by document, else by name, in any spelling, and birth
// date.

#include <cstdint>

#include "model/reference_records.h"
#include "model/traveller.h"

namespace landfall {

// Strongest last.
enum class SamePerson : std::uint8_t {
  kNo,
  kNameOnly,      // A namesake whose birth date or number cannot be compared: it proves nothing either way.
  kNameAndBirth,  // The number differs (renewed), or is unknown on a side.
  kDocument,
};

// A document counts with its issuer where both sides know it; a contradicting birth date vetoes it, since numbers
// repeat across issuers. Another spelling of the name does not. Any thread.
SamePerson ComparePerson(const Person& person, const Traveller& traveller);

// The two halves of it. Exactly: by number, and by folded names (FullNameKey); quick. By spelling: names that agree as
// watch entries' do (NamesAgree), with the same whole birth date on both sides and enough in the score, or as namesakes;
// never kDocument.
SamePerson CompareExactly(const Person& person, const Traveller& traveller);
SamePerson CompareSpelling(const Person& person, const Traveller& traveller);

}  // namespace landfall
