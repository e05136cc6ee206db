#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "model/reference_records.h"
#include "pipeline/match/same_person.h"
#include "pipeline/merge/flight_state.h"

namespace landfall {

// The people of one flight by document and by name: finds a named person without comparing everybody in full. Borrows
// the state. One thread.
class FlightPeople {
 public:
  explicit FlightPeople(const FlightState& state);

  struct Found {
    std::uint32_t traveller = 0;  // Number in the state.
    SamePerson match = SamePerson::kNo;
  };
  // Everybody who is, or may be, this person; in order of traveller. Other spellings of the name are looked for only if
  // nobody is this person by number, or by the very name and birth date.
  std::vector<Found> Find(const Person& person);

 private:
  using Index = std::vector<std::pair<std::uint64_t, std::uint32_t>>;  // Hash of a key, traveller; sorted.
  void IndexNames();
  void AddOtherSpellings(const Person& person, std::vector<Found>& found) const;

  const FlightState& state_;
  Index by_document_;
  Index by_name_;  // Made when a person without a birth date is asked for.
};

}  // namespace landfall
