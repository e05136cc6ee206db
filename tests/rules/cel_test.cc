#include "rules/cel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <random>
#include <set>

#include "rules/eval_rows.h"
#include "rules/profile.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::HasSubstr;

// {"type":..,"value":..} of the line, or the first problem.
std::string Result(std::string_view cel, std::string_view row = "{}") {
  const CelExpression parsed = ParseCel(cel);
  if (parsed.expr == nullptr) {
    return std::to_string(parsed.diagnostics[0].position.column) + " " + parsed.diagnostics[0].message;
  }
  const EvalReport report = EvalCelExpression(parsed, std::string(row) + "\n");
  if (!report.errors.empty()) return report.errors[0];
  const std::string& line = report.output;  // {"row":1,...}
  return "{" + line.substr(9, line.size() - 10);
}

// The tests of cel-spec that do not get their value but a typed error, each with the reason.
const std::set<std::string>& Rejected() {
  static const std::set<std::string> names = {};
  return names;
}

TEST(CelConformanceTest, EveryCaseAgreesOrIsRejectedByName) {
  const std::string text = ReadTestFile(LANDFALL_SOURCE_DIR "/../shared/data/cel/cel_subset.json");
  if (text.empty()) GTEST_SKIP() << "no conformance tests here";
  simdjson::dom::parser parser;
  simdjson::dom::element file;
  ASSERT_EQ(parser.parse(text.data(), text.size()).get(file), simdjson::SUCCESS);
  int agreed = 0, rejected = 0;
  for (const simdjson::dom::element test : file["tests"].get_array()) {
    const std::string name = std::string(test["file"].get_string().value()) + "/" +
                             std::string(test["section"].get_string().value()) + "/" +
                             std::string(test["name"].get_string().value());
    const std::string_view expr = test["expr"].get_string().value();
    simdjson::dom::element bindings, expect = test["expect"];
    const bool bound = test["bindings"].get(bindings) == simdjson::SUCCESS;
    const std::string row = bound ? "{\"bindings\":" + simdjson::minify(bindings) + "}" : "{}";
    const CelExpression parsed = ParseCel(expr);
    const bool wants_error = expect["error"].error() == simdjson::SUCCESS;
    if (parsed.expr == nullptr) {
      EXPECT_TRUE(wants_error || Rejected().contains(name)) << name << ": " << parsed.diagnostics[0].message;
      ++rejected;
      continue;
    }
    EXPECT_FALSE(Rejected().contains(name)) << name << " is not rejected any more";
    const EvalReport report = EvalCelExpression(parsed, row + "\n");
    ASSERT_TRUE(report.errors.empty()) << name << ": " << report.errors[0];
    simdjson::dom::parser line_parser;
    simdjson::dom::element line;
    ASSERT_EQ(line_parser.parse(report.output).get(line), simdjson::SUCCESS) << name << report.output;
    if (wants_error) {
      EXPECT_TRUE(line["value"].is_null()) << name << ": " << report.output;
    } else {
      EXPECT_EQ(line["type"].get_string().value(), expect["type"].get_string().value()) << name;
      double number = 0;
      if (expect["value"].get(number) == simdjson::SUCCESS) {
        EXPECT_EQ(line["value"].get_double().value(), number) << name;
      } else {
        EXPECT_EQ(simdjson::minify(line["value"].value()), simdjson::minify(expect["value"].value())) << name;
      }
    }
    ++agreed;
  }
  std::cout << agreed << " agreed, " << rejected << " rejected\n";
  EXPECT_GT(agreed, 200);
}

struct CelCase {
  std::string name, cel, result;
};
class CelTest : public testing::TestWithParam<CelCase> {};
TEST_P(CelTest, Gives) { EXPECT_THAT(Result(GetParam().cel), HasSubstr(GetParam().result)); }

INSTANTIATE_TEST_SUITE_P(
    OutsideTheSubset, CelTest,
    testing::Values(
        CelCase{"Null", "null == 1", "1 null is not part of the subset"},
        CelCase{"Map", "1 == {'a': 1}", "6 maps are not part of the subset"},
        CelCase{"Message", "Foo{a: 1}", "4 messages are not part of the subset"},
        CelCase{"Bytes", "b'abc' == b'abc'", "1 bytes are not part of the subset"},
        CelCase{"RawBytes", "rb'abc'", "1 bytes are not part of the subset"},
        CelCase{"Uint", "1u == 1u", "1 unsigned numbers are not part of the subset"},
        CelCase{"Conditional", "true ? 1 : 2", "6 '?:' is not part of the subset"},
        CelCase{"ConditionalInBrackets", "(true ? 1 : 2) == 1", "7 '?:' is not part of the subset"},
        CelCase{"Function", "matches('a', 'b')", "1 function 'matches' is not part of the subset"},
        CelCase{"Has", "has(a.b)", "1 function 'has' is not part of the subset"},
        CelCase{"Dyn", "dyn(1) == 1", "1 function 'dyn' is not part of the subset"},
        CelCase{"ExistsOne", "[1].exists_one(a, a == 1)", "5 function 'exists_one' is not part of the subset"},
        CelCase{"Map macro", "[1].map(a, a)", "5 function 'map' is not part of the subset"},
        CelCase{"Select", "x.y == 1", "3 'y' cannot be selected"},
        CelCase{"Reserved", "for == 1", "1 'for' is a reserved word"},
        CelCase{"Assign", "1 = 1", "3 unexpected '=' - write =="},
        CelCase{"Unclosed", "'abc", "1 this text is not closed"},
        CelCase{"OverLines", "'a\nb'", "1 this text is not closed"},
        CelCase{"Escape", "'\\q'", "1 unknown escape"},
        CelCase{"Surrogate", "'\\ud800'", "1 unknown escape"},
        CelCase{"TooLarge", "9223372036854775808", "1 the number 9223372036854775808 is too large"},
        CelCase{"Field", "pax.chld", "1 unknown field 'pax.chld' - did you mean pax.child?"},
        CelCase{"Window", "sponsor.distinct_children >= 3", "1 'sponsor.distinct_children' needs a time window"},
        CelCase{"Optional", "a.?b", "expected the name of a function"},
        CelCase{"Empty", "", "1 expected a value but found 'the end'"},
        CelCase{"Unbound", "x + 1", "row 1: unknown name 'x'"}),
    [](const auto& test) {
      std::string name = test.param.name;
      std::erase(name, ' ');
      return name;
    });

INSTANTIATE_TEST_SUITE_P(
    Meaning, CelTest,
    testing::Values(
        CelCase{"ErrorAndFalse", "1 / 0 > 0 && false", "{\"type\":\"bool\",\"value\":false}"},
        CelCase{"FalseAndError", "false && 1 / 0 > 0", "{\"type\":\"bool\",\"value\":false}"},
        CelCase{"ErrorOrTrue", "1 / 0 > 0 || true", "{\"type\":\"bool\",\"value\":true}"},
        CelCase{"ErrorOrFalse", "1 / 0 > 0 || false", "{\"type\":\"bool\",\"value\":null}"},
        CelCase{"Precedence", "true || false && false", "{\"type\":\"bool\",\"value\":true}"},
        CelCase{"LeastInt", "-9223372036854775808", "{\"type\":\"int\",\"value\":\"-9223372036854775808\"}"},
        CelCase{"Truncates", "-7 / 2", "{\"type\":\"int\",\"value\":\"-3\"}"},
        CelCase{"RemainderOfTheLeast", "-9223372036854775808 % -1", "{\"type\":\"int\",\"value\":null}"},
        CelCase{"MixedSum", "1 + 1.0", "\"value\":null"},
        CelCase{"MixedComparison", "1 < 1.5", "\"value\":true"},
        CelCase{"Infinity", "-1.0 / 0.0", "{\"type\":\"num\",\"value\":\"-inf\"}"},
        CelCase{"NotANumber", "0.0 / 0.0", "{\"type\":\"num\",\"value\":\"nan\"}"},
        CelCase{"Raw", "r'a\\n' == 'a\\\\n'", "\"value\":true"},
        CelCase{"RawQuote", "size(r'a\\'b')", "\"value\":\"4\""},
        CelCase{"Comment", "1 // + 2\n + 3", "\"value\":\"4\""},
        CelCase{"Index", "[7, 8][1]", "\"value\":\"8\""},
        CelCase{"IndexOutside", "[7, 8][2]", "\"value\":null"},
        CelCase{"IndexAndElement", "[5, 6].exists(i, v, i == 1 && v == 6)", "\"value\":true"},
        CelCase{"Shadow", "[1].exists(x, [2].exists(x, x == 2) && x == 1)", "\"value\":true"},
        CelCase{"ListOfLists", "[[1], []]", "{\"type\":\"list\",\"value\":[{\"type\":\"list\",\"value\":[{\"type\":\"int\",\"value\":\"1\"}]},{\"type\":\"list\",\"value\":[]}]}"},
        CelCase{"Offset", "timestamp('2009-02-13T23:31:30+01:00')", "{\"type\":\"timestamp\",\"value\":\"2009-02-13T22:31:30Z\"}"},
        CelCase{"BeforeTheYear1", "timestamp('0001-01-01T00:00:00+00:01')", "\"value\":null"},
        CelCase{"NoSuchDay", "timestamp('2009-02-29T00:00:00Z')", "\"value\":null"},
        CelCase{"Duration", "duration('1h30m') - duration('0.5s')", "{\"type\":\"duration\",\"value\":\"5399.5s\"}"},
        CelCase{"NegativeDuration", "duration('-0.5s')", "{\"type\":\"duration\",\"value\":\"-0.5s\"}"},
        CelCase{"DurationWithoutUnit", "duration('5')", "\"value\":null"},
        CelCase{"LongestDuration", "duration('315576000000s') == duration('315576000000s')", "\"value\":true"},
        CelCase{"EndlessWork",
                "[1,2,3,4,5,6,7,8,9,10].all(a, [1,2,3,4,5,6,7,8,9,10].all(b, [1,2,3,4,5,6,7,8,9,10].all(c, "
                "[1,2,3,4,5,6,7,8,9,10].all(d, [1,2,3,4,5,6,7,8,9,10].all(e, [1,2,3,4,5,6,7,8,9,10].all(f, "
                "[1,2,3,4,5,6,7,8,9,10].all(g, [1,2,3,4,5,6,7,8,9,10].all(h, h > 0))))))))",
                "\"value\":null"}),
    [](const auto& test) { return test.param.name; });

TEST(CelTest, AsksForFactsOfTheRow) {
  constexpr std::string_view row =
      R"x({"pax.age":14,"visa.kind":"none","sponsor.distinct_children(90 days)":4,"party.members":[{"age":9,"visa.kind":"none"},{"age":40}]})x";
  EXPECT_EQ(Result("pax.age < 18 && visa.kind == 'none'", row), R"({"type":"bool","value":true})");
  EXPECT_EQ(Result("sponsor.distinct_children(duration('2160h')) >= 3", row), R"({"type":"bool","value":true})");
  EXPECT_EQ(Result("party.members.exists(p, p.age < 10 && p.visa.kind == 'none')", row), R"({"type":"bool","value":true})");
  EXPECT_EQ(Result("party.members.all(p, p.age < 10)", row), R"({"type":"bool","value":false})");
  EXPECT_EQ(Result("pax.bags > 1", row), R"({"type":"bool","value":null})");
  EXPECT_EQ(Result("pax.bags > 1 || pax.age == 14", row), R"({"type":"bool","value":true})");
}

struct ImportCase {
  std::string name, cel, text;
};
class CelImportTest : public testing::TestWithParam<ImportCase> {};
TEST_P(CelImportTest, GivesRuleText) {
  const CelExpression parsed = ParseCel(GetParam().cel);
  ASSERT_NE(parsed.expr, nullptr) << testing::PrintToString(Messages(parsed.diagnostics));
  std::vector<Diagnostic> diagnostics;
  const std::optional<std::string> text = RuleTextOfCel(*parsed.expr, diagnostics);
  EXPECT_EQ(text.value_or(diagnostics.empty() ? "" : "! " + diagnostics[0].message), GetParam().text);
}

INSTANTIATE_TEST_SUITE_P(
    Section17, CelImportTest,
    testing::Values(
        ImportCase{"And", "pax.child && pax.age < 12", "pax.child and pax.age < 12"},
        ImportCase{"Mixed", "pax.child || pax.boarded && pax.age in [1, 2]",
                   "pax.child or (pax.boarded and pax.age in [1, 2])"},
        ImportCase{"Not", "!(visa.kind in ['none', \"family\"])", "not visa.kind in [none, family]"},
        ImportCase{"Equal", "pax.one_way == false", "pax.one_way = false"},
        ImportCase{"Window", "sponsor.distinct_children(duration('2160h')) >= 3",
                   "sponsor.distinct_children(90 days) >= 3"},
        ImportCase{"WindowOfHours", "sponsor.distinct_children(duration('5h')) >= 3",
                   "sponsor.distinct_children(5 hours) >= 3"},
        ImportCase{"People", "party.members.exists(p, p.age < 12 && p.visa.kind == 'none')",
                   "any p in party.members where (p.age < 12 and p.visa.kind = none)"},
        ImportCase{"All", "party.members.all(p, p.child)", "every p in party.members where (p.child)"},
        ImportCase{"Country", "pax.nationality == 'GB'", "pax.nationality = \"GBR\""},
        ImportCase{"Hexadecimal", "pax.bags == 0x1F", "pax.bags = 31"},
        ImportCase{"NotEqualOfYesNo", "pax.one_way != true",
                   "! '!=' on a yes/no field ignores unknown values - write 'is not true' (also covers unknown) or "
                   "'= false'"},
        ImportCase{"WrongType", "pax.age == 'x'", "! cannot compare int with text"},
        ImportCase{"WholeDivision", "pax.age / 2 > 3",
                   "! CEL divides whole numbers without a remainder, rules do not - write one of them with a point"},
        ImportCase{"Division", "pax.age / 2.0 > 3.5", "pax.age / 2.0 > 3.5"},
        ImportCase{"Function", "size(booking.agency) > 3",
                   "! rule text has no form for this - it is for CEL's own tests"},
        ImportCase{"Variable", "x == 3", "! 'x' is no fact - rules have no variables"},
        ImportCase{"Exponent", "booking.lead_hours < 1e3", "! rules write numbers plainly, such as 0.99"}),
    [](const auto& test) { return test.param.name; });

// Random damage: no crash, and an error has a place.
TEST(CelTest, RandomTextDoesNoHarm) {
  static constexpr std::string_view kPieces[] = {
      "1", "-", "--", "!", "(", ")", "[", "]", ".", ",", "&&", "||", "==", "in ", "'a'", "'''", "r'\\'", "x", "pax.age",
      "party.members", ".exists(p, p.age", ".all(i, v, v", ".filter(e, ", "size(", "duration('1h')", "timestamp('x')",
      "+", "*", "/", "%", "<", "1.5e3", "0x", "b''", "?", ":", "{", "\xC3", "true", "null", "//", "\n", "0u"};
  for (std::uint32_t seed = 0; seed < 20'000; ++seed) {
    std::mt19937 random(seed);
    std::string text;
    for (std::uint32_t i = random() % 12 + 1; i > 0; --i) text += kPieces[random() % std::size(kPieces)];
    const CelExpression parsed = ParseCel(text);
    if (parsed.expr == nullptr) {
      ASSERT_FALSE(parsed.diagnostics.empty()) << text;
      ASSERT_GE(parsed.diagnostics[0].position.line, 1) << text;
      continue;
    }
    EvalCelExpression(parsed, "{}\n{\"pax.age\":3,\"party.members\":[{\"age\":1}],\"bindings\":{\"x\":{\"type\":\"int\",\"value\":\"3\"}}}\n");
    std::vector<Diagnostic> diagnostics;
    if (const auto rule_text = RuleTextOfCel(*parsed.expr, diagnostics)) {
      ASSERT_NE(LoadExpression(*rule_text).expr, nullptr) << *rule_text;
    }
  }
}

TEST(CelTest, DepthIsBounded) {
  EXPECT_THAT(Result(std::string(200, '(') + "1" + std::string(200, ')')), HasSubstr("nested more than 100 deep"));
  EXPECT_THAT(Result(std::string(200, '[') + std::string(200, ']')), HasSubstr("nested more than 100 deep"));
  EXPECT_THAT(Result(std::string(200, '!') + "true"), HasSubstr("nested more than 100 deep"));
  std::string sum = "1";
  for (int i = 0; i < 2000; ++i) sum += " + 1";
  EXPECT_THAT(Result(sum), HasSubstr("this chain of operators is too long"));
}

}  // namespace
}  // namespace landfall::rules
