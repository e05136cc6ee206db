#pragma once

// A compiled profile: each distinct predicate is evaluated once per batch over the columns into a pair of bitmaps (true,
// false), and the rules combine bitmaps. Immutable once made; any number of threads may evaluate at once.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/date.h"
#include "model/fact_table.h"
#include "model/message.h"
#include "model/screening.h"
#include "rules/profile.h"

namespace landfall::rules {

// Outcome of each rule for each row: a bit per row. A rule fires where `fires` is set (when true, unless not true);
// where `unknown` is set it could not be judged.
struct RuleOutcomes {
  struct Bits {
    std::vector<std::uint64_t> fires, unknown;
  };
  std::vector<Bits> rules;  // In the order of the profile's rules.
};

// What a hit is made of besides facts: names and sources that only the caller knows.
struct HitContext {
  FlightKey flight;
  // Local date of t0 at the port: `effective` of profile and rules are compared with it.
  Date on;
  std::function<std::string(std::uint32_t row)> traveller_ref;
  std::function<std::string(FactId fact, std::uint32_t row)> source;
  // Events counted by a window; may be empty.
  std::function<std::vector<std::string>(FactId fact, const Window& window, std::uint32_t row)> evidence;
  // What the value of a fact without a window rests on, such as a match field by field; may be empty.
  std::function<std::vector<std::string>(FactId fact, std::uint32_t row)> match_evidence;
};

class RuleSet {
 public:
  explicit RuleSet(std::shared_ptr<const Profile> profile);
  ~RuleSet();

  const Profile& profile() const { return *profile_; }
  std::string_view hash() const { return hash_; }  // "sha256:..."
  // The windows that its rules ask for: what a FactTable must have columns for.
  const std::vector<std::pair<FactId, Window>>& windows() const { return windows_; }

  // Evaluates every rule on every row. Draft and retired rules, too: their users leave them out.
  void Evaluate(const FactTable& table, RuleOutcomes& out) const;

  // The hits on flight number `flight` of the table, from its outcomes: grouped by level (docs/RULES.md, "Levels"), with
  // every term explained. Live rules in effect on `context.on` only. Order: severity, points (both high first), rule,
  // party, traveller.
  std::vector<Hit> Hits(const FactTable& table, const RuleOutcomes& outcomes, std::uint32_t flight,
                        const HitContext& context) const;

 private:
  struct Compiled;
  std::shared_ptr<const Profile> profile_;
  std::string hash_;
  std::vector<std::pair<FactId, Window>> windows_;
  std::unique_ptr<const Compiled> compiled_;
};

// The record of one rule for one row, or for a whole party or flight: `when` and `unless` term by term.
// Part of Hits; by itself for "why not".
void Explain(const Rule& rule, const Profile& profile, const FactTable& table, std::uint32_t row,
             const HitContext& context, Hit& hit);

// "Booked {booking.lead_hours} h before" with the row's values; unknown ones as "not known".
std::string RenderWhy(const Rule& rule, const FactTable& table, std::uint32_t row);

}  // namespace landfall::rules
