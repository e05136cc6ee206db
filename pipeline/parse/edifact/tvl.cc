#include "pipeline/parse/edifact/tvl.h"

#include <optional>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

// The instant of a date and time of day at an airport; nullopt, with a finding, for what is none. Either empty: not stated.
std::optional<Instant> TimeAt(std::string_view date, std::string_view time, AirportCode airport, const FindingPlace& place) {
  if (date.empty() || time.empty()) return std::nullopt;
  const std::optional<Stamp> stamp = ParseDayFirst(date, time);
  if (!stamp || !IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
    place.Add(FindingCode::kBadTime, "not a date and time: " + Quoted(std::string(date) + ":" + std::string(time)));
    return std::nullopt;
  }
  return AtAirport(stamp->day, stamp->hour, stamp->minute, 0, airport, place);
}

// An arrival of which only the hour is stated: the first such hour behind the departure, which over the date line may be
// of the day before.
std::optional<Instant> FirstArrival(std::string_view date, std::string_view time, Instant departs_at, AirportCode to,
                                    const FindingPlace& place) {
  const std::optional<Stamp> stamp = ParseDayFirst(date, time);
  if (!stamp || !IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
    place.Add(FindingCode::kBadTime, "not a time: " + Quoted(time));
    return std::nullopt;
  }
  const Date day = MakeDate(stamp->day.year, stamp->day.month, stamp->day.day);
  for (int days = -1; days <= 1; ++days) {
    const CivilDay civil = ToCivil(Date{day.days + days});
    if (AtAirport(civil, stamp->hour, stamp->minute, 0, to, {}) > departs_at) {
      return AtAirport(civil, stamp->hour, stamp->minute, 0, to, place);
    }
  }
  return std::nullopt;
}

std::string NumberOf(const Code& carrier, const Code& number) {
  if (carrier.empty() || number.empty()) return {};
  return NormaliseFlightNumber(carrier.str() + number.str()).value_or("");
}

bool IsTemplateText(std::string_view text) {
  return text.find("DDMMYY") != std::string_view::npos || text.find("HHMM") != std::string_view::npos;
}

void ReadTimes(const Tokens& tokens, const Tokens::Segment& tvl, std::vector<Finding>& findings, std::string_view parent,
               Segment& segment) {
  const Code date = tokens.CodeAt(tvl, 1, 1), time = tokens.CodeAt(tvl, 1, 2);
  Code arrival_date = tokens.CodeAt(tvl, 1, 3), arrival_time = tokens.CodeAt(tvl, 1, 4);
  if (arrival_time.empty() && arrival_date.size() == 4) std::swap(arrival_date, arrival_time);
  segment.departs_at = TimeAt(date, time, segment.from, {&findings, {}, "departs_at", parent});
  const FindingPlace place{&findings, {}, "arrives_at", parent};
  if (!arrival_date.empty()) {
    segment.arrives_at = TimeAt(arrival_date, arrival_time, segment.to, place);
  } else if (!arrival_time.empty() && segment.departs_at) {
    segment.arrives_at = FirstArrival(date, arrival_time, *segment.departs_at, segment.to, place);
  }
}

}  // namespace

Tvl ReadTvl(const Tokens& tokens, const Tokens::Segment& tvl, std::vector<Finding>& findings, std::string_view parent) {
  Tvl result;
  Segment& segment = result.segment;
  segment.from = ParseAirport(tokens.CodeAt(tvl, 2), {&findings, {}, "from", parent});
  segment.to = ParseAirport(tokens.CodeAt(tvl, 3), {&findings, {}, "to", parent});
  for (std::size_t c = 1; c <= 4; ++c) result.is_template = result.is_template || IsTemplateText(tokens.CodeAt(tvl, 1, c));
  if (segment.from.empty() || segment.to.empty()) return result;
  const Code marketing = tokens.CodeAt(tvl, 4, 1), operating = tokens.CodeAt(tvl, 4, 2), number = tokens.CodeAt(tvl, 5);
  const Code& carrier = operating.empty() ? marketing : operating;
  segment.number = NumberOf(carrier, number);
  if (!operating.empty()) segment.marketing = NumberOf(marketing, number);
  if (segment.marketing == segment.number) segment.marketing.clear();
  result.carrier = carrier.str();
  if (!result.is_template) ReadTimes(tokens, tvl, findings, parent, segment);
  return result;
}

}  // namespace landfall::edifact
