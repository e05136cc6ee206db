#include "pipeline/facts/itinerary.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace landfall {
namespace {

// "LOS-IST 0 6": from, to, hours of departure and arrival after midnight of the flight's day; "-" for not known.
Segment Leg(std::string_view route, std::optional<double> departs, std::optional<double> arrives, std::string status = "") {
  const std::int64_t day = MakeDate(2026, 11, 22).days * 86'400LL;
  const auto at = [day](std::optional<double> hours) {
    return hours ? std::optional(Instant{day + static_cast<std::int64_t>(*hours * 3600)}) : std::nullopt;
  };
  Segment segment;
  segment.from = AirportCode(route.substr(0, 3));
  segment.to = AirportCode(route.substr(4, 3));
  segment.departs_at = at(departs);
  segment.arrives_at = at(arrives);
  segment.status = std::move(status);
  return segment;
}

// The flight is IST-LHR, 10:00 to 14:00.
struct Case {
  std::string name;
  std::vector<Segment> segments;
  std::string connections, hours, destination, one_way;
};
class ItineraryOf : public ::testing::TestWithParam<Case> {};

TEST_P(ItineraryOf, ABooking) {
  Booking booking;
  booking.segments = GetParam().segments;
  Flight flight;
  flight.from = AirportCode("IST");
  flight.to = AirportCode("LHR");
  flight.departs_at = *Leg("IST-LHR", 10, 14).departs_at;
  const Itinerary read = ReadItinerary(booking, flight);
  EXPECT_EQ(read.connections ? std::to_string(*read.connections) : "-", GetParam().connections);
  EXPECT_EQ(read.longest_connection_hours ? std::to_string(*read.longest_connection_hours).substr(0, 4) : "-", GetParam().hours);
  EXPECT_EQ(read.destination.view(), GetParam().destination);
  EXPECT_EQ(read.one_way ? (*read.one_way ? "true" : "false") : "-", GetParam().one_way);
}

constexpr auto kNone = std::nullopt;

INSTANTIATE_TEST_SUITE_P(
    Segments, ItineraryOf,
    ::testing::Values(
        Case{"None", {}, "-", "-", "", "-"},
        Case{"Direct", {Leg("IST-LHR", 10, 14)}, "0", "0.00", "LHR", "true"},
        Case{"OneConnection", {Leg("LOS-IST", 0, 6), Leg("IST-LHR", 10, 14)}, "1", "4.00", "LHR", "true"},
        Case{"TheLongestOfTwo", {Leg("ABV-LOS", -12, -11), Leg("LOS-IST", -1, 6), Leg("IST-LHR", 10, 14)}, "2", "10.0", "LHR",
             "true"},
        Case{"TwoInTheCountryOfOriginWithoutTimes",
             {Leg("KAN-ABV", kNone, kNone), Leg("ABV-LOS", kNone, kNone), Leg("LOS-IST", kNone, kNone), Leg("IST-LHR", 10, 14)},
             "3", "-", "LHR", "true"},
        Case{"AStopoverOfDaysBeginsAnotherJourney", {Leg("LOS-IST", -72, -66), Leg("IST-LHR", 10, 14)}, "0", "0.00", "LHR",
             "true"},
        Case{"ATimeMissing", {Leg("LOS-IST", 0, kNone), Leg("IST-LHR", 10, 14)}, "1", "-", "LHR", "true"},
        Case{"OnwardTheSameDay", {Leg("IST-LHR", 10, 14), Leg("LHR-JFK", 17, 25)}, "0", "0.00", "JFK", "true"},
        Case{"OnwardWithoutTimes", {Leg("IST-LHR", 10, 14), Leg("LHR-JFK", kNone, kNone)}, "0", "0.00", "JFK", "true"},
        Case{"Return", {Leg("IST-LHR", 10, 14), Leg("LHR-IST", 240, 244)}, "0", "0.00", "LHR", "false"},
        Case{"ReturnWithoutTimes", {Leg("IST-LHR", kNone, kNone), Leg("LHR-IST", kNone, kNone)}, "0", "0.00", "LHR", "false"},
        Case{"ReturnToAnotherAirportOfTheCountry",
             {Leg("LOS-IST", 0, 6), Leg("IST-LHR", 10, 14), Leg("LHR-ABV", 240, 246)}, "1", "4.00", "LHR", "false"},
        Case{"ThisIsTheWayBack", {Leg("LHR-IST", -300, -296), Leg("IST-LHR", 10, 14)}, "0", "0.00", "LHR", "false"},
        Case{"ACancelledReturn", {Leg("IST-LHR", 10, 14), Leg("LHR-IST", 240, 244, "HX")}, "0", "0.00", "LHR", "true"},
        Case{"OfTwoFlightsTheNearest", {Leg("IST-LHR", -200, -196), Leg("LHR-CDG", 5, 6), Leg("IST-LHR", 10, 14)}, "1", "4.00",
             "LHR", "true"},
        Case{"NotInTheBooking", {Leg("LOS-CDG", 0, 6), Leg("CDG-JFK", 9, 17)}, "-", "-", "JFK", "-"},
        Case{"AnAirportThatNobodyKnows", {Leg("IST-LHR", 10, 14), Leg("LHR-QXX", 17, 19)}, "0", "0.00", "QXX", "-"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
