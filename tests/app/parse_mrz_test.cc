// `landfall parse --mrz`, the real program. The zones are the standard's own specimens.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

const std::string kPassport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n";
const std::string kCard =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n"
    "7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n";
const std::string kPassportJson =
    R"({"form":"TD3","document":{"type":"P","number":"L898902C3","issuer":"UTO","expires":"2012-04-15"},)"
    R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1974-08-12","sex":"F","nationality":"UTO",)"
    R"("optional":"ZE184226B","name_truncated":false,"checks":[)"
    R"({"field":"number","sent":"6","computed":"6","ok":true},{"field":"date_of_birth","sent":"2","computed":"2","ok":true},)"
    R"({"field":"expires","sent":"9","computed":"9","ok":true},{"field":"optional","sent":"1","computed":"1","ok":true},)"
    R"({"field":"composite","sent":"0","computed":"0","ok":true}]})"
    "\n";

TEST(ParseMrzCommandTest, FileAndStandardInput) {
  const TemporaryFolder folder;
  const CommandResult file = RunLandfall({"parse", "--mrz", folder.Write("zone", kPassport)});
  EXPECT_EQ(file.exit_code, 0) << file.err;
  EXPECT_EQ(file.out, kPassportJson);
  EXPECT_THAT(file.err, HasSubstr("1 printed, 0 quarantined; 0 wrong check digits"));
  EXPECT_EQ(RunLandfall({"parse", "--mrz", "-"}, kPassport).out, kPassportJson);
  EXPECT_EQ(RunLandfall({"parse", "--mrz"}, kPassport).out, kPassportJson);
}

TEST(ParseMrzCommandTest, NeighboursOfABadBlockGoOn) {
  const CommandResult result = RunLandfall({"parse", "--mrz"}, kPassport + "\nNONSENSE\n\n" + kCard);
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.out, StartsWith(kPassportJson + R"({"form":"TD1")"));
  EXPECT_THAT(result.err, StartsWith(R"({"file":"-","offset":91,"line":4,"code":"bad_syntax","reason":"1 line of 8 characters)"));
  EXPECT_THAT(result.err, HasSubstr("2 printed, 1 quarantined"));
}

TEST(ParseMrzCommandTest, WrongCheckDigitIsPrintedAndCounted) {
  std::string zone = kPassport;
  zone.replace(zone.find("L898902C36"), 10, "L898902C35");
  const CommandResult result = RunLandfall({"parse", "--mrz"}, zone);
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr(R"({"field":"number","sent":"5","computed":"6","ok":false})"));
  EXPECT_THAT(result.err, HasSubstr("2 wrong check digits"));
  EXPECT_EQ(RunLandfall({"parse", "--mrz", "--fail-on", "findings"}, zone).exit_code, 1);
  EXPECT_EQ(RunLandfall({"parse", "--mrz", "--fail-on", "findings=2"}, zone).exit_code, 0);
  EXPECT_EQ(RunLandfall({"parse", "--mrz", "--fail-on", "quarantined"}, "X\n").exit_code, 1);
}

TEST(ParseMrzCommandTest, EmptyBinaryAndHuge) {
  const TemporaryFolder folder;
  const CommandResult empty = RunLandfall({"parse", "--mrz", folder.Write("empty", "")});
  EXPECT_EQ(empty.exit_code, 0);
  EXPECT_THAT(empty.out, IsEmpty());
  std::string bytes;
  for (int i = 0; i < 1 << 16; ++i) bytes += static_cast<char>(i * 7919 >> 3);
  const CommandResult binary = RunLandfall({"parse", "--mrz", folder.Write("binary", bytes)});
  EXPECT_EQ(binary.exit_code, 3);
  EXPECT_THAT(binary.out, IsEmpty());
  const CommandResult huge =
      RunLandfall({"parse", "--mrz", folder.Write("huge", std::string(4'000'000, 'A') + "\n\n" + kPassport)});
  EXPECT_EQ(huge.exit_code, 3);
  EXPECT_EQ(huge.out, kPassportJson);
  EXPECT_THAT(huge.err, HasSubstr("line 1 of the zone has 4000000 characters"));
}

TEST(ParseMrzCommandTest, WrongUsage) {
  const TemporaryFolder folder;
  EXPECT_EQ(RunLandfall({"parse", "--mrz", folder.Path("none")}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"parse", "--mrz", folder.Path("")}).exit_code, 2);
  const CommandResult both = RunLandfall({"parse", "--mrz", "--one", folder.Write("zone", kPassport)});
  EXPECT_EQ(both.exit_code, 2);
  EXPECT_THAT(both.err, HasSubstr("do not go together"));
  EXPECT_THAT(RunLandfall({"parse", "--help"}).out, Not(HasSubstr("not available yet")));
}

}  // namespace
}  // namespace landfall
