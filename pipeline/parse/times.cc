#include "pipeline/parse/times.h"

#include <algorithm>
#include <cctype>

#include "absl/strings/str_format.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
char ToUpper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// What of a hostile text goes into a finding.
std::string Quoted(std::string_view text) { return std::string(text.substr(0, 60)); }

// Reads exactly `digits` digits at `at`; -1 if there are none.
int Number(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return -1;
  int number = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (!IsDigit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

struct WallClock {
  CivilDay day;
  int hour = 0, minute = 0, second = 0;
  std::optional<int> offset_minutes;
};

// "+01:00", "-0530", "Z"; nullopt for anything else.
std::optional<int> ParseOffset(std::string_view text) {
  if (text == "Z" || text == "z") return 0;
  if (text.size() < 5 || (text[0] != '+' && text[0] != '-')) return std::nullopt;
  const bool has_colon = text[3] == ':';
  const int hours = Number(text, 1, 2), minutes = Number(text, has_colon ? 4 : 3, 2);
  if (text.size() != (has_colon ? 6u : 5u) || hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    return std::nullopt;
  }
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<WallClock> ParseWallClock(std::string_view text) {
  if (text.size() < 16 || text[4] != '-' || text[7] != '-' || text[13] != ':' ||
      (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
    return std::nullopt;
  }
  WallClock clock;
  clock.day = {Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2)};
  clock.hour = Number(text, 11, 2);
  clock.minute = Number(text, 14, 2);
  std::size_t at = 16;
  if (at < text.size() && text[at] == ':') {
    clock.second = Number(text, 17, 2);
    at = 19;
    // Fractions of a second are dropped.
    if (at < text.size() && text[at] == '.') {
      for (++at; at < text.size() && IsDigit(text[at]);) ++at;
    }
  }
  // RFC 3339 allows a leap second: it is read as the second before.
  if (clock.second == 60) clock.second = 59;
  if (!IsValidDay(clock.day.year, clock.day.month, clock.day.day) || clock.hour < 0 || clock.hour > 23 ||
      clock.minute < 0 || clock.minute > 59 || clock.second < 0 || clock.second > 59) {
    return std::nullopt;
  }
  if (at < text.size()) {
    clock.offset_minutes = ParseOffset(text.substr(at));
    if (!clock.offset_minutes) return std::nullopt;
  }
  return clock;
}

}  // namespace

void FindingPlace::Add(FindingCode code, std::string problem) const {
  // A sender that errs in every field cannot fill memory.
  constexpr std::size_t kFindingsKept = 1'000;
  if (findings == nullptr || findings->size() >= kFindingsKept) return;
  findings->push_back({std::string(traveller), std::string(field), code, std::move(problem)});
}

Instant AtAirport(CivilDay day, int hour, int minute, int second, AirportCode airport, const FindingPlace& place) {
  const LocalTimeResult local = FromLocal(day, hour, minute, second, ZoneOf(airport));
  if (local.repeated) place.Add(FindingCode::kTimeRepeated, "the hour occurs twice there: its first is meant");
  if (local.skipped) place.Add(FindingCode::kTimeSkipped, "the hour does not occur there: the clock goes forward");
  return local.instant;
}

std::optional<Instant> ParseTime(std::string_view text, AirportCode airport, const FindingPlace& place) {
  const std::optional<WallClock> clock = ParseWallClock(text);
  if (!clock) {
    place.Add(FindingCode::kBadTime, absl::StrFormat("not a time: %s; write 2026-11-22T06:40:00Z", Quoted(text)));
    return std::nullopt;
  }
  if (!clock->offset_minutes) {
    return AtAirport(clock->day, clock->hour, clock->minute, clock->second, airport, place);
  }
  const Date day = MakeDate(clock->day.year, clock->day.month, clock->day.day);
  return Instant{day.days * 86'400LL + clock->hour * 3'600 + clock->minute * 60 + clock->second -
                 *clock->offset_minutes * 60LL};
}

std::optional<std::string> NormaliseFlightNumber(std::string_view text) {
  std::string code;
  for (const char c : text) {
    if (c != ' ') code += ToUpper(c);
  }
  // The designator: three letters (ICAO), or two characters of which at most one is a digit. A single letter occurs, too.
  std::size_t carrier = 0;
  const auto digits_follow = [&](std::size_t at) { return at < code.size() && IsDigit(code[at]); };
  if (code.size() > 3 && IsLetter(code[0]) && IsLetter(code[1]) && IsLetter(code[2]) && digits_follow(3)) carrier = 3;
  else if (code.size() > 2 && (IsLetter(code[0]) || IsLetter(code[1])) && digits_follow(2)) carrier = 2;
  else if (code.size() > 1 && IsLetter(code[0]) && digits_follow(1)) carrier = 1;
  else return std::nullopt;
  std::size_t end = carrier;
  while (end < code.size() && IsDigit(code[end])) ++end;
  const std::size_t suffix = code.size() - end;
  if (end - carrier > 5 || suffix > 1 || (suffix == 1 && !IsLetter(code[end]))) return std::nullopt;
  std::size_t first = carrier;
  while (first + 1 < end && code[first] == '0') ++first;
  const std::string designator = code.substr(0, carrier);
  return CarrierIata(designator).value_or(designator) + code.substr(first);
}

std::string_view CarrierOf(std::string_view number) {
  if (number.size() > 3 && IsLetter(number[0]) && IsLetter(number[1]) && IsLetter(number[2])) return number.substr(0, 3);
  if (number.size() > 2 && (IsLetter(number[0]) || IsLetter(number[1]))) {
    return IsDigit(number[1]) && !IsDigit(number[0]) && number.size() > 2 && !IsDigit(number[2]) ? number.substr(0, 2)
           : IsLetter(number[1]) || IsDigit(number[0])                                         ? number.substr(0, 2)
                                                                                                : number.substr(0, 1);
  }
  return number.substr(0, std::min<std::size_t>(number.size(), 1));
}

AirportCode ParseAirport(std::string_view text, const FindingPlace& place) {
  text = Trim(text);
  if (text.empty()) return {};
  const bool is_code = (text.size() == 3 || text.size() == 4) && std::all_of(text.begin(), text.end(), IsLetter);
  const Airport* const airport = is_code || text.size() == 4 ? FindAirport(text) : nullptr;
  if (airport != nullptr) return airport->iata;
  place.Add(FindingCode::kBadAirport, absl::StrFormat("no airport of the table: %s", Quoted(text)));
  if (!is_code || text.size() != 3) return {};
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), ToUpper);
  return AirportCode(upper);
}

CountryCode ParseCountry(std::string_view text, const FindingPlace& place) {
  text = Trim(text);
  if (text.empty()) return {};
  if (const std::optional<CountryCode> country = FindCountry(text)) return *country;
  place.Add(FindingCode::kBadCountry, absl::StrFormat("not a country code: %s", Quoted(text)));
  return {};
}

std::string_view Trim(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string CleanText(std::string_view text, const InputLimits& limits, const FindingPlace& place) {
  if (Trim(text).empty()) return {};
  if (text.size() > limits.text_bytes) {
    std::size_t end = limits.text_bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    place.Add(FindingCode::kValueTooLong,
              absl::StrFormat("%d bytes, cut to %d", static_cast<int>(text.size()), static_cast<int>(end)));
    text = text.substr(0, end);
  }
  return std::string(text);
}

std::string NormaliseSeat(std::string_view seat) {
  seat = Trim(seat);
  while (seat.size() > 1 && seat.front() == '0') seat.remove_prefix(1);
  return std::string(seat);
}

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

void SetDepartureDate(Flight& flight) { flight.departs_on = LocalDate(flight.departs_at, ZoneOf(flight.from)); }

}  // namespace landfall
