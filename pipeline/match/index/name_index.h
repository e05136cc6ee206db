#pragma once

// Who on a list may bear this name and be born on this day: the name and birth date of the predicate (docs/MATCHING.md),
// exactly. NameIndex holds the tables; NameSearch (name_search.h) is one look-up in them.
//
// A row is one spelling of one name of an entry with one of its birth dates. Rows are numbered in the order of their
// dates, so that every list of rows is in that order, and the rows of a year or a day are a range of numbers.
//
// Invariants:
//  1. Rows stand in four blocks: dated, undated, undated for which one match is enough, dated for which one is enough.
//     One is enough where only one token counts, or where an initial may be the second.
//  2. A join of a row is filed apart, as whole, if it leaves nothing that a second pair could have: it is of use only to those who
//     need one pair.

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"
#include "pipeline/match/index/big_vector.h"
#include "pipeline/match/index/key_table.h"
#include "pipeline/match/index/text_keys.h"
#include "pipeline/match/index/token_dictionary.h"
#include "pipeline/match/name/name_form.h"

namespace landfall {

struct NameQuery {
  const NameForms* forms = nullptr;
  bool may_be_cut = false;  // The last token may be the beginning of one.
  std::optional<PartialDate> date_of_birth;
};

// Filled, sealed, then read by any thread.
class NameIndex {
 public:
  // `entry` is the caller's number of it; ascending.
  void Add(std::uint32_t entry, const WatchEntry& listed);
  // Call once, after the last Add.
  void Seal();

  // Appends the numbers of the entries one of whose names matches and one of whose rows may be of this birth date;
  // ascending, each once. Of an entry for which IsFiledUnderDates is false the caller compares the birth dates.
  void Find(const NameQuery& query, std::vector<std::uint32_t>& entries) const;
  // False for birth dates so wide that the entry is found whatever the date asked about.
  static bool IsFiledUnderDates(const WatchEntry& listed);

  const TokenDictionary& dictionary() const { return dictionary_; }
  // How many entries have this token in a name; 0 for a token that is not there.
  std::uint32_t EntriesWithToken(std::string_view token) const;
  std::uint32_t entry_count() const { return entry_count_; }
  std::size_t row_count() const { return rows_.size(); }
  std::size_t bytes() const;

 private:
  friend class NameSearch;

  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  struct PendingRow {
    std::uint64_t order = 0;  // Block, then date.
    std::uint32_t tokens = 0, size = 0, entry = 0;
  };
  // A cache line, so that one access brings it all. A token that does not count has kUncountedToken set.
  struct alignas(64) Row {
    static constexpr std::size_t kTokensInside = 5;
    static constexpr std::size_t kJoinsInside = 7;  // All that five tokens have.
    std::uint32_t entry = 0, size = 0;
    std::uint32_t tokens[kTokensInside] = {};  // If there are more: the first is where they begin in more_tokens_.
    // Of the join that begins with each token and has two, then three: SkeletonKey, 0 without one.
    std::uint32_t join_skeletons[kJoinsInside] = {};
    std::uint32_t has_nicknames = 0;  // A bit for each of these joins.
  };
  // From a day to its rows, within one block of dated rows.
  struct Days {
    int first_year = 0, years = 0;
    std::vector<std::uint32_t> begin;  // By year, month and day; one more at the end.
    std::uint32_t At(int year, unsigned month_and_day) const;
  };
  // The rows with a whole date by month and day, then year: those of one day in several years lie near each other.
  // A row is its number, then its tokens that count, the last with kUncountedToken set.
  struct Anniversaries {
    int first_year = 0, years = 0;
    BigVector<std::uint32_t> words;
    std::vector<std::uint32_t> begin;  // By month and day, and year; one more at the end.
    std::span<const std::uint32_t> Of(unsigned month_and_day, int year) const;
  };
  // Lists of rows, one for each number, run together.
  struct Lists {
    BigVector<std::uint32_t> begin, rows;
    std::span<const std::uint32_t> Of(std::uint32_t number) const {
      return {rows.data() + begin[number], rows.data() + begin[number + 1]};
    }
  };
  // Set in a number of texts_ that is a row, of which a join is filed; without it the number is a token's.
  static constexpr std::uint32_t kJoin = 1u << 31;

  void AddForm(std::uint32_t entry, const NameForm& form, std::span<const std::uint32_t> dates);
  void CountTokens(std::size_t first_pending_token);
  void OrderRows();
  Row MakeRow(const PendingRow& pending);
  void IndexDays(Days& days, Range block);
  void IndexAnniversaries();
  template <typename KeyOf>
  void MakeLists(std::size_t count, Lists& lists, KeyOf key_of) const;
  void IndexTexts();
  static bool LeavesAPair(std::span<const std::uint32_t> tokens, std::size_t first, std::size_t end);
  struct TextEntries {
    std::vector<KeyEntry> texts, single_texts, whole_joins;
  };
  void AppendJoins(std::uint32_t row, TextEntries& entries);
  void AppendTokens(std::vector<KeyEntry>& texts, std::vector<KeyEntry>& single_texts) const;
  std::span<const std::uint32_t> TokensOf(std::uint32_t row) const {
    const Row& r = rows_[row];
    return {r.size <= Row::kTokensInside ? r.tokens : more_tokens_.data() + r.tokens[0], r.size};
  }

  TokenDictionary dictionary_;
  std::vector<PendingRow> pending_;
  std::vector<std::uint32_t> pending_tokens_;
  std::vector<std::uint32_t> entries_with_token_;
  std::uint32_t entry_count_ = 0;

  BigVector<Row> rows_;
  std::vector<std::uint32_t> more_tokens_;
  std::vector<std::uint32_t> date_of_;  // By row, until sealed; 0 if it is not known.
  std::uint32_t undated_begin_ = 0, single_begin_ = 0, single_dated_begin_ = 0;  // Where the blocks begin.
  Days days_, single_days_;
  Anniversaries anniversaries_;
  Lists by_token_, by_class_;
  Lists by_particle_;  // Rows in which a particle does not count: for the beginnings of joins.
  KeyTable texts_;     // Tokens, and joins of rows (text_keys.h).
  KeyTable single_texts_;  // Of them, those of rows for which one pair is enough.
  KeyTable whole_joins_;
};

}  // namespace landfall
