#include "pipeline/parse/edifact/card_number.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace landfall::edifact {
namespace {

// The numbers are those that card schemes publish for tests.
struct CardCase {
  const char* name;
  std::string text;
  std::string number;  // Empty: none.
  std::string masked;
};
class CardNumber : public testing::TestWithParam<CardCase> {};

TEST_P(CardNumber, IsFoundAndMasked) {
  const CardCase& row = GetParam();
  EXPECT_EQ(FindCardNumber(row.text).value_or(""), row.number);
  std::string masked = row.text;
  EXPECT_EQ(MaskCardNumbers(masked), !row.number.empty());
  EXPECT_EQ(masked, row.masked);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CardNumber,
    testing::Values(CardCase{"Empty", "", "", ""},
                    CardCase{"Sixteen", "4111111111111111", "4111111111111111", "XXXXXXXXXXXXXXXX"},
                    CardCase{"Fifteen", "378282246310005", "378282246310005", "XXXXXXXXXXXXXXX"},
                    CardCase{"Thirteen", "4222222222222", "4222222222222", "XXXXXXXXXXXXX"},
                    CardCase{"Nineteen", "6304000000000000000", "6304000000000000000", "XXXXXXXXXXXXXXXXXXX"},
                    CardCase{"Blanks", "VI 4111 1111 1111 1111", "4111111111111111", "VI XXXX XXXX XXXX XXXX"},
                    CardCase{"Dashes", "4111-1111-1111-1111", "4111111111111111", "XXXX-XXXX-XXXX-XXXX"},
                    CardCase{"AcrossALineEnd", "41111111\r\n11111111", "4111111111111111", "XXXXXXXX\r\nXXXXXXXX"},
                    CardCase{"Released", "4111?-1111?-1111?-1111", "4111111111111111", "XXXX?-XXXX?-XXXX?-XXXX"},
                    CardCase{"WrongSum", "4111111111111113", "", "4111111111111113"},
                    CardCase{"TooShort", "411111111111", "", "411111111111"},
                    CardCase{"Separated", "4111:1111:1111:1111", "", "4111:1111:1111:1111"},
                    CardCase{"Letters", "4111A1111B1111C1111", "", "4111A1111B1111C1111"},
                    CardCase{"Telephone", "00447700900123", "", "00447700900123"},
                    CardCase{"FarApart", "41111111     11111111", "", "41111111     11111111"}),
    [](const auto& test) { return test.param.name; });

// Beside it may stand other digits: all of the card's are masked.
TEST(CardNumbers, AmongOtherDigits) {
  std::string text = "20260111 4111 1111 1111 1111 0228";
  EXPECT_EQ(FindCardNumber("26,4111 1111 1111 1111 0228"), "4111111111111111");
  EXPECT_TRUE(MaskCardNumbers(text));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("1111")));
}

TEST(CardNumbers, EndlessDigitsAreMaskedAndTakeNoTime) {
  std::string text(1u << 20, '1');
  EXPECT_TRUE(MaskCardNumbers(text));
  EXPECT_EQ(text, std::string(1u << 20, 'X'));
  EXPECT_FALSE(FindCardNumber(std::string(1u << 20, '1')).has_value());
}

TEST(AccountNumbers, OnlyWholeOnes) {
  EXPECT_EQ(AccountNumber("4111 1111 1111 1112"), "4111111111111112");
  EXPECT_EQ(AccountNumber("XXXXXXXX1186"), std::nullopt);
  EXPECT_EQ(AccountNumber("1186"), std::nullopt);
  EXPECT_EQ(AccountNumber(""), std::nullopt);
  EXPECT_EQ(AccountNumber("12345678901234567890"), std::nullopt);
}

TEST(PayerKeys, DifferByCardAndByKey) {
  const HashKey one = {1}, other = {2};
  EXPECT_EQ(PayerKey(one, "4111111111111111"), PayerKey(one, "4111111111111111"));
  EXPECT_NE(PayerKey(one, "4111111111111111"), PayerKey(one, "4222222222222"));
  EXPECT_NE(PayerKey(one, "4111111111111111"), PayerKey(other, "4111111111111111"));
  EXPECT_EQ(PayerKey(one, "4111111111111111").size(), 32u);
  EXPECT_EQ(KeyOfThisRun(), KeyOfThisRun());
  EXPECT_NE(KeyOfThisRun(), HashKey{});
}

}  // namespace
}  // namespace landfall::edifact
