#include "pipeline/facts/ages.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Ages on the local day of arrival at the port.
struct AgeCase {
  std::string name;
  std::string from, to, departs_at, arrives_at;
  std::string born;
  std::string age, band, child;
  std::vector<std::string> findings;
};
class AgeOnArrival : public ::testing::TestWithParam<AgeCase> {};

TEST_P(AgeOnArrival, IsTakenAtThePort) {
  const AgeCase& of = GetParam();
  FlightBuilder flight;
  flight.Flies(of.from, of.to, of.departs_at, of.arrives_at);
  flight.CheckIn({Person("1").Named("QUILL", "ORLA").Born(of.born)});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Of("1", "pax.age"), of.age);
  EXPECT_EQ(facts.Of("1", "pax.age_band"), of.band);
  EXPECT_EQ(facts.Of("1", "pax.child"), of.child);
  EXPECT_EQ(facts.FindingsOf("1"), of.findings);
}

INSTANTIATE_TEST_SUITE_P(
    LanguageSection19, AgeOnArrival,
    ::testing::Values(
        AgeCase{"TheDayBeforeThe18thBirthday", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2008-11-23", "17",
                "16-17", "true"},
        AgeCase{"The18thBirthday", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2008-11-22", "18", "18-20",
                "false"},
        // In summer London is an hour ahead of UTC: 23:30Z is the next day there.
        AgeCase{"BirthdayAfterMidnightInLondonSummer", "LOS", "LHR", "2026-07-14T17:00:00Z", "2026-07-14T23:30:00Z",
                "2008-07-15", "18", "18-20", "false"},
        AgeCase{"TheMinuteBeforeMidnightInLondonSummer", "LOS", "LHR", "2026-07-14T16:00:00Z", "2026-07-14T22:59:00Z",
                "2008-07-15", "17", "16-17", "true"},
        AgeCase{"ADepartureIsTakenOnTheDayOfDeparture", "LHR", "SYD", "2026-11-21T20:00:00Z", "2026-11-22T20:00:00Z",
                "2008-11-22", "17", "16-17", "true"},
        AgeCase{"BornOn29FebruaryIsOlderOn1March", "LOS", "LHR", "2026-02-27T22:00:00Z", "2026-02-28T06:00:00Z", "2008-02-29",
                "17", "16-17", "true"},
        AgeCase{"BornOn29FebruaryOn1March", "LOS", "LHR", "2026-02-28T22:00:00Z", "2026-03-01T06:00:00Z", "2008-02-29", "18",
                "18-20", "false"},
        AgeCase{"BornOn29FebruaryInALeapYear", "LOS", "LHR", "2028-02-28T22:00:00Z", "2028-02-29T06:00:00Z", "2010-02-28",
                "18", "18-20", "false"},
        AgeCase{"AMonthThatLeavesOneAge", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2014-03", "12",
                "12-15", "true"},
        AgeCase{"AYearThatLeavesTwoAges", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2013", "unknown",
                "12-15", "true"},
        AgeCase{"AYearThatCrosses18IsAChild", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2008", "unknown",
                "unknown", "true"},
        AgeCase{"AYearWellAbove18", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "1980", "unknown", "adult",
                "false"},
        AgeCase{"ABandCrossedIsUnknown", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2021-11", "unknown",
                "unknown", "true"},
        // QXX is in no table: UTC, and a day either way.
        AgeCase{"AtAnUnknownPortTheDayAfterTomorrowIsOutside", "LOS", "QXX", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z",
                "2008-11-21", "18", "18-20", "false"},
        AgeCase{"AtAnUnknownPortThe18thBirthdayMayStillBeTomorrow", "LOS", "QXX", "2026-11-22T00:10:00Z",
                "2026-11-22T06:40:00Z", "2008-11-22", "unknown", "unknown", "true"},
        AgeCase{"AtAnUnknownPortABirthdayTomorrowMayBeToday", "LOS", "QXX", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z",
                "2008-11-23", "unknown", "unknown", "true"},
        AgeCase{"AnInfantUnderAYear", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2026-11-01", "0",
                "infant", "true"},
        AgeCase{"BornInTheYearOfTheFlight", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2026", "0",
                "infant", "true"},
        AgeCase{"BornAfterTheFlight", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "2031-01-01", "unknown",
                "unknown", "false", {"birth_date_future"}},
        AgeCase{"Aged110", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "1916-03-02", "110", "adult", "false"},
        AgeCase{"Aged111", "LOS", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z", "1915-03-02", "111", "adult", "false",
                {"age_over_110"}}),
    [](const auto& test) { return test.param.name; });

// East over the date line the local arrival lies before the local departure: the port's day counts.
TEST(AgeOnArrival, TheDateLineIsNoBirthday) {
  FlightBuilder flight;
  flight.configuration.own_country = CountryCode("USA");
  // Auckland 22 November 10:00 local to Honolulu 21 November 21:00 local.
  flight.Flies("AKL", "HNL", "2026-11-21T21:00:00Z", "2026-11-22T07:00:00Z");
  flight.CheckIn({Person("1").Named("QUILL", "ORLA").Born("2008-11-22"), Person("2").Named("QUILL", "IDA").Born("2008-11-21")});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Of("1", "pax.age"), "17");
  EXPECT_EQ(facts.Of("2", "pax.age"), "18");
  EXPECT_EQ(facts.Of("1", "flight.arrival_local_hour"), "21");
}

struct SignCase {
  std::string name;
  std::string field, json;
  std::string child, source;
};
class WithoutABirthDate : public ::testing::TestWithParam<SignCase> {};

TEST_P(WithoutABirthDate, OtherSignsTellAChild) {
  FlightBuilder flight;
  Person person = Person("1").Named("QUILL", "ORLA");
  if (!GetParam().field.empty()) person.Set(GetParam().field, GetParam().json);
  flight.CheckIn({person});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Of("1", "pax.child"), GetParam().child);
  EXPECT_EQ(facts.Of("1", "pax.age"), "unknown");
  EXPECT_EQ(facts.Of("1", "pax.age_band"), "unknown");
  EXPECT_EQ(facts.SourceOf("1", "pax.child"), GetParam().source);
  EXPECT_THAT(facts.FindingsOf("1"), ElementsAre("birth_date_missing"));
}

INSTANTIATE_TEST_SUITE_P(LanguageSection19, WithoutABirthDate,
                         ::testing::Values(SignCase{"NothingElse", "", "", "false", "no birth date"},
                                           SignCase{"ChildFare", "fare", "\"child\"", "true", "fare child"},
                                           SignCase{"InfantFare", "fare", "\"infant\"", "true", "fare infant"},
                                           SignCase{"AdultFare", "fare", "\"adult\"", "false", "no birth date"},
                                           SignCase{"Umnr", "services", "[\"UMNR\"]", "true", "service UMNR"},
                                           SignCase{"Chld", "services", "[\"CHLD\"]", "true", "service CHLD"},
                                           SignCase{"Inft", "services", "[\"INFT\"]", "true", "service INFT"},
                                           SignCase{"AnotherService", "services", "[\"WCHR\"]", "false", "no birth date"},
                                           SignCase{"StatedAge17", "stated_age", "17", "true", "stated age 17"},
                                           SignCase{"StatedAge18", "stated_age", "18", "false", "no birth date"}),
                         [](const auto& test) { return test.param.name; });

TEST(CheckAge, WhoMayBeAChildIsKeptApartFromWhoIs) {
  const Date day = MakeDate(2026, 11, 22);
  Traveller adult;
  adult.date_of_birth = PartialDate{1980, 5, 6};
  EXPECT_FALSE(CheckAge(adult, day, day).may_be_child);
  adult.fare = Fare::kChild;
  EXPECT_TRUE(CheckAge(adult, day, day).may_be_child) << "a disputed age";
  EXPECT_FALSE(CheckAge(adult, day, day).is_child);
  adult.fare.reset();
  adult.services = {"INFT"};
  EXPECT_FALSE(CheckAge(adult, day, day).may_be_child) << "carries an infant";
  adult.date_of_birth.reset();
  adult.services.clear();
  EXPECT_TRUE(CheckAge(adult, day, day).may_be_child) << "nothing is known";
  adult.stated_age = 34;
  EXPECT_FALSE(CheckAge(adult, day, day).may_be_child);
  adult.date_of_birth = PartialDate{1910, 1, 1};
  EXPECT_TRUE(CheckAge(adult, day, day).may_be_child) << "perhaps the century is wrong";
}

TEST(AgeConflict, BirthDatesDisagreeUnlessOneIsTheFirstOfJanuary) {
  const auto disagree = [](const char* a, const char* b) {
    const std::optional<bool> value = BirthDatesDisagree(ParsePartialDate(a), ParsePartialDate(b));
    return value ? (*value ? "true" : "false") : "unknown";
  };
  EXPECT_STREQ(disagree("2014-03-02", "2014-03-02"), "false");
  EXPECT_STREQ(disagree("2014-03-02", "2014-03-03"), "true");
  EXPECT_STREQ(disagree("2014-03-02", "2014-03"), "false");
  EXPECT_STREQ(disagree("2014-03-02", "2014-04"), "true");
  EXPECT_STREQ(disagree("2014-01-01", "2014-07-09"), "false");
  EXPECT_STREQ(disagree("2006-01-01", "2014-07-09"), "true");
  EXPECT_STREQ(disagree("", "2014-07-09"), "unknown");
}

struct FareCase {
  std::string name;
  std::optional<Fare> fare;
  std::optional<int> stated_age;
  AgeRange age;
  std::string expected;
  std::vector<std::string> services = {};
};
class FareAgainstAge : public ::testing::TestWithParam<FareCase> {};

TEST_P(FareAgainstAge, Contradicts) {
  Traveller traveller;
  traveller.fare = GetParam().fare;
  traveller.stated_age = GetParam().stated_age;
  traveller.services = GetParam().services;
  const std::optional<bool> value = FareContradicts(traveller, GetParam().age);
  EXPECT_EQ(value ? (*value ? "true" : "false") : "unknown", GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    LanguageSchema, FareAgainstAge,
    ::testing::Values(FareCase{"NothingToCompare", {}, {}, {30, 30}, "unknown"},
                      FareCase{"ChildFareAnAdult", Fare::kChild, {}, {18, 18}, "true"},
                      FareCase{"ChildFareMayBe17", Fare::kChild, {}, {17, 18}, "false"},
                      FareCase{"InfantFareAnAdult", Fare::kInfant, {}, {30, 30}, "true"},
                      FareCase{"AdultFareAChildOf8", Fare::kAdult, {}, {8, 8}, "true"},
                      FareCase{"AdultFareAnUnaccompaniedMinorOf8", Fare::kAdult, {}, {8, 8}, "false", {"UMNR"}},
                      FareCase{"AdultFareFrom12", Fare::kAdult, {}, {12, 12}, "false"},
                      FareCase{"StatedChildBornAdult", {}, 8, {20, 20}, "true"},
                      FareCase{"StatedAdultBornChild", {}, 20, {16, 16}, "true"},
                      FareCase{"StatedAYearOff", {}, 8, {9, 9}, "false"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
