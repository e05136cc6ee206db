#pragma once

// What became of a record that was kept aside.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/date.h"
#include "model/enum_text.h"
#include "model/finding.h"

namespace landfall {

// DO NOT RENUMBER: stored by number.
enum class QuarantineState : std::uint8_t { kOpen, kResubmitted, kReleased };
template <>
struct EnumText<QuarantineState> {
  static constexpr std::string_view kWords[] = {"open", "resubmitted", "released"};
};

// How a record was dealt with, once and for all. The same bytes at the same place of the same file stay dealt with,
// however often they are read again.
struct QuarantineClosing {
  QuarantineState state = QuarantineState::kReleased;
  std::string reason;  // A person's own words, or what was sent in its stead.
  Instant at;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "state", self.state);
    visit(2, "reason", self.reason);
    visit(3, "at", self.at);
  }
  friend bool operator==(const QuarantineClosing&, const QuarantineClosing&) = default;
};

struct QuarantineEntry {
  std::string key;  // Of its row. Nobody can tell from it what was kept.
  QuarantinedRecord record;
  std::optional<QuarantineClosing> closing;  // Absent: open.

  QuarantineState state() const { return closing ? closing->state : QuarantineState::kOpen; }
};

// What people call an entry: Q- and the first 16 hex digits of its key. The same in one store for ever, another in each
// store.
std::string QuarantineId(const QuarantineEntry& entry);
// The beginning of the key that an id names; nullopt for what is no id. Case does not matter.
std::optional<std::string> ParseQuarantineId(std::string_view id);

}  // namespace landfall
