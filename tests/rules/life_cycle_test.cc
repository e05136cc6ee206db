#include "rules/life_cycle.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/rules/rule_text.h"

namespace landfall::rules {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t kDay = 86'400;
// 22 November 2026, 12:00 UTC.
constexpr std::int64_t kStart = 1'795'348'800;
const std::set<std::string, std::less<>> kTeams = {"paladin_lhr"};

std::string Text(int version, int points = 3, std::string_view period = "2026-11-01 .. 2027-04-30") {
  return "profile p \"P\" version " + std::to_string(version) +
         "\n  purpose \"help\"\n  legal \"s.55\"\n  owner ops.a\n  approver dep.b\n  effective " + std::string(period) +
         "\n  review_by 2027-03-01\n\nlist @l : text from l.csv\n\nrule A-1 \"one\"\n  level passenger\n  severity low\n  points " +
         std::to_string(points) +
         "\n  when\n    pax.child and booking.agency in @l\n  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-02-01\n"
         "  test \"a\" match { pax.child: true, booking.agency: \"a\" }\n  test \"b\" no match { pax.child: true, booking.agency: \"b\" }\n";
}

// Acts and keeps the events, as the store does: through their stored form.
class LivesTest : public testing::Test {
 protected:
  ProfileLives Lives() const {
    std::vector<ProfileEvent> events;
    for (const std::string& json : stored_) events.push_back(*ReadEvent(json));
    return ProfileLives(std::move(events));
  }
  // "" or what stands in the way.
  std::string Keep(const absl::StatusOr<ProfileEvent>& event) {
    if (!event.ok()) return std::string(event.status().message());
    stored_.push_back(EventJson(*event));
    return "";
  }
  Actor By(std::string who) const { return {std::move(who), {now_}}; }
  std::string Propose(const std::string& text, const std::string& who = "ann") {
    const ListReader lists = [](std::string_view) -> absl::StatusOr<std::string> { return std::string("a\n"); };
    return Keep(Lives().Propose({text, lists}, nullptr, By(who), "because", kTeams));
  }
  std::string Approve(int version, const std::string& who = "bob") {
    const auto versions = Lives().Versions("p", {now_});
    for (const auto& known : versions) {
      if (known.version == version) return Keep(Lives().Approve("p", version, "sha256:" + known.hash, By(who)));
    }
    return "none";
  }
  std::string Publish(int version) {
    return Keep(Lives().Publish("p", version, By("ann"), {"no_history:new"}, kTeams));
  }
  std::string Emergency(int version) { return Keep(Lives().PublishInEmergency("p", version, By("ann"), "now", kTeams)); }
  std::string Rollback(int version) { return Keep(Lives().Rollback("p", version, By("ann"), "worse")); }
  std::vector<std::string> Stages() const {
    std::vector<std::string> stages;
    for (const auto& version : Lives().Versions("p", {now_}))
      stages.push_back(std::to_string(version.version) + " " + std::string(StageWords(version)));
    return stages;
  }

  std::int64_t now_ = kStart;
  std::vector<std::string> stored_;
};

TEST_F(LivesTest, FromProposalToLiveByTwoPersons) {
  EXPECT_EQ(Propose(Text(1)), "");
  EXPECT_THAT(Stages(), ElementsAre("1 proposed"));
  EXPECT_THAT(Publish(1), HasSubstr("p@1 is not approved"));
  EXPECT_THAT(Approve(1, "ann"), HasSubstr("ann proposed p@1 and may not approve it"));
  EXPECT_EQ(Approve(1), "");
  EXPECT_THAT(Approve(1), HasSubstr("approved already"));
  EXPECT_THAT(Stages(), ElementsAre("1 approved"));
  EXPECT_THAT(Keep(Lives().Publish("p", 1, By("ann"), {}, kTeams)), HasSubstr("accept that with --accept no_history:WHY"));
  EXPECT_THAT(Keep(Lives().Publish("p", 1, By("ann"), {"no_history: "}, kTeams)), HasSubstr("--accept"));
  EXPECT_EQ(Publish(1), "");
  EXPECT_THAT(Stages(), ElementsAre("1 live"));
  const ProfileLives lives = Lives();
  ASSERT_EQ(lives.Live({now_}).size(), 1u);
  const auto profile = ProfileOf(*lives.Live({now_})[0]);
  ASSERT_TRUE(profile.ok());
  EXPECT_THAT((*profile)->lists[0].values, ElementsAre("a"));  // Kept with the proposal.
}

TEST_F(LivesTest, AnApprovalIsOfOneHash) {
  EXPECT_EQ(Propose(Text(1)), "");
  EXPECT_THAT(Keep(Lives().Approve("p", 1, std::string(64, '0'), By("bob"))), HasSubstr("approve exactly that"));
  EXPECT_THAT(Propose(Text(1, 4)), HasSubstr("p@1 was proposed already and is another - raise the version"));
  EXPECT_THAT(Propose(Text(1)), HasSubstr("p@1 was proposed already"));
  EXPECT_THAT(Propose(Text(0)), HasSubstr("p@1 comes after it - raise the version"));
}

TEST_F(LivesTest, WhoEditedSinceTheLastApprovalMayNotApprove) {
  EXPECT_EQ(Propose(Text(1), "ann"), "");
  EXPECT_EQ(Propose(Text(2), "bob"), "");
  EXPECT_THAT(Approve(2, "ann"), HasSubstr("ann proposed p@1 and may not approve it"));
  EXPECT_THAT(Approve(2, "bob"), HasSubstr("bob proposed p@2"));
  EXPECT_EQ(Approve(2, "cyd"), "");
  EXPECT_EQ(Propose(Text(3), "cyd"), "");
  EXPECT_EQ(Approve(3, "ann"), "");
}

TEST_F(LivesTest, RollbackGoesToWhatWasApproved) {
  for (int version = 1; version <= 2; ++version) {
    EXPECT_EQ(Propose(Text(version, version)), "");
    EXPECT_EQ(Approve(version), "");
    EXPECT_EQ(Publish(version), "");
  }
  EXPECT_THAT(Stages(), ElementsAre("1 replaced", "2 live"));
  EXPECT_THAT(Rollback(2), HasSubstr("live already"));
  EXPECT_THAT(Rollback(3), HasSubstr("has no version 3"));
  EXPECT_EQ(Rollback(1), "");
  EXPECT_THAT(Stages(), ElementsAre("1 live", "2 replaced"));
  EXPECT_EQ(Propose(Text(3)), "");
  EXPECT_THAT(Rollback(3), HasSubstr("was never approved"));
  now_ += 180 * kDay;
  EXPECT_THAT(Rollback(2), HasSubstr("p@2 expired on 2027-04-30"));
  EXPECT_THAT(Stages(), ElementsAre("1 expired", "2 expired", "3 expired"));
}

TEST_F(LivesTest, AnEmergencyEndsAfterADay) {
  EXPECT_EQ(Propose(Text(1)), "");
  EXPECT_EQ(Approve(1), "");
  EXPECT_EQ(Publish(1), "");
  EXPECT_EQ(Propose(Text(2, 5)), "");
  EXPECT_EQ(Emergency(2), "");
  EXPECT_THAT(Stages(), ElementsAre("1 replaced", "2 live for 24 hours, waits for an approval"));
  now_ += kDay - 1;
  EXPECT_EQ(Lives().Live({now_})[0]->version, 2);
  now_ += 1;
  EXPECT_EQ(Lives().Live({now_})[0]->version, 1);
  EXPECT_THAT(Emergency(2), HasSubstr("had its 24 hours"));
}

TEST_F(LivesTest, AnEmergencyThatIsApprovedStays) {
  EXPECT_EQ(Propose(Text(1)), "");
  EXPECT_EQ(Emergency(1), "");
  now_ += 3600;
  EXPECT_THAT(Approve(1, "ann"), HasSubstr("may not approve it"));
  EXPECT_EQ(Approve(1, "bob"), "");
  now_ += 3 * kDay;
  EXPECT_THAT(Stages(), ElementsAre("1 live"));
}

TEST_F(LivesTest, WhatIsNotFitIsNotProposed) {
  EXPECT_THAT(Propose(Text(1, 3, "2026-11-01 .. 2027-06-30")), HasSubstr("this period is longer than 6 months"));
  EXPECT_THAT(Propose("profile p \"P\" version 1\n  onwer x\n"), HasSubstr("unknown line 'onwer'"));
  EXPECT_THAT(Keep(Lives().Propose({Text(1), nullptr}, nullptr, By("ann"), " ", kTeams)), HasSubstr("--reason"));
  EXPECT_TRUE(stored_.empty());
}

TEST_F(LivesTest, ReviewIsDueTwoWeeksBefore) {
  EXPECT_EQ(Propose(Text(1)), "");
  EXPECT_EQ(Approve(1), "");
  EXPECT_EQ(Publish(1), "");
  now_ = kStart + 84 * kDay;  // 14 February 2027.
  EXPECT_THAT(Stages(), ElementsAre("1 live"));
  now_ += kDay;
  EXPECT_THAT(Stages(), ElementsAre("1 live, review due"));
}

TEST_F(LivesTest, AStoredProfileThatChangedIsRefused) {
  EXPECT_EQ(Propose(Text(1)), "");
  std::string& json = stored_[0];
  json.replace(json.find("points 3"), 8, "points 4");
  EXPECT_THAT(ProfileOf(Lives().events()[0]).status().message(), HasSubstr("another hash than the one that was approved"));
  EXPECT_FALSE(ReadEvent("{}").ok());
  EXPECT_FALSE(ReadEvent("[").ok());
}

}  // namespace
}  // namespace landfall::rules
