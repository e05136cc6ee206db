#include "pipeline/assess/points.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace landfall {
namespace {

using ::testing::ElementsAre;

Hit HitOf(std::string rule, std::string family, int points, std::vector<std::string> parties,
          Severity severity = Severity::kHigh) {
  Hit hit;
  hit.rule = std::move(rule);
  hit.family = std::move(family);
  hit.points = points;
  hit.severity = severity;
  hit.scored_parties = std::move(parties);
  return hit;
}

struct PointsCase {
  std::string name;
  std::vector<Hit> hits;
  int highest, sum;
};
class PointsTest : public testing::TestWithParam<PointsCase> {};

// docs/RULES.md, "A flight's points".
TEST_P(PointsTest, AreThoseOfTheHighestParty) {
  const FlightPoints points = PointsOf(GetParam().hits);
  EXPECT_EQ(points.highest, GetParam().highest);
  EXPECT_EQ(points.sum, GetParam().sum);
}

INSTANTIATE_TEST_SUITE_P(
    Language, PointsTest,
    testing::Values(
        PointsCase{"NoHits", {}, 0, 0},
        PointsCase{"OneParty", {HitOf("A", "A", 14, {"1"}), HitOf("B", "B", 5, {"1"})}, 19, 19},
        PointsCase{"OneFamilyCountsOnce", {HitOf("A", "A", 11, {"1"}), HitOf("B", "A", 7, {"1"})}, 11, 11},
        PointsCase{"PartiesDoNotAdd", {HitOf("A", "A", 9, {"1"}), HitOf("A", "A", 9, {"4"})}, 9, 18},
        PointsCase{"AFlightRuleCountsForEveryParty", {HitOf("F", "F", 8, {"1", "4"}), HitOf("A", "A", 6, {"4"})}, 14, 22},
        PointsCase{"ExoneratingPointsLower", {HitOf("A", "A", 9, {"1"}), HitOf("E", "E", -4, {"1"})}, 5, 5},
        PointsCase{"OnlyExonerating", {HitOf("E", "E", -4, {"1"})}, -4, -4},
        PointsCase{"FamiliesMergeAcrossProfiles", {HitOf("A", "X", 5, {"1"}), HitOf("Z", "X", 12, {"1"})}, 12, 12}),
    [](const auto& test) { return test.param.name; });

struct SuggestCase {
  std::string name;
  int points;
  bool critical, undecided;
  Suggestion suggestion;
};
class SuggestTest : public testing::TestWithParam<SuggestCase> {};

TEST_P(SuggestTest, FollowsTheThresholds) {
  const SuggestCase& test = GetParam();
  std::vector<Hit> hits;
  if (test.points != 0) {
    hits.push_back(HitOf("A", "A", test.points, {"1"}, test.critical ? Severity::kCritical : Severity::kHigh));
  }
  EXPECT_EQ(Suggest(hits, test.points, test.undecided, ProfileParameters{}), test.suggestion);
}

INSTANTIATE_TEST_SUITE_P(
    Defaults, SuggestTest,
    testing::Values(SuggestCase{"Nothing", 0, false, false, Suggestion::kNoAction},
                    SuggestCase{"BelowConsider", 5, false, false, Suggestion::kNoAction},
                    SuggestCase{"Consider", 6, false, false, Suggestion::kConsider},
                    SuggestCase{"BelowMeet", 9, false, false, Suggestion::kConsider},
                    SuggestCase{"Meet", 10, false, false, Suggestion::kMeet},
                    SuggestCase{"CriticalWithFewPoints", 1, true, false, Suggestion::kMeet},
                    SuggestCase{"UndecidedIsNeverNoAction", 0, false, true, Suggestion::kUndecided},
                    SuggestCase{"UndecidedIsAboveConsider", 6, false, true, Suggestion::kUndecided},
                    SuggestCase{"MeetIsAboveUndecided", 10, false, true, Suggestion::kMeet}),
    [](const auto& test) { return test.param.name; });

FlightFlag Ranked(std::string number, int points, bool critical = false, bool undecided = false, int sum = 0) {
  FlightFlag flag;
  flag.key.number = std::move(number);
  flag.points = points;
  flag.points_sum = sum;
  flag.critical = critical;
  if (points != 0) flag.hits.resize(1);
  if (undecided) flag.undecided.resize(1);
  return flag;
}

TEST(RanksBefore, CriticalThenUndecidedThenPointsThenSampled) {
  FlightFlag sampled = Ranked("F", 0);
  sampled.sampled = true;
  FlightFlag pinned = Ranked("B", 3);
  pinned.pinned = true;
  std::vector<FlightFlag> flags = {sampled,           Ranked("E", 4),        Ranked("D", 30, false, false, 31),
                                   Ranked("C", 2, false, true), pinned, Ranked("A", 5, true), Ranked("DD", 30, false, false, 30)};
  std::sort(flags.begin(), flags.end(), RanksBefore);
  std::vector<std::string> order;
  for (const FlightFlag& flag : flags) order.push_back(flag.key.number);
  EXPECT_THAT(order, ElementsAre("A", "B", "C", "D", "DD", "E", "F"));
}

// Total: of two different flights exactly one stands first; and transitive, or sorting would not be stable.
TEST(RanksBefore, IsATotalOrder) {
  const unsigned seed = 7;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::vector<FlightFlag> flags;
  for (int i = 0; i < 60; ++i) {
    flags.push_back(Ranked("ZZ" + std::to_string(i), static_cast<int>(random() % 3), random() % 4 == 0, random() % 4 == 0,
                           static_cast<int>(random() % 3)));
    flags.back().sampled = random() % 3 == 0;
    flags.back().arrives_at = Instant{static_cast<std::int64_t>(random() % 2)};
  }
  for (const FlightFlag& a : flags) {
    for (const FlightFlag& b : flags) {
      EXPECT_EQ(RanksBefore(a, b) + RanksBefore(b, a), a.key == b.key ? 0 : 1);
      for (const FlightFlag& c : flags) {
        if (RanksBefore(a, b) && RanksBefore(b, c)) {
          EXPECT_TRUE(RanksBefore(a, c));
        }
      }
    }
  }
}

TEST(IsSampled, DrawsTheShareAndIsReproducible) {
  const HashKey key = SampleKey("sha256:abc");
  int drawn = 0;
  for (int i = 0; i < 20'000; ++i) {
    const FlightKey flight{MakeDate(2026, 11, 22), "ZZ" + std::to_string(i), AirportCode("LOS"), AirportCode("LHR")};
    drawn += IsSampled(flight, 0.02, key) ? 1 : 0;
    EXPECT_EQ(IsSampled(flight, 0.02, key), IsSampled(flight, 0.02, key));
    EXPECT_FALSE(IsSampled(flight, 0.0, key));
    EXPECT_TRUE(IsSampled(flight, 1.0, key));
  }
  EXPECT_NEAR(drawn, 400, 100);
}

// The NDJSON contract's example.
TEST(FlagId, IsThatOfTheContract) {
  EXPECT_EQ(FlagId({MakeDate(2026, 11, 22), "ZZ101", AirportCode("LOS"), AirportCode("LHR")}), "F-030b1cdfc24b6e77");
}

}  // namespace
}  // namespace landfall
