#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/reference_records.h"
#include "pipeline/match/same_person.h"
#include "pipeline/merge/flight_state.h"

namespace landfall {

// The people of one flight by document and by name: finds a named person without comparing everybody.
class FlightPeople {
 public:
  explicit FlightPeople(const FlightState& state);

  struct Found {
    std::uint32_t traveller = 0;  // Number in the state.
    SamePerson match = SamePerson::kNo;
  };
  // Everybody who is, or may be, this person; in order of traveller.
  std::vector<Found> Find(const Person& person) const;

 private:
  const FlightState& state_;
  absl::flat_hash_map<std::string, std::vector<std::uint32_t>> by_document_, by_name_;
};

}  // namespace landfall
