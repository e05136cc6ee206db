#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "model/message.h"

namespace landfall {

// Which parts of a flight's list came, where senders split it over several messages (formats: common access reference,
// sequence 01:C to nn:F). The parts of one sender, reference and revision are a set; of several sets the one that began
// last counts. One thread. Grows with the messages of the flight, not with the numbers they state.
class PartSets {
 public:
  // A list, newest last. One without `part` is whole, and replaces any set before it. Returns the number of the list it
  // belongs to: `number`, or that of the first part of its set.
  std::uint32_t Add(const Message& list, std::uint32_t number);

  bool is_split() const { return newest_.has_value(); }
  // From the first to the last, which is marked so. Also true of a list that came whole.
  bool IsComplete() const;
  // None is lacking between the first and the highest that came; the last may not have been marked (some senders give the
  // number alone). Also true of a list that came whole.
  bool HasNoGap() const;
  // When the latest part of the newest set was sent.
  std::optional<Instant> latest() const;
  // For a person: "parts 2, 4-6 of 9 did not come". Empty if nothing is missing.
  std::string Missing() const;

 private:
  struct Parts {
    std::uint32_t number = 0;  // Of its first part.
    std::set<std::int32_t> seen;
    std::int32_t last = 0;  // 0: none was marked.
    std::optional<Instant> latest;
  };
  const Parts& newest() const { return sets_.at(*newest_); }

  absl::flat_hash_map<std::string, Parts> sets_;  // By sender, reference and revision.
  std::optional<std::string> newest_;
};

}  // namespace landfall
