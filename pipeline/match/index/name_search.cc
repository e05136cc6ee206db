#include "pipeline/match/index/name_search.h"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <iterator>

#include "pipeline/match/index/birth_years.h"
#include "pipeline/match/index/text_keys.h"
#include "pipeline/match/name/edit_distance.h"

namespace landfall {
namespace {

bool HasInitial(const NameForm& form) {
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form.Counts(i) && form.token(i).size() == 1) return true;
  }
  return false;
}

// Where `value` may stand in an ascending list of numbers below `end`: they are spread about evenly, so a guess and a few
// steps from it touch less memory than halving does.
const std::uint32_t* LowerBound(std::span<const std::uint32_t> rows, std::uint32_t value, std::uint32_t end) {
  const std::uint32_t* const first = rows.data();
  const std::uint32_t* const last = first + rows.size();
  if (value == 0) return first;
  if (value >= end) return last;
  const std::uint32_t* low = first + static_cast<std::uint64_t>(rows.size()) * value / end;
  const std::uint32_t* high = low;
  for (std::ptrdiff_t step = 16; low != first && *low >= value; step *= 4) low -= std::min(step, low - first);
  for (std::ptrdiff_t step = 16; high != last && *high < value; step *= 4) high += std::min(step, last - high);
  return std::lower_bound(low, high, value);
}

}  // namespace

NameSearch::Scratch& NameSearch::TheScratch() {
  thread_local Scratch scratch;
  return scratch;
}

NameSearch::NameSearch(const NameIndex& index, const NameForm& form, const NameQuery& query)
    : index_(index),
      form_(form),
      scratch_(TheScratch()),
      elements_(scratch_.elements),
      has_initial_(HasInitial(form)),
      one_is_enough_(form.counted() == 1 || has_initial_) {
  const std::size_t tokens = index.dictionary_.size();
  if (scratch_.row_marks.size() < index.row_count()) scratch_.row_marks.resize(index.row_count());
  if (scratch_.token_marks.size() < tokens) {
    scratch_.token_marks.resize(tokens);
    scratch_.token_bits.resize(tokens / 64 + 1);
  }
  MakeElements(form, query.may_be_cut, index.dictionary_, elements_);
  FindRanges(query.date_of_birth);
  FindPartners();
  ChooseSkipped();
}

void NameSearch::Run(std::vector<std::uint32_t>& entries) {
  MatchTokens();
  MatchTexts();
  CollectLists();
  for (const List& list : scratch_.lists) WalkList(list);
  WalkDays();
  TakeTouched();
  CheckRows(entries);
  Clean();
}

// ---- Which rows may be of the birth date.

void NameSearch::FindRanges(const std::optional<PartialDate>& born) {
  if (!born) {
    ranges_.push_back({0, static_cast<std::uint32_t>(index_.row_count())});
    return;
  }
  const auto add = [this](std::uint32_t begin, std::uint32_t end) {
    if (begin < end) ranges_.push_back({begin, end});
  };
  const auto add_years = [&](const NameIndex::Days& days) {
    if (!days.begin.empty()) add(days.At(born->year - 1, 0), days.At(born->year + 2, 0));
  };
  add_years(index_.days_);
  add(index_.undated_begin_, index_.single_dated_begin_);
  add_years(index_.single_days_);
  if (born->IsWhole()) AddDays(*born);
}

void NameSearch::AddDays(PartialDate born) {
  const unsigned day = born.month * 32u + born.day;
  const NameIndex::Anniversaries& all = index_.anniversaries_;
  absl::InlinedVector<int, 16> years;
  for (int year = all.first_year; year < all.first_year + all.years; ++year) {
    if (std::abs(year - born.year) > 1 && AreYearsAlike(year, born.year)) years.push_back(year);
  }
  for (const int year : years) {
    if (const auto words = all.Of(day, year); !words.empty()) days_.push_back(words);
  }
  for (const NameIndex::Days* days : {&index_.days_, &index_.single_days_}) {
    for (const int year : years) {
      const Range range{days->At(year, day), days->At(year, day + 1)};
      if (range.begin < range.end) day_ranges_.push_back(range);
    }
  }
}

bool NameSearch::IsOnDay(std::uint32_t row) const {
  const auto after = std::ranges::upper_bound(day_ranges_, row, {}, &Range::begin);
  return after != day_ranges_.begin() && row < std::prev(after)->end;
}

bool NameSearch::IsInRange(std::uint32_t row) const {
  return std::ranges::any_of(ranges_, [row](Range range) { return row >= range.begin && row < range.end; });
}

// ---- Which tokens and joins of the list match an element.

void NameSearch::FindPartners() {
  const std::size_t count = std::min(elements_.size(), kLastBit);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) {
      if (!elements_[i].Overlaps(elements_[j])) partners_[i] |= static_cast<Marks>(1u << j);
    }
    if (elements_.size() > kLastBit) partners_[i] |= static_cast<Marks>(1u << kLastBit);
  }
  if (elements_.size() > kLastBit) partners_[kLastBit] = static_cast<Marks>((1u << (kLastBit + 1)) - 1);
}

void NameSearch::MatchToken(std::uint32_t id, std::uint32_t element) const {
  TokenMarks& marks = scratch_.token_marks[id];
  if (marks.matched == 0) {
    scratch_.marked_tokens.push_back(id);
    scratch_.token_bits[id / 64] |= std::uint64_t{1} << (id % 64);
  }
  marks.matched |= MarksOf(element);
}

// Those that are known without comparing: of the same class, of a nickname group, beginning with a prefix, itself.
void NameSearch::MatchTokens() {
  const TokenDictionary& dictionary = index_.dictionary_;
  for (std::uint32_t i = 0; i < elements_.size(); ++i) {
    const NameElement& e = elements_[i];
    if (e.skeleton_class != kNone) {
      for (const std::uint32_t id : dictionary.TokensOfClass(e.skeleton_class)) MatchToken(id, i);
    }
    const auto reach = [&](std::uint32_t id) {
      if (scratch_.token_marks[id].matched & MarksOf(i)) return;
      MatchToken(id, i);
      scratch_.reached.push_back({id, i});
    };
    if (e.token != kNone) reach(e.token);
    for (const std::uint16_t group : e.groups) {
      for (const std::uint32_t id : dictionary.TokensOfGroup(group)) reach(id);
    }
    if (!e.is_prefix) continue;
    dictionary.ForEachWithPrefix(e.text, reach);
    MatchPrefix(i);
  }
}

// Joins that begin with the text: they begin with a whole token that the text begins with, or that begins with the text.
void NameSearch::MatchPrefix(std::uint32_t element) {
  const std::string_view text = elements_[element].text;
  const auto mark_all = [&](std::span<const std::uint32_t> rows) {
    for (const std::uint32_t row : rows) {
      if (IsInRange(row) || IsOnDay(row)) Mark(row, MarksOf(element) | kThroughJoin);
    }
  };
  for (std::size_t size = 1; size <= text.size(); ++size) {
    const std::uint32_t id = index_.dictionary_.Find(text.substr(0, size));
    if (id == kNone) continue;
    if (size < text.size()) mark_all(index_.by_token_.Of(id));
    mark_all(index_.by_particle_.Of(id));
  }
  // A longer token that counts matches by itself; a particle does not.
  index_.dictionary_.ForEachWithPrefix(text, [&](std::uint32_t id) { mark_all(index_.by_particle_.Of(id)); });
}

void NameSearch::MatchTexts() {
  scratch_.candidates.clear();
  CollectKeys(true);
  LookUp(index_.texts_);
  // Only who needs no second pair has use for a join that leaves nothing for one.
  if (form_.counted() == 1) LookUp(index_.whole_joins_);
  CollectKeys(false);
  LookUp(index_.single_texts_);
  CompareCandidates();
}

void NameSearch::CollectKeys(bool walked) {
  std::vector<Key>& keys = scratch_.keys;
  keys.clear();
  for (std::uint16_t i = 0; i < elements_.size(); ++i) {
    if (IsWalked(i) != walked) continue;
    const NameElement& e = elements_[i];
    ForEachKeyToFind(e.text, [&](std::uint32_t key) { keys.push_back({key, i, true}); });
    if (e.skeleton_key != 0) keys.push_back({e.skeleton_key, i, false});
    for (const std::uint16_t group : e.groups) keys.push_back({NicknameKey(group), i, false});
  }
}

// Step by step for all keys, so that what one waits for is fetched while others are looked at.
void NameSearch::LookUp(const KeyTable& texts) {
  if (texts.size() == 0) return;
  std::vector<Key>& existing = scratch_.existing;
  existing.clear();
  for (const Key& key : scratch_.keys) texts.PrefetchDirectory(key.key);
  for (const Key& key : scratch_.keys) {
    if (texts.PrefetchEntries(key.key)) existing.push_back(key);
  }
  for (const Key& key : existing) TakeTexts(key, texts.Find(key.key));
}

void NameSearch::TakeTexts(const Key& key, std::span<const KeyEntry> found) {
  const NameElement& e = elements_[key.element];
  const int edits = EditsAllowed(e.text.size());
  for (const KeyEntry& entry : found) {
    // Thirds bring together many texts that have little in common.
    if (key.by_edits && WithoutLetters(entry.letters ^ e.letters, edits) != 0) continue;
    TakeText(entry.number, key.element);
  }
}

void NameSearch::TakeText(std::uint32_t number, std::uint32_t element) {
  if (number < NameIndex::kJoin) {
    index_.dictionary_.Prefetch(number);
    scratch_.candidates.push_back({number, element});
    return;
  }
  const std::uint32_t row = number & ~NameIndex::kJoin;
  if (row < index_.single_begin_ && !HasPartner(element)) return;
  if (IsInRange(row) || IsOnDay(row)) Mark(row, MarksOf(element) | kThroughJoin);
}

void NameSearch::CompareCandidates() {
  const TokenDictionary& dictionary = index_.dictionary_;
  std::vector<Reached>& candidates = scratch_.candidates;
  std::size_t kept = 0;
  for (const Reached& candidate : candidates) {
    const NameElement& e = elements_[candidate.element];
    TokenMarks& marks = scratch_.token_marks[candidate.token];
    const Marks mark = MarksOf(candidate.element);
    // Elements that share a bit cannot tell which of them was here.
    if (candidate.element < kLastBit && ((marks.seen | marks.matched) & mark) != 0) continue;
    if (marks.seen == 0) scratch_.seen_tokens.push_back(candidate.token);
    marks.seen |= mark;
    const std::size_t size = dictionary.length(candidate.token);
    if (!MayBeWithinEdits(e.text.size(), e.letters, size, dictionary.letters(candidate.token))) continue;
    dictionary.PrefetchText(candidate.token);
    candidates[kept++] = candidate;
  }
  candidates.resize(kept);
  for (const Reached& candidate : candidates) {
    const NameElement& e = elements_[candidate.element];
    const std::string_view text = dictionary.text(candidate.token);
    if (!IsWithinEdits(e.text, text, EditsAllowed(std::min(e.text.size(), text.size())))) continue;
    MatchToken(candidate.token, candidate.element);
    scratch_.reached.push_back(candidate);
    __builtin_prefetch(&index_.by_token_.begin[candidate.token]);
  }
}

// ---- Which rows bear them.

void NameSearch::CollectLists() {
  std::vector<List>& lists = scratch_.lists;
  lists.clear();
  for (std::uint32_t i = 0; i < elements_.size(); ++i) {
    if (elements_[i].skeleton_class != kNone) lists.push_back({index_.by_class_.Of(elements_[i].skeleton_class), i});
  }
  for (const Reached& reached : scratch_.reached) {
    const std::span<const std::uint32_t> rows = index_.by_token_.Of(reached.token);
    if (rows.empty()) continue;  // A particle that counts nowhere.
    __builtin_prefetch(rows.data());
    lists.push_back({rows, reached.element});
  }
}

// By the rows that bear the token itself or its skeleton, which is most of them.
void NameSearch::ChooseSkipped() {
  if (one_is_enough_ || elements_.size() > kLastBit) return;
  constexpr std::size_t kWorthSkipping = 64, kTimesMore = 3;
  std::size_t most = 0, all = 0;
  std::uint32_t token = 0;
  for (std::size_t i = 0; i < elements_.size() && !elements_[i].is_join(); ++i) {
    const NameElement& e = elements_[i];
    std::size_t rows = 1;
    if (e.skeleton_class != kNone) rows += index_.by_class_.Of(e.skeleton_class).size();
    else if (e.token != kNone) rows += index_.by_token_.Of(e.token).size();
    all += rows;
    if (rows <= most) continue;
    most = rows;
    token = e.first;
  }
  if (most > kWorthSkipping && most > kTimesMore * (all - most)) skipped_ = token;
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    all_marks_ |= MarksOf(i);
    if (IsSkipped(elements_[i])) skipped_marks_ |= MarksOf(i);
  }
}

void NameSearch::Mark(std::uint32_t row, Marks marks) {
  Marks& before = scratch_.row_marks[row];
  if (before == 0) scratch_.touched.push_back(row);
  before |= marks;
}

void NameSearch::WalkList(const List& list) {
  constexpr std::size_t kFewRows = 16;
  const Marks marks = MarksOf(list.element);
  const std::uint32_t least = IsWalked(list.element) ? 0 : index_.single_begin_;
  if (list.rows.size() <= kFewRows) {
    for (const std::uint32_t row : list.rows) {
      if (row >= least && IsInRange(row)) Mark(row, marks);
    }
    return;
  }
  const std::uint32_t* const end = list.rows.data() + list.rows.size();
  const auto row_count = static_cast<std::uint32_t>(index_.row_count());
  for (const Range range : ranges_) {
    const std::uint32_t* row = LowerBound(list.rows, std::max(range.begin, least), row_count);
    for (; row != end && *row < range.end; ++row) Mark(*row, marks);
  }
}

// The rows of the day in other years are few: their tokens are looked at one by one.
void NameSearch::WalkDays() {
  for (const std::span<const std::uint32_t> words : days_) WalkDay(words);
}

void NameSearch::WalkDay(std::span<const std::uint32_t> words) {
  for (std::size_t i = 0; i < words.size();) {
    const std::uint32_t row = words[i++];
    bool last = false;
    Marks marks = 0;
    for (; !last; ++i) {
      last = (words[i] & kUncountedToken) != 0;
      const std::uint32_t token = words[i] & ~kUncountedToken;
      if ((scratch_.token_bits[token / 64] >> (token % 64) & 1) != 0) marks |= scratch_.token_marks[token].matched;
    }
    if (marks != 0) Mark(row, marks);
  }
}

// ---- Which of the rows match.

NameSearch::Marks NameSearch::PartnersOf(Marks marks) const {
  Marks partners = 0;
  for (Marks rest = marks & static_cast<Marks>(~kThroughJoin); rest != 0; rest = static_cast<Marks>(rest & (rest - 1))) {
    partners |= partners_[std::countr_zero(rest)];
  }
  return partners;
}

void NameSearch::TakeTouched() {
  scratch_.rows.clear();
  // Unless a token was left out, two pairs have left two marks.
  const bool all = one_is_enough_ || skipped_ != kNone || elements_.size() > kLastBit;
  for (const std::uint32_t row : scratch_.touched) {
    const Marks marks = std::exchange(scratch_.row_marks[row], Marks{0});
    if (all || row >= index_.single_begin_ || (PartnersOf(marks) & marks) != 0) scratch_.rows.emplace_back(row, marks);
  }
  scratch_.touched.clear();
}

void NameSearch::CheckRows(std::vector<std::uint32_t>& entries) {
  constexpr std::size_t kAhead = 8;
  const auto& rows = scratch_.rows;
  RowMatcher matcher(index_.dictionary_, form_, elements_);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i + 2 * kAhead < rows.size()) __builtin_prefetch(&index_.rows_[rows[i + 2 * kAhead].first]);
    if (i + kAhead < rows.size()) {
      for (const std::uint32_t token : index_.TokensOf(rows[i + kAhead].first)) {
        __builtin_prefetch(&scratch_.token_marks[token & ~kUncountedToken]);
        index_.dictionary_.Prefetch(token & ~kUncountedToken);
      }
    }
    if (Check(rows[i].first, rows[i].second, matcher)) entries.push_back(index_.rows_[rows[i].first].entry);
  }
}

bool NameSearch::Check(std::uint32_t row, Marks marks, RowMatcher& matcher) const {
  const std::span<const std::uint32_t> ids = index_.TokensOf(row);
  if (elements_.size() > kLastBit) return matcher.Matches(ids);
  if (one_is_enough_ || row >= index_.single_begin_) return CheckSingle(ids, marks, matcher);
  RowTokens tokens;
  for (const std::uint32_t id : ids) {
    const Marks matched = id < kUncountedToken ? MatchedMarks(id) : Marks{0};
    tokens.push_back({matched, matched});
  }
  if (TokensAgree(tokens, false)) return true;
  return ids.size() > 2 && JoinsMayAgree(index_.rows_[row], ids, tokens) && matcher.Matches(ids);
}

bool NameSearch::CheckSingle(std::span<const std::uint32_t> ids, Marks marks, RowMatcher& matcher) const {
  RowTokens tokens;
  for (const std::uint32_t id : ids) {
    if (id >= kUncountedToken) continue;
    const Marks matched = scratch_.token_marks[id].matched;
    tokens.push_back({matched, static_cast<Marks>(matched | InitialMarks(id))});
  }
  if (TokensAgree(tokens, form_.counted() == 1 || tokens.size() == 1)) return true;
  // An initial asked about may be the beginning of a join that begins with a particle.
  return ((marks & kThroughJoin) != 0 || (has_initial_ && tokens.size() < ids.size())) && matcher.Matches(ids);
}

// Compares with the elements that were not looked for, and remembers.
NameSearch::Marks NameSearch::MatchedMarks(std::uint32_t token) const {
  const TokenDictionary& dictionary = index_.dictionary_;
  TokenMarks& marks = scratch_.token_marks[token];
  Marks open = static_cast<Marks>(skipped_marks_ & ~(marks.seen | marks.matched));
  if (open == 0) return marks.matched;
  if (marks.seen == 0) scratch_.seen_tokens.push_back(token);
  marks.seen |= open;
  for (; open != 0; open = static_cast<Marks>(open & (open - 1))) {
    const auto element = static_cast<std::uint32_t>(std::countr_zero(open));
    const NameElement& e = elements_[element];
    const std::size_t size = dictionary.length(token);
    if (MayBeWithinEdits(e.text.size(), e.letters, size, dictionary.letters(token)) &&
        IsWithinEdits(e.text, dictionary.text(token), EditsAllowed(std::min(e.text.size(), size)))) {
      MatchToken(token, element);
    }
  }
  return marks.matched;
}

// True if a join of the row may be one of two pairs, by lengths and letters.
bool NameSearch::JoinsMayAgree(const NameIndex::Row& row, std::span<const std::uint32_t> ids, const RowTokens& tokens) const {
  struct Join {
    std::size_t begin, end;
    Marks maybe;
  };
  absl::InlinedVector<Join, 9> joins;
  if (ids.size() > NameIndex::Row::kTokensInside) return true;
  for (std::size_t begin = 0, number = 0; begin + 2 <= ids.size(); ++begin) {
    std::size_t size = index_.dictionary_.length(ids[begin] & ~kUncountedToken);
    std::uint32_t letters = index_.dictionary_.letters(ids[begin] & ~kUncountedToken);
    for (std::size_t end = begin + 2; end <= std::min(begin + 3, ids.size()); ++end, ++number) {
      size += index_.dictionary_.length(ids[end - 1] & ~kUncountedToken);
      letters |= index_.dictionary_.letters(ids[end - 1] & ~kUncountedToken);
      Marks outside = 0;
      for (std::size_t i = 0; i < ids.size(); ++i) outside |= i < begin || i >= end ? tokens[i].matched : Marks{0};
      for (const Join& join : joins) outside |= join.end <= begin ? join.maybe : Marks{0};
      const Marks partners = PartnersOf(outside);
      // Another join may follow, if there are tokens left for it.
      Marks open = ids.size() >= end + 2 ? all_marks_ : partners;
      Join join{begin, end, 0};
      for (; open != 0; open = static_cast<Marks>(open & (open - 1))) {
        const auto element = static_cast<std::size_t>(std::countr_zero(open));
        const NameElement& e = elements_[element];
        if ((e.skeleton_key != 0 && e.skeleton_key == row.join_skeletons[number]) || e.is_prefix ||
            (!e.groups.empty() && (row.has_nicknames >> number & 1) != 0) ||
            MayBeWithinEdits(e.text.size(), e.letters, size, letters)) {
          join.maybe |= MarksOf(element);
        }
      }
      if ((join.maybe & partners) != 0) return true;
      joins.push_back(join);
    }
  }
  return false;
}

// Elements that this token matches as an initial, or that match it as one.
NameSearch::Marks NameSearch::InitialMarks(std::uint32_t token) const {
  if (!has_initial_ && index_.dictionary_.length(token) > 1) return 0;
  const std::string_view text = index_.dictionary_.text(token);
  Marks marks = 0;
  for (std::size_t i = 0; i < elements_.size(); ++i) {
    const NameElement& e = elements_[i];
    if (e.text.front() == text.front() && (text.size() == 1 || (e.is_initial() && !e.is_join()))) marks |= MarksOf(i);
  }
  return marks;
}

bool NameSearch::TokensAgree(const RowTokens& tokens, bool one_is_enough) const {
  for (const Token& first : tokens) {
    if (first.matched == 0) continue;
    if (one_is_enough) return true;
    const Marks partners = PartnersOf(first.matched);
    for (const Token& second : tokens) {
      if (&second != &first && (second.matched_or_initial & partners) != 0) return true;
    }
  }
  return false;
}

void NameSearch::Clean() {
  for (const std::uint32_t id : scratch_.marked_tokens) {
    scratch_.token_marks[id].matched = 0;
    scratch_.token_bits[id / 64] = 0;
  }
  for (const std::uint32_t id : scratch_.seen_tokens) scratch_.token_marks[id].seen = 0;
  scratch_.marked_tokens.clear();
  scratch_.seen_tokens.clear();
  scratch_.reached.clear();
}

}  // namespace landfall
