// A change of the reference records reaches the flights that have not landed: the real program, from import to flag.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::RunningLandfall;
using testing_support::TemporaryFolder;

// A flight from LOS to LHR on the `day` of November, sent at `hour` of it; with a child and the adult named.
std::string Message(int day, const std::string& hour, const std::string& id = "") {
  const std::string d = (day < 10 ? "0" : "") + std::to_string(day);
  return R"({"message_id":"R-)" + d + id + R"(","sender":"ZZ","sent_at":"2026-11-)" + d + "T" + hour +
         R"(:00:00Z","kind":"check_in","flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-)" + d +
         R"(T10:00:00Z","arrives_at":"2026-11-)" + d +
         R"(T16:00:00Z"},"travellers":[{"ref":"1","surname":"TEIKORIBO","given_names":"EKODUNU","date_of_birth":"2014-03-02",)" +
         R"("documents":[{"type":"P","number":"N0000001","issuer":"UTO"}],"booking":{"locator":"K3P7QX"}},)" +
         R"({"ref":"2","surname":"KHAN","given_names":"MOHAMED","date_of_birth":"1980-05-06",)" +
         R"("documents":[{"type":"P","number":"X9000001","issuer":"UTO"}],"booking":{"locator":"K3P7QX"}}]})" + "\n";
}
const char kMissing[] =
    R"({"entry":"W-1","kind":"child_at_risk","status":"missing","names":[{"surname":"TEIKORIBO","given_names":"EKODUNU"}],)"
    R"("dates_of_birth":["2014-03-02"],"reason":"reported missing","source":"police"})"
    "\n";
const char kVignette[] =
    R"({"vignette":"VG1","holder":{"surname":"TEIKORIBO","given_names":"EKODUNU","date_of_birth":"2014-03-02"},)"
    R"("child":{"travel":"accompanied","adults":[{"surname":"FENWICK","given_names":"MARL","date_of_birth":"1970-01-01"}]}})"
    "\n";

class RescreenTest : public ::testing::Test {
 protected:
  CommandResult Screen(std::vector<std::string> more) const {
    std::vector<std::string> arguments = {"screen", "--data", folder_.Path("data")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunLandfall(arguments);
  }
  void Import(const std::string& kind, const std::string& text) const {
    const CommandResult result = RunLandfall({"import", kind, folder_.Write(kind + ".ndjson", text), "--data", folder_.Path("data")});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  std::string Flight(int day, std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"query", "flight", "ZZ101", "2026-11-" + std::to_string(day), "--data", folder_.Path("data")};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunLandfall(arguments).out;
  }
  TemporaryFolder folder_;
};

TEST_F(RescreenTest, AWatchEntryImportedAfterwardsChangesTheFlag) {
  const CommandResult first = Screen({folder_.Write("a.ndjson", Message(22, "01"))});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_THAT(Flight(22), Not(HasSubstr("CP-024")));
  Import("watchlist", kMissing);
  const CommandResult again = Screen({"--rescreen"});
  ASSERT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("1 flights that have not landed, with the records of now; 1 with another result"));
  EXPECT_THAT(again.out, AllOf(HasSubstr("CP-024"), HasSubstr("watch entry W-1"), HasSubstr("date_of_birth: 2014-03-02, 2014-03-02: +32")));
  EXPECT_THAT(Flight(22), HasSubstr("CP-024"));
}

TEST_F(RescreenTest, TheHistoryKeepsBothAndNothingIsAssessedTwice) {
  Screen({folder_.Write("a.ndjson", Message(22, "01"))});
  Import("watchlist", kMissing);
  Screen({"--rescreen"});
  const std::string history = Flight(22, {"--assessments", "--format", "ndjson"});
  EXPECT_EQ(std::count(history.begin(), history.end(), '\n'), 2);
  EXPECT_THAT(history.substr(0, history.find('\n')), AllOf(HasSubstr(R"("snapshot":1)"), Not(HasSubstr("CP-024"))));
  EXPECT_THAT(history.substr(history.find('\n')), AllOf(HasSubstr(R"("snapshot":2)"), HasSubstr("CP-024")));
  const CommandResult third = Screen({"--rescreen"});
  EXPECT_THAT(third.err, Not(HasSubstr("rescreened")));
  EXPECT_EQ(Flight(22, {"--assessments", "--format", "ndjson"}), history);
}

TEST_F(RescreenTest, TheNextMessagesOfTheStreamDoItToo) {
  Screen({folder_.Write("a.ndjson", Message(22, "01"))});
  Import("watchlist", kMissing);
  const CommandResult next = Screen({folder_.Write("b.ndjson", Message(23, "01"))});
  EXPECT_THAT(next.err, HasSubstr("rescreened  1 flights"));
  EXPECT_THAT(next.out, HasSubstr("22 Nov"));
  EXPECT_THAT(next.out, HasSubstr("23 Nov"));
}

TEST_F(RescreenTest, AFlightThatLandedStaysAsItWas) {
  // The message of the 26th says how late it is.
  Screen({folder_.Write("a.ndjson", Message(22, "01") + Message(26, "01"))});
  Import("watchlist", kMissing);
  const CommandResult again = Screen({"--rescreen"});
  EXPECT_THAT(again.err, HasSubstr("rescreened  1 flights"));
  EXPECT_THAT(Flight(22), Not(HasSubstr("CP-024")));
  EXPECT_THAT(Flight(26), HasSubstr("CP-024"));
  // Unless somebody asks.
  Screen({"--reassess", folder_.Write("a.ndjson", Message(22, "01"))});
  EXPECT_THAT(Flight(22), HasSubstr("CP-024"));
}

TEST_F(RescreenTest, AVignetteAndAnEntryTakenBackChangeItLikewise) {
  Screen({folder_.Write("a.ndjson", Message(22, "01"))});
  Import("vignettes", kVignette);
  EXPECT_THAT(Screen({"--rescreen"}).out, HasSubstr("CP-0"));
  EXPECT_THAT(Flight(22, {"--assessments"}), HasSubstr("records 2"));
  // The same vignette says later whom the child travels with.
  std::string renewed = kVignette;
  renewed.replace(renewed.find("FENWICK"), 7, "KHAN").replace(renewed.find("MARL"), 4, "MUHAMMED").replace(
      renewed.find("1970-01-01"), 10, "1980-05-06");
  Import("vignettes", renewed);
  EXPECT_THAT(Screen({"--rescreen"}).err, HasSubstr("1 with another result"));
  EXPECT_THAT(Flight(22, {"--assessments"}), HasSubstr("records 3"));
}

TEST_F(RescreenTest, AnyNumberOfThreadsGivesTheSameBytes) {
  std::string messages;
  for (int day = 1; day <= 28; ++day) messages += Message(day, "01");
  // All sent on one day: none has landed.
  for (std::size_t at = 0; (at = messages.find("\"sent_at\":\"2026-11-", at)) != std::string::npos; at += 10) {
    messages.replace(at + 19, 2, "01");
  }
  std::vector<std::string> printed;
  for (const char* threads : {"1", "4"}) {
    const std::string data = folder_.Path(std::string("data") + threads);
    const auto run = [&](std::vector<std::string> arguments) {
      arguments.insert(arguments.end(), {"--data", data});
      return RunLandfall(arguments);
    };
    ASSERT_EQ(run({"screen", folder_.Write("m.ndjson", messages), "--threads", threads}).exit_code, 0);
    ASSERT_EQ(run({"import", "watchlist", folder_.Write("w.ndjson", kMissing)}).exit_code, 0);
    printed.push_back(run({"screen", "--rescreen", "--format", "ndjson", "--threads", threads}).out);
    EXPECT_EQ(std::count(printed.back().begin(), printed.back().end(), '\n'), 28);
  }
  EXPECT_EQ(printed[0], printed[1]);
}

TEST_F(RescreenTest, WhileAFolderIsWatched) {
  std::filesystem::create_directories(folder_.Path("in"));
  std::filesystem::create_directories(folder_.Path("records"));
  RunningLandfall running({"screen", "--data", folder_.Path("data"), "--watch", folder_.Path("in"), "--watch-records",
                           folder_.Path("records"), "--poll-ms", "20"});
  folder_.Write("in/a.ndjson", Message(22, "01"));
  ASSERT_TRUE(running.WaitForError("a.ndjson: 1 messages read, 1 stored"));
  folder_.Write("records/watchlist.1.ndjson", kMissing);
  folder_.Write("records/notes.txt", "nothing\n");
  ASSERT_TRUE(running.WaitForError("rescreened  1 flights that have not landed, with the records of now; 1 with another"));
  folder_.Write("in/b.ndjson", Message(23, "01"));
  ASSERT_TRUE(running.WaitForError("b.ndjson: 1 messages read, 1 stored"));
  running.Signal(SIGTERM);
  const CommandResult result = running.Wait();
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("notes.txt: its name does not begin with a kind of record"));
  EXPECT_THAT(result.err, HasSubstr("messages    2 read = 2 stored"));
  EXPECT_THAT(result.out, HasSubstr("22 Nov"));
  EXPECT_THAT(result.out, HasSubstr("23 Nov"));
}

}  // namespace
}  // namespace landfall
