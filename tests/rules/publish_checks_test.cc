#include "rules/publish_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/built_in.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kGood = R"(profile p "P" version 1
  purpose "help"
  legal "s.55"
  owner ops.a
  approver dep.b
  effective 2026-11-01 .. 2027-04-30
  review_by 2027-03-01

list @agencies : text = ["a"]

rule A-1 "one"
  level passenger
  severity low
  points 3
  when
    pax.child and pax.age in 5..15 and booking.agency in @agencies
  unless
    pax.in_transit
  why "w"
  route paladin_lhr
  source "s"
  justify age: "the ages of the service"
  fairness "f"
  review_by 2027-02-01
  test "five" match { pax.child: true, pax.age: 5, booking.agency: "a" }
  test "four" no match { pax.child: true, pax.age: 4, booking.agency: "a" }

rule A-2 "two"
  level passenger
  severity low
  points 3
  when
    pax.child and pax.bags >= 3
  why "w"
  source "s"
  fairness "f"
  review_by 2027-02-01
  test "three" match { pax.child: true, pax.bags: 3 }
  test "two" no match { pax.child: true, pax.bags: 2 }
)";

// "12:3 A-1 E text", without the one about history.
std::vector<std::string> Check(std::string_view text, PublishOptions options = {MakeDate(2026, 11, 22)}) {
  const LoadResult loaded = LoadProfile(text, nullptr);
  EXPECT_TRUE(loaded.ok()) << testing::PrintToString(Messages(loaded.diagnostics)) << text;
  std::vector<std::string> lines;
  if (!loaded.ok()) return lines;
  for (const Diagnostic& d : CheckForPublish(*loaded.profile, text, options)) {
    if (d.message.starts_with("no history yet")) continue;
    lines.push_back(std::to_string(d.position.line) + ":" + std::to_string(d.position.column) + " " +
                    (d.rule.empty() ? "" : d.rule + " ") + (d.warning ? "W " : "E ") + d.message);
  }
  return lines;
}

TEST(PublishTest, AGoodProfileWantsHistoryOnly) {
  EXPECT_THAT(Check(kGood), IsEmpty());
  const auto diagnostics = CheckForPublish(*LoadProfile(kGood, nullptr).profile, kGood, {MakeDate(2026, 11, 22)});
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_TRUE(diagnostics[0].warning);
}

struct PublishCase {
  std::string name, from, to;
  std::string line;  // What is said; nothing if empty.
};
class PublishCheckTest : public testing::TestWithParam<PublishCase> {};
TEST_P(PublishCheckTest, IsSaidWithItsPlace) {
  std::string text(kGood);
  const std::size_t at = text.find(GetParam().from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, GetParam().from.size(), GetParam().to);
  const std::vector<std::string> lines = Check(text);
  if (GetParam().line.empty()) {
    EXPECT_THAT(lines, IsEmpty());
  } else {
    EXPECT_THAT(lines, Contains(HasSubstr(GetParam().line)));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Section12, PublishCheckTest,
    testing::Values(
        PublishCase{"LegalMissing", "  legal \"s.55\"\n", "", "1:1 E missing 'legal'"},
        PublishCase{"LegalBlank", "\"s.55\"", "\" \"", "3:3 E missing 'legal'"},
        PublishCase{"ApproverIsEditor", "dep.b", "ops.a", "5:3 E 'ops.a' may not approve what they edited"},
        PublishCase{"PeriodOfSixMonths", "2027-04-30", "2027-05-01", ""},
        PublishCase{"PeriodTooLong", "2027-04-30", "2027-05-02", "6:3 E this period is longer than 6 months - end it by 2027-05-01"},
        PublishCase{"ReviewPast", "review_by 2027-03-01", "review_by 2026-11-21", "7:3 E 'review_by' is past"},
        PublishCase{"ReviewToday", "review_by 2027-03-01", "review_by 2026-11-22", ""},
        PublishCase{"ReviewAfterTheEnd", "review_by 2027-03-01", "review_by 2027-05-01",
                    "7:3 E 'review_by' lies after the profile's end, 2027-04-30"},
        PublishCase{"RuleReviewLate", "fairness \"f\"\n  review_by 2027-02-01", "fairness \"f\"\n  review_by 2027-05-02",
                    "24:3 A-1 E 'review_by' is more than 6 months after the profile begins - set 2027-05-01 or earlier"},
        PublishCase{"NeverFires", "pax.age in 5..15 and", "pax.age in 5..15 and pax.age > 20 and", "A-1 E this rule can never fire"},
        PublishCase{"UnlessNeverApplies", "    pax.in_transit\n", "    pax.age > 15\n", "17:3 A-1 W this 'unless' never applies"},
        PublishCase{"TestFails", "pax.bags: 3 }", "pax.bags: 2 }",
                    "38:3 A-2 E test \"three\" expected match, got no match: pax.bags >= 3 is false (2) - mend"},
        PublishCase{"NoMatchTest", "  test \"three\" match { pax.child: true, pax.bags: 3 }\n", "", "28:1 A-2 E no 'match' test"},
        PublishCase{"NoNoMatchTest", "  test \"two\" no match { pax.child: true, pax.bags: 2 }\n", "", "28:1 A-2 W no 'no match' test"},
        PublishCase{"ListExpired", "[\"a\"]", "[\"a\"] expires 2026-11-21", "9:1 E list @agencies expired on 2026-11-21"},
        PublishCase{"ListEmpty", "[\"a\"]", "[]", "9:1 W list @agencies is empty"},
        PublishCase{"ListUnused", "list @agencies", "list @x : text = [\"a\"]\nlist @agencies", "9:1 W list @x is used by no rule"},
        PublishCase{"JustifyBlank", "\"the ages of the service\"", "\" \"", "22:3 A-1 E 'justify age' says nothing"},
        PublishCase{"Team", "paladin_lhr", "paladin_lhx", "20:3 A-1 E no team 'paladin_lhx' is configured - did you mean paladin_lhr?"},
        PublishCase{"AgeAlone", "pax.child and pax.bags >= 3", "pax.child and (pax.bags >= 3 or pax.age_conflict = true or pax.age_band = infant)\n  justify age: \"j\"",
                    "32:3 A-2 E this rule can fire on age or sex alone"},
        PublishCase{"ChildAlone", "pax.child and pax.bags >= 3", "pax.child and (pax.bags >= 3 or flight.direction = departure)", "32:3 A-2 E this rule can fire on age or sex alone"},
        PublishCase{"ContainedInAnother", "pax.child and pax.bags >= 3",
                    "pax.child and pax.age in 5..12 and booking.agency in @agencies and pax.bags >= 3 and pax.in_transit = false\n  justify age: \"j\"",
                    "32:3 A-2 W is contained in rule A-1: whatever fires this one fires that too"},
        PublishCase{"PeriodOfARule", "  points 3\n  when\n    pax.child and pax.bags", "  points 3\n  effective 2026-10-01 .. 2026-12-01\n  when\n    pax.child and pax.bags",
                    "32:3 A-2 E this period is not inside the profile's, 2026-11-01 .. 2027-04-30"}),
    [](const auto& test) { return test.param.name; });

std::string WithNationality(std::string_view condition, std::string_view list, std::string_view points = "4") {
  std::string text(kGood);
  const auto replace = [&](std::string_view from, std::string to) { text.replace(text.rfind(from), from.size(), to); };
  replace("pax.child and pax.bags >= 3", std::string(condition) + "\n  justify nationality: \"j\"\n  justify nationality-proxy: \"j\"");
  replace("points 3", "points " + std::string(points));
  replace("review_by 2027-02-01", "review_by 2027-02-01");
  text.replace(text.find("list @agencies"), 0, std::string(list) + "\n");
  // The tests of the rule have no list to be in.
  text.erase(text.find("  test \"three\""));
  return text + "  status shadow\n  test \"t\" no match {}\n";
}

constexpr std::string_view kEvidence = "list @c : country = [\"GBR\"] expires 2027-01-01 reason \"evidence\"";

TEST(PublishTest, NationalityAlone) {
  EXPECT_THAT(Check(WithNationality("pax.child and pax.nationality in @c", kEvidence)),
              ElementsAre(HasSubstr("A-2 E this rule can fire on nationality, or what stands for it, alone")));
  EXPECT_THAT(Check(WithNationality("pax.child and (pax.nationality in @c or pax.bags > 1)", kEvidence)),
              ElementsAre(HasSubstr("A-2 E this rule can fire on nationality, or what stands for it, alone")));
  EXPECT_THAT(Check(WithNationality("pax.child and pax.bags > 1 and pax.nationality in @c", kEvidence)), IsEmpty());
}

TEST(PublishTest, NationalityOnlyByListsThatExpire) {
  EXPECT_THAT(Check(WithNationality("pax.child and pax.bags > 1 and pax.nationality = \"GBR\"", "")),
              ElementsAre(HasSubstr("A-2 E nationality may be tested only by 'in @list'")));
  EXPECT_THAT(Check(WithNationality("pax.child and pax.bags > 1 and pax.nationality in @c", "list @c : country = [\"GBR\"] expires 2027-01-01")),
              ElementsAre(HasSubstr("A-2 E list @c needs 'expires' and 'reason'")));
  EXPECT_THAT(Check(WithNationality("pax.child and pax.bags > 1 and flight.route in @r", "list @r : route = [\"LOS-LHR\"] reason \"x\"")),
              ElementsAre(HasSubstr("A-2 E list @r needs 'expires' and 'reason'")));
}

TEST(PublishTest, NationalityHasFewPointsAndEarlyReviews) {
  EXPECT_THAT(Check(WithNationality("pax.child and pax.bags > 1 and pax.nationality in @c", kEvidence, "5")),
              ElementsAre(HasSubstr("A-2 E a rule that uses nationality or what stands for it has at most 4 points, this one 5")));
  std::string late = WithNationality("pax.child and pax.bags > 1 and pax.nationality in @c", kEvidence);
  late.replace(late.rfind("2027-02-01"), 10, "2027-02-02");
  EXPECT_THAT(Check(late), ElementsAre(HasSubstr("A-2 E 'review_by' is more than 3 months after the profile begins and the rule uses")));
}

TEST(PublishTest, AListFileThatIsMissing) {
  std::string text(kGood);
  text.replace(text.find("= [\"a\"]"), 7, "from a.csv");
  const std::vector<std::string> lines = Check(text);
  ASSERT_FALSE(lines.empty());
  EXPECT_THAT(lines[0], HasSubstr("9:1 E list @agencies: a.csv is missing"));
}

TEST(PublishTest, TheEditorIsNamed) {
  PublishOptions options{MakeDate(2026, 11, 22)};
  options.editor = "dep.b";
  EXPECT_THAT(Check(kGood, options), ElementsAre(HasSubstr("'dep.b' may not approve what they edited")));
}

// It has no period, so that a port gives it one; nothing else stands in the way.
TEST(PublishTest, TheBuiltInProfileWantsAPeriodOnly) {
  const LoadResult loaded = LoadProfile(BuiltInProfileText(), BuiltInListReader());
  ASSERT_TRUE(loaded.ok());
  std::vector<std::string> errors;
  for (const Diagnostic& d : CheckForPublish(*loaded.profile, BuiltInProfileText(), {MakeDate(2026, 11, 22)})) {
    if (!d.warning) errors.push_back(d.rule + " " + d.message);
  }
  EXPECT_THAT(errors, ElementsAre(HasSubstr("missing 'effective'")));
}

}  // namespace
}  // namespace landfall::rules
