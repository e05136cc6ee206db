#pragma once

// Who on a list may bear this name and be born on this day: the name and birth date of the predicate (docs/MATCHING.md),
// exactly.
//
// A row is one spelling of one name of an entry with one of its birth dates. Rows are numbered in the order of their
// dates, so that every list of rows is in that order, and the rows of a year or a day are a range of numbers.
//
// Invariants:
//  1. Rows stand in four blocks: dated, undated, undated for which one match is enough, dated for which one is enough.
//     One is enough where only one token counts, or where an initial may be the second.
//  2. A row that matches is marked with an element of the query by each pair of a matching of it that is no initial.
//     So a row that needs two pairs carries two marks that do not overlap, or one of the two is an initial.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"
#include "pipeline/match/index/key_table.h"
#include "pipeline/match/index/name_elements.h"
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
  // ascending, each once. The caller compares an entry's birth dates in full: an undated row stands for any.
  void Find(const NameQuery& query, std::vector<std::uint32_t>& entries) const;

  const TokenDictionary& dictionary() const { return dictionary_; }
  // How many entries have this token in a name; 0 for a token that is not there.
  std::uint32_t EntriesWithToken(std::string_view token) const;
  std::uint32_t entry_count() const { return entry_count_; }
  std::size_t rows() const { return entry_of_.size(); }
  std::size_t bytes() const;
  // Forgets remembered neighbours. Not while others ask.
  void ForgetNeighbours() { dictionary_.ForgetNeighbours(); }

 private:
  class Search;

  struct Range {
    std::uint32_t begin = 0, end = 0;
  };
  struct PendingRow {
    std::uint64_t order = 0;  // Block, then date.
    std::uint32_t tokens = 0, size = 0, entry = 0;
  };
  // From a day to its rows, within one block of dated rows.
  struct Days {
    int first_year = 0, years = 0;
    std::vector<std::uint32_t> begin;  // By year, month and day; one more at the end.
    std::uint32_t At(int year, unsigned month_and_day) const;
  };
  // Lists of rows, one for each number, run together.
  struct Lists {
    std::vector<std::uint32_t> begin, rows;
    std::span<const std::uint32_t> Of(std::uint32_t number) const {
      return std::span(rows).subspan(begin[number], begin[number + 1] - begin[number]);
    }
  };

  void AddForm(std::uint32_t entry, const NameForm& form, std::span<const std::uint32_t> dates);
  void CountTokens(std::size_t first_pending_token);
  void OrderRows();
  void IndexDays(Days& days, Range block);
  template <typename KeyOf>
  void MakeLists(std::size_t count, Lists& lists, KeyOf key_of) const;
  void IndexJoins();
  std::span<const std::uint32_t> TokensOf(std::uint32_t row) const {
    return std::span(tokens_).subspan(tokens_begin_[row], tokens_begin_[row + 1] - tokens_begin_[row]);
  }

  TokenDictionary dictionary_;
  std::vector<PendingRow> pending_;
  std::vector<std::uint32_t> pending_tokens_;
  std::vector<std::uint32_t> entries_with_token_;
  std::uint32_t entry_count_ = 0;

  std::vector<std::uint32_t> entry_of_, date_of_, tokens_begin_;  // By row; a date is 0 if it is not known.
  std::vector<std::uint32_t> tokens_;
  // Two for each place in tokens_: of the join of two and of three tokens that begins there, the hash of its skeleton
  // with the lowest bit set if it stands in the table of nicknames; 0 if there is neither.
  std::vector<std::uint32_t> join_skeletons_;
  std::uint32_t undated_begin_ = 0, single_begin_ = 0, single_dated_begin_ = 0;  // Where the blocks begin.
  Days days_, single_days_;
  Lists by_token_, by_class_;
  Lists by_particle_;  // Rows in which a particle does not count: for the beginnings of joins.
  KeyTable joins_, single_joins_;  // Of rows that need two pairs, and of those for which one is enough.
};

}  // namespace landfall
