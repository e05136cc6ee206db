#include "pipeline/match/watch_index.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "pipeline/match/birth_score.h"
#include "pipeline/match/index/birth_years.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/name_score.h"
#include "pipeline/match/watch_part.h"
#include "pipeline/match/weights.h"

namespace landfall {
namespace {

constexpr int kAdultYears = 18;
constexpr std::size_t kShortNumberSize = 4;
// When so many entries have changed, everything is built again.
constexpr std::size_t kMostInDelta = 5'000;

bool IssuersAgree(CountryCode a, CountryCode b) { return a.empty() || b.empty() || a == b; }

std::string FullText(std::string_view surname, std::string_view given_names) {
  std::string text(given_names);
  if (!text.empty() && !surname.empty()) text += ' ';
  text += surname;
  return text;
}

bool IsOfConcern(WatchKind kind) {
  return kind == WatchKind::kPersonOfConcern || kind == WatchKind::kSponsorOfConcern;
}

}  // namespace

bool MayBeChild(const WatchEntry& entry, Date on) {
  return std::ranges::any_of(entry.dates_of_birth, [on](const WatchBirthDate& date) {
    return AgeInYears(DaysOf(date).last, on) < kAdultYears;
  });
}

namespace {

// Its day of review has passed, and nobody renewed it.
bool IsOver(const WatchEntry& entry, std::optional<Date> on) { return on && entry.review_by && *entry.review_by < *on; }

// By id, the last of each, without those that are over.
std::vector<WatchEntry> Ordered(std::vector<WatchEntry> entries, std::optional<Date> today) {
  std::erase_if(entries, [&](const WatchEntry& entry) { return IsOver(entry, today); });
  std::ranges::stable_sort(entries, {}, &WatchEntry::entry);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (i + 1 < entries.size() && entries[i].entry == entries[i + 1].entry) continue;
    if (kept != i) entries[kept] = std::move(entries[i]);
    ++kept;
  }
  entries.resize(kept);
  entries.shrink_to_fit();
  return entries;
}

// A person asked about, folded once for all entries.
struct FoldedQuery {
  const WatchQuery& asked;
  NameForms forms;
  std::vector<Document> documents;
  std::vector<std::string> numbers;  // Of the documents, as NumberKey.
  std::optional<Date> on;

  void AddDocument(const Document& document) {
    std::string number = NumberKey(document.number);
    if (number.empty()) return;
    documents.push_back(document);
    numbers.push_back(std::move(number));
  }
};

FoldedQuery Fold(const WatchQuery& query, std::optional<Date> today) {
  FoldedQuery folded{query, FormsOf(query.surname, query.given_names), {}, {}, query.on ? query.on : today};
  if (query.documents != nullptr) {
    for (const Document& document : *query.documents) folded.AddDocument(document);
  }
  if (!query.document.empty()) {
    Document document;
    document.number = std::string(query.document);
    folded.AddDocument(document);
  }
  return folded;
}

// The index looked in is that of the kinds that may be compared at all.
bool MayCompare(const WatchPart::Limits& entry, const FoldedQuery& query) {
  if (!query.on) return true;
  if (entry.review_by && *entry.review_by < *query.on) return false;
  const bool may_be_child = entry.latest_birth && AgeInYears(*entry.latest_birth, *query.on) < kAdultYears;
  return query.asked.may_be_child || !may_be_child;
}

struct DocumentMatch {
  NumberMatch match = NumberMatch::kNone;
  const Document* sent = nullptr;
  const WatchDocument* listed = nullptr;
  std::int32_t points = 0;
};

std::int32_t PointsOfNumber(NumberMatch match, bool with_issuer, std::size_t size) {
  if (size <= kShortNumberSize) return weights::kShortNumber;
  if (match == NumberMatch::kConfusable) return weights::kConfusableNumber;
  return with_issuer ? weights::kNumberAndIssuer : weights::kNumberOnly;
}

// The best of several numbers counts, once.
DocumentMatch CompareDocuments(const WatchEntry& entry, const FoldedQuery& query) {
  DocumentMatch best;
  if (query.documents.empty()) return best;
  for (const WatchDocument& listed : entry.documents) {
    const std::string number = NumberKey(listed.number);
    for (std::size_t i = 0; i < query.documents.size(); ++i) {
      const Document& sent = query.documents[i];
      const NumberMatch match = CompareNumbers(query.numbers[i], number);
      if (match == NumberMatch::kNone || !IssuersAgree(listed.issuer, sent.issuer)) continue;
      const bool with_issuer = !sent.issuer.empty() && sent.issuer == listed.issuer;
      const std::int32_t points = PointsOfNumber(match, with_issuer, number.size());
      if (best.sent == nullptr || points > best.points) best = {match, &sent, &listed, points};
    }
  }
  return best;
}

}  // namespace

struct WatchIndex::Tables {
  std::shared_ptr<WatchPart> base;
  std::shared_ptr<WatchPart> delta;        // Null while nothing has changed. Its entries come before those of the base.
  absl::flat_hash_set<std::string> gone;   // Ids of the base that were replaced or removed.
  std::optional<Date> today;

  template <typename Use>
  void ForEachPart(Use use) const {
    use(*base);
    if (delta != nullptr) use(*delta);
  }
  bool IsGone(const WatchPart& part, const WatchEntry& entry) const {
    return &part == base.get() && !gone.empty() && gone.contains(entry.entry);
  }

  void FindIn(const WatchPart& part, const FoldedQuery& query, std::vector<const WatchEntry*>& found) const;
  double TokenShare(std::string_view token, bool of_children) const;
  WatchMatch Score(const WatchEntry& entry, const FoldedQuery& query) const;
  void AddNameTerms(const FoldedQuery& query, bool by_document, WatchMatch& match) const;
};

namespace {

// Keeps the numbers ascending, each once.
void AddByDocument(const WatchPart& part, const FoldedQuery& query, std::vector<std::uint32_t>& numbers) {
  const std::size_t by_name = numbers.size();
  for (const std::string& number : query.numbers) {
    for (const KeyEntry& hit : part.FindNumber(number)) {
      const WatchEntry& entry = part.entries()[hit.number];
      const bool of_kind = query.asked.may_be_child ? entry.kind == WatchKind::kChildAtRisk : IsOfConcern(entry.kind);
      if (of_kind && MayBeBorn(entry.dates_of_birth, query.asked.date_of_birth) &&
          CompareDocuments(entry, query).match != NumberMatch::kNone) {
        numbers.push_back(hit.number);
      }
    }
  }
  if (numbers.size() == by_name) return;
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

}  // namespace

void WatchIndex::Tables::FindIn(const WatchPart& part, const FoldedQuery& query,
                                std::vector<const WatchEntry*>& found) const {
  thread_local std::vector<std::uint32_t> numbers;
  numbers.clear();
  const std::optional<PartialDate>& born = query.asked.date_of_birth;
  const NameQuery name{&query.forms, query.asked.name_may_be_cut, born};
  part.names(query.asked.may_be_child).Find(name, numbers);
  if (born) {
    std::erase_if(numbers, [&](std::uint32_t number) {
      return !part.limits(number).filed_under_dates && !MayBeBorn(part.entries()[number].dates_of_birth, born);
    });
  }
  AddByDocument(part, query, numbers);
  for (const std::uint32_t number : numbers) {
    if (!MayCompare(part.limits(number), query)) continue;
    const WatchEntry& entry = part.entries()[number];
    if (!IsGone(part, entry)) found.push_back(&entry);
  }
}

double WatchIndex::Tables::TokenShare(std::string_view token, bool of_children) const {
  // A list counts as much as its people do; the shipped table as much as so many. An entry is no evidence against itself.
  constexpr double kPeopleOfTable = 10'000;
  double people = kPeopleOfTable, with_token = kPeopleOfTable * ShippedTokenShare(token);
  ForEachPart([&](const WatchPart& part) {
    const NameIndex& names = part.names(of_children);
    people += names.entry_count();
    with_token += std::max(1u, names.EntriesWithToken(token)) - 1;
  });
  return with_token / people;
}

namespace {

void AddTerm(WatchMatch& match, std::string_view term, std::string query, std::string entry, std::int32_t points) {
  match.score += points;
  match.terms.push_back({std::string(term), std::move(query), std::move(entry), points});
}

std::string DocumentText(std::string_view number, CountryCode issuer) {
  std::string text(number);
  if (!issuer.empty()) text += " " + std::string(issuer.view());
  return text;
}

void AddSexTerm(const WatchQuery& query, WatchMatch& match) {
  const WatchEntry& entry = *match.entry;
  // X says that it is none of the two, or that it was not recorded.
  if (!query.sex || !entry.sex || *query.sex == Sex::kX || *entry.sex == Sex::kX) return;
  AddTerm(match, "sex", std::string(landfall::ToText(*query.sex)), std::string(landfall::ToText(*entry.sex)),
          *query.sex == *entry.sex ? weights::kSameSex : weights::kOtherSex);
}

void AddNationalityTerm(const WatchQuery& query, WatchMatch& match) {
  const WatchEntry& entry = *match.entry;
  if (query.nationality.empty() || entry.nationalities.empty()) return;
  std::string listed;
  for (const std::string& nationality : entry.nationalities) {
    if (!listed.empty()) listed += ' ';
    listed += nationality;
  }
  const bool same = std::ranges::find(entry.nationalities, query.nationality) != entry.nationalities.end();
  // A country that stands as text cannot be compared.
  const bool comparable = std::ranges::all_of(entry.nationalities, [](const std::string& n) { return n.size() == 3; });
  if (!same && !comparable) return;
  AddTerm(match, "nationality", std::string(query.nationality), std::move(listed),
          same ? weights::kSameNationality : weights::kOtherNationality);
}

void AddContactTerms(const WatchQuery& query, WatchMatch& match) {
  const WatchEntry& entry = *match.entry;
  const std::string phone = query.phone.empty() ? std::string() : PhoneKey(query.phone);
  for (const std::string& listed : entry.phones) {
    if (phone.empty() || PhoneKey(listed) != phone) continue;
    AddTerm(match, "phone", std::string(query.phone), listed, weights::kSamePhone);
    break;
  }
  const std::string address = query.address == nullptr ? std::string() : AddressKey(*query.address);
  for (const Address& listed : entry.addresses) {
    if (address.empty() || AddressKey(listed) != address) continue;
    AddTerm(match, "address", query.address->lines, listed.lines, weights::kSameAddress);
    break;
  }
}

std::int32_t Rounded(double decibans) { return static_cast<std::int32_t>(std::lround(decibans)); }

}  // namespace

void WatchIndex::Tables::AddNameTerms(const FoldedQuery& query, bool by_document, WatchMatch& match) const {
  const std::vector<WatchName>& listed = match.entry->names;
  if (query.forms.empty() || listed.empty()) return;
  const auto share = [&](std::string_view token) { return TokenShare(token, query.asked.may_be_child); };
  NameScore best;
  const WatchName* shown = nullptr;
  for (const WatchName& name : listed) {
    const NameForms forms = FormsOf(name.surname, name.given_names);
    if (forms.empty()) continue;
    NameScore score = ScoreNames(query.forms, forms, query.asked.name_may_be_cut, share);
    if (shown != nullptr && score.total() <= best.total()) continue;
    best = std::move(score);
    shown = &name;
  }
  if (shown == nullptr) return;
  std::string asked = FullText(query.asked.surname, query.asked.given_names);
  std::string entry = FullText(shown->surname, shown->given_names);
  if (by_document && best.total() < weights::kNameDiffers) {
    AddTerm(match, "name", std::move(asked), std::move(entry), weights::kNameDiffers);
    return;
  }
  AddTerm(match, "name", asked, entry, Rounded(best.points));
  if (best.worst < 0) AddTerm(match, "name_worst_token", best.worst_query, best.worst_entry, Rounded(best.worst));
  if (best.against < 0) AddTerm(match, "name_unmatched", std::move(asked), std::move(entry), Rounded(best.against));
}

WatchMatch WatchIndex::Tables::Score(const WatchEntry& entry, const FoldedQuery& query) const {
  WatchMatch match{&entry, 0, {}};
  const DocumentMatch document = CompareDocuments(entry, query);
  if (document.sent != nullptr) {
    AddTerm(match, "document", DocumentText(document.sent->number, document.sent->issuer),
            DocumentText(document.listed->number, document.listed->issuer), document.points);
  }
  AddNameTerms(query, document.sent != nullptr, match);
  if (const BirthScore birth = ScoreBirth(entry.dates_of_birth, query.asked.date_of_birth); birth.date != nullptr) {
    AddTerm(match, "date_of_birth", ToString(*query.asked.date_of_birth), ToText(*birth.date), birth.points);
  }
  AddSexTerm(query.asked, match);
  AddNationalityTerm(query.asked, match);
  AddContactTerms(query.asked, match);
  return match;
}

WatchIndex::WatchIndex() : WatchIndex(std::vector<WatchEntry>()) {}

WatchIndex::WatchIndex(std::vector<WatchEntry> entries, std::optional<Date> today) {
  auto tables = std::make_shared<Tables>();
  tables->today = today;
  tables->base = std::make_shared<WatchPart>(Ordered(std::move(entries), today));
  tables_ = std::move(tables);
}

WatchIndex WatchIndex::With(std::vector<WatchEntry> put, std::span<const std::string> removed) const {
  const Tables& before = *tables_;
  absl::flat_hash_set<std::string> changed(removed.begin(), removed.end());
  for (const WatchEntry& entry : put) changed.insert(entry.entry);
  std::vector<WatchEntry> entries;
  if (before.delta != nullptr) {
    std::ranges::copy_if(before.delta->entries(), std::back_inserter(entries),
                         [&](const WatchEntry& entry) { return !changed.contains(entry.entry); });
  }
  std::ranges::move(put, std::back_inserter(entries));
  auto tables = std::make_shared<Tables>();
  tables->today = before.today;
  tables->gone = before.gone;
  for (const std::string& id : changed) {
    if (before.base->Find(id) != nullptr) tables->gone.insert(id);
  }
  if (entries.size() + tables->gone.size() > kMostInDelta) {
    std::ranges::copy_if(before.base->entries(), std::back_inserter(entries),
                         [&](const WatchEntry& entry) { return !tables->gone.contains(entry.entry); });
    return WatchIndex(std::move(entries), before.today);
  }
  tables->base = before.base;
  tables->delta = std::make_shared<WatchPart>(Ordered(std::move(entries), before.today));
  WatchIndex after;
  after.tables_ = std::move(tables);
  return after;
}

std::size_t WatchIndex::size() const {
  std::size_t size = tables_->base->entries().size() - tables_->gone.size();
  if (tables_->delta != nullptr) size += tables_->delta->entries().size();
  return size;
}

std::vector<const WatchEntry*> WatchIndex::FindCandidates(const WatchQuery& query) const {
  std::vector<const WatchEntry*> found;
  const FoldedQuery folded = Fold(query, tables_->today);
  tables_->ForEachPart([&](const WatchPart& part) { tables_->FindIn(part, folded, found); });
  return found;
}

std::vector<WatchMatch> WatchIndex::Find(const WatchQuery& query) const {
  std::vector<const WatchEntry*> found;
  const FoldedQuery folded = Fold(query, tables_->today);
  tables_->ForEachPart([&](const WatchPart& part) { tables_->FindIn(part, folded, found); });
  std::vector<WatchMatch> matches;
  matches.reserve(found.size());
  for (const WatchEntry* entry : found) matches.push_back(tables_->Score(*entry, folded));
  std::ranges::sort(matches, [](const WatchMatch& a, const WatchMatch& b) {
    return std::tuple(-a.score, std::string_view(a.entry->entry)) <
           std::tuple(-b.score, std::string_view(b.entry->entry));
  });
  return matches;
}

const WatchEntry* WatchIndex::FindLostDocument(const Document& document, std::optional<Date> on) const {
  const std::string key = NumberKey(document.number);
  if (key.empty()) return nullptr;
  const WatchEntry* first = nullptr;
  tables_->ForEachPart([&](const WatchPart& part) {
    for (const KeyEntry& hit : part.FindLostNumber(key)) {
      const WatchEntry& entry = part.entries()[hit.number];
      if (IsOver(entry, on) || tables_->IsGone(part, entry)) continue;
      const bool listed = std::ranges::any_of(entry.documents, [&](const WatchDocument& d) {
        return IssuersAgree(d.issuer, document.issuer) && NumberKey(d.number) == key;
      });
      if (listed && (first == nullptr || entry.entry < first->entry)) first = &entry;
    }
  });
  return first;
}

bool WatchIndex::HasLostDocuments() const {
  bool any = false;
  tables_->ForEachPart([&](const WatchPart& part) { any |= part.HasLostDocuments(); });
  return any;
}

std::size_t WatchIndex::index_bytes() const {
  std::size_t bytes = 0;
  tables_->ForEachPart([&](const WatchPart& part) { bytes += part.bytes(); });
  return bytes;
}

}  // namespace landfall
