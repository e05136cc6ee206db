#pragma once

// The slow, independent program that says which entries of a list a person must be compared with: the predicate of
// docs/MATCHING.md over the whole list, with comparison code of its own. It shares with the index only the letters that
// other scripts and marks are written in (latin.h), so that the two do not agree by accident.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"
#include "pipeline/match/watch_index.h"

namespace landfall {

class MatchOracle {
 public:
  // Copies what it needs. `today` as for WatchIndex.
  explicit MatchOracle(const std::vector<WatchEntry>& entries, std::optional<Date> today = std::nullopt);
  ~MatchOracle();

  // The ids of all candidates, ascending. As slow as the list is long. Any thread.
  std::vector<std::string> Find(const WatchQuery& query) const;

 private:
  struct Listed;
  std::vector<Listed> listed_;
  std::optional<Date> today_;
};

}  // namespace landfall
