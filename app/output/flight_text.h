#pragma once

// A flight in words, for a terminal: plain English that an officer understands at 3 a.m.

#include <string>
#include <vector>

#include "model/screening.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/merge/flight_state.h"

namespace landfall::app {

// One flagged flight: when and where, what is suggested, and for every hit which child and why, term by term.
// `place` counts from 1. `state` gives the names.
std::string FlagText(std::size_t place, const FlightFlag& flag, const FlightState& state);

// The whole flight as an analyst or liaison officer sees it: children first, then everybody, party by party.
std::string FlightText(const FlightFlag& flag, const FlightState& state, const FlightContext& context);

// "22 Nov 06:40": local to the airport.
std::string LocalTime(Instant instant, AirportCode airport);

}  // namespace landfall::app
