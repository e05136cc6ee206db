#include "model/country.h"

#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

struct CodeCase {
  std::string name, code, expected;  // Empty: no country.
};

class CountryFromCodeTest : public testing::TestWithParam<CodeCase> {};

TEST_P(CountryFromCodeTest, GivesAlpha3) {
  const auto code = CountryFromCode(GetParam().code);
  EXPECT_EQ(code ? std::string(code->view()) : "", GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Iso3166AndIcao9303, CountryFromCodeTest,
    testing::Values(CodeCase{"FirstAlpha2", "AD", "AND"}, CodeCase{"LastAlpha2", "ZW", "ZWE"},
                    CodeCase{"Alpha3", "GBR", "GBR"}, CodeCase{"LastAlpha3", "ZWE", "ZWE"},
                    CodeCase{"NorwayIsNoYes", "NO", "NOR"}, CodeCase{"GermanDocument", "D", "DEU"},
                    CodeCase{"Kosovo", "RKS", "RKS"}, CodeCase{"KosovoAlpha2", "XK", "RKS"},
                    CodeCase{"BritishOverseas", "GBO", "GBO"}, CodeCase{"Stateless", "XXA", "XXA"},
                    CodeCase{"Refugee", "XXB", "XXB"}, CodeCase{"Unspecified", "XXX", "XXX"},
                    CodeCase{"UnitedNations", "UNO", "UNO"}, CodeCase{"FirstSpecial", "EUE", "EUE"},
                    // Not across two rows of the table: "DAN" stands in "ADAND".
                    CodeCase{"InsideARow", "DAN", ""}, CodeCase{"AcrossRows", "DA", ""},
                    CodeCase{"UnassignedAlpha2", "ZZ", ""}, CodeCase{"UnassignedAlpha3", "ZZZ", ""},
                    CodeCase{"LowerCase", "gbr", ""}, CodeCase{"Empty", "", ""},
                    CodeCase{"Word", "France", ""}, CodeCase{"Blank", "GB ", ""}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
