// `landfall screen --watch`, the real program and a real folder; and the rule that tells complete files.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

#include "app/watch_folder.h"
#include "tests/support/compress.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing_support::CommandResult;
using testing_support::Gzip;
using testing_support::RunLandfall;
using testing_support::RunningLandfall;
using testing_support::TemporaryFolder;

// A message of one lone child, which is flagged; `number` makes it unique.
std::string Line(int number) {
  const std::string id = std::to_string(number);
  return R"({"message_id":"W-)" + id + R"(","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in",)" +
         R"("flight":{"number":"ZZ)" + std::to_string(100 + number) +
         R"(","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z","arrives_at":"2026-11-22T16:00:00Z"},)" +
         R"("travellers":[{"ref":"R)" + id +
         R"(","surname":"OMBRELLE","date_of_birth":"2016-05-06","nationality":"NGA"}]})" + "\n";
}

std::vector<std::string> WatchArguments(const std::string& data, const std::string& folder) {
  return {"screen", "--data", data, "--watch", folder, "--poll-ms", "20", "--all", "--format", "ndjson"};
}

int Count(const std::string& text, const std::string& piece) {
  int count = 0;
  for (std::size_t at = 0; (at = text.find(piece, at)) != std::string::npos; ++at) ++count;
  return count;
}

class WatchTest : public ::testing::Test {
 protected:
  WatchTest() { std::filesystem::create_directory(in_); }
  std::string Data() const { return folder_.Path("data"); }
  void Put(const std::string& name, const std::string& text) const { folder_.Write("in/" + name, text); }

  TemporaryFolder folder_;
  const std::string in_ = folder_.Path("in");
};

TEST_F(WatchTest, TakesFilesAsTheyComeAndEndsWithTheSummary) {
  Put("first.ndjson", Line(1));
  RunningLandfall running(WatchArguments(Data(), in_));
  ASSERT_TRUE(running.WaitForError("first.ndjson: 1 messages read, 1 stored"));
  Put("second.ndjson.gz.part", Gzip(Line(2) + Line(1)));
  std::filesystem::rename(in_ + "/second.ndjson.gz.part", in_ + "/second.ndjson.gz");
  ASSERT_TRUE(running.WaitForError(
      "second.ndjson.gz: 2 messages read, 1 stored, 1 duplicates, 0 quarantined; 2 travellers; 2 flights"));
  running.Signal(SIGINT);
  const CommandResult result = running.Wait();
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_THAT(result.err, HasSubstr("messages    3 read = 2 stored + 1 duplicates + 0 quarantined"));
  EXPECT_THAT(result.err, HasSubstr("flights     2 named"));
  EXPECT_THAT(result.err, HasSubstr("files       2 taken in, 0 refused"));
  EXPECT_THAT(result.out, HasSubstr("\"flight\":\"ZZ101\""));
  EXPECT_THAT(result.out, HasSubstr("\"flight\":\"ZZ102\""));
}

TEST_F(WatchTest, ADamagedFileIsToldAndTheNextIsTaken) {
  const std::string good = Gzip(Line(1));
  Put("a-damaged.gz", good.substr(0, good.size() - 9));
  Put("b-good.gz", Gzip(Line(2)));
  Put("c-bad.ndjson", "{broken\n" + Line(3));
  RunningLandfall running(WatchArguments(Data(), in_));
  ASSERT_TRUE(running.WaitForError("c-bad.ndjson: 2 messages read"));
  running.Signal(SIGTERM);
  const CommandResult result = running.Wait();
  EXPECT_EQ(result.exit_code, 2) << result.err;
  EXPECT_THAT(result.err, HasSubstr("a-damaged.gz: is cut short"));
  EXPECT_THAT(result.err, HasSubstr("\"code\":\"not_json\""));
  EXPECT_THAT(result.err, HasSubstr("messages    3 read = 2 stored + 0 duplicates + 1 quarantined"));
  EXPECT_THAT(result.err, HasSubstr("files       2 taken in, 1 refused"));
}

TEST_F(WatchTest, AfterARestartDuplicatesHaveNoEffect) {
  Put("a.ndjson", Line(1) + Line(2));
  for (const char* says : {"2 stored, 0 duplicates", "0 stored, 2 duplicates"}) {
    RunningLandfall running(WatchArguments(Data(), in_));
    ASSERT_TRUE(running.WaitForError("a.ndjson: 2 messages read"));
    running.Signal(SIGTERM);
    const CommandResult result = running.Wait();
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_THAT(result.err, HasSubstr(says));
  }
}

std::string Profile(int points) {
  return "profile site \"Site\" version 1\n\nrule S-1 \"s\"\n  level passenger\n  severity low\n  points " + std::to_string(points) +
         "\n  when\n    pax.child\n  why \"w\"\n  source \"s\"\n  fairness \"f\"\n  review_by 2027-01-01\n"
         "  test \"t\" match { pax.child: true }\n";
}

TEST_F(WatchTest, AChangedProfileIsUsedFromTheNextFileOn) {
  const std::string file = folder_.Write("p.rules", Profile(3));
  std::vector<std::string> arguments = WatchArguments(Data(), in_);
  arguments.insert(arguments.end(), {"--profile", file});
  Put("a.ndjson", Line(1));
  RunningLandfall running(arguments);
  ASSERT_TRUE(running.WaitForError("a.ndjson: 1 messages read"));
  folder_.Write("p.rules", Profile(3) + "rubbish\n");
  ASSERT_TRUE(running.WaitForError("the rules stay as they were"));
  Put("b.ndjson", Line(2));
  ASSERT_TRUE(running.WaitForError("b.ndjson: 1 messages read"));
  folder_.Write("p.rules", Profile(17));
  ASSERT_TRUE(running.WaitForError("rules: site sha256:"));
  Put("c.ndjson", Line(3));
  ASSERT_TRUE(running.WaitForError("c.ndjson: 1 messages read"));
  running.Signal(SIGTERM);
  const std::string out = running.Wait().out;
  EXPECT_THAT(out, HasSubstr("\"flight\":\"ZZ101\""));
  EXPECT_EQ(Count(out, "\"points\":3,\"family\""), 2) << out;
  EXPECT_EQ(Count(out, "\"points\":17,\"family\""), 1) << out;
}

TEST_F(WatchTest, JsonIsOneListHoweverManyFiles) {
  Put("a.ndjson", Line(1));
  Put("b.ndjson", Line(2));
  std::vector<std::string> arguments = WatchArguments(Data(), in_);
  arguments.back() = "json";
  RunningLandfall running(arguments);
  ASSERT_TRUE(running.WaitForError("b.ndjson: 1 messages"));
  running.Signal(SIGTERM);
  const std::string out = running.Wait().out;
  EXPECT_THAT(out, ::testing::StartsWith("[\n{"));
  EXPECT_THAT(out, HasSubstr("},\n{"));
  EXPECT_THAT(out, ::testing::EndsWith("}\n]\n"));
}

TEST_F(WatchTest, WrongUsage) {
  EXPECT_EQ(RunLandfall({"screen", "--data", Data(), "--watch", folder_.Path("none")}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"screen", "--data", Data(), "--watch", folder_.Write("file", "")}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"screen", "--data", Data(), "--watch", ""}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"screen", "--data", Data(), "--watch", in_, "--poll-ms", "0"}).exit_code, 2);
}

TEST_F(WatchTest, AFileIsCompleteWhenItLookedTheSameTwice) {
  app::WatchFolder watched(in_);
  const std::string a = in_ + "/a", b = in_ + "/b";
  Put("b", "1");
  EXPECT_THAT(watched.Look().value(), IsEmpty());
  EXPECT_THAT(watched.Look().value(), ElementsAre(b));
  EXPECT_THAT(watched.Look().value(), IsEmpty()) << "once";
  Put("a", "1");
  EXPECT_THAT(watched.Look().value(), IsEmpty());
  Put("a", "12");
  EXPECT_THAT(watched.Look().value(), IsEmpty()) << "it still grew";
  Put("b", "123");
  EXPECT_THAT(watched.Look().value(), ElementsAre(a));
  EXPECT_THAT(watched.Look().value(), ElementsAre(b)) << "it changed after it was taken";
  std::filesystem::remove(b);
  EXPECT_THAT(watched.Look().value(), IsEmpty());
  Put("b", "123");
  EXPECT_THAT(watched.Look().value(), IsEmpty());
  EXPECT_THAT(watched.Look().value(), ElementsAre(b)) << "a new file of an old name";
}

TEST_F(WatchTest, WhatIsNotLookedAt) {
  for (const char* name : {".hidden", "a.part", "a.ndjson.tmp"}) Put(name, "text");
  Put("empty", "");
  std::filesystem::create_directory(in_ + "/folder");
  std::filesystem::create_symlink(folder_.Path("nothing"), in_ + "/dangling");
  app::WatchFolder watched(in_);
  EXPECT_THAT(watched.Look().value(), IsEmpty());
  EXPECT_THAT(watched.Look().value(), IsEmpty());
}

TEST_F(WatchTest, AFolderThatIsGone) {
  app::WatchFolder watched(folder_.Path("none"));
  EXPECT_EQ(watched.Look().status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace landfall
