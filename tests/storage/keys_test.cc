#include "storage/keys.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <vector>

#include "storage/durable_file.h"
#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

FlightKey Key(std::int32_t day, const std::string& number, const char* from, const char* to) {
  return {Date{day}, number, AirportCode(from), AirportCode(to)};
}

std::vector<FlightKey> AwkwardKeys() {
  return {Key(-1, "ZZ1", "LOS", "LHR"),    Key(0, "ZZ1", "LOS", "LHR"),
          Key(20780, "", "", ""),          Key(20780, "ZZ1", "LOS", "LHR"),
          Key(20780, "ZZ10", "LOS", "LHR"), Key(20780, "ZZ1A", "LOS", "LHR"),
          Key(20780, "ZZ1", "LO", "LHR"),  Key(20780, "ZZ1", "LOS", "MAN"),
          Key(20780, "ZZ1", "", ""),       Key(20780, std::string("ZZ\0", 3), "LOS", "LHR"),
          Key(20780, "ZZ", "LOS", "LHR"),  Key(20780, std::string("ZZ\0\1", 4), "LOS", "LHR"),
          Key(20781, "AA1", "LOS", "LHR"), Key(2147483647, "ZZ1", "LOS", "LHR")};
}

TEST(FlightKeyTest, BytesComeBackAndSortAsTheKeysDo) {
  std::vector<FlightKey> keys = AwkwardKeys();
  std::ranges::sort(keys);
  std::string last;
  for (const FlightKey& key : keys) {
    const std::string bytes = FlightKeyBytes(key);
    EXPECT_LT(last, bytes) << ToString(key);
    // So that the rows of one flight are those that begin with its key.
    EXPECT_FALSE(!last.empty() && bytes.starts_with(last)) << ToString(key);
    last = bytes;
    const std::string with_rest = bytes + "rest";
    std::string_view rest = with_rest;
    const std::optional<FlightKey> back = TakeFlightKey(rest);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(*back, key);
    EXPECT_EQ(rest, "rest");
  }
}

TEST(FlightKeyTest, WhatIsNoKeyIsRefused) {
  const std::string whole = FlightKeyBytes(Key(20780, "ZZ1", "LOS", "LHR"));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string_view cut = std::string_view(whole).substr(0, size);
    EXPECT_FALSE(TakeFlightKey(cut).has_value()) << size;
  }
  std::string bad = whole;
  bad[bad.find('\0', 4) + 1] = '\2';
  std::string_view bytes = bad;
  EXPECT_FALSE(TakeFlightKey(bytes).has_value());
}

TEST(MessageKeyTest, SortsByReceiptWithinAFlight) {
  const FlightKey flight = Key(20780, "ZZ1", "LOS", "LHR");
  std::string last;
  for (const std::uint64_t sequence : {1ull, 2ull, 255ull, 256ull, 65536ull, 1ull << 40, ~0ull}) {
    for (const MessageRow row : {MessageRow::kMessage, MessageRow::kLink}) {
      std::string bytes;
      AppendMessageKey(flight, sequence, row, bytes);
      EXPECT_LT(last, bytes);
      last = bytes;
      const std::optional<MessageKey> back = ParseMessageKey(bytes);
      ASSERT_TRUE(back.has_value());
      EXPECT_EQ(back->flight, flight);
      EXPECT_EQ(back->sequence, sequence);
      EXPECT_EQ(back->row, row);
      EXPECT_FALSE(ParseMessageKey(bytes + "x").has_value());
      bytes.back() = 2;
      EXPECT_FALSE(ParseMessageKey(bytes).has_value());
    }
  }
}

TEST(SeenIdTest, SenderAndIdCannotRunTogether) {
  std::string a, b;
  AppendSeenId("AB", "C", a);
  AppendSeenId("A", "BC", b);
  EXPECT_NE(a, b);
}

class StoreKeyTest : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(MakeDirectories(store_.directory()).ok()); }
  std::string Path() const { return store_.File("store.key"); }
  TempStore store_;
};

TEST_F(StoreKeyTest, IsRandomAndPrivateAndComesBack) {
  ASSERT_TRUE(CreateStoreKey(Path()).ok());
  const absl::StatusOr<HashKey> first = ReadStoreKey(Path());
  ASSERT_TRUE(first.ok()) << first.status();
  EXPECT_EQ(*ReadStoreKey(Path()), *first);
  struct stat info = {};
  ASSERT_EQ(stat(Path().c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600u);
  ASSERT_TRUE(CreateStoreKey(Path()).ok());
  EXPECT_NE(*ReadStoreKey(Path()), *first);
}

TEST_F(StoreKeyTest, EveryFlippedBitIsFound) {
  ASSERT_TRUE(CreateStoreKey(Path()).ok());
  const std::size_t size = ReadBytes(Path()).size();
  for (std::size_t byte = 0; byte < size; ++byte) {
    FlipBit(Path(), byte, static_cast<int>(byte % 8));
    EXPECT_EQ(ReadStoreKey(Path()).status().code(), absl::StatusCode::kDataLoss) << byte;
    FlipBit(Path(), byte, static_cast<int>(byte % 8));
  }
  EXPECT_TRUE(ReadStoreKey(Path()).ok());
}

}  // namespace
}  // namespace landfall
