#include "rules/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The tokens of a text, a blank between them.
std::string Tokens(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  Lexer lexer(text, 0, text.size(), {1, 1}, diagnostics);
  std::string tokens;
  while (lexer.Peek().kind != TokenKind::kEnd) {
    const Token token = lexer.Next();
    const std::string value = token.kind == TokenKind::kString || token.kind == TokenKind::kDuration
                                  ? "<" + token.value + ">"
                                  : std::string(token.text);
    tokens += (tokens.empty() ? "" : " ") + value;
  }
  return tokens;
}

struct TokenCase {
  std::string name, text, expected;
};
class TokenTest : public testing::TestWithParam<TokenCase> {};

TEST_P(TokenTest, AreReadWithoutError) {
  std::vector<Diagnostic> diagnostics;
  EXPECT_EQ(Tokens(GetParam().text, diagnostics), GetParam().expected);
  EXPECT_THAT(diagnostics, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Section1, TokenTest,
    testing::Values(
        TokenCase{"Field", "pax.age", "pax.age"},
        TokenCase{"FieldWithKeyword", "form.for.not", "form.for.not"},
        TokenCase{"Range", "5..15", "5 .. 15"}, TokenCase{"RangeOfNums", "0.5..1.5", "0.5 .. 1.5"},
        TokenCase{"NumKeepsDigits", "0.90", "0.90"}, TokenCase{"Minus", "-5", "- 5"},
        TokenCase{"Comparison", "a>=1", "a >= 1"}, TokenCase{"NotEqual", "a!=b", "a != b"},
        TokenCase{"Date", "2027-02-01", "2027-02-01"},
        TokenCase{"DateRange", "2026-11-01..2027-04-30", "2026-11-01 .. 2027-04-30"},
        TokenCase{"Arithmetic", "2026-11", "2026 - 11"},
        TokenCase{"Duration", "(90 days)", "( <90 days> )"},
        TokenCase{"DurationSingular", "1 days", "<1 day>"},
        TokenCase{"DurationPlural", "2 week", "<2 weeks>"},
        TokenCase{"DurationKeepsUnit", "12 months", "<12 months>"},
        TokenCase{"TwoBlanksAreNoDuration", "90  days", "90 days"},
        TokenCase{"WordAfterNumber", "2 daysof", "2 daysof"},
        TokenCase{"String", "\"a # b\"", "<a # b>"},
        TokenCase{"Escapes", R"("a \" \\ b")", R"(<a " \ b>)"},
        TokenCase{"StringInUtf8", "\"Zoë\"", "<Zoë>"}, TokenCase{"List", "@routes", "@routes"},
        TokenCase{"Comment", "a # b\nc", "a c"}, TokenCase{"Empty", "", ""},
        TokenCase{"Braces", "{a:1,b:[]}", "{ a : 1 , b : [ ] }"}),
    [](const auto& test) { return test.param.name; });

struct BadTokenCase {
  std::string name, text;
  int column;
  std::string message;
};
class BadTokenTest : public testing::TestWithParam<BadTokenCase> {};

TEST_P(BadTokenTest, IsReportedWhereItStands) {
  std::vector<Diagnostic> diagnostics;
  Tokens(GetParam().text, diagnostics);
  ASSERT_EQ(diagnostics.size(), 1u);
  EXPECT_EQ(diagnostics[0].message, GetParam().message);
  EXPECT_EQ(diagnostics[0].position, (Position{1, GetParam().column}));
}

INSTANTIATE_TEST_SUITE_P(
    Section11, BadTokenTest,
    testing::Values(
        BadTokenCase{"And", "a && b", 3, "unexpected '&' - write and"},
        BadTokenCase{"SingleAnd", "a & b", 3, "unexpected '&' - write and"},
        BadTokenCase{"Or", "a || b", 3, "unexpected '|' - write or"},
        BadTokenCase{"Not", "!a", 1, "unexpected '!' - write not"},
        BadTokenCase{"Equal", "a == b", 3, "unexpected '==' - use a single ="},
        BadTokenCase{"Unclosed", "a = \"b", 5,
                     "this string is not closed - end it with \" on the same line"},
        BadTokenCase{"UnclosedAtLineEnd", "a = \"b\nc", 5,
                     "this string is not closed - end it with \" on the same line"},
        BadTokenCase{"Escape", R"("é\n")", 3,
                     "unknown escape - only \\\" and \\\\ are allowed in a string"},
        BadTokenCase{"SingleQuote", "a = 'b", 5, "unexpected ''' - write text in double quotes"},
        BadTokenCase{"Character", "a % b", 3, "unexpected '%'"},
        BadTokenCase{"CharacterInUtf8", "é", 1, "unexpected 'é'"},
        BadTokenCase{"ColumnsAreCodePoints", "\"éé\" $", 6, "unexpected '$'"},
        BadTokenCase{"InvalidDay", "2026-02-30", 1, "'2026-02-30' is not a valid day"},
        BadTokenCase{"LongDuration", "99999999999999999999 days", 1, "this duration is too long"},
        BadTokenCase{"LoneAt", "@ x", 1, "unexpected '@'"},
        BadTokenCase{"LoneDot", "a . b", 3, "unexpected '.'"}),
    [](const auto& test) { return test.param.name; });

std::vector<std::string> LineProblems(std::string_view text) {
  std::vector<Diagnostic> diagnostics;
  SplitLines(text, diagnostics);
  std::vector<std::string> problems;
  for (const Diagnostic& d : diagnostics) {
    problems.push_back(std::to_string(d.position.line) + ":" + std::to_string(d.position.column) +
                       " " + d.message);
  }
  return problems;
}

TEST(SplitLinesTest, JoinsContinuedLinesAndSetsCommentsAside) {
  const std::string text =
      "# first\nrule A \"a\"  # end\n  when\n    # inside\n    b\n      and c\n\n  why \"#\"\n# "
      "last\n";
  std::vector<Diagnostic> diagnostics;
  const SplitFile split = SplitLines(text, diagnostics);
  EXPECT_THAT(diagnostics, IsEmpty());
  ASSERT_EQ(split.lines.size(), 3u);
  EXPECT_TRUE(split.lines[0].is_block);
  EXPECT_THAT(split.lines[0].comments_before, ElementsAre("first"));
  ASSERT_EQ(split.lines[0].inner_comments.size(), 1u);
  EXPECT_EQ(split.lines[0].inner_comments[0].text, "end");
  EXPECT_FALSE(split.lines[1].is_block);
  EXPECT_EQ(split.lines[1].position, (Position{3, 3}));
  EXPECT_TRUE(split.lines[1].inner_comments[0].own_line);
  EXPECT_EQ(text.substr(split.lines[1].begin, split.lines[1].end - split.lines[1].begin),
            "when\n    # inside\n    b\n      and c");
  EXPECT_THAT(split.lines[2].inner_comments, IsEmpty());
  EXPECT_THAT(split.comments_after, ElementsAre("last"));
}

TEST(SplitLinesTest, ReportsWhatNoLineMayHold) {
  EXPECT_THAT(LineProblems("a\n  b\tc\td\n"), ElementsAre("2:4 a tab is not allowed - use spaces"));
  EXPECT_THAT(LineProblems("a\x01"), ElementsAre("1:2 control character U+0001 is not allowed"));
  EXPECT_THAT(LineProblems("a\rb\n"), ElementsAre("1:2 control character U+000D is not allowed"));
  EXPECT_THAT(LineProblems("é\xFF"), ElementsAre("1:2 this is not UTF-8 - save the file as UTF-8"));
  EXPECT_THAT(LineProblems("\xC0\xAF"),
              ElementsAre("1:1 this is not UTF-8 - save the file as UTF-8"));
  EXPECT_THAT(LineProblems("\xED\xA0\x80"),
              ElementsAre("1:1 this is not UTF-8 - save the file as UTF-8"));
  EXPECT_THAT(LineProblems("\xF4\x90\x80\x80"),
              ElementsAre("1:1 this is not UTF-8 - save the file as UTF-8"));
  EXPECT_THAT(LineProblems("\xE2\x82"),
              ElementsAre("1:1 this is not UTF-8 - save the file as UTF-8"));
  EXPECT_THAT(LineProblems("\xEF\xBB\xBF"
                           "a"),
              ElementsAre("1:1 the file begins with a byte order mark - save it without BOM"));
}

TEST(SplitLinesTest, TakesWindowsLineEnds) { EXPECT_THAT(LineProblems("a\r\n  b\r\n"), IsEmpty()); }

TEST(SplitLinesTest, WantsTwoOrFourSpaces) {
  const std::string wrong =
      " wrong indentation - two spaces begin a line of a block, four or more continue the line "
      "above";
  EXPECT_THAT(LineProblems("a\n b\n"), ElementsAre("2:2" + wrong));
  EXPECT_THAT(LineProblems("a\n   b\n"), ElementsAre("2:4" + wrong));
  EXPECT_THAT(LineProblems("a\n # comment\n   # comment\n"), IsEmpty());
  EXPECT_THAT(LineProblems("    a\n"), ElementsAre("1:5 there is no line above to continue"));
}

TEST(SplitLinesTest, TakesEightMebibytesAndNoMore) {
  EXPECT_THAT(LineProblems(std::string(kMaxFileBytes, ' ')), IsEmpty());
  EXPECT_THAT(LineProblems(std::string(kMaxFileBytes + 1, ' ')),
              ElementsAre("1:1 the text is larger than 8 MiB"));
}

}  // namespace
}  // namespace landfall::rules
