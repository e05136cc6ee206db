#include "pipeline/match/index/name_index.h"

#include <algorithm>
#include <numeric>

#include "pipeline/match/index/birth_years.h"
#include "pipeline/match/index/in_parallel.h"
#include "pipeline/match/index/name_search.h"
#include "pipeline/match/index/text_keys.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {
namespace {

// A birth date of at most this many years is filed under each; what is wider may be anything.
constexpr int kMostYearsFiled = 5;
constexpr int kFirstYear = 1800, kLastYear = 2200;
constexpr unsigned kDaysOfYear = 512;  // Month and day in nine bits.

constexpr std::uint32_t Packed(int year, unsigned month, unsigned day) {
  return static_cast<std::uint32_t>(year) * kDaysOfYear + month * 32 + day;
}

// The dates to file an entry under, packed; {0} if one of them may be anything.
std::vector<std::uint32_t> DatesToFile(const std::vector<WatchBirthDate>& dates) {
  std::vector<std::uint32_t> filed;
  for (const WatchBirthDate& date : dates) {
    const YearRange years = YearsOf(date);
    if (years.last - years.first >= kMostYearsFiled || years.first < kFirstYear || years.last > kLastYear) return {0};
    for (int year = years.first; year <= years.last; ++year) filed.push_back(Packed(year, 0, 0));
    if (date.from == date.to && date.from.IsWhole()) {
      // Only the date itself may be found by its day.
      filed.push_back(Packed(date.from.year, date.from.month, date.from.day));
      std::erase(filed, Packed(date.from.year, 0, 0));
    }
  }
  if (filed.empty()) return {0};
  std::ranges::sort(filed);
  filed.erase(std::unique(filed.begin(), filed.end()), filed.end());
  return filed;
}

enum Block : std::uint64_t { kDated, kUndated, kSingleUndated, kSingleDated };

}  // namespace

bool NameIndex::IsFiledUnderDates(const WatchEntry& listed) { return DatesToFile(listed.dates_of_birth).front() != 0; }

void NameIndex::Add(std::uint32_t entry, const WatchEntry& listed) {
  const std::vector<std::uint32_t> dates = DatesToFile(listed.dates_of_birth);
  const std::size_t first_token = pending_tokens_.size();
  absl::InlinedVector<NameForm, 4> added;
  for (const WatchName& name : listed.names) {
    for (NameForm& form : FormsOf(name.surname, name.given_names)) {
      if (std::find(added.begin(), added.end(), form) != added.end()) continue;
      AddForm(entry, form, dates);
      added.push_back(std::move(form));
    }
  }
  CountTokens(first_token);
  ++entry_count_;
}

void NameIndex::CountTokens(std::size_t first_pending_token) {
  entries_with_token_.resize(dictionary_.size());
  std::vector<std::uint32_t> tokens(pending_tokens_.begin() + static_cast<std::ptrdiff_t>(first_pending_token),
                                    pending_tokens_.end());
  std::ranges::sort(tokens);
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  for (const std::uint32_t token : tokens) ++entries_with_token_[token];
}

void NameIndex::AddForm(std::uint32_t entry, const NameForm& form, std::span<const std::uint32_t> dates) {
  const auto begin = static_cast<std::uint32_t>(pending_tokens_.size());
  bool single = form.counted() == 1;
  for (std::size_t i = 0; i < form.size(); ++i) {
    pending_tokens_.push_back(dictionary_.Intern(form.token(i)));
    single |= form.Counts(i) && form.token(i).size() == 1;
  }
  for (const std::uint32_t date : dates) {
    const Block block = date == 0 ? (single ? kSingleUndated : kUndated) : (single ? kSingleDated : kDated);
    pending_.push_back({block << 32 | date, begin, static_cast<std::uint32_t>(form.size()), entry});
  }
}

void NameIndex::Seal() {
  dictionary_.Seal();
  OrderRows();
  constexpr std::uint32_t kNone = TokenDictionary::kNone;
  const auto make_table = [this](std::size_t table) {
    switch (table) {
      case 0:
        IndexDays(days_, {0, undated_begin_});
        IndexDays(single_days_, {single_dated_begin_, static_cast<std::uint32_t>(rows_.size())});
        IndexAnniversaries();
        break;
      case 1:
        MakeLists(dictionary_.size(), by_token_, [](std::uint32_t token) { return token < kUncountedToken ? token : kNone; });
        break;
      case 2:
        MakeLists(dictionary_.class_count(), by_class_, [this](std::uint32_t token) {
          return token < kUncountedToken ? dictionary_.skeleton_class(token) : kNone;
        });
        break;
      default:
        MakeLists(dictionary_.size(), by_particle_,
                  [](std::uint32_t token) { return token < kUncountedToken ? kNone : token & ~kUncountedToken; });
    }
  };
  constexpr std::size_t kTables = 4;
  InParallel(ThreadsFor(rows_.size()), kTables, make_table);
  IndexTexts();
  date_of_ = {};
}

NameIndex::Row NameIndex::MakeRow(const PendingRow& pending) {
  const std::span<const std::uint32_t> tokens = std::span(pending_tokens_).subspan(pending.tokens, pending.size);
  const bool all_count = std::ranges::all_of(tokens, [&](std::uint32_t token) { return dictionary_.is_particle(token); });
  const auto marked = [&](std::uint32_t token) {
    return dictionary_.is_particle(token) && !all_count ? token | kUncountedToken : token;
  };
  Row row;
  row.entry = pending.entry;
  row.size = pending.size;
  if (pending.size <= Row::kTokensInside) {
    std::ranges::transform(tokens, row.tokens, marked);
  } else {
    row.tokens[0] = static_cast<std::uint32_t>(more_tokens_.size());
    std::ranges::transform(tokens, std::back_inserter(more_tokens_), marked);
  }
  return row;
}

void NameIndex::OrderRows() {
  std::ranges::stable_sort(pending_, {}, &PendingRow::order);
  rows_.reserve(pending_.size());
  date_of_.reserve(pending_.size());
  std::uint32_t blocks[5] = {};
  for (const PendingRow& row : pending_) {
    ++blocks[(row.order >> 32) + 1];
    date_of_.push_back(static_cast<std::uint32_t>(row.order));
    rows_.push_back(MakeRow(row));
  }
  undated_begin_ = blocks[1];
  single_begin_ = undated_begin_ + blocks[2];
  single_dated_begin_ = single_begin_ + blocks[3];
  pending_ = {};
  pending_tokens_ = {};
}

std::uint32_t NameIndex::Days::At(int year, unsigned month_and_day) const {
  if (begin.empty() || year < first_year) return begin.empty() ? 0 : begin.front();
  const std::size_t at = static_cast<std::size_t>(year - first_year) * kDaysOfYear + month_and_day;
  return begin[std::min(at, begin.size() - 1)];
}

void NameIndex::IndexDays(Days& days, Range block) {
  if (block.begin == block.end) return;
  days.first_year = static_cast<int>(date_of_[block.begin] / kDaysOfYear);
  days.years = static_cast<int>(date_of_[block.end - 1] / kDaysOfYear) - days.first_year + 1;
  days.begin.assign(static_cast<std::size_t>(days.years) * kDaysOfYear + 1, 0);
  std::uint32_t row = block.begin;
  for (std::size_t day = 0; day < days.begin.size(); ++day) {
    const std::uint32_t date = Packed(days.first_year, 0, 0) + static_cast<std::uint32_t>(day);
    while (row < block.end && date_of_[row] < date) ++row;
    days.begin[day] = row;
  }
  days.begin.back() = block.end;
}

std::span<const std::uint32_t> NameIndex::Anniversaries::Of(unsigned month_and_day, int year) const {
  if (year < first_year || year >= first_year + years) return {};
  const std::size_t at = month_and_day * static_cast<std::size_t>(years) + static_cast<std::size_t>(year - first_year);
  return {words.data() + begin[at], words.data() + begin[at + 1]};
}

void NameIndex::IndexAnniversaries() {
  Anniversaries& made = anniversaries_;
  for (const Days* days : {&days_, &single_days_}) {
    if (days->years == 0) continue;
    const int end = std::max(made.first_year + made.years, days->first_year + days->years);
    made.first_year = made.years == 0 ? days->first_year : std::min(made.first_year, days->first_year);
    made.years = end - made.first_year;
  }
  const auto for_each_row = [&](auto use) {
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      if (date_of_[row] % 32 == 0) continue;  // No day.
      const std::size_t year = date_of_[row] / kDaysOfYear - static_cast<unsigned>(made.first_year);
      use(row, date_of_[row] % kDaysOfYear * static_cast<std::size_t>(made.years) + year);
    }
  };
  const auto counted = [](std::uint32_t token) { return token < kUncountedToken; };
  made.begin.assign(std::size_t{kDaysOfYear} * static_cast<std::size_t>(made.years) + 1, 0);
  for_each_row([&](std::uint32_t row, std::size_t at) {
    made.begin[at + 1] += 1 + static_cast<std::uint32_t>(std::ranges::count_if(TokensOf(row), counted));
  });
  std::partial_sum(made.begin.begin(), made.begin.end(), made.begin.begin());
  made.words.resize(made.begin.back());
  std::vector<std::uint32_t> next = made.begin;
  for_each_row([&](std::uint32_t row, std::size_t at) {
    std::uint32_t& word = next[at];
    made.words[word++] = row;
    for (const std::uint32_t token : TokensOf(row)) {
      if (counted(token)) made.words[word++] = token;
    }
    made.words[word - 1] |= kUncountedToken;
  });
}

template <typename KeyOf>
void NameIndex::MakeLists(std::size_t count, Lists& lists, KeyOf key_of) const {
  std::vector<std::uint32_t> keys;
  const auto for_each_key = [&](auto use) {
    for (std::uint32_t row = 0; row < rows_.size(); ++row) {
      keys.clear();
      for (const std::uint32_t token : TokensOf(row)) {
        if (const std::uint32_t key = key_of(token); key != TokenDictionary::kNone) keys.push_back(key);
      }
      std::ranges::sort(keys);
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      for (const std::uint32_t key : keys) use(key, row);
    }
  };
  lists.begin.assign(count + 1, 0);
  for_each_key([&](std::uint32_t key, std::uint32_t) { ++lists.begin[key + 1]; });
  std::partial_sum(lists.begin.begin(), lists.begin.end(), lists.begin.begin());
  lists.rows.resize(lists.begin.back());
  BigVector<std::uint32_t> at = lists.begin;
  for_each_key([&](std::uint32_t key, std::uint32_t row) { lists.rows[at[key]++] = row; });
}

// A join of the tokens from `first` to before `end` leaves something for a second pair: a token that counts, or a join.
bool NameIndex::LeavesAPair(std::span<const std::uint32_t> tokens, std::size_t first, std::size_t end) {
  const auto counts = [](std::uint32_t token) { return token < kUncountedToken; };
  return first >= 2 || tokens.size() - end >= 2 || std::ranges::any_of(tokens.first(first), counts) ||
         std::ranges::any_of(tokens.subspan(end), counts);
}

void NameIndex::AppendJoins(std::uint32_t row, TextEntries& entries) {
  const std::span<const std::uint32_t> tokens = TokensOf(row);
  const bool single = row >= single_begin_;
  std::string join;
  for (std::size_t i = 0, number = 0; i + 2 <= tokens.size(); ++i) {
    join = dictionary_.text(tokens[i] & ~kUncountedToken);
    for (std::size_t count = 2; count <= 3 && i + count <= tokens.size(); ++count, ++number) {
      join += dictionary_.text(tokens[i + count - 1] & ~kUncountedToken);
      const bool whole = !single && !LeavesAPair(tokens, i, i + count);
      const std::uint32_t letters = LettersOf(join);
      const auto file = [&](std::uint32_t key) {
        (whole ? entries.whole_joins : entries.texts).push_back({key, row | kJoin, letters});
        if (single) entries.single_texts.push_back({key, row | kJoin, letters});
      };
      ForEachKeyToFile(join, file);
      const std::uint32_t skeleton = SkeletonKey(SkeletonOf(join));
      if (skeleton != 0) file(skeleton);
      const std::span<const std::uint16_t> groups = NicknameGroups(join);
      for (const std::uint16_t group : groups) file(NicknameKey(group));
      if (number >= Row::kJoinsInside) continue;
      rows_[row].join_skeletons[number] = skeleton;
      rows_[row].has_nicknames |= groups.empty() ? 0u : 1u << number;
    }
  }
}

void NameIndex::AppendTokens(std::vector<KeyEntry>& texts, std::vector<KeyEntry>& single_texts) const {
  for (std::uint32_t id = 0; id < dictionary_.size(); ++id) {
    // Shorter ones are found as they are.
    if (EditsAllowed(dictionary_.length(id)) == 0) continue;
    const std::span<const std::uint32_t> rows = by_token_.Of(id);
    const bool single = !rows.empty() && rows.back() >= single_begin_;
    ForEachKeyToFile(dictionary_.text(id), [&](std::uint32_t key) {
      texts.push_back({key, id, dictionary_.letters(id)});
      if (single) single_texts.push_back(texts.back());
    });
  }
}

void NameIndex::IndexTexts() {
  constexpr std::size_t kRowsAPart = 16'384;
  const std::size_t parts = (rows_.size() + kRowsAPart - 1) / kRowsAPart;
  std::vector<std::vector<KeyEntry>> texts(parts + 1), single_texts(parts + 1), whole_joins(parts);
  InParallel(ThreadsFor(rows_.size()), parts, [&](std::size_t part) {
    const std::size_t end = std::min(rows_.size(), (part + 1) * kRowsAPart);
    TextEntries entries;
    for (std::size_t row = part * kRowsAPart; row < end; ++row) AppendJoins(static_cast<std::uint32_t>(row), entries);
    texts[part] = std::move(entries.texts);
    single_texts[part] = std::move(entries.single_texts);
    whole_joins[part] = std::move(entries.whole_joins);
  });
  AppendTokens(texts.back(), single_texts.back());
  texts_.Seal(std::move(texts));
  single_texts_.Seal(std::move(single_texts));
  whole_joins_.Seal(std::move(whole_joins));
}

std::uint32_t NameIndex::EntriesWithToken(std::string_view token) const {
  const std::uint32_t id = dictionary_.Find(token);
  return id == TokenDictionary::kNone ? 0 : entries_with_token_[id];
}

std::size_t NameIndex::bytes() const {
  std::size_t words = more_tokens_.capacity() + days_.begin.capacity() + single_days_.begin.capacity() +
                      anniversaries_.words.capacity() + anniversaries_.begin.capacity() + entries_with_token_.capacity();
  for (const Lists* lists : {&by_token_, &by_class_, &by_particle_}) {
    words += lists->begin.capacity() + lists->rows.capacity();
  }
  return words * 4 + rows_.capacity() * sizeof(Row) + texts_.bytes() + single_texts_.bytes() + whole_joins_.bytes() +
         dictionary_.bytes();
}

void NameIndex::Find(const NameQuery& query, std::vector<std::uint32_t>& entries) const {
  if (rows_.empty()) return;
  const auto before = static_cast<std::ptrdiff_t>(entries.size());
  for (const NameForm& form : *query.forms) NameSearch(*this, form, query).Run(entries);
  std::sort(entries.begin() + before, entries.end());
  entries.erase(std::unique(entries.begin() + before, entries.end()), entries.end());
}

}  // namespace landfall
