#include "rules/nearest_change.h"

#include <gtest/gtest.h>

#include "rules/given_facts.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

// Facts as an embedded test gives them.
std::string Nearest(std::string_view when, std::string_view unless, std::string_view facts) {
  std::string text = ProfileWith(when, "list @l : text = [\"a\"]\n");
  if (!unless.empty()) text += "  unless\n    " + std::string(unless) + "\n";
  text += "  test \"t\" match { " + std::string(facts) + " }\n";
  const LoadResult loaded = LoadProfile(text, nullptr);
  EXPECT_TRUE(loaded.ok()) << testing::PrintToString(Messages(loaded.diagnostics)) << text;
  if (!loaded.ok()) return {};
  const Rule& rule = loaded.profile->rules[0];
  return NearestChange(rule, *loaded.profile, GivenFacts(rule.tests[0].given));
}

struct NearestCase {
  std::string name, when, unless, facts, text;
};
class NearestChangeTest : public testing::TestWithParam<NearestCase> {};
TEST_P(NearestChangeTest, IsNamed) {
  EXPECT_EQ(Nearest(GetParam().when, GetParam().unless, GetParam().facts), GetParam().text);
}

constexpr std::string_view kSponsor = "pax.child and sponsor.distinct_children(90 days) >= 3 and sponsor.close_relative is not true";

INSTANTIATE_TEST_SUITE_P(
    Section14, NearestChangeTest,
    testing::Values(
        NearestCase{"AHitByItsLimit", std::string(kSponsor), "", "pax.child: true, sponsor.distinct_children(90 days): 4",
                    "would not hit if sponsor.distinct_children(90 days) were 2 or less"},
        NearestCase{"AHitWithoutALimit", "pax.child and visa.kind = none", "", "pax.child: true, visa.kind: none",
                    "would not hit if visa.kind were accompanied, unaccompanied, family, student, settlement or other"},
        NearestCase{"AHitByItsUnless", "pax.child", "pax.in_transit", "pax.child: true, pax.in_transit: false",
                    "would not hit if pax.in_transit were yes"},
        NearestCase{"AHitOfPeople", "any p in party.members where (p.child)", "", "party.members: [{ child: true }]",
                    "would not hit if (any p in party.members where (p.child)) did not hold"},
        NearestCase{"AMissByItsLimit", std::string(kSponsor), "", "pax.child: true, sponsor.distinct_children(90 days): 2",
                    "would hit if sponsor.distinct_children(90 days) were 3 or more"},
        NearestCase{"AMissForAnUnknown", "pax.child and sponsor.close_relative = false", "", "pax.child: true",
                    "would hit if sponsor.close_relative were known to be no"},
        NearestCase{"AMissForItsUnless", "pax.child", "pax.in_transit", "pax.child: true, pax.in_transit: true",
                    "would hit if pax.in_transit were no"},
        NearestCase{"AMissByTwo", "pax.child and pax.bags > 2 and pax.boarded", "", "pax.child: true, pax.bags: 2, pax.boarded: false",
                    "would hit if pax.bags were 3 or more and pax.boarded were yes"},
        NearestCase{"TheFewestChanges", "(pax.bags > 2 and pax.boarded) or pax.one_way = true", "",
                    "pax.bags: 1, pax.boarded: false, pax.one_way: false", "would hit if pax.one_way were yes"},
        NearestCase{"TheFirstOfEquals", "pax.boarded or pax.one_way = true", "", "pax.boarded: false, pax.one_way: false",
                    "would hit if pax.boarded were yes"},
        NearestCase{"ARange", "pax.age in 5..15", "", "pax.age: 16", "would hit if pax.age were from 5 to 15"},
        NearestCase{"AText", "booking.agency in [\"a\", \"b\"]", "", "booking.agency: \"c\"",
                    "would hit if booking.agency were \"a\" or \"b\""},
        NearestCase{"AList", "booking.agency in @l", "", "booking.agency: \"c\"", "would hit if (booking.agency in @l) held"},
        NearestCase{"TwoFacts", "pax.bags >= pax.stay_days", "", "pax.bags: 1, pax.stay_days: 2",
                    "would hit if (pax.bags >= pax.stay_days) held"},
        NearestCase{"NeverWould", "pax.age < 1 and pax.age > 2", "", "pax.age: 1", ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall::rules
