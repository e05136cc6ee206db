#pragma once

// What can be proved of rules without any facts: by intervals, enum values, texts and outcomes, condition by condition in
// normal form. Everything said here holds for every row; what is not proved is not said.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/facts.h"
#include "rules/ast.h"

namespace landfall::rules {

// The rows for which a rule fires (or does not), as alternatives; each is what its facts and conditions must be.
// Immutable; borrows the rule and the profile.
class FiringSet {
 public:
  // Nullopt if the rule has too many alternatives to be reasoned about.
  static std::optional<FiringSet> Of(const Rule& rule, const Profile& profile);
  // Of the rows for which it does not.
  static std::optional<FiringSet> OfSilence(const Rule& rule, const Profile& profile);

  // No row whatever makes the rule fire.
  bool IsEmpty() const;
  // Every row for which this fires, the other fires for too.
  bool IsContainedIn(const FiringSet& other) const;
  // The facts that each alternative asks of `when`; one of them is enough for the rule to fire.
  const std::vector<std::set<FactId>>& facts() const { return facts_; }

  struct Domain;
  using Alternative = std::vector<std::pair<std::string, Domain>>;  // By key: a fact with its window, or a condition.
  const std::vector<Alternative>& alternatives() const { return alternatives_; }

  struct Interval {
    double low, high;
    bool low_open, high_open;
  };
  // The values of one fact, or the outcomes of one condition.
  struct Domain {
    enum class Kind { kOutcome, kNumber, kEnum, kText };
    Kind kind = Kind::kOutcome;
    bool unknown = true;               // May be unknown.
    bool may_be_true = true, may_be_false = true;  // kOutcome
    std::vector<Interval> intervals;   // kNumber: sorted, apart from each other.
    std::uint64_t values = ~std::uint64_t{0};      // kEnum: a bit a value.
    bool all_but = true;               // kText: all texts but these, or only these.
    std::set<std::string> texts;
    std::set<FactId> facts;            // What it is a domain of.
    // What is asked: a fact's value, or (kOutcome) a condition's outcome, its opposite, or whether it is known.
    enum class Asks { kFact, kOutcome, kOpposite, kKnown };
    Asks asks = Asks::kFact;
    const Expr* expr = nullptr;        // Of the rule or a define.
    std::size_t order = 0;             // Of its first use in the text.
  };

 private:
  friend class FiringSetBuilder;
  std::vector<Alternative> alternatives_;  // Each sorted by key.
  std::vector<std::set<FactId>> facts_;
};

// Whether `unless` can be true where `when` is: nullopt if that was not decided.
std::optional<bool> UnlessCanApply(const Rule& rule, const Profile& profile);

}  // namespace landfall::rules
