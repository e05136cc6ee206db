#pragma once

// What comes out of an assessment: hits, and the flag of a flight.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/enum_text.h"
#include "model/finding.h"
#include "model/message.h"

namespace landfall {

// DO NOT RENUMBER any enum of this file: their numbers are on disk.
enum class Severity : std::uint8_t { kLow, kMedium, kHigh, kCritical };
template <>
struct EnumText<Severity> {
  static constexpr std::string_view kWords[] = {"low", "medium", "high", "critical"};
};

enum class RuleLevel : std::uint8_t { kPassenger, kParty, kFlight, kCrossFlight };
template <>
struct EnumText<RuleLevel> {
  static constexpr std::string_view kWords[] = {"passenger", "party", "flight", "cross_flight"};
};

enum class Outcome : std::uint8_t { kFalse, kTrue, kUnknown };
template <>
struct EnumText<Outcome> {
  static constexpr std::string_view kWords[] = {"false", "true", "unknown"};
};

enum class Suggestion : std::uint8_t { kNoAction, kConsider, kUndecided, kMeet };
template <>
struct EnumText<Suggestion> {
  static constexpr std::string_view kWords[] = {"no_action", "consider", "undecided", "meet"};
};

enum class Direction : std::uint8_t { kArrival, kDeparture };
template <>
struct EnumText<Direction> {
  static constexpr std::string_view kWords[] = {"arrival", "departure"};
};

// The value of a fact in an explanation. `json` is a JSON scalar: null (not known), true, 14, "cash".
struct TermValue {
  std::string fact;
  std::string json;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "fact", self.fact);
    visit(2, "json", self.json);
  }
  friend bool operator==(const TermValue&, const TermValue&) = default;
};

// One operand of the outermost `and` or `or` of a condition, with what it was made of. A bracketed group has `terms`
// and no values of its own.
struct Term {
  std::string text;  // Canonical.
  Outcome outcome = Outcome::kUnknown;
  std::vector<TermValue> values;  // One: `value`; several: `values` by fact.
  std::string source;
  std::vector<std::string> evidence;  // Events counted by a window; a match, field by field.
  std::vector<Term> terms;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "term", self.text);
    visit(2, "outcome", self.outcome);
    visit(3, "values", self.values);
    visit(4, "source", self.source);
    visit(5, "evidence", self.evidence);
    visit(6, "terms", self.terms);
  }
  friend bool operator==(const Term&, const Term&) = default;
};

// One firing of a rule, with everything a person needs to check it.
struct Hit {
  std::string id;  // H- and 16 hex digits: the same facts under the same profile give the same id.
  std::string rule;
  std::string profile;  // sha256:...
  RuleLevel level = RuleLevel::kPassenger;
  Severity severity = Severity::kLow;
  std::int32_t points = 0;  // Decibans.
  std::string family;
  std::string route;  // The team it goes to; empty = the team that covers the port.
  std::string party;  // Reference of the party's first traveller; empty for a hit about the whole flight.
  std::vector<std::string> travellers;  // References.
  std::string text;  // One sentence for the team.
  std::vector<Term> when;
  std::vector<Term> unless;
  // The parties that the points count for, by the reference of their first traveller.
  std::vector<std::string> scored_parties;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "hit", self.id);
    visit(2, "rule", self.rule);
    visit(3, "profile", self.profile);
    visit(4, "level", self.level);
    visit(5, "severity", self.severity);
    visit(6, "points", self.points);
    visit(7, "family", self.family);
    visit(8, "route", self.route);
    visit(9, "party", self.party);
    visit(10, "travellers", self.travellers);
    visit(11, "text", self.text);
    visit(12, "when", self.when);
    visit(13, "unless", self.unless);
    visit(14, "scored_parties", self.scored_parties);
  }
  friend bool operator==(const Hit&, const Hit&) = default;
};

// A party whose assessment could not be completed: it goes to a person.
struct UndecidedParty {
  std::vector<std::string> travellers;
  std::string reason;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "travellers", self.travellers);
    visit(2, "reason", self.reason);
  }
  friend bool operator==(const UndecidedParty&, const UndecidedParty&) = default;
};

// The flag of a flight: what its latest assessment says, ranked.
struct FlightFlag {
  std::string id;  // F- and 16 hex digits of SHA-256 over the flight's identity.
  FlightKey key;
  Direction direction = Direction::kArrival;
  std::string terminal;
  std::optional<Instant> arrives_at;
  Suggestion suggested = Suggestion::kNoAction;
  bool critical = false;
  std::int32_t points = 0;      // Of the highest party.
  std::int32_t points_sum = 0;  // Over the parties with hits: breaks ties.
  std::int32_t children = 0;
  bool pinned = false;
  bool sampled = false;
  Instant now;  // The evaluation instant.
  std::vector<Hit> hits;
  std::vector<UndecidedParty> undecided;
  std::vector<Finding> findings;
  std::string reference;  // Version of the reference records that it was assessed with.

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "flag", self.id);
    visit(2, "key", self.key);
    visit(3, "direction", self.direction);
    visit(4, "terminal", self.terminal);
    visit(5, "arrives_at", self.arrives_at);
    visit(6, "suggested", self.suggested);
    visit(7, "critical", self.critical);
    visit(8, "points", self.points);
    visit(9, "points_sum", self.points_sum);
    visit(10, "children", self.children);
    visit(11, "pinned", self.pinned);
    visit(12, "sampled", self.sampled);
    visit(13, "now", self.now);
    visit(14, "hits", self.hits);
    visit(15, "undecided", self.undecided);
    visit(16, "findings", self.findings);
    visit(17, "reference", self.reference);
  }
  friend bool operator==(const FlightFlag&, const FlightFlag&) = default;
};

}  // namespace landfall
