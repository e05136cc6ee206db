#include "pipeline/parse/edifact/route.h"

#include <algorithm>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

bool IsOwn(AirportCode airport, const Configuration& configuration) {
  const Airport* const found = FindAirport(airport.view());
  return found != nullptr && found->country == configuration.own_country;
}

Flight ToFlight(const Segment& segment) {
  Flight flight;
  flight.number = segment.number;
  flight.from = segment.from;
  flight.to = segment.to;
  flight.departs_at = segment.departs_at.value_or(Instant{});
  flight.arrives_at = segment.arrives_at;
  SetDepartureDate(flight);
  return flight;
}

}  // namespace

void Route::AddTransport(const Tokens::Segment& tdt) {
  Transport transport;
  transport.id = tokens_.CodeAt(tdt, 2);
  transport.carrier = tokens_.CodeAt(tdt, 5);
  if (carrier_.empty()) carrier_ = transport.carrier;
  transports_.push_back(std::move(transport));
}

void Route::AddPlace(const Tokens::Segment& loc) {
  const Code qualifier = tokens_.CodeAt(loc, 1);
  if (qualifier != "125" && qualifier != "87" && qualifier != "92") return;
  if (transports_.empty()) transports_.emplace_back();
  transports_.back().stops.push_back({qualifier, tokens_.CodeAt(loc, 2), {}, {}});
}

void Route::AddTime(const Tokens::Segment& dtm) {
  const Code qualifier = tokens_.CodeAt(dtm, 1, 1);
  const Time time{tokens_.CodeAt(dtm, 1, 2), tokens_.CodeAt(dtm, 1, 3)};
  is_template_ = is_template_ || time.digits.view().find("YYMMDD") != std::string_view::npos ||
                 time.digits.view().find("HHMM") != std::string_view::npos;
  if (transports_.empty() || transports_.back().stops.empty()) return;
  Stop& stop = transports_.back().stops.back();
  if (qualifier == "189") stop.departs = time;
  if (qualifier == "232") stop.arrives = time;
}

std::optional<Instant> Route::TimeAt(const Time& time, AirportCode airport, std::string_view field,
                                     std::vector<Finding>& findings) {
  if (time.digits.empty()) return std::nullopt;
  const FindingPlace place{&findings, {}, field, "flight"};
  const std::optional<Stamp> stamp = ParseStamp(time.digits, false);
  if (!stamp || !stamp->has_time || !IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
    place.Add(FindingCode::kBadTime, "not a date and time: " + Quoted(time.digits));
    return std::nullopt;
  }
  if (!LabelFits(time.label, time.digits.size())) {
    place.Add(FindingCode::kBadTime, "the format label does not fit " + Quoted(time.digits) + ": read by its length");
  }
  return AtAirport(stamp->day, stamp->hour, stamp->minute, 0, airport, place);
}

// Carrier and number, together or apart: "UA0989" with or without carrier UA is UA989; "989" with UA, too.
std::optional<std::string> Route::NumberOf(const Transport& transport, std::vector<Finding>& findings) const {
  if (transport.id.empty()) return std::nullopt;
  std::optional<std::string> number = NormaliseFlightNumber(transport.id);
  if (!number) return carrier_.empty() ? std::nullopt : NormaliseFlightNumber(carrier_.str() + transport.id.str());
  if (transport.carrier.empty()) return number;
  const std::string carrier = CarrierIata(transport.carrier).value_or(transport.carrier.str());
  if (!number->starts_with(carrier)) {
    const FindingPlace place{&findings, {}, "number", "flight"};
    place.Add(FindingCode::kNumberPrefix, "carrier " + Quoted(carrier) + " and journey id " + Quoted(transport.id) +
                                              " differ: the id was kept whole");
  }
  return number;
}

Route::Leg Route::MakeLeg(const Stop& from, const Stop& to, std::vector<Finding>& findings) {
  Leg leg;
  leg.crosses_border = from.qualifier == "125" || to.qualifier == "87";
  leg.segment.from = ParseAirport(from.airport, {&findings, {}, "from", "flight"});
  leg.segment.to = ParseAirport(to.airport, {&findings, {}, "to", "flight"});
  leg.segment.departs_at = TimeAt(from.departs, leg.segment.from, "departs_at", findings);
  leg.segment.arrives_at = TimeAt(to.arrives, leg.segment.to, "arrives_at", findings);
  return leg;
}

// Stops come in pairs, departure and arrival. A stop given once, with both its times, or one that only the next arrival
// tells, is both.
void Route::AddLegs(const Transport& transport, std::size_t index, const std::string& number,
                    std::vector<Finding>& findings, std::vector<Leg>& legs) {
  const Stop* departure = nullptr;
  const Stop* last_arrival = nullptr;
  for (const Stop& stop : transport.stops) {
    const bool only_arrives = !stop.arrives.digits.empty() && stop.departs.digits.empty();
    if (departure == nullptr && only_arrives) departure = last_arrival;
    if (departure == nullptr || stop.qualifier == "125") {
      departure = &stop;
      continue;
    }
    Leg leg = MakeLeg(*departure, stop, findings);
    leg.segment.number = number;
    leg.transport = index;
    // One between no known airports says nothing.
    if (!leg.segment.from.empty() || !leg.segment.to.empty()) legs.push_back(std::move(leg));
    last_arrival = &stop;
    departure = stop.departs.digits.empty() ? nullptr : &stop;
  }
}

std::vector<Route::Leg> Route::Legs(std::vector<Finding>& findings) const {
  std::vector<Leg> legs;
  std::string number;
  for (std::size_t i = 0; i < transports_.size(); ++i) {
    if (const auto own = NumberOf(transports_[i], findings)) number = *own;
    AddLegs(transports_[i], i, number, findings, legs);
  }
  return legs;
}

// The leg marked 125 or 87; else one that ends, or begins, in the own country; else the last, with a doubt.
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

// Of a moved flight the first TDT group is the old one, the last the new one. Leaves the legs of the new one.
std::optional<FlightKey> Route::TakeMovedFlight(std::vector<Leg>& legs, std::vector<Finding>& findings) {
  const std::size_t last = legs.back().transport;
  const auto border = std::find_if(legs.begin(), legs.end(), [&](const Leg& leg) {
    return leg.transport != last && leg.crosses_border;
  });
  const Segment old = border == legs.end() ? legs.front().segment : border->segment;
  const bool has_old = legs.front().transport != last && !old.number.empty() && !old.from.empty() && !old.to.empty() &&
                       old.departs_at.has_value();
  std::erase_if(legs, [last](const Leg& leg) { return leg.transport != last; });
  if (has_old) return ToFlight(old).Key();
  FindingPlace{&findings, {}, "replaces"}.Add(FindingCode::kBadValue, "a change of flight that does not say which flight");
  return std::nullopt;
}

Route::Result Route::Finish(const Configuration& configuration, bool is_moved, std::vector<Finding>& findings) const {
  const auto no_flight = [](std::string reason) { return Result{std::nullopt, std::nullopt, "", std::move(reason)}; };
  std::vector<Leg> legs = Legs(findings);
  if (legs.empty()) return no_flight("no leg: LOC+125 with DTM+189 and LOC+87 belong behind TDT");
  std::optional<FlightKey> replaces;
  if (is_moved) replaces = TakeMovedFlight(legs, findings);
  const Segment border = legs[BorderLeg(legs, configuration, findings)].segment;
  if (border.number.empty()) return no_flight("TDT gives no flight number: send carrier and number");
  if (border.from.empty() || border.to.empty()) {
    return no_flight("LOC gives no airport code for the departure or the arrival: send both");
  }
  if (!border.departs_at) return no_flight("DTM+189, the departure, is missing or no time: send it");
  Flight flight = ToFlight(border);
  if (legs.size() > 1) {
    for (Leg& leg : legs) {
      if (leg.segment.number == flight.number) leg.segment.number.clear();  // Only where it differs.
      flight.legs.push_back(std::move(leg.segment));
    }
  }
  return {std::move(flight), std::move(replaces),
          ParseCarrier(carrier_.str(), configuration.limits, {&findings, {}, "carrier"}), ""};
}

}  // namespace landfall::edifact
