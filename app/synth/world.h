#pragma once

// The synthetic world: flights of invented carriers between real airports, day after day, with the same planted
// situations every day and ordinary travellers around them. Deterministic: one seed, the same world on any machine.

#include <cstdint>

#include "app/synth/flight_plan.h"

namespace landfall::app {

struct WorldOptions {
  std::uint64_t seed = 1;
  int days = 1;
  int flights = 72;  // A day. Planted situations need the first few dozen.
  int travellers_per_flight = 125;
};

// Limits that keep every number unique.
inline constexpr int kMostDays = 3'650;
inline constexpr int kMostFlights = 20'000;
inline constexpr int kMostTravellersPerFlight = 400;

class World {
 public:
  explicit World(const WorldOptions& options) : options_(options) {}

  const WorldOptions& options() const { return options_; }
  Date FirstDay() const;
  std::uint64_t FlightCount() const;

  // `serial` counts the flights of all days from 0. Any flight can be made without the others.
  FlightOutline Outline(std::uint64_t serial) const;
  // Everybody on it. If `lines` is given, the records about them and the truth about the planted ones are added.
  FlightPlan Plan(std::uint64_t serial, ReferenceLines* lines) const;

  // Records that belong to no flight: of people who do not travel, campaigns, a flight that sends nothing.
  void AddBackground(ReferenceLines& lines) const;
  // The truth about a day's flights on which nothing is planted.
  void AddOrdinaryFlights(int day, ReferenceLines& lines) const;

 private:
  WorldOptions options_;
};

}  // namespace landfall::app
