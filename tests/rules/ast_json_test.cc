#include "rules/ast_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "rules/built_in.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::shared_ptr<const Profile> Load(std::string_view text, const ListReader& lists = nullptr) {
  const LoadResult result = LoadProfile(text, lists);
  EXPECT_TRUE(result.ok()) << testing::PrintToString(Messages(result.diagnostics)) << text;
  return result.profile;
}

// Text that is canonical comes back to the byte, and so does its exchange form.
void ExpectIdentity(const Profile& profile, const ListReader& lists = nullptr) {
  const std::string text = CanonicalText(profile, true);
  const std::string json = AstJson(*Load(text, lists));
  const AstText back = TextOfAstJson(json);
  ASSERT_TRUE(back.text.has_value()) << back.problems[0].pointer << ": " << back.problems[0].message << "\n"
                                     << json;
  ASSERT_EQ(*back.text, text);
  const std::shared_ptr<const Profile> again = Load(*back.text, lists);
  ASSERT_NE(again, nullptr);
  ASSERT_EQ(AstJson(*again), json);
  ASSERT_EQ(ProfileHash(*again), ProfileHash(profile));
}

constexpr std::string_view kComments = R"(# about the profile
profile p "P" version 1  # what it is
  # why
  purpose "to \"help\""  # said so
  owner a.b
  effective 2026-11-01 .. 2027-04-30
  meet_from 12  # higher
  sample_share 0.10

# a list
list @b : country = ["GBR"]  # one
list @n : num = [1, 2.50, 1]
list @f : text from lists/x.csv expires 2027-01-01 reason "because"

# about nothing
define young = pax.age < 12  # years
define two = young  # first
    # second
    and pax.bags > 2

# about the rule
rule R-1 "r"  # named r
  level cross_flight
  # how bad
  severity low
  points -3
  family R-0
  effective 2026-11-01 .. 2026-12-31
  # as always
  when  # judged
    # before child
    pax.child  # the scope
    and not (pax.boarded and pax.bags > 1 + -2 * 3)
    # before the rest
    and (any p in party.members where (p.age in 5..15)) and visa.kind not in [none, family]
    and pax.age_band = "16-17" and young and pax.nationality in @b
    and (count m in flight.passengers where (m.visa.kind = none or m.entries(1 day) >= 2)) < 3
    and sponsor.distinct_children(90 days, including_this) / 2 >= 0.50 and pax.one_way is not true
    and pax.age is known and not not pax.boarded
  unless  # never
    pax.one_way  # excused
  why "w {{ {pax.bags}"
  route paladin_lhr
  snooze_key sponsor
  source "s"
  # class
  justify age: "j"  # must be
  justify nationality: "n"
  fairness "f"
  review_by 2027-01-01
  # one
  test "t" no match { pax.age: 3, party.members: [{ age: 9, visa.kind: none }, {}], pax.entries(1 day, including_this): 2 }  # two
  test "u" unknown { pax.child: unknown, visa.kind: unknown, pax.transit_hours: 0.50, flight.number: "unknown" }
  test "v" match { party.members: 4, pax.age_band: "16-17", pax.bags: -2, pax.one_way: false }
# the end
)";

TEST(AstJsonTest, KeepsEverythingOfText) {
  const auto lists = [](std::string_view) -> absl::StatusOr<std::string> { return std::string("a\n"); };
  const std::shared_ptr<const Profile> profile = Load(kComments, lists);
  ASSERT_NE(profile, nullptr);
  EXPECT_EQ(CanonicalText(*profile, true), kComments);
  ExpectIdentity(*profile, lists);
}

TEST(AstJsonTest, KeepsTheBuiltInProfile) {
  ExpectIdentity(*Load(BuiltInProfileText(), BuiltInListReader()), BuiltInListReader());
}

TEST(AstJsonTest, KeepsTheReferenceProfile) {
  const std::string folder = LANDFALL_SOURCE_DIR "/../shared/rules/examples";
  const std::string text = ReadTestFile(folder + "/lhr-child-protection.rules");
  if (text.empty()) GTEST_SKIP() << "no reference here";
  ExpectIdentity(*Load(text, FolderReader(folder)), FolderReader(folder));
}

TEST(AstJsonTest, LooksAsTheContractSays) {
  const std::string json = AstJson(*Load(
      "profile p \"P\" version 14\n  meet_from 12\n\nrule R-1 \"r\"\n  level party\n  severity high\n  points 11\n"
      "  when\n    pax.child and sponsor.distinct_children(90 days) >= 3\n  why \"w\"\n  source \"s\"\n"
      "  fairness \"f\"\n  review_by 2027-01-01\n"
      "  test \"three\" match { pax.child: true, sponsor.distinct_children(90 days): 3 }\n"));
  EXPECT_EQ(json,
            R"x({"profile":{"id":"p","title":"P","version":14,"extends":null,"meta":{"meet_from":12}},)x"
            R"x("lists":[],"defines":[],"rules":[{"id":"R-1","title":"r","meta":{"level":"party","severity":"high",)x"
            R"x("points":11,"why":"w","source":"s","fairness":"f","review_by":"2027-01-01"},)x"
            R"x("when":{"op":"and","args":[{"fact":"pax.child"},{"op":">=","left":{"fact":"sponsor.distinct_children",)x"
            R"x("window":"90 days","including_this":false},"right":{"int":"3"}}]},)x"
            R"x("tests":[{"name":"three","expect":"match","facts":{"pax.child":true,)x"
            R"x("sponsor.distinct_children(90 days)":3}}]}]})x");
}

TEST(AstJsonTest, ACalculationOfAThousandStepsFits) {
  std::string sum = "pax.bags";
  for (int i = 0; i < 999; ++i) sum += " + 1";
  ExpectIdentity(*Load(ProfileWith(sum + " > 2")));
}

struct ProblemCase {
  std::string name, change_from, change_to, pointer, message;
};
class AstProblemTest : public testing::TestWithParam<ProblemCase> {};

constexpr std::string_view kSmall =
    R"({"profile":{"id":"p","title":"P","version":1,"meta":{}},"rules":[{"id":"R","title":"r",)"
    R"("meta":{"level":"party","severity":"low","points":1},"when":{"op":"and","args":[{"fact":"pax.child"},)"
    R"({"op":"in","left":{"fact":"pax.age"},"set":{"from":{"int":"5"},"to":{"int":"15"}}}]},)"
    R"("tests":[{"name":"t","expect":"match","facts":{"pax.age":7}}]}]})";

TEST_P(AstProblemTest, IsNamedByItsPointer) {
  std::string json(kSmall);
  const std::size_t at = json.find(GetParam().change_from);
  ASSERT_NE(at, std::string::npos);
  json.replace(at, GetParam().change_from.size(), GetParam().change_to);
  const AstText result = TextOfAstJson(json);
  EXPECT_FALSE(result.text.has_value());
  ASSERT_FALSE(result.problems.empty());
  EXPECT_EQ(result.problems[0].pointer, GetParam().pointer);
  EXPECT_THAT(result.problems[0].message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Section16, AstProblemTest,
    testing::Values(
        ProblemCase{"UnknownMember", R"("severity")", R"("severty")", "/rules/0/meta/severty",
                    "unknown member 'severty' - did you mean severity?"},
        ProblemCase{"UnknownMemberInACondition", R"("fact":"pax.child")", R"("fact":"pax.child","x/y~":1)",
                    "/rules/0/when/args/0/x~1y~0", "unknown member 'x/y~'"},
        ProblemCase{"MemberTwice", R"("title":"P")", R"("title":"P","title":"Q")", "/profile/title",
                    "member 'title' is there twice"},
        ProblemCase{"MemberMissing", R"("id":"p",)", "", "/profile", "member 'id' is missing"},
        ProblemCase{"NotJson", R"("rules":[)", R"("rules":)", "", "not JSON"},
        ProblemCase{"Level", R"("party")", R"("group")", "/rules/0/meta/level",
                    "'group' is none of: passenger, party, flight, cross_flight"},
        ProblemCase{"Points", R"("points":1)", R"("points":21)", "/rules/0/meta/points",
                    "points must be between -20 and 20"},
        ProblemCase{"PointsAsText", R"("points":1)", R"("points":"1")", "/rules/0/meta/points",
                    "a whole number is needed here"},
        ProblemCase{"Id", R"("id":"R")", R"("id":"R\" x")", "/rules/0/id", "is not an id"},
        ProblemCase{"LineEndInAText", R"("title":"r")", R"("title":"r\n  points 20")", "/rules/0/title",
                    "no control characters"},
        ProblemCase{"FactThatIsMore", R"("pax.child")", R"("pax.child or pax.boarded")",
                    "/rules/0/when/args/0/fact", "is not the name of a fact"},
        ProblemCase{"FactWithoutSubject", R"("pax.child")", R"("child")", "/rules/0/when/args/0/fact",
                    "is not the name of a fact"},
        ProblemCase{"Operation", R"("op":"in")", R"("op":"==")", "/rules/0/when/args/1/op",
                    "'==' is no operation"},
        ProblemCase{"OneOperand", R"({"fact":"pax.child"},)", "", "/rules/0/when/args", "two operands or more"},
        ProblemCase{"NumberAsNumber", R"({"int":"5"})", R"({"int":5})", "/rules/0/when/args/1/set/from/int",
                    "a text is needed here"},
        ProblemCase{"NumberThatIsMore", R"({"int":"5"})", R"({"int":"5 and 6"})",
                    "/rules/0/when/args/1/set/from/int", "a whole number is needed here"},
        ProblemCase{"HalfARange", R"(,"to":{"int":"15"})", "", "/rules/0/when/args/1/set", "a set is"},
        ProblemCase{"Value", R"({"int":"15"})", R"({"integer":"15"})", "/rules/0/when/args/1/set/to/integer",
                    "unknown member 'integer'"},
        ProblemCase{"ValueOfTwoKinds", R"({"int":"15"})", R"({"int":"15","num":"15.0"})",
                    "/rules/0/when/args/1/set/to", "a value has one member"},
        ProblemCase{"Expectation", R"("expect":"match")", R"("expect":"matches")", "/rules/0/tests/0/expect",
                    "'matches' is none of: match, no match, unknown"},
        ProblemCase{"RoundedNumber", R"("pax.age":7)", R"("pax.age":7.5)", "/rules/0/tests/0/facts/pax.age",
                    "so that nobody rounds it"},
        ProblemCase{"NameOfAGivenFact", R"("pax.age":7)", R"("pax.age(90 days":7)",
                    "/rules/0/tests/0/facts/pax.age(90 days", "a fact is named like"},
        ProblemCase{"CommentOfTwoLines", R"("title":"r")", R"("title":"r","comments":{"end":"a\nb"})",
                    "/rules/0/comments/end", "no control characters"},
        ProblemCase{"ListOfPeople", R"({"fact":"pax.child"})",
                    R"({"op":"any","var":"p","list":"party.size","where":{"fact":"p.child"}})",
                    "/rules/0/when/args/0/list", "none of: party.members, flight.passengers"}),
    [](const auto& test) { return test.param.name; });

TEST(AstProblemsTest, AreAllReported) {
  const AstText result = TextOfAstJson(
      R"({"profile":{"id":"","title":1,"version":"1"},"rules":[{"id":"R","title":"r"}],"x":1})");
  std::vector<std::string> pointers;
  for (const AstProblem& problem : result.problems) pointers.push_back(problem.pointer);
  EXPECT_THAT(pointers, ElementsAre("/x", "/profile/id", "/profile/title", "/profile/version", "/rules/0"));
}

TEST(AstProblemsTest, DepthIsBounded) {
  std::string json = R"({"profile":{"id":"p","title":"P","version":1},"defines":[{"name":"a","expr":)";
  std::string deep = json;
  for (int i = 0; i < 1500; ++i) deep += R"({"op":"not","arg":)";
  deep += R"({"fact":"pax.child"})" + std::string(1500, '}') + "}]}";
  EXPECT_EQ(TextOfAstJson(deep).problems[0].message, "nested too deep");
  for (int i = 0; i < 100'000; ++i) json += '[';
  EXPECT_THAT(TextOfAstJson(json).problems[0].message, HasSubstr("not JSON"));
}

// What is no canonical order becomes it; nothing said in a place that text has none for is lost.
TEST(AstJsonTest, CommentsInsideATermAreTheTerms) {
  std::string json(kSmall);
  const std::string from = R"("left":{"fact":"pax.age"})";
  json.replace(json.find(from), from.size(), R"("left":{"fact":"pax.age","comments":{"before":["a"],"end":"b"}})");
  EXPECT_THAT(TextOfAstJson(json).text.value_or(""), HasSubstr("\n    # a\n    and pax.age in 5..15  # b\n"));
}

// Broken in any way: no crash, and what is accepted is text of the same meaning as its members say.
TEST(AstJsonTest, DamagedFormsDoNoHarm) {
  const std::string whole = AstJson(*Load(kComments));
  static constexpr std::string_view kPieces[] = {"{", "}", "[", "]", ",", ":", "\"", "null", "1e9", "true", "\\n",
                                                 "\\u0000", "\"op\":\"not\",", "{\"fact\":\"pax.child\"}", "\xFF",
                                                 "-1", "\"comments\":{\"before\":[\"x\"]},"};
  int accepted = 0;
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    std::mt19937 random(seed);
    std::string json = whole;
    for (std::uint32_t i = random() % 3 + 1; i > 0; --i) {
      const std::size_t at = random() % json.size();
      switch (random() % 4) {
        case 0:
          json.erase(at, random() % 12);
          break;
        case 1:
          json.insert(at, kPieces[random() % std::size(kPieces)]);
          break;
        case 2:
          json[at] = static_cast<char>(' ' + random() % 95);
          break;
        default:
          json.insert(at, json.substr(random() % json.size(), random() % 30));
          break;
      }
    }
    const AstText read = TextOfAstJson(json);
    if (!read.text) {
      ASSERT_THAT(read.problems, testing::Not(IsEmpty()));
      continue;
    }
    ++accepted;
    const LoadResult loaded = LoadProfile(*read.text, nullptr);
    if (loaded.ok()) ExpectIdentity(*loaded.profile);
    if (HasFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(accepted, 100);
}

}  // namespace
}  // namespace landfall::rules
