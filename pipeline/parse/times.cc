#include "pipeline/parse/times.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
char ToUpper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool IsContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The first `bytes` bytes at most, ending at a character's edge.
std::string_view CutAtCharacter(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && IsContinuation(text[bytes])) --bytes;
  return text.substr(0, bytes);
}

// The bytes of the white space that `text` begins with (Unicode, White_Space=yes); 0 if it begins with something else.
std::size_t LeadingBlank(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first == ' ' || (first >= '\t' && first <= '\r')) return 1;
  static constexpr std::string_view kWide[] = {
      "\u0085", "\u00a0", "\u1680", "\u2000", "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006",
      "\u2007", "\u2008", "\u2009", "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000"};
  if (first < 0xc2 || first > 0xe3) return 0;
  for (const std::string_view blank : kWide) {
    if (text.starts_with(blank)) return blank.size();
  }
  return 0;
}

bool IsBlank(std::string_view text) {
  while (!text.empty()) {
    const std::size_t blank = LeadingBlank(text);
    if (blank == 0) return false;
    text.remove_prefix(blank);
  }
  return true;
}

// Codes are looked up again and again: a small cache in front of the tables, one per thread. `Code` is empty for what
// the table lacks; that is kept, too.
template <typename Code>
class CodeCache {
 public:
  template <typename Find>
  Code Get(std::string_view code, const Find& find) {
    std::uint32_t packed = 1;
    for (const char c : code) packed = packed << 8 | static_cast<unsigned char>(c);
    Entry& entry = entries_[(packed * 2'654'435'769u) >> 22];
    if (entry.packed != packed) entry = {packed, find(code)};
    return entry.code;
  }

 private:
  struct Entry {
    std::uint32_t packed = 0;
    Code code;
  };
  std::array<Entry, 1024> entries_{};
};

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

// Years of times that mean something here. So no offset leads out of the years that can be written.
constexpr int kFirstYear = 1900, kLastYear = 2999;

bool IsPossible(const WallClock& clock) {
  return clock.day.year >= kFirstYear && clock.day.year <= kLastYear &&
         IsValidDay(clock.day.year, clock.day.month, clock.day.day) && clock.hour >= 0 && clock.hour <= 23 &&
         clock.minute >= 0 && clock.minute <= 59 && clock.second >= 0 && clock.second <= 59;
}

// Seconds, if any, from `at` on; returns where they end.
std::size_t ParseSeconds(std::string_view text, std::size_t at, int& second) {
  if (at >= text.size() || text[at] != ':') return at;
  second = Number(text, at + 1, 2);
  // RFC 3339 allows a leap second: it is read as the second before.
  if (second == 60) second = 59;
  at += 3;
  if (at >= text.size() || text[at] != '.') return at;
  for (++at; at < text.size() && IsDigit(text[at]);) ++at;
  return at;
}

std::optional<WallClock> ParseWallClock(std::string_view text) {
  constexpr std::size_t kSecondsAt = 16;  // Behind "2026-11-22T06:40".
  if (text.size() < kSecondsAt || text[4] != '-' || text[7] != '-' || text[13] != ':' ||
      (text[10] != 'T' && text[10] != 't' && text[10] != ' ')) {
    return std::nullopt;
  }
  WallClock clock;
  clock.day = {Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2)};
  clock.hour = Number(text, 11, 2);
  clock.minute = Number(text, 14, 2);
  const std::size_t end = ParseSeconds(text, kSecondsAt, clock.second);
  if (!IsPossible(clock)) return std::nullopt;
  if (end < text.size()) {
    clock.offset_minutes = ParseOffset(text.substr(end));
    if (!clock.offset_minutes) return std::nullopt;
  }
  return clock;
}

// How long the designator is that `code` begins with: three letters (ICAO), or two characters of which at most one is a
// digit; a number follows. 0 if there is none.
std::size_t DesignatorSize(std::string_view code) {
  if (code.size() > 3 && IsLetter(code[0]) && IsLetter(code[1]) && IsLetter(code[2]) && IsDigit(code[3])) return 3;
  if (code.size() < 3 || !IsDigit(code[2])) return 0;
  const bool can_be = (IsLetter(code[0]) || IsDigit(code[0])) && (IsLetter(code[1]) || IsDigit(code[1]));
  return can_be && (IsLetter(code[0]) || IsLetter(code[1])) ? 2 : 0;
}

}  // namespace

void FindingPlace::Add(FindingCode code, std::string problem) const {
  constexpr std::size_t kFindingsKept = 1'000;
  if (findings == nullptr || findings->size() >= kFindingsKept) return;
  std::string name(parent);
  if (!name.empty() && !field.empty()) name += '.';
  name += field;
  findings->push_back({std::string(traveller), std::move(name), code, std::move(problem)});
}

std::string Shown(std::string_view text) { return std::string(CutAtCharacter(text, 60)); }

Instant AtAirport(CivilDay day, int hour, int minute, int second, AirportCode airport, const FindingPlace& place) {
  const LocalTimeResult local = FromLocal(day, hour, minute, second, ZoneOf(airport));
  if (local.repeated) place.Add(FindingCode::kTimeRepeated, "the hour occurs twice there: its first is meant");
  if (local.skipped) place.Add(FindingCode::kTimeSkipped, "the hour does not occur there: the clock goes forward");
  return local.instant;
}

std::optional<Instant> ParseTime(std::string_view text, AirportCode airport, const FindingPlace& place) {
  const std::optional<WallClock> clock = ParseWallClock(text);
  if (!clock) {
    place.Add(FindingCode::kBadTime, absl::StrFormat("not a time: %s; write 2026-11-22T06:40:00Z", Shown(text)));
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
  const std::size_t carrier = DesignatorSize(code);
  if (carrier == 0) return std::nullopt;
  std::size_t end = carrier;
  while (end < code.size() && IsDigit(code[end])) ++end;
  const std::size_t suffix = code.size() - end;
  if (end - carrier > 5 || suffix > 1 || (suffix == 1 && !IsLetter(code[end]))) return std::nullopt;
  std::size_t first = carrier;
  while (first + 1 < end && code[first] == '0') ++first;
  const std::string designator = code.substr(0, carrier);
  return CarrierIata(designator).value_or(designator) + code.substr(first);
}

std::string_view CarrierOf(std::string_view number) { return number.substr(0, DesignatorSize(number)); }

std::string ParseCarrier(std::string_view text, const InputLimits& limits, const FindingPlace& place) {
  const std::string_view code = Trim(text);
  if (code.empty()) return {};
  const bool can_be = code.size() <= 3 && std::all_of(code.begin(), code.end(), [](char c) {
    return IsLetter(c) || IsDigit(c);
  });
  if (can_be) {
    if (std::optional<std::string> iata = CarrierIata(code)) return *std::move(iata);
  }
  place.Add(FindingCode::kUnknownCarrier, absl::StrFormat("no carrier of the table: %s", Shown(code)));
  return CleanText(text, limits, place);
}

AirportCode KnownAirport(std::string_view code) {
  thread_local constinit CodeCache<AirportCode> cache;
  const auto find = [](std::string_view sent) {
    const Airport* const airport = FindAirport(sent);
    return airport == nullptr ? AirportCode() : airport->iata;
  };
  return code.size() == 3 ? cache.Get(code, find) : find(code);
}

CountryCode KnownCountry(std::string_view code) {
  thread_local constinit CodeCache<CountryCode> cache;
  if (code.empty() || code.size() > 3) return {};
  return cache.Get(code, [](std::string_view sent) { return FindCountry(sent).value_or(CountryCode()); });
}

AirportCode ParseAirport(std::string_view text, const FindingPlace& place) {
  text = Trim(text);
  if (text.empty()) return {};
  if (const AirportCode known = KnownAirport(text); !known.empty()) return known;
  place.Add(FindingCode::kBadAirport, absl::StrFormat("no airport of the table: %s", Shown(text)));
  if (text.size() != 3 || !std::all_of(text.begin(), text.end(), IsLetter)) return {};
  const char upper[] = {ToUpper(text[0]), ToUpper(text[1]), ToUpper(text[2])};
  return AirportCode(std::string_view(upper, 3));
}

CountryCode ParseCountry(std::string_view text, const FindingPlace& place) {
  text = Trim(text);
  if (text.empty()) return {};
  if (const CountryCode known = KnownCountry(text); !known.empty()) return known;
  place.Add(FindingCode::kBadCountry, absl::StrFormat("not a country code: %s", Shown(text)));
  return {};
}

void AssignText(std::string_view text, const InputLimits& limits, const FindingPlace& place, std::string& to) {
  const std::size_t sent = text.size();
  text = CutAtCharacter(text, limits.text_bytes);
  if (sent > text.size()) {
    place.Add(FindingCode::kValueTooLong,
              absl::StrFormat("%d bytes, cut to %d", static_cast<int>(sent), static_cast<int>(text.size())));
  }
  if (IsBlank(text)) text = {};
  to.assign(text);
}

std::string CleanText(std::string_view text, const InputLimits& limits, const FindingPlace& place) {
  std::string clean;
  AssignText(text, limits, place, clean);
  return clean;
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
