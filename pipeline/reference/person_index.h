#pragma once

// People of reference records, filed so that a traveller finds them: by document number, and by name and birth year.

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "model/reference_records.h"
#include "pipeline/match/hash_index.h"

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

// Finds candidates: whoever looks up compares the person itself.
class PersonIndex {
 public:
  void Add(const Person& person, std::uint32_t number);
  void Seal();

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

  HashIndex documents_, names_;
};

}  // namespace landfall
