#include "pipeline/places/places.h"

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/country.h"
#include "model/string_hash.h"

namespace landfall {

// The committed tables, compiled in.
std::string_view AirportsCsv();
std::string_view CarriersCsv();
std::string_view CountryNamesCsv();

namespace {

template <typename T>
using TextMap = absl::flat_hash_map<std::string, T, StringHash, std::equal_to<>>;

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

// Calls `use` with the fields of every line that is no comment. A field in quotes may hold commas.
void ForEachRow(std::string_view csv, const std::function<void(const std::vector<std::string>&)>& use) {
  std::vector<std::string> fields;
  while (!csv.empty()) {
    const std::size_t end = csv.find('\n');
    const std::string_view line = csv.substr(0, end);
    csv.remove_prefix(end == std::string_view::npos ? csv.size() : end + 1);
    if (line.empty() || line.front() == '#') continue;
    fields.assign(1, "");
    bool quoted = false;
    for (const char c : line) {
      if (c == '"') quoted = !quoted;
      else if (c == ',' && !quoted) fields.emplace_back();
      else fields.back() += c;
    }
    use(fields);
  }
}

// 0 for what is no code of three or four characters.
std::uint32_t PackCode(std::string_view code) {
  if (code.size() != 3 && code.size() != 4) return 0;
  std::uint32_t packed = 0;
  for (const char c : code) {
    packed = packed << 8 | static_cast<unsigned char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  }
  return packed;
}

// The airports of the table. A zone takes a file to load, so each airport is made when it is first asked for, and then
// stays where it is.
class AirportTable {
 public:
  AirportTable();
  const Airport* Find(std::string_view code);

 private:
  struct Row {
    AirportCode iata;
    CountryCode country;
    std::string zone;
    std::atomic<const Airport*> made = nullptr;
  };
  const Airport* Make(Row& row);

  std::deque<Row> rows_;
  absl::flat_hash_map<std::uint32_t, Row*> by_code_;  // Of three or four letters, packed.
  std::mutex mutex_;
  std::deque<Airport> airports_;  // Guarded by mutex_ while it grows.
};

AirportTable::AirportTable() {
  ForEachRow(AirportsCsv(), [&](const std::vector<std::string>& fields) {
    Row& row = rows_.emplace_back();
    row.iata = AirportCode(fields[0]);
    row.country = fields[2] == "XK" ? CountryCode("RKS") : CountryFromCode(fields[2]).value_or(CountryCode());
    row.zone = fields[3];
    by_code_[PackCode(fields[0])] = &row;
    if (!fields[1].empty()) by_code_.try_emplace(PackCode(fields[1]), &row);
  });
}

const Airport* AirportTable::Make(Row& row) {
  const std::lock_guard lock(mutex_);
  if (const Airport* const made = row.made.load(std::memory_order_acquire)) return made;
  absl::TimeZone zone = absl::UTCTimeZone();
  absl::LoadTimeZone(row.zone, &zone);  // A test loads them all.
  airports_.push_back({row.iata, row.country, zone});
  row.made.store(&airports_.back(), std::memory_order_release);
  return &airports_.back();
}

const Airport* AirportTable::Find(std::string_view code) {
  const auto it = by_code_.find(PackCode(code));
  if (it == by_code_.end()) return nullptr;
  const Airport* const made = it->second->made.load(std::memory_order_acquire);
  return made != nullptr ? made : Make(*it->second);
}

AirportTable& Airports() {
  static AirportTable table;
  return table;
}

}  // namespace

const Airport* FindAirport(std::string_view code) { return Airports().Find(code); }

const absl::TimeZone& ZoneOf(AirportCode airport) {
  static const absl::TimeZone utc = absl::UTCTimeZone();
  const Airport* const found = FindAirport(airport.view());
  return found == nullptr ? utc : found->zone;
}

LocalTimeResult FromLocal(CivilDay day, int hour, int minute, int second, const absl::TimeZone& zone) {
  const absl::TimeZone::TimeInfo info =
      zone.At(absl::CivilSecond(day.year, day.month, day.day, hour, minute, second));
  LocalTimeResult result;
  result.repeated = info.kind == absl::TimeZone::TimeInfo::REPEATED;
  result.skipped = info.kind == absl::TimeZone::TimeInfo::SKIPPED;
  // `pre` is the first of a repeated hour, and a skipped time read with the offset from before: the clock going forward.
  result.instant.seconds = absl::ToUnixSeconds(info.pre);
  return result;
}

Date LocalDate(Instant instant, const absl::TimeZone& zone) {
  const absl::CivilDay day(zone.At(absl::FromUnixSeconds(instant.seconds)).cs);
  return {static_cast<std::int32_t>(day - absl::CivilDay(1970, 1, 1))};
}

int LocalHour(Instant instant, const absl::TimeZone& zone) {
  return zone.At(absl::FromUnixSeconds(instant.seconds)).cs.hour();
}

std::optional<CountryCode> FindCountry(std::string_view code) {
  if (code.size() > 3) return std::nullopt;
  std::array<char, 3> upper{};
  for (std::size_t i = 0; i < code.size(); ++i) {
    upper[i] = code[i] >= 'a' && code[i] <= 'z' ? static_cast<char>(code[i] - 'a' + 'A') : code[i];
  }
  return CountryFromCode({upper.data(), code.size()});
}

std::optional<CountryCode> FindCountryByName(std::string_view name) {
  static const TextMap<CountryCode> names = [] {
    TextMap<CountryCode> made;
    ForEachRow(CountryNamesCsv(), [&](const std::vector<std::string>& row) { made[Upper(row[0])] = CountryCode(row[1]); });
    return made;
  }();
  const auto it = names.find(Upper(name));
  if (it == names.end()) return std::nullopt;
  return it->second;
}

std::optional<std::string> CarrierIata(std::string_view code) {
  static const TextMap<std::string> by_icao = [] {
    TextMap<std::string> made;
    ForEachRow(CarriersCsv(), [&](const std::vector<std::string>& row) { made[row[1]] = row[0]; });
    return made;
  }();
  const std::string upper = Upper(code);
  if (upper.size() == 2) return upper;
  const auto it = by_icao.find(upper);
  if (it == by_icao.end()) return std::nullopt;
  return it->second;
}

}  // namespace landfall
