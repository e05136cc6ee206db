#pragma once

// The front door of identity matching: who on a watch list may this person be?
//
// So far by document number, and by folded full name together with the birth date. Scores are decibans, additive; every
// term is kept with both values.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"

namespace landfall {

// A person asked about.
struct WatchQuery {
  std::string_view surname, given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  std::string_view nationality;
  const std::vector<Document>* documents = nullptr;  // May be null.
  std::string_view document;                         // One more number, without a type; may be empty.
  bool may_be_child = false;  // Age under 18 not ruled out on the day that counts.
};

struct MatchTerm {
  std::string term;   // name, date_of_birth, document, nationality, sex
  std::string query;  // The value asked with
  std::string entry;  // and the value of the entry.
  std::int32_t points = 0;
};

struct WatchMatch {
  const WatchEntry* entry = nullptr;
  std::int32_t score = 0;  // Decibans; the sum of the terms.
  std::vector<MatchTerm> terms;
};

class WatchIndex {
 public:
  WatchIndex();
  // Takes the entries; those whose `review_by` lies before `today` are left out.
  explicit WatchIndex(std::vector<WatchEntry> entries, std::optional<Date> today = std::nullopt);

  std::size_t size() const;

  // Every candidate, best first, ties by entry id. A person who may be a child is compared with `child_at_risk` entries
  // only; anyone else with `person_of_concern` and `sponsor_of_concern`. Any thread.
  std::vector<WatchMatch> Find(const WatchQuery& query) const;
  // A `lost_document` entry for this document; nullptr if none. Any thread.
  const WatchEntry* FindLostDocument(const Document& document) const;
  bool HasLostDocuments() const;

 private:
  struct Tables;
  std::shared_ptr<const Tables> tables_;
};

}  // namespace landfall
