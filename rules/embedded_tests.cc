#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "rules/given_facts.h"
#include "rules/profile.h"
#include "rules/value_text.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

std::string_view ExpectText(EmbeddedTest::Expect expect) {
  static constexpr std::string_view kTexts[] = {"match", "no match", "unknown"};
  return kTexts[static_cast<std::size_t>(expect)];
}

struct Judged {
  const Expr* term;
  Outcome outcome;
};

std::vector<Judged> JudgeTerms(const Expr& condition, const Profile& profile,
                               const FactSourceView& facts) {
  std::vector<Judged> terms;
  const auto judge = [&](const Expr& term) {
    terms.push_back({&term, Evaluate(term, &profile, facts).AsOutcome()});
  };
  if (condition.op == Op::kAnd || condition.op == Op::kOr) {
    for (const ExprPtr& arg : condition.args) judge(*arg);
  } else {
    judge(condition);
  }
  return terms;
}

bool ComparesNumbers(const Expr& term) {
  return term.op >= Op::kEqual && term.op <= Op::kGreaterEqual && IsNumber(term.args[0]->type);
}

// The term that made the condition what it is. Where all of them did, the first comparison of
// numbers, since that is where a limit is set; else the last.
const Judged& Deciding(const std::vector<Judged>& terms, Outcome outcome) {
  const Judged* decided = nullptr;
  for (const Judged& term : terms) {
    if (term.outcome != outcome) continue;
    if (decided == nullptr) decided = &term;
    if (ComparesNumbers(*term.term)) return term;
  }
  return decided != nullptr ? *decided : terms.back();
}

const Judged& DecidingOf(const Expr& condition, const std::vector<Judged>& terms, Outcome outcome) {
  const bool all_alike = (condition.op == Op::kAnd && outcome == Outcome::kTrue) ||
                         (condition.op == Op::kOr && outcome == Outcome::kFalse);
  if (all_alike) {
    const Judged& first = Deciding(terms, outcome);
    return ComparesNumbers(*first.term) ? first : terms.back();
  }
  for (const Judged& term : terms) {
    if (term.outcome == outcome) return term;
  }
  return terms.back();
}

void CollectFacts(const Expr& expr, const Profile& profile, std::vector<const Expr*>& facts) {
  if (expr.op == Op::kFact && !expr.of_variable) {
    const auto same = [&](const Expr* other) {
      return other->fact == expr.fact && other->window == expr.window;
    };
    if (std::none_of(facts.begin(), facts.end(), same)) facts.push_back(&expr);
  }
  if (expr.op == Op::kDefine)
    CollectFacts(*profile.defines[static_cast<std::size_t>(expr.define)].expr, profile, facts);
  for (const ExprPtr& arg : expr.args) CollectFacts(*arg, profile, facts);
}

// " (2)", or " (party.children 2, party.adults not known)".
std::string ValuesText(const Expr& term, const Profile& profile, const FactSourceView& view) {
  std::vector<const Expr*> facts;
  CollectFacts(term, profile, facts);
  std::string text;
  for (const Expr* fact : facts) {
    const std::string value =
        Info(fact->fact).type == FactType::kPeople
            ? "people"
            : ValueText(view.Fact(fact->fact, fact->window), Info(fact->fact));
    const std::string name = facts.size() == 1 ? "" : CanonicalText(*fact, &profile) + " ";
    text += (text.empty() ? "" : ", ") + name + value;
  }
  return text.empty() ? "" : " (" + text + ")";
}

std::string TermText(const Expr& condition, Outcome outcome, const Profile& profile,
                     const FactSourceView& facts) {
  const std::vector<Judged> terms = JudgeTerms(condition, profile, facts);
  const Judged& term = DecidingOf(condition, terms, outcome);
  const bool group = term.term->op == Op::kAnd || term.term->op == Op::kOr;
  const std::string text = CanonicalText(*term.term, &profile);
  return (group ? "(" + text + ")" : text) + " is " + std::string(ToText(term.outcome)) +
         ValuesText(*term.term, profile, facts);
}

// Empty if the test passes.
std::string RunTest(const Rule& rule, const EmbeddedTest& test, const Profile& profile) {
  const GivenFacts facts(test.given);
  const Outcome when = Evaluate(*rule.when, &profile, facts).AsOutcome();
  const Outcome outcome = EvaluateRule(rule, profile, facts);
  const bool passes = test.expect == EmbeddedTest::Expect::kMatch     ? outcome == Outcome::kTrue
                      : test.expect == EmbeddedTest::Expect::kNoMatch ? outcome != Outcome::kTrue
                                                                      : when == Outcome::kUnknown;
  if (passes) return {};
  const bool excused = when == Outcome::kTrue && outcome == Outcome::kFalse;
  const std::string_view got = outcome == Outcome::kTrue      ? "match"
                               : outcome == Outcome::kUnknown ? "unknown"
                                                              : "no match";
  const std::string term = excused
                               ? "unless " + TermText(*rule.unless, Outcome::kTrue, profile, facts)
                               : TermText(*rule.when, when, profile, facts);
  return absl::StrFormat("%s: test \"%s\" expected %s, got %s: %s", rule.id, test.name,
                         std::string(ExpectText(test.expect)), std::string(got), term);
}

}  // namespace

TestReport RunTests(const Profile& profile) {
  TestReport report;
  for (std::size_t i = 0; i < profile.rules.size(); ++i) {
    const Rule& rule = profile.rules[i];
    for (std::size_t j = 0; j < rule.tests.size(); ++j) {
      std::string failure = RunTest(rule, rule.tests[j], profile);
      if (failure.empty()) {
        ++report.passed;
      } else {
        report.failures.push_back(std::move(failure));
        report.places.push_back({i, j});
      }
    }
  }
  return report;
}

}  // namespace landfall::rules
