#include "rules/reasoning.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

using Domain = FiringSet::Domain;
using Interval = FiringSet::Interval;
using Alternative = std::map<std::string, Domain>;
using Alternatives = std::vector<Alternative>;

constexpr std::size_t kMostAlternatives = 512;
constexpr std::size_t kMostParts = 20'000;  // Of all alternatives together.
constexpr double kInfinity = std::numeric_limits<double>::infinity();
// Beyond this a double is no exact int.
constexpr double kMostExact = 9007199254740992.0;

bool IsVoid(const Interval& interval) {
  return interval.low > interval.high ||
         (interval.low == interval.high && (interval.low_open || interval.high_open));
}

Interval Intersect(const Interval& a, const Interval& b) {
  Interval result = a;
  if (b.low > a.low || (b.low == a.low && b.low_open)) {
    result.low = b.low;
    result.low_open = b.low_open;
  }
  if (b.high < a.high || (b.high == a.high && b.high_open)) {
    result.high = b.high;
    result.high_open = b.high_open;
  }
  return result;
}

bool Contains(const Interval& outer, const Interval& inner) {
  const bool low = outer.low < inner.low || (outer.low == inner.low && (!outer.low_open || inner.low_open));
  const bool high = inner.high < outer.high || (inner.high == outer.high && (!outer.high_open || inner.high_open));
  return low && high;
}

std::vector<Interval> Intersect(const std::vector<Interval>& a, const std::vector<Interval>& b) {
  std::vector<Interval> result;
  for (const Interval& x : a) {
    for (const Interval& y : b) {
      if (const Interval both = Intersect(x, y); !IsVoid(both)) result.push_back(both);
    }
  }
  return result;
}

bool IsVoid(const Domain& domain) {
  if (domain.unknown) return false;
  switch (domain.kind) {
    case Domain::Kind::kOutcome:
      return !domain.may_be_true && !domain.may_be_false;
    case Domain::Kind::kNumber:
      return domain.intervals.empty();
    case Domain::Kind::kEnum:
      return domain.values == 0;
    case Domain::Kind::kText:
      return !domain.all_but && domain.texts.empty();
  }
  return false;
}

void IntersectTexts(Domain& a, const Domain& b) {
  std::set<std::string> texts;
  if (a.all_but && b.all_but) {
    a.texts.insert(b.texts.begin(), b.texts.end());
    return;
  }
  const Domain& only = a.all_but ? b : a;
  const Domain& other = a.all_but ? a : b;
  for (const std::string& text : only.texts) {
    if (other.texts.contains(text) != other.all_but) texts.insert(text);
  }
  a.texts = std::move(texts);
  a.all_but = false;
}

void IntersectInto(Domain& a, const Domain& b) {
  a.unknown = a.unknown && b.unknown;
  a.may_be_true = a.may_be_true && b.may_be_true;
  a.may_be_false = a.may_be_false && b.may_be_false;
  a.values &= b.values;
  if (a.kind == Domain::Kind::kNumber) a.intervals = Intersect(a.intervals, b.intervals);
  if (a.kind == Domain::Kind::kText) IntersectTexts(a, b);
}

bool TextsContained(const Domain& a, const Domain& b) {
  if (a.all_but) return b.all_but && std::includes(a.texts.begin(), a.texts.end(), b.texts.begin(), b.texts.end());
  return std::all_of(a.texts.begin(), a.texts.end(),
                     [&](const std::string& text) { return b.texts.contains(text) != b.all_but; });
}

bool IsContained(const Domain& a, const Domain& b) {
  if (a.kind != b.kind || (a.unknown && !b.unknown)) return false;
  switch (a.kind) {
    case Domain::Kind::kOutcome:
      return (!a.may_be_true || b.may_be_true) && (!a.may_be_false || b.may_be_false);
    case Domain::Kind::kNumber:
      return std::all_of(a.intervals.begin(), a.intervals.end(), [&](const Interval& inner) {
        return std::any_of(b.intervals.begin(), b.intervals.end(),
                           [&](const Interval& outer) { return Contains(outer, inner); });
      });
    case Domain::Kind::kEnum:
      return (a.values & ~b.values) == 0;
    case Domain::Kind::kText:
      return TextsContained(a, b);
  }
  return false;
}

// True where every value and unknown are allowed.
bool IsEverything(const Domain& domain) {
  if (!domain.unknown) return false;
  switch (domain.kind) {
    case Domain::Kind::kOutcome:
      return domain.may_be_true && domain.may_be_false;
    case Domain::Kind::kNumber:
      return domain.intervals.size() == 1 && domain.intervals[0].low == -kInfinity &&
             domain.intervals[0].high == kInfinity;
    case Domain::Kind::kEnum:
      return domain.values == ~std::uint64_t{0};
    case Domain::Kind::kText:
      return domain.all_but && domain.texts.empty();
  }
  return false;
}

std::vector<Interval> Complement(const std::vector<Interval>& intervals) {
  std::vector<Interval> result;
  double low = -kInfinity;
  bool low_open = false;
  for (const Interval& interval : intervals) {
    const Interval gap{low, interval.low, low_open, !interval.low_open};
    if (!IsVoid(gap) && !(gap.low == -kInfinity && gap.high == -kInfinity)) result.push_back(gap);
    low = interval.high;
    low_open = !interval.high_open;
  }
  const Interval rest{low, kInfinity, low_open, false};
  if (low != kInfinity) result.push_back(rest);
  return result;
}

// Ints: open ends go to the next whole number, so that 12 < x < 13 is nothing.
void MakeWhole(std::vector<Interval>& intervals) {
  std::vector<Interval> whole;
  for (Interval interval : intervals) {
    if (std::isfinite(interval.low)) {
      const double up = std::ceil(interval.low);
      interval.low = interval.low_open && up == interval.low ? up + 1 : up;
      interval.low_open = false;
    }
    if (std::isfinite(interval.high)) {
      const double down = std::floor(interval.high);
      interval.high = interval.high_open && down == interval.high ? down - 1 : down;
      interval.high_open = false;
    }
    if (!IsVoid(interval)) whole.push_back(interval);
  }
  intervals = std::move(whole);
}

// Sorted, and joined where they meet.
std::vector<Interval> Union(std::vector<Interval> intervals) {
  std::sort(intervals.begin(), intervals.end(), [](const Interval& a, const Interval& b) {
    return std::pair(a.low, a.low_open) < std::pair(b.low, b.low_open);
  });
  std::vector<Interval> result;
  for (const Interval& next : intervals) {
    if (IsVoid(next)) continue;
    if (!result.empty()) {
      Interval& last = result.back();
      const bool meets = next.low < last.high || (next.low == last.high && !(next.low_open && last.high_open));
      if (meets) {
        if (next.high > last.high || (next.high == last.high && !next.high_open)) {
          last.high = next.high;
          last.high_open = next.high_open;
        }
        continue;
      }
    }
    result.push_back(next);
  }
  return result;
}

std::optional<double> ExactNumber(const Literal& literal) {
  double number = 0;
  if (literal.kind == Literal::Kind::kInt) {
    number = static_cast<double>(literal.integer);
  } else if (literal.kind == Literal::Kind::kNum) {
    number = literal.number;
  } else {
    return std::nullopt;
  }
  return std::abs(number) < kMostExact ? std::optional(number) : std::nullopt;
}

// x op number
Interval IntervalOf(Op op, double number) {
  switch (op) {
    case Op::kLess:
      return {-kInfinity, number, false, true};
    case Op::kLessEqual:
      return {-kInfinity, number, false, false};
    case Op::kGreater:
      return {number, kInfinity, true, false};
    case Op::kGreaterEqual:
      return {number, kInfinity, false, false};
    default:
      return {number, number, false, false};
  }
}

// What a condition is to be: true or false, or else unknown too.
struct Wish {
  bool outcome = true;
  bool or_unknown = false;

  Wish Opposite() const { return {!outcome, or_unknown}; }
};

// The alternatives under which a condition comes out as wished. Exact, one condition at a time.
class Normaliser {
 public:
  explicit Normaliser(const Profile& profile) : profile_(profile) {}

  std::optional<Alternatives> Of(const Expr& expr, Wish wish) {
    switch (expr.op) {
      case Op::kAnd:
      case Op::kOr:
        return Chain(expr, wish);
      case Op::kNot:
        return Of(*expr.args[0], wish.Opposite());
      case Op::kDefine:
        return Of(*profile_.defines[static_cast<std::size_t>(expr.define)].expr, wish);
      case Op::kIs:
        return Is(expr, wish);
      case Op::kLiteral:
        if (expr.literal.kind == Literal::Kind::kBool)
          return expr.literal.boolean == wish.outcome ? Alternatives{{}} : Alternatives{};
        return Opaque(expr, wish);
      case Op::kFact:
        return expr.type == ValueType::kBool ? Outcome(KeyOf(expr), expr, wish) : Opaque(expr, wish);
      case Op::kIn:
        return In(expr, wish);
      case Op::kNo: {
        // no p in l where (b) is not (any p in l where (b)).
        return Outcome("any " + CanonicalText(expr, &profile_).substr(3), expr, wish.Opposite(), Domain::Asks::kOpposite);
      }
      default:
        break;
    }
    const bool compares = expr.op >= Op::kEqual && expr.op <= Op::kGreaterEqual;
    return compares ? Comparison(expr, wish) : Opaque(expr, wish);
  }

  static std::optional<Alternatives> And(const std::optional<Alternatives>& a, const std::optional<Alternatives>& b) {
    if (!a || !b) return std::nullopt;
    Alternatives result;
    std::size_t parts = 0;
    for (const Alternative& x : *a) {
      for (const Alternative& y : *b) {
        std::optional<Alternative> both = Both(x, y);
        if (!both) continue;
        parts += both->size() + 1;
        result.push_back(*std::move(both));
        if (result.size() > kMostAlternatives || parts > kMostParts) return std::nullopt;
      }
    }
    return result;
  }

  static std::optional<Alternatives> Or(std::optional<Alternatives> a, std::optional<Alternatives> b) {
    if (!a || !b) return std::nullopt;
    a->insert(a->end(), std::make_move_iterator(b->begin()), std::make_move_iterator(b->end()));
    return a->size() > kMostAlternatives ? std::nullopt : std::move(a);
  }

 private:
  // Nullopt if they contradict each other.
  static std::optional<Alternative> Both(const Alternative& a, const Alternative& b) {
    Alternative both = a;
    for (const auto& [key, domain] : b) {
      const auto [found, is_new] = both.try_emplace(key, domain);
      if (!is_new) IntersectInto(found->second, domain);
      if (IsVoid(found->second)) return std::nullopt;
    }
    return both;
  }

  std::optional<Alternatives> Chain(const Expr& expr, Wish wish) {
    // True of `and`, or false of `or`: of every operand; else of one of them. With unknown allowed alike.
    const bool every = (expr.op == Op::kAnd) == wish.outcome;
    std::optional<Alternatives> result = every ? Alternatives{{}} : Alternatives{};
    for (const ExprPtr& arg : expr.args) {
      result = every ? And(result, Of(*arg, wish)) : Or(std::move(result), Of(*arg, wish));
      if (!result) return result;
    }
    return result;
  }

  // Two-valued: what it is to be decides which outcomes of its argument do.
  std::optional<Alternatives> Is(const Expr& expr, Wish wish) {
    const Expr& arg = *expr.args[0];
    const bool holds = wish.outcome != expr.negated;
    switch (expr.what) {
      case IsWhat::kTrue:
        return Of(arg, holds ? Wish{true, false} : Wish{false, true});
      case IsWhat::kFalse:
        return Of(arg, holds ? Wish{false, false} : Wish{true, true});
      case IsWhat::kKnown:
        return Known(arg, holds);
      case IsWhat::kUnknown:
        return Known(arg, !holds);
    }
    return std::nullopt;
  }

  std::optional<Alternatives> Known(const Expr& arg, bool known) {
    if (arg.op == Op::kFact && arg.type != ValueType::kPeople) {
      Domain domain = EverythingOf(arg);
      domain.unknown = !known;
      if (known) {
        if (const auto unknown = Info(arg.fact).UnknownValue(); unknown && domain.kind == Domain::Kind::kEnum)
          domain.values &= ~(std::uint64_t{1} << *unknown);
        return One(KeyOf(arg), std::move(domain));
      }
      domain.may_be_true = domain.may_be_false = false;
      domain.intervals.clear();
      domain.all_but = false;
      const auto unknown = Info(arg.fact).UnknownValue();
      domain.values = unknown ? std::uint64_t{1} << *unknown : 0;
      return One(KeyOf(arg), std::move(domain));
    }
    if (arg.type == ValueType::kBool) {
      if (known) return Or(Of(arg, {true, false}), Of(arg, {false, false}));
      return And(Of(arg, {true, true}), Of(arg, {false, true}));
    }
    // Two-valued itself.
    return Outcome(CanonicalText(arg, &profile_) + " is known", arg, {known, false}, Domain::Asks::kKnown);
  }

  std::optional<Alternatives> In(const Expr& expr, Wish wish) {
    const Expr& left = *expr.args[0];
    const Wish positive = expr.negated ? wish.Opposite() : wish;
    if (expr.set.kind == SetOperand::Kind::kList) {
      // A list's values may change: its name stands for them.
      const std::string key = left.op == Op::kFact ? KeyOf(left) : CanonicalText(left, &profile_);
      return Outcome(key + " in @" + expr.set.list, expr, positive,
                     expr.negated ? Domain::Asks::kOpposite : Domain::Asks::kOutcome);
    }
    if (left.op == Op::kFact) {
      if (std::optional<Domain> domain = SetDomain(left, expr.set)) return Wished(left, *std::move(domain), positive);
    }
    return Opaque(expr, wish);
  }

  // The values of the set as a domain of the fact. Nullopt if they are not of a kind that can be reasoned about.
  std::optional<Domain> SetDomain(const Expr& fact, const SetOperand& set) const {
    Domain domain = NothingOf(fact);
    if (set.kind == SetOperand::Kind::kRange) {
      const auto low = ExactNumber(set.values[0]), high = ExactNumber(set.values[1]);
      if (!low || !high || domain.kind != Domain::Kind::kNumber) return std::nullopt;
      domain.intervals = Union({{*low, *high, false, false}});
    } else {
      for (const Literal& value : set.values) {
        if (!AddValue(value, domain)) return std::nullopt;
      }
    }
    if (IsInt(fact)) MakeWhole(domain.intervals);
    return domain;
  }

  static bool AddValue(const Literal& value, Domain& domain) {
    switch (domain.kind) {
      case Domain::Kind::kOutcome:
        if (value.kind != Literal::Kind::kBool) return false;
        (value.boolean ? domain.may_be_true : domain.may_be_false) = true;
        return true;
      case Domain::Kind::kNumber: {
        const std::optional<double> number = ExactNumber(value);
        if (!number) return false;
        domain.intervals.push_back({*number, *number, false, false});
        domain.intervals = Union(std::move(domain.intervals));
        return true;
      }
      case Domain::Kind::kEnum:
        if (value.kind != Literal::Kind::kEnum) return false;
        domain.values |= std::uint64_t{1} << value.enum_value;
        return true;
      case Domain::Kind::kText:
        if (value.kind != Literal::Kind::kText) return false;
        domain.texts.insert(value.text);
        return true;
    }
    return false;
  }

  std::optional<Alternatives> Comparison(const Expr& expr, Wish wish) {
    const Expr* left = expr.args[0].get();
    const Expr* right = expr.args[1].get();
    Op op = expr.op;
    if (left->op == Op::kLiteral) {
      std::swap(left, right);
      op = Mirrored(op);
    }
    if (left->op == Op::kFact && right->op == Op::kLiteral) {
      if (std::optional<Domain> domain = ComparisonDomain(*left, op, right->literal)) {
        if (op == Op::kNotEqual) wish = wish.Opposite();
        return Wished(*left, *std::move(domain), wish);
      }
    }
    return OpaqueComparison(expr, wish);
  }

  std::optional<Domain> ComparisonDomain(const Expr& fact, Op op, const Literal& literal) const {
    Domain domain = NothingOf(fact);
    if (op == Op::kEqual || op == Op::kNotEqual) {
      if (!AddValue(literal, domain)) return std::nullopt;
    } else {
      const std::optional<double> number = ExactNumber(literal);
      if (!number || domain.kind != Domain::Kind::kNumber) return std::nullopt;
      domain.intervals = {IntervalOf(op, *number)};
    }
    if (IsInt(fact)) MakeWhole(domain.intervals);
    return domain;
  }

  // a != b is not (a = b), a >= b not (a < b), a > b not (a <= b): one condition each.
  std::optional<Alternatives> OpaqueComparison(const Expr& expr, Wish wish) {
    const bool opposite = expr.op == Op::kNotEqual || expr.op == Op::kGreaterEqual || expr.op == Op::kGreater;
    const std::string_view sign = expr.op == Op::kEqual || expr.op == Op::kNotEqual         ? " = "
                                  : expr.op == Op::kLess || expr.op == Op::kGreaterEqual    ? " < "
                                                                                            : " <= ";
    const auto text = [&](const Expr& side) {
      return side.op == Op::kFact ? KeyOf(side) : "(" + CanonicalText(side, &profile_) + ")";
    };
    return Outcome(text(*expr.args[0]) + std::string(sign) + text(*expr.args[1]), expr,
                   opposite ? wish.Opposite() : wish,
                   opposite ? Domain::Asks::kOpposite : Domain::Asks::kOutcome);
  }

  // The domain where the fact is in `inside`, or where it is known and outside it.
  std::optional<Alternatives> Wished(const Expr& fact, Domain inside, Wish wish) {
    if (!wish.outcome) {
      inside.may_be_true = !inside.may_be_true;
      inside.may_be_false = !inside.may_be_false;
      inside.intervals = Complement(inside.intervals);
      if (IsInt(fact)) MakeWhole(inside.intervals);
      inside.values = ~inside.values;
      inside.all_but = !inside.all_but;
    }
    inside.unknown = wish.or_unknown;
    return One(KeyOf(fact), std::move(inside));
  }

  std::optional<Alternatives> Opaque(const Expr& expr, Wish wish) {
    return Outcome(CanonicalText(expr, &profile_), expr, wish);
  }

  std::optional<Alternatives> Outcome(std::string key, const Expr& expr, Wish wish,
                                      Domain::Asks asks = Domain::Asks::kOutcome) {
    Domain domain;
    domain.asks = expr.op == Op::kFact && asks == Domain::Asks::kOutcome ? Domain::Asks::kFact : asks;
    domain.expr = &expr;
    domain.order = order_++;
    domain.may_be_true = wish.outcome;
    domain.may_be_false = !wish.outcome;
    domain.unknown = wish.or_unknown;
    CollectFacts(expr, domain.facts);
    return One(std::move(key), std::move(domain));
  }

  static Alternatives One(std::string key, Domain domain) {
    if (IsVoid(domain)) return {};
    Alternative alternative;
    alternative.emplace(std::move(key), std::move(domain));
    return {std::move(alternative)};
  }

  static bool IsInt(const Expr& fact) { return Info(fact.fact).type == FactType::kInt; }

  // A window by its minutes: 12 weeks and 84 days are one.
  static std::string KeyOf(const Expr& fact) {
    std::string key = fact.name;
    if (fact.window)
      key += "(" + std::to_string(fact.window->minutes) + (fact.window->including_this ? "+)" : ")");
    return key;
  }

  Domain EverythingOf(const Expr& fact) const {
    Domain domain;
    domain.facts.insert(fact.fact);
    domain.expr = &fact;
    domain.order = order_++;
    switch (Info(fact.fact).type) {
      case FactType::kBool:
      case FactType::kPeople:
        break;
      case FactType::kInt:
      case FactType::kNum:
        domain.kind = Domain::Kind::kNumber;
        domain.intervals = {{-kInfinity, kInfinity, false, false}};
        break;
      case FactType::kEnum:
        domain.kind = Domain::Kind::kEnum;
        break;
      default:
        domain.kind = Domain::Kind::kText;
        break;
    }
    return domain;
  }
  Domain NothingOf(const Expr& fact) const {
    Domain domain = EverythingOf(fact);
    domain.unknown = domain.may_be_true = domain.may_be_false = domain.all_but = false;
    domain.intervals.clear();
    domain.values = 0;
    return domain;
  }

  void CollectFacts(const Expr& expr, std::set<FactId>& facts) const {
    if (expr.op == Op::kFact) facts.insert(expr.fact);
    if (expr.op == Op::kDefine)
      CollectFacts(*profile_.defines[static_cast<std::size_t>(expr.define)].expr, facts);
    for (const ExprPtr& arg : expr.args) CollectFacts(*arg, facts);
  }

  const Profile& profile_;
  mutable std::size_t order_ = 0;
};

}  // namespace

class FiringSetBuilder {
 public:
  static FiringSet Build(Alternatives fires, const Alternatives& when) {
    FiringSet set;
    for (Alternative& alternative : fires) {
      auto& made = set.alternatives_.emplace_back();
      for (auto& [key, domain] : alternative) {
        if (!IsEverything(domain)) made.push_back({key, std::move(domain)});
      }
    }
    for (const Alternative& alternative : when) {
      std::set<FactId>& facts = set.facts_.emplace_back();
      for (const auto& [key, domain] : alternative) {
        if (!IsEverything(domain)) facts.insert(domain.facts.begin(), domain.facts.end());
      }
    }
    return set;
  }
};

std::optional<FiringSet> FiringSet::Of(const Rule& rule, const Profile& profile) {
  Normaliser normaliser(profile);
  const std::optional<Alternatives> when = normaliser.Of(*rule.when, {true, false});
  std::optional<Alternatives> fires = when;
  if (rule.unless != nullptr) fires = Normaliser::And(when, normaliser.Of(*rule.unless, {false, true}));
  if (!fires) return std::nullopt;
  return FiringSetBuilder::Build(*std::move(fires), *when);
}

std::optional<FiringSet> FiringSet::OfSilence(const Rule& rule, const Profile& profile) {
  Normaliser normaliser(profile);
  std::optional<Alternatives> silent = normaliser.Of(*rule.when, {false, true});
  if (rule.unless != nullptr) silent = Normaliser::Or(std::move(silent), normaliser.Of(*rule.unless, {true, false}));
  if (!silent) return std::nullopt;
  return FiringSetBuilder::Build(*std::move(silent), {});
}

bool FiringSet::IsEmpty() const { return alternatives_.empty(); }

bool FiringSet::IsContainedIn(const FiringSet& other) const {
  const auto contained = [](const auto& inner, const auto& outer) {
    auto at = inner.begin();
    for (const auto& [key, domain] : outer) {
      while (at != inner.end() && at->first < key) ++at;
      if (at == inner.end() || at->first != key || !IsContained(at->second, domain)) return false;
    }
    return true;
  };
  return std::all_of(alternatives_.begin(), alternatives_.end(), [&](const auto& inner) {
    return std::any_of(other.alternatives_.begin(), other.alternatives_.end(),
                       [&](const auto& outer) { return contained(inner, outer); });
  });
}

std::optional<bool> UnlessCanApply(const Rule& rule, const Profile& profile) {
  if (rule.unless == nullptr) return std::nullopt;
  Normaliser normaliser(profile);
  const std::optional<Alternatives> both =
      Normaliser::And(normaliser.Of(*rule.when, {true, false}), normaliser.Of(*rule.unless, {true, false}));
  if (!both) return std::nullopt;
  return !both->empty();
}

}  // namespace landfall::rules
