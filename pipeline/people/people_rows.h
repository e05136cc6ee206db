#pragma once

// What the people book keeps, as rows: who travelled in a party with a child, and what tells them again. Keys are keyed
// hashes, so that none holds personal data. docs/FORMATS.md gives each row, docs/ARCHITECTURE.md what the book is.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "model/digest.h"
#include "model/message.h"
#include "pipeline/facts/flight_facts.h"
#include "storage/database.h"

namespace landfall {

// The first byte of a key.
enum class PeopleRow : char { kSighting = 's', kFinder = 'k', kContact = 'c', kJudgement = 'j' };

// Someone as a document states them: everybody who shows one document with one birth date is one identity. Without a
// document, a traveller of one flight and nobody else.
using IdentityKey = Digest128;
IdentityKey IdentityOf(const HashKey& key, const FlightKey& flight, std::string_view traveller_name,
                       const Traveller& traveller);

// What a telephone number, an address or a sponsor is known by over time.
enum class ContactSort : char { kPhone = 'T', kAddress = 'A', kSponsor = 'S' };
// `text` in its normal form (contact_text.h), or a sponsor's key text.
Digest128 ContactKeyOf(const HashKey& key, ContactSort sort, std::string_view text);

// P-, T-, A- or S- and 16 hex digits: the beginning of a key. The same in one store for ever.
std::string PeopleId(char letter, const Digest128& key);
// The eight bytes that an id begins with; nullopt for what is none.
std::optional<std::string> ParsePeopleId(char letter, std::string_view id);

// A sighting: who was seen, as the flight's list states it, with the flight.
std::string SightingPrefix(std::string_view beginning_of_identity);
struct SightingKey {
  IdentityKey identity{};
  FlightKey flight;
};
std::optional<SightingKey> ParseSightingKey(std::string_view key);

// Finders: which identities have this document number, visa number, or whole birth date.
enum class FinderSort : char { kDocument = 'd', kVisa = 'v', kBirthDate = 'b' };
std::string FinderPrefix(const HashKey& key, FinderSort sort, std::string_view text);
std::optional<IdentityKey> IdentityOfFinder(std::string_view key);
std::string BirthText(const PartialDate& date);

// Contacts: which identities, on which flights, and in which role: "own", "declared", "sponsor", "receiver".
std::string ContactPrefix(std::string_view beginning_of_contact);
struct ContactKey {
  Digest128 contact{};
  SightingKey sighting;
};
std::optional<ContactKey> ParseContactKey(std::string_view key);
// The value: role and text.
struct ContactValue {
  std::string role, text;
};
std::optional<ContactValue> ParseContactValue(std::string_view value);

// Judgements on a pair of identities, in the order they were made.
std::string JudgementPrefix(const IdentityKey& a, const IdentityKey& b);
std::string JudgementPrefixOf(const IdentityKey& a);  // Of all in which it comes first.

// The rows, keys and values, of everybody on this flight who travels with a child. Writing the same again changes nothing.
// Any thread.
std::vector<std::pair<std::string, std::string>> PeopleRowsOf(const HashKey& key, const FlightState& state,
                                                              const FlightContext& context,
                                                              const Configuration& configuration);

}  // namespace landfall
