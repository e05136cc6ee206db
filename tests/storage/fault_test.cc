// A failing disk: a Status, never an abort, and nothing that was acknowledged is lost.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <algorithm>
#include <iostream>
#include <random>
#include <string>

#include "storage/database.h"
#include "tests/storage/child.h"
#include "tests/storage/temp_store.h"
#include "tests/support/power_cut_env.h"

namespace landfall {
namespace {

const std::uint64_t kSeed = SeedOr(20260401);

std::uint64_t ReadNumber(const std::string& path) {
  const std::string text = ReadBytes(path);
  return text.empty() ? 0 : std::stoull(text);
}

// Commits groups until one fails or `groups` are done, and notes in a file outside what was acknowledged.
absl::Status CommitGroups(Database& database, std::uint64_t groups, int travellers, const std::string& note) {
  for (std::uint64_t i = 0; i < groups; ++i) {
    const std::uint64_t number = database.last_sequence() + 1;
    StoreBatch batch;
    PutTypical(batch, number, number, travellers);
    const absl::Status status = database.Commit(batch);
    if (!status.ok()) {
      // After an error there are no more writes: a later one that succeeds would prove nothing.
      if (database.Commit(batch).code() != absl::StatusCode::kFailedPrecondition) return absl::InternalError("went on");
      return status;
    }
    WriteBytes(note, std::to_string(number));
  }
  return absl::OkStatus();
}

// Every message that was acknowledged is there, with all its rows.
void ExpectAllThere(const Database& database, std::uint64_t acknowledged) {
  EXPECT_GE(database.last_sequence(), acknowledged);
  for (std::uint64_t number = 1; number <= database.last_sequence(); ++number) {
    const Message message = TypicalMessage(number, 1);
    EXPECT_TRUE(database.FindSeen(message.sender, message.message_id).value().has_value()) << number;
    EXPECT_FALSE(database.MessagesOf(message.flight.Key()).value().empty()) << number;
    EXPECT_TRUE(database.FindFlag(message.flight.Key()).value().has_value()) << number;
  }
  EXPECT_EQ(database.CountRows("messages").value(), database.last_sequence());
}

class TempFolder {
 public:
  TempFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "landfall-disk-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TempFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

class SmallDisk : public TempFolder {
 public:
  SmallDisk() : mounted_(mount("none", path().c_str(), "tmpfs", 0, "size=8m") == 0) {}
  ~SmallDisk() {
    if (mounted_) umount(path().c_str());
  }
  bool mounted() const { return mounted_; }
  void Enlarge() const { EXPECT_EQ(mount("none", path().c_str(), "tmpfs", MS_REMOUNT, "size=64m"), 0); }

 private:
  bool mounted_;
};

// Commits until the disk is full. 10: it was, and a Status said so. Arguments: directory, note.
int Fill(const ChildArguments& arguments) {
  const auto database = OpenStore(arguments.at(0));
  if (!database.ok()) return database.status().code() == absl::StatusCode::kUnavailable ? 10 : 11;
  const absl::Status status = CommitGroups(**database, 100000, 50, arguments.at(1));
  return status.code() == absl::StatusCode::kUnavailable ? 10 : 12;
}
const ChildRole kFill("fill", Fill);

TEST(DiskFullTest, IsAStatusAndLosesNothing) {
  const SmallDisk disk;
  if (!disk.mounted()) GTEST_SKIP() << "no permission to mount a small tmpfs";
  const TempFolder outside;
  const std::string note = outside.path() + "/acknowledged";
  const DatabaseOptions options{.directory = disk.path() + "/store"};
  for (int round = 0; round < 2; ++round) {  // The second opens a disk that is full already.
    const int exit = RunChild("fill", {options.directory, note});
    EXPECT_EQ(exit, 10) << "a negative number is a signal";
  }
  const std::uint64_t acknowledged = ReadNumber(note);
  EXPECT_GT(acknowledged, 100u);
  disk.Enlarge();
  const auto database = Database::Open(options);
  ASSERT_TRUE(database.ok()) << database.status();
  ExpectAllThere(**database, acknowledged);
  EXPECT_TRUE(CommitGroups(**database, 50, 50, note).ok());
  EXPECT_TRUE((*database)->VerifyChecksums().ok());
}

// Opens, commits, closes, and opens again, so that the log is moved into tables under faults too. 0: no failure reached
// it; 10: one stopped it; 20: there were not that many calls.
// Arguments: directory, note, which call fails, whether all later ones do, number of the fault.
int FailAt(const ChildArguments& arguments) {
  const std::uint64_t fail_at = std::stoull(arguments.at(2));
  PowerCutEnv disk({.fail_at = fail_at,
                    .keep_failing = arguments.at(3) == "1",
                    .fault = static_cast<Fault>(std::stoi(arguments.at(4)))});
  bool stopped = false;
  for (int round = 0; round < 2 && !stopped; ++round) {
    const auto database = OpenStore(arguments.at(0), disk.environment());
    stopped = !database.ok() || !CommitGroups(**database, 5, 3, arguments.at(1)).ok();
  }
  return disk.calls() < fail_at ? 20 : stopped ? 10 : 0;
}
const ChildRole kFailAt("fail at", FailAt);

// SQLite's method: fail the first call, the second, and so on, until a run meets no failure. Before a release every call,
// else every third, another third for each kind.
struct FailureKind {
  const char* name;
  Fault fault;
  bool keep_failing;
};

class EveryFailureTest : public testing::TestWithParam<FailureKind> {};

TEST_P(EveryFailureTest, LosesNothing) {
  const TempFolder outside;
  const std::string note = outside.path() + "/acknowledged";
  const std::uint64_t step = InFull() ? 1 : 3;
  std::uint64_t failed_at = 1 + static_cast<std::uint64_t>(GetParam().fault) % step;
  int stopped = 0, aborted = 0;
  for (;; failed_at += step) {
    TempStore store;
    WriteBytes(note, "");
    const int exit =
        RunChild("fail at", {store.directory(), note, std::to_string(failed_at), GetParam().keep_failing ? "1" : "0",
                             std::to_string(static_cast<int>(GetParam().fault))});
    if (exit == 20) break;
    stopped += exit == 10;
    aborted += exit < 0;
    EXPECT_TRUE(exit == 0 || exit == 10) << "call " << failed_at << " ended with " << exit;
    const auto database = store.Open();
    ASSERT_TRUE(database.ok()) << "call " << failed_at << ": " << database.status();
    ExpectAllThere(**database, ReadNumber(note));
    ASSERT_LT(failed_at, 2000u) << "the sweep does not end";
  }
  EXPECT_GT(stopped, InFull() ? 20 : 5);
  EXPECT_EQ(aborted, 0);
  std::cout << (failed_at - 1) / step << " calls failed in turn, " << stopped << " stopped the store\n";
}

INSTANTIATE_TEST_SUITE_P(Kinds, EveryFailureTest,
                         testing::Values(FailureKind{"IoErrorOnce", Fault::kIoError, false},
                                         FailureKind{"IoErrorFromThenOn", Fault::kIoError, true},
                                         FailureKind{"NoSpaceOnce", Fault::kNoSpace, false},
                                         FailureKind{"NoSpaceFromThenOn", Fault::kNoSpace, true},
                                         FailureKind{"TornWrite", Fault::kTornWrite, false}),
                         [](const auto& test) { return test.param.name; });

// --- Bit rot. Whatever bit of whatever file flips, the store says so or tells what it told before.

std::string Tell(const Database& database) {
  std::string text = std::to_string(database.last_sequence()) + "\n";
  const auto flights = database.FlightsBetween(Date{0}, Date{100000});
  if (!flights.ok()) return "";
  for (const FlightKey& flight : *flights) {
    const auto messages = database.MessagesOf(flight);
    const auto flag = database.FindFlag(flight);
    if (!messages.ok() || !flag.ok() || !*flag) return "";
    for (const auto& message : *messages) {
      const auto seen = database.FindSeen(message.message.sender, message.message.message_id);
      if (!seen.ok() || !*seen) return "";
      text += ToString(flight) + " " + message.message.message_id + " " + std::string(AsBytes((*seen)->content)) + " " +
              std::to_string(message.sequence) + " " + std::to_string((*flag)->points) + "\n";
    }
  }
  return text;
}

enum Answer { kTrue = 0, kRefused = 10, kWrong = 20 };

// Arguments: directory, file with the truth.
int Ask(const ChildArguments& arguments) {
  const auto database = OpenStore(arguments.at(0));
  if (!database.ok()) return kRefused;
  const std::string told = Tell(**database);
  return told.empty() ? kRefused : told == ReadBytes(arguments.at(1)) ? kTrue : kWrong;
}
const ChildRole kAsk("ask", Ask);

// A store of tables and a log, closed, with a copy of it to go back to.
class RottenStore {
 public:
  RottenStore() {
    for (int round = 0; round < 2; ++round) {  // Opening moves the log into tables.
      const std::unique_ptr<Database> database = store_.MustOpen();
      EXPECT_TRUE(CommitGroups(*database, 40, 3, outside_.path() + "/acknowledged").ok());
    }
    std::filesystem::copy(store_.directory(), pristine(), std::filesystem::copy_options::recursive);
    WriteBytes(truth(), Tell(*store_.MustOpen()));
    EXPECT_GT(std::filesystem::file_size(truth()), 2000u);
    Restore();
  }
  void Restore() const {
    std::filesystem::remove_all(store_.directory());
    std::filesystem::copy(pristine(), store_.directory(), std::filesystem::copy_options::recursive);
  }
  const TempStore& store() const { return store_; }

  // Opens and reads it all, in a process of its own; a negative number is a signal.
  int Ask() const { return RunChild("ask", {store_.directory(), truth()}); }

 private:
  std::string pristine() const { return outside_.path() + "/pristine"; }
  std::string truth() const { return outside_.path() + "/truth"; }

  TempStore store_;
  TempFolder outside_;
};

TEST(BitRotTest, EveryFlippedBitIsFoundOrHarmless) {
  const RottenStore rotten;
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  int found = 0, harmless = 0;
  const int flips = Cycles(60, 500);
  for (int i = 0; i < flips; ++i) {
    rotten.Restore();
    // By file first, so that the small ones get their share.
    std::vector<std::string> files = FilesEnding(rotten.store(), "");
    std::erase_if(files, [](const std::string& path) { return std::filesystem::file_size(path) == 0; });
    const std::string& path = files[random() % files.size()];
    const std::size_t byte = random() % std::filesystem::file_size(path);
    FlipBit(path, byte, static_cast<int>(random() % 8));
    const int answer = rotten.Ask();
    EXPECT_TRUE(answer == kTrue || answer == kRefused)
        << "flip " << i << " of byte " << byte << " in " << path << ": " << answer;
    (answer == kTrue ? harmless : found) += 1;
  }
  EXPECT_GT(found, flips / 5);
  std::cout << "seed " << kSeed << ": " << flips << " flips, " << found << " found, " << harmless << " harmless\n";
}

// Where each record of a MANIFEST begins: checksum (4 bytes), length (2), type (1), and as many bytes as the length says.
std::vector<std::size_t> RecordsOf(const std::string& manifest) {
  std::vector<std::size_t> records;
  for (std::size_t at = 0; at + 7 <= manifest.size();) {
    records.push_back(at);
    at += 7 + static_cast<std::uint8_t>(manifest[at + 4]) + 256 * static_cast<std::uint8_t>(manifest[at + 5]);
  }
  return records;
}

// A record that seems longer than the file looks as if a crash had cut it short: RocksDB drops it and all that follow,
// and says nothing. (Found by the flips above, in a run of 500.)
TEST(BitRotTest, AListOfTablesThatEndsEarlyIsFound) {
  const RottenStore rotten;
  const std::vector<std::string> files = FilesEnding(rotten.store(), "");
  const auto manifest = std::ranges::find_if(files, [](const std::string& path) { return path.find("MANIFEST") != path.npos; });
  ASSERT_NE(manifest, files.end());
  const std::vector<std::size_t> records = RecordsOf(ReadBytes(*manifest));
  ASSERT_GT(records.size(), 7u);
  for (const std::size_t at : records) {
    rotten.Restore();
    FlipBit(*manifest, at + 5, 6);  // 16 KiB longer.
    EXPECT_EQ(rotten.Ask(), kRefused) << "record at " << at;
  }
}

}  // namespace
}  // namespace landfall
