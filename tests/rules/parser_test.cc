#include "rules/parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "rules/list_values.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// What each condition becomes, in canonical text: shows what binds to what.
struct ConditionCase {
  std::string name, text, canonical;
};
class ConditionTest : public testing::TestWithParam<ConditionCase> {};

TEST_P(ConditionTest, IsUnderstood) {
  const LoadResult result = LoadProfile(ProfileWith(GetParam().text), nullptr);
  ASSERT_THAT(Messages(result.diagnostics), IsEmpty());
  EXPECT_EQ(CanonicalText(*result.profile->rules[0].when, result.profile.get()),
            GetParam().canonical);
}

INSTANTIATE_TEST_SUITE_P(
    Section2, ConditionTest,
    testing::Values(
        ConditionCase{"Fact", "pax.child", "pax.child"},
        ConditionCase{"NotBindsLooser", "not pax.age = 3", "not pax.age = 3"},
        ConditionCase{"NotOfBrackets", "not (pax.age = 3)", "not pax.age = 3"},
        ConditionCase{"NotOfChain", "not (pax.child and pax.boarded)",
                      "not (pax.child and pax.boarded)"},
        ConditionCase{"NotNot", "not not pax.child", "not not pax.child"},
        ConditionCase{"NeedlessBrackets", "((pax.child) and ((pax.boarded and pax.one_way)))",
                      "pax.child and pax.boarded and pax.one_way"},
        ConditionCase{"NeededBrackets", "pax.child and (pax.boarded or pax.one_way)",
                      "pax.child and (pax.boarded or pax.one_way)"},
        ConditionCase{"ProductBindsTighter", "pax.age + 2 * pax.bags > 3",
                      "pax.age + 2 * pax.bags > 3"},
        ConditionCase{"SumInProduct", "(pax.age + 2) * pax.bags > 3",
                      "(pax.age + 2) * pax.bags > 3"},
        ConditionCase{"LeftToRight", "(pax.age - 2) - 1 > 3", "pax.age - 2 - 1 > 3"},
        ConditionCase{"NotRightToLeft", "pax.age - (2 - 1) > 3", "pax.age - (2 - 1) > 3"},
        ConditionCase{"Negative", "pax.age > -3", "pax.age > -3"},
        ConditionCase{"MinusNegative", "pax.age - -3 > -0.50", "pax.age - -3 > -0.50"},
        ConditionCase{"SmallestInt", "pax.age > -9223372036854775808",
                      "pax.age > -9223372036854775808"},
        ConditionCase{"Range", "pax.age in -1 .. 15", "pax.age in -1..15"},
        ConditionCase{"NotIn", "visa.kind not in [ family,student ]",
                      "visa.kind not in [family, student]"},
        ConditionCase{"QuotedEnum", "visa.kind = \"family\"", "visa.kind = family"},
        ConditionCase{"EnumInQuotes", "pax.age_band = \"16-17\"", "pax.age_band = \"16-17\""},
        ConditionCase{"EnumFirst", "family = visa.kind", "family = visa.kind"},
        ConditionCase{"UnknownValue", "sponsor.vetting = unknown", "sponsor.vetting = unknown"},
        ConditionCase{"IsNotTrue", "pax.child is not true", "pax.child is not true"},
        ConditionCase{"IsOfChain", "(pax.child and pax.boarded) is unknown",
                      "(pax.child and pax.boarded) is unknown"},
        ConditionCase{"IsOfSum", "pax.age + 1 is known", "pax.age + 1 is known"},
        ConditionCase{"CountryWidened", "pax.nationality = \"GB\"", "pax.nationality = \"GBR\""},
        ConditionCase{"Window", "pax.entries(12 month) >= 3", "pax.entries(12 months) >= 3"},
        ConditionCase{"IncludingThis", "pax.entries(1 days,including_this) >= 3",
                      "pax.entries(1 day, including_this) >= 3"},
        ConditionCase{"Quantifier",
                      "any p in party.members where (p.age < 12 and p.visa.kind = none)",
                      "any p in party.members where (p.age < 12 and p.visa.kind = none)"},
        ConditionCase{"QuantifierAsOperand",
                      "pax.child and no p in party.members where (p.boarded)",
                      "pax.child and (no p in party.members where (p.boarded))"},
        ConditionCase{"Count", "count m in flight.passengers where ((m.child)) >= 2",
                      "(count m in flight.passengers where (m.child)) >= 2"},
        ConditionCase{"RowInsideQuantifier", "every m in party.members where (m.age <= pax.age)",
                      "every m in party.members where (m.age <= pax.age)"}),
    [](const auto& test) { return test.param.name; });

// Errors of grammar: one per term, at its place. The condition begins in column 5.
struct BadConditionCase {
  std::string name, text;
  std::vector<std::string> messages;
};
class BadConditionTest : public testing::TestWithParam<BadConditionCase> {};

TEST_P(BadConditionTest, IsReported) {
  EXPECT_EQ(MessagesOfCondition(GetParam().text), GetParam().messages);
}

INSTANTIATE_TEST_SUITE_P(
    Section11, BadConditionTest,
    testing::Values(
        BadConditionCase{"Empty", "# nothing", {"7 expected a value but found 'end of condition'"}},
        BadConditionCase{
            "Unclosed", "(pax.child", {"15 expected ')' but found 'end of condition'"}},
        BadConditionCase{"StrayBracket", "pax.child) and pax.boarded", {"14 unexpected ')'"}},
        BadConditionCase{"EmptyBrackets", "() and pax.child", {"6 expected a value but found ')'"}},
        BadConditionCase{
            "Mixed",
            "pax.child and pax.boarded or pax.one_way",
            {"31 'and' and 'or' are mixed at one level; put brackets around one of them"}},
        BadConditionCase{
            "MixedOnceALevel",
            "pax.child and pax.boarded or pax.one_way and pax.child",
            {"31 'and' and 'or' are mixed at one level; put brackets around one of them"}},
        BadConditionCase{
            "MixedInBrackets",
            "pax.child and (pax.boarded or pax.one_way and pax.child)",
            {"47 'and' and 'or' are mixed at one level; put brackets around one of them"}},
        BadConditionCase{
            "NoTerm", "pax.child and and pax.boarded", {"19 expected a value but found 'and'"}},
        BadConditionCase{"TwoTerms",
                         "pax.child pax.boarded and pax.one_way",
                         {"15 expected 'and', 'or' or the end but found 'pax.boarded'"}},
        BadConditionCase{
            "EachTermOnce",
            "pax.age > > 3 and pax.bags < < 2 or",
            {"15 expected a value but found '>'", "34 expected a value but found '<'",
             "38 'and' and 'or' are mixed at one level; put brackets around one of them",
             "40 expected a value but found 'end of condition'"}},
        BadConditionCase{"GoesOnBehindBrackets",
                         "(pax.age > ) and pax.chld",
                         {"16 expected a value but found ')'",
                          "22 unknown field 'pax.chld' - did you mean pax.child?"}},
        BadConditionCase{
            "Chained", "1 < pax.age < 3", {"17 comparisons do not chain - join them with and"}},
        BadConditionCase{
            "Is",
            "pax.child is maybe",
            {"18 after 'is' write known, unknown, true, false, not true or not false"}},
        BadConditionCase{
            "Window", "pax.entries(90) > 1", {"17 a time window such as 90 days is needed here"}},
        BadConditionCase{"EmptyWindow",
                         "pax.entries() > 1",
                         {"17 a time window such as 90 days is needed here"}},
        BadConditionCase{"WindowOption",
                         "pax.entries(90 days, including) > 1",
                         {"26 expected including_this but found 'including'"}},
        BadConditionCase{"EmptySet", "pax.age in []", {"17 expected a value but found ']'"}},
        BadConditionCase{
            "SetUnclosed", "pax.age in [1, 2 and pax.child", {"22 expected ']' but found 'and'"}},
        BadConditionCase{"NoSet",
                         "pax.age in",
                         {"15 expected '[', a range or a @list but found 'end of condition'"}},
        BadConditionCase{
            "HalfRange", "pax.age in 1..", {"19 expected a value but found 'end of condition'"}},
        BadConditionCase{
            "ListAsValue", "pax.nationality = @x", {"23 expected a value but found '@x'"}},
        BadConditionCase{"TooLarge",
                         "pax.age > 9223372036854775808",
                         {"15 the number 9223372036854775808 is too large"}},
        BadConditionCase{
            "Exponent", "pax.age > 1e5", {"16 expected 'and', 'or' or the end but found 'e5'"}},
        BadConditionCase{"Nested",
                         "any p in party.members where (any q in party.members where (q.child))",
                         {"35 any/every/no/count may not be nested (keeps rules bounded)"}},
        BadConditionCase{"NestedBesideMore",
                         "any p in party.members where (p.child and (no q in party.members where "
                         "(q.child)) and p.chld)",
                         {"48 any/every/no/count may not be nested (keeps rules bounded)",
                          "91 unknown field 'p.chld' - did you mean p.child?"}},
        BadConditionCase{"VariableIsSubject",
                         "any pax in party.members where (pax.child)",
                         {"9 'pax' cannot name one of the people - use a word of your own"}},
        BadConditionCase{"VariableIsKeyword",
                         "any in in party.members where (in.child)",
                         {"9 'in' cannot name one of the people - use a word of your own"}},
        BadConditionCase{
            "NoWhere", "any p in party.members (p.child)", {"28 expected 'where' but found '('"}},
        BadConditionCase{
            "SeveralSigns",
            "pax.child && !pax.boarded || pax.age == 3",
            {"15 unexpected '&' - write and", "18 unexpected '!' - write not",
             "31 unexpected '|' - write or",
             "31 'and' and 'or' are mixed at one level; put brackets around one of them",
             "42 unexpected '==' - use a single ="}},
        BadConditionCase{"UnclosedString",
                         "flight.number = \"ZZ and pax.chld",
                         {"21 this string is not closed - end it with \" on the same line"}}),
    [](const auto& test) { return test.param.name; });

std::string Repeated(std::string_view text, int times) {
  std::string repeated;
  for (int i = 0; i < times; ++i) repeated += text;
  return repeated;
}

TEST(ConditionLimitsTest, NestsThirtyTwoDeep) {
  EXPECT_THAT(MessagesOfCondition(Repeated("(", 32) + "pax.child" + Repeated(")", 32)), IsEmpty());
  EXPECT_THAT(MessagesOfCondition(Repeated("(", 33) + "pax.child" + Repeated(")", 33)),
              ElementsAre("37 brackets and 'not' are nested more than 32 deep"));
  EXPECT_THAT(MessagesOfCondition(Repeated("not ", 32) + "pax.child"), IsEmpty());
  EXPECT_THAT(MessagesOfCondition(Repeated("not ", 33) + "pax.child"),
              ElementsAre("133 brackets and 'not' are nested more than 32 deep"));
}

TEST(ConditionLimitsTest, ADeepTextDoesNotCrash) {
  EXPECT_THAT(MessagesOfCondition(Repeated("(", 1'000'000)),
              Contains(HasSubstr("nested more than 32 deep")));
  EXPECT_THAT(MessagesOfCondition(Repeated("not ", 1'000'000)),
              Contains(HasSubstr("nested more than 32 deep")));
  EXPECT_THAT(MessagesOfCondition("pax.age" + Repeated(" + 1", 1'000'000) + " > 3"),
              ElementsAre(HasSubstr("a calculation of more than 1000 steps")));
  EXPECT_THAT(MessagesOfCondition(Repeated("(", 30) + "pax.age" +
                                  Repeated(Repeated(" + 1", 100) + ")", 30) + " > 3"),
              ElementsAre(HasSubstr("a calculation of more than 1000 steps")));
}

// Whole files: "line:column rule message".
std::vector<std::string> FileProblems(std::string_view text) {
  std::vector<std::string> problems;
  for (const Diagnostic& d : LoadProfile(text, nullptr).diagnostics) {
    problems.push_back(std::to_string(d.position.line) + ":" + std::to_string(d.position.column) +
                       " " + (d.rule.empty() ? "" : d.rule + " ") + d.message);
  }
  return problems;
}

constexpr std::string_view kHeader = "profile p \"P\" version 1\n";

struct FileCase {
  std::string name, text;
  std::vector<std::string> problems;
};
class FileTest : public testing::TestWithParam<FileCase> {};
TEST_P(FileTest, GivesItsProblems) {
  EXPECT_EQ(FileProblems(GetParam().text), GetParam().problems);
}

INSTANTIATE_TEST_SUITE_P(
    Blocks, FileTest,
    testing::Values(
        FileCase{"Empty",
                 "",
                 {"1:1 missing 'profile' - a file begins with profile ID \"title\" version 1"}},
        FileCase{"HeaderAlone", "profile p \"P\" version 1", {}},
        FileCase{"WindowsLines", "profile p \"P\" version 1\r\n  owner a.b\r\n", {}},
        FileCase{"NoVersion",
                 "profile p \"P\"\n  ownr x\n",
                 {"1:14 expected 'version' but found 'end of line'"}},
        FileCase{"Second",
                 "profile p \"P\" version 1\nprofile q \"Q\" version 1\n",
                 {"2:1 a second 'profile' - a file is one profile"}},
        FileCase{"NotFirst",
                 "define a = true\nprofile q \"Q\" version 1\n",
                 {"2:1 'profile' must be the first block"}},
        FileCase{"UnknownBlock",
                 "profile p \"P\" version 1\nrul A \"a\"\n  level x\n",
                 {"2:1 a block begins with profile, list, define or rule, not 'rul' - did you mean "
                  "rule?"}},
        FileCase{"UnknownLine",
                 "profile p \"P\" version 1\n  ownr a\n  legal \"l\"\n",
                 {"2:3 unknown line 'ownr' - did you mean owner?"}},
        FileCase{"LineTwice",
                 "profile p \"P\" version 1\n  owner a\n  owner b\n",
                 {"3:3 a second 'owner' - the first is in line 2"}},
        FileCase{"BadDate",
                 "profile p \"P\" version 1\n  review_by 2027-02-29\n",
                 {"2:13 '2027-02-29' is not a valid day"}},
        FileCase{"ReversedPeriod",
                 "profile p \"P\" version 1\n  effective 2027-02-01 .. 2027-01-01\n",
                 {"2:24 this period ends before it begins"}},
        FileCase{"RestOfLine",
                 "profile p \"P\" version 1\n  review_by 2027-02-01 x\n",
                 {"2:24 expected the end of the line but found 'x'"}},
        FileCase{"NothingAbove",
                 "  owner a\n"
                 "profile p \"P\" version 1\n",
                 {"1:3 this line stands in no block - a file begins with profile"}},
        FileCase{"ParametersInOrder",
                 "profile p \"P\" version 1\n  consider_from 11\n  sample_share 1.5\n  "
                 "foster_age_disabled 19\n",
                 {"2:3 'consider_from' (11) is above 'meet_from' (10)",
                  "3:3 'sample_share' must be between 0 and 1",
                  "4:3 'foster_age_disabled' must be at most 18"}},
        FileCase{"ListForms",
                 "profile p \"P\" version 1\nlist @a : text = [\"x\", \"y\"]\nlist @b : int = "
                 "[1,\n    -2]\nlist @c : country = []\n",
                 {}},
        FileCase{"ListOfWrongForm",
                 "profile p \"P\" version 1\nlist @a : country = [\"GB\", \"XYZ\"]\n",
                 {"2:28 'XYZ' is not a country code such as GBR"}},
        FileCase{"ListType",
                 "profile p \"P\" version 1\nlist @a : rout from a.csv\n",
                 {"2:11 'rout' is not a type of a list; values: text, int, num, country, airport, "
                  "carrier, route - did you mean route?"}},
        FileCase{"ListPath",
                 "profile p \"P\" version 1\nlist @a : text from ../a.csv\n",
                 {"2:21 a list file may not lie outside the folder of the rule file"}},
        FileCase{"ListTwice",
                 "profile p \"P\" version 1\nlist @a : text = []\nlist @a : text = []\n",
                 {"3:6 duplicate list @a - first used in line 2"}},
        FileCase{"DefineTwice",
                 "profile p \"P\" version 1\ndefine a = true\ndefine a = true\n",
                 {"3:8 duplicate define a - first used in line 2"}},
        FileCase{"DefineBelow",
                 "profile p \"P\" version 1\ndefine a = b\ndefine b = true\n",
                 {"2:12 unknown name 'b'"}},
        FileCase{"DefineOfItself",
                 "profile p \"P\" version 1\ndefine a = a\n",
                 {"2:12 unknown name 'a'"}},
        FileCase{"DefineKeyword",
                 "profile p \"P\" version 1\ndefine not = true\n",
                 {"2:8 'not' is a word of the language - choose another name"}},
        FileCase{"RuleId",
                 "profile p \"P\" version 1\nrule -A \"a\"\n  nonsense\n",
                 {"2:6 '-A' is not an id of a rule - use letters, digits, '.', '_' and '-'"}}),
    [](const auto& test) { return test.param.name; });

std::string RuleWith(std::string_view line) {
  return std::string(kHeader) +
         "rule R \"r\"\n  level party\n  severity low\n  points 3\n  when\n    pax.child\n" +
         "  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n  " +
         std::string(line) + "\n";
}

struct RuleLineCase {
  std::string name, line, problem;  // Empty: none.
};
class RuleLineTest : public testing::TestWithParam<RuleLineCase> {};
TEST_P(RuleLineTest, GivesItsProblem) {
  std::vector<std::string> expected;
  if (!GetParam().problem.empty()) expected.push_back(GetParam().problem);
  EXPECT_EQ(FileProblems(RuleWith(GetParam().line)), expected);
}

INSTANTIATE_TEST_SUITE_P(
    Lines, RuleLineTest,
    testing::Values(
        RuleLineCase{"Status", "status shadow", ""}, RuleLineCase{"Family", "family CP-005", ""},
        RuleLineCase{"Snooze", "snooze_key payer", ""},
        RuleLineCase{"Justify", "justify nationality-proxy: \"x\"", ""},
        RuleLineCase{"Effective", "effective 2026-11-01..2026-12-01", ""},
        RuleLineCase{"BadStatus", "status lve",
                     "12:10 R 'lve' is not a status; values: draft, shadow, live, retired - did "
                     "you mean live?"},
        RuleLineCase{"SnoozeOfAChild", "snooze_key child",
                     "12:14 R 'child' is not a key of a snooze; values: sponsor, address, payer, "
                     "contact, agency"},
        RuleLineCase{"BadClass", "justify race: \"x\"",
                     "12:11 R 'race' is not a protected class; values: age, sex, nationality, "
                     "nationality-proxy - did you mean age?"},
        RuleLineCase{"NoColon", "justify age \"x\"", "12:15 R expected ':' but found '\"x\"'"},
        RuleLineCase{"UnknownLine", "fairnes \"x\"",
                     "12:3 R unknown line 'fairnes' - did you mean fairness?"},
        RuleLineCase{"Twice", "points 4", "12:3 R a second 'points' - the first is in line 5"},
        RuleLineCase{"Test",
                     "test \"t\" no match { pax.child: true, party.members: [{ age: 9 }, {}], "
                     "pax.entries(90 days): 3 }",
                     ""},
        RuleLineCase{"TestOfCount",
                     "test \"t\" match { party.members: 4, flight.passengers: unknown }", ""},
        RuleLineCase{"EmptyTest", "test \"t\" unknown {}", ""},
        RuleLineCase{"TestExpectation", "test \"t\" hit { pax.child: true }",
                     "12:12 R expected 'match', 'no match' or 'unknown' but found 'hit'"},
        RuleLineCase{"TestUnclosed", "test \"t\" match { pax.child: true",
                     "12:35 R expected ',' or '}' but found 'end of line'"},
        RuleLineCase{"TestUnknownFact", "test \"t\" match { pax.chld: true }",
                     "12:20 R unknown field 'pax.chld' - did you mean pax.child?"},
        RuleLineCase{"TestUnknownMember", "test \"t\" match { party.members: [{ ag: 3 }] }",
                     "12:38 R unknown field 'ag' - did you mean age?"},
        RuleLineCase{"TestType", "test \"t\" match { pax.child: 3 }",
                     "12:31 R 'pax.child' is bool, but this is int"},
        RuleLineCase{"TestEnum", "test \"t\" match { visa.kind: famly }",
                     "12:31 R 'famly' is not a value of this field; values: none, accompanied, "
                     "unaccompanied, family, student, settlement, other - did you mean family?"},
        RuleLineCase{"TestWindow", "test \"t\" match { pax.entries: 3 }",
                     "12:20 R 'pax.entries' needs a time window, for example pax.entries(90 days)"},
        RuleLineCase{"TestTwice", "test \"t\" match { pax.child: true, pax.child: false }",
                     "12:37 R 'pax.child' is given twice"},
        RuleLineCase{"TestTooMany", "test \"t\" match { party.members: 100 }",
                     "12:20 R 'party.members' holds between 0 and 99 people"},
        RuleLineCase{
            "TestPeople", "test \"t\" match { pax.age: [{ age: 3 }] }",
            "12:20 R 'pax.age' is not a list of people - lists: party.members, flight.passengers"}),
    [](const auto& test) { return test.param.name; });

TEST(ParserTest, GoesOnAtTheNextLineAndBlock) {
  const std::string text =
      std::string(kHeader) +
      "rule A \"a\n  level party\n"  // The block is left out.
      "rule B \"b\"\n  level prty\n  points many\n  severity low\n  when\n    pax.child\n"
      "  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n";
  EXPECT_THAT(FileProblems(text),
              ElementsAre("2:8 A this string is not closed - end it with \" on the same line",
                          "5:9 B 'prty' is not a level; values: passenger, party, flight, "
                          "cross_flight - did you mean party?",
                          "6:10 B a number is needed here"));
}

TEST(ParserTest, RefusesMoreThanFiveThousandRules) {
  std::string text(kHeader);
  for (int i = 0; i < 5001; ++i) text += "rule R" + std::to_string(i) + " \"r\"\n";
  const std::vector<std::string> problems = FileProblems(text);
  EXPECT_THAT(problems, Contains("5002:1 R5000 more than 5,000 rules in one file"));
  EXPECT_THAT(problems, testing::Not(Contains(HasSubstr("5001:1 R4999 more"))));
}

TEST(ParserTest, TakesAMillionValuesInline) {
  std::string text = std::string(kHeader) + "list @a : int = [0";
  for (std::size_t i = 1; i < kMaxListValues; ++i) text += ",1";
  EXPECT_THAT(FileProblems(text + "]\n"), IsEmpty());
  EXPECT_THAT(FileProblems(text + ",1]\n"),
              ElementsAre(HasSubstr("list @a has more than 1,000,000 values")));
}

TEST(ParserTest, RefusesAFileThatIsTooLarge) {
  EXPECT_THAT(FileProblems(std::string(9u << 20, 'a')),
              ElementsAre("1:1 the text is larger than 8 MiB"));
}

}  // namespace
}  // namespace landfall::rules
