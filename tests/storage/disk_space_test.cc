#include "storage/disk_space.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>

#include <filesystem>
#include <string>

#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

using testing::HasSubstr;

constexpr std::uint64_t kMiB = std::uint64_t{1} << 20;
constexpr std::uint64_t kTiB = std::uint64_t{1} << 40;

struct WatermarkCase {
  const char* name;
  DiskSpace space;
  DiskWatermark watermark;
  bool below;
};

class WatermarkTest : public testing::TestWithParam<WatermarkCase> {};

TEST_P(WatermarkTest, IsBelow) { EXPECT_EQ(IsBelow(GetParam().space, GetParam().watermark), GetParam().below); }

INSTANTIATE_TEST_SUITE_P(
    Disks, WatermarkTest,
    testing::Values(WatermarkCase{"BothOff", {0, 100 * kMiB}, {0, 0}, false},
                    WatermarkCase{"EnoughOfBoth", {50 * kMiB, 100 * kMiB}, {20 * kMiB, 5}, false},
                    WatermarkCase{"JustEnoughBytes", {20 * kMiB, 100 * kMiB}, {20 * kMiB, 0}, false},
                    WatermarkCase{"OneByteTooFew", {20 * kMiB - 1, 100 * kMiB}, {20 * kMiB, 0}, true},
                    WatermarkCase{"JustEnoughPercent", {5 * kMiB, 100 * kMiB}, {0, 5}, false},
                    WatermarkCase{"TooLittlePercent", {5 * kMiB - 1, 100 * kMiB}, {0, 5}, true},
                    WatermarkCase{"PercentOfALargeDisk", {4 * kTiB, 100 * kTiB}, {2048 * kMiB, 5}, true},
                    WatermarkCase{"AHugeDisk", {~std::uint64_t{0} / 2, ~std::uint64_t{0}}, {2048 * kMiB, 99}, true},
                    WatermarkCase{"Full", {0, 100 * kMiB}, {1, 0}, true},
                    WatermarkCase{"ADiskOfNoSize", {10 * kMiB, 0}, {kMiB, 5}, false}),
    [](const auto& test) { return test.param.name; });

TEST(DiskSpaceTest, ADirectoryThatIsNotThereIsUnavailable) {
  EXPECT_EQ(CheckDiskSpace("/nowhere/at/all", {.free_bytes = 1}).code(), absl::StatusCode::kUnavailable);
  EXPECT_TRUE(CheckDiskSpace("/nowhere/at/all", {}).ok());  // Off: it is not asked.
}

DatabaseOptions WithWatermark(const std::string& directory, const DiskWatermark& watermark) {
  DatabaseOptions options;
  options.directory = directory;
  options.watermark = watermark;
  return options;
}

TEST(DiskSpaceTest, BelowTheMarkNothingIsTakenInAndNothingIsLost) {
  TempStore store;
  StoreBatch batch;
  {
    const std::unique_ptr<Database> database = store.MustOpen();
    PutTypical(batch, 1, 1);
    ASSERT_TRUE(database->Commit(batch).ok());
  }
  batch.Clear();
  PutTypical(batch, 2, 2);
  {
    const auto database = Database::Open(WithWatermark(store.directory(), {.free_bytes = ~std::uint64_t{0}}));
    ASSERT_TRUE(database.ok()) << database.status();  // It can still be read.
    const absl::Status refused = (*database)->Commit(batch);
    EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
    EXPECT_THAT(std::string(refused.message()), HasSubstr("nothing more is taken in"));
    EXPECT_EQ((*database)->last_sequence(), 1u);
    EXPECT_EQ((*database)->CountRows("messages").value(), 1u);
  }
  const std::unique_ptr<Database> database = store.MustOpen();
  EXPECT_TRUE(database->Commit(batch).ok());
  EXPECT_EQ(database->last_sequence(), 2u);
}

// In the same process, as soon as there is room.
TEST(DiskSpaceTest, ItGoesOnOnceThereIsSpace) {
  TempStore place;
  const std::string disk = place.directory();
  ASSERT_TRUE(std::filesystem::create_directories(disk));
  if (mount("none", disk.c_str(), "tmpfs", 0, "size=32m") != 0) GTEST_SKIP() << "no permission to mount a small tmpfs";
  {
    const auto database = Database::Open(WithWatermark(disk + "/store", {.free_bytes = 8 * kMiB, .free_percent = 5}));
    ASSERT_TRUE(database.ok()) << database.status();
    StoreBatch batch;
    PutTypical(batch, 1, 1);
    EXPECT_TRUE((*database)->Commit(batch).ok());
    batch.Clear();
    PutTypical(batch, 2, 2);
    const std::string ballast = disk + "/ballast";
    WriteBytes(ballast, std::string(26 * kMiB, 'x'));
    for (int tries = 0; tries < 3; ++tries) {
      EXPECT_EQ((*database)->Commit(batch).code(), absl::StatusCode::kResourceExhausted);
    }
    std::filesystem::remove(ballast);
    EXPECT_TRUE((*database)->Commit(batch).ok());
    EXPECT_EQ((*database)->last_sequence(), 2u);
  }
  EXPECT_EQ(umount(disk.c_str()), 0);
}

}  // namespace
}  // namespace landfall
