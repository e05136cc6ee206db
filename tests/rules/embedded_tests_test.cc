#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "rules/built_in.h"
#include "rules/catalogue.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// The failures of one test of one rule.
std::vector<std::string> FailuresOf(std::string_view when, std::string_view test) {
  const LoadResult loaded =
      LoadProfile(ProfileWith(std::string(when) + "\n  test \"t\" " + std::string(test)), nullptr);
  EXPECT_THAT(Messages(loaded.diagnostics), IsEmpty());
  return RunTests(*loaded.profile).failures;
}

constexpr std::string_view kSponsor =
    "pax.child and sponsor.present and sponsor.distinct_children(90 days) >= 2 and "
    "sponsor.close_relative is not true\n"
    "  unless\n    party.organised_group = true or pax.in_transit";

struct RunCase {
  std::string name, test, failure;  // Without failure: it passes.
};
class RunTest : public testing::TestWithParam<RunCase> {};
TEST_P(RunTest, SaysWhichTermDecided) {
  const std::vector<std::string> failures = FailuresOf(kSponsor, GetParam().test);
  EXPECT_EQ(failures.empty() ? "" : failures[0], GetParam().failure);
}

const char kTrue[] =
    "{ pax.child: true, sponsor.present: true, sponsor.distinct_children(90 days): 2, "
    "sponsor.close_relative: false";
INSTANTIATE_TEST_SUITE_P(
    Section10, RunTest,
    testing::Values(
        RunCase{"Match", std::string("match ") + kTrue + " }", ""},
        RunCase{"NoMatchBecauseUnknown", "no match { pax.child: true }", ""},
        RunCase{"Unknown", "unknown { pax.child: true, sponsor.present: true }", ""},
        RunCase{"Excused", std::string("no match ") + kTrue + ", pax.in_transit: true }", ""},
        RunCase{"GotMatch", std::string("no match ") + kTrue + " }",
                "R-1: test \"t\" expected no match, got match: sponsor.distinct_children(90 days) "
                ">= 2 is true (2)"},
        RunCase{"GotNoMatch",
                "match { pax.child: true, sponsor.present: true, sponsor.distinct_children(90 "
                "days): 1 }",
                "R-1: test \"t\" expected match, got no match: sponsor.distinct_children(90 days) "
                ">= 2 is false (1)"},
        RunCase{"GotUnknown", "match { pax.child: true, sponsor.present: true }",
                "R-1: test \"t\" expected match, got unknown: sponsor.distinct_children(90 days) "
                ">= 2 is unknown (not known)"},
        RunCase{
            "GotExcused", std::string("match ") + kTrue + ", pax.in_transit: true }",
            "R-1: test \"t\" expected match, got no match: unless pax.in_transit is true (yes)"},
        RunCase{"ExpectedUnknown", "unknown { pax.child: false }",
                "R-1: test \"t\" expected unknown, got no match: pax.child is false (no)"}),
    [](const auto& test) { return test.param.name; });

TEST(RunTestsTest, ShowsTheValuesOfAGroup) {
  EXPECT_THAT(FailuresOf("pax.child and (pax.bags > 2 or visa.result = late_mismatch)",
                         "match { pax.child: true, pax.bags: 1, visa.result: late_mismatch }"),
              IsEmpty());
  EXPECT_THAT(FailuresOf("pax.child and (pax.bags > 2 or visa.result = ok)",
                         "match { pax.child: true, pax.bags: 1, visa.result: late_mismatch }"),
              ElementsAre("R-1: test \"t\" expected match, got no match: (pax.bags > 2 or "
                          "visa.result = ok) is false "
                          "(pax.bags 1, visa.result late mismatch)"));
  EXPECT_THAT(
      FailuresOf("booking.lead_hours < 72", "match { booking.lead_hours: 72.50 }"),
      ElementsAre(
          "R-1: test \"t\" expected match, got no match: booking.lead_hours < 72 is false (72.5)"));
}

TEST(RunTestsTest, MembersAreGivenOrCounted) {
  const std::string when = "(count m in party.members where (m.age < 12)) >= 2";
  EXPECT_THAT(FailuresOf(when, "match { party.members: [{ age: 11 }, { age: 3 }] }"), IsEmpty());
  EXPECT_THAT(FailuresOf(when, "no match { party.members: [{ age: 12 }, { age: 3 }] }"), IsEmpty());
  EXPECT_THAT(FailuresOf(when, "unknown { party.members: [{}, { age: 3 }] }"), IsEmpty());
  EXPECT_THAT(FailuresOf(when, "unknown { party.members: 4 }"), IsEmpty());
  EXPECT_THAT(FailuresOf(when, "no match { party.members: 1 }"), IsEmpty());
  EXPECT_THAT(FailuresOf(when, "unknown {}"), IsEmpty());
}

class BuiltInTest : public testing::Test {
 protected:
  LoadResult loaded_ = LoadProfile(BuiltInProfileText(), BuiltInListReader());
};

TEST_F(BuiltInTest, IsTheFileAndCanonical) {
  EXPECT_THAT(Messages(loaded_.diagnostics), IsEmpty());
  ASSERT_TRUE(loaded_.ok());
  EXPECT_EQ(CanonicalText(*loaded_.profile, true), BuiltInProfileText());
  EXPECT_EQ(BuiltInProfileText(),
            ReadTestFile(LANDFALL_SOURCE_DIR "/rules/profiles/child-protection.rules"));
}

TEST_F(BuiltInTest, PassesItsTests) {
  const TestReport report = RunTests(*loaded_.profile);
  EXPECT_THAT(report.failures, IsEmpty());
  EXPECT_GT(report.passed, 100);
}

// CP-029 asks for a list that is empty, so nothing can match it: it is a draft until then.
TEST_F(BuiltInTest, EveryRuleHasTestsOnBothSides) {
  ASSERT_GE(loaded_.profile->rules.size(), 40u);
  for (const Rule& rule : loaded_.profile->rules) {
    std::set<EmbeddedTest::Expect> expects;
    for (const EmbeddedTest& test : rule.tests) expects.insert(test.expect);
    EXPECT_EQ(expects.contains(EmbeddedTest::Expect::kMatch), rule.id != "CP-029") << rule.id;
    EXPECT_EQ(rule.status == RuleStatus::kLive, rule.id != "CP-029") << rule.id;
    EXPECT_TRUE(expects.contains(EmbeddedTest::Expect::kNoMatch)) << rule.id;
  }
}

// A hit orders a person's attention. (Nationality alone: publish_checks_test.cc.)
TEST_F(BuiltInTest, NoSentenceAccusesOrDecides) {
  for (const Rule& rule : loaded_.profile->rules) {
    for (const std::string& sentence : {rule.title, rule.why}) {
      for (const std::string_view word : {"offender", "offence", "suspect", "criminal", "refuse travel", "deny", "detain", "illegal"}) {
        EXPECT_THAT(sentence, Not(HasSubstr(std::string(word)))) << rule.id;
      }
    }
    EXPECT_FALSE(rule.source.empty() || rule.fairness.empty() || !rule.review_by) << rule.id;
  }
}

TEST_F(BuiltInTest, MeansWhatTheReferenceProfileMeans) {
  const std::string folder = LANDFALL_SOURCE_DIR "/../shared/rules/examples";
  const std::string text = ReadTestFile(folder + "/lhr-child-protection.rules");
  if (text.empty()) GTEST_SKIP() << "no reference here";
  const LoadResult reference = LoadProfile(text, FolderReader(folder));
  ASSERT_TRUE(reference.ok());
  ASSERT_GE(loaded_.profile->rules.size(), reference.profile->rules.size());
  for (std::size_t i = 0; i < reference.profile->rules.size(); ++i) {
    const Rule& ours = loaded_.profile->rules[i];
    const Rule& theirs = reference.profile->rules[i];
    EXPECT_EQ(ours.id, theirs.id);
    EXPECT_EQ(CanonicalText(*ours.when, nullptr), CanonicalText(*theirs.when, nullptr)) << ours.id;
    ASSERT_EQ(ours.unless == nullptr, theirs.unless == nullptr) << ours.id;
    if (ours.unless != nullptr) {
      EXPECT_EQ(CanonicalText(*ours.unless, nullptr), CanonicalText(*theirs.unless, nullptr))
          << ours.id;
    }
    EXPECT_EQ(std::tie(ours.level, ours.severity, ours.points, ours.route),
              std::tie(theirs.level, theirs.severity, theirs.points, theirs.route))
        << ours.id;
    EXPECT_EQ(ours.Family(), theirs.Family()) << ours.id;
  }
}

TEST(BuiltInListTest, OtherPathsAreNotFound) {
  EXPECT_FALSE(BuiltInListReader()("lists/other.csv").ok());
}

TEST(CatalogueTest, UnitsComeFromTheName) {
  const auto unit = [](std::string_view name) { return UnitOf(*FindFact(name)); };
  EXPECT_EQ(unit("booking.lead_hours"), "hours");
  EXPECT_EQ(unit("doc.days_to_expiry"), "days");
  EXPECT_EQ(unit("flight.minutes_to_arrival"), "minutes");
  EXPECT_EQ(unit("pax.watch_score"), "decibans");
  EXPECT_EQ(unit("pax.age"), "years");
  EXPECT_EQ(unit("escort.age_gap"), "years");
  EXPECT_EQ(unit("flight.arrival_local_hour"), "");
  EXPECT_EQ(unit("pax.age_band"), "");
  EXPECT_EQ(unit("party.size"), "");
}

TEST(CatalogueTest, HasALineForEachFact) {
  const std::string table = CatalogueTable();
  EXPECT_EQ(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')), kFactCount + 1);
  EXPECT_THAT(table, HasSubstr("\nsponsor.distinct_children "));
  const std::string json = CatalogueJson();
  EXPECT_THAT(json, HasSubstr("{\"name\":\"booking.lead_hours\",\"type\":\"num\",\"unit\":"
                              "\"hours\",\"null\":true,\"class\":\"-\",\"source\":\"PNR\","));
  EXPECT_THAT(json, HasSubstr("\"type\":\"fn(duration)->int\""));
}

}  // namespace
}  // namespace landfall::rules
