#include "rules/publish_checks.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "rules/parser.h"
#include "rules/profile.h"
#include "rules/reasoning.h"
#include "rules/usage.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr int kMostMonths = 6, kMostMonthsOfProxies = 3;
constexpr std::int32_t kMostPointsOfProxies = 4;
// Pairs of rules are compared up to so many rules: beyond, nothing is said.
constexpr std::size_t kMostCompared = 1500;

Date AddMonths(Date date, int months) {
  CivilDay day = ToCivil(date);
  const int month = day.month - 1 + months;
  day.year += month / 12;
  day.month = month % 12 + 1;
  while (!IsValidDay(day.year, day.month, day.day)) --day.day;
  return MakeDate(day.year, day.month, day.day);
}

bool IsBlank(std::string_view text) { return text.find_first_not_of(' ') == std::string_view::npos; }

bool IsProxy(FactId fact) { return Info(fact).protection.starts_with("P:nationality"); }
bool IsAgeOrSex(FactId fact) {
  return (Info(fact).protection == "P:age" || Info(fact).protection == "P:sex") &&
         fact != FactId::sponsor_private_fostering;  // It says far more than an age.
}
// What says for whom a rule is, not why.
bool IsScope(FactId fact) { return fact == FactId::flight_direction || fact == FactId::pax_in_transit; }

class PublishChecker {
 public:
  PublishChecker(const Profile& profile, std::string_view text, PublishOptions options)
      : profile_(profile), options_(std::move(options)), file_(ParseFile(text)), defines_(UsageOfDefines(profile)) {
  }

  std::vector<Diagnostic> Routes() && {
    for (std::size_t i = 0; i < profile_.rules.size(); ++i) CheckRoute(i, /*warning=*/true);
    return std::move(diagnostics_);
  }

  std::vector<Diagnostic> Check() && {
    for (const Rule& rule : profile_.rules) sets_.push_back(FiringSet::Of(rule, profile_));
    CheckHeader();
    CheckLists();
    for (std::size_t i = 0; i < profile_.rules.size(); ++i) CheckRule(i);
    CheckTests();
    CheckContained();
    Report(ProfilePlace(), "", true,
           "no history yet: not backtested, no forecast and no equality report - look at samples before publishing");
    std::stable_sort(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.position < b.position; });
    return std::move(diagnostics_);
  }

 private:
  void Report(Position position, std::string rule, bool warning, std::string message) {
    diagnostics_.push_back({position, std::move(rule), std::move(message), warning});
  }
  void Error(std::size_t rule, std::string_view line, std::string message) {
    Report(PlaceOf(rule, line), profile_.rules[rule].id, false, std::move(message));
  }
  void Warn(std::size_t rule, std::string_view line, std::string message) {
    Report(PlaceOf(rule, line), profile_.rules[rule].id, true, std::move(message));
  }

  Position ProfilePlace() const { return file_.blocks.empty() ? Position{1, 1} : Position{file_.blocks[0].first, 1}; }
  Position ProfilePlace(std::string_view line) const {
    const Position* const place = file_.profile_lines.Find(line);
    return place == nullptr ? ProfilePlace() : *place;
  }
  // Of a line of a rule; of the rule, if it has no such line. A base's rule stands in another file.
  Position PlaceOf(std::size_t rule, std::string_view line) const {
    if (rule < profile_.base_rules) return ProfilePlace();
    const std::string& id = profile_.rules[rule].id;
    for (std::size_t i = 0; i < file_.rules.size(); ++i) {
      if (file_.profile.rules[i].id != id) continue;
      const Position* const place = file_.rules[i].lines.Find(line);
      return place == nullptr ? profile_.rules[rule].position : *place;
    }
    return profile_.rules[rule].position;
  }

  void CheckHeader() {
    const std::pair<std::string_view, bool> lines[] = {
        {"purpose", !IsBlank(profile_.purpose)},   {"legal", !IsBlank(profile_.legal)},
        {"owner", !profile_.owner.empty()},        {"approver", !profile_.approver.empty()},
        {"effective", profile_.effective.has_value()}, {"review_by", profile_.review_by.has_value()}};
    for (const auto& [name, there] : lines) {
      if (!there)
        Report(ProfilePlace(name), "", false,
               absl::StrFormat("missing '%s' - a profile needs it to be published", std::string(name)));
    }
    const std::string& editor = options_.editor.empty() ? profile_.owner : options_.editor;
    if (!editor.empty() && editor == profile_.approver) {
      Report(ProfilePlace("approver"), "", false,
             absl::StrFormat("'%s' may not approve what they edited - name somebody else as approver", editor));
    }
    if (profile_.effective) CheckPeriod();
    if (profile_.review_by)
      CheckReview(*profile_.review_by, kMostMonths, "",
                  [this](std::string message) { Report(ProfilePlace("review_by"), "", false, std::move(message)); });
  }

  void CheckPeriod() {
    const auto& [first, last] = *profile_.effective;
    if (last > AddMonths(first, kMostMonths)) {
      Report(ProfilePlace("effective"), "", false,
             absl::StrFormat("this period is longer than 6 months - end it by %s", ToString(AddMonths(first, kMostMonths))));
    }
    if (last < options_.today)
      Report(ProfilePlace("effective"), "", false, "this period is past - give the profile a new one");
  }

  template <typename Say>
  void CheckReview(Date day, int months, std::string_view why, const Say& say) {
    if (day < options_.today) say("'review_by' is past - review it and set the next day");
    if (!profile_.effective) return;
    const Date most = AddMonths(profile_.effective->first, months);
    if (day > most) {
      say(absl::StrFormat("'review_by' is more than %d months after the profile begins%s - set %s or earlier", months,
                          std::string(why), ToString(most)));
    } else if (day > profile_.effective->second) {
      say(absl::StrFormat("'review_by' lies after the profile's end, %s - set an earlier day",
                          ToString(profile_.effective->second)));
    }
  }

  static bool UsesList(const Expr& expr, const std::string& list) {
    if (expr.op == Op::kIn && expr.set.kind == SetOperand::Kind::kList && expr.set.list == list) return true;
    return std::any_of(expr.args.begin(), expr.args.end(), [&](const ExprPtr& arg) { return UsesList(*arg, list); });
  }

  void CheckLists() {
    for (const ListDefinition& list : profile_.lists) {
      const bool of_base = std::none_of(file_.profile.lists.begin(), file_.profile.lists.end(),
                                        [&](const ListDefinition& own) { return own.name == list.name; });
      const Position place = of_base ? ProfilePlace() : list.position;
      if (!list.path.empty() && !list.is_read)
        Report(place, "", false, absl::StrFormat("list @%s: %s is missing - put the file beside the profile", list.name, list.path));
      if (list.expires && *list.expires < options_.today)
        Report(place, "", false, absl::StrFormat("list @%s expired on %s - renew it with its evidence, or remove it", list.name, ToString(*list.expires)));
      if (list.values.empty())
        Report(place, "", true, absl::StrFormat("list @%s is empty: nothing is ever in it", list.name));
      bool used = std::any_of(profile_.defines.begin(), profile_.defines.end(),
                              [&](const Define& define) { return UsesList(*define.expr, list.name); });
      for (const Rule& rule : profile_.rules) {
        used = used || UsesList(*rule.when, list.name) || (rule.unless != nullptr && UsesList(*rule.unless, list.name));
      }
      if (!used) Report(place, "", true, absl::StrFormat("list @%s is used by no rule - remove it", list.name));
    }
  }

  void CheckRule(std::size_t number) {
    const Rule& rule = profile_.rules[number];
    if (rule.status == RuleStatus::kRetired) return;
    const Usage usage = UsageOf(rule, defines_);
    CheckFiring(number);
    CheckExpectations(number);
    CheckDates(number, usage);
    CheckProtected(number, usage);
    CheckRoute(number, /*warning=*/false);
  }

  void CheckRoute(std::size_t number, bool warning) {
    const Rule& rule = profile_.rules[number];
    if (rule.route.empty() || options_.teams.contains(rule.route)) return;
    Report(PlaceOf(number, "route"), rule.id, warning,
           absl::StrFormat("no team '%s' is configured%s", rule.route,
                           DidYouMean(rule.route, {options_.teams.begin(), options_.teams.end()})));
  }

  void CheckFiring(std::size_t number) {
    const Rule& rule = profile_.rules[number];
    if (sets_[number] && sets_[number]->IsEmpty()) {
      return Error(number, "when", "this rule can never fire: its conditions contradict each other - mend or remove it");
    }
    if (UnlessCanApply(rule, profile_) == std::optional(false))
      Warn(number, "unless", "this 'unless' never applies: it cannot be true where 'when' is - mend or remove it");
  }

  void CheckExpectations(std::size_t number) {
    const Rule& rule = profile_.rules[number];
    const auto has = [&](EmbeddedTest::Expect expect) {
      return std::any_of(rule.tests.begin(), rule.tests.end(), [&](const EmbeddedTest& test) { return test.expect == expect; });
    };
    if (rule.status == RuleStatus::kLive && !has(EmbeddedTest::Expect::kMatch))
      Error(number, "", "no 'match' test - add one that shows when the rule fires");
    if (!has(EmbeddedTest::Expect::kNoMatch))
      Warn(number, "", "no 'no match' test - add one at the boundary, where the rule just does not fire");
  }

  void CheckDates(std::size_t number, const Usage& usage) {
    const Rule& rule = profile_.rules[number];
    if (rule.effective && profile_.effective &&
        (rule.effective->first < profile_.effective->first || profile_.effective->second < rule.effective->second)) {
      Error(number, "effective", absl::StrFormat("this period is not inside the profile's, %s .. %s",
                                                 ToString(profile_.effective->first), ToString(profile_.effective->second)));
    }
    if (!rule.review_by) return;
    const bool proxies = std::any_of(usage.facts.begin(), usage.facts.end(), IsProxy);
    CheckReview(*rule.review_by, proxies ? kMostMonthsOfProxies : kMostMonths,
                proxies ? " and the rule uses nationality or what stands for it" : "",
                [&](std::string message) { Error(number, "review_by", std::move(message)); });
  }

  void CheckProtected(std::size_t number, const Usage& usage) {
    const Rule& rule = profile_.rules[number];
    for (const auto& [name, text] : rule.justify) {
      if (IsBlank(text))
        Error(number, "justify " + name, absl::StrFormat("'justify %s' says nothing - name the evidence", name));
    }
    const bool proxies = std::any_of(usage.facts.begin(), usage.facts.end(), IsProxy);
    if (proxies && rule.points > kMostPointsOfProxies) {
      Error(number, "points",
            absl::StrFormat("a rule that uses nationality or what stands for it has at most %d points, this one %d",
                            kMostPointsOfProxies, rule.points));
    }
    CheckUses(*rule.when, number, nullptr);
    if (rule.unless != nullptr) CheckUses(*rule.unless, number, nullptr);
    CheckAlone(number);
  }

  const ListDefinition* FindList(const std::string& name) const {
    for (const ListDefinition& list : profile_.lists) {
      if (list.name == name) return &list;
    }
    return nullptr;
  }

  // Nationality is asked for by lists alone; they and lists of routes expire and have a reason.
  void CheckUses(const Expr& expr, std::size_t number, const Expr* parent) {
    if (expr.op == Op::kFact && (expr.fact == FactId::pax_nationality || expr.fact == FactId::flight_route)) {
      const bool by_list = parent != nullptr && parent->op == Op::kIn && parent->set.kind == SetOperand::Kind::kList;
      if (by_list) {
        CheckEvidence(expr, *FindList(parent->set.list), number);
      } else if (expr.fact == FactId::pax_nationality) {
        Report(number < profile_.base_rules ? ProfilePlace() : expr.position, profile_.rules[number].id, false,
               "nationality may be tested only by 'in @list', with a list that expires and has a reason");
      }
    }
    if (expr.op == Op::kDefine)
      CheckUses(*profile_.defines[static_cast<std::size_t>(expr.define)].expr, number, nullptr);
    for (const ExprPtr& arg : expr.args) CheckUses(*arg, number, &expr);
  }

  void CheckEvidence(const Expr& fact, const ListDefinition& list, std::size_t number) {
    if (list.expires && !IsBlank(list.reason)) return;
    Report(number < profile_.base_rules ? ProfilePlace() : fact.position, profile_.rules[number].id, false,
           absl::StrFormat("list @%s needs 'expires' and 'reason', since it stands for nationality", list.name));
  }

  // An alternative under which the rule fires on protected facts alone.
  void CheckAlone(std::size_t number) {
    if (!sets_[number]) return;
    for (std::set<FactId> facts : sets_[number]->facts()) {
      std::erase_if(facts, IsScope);
      const bool child_only = facts == std::set{FactId::pax_child};
      facts.erase(FactId::pax_child);
      if (facts.empty() && !child_only) continue;
      const bool proxies = std::any_of(facts.begin(), facts.end(), IsProxy);
      const bool all = std::all_of(facts.begin(), facts.end(), [](FactId fact) { return IsProxy(fact) || IsAgeOrSex(fact); });
      if (!all) continue;
      return Error(number, "when",
                   proxies ? "this rule can fire on nationality, or what stands for it, alone - add what the journey or the "
                             "documents show"
                           : "this rule can fire on age or sex alone - add what the journey or the documents show");
    }
  }

  void CheckTests() {
    const TestReport report = RunTests(profile_);
    for (std::size_t i = 0; i < report.failures.size(); ++i) {
      const auto& [rule, test] = report.places[i];
      Report(rule < profile_.base_rules ? ProfilePlace() : profile_.rules[rule].tests[test].position, profile_.rules[rule].id,
             false, report.failures[i].substr(profile_.rules[rule].id.size() + 2) + " - mend the rule or the test");
    }
  }

  bool NamesTraveller(const Rule& rule) const {
    const Usage usage = UsageOf(rule, defines_);
    return std::any_of(usage.row_facts.begin(), usage.row_facts.end(),
                       [](const auto& use) { return Info(use.first).level == FactLevel::kTraveller; });
  }

  void CheckContained() {
    const std::size_t count = profile_.rules.size();
    if (count > kMostCompared) return;
    std::vector<bool> names;
    for (const Rule& rule : profile_.rules) names.push_back(NamesTraveller(rule));
    const auto counts = [&](std::size_t i) {
      return sets_[i] && !sets_[i]->IsEmpty() && profile_.rules[i].status == RuleStatus::kLive;
    };
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < count && counts(a); ++b) {
        const Rule& inner = profile_.rules[a];
        const Rule& outer = profile_.rules[b];
        if (a == b || !counts(b) || inner.level != outer.level || names[a] != names[b] || !Covers(outer, inner)) continue;
        if (!sets_[a]->IsContainedIn(*sets_[b])) continue;
        const bool same = Covers(inner, outer) && sets_[b]->IsContainedIn(*sets_[a]);
        if (same && a < b) continue;  // Said of the later one.
        const std::string_view family = inner.Family() == outer.Family() ? "" : ", or give both one family";
        Warn(a, "when",
             absl::StrFormat("%s %s - remove one%s", same ? "fires for exactly the same as rule" : "is contained in rule",
                             same ? outer.id : outer.id + ": whatever fires this one fires that too", std::string(family)));
        break;
      }
    }
  }

  // Whether the outer rule is in effect whenever the inner is.
  static bool Covers(const Rule& outer, const Rule& inner) {
    if (!outer.effective) return true;
    return inner.effective && outer.effective->first <= inner.effective->first &&
           inner.effective->second <= outer.effective->second;
  }

  const Profile& profile_;
  const PublishOptions options_;
  const ParsedFile file_;
  const std::vector<Usage> defines_;
  std::vector<std::optional<FiringSet>> sets_;  // By rule.
  std::vector<Diagnostic> diagnostics_;
};

}  // namespace

std::vector<Diagnostic> CheckForPublish(const Profile& profile, std::string_view text, const PublishOptions& options) {
  return PublishChecker(profile, text, options).Check();
}

std::vector<Diagnostic> CheckRoutes(const Profile& profile, std::string_view text,
                                    const std::set<std::string, std::less<>>& teams) {
  return PublishChecker(profile, text, {{}, "", teams}).Routes();
}

}  // namespace landfall::rules
