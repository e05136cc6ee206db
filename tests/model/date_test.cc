#include "model/date.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace landfall {
namespace {

TEST(DateTest, CountsDaysAsASlowCalendarDoes) {
  static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::int32_t days = MakeDate(1600, 1, 1).days;
  for (int year = 1600; year < 2400; ++year) {
    const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    for (int month = 1; month <= 12; ++month) {
      const int last = kDays[month - 1] + (month == 2 && is_leap ? 1 : 0);
      for (int day = 1; day <= last; ++day, ++days) {
        ASSERT_EQ(MakeDate(year, month, day).days, days);
        const CivilDay civil = ToCivil({days});
        ASSERT_TRUE(civil.year == year && civil.month == month && civil.day == day) << days;
      }
      ASSERT_TRUE(IsValidDay(year, month, last));
      ASSERT_FALSE(IsValidDay(year, month, last + 1));
    }
  }
  EXPECT_EQ(MakeDate(1970, 1, 1).days, 0);
}

TEST(DateTest, ReadsWhatItWrites) {
  for (std::int32_t days = MakeDate(1, 1, 1).days; days < MakeDate(9999, 12, 31).days; days += 97) {
    ASSERT_EQ(ParseDate(ToString(Date{days})), Date{days});
    ASSERT_EQ(ParsePartialDate(ToString(ToPartial({days}))), ToPartial({days}));
  }
}

struct ParseCase {
  std::string name, text;
  bool whole, partial;
};

class ParseDateTest : public testing::TestWithParam<ParseCase> {};

TEST_P(ParseDateTest, TakesOrRefuses) {
  const ParseCase& test = GetParam();
  EXPECT_EQ(ParseDate(test.text).has_value(), test.whole);
  const std::optional<PartialDate> partial = ParsePartialDate(test.text);
  ASSERT_EQ(partial.has_value(), test.partial);
  if (partial) {
    EXPECT_EQ(ToString(*partial), test.text);
  }
}

INSTANTIATE_TEST_SUITE_P(Iso8601, ParseDateTest,
                         testing::Values(ParseCase{"Day", "2026-11-22", true, true},
                                         ParseCase{"LeapDay", "2024-02-29", true, true},
                                         ParseCase{"LeapDayOf400", "2000-02-29", true, true},
                                         ParseCase{"Month", "2014-03", false, true},
                                         ParseCase{"Year", "2014", false, true},
                                         ParseCase{"FirstDay", "0001-01-01", true, true},
                                         ParseCase{"LastDay", "9999-12-31", true, true},
                                         ParseCase{"NoLeapDay", "2023-02-29", false, false},
                                         ParseCase{"NoLeapDayOf100", "1900-02-29", false, false},
                                         ParseCase{"Month13", "2014-13-02", false, false},
                                         ParseCase{"Month00", "2014-00-02", false, false},
                                         ParseCase{"Day00", "2014-03-00", false, false},
                                         ParseCase{"Day31OfApril", "2014-04-31", false, false},
                                         ParseCase{"PartialMonth13", "2014-13", false, false},
                                         ParseCase{"Year0", "0000", false, false},
                                         ParseCase{"Empty", "", false, false},
                                         ParseCase{"Short", "2014-3-2", false, false},
                                         ParseCase{"Slashes", "2014/03/02", false, false},
                                         ParseCase{"SecondSlash", "2014-03/02", false, false},
                                         ParseCase{"Letters", "2O14-03-02", false, false},
                                         ParseCase{"Sign", "-014-03-02", false, false},
                                         ParseCase{"Blank", "2014-03- 2", false, false},
                                         ParseCase{"Tail", "2014-03-02 ", false, false},
                                         ParseCase{"Time", "2014-03-02T00:00", false, false}),
                         [](const auto& test) { return test.param.name; });

struct AgeCase {
  std::string name;
  Date birth, on;
  int age;
};

class AgeTest : public testing::TestWithParam<AgeCase> {};

TEST_P(AgeTest, IsInCompletedYears) {
  EXPECT_EQ(AgeInYears(GetParam().birth, GetParam().on), GetParam().age);
}

INSTANTIATE_TEST_SUITE_P(
    England, AgeTest,
    testing::Values(
        AgeCase{"DayBeforeBirthday", MakeDate(2008, 11, 23), MakeDate(2026, 11, 22), 17},
        AgeCase{"Birthday", MakeDate(2008, 11, 22), MakeDate(2026, 11, 22), 18},
        AgeCase{"BornOnTheDay", MakeDate(2026, 11, 22), MakeDate(2026, 11, 22), 0},
        AgeCase{"BornTheDayAfter", MakeDate(2026, 11, 23), MakeDate(2026, 11, 22), -1},
        AgeCase{"MonthBefore", MakeDate(2008, 12, 1), MakeDate(2026, 11, 30), 17},
        // Born on 29 February: a year older on 1 March in common years.
        AgeCase{"LeapDayOn28FebruaryOfACommonYear", MakeDate(2008, 2, 29), MakeDate(2026, 2, 28),
                17},
        AgeCase{"LeapDayOn1MarchOfACommonYear", MakeDate(2008, 2, 29), MakeDate(2026, 3, 1), 18},
        AgeCase{"LeapDayOn28FebruaryOfALeapYear", MakeDate(2008, 2, 29), MakeDate(2024, 2, 28), 15},
        AgeCase{"LeapDayOn29February", MakeDate(2008, 2, 29), MakeDate(2024, 2, 29), 16},
        AgeCase{"BornOn28FebruaryOn28February", MakeDate(2008, 2, 28), MakeDate(2026, 2, 28), 18},
        AgeCase{"BornOn1MarchOn29February", MakeDate(2008, 3, 1), MakeDate(2024, 2, 29), 15},
        AgeCase{"Century", MakeDate(1926, 11, 22), MakeDate(2026, 11, 22), 100}),
    [](const auto& test) { return test.param.name; });

TEST(AgesBetweenTest, APartialBirthDateIsARange) {
  const Date on = MakeDate(2026, 11, 22);
  EXPECT_EQ(AgesBetween({2008, 11, 22}, on, on), (AgeRange{18, 18}));
  EXPECT_EQ(AgesBetween({2008, 11, 0}, on, on), (AgeRange{17, 18}));
  EXPECT_EQ(AgesBetween({2008, 3, 0}, on, on), (AgeRange{18, 18}));
  EXPECT_EQ(AgesBetween({2008, 0, 0}, on, on), (AgeRange{17, 18}));
  // A port whose zone is not known: a day on either side.
  EXPECT_EQ(AgesBetween({2008, 11, 23}, {on.days - 1}, {on.days + 1}), (AgeRange{17, 18}));
}

TEST(AgesBetweenTest, HoldsTheAgeOfEveryDayThatFits) {
  std::mt19937 random(3);
  for (int i = 0; i < 20'000; ++i) {
    const Date birth{MakeDate(1950, 1, 1).days + static_cast<std::int32_t>(random() % 28'000)};
    const Date on{birth.days + static_cast<std::int32_t>(random() % 20'000)};
    PartialDate partial = ToPartial(birth);
    if (random() % 2 == 0) partial.day = 0;
    if (partial.day == 0 && random() % 2 == 0) partial.month = 0;
    ASSERT_TRUE(Compatible(partial, ToPartial(birth)));
    const AgeRange range = AgesBetween(partial, on, on);
    ASSERT_LE(range.youngest, AgeInYears(birth, on));
    ASSERT_GE(range.oldest, AgeInYears(birth, on));
    ASSERT_LE(range.oldest - range.youngest, 1);
  }
}

TEST(PartialDateTest, EarliestAndLatest) {
  EXPECT_EQ((PartialDate{2024, 2, 0}).Earliest(), MakeDate(2024, 2, 1));
  EXPECT_EQ((PartialDate{2024, 2, 0}).Latest(), MakeDate(2024, 2, 29));
  EXPECT_EQ((PartialDate{2023, 2, 0}).Latest(), MakeDate(2023, 2, 28));
  EXPECT_EQ((PartialDate{2023, 0, 0}).Earliest(), MakeDate(2023, 1, 1));
  EXPECT_EQ((PartialDate{2023, 0, 0}).Latest(), MakeDate(2023, 12, 31));
}

TEST(PartialDateTest, CompatibleWhereSomeDayFitsBoth) {
  EXPECT_TRUE(Compatible({2014, 0, 0}, {2014, 3, 2}));
  EXPECT_TRUE(Compatible({2014, 3, 0}, {2014, 3, 2}));
  EXPECT_TRUE(Compatible({2014, 3, 2}, {2014, 3, 2}));
  EXPECT_TRUE(Compatible({2014, 3, 0}, {2014, 0, 0}));
  EXPECT_FALSE(Compatible({2014, 4, 0}, {2014, 3, 2}));
  EXPECT_FALSE(Compatible({2013, 0, 0}, {2014, 3, 2}));
  EXPECT_FALSE(Compatible({2014, 3, 1}, {2014, 3, 2}));
}

struct PivotCase {
  std::string name;
  int two_digits, month, day;
  Date flight;
  int year;
};

class PivotBirthYearTest : public testing::TestWithParam<PivotCase> {};

TEST_P(PivotBirthYearTest, IsTheLatestThatDoesNotLieAfterTheFlight) {
  const PivotCase& test = GetParam();
  EXPECT_EQ(PivotBirthYear(test.two_digits, test.month, test.day, test.flight), test.year);
}

INSTANTIATE_TEST_SUITE_P(
    OnTheDateOfTheFlight, PivotBirthYearTest,
    testing::Values(PivotCase{"Old", 74, 8, 12, MakeDate(2026, 11, 22), 1974},
                    PivotCase{"Child", 14, 3, 2, MakeDate(2026, 11, 22), 2014},
                    PivotCase{"OldFlight", 19, 5, 1, MakeDate(2018, 6, 1), 1919},
                    PivotCase{"LaterFlight", 19, 5, 1, MakeDate(2020, 6, 1), 2019},
                    PivotCase{"BornOnTheDay", 26, 11, 22, MakeDate(2026, 11, 22), 2026},
                    PivotCase{"DayAfterTheFlight", 26, 11, 23, MakeDate(2026, 11, 22), 1926},
                    PivotCase{"MonthAfterTheFlight", 26, 12, 1, MakeDate(2026, 11, 22), 1926},
                    PivotCase{"MonthBeforeTheFlight", 26, 10, 31, MakeDate(2026, 11, 22), 2026},
                    PivotCase{"YearZero", 0, 1, 1, MakeDate(2026, 11, 22), 2000}),
    [](const auto& test) { return test.param.name; });

TEST(InstantTest, PrintsUtc) {
  EXPECT_EQ(ToString(Instant{0}), "1970-01-01T00:00:00Z");
  EXPECT_EQ(ToString(Instant{1'795'329'600}), "2026-11-22T06:40:00Z");
  EXPECT_EQ(ToString(Instant{-1}), "1969-12-31T23:59:59Z");
  EXPECT_EQ(ToString(Instant{-86'400}), "1969-12-31T00:00:00Z");
  EXPECT_EQ(ToString(Instant{-86'401}), "1969-12-30T23:59:59Z");
}

TEST(InstantTest, HoursBetween) { EXPECT_DOUBLE_EQ(HoursBetween({3600}, {3600 * 3 + 1800}), 2.5); }

}  // namespace
}  // namespace landfall
