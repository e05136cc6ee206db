#include "rules/explain.h"

#include <algorithm>
#include <set>

#include "absl/strings/str_format.h"
#include "model/digest.h"
#include "model/json_writer.h"
#include "rules/profile.h"
#include "rules/program.h"
#include "rules/tree_walk.h"
#include "rules/value_text.h"

namespace landfall::rules {
namespace {

bool IsGroup(const Expr& expr) { return expr.op == Op::kAnd || expr.op == Op::kOr; }
bool IsQuantifier(const Expr& expr) { return expr.op >= Op::kAny && expr.op <= Op::kCount; }

std::string FactName(const Expr& fact) {
  if (!fact.window) return std::string(Info(fact.fact).name);
  return absl::StrFormat("%s(%s%s)", std::string(Info(fact.fact).name), fact.window_text,
                         fact.window->including_this ? ", including_this" : "");
}

// The facts of the row that an expression asks for, in the order of its text.
class FactCollector {
 public:
  explicit FactCollector(const Profile& profile) : profile_(profile) {}

  void Collect(const Expr& expr) {
    if (expr.op == Op::kFact && !expr.of_variable) Add({expr.fact, expr.window, FactName(expr)});
    if (expr.op == Op::kDefine)
      Collect(*profile_.defines[static_cast<std::size_t>(expr.define)].expr);
    if (IsQuantifier(expr) && IsSameForAllRows(*expr.args[0], expr.list, profile_)) {
      Add({expr.list, std::nullopt, std::string(Info(expr.list).name), &expr});
    }
    for (const ExprPtr& arg : expr.args) Collect(*arg);
  }
  std::vector<FactUse> Take() && { return std::move(facts_); }

 private:
  void Add(FactUse use) {
    if (names_.insert(use.name).second) facts_.push_back(std::move(use));
  }

  const Profile& profile_;
  std::vector<FactUse> facts_;
  std::set<std::string> names_;
};

std::vector<TermPlan> PlanTerms(const Expr& condition, const Profile& profile);

// As the operand stands in its rule: groups and quantifiers in brackets.
std::string OperandText(const Expr& operand, const Profile& profile) {
  std::string text = CanonicalText(operand, &profile);
  return IsGroup(operand) || IsQuantifier(operand) ? "(" + text + ")" : text;
}

TermPlan PlanTerm(const Expr& expr, std::string text, const Profile& profile) {
  TermPlan plan{std::move(text), &expr, {}, {}};
  const Expr& inner = expr.op == Op::kNot ? *expr.args[0] : expr;
  if (IsGroup(inner)) {
    plan.terms = PlanTerms(inner, profile);
    return plan;
  }
  FactCollector collector(profile);
  collector.Collect(expr);
  plan.facts = std::move(collector).Take();
  return plan;
}

std::vector<TermPlan> PlanTerms(const Expr& condition, const Profile& profile) {
  std::vector<TermPlan> terms;
  if (!IsGroup(condition)) {
    terms.push_back(PlanTerm(condition, CanonicalText(condition, &profile), profile));
    return terms;
  }
  for (const ExprPtr& operand : condition.args) {
    terms.push_back(PlanTerm(*operand, OperandText(*operand, profile), profile));
  }
  return terms;
}

// A window is named by its minutes: "12 weeks" and "84 days" ask for the same.
std::vector<FactUse> FactsOf(const Usage& usage) {
  std::vector<FactUse> facts;
  for (const FactId fact : usage.facts) {
    const std::string name(Info(fact).name);
    if (!Info(fact).is_window) facts.push_back({fact, std::nullopt, name});
  }
  for (const auto& [fact, window] : usage.windows) {
    facts.push_back(
        {fact, window,
         absl::StrFormat("%s(%d minutes%s)", std::string(Info(fact).name), window.minutes,
                         window.including_this ? ", including_this" : "")});
  }
  std::stable_sort(facts.begin(), facts.end(),
                   [](const FactUse& a, const FactUse& b) { return a.fact < b.fact; });
  return facts;
}

std::string ToJson(const Value& value, const FactInfo& fact) {
  std::string json;
  if (!value.known) return "null";
  switch (fact.type) {
    case FactType::kBool:
      return value.boolean ? "true" : "false";
    case FactType::kInt:
      return std::to_string(value.integer);
    case FactType::kNum:
      AppendJsonNumber(value.number, json);
      return json;
    case FactType::kEnum:
      AppendJsonString(fact.values[value.enum_value], json);
      return json;
    default:
      AppendJsonString(value.text, json);
      return json;
  }
}

// One rule on one row.
class RowExplainer {
 public:
  RowExplainer(const Profile& profile, const FactTable& table, std::uint32_t row,
               const HitContext& context)
      : profile_(profile), table_(table), row_(row), context_(context), view_(table, row) {}

  std::vector<Term> Terms(const std::vector<TermPlan>& plans) const {
    std::vector<Term> terms;
    terms.reserve(plans.size());
    for (const TermPlan& plan : plans) terms.push_back(ExplainTerm(plan));
    return terms;
  }

 private:
  Term ExplainTerm(const TermPlan& plan) const {
    Term term;
    term.text = plan.text;
    term.outcome = Evaluate(*plan.expr, &profile_, view_).AsOutcome();
    term.terms = Terms(plan.terms);
    std::vector<std::string> sources;
    for (const FactUse& use : plan.facts) {
      std::string json = ValueOf(use, term.outcome);
      const std::string source = Source(use.fact, json == "null");
      if (std::find(sources.begin(), sources.end(), source) == sources.end())
        sources.push_back(source);
      term.values.push_back({use.name, std::move(json)});
      AddEvidence(use, term.evidence);
    }
    for (const std::string& source : sources)
      term.source += (term.source.empty() ? "" : "; ") + source;
    return term;
  }

  // Of a list of people: how many of them the quantifier's body is true for, unless that leaves the
  // term open.
  std::string ValueOf(const FactUse& use, Outcome outcome) const {
    const FactInfo& fact = Info(use.fact);
    if (fact.type != FactType::kPeople) return ToJson(view_.Fact(use.fact, use.window), fact);
    if (use.quantifier == nullptr) {
      const auto [first, last] = GroupRows(table_, use.fact, row_);
      return std::to_string(last - first);
    }
    if (outcome == Outcome::kUnknown) return "null";
    return std::to_string(MembersOf(*use.quantifier, profile_, table_, row_).size());
  }

  std::string Source(FactId fact, bool unknown) const {
    if (unknown) return std::string(Info(fact).source) + ": not known";
    std::string source = context_.source ? context_.source(fact, row_) : std::string();
    return source.empty() ? std::string(Info(fact).source) : source;
  }

  void AddEvidence(const FactUse& use, std::vector<std::string>& evidence) const {
    std::vector<std::string> found;
    if (use.window && context_.evidence) found = context_.evidence(use.fact, *use.window, row_);
    if (!use.window && context_.match_evidence) found = context_.match_evidence(use.fact, row_);
    for (std::string& event : found) evidence.push_back(std::move(event));
  }

  const Profile& profile_;
  const FactTable& table_;
  const std::uint32_t row_;
  const HitContext& context_;
  const TableRowView view_;
};

std::string Render(const std::vector<WhyPart>& parts, const FactTable& table, std::uint32_t row) {
  const TableRowView view(table, row);
  std::string text;
  for (const WhyPart& part : parts) {
    text += part.fact ? ValueText(view.Fact(*part.fact, part.window), Info(*part.fact)) : part.text;
  }
  return text;
}

// A sentence with a brace that is never closed stands as it is.
std::vector<WhyPart> PlanWhy(const std::string& why) {
  if (std::optional<std::vector<WhyPart>> parts = SplitWhy(why)) return *std::move(parts);
  return {WhyPart{.text = why}};
}

}  // namespace

std::pair<std::uint32_t, std::uint32_t> GroupRows(const FactTable& table, FactId list,
                                                  std::uint32_t row) {
  return list == FactId::flight_passengers ? table.FlightRows(table.FlightOf(row))
                                           : table.PartyRows(table.PartyOf(row));
}

std::vector<std::uint32_t> MembersOf(const Expr& quantifier, const Profile& profile,
                                     const FactTable& table, std::uint32_t row) {
  std::vector<std::uint32_t> members;
  const auto [first, last] = GroupRows(table, quantifier.list, row);
  for (std::uint32_t member = first; member < last; ++member) {
    const Value value = Evaluate(*quantifier.args[0], &profile, TableRowView(table, member));
    if (value.AsOutcome() == Outcome::kTrue) members.push_back(member);
  }
  return members;
}

ExplanationPlan PlanExplanation(const Rule& rule, const Profile& profile,
                                const std::vector<Usage>& defines) {
  ExplanationPlan plan;
  plan.when = PlanTerms(*rule.when, profile);
  if (rule.unless != nullptr) plan.unless = PlanTerms(*rule.unless, profile);
  plan.why = PlanWhy(rule.why);
  plan.facts = FactsOf(UsageOf(rule, defines));
  return plan;
}

void ExplainRow(const Rule& rule, const ExplanationPlan& plan, const Profile& profile,
                const FactTable& table, std::uint32_t row, const HitContext& context, Hit& hit) {
  hit.rule = rule.id;
  hit.level = rule.level;
  hit.severity = rule.severity;
  hit.points = rule.points;
  hit.family = std::string(rule.Family());
  hit.route = rule.route;
  hit.text = Render(plan.why, table, row);
  const RowExplainer explainer(profile, table, row, context);
  hit.when = explainer.Terms(plan.when);
  hit.unless = explainer.Terms(plan.unless);
}

std::string FactsHash(const ExplanationPlan& plan, const FactTable& table,
                      const std::vector<std::uint32_t>& rows, const HitContext& context) {
  std::string text;
  for (const std::uint32_t row : rows) {
    AppendJsonString(context.traveller_ref(row), text);
    text += '\n';
    const TableRowView view(table, row);
    for (const FactUse& use : plan.facts) {
      const FactInfo& fact = Info(use.fact);
      const auto [first, last] = GroupRows(table, use.fact, row);
      text += use.name + "=";
      text += fact.type == FactType::kPeople ? std::to_string(last - first)
                                             : ToJson(view.Fact(use.fact, use.window), fact);
      text += '\n';
    }
  }
  return Sha256Hex(text);
}

void Explain(const Rule& rule, const Profile& profile, const FactTable& table, std::uint32_t row,
             const HitContext& context, Hit& hit) {
  const ExplanationPlan plan = PlanExplanation(rule, profile, UsageOfDefines(profile));
  ExplainRow(rule, plan, profile, table, row, context, hit);
}

std::string RenderWhy(const Rule& rule, const FactTable& table, std::uint32_t row) {
  return Render(PlanWhy(rule.why), table, row);
}

}  // namespace landfall::rules
