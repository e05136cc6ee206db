// `landfall rules`: what operations staff and the people who approve do with a profile, by the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

constexpr const char* kSource = LANDFALL_SOURCE_DIR;

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

CommandResult Rules(std::vector<std::string> arguments, const std::string& input = "") {
  arguments.insert(arguments.begin(), "rules");
  return RunLandfall(arguments, input);
}

constexpr std::string_view kLoose =
    "profile p \"P\" version 1\n  meet_from 10\nrule R-1 \"r\"\n  severity low\n  level passenger\n  points 1\n"
    "  when (pax.child)  and pax.bags>1 # many\n  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n";

TEST(RulesCommandTest, FormatsChecksAndRewrites) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("p.rules", std::string(kLoose));
  const CommandResult check = Rules({"format", file, "--check"});
  EXPECT_EQ(check.exit_code, 1);
  EXPECT_THAT(check.out, HasSubstr("p.rules:2: not in canonical form - run landfall rules format"));
  const CommandResult printed = Rules({"format", file});
  EXPECT_EQ(printed.exit_code, 0);
  EXPECT_THAT(printed.out, HasSubstr("  when\n    pax.child and pax.bags > 1  # many\n"));
  EXPECT_EQ(ReadBytes(file), kLoose);
  std::filesystem::permissions(file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const std::string link = folder.Path("link.rules");
  std::filesystem::create_symlink(file, link);
  EXPECT_EQ(Rules({"format", link, "--write"}).exit_code, 0);
  EXPECT_EQ(ReadBytes(file), printed.out);
  EXPECT_TRUE(std::filesystem::is_symlink(link));
  EXPECT_EQ(std::filesystem::status(file).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  EXPECT_EQ(Rules({"format", file, "--check"}).exit_code, 0);
  EXPECT_EQ(Rules({"format", file, "--check", "--write"}).exit_code, 2);
  EXPECT_EQ(Rules({"format", folder.Write("bad.rules", "profil p\n")}).exit_code, 1);
}

TEST(RulesCommandTest, TheExchangeFormGoesBothWays) {
  const TemporaryFolder folder;
  const CommandResult json = Rules({"format", "built-in", "--json"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  // The lists of the built-in profile are in the program: beside the file they are missing, which lint alone minds.
  const CommandResult text = Rules({"format", folder.Write("p.json", json.out), "--json"});
  EXPECT_EQ(text.exit_code, 0) << text.err;
  EXPECT_EQ(text.out, ReadBytes(std::string(kSource) + "/rules/profiles/child-protection.rules"));
  const CommandResult bad = Rules({"format", folder.Write("q.json", "{\"profile\":{\"idd\":1}}"), "--json"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.err, HasSubstr("q.json: /profile/idd: unknown member 'idd' - did you mean id?"));
}

TEST(RulesCommandTest, AnOverlayRestsOnTheBuiltInProfile) {
  const TemporaryFolder folder;
  const std::string file = folder.Write(
      "lgw.rules",
      "profile lgw \"Gatwick\" version 1 extends child-protection\n\n"
      "rule CP-001 \"Child travels alone without the carrier's service for children\"\n  points 8\n");
  const CommandResult lint = Rules({"lint", file});
  EXPECT_EQ(lint.exit_code, 0) << lint.out << lint.err;
  const CommandResult diff = Rules({"diff", "built-in", file});
  EXPECT_EQ(diff.exit_code, 0) << diff.err;
  EXPECT_THAT(diff.out, HasSubstr("rules: 0 added, 0 removed, 1 changed"));
  EXPECT_THAT(diff.out, HasSubstr("rule CP-001 changed\n  points: 10 -> 8\n"));
  EXPECT_EQ(Rules({"diff", file, file}).out, "no change of meaning\n");
  EXPECT_EQ(Rules({"test", file}).exit_code, 0);
  const CommandResult missing = Rules({"lint", folder.Write("x.rules", "profile x \"X\" version 1 extends other\n")});
  EXPECT_EQ(missing.exit_code, 1);
  EXPECT_THAT(missing.out, HasSubstr("the profile other that this extends cannot be read"));
  EXPECT_THAT(missing.out, HasSubstr("put other.rules beside the overlay"));
}

TEST(RulesCommandTest, LintForPublishing) {
  const CommandResult lint = Rules({"lint", "built-in", "--publish", "--on", "2026-11-22"});
  EXPECT_EQ(lint.exit_code, 1);
  EXPECT_THAT(lint.out, HasSubstr("missing 'effective' - a profile needs it to be published"));
  EXPECT_THAT(lint.out, HasSubstr("warning: no history yet"));
  EXPECT_THAT(lint.err, HasSubstr("1 errors"));
  EXPECT_EQ(Rules({"lint", "built-in"}).exit_code, 0);
  EXPECT_EQ(Rules({"lint", "built-in", "--publish", "--on", "tomorrow"}).exit_code, 2);
}

TEST(RulesCommandTest, ARouteNamesATeamOfTheConfiguration) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("p.rules", std::string(kLoose) + "  route lgw_team\n");
  const CommandResult unknown = Rules({"lint", file});
  EXPECT_EQ(unknown.exit_code, 0);
  EXPECT_THAT(unknown.out, HasSubstr("p.rules:12:3: rule R-1: warning: no team 'lgw_team' is configured"));
  const std::string config = folder.Write("landfall.toml", "[[teams]]\nid = \"lgw_team\"\nports = [\"LGW\"]\n");
  EXPECT_EQ(Rules({"lint", file, "--config", config}).out, "");
  const CommandResult wrong = Rules({"lint", file, "--config", folder.Write("bad.toml", "[[teams]]\nidd = \"x\"\n")});
  EXPECT_EQ(wrong.exit_code, 2);
  EXPECT_THAT(wrong.err, HasSubstr("bad.toml:2: unknown key 'idd' of a team"));
  const std::string twice = "[[teams]]\nid = \"x\"\n[[teams]]\nid = \"x\"\n";
  EXPECT_THAT(Rules({"lint", file, "--config", folder.Write("twice.toml", twice)}).err, HasSubstr("team 'x' is there twice"));
}

TEST(RulesCommandTest, CelSpelling) {
  const CommandResult result = Rules({"eval", "--cel", "--expr", "x + 1 < 5 && pax.age == 3", "--facts", "-"},
                                     "{\"pax.age\":3,\"bindings\":{\"x\":{\"type\":\"int\",\"value\":\"3\"}}}\n");
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out, "{\"row\":1,\"type\":\"bool\",\"value\":true}\n");
  const CommandResult bad = Rules({"eval", "--cel", "--expr", "null == 1"});
  EXPECT_EQ(bad.exit_code, 1);
  EXPECT_THAT(bad.err, HasSubstr("expr:1:1: null is not part of the subset"));
  EXPECT_EQ(Rules({"format", "--cel", "--expr", "pax.child && pax.age in [1, 2]"}).out, "pax.child and pax.age in [1, 2]\n");
}

// The built-in profile with a period: fit to be published. The period begins in this month, whatever the month.
std::string Publishable(int version, const std::string& points) {
  std::time_t now = std::time(nullptr);
  const auto day = [](std::time_t at) {
    char text[16];
    std::strftime(text, sizeof(text), "%Y-%m-%d", std::gmtime(&at));
    return std::string(text);
  };
  const std::time_t day_seconds = 86'400;
  const std::string begins = day(now - 2 * day_seconds), ends = day(now + 90 * day_seconds), review = day(now + 60 * day_seconds);
  return "profile site \"Site\" version " + std::to_string(version) +
         "\n  purpose \"help\"\n  legal \"s.55\"\n  owner ops.a\n  approver dep.b\n  effective " + begins + " .. " + ends +
         "\n  review_by " + review + "\n\nrule S-1 \"Child without an adult\"\n  level passenger\n  severity medium\n  points " + points +
         "\n  when\n    pax.child and party.adults = 0\n  why \"alone\"\n  source \"s\"\n  fairness \"f\"\n  review_by " + review +
         "\n  test \"alone\" match { pax.child: true, party.adults: 0 }\n  test \"adult\" no match { pax.child: true, party.adults: 1 }\n";
}

TEST(RulesCommandTest, AProfileGoesLiveByTwoPersonsAndScreenUsesIt) {
  const TemporaryFolder folder;
  const std::string data = folder.Path("data");
  const auto act = [&](std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--data", data});
    return Rules(arguments);
  };
  const CommandResult proposed = act({"propose", folder.Write("a.rules", Publishable(1, "5")), "--reason", "first", "--by", "ann"});
  ASSERT_EQ(proposed.exit_code, 0) << proposed.err;
  const std::string hash = proposed.out.substr(proposed.out.find("sha256:"), 71);
  EXPECT_EQ(act({"publish", "site@1", "--by", "ann"}).exit_code, 1);
  const CommandResult own = act({"approve", "site@1", "--hash", hash, "--by", "ann"});
  EXPECT_EQ(own.exit_code, 1);
  EXPECT_THAT(own.err, HasSubstr("ann proposed site@1 and may not approve it"));
  EXPECT_EQ(act({"approve", "site@1", "--hash", "sha256:00", "--by", "bob"}).exit_code, 1);
  EXPECT_EQ(act({"approve", "site@1", "--by", "bob"}).exit_code, 2);
  EXPECT_EQ(act({"approve", "site@1", "--hash", hash, "--by", "bob"}).exit_code, 0);
  EXPECT_EQ(act({"publish", "site@1", "--by", "ann", "--accept", "no_history:new store"}).exit_code, 0);
  EXPECT_THAT(act({"history", "site"}).out, HasSubstr("site@1  live  " + hash));

  const CommandResult screened = RunLandfall({"screen", "--data", data, "--all", "--format", "ndjson",
                                              std::string(kSource) + "/samples/hand/accompanied_adult_missing.ndjson"});
  // Its period may not hold the sample's day; the built-in rules are not used in any case.
  EXPECT_THAT(screened.out, HasSubstr("\"flight\":\"ZZ9002\""));
  EXPECT_THAT(screened.out, ::testing::Not(HasSubstr("CP-")));

  // An emergency needs no second person, and can be taken back.
  ASSERT_EQ(act({"propose", folder.Write("b.rules", Publishable(2, "6")), "--reason", "more", "--by", "ann"}).exit_code, 0);
  EXPECT_EQ(act({"publish", "site@2", "--emergency", "--reason", "now", "--by", "ann"}).exit_code, 0);
  EXPECT_THAT(act({"history", "site"}).out, HasSubstr("site@2  live for 24 hours, waits for an approval"));
  EXPECT_EQ(act({"rollback", "site", "--to", "1", "--reason", "worse", "--by", "ann"}).exit_code, 0);
  EXPECT_THAT(act({"history", "site"}).out, HasSubstr("site@1  live  "));
  EXPECT_EQ(act({"rollback", "site", "--to", "2", "--by", "ann"}).exit_code, 1);
  EXPECT_THAT(act({"diff", "site@1", "site@2"}).out, HasSubstr("rule S-1 changed\n  points: 5 -> 6\n"));
  EXPECT_EQ(act({"propose", "built-in", "--reason", "x", "--by", "ann"}).exit_code, 1);  // It has no period.
}

// The hand-written flight of a child whose vignette names an adult who is not there.
class ExplainTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string hand = std::string(kSource) + "/samples/hand";
    const CommandResult vignettes = RunLandfall({"import", "vignettes", hand + "/records/vignettes.ndjson", "--data", data_});
    ASSERT_EQ(vignettes.exit_code, 0) << vignettes.err;
    const CommandResult screened = RunLandfall({"screen", "--data", data_, "--config", std::string(kSource) + "/samples/landfall.toml",
                                                hand + "/accompanied_adult_missing.ndjson"});
    ASSERT_EQ(screened.exit_code, 0) << screened.err;
  }
  CommandResult Explain(std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), "explain");
    arguments.insert(arguments.end(), {"--data", data_, "--config", std::string(kSource) + "/samples/landfall.toml"});
    return Rules(arguments);
  }

  const TemporaryFolder folder_;
  const std::string data_ = folder_.Path("data");
};

TEST_F(ExplainTest, AHitTermByTermWithItsNearestChange) {
  const CommandResult result = Explain({"ZZ9002", "2026-11-22", "CP-002"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("CP-002 on ZZ9002 2026-11-22 ACC LHR: hit\n"));
  EXPECT_THAT(result.out, HasSubstr("  traveller 1: H-"));
  EXPECT_THAT(result.out, HasSubstr("    because pax.child: yes (API birth date 2015-06-19)\n"));
  EXPECT_THAT(result.out, HasSubstr("    unless  visa.result in [split, late_mismatch]: no, it is mismatch alone (derived)\n"));
  EXPECT_THAT(result.out, HasSubstr("    would not hit if visa.kind were"));
}

TEST_F(ExplainTest, WhyNot) {
  const CommandResult result = Explain({"ZZ9002", "2026-11-22", "CP-033"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("CP-033 on ZZ9002 2026-11-22 ACC LHR: no hit\n"));
  EXPECT_THAT(result.out, HasSubstr("    because visa.class in [domestic_worker, work]: no, it is visit (vignette VGHAND0002)\n"));
  EXPECT_THAT(result.out, HasSubstr("    would hit if visa.class were domestic worker or work\n"));
  const CommandResult adult = Explain({"ZZ9002", "2026-11-22", "CP-002", "--traveller", "2"});
  EXPECT_THAT(adult.out, HasSubstr("traveller 2: the rule does not fire"));
  EXPECT_EQ(Explain({"ZZ9002", "2026-11-22", "CP-002", "--traveller", "9"}).exit_code, 2);
}

TEST_F(ExplainTest, TheRecordAsJson) {
  const CommandResult hit = Explain({"ZZ9002", "2026-11-22", "CP-002", "--format", "json"});
  EXPECT_THAT(hit.out, HasSubstr("{\"hit\":\"H-"));
  EXPECT_THAT(hit.out, HasSubstr("\"nearest_change\":\"would not hit if"));
  EXPECT_EQ(Explain({"ZZ9002", "2026-11-22", "CP-002", "--format", "json"}).out, hit.out);
  const CommandResult miss = Explain({"ZZ9002", "2026-11-22", "CP-033", "--format", "json"});
  EXPECT_THAT(miss.out, HasSubstr("{\"hit\":null,\"rule\":\"CP-033\""));
}

TEST_F(ExplainTest, NoSuchRuleOrFlight) {
  const CommandResult rule = Explain({"ZZ9002", "2026-11-22", "CP-0002"});
  EXPECT_EQ(rule.exit_code, 2);
  EXPECT_THAT(rule.err, HasSubstr("profile child-protection has no rule CP-0002 - did you mean CP-002?"));
  EXPECT_THAT(Explain({"ZZ9003", "2026-11-22", "CP-002"}).err, HasSubstr("No flight ZZ9003 departs or arrives on 2026-11-22"));
}

}  // namespace
}  // namespace landfall
