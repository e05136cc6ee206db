#include "pipeline/match/flight_people.h"

#include <set>

#include "pipeline/match/name_key.h"

namespace landfall {

FlightPeople::FlightPeople(const FlightState& state) : state_(state) {
  for (std::uint32_t i = 0; i < state.travellers.size(); ++i) {
    const Traveller& traveller = *state.travellers[i].merged;
    for (const Document& document : traveller.documents) {
      if (document.type != "V" && !document.number.empty()) by_document_[NumberKey(document.number)].push_back(i);
    }
    by_name_[FullNameKey(traveller.surname, traveller.given_names)].push_back(i);
  }
}

std::vector<FlightPeople::Found> FlightPeople::Find(const Person& person) const {
  std::set<std::uint32_t> candidates;
  const auto add = [&](const auto& index, const std::string& key) {
    if (key.empty()) return;
    const auto it = index.find(key);
    if (it != index.end()) candidates.insert(it->second.begin(), it->second.end());
  };
  add(by_document_, NumberKey(person.document));
  add(by_name_, FullNameKey(person.surname, person.given_names));
  std::vector<Found> found;
  for (const std::uint32_t candidate : candidates) {
    const SamePerson match = ComparePerson(person, *state_.travellers[candidate].merged);
    if (match != SamePerson::kNo) found.push_back({candidate, match});
  }
  return found;
}

}  // namespace landfall
