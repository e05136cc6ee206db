#pragma once

// The front door of identity matching: who on a watch list may this person be?
//
// docs/MATCHING.md has the predicate: which entries are candidates. Scores are decibans, additive; every term is kept with
// both values. pipeline/match/weights.h says what each is worth, and why. MatchOracle is the slow twin.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"

namespace landfall {

// A person asked about.
struct WatchQuery {
  std::string_view surname, given_names;
  // The name came from a field that may have been cut (see MayBeCut): its last token may be the beginning of one.
  bool name_may_be_cut = false;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  std::string_view nationality;
  const std::vector<Document>* documents = nullptr;  // May be null.
  std::string_view document;                         // One more number, without a type; may be empty.
  std::string_view phone;            // May be empty.
  const Address* address = nullptr;  // May be null.
  bool may_be_child = false;  // Age under 18 not ruled out on the day that counts.
  // The day that counts (of arrival). Entries to be reviewed before it match nobody, and entries of concern whose own birth
  // dates leave open that they are under 18 on it. Without it, the day the index was made for.
  std::optional<Date> on;
};

struct MatchTerm {
  // document, name, name_worst_token, name_unmatched, date_of_birth, sex, nationality, phone, address
  std::string term;
  std::string query;  // The value asked with; empty if it is not known
  std::string entry;  // and the value of the entry.
  std::int32_t points = 0;
};

struct WatchMatch {
  const WatchEntry* entry = nullptr;
  std::int32_t score = 0;  // Decibans; the sum of the terms.
  std::vector<MatchTerm> terms;
};

// True if one of the birth dates stated leaves open that the entry is of someone under 18 on this day.
bool MayBeChild(const WatchEntry& entry, Date on);

// Immutable: a change makes another one, which shares what did not change. Copies are cheap.
class WatchIndex {
 public:
  WatchIndex();
  // Takes the entries; those whose `review_by` lies before `today` are left out. Of several with one id the last counts.
  explicit WatchIndex(std::vector<WatchEntry> entries, std::optional<Date> today = std::nullopt);

  // The list with these entries put (in place of those of their ids) and those ids removed. As quick as the changes since
  // the list was built are few; when they are many, everything is built again.
  WatchIndex With(std::vector<WatchEntry> put, std::span<const std::string> removed = {}) const;

  std::size_t size() const;

  // Every candidate, best first, ties by entry id. A person who may be a child is compared with `child_at_risk` entries
  // only; anyone else with `person_of_concern` and `sponsor_of_concern`. What comes back points into this index. Any
  // thread.
  std::vector<WatchMatch> Find(const WatchQuery& query) const;
  // The candidates alone, without scores, in no order: what is compared with the oracle. Any thread.
  std::vector<const WatchEntry*> FindCandidates(const WatchQuery& query) const;
  // The first `lost_document` entry, by id, for this document (the issuers equal or one unknown) that need not be reviewed
  // before `on`; nullptr if none. Any thread.
  const WatchEntry* FindLostDocument(const Document& document, std::optional<Date> on = std::nullopt) const;
  bool HasLostDocuments() const;

  // What the indexes take, without the entries themselves.
  std::size_t index_bytes() const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace landfall
