#include "pipeline/match/index/name_index.h"

#include <algorithm>
#include <bit>
#include <numeric>

#include "pipeline/match/index/birth_years.h"
#include "pipeline/match/index/join_keys.h"
#include "pipeline/match/index/row_match.h"
#include "pipeline/match/name/edit_distance.h"
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
  IndexDays(days_, {0, undated_begin_});
  IndexDays(single_days_, {single_dated_begin_, static_cast<std::uint32_t>(rows())});
  const auto counts = [this](std::uint32_t row, std::uint32_t token) {
    return !dictionary_.is_particle(token) || AreAllParticles(TokensOf(row), dictionary_);
  };
  constexpr std::uint32_t kNone = TokenDictionary::kNone;
  MakeLists(dictionary_.size(), by_token_,
            [&](std::uint32_t row, std::uint32_t token) { return counts(row, token) ? token : kNone; });
  MakeLists(dictionary_.class_count(), by_class_, [&](std::uint32_t row, std::uint32_t token) {
    return counts(row, token) ? dictionary_.skeleton_class(token) : kNone;
  });
  MakeLists(dictionary_.size(), by_particle_,
            [&](std::uint32_t row, std::uint32_t token) { return counts(row, token) ? kNone : token; });
  IndexJoins();
}

void NameIndex::OrderRows() {
  std::ranges::stable_sort(pending_, {}, &PendingRow::order);
  const std::size_t count = pending_.size();
  entry_of_.reserve(count);
  date_of_.reserve(count);
  tokens_begin_.reserve(count + 1);
  tokens_.reserve(pending_tokens_.size());
  std::uint32_t blocks[5] = {};
  for (const PendingRow& row : pending_) {
    ++blocks[(row.order >> 32) + 1];
    entry_of_.push_back(row.entry);
    date_of_.push_back(static_cast<std::uint32_t>(row.order));
    tokens_begin_.push_back(static_cast<std::uint32_t>(tokens_.size()));
    const auto from = pending_tokens_.begin() + row.tokens;
    tokens_.insert(tokens_.end(), from, from + row.size);
  }
  tokens_begin_.push_back(static_cast<std::uint32_t>(tokens_.size()));
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

template <typename KeyOf>
void NameIndex::MakeLists(std::size_t count, Lists& lists, KeyOf key_of) const {
  std::vector<std::uint32_t> keys;
  const auto for_each_key = [&](auto use) {
    for (std::uint32_t row = 0; row < rows(); ++row) {
      keys.clear();
      for (const std::uint32_t token : TokensOf(row)) {
        if (const std::uint32_t key = key_of(row, token); key != TokenDictionary::kNone) keys.push_back(key);
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
  std::vector<std::uint32_t> at(lists.begin.begin(), lists.begin.end() - 1);
  for_each_key([&](std::uint32_t key, std::uint32_t row) { lists.rows[at[key]++] = row; });
}

void NameIndex::IndexJoins() {
  join_skeletons_.assign(tokens_.size() * 2, 0);
  std::string join;
  JoinKeys keys;
  for (std::uint32_t row = 0; row < rows(); ++row) {
    const std::span<const std::uint32_t> tokens = TokensOf(row);
    for (std::size_t i = 0; i + 2 <= tokens.size(); ++i) {
      join = dictionary_.text(tokens[i]);
      for (std::size_t count = 2; count <= 3 && i + count <= tokens.size(); ++count) {
        join += dictionary_.text(tokens[i + count - 1]);
        const std::string skeleton = SkeletonOf(join);
        keys.clear();
        AppendJoinKeys(join, skeleton, keys);
        KeyTable& table = row < single_begin_ ? joins_ : single_joins_;
        for (const std::uint32_t key : keys) table.Add(key, row);
        join_skeletons_[(tokens_begin_[row] + i) * 2 + count - 2] =
            SkeletonHash(skeleton) | (NicknameGroups(join).empty() ? 0u : 1u);
      }
    }
  }
  joins_.Seal();
  single_joins_.Seal();
}

std::uint32_t NameIndex::EntriesWithToken(std::string_view token) const {
  const std::uint32_t id = dictionary_.Find(token);
  return id == TokenDictionary::kNone ? 0 : entries_with_token_[id];
}

std::size_t NameIndex::bytes() const {
  std::size_t words = entry_of_.capacity() + date_of_.capacity() + tokens_begin_.capacity() + tokens_.capacity() +
                      join_skeletons_.capacity() + days_.begin.capacity() + single_days_.begin.capacity();
  for (const Lists* lists : {&by_token_, &by_class_, &by_particle_}) {
    words += lists->begin.capacity() + lists->rows.capacity();
  }
  return words * 4 + joins_.bytes() + single_joins_.bytes() + dictionary_.bytes();
}

// One look-up with one form of a name. Uses memory of its thread, which it leaves clean.
class NameIndex::Search {
 public:
  Search(const NameIndex& index, const NameForm& form, const NameQuery& query);
  void Run(std::vector<std::uint32_t>& entries);

 private:
  using Marks = std::uint16_t;
  // Elements from this one on share a bit, which is enough by itself: names that long are rare.
  static constexpr std::size_t kLastBit = 15;

  // Zero between look-ups.
  struct Scratch {
    std::vector<Marks> row_marks, token_marks;
    std::vector<std::uint32_t> touched, rows, tokens;
    std::vector<std::pair<std::uint32_t, Marks>> doubtful;
  };
  static Scratch& TheScratch();

  void FindRanges(const std::optional<PartialDate>& born);
  void AddDayRanges(const Days& days, PartialDate born);
  void FindPartners();
  // True if rows that need two pairs can be found by this element.
  bool HasPartner(std::size_t element) const { return one_is_enough_ || partners_[Bit(element)] != 0; }
  static std::size_t Bit(std::size_t element) { return std::min(element, kLastBit); }

  void WalkElement(std::size_t element);
  void WalkTokens(std::size_t element);
  void WalkJoins(std::size_t element);
  void WalkPrefix(std::size_t element);
  void WalkList(std::span<const std::uint32_t> rows, std::size_t element);
  void WalkJoinList(KeyTable::Entries entries, std::size_t element);
  void MarkTokens(std::size_t element);
  void WalkDays();
  bool IsInRange(std::uint32_t row) const;
  bool IsOnDay(std::uint32_t row) const;
  void ChooseSkipped();
  bool IsSkipped(const NameElement& e) const { return e.first <= skipped_ && skipped_ <= e.last; }
  void MarkAllTokens();
  void TakeTouched();
  void TakeThroughSkipped();
  void CompareRows(std::vector<std::uint32_t>& entries);
  void Mark(std::uint32_t row, Marks marks);
  bool IsEnough(Marks marks) const;

  const NameIndex& index_;
  const NameForm& form_;
  const std::vector<NameElement> elements_;
  std::vector<TokenDictionary::Neighbours> neighbours_;  // By element.
  const bool one_is_enough_;  // One pair for every row, or an initial may be the second.
  bool any_date_ = false;
  absl::InlinedVector<Range, 3> ranges_;  // Ascending.
  absl::InlinedVector<Range, 32> day_ranges_;  // Of the day in other years.
  std::uint32_t single_begin_;
  // The token of the query whose lists are not walked: the longest by far. Of two pairs that share no token one is
  // without it, so every row that needs two is found by the others, and asked about this token then.
  std::uint32_t skipped_ = TokenDictionary::kNone;
  Marks partners_[kLastBit + 1] = {};  // By bit: elements that do not overlap it.
  Scratch& scratch_;
};

NameIndex::Search::Scratch& NameIndex::Search::TheScratch() {
  thread_local Scratch scratch;
  return scratch;
}

namespace {

bool HasInitial(const NameForm& form) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form.Counts(i) && form.token(i).size() == 1) return true;
  }
  return false;
}

}  // namespace

NameIndex::Search::Search(const NameIndex& index, const NameForm& form, const NameQuery& query)
    : index_(index),
      form_(form),
      elements_(ElementsOf(form, query.may_be_cut, index.dictionary_)),
      one_is_enough_(form.counted() == 1 || HasInitial(form)),
      single_begin_(index.single_begin_),
      scratch_(TheScratch()) {
  if (scratch_.row_marks.size() < index.rows()) scratch_.row_marks.resize(index.rows());
  if (scratch_.token_marks.size() < index.dictionary_.size()) scratch_.token_marks.resize(index.dictionary_.size());
  FindRanges(query.date_of_birth);
  FindPartners();
  neighbours_.reserve(elements_.size());
  for (const NameElement& e : elements_) {
    neighbours_.push_back(index.dictionary_.FindNeighbours(e.text, e.token, e.skeleton_class));
  }
}

void NameIndex::Search::FindRanges(const std::optional<PartialDate>& born) {
  const auto rows = static_cast<std::uint32_t>(index_.rows());
  any_date_ = !born;
  if (any_date_) {
    ranges_.push_back({0, rows});
    return;
  }
  const auto add = [this](std::uint32_t begin, std::uint32_t end) {
    if (begin < end) ranges_.push_back({begin, end});
  };
  const auto add_years = [&](const Days& days) {
    if (!days.begin.empty()) add(days.At(born->year - 1, 0), days.At(born->year + 2, 0));
  };
  add_years(index_.days_);
  add(index_.undated_begin_, index_.single_dated_begin_);
  add_years(index_.single_days_);
  if (!born->IsWhole()) return;
  AddDayRanges(index_.days_, *born);
  AddDayRanges(index_.single_days_, *born);
}

void NameIndex::Search::AddDayRanges(const Days& days, PartialDate born) {
  const unsigned day = born.month * 32u + born.day;
  for (int year = days.first_year; year < days.first_year + days.years; ++year) {
    if (std::abs(year - born.year) <= 1 || !AreYearsAlike(year, born.year)) continue;
    const Range range{days.At(year, day), days.At(year, day + 1)};
    if (range.begin < range.end) day_ranges_.push_back(range);
  }
}

void NameIndex::Search::FindPartners() {
  const std::size_t count = std::min(elements_.size(), kLastBit);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      if (!elements_[i].Overlaps(elements_[j])) partners_[i] |= static_cast<Marks>(1u << j);
    }
    if (elements_.size() > kLastBit) partners_[i] |= static_cast<Marks>(1u << kLastBit);
  }
  partners_[kLastBit] = 0xFFFF;
}

bool NameIndex::Search::IsEnough(Marks marks) const {
  for (Marks rest = marks; rest != 0; rest = static_cast<Marks>(rest & (rest - 1))) {
    if ((marks & partners_[std::countr_zero(rest)]) != 0) return true;
  }
  return false;
}

void NameIndex::Search::Mark(std::uint32_t row, Marks marks) {
  Marks& before = scratch_.row_marks[row];
  if ((before | marks) == before) return;
  if (before == 0) scratch_.touched.push_back(row);
  before = static_cast<Marks>(before | marks);
}

bool NameIndex::Search::IsOnDay(std::uint32_t row) const {
  return std::ranges::any_of(day_ranges_, [row](Range range) { return row >= range.begin && row < range.end; });
}

bool NameIndex::Search::IsInRange(std::uint32_t row) const {
  return std::ranges::any_of(ranges_, [row](Range range) { return row >= range.begin && row < range.end; });
}

void NameIndex::Search::WalkList(std::span<const std::uint32_t> rows, std::size_t element) {
  constexpr std::size_t kFewRows = 8;
  const auto marks = static_cast<Marks>(1u << Bit(element));
  const std::uint32_t least = HasPartner(element) && !IsSkipped(elements_[element]) ? 0 : single_begin_;
  if (rows.size() <= kFewRows) {
    for (const std::uint32_t row : rows) {
      if (row >= least && IsInRange(row)) Mark(row, marks);
    }
    return;
  }
  auto it = rows.begin();
  for (const Range range : ranges_) {
    it = std::lower_bound(it, rows.end(), std::max(range.begin, least));
    for (; it != rows.end() && *it < range.end; ++it) Mark(*it, marks);
  }
}

void NameIndex::Search::WalkTokens(std::size_t element) {
  const NameElement& e = elements_[element];
  if (e.skeleton_class != TokenDictionary::kNone) WalkList(index_.by_class_.Of(e.skeleton_class), element);
  const std::span<const std::uint32_t> ids = neighbours_[element].ids();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i + 4 < ids.size()) __builtin_prefetch(&index_.by_token_.begin[ids[i + 4]]);
    if (i + 2 < ids.size()) __builtin_prefetch(index_.by_token_.rows.data() + index_.by_token_.begin[ids[i + 2]]);
    WalkList(index_.by_token_.Of(ids[i]), element);
  }
}

void NameIndex::Search::WalkJoinList(KeyTable::Entries entries, std::size_t element) {
  constexpr std::size_t kFewRows = 16;
  const auto marks = static_cast<Marks>(1u << Bit(element));
  const std::uint32_t least = HasPartner(element) ? 0 : single_begin_;
  if (entries.empty()) return;
  if (entries.size() <= kFewRows) {
    for (const std::uint64_t entry : entries) {
      const auto row = static_cast<std::uint32_t>(entry);
      if (row >= least && (IsInRange(row) || IsOnDay(row))) Mark(row, marks);
    }
    return;
  }
  const std::uint64_t key = entries.front() >> 32 << 32;
  auto from = entries.begin();
  // Ranges come in ascending order: each begins where the one before ended.
  const auto walk = [&](Range range) {
    if (range.end <= least || from == entries.end()) return;
    const std::uint64_t first = key | std::max(range.begin, least);
    std::ptrdiff_t step = 1;
    while (step < entries.end() - from && from[step] < first) step *= 2;
    auto it = std::lower_bound(from, step < entries.end() - from ? from + step + 1 : entries.end(), first);
    from = it;
    for (; it != entries.end() && static_cast<std::uint32_t>(*it) < range.end; ++it) {
      Mark(static_cast<std::uint32_t>(*it), marks);
    }
  };
  for (const Range range : ranges_) walk(range);
  from = entries.begin();
  for (const Range range : day_ranges_) walk(range);
}

void NameIndex::Search::WalkJoins(std::size_t element) {
  JoinKeys keys;
  AppendKeysOfMatchingJoins(elements_[element].text, elements_[element].skeleton, keys);
  const auto walk = [&](const KeyTable& table) {
    if (table.size() == 0) return;
    for (const std::uint32_t key : keys) table.PrefetchDirectory(key);
    for (const std::uint32_t key : keys) table.PrefetchEntries(key);
    for (const std::uint32_t key : keys) WalkJoinList(table.Find(key), element);
  };
  if (HasPartner(element)) walk(index_.joins_);
  walk(index_.single_joins_);
}

// Tokens that begin with the text, and joins: those begin with a whole token that the text begins with.
void NameIndex::Search::WalkPrefix(std::size_t element) {
  const std::string_view text = elements_[element].text;
  index_.dictionary_.ForEachWithPrefix(text,
                                       [&](std::uint32_t id) { WalkList(index_.by_token_.Of(id), element); });
  const auto walk_joins = [&](std::span<const std::uint32_t> rows) {
    for (const std::uint32_t row : rows) {
      if (IsInRange(row) || IsOnDay(row)) Mark(row, static_cast<Marks>(1u << Bit(element)));
    }
  };
  for (std::size_t size = 1; size <= text.size(); ++size) {
    const std::uint32_t id = index_.dictionary_.Find(text.substr(0, size));
    if (id == TokenDictionary::kNone) continue;
    if (size < text.size()) walk_joins(index_.by_token_.Of(id));
    walk_joins(index_.by_particle_.Of(id));
  }
  // The first token of a join may be longer than the text and not count: a particle.
  index_.dictionary_.ForEachWithPrefix(text, [&](std::uint32_t id) { walk_joins(index_.by_particle_.Of(id)); });
}

void NameIndex::Search::WalkElement(std::size_t element) {
  WalkTokens(element);
  WalkJoins(element);
  if (elements_[element].is_prefix) WalkPrefix(element);
}

void NameIndex::Search::MarkTokens(std::size_t element) {
  const NameElement& e = elements_[element];
  const auto marks = static_cast<Marks>(1u << Bit(element));
  const auto mark = [&](std::uint32_t id) {
    if (scratch_.token_marks[id] == 0) scratch_.tokens.push_back(id);
    scratch_.token_marks[id] = static_cast<Marks>(scratch_.token_marks[id] | marks);
  };
  if (e.skeleton_class != TokenDictionary::kNone) {
    for (const std::uint32_t id : index_.dictionary_.TokensOfClass(e.skeleton_class)) mark(id);
  }
  for (const std::uint32_t id : neighbours_[element].ids()) mark(id);
  if (e.is_prefix) index_.dictionary_.ForEachWithPrefix(e.text, mark);
}

void NameIndex::Search::MarkAllTokens() {
  for (std::size_t element = 0; element < elements_.size(); ++element) {
    if (!day_ranges_.empty() || IsSkipped(elements_[element])) MarkTokens(element);
  }
}

// The rows of the day in other years are few: their tokens are looked at one by one.
void NameIndex::Search::WalkDays() {
  for (const Range range : day_ranges_) {
    for (std::uint32_t row = range.begin; row < range.end; ++row) {
      Marks marks = 0;
      for (const std::uint32_t token : index_.TokensOf(row)) marks = static_cast<Marks>(marks | scratch_.token_marks[token]);
      if (marks != 0) Mark(row, marks);
    }
  }
}

void NameIndex::Search::ChooseSkipped() {
  constexpr std::size_t kWorthSkipping = 64, kTimesLonger = 3;
  if (one_is_enough_) return;
  std::size_t all = 0, longest = 0;
  std::uint32_t token = 0;
  for (std::size_t i = 0; i < elements_.size() && !elements_[i].is_join(); ++i) {
    const NameElement& e = elements_[i];
    std::size_t rows = 0;
    if (e.skeleton_class != TokenDictionary::kNone) rows += index_.by_class_.Of(e.skeleton_class).size();
    for (const std::uint32_t id : neighbours_[i].ids()) rows += index_.by_token_.Of(id).size();
    all += rows;
    if (rows <= longest) continue;
    longest = rows;
    token = e.first;
  }
  if (longest > kWorthSkipping && longest > kTimesLonger * (all - longest)) skipped_ = token;
}

void NameIndex::Search::TakeTouched() {
  scratch_.rows.clear();
  scratch_.doubtful.clear();
  for (const std::uint32_t row : scratch_.touched) {
    const Marks marks = std::exchange(scratch_.row_marks[row], Marks{0});
    if (row >= single_begin_ || one_is_enough_ || IsEnough(marks)) {
      scratch_.rows.push_back(row);
    } else if (skipped_ != TokenDictionary::kNone) {
      scratch_.doubtful.emplace_back(row, marks);
    }
  }
  scratch_.touched.clear();
}

void NameIndex::Search::TakeThroughSkipped() {
  constexpr std::size_t kAhead = 8;
  const auto& doubtful = scratch_.doubtful;
  for (std::size_t i = 0; i < doubtful.size(); ++i) {
    if (i + 2 * kAhead < doubtful.size()) __builtin_prefetch(&index_.tokens_begin_[doubtful[i + 2 * kAhead].first]);
    if (i + kAhead < doubtful.size()) {
      __builtin_prefetch(index_.tokens_.data() + index_.tokens_begin_[doubtful[i + kAhead].first]);
    }
    Marks marks = doubtful[i].second;
    for (const std::uint32_t token : index_.TokensOf(doubtful[i].first)) {
      marks = static_cast<Marks>(marks | scratch_.token_marks[token]);
    }
    if (IsEnough(marks)) scratch_.rows.push_back(doubtful[i].first);
  }
}

void NameIndex::Search::Run(std::vector<std::uint32_t>& entries) {
  ChooseSkipped();
  for (std::size_t element = 0; element < elements_.size(); ++element) WalkElement(element);
  MarkAllTokens();
  WalkDays();
  TakeTouched();
  TakeThroughSkipped();
  for (const std::uint32_t id : scratch_.tokens) scratch_.token_marks[id] = 0;
  scratch_.tokens.clear();
  CompareRows(entries);
}

// A row lies in four places in memory, each found by the one before: they are fetched ahead, a few rows apart.
void NameIndex::Search::CompareRows(std::vector<std::uint32_t>& entries) {
  constexpr std::size_t kAhead = 4;
  const std::vector<std::uint32_t>& rows = scratch_.rows;
  const auto fetch = [&](std::size_t i) {
    if (i + 2 * kAhead < rows.size()) __builtin_prefetch(&index_.tokens_begin_[rows[i + 2 * kAhead]]);
    if (i + kAhead < rows.size()) {
      const std::size_t begin = index_.tokens_begin_[rows[i + kAhead]];
      __builtin_prefetch(index_.tokens_.data() + begin);
      __builtin_prefetch(index_.join_skeletons_.data() + begin * 2);
    }
    if (i + kAhead / 2 < rows.size()) {
      const std::uint32_t row = rows[i + kAhead / 2];
      __builtin_prefetch(&index_.entry_of_[row]);
      for (const std::uint32_t token : index_.TokensOf(row)) index_.dictionary_.Prefetch(token);
    }
  };
  RowMatcher matcher(index_.dictionary_, form_, elements_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    fetch(i);
    const std::size_t begin = index_.tokens_begin_[rows[i]];
    const std::span<const std::uint32_t> tokens = index_.TokensOf(rows[i]);
    if (matcher.Matches(tokens, std::span(index_.join_skeletons_).subspan(begin * 2, tokens.size() * 2))) {
      entries.push_back(index_.entry_of_[rows[i]]);
    }
  }
}

void NameIndex::Find(const NameQuery& query, std::vector<std::uint32_t>& entries) const {
  if (rows() == 0) return;
  const auto before = static_cast<std::ptrdiff_t>(entries.size());
  for (const NameForm& form : *query.forms) Search(*this, form, query).Run(entries);
  std::sort(entries.begin() + before, entries.end());
  entries.erase(std::unique(entries.begin() + before, entries.end()), entries.end());
}

}  // namespace landfall
