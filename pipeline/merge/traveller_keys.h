#pragma once

// What merge needs to know of a message's travellers, worked out beforehand where threads are plenty.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "model/message.h"
#include "pipeline/reference/snapshot.h"

namespace landfall {

// An adult named on the vignette of a child, with the keys under which such a traveller is filed. 0 = no key.
struct AwaitedAdult {
  std::string vignette;
  std::uint32_t adult = 0;  // Which: 0 or 1.
  Person person;
  std::uint64_t document_key = 0;
  std::uint64_t name_key = 0;
};

// Keys of one traveller, as hashes. 0 = it has no such key.
struct TravellerKeys {
  // Who it is on this flight: the carrier's reference, else locator + name + birth date, else the document.
  std::uint64_t reference = 0;
  std::uint64_t booking = 0;
  std::uint64_t document = 0;
  // Locator + name alone: holds where one side states no birth date, as bookings seldom do.
  std::uint64_t booking_name = 0;
  bool has_birth_date = false;
  // Set for a traveller whom some vignette names as accompanying adult: where it travels is kept in mind.
  bool is_named_adult = false;
  std::vector<std::uint64_t> sighting_keys;
  // Set for a traveller who may be a child with a vignette for accompanied travel.
  std::vector<AwaitedAdult> awaited;
};

struct MessageKeys {
  std::vector<TravellerKeys> travellers;  // As in the message.
};

// Pure; any thread. Vignettes are looked up on `reference` by exact keys.
MessageKeys KeysOf(const Message& message, const ReferenceSnapshot& reference);

}  // namespace landfall
