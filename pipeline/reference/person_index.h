#pragma once

// People of reference records, filed so that a traveller finds them: by document number, by name and birth year, and by
// another spelling of the name and the whole birth date.

#include <cstdint>

#include "absl/container/flat_hash_set.h"
#include "absl/container/inlined_vector.h"
#include "model/reference_records.h"
#include "pipeline/match/hash_index.h"
#include "pipeline/match/names_agree.h"
#include "pipeline/match/person_score.h"

namespace landfall {

// Under what a traveller looks people up. Worked out once for several indexes.
struct PersonKeys {
  absl::InlinedVector<std::uint64_t, 4> documents;  // Visas are no documents of a person.
  absl::InlinedVector<std::uint64_t, 4> names;      // With the birth year; none without one.
};
PersonKeys DocumentKeysOf(const Traveller& traveller);
void AddNameKeys(const Traveller& traveller, PersonKeys& keys);
inline PersonKeys PersonKeysOf(const Traveller& traveller) {
  PersonKeys keys = DocumentKeysOf(traveller);
  AddNameKeys(traveller, keys);
  return keys;
}

// A number of the traveller's documents, the issuers equal or one unknown, and no contradicting birth date.
bool SameDocument(const Person& person, const Traveller& traveller);
// The full name in some accepted spelling, and a birth date on both sides that agrees.
bool SameNameAndBirth(const Person& person, const Traveller& traveller);
inline bool IsSame(const Person& person, const Traveller& traveller) {
  return SameDocument(person, traveller) || SameNameAndBirth(person, traveller);
}

// Names that agree in another spelling, and one whole birth date (person_score.h): for those whom IsSame does not find.
inline bool IsOtherSpelling(const Person& person, const Traveller& traveller) {
  return IsOtherSpelling(ViewOf(person), ViewOf(traveller));
}

enum class FileSpellings : bool { kNo, kYes };

// Finds candidates: whoever looks up compares the person itself.
class PersonIndex {
 public:
  explicit PersonIndex(FileSpellings spellings = FileSpellings::kNo) : files_spellings_(spellings == FileSpellings::kYes) {}

  void Add(const Person& person, std::uint32_t number);
  void Seal();

  // Calls `use(number)` for each candidate by another spelling, perhaps more than once. Quick for the many travellers on
  // whose birthday nobody is filed; else the keys are made from the name. Nobody, unless spellings are filed.
  template <typename Use>
  void ForEachBySpelling(const Traveller& traveller, Use use) const {
    if (!MayHaveSpelling(traveller)) return;
    const NameForms forms = FormsOf(traveller.surname, traveller.given_names);
    for (const std::uint64_t hash : SpellingKeysOf(forms, traveller.date_of_birth)) {
      for (const std::uint32_t number : spellings_.Find(hash)) use(number);
    }
  }

  // Calls `use(number)` for each candidate, perhaps more than once.
  template <typename Use>
  void ForEachByDocument(const PersonKeys& keys, Use use) const {
    ForEach(documents_, keys.documents, use);
  }
  template <typename Use>
  void ForEachByName(const PersonKeys& keys, Use use) const {
    ForEach(names_, keys.names, use);
  }
  template <typename Use>
  void ForEachCandidate(const PersonKeys& keys, Use use) const {
    ForEachByDocument(keys, use);
    ForEachByName(keys, use);
  }

 private:
  template <typename Use>
  static void ForEach(const HashIndex& index, const absl::InlinedVector<std::uint64_t, 4>& hashes, Use use) {
    for (const std::uint64_t hash : hashes) {
      for (const std::uint32_t number : index.Find(hash)) use(number);
    }
  }

  bool MayHaveSpelling(const Traveller& traveller) const;

  bool files_spellings_;
  HashIndex documents_, names_, spellings_;
  absl::flat_hash_set<std::int32_t> birthdays_;  // Of those filed by spelling.
};

}  // namespace landfall
