#include "rules/eval_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kRules = R"(profile p "P" version 1

rule CP-001 "alone"
  level passenger
  severity low
  points 1
  when
    pax.age < 18 and party.adults = 0
  why "w"
  source "s"
  justify age: "j"
  fairness "f"
  review_by 2027-01-01

rule CP-002 "draft rules count too"
  level cross_flight
  severity low
  points 1
  status draft
  when
    sponsor.distinct_children(90 days) >= 3
  unless
    party.organised_group = true
  why "w"
  source "s"
  fairness "f"
  review_by 2027-01-01
)";

EvalReport Eval(std::string_view rows) {
  const LoadResult loaded = LoadProfile(kRules, nullptr);
  EXPECT_TRUE(loaded.ok());
  return EvalRules(*loaded.profile, rows);
}

TEST(EvalRulesTest, PrintsALineForEachRow) {
  const EvalReport report = Eval(
      "{\"pax.age\":14,\"party.adults\":0}\n"
      "\n"
      "{\"pax.age\":14,\"party.adults\":1,\"sponsor.distinct_children(90 days)\":3}\r\n"
      "{\"sponsor.distinct_children(90 days)\":3,\"party.organised_group\":true,\"pax.age\":null}");
  EXPECT_THAT(report.errors, IsEmpty());
  EXPECT_EQ(report.output,
            "{\"row\":1,\"true\":[\"CP-001\"],\"false\":[],\"unknown\":[\"CP-002\"]}\n"
            "{\"row\":2,\"true\":[\"CP-002\"],\"false\":[\"CP-001\"],\"unknown\":[]}\n"
            "{\"row\":3,\"true\":[],\"false\":[\"CP-002\"],\"unknown\":[\"CP-001\"]}\n");
}

struct BadRowCase {
  std::string name, row, error;
};
class BadRowTest : public testing::TestWithParam<BadRowCase> {};

TEST_P(BadRowTest, IsAnErrorAndTheNextRowGoesOn) {
  const EvalReport report = Eval(GetParam().row + "\n{}\n");
  ASSERT_EQ(report.errors.size(), 1u);
  EXPECT_THAT(report.errors[0], HasSubstr("row 1: " + GetParam().error));
  EXPECT_EQ(report.output,
            "{\"row\":2,\"true\":[],\"false\":[],\"unknown\":[\"CP-001\",\"CP-002\"]}\n");
}

INSTANTIATE_TEST_SUITE_P(
    Rows, BadRowTest,
    testing::Values(
        BadRowCase{"UnknownName", R"j({"pax.chld":true})j",
                   "unknown field 'pax.chld' - did you mean pax.child?"},
        BadRowCase{"UnknownMember", R"j({"party.members":[{"agee":3}]})j",
                   "unknown field 'agee' - did you mean age?"},
        BadRowCase{"SubjectOfMember", R"j({"party.members":[{"party.size":3}]})j",
                   "unknown field 'party.size'"},
        BadRowCase{"UnknownNameWithNull", R"j({"pax.chld":null})j", "unknown field 'pax.chld'"},
        BadRowCase{"NoWindow", R"j({"pax.entries":3})j",
                   "'pax.entries' needs a time window, for example pax.entries(90 days)"},
        BadRowCase{"WindowTooMuch", R"j({"pax.age(90 days)":3})j",
                   "'pax.age' takes no time window"},
        BadRowCase{"BadWindow", R"j({"pax.entries(90)":3})j",
                   "'pax.entries(90)': a time window such as 90 days is needed here"},
        BadRowCase{"WindowWithTail", R"j({"pax.entries(90 days) + 1":3})j",
                   "'pax.entries(90 days) + 1': a time window"},
        BadRowCase{"TextForInt", R"j({"pax.age":"3"})j", "'pax.age' is int, but this is text"},
        BadRowCase{"NumForInt", R"j({"pax.age":3.5})j", "'pax.age' is int, but this is num"},
        BadRowCase{"IntForBool", R"j({"pax.child":1})j", "'pax.child' is bool, but this is int"},
        BadRowCase{"BoolForText", R"j({"flight.number":true})j",
                   "'flight.number' is text, but this is bool"},
        BadRowCase{"ListForInt", R"j({"pax.age":[3]})j", "'pax.age' is int, but this is a list"},
        BadRowCase{"EnumValue", R"j({"visa.kind":"famly"})j",
                   "'visa.kind': 'famly' is not a value of this field"},
        BadRowCase{"UnknownOfOtherEnum", R"j({"visa.kind":"unknown"})j",
                   "'visa.kind': 'unknown' is not a value"},
        BadRowCase{"Code", R"j({"flight.route":"LOS"})j",
                   "'flight.route': 'LOS' is not a route such as LOS-LHR"},
        BadRowCase{"PeopleAsText", R"j({"party.members":"4"})j",
                   "'party.members' is list<pax>, but this is text"},
        BadRowCase{"TooManyPeople", R"j({"party.members":100})j",
                   "'party.members' holds between 0 and 99 people"},
        BadRowCase{"NoObject", "[1]", "a row is an object"},
        BadRowCase{"NoJson", "{\"pax.age\":}", "not JSON"},
        BadRowCase{"Text", "pax.age", "not JSON"}),
    [](const auto& test) { return test.param.name; });

TEST(EvalExpressionTest, PrintsTypeAndValue) {
  const auto eval = [](std::string_view text, std::string_view rows) {
    const ExpressionResult loaded = LoadExpression(text);
    EXPECT_NE(loaded.expr, nullptr);
    return EvalExpression(*loaded.expr, rows).output;
  };
  EXPECT_EQ(eval("pax.age > 3", "{\"pax.age\":4}\n{}\n"),
            "{\"row\":1,\"type\":\"bool\",\"value\":true}\n{\"row\":2,\"type\":\"bool\",\"value\":"
            "null}\n");
  EXPECT_EQ(eval("pax.age * 2", "{\"pax.age\":4}"), "{\"row\":1,\"type\":\"int\",\"value\":8}\n");
  EXPECT_EQ(eval("booking.lead_hours", "{\"booking.lead_hours\":4.25}"),
            "{\"row\":1,\"type\":\"num\",\"value\":4.25}\n");
  EXPECT_EQ(eval("booking.lead_hours", "{\"booking.lead_hours\":4}"),
            "{\"row\":1,\"type\":\"num\",\"value\":4}\n");
  EXPECT_EQ(eval("visa.kind", "{\"visa.kind\":\"family\"}"),
            "{\"row\":1,\"type\":\"enum\",\"value\":\"family\"}\n");
  EXPECT_EQ(eval("pax.nationality", "{\"pax.nationality\":\"GB\"}"),
            "{\"row\":1,\"type\":\"country\",\"value\":\"GBR\"}\n");
  EXPECT_EQ(eval("\"a\\\"b\"", "{}"), "{\"row\":1,\"type\":\"text\",\"value\":\"a\\\"b\"}\n");
}

TEST(LoadExpressionTest, ReportsAsAFileDoes) {
  const auto problems = [](std::string_view text) {
    return Messages(LoadExpression(text).diagnostics);
  };
  EXPECT_THAT(problems("pax.chld = 3"),
              ElementsAre("1 unknown field 'pax.chld' - did you mean pax.child?"));
  EXPECT_THAT(problems(" pax.child"), IsEmpty());
  EXPECT_THAT(problems("pax.child\n  and pax.boarded"), IsEmpty());
  EXPECT_THAT(problems(""), ElementsAre("1 expected a value but found 'end of condition'"));
  EXPECT_THAT(problems("\tpax.child"), ElementsAre("1 a tab is not allowed - use spaces"));
  EXPECT_THAT(problems("pax.nationality in @x"), ElementsAre("20 no list named @x"));
  EXPECT_THAT(problems("count p in party.members where (p.child)"),
              ElementsAre("1 count may only be compared with a number, for example >= 2"));
  EXPECT_THAT(problems("cash"), ElementsAre("1 unknown name 'cash'"));
}

}  // namespace
}  // namespace landfall::rules
