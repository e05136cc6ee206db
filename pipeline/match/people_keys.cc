#include "pipeline/match/people_keys.h"

#include "absl/hash/hash.h"
#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

// Never 0, which says "none". The kind keeps a telephone number from equalling something else.
std::uint64_t HashOfKey(char kind, const std::string& key) {
  return key.empty() ? 0 : static_cast<std::uint64_t>(absl::HashOf(kind, key)) | 1;
}

std::uint64_t HashOfContact(const Contact& contact) {
  switch (contact.kind) {
    case ContactKind::kPhone: return PhoneHash(contact.value);
    case ContactKind::kEmail: return HashOfKey('e', EmailKey(contact.value));
    default: return 0;
  }
}

LinkKeys KeysOfPerson(const Traveller& traveller, const Configuration& configuration) {
  LinkKeys keys;
  keys.family_name = FamilyNameKey(traveller.surname, traveller.given_names);
  for (const Contact& contact : traveller.contacts) {
    if (const std::uint64_t key = HashOfContact(contact)) keys.contacts.push_back(key);
  }
  if (const Address* const address = DeclaredAddress(traveller, configuration)) keys.address = AddressHash(*address);
  return keys;
}

}  // namespace

std::uint64_t PhoneHash(std::string_view phone) { return HashOfKey('p', PhoneKey(phone)); }

std::uint64_t AddressHash(const Address& address) { return HashOfKey('a', AddressKey(address)); }

const Address* DeclaredAddress(const Traveller& traveller, const Configuration& configuration) {
  if (!traveller.address) return nullptr;
  const CountryCode country = traveller.address->country;
  return country.empty() || country == configuration.own_country ? &*traveller.address : nullptr;
}

std::vector<LinkKeys> KeysOfPeople(const FlightState& state, const Configuration& configuration) {
  std::vector<LinkKeys> keys;
  keys.reserve(state.travellers.size());
  for (const FlightTraveller& traveller : state.travellers) {
    keys.push_back(KeysOfPerson(*traveller.merged, configuration));
  }
  return keys;
}

}  // namespace landfall
