#include "rules/usage.h"

#include <algorithm>
#include <string_view>

#include "rules/words.h"

namespace landfall::rules {
namespace {

// More than any limit: sums stop here instead of overflowing where defines double each other.
constexpr std::int64_t kSaturated = 1'000'000'000;
constexpr std::int64_t kMembersBound = 99, kPassengersBound = 900;

std::int64_t Capped(std::int64_t number) { return std::min(number, kSaturated); }

// False for a name that was reported.
bool IsResolved(const Expr& fact) {
  if (!fact.of_variable) return Info(fact.fact).name == fact.name;
  return FindMemberFact(std::string_view(fact.name).substr(fact.variable.size() + 1)) ==
         &Info(fact.fact);
}

void AddFact(const Expr& fact, Usage& usage) {
  usage.has_window = usage.has_window || fact.window.has_value();
  if (!IsResolved(fact)) {
    usage.incomplete = true;
    return;
  }
  usage.has_window = usage.has_window || Info(fact.fact).is_window;
  usage.facts.insert(fact.fact);
  if (fact.window) usage.windows.insert({fact.fact, *fact.window});
  if (!fact.of_variable) usage.row_facts.insert({fact.fact, fact.window.value_or(Window{})});
  usage.row_references = Capped(usage.row_references + 1);
}

void AddQuantifier(const Expr& expr, const std::vector<Usage>& defines, Usage& usage) {
  Usage body = UsageOf(*expr.args[0], defines);
  const std::int64_t bound =
      expr.list == FactId::flight_passengers ? kPassengersBound : kMembersBound;
  body.quantified_references = Capped(body.row_references * bound);
  body.row_references = 0;
  usage.Add(body);
  usage.facts.insert(expr.list);
  usage.has_quantifier = true;
}

}  // namespace

void Usage::Add(const Usage& other) {
  facts.insert(other.facts.begin(), other.facts.end());
  windows.insert(other.windows.begin(), other.windows.end());
  row_facts.insert(other.row_facts.begin(), other.row_facts.end());
  row_references = Capped(row_references + other.row_references);
  quantified_references = Capped(quantified_references + other.quantified_references);
  has_quantifier = has_quantifier || other.has_quantifier;
  has_window = has_window || other.has_window;
  incomplete = incomplete || other.incomplete;
  nodes = Capped(nodes + other.nodes);
  depth = std::max(depth, other.depth);
}

Usage UsageOf(const Expr& expr, const std::vector<Usage>& defines) {
  Usage usage;
  if (expr.op == Op::kFact) {
    AddFact(expr, usage);
  } else if (expr.op == Op::kDefine) {
    usage.incomplete = expr.define < 0;
    if (expr.define >= 0) usage.Add(defines[static_cast<std::size_t>(expr.define)]);
  } else if (expr.op >= Op::kAny && expr.op <= Op::kCount) {
    AddQuantifier(expr, defines, usage);
  } else {
    for (const ExprPtr& arg : expr.args) usage.Add(UsageOf(*arg, defines));
  }
  usage.nodes = Capped(usage.nodes + 1);
  ++usage.depth;
  return usage;
}

std::vector<Usage> UsageOfDefines(const Profile& profile) {
  std::vector<Usage> all;
  all.reserve(profile.defines.size());
  for (const Define& define : profile.defines) all.push_back(UsageOf(*define.expr, all));
  return all;
}

Usage UsageOf(const Rule& rule, const std::vector<Usage>& defines) {
  Usage usage;
  if (rule.when != nullptr) usage.Add(UsageOf(*rule.when, defines));
  if (rule.unless != nullptr) usage.Add(UsageOf(*rule.unless, defines));
  return usage;
}

}  // namespace landfall::rules
