#include "pipeline/reference/person_index.h"

#include <string>
#include <string_view>

#include "absl/hash/hash.h"
#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

constexpr std::string_view kVisa = "V";

std::uint64_t DocumentHash(std::string_view key) { return static_cast<std::uint64_t>(absl::HashOf('d', key)); }

std::uint64_t NameHash(std::string_view key, PartialDate birth) {
  return static_cast<std::uint64_t>(absl::HashOf('n', key, birth.year));
}

bool BirthDatesContradict(const Person& person, const Traveller& traveller) {
  return person.date_of_birth && traveller.date_of_birth && !Compatible(*person.date_of_birth, *traveller.date_of_birth);
}

}  // namespace

PersonKeys DocumentKeysOf(const Traveller& traveller) {
  PersonKeys keys;
  for (const Document& document : traveller.documents) {
    if (document.type == kVisa) continue;
    if (const std::string key = NumberKey(document.number); !key.empty()) keys.documents.push_back(DocumentHash(key));
  }
  return keys;
}

void AddNameKeys(const Traveller& traveller, PersonKeys& keys) {
  if (!traveller.date_of_birth) return;
  for (const std::string& key : FullNameKeys(traveller.surname, traveller.given_names)) {
    keys.names.push_back(NameHash(key, *traveller.date_of_birth));
  }
}

bool SameDocument(const Person& person, const Traveller& traveller) {
  if (BirthDatesContradict(person, traveller)) return false;
  const std::string number = NumberKey(person.document);
  if (number.empty()) return false;
  for (const Document& document : traveller.documents) {
    if (document.type == kVisa || NumberKey(document.number) != number) continue;
    if (person.issuer.empty() || document.issuer.empty() || person.issuer == document.issuer) return true;
  }
  return false;
}

bool SameNameAndBirth(const Person& person, const Traveller& traveller) {
  return person.date_of_birth && traveller.date_of_birth &&
         Compatible(*person.date_of_birth, *traveller.date_of_birth) &&
         SameFullName(person.surname, person.given_names, traveller.surname, traveller.given_names);
}

void PersonIndex::Add(const Person& person, std::uint32_t number) {
  if (const std::string key = NumberKey(person.document); !key.empty()) documents_.Add(DocumentHash(key), number);
  if (!person.date_of_birth) return;
  for (const std::string& key : FullNameKeys(person.surname, person.given_names)) {
    names_.Add(NameHash(key, *person.date_of_birth), number);
  }
  if (!files_spellings_ || !person.date_of_birth->IsWhole()) return;
  for (const std::uint64_t key : SpellingKeysOf(FormsOf(person.surname, person.given_names), person.date_of_birth)) {
    spellings_.Add(key, number);
    birthdays_.insert(person.date_of_birth->Earliest().days);
  }
}

bool PersonIndex::MayHaveSpelling(const Traveller& traveller) const {
  return traveller.date_of_birth && traveller.date_of_birth->IsWhole() &&
         birthdays_.contains(traveller.date_of_birth->Earliest().days);
}

void PersonIndex::Seal() {
  documents_.Seal();
  names_.Seal();
  spellings_.Seal();
}

}  // namespace landfall
