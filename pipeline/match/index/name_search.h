#pragma once

// One look-up in a NameIndex with one form of a name.
//
// The elements of the name (its tokens and joins) are looked for among the tokens and joins of the list. The rows of what
// they find, as far as the birth date allows, are marked with the element, a bit of a word per row. Then rows whose marks
// may be two pairs that share nothing are checked: by the marks of their tokens, which is exact, and where a join of the row
// may take part by comparing the texts (RowMatcher).
//
// Invariants:
//  1. A row that matches is marked with an element by each pair of some matching of it that is no initial. So a row that
//     needs two pairs carries two marks that do not overlap, or one of the two is an initial.
//  2. A token is marked with exactly those that it matches, initials aside, of the elements that are looked for; with the
//     others once it has been compared with them.

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "pipeline/match/index/name_elements.h"
#include "pipeline/match/index/name_index.h"
#include "pipeline/match/index/row_match.h"

namespace landfall {

// Borrows all three. One thread; it uses memory of that thread, which it leaves clean.
class NameSearch {
 public:
  NameSearch(const NameIndex& index, const NameForm& form, const NameQuery& query);
  // Appends the entries found, some more than once.
  void Run(std::vector<std::uint32_t>& entries);

 private:
  static constexpr std::uint32_t kNone = TokenDictionary::kNone;

  // A bit for each element. Elements from kLastBit on share one, which is enough by itself: names that long are rare.
  using Marks = std::uint16_t;
  static constexpr std::size_t kLastBit = 14;
  static constexpr Marks kThroughJoin = 1u << 15;  // A join of the row may match.

  using Range = NameIndex::Range;
  struct TokenMarks {
    Marks matched = 0;
    Marks seen = 0;  // Compared, or about to be.
  };
  struct Key {
    std::uint32_t key;
    std::uint16_t element;
    bool by_edits;  // Else by skeleton or nickname.
  };
  struct Reached {
    std::uint32_t token, element;
  };
  struct List {
    std::span<const std::uint32_t> rows;
    std::uint32_t element;
  };
  // Marks are zero between look-ups.
  struct Scratch {
    std::vector<NameElement> elements;
    std::vector<Marks> row_marks;
    std::vector<TokenMarks> token_marks;
    std::vector<std::uint64_t> token_bits;  // Whether a token has matched: small enough for the nearest cache.
    std::vector<Key> keys, existing;
    std::vector<Reached> candidates, reached;
    std::vector<List> lists;
    std::vector<std::uint32_t> marked_tokens, seen_tokens, touched;
    std::vector<std::pair<std::uint32_t, Marks>> rows;
  };
  static Scratch& TheScratch();

  static std::size_t Bit(std::size_t element) { return element < kLastBit ? element : kLastBit; }
  static Marks MarksOf(std::size_t element) { return static_cast<Marks>(1u << Bit(element)); }

  void FindRanges(const std::optional<PartialDate>& born);
  void AddDays(PartialDate born);
  void FindPartners();
  bool HasPartner(std::size_t element) const { return one_is_enough_ || partners_[Bit(element)] != 0; }

  void MatchTokens();
  void MatchPrefix(std::uint32_t element);
  void MatchTexts();
  bool IsWalked(std::size_t element) const { return HasPartner(element) && !IsSkipped(elements_[element]); }
  void CollectKeys(bool walked);
  void LookUp(const KeyTable& texts);
  void TakeTexts(const Key& key, std::span<const KeyEntry> found);
  void TakeText(std::uint32_t number, std::uint32_t element);
  void CompareCandidates();
  void MatchToken(std::uint32_t id, std::uint32_t element) const;

  void CollectLists();
  void ChooseSkipped();
  bool IsSkipped(const NameElement& e) const { return e.first <= skipped_ && skipped_ <= e.last; }
  void WalkList(const List& list);
  void WalkDays();
  void WalkDay(std::span<const std::uint32_t> words);
  void Mark(std::uint32_t row, Marks marks);
  bool IsInRange(std::uint32_t row) const;
  bool IsOnDay(std::uint32_t row) const;

  Marks PartnersOf(Marks marks) const;
  void TakeTouched();
  void CheckRows(std::vector<std::uint32_t>& entries);
  bool Check(std::uint32_t row, Marks marks, RowMatcher& matcher) const;
  bool CheckSingle(std::span<const std::uint32_t> tokens, Marks marks, RowMatcher& matcher) const;
  struct Token {
    Marks matched, matched_or_initial;
  };
  using RowTokens = absl::InlinedVector<Token, 8>;
  bool TokensAgree(const RowTokens& tokens, bool one_is_enough) const;
  bool JoinsMayAgree(const NameIndex::Row& row, std::span<const std::uint32_t> ids, const RowTokens& tokens) const;
  Marks MatchedMarks(std::uint32_t token) const;
  Marks InitialMarks(std::uint32_t token) const;
  void Clean();

  const NameIndex& index_;
  const NameForm& form_;
  Scratch& scratch_;
  std::vector<NameElement>& elements_;
  bool has_initial_ = false;
  bool one_is_enough_ = false;  // One pair for every row, or an initial may be the second.
  absl::InlinedVector<Range, 3> ranges_;      // Ascending.
  absl::InlinedVector<Range, 32> day_ranges_;  // Of the day in other years, ascending.
  absl::InlinedVector<std::span<const std::uint32_t>, 16> days_;  // The same, by the words of Anniversaries.
  // The token of the query that is not looked for where two pairs are needed: the most frequent. Of two pairs that share no
  // token one is without it, so every such row is found by the others, and then compared with what covers this one.
  std::uint32_t skipped_ = kNone;
  Marks all_marks_ = 0;
  Marks skipped_marks_ = 0;  // Of the elements that cover it.
  Marks partners_[kLastBit + 1] = {};  // By bit: elements that do not overlap it.
};

}  // namespace landfall
