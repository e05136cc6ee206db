// gzip and zstd files, as a user gives them to the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/compress.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::Gzip;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;
using testing_support::Zstd;

// A message of one lone traveller; `number` makes it unique.
std::string Line(int number) {
  const std::string id = std::to_string(number);
  return R"({"message_id":"C-)" + id + R"(","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in",)" +
         R"("flight":{"number":"ZZ)" + std::to_string(100 + number % 50) +
         R"(","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z"},)" + R"("travellers":[{"ref":"R)" + id +
         R"(","surname":"OMBRELLE","date_of_birth":"1980-05-06"}]})" + "\n";
}

std::string Lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += Line(i);
  return text;
}

TEST(Compressed, ParseReadsFilesAndStandardInput) {
  const TemporaryFolder folder;
  const std::string text = Lines(20) + "{broken\n";
  const CommandResult plain = RunLandfall({"parse", folder.Write("day", text)});
  ASSERT_EQ(plain.exit_code, 3);
  for (const std::string& bytes : {Gzip(text), Zstd(text), Gzip(Lines(20)) + Gzip("{broken\n")}) {
    const CommandResult file = RunLandfall({"parse", folder.Write("day", bytes)});
    EXPECT_EQ(file.exit_code, 3);
    EXPECT_EQ(file.out, plain.out);
    EXPECT_EQ(file.err, plain.err) << "offsets are those of the expanded text";
    const CommandResult input = RunLandfall({"parse", "-"}, bytes);
    EXPECT_EQ(input.exit_code, 3);
    EXPECT_EQ(input.out, plain.out);
  }
  const CommandResult one = RunLandfall({"parse", "--one", folder.Write("one", Gzip(Line(1)))});
  EXPECT_EQ(one.exit_code, 0) << one.err;
  EXPECT_THAT(one.out, HasSubstr("C-1"));
}

TEST(Compressed, ScreenAndImportTakeThem) {
  const TemporaryFolder folder;
  const std::string data = folder.Path("data");
  const CommandResult screen = RunLandfall(
      {"screen", "--data", data, folder.Write("a.gz", Gzip(Lines(60))), folder.Write("a.zst", Zstd(Lines(70)))});
  EXPECT_EQ(screen.exit_code, 0) << screen.err;
  EXPECT_THAT(screen.err, HasSubstr("130 read = 70 stored + 60 duplicates + 0 quarantined"));
  const CommandResult import =
      RunLandfall({"import", "--data", data, "vignettes", "-"}, Gzip("{\"vignette\":\"V1\"}\n"));
  EXPECT_EQ(import.exit_code, 0) << import.err;
  EXPECT_THAT(import.out, HasSubstr("1 read, 1 stored"));
}

TEST(Compressed, DamageIsToldAndWhatCameBeforeStays) {
  const TemporaryFolder folder;
  const std::string data = folder.Path("data");
  const std::string text = Lines(30'000), whole = Gzip(text);
  const std::string cut = folder.Write("cut.gz", whole.substr(0, whole.size() * 3 / 4));
  const CommandResult first = RunLandfall({"screen", "--data", data, cut});
  EXPECT_EQ(first.exit_code, 2);
  EXPECT_THAT(first.err, HasSubstr("cut.gz: is cut short"));
  EXPECT_THAT(first.err, HasSubstr("no second effect"));
  const CommandResult again = RunLandfall({"screen", "--data", data, folder.Write("whole.gz", whole)});
  EXPECT_EQ(again.exit_code, 0) << again.err;
  EXPECT_THAT(again.err, HasSubstr("30000 read = "));
  EXPECT_THAT(again.err, Not(HasSubstr(" 0 duplicates"))) << "batches before the damage were kept";
  EXPECT_EQ(RunLandfall({"parse", cut}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"import", "--data", data, "vignettes", cut}).exit_code, 2);
}

TEST(Compressed, ABombIsRefused) {
  const TemporaryFolder folder;
  const std::string bomb = folder.Write("bomb.gz", Gzip(std::string(64u << 20, '\n')));
  for (const std::vector<std::string>& command : {std::vector<std::string>{"parse"},
                                                  {"screen", "--data", folder.Path("data")},
                                                  {"import", "--data", folder.Path("data"), "vignettes"}}) {
    std::vector<std::string> arguments = command;
    arguments.push_back(bomb);
    const CommandResult result = RunLandfall(arguments);
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.err, HasSubstr("bomb.gz: expands more than 200 times"));
  }
}

}  // namespace
}  // namespace landfall
