// Backups hold all that was acknowledged, and nothing that is not whole becomes a backup or a store.

#include "storage/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <thread>

#include "model/digest.h"
#include "tests/storage/child.h"
#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

// Both may crash at a point. Arguments: point, store, backup; then for a restore the key.
int BackUp(const ChildArguments& arguments) {
  setenv("LANDFALL_CRASH_AT", arguments.at(0).c_str(), 1);
  const auto database = OpenStore(arguments.at(1));
  return database.ok() && CreateBackup(**database, arguments.at(2), false).ok() ? 0 : 1;
}
const ChildRole kBackUp("back up", BackUp);
int RestoreInChild(const ChildArguments& arguments) {
  setenv("LANDFALL_CRASH_AT", arguments.at(0).c_str(), 1);
  return RestoreBackup({.backup = arguments.at(2), .store = arguments.at(1), .key_file = arguments.at(3)}).ok() ? 0 : 1;
}
const ChildRole kRestore("restore", RestoreInChild);

std::string CopyKey(const TempStore& store) {
  const std::string kept = store.directory() + "-kept.key";
  fs::copy_file(store.File("store.key"), kept, fs::copy_options::overwrite_existing);
  return kept;
}

// A store in use, with a backup of it beside it.
class BackupTest : public testing::Test {
 protected:
  void SetUp() override {
    database_ = store_.MustOpen();
    ASSERT_NE(database_, nullptr);
    key_file_ = CopyKey(store_);
    CommitTo(*database_, 20);
  }

  static void CommitTo(Database& database, std::uint64_t last) {
    RandomEngine random(last);
    for (std::uint64_t number = database.last_sequence() + 1; number <= last; ++number) {
      StoreBatch batch;
      PutTypical(batch, number, number, 3);
      batch.PutFacts(TypicalMessage(number, 1).flight.Key(), "facts of " + std::to_string(number));
      if (number % 5 == 0) batch.PutQuarantined(RandomQuarantined(random), "raw bytes", number);
      ASSERT_TRUE(database.Commit(batch).ok());
    }
  }

  // All that a store tells.
  static std::string Tell(const Database& database) {
    std::string text = std::to_string(database.last_sequence());
    for (const char* rows : {"messages", "links", "seen", "flags", "facts", "quarantine", "reference"}) {
      text += " " + std::to_string(database.CountRows(rows).value());
    }
    for (std::uint64_t number = 1; number <= database.last_sequence(); ++number) {
      const Message message = TypicalMessage(number, 3);
      const FlightKey flight = message.flight.Key();
      const auto messages = database.MessagesOf(flight).value();
      EXPECT_FALSE(messages.empty());
      EXPECT_TRUE(database.FindSeen(message.sender, message.message_id).value().has_value());
      text += "\n" + database.FindFacts(flight).value().value_or("none");
      text += " " + std::to_string(database.FindFlag(flight).value().value().points);
      for (const auto& stored : messages) text += " " + std::to_string(stored.message.travellers.size());
    }
    return text;
  }

  std::string Beside(const std::string& name) const { return store_.directory() + "-" + name; }
  std::string backup() const { return Beside("backup"); }

  void MustBackUp(bool with_key = false) {
    const auto made = CreateBackup(*database_, backup(), with_key);
    ASSERT_TRUE(made.ok()) << made.status();
  }
  absl::StatusOr<BackupContents> Restore(const std::string& key_file) const {
    return RestoreBackup({.backup = backup(), .store = Beside("restored"), .key_file = key_file});
  }

  TempStore store_;
  std::unique_ptr<Database> database_;
  std::string key_file_;
};

TEST_F(BackupTest, ARestoredStoreTellsTheSameAndGoesOn) {
  const auto made = CreateBackup(*database_, backup() + "/", /*with_key=*/false);
  ASSERT_TRUE(made.ok()) << made.status();
  EXPECT_EQ(made->messages, 20u);
  EXPECT_FALSE(made->has_key);
  EXPECT_GT(made->bytes, 1000u);
  const std::string told = Tell(*database_);
  CommitTo(*database_, 25);  // What comes later is not in it, and the store goes on.
  EXPECT_FALSE(fs::exists(store_.File("checkpoint")));

  const auto verified = VerifyBackup(backup() + "/", key_file_);
  ASSERT_TRUE(verified.ok()) << verified.status();
  EXPECT_EQ(verified->files, made->files);
  const auto restored = Restore(key_file_);
  ASSERT_TRUE(restored.ok()) << restored.status();
  const auto database = OpenStore(Beside("restored"));
  ASSERT_TRUE(database.ok()) << database.status();
  EXPECT_EQ(Tell(**database), told);
  CommitTo(**database, 30);
  EXPECT_EQ((*database)->last_sequence(), 30u);
}

TEST_F(BackupTest, TheKeyIsLeftOutUnlessAskedFor) {
  MustBackUp();
  EXPECT_FALSE(fs::exists(backup() + "/store.key"));
  EXPECT_EQ(Restore("").status().code(), absl::StatusCode::kInvalidArgument);
  fs::remove_all(backup());
  MustBackUp(/*with_key=*/true);
  EXPECT_TRUE(fs::exists(backup() + "/store.key"));
  EXPECT_TRUE(Restore("")->has_key);
  EXPECT_TRUE(OpenStore(Beside("restored")).ok());
}

TEST_F(BackupTest, ACrashLeavesNoHalfBackupAndNoHalfStore) {
  const std::string told = Tell(*database_);
  database_.reset();
  EXPECT_EQ(RunChild("back up", {"backup_copied", store_.directory(), backup()}), 9);
  EXPECT_FALSE(fs::exists(backup()));
  EXPECT_TRUE(fs::exists(backup() + ".unfinished"));
  EXPECT_TRUE(fs::exists(store_.File("checkpoint")));
  database_ = store_.MustOpen();  // The store is none the worse for it.
  ASSERT_NE(database_, nullptr);
  EXPECT_FALSE(fs::exists(store_.File("checkpoint")));
  EXPECT_EQ(Tell(*database_), told);
  EXPECT_EQ(CreateBackup(*database_, backup(), false).status().code(), absl::StatusCode::kInvalidArgument);
  fs::remove_all(backup() + ".unfinished");
  MustBackUp();
  EXPECT_FALSE(fs::exists(store_.File("checkpoint")));

  const std::string restored = Beside("restored");
  EXPECT_EQ(RunChild("restore", {"restore_checked", restored, backup(), key_file_}), 9);
  EXPECT_FALSE(fs::exists(restored));
  fs::remove_all(restored + ".unfinished");
  EXPECT_EQ(RunChild("restore", {"", restored, backup(), key_file_}), 0);
  EXPECT_EQ(Tell(*OpenStore(restored).value()), told);
}

TEST_F(BackupTest, AnEmptyStoreCanBeBackedUpToo) {
  TempStore empty;
  const std::string at = empty.directory() + "-backup", restored = empty.directory() + "-restored";
  ASSERT_TRUE(CreateBackup(*empty.MustOpen(), at, true).ok());
  ASSERT_TRUE(RestoreBackup({.backup = at, .store = restored, .key_file = ""}).ok());
  EXPECT_EQ(OpenStore(restored).value()->last_sequence(), 0u);
}

TEST_F(BackupTest, ABackupMadeWhileMessagesComeInEndsAtAWholeGroup) {
  std::atomic<bool> stop{false};
  std::thread intake([&] {
    while (!stop) CommitTo(*database_, database_->last_sequence() + 1);
  });
  for (int round = 0; round < 3; ++round) {
    const std::uint64_t before = database_->last_sequence();
    const auto made = CreateBackup(*database_, backup(), false);
    EXPECT_TRUE(made.ok()) << made.status();
    if (!made.ok()) break;
    EXPECT_GE(made->messages, before);
    EXPECT_TRUE(Restore(key_file_).ok());
    const auto database = OpenStore(Beside("restored"));
    EXPECT_TRUE(database.ok()) << database.status();
    if (database.ok()) {
      EXPECT_EQ((*database)->last_sequence(), made->messages);
      EXPECT_EQ((*database)->CountRows("messages").value(), made->messages);
      EXPECT_EQ((*database)->CountRows("seen").value(), made->messages);
      EXPECT_EQ((*database)->CountRows("reference").value(), made->messages);
    }
    fs::remove_all(backup());
    fs::remove_all(Beside("restored"));
  }
  stop = true;
  intake.join();
}

TEST_F(BackupTest, ADamagedStoreIsNotBackedUp) {
  database_.reset();
  database_ = store_.MustOpen();  // Moves the log into tables.
  const std::vector<std::string> tables = FilesEnding(store_, ".sst");
  ASSERT_FALSE(tables.empty());
  FlipBit(tables[0], fs::file_size(tables[0]) / 3);
  EXPECT_EQ(CreateBackup(*database_, backup(), false).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_FALSE(fs::exists(backup()));
  EXPECT_FALSE(fs::exists(backup() + ".unfinished"));
}

// Whatever byte of whatever file: refused, and no store is made. Restoring syncs many files, so it is tried less often.
TEST_F(BackupTest, AFlippedBitAnywhereIsRefused) {
  MustBackUp(/*with_key=*/true);
  const std::uint64_t seed = SeedOr(20261128);
  SCOPED_TRACE(seed);
  RandomEngine random(seed);
  std::vector<std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(backup())) {
    if (entry.is_regular_file() && entry.file_size() > 0) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  ASSERT_GT(files.size(), 6u);
  int flips = 0;
  for (const std::string& path : files) {
    const std::string whole = ReadBytes(path);
    const int tries = Cycles(20, 100);
    for (int i = 0; i < tries; ++i, ++flips) {
      const std::size_t byte = random() % whole.size();
      FlipBit(path, byte, static_cast<int>(random() % 8));
      EXPECT_FALSE(VerifyBackup(backup(), "").ok()) << path << " byte " << byte;
      if (i % 10 == 0) {
        EXPECT_FALSE(Restore("").ok()) << path << " byte " << byte;
      }
      ASSERT_FALSE(fs::exists(Beside("restored"))) << path << " byte " << byte;
      WriteBytes(path, whole);
    }
  }
  EXPECT_TRUE(VerifyBackup(backup(), key_file_).ok());
  std::cout << "seed " << seed << ": " << flips << " flips in " << files.size() << " files, all refused\n";
}

// --- What else may be wrong with a backup.

// Rewrites the list as somebody could who has no key: its checksum is right.
void EditList(const std::string& backup, const std::function<void(std::string&)>& edit) {
  std::string text = ReadBytes(backup + "/BACKUP");
  text.erase(text.rfind("checksum "));
  edit(text);
  text += "checksum " + ToHex(AsBytes(Blake2b128(text))) + "\n";
  WriteBytes(backup + "/BACKUP", text);
}

void Replace(std::string& text, const std::string& from, const std::string& to) {
  text.replace(text.find(from), from.size(), to);
}

struct DamagedBackup {
  const char* name;
  std::function<void(const std::string& backup)> apply;
  absl::StatusCode verify, restore;  // What they answer; restore has the right key.
  const char* words;
};

class DamagedBackupTest : public BackupTest, public testing::WithParamInterface<DamagedBackup> {};

TEST_P(DamagedBackupTest, IsRefusedInWords) {
  MustBackUp();
  GetParam().apply(backup());
  const absl::Status verified = VerifyBackup(backup(), "").status();
  EXPECT_EQ(verified.code(), GetParam().verify) << verified;
  const absl::Status restored = Restore(key_file_).status();
  EXPECT_EQ(restored.code(), GetParam().restore) << restored;
  EXPECT_THAT(std::string(restored.message()), HasSubstr(GetParam().words));
  EXPECT_EQ(fs::exists(Beside("restored")), restored.ok());
  EXPECT_FALSE(fs::exists(Beside("restored.unfinished")));
}

constexpr absl::StatusCode kLoss = absl::StatusCode::kDataLoss;

INSTANTIATE_TEST_SUITE_P(
    Files, DamagedBackupTest,
    testing::Values(
        DamagedBackup{"NoList", [](const std::string& b) { fs::remove(b + "/BACKUP"); }, absl::StatusCode::kNotFound,
                      absl::StatusCode::kNotFound, "there is no backup"},
        DamagedBackup{"EmptyList", [](const std::string& b) { WriteBytes(b + "/BACKUP", ""); }, kLoss, kLoss, "BACKUP"},
        DamagedBackup{"ListCutShort",
                      [](const std::string& b) { fs::resize_file(b + "/BACKUP", fs::file_size(b + "/BACKUP") - 1); }, kLoss,
                      kLoss, "BACKUP"},
        DamagedBackup{"ListOfANewerProgram",
                      [](const std::string& b) {
                        EditList(b, [](std::string& text) { Replace(text, "backup 1\n", "backup 2\n"); });
                      },
                      absl::StatusCode::kFailedPrecondition, absl::StatusCode::kFailedPrecondition, "newer"},
        DamagedBackup{"NoMark", [](const std::string& b) { fs::remove(b + "/high-water"); }, kLoss, kLoss, "missing"},
        DamagedBackup{"NoFormat", [](const std::string& b) { fs::remove(b + "/FORMAT"); }, kLoss, kLoss, "missing"},
        DamagedBackup{"FileCutShort",
                      [](const std::string& b) { fs::resize_file(b + "/high-water", 5000); }, kLoss, kLoss, "high-water"},
        DamagedBackup{"FileGrown",
                      [](const std::string& b) { WriteBytes(b + "/db/CURRENT", ReadBytes(b + "/db/CURRENT") + "\n"); },
                      kLoss, kLoss, "CURRENT"},
        // Only what is listed is restored.
        DamagedBackup{"OneFileMore", [](const std::string& b) { WriteBytes(b + "/db/000999.log", "x"); }, kLoss,
                      absl::StatusCode::kOk, ""},
        DamagedBackup{"ANameThatLeadsOut",
                      [](const std::string& b) {
                        EditList(b, [](std::string& text) { Replace(text, " db/CURRENT", " db/../../CURRENT"); });
                      },
                      kLoss, kLoss, "BACKUP"},
        // Verify without the key cannot tell; the key does.
        DamagedBackup{"ChangedWithoutTheKey",
                      [](const std::string& b) {
                        WriteBytes(b + "/db/CURRENT", "MANIFEST-000001\n");
                        EditList(b, [](std::string& text) {
                          const std::size_t end = text.find(" db/CURRENT"), line = text.rfind('\n', end) + 1;
                          text.replace(line, end - line, ToHex(AsBytes(Blake2b128("MANIFEST-000001\n"))) + " 16");
                        });
                      },
                      kLoss, kLoss, "without the key"}),
    [](const auto& test) { return test.param.name; });

TEST_F(BackupTest, TheKeyMustBeItsOwn) {
  MustBackUp();
  TempStore other;
  other.MustOpen();
  const absl::Status wrong = Restore(other.File("store.key")).status();
  EXPECT_EQ(wrong.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(wrong.message()), HasSubstr("key of another store"));
  EXPECT_EQ(VerifyBackup(backup(), other.File("store.key")).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(Restore(Beside("nothing.key")).status().code(), absl::StatusCode::kNotFound);
  FlipBit(key_file_, 30);
  EXPECT_EQ(Restore(key_file_).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_FALSE(fs::exists(Beside("restored")));
}

TEST_F(BackupTest, NothingIsOverwritten) {
  fs::create_directory(backup());
  MustBackUp();  // An empty directory will do.
  for (const std::string& name : {backup(), store_.directory(), key_file_}) {
    EXPECT_EQ(CreateBackup(*database_, name, false).status().code(), absl::StatusCode::kInvalidArgument) << name;
    EXPECT_EQ(RestoreBackup({.backup = backup(), .store = name, .key_file = key_file_}).status().code(),
              absl::StatusCode::kInvalidArgument)
        << name;
  }
  fs::create_directory(Beside("restored.unfinished"));
  EXPECT_THAT(std::string(Restore(key_file_).status().message()), HasSubstr("did not end"));
  EXPECT_TRUE(VerifyBackup(backup(), key_file_).ok());
}

}  // namespace
}  // namespace landfall
