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

  // The carrier that a TDT states; empty if none does.
  const std::string& carrier() const { return carrier_; }
  // A text that no sender means: YYMMDD, HHMM or XXX stands where a date or place belongs.
  bool IsUnfilledTemplate() const { return is_template_; }

  // The flight; `reason` says why there is none. Findings: leg_guessed, number_prefix, times.
  struct Result {
    std::optional<Flight> flight;
    std::optional<FlightKey> replaces;  // Of a moved flight: that of the first of two TDT groups.
    std::string reason;
  };
  Result Finish(const Configuration& configuration, bool is_moved, std::vector<Finding>& findings) const;

 private:
  struct Stop {
    std::string qualifier;
    std::string airport;
    std::string departs, arrives;  // Digits of DTM 189 and 232.
  };
  struct Transport {
    std::string id;       // As sent: "UA0989", or without carrier.
    std::string carrier;  // Element 5.
    std::vector<Stop> stops;
  };
  struct Leg {
    Segment segment;
    bool crosses_border = false;
    std::size_t transport = 0;
  };
  std::optional<std::string> NumberOf(const Transport& transport, std::vector<Finding>& findings) const;
  std::vector<Leg> Legs(std::vector<Finding>& findings) const;
  static std::size_t BorderLeg(const std::vector<Leg>& legs, const Configuration& configuration,
                               std::vector<Finding>& findings);

  const Tokens& tokens_;
  std::vector<Transport> transports_;
  std::string carrier_;
  bool is_template_ = false;
};

}  // namespace landfall::edifact
