#include "rules/rule_set.h"

#include <algorithm>
#include <optional>
#include <set>
#include <tuple>

#include "model/digest.h"
#include "rules/bits.h"
#include "rules/explain.h"
#include "rules/program.h"
#include "rules/run.h"
#include "rules/usage.h"

namespace landfall::rules {
namespace {

// How the rows for which a rule fires become hits.
enum class Grouping {
  kTraveller,      // A hit for each row.
  kPartyChildren,  // A hit for each party, naming its children for whom the rule fires.
  kParty,          // A hit for each party for which it fires.
  kFlightChildren,
  kFlight,
};

struct RulePlan {
  Grouping grouping = Grouping::kTraveller;
  bool names_traveller = false;
  std::vector<const Expr*>
      naming;  // Quantifiers whose members a hit names, if it does not name the children.
  ExplanationPlan explanation;
};

bool NamesLevel(const Usage& usage, FactLevel level) {
  return std::any_of(usage.row_facts.begin(), usage.row_facts.end(),
                     [level](const auto& use) { return Info(use.first).level == level; });
}

Grouping GroupingOf(const Rule& rule, const Usage& usage) {
  const bool names_traveller = NamesLevel(usage, FactLevel::kTraveller);
  if (rule.level == RuleLevel::kParty)
    return names_traveller ? Grouping::kPartyChildren : Grouping::kParty;
  if (rule.level != RuleLevel::kFlight) return Grouping::kTraveller;
  const bool names_party =
      NamesLevel(usage, FactLevel::kParty) || usage.facts.contains(FactId::party_members);
  return names_traveller || names_party ? Grouping::kFlightChildren : Grouping::kFlight;
}

// Each `any` and `count` over the list, in defines too.
void CollectNaming(const Expr& expr, FactId list, const Profile& profile,
                   std::vector<const Expr*>& found) {
  if ((expr.op == Op::kAny || expr.op == Op::kCount) && expr.list == list) found.push_back(&expr);
  if (expr.op == Op::kDefine) {
    CollectNaming(*profile.defines[static_cast<std::size_t>(expr.define)].expr, list, profile,
                  found);
  }
  for (const ExprPtr& arg : expr.args) CollectNaming(*arg, list, profile, found);
}

RulePlan PlanRule(const Rule& rule, const Profile& profile, const std::vector<Usage>& defines) {
  RulePlan plan;
  const Usage usage = UsageOf(rule, defines);
  plan.grouping = GroupingOf(rule, usage);
  plan.names_traveller = NamesLevel(usage, FactLevel::kTraveller);
  if (plan.grouping == Grouping::kParty)
    CollectNaming(*rule.when, FactId::party_members, profile, plan.naming);
  if (plan.grouping == Grouping::kFlight)
    CollectNaming(*rule.when, FactId::flight_passengers, profile, plan.naming);
  plan.explanation = PlanExplanation(rule, profile, defines);
  return plan;
}

bool InEffect(const std::optional<std::pair<Date, Date>>& period, Date on) {
  return !period || (period->first <= on && on <= period->second);
}

bool IsChild(const FactTable& table, std::uint32_t row) {
  const FactColumn& child = table.Column(FactId::pax_child);
  return child.IsKnown(row) && child.small[row] != 0;
}

using Rows = std::pair<std::uint32_t, std::uint32_t>;

std::vector<std::uint32_t> ChildrenOf(const FactTable& table, Rows rows) {
  std::vector<std::uint32_t> children;
  for (std::uint32_t row = rows.first; row < rows.second; ++row) {
    if (IsChild(table, row)) children.push_back(row);
  }
  return children;
}

// The hits of one flight.
class HitMaker {
 public:
  HitMaker(const Profile& profile, std::string_view hash, const FactTable& table,
           const RuleOutcomes& outcomes, std::uint32_t flight, const HitContext& context)
      : profile_(profile),
        hash_(hash),
        table_(table),
        outcomes_(outcomes),
        rows_(table.FlightRows(flight)),
        context_(context) {}

  void AddHitsOf(std::size_t rule, const RulePlan& plan) {
    rule_ = &profile_.rules[rule];
    plan_ = &plan;
    fires_ = outcomes_.rules[rule].fires.data();
    if (!AnyBit(fires_, rows_)) return;
    switch (plan.grouping) {
      case Grouping::kTraveller:
        return AddTravellers();
      case Grouping::kPartyChildren:
      case Grouping::kParty:
        return AddParties();
      case Grouping::kFlightChildren:
      case Grouping::kFlight:
        return AddFlight();
    }
  }

  std::vector<Hit> Take() && {
    std::sort(hits_.begin(), hits_.end(),
              [](const Hit& a, const Hit& b) { return Rank(a) < Rank(b); });
    return std::move(hits_);
  }

 private:
  static std::tuple<int, std::int64_t, std::string_view, std::string_view,
                    const std::vector<std::string>&>
  Rank(const Hit& hit) {
    return {-static_cast<int>(hit.severity), -std::int64_t{hit.points}, hit.rule, hit.party,
            hit.travellers};
  }

  void AddTravellers() {
    for (std::uint32_t row = rows_.first; row < rows_.second; ++row) {
      if (TestBit(fires_, row)) AddHit(row, {row}, PartyRef(row), {PartyRef(row)});
    }
  }

  void AddParties() {
    for (std::uint32_t row = rows_.first; row < rows_.second;) {
      const Rows party = table_.PartyRows(table_.PartyOf(row));
      AddParty(party);
      row = party.second;
    }
  }

  void AddParty(Rows party) {
    const std::string ref = context_.traveller_ref(party.first);
    if (plan_->grouping == Grouping::kPartyChildren) {
      const std::vector<std::uint32_t> children = FiringChildren(party);
      if (!children.empty()) AddHit(children.front(), children, ref, {ref});
    } else if (TestBit(fires_, party.first)) {
      AddHit(party.first, Named(party), ref, {ref});
    }
  }

  void AddFlight() {
    if (plan_->grouping == Grouping::kFlightChildren) {
      const std::vector<std::uint32_t> children = FiringChildren(rows_);
      if (children.empty()) return;
      // Points go to whose facts the rule names; facts of parties alone name nobody's.
      AddHit(children.front(), children, "",
             PartyRefs(plan_->names_traveller ? children : ChildrenOf(table_, rows_)));
    } else if (TestBit(fires_, rows_.first)) {
      AddHit(rows_.first, Named(rows_), "", PartyRefs(ChildrenOf(table_, rows_)));
    }
  }

  std::vector<std::uint32_t> FiringChildren(Rows rows) const {
    std::vector<std::uint32_t> children = ChildrenOf(table_, rows);
    std::erase_if(children, [this](std::uint32_t row) { return !TestBit(fires_, row); });
    return children;
  }

  // The members whom an `any` or `count` found, else the children.
  std::vector<std::uint32_t> Named(Rows rows) const {
    std::set<std::uint32_t> members;
    for (const Expr* quantifier : plan_->naming) {
      const std::vector<std::uint32_t> found = MembersOf(*quantifier, profile_, table_, rows.first);
      members.insert(found.begin(), found.end());
    }
    return members.empty() ? ChildrenOf(table_, rows) : std::vector(members.begin(), members.end());
  }

  std::string PartyRef(std::uint32_t row) const {
    return context_.traveller_ref(table_.PartyRows(table_.PartyOf(row)).first);
  }

  // Of each party once; rows of a party stand together.
  std::vector<std::string> PartyRefs(const std::vector<std::uint32_t>& rows) const {
    std::vector<std::string> refs;
    std::optional<std::uint32_t> last;
    for (const std::uint32_t row : rows) {
      if (last != table_.PartyOf(row)) refs.push_back(PartyRef(row));
      last = table_.PartyOf(row);
    }
    return refs;
  }

  // `row` is the one that explains it.
  void AddHit(std::uint32_t row, const std::vector<std::uint32_t>& named, std::string party,
              std::vector<std::string> scored_parties) {
    Hit hit;
    ExplainRow(*rule_, plan_->explanation, profile_, table_, row, context_, hit);
    hit.profile = std::string(hash_);
    hit.party = std::move(party);
    hit.scored_parties = std::move(scored_parties);
    for (const std::uint32_t traveller : named)
      hit.travellers.push_back(context_.traveller_ref(traveller));
    // A hit that names nobody rests on the facts of its group, which every row of it holds.
    hit.id = HitId(hit, named.empty() ? std::vector{row} : named);
    hits_.push_back(std::move(hit));
  }

  // "H-" and the first 16 hex digits of the SHA-256 of five lines, each ended by a newline: the
  // flight's identity, the rule's id, the party's first traveller (empty for a hit about the
  // flight), the profile's hash as hits print it
  // ("sha256:..."), and the facts hash in hex.
  std::string HitId(const Hit& hit, const std::vector<std::uint32_t>& rows) const {
    std::string text =
        ToString(context_.flight) + "\n" + hit.rule + "\n" + hit.party + "\n" + hit.profile + "\n";
    text += FactsHash(plan_->explanation, table_, rows, context_) + "\n";
    return "H-" + Sha256Hex(text).substr(0, 16);
  }

  const Profile& profile_;
  const std::string_view hash_;
  const FactTable& table_;
  const RuleOutcomes& outcomes_;
  const Rows rows_;
  const HitContext& context_;
  const Rule* rule_ = nullptr;
  const RulePlan* plan_ = nullptr;
  const Word* fires_ = nullptr;
  std::vector<Hit> hits_;
};

}  // namespace

struct RuleSet::Compiled {
  Program program;
  std::vector<RulePlan> plans;  // By rule.
};

RuleSet::RuleSet(std::shared_ptr<const Profile> profile)
    : profile_(std::move(profile)), hash_("sha256:" + ProfileHash(*profile_)) {
  const std::vector<Usage> defines = UsageOfDefines(*profile_);
  auto compiled = std::make_unique<Compiled>();
  compiled->program = Compile(*profile_);
  std::set<std::pair<FactId, Window>> windows;
  for (const Rule& rule : profile_->rules) {
    compiled->plans.push_back(PlanRule(rule, *profile_, defines));
    windows.merge(UsageOf(rule, defines).windows);
  }
  windows_.assign(windows.begin(), windows.end());
  compiled_ = std::move(compiled);
}

RuleSet::~RuleSet() = default;

void RuleSet::Evaluate(const FactTable& table, RuleOutcomes& out) const {
  Run(compiled_->program, table, out);
}

std::vector<Hit> RuleSet::Hits(const FactTable& table, const RuleOutcomes& outcomes,
                               std::uint32_t flight, const HitContext& context) const {
  if (!InEffect(profile_->effective, context.on)) return {};
  HitMaker maker(*profile_, hash_, table, outcomes, flight, context);
  for (std::size_t i = 0; i < profile_->rules.size(); ++i) {
    const Rule& rule = profile_->rules[i];
    if (rule.status != RuleStatus::kLive || !InEffect(rule.effective, context.on)) continue;
    maker.AddHitsOf(i, compiled_->plans[i]);
  }
  return std::move(maker).Take();
}

}  // namespace landfall::rules
