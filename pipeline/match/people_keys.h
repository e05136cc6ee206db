#pragma once

// The folded keys of each person on a flight, made once: folding is what costs, comparing is cheap.

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_state.h"

namespace landfall {

struct LinkKeys {
  std::string family_name;  // FamilyNameKey; empty if there is no name.
  // Hashes of the folded telephone numbers and e-mail addresses, and of the address where the traveller says it will
  // stay in the own country (0: none). Good within one process; for comparing only.
  absl::InlinedVector<std::uint64_t, 3> contacts;
  std::uint64_t address = 0;
};

// By traveller. Any thread.
std::vector<LinkKeys> KeysOfPeople(const FlightState& state, const Configuration& configuration);

// Hashes as in LinkKeys. 0 if nothing is known.
std::uint64_t PhoneHash(std::string_view phone);
std::uint64_t AddressHash(const Address& address);

// The address where a traveller says it will stay, if it lies in the own country (or names none); else null.
const Address* DeclaredAddress(const Traveller& traveller, const Configuration& configuration);

// The name a family shares: of a person with one name alone, that one.
inline std::string_view FamilyNameOf(std::string_view surname, std::string_view given_names) {
  return surname.empty() ? given_names : surname;
}
inline std::string_view FamilyNameOf(const Traveller& traveller) {
  return FamilyNameOf(traveller.surname, traveller.given_names);
}

}  // namespace landfall
