#include "pipeline/match/flight_people.h"

#include <algorithm>
#include <string>

#include "absl/container/inlined_vector.h"
#include "absl/hash/hash.h"
#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

using Candidates = absl::InlinedVector<std::uint32_t, 8>;

std::uint64_t HashOfText(const std::string& text) { return static_cast<std::uint64_t>(absl::HashOf(text)); }

void AddCandidates(const std::vector<std::pair<std::uint64_t, std::uint32_t>>& index, const std::string& key,
                   Candidates& candidates) {
  const std::uint64_t hash = HashOfText(key);
  auto it = std::lower_bound(index.begin(), index.end(), std::pair(hash, std::uint32_t{0}));
  for (; it != index.end() && it->first == hash; ++it) candidates.push_back(it->second);
}

bool MayBeBornOn(const std::optional<PartialDate>& birth, PartialDate asked) {
  return !birth || (birth->year == asked.year && Compatible(*birth, asked));
}

}  // namespace

FlightPeople::FlightPeople(const FlightState& state) : state_(state) {
  for (std::uint32_t i = 0; i < state.travellers.size(); ++i) {
    for (const Document& document : state.travellers[i].merged->documents) {
      if (document.type == "V" || document.number.empty()) continue;
      by_document_.emplace_back(HashOfText(NumberKey(document.number)), i);
    }
  }
  std::sort(by_document_.begin(), by_document_.end());
}

void FlightPeople::IndexNames() {
  if (!by_name_.empty()) return;
  for (std::uint32_t i = 0; i < state_.travellers.size(); ++i) {
    const Traveller& traveller = *state_.travellers[i].merged;
    for (const std::string& key : FullNameKeys(traveller.surname, traveller.given_names)) {
      by_name_.emplace_back(HashOfText(key), i);
    }
  }
  std::sort(by_name_.begin(), by_name_.end());
}

// Only for somebody whom nobody is for sure: it compares in full.
void FlightPeople::AddOtherSpellings(const Person& person, std::vector<Found>& found) const {
  const std::size_t exact = found.size();
  for (std::uint32_t i = 0; i < state_.travellers.size(); ++i) {
    const Traveller& traveller = *state_.travellers[i].merged;
    if (person.date_of_birth && !MayBeBornOn(traveller.date_of_birth, *person.date_of_birth)) continue;
    const bool is_known = std::any_of(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(exact),
                                      [i](const Found& known) { return known.traveller == i; });
    if (is_known) continue;
    const SamePerson match = CompareSpelling(person, traveller);
    if (match != SamePerson::kNo) found.push_back({i, match});
  }
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.traveller < b.traveller; });
}

std::vector<FlightPeople::Found> FlightPeople::Find(const Person& person) {
  Candidates candidates;
  if (!person.document.empty()) AddCandidates(by_document_, NumberKey(person.document), candidates);
  if (person.date_of_birth) {
    // A birth date leaves so few that their names need no index.
    for (std::uint32_t i = 0; i < state_.travellers.size(); ++i) {
      if (MayBeBornOn(state_.travellers[i].merged->date_of_birth, *person.date_of_birth)) candidates.push_back(i);
    }
  } else {
    IndexNames();
    for (const std::string& key : FullNameKeys(person.surname, person.given_names)) {
      AddCandidates(by_name_, key, candidates);
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<Found> found;
  bool is_sure = false;
  for (const std::uint32_t candidate : candidates) {
    const SamePerson match = CompareExactly(person, *state_.travellers[candidate].merged);
    if (match != SamePerson::kNo) found.push_back({candidate, match});
    is_sure = is_sure || match >= SamePerson::kNameAndBirth;
  }
  if (!is_sure) AddOtherSpellings(person, found);
  return found;
}

}  // namespace landfall
