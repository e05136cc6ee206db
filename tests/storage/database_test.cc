#include "storage/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/db.h>
#include <sys/stat.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "storage/bytes.h"
#include "storage/codec.h"
#include "tests/storage/child.h"
#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Opens; gives the status code.
int Open(const ChildArguments& arguments) { return static_cast<int>(OpenStore(arguments.at(0)).status().code()); }
const ChildRole kOpen("open", Open);

// Commits some groups of one message, and may crash at a point. Arguments: directory, how many, point.
int CommitAndCrash(const ChildArguments& arguments) {
  setenv("LANDFALL_CRASH_AT", arguments.at(2).c_str(), 1);
  const auto database = OpenStore(arguments.at(0));
  if (!database.ok()) return 1;
  for (std::uint64_t i = 1; i <= std::stoull(arguments.at(1)); ++i) {
    StoreBatch batch;
    PutTypical(batch, i, i);
    if (!(*database)->Commit(batch).ok()) return 1;
  }
  return 2;
}
const ChildRole kCommit("commit", CommitAndCrash);

class DatabaseTest : public testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen() {
    database_.reset();
    database_ = store_.MustOpen();
    ASSERT_NE(database_, nullptr);
  }

  void Commit(StoreBatch& batch) {
    const absl::Status status = database_->Commit(batch);
    ASSERT_TRUE(status.ok()) << status;
    batch.Clear();
  }

  void CommitTypical(std::uint64_t first, std::uint64_t last) {
    for (std::uint64_t number = first; number <= last; ++number) {
      PutTypical(batch_, number, number);
      Commit(batch_);
    }
  }

  std::uint64_t Count(std::string_view what) const { return database_->CountRows(what).value(); }

  std::vector<std::string> References(ReferenceKind kind) const {
    std::vector<std::string> all;
    EXPECT_TRUE(database_
                    ->ForEachReference(kind,
                                       [&all](std::string_view json) {
                                         all.emplace_back(json);
                                         return absl::OkStatus();
                                       })
                    .ok());
    return all;
  }

  TempStore store_;
  std::unique_ptr<Database> database_;
  StoreBatch batch_;
};

TEST_F(DatabaseTest, KeysForAPurposeAreTheStoresOwn) {
  const HashKey key = database_->KeyFor("cards");
  Reopen();
  EXPECT_EQ(database_->KeyFor("cards"), key);
  EXPECT_NE(database_->KeyFor("other"), key);
  EXPECT_FALSE(std::equal(key.begin(), key.begin() + 16, key.begin() + 16));
  const TempStore other;
  EXPECT_NE(other.MustOpen()->KeyFor("cards"), key);
}

TEST_F(DatabaseTest, AnEmptyStoreHasNothing) {
  EXPECT_EQ(database_->last_sequence(), 0u);
  EXPECT_EQ(database_->LatestDeparture().value(), std::nullopt);
  EXPECT_TRUE(database_->FlightsBetween(Date{-2147483647}, Date{2147483647})->empty());
  EXPECT_TRUE(database_->MessagesOf(FlightKey{}).value().empty());
  EXPECT_EQ(database_->FindSeen("ZZ", "1").value(), std::nullopt);
  EXPECT_EQ(database_->FindFlag(FlightKey{}).value(), std::nullopt);
  EXPECT_EQ(database_->FindFacts(FlightKey{}).value(), std::nullopt);
  EXPECT_EQ(database_->CountRows("unknown").status().code(), absl::StatusCode::kInvalidArgument);
  StoreBatch empty;
  EXPECT_TRUE(empty.empty());
  EXPECT_TRUE(database_->Commit(empty).ok());
}

TEST_F(DatabaseTest, MessagesComeBackInOrderOfReceipt) {
  Message first = TypicalMessage(1, 3);
  Message update = first;
  update.message_id += "-update";
  update.kind = MessageKind::kUpdate;
  const FlightKey flight = first.flight.Key();
  batch_.PutMessage(first, flight, ContentHash(first), 9);
  Commit(batch_);
  batch_.PutMessage(update, flight, ContentHash(update), 300);
  Message other = TypicalMessage(2, 1);
  batch_.PutMessage(other, other.flight.Key(), ContentHash(other), 301);
  Commit(batch_);

  for (int round = 0; round < 2; ++round) {
    const auto messages = database_->MessagesOf(flight).value();
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].message, first);
    EXPECT_EQ(messages[0].message.position, first.position);
    EXPECT_EQ(messages[0].message.travellers[2].offset, first.travellers[2].offset);
    EXPECT_EQ(messages[0].sequence, 9u);
    EXPECT_FALSE(messages[0].is_link);
    EXPECT_EQ(messages[1].message, update);
    EXPECT_EQ(messages[1].sequence, 300u);
    EXPECT_EQ(database_->last_sequence(), 301u);
    EXPECT_EQ(Count("messages"), 3u);
    Reopen();
  }
}

TEST_F(DatabaseTest, AnIdIsKnownBySenderAndId) {
  const Message message = TypicalMessage(1, 1);
  batch_.PutMessage(message, message.flight.Key(), ContentHash(message), 1);
  Commit(batch_);
  for (int round = 0; round < 2; ++round) {
    const auto seen = database_->FindSeen(message.sender, message.message_id).value();
    ASSERT_TRUE(seen.has_value());
    EXPECT_EQ(seen->content, ContentHash(message));
    EXPECT_EQ(seen->flight, message.flight.Key());
    EXPECT_EQ(database_->FindSeen("YY", message.message_id).value(), std::nullopt);
    EXPECT_EQ(database_->FindSeen(message.sender, message.message_id + "x").value(), std::nullopt);
    EXPECT_EQ(database_->FindSeen(message.sender + message.message_id, "").value(), std::nullopt);
    Reopen();
  }
}

TEST_F(DatabaseTest, AMovedFlightIsLinkedFromItsOldKey) {
  Message moved = TypicalMessage(1, 2);
  FlightKey old_key = moved.flight.Key();
  --old_key.departs_on.days;
  moved.replaces = old_key;
  batch_.PutMessage(moved, moved.flight.Key(), ContentHash(moved), 1);
  Message link = moved;
  link.travellers.clear();
  batch_.PutLink(old_key, link, 1);
  Commit(batch_);
  const auto rows = database_->MessagesOf(old_key).value();
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_TRUE(rows[0].is_link);
  EXPECT_EQ(rows[0].message.flight.Key(), moved.flight.Key());
  EXPECT_TRUE(rows[0].message.travellers.empty());
  EXPECT_EQ(Count("messages"), 1u);
  EXPECT_EQ(Count("links"), 1u);
  EXPECT_EQ(Count("seen"), 1u);
}

TEST_F(DatabaseTest, FlightsOfDaysComeInOrder) {
  // Each flight twice, so that a flight's second message must not name it again.
  std::vector<FlightKey> keys;
  std::uint64_t sequence = 0;
  for (const std::int32_t day : {20782, 20780, 20781, 20785}) {
    for (const char* number : {"ZZ2", "ZZ1"}) {
      Message message = TypicalMessage(1, 1);
      message.flight.departs_on = Date{day};
      message.flight.number = number;
      for (int i = 0; i < 2; ++i) batch_.PutMessage(message, message.flight.Key(), ContentHash(message), ++sequence);
      keys.push_back(message.flight.Key());
    }
  }
  Commit(batch_);
  EXPECT_EQ(database_->LatestDeparture().value(), Date{20785});
  EXPECT_THAT(database_->FlightsBetween(Date{20780}, Date{20781}).value(),
              ElementsAre(keys[3], keys[2], keys[5], keys[4]));
  EXPECT_THAT(database_->FlightsBetween(Date{20783}, Date{20790}).value(), ElementsAre(keys[7], keys[6]));
  EXPECT_THAT(database_->FlightsBetween(Date{20783}, Date{20784}).value(), ElementsAre());
  EXPECT_THAT(database_->FlightsBetween(Date{20781}, Date{20780}).value(), ElementsAre());
}

TEST_F(DatabaseTest, TheLatestFlagAndFactsStand) {
  RandomEngine random(7);
  const FlightFlag first = RandomFlag(random);
  FlightFlag second = RandomFlag(random);
  second.key = first.key;
  batch_.PutFlag(first);
  batch_.PutFacts(first.key, "old facts");
  Commit(batch_);
  EXPECT_EQ(database_->FindFlag(first.key).value(), first);
  batch_.PutFlag(second);
  batch_.PutFacts(first.key, std::string("new\0facts", 9));
  Commit(batch_);
  Reopen();
  EXPECT_EQ(database_->FindFlag(first.key).value(), second);
  EXPECT_EQ(database_->FindFacts(first.key).value(), std::string("new\0facts", 9));
  EXPECT_EQ(Count("flags"), 1u);
  EXPECT_EQ(Count("facts"), 1u);
}

TEST_F(DatabaseTest, AQuarantinedRecordIsOneRowHoweverOften) {
  RandomEngine random(8);
  const QuarantinedRecord record = RandomQuarantined(random);
  for (int i = 0; i < 3; ++i) {
    batch_.PutQuarantined(record, "{\"bad\":", static_cast<std::uint64_t>(i));
    Commit(batch_);
  }
  EXPECT_EQ(Count("quarantine"), 1u);
  QuarantinedRecord elsewhere = record;
  ++elsewhere.position.offset;
  QuarantinedRecord other_traveller = record;
  other_traveller.traveller += "2";
  batch_.PutQuarantined(elsewhere, "{\"bad\":", 3);
  batch_.PutQuarantined(other_traveller, "{\"bad\":", 3);
  batch_.PutQuarantined(record, "{\"other bytes at the same place\":", 3);
  Commit(batch_);
  Reopen();
  EXPECT_EQ(Count("quarantine"), 4u);
  std::multiset<std::string> raws;
  EXPECT_TRUE(database_
                  ->ForEachQuarantined([&](const QuarantinedRecord& read, std::string_view raw) {
                    raws.emplace(raw);
                    EXPECT_EQ(read.code, record.code);
                    EXPECT_EQ(read.reason, record.reason);
                    return absl::OkStatus();
                  })
                  .ok());
  EXPECT_EQ(raws.count("{\"bad\":"), 3u);
}

TEST_F(DatabaseTest, AnEntryOfTheQuarantineIsFoundAndClosed) {
  RandomEngine random(9);
  const QuarantinedRecord record = RandomQuarantined(random);
  batch_.PutQuarantined(record, "{\"bad\":", 1);
  batch_.PutQuarantined(record, "{\"worse\":", 1);
  Commit(batch_);
  std::vector<QuarantineEntry> entries;
  const auto collect = [&](const QuarantineEntry& entry, std::string_view) {
    entries.push_back(entry);
    return absl::OkStatus();
  };
  ASSERT_TRUE(database_->ForEachQuarantineEntry(collect).ok());
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_NE(QuarantineId(entries[0]), QuarantineId(entries[1]));
  EXPECT_FALSE(entries[0].closing);

  const std::string beginning = *ParseQuarantineId(QuarantineId(entries[0]));
  const auto found = database_->FindQuarantined(beginning);
  ASSERT_TRUE(found.ok() && found->has_value());
  EXPECT_EQ((*found)->entry.key, entries[0].key);
  EXPECT_EQ((*found)->entry.record, record);
  EXPECT_FALSE(database_->FindQuarantined(std::string(8, '\0')).value().has_value());

  const QuarantineClosing closing{QuarantineState::kReleased, "a reason", Instant{1'795'000'000}};
  StoreBatch close;
  close.PutQuarantineClosing(entries[0], closing);
  Commit(close);
  batch_.PutQuarantined(record, "{\"bad\":", 2);  // The same file read again.
  batch_.PutQuarantined(record, "{\"worse\":", 2);
  Commit(batch_);
  Reopen();
  entries.clear();
  ASSERT_TRUE(database_->ForEachQuarantineEntry(collect).ok());
  ASSERT_EQ(entries.size(), 2u);
  EXPECT_EQ(entries[0].closing, closing) << "stays closed";
  EXPECT_FALSE(entries[1].closing);
  EXPECT_EQ(Count("quarantine"), 2u);
  EXPECT_EQ(Count("closings"), 1u);
  int plain = 0;
  EXPECT_TRUE(database_->ForEachQuarantined([&](const QuarantinedRecord&, std::string_view) {
    ++plain;
    return absl::OkStatus();
  }).ok());
  EXPECT_EQ(plain, 2);
}

TEST_F(DatabaseTest, AReferenceRecordIsReplacedByItsId) {
  batch_.PutReference(ReferenceKind::kVignettes, "V1", "{\"old\":1}");
  batch_.PutReference(ReferenceKind::kVignettes, "V2", "{\"two\":2}");
  batch_.PutReference(ReferenceKind::kWatchlist, "V1", "{\"watch\":1}");
  Commit(batch_);
  batch_.PutReference(ReferenceKind::kVignettes, "V1", "{\"new\":1}");
  Commit(batch_);
  Reopen();
  EXPECT_THAT(References(ReferenceKind::kVignettes), testing::UnorderedElementsAre("{\"new\":1}", "{\"two\":2}"));
  EXPECT_THAT(References(ReferenceKind::kWatchlist), ElementsAre("{\"watch\":1}"));
  EXPECT_THAT(References(ReferenceKind::kDispositions), ElementsAre());
  EXPECT_EQ(Count("reference"), 3u);
}

TEST_F(DatabaseTest, ACallbackCanStopARead) {
  batch_.PutReference(ReferenceKind::kVignettes, "V1", "{}");
  batch_.PutReference(ReferenceKind::kVignettes, "V2", "{}");
  Commit(batch_);
  int calls = 0;
  const absl::Status status = database_->ForEachReference(ReferenceKind::kVignettes, [&calls](std::string_view) {
    ++calls;
    return absl::CancelledError("enough");
  });
  EXPECT_EQ(status.code(), absl::StatusCode::kCancelled);
  EXPECT_EQ(calls, 1);
}

TEST_F(DatabaseTest, ReceiptNumbersOnlyGrow) {
  CommitTypical(5, 5);
  PutTypical(batch_, 6, 5);
  EXPECT_EQ(database_->Commit(batch_).code(), absl::StatusCode::kInvalidArgument);
  batch_.Clear();
  PutTypical(batch_, 6, 6);  // That was no failed write: the store goes on.
  Commit(batch_);
  EXPECT_EQ(database_->last_sequence(), 6u);
}

TEST_F(DatabaseTest, ABatchSaysHowLargeItIs) {
  EXPECT_EQ(batch_.bytes(), 0u);
  PutTypical(batch_, 1, 1, 100);
  EXPECT_FALSE(batch_.empty());
  EXPECT_GT(batch_.bytes(), 100u * 40);
  batch_.Clear();
  EXPECT_TRUE(batch_.empty());
  EXPECT_EQ(batch_.bytes(), 0u);
}

// --- Who may open what.

TEST_F(DatabaseTest, ASecondOpenerIsRefusedAtOnce) {
  const absl::Status here = store_.Open().status();
  EXPECT_EQ(here.code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(std::string(here.message()), HasSubstr(std::to_string(getpid())));
  EXPECT_EQ(RunChild("open", {store_.directory()}), static_cast<int>(absl::StatusCode::kFailedPrecondition));
  CommitTypical(1, 1);  // And does no harm to the first.
}

struct Damage {
  const char* name;
  std::function<void(const TempStore&)> apply;
  absl::StatusCode code;
  const char* words;
};

class DamagedStoreTest : public testing::TestWithParam<Damage> {};

TEST_P(DamagedStoreTest, IsRefusedInWords) {
  TempStore store;
  {
    const std::unique_ptr<Database> database = store.MustOpen();
    for (std::uint64_t i = 1; i <= 3; ++i) {
      StoreBatch batch;
      PutTypical(batch, i, i);
      ASSERT_TRUE(database->Commit(batch).ok());
    }
  }
  GetParam().apply(store);
  for (int round = 0; round < 2; ++round) {  // Trying changes nothing.
    const absl::Status status = store.Open().status();
    EXPECT_EQ(status.code(), GetParam().code) << status;
    EXPECT_THAT(std::string(status.message()), HasSubstr(GetParam().words));
  }
}

void Remove(const std::string& path) { std::filesystem::remove_all(path); }

INSTANTIATE_TEST_SUITE_P(
    Files, DamagedStoreTest,
    testing::Values(
        Damage{"NewerFormat", [](const TempStore& s) { WriteBytes(s.File("FORMAT"), "landfall store 3\n"); },
               absl::StatusCode::kFailedPrecondition, "newer"},
        Damage{"OddFormat", [](const TempStore& s) { WriteBytes(s.File("FORMAT"), "landfall store\n"); },
               absl::StatusCode::kDataLoss, "FORMAT"},
        Damage{"NoFormat", [](const TempStore& s) { Remove(s.File("FORMAT")); }, absl::StatusCode::kDataLoss, "FORMAT"},
        Damage{"NoKey", [](const TempStore& s) { Remove(s.File("store.key")); }, absl::StatusCode::kFailedPrecondition,
               "key file"},
        Damage{"DamagedKey", [](const TempStore& s) { FlipBit(s.File("store.key"), 30); }, absl::StatusCode::kDataLoss,
               "key file"},
        Damage{"KeyOfAnotherStore",
               [](const TempStore& s) {
                 TempStore other;
                 other.MustOpen();
                 WriteBytes(s.File("store.key"), ReadBytes(other.File("store.key")));
               },
               absl::StatusCode::kFailedPrecondition, "another store"},
        Damage{"NoMark", [](const TempStore& s) { Remove(s.File("high-water")); }, absl::StatusCode::kDataLoss,
               "high-water"},
        Damage{"NoDatabase", [](const TempStore& s) { Remove(s.File("db")); }, absl::StatusCode::kDataLoss, "gone"},
        Damage{"NoCurrent", [](const TempStore& s) { Remove(s.File("db/CURRENT")); }, absl::StatusCode::kDataLoss,
               "gone"},
        Damage{"NoLog", [](const TempStore& s) { Remove(FilesEnding(s, ".log").at(0)); }, absl::StatusCode::kDataLoss,
               "acknowledged"},
        Damage{"EmptyLog", [](const TempStore& s) { WriteBytes(FilesEnding(s, ".log").at(0), ""); },
               absl::StatusCode::kDataLoss, "acknowledged"},
        Damage{"LogCutInTheMiddle",
               [](const TempStore& s) {
                 const std::string path = FilesEnding(s, ".log").at(0);
                 const std::string bytes = ReadBytes(path);
                 WriteBytes(path, bytes.substr(0, bytes.size() / 2));
               },
               absl::StatusCode::kDataLoss, "restore"},
        Damage{"LogFlippedInTheMiddle",
               [](const TempStore& s) {
                 const std::string path = FilesEnding(s, ".log").at(0);
                 FlipBit(path, ReadBytes(path).size() / 2);
               },
               absl::StatusCode::kDataLoss, "restore"},
        Damage{"DatabaseOfAnotherStore",
               [](const TempStore& s) {
                 TempStore other;
                 {
                   const std::unique_ptr<Database> database = other.MustOpen();
                   for (std::uint64_t i = 1; i <= 3; ++i) {
                     StoreBatch batch;
                     PutTypical(batch, i + 100, i);
                     ASSERT_TRUE(database->Commit(batch).ok());
                   }
                 }
                 WriteBytes(s.File("store.key"), ReadBytes(other.File("store.key")));
                 Remove(s.File("db"));
                 std::filesystem::copy(other.File("db"), s.File("db"));
               },
               absl::StatusCode::kDataLoss, "do not belong together"}),
    [](const auto& test) { return test.param.name; });

TEST(OpenTest, AStoreIsOnlyMadeIfAskedFor) {
  TempStore store;
  EXPECT_EQ(Database::Open({.directory = store.directory(), .create_if_missing = false}).status().code(),
            absl::StatusCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(store.directory()));
  store.MustOpen();
  EXPECT_TRUE(Database::Open({.directory = store.directory(), .create_if_missing = false}).ok());
}

// As typed by people: in the working directory, with a slash behind, below folders that are not there yet.
TEST(OpenTest, AStoreIsMadeUnderAnyName) {
  TempStore folder;
  std::filesystem::create_directories(folder.directory());
  const std::filesystem::path before = std::filesystem::current_path();
  std::filesystem::current_path(folder.directory());
  for (const char* const name : {"store", "other/", "./third", "a/b/c", "d/e//"}) {
    DatabaseOptions options;
    options.directory = name;
    EXPECT_TRUE(Database::Open(options).ok()) << name << ": " << Database::Open(options).status();
    struct stat made;
    ASSERT_EQ(::stat(name, &made), 0) << name;
    EXPECT_EQ(made.st_mode & 0777, 0700u) << name;
  }
  std::filesystem::current_path(before);
}

TEST(OpenTest, TheDirectoryIsForThisUserOnly) {
  TempStore store;
  store.MustOpen();
  struct stat info = {};
  ASSERT_EQ(stat(store.directory().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0700u);
}

TEST(OpenTest, ATornTailThatNobodyWasPromisedIsDropped) {
  TempStore store;
  // The third group reaches the log, and its mark is never written.
  EXPECT_EQ(RunChild("commit", {store.directory(), "3", "after_wal:3"}), 9);
  const std::string log = FilesEnding(store, ".log").at(0);
  const std::string bytes = ReadBytes(log);
  WriteBytes(log, bytes.substr(0, bytes.size() - 20));
  const std::unique_ptr<Database> database = store.MustOpen();
  ASSERT_NE(database, nullptr);
  EXPECT_EQ(database->last_sequence(), 2u);
  EXPECT_EQ(database->CountRows("messages").value(), 2u);
  EXPECT_EQ(database->CountRows("seen").value(), 2u);
  EXPECT_EQ(database->CountRows("flags").value(), 2u);
}

// --- What lies in the files.

// Reads a closed store as anyone could who has its files.
void ForEachRawRow(
    const TempStore& store,
    const std::function<void(const std::string& family, const std::string& key, const std::string& value)>& visit) {
  std::vector<std::string> names;
  ASSERT_TRUE(rocksdb::DB::ListColumnFamilies({}, store.File("db"), &names).ok());
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (const std::string& name : names) families.emplace_back(name, rocksdb::ColumnFamilyOptions());
  std::vector<rocksdb::ColumnFamilyHandle*> handles;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::OpenForReadOnly({}, store.File("db"), families, &handles, &db).ok());
  for (rocksdb::ColumnFamilyHandle* handle : handles) {
    const std::unique_ptr<rocksdb::Iterator> rows(db->NewIterator({}, handle));
    for (rows->SeekToFirst(); rows->Valid(); rows->Next()) {
      visit(handle->GetName(), rows->key().ToString(), rows->value().ToString());
    }
    EXPECT_TRUE(rows->status().ok());
  }
  for (rocksdb::ColumnFamilyHandle* handle : handles) EXPECT_TRUE(db->DestroyColumnFamilyHandle(handle).ok());
  delete db;
}

TEST(PrivacyTest, NoPersonOrMessageIsNamedInAnyKeyOrFileName) {
  TempStore store;
  const std::string markers[] = {"MARKERSURNAME", "MARKERGIVEN", "MARKERDOC77", "MARKERMESSAGEID", "MARKERSENDER",
                                 "MARKERSPONSOR"};
  {
    const std::unique_ptr<Database> database = store.MustOpen();
    Message message = TypicalMessage(1, 1);
    message.travellers[0].surname = markers[0];
    message.travellers[0].given_names = markers[1];
    message.travellers[0].documents[0].number = markers[2];
    message.message_id = markers[3];
    message.sender = markers[4];
    StoreBatch batch;
    batch.PutMessage(message, message.flight.Key(), ContentHash(message), 1);
    batch.PutLink(message.flight.Key(), message, 1);
    FlightFlag flag;
    flag.key = message.flight.Key();
    flag.hits.push_back({.text = markers[0]});
    batch.PutFlag(flag);
    batch.PutFacts(flag.key, markers[0]);
    QuarantinedRecord quarantined;
    quarantined.reason = markers[0];
    quarantined.message_id = markers[3];
    quarantined.traveller = markers[0];
    batch.PutQuarantined(quarantined, markers[2], 1);
    batch.PutReference(ReferenceKind::kSponsors, markers[5], "{\"id\":\"MARKERSPONSOR\"}");
    ASSERT_TRUE(database->Commit(batch).ok());
  }
  store.MustOpen();  // Moves the log into tables, whose first and last keys the MANIFEST names.

  std::uint64_t keys = 0, values_with_marker = 0;
  ForEachRawRow(store, [&](const std::string& family, const std::string& key, const std::string& value) {
    ++keys;
    for (const std::string& marker : markers) {
      EXPECT_EQ(key.find(marker), std::string::npos) << family;
      values_with_marker += value.find(marker) != std::string::npos;
    }
  });
  EXPECT_EQ(keys, 8u);                // State, message, link, seen, flag, facts, quarantine, reference.
  EXPECT_GT(values_with_marker, 5u);  // Else the search could not have found one.

  for (const std::string& path : FilesEnding(store, "")) {
    for (const std::string& marker : markers) {
      EXPECT_EQ(path.find(marker), std::string::npos) << path;
      if (path.find("MANIFEST") != std::string::npos) {
        EXPECT_EQ(ReadBytes(path).find(marker), std::string::npos) << path;
      }
    }
    EXPECT_FALSE(path.ends_with("/LOG")) << "RocksDB's own log, which aborts the process on a full disk";
  }
}

TEST(PrivacyTest, TwoStoresHashTheSameIdDifferently) {
  std::set<std::string> hashed;
  for (int i = 0; i < 2; ++i) {
    TempStore store;
    {
      const std::unique_ptr<Database> database = store.MustOpen();
      StoreBatch batch;
      batch.PutReference(ReferenceKind::kVignettes, "V1", "{}");
      ASSERT_TRUE(database->Commit(batch).ok());
    }
    ForEachRawRow(store, [&hashed](const std::string& family, const std::string& key, const std::string&) {
      if (family == "reference") hashed.insert(key);
    });
  }
  EXPECT_EQ(hashed.size(), 2u);
}

TEST(VerifyTest, AFlippedByteInATableIsFound) {
  TempStore store;
  {
    const std::unique_ptr<Database> database = store.MustOpen();
    StoreBatch batch;
    for (std::uint64_t i = 1; i <= 300; ++i) PutTypical(batch, i, i, 20);
    ASSERT_TRUE(database->Commit(batch).ok());
  }
  EXPECT_TRUE(store.MustOpen()->VerifyChecksums().ok());  // And moves the log into tables.
  std::vector<std::string> tables = FilesEnding(store, ".sst");
  ASSERT_FALSE(tables.empty());
  const std::string largest = *std::ranges::max_element(
      tables, {}, [](const std::string& path) { return std::filesystem::file_size(path); });
  ASSERT_GT(std::filesystem::file_size(largest), 50000u);
  FlipBit(largest, 20000, 3);
  const std::unique_ptr<Database> database = store.MustOpen();  // Reads no data block, so it opens.
  ASSERT_NE(database, nullptr);
  const absl::Status status = database->VerifyChecksums();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss);
  EXPECT_THAT(std::string(status.message()), HasSubstr(std::filesystem::path(largest).filename().string()));
}

}  // namespace
}  // namespace landfall
