// A store that is refused can still be read, and is left as it is.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

using testing::HasSubstr;

absl::StatusOr<std::unique_ptr<Database>> OpenUntrusted(const TempStore& store) {
  DatabaseOptions options;
  options.directory = store.directory();
  options.create_if_missing = false;
  return Database::OpenUntrusted(options);
}

void Fill(const TempStore& store) {
  const std::unique_ptr<Database> database = store.MustOpen();
  for (std::uint64_t i = 1; i <= 10; ++i) {
    StoreBatch batch;
    PutTypical(batch, i, i);
    ASSERT_TRUE(database->Commit(batch).ok());
  }
}

std::map<std::string, std::string> AllFiles(const TempStore& store) {
  std::map<std::string, std::string> files;
  for (const std::string& path : FilesEnding(store, "")) files[path] = ReadBytes(path);
  files.erase(store.File("store.lock"));
  return files;
}

struct Distrust {
  const char* name;
  std::function<void(const TempStore&)> damage;
  std::uint64_t least, most;  // How many messages can still be read.
};

class UntrustedTest : public testing::TestWithParam<Distrust> {};

TEST_P(UntrustedTest, IsReadAndNotChanged) {
  TempStore store;
  Fill(store);
  GetParam().damage(store);
  ASSERT_EQ(store.Open().status().code(), absl::StatusCode::kDataLoss);
  const std::map<std::string, std::string> before = AllFiles(store);
  {
    const auto database = OpenUntrusted(store);
    ASSERT_TRUE(database.ok()) << database.status();
    const std::uint64_t rows = (*database)->CountRows("messages").value();
    EXPECT_GE(rows, GetParam().least);
    EXPECT_LE(rows, GetParam().most);
    for (std::uint64_t i = 1; i <= rows; ++i) {
      EXPECT_EQ((*database)->MessagesOf(TypicalMessage(i, 2).flight.Key()).value().size(), 1u) << i;
    }
    EXPECT_EQ((*database)->last_sequence(), rows);
    StoreBatch batch;
    PutTypical(batch, 11, 11);
    const absl::Status written = (*database)->Commit(batch);
    EXPECT_EQ(written.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_THAT(std::string(written.message()), HasSubstr("cannot be trusted"));
    EXPECT_EQ((*database)->WriteCheckpoint(store.directory() + "-copy").code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(store.Open().status().code(), absl::StatusCode::kFailedPrecondition);  // One process, as always.
  }
  EXPECT_TRUE(AllFiles(store) == before);
  EXPECT_EQ(store.Open().status().code(), absl::StatusCode::kDataLoss);
}

INSTANTIATE_TEST_SUITE_P(
    Damage, UntrustedTest,
    testing::Values(Distrust{"NoMark", [](const TempStore& s) { std::filesystem::remove(s.File("high-water")); }, 10, 10},
                    Distrust{"DamagedMark", [](const TempStore& s) { WriteBytes(s.File("high-water"), "x"); }, 10, 10},
                    Distrust{"LogFlippedInTheMiddle",
                             [](const TempStore& s) {
                               const std::string log = FilesEnding(s, ".log").at(0);
                               FlipBit(log, ReadBytes(log).size() / 2);
                             },
                             1, 9},
                    Distrust{"EmptyLog",
                             [](const TempStore& s) { WriteBytes(FilesEnding(s, ".log").at(0), ""); }, 0, 0}),
    [](const auto& test) { return test.param.name; });

struct Hopeless {
  const char* name;
  std::function<void(const TempStore&)> damage;
  absl::StatusCode code;
};

class HopelessTest : public testing::TestWithParam<Hopeless> {};

TEST_P(HopelessTest, IsRefused) {
  TempStore store;
  Fill(store);
  GetParam().damage(store);
  EXPECT_EQ(OpenUntrusted(store).status().code(), GetParam().code) << OpenUntrusted(store).status();
}

INSTANTIATE_TEST_SUITE_P(
    Damage, HopelessTest,
    testing::Values(Hopeless{"NoDatabase", [](const TempStore& s) { std::filesystem::remove_all(s.File("db")); },
                             absl::StatusCode::kDataLoss},
                    Hopeless{"NoKey", [](const TempStore& s) { std::filesystem::remove(s.File("store.key")); },
                             absl::StatusCode::kFailedPrecondition},
                    Hopeless{"KeyOfAnotherStore",
                             [](const TempStore& s) {
                               TempStore other;
                               other.MustOpen();
                               WriteBytes(s.File("store.key"), ReadBytes(other.File("store.key")));
                             },
                             absl::StatusCode::kFailedPrecondition},
                    Hopeless{"NewerFormat", [](const TempStore& s) { WriteBytes(s.File("FORMAT"), "landfall store 3\n"); },
                             absl::StatusCode::kFailedPrecondition},
                    Hopeless{"NoStore", [](const TempStore& s) { std::filesystem::remove_all(s.directory()); },
                             absl::StatusCode::kNotFound}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
