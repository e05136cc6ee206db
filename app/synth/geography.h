#pragma once

// The airports, routes and countries of the synthetic world: real places, invented carriers and flights.

#include <span>
#include <string_view>

#include "app/synth/names.h"
#include "model/message.h"

namespace landfall::app {

struct Country {
  std::string_view code;
  NamingCulture culture;
  bool needs_visa;  // In the illustrative requirement table of the samples; no statement about the real one.
};

// The countries travellers come from; `own` first.
std::span<const Country> Countries();
const Country& CountryOf(std::string_view code);

// An airport abroad, and the minutes a flight to or from a port here takes.
struct ForeignAirport {
  std::string_view code;
  std::string_view country;
  int flight_minutes;
};
std::span<const ForeignAirport> ForeignAirports();

inline constexpr std::string_view kOwnCountry = "GBR";
inline constexpr std::string_view kPorts[] = {"LHR", "LGW", "MAN"};

// How a carrier reports.
enum class Channel : std::uint8_t {
  kFullNdjson,     // One list with bookings and check-in data.
  kSplitNdjson,    // Bookings a day before, then a list with travel documents only.
  kPaxlst,         // Bookings in NDJSON, the lists in PAXLST.
};

struct Carrier {
  std::string_view code;
  Channel channel;
  CloseOutForm close_out;
};
std::span<const Carrier> Carriers();

std::string_view TerminalAt(std::string_view port, const Carrier& carrier);

}  // namespace landfall::app
