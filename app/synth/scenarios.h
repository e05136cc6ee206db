#pragma once

// The planted situations: at least one for every row of the vignette truth table and for every rule of the example
// profile that needs no history, each with its near-misses, which must not fire.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/synth/cast.h"
#include "app/synth/flight_plan.h"

namespace landfall::app {

// A flight with planted situations. Times are local to `from`.
struct HostFlight {
  std::string_view number;
  std::string_view from, to;
  int departs_minute;  // Of the day.
};
std::span<const HostFlight> HostFlights();

// What must be found about some members of a planted party.
struct Truth {
  std::string_view scenario;
  std::size_t party = 0;              // Among the parties of the flight.
  std::vector<std::size_t> members;   // Of the party: whom it is about.
  std::string_view visa_result;       // Empty: nothing is said of it.
  std::vector<std::string_view> rules, not_rules;
};

// Where a scenario's people get their numbers from: the same on every flight it takes part in.
struct ScenarioDay {
  std::uint64_t seed = 0;
  std::uint64_t first_id = 0;
  Date day;
};

// Adds what is planted on this flight; nothing on a flight that is no host.
void AddScenarios(const ScenarioDay& scenario_day, const FlightOutline& outline, std::vector<PlannedParty>& parties,
                  std::vector<Truth>& truth, ReferenceLines* lines);
// Watch entries and registers that name nobody who travels.
void AddUninvolvedRecords(const ScenarioDay& scenario_day, ReferenceLines& lines);

// Names of all scenarios, in order.
std::vector<std::string_view> ScenarioNames();

}  // namespace landfall::app
