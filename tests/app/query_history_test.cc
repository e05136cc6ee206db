// `landfall query flight ... --history`, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

std::string Line(int number, const std::string& kind, int revision, const std::string& travellers) {
  const std::string n = std::to_string(number);
  return R"({"message_id":"H-)" + n + R"(","sender":"ZZ","sent_at":"2026-11-22T0)" + n + R"(:00:00Z","kind":")" + kind +
         R"(","revision":)" + std::to_string(revision) +
         R"(,"flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z",)" +
         R"("arrives_at":"2026-11-22T16:00:00Z"},"travellers":[)" + travellers + "]}\n";
}

const char kOrla[] =
    R"({"ref":"1","surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","booking":{"locator":"K3P7QX"}})";
const char kAda[] =
    R"({"ref":"2","surname":"QUILL","given_names":"ADA","date_of_birth":"1980-05-06","booking":{"locator":"K3P7QX"}})";
const char kMarl[] =
    R"({"ref":"2","surname":"FENWICK","given_names":"MARL","date_of_birth":"1985-02-02","booking":{"locator":"K3P7QX"}})";

class QueryHistory : public ::testing::Test {
 protected:
  // The second revision comes first.
  void SetUp() override {
    const std::string file =
        folder_.Write("api.ndjson", Line(2, "update", 2, kMarl) + Line(1, "check_in", 1, std::string(kOrla) + "," + kAda));
    const CommandResult result = RunLandfall({"screen", "--data", folder_.Path("data"), file});
    ASSERT_EQ(result.exit_code, 0) << result.err;
  }
  CommandResult Query(const std::string& format) {
    return RunLandfall({"query", "flight", "ZZ101", "2026-11-22", "--history", "--format", format, "--data",
                        folder_.Path("data")});
  }
  TemporaryFolder folder_;
};

TEST_F(QueryHistory, TellsEachRevisionInItsOrderAndWhatItChanged) {
  const CommandResult result = Query("table");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("History of ZZ101 2026-11-22 LOS LHR\n"));
  EXPECT_THAT(result.out, HasSubstr("  1. 2026-11-22T01:00:00Z  check_in from ZZ, revision 1\n"));
  EXPECT_THAT(result.out, HasSubstr("QUILL, ORLA (1): added\n"));
  EXPECT_THAT(result.out, HasSubstr("  2. 2026-11-22T02:00:00Z  update from ZZ, revision 2\n"));
  EXPECT_THAT(result.out, HasSubstr("api.ndjson at byte 0; names 1, 2 on the list\n"));
  EXPECT_THAT(result.out, HasSubstr("QUILL, ORLA (1): QUILL, ADA replaced by FENWICK, MARL as adult of its party\n"));
}

TEST_F(QueryHistory, IsOneLinePerMessageInNdjson) {
  const CommandResult result = Query("ndjson");
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(std::count(result.out.begin(), result.out.end(), '\n'), 2);
  EXPECT_THAT(result.out, HasSubstr(R"({"flight":"ZZ101 2026-11-22 LOS LHR","number":1,"message_id":"H-1")"));
  EXPECT_THAT(result.out, HasSubstr(R"({"change":"companions","traveller":"1","name":"QUILL, ORLA","before":"QUILL, ADA",)"
                                    R"("after":"FENWICK, MARL")"));
}

TEST_F(QueryHistory, WithoutTheOptionIsTheFlight) {
  const CommandResult result =
      RunLandfall({"query", "flight", "ZZ101", "2026-11-22", "--data", folder_.Path("data")});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, Not(HasSubstr("History")));
}

TEST(QueryHistoryHelp, NamesTheOption) {
  EXPECT_THAT(RunLandfall({"query", "--help"}).out, HasSubstr("--history"));
}

}  // namespace
}  // namespace landfall
