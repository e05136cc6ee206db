#include "pipeline/match/watch_index.h"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_format.h"
#include "pipeline/match/hash_index.h"
#include "pipeline/match/name_key.h"
#include "pipeline/match/weights.h"

namespace landfall {
namespace {

constexpr int kAdultYears = 18;
constexpr std::size_t kShortNumberSize = 4;
constexpr int kNarrowRangeYears = 3;

std::uint64_t HashOf(std::string_view key) {
  return static_cast<std::uint64_t>(absl::HashOf(key));
}

bool IssuersAgree(CountryCode a, CountryCode b) { return a.empty() || b.empty() || a == b; }

// The days a birth date of an entry leaves open. About right means a year more or less.
struct DayRange {
  Date first, last;
};

DayRange DaysOf(const WatchBirthDate& date) {
  DayRange days{date.from.Earliest(), date.to.Latest()};
  if (date.circa) {
    days.first = MakeDate(date.from.year - 1, 1, 1);
    days.last = MakeDate(date.to.year + 1, 12, 31);
  }
  return days;
}

bool MayBe(const WatchBirthDate& entry, PartialDate query) {
  const DayRange days = DaysOf(entry);
  return query.Earliest() <= days.last && days.first <= query.Latest();
}

// What the agreement of a birth date that is compatible is worth.
std::int32_t BirthPoints(const WatchBirthDate& entry, PartialDate query) {
  if (entry.circa) return weights::kCirca;
  if (entry.from != entry.to) {
    return entry.to.year - entry.from.year < kNarrowRangeYears ? weights::kNarrowRange : weights::kWideRange;
  }
  if (entry.from.IsWhole() && query.IsWhole()) {
    const bool dummy = entry.from.month == 1 && entry.from.day == 1;
    return dummy ? weights::kFirstOfJanuary : weights::kWholeDate;
  }
  const bool month_known = entry.from.month != 0 && query.month != 0;
  return month_known ? weights::kYearAndMonth : weights::kYear;
}

std::string ToText(const WatchBirthDate& date) {
  std::string text = date.circa ? "about " : "";
  text += ToString(date.from);
  if (date.from != date.to) text += " to " + ToString(date.to);
  return text;
}

std::string FullText(std::string_view surname, std::string_view given_names) {
  std::string text(given_names);
  if (!text.empty() && !surname.empty()) text += ' ';
  text += surname;
  return text;
}

enum class Birth : std::uint8_t { kUnknown, kAgrees, kContradicts };

struct BirthComparison {
  Birth outcome = Birth::kUnknown;
  const WatchBirthDate* date = nullptr;  // The one that agrees best.
  std::int32_t points = 0;
};

// Against the stated birth date that fits best: a list often has several.
BirthComparison CompareBirth(const WatchEntry& entry, const std::optional<PartialDate>& query) {
  BirthComparison best;
  if (!query || entry.dates_of_birth.empty()) return best;
  best.outcome = Birth::kContradicts;
  for (const WatchBirthDate& date : entry.dates_of_birth) {
    if (!MayBe(date, *query)) continue;
    const std::int32_t points = BirthPoints(date, *query);
    if (best.outcome == Birth::kAgrees && points <= best.points) continue;
    best = {Birth::kAgrees, &date, points};
  }
  return best;
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

}  // namespace

struct WatchIndex::Tables {
  std::vector<WatchEntry> entries;  // By id.
  HashIndex names, documents, lost_documents;
  // How many entries each token of a name occurs in.
  absl::flat_hash_map<std::uint64_t, std::uint32_t> token_entries;
  std::optional<Date> today;

  void AddEntry(std::uint32_t number);
  void CountTokens(const WatchEntry& entry);
  // Decibans by which the tokens of a name are rarer than a common one.
  std::int32_t RarityPoints(std::string_view name_key) const;

  bool MayCompare(const WatchEntry& entry, const WatchQuery& query) const;
  void FindByDocument(const Document& document, const WatchQuery& query, std::vector<WatchMatch>& matches) const;
  void FindByName(const WatchQuery& query, const std::vector<std::string>& keys,
                  std::vector<WatchMatch>& matches) const;
  void AddNameTerm(const WatchQuery& query, const std::vector<std::string>& keys, WatchMatch& match) const;
  // The terms that go with a candidate, however it was found.
  void AddPersonTerms(const WatchQuery& query, const std::vector<std::string>& keys, WatchMatch& match) const;
};

void WatchIndex::Tables::CountTokens(const WatchEntry& entry) {
  std::vector<std::uint64_t> tokens;
  for (const WatchName& name : entry.names) {
    const std::string key = FullNameKey(name.surname, name.given_names);
    for (std::size_t begin = 0; begin < key.size();) {
      const std::size_t end = std::min(key.find(' ', begin), key.size());
      tokens.push_back(HashOf(std::string_view(key).substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  std::ranges::sort(tokens);
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  for (const std::uint64_t token : tokens) ++token_entries[token];
}

void WatchIndex::Tables::AddEntry(std::uint32_t number) {
  const WatchEntry& entry = entries[number];
  HashIndex& numbers = entry.kind == WatchKind::kLostDocument ? lost_documents : documents;
  for (const WatchDocument& document : entry.documents) {
    if (const std::string key = NumberKey(document.number); !key.empty()) numbers.Add(HashOf(key), number);
  }
  if (entry.kind == WatchKind::kLostDocument) return;
  for (const WatchName& name : entry.names) {
    for (const std::string& key : FullNameKeys(name.surname, name.given_names)) names.Add(HashOf(key), number);
  }
  CountTokens(entry);
}

std::int32_t WatchIndex::Tables::RarityPoints(std::string_view name_key) const {
  // A token that one entry in a hundred has is common; one more deciban for every factor of ten it is rarer by.
  constexpr double kCommonShare = 0.01;
  double points = 0;
  for (std::size_t begin = 0; begin < name_key.size();) {
    const std::size_t end = std::min(name_key.find(' ', begin), name_key.size());
    const auto it = token_entries.find(HashOf(name_key.substr(begin, end - begin)));
    const double count = it == token_entries.end() ? 1.0 : it->second;
    points += std::log10(std::max(1.0, kCommonShare * static_cast<double>(entries.size()) / count));
    begin = end + 1;
  }
  return std::min(weights::kRareNameMost, static_cast<std::int32_t>(points));
}

bool WatchIndex::Tables::MayCompare(const WatchEntry& entry, const WatchQuery& query) const {
  const std::optional<Date> on = query.on ? query.on : today;
  if (IsOver(entry, on)) return false;
  if (query.may_be_child) return entry.kind == WatchKind::kChildAtRisk;
  if (!IsOfConcern(entry.kind)) return false;
  return !on || !MayBeChild(entry, *on);
}

namespace {

WatchMatch& MatchOf(const WatchEntry& entry, std::vector<WatchMatch>& matches) {
  const auto it = std::ranges::find(matches, &entry, &WatchMatch::entry);
  if (it != matches.end()) return *it;
  matches.push_back({&entry, 0, {}});
  return matches.back();
}

void AddTerm(WatchMatch& match, std::string_view term, std::string query, std::string entry, std::int32_t points) {
  match.score += points;
  match.terms.push_back({std::string(term), std::move(query), std::move(entry), points});
}

const MatchTerm* FindTerm(const WatchMatch& match, std::string_view term) {
  const auto it = std::ranges::find(match.terms, term, &MatchTerm::term);
  return it == match.terms.end() ? nullptr : &*it;
}

std::string DocumentText(std::string_view number, CountryCode issuer) {
  std::string text(number);
  if (!issuer.empty()) text += " " + std::string(issuer.view());
  return text;
}

// The best of several numbers counts, once.
void AddDocumentTerm(const Document& sent, const WatchDocument& listed, std::size_t size, WatchMatch& match) {
  const bool with_issuer = !sent.issuer.empty() && sent.issuer == listed.issuer;
  std::int32_t points = with_issuer ? weights::kNumberAndIssuer : weights::kNumberOnly;
  if (size <= kShortNumberSize) points = weights::kShortNumber;
  if (const MatchTerm* before = FindTerm(match, "document")) {
    if (before->points >= points) return;
    match.score -= before->points;
    match.terms.erase(match.terms.begin() + (before - match.terms.data()));
  }
  AddTerm(match, "document", DocumentText(sent.number, sent.issuer), DocumentText(listed.number, listed.issuer),
          points);
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

// The name of the entry that shares a key with the query; nullptr if none does.
const WatchName* SharedName(const WatchEntry& entry, const std::vector<std::string>& keys) {
  for (const WatchName& name : entry.names) {
    const std::vector<std::string> own = FullNameKeys(name.surname, name.given_names);
    if (std::ranges::find_first_of(own, keys) != own.end()) return &name;
  }
  return nullptr;
}

}  // namespace

void WatchIndex::Tables::FindByDocument(const Document& document, const WatchQuery& query,
                                        std::vector<WatchMatch>& matches) const {
  const std::string key = NumberKey(document.number);
  if (key.empty()) return;
  for (const std::uint32_t number : documents.Find(HashOf(key))) {
    const WatchEntry& entry = entries[number];
    if (!MayCompare(entry, query) || CompareBirth(entry, query.date_of_birth).outcome == Birth::kContradicts) continue;
    for (const WatchDocument& listed : entry.documents) {
      if (IssuersAgree(listed.issuer, document.issuer) && NumberKey(listed.number) == key) {
        AddDocumentTerm(document, listed, key.size(), MatchOf(entry, matches));
      }
    }
  }
}

void WatchIndex::Tables::FindByName(const WatchQuery& query, const std::vector<std::string>& keys,
                                    std::vector<WatchMatch>& matches) const {
  for (const std::string& key : keys) {
    for (const std::uint32_t number : names.Find(HashOf(key))) {
      const WatchEntry& entry = entries[number];
      if (!MayCompare(entry, query) || CompareBirth(entry, query.date_of_birth).outcome == Birth::kContradicts) continue;
      if (SharedName(entry, keys) != nullptr) MatchOf(entry, matches);
    }
  }
}

void WatchIndex::Tables::AddNameTerm(const WatchQuery& query, const std::vector<std::string>& keys,
                                     WatchMatch& match) const {
  const std::vector<WatchName>& listed = match.entry->names;
  if (keys.empty() || listed.empty()) return;
  const WatchName* const shared = SharedName(*match.entry, keys);
  const WatchName& shown = shared != nullptr ? *shared : listed.front();
  std::int32_t points = weights::kNameDiffers;
  if (shared != nullptr) {
    const std::string key = FullNameKey(shared->surname, shared->given_names);
    const bool mononym = key.find(' ') == std::string::npos;
    points = mononym ? weights::kMononym : weights::kName + RarityPoints(key);
  }
  AddTerm(match, "name", FullText(query.surname, query.given_names), FullText(shown.surname, shown.given_names),
          points);
}

void WatchIndex::Tables::AddPersonTerms(const WatchQuery& query, const std::vector<std::string>& keys,
                                        WatchMatch& match) const {
  AddNameTerm(query, keys, match);
  if (const BirthComparison birth = CompareBirth(*match.entry, query.date_of_birth); birth.outcome == Birth::kAgrees) {
    AddTerm(match, "date_of_birth", ToString(*query.date_of_birth), ToText(*birth.date), birth.points);
  }
  AddSexTerm(query, match);
  AddNationalityTerm(query, match);
}

WatchIndex::WatchIndex() : WatchIndex(std::vector<WatchEntry>()) {}

WatchIndex::WatchIndex(std::vector<WatchEntry> entries, std::optional<Date> today) {
  auto tables = std::make_shared<Tables>();
  tables->today = today;
  if (today) std::erase_if(entries, [&](const WatchEntry& e) { return e.review_by && *e.review_by < *today; });
  std::ranges::sort(entries, {}, &WatchEntry::entry);
  tables->entries = std::move(entries);
  for (std::uint32_t i = 0; i < tables->entries.size(); ++i) tables->AddEntry(i);
  tables->names.Seal();
  tables->documents.Seal();
  tables->lost_documents.Seal();
  tables_ = std::move(tables);
}

std::size_t WatchIndex::size() const { return tables_->entries.size(); }

std::vector<WatchMatch> WatchIndex::Find(const WatchQuery& query) const {
  std::vector<WatchMatch> matches;
  if (tables_->entries.empty()) return matches;
  if (query.documents != nullptr) {
    for (const Document& document : *query.documents) tables_->FindByDocument(document, query, matches);
  }
  if (!query.document.empty()) {
    Document document;
    document.number = std::string(query.document);
    tables_->FindByDocument(document, query, matches);
  }
  const std::vector<std::string> keys = FullNameKeys(query.surname, query.given_names);
  tables_->FindByName(query, keys, matches);
  for (WatchMatch& match : matches) tables_->AddPersonTerms(query, keys, match);
  std::ranges::sort(matches, [](const WatchMatch& a, const WatchMatch& b) {
    return std::tuple(-a.score, std::string_view(a.entry->entry)) <
           std::tuple(-b.score, std::string_view(b.entry->entry));
  });
  return matches;
}

const WatchEntry* WatchIndex::FindLostDocument(const Document& document, std::optional<Date> on) const {
  const std::string key = NumberKey(document.number);
  if (key.empty()) return nullptr;
  for (const std::uint32_t number : tables_->lost_documents.Find(HashOf(key))) {
    if (IsOver(tables_->entries[number], on)) continue;
    for (const WatchDocument& listed : tables_->entries[number].documents) {
      if (IssuersAgree(listed.issuer, document.issuer) && NumberKey(listed.number) == key) {
        return &tables_->entries[number];
      }
    }
  }
  return nullptr;
}

bool WatchIndex::HasLostDocuments() const { return !tables_->lost_documents.empty(); }

}  // namespace landfall
