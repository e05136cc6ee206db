// People over time, as a user asks and judges: the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

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
using testing_support::TemporaryFolder;

std::string Message(int day, const std::string& surname, const std::string& passport) {
  const std::string d = (day < 10 ? "0" : "") + std::to_string(day);
  return R"({"message_id":"P-)" + d + R"(","sender":"ZZ","sent_at":"2026-11-)" + d +
         R"(T01:00:00Z","kind":"check_in","flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-)" + d +
         R"(T10:00:00Z","arrives_at":"2026-11-)" + d + R"(T16:00:00Z"},"travellers":[{"ref":"1","surname":")" + surname +
         R"(","given_names":"EKODUNU","date_of_birth":"2014-03-02","documents":[{"type":"P","number":")" + passport +
         R"(","issuer":"UTO"}],"contacts":[{"kind":"phone","value":"020 7946 0312"}]}]})" + "\n";
}

class PeopleTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string file = folder_.Write("a.ndjson", Message(1, "TEIKORIBO", "N0000001") + Message(9, "TEIKORIBO", "N0000002") +
                                                           Message(20, "QUILL", "N0000003"));
    ASSERT_EQ(Run({"screen", file}).exit_code, 0);
  }
  CommandResult Run(std::vector<std::string> arguments) const {
    arguments.insert(arguments.end(), {"--data", folder_.Path("data")});
    return RunLandfall(arguments);
  }
  std::string Told(const std::string& number) const { return Run({"query", "traveller", "--document", number}).out; }
  // The id of the identity with this document.
  std::string IdOf(const std::string& number) const {
    const std::string out = Told(number);
    const std::size_t at = out.find("document " + number);
    return at == std::string::npos ? "" : out.substr(out.rfind("P-", at), 18);
  }
  TemporaryFolder folder_;
};

TEST_F(PeopleTest, ANewPassportIsTheSamePerson) {
  EXPECT_THAT(Told("N0000002"), AllOf(HasSubstr("document N0000001 UTO"), HasSubstr("document N0000002 UTO"),
                                      HasSubstr("ZZ101 2026-11-01 LOS LHR, traveller 1"), HasSubstr("the same, by evidence"),
                                      HasSubstr("date_of_birth: 2014-03-02, 2014-03-02: +32")));
  const std::string id = IdOf("N0000001");
  EXPECT_EQ(Run({"query", "person", id}).out, Told("N0000001"));
  EXPECT_EQ(Run({"query", "traveller", "--name", "TEIKORIBO, EKODUNU", "--born", "2014-03-02"}).out, Told("N0000001"));
  EXPECT_THAT(Run({"query", "traveller", id, "--format", "ndjson"}).out, HasSubstr("{\"person\":\"" + id + "\",\"identities\":["));
}

TEST_F(PeopleTest, AWordJoinsAndUndoRestores) {
  const std::string before = Told("N0000003");
  const std::string a = IdOf("N0000001"), b = IdOf("N0000003");
  const CommandResult judged = Run({"people", "judge", a, b, "same", "--by", "OQ", "--reason", "marriage of the mother"});
  ASSERT_EQ(judged.exit_code, 0) << judged.err;
  EXPECT_THAT(Told("N0000003"), AllOf(HasSubstr("Person " + a), HasSubstr("judged same by OQ"), HasSubstr("marriage of the mother")));
  const CommandResult undone = Run({"people", "undo", a, b, "--by", "OQ", "--reason", "another family"});
  ASSERT_EQ(undone.exit_code, 0) << undone.err;
  EXPECT_THAT(Told("N0000003"), AllOf(HasSubstr("Person " + b), HasSubstr("taken back by OQ")));
  EXPECT_EQ(Told("N0000003").substr(0, before.find("Links")), before.substr(0, before.find("Links")));
}

TEST_F(PeopleTest, DifferentPartsThem) {
  const std::string a = IdOf("N0000001"), b = IdOf("N0000002");
  ASSERT_EQ(Run({"people", "judge", a, b, "different", "--by", "OQ", "--reason", "cousins"}).exit_code, 0);
  EXPECT_THAT(Told("N0000002"), AllOf(HasSubstr("Person " + b), HasSubstr("different, a person says")));
}

TEST_F(PeopleTest, WrongUse) {
  const std::string a = IdOf("N0000001"), b = IdOf("N0000002");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"people"},
           {"people", "judge", a, b},
           {"people", "judge", a, b, "perhaps", "--by", "OQ", "--reason", "x"},
           {"people", "judge", a, b, "same", "--by", "OQ"},
           {"people", "judge", a, a, "same", "--by", "OQ", "--reason", "x"},
           {"people", "judge", a, "P-0000000000000000", "same", "--by", "OQ", "--reason", "x"},
           {"people", "undo", a, b, "--by", "OQ", "--reason", "x"},
           {"people", "forget"},
           {"query", "traveller"},
           {"query", "traveller", "N0000001"},
           {"query", "phone", "no number"}}) {
    EXPECT_EQ(Run(words).exit_code, 2) << testing::PrintToString(words);
  }
}

TEST_F(PeopleTest, APhoneOverTime) {
  const CommandResult phone = Run({"query", "phone", "+44 20 7946 0312"});
  EXPECT_THAT(phone.out, AllOf(HasSubstr("telephone number +442079460312: 3 identities"), HasSubstr("2026-11-20 LOS LHR")));
  const std::string id = phone.out.substr(0, 18);
  EXPECT_EQ(Run({"query", "phone", id}).out, phone.out);
  EXPECT_THAT(Run({"query", "address", "1 NOWHERE LANE"}).err, HasSubstr("No traveller"));
}

TEST_F(PeopleTest, ForgetsWhatIsOld) {
  EXPECT_THAT(Run({"people", "forget", "--before", "2026-11-15"}).out, HasSubstr("rows of the people book taken away"));
  EXPECT_EQ(Told("N0000001"), "");
  EXPECT_THAT(Told("N0000003"), HasSubstr("document N0000003"));
}

TEST(PeopleHelp, ShowsAnExample) {
  EXPECT_THAT(RunLandfall({"people", "--help"}).out, HasSubstr("landfall people judge P-"));
  EXPECT_THAT(RunLandfall({"query", "traveller", "--help"}).out, HasSubstr("--document"));
}

}  // namespace
}  // namespace landfall
