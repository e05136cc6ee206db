// What an operator does with a store, by the real program: backup and restore, a disk that fills up, a store that cannot
// be trusted, one that is in use, and ones of other versions.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "storage/database.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

constexpr const char* kSource = LANDFALL_SOURCE_DIR;

std::vector<std::string> HandMessages() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(kSource) + "/samples/hand")) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string ReadBytes(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

class StoreTest : public ::testing::Test {
 protected:
  std::string Path(const std::string& name) const { return folder_.Path(name); }

  CommandResult Screen(const std::string& data, std::vector<std::string> files, const std::string& config = "") const {
    std::vector<std::string> arguments = {"screen", "--data", data, "--format", "ndjson", "--all", "--config",
                                          config.empty() ? std::string(kSource) + "/samples/landfall.toml" : config};
    arguments.insert(arguments.end(), files.begin(), files.end());
    return RunLandfall(arguments);
  }
  void MakeStore() const {
    const CommandResult result = Screen(Path("data"), HandMessages());
    ASSERT_EQ(result.exit_code, 3) << result.err;
  }
  CommandResult QueryZ19003(const std::string& data) const {
    return RunLandfall({"query", "flight", "Z19003", "2026-11-22", "--data", data});
  }

  const TemporaryFolder folder_;
};

TEST_F(StoreTest, BackUpRestoreAndScreenOn) {
  MakeStore();
  const std::string backup = Path("backup"), key = Path("data/store.key");
  const CommandResult made = RunLandfall({"backup", "--data", Path("data"), backup});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("backed up and verified"));
  EXPECT_THAT(made.err, HasSubstr("store.key where keys are kept"));
  EXPECT_FALSE(std::filesystem::exists(backup + "/store.key"));
  const CommandResult verified = RunLandfall({"backup", "--verify", backup, "--key", key});
  EXPECT_EQ(verified.exit_code, 0) << verified.err;
  const CommandResult restored = RunLandfall({"restore", "--data", Path("restored"), "--key", key, backup});
  EXPECT_EQ(restored.exit_code, 0) << restored.err;

  const CommandResult before = Screen(Path("data"), HandMessages()), after = Screen(Path("restored"), HandMessages());
  EXPECT_EQ(after.exit_code, 3);
  EXPECT_TRUE(after.out == before.out);
  EXPECT_THAT(after.err, HasSubstr(" = 0 stored + "));
  EXPECT_TRUE(QueryZ19003(Path("restored")).out == QueryZ19003(Path("data")).out);
}

TEST_F(StoreTest, ADamagedBackupIsACheckThatFailed) {
  MakeStore();
  const std::string backup = Path("backup"), mark = backup + "/high-water";
  ASSERT_EQ(RunLandfall({"backup", "--data", Path("data"), "--with-key", backup}).exit_code, 0);
  std::string bytes = ReadBytes(mark);
  bytes[5000] = static_cast<char>(bytes[5000] ^ 4);
  std::ofstream(mark, std::ios::binary) << bytes;
  const CommandResult verified = RunLandfall({"backup", "--verify", backup});
  EXPECT_EQ(verified.exit_code, 1);
  EXPECT_THAT(verified.err, HasSubstr("the backup is damaged"));
  const CommandResult restored = RunLandfall({"restore", "--data", Path("restored"), backup});
  EXPECT_EQ(restored.exit_code, 1);
  EXPECT_THAT(restored.err, HasSubstr("high-water is not as it was written"));
  EXPECT_FALSE(std::filesystem::exists(Path("restored")));
}

TEST_F(StoreTest, WrongUseOfBackupAndRestoreSaysWhatToDo) {
  MakeStore();
  const std::string data = Path("data"), backup = Path("backup");
  ASSERT_EQ(RunLandfall({"backup", "--data", data, backup}).exit_code, 0);
  struct Row {
    std::vector<std::string> arguments;
    int exit_code;
    const char* says;
  };
  const Row rows[] = {
      {{"backup"}, 2, "BACKUPDIR"},
      {{"backup", "a", "b"}, 2, "BACKUPDIR"},
      {{"backup", "--verify", "--with-key", backup}, 2, "--with-key"},
      {{"backup", "--key", data + "/store.key", backup}, 2, "--verify"},
      {{"backup", "--data", data, backup}, 2, "not empty"},
      {{"backup", "--data", Path("nothing"), Path("other")}, 2, "there is no store"},
      {{"backup", "--verify", Path("nothing")}, 2, "there is no backup"},
      {{"restore"}, 2, "BACKUPDIR"},
      {{"restore", "--data", data, "--key", data + "/store.key", backup}, 2, "not empty"},
      {{"restore", "--data", Path("new"), backup}, 2, "--key FILE"},
      {{"restore", "--data", Path("new"), "--key", Path("no.key"), backup}, 2, "no.key"},
      {{"restore", "--data", Path("new"), "--key", data + "/FORMAT", backup}, 1, "damaged"},
      {{"restore", "--data", Path("new"), Path("nothing")}, 2, "there is no backup"},
      {{"backup", "--help"}, 0, ""},
      {{"restore", "--help"}, 0, ""},
  };
  for (const Row& row : rows) {
    const CommandResult result = RunLandfall(row.arguments);
    EXPECT_EQ(result.exit_code, row.exit_code) << row.arguments.back() << ": " << result.err;
    EXPECT_THAT(result.err, HasSubstr(row.says));
    EXPECT_FALSE(std::filesystem::exists(Path("new")));
  }
}

TEST_F(StoreTest, BelowTheWatermarkNothingIsTakenInAndItGoesOnLater) {
  const std::string full = folder_.Write("full.toml", "[disk_watermark]\nfree_mib = 1000000000\n");
  const std::string off = folder_.Write("off.toml", "[disk_watermark]\nfree_mib = 0\nfree_percent = 0\n");
  const std::string some = std::string(kSource) + "/samples/hand/close_out.edi";
  ASSERT_EQ(Screen(Path("data"), {some}, off).exit_code, 0);
  const CommandResult refused = Screen(Path("data"), HandMessages(), full);
  EXPECT_EQ(refused.exit_code, 4);
  EXPECT_THAT(refused.err, HasSubstr("nothing more is taken in"));
  EXPECT_THAT(refused.err, HasSubstr("disk_watermark"));
  EXPECT_EQ(RunLandfall({"import", "--data", Path("data"), "--config", full, "vignettes",
                         std::string(kSource) + "/samples/hand/records/vignettes.ndjson"})
                .exit_code,
            4);
  const CommandResult read = QueryZ19003(Path("data"));  // It can still be read.
  EXPECT_EQ(read.exit_code, 0) << read.err;
  const CommandResult later = Screen(Path("data"), HandMessages(), off);
  EXPECT_EQ(later.exit_code, 3) << later.err;
  EXPECT_THAT(later.err, Not(HasSubstr("watermark")));
}

TEST_F(StoreTest, AWatermarkThatIsNoNumberIsWrongUsage) {
  for (const char* text : {"disk_watermark = 5\n", "[disk_watermark]\nfree_mib = -1\n", "[disk_watermark]\nfree_percent = 100\n",
                           "[disk_watermark]\nfree_mib = \"1\"\n", "[disk_watermark]\nfree = 1\n"}) {
    const CommandResult result = Screen(Path("data"), HandMessages(), folder_.Write("bad.toml", text));
    EXPECT_EQ(result.exit_code, 2) << text;
    EXPECT_THAT(result.err, HasSubstr("disk_watermark"));
    EXPECT_THAT(result.err, HasSubstr("bad.toml:"));
  }
}

TEST_F(StoreTest, AStoreThatCannotBeTrustedIsReadWithAWarningAndNotWritten) {
  MakeStore();
  const std::string trusted = QueryZ19003(Path("data")).out;
  ASSERT_THAT(trusted, HasSubstr("Z19003"));
  std::filesystem::remove(Path("data/high-water"));
  const CommandResult read = QueryZ19003(Path("data"));
  EXPECT_EQ(read.exit_code, 4);
  EXPECT_EQ(read.out, trusted);
  EXPECT_THAT(read.err, HasSubstr("WARNING: this store cannot be trusted"));
  EXPECT_THAT(read.err, HasSubstr("high-water"));
  const CommandResult none = RunLandfall({"query", "flight", "ZZ1", "2026-11-22", "--data", Path("data")});
  EXPECT_EQ(none.exit_code, 4);  // "No flight" of such a store is no answer.
  EXPECT_EQ(Screen(Path("data"), HandMessages()).exit_code, 4);
  EXPECT_EQ(RunLandfall({"backup", "--data", Path("data"), Path("backup")}).exit_code, 4);
  EXPECT_FALSE(std::filesystem::exists(Path("backup")));
}

TEST_F(StoreTest, AStoreInUseIsRefusedToASecondProcess) {
  MakeStore();
  DatabaseOptions options;
  options.directory = Path("data");
  const auto database = Database::Open(options);
  ASSERT_TRUE(database.ok()) << database.status();
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"query", "flight", "Z19003", "2026-11-22", "--data", Path("data")},
        std::vector<std::string>{"backup", "--data", Path("data"), Path("backup")},
        std::vector<std::string>{"screen", "--data", Path("data"), HandMessages()[0]}}) {
    const CommandResult result = RunLandfall(arguments);
    EXPECT_EQ(result.exit_code, 4) << arguments[0];
    EXPECT_THAT(result.err, HasSubstr("open in another process")) << arguments[0];
  }
}

TEST_F(StoreTest, AStoreOfANewerProgramIsRefused) {
  MakeStore();
  std::ofstream(Path("data/FORMAT")) << "landfall store 3\n";
  for (const CommandResult& result : {Screen(Path("data"), HandMessages()), QueryZ19003(Path("data"))}) {
    EXPECT_EQ(result.exit_code, 4);
    EXPECT_THAT(result.err, HasSubstr("use a newer one"));
    EXPECT_EQ(result.out, "");
  }
}

// The fixture of schema 1 was made from the same messages: each is known in it, and new ones join them.
TEST_F(StoreTest, AStoreOfTheFirstSchemaIsScreenedOn) {
  std::filesystem::copy(std::string(kSource) + "/tests/storage/testdata/store-v1", Path("old"),
                        std::filesystem::copy_options::recursive);
  const CommandResult again = Screen(Path("old"), HandMessages());
  EXPECT_EQ(again.exit_code, 3) << again.err;
  EXPECT_THAT(again.err, HasSubstr(" = 0 stored + "));
  EXPECT_THAT(again.out, HasSubstr("\"flight\":\"Z19003\""));
  const std::string line =
      R"({"message_id":"T-1","sender":"ZZ","sent_at":"2026-11-22T01:00:00Z","kind":"check_in","flight":{"number":"ZZ100",)"
      R"("from":"LOS","to":"LHR","departs_at":"2026-11-22T10:00:00Z","arrives_at":"2026-11-22T16:00:00Z"},"travellers":)"
      R"([{"ref":"R1","surname":"OMBRELLE","given_names":"TESSA","date_of_birth":"1980-05-06"}]})";
  const CommandResult joined = Screen(Path("old"), {folder_.Write("new.ndjson", line + "\n")});
  EXPECT_EQ(joined.exit_code, 0) << joined.err;
  EXPECT_THAT(joined.err, HasSubstr("1 read = 1 stored"));
}

}  // namespace
}  // namespace landfall
