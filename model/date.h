#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace landfall {

// A day of the proleptic Gregorian calendar, as days since 1970-01-01.
struct Date {
  std::int32_t days = 0;

  friend auto operator<=>(const Date&, const Date&) = default;
};

struct CivilDay {
  int year = 1970;
  int month = 1;
  int day = 1;
};

bool IsValidDay(int year, int month, int day);
Date MakeDate(int year, int month, int day);  // The day must be valid.
CivilDay ToCivil(Date date);
std::string ToString(Date date);  // 2026-11-22
// "2026-11-22"; nullopt for anything else, a day that does not exist included.
std::optional<Date> ParseDate(std::string_view text);

// A date of which the day, or month and day, may be unknown (0).
struct PartialDate {
  std::int16_t year = 0;
  std::uint8_t month = 0;
  std::uint8_t day = 0;

  bool IsWhole() const { return day != 0; }
  Date Earliest() const;
  Date Latest() const;

  friend auto operator<=>(const PartialDate&, const PartialDate&) = default;
};

PartialDate ToPartial(Date date);
std::string ToString(PartialDate date);  // 2014, 2014-03 or 2014-03-02
// "2014", "2014-03", "2014-03-02"; nullopt for anything else.
std::optional<PartialDate> ParsePartialDate(std::string_view text);
// True if some day fits both: "2014" and "2014-03-02" do, "2014-04" and "2014-03-02" do not.
bool Compatible(PartialDate a, PartialDate b);

// Completed years on `on`. Born on 29 February: a year older on 1 March in common years (England).
// Negative for a birth after `on`.
int AgeInYears(Date birth, Date on);

// The ages that are possible, both ends included.
struct AgeRange {
  int youngest = 0;
  int oldest = 0;

  friend bool operator==(const AgeRange&, const AgeRange&) = default;
};
// The ages a partial birth date leaves open over the days from..to (equal where the day is known).
AgeRange AgesBetween(PartialDate birth, Date from, Date to);

// A two-digit year read on the date of the flight: the latest year that does not lie after `flight`.
// ("19" is 1919 on a flight in 2018 and 2019 on one in 2020.) The month and day decide inside the flight's own year.
int PivotBirthYear(int two_digits, int month, int day, Date flight);

// A point in time, as seconds since 1970-01-01T00:00:00Z.
struct Instant {
  std::int64_t seconds = 0;

  friend auto operator<=>(const Instant&, const Instant&) = default;
};

std::string ToString(Instant instant);  // 2026-11-22T06:40:00Z
inline double HoursBetween(Instant from, Instant to) {
  return static_cast<double>(to.seconds - from.seconds) / 3600.0;
}

}  // namespace landfall
