#pragma once

// What the parsers of all formats share: local times, flight numbers, carriers, texts, the border leg. So the same flight
// gives the same record in any format.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/finding.h"
#include "model/message.h"
#include "pipeline/configuration.h"

namespace landfall {

// Where a doubt is filed: of which traveller (empty: of the message), in which field ("documents" and "expires" make
// documents.expires).
struct FindingPlace {
  std::vector<Finding>* findings = nullptr;
  std::string_view traveller;
  std::string_view field;
  std::string_view parent = {};

  // A message keeps 1,000 findings: a sender that errs in every field cannot fill memory.
  void Add(FindingCode code, std::string problem) const;
};

// What of a sender's text is shown in a finding or reason: its beginning, whole characters.
std::string Shown(std::string_view text);

// A wall-clock time at an airport as an instant. A repeated hour means its first, a skipped one goes forward, an unknown
// airport is read as UTC: all are findings.
Instant AtAirport(CivilDay day, int hour, int minute, int second, AirportCode airport, const FindingPlace& place);

// "2026-11-22T06:40:00Z", "...+01:00", or without an offset: local to `airport`. A space may stand for the T, and seconds
// may be absent; fractions of a second are dropped. nullopt, with a finding, for anything else and for a year that no
// flight is of.
std::optional<Instant> ParseTime(std::string_view text, AirportCode airport, const FindingPlace& place);

// "ZZ0101a" -> "ZZ101A": carrier (ICAO turned into IATA by table), number without leading zeros, suffix letter.
// nullopt for what is no flight number.
std::optional<std::string> NormaliseFlightNumber(std::string_view text);
// The carrier of a normalised number.
std::string_view CarrierOf(std::string_view number);
// A carrier's designator, ICAO turned into IATA by table. One the table lacks is kept, with the finding
// `unknown_carrier`.
std::string ParseCarrier(std::string_view text, const InputLimits& limits, const FindingPlace& place);

// The airport or country of a code; empty if the tables lack it. Cached per thread.
AirportCode KnownAirport(std::string_view code);
CountryCode KnownCountry(std::string_view code);
// An airport code of three letters, upper case; an ICAO code the table knows is turned into IATA. One the table lacks is
// kept, with the finding `bad_airport`; empty, with a finding, for what is no code.
AirportCode ParseAirport(std::string_view text, const FindingPlace& place);
// Empty, with the finding `bad_country`, for what is no code.
CountryCode ParseCountry(std::string_view text, const FindingPlace& place);

// As sent, blanks at the ends included; empty for a text of blanks of any script. Cut to the limit of a text field at a character's
// edge, with the finding `value_too_long`.
std::string CleanText(std::string_view text, const InputLimits& limits, const FindingPlace& place);
// The same, into a string.
void AssignText(std::string_view text, const InputLimits& limits, const FindingPlace& place, std::string& to);
// Without blanks, tabs and line ends around it.
inline std::string_view Trim(std::string_view text) {
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}
// Seat without leading zeros: "056F" -> "56F".
std::string NormaliseSeat(std::string_view seat);
// True for a text that holds NUL or another control character.
bool HasControlCharacter(std::string_view text);

// Sets `departs_on` from `departs_at` at `from`.
void SetDepartureDate(Flight& flight);

}  // namespace landfall
