// PNRGOV through the real program: what is read, and what is nowhere to be found afterwards.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tests/support/pnrgov_builder.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

// Everything under a folder, file by file, one after the other.
std::string AllBytes(const std::string& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    all += entry.path().string() + "\n";
    all.append(std::istreambuf_iterator<char>(in), {});
  }
  return all;
}

const std::vector<std::string> kCards = {"4111111111111111", "4012 8888 8888 1881", "3782-822463-10005", "6011000990139424"};
const std::vector<std::string> kSensitive = {"HALALMEAL", "HEARTTROUBLE", "PLATINUMCLUB77", "LOVESCHESS", "MOML", "MEDA", "957.94", "1392178947000"};

// One booking with all of it. `tif` may be a traveller that is set aside.
PnrgovSegments Laden(const std::string& locator, const std::string& tif) {
  return {"SRC", "RCI+ZZ:" + locator, "SSR+MOML:HK:1:ZZ:::::HALALMEAL", "IFT+4:28::ZZ+LOVESCHESS " + kCards[1], "IFT+4:43+UTE BRANDT " + kCards[2],
          "ADD++702:14 ACACIA AVENUE " + kCards[3] + ":LONDON", tif, "TIF+QUILL+ADA:A:2", "FTI+ZZ:PLATINUMCLUB77", "MON+T:2957.94:GBP", "TKT+1392178947000:T:1",
          "SSR+TKNE:HK:1:ZZ:::LOS:LHR:1392178947000C2+::2", "SSR+MEDA:HK:1:ZZ:::::HEARTTROUBLE+::2", "SSR+OTHS:HK:1:ZZ:::::" + kCards[0] + "+::2",
          "SSR+DOCS:HK:1:ZZ:::::/P//A1/" + kCards[0] + "/" + kCards[0] + "///+::2", "SSR+CTCM:HK:1:ZZ:::::" + kCards[1] + "+::2", "FOP+CC:::VI:" + kCards[0] + ":0228",
          "TVL+221126:0110:221126:0640+LOS+LHR+ZZ+0101"};
}

TEST(PnrgovCommand, PlantedNumbersAndTextsAreNowhere) {
  const TemporaryFolder folder;
  const std::string whole = PnrgovInterchange({PnrgovMessage(Laden("L1", "TIF+QUILL+ORLA:C:1"), 1), PnrgovMessage(Laden("L2", "TIF++:A:1"), 3)});
  std::string unreadable = PnrgovInterchange({PnrgovMessage(Laden("L3", "TIF+QUILL+ORLA:C:1"), 1, "22", "999999:0110+LOS+LHR+ZZ+1")});
  const std::vector<std::string> files = {
      folder.Write("whole.edi", whole), folder.Write("unreadable.edi", unreadable),
      folder.Write("truncated.edi", Wrapped(whole.substr(0, whole.rfind("UNT")), 40)), folder.Write("other.edi", PnrgovInterchange({PnrgovMessage(Laden("L4", "TIF+QUILL+ORLA:C:1"), 1)}, ":*.? $"))};
  std::string all;
  std::vector<std::string> screen = {"screen", "--data", folder.Path("data"), "--all", "--format", "ndjson"}, parse = {"parse"};
  for (const std::string& file : files) {
    screen.push_back(file);
    parse.push_back(file);
  }
  const CommandResult screened = RunLandfall(screen);
  EXPECT_EQ(screened.exit_code, 3) << screened.err;
  const CommandResult parsed = RunLandfall(parse);
  EXPECT_EQ(parsed.exit_code, 3) << parsed.err;
  EXPECT_THAT(parsed.out, HasSubstr("\"payer_key\":\""));
  const CommandResult table = RunLandfall({"query", "flight", "ZZ101", "2026-11-22", "--data", folder.Path("data")});
  for (const CommandResult* const result : {&screened, &parsed, &table}) all += result->out + result->err;
  all += AllBytes(folder.Path("data"));
  EXPECT_THAT(all, HasSubstr("QUILL"));  // The search does find what is there.
  for (std::string planted : kCards) {
    EXPECT_EQ(all.find(planted), std::string::npos) << planted;
    std::erase_if(planted, [](char c) { return c == ' ' || c == '-'; });
    EXPECT_EQ(all.find(planted), std::string::npos) << planted;
  }
  for (const std::string& planted : kSensitive) EXPECT_EQ(all.find(planted), std::string::npos) << planted;
}

// The store's own key makes the hash, so what was sent again has no second effect.
TEST(PnrgovCommand, SentAgainIsADuplicate) {
  const TemporaryFolder folder;
  const std::string file = folder.Write("b.edi", PnrgovInterchange({PnrgovMessage(Laden("L1", "TIF+QUILL+ORLA:C:1"), 1)}));
  for (const char* const balance : {"1 read = 1 stored + 0 duplicates", "1 read = 0 stored + 1 duplicates"}) {
    const CommandResult result = RunLandfall({"screen", "--data", folder.Path("data"), file});
    EXPECT_THAT(result.err, HasSubstr(balance));
    EXPECT_THAT(result.err, Not(HasSubstr("id_reused")));
  }
}

TEST(PnrgovCommand, TheHandWrittenSamplesGoThroughCleanly) {
  const TemporaryFolder folder;
  const std::string samples = LANDFALL_SOURCE_DIR "/samples/hand/pnrgov/";
  const CommandResult result = RunLandfall({"screen", "--data", folder.Path("data"), "--config", LANDFALL_SOURCE_DIR "/samples/landfall.toml",
                                            "--fail-on", "findings", samples + "bookings.edi", samples + "list.edi"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.err, HasSubstr("messages    2 read = 2 stored + 0 duplicates + 0 quarantined"));
  EXPECT_THAT(result.err, HasSubstr("travellers  12 read = 12 stored + 0 duplicates + 0 quarantined"));
  const CommandResult flight = RunLandfall({"query", "flight", "Z19005", "2026-11-22", "--data", folder.Path("data")});
  EXPECT_EQ(flight.exit_code, 0) << flight.err;
  for (const char* const name : {"MBEKIRANDE", "OSUVALDE", "HARTWELLOW"}) EXPECT_THAT(flight.out, HasSubstr(name));
}

}  // namespace
}  // namespace landfall
