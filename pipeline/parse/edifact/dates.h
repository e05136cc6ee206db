#pragma once

#include <optional>
#include <string_view>

#include "model/date.h"

namespace landfall::edifact {

// A date, or date and time, as digits: YYMMDD, CCYYMMDD, YYMMDDHHMM or CCYYMMDDHHMM. Two-digit years are of this century.
struct Stamp {
  int two_digit_year = -1;  // Where the year had two digits.
  CivilDay day;             // Month and day 0 where they are not known ("00" or "<<").
  int hour = 0;
  int minute = 0;
  bool has_time = false;
};
// nullopt for what is none, an impossible day included (29 February of a two-digit year is judged by the caller, who knows
// the century), or a time of a year that no flight is of. `partial` allows an unknown month or day.
std::optional<Stamp> ParseStamp(std::string_view digits, bool partial);
// The instant of a stamp that is UTC; of a date alone its midnight. The day must be valid.
Instant ToUtc(const Stamp& stamp);
// The instant of a date and time that is UTC; nullopt for what is none.
std::optional<Instant> UtcInstant(std::string_view digits);

// DDMMYY of PNRGOV, and HHMM or HHMMSS (seconds are dropped) or nothing, as ParseStamp reads YYMMDD. Years are of this
// century.
std::optional<Stamp> ParseDayFirst(std::string_view date, std::string_view time);
// DDMMMYY or DDMMMCCYY ("02MAR14"), as in service requests. 00 for the day: it is not known.
std::optional<Stamp> ParseDayMonthName(std::string_view text);

// True if a format label (201, 101, 102, 203) fits the number of digits; also if there is no label.
bool LabelFits(std::string_view label, std::size_t digits);

}  // namespace landfall::edifact
