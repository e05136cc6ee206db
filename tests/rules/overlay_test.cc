#include "rules/overlay.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/ast_json.h"
#include "rules/diff.h"
#include "rules/rule_set.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::string_view kRest =
    "  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n";

std::string BaseText() {
  return "profile base \"Base\" version 3\n  purpose \"help\"\n  effective 2026-11-01 .. 2027-04-30\n  meet_from 12\n"
         "\nlist @l : text from l.csv\n\ndefine alone = pax.child and party.adults = 0\n\n"
         "rule B-1 \"one\"\n  level passenger\n  severity low\n  points 5\n  when\n    alone\n  unless\n"
         "    pax.in_transit\n" + std::string(kRest) +
         "\nrule B-2 \"two\"\n  level passenger\n  severity low\n  points 3\n  when\n    booking.agency in @l\n" +
         std::string(kRest);
}

LoadResult LoadOn(std::string_view overlay, std::string base = BaseText()) {
  const ListReader own = [](std::string_view path) -> absl::StatusOr<std::string> {
    return path == "own.csv" ? absl::StatusOr<std::string>("own\n") : absl::NotFoundError("none");
  };
  return LoadProfile(overlay, own, [base](std::string_view id) -> absl::StatusOr<ProfileSource> {
    if (id != "base") return absl::NotFoundError("no such file");
    return ProfileSource{base, [](std::string_view) -> absl::StatusOr<std::string> { return std::string("a\nb\n"); }};
  });
}

std::string Overlay(std::string_view blocks, std::string_view lines = "") {
  return "profile lgw \"Gatwick\" version 1 extends base\n" + std::string(lines) + std::string(blocks);
}

const std::string& GoodOverlay() {
  static const std::string text = Overlay(R"(
# its own
list @own : text from own.csv

define far = alone and pax.stay_days > 28

rule G-1 "of the port"
  level passenger
  severity high
  points 9
  when
    far and booking.agency in @own
  why "w"
  source "s"
  fairness "f"
  review_by 2027-01-01

# fewer here
rule B-1 "one"
  points 4  # was 5
  route lgw_team

rule B-2 "two"
  route lgw_team
)");
  return text;
}

TEST(OverlayTest, AddsRulesAndChangesRouteAndPoints) {
  const LoadResult result = LoadOn(GoodOverlay());
  ASSERT_TRUE(result.ok()) << testing::PrintToString(Messages(result.diagnostics));
  const Profile& profile = *result.profile;
  EXPECT_THAT(Messages(result.diagnostics), IsEmpty());
  ASSERT_EQ(profile.rules.size(), 3u);
  EXPECT_EQ(profile.rules[0].id, "B-1");
  EXPECT_EQ(profile.rules[0].points, 4);
  EXPECT_EQ(profile.rules[0].route, "lgw_team");
  EXPECT_EQ(profile.rules[1].points, 3);
  EXPECT_EQ(profile.rules[2].id, "G-1");
  EXPECT_EQ(profile.parameters.meet_from, 12);
  EXPECT_EQ(profile.purpose, "help");
  ASSERT_TRUE(profile.effective.has_value());
  EXPECT_THAT(profile.lists[0].values, ElementsAre("a", "b"));
  EXPECT_THAT(profile.lists[1].values, ElementsAre("own"));
  EXPECT_EQ(RuleSet(result.profile).hash(), "sha256:" + ProfileHash(profile));
}

TEST(OverlayTest, ItsTextAndExchangeFormAreWhatWasWritten) {
  const LoadResult result = LoadOn(GoodOverlay());
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(CanonicalText(*result.profile, true), GoodOverlay());
  const AstText back = TextOfAstJson(AstJson(*result.profile));
  EXPECT_EQ(back.text.value_or(""), GoodOverlay());
}

TEST(OverlayTest, TheBasePutsItsHashIntoTheOverlays) {
  const std::string one = ProfileHash(*LoadOn(GoodOverlay()).profile);
  std::string base = BaseText();
  base.replace(base.find("party.adults = 0"), 16, "party.adults < 1");
  EXPECT_NE(ProfileHash(*LoadOn(GoodOverlay(), base).profile), one);
  EXPECT_EQ(ProfileHash(*LoadOn(GoodOverlay(), "# said\n" + BaseText()).profile), one);
}

TEST(OverlayTest, ADiffWithItsBaseShowsWhatItDoes) {
  const LoadResult base = LoadProfile(BaseText(), [](std::string_view) -> absl::StatusOr<std::string> {
    return std::string("a\nb\n");
  });
  const std::string diff = DiffText(*base.profile, *LoadOn(GoodOverlay()).profile);
  EXPECT_THAT(diff, HasSubstr("rules: 1 added, 0 removed, 2 changed"));
  EXPECT_THAT(diff, HasSubstr("rule B-1 changed\n  points: 5 -> 4\n  route: none -> lgw_team\n"));
}

struct RefusedCase {
  std::string name, blocks, lines;
  Position place;
  std::string message;
};
class OverlayRefusesTest : public testing::TestWithParam<RefusedCase> {};
TEST_P(OverlayRefusesTest, WithItsPlace) {
  const LoadResult result = LoadOn(Overlay(GetParam().blocks, GetParam().lines));
  ASSERT_FALSE(result.ok());
  ASSERT_FALSE(result.diagnostics.empty());
  EXPECT_EQ(result.diagnostics[0].position, GetParam().place);
  EXPECT_THAT(result.diagnostics[0].message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Section9, OverlayRefusesTest,
    testing::Values(
        RefusedCase{"MorePoints", "rule B-1 \"one\"\n  points 6\n", "", {3, 3},
                    "an overlay may only lower points: the base gives 5"},
        RefusedCase{"Unless", "rule B-1 \"one\"\n  unless\n    pax.boarded\n", "", {3, 3},
                    "an overlay may not change 'unless' of a rule of the base, only points and route"},
        RefusedCase{"Severity", "rule B-1 \"one\"\n  points 1\n  severity high\n", "", {4, 3},
                    "an overlay may not change 'severity'"},
        RefusedCase{"Status", "rule B-1 \"one\"\n  status retired\n", "", {3, 3}, "an overlay may not change 'status'"},
        RefusedCase{"Tests", "rule B-1 \"one\"\n  test \"t\" match { pax.child: true }\n", "", {3, 3},
                    "an overlay may not change the tests"},
        RefusedCase{"Title", "rule B-1 \"uno\"\n  points 1\n", "", {2, 1}, "may not change the title"},
        RefusedCase{"When", "rule B-1 \"one\"\n  level passenger\n  severity low\n  points 5\n  when\n    pax.child\n" +
                                std::string(kRest),
                    "", {2, 1}, "rule B-1 is one of base: an overlay may change its points and route only"},
        RefusedCase{"NoSuchRule", "rule B-3 \"one\"\n  points 1\n", "", {2, 1},
                    "base has no rule B-3 that this could change - did you mean B-1?"},
        RefusedCase{"Parameter", "", "  meet_from 3\n", {2, 3}, "may not change its parameters"},
        RefusedCase{"Period", "", "  effective 2026-10-01 .. 2026-12-31\n", {2, 3},
                    "this period is not inside that of base, 2026-11-01 .. 2027-04-30"},
        RefusedCase{"List", "list @l : text = []\n", "", {2, 1}, "list @l is one of base"},
        RefusedCase{"Define", "define alone = pax.child\n", "", {2, 1}, "define alone is one of base"}),
    [](const auto& test) { return test.param.name; });

TEST(OverlayTest, ABaseThatIsNotThereIsNamed) {
  EXPECT_THAT(Messages(LoadOn("profile a \"A\" version 1 extends other\n").diagnostics),
              ElementsAre("1 the profile other that this extends cannot be read: no such file"));
  EXPECT_THAT(Messages(LoadProfile("profile a \"A\" version 1 extends b\n", nullptr).diagnostics)[0],
              HasSubstr("nothing is known of other profiles here"));
}

TEST(OverlayTest, ABaseWithErrorsOrABaseOfItsOwnIsRefused) {
  const std::string overlay = Overlay("");
  EXPECT_THAT(Messages(LoadOn(overlay, "profile base \"B\" version 1\n  ownr x\n").diagnostics)[0],
              HasSubstr("has errors, the first in line 2: unknown line 'ownr'"));
  EXPECT_THAT(Messages(LoadOn(overlay, "profile base \"B\" version 1 extends x\n").diagnostics)[0],
              HasSubstr("extends another profile itself"));
  EXPECT_THAT(Messages(LoadOn(overlay, "profile bass \"B\" version 1\n").diagnostics)[0],
              HasSubstr("the profile found for base calls itself bass"));
}

}  // namespace
}  // namespace landfall::rules
