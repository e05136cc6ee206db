#pragma once

// What speaks for and against two people being one, field by field, in decibans. As a watch entry is scored, but without a
// list: rarity comes from the shipped table.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "model/reference_records.h"
#include "model/traveller.h"
#include "pipeline/match/watch_index.h"

namespace landfall {

// A person as a record or a message states it. Borrows the texts.
struct PersonView {
  struct Number {
    std::string_view number;
    CountryCode issuer;
  };
  std::string_view surname, given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  std::string_view nationality;
  absl::InlinedVector<Number, 2> documents;  // Visas are no documents of a person.
};
PersonView ViewOf(const Person& person);
PersonView ViewOf(const Traveller& traveller);

struct PersonScore {
  std::int32_t score = 0;        // The sum of the terms.
  std::vector<MatchTerm> terms;  // `query` is of the first person, `entry` of the second.
};
// The same sum for (a, b) and (b, a). `same_number`: a number that is no document's agrees, such as a visa's; another name
// then counts no more against them than beside a document. Any thread.
PersonScore ScorePersons(const PersonView& a, const PersonView& b, bool same_number = false);

// From here on another spelling of a name, with the same whole birth date, is the same person: on one flight, or among the
// holders of one record, few others are born on that day. Chosen by hand (docs/MATCHING.md).
inline constexpr std::int32_t kSameWithBirthDate = 30;
// From here on another spelling of a name alone is a namesake, which proves nothing either way.
inline constexpr std::int32_t kNamesake = 0;

// The names agree in another spelling, and both state the same whole birth date.
bool IsOtherSpelling(const PersonView& a, const PersonView& b);
// The names agree in another spelling; what else is known is not asked.
bool AreNamesakes(const PersonView& a, const PersonView& b);

// "name: MUHAMMED KHAN, MOHAMED KHAN: +9", one for each term, both values and the decibans; the sum first.
std::vector<std::string> EvidenceOf(std::int32_t score, const std::vector<MatchTerm>& terms);

}  // namespace landfall
