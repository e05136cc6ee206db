#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "tests/pipeline/parse/mrz/zone_writer.h"

namespace landfall {
namespace {

using testing_support::BlocksOf;

// "offset:line[A|B]", a line by its text.
std::string ToText(const std::vector<MrzBlock>& blocks) {
  std::string text;
  for (const MrzBlock& block : blocks) {
    text += absl::StrFormat("%d:%d[", block.offset, block.line);
    for (std::size_t i = 0; i < block.lines.size(); ++i) text += (i == 0 ? "" : "|") + block.lines[i].text;
    text += "]";
  }
  return text;
}

struct BlocksCase {
  const char* name;
  const char* text;
  const char* blocks;
};

class MrzBlocksTest : public testing::TestWithParam<BlocksCase> {};

TEST_P(MrzBlocksTest, AreCut) { EXPECT_EQ(ToText(BlocksOf(GetParam().text)), GetParam().blocks); }

INSTANTIATE_TEST_SUITE_P(LinesAndBlanks, MrzBlocksTest, testing::Values(
    BlocksCase{"Nothing", "", ""}, BlocksCase{"BlankLinesOnly", "\n \n\t\r\n", ""},
    BlocksCase{"OneLine", "A", "0:1[A]"}, BlocksCase{"TwoLines", "A\nB\n", "0:1[A|B]"},
    BlocksCase{"NoLineEnd", "A\nB", "0:1[A|B]"}, BlocksCase{"TwoBlocks", "A\nB\n\nC\n", "0:1[A|B]5:4[C]"},
    BlocksCase{"CrLf", "A\r\nB\r\n\r\nC\r\n", "0:1[A|B]8:4[C]"}, BlocksCase{"CrAlone", "A\rB\r\rC\r", "0:1[A|B]5:4[C]"},
    BlocksCase{"ManyBlankLines", "\n\n\nA\n \n\t\n\nB", "3:4[A]10:8[B]"},
    BlocksCase{"BlanksAtTheEnds", "  A \t\n\tB\n", "0:1[A|B]"}, BlocksCase{"BlanksInside", "A B\n", "0:1[A B]"},
    BlocksCase{"ByteOrderMark", "\xEF\xBB\xBF""A\nB\n", "0:1[A|B]"},
    BlocksCase{"OnlyAByteOrderMark", "\xEF\xBB\xBF", ""},
    BlocksCase{"BlankLineWithAByteOrderMark", "\xEF\xBB\xBF \nA", "5:2[A]"},
    BlocksCase{"ByteOrderMarkLater", "A\n\xEF\xBB\xBF""B", "0:1[A|\xEF\xBB\xBF""B]"},
    BlocksCase{"FiveLines", "A\nB\nC\nD\nE\n\nF", "0:1[A|B|C|D]11:7[F]"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzBlocksTest, LongLinesAndBlocksAreCountedAndNotKept) {
  const std::vector<MrzBlock> line = BlocksOf(std::string(1'000'000, 'A') + "\nB\n");
  ASSERT_EQ(line.size(), 1u);
  EXPECT_EQ(line[0].lines[0].size, 1'000'000u);
  EXPECT_LT(line[0].lines[0].text.size(), 1'000u);
  EXPECT_EQ(line[0].lines[1].text, "B");

  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "A\n";
  const std::vector<MrzBlock> lines = BlocksOf(many);
  ASSERT_EQ(lines.size(), 1u);
  EXPECT_EQ(lines[0].line_count, 100'000u);
  EXPECT_EQ(lines[0].lines.size(), 4u);

  EXPECT_TRUE(BlocksOf(std::string(1'000'000, ' ') + "\n").empty());
  EXPECT_TRUE(BlocksOf(std::string(1'000'000, '\n')).empty());
}

TEST(MrzBlocksTest, DoNotDependOnThePieces) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  constexpr std::string_view kBytes = "AB<\n\n\r \t\xEF\xBB\xBF";
  for (int i = 0; i < 2'000; ++i) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = kBytes[random() % kBytes.size()];
    MrzBlocks cutter;
    std::vector<MrzBlock> blocks;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t size = std::min<std::size_t>(1 + random() % 5, text.size() - at);
      cutter.Add(std::string_view(text).substr(at, size), blocks);
      at += size;
    }
    cutter.End(blocks);
    ASSERT_EQ(ToText(blocks), ToText(BlocksOf(text))) << testing::PrintToString(text);
    for (const MrzBlock& block : blocks) {
      const std::size_t at = text.find(block.lines[0].text, block.offset);
      EXPECT_LE(at, block.offset + block.lines[0].indent + 3) << testing::PrintToString(text);
    }
  }
}

}  // namespace
}  // namespace landfall
