#include "pipeline/facts/payer.h"

#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

struct Case {
  std::string name, payer, surname, given_names, expected;
};
class Payer : public ::testing::TestWithParam<Case> {};

TEST_P(Payer, IsNamed) {
  const std::optional<bool> value = IsPayerNamed(GetParam().payer, GetParam().surname, GetParam().given_names);
  EXPECT_EQ(value ? (*value ? "true" : "false") : "unknown", GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(Names, Payer,
                         ::testing::Values(Case{"InFull", "AMINA BRANDT", "BRANDT", "AMINA", "true"},
                                           Case{"AsOnACard", "MRS A BRANDT", "BRANDT", "AMINA", "true"},
                                           Case{"Initial", "A BRANDT", "BRANDT", "AMINA", "true"},
                                           Case{"AsInABooking", "BRANDT/AMINA MS", "BRANDT", "AMINA", "true"},
                                           Case{"OfTwoGivenNamesOne", "OLA BRANDT", "BRANDT", "AMINA OLA", "true"},
                                           Case{"AnotherInitial", "U BRANDT", "BRANDT", "AMINA", "false"},
                                           Case{"AnotherFamily", "AMINA VOSS", "BRANDT", "AMINA", "false"},
                                           Case{"AFamilyNameAlone", "BRANDT", "BRANDT", "AMINA", "unknown"},
                                           Case{"InitialsAlone", "A B", "BRANDT", "AMINA", "unknown"},
                                           Case{"OneNameForTwoWords", "A AMINA", "BRANDT", "AMINA", "false"},
                                           Case{"NobodyPaid", "", "BRANDT", "AMINA", "unknown"},
                                           Case{"NobodyNamed", "A BRANDT", "", "", "unknown"}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
