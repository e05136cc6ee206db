#include "rules/tree_walk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/eval_rows.h"
#include "rules/given_facts.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

// The value of an expression over a row of JSON, as `rules eval --expr` prints it: "true", "null",
// "3".
std::string Eval(std::string_view expression, std::string_view row = "{}") {
  const ExpressionResult loaded = LoadExpression(expression);
  if (loaded.expr == nullptr) return loaded.diagnostics.front().message;
  const EvalReport report = EvalExpression(*loaded.expr, row);
  if (!report.errors.empty()) return report.errors.front();
  const std::size_t at = report.output.find("\"value\":") + 8;
  return report.output.substr(at, report.output.size() - at - 2);
}

struct KleeneCase {
  std::string a, b, both, either, not_a;
};
class KleeneTest : public testing::TestWithParam<KleeneCase> {};

// pax.child stands for a, pax.boarded for b.
TEST_P(KleeneTest, FollowsTheTable) {
  const auto& row = GetParam();
  const std::string facts = "{\"pax.one_way\":" + row.a + ",\"pax.boarded\":" + row.b + "}";
  EXPECT_EQ(Eval("pax.one_way and pax.boarded", facts), row.both);
  EXPECT_EQ(Eval("pax.one_way or pax.boarded", facts), row.either);
  EXPECT_EQ(Eval("not pax.one_way", facts), row.not_a);
}

INSTANTIATE_TEST_SUITE_P(Section4, KleeneTest,
                         testing::Values(KleeneCase{"true", "true", "true", "true", "false"},
                                         KleeneCase{"true", "false", "false", "true", "false"},
                                         KleeneCase{"true", "null", "null", "true", "false"},
                                         KleeneCase{"false", "true", "false", "true", "true"},
                                         KleeneCase{"false", "false", "false", "false", "true"},
                                         KleeneCase{"false", "null", "false", "null", "true"},
                                         KleeneCase{"null", "true", "null", "true", "null"},
                                         KleeneCase{"null", "false", "false", "null", "null"},
                                         KleeneCase{"null", "null", "null", "null", "null"}));

struct EvalCase {
  std::string name, expression, row, expected;
};
class EvalTest : public testing::TestWithParam<EvalCase> {};
TEST_P(EvalTest, GivesTheValue) {
  EXPECT_EQ(Eval(GetParam().expression, GetParam().row), GetParam().expected);
}

constexpr char kPeople[] = R"j({"party.members":[{"age":9,"visa.kind":"none"},{"age":40},{}]})j";

INSTANTIATE_TEST_SUITE_P(
    Values, EvalTest,
    testing::Values(
        EvalCase{"UnknownCompared", "pax.age > 3", "{}", "null"},
        EvalCase{"UnknownSum", "pax.age + 1", "{}", "null"},
        EvalCase{"Sum", "pax.age + 1", R"j({"pax.age":3})j", "4"},
        EvalCase{"Product", "2 * 3 - 1", "{}", "5"},
        EvalCase{"IntAndNum", "pax.age > 2.5", R"j({"pax.age":3})j", "true"},
        EvalCase{"NumSum", "1 + 0.5", "{}", "1.5"}, EvalCase{"Division", "7 / 2", "{}", "3.5"},
        EvalCase{"DivisionByZero", "7 / 0", "{}", "null"},
        EvalCase{"ZeroByZero", "0.0 / 0.0", "{}", "null"},
        EvalCase{"AddOverflow", "9223372036854775807 + 1", "{}", "null"},
        EvalCase{"SubtractOverflow", "-9223372036854775808 - 1", "{}", "null"},
        EvalCase{"MultiplyOverflow", "9223372036854775807 * 2", "{}", "null"},
        EvalCase{"OverflowCompared", "9223372036854775807 + 1 > 3 or true", "{}", "true"},
        EvalCase{"LargestInts", "9223372036854775807 > 9223372036854775806", "{}", "true"},
        EvalCase{"Equal", "\"a\" = \"a\"", "{}", "true"},
        EvalCase{"CodePointsAsTheyAre", "\"e\u0301\" = \"\u00e9\"", "{}", "false"},
        // in is the or of =.
        EvalCase{"In", "pax.age in [1, 3]", R"j({"pax.age":3})j", "true"},
        EvalCase{"NotIn", "pax.age not in [1, 3]", R"j({"pax.age":2})j", "true"},
        EvalCase{"InUnknown", "pax.age in [1, 3]", "{}", "null"},
        EvalCase{"NotInUnknown", "pax.age not in [1, 3]", "{}", "null"},
        EvalCase{"RangeLow", "pax.age in 5..15", R"j({"pax.age":5})j", "true"},
        EvalCase{"RangeHigh", "pax.age in 5..15", R"j({"pax.age":15})j", "true"},
        EvalCase{"RangeBelow", "pax.age in 5..15", R"j({"pax.age":4})j", "false"},
        EvalCase{"RangeAbove", "pax.age in 5..15", R"j({"pax.age":16})j", "false"},
        EvalCase{"RangeUnknown", "pax.age in 5..15", "{}", "null"},
        // is looks at what is known, and is never unknown itself.
        EvalCase{"IsTrueOfUnknown", "pax.one_way is true", "{}", "false"},
        EvalCase{"IsNotTrueOfUnknown", "pax.one_way is not true", "{}", "true"},
        EvalCase{"IsNotTrueOfFalse", "pax.one_way is not true", R"j({"pax.one_way":false})j",
                 "true"},
        EvalCase{"IsFalseOfUnknown", "pax.one_way is false", "{}", "false"},
        EvalCase{"IsNotFalseOfUnknown", "pax.one_way is not false", "{}", "true"},
        EvalCase{"IsKnown", "pax.age is known", R"j({"pax.age":0})j", "true"},
        EvalCase{"IsUnknown", "pax.age is unknown", "{}", "true"},
        EvalCase{"IsNotKnown", "pax.age is not known", "{}", "true"},
        EvalCase{"IsUnknownOfCondition", "(pax.age > 3) is unknown", "{}", "true"},
        EvalCase{"IsKnownOfCondition", "(pax.age > 3 and pax.one_way) is known",
                 R"j({"pax.age":1})j", "true"},
        EvalCase{"IsUnknownOfDivision", "(1 / 0) is unknown", "{}", "true"},
        // An enum that lists unknown is never null.
        EvalCase{"EnumDefault", "sponsor.vetting", "{}", "\"unknown\""},
        EvalCase{"EnumEqualsUnknown", "sponsor.vetting = unknown", "{}", "true"},
        EvalCase{"EnumCompared", "sponsor.vetting != approved", "{}", "true"},
        EvalCase{"EnumInUnknown", "escort.relationship in [not_related, unknown]", "{}", "true"},
        EvalCase{"EnumIsKnown", "sponsor.vetting is known", "{}", "false"},
        EvalCase{"EnumIsKnownInBrackets", "(sponsor.vetting) is unknown", "{}", "true"},
        EvalCase{"EnumStated", "sponsor.vetting is known", R"j({"sponsor.vetting":"none"})j",
                 "true"},
        EvalCase{"OtherEnumUnknown", "visa.kind = none", "{}", "null"},
        EvalCase{"OtherEnumIsKnown", "visa.kind is known", "{}", "false"},
        // Windows.
        EvalCase{"Window", "sponsor.distinct_children(90 days) >= 3",
                 R"j({"sponsor.distinct_children(90 days)":3})j", "true"},
        EvalCase{"OtherWindow", "sponsor.distinct_children(91 days) >= 3",
                 R"j({"sponsor.distinct_children(90 days)":3})j", "null"},
        EvalCase{"SameWindow", "pax.entries(12 months) = 3", R"j({"pax.entries(360 days)":3})j",
                 "true"},
        EvalCase{"IncludingThis", "pax.entries(90 days, including_this) = 4",
                 R"j({"pax.entries(90 days)":3,"pax.entries(90 days, including_this)":4})j",
                 "true"},
        // Quantifiers.
        EvalCase{"AnyTrue", "any p in party.members where (p.age < 12)", kPeople, "true"},
        EvalCase{"AnyUnknown", "any p in party.members where (p.age > 50)", kPeople, "null"},
        EvalCase{"EveryFalse", "every p in party.members where (p.age < 12)", kPeople, "false"},
        EvalCase{"EveryUnknown", "every p in party.members where (p.age < 50)", kPeople, "null"},
        EvalCase{"No", "no p in party.members where (p.age < 12)", kPeople, "false"},
        EvalCase{"NoUnknown", "no p in party.members where (p.age > 50)", kPeople, "null"},
        EvalCase{"AnyOfNobody", "any p in party.members where (p.child)",
                 R"j({"party.members":[]})j", "false"},
        EvalCase{"EveryOfNobody", "every p in party.members where (p.child)",
                 R"j({"party.members":[]})j", "true"},
        EvalCase{"NoOfNobody", "no p in party.members where (p.child)", R"j({"party.members":[]})j",
                 "true"},
        EvalCase{"ListNotGiven", "any p in party.members where (p.child)", "{}", "null"},
        EvalCase{"MembersOtherFacts",
                 "any p in party.members where (p.visa.kind = none and p.age = 9)", kPeople,
                 "true"},
        EvalCase{"EnumOfMember", "every p in party.members where (p.sponsor.vetting = unknown)",
                 kPeople, "true"},
        EvalCase{"RowInBody", "any p in party.members where (p.age = pax.age)",
                 R"j({"pax.age":40,"party.members":[{"age":9},{"age":40}]})j", "true"},
        EvalCase{"WindowOfMember", "any p in party.members where (p.entries(3 days) > 1)",
                 R"j({"party.members":[{"entries(3 days)":2}]})j", "true"},
        // One member is true, one unknown: the count lies in 1..2.
        EvalCase{"CountSurely", "(count p in party.members where (p.age < 12)) >= 1", kPeople,
                 "true"},
        EvalCase{"CountPerhaps", "(count p in party.members where (p.age < 12)) >= 2", kPeople,
                 "null"},
        EvalCase{"CountSurelyNot", "(count p in party.members where (p.age < 12)) >= 3", kPeople,
                 "false"},
        EvalCase{"CountEqual", "(count p in party.members where (p.age < 12)) = 1", kPeople,
                 "null"},
        EvalCase{"CountNotEqual", "(count p in party.members where (p.age < 12)) != 3", kPeople,
                 "true"},
        EvalCase{"CountOnTheRight", "3 > (count p in party.members where (p.age < 12))", kPeople,
                 "true"},
        EvalCase{"CountWithUnknown", "(count p in party.members where (p.age < 12)) > pax.bags",
                 kPeople, "null"},
        EvalCase{"CountOfNumber", "(count p in party.members where (p.child)) <= 4",
                 R"j({"party.members":4})j", "true"},
        EvalCase{"AnyOfNumber", "any p in party.members where (p.child)",
                 R"j({"party.members":4})j", "null"}),
    [](const auto& test) { return test.param.name; });

Outcome RuleOutcome(std::string_view when, std::string_view unless, std::string_view row) {
  const LoadResult loaded = LoadProfile(
      ProfileWith(std::string(when) + "\n  unless\n    " + std::string(unless)), nullptr);
  EXPECT_TRUE(loaded.ok());
  const std::string output = EvalRules(*loaded.profile, row).output;
  if (output.find("\"true\":[\"R-1\"]") != std::string::npos) return Outcome::kTrue;
  return output.find("\"false\":[\"R-1\"]") != std::string::npos ? Outcome::kFalse
                                                                 : Outcome::kUnknown;
}

TEST(RuleTest, FiresWhenTrueAndNotExcused) {
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({"pax.child":true,"pax.one_way":false})j"),
            Outcome::kTrue);
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({"pax.child":true,"pax.one_way":true})j"),
            Outcome::kFalse);
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({"pax.child":true})j"), Outcome::kTrue)
      << "an unknown excuse never excuses";
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({})j"), Outcome::kUnknown);
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({"pax.one_way":true})j"), Outcome::kFalse);
  EXPECT_EQ(RuleOutcome("pax.child", "pax.one_way", R"j({"pax.child":false})j"), Outcome::kFalse);
}

TEST(ListTest, NothingIsInAnEmptyList) {
  const auto eval = [](std::string_view list, std::string_view when, std::string_view row) {
    const LoadResult loaded = LoadProfile(ProfileWith(when, list), nullptr);
    EXPECT_TRUE(loaded.ok());
    return EvalRules(*loaded.profile, row).output;
  };
  const std::string yes = "{\"row\":1,\"true\":[\"R-1\"],\"false\":[],\"unknown\":[]}\n";
  const std::string no = "{\"row\":1,\"true\":[],\"false\":[\"R-1\"],\"unknown\":[]}\n";
  const std::string open = "{\"row\":1,\"true\":[],\"false\":[],\"unknown\":[\"R-1\"]}\n";
  EXPECT_EQ(eval("list @l : country = []\n", "pax.nationality in @l", "{}"), no);
  EXPECT_EQ(eval("list @l : country = []\n", "pax.nationality not in @l", "{}"), yes);
  EXPECT_EQ(eval("list @l : country = [\"FR\"]\n", "pax.nationality in @l",
                 R"j({"pax.nationality":"FRA"})j"),
            yes);
  EXPECT_EQ(eval("list @l : country = [\"FR\"]\n", "pax.nationality in @l",
                 R"j({"pax.nationality":"DEU"})j"),
            no);
  EXPECT_EQ(eval("list @l : country = [\"FR\"]\n", "pax.nationality in @l", "{}"), open);
  EXPECT_EQ(eval("list @l : num = [1.50, 3]\n", "pax.age in @l and booking.lead_hours in @l",
                 R"j({"pax.age":3,"booking.lead_hours":1.5})j"),
            yes);
}

TEST(DefineTest, SpeaksOfTheRowEvenInABody) {
  const LoadResult loaded =
      LoadProfile(ProfileWith("any p in party.members where (p.child and grown)",
                              "define grown = pax.age >= 18\n"),
                  nullptr);
  ASSERT_TRUE(loaded.ok());
  EXPECT_THAT(
      EvalRules(*loaded.profile, R"j({"pax.age":30,"party.members":[{"child":true,"age":3}]})j")
          .output,
      testing::HasSubstr("\"true\":[\"R-1\"]"));
}

TEST(TableRowTest, ReadsTheRowAndItsPeople) {
  FactTable table({{FactId::pax_entries, Window{1440, false}}});
  table.AddFlight();
  table.AddParty();
  const std::uint32_t child = table.AddRow();
  const std::uint32_t adult = table.AddRow();
  table.AddParty();
  const std::uint32_t other = table.AddRow();
  table.SetInt(child, FactId::pax_age, 9);
  table.SetInt(adult, FactId::pax_age, 40);
  table.SetInt(other, FactId::pax_age, 70);
  table.SetBool(child, FactId::pax_child, true);
  table.SetEnum(child, FactId::visa_kind, 1);
  table.SetNum(child, FactId::booking_lead_hours, 1.5);
  table.SetText(child, FactId::pax_nationality, "FRA");
  table.SetWindow(child, FactId::pax_entries, Window{1440, false}, 3);
  const auto outcome = [&](std::string_view text, std::uint32_t row) {
    const ExpressionResult loaded = LoadExpression(text);
    EXPECT_NE(loaded.expr, nullptr) << text;
    return Evaluate(*loaded.expr, nullptr, TableRowView(table, row)).AsOutcome();
  };
  EXPECT_EQ(
      outcome("pax.age = 9 and pax.child and visa.kind = accompanied and booking.lead_hours < 2",
              child),
      Outcome::kTrue);
  EXPECT_EQ(outcome("pax.nationality = \"FR\" and pax.entries(1 day) = 3", child), Outcome::kTrue);
  EXPECT_EQ(outcome("pax.entries(2 days) = 3", child), Outcome::kUnknown);
  EXPECT_EQ(outcome("pax.entries(1 day) = 3", adult), Outcome::kUnknown);
  EXPECT_EQ(outcome("sponsor.vetting = unknown", adult), Outcome::kTrue);
  EXPECT_EQ(outcome("(count p in party.members where (p.age > 3)) = 2", adult), Outcome::kTrue);
  EXPECT_EQ(outcome("(count p in flight.passengers where (p.age > 3)) = 3", adult), Outcome::kTrue);
  EXPECT_EQ(outcome("every p in party.members where (p.age = 70)", other), Outcome::kTrue);
}

}  // namespace
}  // namespace landfall::rules
