// The main job as a user runs it: the real program, real files, a real store.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <regex>
#include <string>
#include <vector>

#include "storage/database.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::RunLandfallAndKill;
using testing_support::TemporaryFolder;

constexpr const char* kDay = LANDFALL_SOURCE_DIR "/samples/day/";

std::vector<std::string> DayMessages() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(kDay) + "messages")) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Loads the reference records of the sample day.
void ImportDay(const std::string& data) {
  for (const char* kind : {"vignettes", "watchlist", "sponsors", "groups", "institutions", "addresses", "checks",
                           "consents", "care_register", "campaigns", "schedule"}) {
    const std::string file = std::string(kDay) + kind + ".ndjson";
    if (!std::filesystem::exists(file)) continue;
    const CommandResult result = RunLandfall({"import", kind, file, "--data", data});
    ASSERT_THAT(result.exit_code, AnyOf(0, 3)) << kind << ": " << result.err;
  }
}

std::vector<std::string> ScreenArguments(const std::string& data, std::vector<std::string> files,
                                         std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"screen", "--data", data, "--config", LANDFALL_SOURCE_DIR "/samples/landfall.toml",
                                        "--format", "ndjson"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.insert(arguments.end(), files.begin(), files.end());
  return arguments;
}

// A message of one lone traveller; `number` makes it unique.
std::string Line(int number) {
  const std::string id = std::to_string(number);
  return R"({"message_id":"T-)" + id + R"(","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in",)" +
         R"("flight":{"number":"ZZ)" + std::to_string(100 + number % 50) +
         R"(","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z","arrives_at":"2026-11-22T16:00:00Z"},)" +
         R"("travellers":[{"ref":"R)" + id + R"(","surname":"OMBRELLE","given_names":"TESSA","date_of_birth":"1980-05-06",)" +
         R"("documents":[{"type":"P","number":"N)" + id + R"(","issuer":"FRA"}]}]})" + "\n";
}

TEST(Screen, TheSampleDayIsTheSameForOneToEightThreads) {
  std::string expected;
  for (const char* threads : {"1", "2", "3", "5", "8"}) {
    const TemporaryFolder folder;
    ImportDay(folder.Path("data"));
    const CommandResult result = RunLandfall(ScreenArguments(folder.Path("data"), DayMessages(), {"--threads", threads, "--all"}));
    ASSERT_THAT(result.exit_code, AnyOf(0, 3)) << result.err;
    if (expected.empty()) expected = result.out;
    EXPECT_TRUE(result.out == expected) << threads << " threads";
  }
  EXPECT_THAT(expected, HasSubstr("\"suggested\":\"meet\""));
}

TEST(Screen, TheSameMessagesAgainHaveNoEffectAndPrintTheSameFlights) {
  const TemporaryFolder folder;
  ImportDay(folder.Path("data"));
  const CommandResult first = RunLandfall(ScreenArguments(folder.Path("data"), DayMessages()));
  const CommandResult second = RunLandfall(ScreenArguments(folder.Path("data"), DayMessages()));
  EXPECT_TRUE(first.out == second.out);
  EXPECT_THAT(second.err, HasSubstr(" = 0 stored + "));
}

// How many messages the program said were on disk, by its last whole progress line.
std::uint64_t AcknowledgedMessages(const std::string& err) {
  static const std::regex kLine("on disk: ([0-9]+) messages, [^\n]*\n");
  std::uint64_t last = 0;
  for (std::sregex_iterator it(err.begin(), err.end(), kLine), end; it != end; ++it) last = std::stoull((*it)[1]);
  return last;
}

TEST(Screen, AKillInTheMiddleLosesNothingDoublesNothingAndTheRunResumes) {
  const TemporaryFolder folder;
  std::string text;
  constexpr int kMessages = 30'000;
  for (int i = 0; i < kMessages; ++i) text += Line(i);
  const std::string file = folder.Write("messages.ndjson", text);
  const CommandResult clean = RunLandfall(ScreenArguments(folder.Path("clean"), {file}, {"--all"}));
  ASSERT_EQ(clean.exit_code, 0) << clean.err;

  const unsigned seed = 20261122;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::string data = folder.Path("killed");
  int killed = 0;
  for (int cycle = 0; cycle < 10; ++cycle) {
    std::vector<std::string> arguments = ScreenArguments(data, {file}, {"--progress-ms", "0"});
    const CommandResult result = RunLandfallAndKill(arguments, 20 + static_cast<int>(random() % 400));
    killed += result.exit_code == 128 + 9 ? 1 : 0;
    DatabaseOptions options;
    options.directory = data;
    const auto database = Database::Open(options);
    ASSERT_TRUE(database.ok()) << database.status();
    const auto stored = (*database)->CountRows("messages");
    const auto seen = (*database)->CountRows("seen");
    ASSERT_TRUE(stored.ok() && seen.ok());
    EXPECT_EQ(*stored, *seen) << "a half-written group";
    EXPECT_EQ(*stored, (*database)->last_sequence()) << "a message with two effects, or none";
    EXPECT_GE(*stored, AcknowledgedMessages(result.err)) << "acknowledged and lost";
  }
  EXPECT_GE(killed, 5) << "most runs ended before the kill: nothing was tested";
  const CommandResult resumed = RunLandfall(ScreenArguments(data, {file}, {"--all"}));
  ASSERT_EQ(resumed.exit_code, 0) << resumed.err;
  EXPECT_TRUE(resumed.out == clean.out);
  DatabaseOptions options;
  options.directory = data;
  const auto database = Database::Open(options);
  ASSERT_TRUE(database.ok());
  EXPECT_EQ(*(*database)->CountRows("messages"), static_cast<std::uint64_t>(kMessages));
}

// The long form, a million lines, by LANDFALL_LONG=1.
TEST(Screen, OneBadLineCostsNothingElse) {
  const int lines = std::getenv("LANDFALL_LONG") != nullptr ? 1'000'000 : 50'000;
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < lines; ++i) {
    if (i == lines / 2) text += "{\"message_id\":\"T-bad\",\"kind\":\n";
    text += Line(i);
  }
  const CommandResult result = RunLandfall(ScreenArguments(folder.Path("data"), {folder.Write("in.ndjson", text)}));
  EXPECT_EQ(result.exit_code, 3);
  const std::string n = std::to_string(lines), read = std::to_string(lines + 1);
  EXPECT_THAT(result.err, HasSubstr(read + " read = " + n + " stored + 0 duplicates + 1 quarantined"));
  EXPECT_THAT(result.err, HasSubstr(n + " read = " + n + " stored + 0 duplicates + 0 quarantined"));
  EXPECT_THAT(result.err, HasSubstr("\"line\":" + std::to_string(lines / 2 + 1)));
  EXPECT_THAT(result.err, HasSubstr("\"code\":\"not_json\""));
}

TEST(Screen, TheSameIdWithOtherContentIsQuarantinedAndNeitherOverwrites) {
  const TemporaryFolder folder;
  std::string other = Line(1);
  other.replace(other.find("OMBRELLE"), 8, "PARASOLE");
  const CommandResult result =
      RunLandfall(ScreenArguments(folder.Path("data"), {folder.Write("in.ndjson", Line(1) + other + Line(1))}, {"--all"}));
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("\"code\":\"id_reused\""));
  EXPECT_THAT(result.err, HasSubstr("3 read = 1 stored + 1 duplicates + 1 quarantined"));
  const CommandResult query = RunLandfall({"query", "flight", "ZZ101", "2026-11-22", "--data", folder.Path("data")});
  EXPECT_THAT(query.out, HasSubstr("OMBRELLE"));
  EXPECT_THAT(query.out, Not(HasSubstr("PARASOLE")));
}

// An error never clears a traveller.
TEST(Screen, AFlightWithATravellerWhoCouldNotBeReadIsUndecided) {
  const TemporaryFolder folder;
  std::string line = Line(1);
  line.replace(line.find("[{\"ref\""), 1, R"([{"ref":"BAD","surname":"NO\u0000NAME"},)");
  const CommandResult result = RunLandfall(ScreenArguments(folder.Path("data"), {folder.Write("in.ndjson", line)}));
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.out, HasSubstr("\"suggested\":\"undecided\""));
  EXPECT_THAT(result.out, HasSubstr("\"undecided\":[{\"travellers\":[\"BAD\"]"));
  EXPECT_THAT(result.err, HasSubstr("travellers  2 read = 1 stored + 0 duplicates + 1 quarantined"));
}

struct BadInputCase {
  std::string name;
  std::string text;
  int exit_code;
  std::string says;
};
class ScreenBadInputTest : public ::testing::TestWithParam<BadInputCase> {};

TEST_P(ScreenBadInputTest, IsToldClearlyAndNeverCrashes) {
  const TemporaryFolder folder;
  const CommandResult result =
      RunLandfall(ScreenArguments(folder.Path("data"), {folder.Write("input", GetParam().text)}));
  EXPECT_EQ(result.exit_code, GetParam().exit_code) << result.err;
  EXPECT_THAT(result.err, HasSubstr(GetParam().says));
}

INSTANTIATE_TEST_SUITE_P(
    Files, ScreenBadInputTest,
    ::testing::Values(BadInputCase{"Empty", "", 0, "messages    0 read"},
                      BadInputCase{"BlankLines", "\n\n  \n", 0, "messages    0 read"},
                      BadInputCase{"Binary", std::string("\x7f" "ELF\0\1\2\3\xff\xfe", 10), 3, "unknown_format"},
                      BadInputCase{"NotJson", "{]\n", 3, "not_json"},
                      BadInputCase{"NoId", R"({"kind":"check_in"})" "\n", 3, "no_id"},
                      BadInputCase{"TruncatedEdifact", "UNB+UNOA:4+ZZ+GB+261122:0600+1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'", 3,
                                   "truncated"},
                      BadInputCase{"NotAtTheBorder",
                                   R"({"message_id":"1","kind":"check_in","flight":{"number":"ZZ1","from":"LOS","to":"CDG",)"
                                   R"("departs_at":"2026-11-22T10:00:00Z"},"travellers":[]})" "\n",
                                   3, "not_at_border"}),
    [](const auto& test) { return test.param.name; });

TEST(Screen, WrongUsageSaysWhatToDo) {
  const TemporaryFolder folder;
  const CommandResult directory = RunLandfall({"screen", "--data", folder.Path("data"), folder.Path("")});
  EXPECT_EQ(directory.exit_code, 2);
  EXPECT_THAT(directory.err, HasSubstr("is a directory"));
  const CommandResult missing = RunLandfall({"screen", "--data", folder.Path("data"), folder.Path("nothing.ndjson")});
  EXPECT_EQ(missing.exit_code, 2);
  EXPECT_THAT(missing.err, HasSubstr("cannot read"));
  EXPECT_EQ(RunLandfall({"screen"}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"screen", "--treads", "2", "x"}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"screen", "--help"}).exit_code, 0);
}

TEST(Screen, StandardInputWorks) {
  const TemporaryFolder folder;
  const CommandResult result = RunLandfall(ScreenArguments(folder.Path("data"), {"-"}, {"--all"}), Line(7));
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("\"flight\":\"ZZ107\""));
}

}  // namespace
}  // namespace landfall
