#include "rules/nearest_change.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <tuple>
#include <vector>

#include "absl/strings/str_format.h"
#include "rules/profile.h"
#include "rules/reasoning.h"
#include "rules/value_text.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

using Domain = FiringSet::Domain;
using Interval = FiringSet::Interval;

Outcome Opposite(Outcome outcome) {
  if (outcome == Outcome::kUnknown) return outcome;
  return outcome == Outcome::kTrue ? Outcome::kFalse : Outcome::kTrue;
}

Outcome OutcomeOf(const Domain& domain, const Profile& profile, const FactSourceView& facts) {
  const Expr& expr = *domain.expr;
  if (domain.asks == Domain::Asks::kKnown) {
    const bool known = expr.type == ValueType::kPeople ? facts.ListSize(expr.fact).has_value()
                                                       : Evaluate(expr, &profile, facts).known;
    return known ? Outcome::kTrue : Outcome::kFalse;
  }
  const Outcome outcome = Evaluate(expr, &profile, facts).AsOutcome();
  return domain.asks == Domain::Asks::kOpposite ? Opposite(outcome) : outcome;
}

bool IsIn(double number, const Interval& interval) {
  return (interval.low < number || (interval.low == number && !interval.low_open)) &&
         (number < interval.high || (number == interval.high && !interval.high_open));
}

bool Holds(const Domain& domain, const Profile& profile, const FactSourceView& facts) {
  if (domain.kind == Domain::Kind::kOutcome) {
    const Outcome outcome = OutcomeOf(domain, profile, facts);
    return outcome == Outcome::kUnknown ? domain.unknown
           : outcome == Outcome::kTrue  ? domain.may_be_true
                                        : domain.may_be_false;
  }
  const Value value = facts.Fact(domain.expr->fact, domain.expr->window);
  if (!value.known) return domain.unknown;
  switch (domain.kind) {
    case Domain::Kind::kEnum:
      return (domain.values >> value.enum_value) & 1;
    case Domain::Kind::kText:
      return domain.texts.contains(value.text) != domain.all_but;
    default: {
      const double number = Info(domain.expr->fact).type == FactType::kInt ? static_cast<double>(value.integer) : value.number;
      return std::any_of(domain.intervals.begin(), domain.intervals.end(),
                         [number](const Interval& interval) { return IsIn(number, interval); });
    }
  }
}

std::string NumberText(double number) {
  std::string text = absl::StrFormat("%.6f", number);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

std::string IntervalText(const Interval& interval) {
  if (interval.low == interval.high) return NumberText(interval.low);
  const std::string low = NumberText(interval.low), high = NumberText(interval.high);
  const bool from = std::isfinite(interval.low), to = std::isfinite(interval.high);
  if (!from && !to) return "known";
  if (!from) return interval.high_open ? "below " + high : high + " or less";
  if (!to) return interval.low_open ? "above " + low : low + " or more";
  return (interval.low_open ? "above " : "from ") + low + (interval.high_open ? " and below " : " to ") + high;
}

// "none, family or other"
std::string OneOf(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == words.size() ? " or " : ", ") + words[i];
  }
  return text;
}

std::vector<std::string> ValueWords(const Domain& domain) {
  std::vector<std::string> words;
  switch (domain.kind) {
    case Domain::Kind::kNumber:
      for (const Interval& interval : domain.intervals) words.push_back(IntervalText(interval));
      break;
    case Domain::Kind::kEnum: {
      const FactInfo& fact = Info(domain.expr->fact);
      Value value;
      value.known = true;
      for (std::size_t i = 0; i < fact.values.size(); ++i) {
        value.enum_value = static_cast<std::uint8_t>(i);
        if ((domain.values >> i) & 1) words.push_back(ValueText(value, fact));
      }
      break;
    }
    case Domain::Kind::kText:
      if (!domain.all_but) {
        for (const std::string& text : domain.texts) words.push_back("\"" + text + "\"");
      } else if (domain.texts.empty()) {
        words.push_back("known");
      } else {
        std::vector<std::string> but;
        for (const std::string& text : domain.texts) but.push_back("\"" + text + "\"");
        words.push_back("known and not " + OneOf(but));
      }
      break;
    case Domain::Kind::kOutcome:
      if (domain.may_be_true) words.push_back("yes");
      if (domain.may_be_false) words.push_back("no");
      break;
  }
  return words;
}

std::string FactText(const Expr& fact) { return CanonicalText(fact, nullptr); }

// "visa.kind were none", "pax.boarded were known to be yes", "(any p ..) were true"
std::string ChangeText(const Domain& domain, const Profile& profile, const FactSourceView& facts) {
  if (domain.asks != Domain::Asks::kFact) {
    const std::string text = CanonicalText(*domain.expr, &profile);
    if (domain.asks == Domain::Asks::kKnown) return text + (domain.may_be_true ? " were known" : " were not known");
    const bool opposite = domain.asks == Domain::Asks::kOpposite;
    const bool wants_true = opposite ? domain.may_be_false : domain.may_be_true;
    const bool wants_false = opposite ? domain.may_be_true : domain.may_be_false;
    return "(" + text + ")" +
           (wants_true && wants_false ? " were decided" : wants_true ? " held" : wants_false ? " did not hold" : " were not known");
  }
  const bool known = facts.Fact(domain.expr->fact, domain.expr->window).known;
  const std::vector<std::string> words = ValueWords(domain);
  const std::string name = FactText(*domain.expr);
  if (words.empty()) return name + " were not known";
  return name + (known ? " were " : " were known to be ") + OneOf(words);
}

}  // namespace

std::string NearestChange(const Rule& rule, const Profile& profile, const FactSourceView& facts) {
  const bool fires = EvaluateRule(rule, profile, facts) == Outcome::kTrue;
  const std::optional<FiringSet> other = fires ? FiringSet::OfSilence(rule, profile) : FiringSet::Of(rule, profile);
  if (!other) return {};
  using Rank = std::tuple<std::size_t, bool, bool, std::size_t>;
  std::optional<Rank> best;
  std::vector<const Domain*> changes;
  for (const FiringSet::Alternative& alternative : other->alternatives()) {
    std::vector<const Domain*> wrong;
    for (const auto& [key, domain] : alternative) {
      if (!Holds(domain, profile, facts)) wrong.push_back(&domain);
    }
    if (wrong.empty()) continue;
    std::sort(wrong.begin(), wrong.end(), [](const Domain* a, const Domain* b) { return a->order < b->order; });
    const bool limit = wrong[0]->kind == Domain::Kind::kNumber;
    const bool child = wrong[0]->asks == Domain::Asks::kFact && wrong[0]->expr->fact == FactId::pax_child;
    const Rank rank{wrong.size(), fires && !limit, fires && child, wrong[0]->order};
    if (best && *best <= rank) continue;
    best = rank;
    changes = std::move(wrong);
  }
  if (!best) return {};
  std::string text;
  for (const Domain* change : changes) text += (text.empty() ? "" : " and ") + ChangeText(*change, profile, facts);
  return (fires ? "would not hit if " : "would hit if ") + text;
}

}  // namespace landfall::rules
