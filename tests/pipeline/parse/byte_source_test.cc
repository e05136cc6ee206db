// Compressed input: what goes in compressed comes out as it was, in pieces of any size; damage and bombs are told.

#include "pipeline/parse/byte_source.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <random>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/compress.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using testing_support::Gzip;
using testing_support::Zstd;

class Descriptor {
 public:
  explicit Descriptor(const std::string& bytes) : number_(::memfd_create("test", 0)) {
    EXPECT_EQ(::write(number_, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
    ::lseek(number_, 0, SEEK_SET);
  }
  ~Descriptor() { ::close(number_); }
  int number() const { return number_; }

 private:
  int number_;
};

struct Outcome {
  std::string text;
  absl::Status status;
};

Outcome ReadAll(const std::string& bytes, std::size_t piece_bytes = 1u << 16, const InputLimits& limits = {}) {
  const Descriptor descriptor(bytes);
  ByteSource source("file", descriptor.number(), limits);
  Outcome outcome;
  std::string piece(piece_bytes, '\0');
  while (true) {
    const absl::StatusOr<std::size_t> got = source.Read(piece.data(), piece.size());
    outcome.status = got.status();
    if (!got.ok() || *got == 0) return outcome;
    outcome.text.append(piece, 0, *got);
  }
}

// Text that compresses about as messages do.
std::string SomeText(std::size_t bytes) {
  std::mt19937 random(20261122);
  std::string text;
  while (text.size() < bytes) {
    text += "{\"message_id\":\"" + std::to_string(random()) +
            "\",\"surname\":\"OMBRELLE\",\"seat\":" + std::to_string(random() % 300) + "}\n";
  }
  return text;
}

struct GoodCase {
  std::string name;
  std::string bytes;
  std::string text;
};
class ByteSourceTest : public ::testing::TestWithParam<GoodCase> {};

TEST_P(ByteSourceTest, GivesTheText) {
  for (const std::size_t piece_bytes : {1u, 7u, 4'096u, 1u << 20}) {
    if (piece_bytes < 4'096 && GetParam().text.size() > 100'000) continue;
    const Outcome outcome = ReadAll(GetParam().bytes, piece_bytes);
    EXPECT_TRUE(outcome.status.ok()) << outcome.status << " in pieces of " << piece_bytes;
    EXPECT_TRUE(outcome.text == GetParam().text) << "in pieces of " << piece_bytes;
  }
}

const std::string kText = SomeText(50'000);
const std::string kLong = SomeText(3'000'000);
const std::string kSkippable("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);

INSTANTIATE_TEST_SUITE_P(
    Inputs, ByteSourceTest,
    ::testing::Values(GoodCase{"Empty", "", ""}, GoodCase{"Plain", kText, kText}, GoodCase{"PlainLong", kLong, kLong},
                      GoodCase{"OneByte", "\x1f", "\x1f"},  // The beginning of a mark, and no more.
                      GoodCase{"ThreeBytesOfZstd", "\x28\xb5\x2f", "\x28\xb5\x2f"},
                      GoodCase{"LetterOfASkippableFrame", "P", "P"},
                      GoodCase{"LettersLikeIt", "P*M and so on", "P*M and so on"}, GoodCase{"Gzip", Gzip(kText), kText},
                      GoodCase{"GzipLong", Gzip(kLong), kLong}, GoodCase{"GzipOfNothing", Gzip(""), ""},
                      GoodCase{"GzipMembers", Gzip(kText) + Gzip("") + Gzip("more"), kText + "more"},  // RFC 1952, 2.2
                      GoodCase{"GzipThenZeros", Gzip(kText) + std::string(1'000, '\0'), kText},
                      GoodCase{"GzipZerosBetween", Gzip("a") + std::string(3, '\0') + Gzip("b"), "ab"},
                      GoodCase{"Zstd", Zstd(kText), kText}, GoodCase{"ZstdLong", Zstd(kLong), kLong},
                      GoodCase{"ZstdOfNothing", Zstd(""), ""},
                      GoodCase{"ZstdFrames", Zstd(kText) + Zstd("more"), kText + "more"},  // RFC 8878, 3
                      GoodCase{"ZstdSkippableFirst", kSkippable + Zstd(kText), kText},     // RFC 8878, 3.1.2
                      GoodCase{"ZstdSkippableLast", Zstd(kText) + kSkippable, kText},
                      GoodCase{"ZstdWindowOf8MiB", Zstd(kText, 23), kText},
                      GoodCase{"TwiceIsExpandedOnce", Gzip(Gzip("text")), Gzip("text")}),
    [](const auto& test) { return test.param.name; });

std::string Flipped(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
  return bytes;
}
std::string Without(const std::string& bytes, std::size_t last) { return bytes.substr(0, bytes.size() - last); }

struct BadCase {
  std::string name;
  std::string bytes;
  std::string says;
};
class ByteSourceBadInputTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(ByteSourceBadInputTest, SaysWhereAndWhatToDo) {
  for (const std::size_t piece_bytes : {100u, 1u << 20}) {
    const Outcome outcome = ReadAll(GetParam().bytes, piece_bytes);
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr(GetParam().says));
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("file: "));
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("compressed bytes read, "));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, ByteSourceBadInputTest,
    ::testing::Values(
        BadCase{"GzipHeaderOnly", "\x1f\x8b\x08", "cut short"},
        BadCase{"GzipCutShort", Without(Gzip(kText), 1'000), "cut short"},
        BadCase{"GzipWithoutItsCheck", Without(Gzip(kText), 8), "cut short"},
        BadCase{"GzipOneByteMissing", Without(Gzip(kText), 1), "cut short"},
        BadCase{"GzipMethod", "\x1f\x8b\x07 and what follows", "damaged: unknown compression method"},
        BadCase{"GzipWrongCheck", Flipped(Gzip(kText), Gzip(kText).size() - 8), "damaged: incorrect data check"},
        BadCase{"GzipWrongLength", Flipped(Gzip(kText), Gzip(kText).size() - 4), "damaged: incorrect length check"},
        BadCase{"GzipRubbishBehind", Gzip(kText) + "rubbish", "damaged: incorrect header check"},
        BadCase{"GzipThenZstd", Gzip(kText) + Zstd(kText), "damaged"},
        BadCase{"ZstdMagicOnly", "\x28\xb5\x2f\xfd", "cut short"},
        BadCase{"ZstdCutShort", Without(Zstd(kText), 1'000), "cut short"},
        BadCase{"ZstdWithoutItsCheck", Without(Zstd(kText), 4), "cut short"},
        BadCase{"ZstdWrongCheck", Flipped(Zstd(kText), Zstd(kText).size() - 1), "damaged"},
        BadCase{"ZstdRubbishBehind", Zstd(kText) + "rubbish", "damaged"},
        BadCase{"ZstdThenGzip", Zstd(kText) + Gzip(kText), "damaged"},
        BadCase{"ZstdWindowOf16MiB", Zstd(kText, 24), "window over 8 MiB: compress at level 19"}),
    [](const auto& test) { return test.param.name; });

// Whatever a flipped bit does, it ends, and text is only ever given up to the damage.
TEST(ByteSource, AnyFlippedBitIsToldOrHarmless) {
  for (const std::string& good : {Gzip(kText.substr(0, 2'000)), Zstd(kText.substr(0, 2'000))}) {
    int told = 0;
    for (std::size_t at = 4; at < good.size(); ++at) {
      const Outcome outcome = ReadAll(Flipped(good, at), 512);
      told += outcome.status.ok() ? 0 : 1;
      if (outcome.status.ok()) {
        EXPECT_EQ(outcome.text, kText.substr(0, 2'000)) << "byte " << at;
      }
    }
    EXPECT_GT(told, static_cast<int>(good.size()) - 20);
  }
}

TEST(ByteSource, ABombIsRefusedByItsRatioAndByItsTotal) {
  InputLimits limits;
  limits.expansion_free_bytes = 100'000;
  const std::string zeros(2'000'000, '0');
  for (const std::string& bomb : {Gzip(zeros), Zstd(zeros)}) {
    const Outcome outcome = ReadAll(bomb, 1'000, limits);
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("expands more than 200 times"));
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("expand it first"));
    EXPECT_LE(outcome.text.size(), 1'000'000u);
  }
  EXPECT_TRUE(ReadAll(Gzip(std::string(90'000, '0')), 1'000, limits).status.ok()) << "small ones do no harm";

  limits.expanded_bytes = 1'000'000;
  const Outcome total = ReadAll(Gzip(kLong), 1'000, limits);
  EXPECT_THAT(std::string(total.status.message()), HasSubstr("expanded to more than 1000000 bytes"));
  EXPECT_LE(total.text.size(), limits.expanded_bytes);
  EXPECT_TRUE(ReadAll(kLong, 1'000, limits).status.ok()) << "the limits are for what is compressed";
}

TEST(ByteSource, BytesTakenAreThoseOfTheFile) {
  const std::string bytes = Gzip(kText);
  const Descriptor descriptor(bytes);
  ByteSource source("file", descriptor.number(), InputLimits());
  std::string piece(1u << 20, '\0');
  while (source.Read(piece.data(), piece.size()).value() > 0) {
  }
  EXPECT_EQ(source.bytes_taken(), bytes.size());
}

// A live stream: what was sent is handed on though more is to come.
TEST(ByteSource, ALivePipeIsNotKeptWaiting) {
  for (const std::string& first : {std::string("hello\n"), Gzip("hello\n")}) {
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    ASSERT_EQ(::write(ends[1], first.data(), first.size()), static_cast<ssize_t>(first.size()));
    ByteSource source("pipe", ends[0], InputLimits());
    char piece[100];
    const absl::StatusOr<std::size_t> got = source.Read(piece, sizeof(piece));
    ASSERT_TRUE(got.ok());
    EXPECT_EQ(std::string(piece, *got), "hello\n");
    EXPECT_FALSE(source.HasMore(0));
    ::close(ends[1]);
    EXPECT_TRUE(source.HasMore(0)) << "the end is something";
    EXPECT_EQ(source.Read(piece, sizeof(piece)).value(), 0u);
    ::close(ends[0]);
  }
}

TEST(ByteSource, AFailingDescriptorIsUnavailable) {
  ByteSource source("gone", -1, InputLimits());
  char piece[10];
  const absl::StatusOr<std::size_t> got = source.Read(piece, sizeof(piece));
  EXPECT_EQ(got.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(got.status().message()), HasSubstr("reading gone at byte 0 failed"));
}

}  // namespace
}  // namespace landfall
