// `landfall quarantine`, the real program: what was kept aside is found, understood, mended and closed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <string>
#include <vector>

#include "app/output/marked_bytes.h"
#include "storage/database.h"
#include "tests/support/compress.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

// One message of one traveller.
std::string Message(const std::string& id, const std::string& flight, const std::string& traveller) {
  return R"({"message_id":")" + id +
         R"(","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in","flight":{"number":")" + flight +
         R"(","from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z"},"travellers":[)" + traveller + "]}\n";
}
const std::string kTraveller = R"({"ref":"R1","surname":"OMBRELLE","date_of_birth":"1980-05-06"})";
const std::string kUnreadable = R"({"ref":"R2","surname":"NO\u0000NAME"})";

class QuarantineCommandTest : public ::testing::Test {
 protected:
  CommandResult Run(std::vector<std::string> arguments, const std::string& input = "") const {
    arguments.insert(arguments.begin(), "quarantine");
    arguments.insert(arguments.end(), {"--data", Data()});
    return RunLandfall(arguments, input);
  }
  std::string Data() const { return folder_.Path("data"); }
  CommandResult Screen(const std::string& text) const {
    return RunLandfall({"screen", "--data", Data(), folder_.Write("in.ndjson", text)});
  }
  // The id of the only entry of this code.
  std::string IdOf(const std::string& code) const {
    const std::string out = Run({"list", "--code", code, "--format", "ndjson"}).out;
    std::smatch found;
    EXPECT_TRUE(std::regex_search(out, found, std::regex("\"id\":\"(Q-[0-9a-f]{16})\""))) << out;
    return found.empty() ? "" : found[1].str();
  }
  std::uint64_t Count(const std::string& what) const {
    DatabaseOptions options;
    options.directory = Data();
    const auto database = Database::Open(options);
    return database.ok() ? (*database)->CountRows(what).value_or(99) : 99;
  }

  TemporaryFolder folder_;
};

TEST_F(QuarantineCommandTest, ListsInEveryFormatWithCounts) {
  EXPECT_EQ(Screen(Message("1", "ZZ101", kTraveller) + "{\"flight\":{\"number\":\"ZX9\"},broken\n" +
                   Message("2", "ZZ102", kTraveller + "," + kUnreadable) + "nonsense\n")
                .exit_code,
            3);
  const CommandResult table = Run({"list"});
  EXPECT_EQ(table.exit_code, 0) << table.err;
  EXPECT_THAT(table.out, HasSubstr("open        not_json             ZX      "));
  EXPECT_THAT(table.out, HasSubstr("in.ndjson:2"));
  EXPECT_THAT(table.out, HasSubstr("message 2 traveller R2"));
  EXPECT_THAT(table.out, HasSubstr("ZX       not_json                    1        0\n"));
  EXPECT_THAT(table.out, HasSubstr("ZZ       control_character           1        0\n"));
  EXPECT_THAT(table.out, HasSubstr("all                                  3        0\n"));
  const CommandResult json = Run({"list", "--format", "json"});
  EXPECT_THAT(json.out, ::testing::StartsWith("{\"entries\":[\n{\"id\":\"Q-"));
  EXPECT_THAT(json.out, HasSubstr("],\"counts\":[{"));
  EXPECT_THAT(json.out, HasSubstr("{\"carrier\":\"ZX\",\"code\":\"not_json\",\"open\":1,\"closed\":0}"));
  EXPECT_THAT(Run({"list", "--format", "csv"}).out, HasSubstr("id,state,code,carrier,file,offset,line,reason"));
  const CommandResult filtered = Run({"list", "--format", "ndjson", "--carrier", "ZX"});
  EXPECT_THAT(filtered.out, MatchesRegex("\\{\"id\":\"Q-[^\n]*\"code\":\"not_json\"[^\n]*\\}\n"));
  EXPECT_EQ(Run({"list", "--counts", "--format", "csv"}).out,
            "carrier,code,open,closed\n,not_json,1,0\nZX,not_json,1,0\nZZ,control_character,1,0\n");
  EXPECT_EQ(Run({"list"}).out, table.out) << "the same each time";
}

TEST_F(QuarantineCommandTest, ShowMarksThePlace) {
  Screen(Message("1", "ZZ101", kTraveller + "," + kUnreadable) + "{\"a\":\x1b[31m \"\x01\"]\n");
  const CommandResult traveller = Run({"show", IdOf("control_character")});
  EXPECT_EQ(traveller.exit_code, 0) << traveller.err;
  EXPECT_THAT(traveller.out, HasSubstr("code        control_character\n"));
  EXPECT_THAT(traveller.out, HasSubstr("traveller   R2\n"));
  EXPECT_THAT(traveller.out, HasSubstr("OMBRELLE")) << "personal data is shown to the administrator";
  EXPECT_THAT(traveller.out, HasSubstr("^ here\n"));
  const CommandResult broken = Run({"show", IdOf("not_json")});
  EXPECT_THAT(broken.out, HasSubstr("{\"a\":\\x1b[31m \"\\x01\"]"));
  EXPECT_THAT(broken.out, Not(HasSubstr("\x1b")));
  EXPECT_THAT(broken.out, HasSubstr("^ here\n"));
  EXPECT_EQ(Run({"show", IdOf("not_json"), "--raw"}).out, "{\"a\":\x1b[31m \"\x01\"]");
  EXPECT_THAT(Run({"show", IdOf("not_json"), "--format", "json"}).out, HasSubstr("\"state\":\"open\""));
}

TEST_F(QuarantineCommandTest, AMendedFileIsTakenInAndClosesTheEntryOnce) {
  Screen(Message("1", "ZZ101", kTraveller) + "{\"message_id\":\"2\" broken\n");
  const std::string id = IdOf("not_json");
  const CommandResult as_it_is = Run({"resubmit", id});
  EXPECT_EQ(as_it_is.exit_code, 3);
  EXPECT_THAT(as_it_is.err, HasSubstr("\"file\":\"quarantine " + id + "\""));
  EXPECT_THAT(as_it_is.err, HasSubstr(id + " stays open"));
  EXPECT_EQ(Count("quarantine"), 1u) << "sent again in vain it is no second entry";
  const std::string half = folder_.Write("half", Message("2", "ZZ102", kTraveller) + "{broken\n");
  EXPECT_EQ(Run({"resubmit", id, half}).exit_code, 3);
  EXPECT_EQ(Count("messages"), 1u) << "all or nothing";
  EXPECT_EQ(Run({"resubmit", id, folder_.Write("none", "\n")}).exit_code, 3);

  const std::string mended = folder_.Write("mended", testing_support::Gzip(Message("2", "ZZ102", kTraveller)));
  const CommandResult accepted = Run({"resubmit", id, mended});
  EXPECT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("flight ZZ102 2026-11-22 LOS LHR: "));
  EXPECT_THAT(accepted.err, HasSubstr(id + " accepted and closed: 1 messages stored"));
  EXPECT_EQ(Count("messages"), 2u);
  EXPECT_EQ(Count("closings"), 1u);
  EXPECT_THAT(Run({"list", "--open", "--format", "ndjson"}).out, IsEmpty());
  EXPECT_THAT(Run({"show", id}).out, HasSubstr("state       resubmitted\n"));
  const CommandResult again = Run({"resubmit", id, mended});
  EXPECT_EQ(again.exit_code, 2);
  EXPECT_THAT(again.err, HasSubstr("is closed already: resubmitted"));
  EXPECT_EQ(RunLandfall({"query", "flight", "ZZ102", "2026-11-22", "--data", Data()}).exit_code, 0);
}

TEST_F(QuarantineCommandTest, ACorrectionFromStandardInput) {
  Screen("{broken\n");
  EXPECT_EQ(Run({"resubmit", IdOf("not_json"), "-"}, Message("1", "ZZ101", kTraveller)).exit_code, 0);
}

// What a changed configuration makes readable is sent again as it is.
TEST_F(QuarantineCommandTest, AsItIsAfterTheConfigurationChanged) {
  std::string line = Message("1", "ZZ101", kTraveller);
  line.replace(line.find("LHR"), 3, "CDG");
  Screen(line);
  const std::string id = IdOf("not_at_border");
  EXPECT_EQ(Run({"resubmit", id}).exit_code, 3);
  const std::string config = folder_.Write("fra.toml", "own_country = \"FRA\"\n");
  const CommandResult accepted = Run({"resubmit", id, "--config", config, "--format", "ndjson"});
  EXPECT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_THAT(accepted.out, HasSubstr("{\"flight\":\"ZZ101 2026-11-22 LOS CDG\",\"suggested\":"));
}

// A traveller who could not be read is no better read when the same message comes again, as a duplicate.
TEST_F(QuarantineCommandTest, ADuplicateDoesNotCloseATravellersEntry) {
  Screen(Message("1", "ZZ101", kTraveller + "," + kUnreadable));
  const std::string id = IdOf("control_character");
  const CommandResult same = Run({"resubmit", id});
  EXPECT_EQ(same.exit_code, 3);
  EXPECT_THAT(same.err, HasSubstr("\"code\":\"control_character\""));
  const std::string mended = R"({"ref":"R2","surname":"NAME"})";
  EXPECT_EQ(Run({"resubmit", id, "-"}, Message("1", "ZZ101", kTraveller + "," + mended)).exit_code, 3)
      << "an id used again";
  EXPECT_EQ(Run({"resubmit", id, "-"}, Message("1-mended", "ZZ101", kTraveller + "," + mended)).exit_code, 0);
}

TEST_F(QuarantineCommandTest, ReleaseClosesWithAReasonAndStaysWhenTheFileComesAgain) {
  Screen("{broken\n");
  const std::string id = IdOf("not_json");
  EXPECT_EQ(Run({"release", id}).exit_code, 2) << "no reason";
  EXPECT_EQ(Run({"release", id, "--reason", "  "}).exit_code, 2);
  const CommandResult released = Run({"release", id, "--reason", "a test message of the carrier"});
  EXPECT_EQ(released.exit_code, 0) << released.err;
  EXPECT_THAT(Run({"show", id}).out, HasSubstr(": a test message of the carrier\n"));
  EXPECT_EQ(Run({"release", id, "--reason", "again"}).exit_code, 2);
  Screen("{broken\n");
  EXPECT_THAT(Run({"list", "--format", "ndjson"}).out, HasSubstr("\"state\":\"released\""));
  EXPECT_EQ(Run({"list", "--counts", "--format", "csv"}).out, "carrier,code,open,closed\n,not_json,0,1\n");
}

TEST_F(QuarantineCommandTest, WhatCannotBeSentAsItIs) {
  RunLandfall({"import", "vignettes", "-", "--data", Data()}, "{\"colour\":1}\n");
  const CommandResult reference = Run({"resubmit", IdOf("bad_record")});
  EXPECT_EQ(reference.exit_code, 2);
  EXPECT_THAT(reference.err, HasSubstr("landfall import"));
  Screen("{\"x\":\"" + std::string(5u << 20, 'x') + "\"}\n");
  const CommandResult too_long = Run({"resubmit", IdOf("line_too_long")});
  EXPECT_EQ(too_long.exit_code, 2) << too_long.err;
  EXPECT_THAT(too_long.err, HasSubstr("name a mended FILE"));
}

TEST_F(QuarantineCommandTest, WrongUsage) {
  Screen("{broken\n");
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"look"},
      {"list", "more"},
      {"show"},
      {"show", "Q-0123456789abcdef"},  // no such entry
      {"show", "Q-0123"},              // no id
      {"show", "0123456789abcdef01"},
      {"show", "Q-0123456789abcdeg"},
      {"release", "Q-0123456789abcdef", "--reason", "x"},
      {"resubmit", "Q-0123456789abcdef"},
      {"resubmit", IdOf("not_json"), folder_.Path("none")},  // no such file
      {"resubmit", IdOf("not_json"), folder_.Path("")},      // a folder
      {"resubmit", IdOf("not_json"), "a", "b"},
      {"list", "--code", "rain"},
      {"list", "--format", "xml"},
  };
  for (const std::vector<std::string>& arguments : wrong) {
    const CommandResult result = Run(arguments);
    EXPECT_EQ(result.exit_code, 2) << testing::PrintToString(arguments) << result.err;
    EXPECT_THAT(result.err, Not(IsEmpty()));
    EXPECT_THAT(result.out, IsEmpty());
  }
  EXPECT_EQ(Run({"--help"}).exit_code, 0);
}

struct EscapedCase {
  const char* name;
  std::string bytes;
  std::string shown;
};

TEST(MarkedBytes, NothingReachesTheTerminalAsAControl) {
  for (const EscapedCase& c : {EscapedCase{"plain", "ABC def", "ABC def"},
                               {"line ends", "a\r\nb\t", "a\\r\\nb\\t"},
                               {"escape", "\x1b[2J", "\\x1b[2J"},
                               {"nul", std::string("\0", 1), "\\x00"},
                               {"delete", "\x7f", "\\x7f"},
                               {"backslash", "a\\n", "a\\\\n"},
                               {"letters", "ÉŁ名", "ÉŁ名"},
                               {"C1", "\xc2\x9b", "\\xc2\\x9b"},
                               {"right to left override", "\xe2\x80\xae", "\\xe2\\x80\\xae"},
                               {"no width", "\xe2\x80\x8b", "\\xe2\\x80\\x8b"},
                               {"byte-order mark", "\xef\xbb\xbf", "\\xef\\xbb\\xbf"},
                               {"Latin-1", "\xe9", "\\xe9"},
                               {"overlong", "\xc0\xaf", "\\xc0\\xaf"},
                               {"overlong of three", "\xe0\x80\xaf", "\\xe0\\x80\\xaf"},
                               {"surrogate", "\xed\xa0\x80", "\\xed\\xa0\\x80"},
                               {"cut short", "\xe5\x90", "\\xe5\\x90"}}) {
    EXPECT_EQ(app::Escaped(c.bytes), c.shown) << c.name;
  }
}

TEST(MarkedBytes, MarksThePlaceAndLeavesOutWhatIsFar) {
  EXPECT_EQ(app::MarkedBytes("ab\ncd", 3), "       0  ab\\n\n       3  cd\n          ^ here\n");
  EXPECT_EQ(app::MarkedBytes("a\x01"
                             "b",
                             2),
            "       0  a\\x01b\n               ^ here\n");
  EXPECT_EQ(app::MarkedBytes("abc", std::nullopt), "       0  abc\n");
  EXPECT_EQ(app::MarkedBytes("", std::nullopt), "");
  const std::string far = app::MarkedBytes(std::string(10'000, 'x'), 5'000);
  EXPECT_THAT(far, HasSubstr("... 2952 bytes before\n"));
  EXPECT_THAT(far, HasSubstr("... 2952 more bytes\n"));
  EXPECT_THAT(far, HasSubstr("^ here\n"));
}

}  // namespace
}  // namespace landfall
