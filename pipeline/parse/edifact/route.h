#pragma once

// The flight of a PAXLST message: TDT groups with their LOC and DTM become legs, of which one crosses the border.

#include <optional>
#include <string>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"

namespace landfall::edifact {

// Collects TDT, LOC and DTM of the header.
class Route {
 public:
  explicit Route(const Tokens& tokens) : tokens_(tokens) {}

  void AddTransport(const Tokens::Segment& tdt);
  void AddPlace(const Tokens::Segment& loc);
  void AddTime(const Tokens::Segment& dtm);

  // A text that no sender means: YYMMDD or HHMM stands where a date belongs.
  bool IsUnfilledTemplate() const { return is_template_; }

  // The flight; `reason` says why there is none. Findings: leg_guessed, number_prefix, carriers, airports, times.
  struct Result {
    std::optional<Flight> flight;
    std::optional<FlightKey> replaces;  // Of a moved flight: that of the first of two TDT groups.
    std::string carrier;                // That the first TDT with one states; empty if none does.
    std::string reason;
  };
  Result Finish(const Configuration& configuration, bool is_moved, std::vector<Finding>& findings) const;

 private:
  // A date and time as sent, with its format label.
  struct Time {
    Code digits;
    Code label;
  };
  struct Stop {
    Code qualifier;
    Code airport;
    Time departs, arrives;  // DTM 189 and 232.
  };
  struct Transport {
    Code id;       // As sent: "UA0989", or without carrier.
    Code carrier;  // Element 5.
    std::vector<Stop> stops;
  };
  struct Leg {
    Segment segment;
    bool crosses_border = false;
    std::size_t transport = 0;
  };
  std::optional<std::string> NumberOf(const Transport& transport, std::vector<Finding>& findings) const;
  std::vector<Leg> Legs(std::vector<Finding>& findings) const;
  static void AddLegs(const Transport& transport, std::size_t index, const std::string& number,
                      std::vector<Finding>& findings, std::vector<Leg>& legs);
  static Leg MakeLeg(const Stop& from, const Stop& to, std::vector<Finding>& findings);
  static std::optional<Instant> TimeAt(const Time& time, AirportCode airport, std::string_view field,
                                       std::vector<Finding>& findings);
  static std::size_t BorderLeg(const std::vector<Leg>& legs, const Configuration& configuration,
                               std::vector<Finding>& findings);
  static std::optional<FlightKey> TakeMovedFlight(std::vector<Leg>& legs, std::vector<Finding>& findings);

  const Tokens& tokens_;
  std::vector<Transport> transports_;
  Code carrier_;
  bool is_template_ = false;
};

}  // namespace landfall::edifact
