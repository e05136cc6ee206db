#include "storage/fact_codec.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "storage/bytes.h"
#include "tests/support/random_message.h"

namespace landfall {
namespace {

constexpr std::uint64_t kSeed = 19890909;

std::vector<std::pair<FactId, Window>> SomeWindows() {
  std::vector<std::pair<FactId, Window>> windows;
  for (const FactInfo& info : Facts()) {
    if (!info.is_window) continue;
    windows.push_back({info.id, {90 * 1440, false}});
    windows.push_back({info.id, {30 * 1440, true}});
  }
  return windows;
}

std::string CellText(const FactTable& table, const FactInfo& info, const FactColumn& column, std::size_t row) {
  if (!column.IsKnown(row)) return "null";
  switch (info.type) {
    case FactType::kBool:
    case FactType::kEnum: return absl::StrFormat("%d", column.small[row]);
    case FactType::kInt: return absl::StrFormat("%d", column.ints[row]);
    case FactType::kNum: return absl::StrFormat("%.17g", column.nums[row]);
    default: return absl::StrFormat("'%s'", table.Text(column.texts[row]));
  }
}

// All there is to know of a flight, one cell after the other: what two equal flights agree on.
std::string Dump(const FactTable& table, std::size_t flight) {
  std::string text;
  const auto [first, last] = table.FlightRows(flight);
  for (std::uint32_t row = first; row < last; ++row) {
    text += absl::StrFormat("row %d party %d:", row - first, table.PartyOf(row) - table.PartyOf(first));
    for (const FactInfo& info : Facts()) {
      if (info.is_window || info.type == FactType::kPeople) continue;
      text += absl::StrFormat(" %s=%s", info.name, CellText(table, info, table.Column(info.id), row));
    }
    for (const auto& [fact, window] : table.windows()) {
      text += absl::StrFormat(" %s(%d,%d)=%s", Info(fact).name, window.minutes, window.including_this,
                              CellText(table, Info(fact), *table.WindowColumn(fact, window), row));
    }
    text += '\n';
  }
  return text;
}

class RandomTable {
 public:
  RandomTable(RandomEngine& random, FactTable& table) : random_(random), table_(table) {}

  void AddFlight(int parties) {
    table_.AddFlight();
    const std::size_t first = table_.rows();
    for (int i = 0; i < parties; ++i) {
      table_.AddParty();
      for (std::uint64_t rows = 1 + Below(6); rows > 0; --rows) table_.AddRow();
    }
    for (const FactInfo& info : Facts()) FillColumn(info, first);
    for (const auto& [fact, window] : table_.windows()) {
      if (Below(3) == 0) continue;
      for (std::size_t row = first; row < table_.rows(); ++row) {
        if (Below(2) == 0) table_.SetWindow(row, fact, window, static_cast<double>(Below(1000)));
      }
    }
  }

 private:
  std::uint64_t Below(std::uint64_t limit) { return random_() % limit; }

  // Not at all, the same in each row, in some rows, or in all.
  void FillColumn(const FactInfo& info, std::size_t first) {
    if (info.is_window || info.type == FactType::kPeople) return;
    const std::uint64_t how = Below(4);
    const std::uint64_t same = random_();
    for (std::size_t row = first; row < table_.rows(); ++row) {
      if (how == 0 || (how == 2 && Below(2) == 0)) continue;
      SetCell(info, row, how == 1 ? same : random_());
    }
  }

  void SetCell(const FactInfo& info, std::size_t row, std::uint64_t bits) {
    switch (info.type) {
      case FactType::kBool: table_.SetBool(row, info.id, bits % 2 == 1); break;
      case FactType::kEnum: table_.SetEnum(row, info.id, static_cast<std::uint8_t>(bits % info.values.size())); break;
      case FactType::kInt:
        table_.SetInt(row, info.id, bits % 5 == 0 ? static_cast<std::int64_t>(bits) : static_cast<std::int64_t>(bits % 200));
        break;
      case FactType::kNum: table_.SetNum(row, info.id, static_cast<double>(bits % 100000) / 7); break;
      default: table_.SetText(row, info.id, bits % 9 == 0 ? "" : absl::StrFormat("T%d", bits % 20)); break;
    }
  }

  RandomEngine& random_;
  FactTable& table_;
};

TEST(FactCodecTest, FlightsComeBackAsTheyWere) {
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  for (int round = 0; round < 100; ++round) {
    FactTable table(SomeWindows());
    RandomTable filler(random, table);
    const int flights = 1 + round % 3;
    for (int i = 0; i < flights; ++i) filler.AddFlight(round % 40);
    FactTable back(SomeWindows());
    back.AddFlight();  // Its rows do not begin at 0.
    back.AddParty();
    back.AddRow();
    for (int i = 0; i < flights; ++i) {
      const absl::Status status = DecodeFacts(EncodeFacts(table, static_cast<std::size_t>(i)), back);
      ASSERT_TRUE(status.ok()) << status;
    }
    for (int i = 0; i < flights; ++i) {
      ASSERT_EQ(Dump(table, static_cast<std::size_t>(i)), Dump(back, static_cast<std::size_t>(i) + 1)) << round;
    }
  }
}

TEST(FactCodecTest, ARowOfWhichNothingIsKnownTakesFewBytes) {
  FactTable table;
  table.AddFlight();
  table.AddParty();
  for (int i = 0; i < 200; ++i) table.AddRow();
  EXPECT_LE(EncodeFacts(table, 0).size(), 6u);
}

TEST(FactCodecTest, WindowsThatTheTableDoesNotAskForAreDropped) {
  RandomEngine random(kSeed);
  FactTable table(SomeWindows());
  RandomTable(random, table).AddFlight(5);
  FactTable back;
  ASSERT_TRUE(DecodeFacts(EncodeFacts(table, 0), back).ok());
  EXPECT_EQ(back.rows(), table.rows());
}

TEST(FactCodecTest, FactsOfANewerProgramAreSkipped) {
  std::string bytes("\1\1", 2);  // One row, one party.
  AppendVarint(bytes, (kFactCount + 10) << 2);
  bytes += "\3abc";
  bytes += std::string("\0\0", 2);
  FactTable back;
  ASSERT_TRUE(DecodeFacts(bytes, back).ok());
  EXPECT_EQ(back.rows(), 1u);
}

TEST(FactCodecTest, UnknownOfAnEnumHasANumberThatNeverMoves) {
  FactTable table;
  table.AddFlight();
  table.AddParty();
  table.AddRow();
  table.AddRow();
  const FactId band = FactId::pax_age_band;
  table.SetEnum(0, band, 1);
  const std::string bytes = EncodeFacts(table, 0);
  EXPECT_NE(bytes.find(std::string("\1\xff", 2)), std::string::npos);
}

TEST(FactCodecTest, HostileBytesAreRefusedAndLeaveTheTable) {
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  FactTable table(SomeWindows());
  RandomTable(random, table).AddFlight(8);
  const std::string whole = EncodeFacts(table, 0);
  FactTable back(SomeWindows());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    ASSERT_EQ(DecodeFacts({cut.data(), cut.size()}, back).code(), absl::StatusCode::kDataLoss) << size;
  }
  EXPECT_EQ(back.rows(), 0u);
  EXPECT_EQ(back.flights(), 0u);
  EXPECT_FALSE(DecodeFacts(whole + '\0', back).ok());
  EXPECT_FALSE(DecodeFacts(std::string("\xff\xff\xff\xff\xff\x7f", 6), back).ok());
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = whole;
    for (std::uint64_t flips = 1 + random() % 3; flips > 0; --flips) {
      const std::size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
    FactTable scratch;
    DecodeFacts(bytes, scratch).IgnoreError();
  }
}

}  // namespace
}  // namespace landfall
