#pragma once

// Airports, their countries and time zones, countries and carriers: committed tables, compiled in.

#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "model/date.h"
#include "model/fixed_text.h"

namespace landfall {

struct Airport {
  AirportCode iata;
  CountryCode country;
  absl::TimeZone zone;
};

// nullptr for an airport that the table lacks. `code` is IATA (3) or ICAO (4 letters). Any thread.
const Airport* FindAirport(std::string_view code);

// A local wall-clock time turned into an instant.
struct LocalTimeResult {
  Instant instant;
  bool repeated = false;  // In the repeated hour at the end of summer time: the first is meant.
  bool skipped = false;   // In the skipped hour: the clock goes forward.
};
LocalTimeResult FromLocal(CivilDay day, int hour, int minute, int second, const absl::TimeZone& zone);
Date LocalDate(Instant instant, const absl::TimeZone& zone);
int LocalHour(Instant instant, const absl::TimeZone& zone);

// The zone of an airport, UTC for one that the table lacks.
const absl::TimeZone& ZoneOf(AirportCode airport);

// A country code in any accepted form (alpha-3, alpha-2, or a special code of ICAO 9303) as three characters;
// nullopt for anything else. Case does not matter.
std::optional<CountryCode> FindCountry(std::string_view code);
// A country's English name or demonym, as public lists write it; nullopt if the table lacks it.
std::optional<CountryCode> FindCountryByName(std::string_view name);

// A carrier's IATA designator from its IATA or ICAO designator. An unknown two-character code comes back as it is;
// nullopt for an unknown three-letter one.
std::optional<std::string> CarrierIata(std::string_view code);

}  // namespace landfall
