#include "pipeline/facts/visa_requirement.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

using ::testing::HasSubstr;

constexpr std::string_view kTable =
    "# illustrative\n"
    "nationality,document,from,until\n"
    "UTO,,,\n"
    "\n"
    "!UTO,F,,\n"
    "XXA, P ,2026-01-01,2026-12-31\r\n";

struct Case {
  std::string name, nationality, document;
  Date on;
  std::string expected;
};
class VisaRequired : public ::testing::TestWithParam<Case> {};

TEST_P(VisaRequired, ByTheTable) {
  const auto table = ParseVisaRequirements(kTable);
  ASSERT_TRUE(table.ok()) << table.status();
  Traveller traveller;
  traveller.nationality = CountryCode(GetParam().nationality);
  if (!GetParam().document.empty()) traveller.documents.push_back({GetParam().document, "A1", {}, {}, {}, ""});
  const std::optional<bool> required = IsVisaRequired(traveller, GetParam().on, *table);
  EXPECT_EQ(required ? (*required ? "true" : "false") : "unknown", GetParam().expected);
}

const Date kDay = MakeDate(2026, 11, 22);

INSTANTIATE_TEST_SUITE_P(Rows, VisaRequired,
                         ::testing::Values(Case{"ByNationality", "UTO", "P", kDay, "true"},
                                           Case{"WithoutADocument", "UTO", "", kDay, "true"},
                                           Case{"AnExemptRow", "UTO", "F", kDay, "false"},
                                           Case{"AResidencePermit", "UTO", "R", kDay, "false"},
                                           Case{"NotInTheTable", "FRA", "P", kDay, "false"},
                                           Case{"NoNationality", "", "P", kDay, "unknown"},
                                           Case{"AResidencePermitWithoutNationality", "", "R", kDay, "false"},
                                           Case{"TheDocumentTypeCounts", "XXA", "I", kDay, "false"},
                                           Case{"InForce", "XXA", "P", kDay, "true"},
                                           Case{"OnTheFirstDay", "XXA", "P", MakeDate(2026, 1, 1), "true"},
                                           Case{"TheDayBefore", "XXA", "P", MakeDate(2025, 12, 31), "false"},
                                           Case{"OnTheLastDay", "XXA", "P", MakeDate(2026, 12, 31), "true"},
                                           Case{"TheDayAfter", "XXA", "P", MakeDate(2027, 1, 1), "false"}),
                         [](const auto& test) { return test.param.name; });

TEST(VisaRequirements, WithoutATableNothingIsKnown) {
  Traveller traveller;
  traveller.nationality = CountryCode("UTO");
  EXPECT_EQ(IsVisaRequired(traveller, kDay, {}), std::nullopt);
}

TEST(VisaRequirements, AnErrorNamesItsLine) {
  const std::pair<const char*, const char*> kBad[] = {
      {"UTO,,,\nUTO,,\n", "line 2: 3 columns"},
      {"UTO,,,,\n", "line 1: 5 columns"},
      {"# x\nnationality,document,from,until\nZZQ,,,\n", "line 3: 'ZZQ' is no country code"},
      {"UTO,,2026-13-01,\n", "line 1: '2026-13-01' is no date"},
      {"UTO,,,2026\n", "line 1: '2026' is no date"},
  };
  for (const auto& [text, problem] : kBad) {
    const auto table = ParseVisaRequirements(text);
    ASSERT_FALSE(table.ok()) << text;
    EXPECT_THAT(std::string(table.status().message()), HasSubstr(problem));
  }
}

}  // namespace
}  // namespace landfall
