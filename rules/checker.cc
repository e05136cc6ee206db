#include "rules/checker.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <set>

#include "absl/strings/str_format.h"
#include "rules/expression_checker.h"
#include "rules/list_values.h"
#include "rules/usage.h"
#include "rules/why_text.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

// Limits of a condition with its defines written out: defines that double each other cost nothing
// by themselves.
constexpr std::int64_t kMaxNodes = 1'000'000;
constexpr int kMaxDepth = 2000;
// The event log that answers windows is kept for 5 years.
constexpr std::int64_t kRetentionMinutes = 5LL * 365 * 1440;

constexpr std::string_view kRequiredLines[] = {"level", "severity", "points",   "when",
                                               "why",   "source",   "fairness", "review_by"};
constexpr std::string_view kClasses[] = {"age", "sex", "nationality", "nationality-proxy"};

ValueType TypeOfGiven(const Literal& literal) {
  static constexpr ValueType kTypes[] = {ValueType::kBool,    ValueType::kInt,  ValueType::kNum,
                                         ValueType::kText,    ValueType::kEnum, ValueType::kDate,
                                         ValueType::kDuration};
  return kTypes[static_cast<std::size_t>(literal.kind)];
}

// The place of byte `offset` of a text, given the text as written with its quotes and escapes.
Position PlaceInText(Position start, std::string_view written, std::size_t offset) {
  Position place{start.line, start.column + 1};
  std::size_t at = 1;
  for (std::size_t i = 0; i < offset && at < written.size(); ++i, ++at) {
    if (written[at] == '\\') {
      ++at;
      ++place.column;
    }
    const bool continues =
        at + 1 < written.size() && (static_cast<unsigned char>(written[at + 1]) & 0xC0) == 0x80;
    if (!continues) ++place.column;
  }
  return place;
}

class ProfileChecker {
 public:
  ProfileChecker(ParsedFile& file, std::vector<Diagnostic>& diagnostics)
      : file_(file), profile_(file.profile), diagnostics_(diagnostics) {}

  void Check(std::size_t base_rules) {
    for (const ListDefinition& list : profile_.lists) scope_.lists.emplace(list.name, &list);
    CheckParameters();
    for (std::size_t i = 0; i < profile_.defines.size(); ++i) CheckDefine(static_cast<int>(i));
    for (std::size_t i = base_rules; i < profile_.rules.size(); ++i)
      CheckRule(profile_.rules[i], file_.rules[i]);
  }

 private:
  void Report(Position position, std::string message) {
    diagnostics_.push_back({position, "", std::move(message)});
  }
  void Warn(Position position, std::string message) {
    diagnostics_.push_back({position, "", std::move(message), true});
  }

  // Where a line of the profile stands; else the profile itself.
  Position ParameterPlace(std::string_view first, std::string_view second) const {
    for (const std::string_view name : {first, second}) {
      if (const Position* place = file_.profile_lines.Find(name)) return *place;
    }
    return {1, 1};
  }

  void CheckAtMost(std::string_view low, std::int64_t low_value, std::string_view high,
                   std::int64_t high_value) {
    if (low_value <= high_value) return;
    Report(ParameterPlace(low, high),
           absl::StrFormat("'%s' (%d) is above '%s' (%d)", std::string(low), low_value,
                           std::string(high), high_value));
  }

  void CheckRange(std::string_view name, double value, double low, double high,
                  std::string_view text) {
    if (value >= low && value <= high) return;
    Report(ParameterPlace(name, name),
           absl::StrFormat("'%s' must be %s", std::string(name), std::string(text)));
  }

  void CheckParameters() {
    const ProfileParameters& p = profile_.parameters;
    constexpr double kMost = static_cast<double>(std::numeric_limits<std::int32_t>::max());
    CheckAtMost("consider_from", p.consider_from, "meet_from", p.meet_from);
    CheckAtMost("match_review", p.match_review, "match_strong", p.match_strong);
    CheckAtMost("foster_age", p.foster_age, "foster_age_disabled", p.foster_age_disabled);
    CheckRange("foster_age", static_cast<double>(p.foster_age), 0, kMost, "0 or more");
    CheckRange("foster_age_disabled", static_cast<double>(p.foster_age_disabled), -kMost, 18,
               "at most 18");
    CheckRange("foster_days", static_cast<double>(p.foster_days), 0, kMost, "0 or more");
    CheckRange("split_hours", static_cast<double>(p.split_hours), 0, kMost, "0 or more");
    CheckRange("sample_share", p.sample_share, 0, 1, "between 0 and 1");
    if (profile_.extends.empty()) return;
    for (const auto& [name, place] : file_.profile_lines.lines) {
      const bool parameter = name == "sample_share" || name.starts_with("match_") ||
                             name.starts_with("foster_") || name.ends_with("_from") ||
                             name == "split_hours";
      if (parameter) Report(place, "a profile that extends another may not change its parameters");
    }
  }

  void CheckDefine(int number) {
    Define& define = profile_.defines[static_cast<std::size_t>(number)];
    ExpressionChecker(scope_, diagnostics_).CheckCondition(*define.expr);
    defines_.push_back(UsageOf(*define.expr, defines_));
    scope_.defines.emplace(define.name, number);
    scope_.has_quantifier.push_back(defines_.back().has_quantifier);
    CheckSize(define.position, defines_.back());
  }

  // False if the condition is too large to evaluate.
  bool CheckSize(Position position, const Usage& usage) {
    if (usage.nodes <= kMaxNodes && usage.depth <= kMaxDepth) return true;
    Report(position, "this condition is too large with its defines written out");
    return false;
  }

  void CheckRule(Rule& rule, const RulePlaces& places) {
    for (const std::string_view name : kRequiredLines) {
      if (places.lines.Find(name) == nullptr)
        Report(rule.position, absl::StrFormat("missing '%s'", std::string(name)));
    }
    ExpressionChecker checker(scope_, diagnostics_);
    if (rule.when != nullptr) checker.CheckCondition(*rule.when);
    if (rule.unless != nullptr) checker.CheckCondition(*rule.unless);
    const Usage usage = UsageOf(rule, defines_);
    CheckJustify(rule, usage, places);
    if (CheckSize(rule.position, usage)) CheckCost(rule, usage);
    CheckLevel(rule, usage);
    CheckWindows(rule, usage);
    // What was not understood may be what the sentence names.
    if (!usage.incomplete) CheckWhy(rule, usage, places);
    for (EmbeddedTest& test : rule.tests) CheckGivens(test.given, /*of_member=*/false);
  }

  void CheckJustify(const Rule& rule, const Usage& usage, const RulePlaces& places) {
    std::set<std::string_view> used;
    for (const FactId id : usage.facts) {
      const FactInfo& fact = Info(id);
      // The scope of the duty itself needs no reason.
      if (fact.IsProtected() && id != FactId::pax_child) used.insert(fact.protection.substr(2));
    }
    for (const std::string_view name : kClasses) {
      if (!used.contains(name) || places.lines.Find("justify " + std::string(name)) != nullptr)
        continue;
      Report(rule.position, absl::StrFormat("uses protected data (%s) but has no 'justify' line",
                                            std::string(name)));
    }
  }

  void CheckCost(const Rule& rule, const Usage& usage) {
    if (usage.Cost() <= kMaxCost) return;
    Report(rule.position, absl::StrFormat("cost %s is over the limit of %s",
                                          WithThousands(usage.Cost()), WithThousands(kMaxCost)));
  }

  void CheckLevel(const Rule& rule, const Usage& usage) {
    if (rule.level != RuleLevel::kCrossFlight || usage.has_window || usage.incomplete) return;
    Report(rule.position, "a cross_flight rule needs a window function");
  }

  void CheckWindows(const Rule& rule, const Usage& usage) {
    for (const auto& [fact, window] : usage.windows) {
      if (window.minutes <= kRetentionMinutes) continue;
      Warn(
          rule.position,
          absl::StrFormat("the window of %s is longer than the 5 years that events are kept: it is "
                          "always unknown",
                          std::string(Info(fact).name)));
    }
  }

  void CheckWhy(const Rule& rule, const Usage& usage, const RulePlaces& places) {
    std::size_t unclosed = 0;
    const auto parts = SplitWhy(rule.why, &unclosed);
    if (!parts) {
      return Report(PlaceInText(places.why_position, places.why, unclosed),
                    "this brace is not closed - write {{ for a brace itself");
    }
    for (const WhyPart& part : *parts) {
      if (!part.is_fact || IsFactOf(part, usage)) continue;
      Report(PlaceInText(places.why_position, places.why, part.offset), WhyProblem(part, usage));
    }
  }

  static bool IsFactOf(const WhyPart& part, const Usage& usage) {
    if (!part.fact) return false;
    if (usage.row_facts.contains({*part.fact, part.window.value_or(Window{})})) return true;
    const auto tests = [&](FactId match) { return usage.row_facts.contains({match, Window{}}); };
    switch (*part.fact) {
      case FactId::pax_watch_score:
        return tests(FactId::pax_watch_match);
      case FactId::escort_watch_score:
        return tests(FactId::escort_watch_match);
      case FactId::sponsor_watch_score:
        return tests(FactId::sponsor_watch_match);
      default:
        return false;
    }
  }

  static std::string WhyProblem(const WhyPart& part, const Usage& usage) {
    std::vector<std::string> names;
    for (const auto& [fact, window] : usage.row_facts) names.emplace_back(Info(fact).name);
    const std::string_view name = std::string_view(part.text).substr(0, part.text.find('('));
    const std::string advice = part.fact ? "" : DidYouMean(name, names);
    return absl::StrFormat("'why' names '%s', which is no fact of this rule%s", part.text, advice);
  }

  void CheckGivens(std::vector<GivenValue>& givens, bool of_member) {
    std::set<std::pair<FactId, std::optional<Window>>> seen;
    for (GivenValue& given : givens) {
      if (!CheckGiven(given, of_member)) continue;
      if (!seen.insert({given.fact, given.window}).second) {
        Report(given.position, absl::StrFormat("'%s' is given twice", given.name));
      }
    }
  }

  bool CheckGiven(GivenValue& given, bool of_member) {
    // A member's names are those after the variable of a quantifier.
    const FactInfo* fact = of_member ? FindMemberFact(given.name) : FindFact(given.name);
    if (fact == nullptr) {
      Report(given.position, UnknownName(given.name, of_member));
      return false;
    }
    given.fact = fact->id;
    if (!CheckWindow(*fact, given.name, given.window.has_value(), given.position, diagnostics_))
      return false;
    if (given.is_members || fact->type == FactType::kPeople) {
      CheckPeople(*fact, given);
    } else if (!given.unknown) {
      CheckGivenValue(*fact, given);
    }
    return true;
  }

  static std::string UnknownName(const std::string& name, bool of_member) {
    std::vector<std::string> names;
    for (const FactInfo& fact : Facts()) {
      const std::string_view candidate = of_member ? MemberName(fact) : fact.name;
      if (!candidate.empty()) names.emplace_back(candidate);
    }
    return absl::StrFormat("unknown field '%s'%s", name, DidYouMean(name, names));
  }

  void CheckPeople(const FactInfo& fact, GivenValue& given) {
    if (fact.type != FactType::kPeople) {
      return Report(given.position,
                    absl::StrFormat("'%s' is not a list of people - lists: party.members, "
                                    "flight.passengers",
                                    given.name));
    }
    const std::size_t most = fact.id == FactId::flight_passengers ? 900 : 99;
    const bool is_count = !given.is_members && given.literal.kind == Literal::Kind::kInt;
    if (!given.is_members && !is_count && !given.unknown) {
      return Report(given.literal.position,
                    "a list of people is given as [{ age: 9 }] or as a count");
    }
    const bool fits =
        given.is_members
            ? given.members.size() <= most
            : given.unknown || (given.literal.integer >= 0 &&
                                given.literal.integer <= static_cast<std::int64_t>(most));
    if (!fits)
      Report(given.position,
             absl::StrFormat("'%s' holds between 0 and %d people", given.name, most));
    for (std::vector<GivenValue>& member : given.members) CheckGivens(member, /*of_member=*/true);
  }

  void CheckGivenValue(const FactInfo& fact, GivenValue& given) {
    Literal& literal = given.literal;
    const ValueType type = TypeOf(fact.type);
    const ValueType own = TypeOfGiven(literal);
    if (type == ValueType::kEnum && (own == ValueType::kEnum || own == ValueType::kText)) {
      return CheckGivenWord(fact, literal);
    }
    if (IsCode(type) && own == ValueType::kText) return CheckGivenCode(type, literal);
    if (own == type || (own == ValueType::kInt && type == ValueType::kNum)) return;
    Report(literal.position,
           own == ValueType::kEnum
               ? absl::StrFormat("'%s' is %s - '%s' is no such value", given.name,
                                 std::string(TypeWord(type)), literal.text)
               : absl::StrFormat("'%s' is %s, but this is %s", given.name,
                                 std::string(TypeWord(type)), std::string(TypeWord(own))));
  }

  void CheckGivenWord(const FactInfo& fact, Literal& literal) {
    const std::optional<std::uint8_t> number = fact.ValueNumber(literal.text);
    if (!number) return Report(literal.position, NotAValue(literal.text, fact));
    literal.kind = Literal::Kind::kEnum;
    literal.enum_value = *number;
  }

  void CheckGivenCode(ValueType type, Literal& literal) {
    std::optional<std::string> value = CanonicalValue(type, literal.text);
    if (!value) return Report(literal.position, BadForm(type, literal.text));
    literal.text = *std::move(value);
  }

  ParsedFile& file_;
  Profile& profile_;
  std::vector<Diagnostic>& diagnostics_;
  Scope scope_;
  std::vector<Usage> defines_;
};

}  // namespace

void CheckProfile(ParsedFile& file, std::vector<Diagnostic>& diagnostics, std::size_t base_rules) {
  ProfileChecker(file, diagnostics).Check(base_rules);
}

}  // namespace landfall::rules
