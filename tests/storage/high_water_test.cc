#include "storage/high_water.h"

#include <gtest/gtest.h>

#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

class HighWaterTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(MakeDirectories(store_.directory()).ok());
    ASSERT_TRUE(HighWaterFile::Create(Path()).ok());
  }
  std::string Path() const { return store_.File("high-water"); }
  static HighWater Mark(std::uint64_t group) {
    HighWater mark{group, 10 * group, {}};
    mark.chain.fill(static_cast<std::uint8_t>(group));
    return mark;
  }
  void WriteUpTo(std::uint64_t group) const {
    ASSERT_TRUE(HighWaterFile::Create(Path()).ok());
    absl::StatusOr<HighWaterFile> file = HighWaterFile::Open(Path());
    ASSERT_TRUE(file.ok()) << file.status();
    for (std::uint64_t i = 1; i <= group; ++i) ASSERT_TRUE(file->Write(Mark(i), {i, 2 * i, {}}).ok());
  }
  absl::StatusOr<HighWater> Read() const {
    const absl::StatusOr<HighWaterFile> file = HighWaterFile::Open(Path());
    if (!file.ok()) return file.status();
    return file->mark();
  }
  TempStore store_;
};

TEST_F(HighWaterTest, AFreshOneStandsAtNothing) {
  ASSERT_TRUE(Read().ok());
  EXPECT_EQ(*Read(), HighWater{});
}

TEST_F(HighWaterTest, TheLatestComesBack) {
  for (std::uint64_t group = 1; group <= 5; ++group) {
    WriteUpTo(group);
    EXPECT_EQ(*Read(), Mark(group));
  }
  const absl::StatusOr<HighWaterFile> file = HighWaterFile::Open(Path());
  EXPECT_EQ(file->seal(), (ManifestSeal{5, 10, {}}));
}

TEST_F(HighWaterTest, ATornWriteLeavesTheOneBefore) {
  WriteUpTo(6);  // In the first slot; group 5 in the second.
  for (std::size_t byte = 0; byte < 96; ++byte) {
    FlipBit(Path(), byte);
    ASSERT_TRUE(Read().ok()) << byte;
    EXPECT_EQ(*Read(), Mark(5)) << byte;
    FlipBit(Path(), byte);
  }
  EXPECT_EQ(*Read(), Mark(6));
}

TEST_F(HighWaterTest, TwoDamagedSlotsAreDataLoss) {
  WriteUpTo(6);
  FlipBit(Path(), 20);
  FlipBit(Path(), 4096 + 20);
  EXPECT_EQ(Read().status().code(), absl::StatusCode::kDataLoss);
  WriteBytes(Path(), "");
  EXPECT_EQ(Read().status().code(), absl::StatusCode::kDataLoss);
  std::filesystem::remove(Path());
  EXPECT_EQ(Read().status().code(), absl::StatusCode::kNotFound);
}

}  // namespace
}  // namespace landfall
