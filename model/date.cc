#include "model/date.h"

#include <array>
#include <cstddef>

namespace landfall {
namespace {

constexpr bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

// The digits of `text` as a number; nullopt if anything else stands there.
std::optional<int> Digits(std::string_view text) {
  int number = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + (c - '0');
  }
  return number;
}

// Writes `digits` decimal digits of `number` at `to`.
void PutDigits(char* to, int digits, int number) {
  for (int i = digits - 1; i >= 0; --i, number /= 10) to[i] = static_cast<char>('0' + number % 10);
}

}  // namespace

bool IsValidDay(int year, int month, int day) {
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 && day <= DaysInMonth(year, month);
}

// Days from civil and back, after Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March,
// so that the leap day comes last.
Date MakeDate(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return {era * 146'097 + day_of_era - 719'468};
}

CivilDay ToCivil(Date date) {
  const int days = date.days + 719'468;
  const int era = (days >= 0 ? days : days - 146'096) / 146'097;
  const int day_of_era = days - era * 146'097;
  const int year_of_era = (day_of_era - day_of_era / 1'460 + day_of_era / 36'524 - day_of_era / 146'096) / 365;
  const int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int shifted_month = (5 * day_of_year + 2) / 153;
  const int month = shifted_month + (shifted_month < 10 ? 3 : -9);
  return {year_of_era + era * 400 + (month <= 2 ? 1 : 0), month, day_of_year - (153 * shifted_month + 2) / 5 + 1};
}

std::string ToString(Date date) {
  const CivilDay civil = ToCivil(date);
  std::string text = "0000-00-00";
  PutDigits(text.data(), 4, civil.year);
  PutDigits(text.data() + 5, 2, civil.month);
  PutDigits(text.data() + 8, 2, civil.day);
  return text;
}

std::optional<Date> ParseDate(std::string_view text) {
  const std::optional<PartialDate> date = ParsePartialDate(text);
  if (!date || !date->IsWhole()) return std::nullopt;
  return MakeDate(date->year, date->month, date->day);
}

Date PartialDate::Earliest() const { return MakeDate(year, month == 0 ? 1 : month, day == 0 ? 1 : day); }

Date PartialDate::Latest() const {
  const int last_month = month == 0 ? 12 : month;
  return MakeDate(year, last_month, day == 0 ? DaysInMonth(year, last_month) : day);
}

PartialDate ToPartial(Date date) {
  const CivilDay civil = ToCivil(date);
  return {static_cast<std::int16_t>(civil.year), static_cast<std::uint8_t>(civil.month),
          static_cast<std::uint8_t>(civil.day)};
}

std::string ToString(PartialDate date) {
  std::string text = "0000-00-00";
  PutDigits(text.data(), 4, date.year);
  PutDigits(text.data() + 5, 2, date.month);
  PutDigits(text.data() + 8, 2, date.day);
  text.resize(date.month == 0 ? 4 : date.day == 0 ? 7 : 10);
  return text;
}

std::optional<PartialDate> ParsePartialDate(std::string_view text) {
  const std::size_t size = text.size();
  if (size != 4 && size != 7 && size != 10) return std::nullopt;
  if ((size > 4 && text[4] != '-') || (size > 7 && text[7] != '-')) return std::nullopt;
  const std::optional<int> year = Digits(text.substr(0, 4));
  const std::optional<int> month = size > 4 ? Digits(text.substr(5, 2)) : 1;
  const std::optional<int> day = size > 7 ? Digits(text.substr(8, 2)) : 1;
  if (!year || !month || !day || !IsValidDay(*year, *month, *day)) return std::nullopt;
  return PartialDate{static_cast<std::int16_t>(*year), static_cast<std::uint8_t>(size > 4 ? *month : 0),
                     static_cast<std::uint8_t>(size > 7 ? *day : 0)};
}

bool Compatible(PartialDate a, PartialDate b) {
  return a.Earliest() <= b.Latest() && b.Earliest() <= a.Latest();
}

int AgeInYears(Date birth, Date on) {
  const CivilDay born = ToCivil(birth), today = ToCivil(on);
  // Born on 29 February, a common year's 28 February is still the day before.
  const bool before_birthday = today.month < born.month || (today.month == born.month && today.day < born.day);
  return today.year - born.year - (before_birthday ? 1 : 0);
}

AgeRange AgesBetween(PartialDate birth, Date from, Date to) {
  return {AgeInYears(birth.Latest(), from), AgeInYears(birth.Earliest(), to)};
}

int PivotBirthYear(int two_digits, int month, int day, Date flight) {
  const CivilDay on = ToCivil(flight);
  const int year = on.year / 100 * 100 + two_digits;
  const bool is_later = year > on.year || (year == on.year && (month > on.month || (month == on.month && day > on.day)));
  return is_later ? year - 100 : year;
}

std::string ToString(Instant instant) {
  const std::int64_t days = instant.seconds / 86'400 - (instant.seconds % 86'400 < 0 ? 1 : 0);
  const int second_of_day = static_cast<int>(instant.seconds - days * 86'400);
  std::string text = ToString(Date{static_cast<std::int32_t>(days)}) + "T00:00:00Z";
  PutDigits(text.data() + 11, 2, second_of_day / 3'600);
  PutDigits(text.data() + 14, 2, second_of_day / 60 % 60);
  PutDigits(text.data() + 17, 2, second_of_day % 60);
  return text;
}

}  // namespace landfall
