#include "pipeline/people/people_book.h"

#include <algorithm>
#include <deque>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/match/contact_text.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/names_agree.h"
#include "pipeline/match/weights.h"
#include "pipeline/merge/load_flight.h"
#include "storage/bytes.h"
#include "storage/codec.h"

namespace landfall {
namespace {

// So much is looked at for one question, and no more.
constexpr std::size_t kMostIdentities = 64;
constexpr std::size_t kMostInFinder = 2'000;
constexpr std::size_t kMostSightings = 200;  // Of one identity; the oldest ones.
constexpr std::size_t kMostNames = 6;        // Different ones of one identity that are compared.
constexpr std::size_t kMostUses = 1'000;
constexpr std::size_t kRowsInStep = 5'000;
// A visa is made out to one person, and is carried from passport to passport.
constexpr std::int32_t kSameVisa = weights::kNumberAndIssuer;
// Most people keep theirs: of those who share given names and a birth date, few are one who changed it.
constexpr std::int32_t kOtherSurname = -14;
// DO NOT RENUMBER: on disk.
enum class JudgementRow : std::uint8_t { kVerdict = 1, kUndo = 2 };

// What an identity has stated, over all its sightings.
struct Stated {
  std::vector<PersonView> names;  // Each with all documents.
  std::set<std::string> visas, phones, addresses;
};

Stated StatedBy(const Identity& identity, CountryCode home) {
  Stated stated;
  absl::InlinedVector<PersonView::Number, 2> documents;
  std::set<std::pair<std::string, std::string>> seen_documents;
  for (const IdentitySighting& sighting : identity.sightings) {
    const Traveller& traveller = sighting.stated;
    const bool is_new = std::ranges::none_of(stated.names, [&](const PersonView& known) {
      return known.surname == traveller.surname && known.given_names == traveller.given_names;
    });
    if (is_new && stated.names.size() < kMostNames) stated.names.push_back(ViewOf(traveller));
    for (const Document& document : traveller.documents) {
      if (document.type == "R" || NumberKey(document.number).empty()) continue;
      if (document.type == "V") {
        stated.visas.insert(NumberKey(document.number));
      } else if (seen_documents.emplace(NumberKey(document.number), document.issuer.view()).second) {
        documents.push_back({document.number, document.issuer});
      }
    }
    for (const Contact& contact : traveller.contacts) {
      if (contact.kind != ContactKind::kPhone) continue;
      if (std::string phone = E164Of(contact.value, home); !phone.empty()) stated.phones.insert(std::move(phone));
    }
    if (!traveller.address) continue;
    if (std::string address = NormalAddressOf(*traveller.address); !address.empty()) stated.addresses.insert(std::move(address));
  }
  for (PersonView& name : stated.names) name.documents = documents;
  return stated;
}

// Given names and birth date of somebody whose surname changed: by marriage, adoption, or another hand.
PersonScore ScoreRenamed(PersonView a, PersonView b) {
  if (a.surname.empty() || b.surname.empty() || a.surname == b.surname) return {INT32_MIN, {}};
  const std::string surname_a(a.surname), surname_b(b.surname);
  a.surname = b.surname = {};
  PersonScore score = ScorePersons(a, b);
  score.score += kOtherSurname;
  score.terms.push_back({"surname", surname_a, surname_b, kOtherSurname});
  return score;
}

const std::string* FirstShared(const std::set<std::string>& a, const std::set<std::string>& b) {
  for (const std::string& text : a) {
    if (b.contains(text)) return &text;
  }
  return nullptr;
}

void AddShared(const std::set<std::string>& a, const std::set<std::string>& b, std::string_view term, std::int32_t points,
               PeopleLink& link) {
  const std::string* const shared = FirstShared(a, b);
  if (shared == nullptr) return;
  link.terms.push_back({std::string(term), *shared, *shared, points});
  link.score += points;
}

bool Has(const PeopleLink& link, std::string_view term) {
  return std::ranges::any_of(link.terms, [&](const MatchTerm& t) { return t.term == term; });
}

bool HasCommonName(const PeopleLink& link) {
  return std::ranges::any_of(link.terms, [](const MatchTerm& t) { return t.term == "name" && t.points > 0; });
}

// What of the score may join two identities without anybody's word. Half the world shares a sex, a nation its nationality;
// and a family shares telephone and address, so they speak for one person only beside the very same name: else they would
// make one of twins whose names are alike.
std::int32_t JoiningDecibans(const PeopleLink& link) {
  const bool has_number = Has(link, "document") || Has(link, "vignette");
  const bool other_name = Has(link, "name_worst_token") || Has(link, "surname");
  std::int32_t decibans = 0;
  for (const MatchTerm& term : link.terms) {
    const bool is_shared = term.term == "sex" || term.term == "nationality" ||
                           ((term.term == "phone" || term.term == "address") && other_name && !has_number);
    decibans += is_shared ? std::min(term.points, 0) : term.points;
  }
  return decibans;
}

bool BirthDatesContradict(const Stated& a, const Stated& b) {
  for (const PersonView& of_a : a.names) {
    for (const PersonView& of_b : b.names) {
      if (of_a.date_of_birth && of_b.date_of_birth && !Compatible(*of_a.date_of_birth, *of_b.date_of_birth)) return true;
    }
  }
  return false;
}

// A union-find with pairs that must not come together.
class Clusters {
 public:
  explicit Clusters(std::size_t count) : parent_(count) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t Root(std::size_t i) const {
    while (parent_[i] != i) i = parent_[i];
    return i;
  }
  void Forbid(std::size_t a, std::size_t b) { forbidden_.emplace_back(a, b); }
  void Join(std::size_t a, std::size_t b) {
    a = Root(a);
    b = Root(b);
    if (a == b) return;
    for (const auto& [x, y] : forbidden_) {
      const std::size_t root_x = Root(x), root_y = Root(y);
      if ((root_x == a && root_y == b) || (root_x == b && root_y == a)) return;
    }
    parent_[b] = a;
  }

 private:
  std::vector<std::size_t> parent_;
  std::vector<std::pair<std::size_t, std::size_t>> forbidden_;
};

bool TravelledBefore(const Identity& a, const Identity& b) {
  return std::tie(a.sightings.front().flight, a.key) < std::tie(b.sightings.front().flight, b.key);
}

const PeopleJudgement* HoldingOf(const std::vector<PeopleJudgement>& judgements) {
  for (auto it = judgements.rbegin(); it != judgements.rend(); ++it) {
    if (!it->undone_at) return &*it;
  }
  return nullptr;
}

LinkState StateOf(const PeopleLink& link) {
  if (const PeopleJudgement* const holding = HoldingOf(link.judgements)) {
    switch (holding->verdict) {
      case Verdict::kSame: return LinkState::kSame;
      case Verdict::kDifferent: return LinkState::kDifferent;
      case Verdict::kNotSure: return LinkState::kNotSure;
    }
  }
  return link.state;  // By evidence.
}

bool Joins(const PeopleLink& link) { return link.state == LinkState::kJoined || link.state == LinkState::kSame; }

}  // namespace

bool AreApart(const Identity& a, const Identity& b) {
  return std::ranges::any_of(a.sightings, [&](const IdentitySighting& of_a) {
    return std::ranges::any_of(b.sightings, [&](const IdentitySighting& of_b) {
      return of_a.flight == of_b.flight && of_a.traveller != of_b.traveller;
    });
  });
}

std::optional<PeopleLink> LinkBetween(const Identity& first, const Identity& second, CountryCode home) {
  const bool in_order = first.key < second.key;
  const Identity& a = in_order ? first : second;
  const Identity& b = in_order ? second : first;
  if (AreApart(a, b)) return std::nullopt;
  const Stated of_a = StatedBy(a, home), of_b = StatedBy(b, home);
  PeopleLink link;
  link.a = a.key;
  link.b = b.key;
  bool any = false;
  const bool same_visa = FirstShared(of_a.visas, of_b.visas) != nullptr;
  for (const PersonView& name_a : of_a.names) {
    for (const PersonView& name_b : of_b.names) {
      PersonScore score = ScorePersons(name_a, name_b, same_visa);
      if (PersonScore renamed = ScoreRenamed(name_a, name_b); renamed.score > score.score) score = std::move(renamed);
      if (any && score.score <= link.score) continue;
      any = true;
      link.score = score.score;
      link.terms = std::move(score.terms);
    }
  }
  AddShared(of_a.visas, of_b.visas, "vignette", kSameVisa, link);
  // What a family shares speaks for one person only beside a name or number that does.
  if (HasCommonName(link) || Has(link, "document") || Has(link, "vignette")) {
    AddShared(of_a.phones, of_b.phones, "phone", weights::kSamePhone, link);
    AddShared(of_a.addresses, of_b.addresses, "address", weights::kSameAddress, link);
  }
  const bool joins = !BirthDatesContradict(of_a, of_b) && JoiningDecibans(link) >= kJoinDecibans;
  link.state = joins ? LinkState::kJoined : LinkState::kProposed;
  if (link.score < kProposeDecibans) return std::nullopt;
  return link;
}

absl::StatusOr<std::optional<Identity>> PeopleBook::Load(const IdentityKey& key) const {
  Identity identity;
  identity.key = key;
  RETURN_IF_ERROR(database_.ForEachPeople(
      SightingPrefix(AsBytes(key)), [&](std::string_view row, std::string_view value) -> absl::StatusOr<bool> {
        std::optional<SightingKey> sighting = ParseSightingKey(row);
        absl::StatusOr<Message> message = DecodeMessage(value);
        if (!sighting || !message.ok() || message->travellers.size() != 1) {
          return absl::DataLossError("a row of the people book does not decode");
        }
        Traveller& stated = message->travellers.front();
        identity.sightings.push_back({std::move(sighting->flight), stated.ref, std::move(stated)});
        return identity.sightings.size() < kMostSightings;
      }));
  if (identity.sightings.empty()) return std::nullopt;
  return identity;
}

// Without the sightings that a later message corrected: the flight's list is what holds.
absl::StatusOr<std::optional<Identity>> PeopleBook::LoadCurrent(const IdentityKey& key) const {
  ASSIGN_OR_RETURN(std::optional<Identity> identity, Load(key));
  if (!identity) return identity;
  std::vector<IdentitySighting> current;
  for (IdentitySighting& sighting : identity->sightings) {
    ASSIGN_OR_RETURN(const std::optional<FlightState> state,
                     LoadFlight(database_, configuration_, reference_, sighting.flight));
    if (!state || state->cancelled || state->replaced_by) continue;
    for (std::size_t i = 0; i < state->travellers.size(); ++i) {
      const Traveller& traveller = *state->travellers[i].merged;
      const std::string name = TravellerName(*state, i);
      if (name != sighting.traveller || IdentityOf(key_, sighting.flight, name, traveller) != key) continue;
      current.push_back(std::move(sighting));
      break;
    }
  }
  if (current.empty()) return std::nullopt;
  identity->sightings = std::move(current);
  return identity;
}

absl::StatusOr<std::vector<IdentityKey>> PeopleBook::InFinder(FinderSort sort, std::string_view text,
                                                              bool* truncated) const {
  std::vector<IdentityKey> identities;
  RETURN_IF_ERROR(database_.ForEachPeople(FinderPrefix(key_, sort, text),
                                          [&](std::string_view row, std::string_view) -> absl::StatusOr<bool> {
                                            const std::optional<IdentityKey> identity = IdentityOfFinder(row);
                                            if (!identity) return absl::DataLossError("a row of the people book does not decode");
                                            identities.push_back(*identity);
                                            return identities.size() < kMostInFinder;
                                          }));
  if (truncated != nullptr && identities.size() == kMostInFinder) *truncated = true;
  return identities;
}

absl::StatusOr<std::vector<IdentityKey>> PeopleBook::CandidatesFor(const Identity& identity, bool* truncated) const {
  std::set<std::pair<FinderSort, std::string>> asked;
  for (const IdentitySighting& sighting : identity.sightings) {
    for (const Document& document : sighting.stated.documents) {
      if (document.type == "R" || NumberKey(document.number).empty()) continue;
      asked.emplace(document.type == "V" ? FinderSort::kVisa : FinderSort::kDocument, NumberKey(document.number));
    }
    const std::optional<PartialDate>& birth = sighting.stated.date_of_birth;
    if (birth && birth->IsWhole()) asked.emplace(FinderSort::kBirthDate, BirthText(*birth));
  }
  std::set<IdentityKey> found;
  for (const auto& [sort, text] : asked) {
    ASSIGN_OR_RETURN(const std::vector<IdentityKey> identities, InFinder(sort, text, truncated));
    found.insert(identities.begin(), identities.end());
  }
  // Those whom somebody judged to be the same, or not, whatever the evidence.
  RETURN_IF_ERROR(database_.ForEachPeople(JudgementPrefixOf(identity.key),
                                          [&](std::string_view row, std::string_view) -> absl::StatusOr<bool> {
                                            IdentityKey other{};
                                            if (row.size() != 1 + 2 * other.size() + sizeof(std::uint64_t)) {
                                              return absl::DataLossError("a row of the people book does not decode");
                                            }
                                            std::copy_n(row.begin() + 1 + other.size(), other.size(), other.begin());
                                            found.insert(other);
                                            return found.size() < 2 * kMostInFinder;
                                          }));
  found.erase(identity.key);
  return std::vector<IdentityKey>(found.begin(), found.end());
}

absl::StatusOr<std::vector<IdentityKey>> PeopleBook::WithId(std::string_view id) const {
  std::vector<IdentityKey> found;
  const std::optional<std::string> beginning = ParsePeopleId('P', id);
  if (!beginning) return found;
  RETURN_IF_ERROR(database_.ForEachPeople(SightingPrefix(*beginning),
                                          [&](std::string_view row, std::string_view) -> absl::StatusOr<bool> {
                                            const std::optional<SightingKey> sighting = ParseSightingKey(row);
                                            if (!sighting) return absl::DataLossError("a row of the people book does not decode");
                                            if (found.empty() || found.back() != sighting->identity) found.push_back(sighting->identity);
                                            return found.size() < 2;
                                          }));
  return found;
}

absl::StatusOr<std::vector<IdentityKey>> PeopleBook::WithNumber(std::string_view number) const {
  const std::string text = NumberKey(number);
  if (text.empty()) return std::vector<IdentityKey>();
  ASSIGN_OR_RETURN(std::vector<IdentityKey> found, InFinder(FinderSort::kDocument, text, nullptr));
  ASSIGN_OR_RETURN(const std::vector<IdentityKey> by_visa, InFinder(FinderSort::kVisa, text, nullptr));
  found.insert(found.end(), by_visa.begin(), by_visa.end());
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

absl::StatusOr<std::vector<IdentityKey>> PeopleBook::WithName(std::string_view surname, std::string_view given_names,
                                                              const PartialDate& birth) const {
  ASSIGN_OR_RETURN(const std::vector<IdentityKey> born, InFinder(FinderSort::kBirthDate, BirthText(birth), nullptr));
  std::vector<IdentityKey> found;
  PersonView asked;
  asked.surname = surname;
  asked.given_names = given_names;
  for (const IdentityKey& key : born) {
    ASSIGN_OR_RETURN(const std::optional<Identity> identity, Load(key));
    if (!identity) continue;
    const bool agrees = std::ranges::any_of(identity->sightings, [&](const IdentitySighting& sighting) {
      return AreNamesakes(asked, ViewOf(sighting.stated));
    });
    if (agrees) found.push_back(key);
  }
  return found;
}

absl::StatusOr<std::vector<PeopleJudgement>> PeopleBook::Judgements(const IdentityKey& a, const IdentityKey& b) const {
  std::vector<PeopleJudgement> judgements;
  RETURN_IF_ERROR(database_.ForEachPeople(
      JudgementPrefix(a, b), [&](std::string_view row, std::string_view value) -> absl::StatusOr<bool> {
        ByteReader reader(value);
        std::uint64_t kind = 0, detail = 0, at = 0;
        std::string_view by, reason;
        if (row.size() < sizeof(std::uint64_t) || !reader.Varint(kind) || !reader.Varint(detail) || !reader.Varint(at) ||
            !reader.Sized(by) || !reader.Sized(reason)) {
          return absl::DataLossError("a row of the people book does not decode");
        }
        const auto when = Instant{static_cast<std::int64_t>(at)};
        if (kind == static_cast<std::uint64_t>(JudgementRow::kVerdict)) {
          if (detail >= std::size(EnumText<Verdict>::kWords)) return absl::DataLossError("a judgement does not decode");
          judgements.push_back({ReadBigEndian<std::uint64_t>(row.data() + row.size() - sizeof(std::uint64_t)),
                                static_cast<Verdict>(detail), std::string(by), std::string(reason), when, "", "", {}});
          return true;
        }
        const auto undone = std::ranges::find(judgements, detail, &PeopleJudgement::number);
        if (undone == judgements.end()) return absl::DataLossError("a judgement that is taken back is not there");
        undone->undone_by = by;
        undone->undone_reason = reason;
        undone->undone_at = when;
        return true;
      }));
  return judgements;
}

// Under both, so that each finds it.
absl::Status PeopleBook::PutJudgement(const IdentityKey& a, const IdentityKey& b, std::uint64_t row, std::string_view value,
                                      StoreBatch& batch) const {
  for (const auto& [first, second] : {std::pair(a, b), std::pair(b, a)}) {
    std::string key = JudgementPrefixOf(first);
    key.append(AsBytes(second));
    AppendBigEndian(key, row);
    batch.PutPeople(key, value);
  }
  return absl::OkStatus();
}

namespace {

// Rows on a pair, those that took one back included.
absl::StatusOr<std::uint64_t> CountRowsOf(const Database& database, const std::string& prefix) {
  std::uint64_t rows = 0;
  RETURN_IF_ERROR(database.ForEachPeople(prefix, [&](std::string_view, std::string_view) -> absl::StatusOr<bool> {
    ++rows;
    return true;
  }));
  return rows;
}

std::string JudgementValue(JudgementRow kind, std::uint64_t detail, std::string_view by, std::string_view reason, Instant at) {
  std::string value;
  AppendVarint(value, static_cast<std::uint64_t>(kind));
  AppendVarint(value, detail);
  AppendVarint(value, static_cast<std::uint64_t>(at.seconds));
  AppendSized(value, by);
  AppendSized(value, reason);
  return value;
}

}  // namespace

absl::Status PeopleBook::Judge(const IdentityKey& a, const IdentityKey& b, Verdict verdict, std::string_view by,
                               std::string_view reason, Instant at, StoreBatch& batch) const {
  ASSIGN_OR_RETURN(const std::uint64_t rows, CountRowsOf(database_, JudgementPrefix(a, b)));
  return PutJudgement(a, b, rows + 1,
                      JudgementValue(JudgementRow::kVerdict, static_cast<std::uint64_t>(verdict), by, reason, at), batch);
}

absl::Status PeopleBook::Undo(const IdentityKey& a, const IdentityKey& b, std::string_view by, std::string_view reason,
                              Instant at, StoreBatch& batch) const {
  ASSIGN_OR_RETURN(const std::vector<PeopleJudgement> judgements, Judgements(a, b));
  const PeopleJudgement* const holding = HoldingOf(judgements);
  if (holding == nullptr) return absl::NotFoundError("no judgement on these two holds: there is nothing to undo");
  ASSIGN_OR_RETURN(const std::uint64_t rows, CountRowsOf(database_, JudgementPrefix(a, b)));
  return PutJudgement(a, b, rows + 1, JudgementValue(JudgementRow::kUndo, holding->number, by, reason, at), batch);
}

absl::StatusOr<std::optional<PersonFile>> PeopleBook::Find(const IdentityKey& start) const {
  ASSIGN_OR_RETURN(std::optional<Identity> first, LoadCurrent(start));
  if (!first) return std::nullopt;
  PersonFile file;
  std::deque<Identity> nodes;  // What joining links reach from the first one. References stay good.
  nodes.push_back(*std::move(first));
  std::map<IdentityKey, std::size_t> node_of{{start, 0}};
  std::map<IdentityKey, Identity> others;
  std::map<std::pair<IdentityKey, IdentityKey>, PeopleLink> links;

  for (std::size_t next = 0; next < nodes.size(); ++next) {
    const Identity& identity = nodes[next];
    ASSIGN_OR_RETURN(const std::vector<IdentityKey> candidates, CandidatesFor(identity, &file.truncated));
    for (const IdentityKey& candidate : candidates) {
      const auto pair = std::minmax(identity.key, candidate);
      if (links.contains({pair.first, pair.second})) continue;
      ASSIGN_OR_RETURN(std::optional<Identity> other, Load(candidate));
      if (!other) continue;
      ASSIGN_OR_RETURN(std::vector<PeopleJudgement> judgements, Judgements(identity.key, candidate));
      std::optional<PeopleLink> link = LinkBetween(identity, *other, configuration_.own_country);
      if (!link && HoldingOf(judgements) == nullptr) continue;
      // Only now is it worth asking whether the sightings still hold.
      ASSIGN_OR_RETURN(other, LoadCurrent(candidate));
      if (!other) continue;
      link = LinkBetween(identity, *other, configuration_.own_country);
      if (!link) {
        if (judgements.empty()) continue;
        link = PeopleLink{pair.first, pair.second, 0, {}, LinkState::kProposed, {}};
      }
      link->judgements = std::move(judgements);
      const bool apart = AreApart(identity, *other) && HoldingOf(link->judgements) == nullptr;
      link->state = apart ? LinkState::kApart : StateOf(*link);
      const bool joins = Joins(*link);
      links.emplace(std::pair(link->a, link->b), *std::move(link));
      if (node_of.contains(candidate)) continue;
      if (joins && nodes.size() < kMostIdentities) {
        node_of.emplace(candidate, nodes.size());
        nodes.push_back(*std::move(other));
      } else {
        file.truncated = file.truncated || joins;
        others.insert_or_assign(candidate, *std::move(other));
      }
    }
  }

  // The strongest links first; none may bring together whom a person, or one flight, keeps apart.
  Clusters clusters(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto pair = std::minmax(nodes[i].key, nodes[j].key);
      const auto link = links.find({pair.first, pair.second});
      const auto is = [&](LinkState state) { return link != links.end() && link->second.state == state; };
      const bool apart = AreApart(nodes[i], nodes[j]) && !is(LinkState::kSame);
      if (apart || is(LinkState::kDifferent)) clusters.Forbid(i, j);
    }
  }
  std::vector<const PeopleLink*> joining;
  for (const auto& [pair, link] : links) {
    if (Joins(link) && node_of.contains(link.a) && node_of.contains(link.b)) joining.push_back(&link);
  }
  std::ranges::sort(joining, [](const PeopleLink* a, const PeopleLink* b) {
    return std::tuple(a->state != LinkState::kSame, -a->score, a->a, a->b) <
           std::tuple(b->state != LinkState::kSame, -b->score, b->a, b->b);
  });
  for (const PeopleLink* link : joining) clusters.Join(node_of.at(link->a), node_of.at(link->b));

  std::set<IdentityKey> members;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (clusters.Root(i) == clusters.Root(0)) {
      members.insert(nodes[i].key);
      file.identities.push_back(std::move(nodes[i]));
    } else {
      others.insert_or_assign(nodes[i].key, std::move(nodes[i]));
    }
  }
  std::ranges::sort(file.identities, TravelledBefore);
  file.id = file.identities.front().id();
  std::set<IdentityKey> named;
  for (auto& [pair, link] : links) {
    if (!members.contains(link.a) && !members.contains(link.b)) continue;
    for (const IdentityKey& end : {link.a, link.b}) {
      if (!members.contains(end)) named.insert(end);
    }
    file.links.push_back(std::move(link));
  }
  for (auto& [key, other] : others) {
    if (named.contains(key)) file.others.push_back(std::move(other));
  }
  std::ranges::sort(file.others, TravelledBefore);
  return file;
}

absl::StatusOr<std::optional<PeopleBook::Contact>> PeopleBook::FindContact(ContactSort sort,
                                                                           std::string_view beginning) const {
  Contact contact;
  contact.sort = sort;
  std::optional<Digest128> first;
  RETURN_IF_ERROR(database_.ForEachPeople(
      ContactPrefix(beginning), [&](std::string_view row, std::string_view value) -> absl::StatusOr<bool> {
        std::optional<ContactKey> key = ParseContactKey(row);
        std::optional<ContactValue> stated = ParseContactValue(value);
        if (!key || !stated) return absl::DataLossError("a row of the people book does not decode");
        if (!first) first = key->contact;
        if (*first != key->contact) return false;
        contact.text = stated->text;
        contact.uses.push_back({std::move(stated->role), PeopleId('P', key->sighting.identity), key->sighting.flight});
        return contact.uses.size() < kMostUses;
      }));
  if (!first) return std::nullopt;
  contact.truncated = contact.uses.size() == kMostUses;
  contact.id = PeopleId(static_cast<char>(sort), *first);
  std::ranges::sort(contact.uses, [](const Contact::Use& a, const Contact::Use& b) {
    return std::tie(a.flight, a.identity, a.role) < std::tie(b.flight, b.identity, b.role);
  });
  return contact;
}

namespace {

// Goes over the rows of a kind in steps, and takes away those that `is_old` tells.
template <typename IsOld>
absl::StatusOr<std::uint64_t> TakeAway(PeopleRow kind, Database& database, const IsOld& is_old) {
  std::uint64_t taken = 0;
  std::string from;  // Where the last step ended.
  for (bool more = true; more;) {
    StoreBatch batch;
    std::size_t rows = 0;
    more = false;
    RETURN_IF_ERROR(database.ForEachPeople(
        std::string(1, static_cast<char>(kind)), [&](std::string_view key, std::string_view) -> absl::StatusOr<bool> {
          ASSIGN_OR_RETURN(const bool old, is_old(key));
          if (!old) return true;
          batch.DeletePeople(key);
          more = ++rows >= kRowsInStep;
          if (more) from = key;
          return !more;
        }, from));
    if (rows > 0) RETURN_IF_ERROR(database.Commit(batch));
    taken += rows;
  }
  return taken;
}

absl::Status DoesNotDecode() { return absl::DataLossError("a row of the people book does not decode"); }

}  // namespace

absl::StatusOr<std::uint64_t> ForgetPeopleBefore(Date day, Database& database) {
  std::uint64_t taken = 0;
  ASSIGN_OR_RETURN(const std::uint64_t contacts,
                   TakeAway(PeopleRow::kContact, database, [&](std::string_view key) -> absl::StatusOr<bool> {
                     const std::optional<ContactKey> contact = ParseContactKey(key);
                     if (!contact) return DoesNotDecode();
                     return contact->sighting.flight.departs_on < day;
                   }));
  taken += contacts;
  ASSIGN_OR_RETURN(const std::uint64_t sightings,
                   TakeAway(PeopleRow::kSighting, database, [&](std::string_view key) -> absl::StatusOr<bool> {
                     const std::optional<SightingKey> sighting = ParseSightingKey(key);
                     if (!sighting) return DoesNotDecode();
                     return sighting->flight.departs_on < day;
                   }));
  taken += sightings;
  // What leads to nobody any more.
  ASSIGN_OR_RETURN(const std::uint64_t finders,
                   TakeAway(PeopleRow::kFinder, database, [&](std::string_view key) -> absl::StatusOr<bool> {
                     const std::optional<IdentityKey> identity = IdentityOfFinder(key);
                     if (!identity) return DoesNotDecode();
                     bool is_left = false;
                     RETURN_IF_ERROR(database.ForEachPeople(SightingPrefix(AsBytes(*identity)),
                                                            [&](std::string_view, std::string_view) -> absl::StatusOr<bool> {
                                                              is_left = true;
                                                              return false;
                                                            }));
                     return !is_left;
                   }));
  return taken + finders;
}

}  // namespace landfall
