#pragma once

// A number of watch entries with their indexes: a whole list, or what was added to one since.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "model/reference_records.h"
#include "pipeline/match/index/key_table.h"
#include "pipeline/match/index/name_index.h"

namespace landfall {

// Immutable; any thread. Entries are by id, each once.
class WatchPart {
 public:
  explicit WatchPart(std::vector<WatchEntry> entries);

  const std::vector<WatchEntry>& entries() const { return entries_; }
  const WatchEntry* Find(std::string_view id) const;  // nullptr if it is not there.

  // Children at risk and people of concern are never compared with the same person, so each have an index.
  const NameIndex& names(bool of_children) const { return of_children ? children_ : concern_; }

  // Numbers of the entries with a document whose number may be this one; `number` is a NumberKey. A superset.
  std::span<const KeyEntry> FindNumber(std::string_view number) const;
  std::span<const KeyEntry> FindLostNumber(std::string_view number) const;
  bool HasLostDocuments() const { return lost_documents_.size() > 0; }

  // Of each entry what decides whether it may be compared, near together: the entries themselves lie far apart.
  struct Limits {
    std::optional<Date> review_by;
    std::optional<Date> latest_birth;   // The last day that its birth dates leave open.
    bool filed_under_dates = true;      // See NameIndex::Find.
  };
  const Limits& limits(std::uint32_t entry) const { return limits_[entry]; }

  std::size_t bytes() const;

 private:
  std::vector<WatchEntry> entries_;
  std::vector<Limits> limits_;
  NameIndex children_, concern_;
  KeyTable documents_, lost_documents_;
};

// True if the numbers (NumberKeys) are equal, or differ in one character that is easily misread: 0-O, 1-I, 2-Z, 5-S, 8-B.
enum class NumberMatch : std::uint8_t { kNone, kConfusable, kExact };
NumberMatch CompareNumbers(std::string_view a, std::string_view b);

}  // namespace landfall
