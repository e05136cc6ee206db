#include "pipeline/parse/mrz/check_digit.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/pipeline/parse/mrz/zone_writer.h"

namespace landfall::mrz {
namespace {

struct CheckDigitCase {
  const char* name;
  const char* text;
  char digit;
};

class MrzCheckDigitTest : public testing::TestWithParam<CheckDigitCase> {};

TEST_P(MrzCheckDigitTest, IsComputed) {
  EXPECT_EQ(CheckDigit(GetParam().text), GetParam().digit);
  EXPECT_EQ(testing_support::SlowCheckDigit(GetParam().text), GetParam().digit);
}

// Doc 9303 part 3 section 4.9, and the specimens of parts 4 to 7.
INSTANTIATE_TEST_SUITE_P(Icao9303, MrzCheckDigitTest, testing::Values(
    CheckDigitCase{"DateExample", "520727", '3'}, CheckDigitCase{"NumberExample", "AB2134<<<", '5'},
    CheckDigitCase{"DocumentNumber", "L898902C3", '6'}, CheckDigitCase{"DateOfBirth", "740812", '2'},
    CheckDigitCase{"DateOfExpiry", "120415", '9'}, CheckDigitCase{"PersonalNumber", "ZE184226B<<<<<", '1'},
    CheckDigitCase{"CardNumber", "D23145890", '7'}, CheckDigitCase{"LongNumber", "D23145890734", '9'},
    CheckDigitCase{"FillerCountsAsZero", "<<<<<<", '0'}, CheckDigitCase{"Nothing", "", '0'}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzCheckDigitTest, AgreesWithTheSlowTwin) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<";
  for (int i = 0; i < 20'000; ++i) {
    std::string text(random() % 60, '<');
    for (char& c : text) c = kCharacters[random() % kCharacters.size()];
    ASSERT_EQ(CheckDigit(text), testing_support::SlowCheckDigit(text)) << text;
  }
}

}  // namespace
}  // namespace landfall::mrz
