// One bad message, or one that comes at an odd time, costs no other: the real program, on input made to harm it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

std::string Message(const std::string& id, const std::string& travellers, const std::string& more = "",
                    const std::string& kind = "check_in", const std::string& number = "ZZ101",
                    const std::string& day = "2026-11-22") {
  return R"({"message_id":")" + id + R"(","sender":"ZZ","sent_at":"2026-11-21T20:00:00Z","kind":")" + kind + R"(",)" + more +
         R"("flight":{"number":")" + number + R"(","from":"LOS","to":"LHR","departs_at":")" + day +
         R"(T00:10:00Z","arrives_at":")" + day + R"(T06:40:00Z"},"travellers":)" + travellers + "}\n";
}
// A child of its own: CP-001 asks for no more than that it travels alone.
const std::string kChild =
    R"([{"ref":"1","surname":"QUILL","given_names":"ORLA","date_of_birth":"2017-03-02","documents":[{"type":"P","number":"A1"}]}])";

std::string Screened(const TemporaryFolder& folder, const std::string& text, std::vector<std::string> more = {},
                     int exit_code = 0) {
  std::vector<std::string> arguments = {"screen", "--data", folder.Path("data"), "--format", "ndjson", "--all"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  arguments.push_back(folder.Write("in", text));
  const CommandResult result = RunLandfall(arguments);
  EXPECT_EQ(result.exit_code, exit_code) << result.err;
  return result.out + result.err;
}

TEST(OneBadMessage, OfAWrongYearChangesNoOtherFlight) {
  const std::string entry =
      R"({"entry":"W-1","kind":"child_at_risk","status":"missing","names":[{"surname":"QUILL","given_names":"ORLA"}],)"
      R"("dates_of_birth":["2017-03-02"],"documents":[{"number":"A1"}],"review_by":"2027-03-01"})";
  const auto flag_behind = [&](const std::string& day) {
    const TemporaryFolder folder;
    EXPECT_EQ(RunLandfall({"import", "watchlist", folder.Write("w", entry), "--data", folder.Path("data")}).exit_code, 0);
    Screened(folder, Message("POISON", "[]", "", "check_in", "ZZ7", day));
    const std::string out = Screened(folder, Message("M1", kChild));
    return out.substr(0, out.find('\n'));
  };
  const std::string expected = flag_behind("2026-11-22");
  EXPECT_THAT(expected, HasSubstr("CP-02"));  // The child is on the list.
  for (const char* const day : {"2027-11-22", "2062-11-22", "1990-11-22"}) EXPECT_EQ(flag_behind(day), expected) << day;
}

TEST(OneBadMessage, OfThousandsOfBadTravellersFillsNoDisk) {
  const TemporaryFolder folder;
  std::string travellers = "[";
  for (int i = 0; i < 4'000; ++i) travellers += std::string(i > 0 ? "," : "") + R"({"seat":"1"})";
  EXPECT_THAT(Screened(folder, Message("M1", travellers + "]"), {}, 3),
              HasSubstr("4000 read = 0 stored + 0 duplicates + 4000 quarantined"));
  std::uintmax_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder.Path("data"))) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  EXPECT_LT(bytes, 16u << 20);
}

struct Dirt {
  const char* name;
  std::string text;
  const char* balance;
  int exit_code = 3;
};
class DirtAround : public testing::TestWithParam<Dirt> {};
TEST_P(DirtAround, IsCountedAndCostsNothingElse) {
  const TemporaryFolder folder;
  EXPECT_THAT(Screened(folder, GetParam().text, {}, GetParam().exit_code), HasSubstr(GetParam().balance));
}

const std::string kInterchange =
    "UNA:+.? 'UNB+UNOA:4+Z1+GBRAPIS+261122:1205+R1'UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+Z19003+++Z1'LOC+125+WAW'"
    "DTM+189:2611221400:201'LOC+87+MAN'DTM+232:2611221535:201'NAD+FL+++BREZANSKI:LUBODAN'DTM+329:830415'CNT+42:1'UNT+11+1'UNZ+1+R1'";
const std::string kTwoLines = Message("M1", kChild) + Message("M2", kChild, "", "check_in", "ZZ102");

INSTANTIATE_TEST_SUITE_P(
    Files, DirtAround,
    testing::Values(
        Dirt{"FirstLineIsTheEndOfALongOne", std::string(7'500, 'x') + "\"}]}\n" + kTwoLines, "messages    3 read = 2 stored + 0 duplicates + 1"},
        Dirt{"FirstLineIsLikeEdifact", "UNB+UNOA:4+A+B\n" + kTwoLines, "messages    3 read = 2 stored + 0 duplicates + 1"},
        Dirt{"LikeEdifactBeforeSpacedLines", kTwoLines + "UNB+UNOA:4+A+B\n{ " + Message("M3", kChild, "", "check_in", "ZZ103").substr(1) + kInterchange, "messages    5 read = 4 stored + 0 duplicates + 1"},
        Dirt{"HalfAnInterchangeBeforeASpacedLine", kInterchange.substr(0, 200) + "\n{ " + Message("M3", kChild).substr(1), "messages    2 read = 1 stored + 0 duplicates + 1"},
        Dirt{"FirstIsHalfAnInterchange", kInterchange.substr(0, 200) + "\n" + kTwoLines, "messages    3 read = 2 stored + 0 duplicates + 1"},
        Dirt{"AnIndentedLineBehind", kInterchange + "\nhello\n  " + kTwoLines, "messages    3 read = 3 stored", 0},
        Dirt{"AListBehind", kInterchange + "\n[" + Message("M1", kChild), "messages    2 read = 1 stored + 0 duplicates + 1"},
        Dirt{"AnInterchangeWithoutItsBeginning", kInterchange + "\n" + kInterchange.substr(60), "messages    2 read = 1 stored + 0 duplicates + 1"},
        Dirt{"AMailBehind", kInterchange + "\nThis message is not for you. Tell us.\n", "messages    1 read = 1 stored", 0},
        Dirt{"MarkBeforeAnInterchange", "\xef\xbb\xbf" + kInterchange, "messages    1 read = 1 stored", 0},
        Dirt{"TravellersIsAnObject", Message("M1", R"({"a":1})"), "travellers  1 read = 0 stored + 0 duplicates + 1"},
        Dirt{"TravellersIsAText", Message("M1", "\"x\""), "travellers  1 read = 0 stored + 0 duplicates + 1"}),
    [](const auto& test) { return test.param.name; });

TEST(OneTraveller, WhoseBookingStatesNoBirthDateIsNotTwo) {
  const std::string booked = R"([{"surname":"QUILL","given_names":"ORLA","booking":{"locator":"L9"}}])";
  const std::string listed =
      R"([{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2017-03-02","booking":{"locator":"L9"}}])";
  for (const bool booking_first : {true, false}) {
    const TemporaryFolder folder;
    const std::string a = Message("B1", booked, "", "booking"), b = Message("C1", listed);
    const std::string out = Screened(folder, booking_first ? a + b : b + a);
    EXPECT_THAT(out, HasSubstr(R"("children":1)"));
    EXPECT_THAT(out, HasSubstr("CP-001")) << "the child is alone: no second self accompanies it";
  }
}

TEST(OneTraveller, IsTwoWhereBothStateABirthDate) {
  const std::string both =
      R"([{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2017-03-02","booking":{"locator":"L9"}},)"
      R"({"surname":"QUILL","given_names":"ORLA","date_of_birth":"1980-03-02","booking":{"locator":"L9"}}])";
  const TemporaryFolder folder;
  const std::string out = Screened(folder, Message("B1", both, "", "booking") + Message("C1", both));
  EXPECT_THAT(out, HasSubstr(R"("children":1)"));
  EXPECT_THAT(out, Not(HasSubstr("CP-001")));
}

TEST(Reassess, SeesRecordsThatCameLater) {
  const TemporaryFolder folder;
  const std::string message = Message("M1", kChild);
  EXPECT_THAT(Screened(folder, message), Not(HasSubstr("CP-002")));
  const CommandResult import = RunLandfall(
      {"import", "vignettes", "--data", folder.Path("data"),
       folder.Write("v", R"({"vignette":"VG1","issued":"2026-10-12","valid_from":"2026-11-01","valid_until":"2027-05-01",)"
                         R"("holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2017-03-02","document":"A1"},)"
                         R"("child":{"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"ADA","date_of_birth":"1980-05-06","document":"A2"}]}})")});
  EXPECT_THAT(import.err, HasSubstr("--reassess"));
  EXPECT_THAT(Screened(folder, message), HasSubstr("CP-002")) << "the flight has not landed: see rescreen_test.cc";
  EXPECT_THAT(Screened(folder, message, {"--reassess"}), HasSubstr("CP-002"));
}

TEST(Reassess, IsWhatAProfileAsksFor) {
  const TemporaryFolder folder;
  const std::string message = Message("M1", kChild);
  Screened(folder, message);
  const std::string profile = folder.Write(
      "mine.rules", R"(profile mine "Mine" version 1
  purpose "Trial"
  legal "Trial"
  owner trial
  review_by 2027-06-01

rule MY-1 "Any child"
  level passenger
  severity low
  points 3
  when
    pax.child
  why "A child"
  source "Trial"
  fairness "None known."
  review_by 2027-03-01
)");
  EXPECT_THAT(Screened(folder, message, {"--profile", profile}), HasSubstr("MY-1"));
}

}  // namespace
}  // namespace landfall
