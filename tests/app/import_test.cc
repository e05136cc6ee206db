// `landfall import`, the real program.

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

constexpr const char* kGood = "{\"vignette\":\"V1\"}\n{\"vignette\":\"V2\"}\n";
constexpr const char* kMixed = "{\"vignette\":\"V1\",\"colour\":1}\nnonsense\n";

class ImportCommandTest : public testing::Test {
 protected:
  CommandResult Import(std::vector<std::string> arguments, const std::string& input = "") {
    arguments.insert(arguments.begin(), {"import", "--data", folder_.Path("store")});
    return RunLandfall(arguments, input);
  }
  TemporaryFolder folder_;
};

TEST_F(ImportCommandTest, GoodFile) {
  const CommandResult result = Import({"vignettes", folder_.Write("v.ndjson", kGood), "--format", "ndjson"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr(R"("kind":"vignettes")"));
  EXPECT_THAT(result.out, HasSubstr(R"("read":2,"stored":2,"replaced":0,"quarantined":0,"findings":0)"));
  EXPECT_THAT(result.err, IsEmpty());
}

TEST_F(ImportCommandTest, StandardInput) {
  EXPECT_THAT(Import({"vignettes", "-"}, kGood).out, HasSubstr("vignettes from -: 2 read, 2 stored"));
}

TEST_F(ImportCommandTest, QuarantinedRecordsGoToStandardError) {
  const CommandResult result = Import({"vignettes", folder_.Write("v.ndjson", kMixed)});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr(R"("line":2,"code":"not_json")"));
  EXPECT_THAT(result.out, HasSubstr("unknown_field 1"));
}

struct FailOnCase {
  const char* option;
  int exit_code;
};

TEST_F(ImportCommandTest, FailOn) {
  const std::string file = folder_.Write("v.ndjson", kMixed);
  for (const FailOnCase& c : {FailOnCase{"quarantined", 1}, {"quarantined=1", 3}, {"findings", 1}, {"findings=1", 3}}) {
    EXPECT_EQ(Import({"vignettes", file, "--fail-on", c.option}).exit_code, c.exit_code) << c.option;
  }
}

TEST_F(ImportCommandTest, WrongUsage) {
  const std::string file = folder_.Write("v.ndjson", kGood);
  const std::vector<std::vector<std::string>> wrong = {
      {},                                  // nothing
      {"vignettes"},                       // no file
      {"visas", file},                     // no such kind
      {"vignettes", folder_.Path("none")}, // no such file
      {"vignettes", folder_.Path("")},     // a directory
      {"vignettes", file, "--colour"},     // no such option
      {"vignettes", file, "--format", "xml"},
      {"vignettes", file, "--fail-on", "rain"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const CommandResult result = Import(arguments);
    EXPECT_EQ(result.exit_code, 2) << testing::PrintToString(arguments);
    EXPECT_THAT(result.err, Not(IsEmpty()));
    EXPECT_THAT(result.out, IsEmpty());
  }
}

TEST_F(ImportCommandTest, AMissingFileCostsNothingBefore) {
  Import({"vignettes", folder_.Write("v.ndjson", kGood), folder_.Path("none")});
  EXPECT_THAT(Import({"vignettes", "-"}, "\n").out, HasSubstr("0 read"));
}

TEST_F(ImportCommandTest, EmptyFileAndSeveralFiles) {
  const CommandResult result =
      Import({"vignettes", folder_.Write("e.ndjson", ""), folder_.Write("v,1.ndjson", kGood), "--format", "csv"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("kind,file,read,stored,replaced,quarantined,findings\n"));
  EXPECT_THAT(result.out, HasSubstr("e.ndjson,0,0,0,0,0\n"));
  EXPECT_THAT(result.out, HasSubstr("v,1.ndjson\",2,2,0,0,0\n"));
}

TEST_F(ImportCommandTest, HelpHasAnExample) {
  const CommandResult result = Import({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("Example\n  landfall import"));
}

}  // namespace
}  // namespace landfall
