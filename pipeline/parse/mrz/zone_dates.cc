#include "pipeline/parse/mrz/zone_dates.h"

namespace landfall::mrz {
namespace {

constexpr int kUnknown = -1;
constexpr int kCentury = 2000;
// No document issued in this century ends from this year on, but those without limit (991231) do.
constexpr int kFirstYearOfNoLimit = 80;
// Of births, where no expiry tells. Any year would do that is not far behind or ahead of the clock.
constexpr int kLastYearWithoutExpiry = 2029;

int Two(std::string_view text, std::size_t at) {
  return text[at] == '<' ? kUnknown : (text[at] - '0') * 10 + (text[at + 1] - '0');
}

struct Parts {
  int year, month, day;  // kUnknown where they are not known.
};

Parts PartsOf(std::string_view text) {
  Parts parts{Two(text, 0), Two(text, 2), Two(text, 4)};
  // Some issuers write zeros for what they do not know.
  if (parts.month == 0) parts.month = kUnknown;
  if (parts.day == 0 || parts.month == kUnknown) parts.day = kUnknown;  // A day without its month says nothing.
  return parts;
}

}  // namespace

std::optional<Date> ReadExpiry(std::string_view text) {
  const Parts parts = PartsOf(text);
  if (parts.year == kUnknown || !IsValidDay(kCentury + parts.year, parts.month, parts.day)) return std::nullopt;
  return MakeDate(kCentury + parts.year, parts.month, parts.day);
}

Date BirthReference(std::string_view expiry) {
  const int year = PartsOf(expiry).year;
  if (year == kUnknown || year >= kFirstYearOfNoLimit) return MakeDate(kLastYearWithoutExpiry, 12, 31);
  const std::optional<Date> date = ReadExpiry(expiry);
  return date ? *date : MakeDate(kCentury + year, 12, 31);
}

std::optional<PartialDate> ReadBirth(std::string_view text, Date reference) {
  Parts parts = PartsOf(text);
  if (parts.year == kUnknown) return std::nullopt;
  if (parts.month == kUnknown) parts.month = 0;
  if (parts.day == kUnknown) parts.day = 0;
  const int year = PivotBirthYear(parts.year, parts.month, parts.day, reference);
  if (!IsValidDay(year, parts.month == 0 ? 1 : parts.month, parts.day == 0 ? 1 : parts.day)) return std::nullopt;
  return PartialDate{static_cast<std::int16_t>(year), static_cast<std::uint8_t>(parts.month),
                     static_cast<std::uint8_t>(parts.day)};
}

}  // namespace landfall::mrz
