#include "pipeline/parse/edifact/route.h"

#include <algorithm>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/times.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

std::optional<Instant> TimeAt(const std::string& digits, AirportCode airport, const FindingPlace& place) {
  if (digits.empty()) return std::nullopt;
  const std::optional<Stamp> stamp = ParseStamp(digits, false);
  if (!stamp || !stamp->has_time || !IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
    place.Add(FindingCode::kBadTime, "not a date and time: " + digits.substr(0, 20));
    return std::nullopt;
  }
  return AtAirport(stamp->day, stamp->hour, stamp->minute, 0, airport, place);
}

bool IsOwn(AirportCode airport, const Configuration& configuration) {
  const Airport* const found = FindAirport(airport.view());
  return found != nullptr && found->country == configuration.own_country;
}

}  // namespace

void Route::AddTransport(const Tokens::Segment& tdt) {
  Transport transport;
  transport.id = tokens_.Code(tdt, 2);
  transport.carrier = tokens_.Code(tdt, 5);
  if (carrier_.empty() && !transport.carrier.empty()) {
    carrier_ = CarrierIata(transport.carrier).value_or(transport.carrier);
  }
  transports_.push_back(std::move(transport));
}

void Route::AddPlace(const Tokens::Segment& loc) {
  const std::string qualifier = tokens_.Code(loc, 1);
  if (qualifier != "125" && qualifier != "87" && qualifier != "92") return;
  if (transports_.empty()) transports_.emplace_back();
  transports_.back().stops.push_back({qualifier, tokens_.Code(loc, 2), "", ""});
}

void Route::AddTime(const Tokens::Segment& dtm) {
  const std::string qualifier = tokens_.Code(dtm, 1, 1), digits = tokens_.Code(dtm, 1, 2);
  if (digits.find("YYMMDD") != std::string::npos || digits.find("HHMM") != std::string::npos) is_template_ = true;
  if (transports_.empty() || transports_.back().stops.empty()) return;
  Stop& stop = transports_.back().stops.back();
  if (qualifier == "189") stop.departs = digits;
  if (qualifier == "232") stop.arrives = digits;
}

// Strips nothing that matches and doubts what does not: "UA0989" with carrier UA is UA989; "989" with UA, too.
std::optional<std::string> Route::NumberOf(const Transport& transport, std::vector<Finding>& findings) const {
  if (transport.id.empty()) return std::nullopt;
  const bool only_digits = std::all_of(transport.id.begin(), transport.id.end(),
                                       [](char c) { return c >= '0' && c <= '9'; });
  if (only_digits && !carrier_.empty()) return NormaliseFlightNumber(carrier_ + transport.id);
  const std::optional<std::string> number = NormaliseFlightNumber(transport.id);
  if (number && !transport.carrier.empty()) {
    const std::string carrier = CarrierIata(transport.carrier).value_or(transport.carrier);
    if (!number->starts_with(carrier)) {
      FindingPlace{&findings, {}, "number"}.Add(FindingCode::kNumberPrefix,
                                                "carrier " + carrier.substr(0, 10) + " and journey id " +
                                                    transport.id.substr(0, 20) + " differ: the id was kept whole");
    }
  }
  return number;
}

std::vector<Route::Leg> Route::Legs(std::vector<Finding>& findings) const {
  std::vector<Leg> legs;
  std::string number;
  for (std::size_t i = 0; i < transports_.size(); ++i) {
    if (const auto own = NumberOf(transports_[i], findings)) number = *own;
    const std::vector<Stop>& stops = transports_[i].stops;
    for (std::size_t s = 0; s + 1 < stops.size(); s += 2) {
      Leg leg;
      leg.transport = i;
      leg.crosses_border = stops[s].qualifier == "125" && stops[s + 1].qualifier == "87";
      leg.segment.number = number;
      leg.segment.from = ParseAirport(stops[s].airport, {&findings, {}, "from"});
      leg.segment.to = ParseAirport(stops[s + 1].airport, {&findings, {}, "to"});
      leg.segment.departs_at = TimeAt(stops[s].departs, leg.segment.from, {&findings, {}, "departs_at"});
      leg.segment.arrives_at = TimeAt(stops[s + 1].arrives, leg.segment.to, {&findings, {}, "arrives_at"});
      legs.push_back(std::move(leg));
    }
  }
  return legs;
}

// The leg marked 125 -> 87; else one that ends, or begins, in the own country; else the last, with a doubt.
std::size_t Route::BorderLeg(const std::vector<Leg>& legs, const Configuration& configuration,
                             std::vector<Finding>& findings) {
  for (std::size_t i = 0; i < legs.size(); ++i) {
    if (legs[i].crosses_border) return i;
  }
  for (std::size_t i = 0; i < legs.size(); ++i) {
    if (IsOwn(legs[i].segment.to, configuration) != IsOwn(legs[i].segment.from, configuration)) return i;
  }
  FindingPlace{&findings, {}, "flight"}.Add(FindingCode::kLegGuessed,
                                            "no leg is marked as crossing the border: the last one was taken");
  return legs.size() - 1;
}

Route::Result Route::Finish(const Configuration& configuration, bool is_moved, std::vector<Finding>& findings) const {
  std::vector<Leg> legs = Legs(findings);
  if (legs.empty()) return {std::nullopt, std::nullopt, "no leg: LOC+125 with DTM+189 and LOC+87 belong behind TDT"};
  std::optional<FlightKey> replaces;
  const auto to_flight = [](const Segment& segment) {
    Flight flight;
    flight.number = segment.number;
    flight.from = segment.from;
    flight.to = segment.to;
    flight.departs_at = segment.departs_at.value_or(Instant{});
    flight.arrives_at = segment.arrives_at;
    SetDepartureDate(flight);
    return flight;
  };
  // A moved flight: the first TDT group is the old one, the last the new one.
  if (is_moved && legs.front().transport != legs.back().transport) {
    const Segment& old = legs.front().segment;
    if (!old.number.empty() && !old.from.empty() && !old.to.empty() && old.departs_at) replaces = to_flight(old).Key();
    const std::size_t last = legs.back().transport;
    std::erase_if(legs, [last](const Leg& leg) { return leg.transport != last; });
  }
  const Segment& border = legs[BorderLeg(legs, configuration, findings)].segment;
  if (border.number.empty()) return {std::nullopt, std::nullopt, "TDT gives no flight number"};
  if (border.from.empty() || border.to.empty()) return {std::nullopt, std::nullopt, "LOC gives no airport code"};
  if (!border.departs_at) return {std::nullopt, std::nullopt, "DTM+189, the departure, is missing or no time"};
  Flight flight = to_flight(border);
  if (legs.size() > 1) {
    for (Leg& leg : legs) {
      // Only where it differs.
      if (leg.segment.number == flight.number) leg.segment.number.clear();
      flight.legs.push_back(leg.segment);
    }
  }
  return {std::move(flight), std::move(replaces), ""};
}

}  // namespace landfall::edifact
