#include "storage/codec.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "storage/bytes.h"
#include "storage/database.h"
#include "tests/support/random_message.h"

namespace landfall {
namespace {

constexpr std::uint64_t kSeed = 20261122;

std::string Encoded(const Message& message) {
  std::string bytes;
  EncodeMessage(message, bytes);
  return bytes;
}
std::string Encoded(const FlightFlag& flag) {
  std::string bytes;
  EncodeFlag(flag, bytes);
  return bytes;
}
std::string Encoded(const QuarantinedRecord& record) {
  std::string bytes;
  EncodeQuarantined(record, bytes);
  return bytes;
}

// All that == leaves out, too.
void ExpectSame(const Message& a, const Message& b) {
  EXPECT_EQ(a, b);
  EXPECT_EQ(a.edifact, b.edifact);
  EXPECT_EQ(a.position, b.position);
  EXPECT_EQ(a.findings, b.findings);
  EXPECT_EQ(a.set_aside, b.set_aside);
  EXPECT_EQ(a.flight.departs_on, b.flight.departs_on);
  ASSERT_EQ(a.travellers.size(), b.travellers.size());
  for (std::size_t i = 0; i < a.travellers.size(); ++i) EXPECT_EQ(a.travellers[i].offset, b.travellers[i].offset);
}

TEST(CodecTest, MessagesComeBackAsTheyWere) {
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  for (int i = 0; i < 2000; ++i) {
    const Message message = RandomMessage(random);
    const absl::StatusOr<Message> decoded = DecodeMessage(Encoded(message));
    ASSERT_TRUE(decoded.ok()) << i << ": " << decoded.status();
    ExpectSame(message, *decoded);
    ASSERT_EQ(Encoded(message), Encoded(*decoded)) << i;
  }
}

TEST(CodecTest, FlagsAndQuarantinedRecordsComeBackAsTheyWere) {
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  for (int i = 0; i < 1000; ++i) {
    const FlightFlag flag = RandomFlag(random);
    const absl::StatusOr<FlightFlag> decoded_flag = DecodeFlag(Encoded(flag));
    ASSERT_TRUE(decoded_flag.ok()) << i << ": " << decoded_flag.status();
    ASSERT_EQ(flag, *decoded_flag) << i;
    const QuarantinedRecord record = RandomQuarantined(random);
    const absl::StatusOr<QuarantinedRecord> decoded_record = DecodeQuarantined(Encoded(record));
    ASSERT_TRUE(decoded_record.ok()) << i << ": " << decoded_record.status();
    ASSERT_EQ(record, *decoded_record) << i;
  }
}

TEST(CodecTest, ClosingsComeBackAsTheyWere) {
  for (const QuarantineClosing& closing : {QuarantineClosing{}, {QuarantineState::kOpen, "", Instant{0}},
                                           {QuarantineState::kResubmitted, "mended.ndjson", Instant{1'795'000'000}}}) {
    std::string bytes;
    EncodeQuarantineClosing(closing, bytes);
    const absl::StatusOr<QuarantineClosing> decoded = DecodeQuarantineClosing(bytes);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(*decoded, closing);
  }
}

TEST(CodecTest, DefaultsComeBackWhereZeroIsNotTheDefault) {
  Message message;
  message.part = MessagePart{"PART", 0, false};  // `seq` is 1 unless it is stored.
  const absl::StatusOr<Message> decoded = DecodeMessage(Encoded(message));
  ASSERT_TRUE(decoded.ok());
  EXPECT_EQ(decoded->part->seq, 0);
}

TEST(CodecTest, WhatIsNotThereTakesNoByte) {
  Traveller traveller;
  Message with_one;
  with_one.travellers.push_back(traveller);
  // Key, two bytes of length, type and offset.
  EXPECT_LE(Encoded(with_one).size(), Encoded(Message{}).size() + 8);
}

TEST(CodecTest, EmptyPartsThatAreThereStayThere) {
  Message message;
  message.reported_by = ReportingParty{};
  message.travellers.resize(3);
  message.travellers[1].services = {"", "UMNR", ""};
  message.travellers[1].address = Address{};
  const absl::StatusOr<Message> decoded = DecodeMessage(Encoded(message));
  ASSERT_TRUE(decoded.ok());
  ExpectSame(message, *decoded);
}

// Tags must ascend, or a reader would take its own fields for unknown ones.
struct AscendingTags {
  int last = 0;
  void operator()(int tag, std::string_view name, const auto&) {
    EXPECT_GT(tag, last) << name;
    EXPECT_LT(tag, 60) << name << ": tags from 60 are the store's own";
    last = tag;
  }
};

template <typename T>
void ExpectAscendingTags() {
  const T value;
  T::Fields(value, AscendingTags{});
}

TEST(CodecTest, TagsOfEveryTypeAscend) {
  ExpectAscendingTags<Message>();
  ExpectAscendingTags<Flight>();
  ExpectAscendingTags<Traveller>();
  ExpectAscendingTags<Booking>();
  ExpectAscendingTags<FlightFlag>();
  ExpectAscendingTags<Hit>();
  ExpectAscendingTags<Term>();
  ExpectAscendingTags<QuarantinedRecord>();
  ExpectAscendingTags<QuarantineClosing>();
}

TEST(CodecTest, UnknownTagsAreSkipped) {
  Message message = TypicalMessage(1, 2);
  message.flight.departs_on = {};  // Not part of the content.
  std::string bytes;
  EncodeContent(message, bytes);  // Tags up to 15.
  const auto add_key = [&bytes](std::uint64_t tag, std::uint64_t wire) { AppendVarint(bytes, tag << 2 | wire); };
  add_key(16, 0);
  AppendVarint(bytes, 123456);
  add_key(17, 1);
  AppendFixed64(bytes, 42);
  add_key(18, 2);
  bytes += std::string("\5later", 6);
  add_key(18, 2);  // Twice: a list.
  bytes += std::string("\0", 1);
  add_key(5000, 0);
  AppendVarint(bytes, 1);
  const absl::StatusOr<Message> decoded = DecodeMessage(bytes);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(*decoded, message);
}

TEST(CodecTest, EveryTruncationIsRefusedOrShorter) {
  RandomEngine random(kSeed);
  for (int i = 0; i < 30; ++i) {
    const std::string whole = Encoded(RandomMessage(random));
    for (std::size_t size = 0; size < whole.size(); ++size) {
      // A heap copy of just this size, so that a read past its end would be seen by the sanitizers.
      const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
      const absl::StatusOr<Message> decoded = DecodeMessage({cut.data(), cut.size()});
      if (decoded.ok()) {
        EXPECT_LE(Encoded(*decoded).size(), whole.size());
      } else {
        EXPECT_EQ(decoded.status().code(), absl::StatusCode::kDataLoss);
      }
    }
  }
}

TEST(CodecTest, FlippedBitsNeverCrash) {
  RandomEngine random(kSeed);
  SCOPED_TRACE(kSeed);
  int refused = 0;
  for (int i = 0; i < 20000; ++i) {
    std::string bytes = i % 2 == 0 ? Encoded(RandomMessage(random, {.max_travellers = 2})) : Encoded(RandomFlag(random));
    for (std::uint64_t flips = 1 + random() % 4; flips > 0; --flips) {
      const std::size_t at = random() % bytes.size();
      bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8));
    }
    refused += !DecodeMessage(bytes).ok();
    DecodeFlag(bytes).IgnoreError();
    DecodeQuarantined(bytes).IgnoreError();
  }
  EXPECT_GT(refused, 5000);  // Else the flips would not reach the structure.
}

struct BadBytes {
  const char* name;
  std::string bytes;
};

// Key of a field: tag, then wire type (0 number, 1 fixed, 2 bytes).
std::string Key(std::uint64_t tag, std::uint64_t wire) {
  std::string bytes;
  AppendVarint(bytes, tag << 2 | wire);
  return bytes;
}

std::string Repeat(const std::string& part, int times) {
  std::string bytes;
  for (int i = 0; i < times; ++i) bytes += part;
  return bytes;
}

std::string NestedTerms(int depth) {
  std::string bytes;
  for (int i = 0; i < depth; ++i) {
    std::string outer = Key(6, 2);
    AppendVarint(outer, bytes.size());
    bytes = outer + bytes;
  }
  std::string hit = Key(12, 2);
  AppendVarint(hit, bytes.size());
  hit += bytes;
  std::string flag = Key(14, 2);
  AppendVarint(flag, hit.size());
  return flag + hit;
}

class CodecRefusesTest : public testing::TestWithParam<BadBytes> {};

TEST_P(CodecRefusesTest, WithDataLoss) {
  EXPECT_EQ(DecodeMessage(GetParam().bytes).status().code(), absl::StatusCode::kDataLoss);
}

INSTANTIATE_TEST_SUITE_P(
    Bytes, CodecRefusesTest,
    testing::Values(BadBytes{"TagZero", Key(0, 0) + '\1'}, BadBytes{"WireTypeThree", Key(1, 3) + '\1'},
                    BadBytes{"TextAsNumber", Key(1, 0) + '\1'}, BadBytes{"NumberAsText", Key(5, 2) + "\1x"},
                    BadBytes{"EnumOutOfRange", Key(5, 0) + '\x7f'},
                    BadBytes{"CodeTooLong", Key(8, 2) + '\6' + Key(2, 2) + "\4LONG"},
                    BadBytes{"TagsDescend", Key(2, 2) + std::string("\0", 1) + Key(1, 2) + std::string("\0", 1)},
                    BadBytes{"TwiceTheSame", Key(1, 2) + std::string("\0", 1) + Key(1, 2) + std::string("\0", 1)},
                    BadBytes{"LengthPastTheEnd", Key(1, 2) + "\xff\xff\xff\xff\xff\xff\xff\xff\x7f"},
                    BadBytes{"VarintOfElevenBytes", Key(3, 0) + std::string(10, '\xff') + '\1'},
                    BadBytes{"VarintOver64Bits", Key(3, 0) + std::string(9, '\xff') + '\2'},
                    BadBytes{"CountOver32Bits", Key(7, 2) + '\6' + Key(1, 0) + "\xff\xff\xff\xff\x7f"},
                    // Two bytes each, and hundreds in memory: 400 kB may not ask for that many.
                    BadBytes{"TooManyEmptyTravellers", Repeat(Key(15, 2) + std::string("\0", 1), 200000)}),
    [](const auto& test) { return test.param.name; });

TEST(CodecTest, TermsMayBeDeepButNotBottomless) {
  EXPECT_TRUE(DecodeFlag(NestedTerms(60)).ok());
  EXPECT_EQ(DecodeFlag(NestedTerms(100000)).status().code(), absl::StatusCode::kDataLoss);
}

// --- ContentHash.

struct Change {
  const char* name;
  std::function<void(Message&)> apply;
};

class ContentSameTest : public testing::TestWithParam<Change> {};
TEST_P(ContentSameTest, HashDoesNotChange) {
  Message message = TypicalMessage(1, 3);
  const Digest128 before = ContentHash(message);
  GetParam().apply(message);
  EXPECT_EQ(ContentHash(message), before);
}
INSTANTIATE_TEST_SUITE_P(
    Provenance, ContentSameTest,
    testing::Values(Change{"Edifact", [](Message& m) { m.edifact = EdifactEnvelope{.message = "PAXLST"}; }},
                    Change{"Position", [](Message& m) { m.position = {"other.edi", 7, 9}; }},
                    Change{"Findings", [](Message& m) { m.findings.push_back({"1", "seat", FindingCode::kBadValue, "x"}); }},
                    Change{"SetAside", [](Message& m) { m.set_aside.push_back({"9", "", FindingCode::kBadValue, "x"}); }},
                    Change{"Offsets", [](Message& m) { m.travellers[1].offset = 77; }},
                    Change{"DerivedDate", [](Message& m) { ++m.flight.departs_on.days; }}),
    [](const auto& test) { return test.param.name; });

class ContentDiffersTest : public testing::TestWithParam<Change> {};
TEST_P(ContentDiffersTest, HashChanges) {
  Message message = TypicalMessage(1, 3);
  const Digest128 before = ContentHash(message);
  GetParam().apply(message);
  EXPECT_NE(ContentHash(message), before);
}
INSTANTIATE_TEST_SUITE_P(
    Content, ContentDiffersTest,
    testing::Values(Change{"Id", [](Message& m) { m.message_id += "2"; }},
                    Change{"Kind", [](Message& m) { m.kind = MessageKind::kUpdate; }},
                    Change{"Flight", [](Message& m) { m.flight.to = AirportCode("MAN"); }},
                    Change{"Surname", [](Message& m) { m.travellers[2].surname += "S"; }},
                    Change{"Seat", [](Message& m) { m.travellers[0].seat.clear(); }},
                    Change{"EmptyAddressThatIsThere", [](Message& m) { m.travellers[0].address = Address{}; }},
                    Change{"OneLess", [](Message& m) { m.travellers.pop_back(); }},
                    Change{"Order", [](Message& m) { std::swap(m.travellers[0], m.travellers[1]); }}),
    [](const auto& test) { return test.param.name; });

TEST(ContentHashTest, DiffersBetweenRandomMessages) {
  RandomEngine random(kSeed);
  std::set<Digest128> hashes;
  for (int i = 0; i < 1000; ++i) hashes.insert(ContentHash(RandomMessage(random)));
  EXPECT_EQ(hashes.size(), 1000u);
}

}  // namespace
}  // namespace landfall
