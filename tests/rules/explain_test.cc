// Explanations as docs/RULES.md, "Explanation", prints them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/json_writer.h"
#include "rules/profile.h"
#include "rules/rule_set.h"
#include "tests/rules/fact_rows.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

std::shared_ptr<const Profile> Load(const std::string& text) {
  LoadResult result = LoadProfile(text, nullptr);
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (!diagnostic.warning) ADD_FAILURE() << Format(diagnostic, "test.rules", text);
  }
  return result.profile;
}

void AppendTerms(const std::vector<Term>& terms, std::string& out);

void AppendTerm(const Term& term, std::string& out) {
  JsonObject object(out);
  object.Field("term", term.text);
  object.Field("outcome", term.outcome);
  if (term.values.size() == 1) object.Begin("value") += term.values[0].json;
  if (term.values.size() > 1) {
    JsonObject values(object.Begin("values"));
    for (const TermValue& value : term.values) values.Begin(value.fact) += value.json;
  }
  object.Field("source", term.source);
  object.Field("evidence", term.evidence);
  if (!term.terms.empty()) AppendTerms(term.terms, object.Begin("terms"));
}

void AppendTerms(const std::vector<Term>& terms, std::string& out) {
  out += '[';
  for (const Term& term : terms) {
    if (&term != &terms.front()) out += ",\n ";
    AppendTerm(term, out);
  }
  out += ']';
}

std::string ToJson(const std::vector<Term>& terms) {
  std::string out;
  AppendTerms(terms, out);
  return out;
}

// The terms of a condition on a row.
std::string WhenOf(const std::string& when, const FactRows& rows, std::uint32_t row = 0,
                   const std::string& blocks = "") {
  const std::shared_ptr<const Profile> profile = Load(ProfileWith(when, blocks));
  if (profile == nullptr) return "";
  Hit hit;
  Explain(profile->rules[0], *profile, rows.table(), row, rows.Context(), hit);
  return ToJson(hit.when);
}

constexpr std::int64_t kNinetyDays = 90 * kMinutesPerDay;

TEST(ExplainTest, IsTheRecordOfTheSpecification) {
  const std::shared_ptr<const Profile> profile = Load(R"(profile p "P" version 1

rule CP-005 "Sponsor has met three or more other children in 90 days"
  level cross_flight
  severity high
  points 11
  when
    pax.child and sponsor.present and sponsor.distinct_children(90 days) >= 3
    and sponsor.close_relative is not true
  unless
    address.known_institution = true or party.organised_group = true
  why "Sponsor has received {sponsor.distinct_children(90 days)} different children in the 90 days before"
  source "s"
  fairness "f"
  review_by 2027-02-01
)");
  ASSERT_NE(profile, nullptr);
  FactRows rows({{FactId::sponsor_distinct_children, {kNinetyDays}}});
  rows.Flight().Party().Person("1", {{"pax.child", "true"},
                                     {"sponsor.present", "true"},
                                     {"sponsor.distinct_children(90)", "4"},
                                     {"address.known_institution", "false"}});
  HitContext context = rows.Context();
  context.source = [](FactId fact, std::uint32_t) -> std::string {
    if (fact == FactId::pax_child) return "API birth date 2014-03-02";
    if (fact == FactId::sponsor_present) return "vignette VG0012345";
    return std::string(Info(fact).source);
  };
  context.evidence = [](FactId fact, const Window& window,
                        std::uint32_t row) -> std::vector<std::string> {
    EXPECT_EQ(fact, FactId::sponsor_distinct_children);
    EXPECT_EQ(window, Window{kNinetyDays});
    EXPECT_EQ(row, 0u);
    return {"ENT-88121 2026-09-03", "ENT-90210 2026-09-29", "ENT-90877 2026-10-14",
            "ENT-91877 2026-10-30"};
  };
  Hit hit;
  Explain(profile->rules[0], *profile, rows.table(), 0, context, hit);
  EXPECT_EQ(hit.rule, "CP-005");
  EXPECT_EQ(hit.points, 11);
  EXPECT_EQ(hit.text, "Sponsor has received 4 different children in the 90 days before");
  EXPECT_EQ(
      ToJson(hit.when),
      R"([{"term":"pax.child","outcome":"true","value":true,"source":"API birth date 2014-03-02"},)"
      "\n "
      R"({"term":"sponsor.present","outcome":"true","value":true,"source":"vignette VG0012345"},)"
      "\n "
      R"({"term":"sponsor.distinct_children(90 days) >= 3","outcome":"true","value":4,"source":"history",)"
      R"("evidence":["ENT-88121 2026-09-03","ENT-90210 2026-09-29","ENT-90877 2026-10-14","ENT-91877 2026-10-30"]},)"
      "\n "
      R"({"term":"sponsor.close_relative is not true","outcome":"true","value":null,"source":"derived: not known"}])");
  EXPECT_EQ(
      ToJson(hit.unless),
      R"([{"term":"address.known_institution = true","outcome":"false","value":false,"source":"registers"},)"
      "\n "
      R"({"term":"party.organised_group = true","outcome":"unknown","value":null,"source":"PNR group/list: not known"}])");
}

struct TermCase {
  std::string name, when, json;
};

class TermTest : public testing::TestWithParam<TermCase> {
 protected:
  static FactRows Rows() {
    FactRows rows(
        {{FactId::pax_entries, {kNinetyDays}}, {FactId::pax_entries, {kNinetyDays, true}}});
    rows.Flight().Party();
    rows.Person("1", {{"pax.child", "true"},
                      {"pax.age", "9"},
                      {"booking.lead_hours", "33.5"},
                      {"party.adults", "1"},
                      {"booking.payment", "cash"},
                      {"pax.nationality", "XXA"},
                      {"flight.number", "ZZ\"1"},
                      {"escort.relationship", "not_related"},
                      {"pax.entries(90)", "4"}});
    rows.Person("2", {{"pax.child", "false"},
                      {"pax.age", "40"},
                      {"party.adults", "1"},
                      {"pax.one_way", "true"}});
    return rows;
  }
};

TEST_P(TermTest, IsExplained) {
  EXPECT_EQ(WhenOf(GetParam().when, Rows(), 0,
                   "\ndefine alone = party.adults = 0 and service.umnr = false\n"),
            GetParam().json);
}

INSTANTIATE_TEST_SUITE_P(
    Section14, TermTest,
    testing::Values(
        TermCase{
            "Int", "pax.age in 5..15",
            R"j([{"term":"pax.age in 5..15","outcome":"true","value":9,"source":"API birth date"}])j"},
        TermCase{
            "Num", "booking.lead_hours < 12.0",
            R"j([{"term":"booking.lead_hours < 12.0","outcome":"false","value":33.5,"source":"PNR"}])j"},
        TermCase{
            "Enum", "booking.payment != card",
            R"j([{"term":"booking.payment != card","outcome":"true","value":"cash","source":"PNR"}])j"},
        TermCase{
            "Text", "flight.number = \"X\"",
            R"j([{"term":"flight.number = \"X\"","outcome":"false","value":"ZZ\"1","source":"schedule"}])j"},
        TermCase{
            "EnumUnknownIsAValue", "sponsor.relationship in [not_related, unknown]",
            R"j([{"term":"sponsor.relationship in [not_related, unknown]","outcome":"true","value":"unknown","source":"visa/UM form"}])j"},
        TermCase{
            "UnknownFact", "pax.bags > 2",
            R"j([{"term":"pax.bags > 2","outcome":"unknown","value":null,"source":"DCS: not known"}])j"},
        TermCase{
            "IsUnknown", "pax.bags is unknown",
            R"j([{"term":"pax.bags is unknown","outcome":"true","value":null,"source":"DCS: not known"}])j"},
        TermCase{
            "SeveralFacts", "pax.age + pax.bags * 2 > pax.age",
            R"j([{"term":"pax.age + pax.bags * 2 > pax.age","outcome":"unknown","values":{"pax.age":9,"pax.bags":null},)j"
            R"j("source":"API birth date; DCS: not known"}])j"},
        TermCase{
            "Window", "pax.entries(90 days) >= 4 and pax.entries(90 days, including_this) >= 4",
            R"j([{"term":"pax.entries(90 days) >= 4","outcome":"true","value":4,"source":"history"},)j"
            "\n "
            R"j({"term":"pax.entries(90 days, including_this) >= 4","outcome":"unknown","value":null,"source":"history: not known"}])j"},
        TermCase{
            "GroupHasTermsOfItsOwn", "pax.child and (pax.age < 5 or booking.payment = cash)",
            R"j([{"term":"pax.child","outcome":"true","value":true,"source":"derived"},)j"
            "\n "
            R"j({"term":"(pax.age < 5 or booking.payment = cash)","outcome":"true","terms":)j"
            R"j([{"term":"pax.age < 5","outcome":"false","value":9,"source":"API birth date"},)j"
            "\n "
            R"j({"term":"booking.payment = cash","outcome":"true","value":"cash","source":"PNR"}]}])j"},
        TermCase{
            "NotOfAGroupToo", "not (pax.age < 5 and pax.one_way = true)",
            R"j([{"term":"not (pax.age < 5 and pax.one_way = true)","outcome":"true","terms":)j"
            R"j([{"term":"pax.age < 5","outcome":"false","value":9,"source":"API birth date"},)j"
            "\n "
            R"j({"term":"pax.one_way = true","outcome":"unknown","value":null,"source":"PNR/visa: not known"}]}])j"},
        TermCase{
            "DefineByItsName", "pax.child and alone",
            R"j([{"term":"pax.child","outcome":"true","value":true,"source":"derived"},)j"
            "\n "
            R"j({"term":"alone","outcome":"false","values":{"party.adults":1,"service.umnr":null},)j"
            R"j("source":"derived; PNR SSR UMNR: not known"}])j"},
        TermCase{
            "QuantifierCountsWhomItIsTrueFor",
            "pax.child and (any p in party.members where (p.age < 12))",
            R"j([{"term":"pax.child","outcome":"true","value":true,"source":"derived"},)j"
            "\n "
            R"j({"term":"(any p in party.members where (p.age < 12))","outcome":"true","value":1,"source":"derived"}])j"},
        TermCase{
            "Count", "(count p in flight.passengers where (p.age >= 9)) > party.adults",
            R"j([{"term":"(count p in flight.passengers where (p.age >= 9)) > party.adults","outcome":"true",)j"
            R"j("values":{"flight.passengers":2,"party.adults":1},"source":"derived"}])j"},
        TermCase{
            "CountThatIsOpen", "(count p in party.members where (p.one_way = true)) >= 2",
            R"j([{"term":"(count p in party.members where (p.one_way = true)) >= 2","outcome":"unknown",)j"
            R"j("value":null,"source":"derived: not known"}])j"},
        TermCase{
            "QuantifierOverTheRowsFacts", "any p in party.members where (p.age > pax.age)",
            R"j([{"term":"any p in party.members where (p.age > pax.age)","outcome":"true","value":9,"source":"API birth date"}])j"}),
    [](const auto& test) { return test.param.name; });

struct WhyCase {
  std::string name, why, text;
};

class WhyTest : public testing::TestWithParam<WhyCase> {};

TEST_P(WhyTest, Renders) {
  FactRows rows({{FactId::pax_entries, {kNinetyDays}}});
  rows.Flight().Party().Person("1", {{"pax.child", "true"},
                                     {"pax.one_way", "false"},
                                     {"pax.age", "9"},
                                     {"pax.bags", "-12"},
                                     {"booking.lead_hours", "33.456"},
                                     {"pax.transit_hours", "2.5"},
                                     {"flight.unaccompanied_vs_usual", "3"},
                                     {"escort.watch_score", "43"},
                                     {"escort.relationship", "not_related"},
                                     {"pax.entries(90)", "4"},
                                     {"flight.port", "LHR"}});
  Rule rule;
  rule.why = GetParam().why;
  EXPECT_EQ(RenderWhy(rule, rows.table(), 0), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Section14, WhyTest,
    testing::Values(WhyCase{"Plain", "Entry clearance needed but none found",
                            "Entry clearance needed but none found"},
                    WhyCase{"Int", "Child aged {pax.age} alone", "Child aged 9 alone"},
                    WhyCase{"NegativeInt", "{pax.bags}", "-12"},
                    WhyCase{"YesNo", "{pax.child} {pax.one_way}", "yes no"},
                    WhyCase{"NumHasTwoDecimals", "Booked {booking.lead_hours} h before",
                            "Booked 33.46 h before"},
                    WhyCase{"NumWithoutTrailingZeros",
                            "{pax.transit_hours} {flight.unaccompanied_vs_usual}", "2.5 3"},
                    WhyCase{"EnumWithBlanks", "{escort.relationship}", "not related"},
                    WhyCase{"UnknownEnumValue", "{sponsor.vetting}", "not known"},
                    WhyCase{"Unknown", "adult {escort.watch_score}, sponsor {sponsor.watch_score}",
                            "adult 43, sponsor not known"},
                    WhyCase{"Code", "at {flight.port}", "at LHR"},
                    WhyCase{"Window", "{pax.entries(90 days)} entries", "4 entries"},
                    WhyCase{"WindowWithoutAColumn", "{pax.entries(1 year)} entries",
                            "not known entries"},
                    WhyCase{"Brace", "{{pax.age} is {pax.age}", "{pax.age} is 9"}),
    [](const auto& test) { return test.param.name; });

// A hit of several children is explained on the first; one of nobody on the first row of its group.
TEST(ExplainTest, AHitIsExplainedOnTheFirstItNames) {
  FactRows rows;
  rows.Flight().Party().Person("1", {{"pax.child", "false"}, {"pax.age", "40"}});
  rows.Person("2", {{"pax.child", "true"}, {"pax.age", "9"}})
      .Person("3", {{"pax.child", "true"}, {"pax.age", "7"}});
  const RuleSet rule_set(Load(ProfileWith("pax.age > 5", "", "party")));
  RuleOutcomes outcomes;
  rule_set.Evaluate(rows.table(), outcomes);
  const std::vector<Hit> hits = rule_set.Hits(rows.table(), outcomes, 0, rows.Context());
  ASSERT_EQ(hits.size(), 1u);
  EXPECT_THAT(hits[0].travellers, testing::ElementsAre("2", "3"));
  EXPECT_EQ(ToJson(hits[0].when),
            R"([{"term":"pax.age > 5","outcome":"true","value":9,"source":"API birth date"}])");
}

// The same record from the profile as compiled and from the rule by itself.
TEST(ExplainTest, ByItselfIsWhatTheHitSays) {
  FactRows rows;
  rows.Flight().Party().Person("1", {{"pax.child", "true"}, {"pax.age", "9"}});
  const std::shared_ptr<const Profile> profile =
      Load(ProfileWith("pax.child and (pax.age > 5 or pax.bags = 0)"));
  const RuleSet rule_set(profile);
  RuleOutcomes outcomes;
  rule_set.Evaluate(rows.table(), outcomes);
  const std::vector<Hit> hits = rule_set.Hits(rows.table(), outcomes, 0, rows.Context());
  ASSERT_EQ(hits.size(), 1u);
  Hit alone;
  Explain(profile->rules[0], *profile, rows.table(), 0, rows.Context(), alone);
  EXPECT_EQ(alone.when, hits[0].when);
  EXPECT_EQ(alone.text, hits[0].text);
}

}  // namespace
}  // namespace landfall::rules
