#include "pipeline/match/contact_text.h"

#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

struct TextCase {
  const char* label;
  const char* sent;
  const char* expected;
};
std::string LabelOf(const testing::TestParamInfo<TextCase>& test) { return test.param.label; }

class PhoneTest : public testing::TestWithParam<TextCase> {};
TEST_P(PhoneTest, IsE164) { EXPECT_EQ(E164Of(GetParam().sent, CountryCode("GBR")), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Numbers, PhoneTest, testing::Values(
    TextCase{"International", "+442079460312", "+442079460312"},
    TextCase{"WithTrunkZero", "+44 (0)20 7946 0312", "+442079460312"},
    TextCase{"DoubleZero", "0044 20 7946 0312", "+442079460312"},
    TextCase{"National", "020 7946 0312", "+442079460312"},
    TextCase{"Mobile", "07700 900123", "+447700900123"},
    TextCase{"AsBookingsSendThem", "447700900123", "+447700900123"},
    TextCase{"Dashes", "+1-202-555-0143", "+12025550143"},
    TextCase{"NoCountry", "7946 0312", ""},
    TextCase{"TooLong", "+4420794603120000", ""},
    TextCase{"OneDigitRepeated", "0000000000", ""},
    TextCase{"Empty", "", ""},
    TextCase{"Words", "ask at the desk", ""}), LabelOf);

TEST(PhoneTest, ElsewhereOnlyInternationalOnesAreRead) {
  EXPECT_EQ(E164Of("020 7946 0312", CountryCode("UTO")), "");
  EXPECT_EQ(E164Of("+442079460312", CountryCode("UTO")), "+442079460312");
}

class PostcodeTest : public testing::TestWithParam<TextCase> {};
TEST_P(PostcodeTest, HasItsForm) { EXPECT_EQ(UkPostcodeOf(GetParam().sent), GetParam().expected); }
INSTANTIATE_TEST_SUITE_P(Codes, PostcodeTest, testing::Values(
    TextCase{"AA9A", "sw1a1aa", "SW1A 1AA"}, TextCase{"A9", "M1 1AE", "M1 1AE"}, TextCase{"A99", "B33 8TH", "B33 8TH"},
    TextCase{"AA9", "CR2 6XH", "CR2 6XH"}, TextCase{"AA99", "DN55 1PT", "DN55 1PT"}, TextCase{"A9A", "W1A 0AX", "W1A 0AX"},
    TextCase{"Blanks", " S E 5  4 K V ", "SE5 4KV"}, TextCase{"OForZero", "W1A OAX", "W1A 0AX"},
    TextCase{"ZeroForO", "CR7 20M", "CR7 2OM"}, TextCase{"IForOne", "MI 1AE", "M1 1AE"},
    TextCase{"Foreign", "75008", ""}, TextCase{"TooShort", "SE5", ""}, TextCase{"NoCode", "LONDON", ""}), LabelOf);

Address At(std::string lines, std::string city = "", std::string postcode = "") {
  Address address;
  address.lines = std::move(lines);
  address.city = std::move(city);
  address.postcode = std::move(postcode);
  return address;
}

struct AddressCase {
  const char* label;
  Address a, b;
  bool same;
};
class AddressTest : public testing::TestWithParam<AddressCase> {};
TEST_P(AddressTest, Compares) {
  const std::string a = NormalAddressOf(GetParam().a), b = NormalAddressOf(GetParam().b);
  EXPECT_FALSE(a.empty());
  EXPECT_EQ(a == b, GetParam().same) << a << " and " << b;
}
INSTANTIATE_TEST_SUITE_P(Pairs, AddressTest, testing::Values(
    AddressCase{"Itself", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), true},
    AddressCase{"PostcodeWrittenOtherwise", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 Larkspur Mews", "London", "se54kv"), true},
    AddressCase{"PostcodeBehindTheCity", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 LARKSPUR MEWS", "LONDON SE5 4KV"), true},
    AddressCase{"AllInOneLine", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 Larkspur Mews, London, SE5 4KV"), true},
    AddressCase{"AnotherHouse", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("15 LARKSPUR MEWS", "LONDON", "SE5 4KV"), false},
    AddressCase{"AnotherFlat", At("FLAT 2 14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), false},
    AddressCase{"AnotherPostcode", At("14 LARKSPUR MEWS", "LONDON", "SE5 4KV"), At("14 LARKSPUR MEWS", "LONDON", "SE5 4KW"), false},
    AddressCase{"AbbreviatedWithoutPostcode", At("9 DUNNOCK RD", "CROYDON"), At("9 Dunnock Road", "Croydon"), true}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(AddressTest, NothingIsNothing) { EXPECT_EQ(NormalAddressOf(Address()), ""); }

}  // namespace
}  // namespace landfall
