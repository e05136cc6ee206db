#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "rules/built_in.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

// Damages a text: cuts, doubles and swaps pieces, and writes characters that mean something
// anywhere.
class Vandal {
 public:
  explicit Vandal(std::uint32_t seed) : random_(seed) {}

  std::string Damage(std::string text) {
    for (std::size_t i = Pick(4) + 1; i > 0; --i) DamageOnce(text);
    return text;
  }

 private:
  std::size_t Pick(std::size_t count) { return random_() % count; }

  void DamageOnce(std::string& text) {
    static constexpr std::string_view kPieces[] = {"(",
                                                   ")",
                                                   "[",
                                                   "]",
                                                   "{",
                                                   "}",
                                                   "\"",
                                                   "\\",
                                                   "#",
                                                   "\n",
                                                   "\t",
                                                   "\r\n",
                                                   "  ",
                                                   "    ",
                                                   "@",
                                                   "..",
                                                   ".",
                                                   ",",
                                                   ":",
                                                   "=",
                                                   "==",
                                                   "&&",
                                                   "!",
                                                   "-",
                                                   "not ",
                                                   " and ",
                                                   " or ",
                                                   " in ",
                                                   " is ",
                                                   "count p in party.members where (",
                                                   "rule X \"x\"\n",
                                                   "define a = a\n",
                                                   "list @a : text = [\"x\"]\n",
                                                   "99999999999999999999",
                                                   " 90 days",
                                                   "2027-02-30",
                                                   "é",
                                                   "\xFF",
                                                   "\xE2\x82",
                                                   std::string_view("\0", 1),
                                                   "true",
                                                   "unknown",
                                                   "pax.child",
                                                   "unless\n",
                                                   "when\n",
                                                   "test \"t\" match {"};
    const std::size_t at = Pick(text.size() + 1);
    switch (Pick(4)) {
      case 0:
        text.erase(at, Pick(40));
        break;
      case 1:
        text.insert(at, kPieces[Pick(std::size(kPieces))]);
        break;
      case 2:
        text.insert(Pick(text.size() + 1), text.substr(at, Pick(80)));
        break;
      default:
        text.resize(at);
        break;
    }
    if (text.empty()) text = " ";
  }

  std::mt19937 random_;
};

// Whatever the text: no crash, places that exist, and what loads is stable under formatting and can
// be run.
TEST(RandomTextTest, DamagedProfilesDoNoHarm) {
  // A few rules only, so that a round is short.
  const std::string profile(BuiltInProfileText().substr(0, 6000));
  int loaded = 0;
  for (std::uint32_t seed = 0; seed < 3000; ++seed) {
    const std::string text = Vandal(seed).Damage(profile.substr(0, profile.find("\nrule CP-003")));
    const LoadResult result = LoadProfile(text, BuiltInListReader());
    const auto lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const Diagnostic& d : result.diagnostics) {
      ASSERT_GE(d.position.line, 1) << "seed " << seed << ": " << d.message;
      ASSERT_LE(d.position.line, lines) << "seed " << seed << ": " << d.message;
      ASSERT_GE(d.position.column, 1) << "seed " << seed << ": " << d.message;
      Format(d, "x.rules", text);
    }
    ASSERT_TRUE(std::is_sorted(
        result.diagnostics.begin(), result.diagnostics.end(),
        [](const Diagnostic& a, const Diagnostic& b) { return a.position < b.position; }));
    if (!result.ok()) continue;
    ++loaded;
    const std::string once = CanonicalText(*result.profile, true);
    const LoadResult again = LoadProfile(once, BuiltInListReader());
    ASSERT_TRUE(again.ok()) << "seed " << seed << "\n"
                            << once << testing::PrintToString(Messages(again.diagnostics));
    ASSERT_EQ(CanonicalText(*again.profile, true), once) << "seed " << seed;
    ASSERT_EQ(ProfileHash(*again.profile), ProfileHash(*result.profile)) << "seed " << seed << "\n"
                                                                         << text;
    RunTests(*result.profile);
  }
  EXPECT_GT(loaded, 100) << "too few were still profiles for the test to mean much";
}

}  // namespace
}  // namespace landfall::rules
