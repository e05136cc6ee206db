#include "rules/diff.h"

#include <gtest/gtest.h>

#include "rules/profile.h"
#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

constexpr std::string_view kBefore = R"(profile p "P" version 1
  purpose "help"

list @l : text = ["a", "b"]
list @old : text = ["x"]

define young = pax.age < 12
define both = young and booking.agency in @l

rule A-1 "one"
  level passenger
  severity low
  points 3
  when
    pax.child and pax.age in 5..15 and sponsor.distinct_children(90 days) >= 3 and both
  unless
    pax.in_transit
  why "w"
  source "s"
  justify age: "j"
  fairness "f"
  review_by 2027-01-01
  test "t" match { pax.child: true }

rule A-2 "two"
  level passenger
  severity low
  points 3
  when
    pax.child or pax.boarded
  why "w"
  source "s"
  fairness "f"
  review_by 2027-01-01
)";

std::string Diff(std::string_view before, std::string_view after) {
  const LoadResult a = LoadProfile(before, nullptr), b = LoadProfile(after, nullptr);
  EXPECT_TRUE(a.ok()) << testing::PrintToString(Messages(a.diagnostics));
  EXPECT_TRUE(b.ok()) << testing::PrintToString(Messages(b.diagnostics));
  return a.ok() && b.ok() ? DiffText(*a.profile, *b.profile) : "";
}

std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

struct DiffCase {
  std::string name, from, to, diff;
};
class DiffTest : public testing::TestWithParam<DiffCase> {};
TEST_P(DiffTest, SaysWhatChanged) {
  EXPECT_EQ(Diff(kBefore, Replaced(std::string(kBefore), GetParam().from, GetParam().to)), GetParam().diff);
}

constexpr std::string_view kOneChanged = "rules: 0 added, 0 removed, 1 changed\n\nrule A-1 changed\n";
constexpr std::string_view kNoneChanged = "rules: 0 added, 0 removed, 0 changed\n\n";

INSTANTIATE_TEST_SUITE_P(
    Words, DiffTest,
    testing::Values(
        DiffCase{"Nothing", "help", "help", ""},
        DiffCase{"CommentsAndLayout", "\nrule A-1", "\n\n# why\nrule A-1", ""},
        DiffCase{"Points", "  points 3", "  points 5", std::string(kOneChanged) + "  points: 3 -> 5\n"},
        DiffCase{"Threshold", ">= 3", ">= 2",
                 std::string(kOneChanged) + "  when:\n    sponsor.distinct_children(90 days): >= 3 -> >= 2\n"},
        DiffCase{"Range", "5..15", "5..17", std::string(kOneChanged) + "  when:\n    pax.age: in 5..15 -> in 5..17\n"},
        DiffCase{"TermAdded", "pax.child and", "pax.child and (pax.boarded or pax.one_way = true) and",
                 std::string(kOneChanged) + "  when:\n    + (pax.boarded or pax.one_way = true)\n"},
        DiffCase{"TermRemoved", " and pax.age in 5..15", "", std::string(kOneChanged) + "  when:\n    - pax.age in 5..15\n"},
        DiffCase{"OrderOfTerms", "pax.child and pax.age in 5..15", "pax.age in 5..15 and pax.child", ""},
        DiffCase{"Joint", "pax.child or pax.boarded", "pax.child and pax.boarded",
                 "rules: 0 added, 0 removed, 1 changed\n\nrule A-2 changed\n  when:\n    joined by 'and' instead of 'or'\n"},
        DiffCase{"UnlessRemoved", "  unless\n    pax.in_transit\n", "",
                 std::string(kOneChanged) + "  unless removed:\n    - pax.in_transit\n"},
        DiffCase{"Status", "  points 3\n", "  points 3\n  status shadow\n",
                 std::string(kOneChanged) + "  status: live -> shadow\n"},
        DiffCase{"Justify", "\"j\"", "\"k\"", std::string(kOneChanged) + "  justify age: j -> k\n"},
        DiffCase{"Test", "{ pax.child: true }", "{ pax.child: false }",
                 std::string(kOneChanged) + "  test \"t\": match { pax.child: true } -> match { pax.child: false }\n"},
        DiffCase{"Parameter", "  purpose", "  meet_from 12\n  purpose",
                 std::string(kNoneChanged) + "profile changed\n  meet_from: 10 -> 12\n"},
        DiffCase{"List", "[\"a\", \"b\"]", "[\"b\", \"c\", \"d\"]",
                 std::string(kNoneChanged) + "list @l changed\n  values added 2: c, d\n  values removed 1: a\n  used by A-1\n"},
        DiffCase{"ListRemoved", "list @old : text = [\"x\"]\n", "",
                 std::string(kNoneChanged) + "list @old removed\n  - list @old : text = [\"x\"]\n"},
        DiffCase{"Define", "pax.age < 12", "pax.age < 14",
                 std::string(kNoneChanged) + "define young changed\n  pax.age: < 12 -> < 14\n  used by A-1\n"},
        DiffCase{"RuleRemovedAndAdded", "rule A-2", "rule A-3",
                 "rules: 1 added, 1 removed, 0 changed\n\nrule A-2 removed\n"
                 "  - rule A-2 \"two\"\n  -   level passenger\n  -   severity low\n  -   points 3\n  -   when\n"
                 "  -     pax.child or pax.boarded\n  -   why \"w\"\n  -   source \"s\"\n  -   fairness \"f\"\n"
                 "  -   review_by 2027-01-01\n\nrule A-3 added\n"
                 "  + rule A-3 \"two\"\n  +   level passenger\n  +   severity low\n  +   points 3\n  +   when\n"
                 "  +     pax.child or pax.boarded\n  +   why \"w\"\n  +   source \"s\"\n  +   fairness \"f\"\n"
                 "  +   review_by 2027-01-01\n"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall::rules
