// `landfall stats quality`, the real program: counts that can be checked by hand, and a letter without personal data.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

std::string Message(const std::string& id, const std::string& flight, const std::string& travellers) {
  return R"({"message_id":")" + id +
         R"(","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in","flight":{"number":")" + flight +
         R"(","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z"},"travellers":[)" + travellers + "]}\n";
}

class StatsTest : public ::testing::Test {
 protected:
  StatsTest() {
    const std::string good = R"({"ref":"R1","surname":"OMBRELLE","date_of_birth":"1980-05-06"})";
    const std::string no_birth_date = R"({"ref":"R2","surname":"PARASOLE"})";
    const std::string bad_date =
        R"({"ref":"R3","surname":"SOMBRILLA","date_of_birth":"1980-13-45","Aunt SOMBRILLA":1})";
    const std::string unreadable = R"({"ref":"R4","surname":"NO\u0000NAME"})";
    RunLandfall(
        {"screen", "--data", Data(),
         folder_.Write("in", Message("M-1", "ZZ101", good + "," + no_birth_date + "," + bad_date + "," + unreadable) +
                                 "{\"flight\":{\"number\":\"ZZ102\"}, broken PARASOLE\n" + Message("M-2", "ZX9", good) +
                                 Message("OMBRELLE TESSA", "ZZ103", bad_date))});
  }
  std::string Data() const { return folder_.Path("data"); }
  CommandResult Quality(std::vector<std::string> more = {}) const {
    std::vector<std::string> arguments = {"stats", "quality", "--data", Data()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunLandfall(arguments);
  }

  TemporaryFolder folder_;
};

TEST_F(StatsTest, CountsByCarrier) {
  const CommandResult result = Quality({"--format", "ndjson"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  // ZX: one message, one traveller, nothing to mend.
  EXPECT_THAT(result.out,
              HasSubstr(R"({"carrier":"ZX","score":1000,"messages":1,"travellers":1,"api_travellers":1,)"
                        R"("without_birth_date":0,"without_birth_date_per_mille":0,"findings":0,)"
                        R"("messages_quarantined":0,"travellers_quarantined":0,"quarantine_open":0,"not_screened":0,)"
                        R"("findings_by_code":{},"quarantined_by_code":{}})"));
  // ZZ: two messages of four travellers, of whom three have no birth date that can be read; one of each kept aside.
  EXPECT_THAT(result.out, HasSubstr(R"("messages":2,"travellers":4,"api_travellers":4,"without_birth_date":3,)"
                                    R"("without_birth_date_per_mille":750,)"));
  EXPECT_THAT(result.out, HasSubstr(R"("messages_quarantined":1,"travellers_quarantined":1,"quarantine_open":2,)"));
  EXPECT_THAT(result.out, HasSubstr(R"("quarantined_by_code":{"not_json":1,"control_character":1})"));
  EXPECT_THAT(result.out, HasSubstr(R"("bad_date":2)"));
}

TEST_F(StatsTest, EveryFormat) {
  EXPECT_THAT(Quality().out, HasSubstr("ZX       1000         1          1"));
  EXPECT_THAT(Quality({"--format", "csv"}).out, HasSubstr("\nZX,1000,1,1,1,0,0,0,0,0,0,,\n"));
  const std::string json = Quality({"--format", "json"}).out;
  EXPECT_THAT(json, ::testing::StartsWith("[{\"carrier\":\"ZX\""));
  EXPECT_THAT(json, ::testing::EndsWith("}]\n"));
}

TEST_F(StatsTest, TheLetterSaysWhatToMendAndHoldsNoPersonalData) {
  const CommandResult letter = Quality({"--letter", "ZZ"});
  EXPECT_EQ(letter.exit_code, 0) << letter.err;
  EXPECT_THAT(letter.out, HasSubstr("To: ZZ, advance passenger data\n"));
  EXPECT_THAT(letter.out, HasSubstr("Not read: 1 messages, and 1 travellers"));
  EXPECT_THAT(letter.out, HasSubstr("Without birth date: 3 of 4 travellers (75.0 %)"));
  EXPECT_THAT(letter.out, HasSubstr("- 2 times (bad_date)"));
  EXPECT_THAT(letter.out, HasSubstr("date_of_birth (2)"));
  EXPECT_THAT(letter.out, HasSubstr("M-1"));
  // Not even where a sender puts a name into an id or calls a field by one.
  for (const char* personal : {"OMBRELLE", "PARASOLE", "SOMBRILLA", "1980", "Aunt", "NAME", "TESSA", "R3"}) {
    EXPECT_THAT(letter.out, Not(HasSubstr(personal)));
  }
  EXPECT_THAT(Quality({"--letter", "ZX"}).out, HasSubstr("We found nothing to mend. Thank you.\n"));
}

TEST_F(StatsTest, WrongUsage) {
  const std::vector<std::vector<std::string>> wrong = {
      {"stats"},
      {"stats", "weather", "--data", Data()},
      {"stats", "quality", "more", "--data", Data()},
      {"stats", "quality", "--format", "xml", "--data", Data()},
      {"stats", "quality", "--letter", "", "--data", Data()},
      {"stats", "quality", "--letter", "QQ", "--data", Data()},  // no such carrier
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const CommandResult result = RunLandfall(arguments);
    EXPECT_EQ(result.exit_code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(result.out, IsEmpty());
    EXPECT_THAT(result.err, Not(IsEmpty()));
  }
  EXPECT_EQ(RunLandfall({"stats", "--help"}).exit_code, 0);
}

}  // namespace
}  // namespace landfall
