#include "pipeline/match/party.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/flight_people.h"

namespace landfall {
namespace {

constexpr std::size_t kMostMembers = 99;
constexpr std::size_t kGroupBooking = 9;  // A locator of more people is a group booking.
constexpr std::int64_t kCheckinSeconds = 600;

// Strongest first: docs/RULES.md section 19.
int Strength(LinkBasis basis) {
  switch (basis) {
    case LinkBasis::kBooking: return 5;
    case LinkBasis::kVisa: return 4;
    case LinkBasis::kCheckin: return 3;
    case LinkBasis::kSeat: return 2;
    case LinkBasis::kInferred: return 1;
  }
  return 0;
}

// Sets of travellers joined by links, each with the strongest link in it.
class Links {
 public:
  explicit Links(std::size_t travellers) : parent_(travellers), basis_(travellers), is_linked_(travellers) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  void Join(std::uint32_t a, std::uint32_t b, LinkBasis basis) {
    a = Root(a);
    b = Root(b);
    const auto strengthen = [&](std::uint32_t root, LinkBasis by) {
      if (!is_linked_[root] || Strength(by) > Strength(basis_[root])) basis_[root] = by;
      is_linked_[root] = true;
    };
    strengthen(a, basis);
    if (a == b) return;
    if (is_linked_[b]) strengthen(a, basis_[b]);
    parent_[b] = a;
  }
  std::uint32_t Root(std::uint32_t traveller) {
    while (parent_[traveller] != traveller) traveller = parent_[traveller] = parent_[parent_[traveller]];
    return traveller;
  }
  LinkBasis BasisOf(std::uint32_t traveller) {
    const std::uint32_t root = Root(traveller);
    return is_linked_[root] ? basis_[root] : LinkBasis::kBooking;
  }

 private:
  std::vector<std::uint32_t> parent_;
  std::vector<LinkBasis> basis_;
  std::vector<bool> is_linked_;
};

using Buckets = absl::flat_hash_map<std::string, std::vector<std::uint32_t>>;

// Buckets in a fixed order: which link comes first must not depend on a hash.
std::vector<std::pair<std::string, std::vector<std::uint32_t>>> Sorted(Buckets buckets) {
  std::vector<std::pair<std::string, std::vector<std::uint32_t>>> sorted(buckets.begin(), buckets.end());
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

void JoinAll(const std::vector<std::uint32_t>& members, LinkBasis basis, Links& links) {
  for (std::size_t i = 1; i < members.size(); ++i) links.Join(members[0], members[i], basis);
}

const GroupRecord* GroupOf(const FlightState& state, std::uint32_t index, const ReferenceSnapshot& reference) {
  if (!reference.IsLoaded(ReferenceKind::kGroups)) return nullptr;
  const Traveller& traveller = *state.travellers[index].merged;
  const std::string_view locator = traveller.booking ? std::string_view(traveller.booking->locator) : "";
  const std::string_view group = traveller.booking ? std::string_view(traveller.booking->group) : "";
  return reference.FindGroup(locator, group, traveller, state.key.number, state.key.departs_on);
}

void LinkByBooking(const FlightState& state, const std::vector<const GroupRecord*>& groups, Links& links) {
  Buckets buckets;
  for (std::uint32_t i = 0; i < state.travellers.size(); ++i) {
    const Traveller& traveller = *state.travellers[i].merged;
    if (traveller.booking && !traveller.booking->locator.empty()) buckets[traveller.booking->locator].push_back(i);
  }
  for (const auto& [locator, members] : Sorted(std::move(buckets))) {
    const bool is_organised = std::any_of(members.begin(), members.end(), [&](std::uint32_t i) { return groups[i]; });
    if (members.size() <= kGroupBooking || is_organised) JoinAll(members, LinkBasis::kBooking, links);
  }
  // One organised group may hold several locators.
  std::map<std::string, std::vector<std::uint32_t>> organised;
  for (std::uint32_t i = 0; i < groups.size(); ++i) {
    if (groups[i] != nullptr) organised[groups[i]->group].push_back(i);
  }
  for (const auto& [group, members] : organised) JoinAll(members, LinkBasis::kBooking, links);
}

void LinkByVignette(const FlightState& state, const std::vector<const Vignette*>& vignettes, Links& links) {
  std::optional<FlightPeople> people;
  for (std::uint32_t child = 0; child < vignettes.size(); ++child) {
    if (vignettes[child] == nullptr || vignettes[child]->travel != ChildTravel::kAccompanied) continue;
    if (!people) people.emplace(state);
    for (const NamedAdult& adult : vignettes[child]->adults) {
      for (const FlightPeople::Found& found : people->Find(adult.person)) {
        const bool is_linked = found.traveller != child && found.match >= SamePerson::kNameAndBirth;
        if (is_linked) links.Join(child, found.traveller, LinkBasis::kVisa);
      }
    }
  }
}

// Everything two strangers would not share: telephone, e-mail, declared address.
std::vector<std::string> ContactKeys(const Traveller& traveller) {
  std::vector<std::string> keys;
  for (const Contact& contact : traveller.contacts) {
    std::string key;
    if (contact.kind == ContactKind::kPhone) key = PhoneKey(contact.value);
    if (contact.kind == ContactKind::kEmail) key = EmailKey(contact.value);
    if (!key.empty()) keys.push_back((contact.kind == ContactKind::kPhone ? "p" : "e") + key);
  }
  if (traveller.address) {
    if (std::string key = AddressKey(*traveller.address); !key.empty()) keys.push_back("a" + key);
  }
  return keys;
}

bool ShareNameOrContact(const Traveller& a, const Traveller& b) {
  if (SharesFamilyName(a.surname, b.surname)) return true;
  const std::vector<std::string> keys_a = ContactKeys(a), keys_b = ContactKeys(b);
  return std::any_of(keys_a.begin(), keys_a.end(), [&](const std::string& key) {
    return std::find(keys_b.begin(), keys_b.end(), key) != keys_b.end();
  });
}

// One transaction. Without ids the same time counts, within ten minutes: but strangers check in then, too, so a bare time
// links only those who share a family name, a contact or an address.
void LinkByCheckin(const FlightState& state, Links& links) {
  Buckets buckets;
  std::vector<std::pair<std::int64_t, std::uint32_t>> by_time;
  for (std::uint32_t i = 0; i < state.travellers.size(); ++i) {
    const Traveller& traveller = *state.travellers[i].merged;
    if (!traveller.checkin_id.empty()) buckets[traveller.checkin_id].push_back(i);
    else if (traveller.checkin_at) by_time.emplace_back(traveller.checkin_at->seconds, i);
  }
  for (const auto& [id, members] : Sorted(std::move(buckets))) JoinAll(members, LinkBasis::kCheckin, links);
  std::sort(by_time.begin(), by_time.end());
  for (std::size_t a = 0; a < by_time.size(); ++a) {
    for (std::size_t b = a + 1; b < by_time.size() && by_time[b].first - by_time[a].first <= kCheckinSeconds; ++b) {
      const Traveller& first = *state.travellers[by_time[a].second].merged;
      const Traveller& second = *state.travellers[by_time[b].second].merged;
      if (ShareNameOrContact(first, second)) links.Join(by_time[a].second, by_time[b].second, LinkBasis::kCheckin);
    }
  }
}

struct Seat {
  int row = 0;
  int column = 0;
};

std::optional<Seat> ParseSeat(std::string_view text) {
  Seat seat;
  std::size_t at = 0;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9' && at < 3) seat.row = seat.row * 10 + (text[at++] - '0');
  if (at == 0 || at + 1 != text.size()) return std::nullopt;
  seat.column = text[at];
  return seat;
}

bool SitTogether(const Traveller& a, const Traveller& b) {
  const std::optional<Seat> seat_a = ParseSeat(a.seat), seat_b = ParseSeat(b.seat);
  return seat_a && seat_b && seat_a->row == seat_b->row && std::abs(seat_a->column - seat_b->column) == 1;
}

// A shared contact and a shared family name; adjacent seats make it the stronger `seat`.
void LinkByInference(const FlightState& state, Links& links) {
  Buckets buckets;
  for (std::uint32_t i = 0; i < state.travellers.size(); ++i) {
    for (std::string& key : ContactKeys(*state.travellers[i].merged)) buckets[std::move(key)].push_back(i);
  }
  for (const auto& [key, members] : Sorted(std::move(buckets))) {
    if (members.size() > kMostMembers) continue;  // A travel agency's telephone says nothing.
    for (std::size_t a = 0; a < members.size(); ++a) {
      for (std::size_t b = a + 1; b < members.size(); ++b) {
        const Traveller& first = *state.travellers[members[a]].merged;
        const Traveller& second = *state.travellers[members[b]].merged;
        if (!SharesFamilyName(first.surname, second.surname)) continue;
        links.Join(members[a], members[b], SitTogether(first, second) ? LinkBasis::kSeat : LinkBasis::kInferred);
      }
    }
  }
}

// A party of more than 99 is no party: its locators stand for themselves.
std::vector<Party> SplitByLocator(const FlightState& state, const Party& party) {
  std::map<std::string, Party> by_locator;
  for (const std::uint32_t member : party.members) {
    const Traveller& traveller = *state.travellers[member].merged;
    const bool has_locator = traveller.booking && !traveller.booking->locator.empty();
    Party& part = by_locator[has_locator ? traveller.booking->locator : "#" + std::to_string(member)];
    part.group = party.group;
    // A single locator of more than 99 is cut into parties of 99.
    part.members.push_back(member);
  }
  std::vector<Party> parts;
  for (auto& [locator, part] : by_locator) {
    for (std::size_t first = 0; first < part.members.size(); first += kMostMembers) {
      Party piece = part;
      const std::size_t last = std::min(first + kMostMembers, part.members.size());
      piece.members.assign(part.members.begin() + static_cast<std::ptrdiff_t>(first),
                           part.members.begin() + static_cast<std::ptrdiff_t>(last));
      parts.push_back(std::move(piece));
    }
  }
  return parts;
}

}  // namespace

std::vector<Party> FormParties(const FlightState& state, const std::vector<const Vignette*>& vignettes,
                               const ReferenceSnapshot& reference, std::vector<Finding>& findings) {
  const std::size_t count = state.travellers.size();
  std::vector<const GroupRecord*> groups(count);
  for (std::uint32_t i = 0; i < count; ++i) groups[i] = GroupOf(state, i, reference);
  Links links(count);
  LinkByBooking(state, groups, links);
  LinkByVignette(state, vignettes, links);
  LinkByCheckin(state, links);
  LinkByInference(state, links);

  std::vector<Party> parties;
  std::vector<std::int64_t> party_of_root(count, -1);
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t root = links.Root(i);
    if (party_of_root[root] < 0) {
      party_of_root[root] = static_cast<std::int64_t>(parties.size());
      parties.push_back({{}, links.BasisOf(root), nullptr});
    }
    Party& party = parties[static_cast<std::size_t>(party_of_root[root])];
    party.members.push_back(i);
    if (party.group == nullptr) party.group = groups[i];
  }
  std::vector<Party> result;
  for (Party& party : parties) {
    if (party.members.size() <= kMostMembers) {
      result.push_back(std::move(party));
      continue;
    }
    findings.push_back({TravellerName(state, party.members.front()), "booking", FindingCode::kPartyTooLarge,
                        absl::StrFormat("%d people are linked to one party: it was split by locator",
                                        static_cast<int>(party.members.size()))});
    for (Party& part : SplitByLocator(state, party)) result.push_back(std::move(part));
  }
  std::sort(result.begin(), result.end(),
            [](const Party& a, const Party& b) { return a.members.front() < b.members.front(); });
  return result;
}

}  // namespace landfall
