// Compressed input: what goes in compressed comes out as it was, in pieces of any size; damage and
// bombs are told.

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

Outcome ReadAll(const std::string& bytes, std::size_t piece_bytes = 1u << 16,
                const InputLimits& limits = {}) {
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

// Made when a test asks: each test is a process of its own, and would compress them all.
using Maker = std::string (*)();

struct GoodCase {
  const char* name;
  Maker bytes;
  Maker text;
};
class ByteSourceTest : public ::testing::TestWithParam<GoodCase> {};

TEST_P(ByteSourceTest, GivesTheText) {
  const std::string bytes = GetParam().bytes(), text = GetParam().text();
  for (const std::size_t piece_bytes : {1u, 7u, 4'096u, 1u << 20}) {
    if (piece_bytes < 4'096 && text.size() > 100'000) continue;
    const Outcome outcome = ReadAll(bytes, piece_bytes);
    EXPECT_TRUE(outcome.status.ok()) << outcome.status << " in pieces of " << piece_bytes;
    EXPECT_TRUE(outcome.text == text) << "in pieces of " << piece_bytes;
  }
}

std::string Text() { return SomeText(50'000); }
std::string Long() { return SomeText(3'000'000); }
const std::string kSkippable("\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);

INSTANTIATE_TEST_SUITE_P(
    Inputs, ByteSourceTest,
    ::testing::Values(
        GoodCase{"Empty", [] { return std::string(""); }, [] { return std::string(""); }},
        GoodCase{"Plain", [] { return std::string(Text()); }, [] { return std::string(Text()); }},
        GoodCase{"PlainLong", [] { return std::string(Long()); },
                 [] { return std::string(Long()); }},
        GoodCase{"OneByte", [] { return std::string("\x1f"); },
                 [] { return std::string("\x1f"); }},  // The beginning of a mark, and no more.
        GoodCase{"ThreeBytesOfZstd", [] { return std::string("\x28\xb5\x2f"); },
                 [] { return std::string("\x28\xb5\x2f"); }},
        GoodCase{"LetterOfASkippableFrame", [] { return std::string("P"); },
                 [] { return std::string("P"); }},
        GoodCase{"LettersLikeIt", [] { return std::string("P*M and so on"); },
                 [] { return std::string("P*M and so on"); }},
        GoodCase{"Gzip", [] { return std::string(Gzip(Text())); },
                 [] { return std::string(Text()); }},
        GoodCase{"GzipLong", [] { return std::string(Gzip(Long())); },
                 [] { return std::string(Long()); }},
        GoodCase{"GzipOfNothing", [] { return std::string(Gzip("")); },
                 [] { return std::string(""); }},
        GoodCase{"GzipMembers", [] { return std::string(Gzip(Text()) + Gzip("") + Gzip("more")); },
                 [] { return std::string(Text() + "more"); }},  // RFC 1952, 2.2
        GoodCase{"GzipThenZeros",
                 [] { return std::string(Gzip(Text()) + std::string(1'000, '\0')); },
                 [] { return std::string(Text()); }},
        GoodCase{"GzipZerosBetween",
                 [] { return std::string(Gzip("a") + std::string(3, '\0') + Gzip("b")); },
                 [] { return std::string("ab"); }},
        GoodCase{"Zstd", [] { return std::string(Zstd(Text())); },
                 [] { return std::string(Text()); }},
        GoodCase{"ZstdLong", [] { return std::string(Zstd(Long())); },
                 [] { return std::string(Long()); }},
        GoodCase{"ZstdOfNothing", [] { return std::string(Zstd("")); },
                 [] { return std::string(""); }},
        GoodCase{"ZstdFrames", [] { return std::string(Zstd(Text()) + Zstd("more")); },
                 [] { return std::string(Text() + "more"); }},  // RFC 8878, 3
        GoodCase{"ZstdSkippableFirst", [] { return std::string(kSkippable + Zstd(Text())); },
                 [] { return std::string(Text()); }},  // RFC 8878, 3.1.2
        GoodCase{"ZstdSkippableLast", [] { return std::string(Zstd(Text()) + kSkippable); },
                 [] { return std::string(Text()); }},
        GoodCase{"ZstdWindowOf8MiB", [] { return std::string(Zstd(Text(), 23)); },
                 [] { return std::string(Text()); }},
        GoodCase{"TwiceIsExpandedOnce", [] { return std::string(Gzip(Gzip("text"))); },
                 [] { return std::string(Gzip("text")); }}),
    [](const auto& test) { return test.param.name; });

std::string Flipped(std::string bytes, std::size_t at) {
  bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
  return bytes;
}
std::string Without(const std::string& bytes, std::size_t last) {
  return bytes.substr(0, bytes.size() - last);
}

struct BadCase {
  const char* name;
  Maker bytes;
  std::string says;
};
class ByteSourceBadInputTest : public ::testing::TestWithParam<BadCase> {};

TEST_P(ByteSourceBadInputTest, SaysWhereAndWhatToDo) {
  const std::string bytes = GetParam().bytes();
  for (const std::size_t piece_bytes : {100u, 1u << 20}) {
    const Outcome outcome = ReadAll(bytes, piece_bytes);
    EXPECT_EQ(outcome.status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr(GetParam().says));
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("file: "));
    EXPECT_THAT(std::string(outcome.status.message()), HasSubstr("compressed bytes read, "));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Inputs, ByteSourceBadInputTest,
    ::testing::Values(
        BadCase{"GzipHeaderOnly", [] { return std::string("\x1f\x8b\x08"); }, "cut short"},
        BadCase{"GzipCutShort", [] { return std::string(Without(Gzip(Text()), 1'000)); },
                "cut short"},
        BadCase{"GzipWithoutItsCheck", [] { return std::string(Without(Gzip(Text()), 8)); },
                "cut short"},
        BadCase{"GzipOneByteMissing", [] { return std::string(Without(Gzip(Text()), 1)); },
                "cut short"},
        BadCase{"GzipMethod", [] { return std::string("\x1f\x8b\x07 and what follows"); },
                "damaged: unknown compression method"},
        BadCase{"GzipWrongCheck",
                [] { return std::string(Flipped(Gzip(Text()), Gzip(Text()).size() - 8)); },
                "damaged: incorrect data check"},
        BadCase{"GzipWrongLength",
                [] { return std::string(Flipped(Gzip(Text()), Gzip(Text()).size() - 4)); },
                "damaged: incorrect length check"},
        BadCase{"GzipRubbishBehind", [] { return std::string(Gzip(Text()) + "rubbish"); },
                "damaged: incorrect header check"},
        BadCase{"GzipThenZstd", [] { return std::string(Gzip(Text()) + Zstd(Text())); }, "damaged"},
        BadCase{"ZstdMagicOnly", [] { return std::string("\x28\xb5\x2f\xfd"); }, "cut short"},
        BadCase{"ZstdCutShort", [] { return std::string(Without(Zstd(Text()), 1'000)); },
                "cut short"},
        BadCase{"ZstdWithoutItsCheck", [] { return std::string(Without(Zstd(Text()), 4)); },
                "cut short"},
        BadCase{"ZstdWrongCheck",
                [] { return std::string(Flipped(Zstd(Text()), Zstd(Text()).size() - 1)); },
                "damaged"},
        BadCase{"ZstdRubbishBehind", [] { return std::string(Zstd(Text()) + "rubbish"); },
                "damaged"},
        BadCase{"ZstdThenGzip", [] { return std::string(Zstd(Text()) + Gzip(Text())); }, "damaged"},
        BadCase{"ZstdWindowOf16MiB", [] { return std::string(Zstd(Text(), 24)); },
                "window over 8 MiB: compress at level 19"}),
    [](const auto& test) { return test.param.name; });

TEST(ByteSource, ReadAllStopsSoonBehindWhatIsOfUse) {
  const Descriptor long_one(Gzip(Long())), short_one(Gzip(Text()));
  ByteSource too_long("file", long_one.number(), InputLimits{}), short_enough("file", short_one.number(), InputLimits{});
  const absl::StatusOr<std::string> cut = too_long.ReadAll(100'000), whole = short_enough.ReadAll(100'000);
  ASSERT_TRUE(cut.ok() && whole.ok()) << cut.status() << whole.status();
  EXPECT_GT(cut->size(), 100'000u);
  EXPECT_LT(cut->size(), 200'000u);
  EXPECT_TRUE(Long().starts_with(*cut));
  EXPECT_TRUE(*whole == Text());
}

// Whatever a flipped bit does, it ends, and text is only ever given up to the damage.
TEST(ByteSource, AnyFlippedBitIsToldOrHarmless) {
  for (const std::string& good : {Gzip(Text().substr(0, 2'000)), Zstd(Text().substr(0, 2'000))}) {
    int told = 0;
    for (std::size_t at = 4; at < good.size(); ++at) {
      const Outcome outcome = ReadAll(Flipped(good, at), 512);
      told += outcome.status.ok() ? 0 : 1;
      if (outcome.status.ok()) {
        EXPECT_EQ(outcome.text, Text().substr(0, 2'000)) << "byte " << at;
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
  EXPECT_TRUE(ReadAll(Gzip(std::string(90'000, '0')), 1'000, limits).status.ok())
      << "small ones do no harm";

  limits.expanded_bytes = 1'000'000;
  const Outcome total = ReadAll(Gzip(Long()), 1'000, limits);
  EXPECT_THAT(std::string(total.status.message()),
              HasSubstr("expanded to more than 1000000 bytes"));
  EXPECT_LE(total.text.size(), limits.expanded_bytes);
  EXPECT_TRUE(ReadAll(Long(), 1'000, limits).status.ok())
      << "the limits are for what is compressed";
}

TEST(ByteSource, BytesTakenAreThoseOfTheFile) {
  const std::string bytes = Gzip(Text());
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
    EXPECT_FALSE(source.HasMore());
    ::close(ends[1]);
    EXPECT_TRUE(source.HasMore()) << "the end is something";
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
