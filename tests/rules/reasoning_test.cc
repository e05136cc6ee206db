#include "rules/reasoning.h"

#include <gtest/gtest.h>

#include <iostream>
#include <random>

#include "rules/given_facts.h"
#include "rules/profile.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

// A profile of rules with these conditions, R-0 and on; "a | b" is when a, unless b.
std::shared_ptr<const Profile> ProfileOf(const std::vector<std::string>& conditions) {
  std::string text = "profile p \"P\" version 1\nlist @l : text = []\nlist @n : int = [1]\n\ndefine young = pax.age < 12\n";
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    const std::size_t bar = conditions[i].find(" | ");
    text += "\nrule R-" + std::to_string(i) + " \"r\"\n  level passenger\n  severity low\n  points 1\n  when\n    " +
            conditions[i].substr(0, bar) + "\n";
    if (bar != std::string::npos) text += "  unless\n    " + conditions[i].substr(bar + 3) + "\n";
    text += "  why \"w\"\n  source \"s\"\n  justify age: \"j\"\n  justify sex: \"j\"\n  justify nationality: \"j\"\n"
            "  fairness \"f\"\n  review_by 2027-01-01\n";
  }
  const LoadResult result = LoadProfile(text, nullptr);
  EXPECT_TRUE(result.ok()) << testing::PrintToString(Messages(result.diagnostics)) << text;
  return result.profile;
}

struct NeverCase {
  std::string name, condition;
  bool never;
};
class NeverFiresTest : public testing::TestWithParam<NeverCase> {};
TEST_P(NeverFiresTest, IsDecided) {
  const auto profile = ProfileOf({GetParam().condition});
  const auto set = FiringSet::Of(profile->rules[0], *profile);
  ASSERT_TRUE(set.has_value());
  EXPECT_EQ(set->IsEmpty(), GetParam().never);
}

INSTANTIATE_TEST_SUITE_P(
    Section12, NeverFiresTest,
    testing::Values(
        NeverCase{"Ranges", "pax.age < 12 and pax.age > 15", true},
        NeverCase{"RangesThatMeet", "pax.age <= 12 and pax.age >= 12", false},
        NeverCase{"BetweenTwoInts", "pax.age > 12 and pax.age < 13", true},
        NeverCase{"BetweenTwoNums", "booking.lead_hours > 12 and booking.lead_hours < 13", false},
        NeverCase{"IntsAndAFraction", "pax.age > 12.5 and pax.age < 13", true},
        NeverCase{"EmptyRange", "pax.age in 15..5", true},
        NeverCase{"OutsideASet", "pax.age in [1, 2] and pax.age not in 0..5", true},
        NeverCase{"TwoValues", "pax.age = 3 and pax.age != 3", true},
        NeverCase{"TheOtherWayRound", "12 > pax.age and 15 < pax.age", true},
        NeverCase{"EnumValues", "visa.kind = none and visa.kind = other", true},
        NeverCase{"EnumSet", "visa.kind in [none, other] and visa.kind not in [none, other, family]", true},
        NeverCase{"EnumAllValues", "visa.kind in [none, other] and visa.kind != none", false},
        NeverCase{"Texts", "booking.agency = \"a\" and booking.agency = \"b\"", true},
        NeverCase{"TextsOut", "booking.agency in [\"a\", \"b\"] and booking.agency not in [\"a\", \"b\"]", true},
        NeverCase{"TextsLeft", "booking.agency in [\"a\", \"b\"] and booking.agency != \"a\"", false},
        NeverCase{"YesAndNo", "pax.child and pax.child = false", true},
        NeverCase{"NotItself", "pax.boarded and not pax.boarded", true},
        NeverCase{"KnownAndUnknown", "pax.boarded is unknown and pax.boarded", true},
        NeverCase{"NotTrueMayBeUnknown", "pax.boarded is not true and pax.boarded is not false", false},
        NeverCase{"ValueAndUnknown", "pax.age > 3 and pax.age is unknown", true},
        NeverCase{"EnumUnknownIsAValue", "escort.relationship = unknown and escort.relationship is unknown", false},
        NeverCase{"EnumUnknownIsNotKnown", "escort.relationship = unknown and escort.relationship is known", true},
        NeverCase{"Or", "(pax.age < 3 or pax.age > 60) and pax.age in 10..20", true},
        NeverCase{"OrWithAWay", "(pax.age < 3 or pax.age > 15) and pax.age in 10..20", false},
        NeverCase{"Define", "young and pax.age >= 12", true},
        NeverCase{"NotOfAGroup", "not (pax.age < 12 or pax.boarded) and pax.age = 11", true},
        NeverCase{"Unless", "pax.age in 5..15 | pax.age > 3", true},
        NeverCase{"UnlessUnknown", "pax.age in 5..15 | pax.boarded", false},
        NeverCase{"UnlessThatIsNeverTrue", "pax.age in 5..15 | pax.age > 15", false},
        NeverCase{"SameConditionOfPeople",
                  "(any p in party.members where (p.child)) and (no p in party.members where (p.child))", true},
        NeverCase{"TwoFacts", "pax.bags > pax.stay_days and pax.bags <= pax.stay_days", true},
        NeverCase{"CountsAreNotReasonedAbout",
                  "(count p in party.members where (p.child)) < 0", false},
        NeverCase{"AnEmptyListMayBeFilled", "booking.agency in @l", false},
        NeverCase{"ListAndNotTheList", "booking.agency in @l and booking.agency not in @l", true},
        NeverCase{"BeyondExactNumbers", "pax.bags > 9007199254740993 and pax.bags < 9007199254740992", false},
        NeverCase{"False", "false", true}, NeverCase{"True", "true", false}),
    [](const auto& test) { return test.param.name; });

struct ContainedCase {
  std::string name, inner, outer;
  bool contained;
};
class ContainedTest : public testing::TestWithParam<ContainedCase> {};
TEST_P(ContainedTest, IsDecided) {
  const auto profile = ProfileOf({GetParam().inner, GetParam().outer});
  const auto inner = FiringSet::Of(profile->rules[0], *profile), outer = FiringSet::Of(profile->rules[1], *profile);
  ASSERT_TRUE(inner.has_value() && outer.has_value());
  EXPECT_EQ(inner->IsContainedIn(*outer), GetParam().contained);
}

INSTANTIATE_TEST_SUITE_P(
    Section12, ContainedTest,
    testing::Values(
        ContainedCase{"OneTermMore", "pax.child and pax.boarded", "pax.child", true},
        ContainedCase{"OneTermLess", "pax.child", "pax.child and pax.boarded", false},
        ContainedCase{"Itself", "pax.child and pax.age < 12", "pax.age < 12 and pax.child", true},
        ContainedCase{"Threshold", "pax.bags >= 4", "pax.bags > 2", true},
        ContainedCase{"ThresholdBack", "pax.bags > 2", "pax.bags >= 4", false},
        ContainedCase{"IntThresholds", "pax.bags > 2", "pax.bags >= 3", true},
        ContainedCase{"NumThresholds", "booking.lead_hours > 2", "booking.lead_hours >= 3", false},
        ContainedCase{"ValueInASet", "visa.kind = none", "visa.kind in [none, other]", true},
        ContainedCase{"UnlessOfTheOuter", "pax.child", "pax.child | pax.in_transit", false},
        ContainedCase{"UnlessOfTheInner", "pax.child | pax.in_transit", "pax.child", true},
        ContainedCase{"UnlessThatIsRuledOut", "pax.child and pax.in_transit = false", "pax.child | pax.in_transit", true},
        ContainedCase{"WiderUnless", "pax.child | pax.in_transit or pax.boarded", "pax.child | pax.in_transit", true},
        ContainedCase{"NarrowerUnless", "pax.child | pax.in_transit", "pax.child | pax.in_transit or pax.boarded", false},
        ContainedCase{"Or", "pax.child and pax.boarded", "pax.child or pax.in_transit", true},
        ContainedCase{"UnknownCounts", "pax.boarded is not true", "pax.boarded = false", false},
        ContainedCase{"FalseIsNotTrue", "pax.boarded = false", "pax.boarded is not true", true},
        ContainedCase{"WindowsOfOneLength", "sponsor.distinct_children(12 weeks) >= 3",
                      "sponsor.distinct_children(84 days) >= 2", true},
        ContainedCase{"WindowsOfOtherLengths", "sponsor.distinct_children(90 days) >= 3",
                      "sponsor.distinct_children(180 days) >= 3", false},
        ContainedCase{"NeverIsInEverything", "pax.age < 1 and pax.age > 2", "pax.boarded", true}),
    [](const auto& test) { return test.param.name; });

TEST(FiringSetTest, TooManyAlternativesAreLeftAlone) {
  std::string condition;
  for (int i = 0; i < 12; ++i) {
    condition += (i > 0 ? " and " : "") + std::string("(pax.bags + ") + std::to_string(i) +
                 " > 1 or pax.stay_days * " + std::to_string(i) + " < 9)";
  }
  const auto profile = ProfileOf({condition});
  EXPECT_FALSE(FiringSet::Of(profile->rules[0], *profile).has_value());
}

TEST(UnlessTest, ThatCanNeverApplyIsFound) {
  const auto profile = ProfileOf({"pax.age in 5..15 | pax.age > 15", "pax.age in 5..15 | pax.age > 14", "pax.child"});
  EXPECT_EQ(UnlessCanApply(profile->rules[0], *profile), std::optional(false));
  EXPECT_EQ(UnlessCanApply(profile->rules[1], *profile), std::optional(true));
  EXPECT_EQ(UnlessCanApply(profile->rules[2], *profile), std::nullopt);
}

// Conditions over few facts and few values, so that many contradict or contain each other.
class SmallConditions {
 public:
  explicit SmallConditions(std::mt19937& random) : random_(random) {}

  std::string Condition(int depth) {
    if (depth == 0 || random_() % 4 == 0) return Term();
    if (random_() % 6 == 0) return "not (" + Condition(depth - 1) + ")";
    if (random_() % 6 == 0) return "(" + Condition(depth - 1) + ") " + Of({"is true", "is not true", "is false", "is not false", "is known", "is unknown"});
    const std::string joint = random_() % 3 == 0 ? " or " : " and ";
    return "(" + Condition(depth - 1) + ")" + joint + "(" + Condition(depth - 1) + ")";
  }

 private:
  std::string Of(const std::vector<std::string>& texts) { return texts[random_() % texts.size()]; }
  std::string Sign() { return Of({" = ", " != ", " < ", " <= ", " > ", " >= "}); }
  std::string Term() {
    switch (random_() % 11) {
      case 0:
        return Of({"pax.child", "pax.boarded", "pax.boarded = false", "pax.boarded in [true]"});
      case 1:
        return Of({"pax.boarded", "pax.child"}) + Of({" is true", " is not true", " is not false", " is known", " is unknown"});
      case 2:
        return "pax.bags" + Sign() + Of({"1", "2", "3", "1.5", "2.0"});
      case 3:
        return Of({"1", "2", "3"}) + Sign() + "pax.bags";
      case 4:
        return "booking.lead_hours" + Sign() + Of({"1", "2", "1.5"});
      case 5:
        return Of({"pax.bags", "booking.lead_hours"}) + Of({" in ", " not in "}) + Of({"1..2", "[1, 3]", "[2]", "2..3", "3..1", "[1.5, 2]"});
      case 6:
        return "visa.kind" + Of({" = none", " != none", " in [none, family]", " not in [none, family, other]", " is known", " is unknown"});
      case 7:
        return "escort.relationship" + Of({" = unknown", " != parent", " in [parent, unknown]", " is known", " is unknown"});
      case 8:
        return "booking.agency" + Of({" = \"a\"", " != \"a\"", " in [\"a\", \"b\"]", " not in [\"b\"]", " in @l", " not in @l"});
      case 9:
        return "pax.bags" + Sign() + Of({"pax.stay_days", "pax.transit_points + 1", "pax.bags"});
      default:
        return "(" + Of({"any", "no", "every"}) + " p in party.members where (" + Of({"p.child", "p.bags > 1"}) + "))";
    }
  }

  std::mt19937& random_;
};

GivenFacts RandomRow(std::mt19937& random) {
  GivenFacts facts;
  const auto chance = [&](std::uint32_t percent) { return random() % 100 < percent; };
  const auto set = [&](FactId fact, auto fill) {
    if (chance(20)) return;
    Value value;
    value.known = true;
    value.type = ValueType::kAny;
    fill(value);
    facts.Set(fact, std::nullopt, value);
  };
  for (const FactId fact : {FactId::pax_child, FactId::pax_boarded})
    set(fact, [&](Value& value) { value.boolean = chance(50); });
  for (const FactId fact : {FactId::pax_bags, FactId::pax_stay_days, FactId::pax_transit_points})
    set(fact, [&](Value& value) { value.integer = static_cast<std::int64_t>(random() % 5); });
  set(FactId::booking_lead_hours, [&](Value& value) { value.number = 0.5 * static_cast<double>(random() % 7); });
  set(FactId::visa_kind, [&](Value& value) { value.enum_value = static_cast<std::uint8_t>(random() % 7); });
  set(FactId::escort_relationship, [&](Value& value) { value.enum_value = static_cast<std::uint8_t>(random() % 6); });
  set(FactId::booking_agency, [&](Value& value) { value.text = std::string(1, static_cast<char>('a' + random() % 3)); });
  if (chance(70)) facts.SetPeople(FactId::party_members, std::vector<GivenFacts::Row>(random() % 3));
  return facts;
}

// What is proved holds for every row. LANDFALL_LONG=N runs N times as many.
TEST(FiringSetTest, NothingProvedIsWrong) {
  const char* const rounds_text = std::getenv("LANDFALL_LONG");
  const int rounds = 60 * (rounds_text == nullptr ? 1 : std::atoi(rounds_text));
  int never = 0, contained = 0, undecided = 0, idle = 0;
  for (int round = 0; round < rounds; ++round) {
    std::mt19937 random(static_cast<std::uint32_t>(round));
    SmallConditions conditions(random);
    std::vector<std::string> texts;
    for (int i = 0; i < 24; ++i) {
      texts.push_back(conditions.Condition(3));
      if (random() % 2 == 0) texts.back() += " | " + conditions.Condition(2);
    }
    const auto profile = ProfileOf(texts);
    ASSERT_NE(profile, nullptr);
    const std::size_t count = profile->rules.size();
    std::vector<std::optional<FiringSet>> sets;
    for (const Rule& rule : profile->rules) {
      sets.push_back(FiringSet::Of(rule, *profile));
      undecided += sets.back() ? 0 : 1;
    }
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    for (std::size_t a = 0; a < count; ++a) {
      never += sets[a] && sets[a]->IsEmpty() ? 1 : 0;
      for (std::size_t b = 0; b < count; ++b) {
        if (a != b && sets[a] && sets[b] && !sets[a]->IsEmpty() && sets[a]->IsContainedIn(*sets[b])) pairs.push_back({a, b});
      }
    }
    contained += static_cast<int>(pairs.size());
    for (int row = 0; row < 400; ++row) {
      const GivenFacts facts = RandomRow(random);
      std::vector<bool> fires(count);
      for (std::size_t i = 0; i < count; ++i) {
        const Rule& rule = profile->rules[i];
        fires[i] = EvaluateRule(rule, *profile, facts) == Outcome::kTrue;
        ASSERT_FALSE(fires[i] && sets[i] && sets[i]->IsEmpty()) << "round " << round << ": " << texts[i];
        if (UnlessCanApply(rule, *profile) == std::optional(false) && row < 20) {
          ++idle;
          ASSERT_FALSE(Evaluate(*rule.when, profile.get(), facts).AsOutcome() == Outcome::kTrue &&
                       Evaluate(*rule.unless, profile.get(), facts).AsOutcome() == Outcome::kTrue)
              << "round " << round << ": " << texts[i];
        }
      }
      for (const auto& [a, b] : pairs) {
        ASSERT_FALSE(fires[a] && !fires[b]) << "round " << round << ": " << texts[a] << "\nin " << texts[b];
      }
    }
  }
  std::cout << never << " never fire, " << contained << " contained, " << undecided << " undecided\n";
  EXPECT_GT(never, 20);
  EXPECT_GT(contained, 50);
  EXPECT_GT(idle, 20);
}

}  // namespace
}  // namespace landfall::rules
