#include "pipeline/match/same_person.h"

#include "pipeline/match/name_key.h"
#include "pipeline/match/person_score.h"

namespace landfall {
namespace {

bool BirthDatesContradict(const Person& person, const Traveller& traveller) {
  return person.date_of_birth && traveller.date_of_birth &&
         !Compatible(*person.date_of_birth, *traveller.date_of_birth);
}

bool HasDocument(const Person& person, const Traveller& traveller) {
  const std::string number = NumberKey(person.document);
  if (number.empty()) return false;
  for (const Document& document : traveller.documents) {
    if (document.type == "V" || NumberKey(document.number) != number) continue;
    if (person.issuer.empty() || document.issuer.empty() || person.issuer == document.issuer) return true;
  }
  return false;
}

bool HasAnyNumber(const Traveller& traveller) {
  for (const Document& document : traveller.documents) {
    if (document.type != "V" && !document.number.empty()) return true;
  }
  return false;
}

// A name without a birth date on both sides.
SamePerson ByNameAlone(const Person& person, const Traveller& traveller) {
  // With a number on both sides the numbers differ, and nothing else speaks for the same person.
  const bool numbers_differ = !person.document.empty() && HasAnyNumber(traveller);
  return numbers_differ ? SamePerson::kNo : SamePerson::kNameOnly;
}

}  // namespace

SamePerson CompareExactly(const Person& person, const Traveller& traveller) {
  if (BirthDatesContradict(person, traveller)) return SamePerson::kNo;
  if (HasDocument(person, traveller)) return SamePerson::kDocument;
  const std::string name = FullNameKey(person.surname, person.given_names);
  if (name.empty() || name != FullNameKey(traveller.surname, traveller.given_names)) return SamePerson::kNo;
  if (person.date_of_birth && traveller.date_of_birth) return SamePerson::kNameAndBirth;
  return ByNameAlone(person, traveller);
}

SamePerson CompareSpelling(const Person& person, const Traveller& traveller) {
  if (person.date_of_birth && traveller.date_of_birth) {
    return IsOtherSpelling(ViewOf(person), ViewOf(traveller)) ? SamePerson::kNameAndBirth : SamePerson::kNo;
  }
  const SamePerson by_name = ByNameAlone(person, traveller);
  if (by_name == SamePerson::kNo) return by_name;
  return AreNamesakes(ViewOf(person), ViewOf(traveller)) ? by_name : SamePerson::kNo;
}

SamePerson ComparePerson(const Person& person, const Traveller& traveller) {
  const SamePerson exactly = CompareExactly(person, traveller);
  return exactly == SamePerson::kNo ? CompareSpelling(person, traveller) : exactly;
}

}  // namespace landfall
