#include "rules/checker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/words.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

struct MessageCase {
  std::string name, when;
  std::vector<std::string> messages;
};
class MessageTest : public testing::TestWithParam<MessageCase> {};
TEST_P(MessageTest, IsVerbatim) {
  EXPECT_EQ(MessagesOfCondition(GetParam().when), GetParam().messages);
}

INSTANTIATE_TEST_SUITE_P(
    Section11, MessageTest,
    testing::Values(
        MessageCase{
            "UnknownField", "pax.chld", {"5 unknown field 'pax.chld' - did you mean pax.child?"}},
        MessageCase{"UnknownFieldFarOff",
                    "pax.shoe_size_in_paris",
                    {"5 unknown field 'pax.shoe_size_in_paris'"}},
        MessageCase{"Compare", "party.adults = \"none\"", {"20 cannot compare int with text"}},
        MessageCase{"NeedsWindow",
                    "sponsor.distinct_children >= 3",
                    {"5 'sponsor.distinct_children' needs a time window, for example "
                     "sponsor.distinct_children(90 days)"}},
        MessageCase{"NoWindow", "pax.age(90 days) >= 3", {"5 'pax.age' takes no time window"}},
        MessageCase{"EnumValue",
                    "visa.kind = acompanied",
                    {"17 'acompanied' is not a value of this field; values: none, accompanied, "
                     "unaccompanied, family, student, "
                     "settlement, other - did you mean accompanied?"}},
        MessageCase{"EnumValueInSet",
                    "visa.kind in [none, \"nun\"]",
                    {"25 'nun' is not a value of this field; values: none, accompanied, "
                     "unaccompanied, family, student, "
                     "settlement, other - did you mean none?"}},
        MessageCase{
            "KeywordAsEnumValue",
            "doc.type = any",
            {"16 'any' is not a value of this field; values: passport, id_card, travel_doc, none"}},
        MessageCase{"NotEqualOfYesNo",
                    "pax.one_way != true",
                    {"17 '!=' on a yes/no field ignores unknown values - write 'is not true' (also "
                     "covers unknown) or '= false'"}},
        MessageCase{"YesNoNeeded",
                    "pax.child and pax.age",
                    {"19 a yes/no condition is needed here, but this is int"}},
        MessageCase{"YesNoNeededAfterNot",
                    "not visa.kind",
                    {"9 a yes/no condition is needed here, but this is enum"}},
        MessageCase{"YesNoNeededInIs",
                    "pax.age is true",
                    {"5 a yes/no condition is needed here, but this is int"}},
        MessageCase{"YesNoNeededInBody",
                    "any p in party.members where (p.age)",
                    {"35 a yes/no condition is needed here, but this is int"}},
        MessageCase{"BareCount",
                    "count p in party.members where (p.child)",
                    {"5 a yes/no condition is needed here, but this is int"}},
        MessageCase{"OrderOfText", "flight.number < \"ZZ\"", {"19 '<' does not work on text"}},
        MessageCase{"OrderOfEnum", "visa.kind >= none", {"15 '>=' does not work on enum"}},
        MessageCase{"OrderOfBool", "pax.child > pax.boarded", {"15 '>' does not work on bool"}},
        MessageCase{
            "Arithmetic", "pax.age + visa.kind > 1", {"15 arithmetic works on numbers only"}},
        MessageCase{
            "ArithmeticOfBool", "pax.child * 2 > 1", {"5 arithmetic works on numbers only"}},
        MessageCase{"NoList", "pax.nationality in @host_scheme", {"24 no list named @host_scheme"}},
        MessageCase{
            "NoPeople",
            "any p in party.size where (p.child)",
            {"14 'party.size' is not a list of people - lists: party.members, flight.passengers"}},
        MessageCase{"NestedThroughNothing",
                    "any p in party.members where (p.child and p.age in 5..15)",
                    {}},
        MessageCase{"Duration", "pax.stay_days > 28 days", {"21 cannot compare int with duration"}},
        MessageCase{"Date", "pax.stay_days > 2027-01-01", {"21 cannot compare int with date"}},
        MessageCase{"IntWithNum", "pax.age > 1.5 and booking.lead_hours < 3", {}},
        MessageCase{"BoolWithBool", "pax.child = pax.boarded", {}},
        MessageCase{"EnumWithEnum", "escort.watch_match = sponsor.watch_match", {}},
        MessageCase{"OtherEnum",
                    "visa.kind = doc.type",
                    {"17 cannot compare enum with enum - these fields have different values"}},
        MessageCase{"NameKeys",
                    "any p in party.members where (p.family_name_key != pax.family_name_key)",
                    {}},
        MessageCase{"NameKeyWithText",
                    "pax.family_name_key = \"x\"",
                    {"5 'pax.family_name_key' may be compared only with another name key"}},
        MessageCase{"NameKeyWithOtherText",
                    "booking.agency = pax.family_name_key",
                    {"22 'pax.family_name_key' may be compared only with another name key"}},
        MessageCase{"NameKeyInSet",
                    "pax.family_name_key in [\"x\"]",
                    {"5 'pax.family_name_key' may be compared only with another name key"}},
        MessageCase{
            "Country", "pax.nationality = \"XYZ\"", {"23 'XYZ' is not a country code such as GBR"}},
        MessageCase{"CountryWord", "pax.nationality = NO", {"23 unknown name 'NO'"}},
        MessageCase{"Airport",
                    "flight.port in [\"LHR\", \"lgw\"]",
                    {"28 'lgw' is not an airport code such as LHR"}},
        MessageCase{"Carrier",
                    "flight.carrier = \"12\"",
                    {"22 '12' is not a carrier code such as ZZ or ZZZ"}},
        MessageCase{
            "Route", "flight.route = \"LOSLHR\"", {"20 'LOSLHR' is not a route such as LOS-LHR"}},
        MessageCase{"Codes",
                    "flight.route = \"LOS-LHR\" and flight.carrier in [\"ZZ\", \"Z9\", \"ZZZ\"] "
                    "and flight.port = \"LHR\"",
                    {}},
        MessageCase{"SetOfOtherType", "pax.age in [1, \"x\"]", {"20 cannot compare int with text"}},
        MessageCase{
            "RangeOfText", "flight.number in \"a\"..\"b\"", {"22 '..' does not work on text"}},
        MessageCase{"RangeOfTexts", "pax.age in 1..\"b\"", {"19 cannot compare int with text"}},
        MessageCase{"CountInSum",
                    "(count p in party.members where (p.child)) + 1 > 2",
                    {"6 count may only be compared with a number, for example >= 2"}},
        MessageCase{"CountInRange",
                    "(count p in party.members where (p.child)) in 1..2",
                    {"6 count may only be compared with a number, for example >= 2"}},
        MessageCase{"UnknownIsNoValue",
                    "pax.age = unknown",
                    {"15 'unknown' is no value here - write is unknown"}},
        MessageCase{"MemberOfParty",
                    "any p in party.members where (p.party.size > 1)",
                    {"35 unknown field 'p.party.size'"}},
        MessageCase{"MemberSuggestion",
                    "any p in party.members where (p.vsa.kind = none)",
                    {"35 unknown field 'p.vsa.kind' - did you mean p.visa.kind?"}},
        MessageCase{
            "ListOfPeopleCompared", "party.members = 3", {"21 cannot compare list<pax> with int"}},
        MessageCase{"UnresolvedHasEveryType",
                    "pax.chld = 3 and pax.chld and pax.chld + 1 > 2 and visa.kindd = family",
                    {"5 unknown field 'pax.chld' - did you mean pax.child?",
                     "22 unknown field 'pax.chld' - did you mean pax.child?",
                     "35 unknown field 'pax.chld' - did you mean pax.child?",
                     "56 unknown field 'visa.kindd' - did you mean visa.kind?"}}),
    [](const auto& test) { return test.param.name; });

TEST(CheckerTest, ListsAreOfTheFieldsType) {
  const std::string lists =
      "list @host_schemes : text = [\"A\"]\nlist @routes : route = []\nlist @numbers : num = [1, "
      "2.5]\n";
  const auto problems = [&](std::string_view when) {
    return Messages(LoadProfile(ProfileWith(when, lists), nullptr).diagnostics);
  };
  EXPECT_THAT(problems("pax.nationality in @routes"),
              ElementsAre("24 list @routes holds route values but this field is country"));
  EXPECT_THAT(problems("flight.number in @host_scheme"),
              ElementsAre("22 no list named @host_scheme - did you mean @host_schemes?"));
  EXPECT_THAT(
      problems(
          "flight.number in @host_schemes and pax.age in @numbers and flight.route not in @routes"),
      IsEmpty());
}

TEST(CheckerTest, DefinesAreConditionsAndDoNotNestQuantifiers) {
  const std::string defines =
      "define some = any p in party.members where (p.child)\ndefine old = pax.age > 3\n";
  const auto problems = [&](std::string_view when) {
    return Messages(LoadProfile(ProfileWith(when, defines), nullptr).diagnostics);
  };
  EXPECT_THAT(problems("some and old and old = true and not old"), IsEmpty());
  EXPECT_THAT(problems("any p in party.members where (p.child and some)"),
              ElementsAre("47 any/every/no/count may not be nested (keeps rules bounded)"));
  EXPECT_THAT(problems("any old in party.members where (old.child)"),
              ElementsAre("5 'old' names a define - use another word for the people"));
  EXPECT_THAT(problems("olld"), ElementsAre("5 unknown name 'olld' - did you mean old?"));
  EXPECT_THAT(
      Messages(LoadProfile(ProfileWith("pax.child", "define n = pax.age\n"), nullptr).diagnostics),
      ElementsAre("12 a yes/no condition is needed here, but this is int"));
}

// 900 times 14 references, and 20 for a window that is used in each.
TEST(CheckerTest, CostHasALimit) {
  std::string body = "m.child";
  for (int i = 0; i < 10; ++i) body += " and m.child";
  EXPECT_THAT(MessagesOfCondition("any m in flight.passengers where (" + body + ")"),
              IsEmpty());  // 9,900
  const std::string over = "any m in flight.passengers where (" + body +
                           " and m.entries(90 days) + m.entries(90 days) > 2)";
  EXPECT_THAT(MessagesOfCondition(over), ElementsAre("1 cost 11,720 is over the limit of 10,000"));
  EXPECT_THAT(MessagesOfCondition("any m in flight.passengers where (" + body +
                                  ") and pax.entries(1 day) > 0 and pax.entries(2 days) > 0"
                                  " and pax.entries(3 days) > 0 and pax.entries(4 days) > 0"),
              IsEmpty());  // 9,984
  EXPECT_THAT(
      MessagesOfCondition(
          "(any m in flight.passengers where (" + body +
          ")) and pax.entries(1 day) > 0 and pax.entries(2 days) > 0"
          " and pax.entries(3 days) > 0 and pax.entries(4 days) > 0 and pax.entries(5 days) > 0"),
      ElementsAre("1 cost 10,005 is over the limit of 10,000"));
}

TEST(CheckerTest, DefinesThatDoubleEachOtherAreRefused) {
  std::string defines = "define d0 = true\n";
  for (int i = 1; i < 60; ++i) {
    const std::string above = "d" + std::to_string(i - 1);
    defines += "define d" + std::to_string(i) + " = " + above + " and " + above + "\n";
  }
  EXPECT_THAT(Messages(LoadProfile(ProfileWith("d59", defines), nullptr).diagnostics),
              Contains("1 this condition is too large with its defines written out"));
}

TEST(CheckerTest, ALongChainOfDefinesDoesNotCrash) {
  std::string defines = "define d0 = true\n";
  for (int i = 1; i < 50'000; ++i)
    defines += "define d" + std::to_string(i) + " = d" + std::to_string(i - 1) + "\n";
  EXPECT_THAT(Messages(LoadProfile(ProfileWith("d49999", defines), nullptr).diagnostics),
              Contains("1 this condition is too large with its defines written out"));
}

TEST(CheckerTest, CrossFlightNeedsAWindow) {
  EXPECT_THAT(
      Messages(LoadProfile(ProfileWith("pax.child", "", "cross_flight"), nullptr).diagnostics),
      ElementsAre("1 a cross_flight rule needs a window function"));
  EXPECT_THAT(
      Messages(LoadProfile(ProfileWith("any p in party.members where (p.entries(1 day) > 0)", "",
                                       "cross_flight"),
                           nullptr)
                   .diagnostics),
      IsEmpty());
  // What cannot be read may hold the window.
  EXPECT_THAT(
      Messages(LoadProfile(ProfileWith("pax.entrie(1 day) > 0", "", "cross_flight"), nullptr)
                   .diagnostics),
      ElementsAre("5 unknown field 'pax.entrie' - did you mean pax.entries?"));
}

TEST(CheckerTest, AWindowBeyondTheEventLogIsAWarning) {
  const LoadResult result = LoadProfile(
      ProfileWith("pax.entries(6 years) > 2 and doc.distinct_holders(5 years) > 1"), nullptr);
  ASSERT_TRUE(result.ok());
  ASSERT_EQ(result.diagnostics.size(), 1u);
  EXPECT_TRUE(result.diagnostics[0].warning);
  EXPECT_EQ(Format(result.diagnostics[0], "a.rules", ""),
            "a.rules:3:1: rule R-1: warning: the window of pax.entries is longer than the 5 years "
            "that events are kept: "
            "it is always unknown");
}

std::string Rule(std::string_view lines) {
  return "profile p \"P\" version 1\ndefine young = pax.age < 12\nrule R \"r\"\n  review_by "
         "2027-01-01\n" +
         std::string(lines);
}
std::vector<std::string> Problems(std::string_view lines) {
  return Messages(LoadProfile(Rule(lines), nullptr).diagnostics);
}
constexpr std::string_view kRest =
    "  level party\n  severity low\n  points 1\n  source \"s\"\n  fairness \"f\"\n";

TEST(CheckerTest, RequiredLines) {
  EXPECT_THAT(Problems(""), ElementsAre("1 missing 'level'", "1 missing 'severity'",
                                        "1 missing 'points'", "1 missing 'when'", "1 missing 'why'",
                                        "1 missing 'source'", "1 missing 'fairness'"));
  EXPECT_THAT(Problems(std::string(kRest) + "  why \"w\"\n  when\n    pax.child\n"), IsEmpty());
}

TEST(CheckerTest, EveryProtectedClassNeedsItsReason) {
  const auto problems = [](std::string_view when, std::string_view more = "") {
    return Problems(std::string(kRest) + "  why \"w\"\n  when\n    " + std::string(when) + "\n" +
                    std::string(more));
  };
  EXPECT_THAT(
      problems(
          "pax.age > 3 and pax.sex = F and pax.residence = \"GBR\" and pax.nationality is known"),
      ElementsAre("1 uses protected data (age) but has no 'justify' line",
                  "1 uses protected data (sex) but has no 'justify' line",
                  "1 uses protected data (nationality) but has no 'justify' line",
                  "1 uses protected data (nationality-proxy) but has no 'justify' line"));
  EXPECT_THAT(problems("young"),
              ElementsAre("1 uses protected data (age) but has no 'justify' line"));
  EXPECT_THAT(problems("pax.child", "  unless\n    young\n"),
              ElementsAre("1 uses protected data (age) but has no 'justify' line"));
  EXPECT_THAT(problems("any m in party.members where (m.age < 3)"),
              ElementsAre("1 uses protected data (age) but has no 'justify' line"));
  EXPECT_THAT(problems("pax.age > 3", "  justify age: \"because\"\n"), IsEmpty());
  EXPECT_THAT(problems("pax.child and pax.visa_required"), IsEmpty());
}

TEST(CheckerTest, TheSentenceNamesFactsOfTheRule) {
  const auto problems = [](std::string_view why) {
    return Problems(std::string(kRest) +
                    "  justify age: \"j\"\n  when\n    young and escort.watch_match = strong and "
                    "pax.entries(12 months) > 2\n"
                    "  why \"" +
                    std::string(why) + "\"\n");
  };
  EXPECT_THAT(problems("{pax.age}, {{ and }, {escort.watch_score}, {pax.entries(360 days)}"),
              IsEmpty());
  EXPECT_THAT(problems("é \\\" {pax.bags}"),
              ElementsAre("13 'why' names 'pax.bags', which is no fact of this rule"));
  EXPECT_THAT(problems("{sponsor.watch_score}"),
              ElementsAre("8 'why' names 'sponsor.watch_score', which is no fact of this rule"));
  EXPECT_THAT(problems("{pax.entries(90 days)}"),
              ElementsAre("8 'why' names 'pax.entries(90 days)', which is no fact of this rule"));
  EXPECT_THAT(problems("{pax.entries}"), ElementsAre(HasSubstr("8 'why' names 'pax.entries'")));
  EXPECT_THAT(problems("a {pax.age"),
              ElementsAre("10 this brace is not closed - write {{ for a brace itself"));
  EXPECT_THAT(problems("{}"), ElementsAre(HasSubstr("8 'why' names ''")));
}

TEST(CheckerTest, AnOverlayKeepsTheParameters) {
  const BaseReader base = [](std::string_view) -> absl::StatusOr<ProfileSource> {
    return ProfileSource{"profile base \"B\" version 1\n", nullptr};
  };
  EXPECT_THAT(
      Messages(LoadProfile("profile p \"P\" version 1 extends base\n  owner a\n  meet_from 12\n",
                           nullptr, base)
                   .diagnostics),
      ElementsAre("3 a profile that extends another may not change its parameters"));
}

TEST(CheckerTest, ListFilesAreReadAndTheirProblemsAreWarnings) {
  const std::string text =
      "profile p \"P\" version 1\nlist @a : country from a.csv\nlist @b : text from b.csv\n";
  const LoadResult result =
      LoadProfile(text, [](std::string_view path) -> absl::StatusOr<std::string> {
        if (path != "a.csv") return absl::NotFoundError("none");
        return "# comment\nGB , note\r\n\n FRA\nGBR,twice\nXX\nYY # comment\n";
      });
  ASSERT_TRUE(result.ok());
  EXPECT_THAT(result.profile->lists[0].values, ElementsAre("FRA", "GBR"));
  EXPECT_THAT(result.profile->lists[1].values, IsEmpty());
  EXPECT_THAT(
      Messages(result.diagnostics),
      ElementsAre("1 list @a: a.csv line 6: 'XX' is not a country code such as GBR, and 1 more",
                  "1 list @b: b.csv cannot be read, the list is empty"));
}

TEST(CheckerTest, AListFileHoldsAMillionValues) {
  std::string values;
  for (int i = 0; i < 1'000'001; ++i) values += std::to_string(i) + "\n";
  const auto load = [&](const std::string& file) {
    return LoadProfile("profile p \"P\" version 1\nlist @a : int from a\n",
                       [&](std::string_view) { return file; });
  };
  EXPECT_THAT(Messages(load(values).diagnostics),
              ElementsAre("1 list @a has more than 1,000,000 values"));
  EXPECT_TRUE(load(values.substr(2)).ok());
}

TEST(SuggestionTest, IsTheNearestFirst) {
  EXPECT_EQ(EditDistance("kitten", "sitting"), 3);
  EXPECT_EQ(EditDistance("", "abc"), 3);
  EXPECT_EQ(DidYouMean("aab", {"aaa", "aac"}), " - did you mean aaa?");
  EXPECT_EQ(DidYouMean("ab", {"abcd"}), " - did you mean abcd?");
  EXPECT_EQ(DidYouMean("ab", {"abcde"}), "");
  EXPECT_EQ(DidYouMean("abcdefghijkl", {"abcdefghXXXX"}),
            " - did you mean abcdefghXXXX?");                 // 4 of 12
  EXPECT_EQ(DidYouMean("abcdefghijk", {"abcdefgXXXX"}), "");  // 4 of 11
}

std::string AllFormatted(const std::string& path, std::string_view file) {
  const std::string text = ReadTestFile(path);
  std::string all;
  for (const Diagnostic& d : LoadProfile(text, nullptr).diagnostics)
    all += Format(d, file, text) + "\n";
  return all;
}

TEST(BadFileTest, OwnFileGivesItsGoldenText) {
  const std::string folder = LANDFALL_SOURCE_DIR "/tests/rules/testdata";
  EXPECT_EQ(AllFormatted(folder + "/bad.rules", "bad.rules"), ReadTestFile(folder + "/bad.golden"));
}

// The errors of section 11, word for word.
TEST(BadFileTest, ReferenceFileGivesTheTwelveErrors) {
  const std::string text = ReadTestFile(LANDFALL_SOURCE_DIR "/../shared/rules/examples/bad.rules");
  if (text.empty()) GTEST_SKIP() << "no reference here";
  std::vector<std::string> lines;
  for (const Diagnostic& d : LoadProfile(text, nullptr).diagnostics)
    lines.push_back(Format(d, "bad.rules", ""));
  EXPECT_THAT(
      lines,
      ElementsAre(
          "bad.rules:9:5: rule B-1: unknown field 'pax.chld' - did you mean pax.child?",
          "bad.rules:9:18: rule B-1: unknown field 'sponsor.distinct_childrn' - did you mean "
          "sponsor.distinct_children?",
          "bad.rules:20:34: rule B-2: cannot compare int with text",
          "bad.rules:31:36: rule B-3: 'and' and 'or' are mixed at one level; put brackets around "
          "one of them",
          "bad.rules:42:5: rule B-4: 'sponsor.distinct_children' needs a time window, for example "
          "sponsor.distinct_children(90 days)",
          "bad.rules:48:1: rule B-5: uses protected data (nationality) but has no 'justify' line",
          "bad.rules:53:17: rule B-5: 'acompanied' is not a value of this field; values: none, "
          "accompanied, unaccompanied, family, student, settlement, other - did you mean "
          "accompanied?",
          "bad.rules:53:51: rule B-5: list @evidence_routes holds route values but this field is "
          "country",
          "bad.rules:64:15: rule B-6: unexpected '&' - write and",
          "bad.rules:64:31: rule B-6: unexpected '==' - use a single =",
          "bad.rules:70:1: rule B-7: uses protected data (nationality) but has no 'justify' line",
          "bad.rules:75:24: rule B-7: list @evidence_routes holds route values but this field is "
          "country"));
}

TEST(DiagnosticTest, ShowsTheLineAndACaret) {
  const Diagnostic problem{{2, 4}, "R", "message"};
  EXPECT_EQ(Format(problem, "a.rules", "first\r\n  é x\r\nlast"),
            "a.rules:2:4: rule R: message\n  é x\n   ^");
  EXPECT_EQ(Format(problem, "a.rules", ""), "a.rules:2:4: rule R: message");
  EXPECT_EQ(Format({{1, 1}, "", "m", true}, "a", "x"), "a:1:1: warning: m\nx\n^");
}

}  // namespace
}  // namespace landfall::rules
