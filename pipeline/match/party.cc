#include "pipeline/match/party.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "absl/hash/hash.h"
#include "absl/strings/str_format.h"
#include "pipeline/match/flight_people.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/seat.h"

namespace landfall {
namespace {

constexpr std::size_t kMostMembers = 99;
constexpr std::size_t kGroupBooking = 9;  // A locator of more people is a group booking.
constexpr std::int64_t kCheckinSeconds = 600;
// A name that more people on the flight bear says nothing by itself.
constexpr std::size_t kCommonName = 9;
// A telephone number or address that more people share is that of an agency or a hotel: only the very same family name
// counts beside it then.
constexpr std::size_t kCommonContact = 30;

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

// Sets of travellers joined by links, each with the strongest link in it. The order of joining makes no difference.
class Links {
 public:
  explicit Links(std::size_t travellers) : parent_(travellers), basis_(travellers), is_linked_(travellers) {
    std::iota(parent_.begin(), parent_.end(), 0u);
  }
  void Join(std::uint32_t a, std::uint32_t b, LinkBasis basis) {
    if (a == b) return;  // One person may state a telephone number twice.
    a = Root(a);
    b = Root(b);
    Strengthen(a, basis);
    if (a == b) return;
    if (is_linked_[b]) Strengthen(a, basis_[b]);
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
  // True if a link of this basis would change nothing.
  bool Hold(std::uint32_t a, std::uint32_t b, LinkBasis basis) {
    return Root(a) == Root(b) && Strength(BasisOf(a)) >= Strength(basis);
  }

 private:
  void Strengthen(std::uint32_t root, LinkBasis basis) {
    if (!is_linked_[root] || Strength(basis) > Strength(basis_[root])) basis_[root] = basis;
    is_linked_[root] = true;
  }

  std::vector<std::uint32_t> parent_;
  std::vector<LinkBasis> basis_;
  std::vector<bool> is_linked_;
};

// Travellers by something they share. Sorted vectors: much cheaper to make and walk than a map of lists.
template <typename Key>
using Shared = std::vector<std::pair<Key, std::uint32_t>>;

// Calls visit(travellers) for each run of equal keys that holds two or more.
template <typename Key, typename Visit>
void ForEachGroup(Shared<Key>& shared, Visit visit) {
  std::sort(shared.begin(), shared.end());
  std::vector<std::uint32_t> members;
  for (std::size_t first = 0; first < shared.size();) {
    std::size_t last = first + 1;
    while (last < shared.size() && shared[last].first == shared[first].first) ++last;
    if (last - first > 1) {
      members.clear();
      for (std::size_t i = first; i < last; ++i) members.push_back(shared[i].second);
      visit(members);
    }
    first = last;
  }
}

class PartyMaker {
 public:
  PartyMaker(const FlightState& state, const std::vector<LinkKeys>& keys, const ReferenceSnapshot& reference)
      : state_(state), keys_(keys), groups_(state.travellers.size()), links_(state.travellers.size()) {
    if (!reference.IsLoaded(ReferenceKind::kGroups)) return;
    for (std::uint32_t i = 0; i < groups_.size(); ++i) groups_[i] = GroupOf(i, reference);
  }

  void LinkByBooking();
  void LinkByVignette(const std::vector<const Vignette*>& vignettes);
  void LinkByCheckin();
  void LinkByInference();
  std::vector<Party> Parties(std::vector<Finding>& findings);

 private:
  const Traveller& At(std::uint32_t i) const { return *state_.travellers[i].merged; }
  bool IsCrew(std::uint32_t i) const {
    return At(i).type == TravellerType::kCrew || At(i).type == TravellerType::kTransitCrew;
  }
  std::string_view LocatorOf(std::uint32_t i) const {
    return At(i).booking ? std::string_view(At(i).booking->locator) : std::string_view();
  }
  std::uint64_t NameHash(std::uint32_t i) const {
    return keys_[i].family_name.empty() ? 0 : static_cast<std::uint64_t>(absl::HashOf(keys_[i].family_name)) | 1;
  }
  const GroupRecord* GroupOf(std::uint32_t i, const ReferenceSnapshot& reference) const {
    const std::string_view group = At(i).booking ? std::string_view(At(i).booking->group) : std::string_view();
    return reference.FindGroup(LocatorOf(i), group, At(i), state_.key.number, state_.key.departs_on);
  }
  const GroupRecord* OrganisedGroup(const std::vector<std::uint32_t>& members) const;
  bool SitTogether(std::uint32_t a, std::uint32_t b) const;
  void JoinAll(const std::vector<std::uint32_t>& members, LinkBasis basis);
  void LinkByTime(const Shared<std::uint64_t>& by_key);
  void LinkSameInstant();
  void LinkSharers(std::vector<std::uint32_t>& sharers);
  void InferLink(std::uint32_t a, std::uint32_t b);
  std::vector<Party> SplitByLocator(const Party& party) const;

  const FlightState& state_;
  const std::vector<LinkKeys>& keys_;
  std::vector<const GroupRecord*> groups_;  // By traveller.
  Links links_;
};

// One pupil's family in a booking does not make the booking a school's: at least half must belong.
const GroupRecord* PartyMaker::OrganisedGroup(const std::vector<std::uint32_t>& members) const {
  const auto belongs = [&](std::uint32_t i) { return groups_[i] != nullptr; };
  const auto first = std::find_if(members.begin(), members.end(), belongs);
  if (first == members.end()) return nullptr;
  const auto count = static_cast<std::size_t>(std::count_if(first, members.end(), belongs));
  return 2 * count >= members.size() ? groups_[*first] : nullptr;
}

bool PartyMaker::SitTogether(std::uint32_t a, std::uint32_t b) const {
  const std::optional<Seat> seat_a = ParseSeat(At(a).seat), seat_b = ParseSeat(At(b).seat);
  return seat_a && seat_b && IsWithin(*seat_a, *seat_b, 0, 1);
}

void PartyMaker::JoinAll(const std::vector<std::uint32_t>& members, LinkBasis basis) {
  for (std::size_t i = 1; i < members.size(); ++i) links_.Join(members[0], members[i], basis);
}

void PartyMaker::LinkByBooking() {
  Shared<std::string_view> by_locator;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (!LocatorOf(i).empty()) by_locator.emplace_back(LocatorOf(i), i);
  }
  ForEachGroup(by_locator, [&](const std::vector<std::uint32_t>& members) {
    // People on a package tour are strangers to each other.
    if (members.size() > kGroupBooking && OrganisedGroup(members) == nullptr) return;
    JoinAll(members, LinkBasis::kBooking);
  });
}

void PartyMaker::LinkByVignette(const std::vector<const Vignette*>& vignettes) {
  std::optional<FlightPeople> people;
  for (std::uint32_t child = 0; child < vignettes.size(); ++child) {
    if (vignettes[child] == nullptr) continue;
    for (const NamedAdult& adult : vignettes[child]->adults) {
      if (!people) people.emplace(state_);
      for (const FlightPeople::Found& found : people->Find(adult.person)) {
        if (found.traveller == child || found.match < SamePerson::kNameAndBirth) continue;
        links_.Join(child, found.traveller, LinkBasis::kVisa);
      }
    }
  }
}

// One transaction. Without ids the same time counts, within ten minutes: but strangers check in then, too, so a bare time
// links only those who share a family name, a contact or an address.
void PartyMaker::LinkByCheckin() {
  Shared<std::string_view> by_id;
  Shared<std::uint64_t> by_key, by_name;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (IsCrew(i)) continue;
    if (!At(i).checkin_id.empty()) {
      by_id.emplace_back(At(i).checkin_id, i);
      continue;
    }
    if (!At(i).checkin_at) continue;
    for (const std::uint64_t contact : keys_[i].contacts) by_key.emplace_back(contact, i);
    if (keys_[i].address != 0) by_key.emplace_back(keys_[i].address, i);
    if (const std::uint64_t name = NameHash(i)) by_name.emplace_back(name, i);
  }
  ForEachGroup(by_id, [&](const std::vector<std::uint32_t>& members) { JoinAll(members, LinkBasis::kCheckin); });
  ForEachGroup(by_name, [&](const std::vector<std::uint32_t>& members) {
    if (members.size() > kCommonName) return;
    for (const std::uint32_t member : members) by_key.emplace_back(NameHash(member), member);
  });
  LinkByTime(by_key);
  LinkSameInstant();
}

// Those who share a key and checked in one after the other within ten minutes.
void PartyMaker::LinkByTime(const Shared<std::uint64_t>& by_key) {
  std::vector<std::pair<std::pair<std::uint64_t, std::int64_t>, std::uint32_t>> sorted;
  sorted.reserve(by_key.size());
  for (const auto& [key, i] : by_key) sorted.push_back({{key, At(i).checkin_at->seconds}, i});
  std::sort(sorted.begin(), sorted.end());
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const auto& [before, first] = sorted[i - 1];
    const auto& [now, second] = sorted[i];
    const bool is_near = before.first == now.first && now.second - before.second <= kCheckinSeconds;
    if (is_near) links_.Join(first, second, LinkBasis::kCheckin);
  }
}

// At the very same instant any two names of one family count (a compound, a feminine ending), however common.
void PartyMaker::LinkSameInstant() {
  Shared<std::int64_t> by_instant;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (!IsCrew(i) && At(i).checkin_id.empty() && At(i).checkin_at) by_instant.emplace_back(At(i).checkin_at->seconds, i);
  }
  ForEachGroup(by_instant, [&](const std::vector<std::uint32_t>& members) {
    // A counter closed at one instant for many says nothing.
    if (members.size() > kCommonContact) return;
    for (std::size_t a = 0; a < members.size(); ++a) {
      for (std::size_t b = a + 1; b < members.size(); ++b) {
        if (links_.Hold(members[a], members[b], LinkBasis::kCheckin)) continue;
        if (!SharesFamilyName(FamilyNameOf(At(members[a])), FamilyNameOf(At(members[b])))) continue;
        links_.Join(members[a], members[b], LinkBasis::kCheckin);
      }
    }
  });
}

void PartyMaker::LinkByInference() {
  Shared<std::uint64_t> by_contact;
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    if (IsCrew(i) || keys_[i].family_name.empty()) continue;
    for (const std::uint64_t contact : keys_[i].contacts) by_contact.emplace_back(contact, i);
    if (keys_[i].address != 0) by_contact.emplace_back(keys_[i].address, i);
  }
  std::vector<std::uint32_t> sharers;
  ForEachGroup(by_contact, [&](const std::vector<std::uint32_t>& members) {
    sharers = members;
    LinkSharers(sharers);
  });
}

void PartyMaker::LinkSharers(std::vector<std::uint32_t>& sharers) {
  if (sharers.size() <= kCommonContact) {
    for (std::size_t a = 0; a < sharers.size(); ++a) {
      for (std::size_t b = a + 1; b < sharers.size(); ++b) InferLink(sharers[a], sharers[b]);
    }
    return;
  }
  // Neighbours in the order of names, so that an agency's telephone number on a full flight stays cheap.
  std::stable_sort(sharers.begin(), sharers.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return keys_[a].family_name < keys_[b].family_name; });
  for (std::size_t i = 1; i < sharers.size(); ++i) {
    if (keys_[sharers[i - 1]].family_name == keys_[sharers[i]].family_name) InferLink(sharers[i - 1], sharers[i]);
  }
}

// A shared contact and a shared family name; adjacent seats make it the stronger `seat`.
void PartyMaker::InferLink(std::uint32_t a, std::uint32_t b) {
  if (links_.Hold(a, b, LinkBasis::kSeat)) return;
  const bool same_name = keys_[a].family_name == keys_[b].family_name ||
                         SharesFamilyName(FamilyNameOf(At(a)), FamilyNameOf(At(b)));
  if (same_name) links_.Join(a, b, SitTogether(a, b) ? LinkBasis::kSeat : LinkBasis::kInferred);
}

// A party of more than 99 is no party: its locators stand for themselves, one of more than 99 in pieces.
std::vector<Party> PartyMaker::SplitByLocator(const Party& party) const {
  std::map<std::string, std::vector<std::uint32_t>> by_locator;
  for (const std::uint32_t member : party.members) {
    const std::string_view locator = LocatorOf(member);
    by_locator[locator.empty() ? "#" + std::to_string(member) : std::string(locator)].push_back(member);
  }
  std::vector<Party> parts;
  for (const auto& [locator, members] : by_locator) {
    for (std::size_t first = 0; first < members.size(); first += kMostMembers) {
      const std::size_t size = std::min(kMostMembers, members.size() - first);
      const auto begin = members.begin() + static_cast<std::ptrdiff_t>(first);
      parts.push_back({{begin, begin + static_cast<std::ptrdiff_t>(size)}, LinkBasis::kBooking, nullptr});
    }
  }
  return parts;
}

std::vector<Party> PartyMaker::Parties(std::vector<Finding>& findings) {
  std::vector<Party> whole;
  std::vector<std::int64_t> party_of_root(groups_.size(), -1);
  for (std::uint32_t i = 0; i < groups_.size(); ++i) {
    const std::uint32_t root = links_.Root(i);
    if (party_of_root[root] < 0) {
      party_of_root[root] = static_cast<std::int64_t>(whole.size());
      whole.push_back({{}, links_.BasisOf(root), nullptr});
    }
    whole[static_cast<std::size_t>(party_of_root[root])].members.push_back(i);
  }
  std::vector<Party> parties;
  for (Party& party : whole) {
    if (party.members.size() <= kMostMembers) {
      parties.push_back(std::move(party));
      continue;
    }
    findings.push_back({TravellerName(state_, party.members.front()), "booking", FindingCode::kPartyTooLarge,
                        absl::StrFormat("%d people are linked to one party: it was split by locator",
                                        static_cast<int>(party.members.size()))});
    for (Party& part : SplitByLocator(party)) parties.push_back(std::move(part));
  }
  for (Party& party : parties) party.group = OrganisedGroup(party.members);
  std::sort(parties.begin(), parties.end(),
            [](const Party& a, const Party& b) { return a.members.front() < b.members.front(); });
  return parties;
}

}  // namespace

std::vector<Party> FormParties(const FlightState& state, const std::vector<LinkKeys>& keys,
                               const std::vector<const Vignette*>& vignettes, const ReferenceSnapshot& reference,
                               std::vector<Finding>& findings) {
  PartyMaker maker(state, keys, reference);
  maker.LinkByBooking();
  maker.LinkByVignette(vignettes);
  maker.LinkByCheckin();
  maker.LinkByInference();
  return maker.Parties(findings);
}

}  // namespace landfall
