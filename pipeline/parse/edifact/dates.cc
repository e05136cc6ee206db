#include "pipeline/parse/edifact/dates.h"

#include <string>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/scan.h"

namespace landfall::edifact {
namespace {

// Years of times that mean something here, so that no zone leads out of the years that can be written.
constexpr int kFirstYear = 1901, kLastYear = 2199;

// -1 for what is no number; 0 for an unknown part ("<<").
int Two(std::string_view text, std::size_t at) {
  const char a = text[at], b = text[at + 1];
  if (a == '<' && b == '<') return 0;
  if (a < '0' || a > '9' || b < '0' || b > '9') return -1;
  return (a - '0') * 10 + (b - '0');
}

}  // namespace

std::optional<Stamp> ParseStamp(std::string_view digits, bool partial) {
  const std::size_t size = digits.size();
  if (size != 6 && size != 8 && size != 10 && size != 12) return std::nullopt;
  const bool has_century = size == 8 || size == 12;
  Stamp stamp;
  std::size_t at = 0;
  const int first = Two(digits, at);
  if (first < 0 || digits[0] == '<') return std::nullopt;
  at += 2;
  if (has_century) {
    const int rest = Two(digits, at);
    if (rest < 0 || digits[2] == '<') return std::nullopt;
    at += 2;
    stamp.day.year = first * 100 + rest;
  } else {
    stamp.two_digit_year = first;
    stamp.day.year = 2000 + first;
  }
  stamp.day.month = Two(digits, at);
  stamp.day.day = Two(digits, at + 2);
  at += 4;
  const bool is_partial = stamp.day.month == 0 || stamp.day.day == 0;
  if (is_partial) {
    if (!partial || stamp.day.month < 0 || stamp.day.month > 12 || stamp.day.day < 0 || stamp.day.day > 31) {
      return std::nullopt;
    }
    stamp.day.day = 0;  // A day without its month says nothing.
  } else if (!IsValidDay(stamp.day.year, stamp.day.month, stamp.day.day) &&
             // 29 February is judged once the century is known.
             !(stamp.two_digit_year >= 0 && stamp.day.month == 2 && stamp.day.day == 29)) {
    return std::nullopt;
  }
  if (at == size) return stamp;
  if (stamp.day.year < kFirstYear || stamp.day.year > kLastYear) return std::nullopt;
  stamp.has_time = true;
  stamp.hour = Two(digits, at);
  stamp.minute = Two(digits, at + 2);
  if (stamp.hour < 0 || stamp.hour > 23 || stamp.minute < 0 || stamp.minute > 59) return std::nullopt;
  return stamp;
}

Instant ToUtc(const Stamp& stamp) {
  const Date day = MakeDate(stamp.day.year, stamp.day.month, stamp.day.day);
  return Instant{day.days * 86'400LL + stamp.hour * 3'600 + stamp.minute * 60};
}

std::optional<Instant> UtcInstant(std::string_view digits) {
  const std::optional<Stamp> stamp = ParseStamp(digits, false);
  if (!stamp || !stamp->has_time || !IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) return std::nullopt;
  return ToUtc(*stamp);
}

std::optional<Stamp> ParseDayFirst(std::string_view date, std::string_view time) {
  if (date.size() != 6 || (!time.empty() && time.size() != 4 && time.size() != 6)) return std::nullopt;
  char digits[10] = {date[4], date[5], date[2], date[3], date[0], date[1]};
  std::size_t size = 6;
  for (const char c : time.substr(0, 4)) digits[size++] = c;
  return ParseStamp({digits, size}, false);
}

std::optional<Stamp> ParseDayMonthName(std::string_view text) {
  constexpr std::string_view kMonths = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
  if (text.size() != 7 && text.size() != 9) return std::nullopt;
  std::string name;
  for (const char c : text.substr(2, 3)) name += Upper(c);
  const std::size_t month = kMonths.find(name);
  if (month == std::string_view::npos || month % 3 != 0) return std::nullopt;
  const std::string_view day = text.substr(0, 2), year = text.substr(5);
  return ParseStamp(absl::StrFormat("%s%02d%s", std::string(year), static_cast<int>(month / 3 + 1), std::string(day)), true);
}

bool LabelFits(std::string_view label, std::size_t digits) {
  if (label == "201") return digits == 10;
  if (label == "101") return digits == 6;
  if (label == "102") return digits == 8;
  if (label == "203") return digits == 12;
  return true;
}

}  // namespace landfall::edifact
