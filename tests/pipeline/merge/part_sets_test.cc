#include "pipeline/merge/part_sets.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace landfall {
namespace {

struct Part {
  std::string ref;  // Empty: a list that came whole.
  int seq = 1;
  bool last = false;
  int revision = 0;  // 0: none.
  std::string sender = "ZZ";
};

struct PartSetsCase {
  std::string name;
  std::vector<Part> parts;
  bool complete, no_gap;
  std::string missing;
};

class PartSetsTest : public testing::TestWithParam<PartSetsCase> {};

// Formats, sections 1.3: 01:C first, nn:F last; some senders give the number alone.
TEST_P(PartSetsTest, SaysWhichAreMissing) {
  PartSets sets;
  std::uint32_t number = 0;
  for (const Part& part : GetParam().parts) {
    Message message;
    message.sender = part.sender;
    if (part.revision != 0) message.revision = part.revision;
    if (!part.ref.empty()) message.part = MessagePart{part.ref, part.seq, part.last};
    sets.Add(message, ++number);
  }
  EXPECT_EQ(sets.IsComplete(), GetParam().complete);
  EXPECT_EQ(sets.HasNoGap(), GetParam().no_gap);
  const std::string tail = ": ask the sender to send the list again";
  EXPECT_EQ(sets.Missing(), GetParam().missing.empty() ? "" : GetParam().missing + tail);
}

INSTANTIATE_TEST_SUITE_P(
    Formats, PartSetsTest,
    testing::Values(
        PartSetsCase{"Nothing", {}, true, true, ""},
        PartSetsCase{"Whole", {{""}}, true, true, ""},
        PartSetsCase{"OneAndLast", {{"A", 1, true}}, true, true, ""},
        PartSetsCase{"InOrder", {{"A", 1}, {"A", 2}, {"A", 3, true}}, true, true, ""},
        PartSetsCase{"LastFirst", {{"A", 3, true}, {"A", 2}, {"A", 1}}, true, true, ""},
        PartSetsCase{"Twice", {{"A", 1}, {"A", 1}, {"A", 2, true}, {"A", 2, true}}, true, true, ""},
        PartSetsCase{"FirstMissing", {{"A", 2}, {"A", 3, true}}, false, false, "part 1 of 3 did not come"},
        PartSetsCase{"MiddleMissing", {{"A", 1}, {"A", 3, true}}, false, false, "part 2 of 3 did not come"},
        PartSetsCase{"SeveralMissing", {{"A", 1}, {"A", 3}, {"A", 7, true}}, false, false, "parts 2, 4-6 of 7 did not come"},
        PartSetsCase{"LastMissing", {{"A", 1}, {"A", 2}}, false, true, "none of the 2 part(s) that came is marked as the last"},
        PartSetsCase{"LastAndMiddleMissing", {{"A", 1}, {"A", 3}}, false, false,
                     "part 2 of at least 3 did not come; none of the 2 part(s) that came is marked as the last"},
        PartSetsCase{"TwiceDoesNotMakeUpForAnother", {{"A", 1}, {"A", 1}, {"A", 3, true}}, false, false,
                     "part 2 of 3 did not come"},
        PartSetsCase{"MoreThanTheLast", {{"A", 1}, {"A", 2, true}, {"A", 3}}, false, true,
                     "part 3 came, and part 2 is marked as the last"},
        PartSetsCase{"ANumberBeyondReason", {{"A", 100'000, true}}, false, false, "parts 1-99999 of 100000 did not come"},
        PartSetsCase{"ManyGaps",
                     {{"A", 2}, {"A", 4}, {"A", 6}, {"A", 8}, {"A", 10}, {"A", 12}, {"A", 14}, {"A", 16}, {"A", 18}, {"A", 20, true}},
                     false, false, "parts 1, 3, 5, 7, 9, 11, 13, 15, more of 20 did not come"},
        PartSetsCase{"ANewSetBegins", {{"A", 1}, {"A", 2, true}, {"B", 1}}, false, true,
                     "none of the 1 part(s) that came is marked as the last"},
        PartSetsCase{"ANewRevisionIsANewSet", {{"A", 1, false, 1}, {"A", 2, true, 1}, {"A", 2, true, 2}}, false, false,
                     "part 1 of 2 did not come"},
        PartSetsCase{"ALatePartOfTheOldSet", {{"A", 1}, {"B", 1, true}, {"A", 2, true}}, true, true, ""},
        PartSetsCase{"AnotherSendersSet", {{"A", 1}, {"A", 2, true, 0, "YY"}}, false, false, "part 1 of 2 did not come"},
        PartSetsCase{"AWholeListReplaces", {{"A", 1}, {""}}, true, true, ""}),
    [](const auto& test) { return test.param.name; });

TEST(PartSets, PartsOfOneSetAreOneList) {
  const auto part = [](std::string ref) {
    Message message;
    message.part = MessagePart{std::move(ref), 1, false};
    return message;
  };
  PartSets sets;
  EXPECT_EQ(sets.Add(part("A"), 1), 1u);
  EXPECT_EQ(sets.Add(part("B"), 2), 2u);
  EXPECT_EQ(sets.Add(part("A"), 3), 1u);
  EXPECT_EQ(sets.Add(Message(), 4), 4u);
}

}  // namespace
}  // namespace landfall
