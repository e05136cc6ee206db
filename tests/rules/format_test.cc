#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "model/digest.h"
#include "rules/profile.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

std::string Formatted(std::string_view text, bool with_comments = true) {
  const LoadResult result = LoadProfile(text, nullptr);
  EXPECT_TRUE(result.ok()) << testing::PrintToString(Messages(result.diagnostics));
  return result.ok() ? CanonicalText(*result.profile, with_comments) : "";
}

constexpr std::string_view kMessy = R"(# about the profile
profile p "P" version 1 # what it is
  meet_from 10  # the default
  sample_share 0.10
  # who
  owner a.b
  effective 2026-11-01..2027-04-30
  purpose "to \"help\""
# about the rule
rule R-1    "r"  # named r
   # how bad
  severity   low
  status live # as always
  level party
  points -3
  test "t" no match {pax.age:3,party.members:[{age:9},{}],pax.entries(1 days,including_this):2}
  justify age : "j" # must be
  fairness "f"
  unless (pax.one_way) # excused
  why "w"
  when # judged
    # before child
    ((pax.child))  # the scope
    and not ( pax.boarded and pax.bags>1+ -2 )
    # before the rest
    and (any p in party.members where (p.age in 5 .. 15)) and visa.kind not in ["none" , family]
  source "s"
  review_by 2027-01-01
# about nothing
define young= pax.age<12 # years
# a list
list @b:country=["GB"]
  # the end
)";

constexpr std::string_view kTidy = R"(# about the profile
profile p "P" version 1  # what it is
  purpose "to \"help\""
  # who
  owner a.b
  effective 2026-11-01 .. 2027-04-30
  # the default
  sample_share 0.10

# a list
list @b : country = ["GBR"]

# about nothing
define young = pax.age < 12  # years

# about the rule
rule R-1 "r"  # named r
  level party
  # how bad
  severity low
  points -3
  # as always
  when  # judged
    # before child
    pax.child  # the scope
    and not (pax.boarded and pax.bags > 1 + -2)
    # before the rest
    and (any p in party.members where (p.age in 5..15)) and visa.kind not in [none, family]
  unless
    pax.one_way  # excused
  why "w"
  source "s"
  justify age: "j"  # must be
  fairness "f"
  review_by 2027-01-01
  test "t" no match { pax.age: 3, party.members: [{ age: 9 }, {}], pax.entries(1 day, including_this): 2 }
# the end
)";

TEST(FormatTest, GivesTheCanonicalText) { EXPECT_EQ(Formatted(kMessy), kTidy); }
TEST(FormatTest, LeavesCanonicalTextAlone) { EXPECT_EQ(Formatted(kTidy), kTidy); }

TEST(FormatTest, WithoutCommentsNothingOfThemIsLeft) {
  const std::string bare = Formatted(kMessy, /*with_comments=*/false);
  EXPECT_EQ(bare.find('#'), std::string::npos);
  EXPECT_EQ(bare.find("  \n"), std::string::npos);
  EXPECT_EQ(Formatted(bare), bare);
}

TEST(FormatTest, FillsConditionsToAHundredColumns) {
  const std::string a =
      "pax.stay_days in 10..99";  // 23 wide: 4 + 23 + 2 * 28 = 83, and a fourth is 111.
  const std::string text = Formatted(ProfileWith(a + " and " + a + " and " + a + " and " + a));
  EXPECT_THAT(text, HasSubstr("\n    " + a + " and " + a + " and " + a + "\n    and " + a + "\n"));
  // Exactly 100, and one more.
  const std::string pad = "flight.number = \"" + std::string(52, 'x') + "\"";  // 70
  const auto with = [&](std::string_view tail) {
    return Formatted(ProfileWith(pad + " and " + std::string(tail)));
  };
  EXPECT_THAT(with("pax.stay_days > 12345"), HasSubstr(pad + " and pax.stay_days > 12345\n"));
  EXPECT_THAT(with("pax.stay_days > 123456"),
              HasSubstr(pad + "\n    and pax.stay_days > 123456\n"));
}

TEST(FormatTest, LongDefinesGoOnBelow) {
  const std::string a = "pax.stay_days in 10..99";
  const std::string define =
      "define d = " + a + " and " + a + " and " + a + "\n    and " + a + "  # end\n";
  EXPECT_THAT(Formatted(ProfileWith("d", define)), HasSubstr(define));
}

TEST(FormatTest, LeavesDefaultsOut) {
  const std::string text = Formatted(
      "profile p \"P\" version 1\n  foster_days 28\n  split_hours 25\n  sample_share 0.020\n");
  EXPECT_EQ(text, "profile p \"P\" version 1\n  split_hours 25\n");
}

TEST(FormatTest, ReferenceProfileIsCanonical) {
  const std::string folder = LANDFALL_SOURCE_DIR "/../shared/rules/examples";
  const std::string text = ReadTestFile(folder + "/lhr-child-protection.rules");
  if (text.empty()) GTEST_SKIP() << "no reference here";
  const LoadResult result = LoadProfile(text, FolderReader(folder));
  EXPECT_THAT(Messages(result.diagnostics), IsEmpty());
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(CanonicalText(*result.profile, true), text);
  EXPECT_THAT(RunTests(*result.profile).failures, IsEmpty());
}

// A random condition, with more brackets and blanks than it needs.
class RandomCondition {
 public:
  explicit RandomCondition(std::uint32_t seed) : random_(seed) {}

  std::string Condition(int depth) {
    const int kind = Pick(depth > 0 ? 10 : 6);
    switch (kind) {
      case 0:
        return "pax.child";
      case 1:
        return Number(2) + Of({" = ", " != ", "<", " <= ", " > ", ">="}) + Number(2);
      case 2:
        return "visa.kind" + Of({" = ", "!="}) + Of({"none", "\"family\""});
      case 3:
        return Number(1) + Of({" in ", " not in "}) + Of({"[1,  2]", "3..5", "@l"});
      case 4:
        return "pax.boarded is " + Of({"", "not "}) + Of({"true", "false", "known", "unknown"});
      case 5:
        return "(" + Of({"any", "every", "no"}) + " p in party.members where (p.age < " +
               Number(0) + "))";
      case 6:
        return "not " + Bracketed(depth - 1);
      case 7:
        return "(" + Condition(depth - 1) + ") is not true";
      default:
        break;
    }
    const std::string joint = Of({" and ", " or "});
    std::string chain = Bracketed(depth - 1);
    for (int i = Pick(3); i >= 0; --i) chain += joint + Bracketed(depth - 1);
    return chain;
  }

 private:
  int Pick(int count) { return static_cast<int>(random_() % static_cast<std::uint32_t>(count)); }
  std::string Of(const std::vector<std::string>& texts) { return texts[random_() % texts.size()]; }
  std::string Bracketed(int depth) { return "(" + Condition(depth) + ")"; }
  std::string Number(int depth) {
    if (depth == 0 || Pick(2) == 0)
      return Of({"pax.age", "booking.lead_hours", "3", "-2", "0.50", "pax.entries(2 day)"});
    return "(" + Number(depth - 1) + Of({"+", " - ", "*", " / "}) + Number(depth - 1) + ")";
  }

  std::mt19937 random_;
};

TEST(FormatTest, RandomConditionsAreStable) {
  for (std::uint32_t seed = 0; seed < 2000; ++seed) {
    const std::string text =
        ProfileWith(RandomCondition(seed).Condition(4), "list @l : num = [1, 2.50]\n");
    const LoadResult first = LoadProfile(text, nullptr);
    ASSERT_THAT(Messages(first.diagnostics), IsEmpty()) << "seed " << seed << "\n" << text;
    const std::string once = CanonicalText(*first.profile, true);
    const LoadResult second = LoadProfile(once, nullptr);
    ASSERT_TRUE(second.ok()) << "seed " << seed << "\n" << once;
    ASSERT_EQ(CanonicalText(*second.profile, true), once) << "seed " << seed;
    const Expr& a = *first.profile->rules[0].when;
    ASSERT_EQ(CanonicalText(a, nullptr), CanonicalText(*second.profile->rules[0].when, nullptr))
        << "seed " << seed;
  }
}

TEST(HashTest, CommentsAndLayoutDoNotTouchIt) {
  const auto hash = [](std::string_view text) {
    return ProfileHash(*LoadProfile(text, nullptr).profile);
  };
  const std::string tidy = hash(kTidy);
  EXPECT_EQ(tidy.size(), 64u);
  EXPECT_EQ(hash(kMessy), tidy);
  EXPECT_EQ(hash(Formatted(kMessy, false)), tidy);
}

std::string HashOf(std::string_view text, const ListReader& reader = nullptr) {
  return ProfileHash(*LoadProfile(text, reader).profile);
}

TEST(HashTest, MeaningTouchesIt) {
  const std::string base = HashOf(ProfileWith("pax.bags > 1"));
  EXPECT_NE(HashOf(ProfileWith("pax.bags > 2")), base);
  EXPECT_NE(HashOf(ProfileWith("pax.bags > 1", "  meet_from 11\n")), base);
  EXPECT_NE(HashOf(ProfileWith("pax.bags > 1", "list @a : text = []\n")), base);
  EXPECT_EQ(HashOf(ProfileWith("pax.bags > 1", "  meet_from 10\n")), base);
}

TEST(HashTest, ListValuesTouchItAndTheirOrderDoesNot) {
  const auto hash = [](std::string file) {
    return HashOf("profile p \"P\" version 1\nlist @a : text from a\n",
                  [file](std::string_view) { return file; });
  };
  EXPECT_EQ(hash("x\ny\n"), hash("y,note\nx\nx\n"));
  EXPECT_NE(hash("x\n"), hash("x\ny\n"));
}

// The parts of section 15, written out by hand.
TEST(HashTest, IsOfThePartsInOrder) {
  const std::string text =
      "landfall-profile-2\n"
      "profile p \"P\" version 1\n\nlist @a : text = [\"y\", \"x\"]\n\ndefine b = pax.bags > 1\n"
      "consider_from 6\nmeet_from 10\nmatch_review 20\nmatch_strong 40\nfoster_age "
      "16\nfoster_age_disabled 18\n"
      "foster_days 28\nsplit_hours 24\nsample_share 0.02\n"
      "@a\nx\ny\n"
      "pax.bags|int|?|-|DCS\n";
  EXPECT_EQ(
      HashOf(
          "profile p \"P\" version 1\nlist @a : text = [\"y\", \"x\"]\ndefine b = pax.bags > 1\n"),
      Sha256Hex(text));
}

}  // namespace
}  // namespace landfall::rules
