#include "rules/rule_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "model/digest.h"
#include "tests/rules/fact_rows.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::shared_ptr<const Profile> Load(const std::string& text) {
  LoadResult result = LoadProfile(text, nullptr);
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (!diagnostic.warning) ADD_FAILURE() << Format(diagnostic, "test.rules", text);
  }
  return result.profile;
}

// The lines of a rule after its first.
struct RuleLines {
  std::string id, level, severity = "low", points = "1", when, unless, more;
};

std::string RuleText(const RuleLines& rule) {
  return absl::StrFormat(
      "\nrule %s \"r\"\n  level %s\n  severity %s\n  points %s\n%s  when\n    %s\n%s  why \"w\"\n  "
      "source \"s\"\n"
      "  justify age: \"j\"\n  justify sex: \"j\"\n  justify nationality: \"j\"\n  justify "
      "nationality-proxy: \"j\"\n"
      "  fairness \"f\"\n  review_by 2027-01-01\n",
      rule.id, rule.level, rule.severity, rule.points, rule.more, rule.when,
      rule.unless.empty() ? "" : "  unless\n    " + rule.unless + "\n");
}

std::string ProfileText(const std::vector<RuleLines>& rules, const std::string& more = "") {
  std::string text = "profile p \"P\" version 1\n" + more;
  for (const RuleLines& rule : rules) text += RuleText(rule);
  return text;
}

std::vector<Hit> HitsOf(const RuleSet& rule_set, const FactRows& rows, const HitContext& context,
                        std::uint32_t flight = 0) {
  RuleOutcomes outcomes;
  rule_set.Evaluate(rows.table(), outcomes);
  return rule_set.Hits(rows.table(), outcomes, flight, context);
}

std::vector<Hit> HitsOf(const std::string& profile, const FactRows& rows,
                        std::uint32_t flight = 0) {
  return HitsOf(RuleSet(Load(profile)), rows, rows.Context(), flight);
}

// "party: travellers > parties that the points count for"
std::string Line(const Hit& hit) {
  return hit.party + ": " + absl::StrJoin(hit.travellers, " ") + " > " +
         absl::StrJoin(hit.scored_parties, " ");
}
std::vector<std::string> Lines(const std::vector<Hit>& hits) {
  std::vector<std::string> lines;
  for (const Hit& hit : hits) lines.push_back(Line(hit));
  return lines;
}

// Two children with an adult, an adult with a child, an adult alone; then another flight, with a
// child and without.
FactRows Traffic() {
  const std::string_view first = "3", second = "0";
  FactRows rows({{FactId::sponsor_distinct_children, {90 * kMinutesPerDay}}});
  rows.Flight();
  rows.Party();
  rows.Person("a1", {{"pax.child", "true"},
                     {"pax.bags", "0"},
                     {"party.adults", "1"},
                     {"flight.children", first},
                     {"sponsor.distinct_children(90)", "4"},
                     {"pax.one_way", "true"}});
  rows.Person("a2", {{"pax.child", "true"},
                     {"pax.bags", "0"},
                     {"party.adults", "1"},
                     {"flight.children", first},
                     {"sponsor.distinct_children(90)", "2"}});
  rows.Person("a3", {{"pax.child", "false"},
                     {"pax.bags", "5"},
                     {"party.adults", "1"},
                     {"flight.children", first}});
  rows.Party();
  rows.Person("b1", {{"pax.child", "false"},
                     {"pax.bags", "0"},
                     {"party.adults", "1"},
                     {"flight.children", first},
                     {"sponsor.distinct_children(90)", "3"}});
  rows.Person("b2", {{"pax.child", "true"},
                     {"pax.bags", "2"},
                     {"party.adults", "1"},
                     {"flight.children", first}});
  rows.Party();
  rows.Person("c1", {{"pax.child", "false"},
                     {"pax.bags", "0"},
                     {"party.adults", "1"},
                     {"flight.children", first},
                     {"pax.one_way", "true"}});
  rows.Flight();
  rows.Party();
  rows.Person("d1", {{"pax.child", "false"},
                     {"pax.bags", "0"},
                     {"party.adults", "1"},
                     {"flight.children", second}});
  return rows;
}

struct GroupingCase {
  std::string name, level, when, unless;
  std::vector<std::string> hits;
  std::vector<std::string> hits_of_second_flight;
};

class GroupingTest : public testing::TestWithParam<GroupingCase> {};

TEST_P(GroupingTest, HitsAre) {
  const GroupingCase& test = GetParam();
  const std::string profile =
      ProfileText({{.id = "R-1", .level = test.level, .when = test.when, .unless = test.unless}});
  const FactRows rows = Traffic();
  EXPECT_EQ(Lines(HitsOf(profile, rows, 0)), test.hits);
  EXPECT_EQ(Lines(HitsOf(profile, rows, 1)), test.hits_of_second_flight);
}

// The rows are those of the table "Levels: what one evaluation is" and of the list under it.
INSTANTIATE_TEST_SUITE_P(
    Levels, GroupingTest,
    testing::Values(
        GroupingCase{"PassengerIsOneTraveller",
                     "passenger",
                     "pax.child",
                     "",
                     {"a1: a1 > a1", "a1: a2 > a1", "b1: b2 > b1"},
                     {}},
        GroupingCase{"PassengerMayBeAnAdult",
                     "passenger",
                     "pax.bags = 0 and pax.child = false",
                     "",
                     {"b1: b1 > b1", "c1: c1 > c1"},
                     {"d1: d1 > d1"}},
        GroupingCase{"PassengerUnlessUnknownDoesNotExcuse",
                     "passenger",
                     "pax.child",
                     "pax.one_way = true",
                     {"a1: a2 > a1", "b1: b2 > b1"},
                     {}},
        GroupingCase{"CrossFlightIsOneTraveller",
                     "cross_flight",
                     "sponsor.distinct_children(90 days) >= 3",
                     "",
                     {"a1: a1 > a1", "b1: b1 > b1"},
                     {}},
        GroupingCase{"PartyWithTravellerFactsNamesTheChildrenItIsTrueFor",
                     "party",
                     "pax.bags = 0",
                     "",
                     {"a1: a1 a2 > a1"},
                     {}},
        GroupingCase{
            "PartyWithOneChildTrue", "party", "pax.one_way = true", "", {"a1: a1 > a1"}, {}},
        GroupingCase{"TravellerFactInUnlessDecidesForTheRule",
                     "party",
                     "party.adults = 1",
                     "pax.bags = 2",
                     {"a1: a1 a2 > a1"},
                     {}},
        GroupingCase{"TravellerFactInABodyDecidesToo",
                     "party",
                     "any p in party.members where (p.bags > pax.bags)",
                     "",
                     {"a1: a1 a2 > a1"},
                     {}},
        GroupingCase{"PartyWithoutTravellerFactsNamesAllChildren",
                     "party",
                     "party.adults = 1",
                     "",
                     {"a1: a1 a2 > a1", "b1: b2 > b1", "c1:  > c1"},
                     {"d1:  > d1"}},
        GroupingCase{"PartyAnyNamesTheMembersFound",
                     "party",
                     "any p in party.members where (p.bags >= 2)",
                     "",
                     {"a1: a3 > a1", "b1: b2 > b1"},
                     {}},
        GroupingCase{"PartyCountNamesTheMembersFound",
                     "party",
                     "(count p in party.members where (p.bags = 0)) >= 2",
                     "",
                     {"a1: a1 a2 > a1"},
                     {}},
        GroupingCase{"PartyTwoAnysNameBoth",
                     "party",
                     "(any p in party.members where (p.bags = 5)) and (any p in party.members "
                     "where (p.one_way = true))",
                     "",
                     {"a1: a1 a3 > a1"},
                     {}},
        GroupingCase{"PartyEveryNamesTheChildren",
                     "party",
                     "every p in party.members where (p.bags < 3)",
                     "",
                     {"b1: b2 > b1", "c1:  > c1"},
                     {"d1:  > d1"}},
        GroupingCase{"PartyNoNamesTheChildren",
                     "party",
                     "no p in party.members where (p.bags >= 5)",
                     "",
                     {"b1: b2 > b1", "c1:  > c1"},
                     {"d1:  > d1"}},
        GroupingCase{"PartyAnyInUnlessNamesNobody",
                     "party",
                     "party.adults = 1",
                     "any p in party.members where (p.bags >= 5)",
                     {"b1: b2 > b1", "c1:  > c1"},
                     {"d1:  > d1"}},
        GroupingCase{"FlightNamesAllChildrenAndScoresTheirParties",
                     "flight",
                     "flight.children = 3",
                     "",
                     {": a1 a2 b2 > a1 b1"},
                     {}},
        GroupingCase{"FlightWithoutChildrenScoresNobody",
                     "flight",
                     "flight.children = 0",
                     "",
                     {},
                     {":  > "}},
        GroupingCase{"FlightAnyNamesThePassengersFound",
                     "flight",
                     "any p in flight.passengers where (p.one_way = true)",
                     "",
                     {": a1 c1 > a1 b1"},
                     {}},
        GroupingCase{"FlightWithTravellerFactsScoresThePartiesNamed",
                     "flight",
                     "pax.bags = 2",
                     "",
                     {": b2 > b1"},
                     {}},
        GroupingCase{"FlightWithTravellerFactsCannotHitWithoutAChild",
                     "flight",
                     "pax.bags = 0 and flight.children = 0",
                     "",
                     {},
                     {}},
        GroupingCase{"FlightWithPartyFactsIsEvaluatedForEachChild",
                     "flight",
                     "any p in party.members where (p.bags = 5)",
                     "",
                     {": a1 a2 > a1 b1"},
                     {}},
        GroupingCase{"FlightWithPartyFactsCannotHitWithoutAChild",
                     "flight",
                     "party.adults = 1 and flight.children = 0",
                     "",
                     {},
                     {}}),
    [](const auto& test) { return test.param.name; });

// What is not in effect is evaluated, for shadows and backtests, but makes no hits.
struct EffectCase {
  std::string name, rule_lines, profile_lines;
  Date on;
  bool hits;
};

class EffectTest : public testing::TestWithParam<EffectCase> {};

TEST_P(EffectTest, DecidesWhetherThereAreHits) {
  const EffectCase& test = GetParam();
  const RuleSet rule_set(Load(ProfileText(
      {{.id = "R-1", .level = "passenger", .when = "pax.child", .more = test.rule_lines}},
      test.profile_lines)));
  FactRows rows;
  rows.Flight().Party().Person("1", {{"pax.child", "true"}});
  HitContext context = rows.Context();
  context.on = test.on;
  RuleOutcomes outcomes;
  rule_set.Evaluate(rows.table(), outcomes);
  EXPECT_EQ(outcomes.rules[0].fires[0], 1u);
  EXPECT_EQ(!rule_set.Hits(rows.table(), outcomes, 0, context).empty(), test.hits);
}

INSTANTIATE_TEST_SUITE_P(
    MetaLines, EffectTest,
    testing::Values(EffectCase{"Live", "  status live\n", "", MakeDate(2026, 11, 22), true},
                    EffectCase{"Draft", "  status draft\n", "", MakeDate(2026, 11, 22), false},
                    EffectCase{"Shadow", "  status shadow\n", "", MakeDate(2026, 11, 22), false},
                    EffectCase{"Retired", "  status retired\n", "", MakeDate(2026, 11, 22), false},
                    EffectCase{"DayBefore", "  effective 2026-11-23 .. 2026-12-01\n", "",
                               MakeDate(2026, 11, 22), false},
                    EffectCase{"FirstDay", "  effective 2026-11-22 .. 2026-12-01\n", "",
                               MakeDate(2026, 11, 22), true},
                    EffectCase{"LastDay", "  effective 2026-11-01 .. 2026-11-22\n", "",
                               MakeDate(2026, 11, 22), true},
                    EffectCase{"DayAfter", "  effective 2026-11-01 .. 2026-11-21\n", "",
                               MakeDate(2026, 11, 22), false},
                    EffectCase{"ProfileDayBefore", "", "  effective 2026-11-23 .. 2027-04-30\n",
                               MakeDate(2026, 11, 22), false},
                    EffectCase{"ProfileLastDay", "", "  effective 2026-11-01 .. 2026-11-22\n",
                               MakeDate(2026, 11, 22), true},
                    EffectCase{"ProfileDayAfter", "", "  effective 2026-11-01 .. 2026-11-21\n",
                               MakeDate(2026, 11, 22), false}),
    [](const auto& test) { return test.param.name; });

TEST(RuleSetTest, HitsAreListedBySeverityPointsRulePartyTraveller) {
  const std::string text = ProfileText({
      {.id = "Z-low", .level = "passenger", .severity = "low", .points = "20", .when = "pax.child"},
      {.id = "B", .level = "passenger", .severity = "high", .points = "3", .when = "pax.child"},
      {.id = "A", .level = "passenger", .severity = "high", .points = "3", .when = "pax.child"},
      {.id = "C", .level = "passenger", .severity = "high", .points = "9", .when = "pax.child"},
      {.id = "Y", .level = "party", .severity = "critical", .points = "-1", .when = "pax.child"},
  });
  FactRows rows;
  rows.Flight().Party().Person("9", {{"pax.child", "true"}}).Person("10", {{"pax.child", "true"}});
  rows.Party().Person("2", {{"pax.child", "true"}});
  std::vector<std::string> order;
  for (const Hit& hit : HitsOf(text, rows))
    order.push_back(hit.rule + " " + hit.party + " " + hit.travellers[0]);
  EXPECT_THAT(order,
              ElementsAre("Y 2 2", "Y 9 9", "C 2 2", "C 9 10", "C 9 9", "A 2 2", "A 9 10", "A 9 9",
                          "B 2 2", "B 9 10", "B 9 9", "Z-low 2 2", "Z-low 9 10", "Z-low 9 9"));
}

TEST(RuleSetTest, AHitCarriesWhatItsRuleSays) {
  const std::string text =
      ProfileText({{.id = "CP-006",
                    .level = "party",
                    .severity = "high",
                    .points = "7",
                    .when = "pax.child",
                    .more = "  family CP-005\n  route paladin_lhr\n"},
                   {.id = "CP-007", .level = "passenger", .when = "pax.child"}});
  const RuleSet rule_set(Load(text));
  FactRows rows;
  rows.Flight().Party().Person("1", {{"pax.child", "true"}});
  const std::vector<Hit> hits = HitsOf(rule_set, rows, rows.Context());
  ASSERT_EQ(hits.size(), 2u);
  EXPECT_EQ(hits[0].rule, "CP-006");
  EXPECT_EQ(hits[0].level, RuleLevel::kParty);
  EXPECT_EQ(hits[0].severity, Severity::kHigh);
  EXPECT_EQ(hits[0].points, 7);
  EXPECT_EQ(hits[0].family, "CP-005");
  EXPECT_EQ(hits[0].route, "paladin_lhr");
  EXPECT_EQ(hits[0].profile, rule_set.hash());
  EXPECT_EQ(hits[1].family, "CP-007");
  EXPECT_EQ(hits[1].route, "");
}

TEST(RuleSetTest, HashIsThatOfTheProfile) {
  const std::shared_ptr<const Profile> profile =
      Load(ProfileText({{.id = "R-1", .level = "passenger", .when = "pax.child"}}));
  EXPECT_EQ(RuleSet(profile).hash(), "sha256:" + ProfileHash(*profile));
}

TEST(RuleSetTest, WindowsAreThoseOfAllRulesOnce) {
  const std::string defines = "\ndefine busy = sponsor.distinct_children(1 year) > 5\n";
  const RuleSet rule_set(Load(ProfileText(
      {{.id = "R-1",
        .level = "cross_flight",
        .when = "sponsor.distinct_children(90 days) > 2 and busy"},
       {.id = "R-2",
        .level = "cross_flight",
        .when = "sponsor.distinct_children(90 days) > 3",
        .unless = "pax.entries(12 hours, including_this) > 1"},
       {.id = "R-3",
        .level = "party",
        .when = "any p in party.members where (p.escort.distinct_children(30 days) > 1)"}},
      defines)));
  EXPECT_THAT(rule_set.windows(),
              testing::UnorderedElementsAre(
                  std::pair(FactId::sponsor_distinct_children, Window{90 * kMinutesPerDay}),
                  std::pair(FactId::sponsor_distinct_children, Window{365 * kMinutesPerDay}),
                  std::pair(FactId::pax_entries, Window{12 * 60, true}),
                  std::pair(FactId::escort_distinct_children, Window{30 * kMinutesPerDay})));
}

TEST(RuleSetTest, UnknownIsNeitherAHitNorLost) {
  const RuleSet rule_set(Load(ProfileText({{.id = "R-1",
                                            .level = "passenger",
                                            .when = "pax.one_way = true",
                                            .unless = "pax.bags = 1"}})));
  FactRows rows;
  rows.Flight().Party();
  rows.Person("unknown").Person("true", {{"pax.one_way", "true"}});
  rows.Person("excused", {{"pax.one_way", "true"}, {"pax.bags", "1"}})
      .Person("unknown but excused", {{"pax.bags", "1"}});
  rows.Person("false", {{"pax.one_way", "false"}})
      .Person("not excused", {{"pax.one_way", "true"}, {"pax.bags", "2"}});
  RuleOutcomes outcomes;
  rule_set.Evaluate(rows.table(), outcomes);
  EXPECT_EQ(outcomes.rules[0].fires, std::vector<std::uint64_t>{0b100010});
  EXPECT_EQ(outcomes.rules[0].unknown, std::vector<std::uint64_t>{0b000001});
}

TEST(RuleSetTest, AFlightWithoutPeopleHasNoHits) {
  FactRows rows;
  rows.Flight().Flight().Party().Person("1", {{"pax.child", "true"}});
  const std::string text =
      ProfileText({{.id = "R-1", .level = "flight", .when = "pax.child or not pax.child"}});
  EXPECT_THAT(HitsOf(text, rows, 0), IsEmpty());
  EXPECT_EQ(HitsOf(text, rows, 1).size(), 1u);
}

TEST(RuleSetTest, ThreadsShareARuleSet) {
  const RuleSet rule_set(Load(
      ProfileText({{.id = "R-1",
                    .level = "party",
                    .when = "(any p in party.members where (p.bags >= 2)) and party.adults = 1"},
                   {.id = "R-2",
                    .level = "passenger",
                    .when = "pax.bags * 2 + 1 > 3 or pax.one_way = true"}})));
  const FactRows rows = Traffic();
  RuleOutcomes expected;
  rule_set.Evaluate(rows.table(), expected);
  std::vector<std::thread> threads;
  std::vector<int> same(4, 0);
  for (int& count : same) {
    threads.emplace_back([&] {
      RuleOutcomes outcomes;
      for (int i = 0; i < 50; ++i) {
        rule_set.Evaluate(rows.table(), outcomes);
        count += outcomes.rules[0].fires == expected.rules[0].fires &&
                 outcomes.rules[1].fires == expected.rules[1].fires;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(same, ElementsAre(50, 50, 50, 50));
}

// What a hit's id rests on.
class HitIdTest : public testing::Test {
 protected:
  static FactRows Rows() {
    FactRows rows({{FactId::sponsor_distinct_children, {90 * kMinutesPerDay}}});
    rows.Flight().Party().Person("1", {{"pax.child", "true"},
                                       {"booking.lead_hours", "33.5"},
                                       {"booking.payment", "cash"},
                                       {"sponsor.distinct_children(90)", "4"},
                                       {"flight.carrier", "ZZ"}});
    rows.Person("2", {{"pax.child", "false"}});
    return rows;
  }
  static std::string Text(const std::string& points = "1") {
    return ProfileText(
        {{.id = "R-1",
          .level = "party",
          .points = points,
          .when = "pax.child and booking.lead_hours < 72 and booking.payment = cash and "
                  "sponsor.distinct_children(90 days) >= 3",
          .unless = "party.organised_group = true or flight.carrier = \"YY\""}});
  }
  static std::string Id(const FactRows& rows, const std::string& text = Text()) {
    const std::vector<Hit> hits = HitsOf(text, rows);
    return hits.size() == 1 ? hits[0].id : "";
  }
};

TEST_F(HitIdTest, IsAHashOfFiveLines) {
  const std::string facts =
      "\"1\"\npax.child=true\nsponsor.distinct_children(129600 "
      "minutes)=4\nbooking.lead_hours=33.5\n"
      "booking.payment=\"cash\"\nparty.organised_group=null\nflight.carrier=\"ZZ\"\n";
  const std::string lines =
      "ZZ101 2026-11-22 LOS LHR\nR-1\n1\nsha256:" + ProfileHash(*Load(Text())) + "\n" +
      Sha256Hex(facts) + "\n";
  EXPECT_EQ(Id(Rows()), "H-" + Sha256Hex(lines).substr(0, 16));
}

TEST_F(HitIdTest, ChangesWithAFactOfTheRule) {
  FactRows lead = Rows(), count = Rows(), known = Rows();
  lead.Set(0, "booking.lead_hours", "33.25");
  count.Set(0, "sponsor.distinct_children(90)", "5");
  known.Set(0, "party.organised_group", "false");
  const std::set<std::string> ids = {Id(Rows()), Id(lead), Id(count), Id(known)};
  EXPECT_EQ(ids.size(), 4u);
  EXPECT_FALSE(ids.contains(""));
}

TEST_F(HitIdTest, ChangesWithTheProfile) { EXPECT_NE(Id(Rows()), Id(Rows(), Text("2"))); }

TEST_F(HitIdTest, ChangesWithTheFlight) {
  const RuleSet rule_set(Load(Text()));
  const FactRows rows = Rows();
  HitContext context = rows.Context();
  context.flight.departs_on = MakeDate(2026, 11, 23);
  EXPECT_NE(HitsOf(rule_set, rows, context)[0].id, Id(rows));
}

TEST_F(HitIdTest, StaysWithOtherFactsAndOtherPeople) {
  FactRows rows = Rows();
  rows.Set(0, "pax.bags", "3");
  rows.Set(1, "booking.lead_hours", "1");
  EXPECT_EQ(Id(rows), Id(Rows()));
}

// Another place in the batch is another row and other numbers of texts.
TEST_F(HitIdTest, StaysWhereverTheFlightStandsInTheBatch) {
  FactRows rows({{FactId::sponsor_distinct_children, {90 * kMinutesPerDay}}});
  rows.Flight().Party().Person("x", {{"flight.carrier", "XX"}, {"booking.agency", "agency-1"}});
  rows.Flight().Party().Person("1", {{"pax.child", "true"},
                                     {"booking.lead_hours", "33.5"},
                                     {"booking.payment", "cash"},
                                     {"sponsor.distinct_children(90)", "4"},
                                     {"flight.carrier", "ZZ"}});
  rows.Person("2", {{"pax.child", "false"}});
  const std::vector<Hit> hits = HitsOf(Text(), rows, 1);
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_EQ(hits[0].id, Id(Rows()));
}

}  // namespace
}  // namespace landfall::rules
