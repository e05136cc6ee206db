// `landfall match`, the real program.

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

constexpr const char* kList = R"({"entry":"W-1","kind":"person_of_concern","names":[{"surname":"QUILL","given_names":"TAMSIN"}],"dates_of_birth":["1980-05-06"]}
{"entry":"W-2","kind":"person_of_concern","names":[{"surname":"QUILL","given_names":"TAMSIN"}]}
{"entry":"W-3","kind":"child_at_risk","names":[{"surname":"QUILL","given_names":"ORLA"}],"dates_of_birth":["2014-03-02"]}
)";
constexpr const char* kQueries = R"({"id":"Q-1","surname":"Quill","given_names":"Tamsin","date_of_birth":"1980-05-06"}
{"id":"Q-2","name":"Orla Quill","date_of_birth":"2014-03-02"}
{"id":"Q-3","name":"Severin Marsh"}
)";

class MatchCommandTest : public testing::Test {
 protected:
  CommandResult Match(std::vector<std::string> more, const std::string& list = kList, const std::string& queries = kQueries) {
    std::vector<std::string> arguments = {"match", "--list", folder_.Write("list", list), "--queries",
                                          folder_.Write("queries", queries), "--on", "2026-11-22"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return RunLandfall(arguments);
  }
  TemporaryFolder folder_;
};

TEST_F(MatchCommandTest, EveryCandidateBestFirst) {
  const CommandResult result = Match({});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_EQ(result.out,
            "{\"query\":\"Q-1\",\"entry\":\"W-1\",\"score\":51,\"match\":\"strong\"}\n"
            "{\"query\":\"Q-1\",\"entry\":\"W-2\",\"score\":19,\"match\":\"none\"}\n"
            "{\"query\":\"Q-2\",\"entry\":\"W-3\",\"score\":53,\"match\":\"strong\"}\n");
}

TEST_F(MatchCommandTest, ExplainShowsTerms) {
  EXPECT_THAT(Match({"--explain"}).out,
              HasSubstr(R"("terms":[{"term":"name","query":"Tamsin Quill","entry":"TAMSIN QUILL","points":19},)"
                        R"({"term":"date_of_birth","query":"1980-05-06","entry":"1980-05-06","points":32}])"));
}

TEST_F(MatchCommandTest, ThresholdsAreOptions) {
  const std::string out = Match({"--review", "10", "--strong", "60"}).out;
  EXPECT_THAT(out, HasSubstr(R"("score":51,"match":"review")"));
  EXPECT_THAT(out, HasSubstr(R"("score":19,"match":"review")"));
}

TEST_F(MatchCommandTest, CsvList) {
  const CommandResult result = Match({}, "id,name,dob\nL-1,\"QUILL, Tamsin\",1980-05-06\nL-2,Quill\n");
  EXPECT_EQ(result.exit_code, 3) << "a line is broken";
  EXPECT_THAT(result.out, HasSubstr(R"("entry":"L-1","score":54)"));
  EXPECT_THAT(result.err, HasSubstr("\"line\":3"));
}

TEST_F(MatchCommandTest, EmptyListAndBadQueries) {
  EXPECT_THAT(Match({}, "").out, IsEmpty());
  const CommandResult result = Match({}, kList, "nonsense\n{\"id\":\"Q-1\"}\n");
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("not_json"));
  EXPECT_THAT(result.err, HasSubstr("bad_record"));
}

TEST_F(MatchCommandTest, TheOracleAgrees) {
  const CommandResult result = Match({"--oracle"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("{\"queries\":3,\"missed\":0,\"extra\":0}\n"));
}

TEST_F(MatchCommandTest, PairsGetScores) {
  const std::string file = folder_.Write(
      "pairs.csv",
      "case_group,schema,name1,name2\na,Person,Tamsin Quill,\"QUILL, Tamsin\"\na,Person,Tamsin Quill,Severin Marsh\nbroken\n");
  const CommandResult result = RunLandfall({"match", "--pairs", file});
  EXPECT_EQ(result.exit_code, 3) << "a row is broken";
  EXPECT_THAT(result.out, HasSubstr("case_group,schema,name1,name2,score,match\n"));
  EXPECT_THAT(result.out, HasSubstr("a,Person,Tamsin Quill,\"QUILL, Tamsin\","));
  EXPECT_THAT(result.out, HasSubstr(",true\n"));
  EXPECT_THAT(result.out, HasSubstr(",false\n"));
  const std::string nameless = folder_.Write("nameless.csv", "name1,name2\n,\"QUILL, Tamsin\"\n");
  EXPECT_THAT(RunLandfall({"match", "--pairs", nameless}).out, HasSubstr("\n,\"QUILL, Tamsin\","));
  EXPECT_EQ(RunLandfall({"match", "--pairs", folder_.Write("none.csv", "a,b\n")}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"match", "--pairs", file, "--list", file}).exit_code, 2);
}

TEST_F(MatchCommandTest, WrongUsage) {
  EXPECT_EQ(RunLandfall({"match"}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"match", "--list", folder_.Write("list", kList)}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"match", "--list", folder_.Path("none"), "--queries", folder_.Path("none")}).exit_code, 2);
  EXPECT_EQ(RunLandfall({"match", "--list", folder_.Path(""), "--queries", folder_.Path("")}).exit_code, 2);
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{"--review", "x"}, {"--review", "50"}, {"stray"}, {"--list", "again"}}) {
    const CommandResult result = Match(more);
    EXPECT_EQ(result.exit_code, 2) << testing::PrintToString(more);
    EXPECT_THAT(result.err, Not(IsEmpty()));
  }
}

TEST_F(MatchCommandTest, HelpHasAnExample) {
  const CommandResult result = Match({"--help"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("Example\n  landfall match"));
}

}  // namespace
}  // namespace landfall
