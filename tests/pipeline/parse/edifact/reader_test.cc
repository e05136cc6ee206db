// MessageReader over EDIFACT: interchanges come out one by one, in chunks of any size, and no input ends in silence.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "pipeline/parse/parse.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Read {
  std::string bytes;
  std::uint64_t offset;
  std::uint64_t line;
  bool too_long;
  friend bool operator==(const Read&, const Read&) = default;
};

std::vector<Read> ReadAll(const std::string& text, const InputLimits& limits = {}, std::size_t chunk_bytes = 1u << 20) {
  const int descriptor = ::memfd_create("test", 0);
  EXPECT_EQ(::write(descriptor, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  ::lseek(descriptor, 0, SEEK_SET);
  MessageReader reader("test.edi", descriptor, limits, chunk_bytes);
  std::vector<Read> all;
  InputChunk chunk;
  while (reader.Next(chunk).value()) {
    for (const RawMessage& raw : chunk.messages) {
      EXPECT_EQ(raw.format, InputFormat::kEdifact);
      all.push_back({std::string(raw.bytes), raw.offset, raw.line, raw.too_long});
    }
  }
  EXPECT_EQ(reader.bytes_read(), text.size());
  ::close(descriptor);
  return all;
}

TEST(EdifactReader, InterchangesWithTheirPlaces) {
  const std::string first = TypicalInterchange(3), second = Wrapped(TypicalInterchange(2), 64, "\n");
  const std::string shell = "QP LONZZZZ\r\n.HDQZZZZ 212355\r\n";
  const std::string text = shell + first + "\r\ntrailing words\r\n" + second;
  const std::string kept = second.substr(0, second.rfind('\'') + 1);
  for (const std::size_t chunk_bytes : {1u, 100u, 5'000u, 1u << 20}) {
    EXPECT_THAT(ReadAll(text, {}, chunk_bytes),
                ElementsAre(Read{first, shell.size(), 3, false}, Read{kept, text.size() - second.size(), 5, false}))
        << chunk_bytes;
  }
}

TEST(EdifactReader, WhatLooksLikeEdifactAndHoldsNoneIsHandedOverOnce) {
  const std::string text = "QP LONZZZZ\n.HDQZZZZ 212355\nUNB is what should stand here\nand no more\n";
  EXPECT_THAT(ReadAll(text), ElementsAre(Read{text, 0, 1, false}));
  EXPECT_THAT(ReadAll(text, {}, 1), ElementsAre(Read{text, 0, 1, false}));
}

TEST(EdifactReader, TextBehindTheLastInterchangeIsNone) {
  const std::string only = TypicalInterchange(1);
  EXPECT_THAT(ReadAll(only + "\r\nmail text\r\n"), ElementsAre(Read{only, 0, 1, false}));
}

// One that is too long costs itself and not the next.
TEST(EdifactReader, OneThatIsTooLongIsCutAndTheNextIsRead) {
  InputLimits limits;
  limits.interchange_bytes = 5'000;
  const std::string small = TypicalInterchange(2);
  const std::string large = Interchange(std::vector<PaxlstSegments>(200, PaxlstMessage({"NAD+FL+++ABARA"})));
  const std::vector<Read> all = ReadAll(small + large + small, limits, 1'000);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0], (Read{small, 0, 1, false}));
  EXPECT_TRUE(all[1].too_long);
  EXPECT_EQ(all[1].offset, small.size());
  EXPECT_EQ(all[2], (Read{small, small.size() + large.size(), 1, false}));
}

}  // namespace
}  // namespace landfall
