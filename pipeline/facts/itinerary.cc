#include "pipeline/facts/itinerary.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "pipeline/places/places.h"

namespace landfall {
namespace {

constexpr double kLongestConnectionHours = 24;

bool IsCancelled(const Segment& segment) {
  static constexpr std::string_view kCodes[] = {"HX", "NO", "UC", "UN", "UX", "XL", "XX"};
  return std::find(std::begin(kCodes), std::end(kCodes), segment.status) != std::end(kCodes);
}

std::vector<const Segment*> StandingSegments(const Booking& booking) {
  std::vector<const Segment*> segments;
  for (const Segment& segment : booking.segments) {
    if (!IsCancelled(segment)) segments.push_back(&segment);
  }
  return segments;
}

// The segment that is this flight: of several between the two airports the nearest in time.
std::size_t FindFlight(const std::vector<const Segment*>& segments, const Flight& flight) {
  std::size_t best = segments.size();
  std::int64_t least = 0;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i]->from != flight.from || segments[i]->to != flight.to) continue;
    const std::int64_t apart =
        segments[i]->departs_at ? std::abs(segments[i]->departs_at->seconds - flight.departs_at.seconds) : 0;
    if (best != segments.size() && apart >= least) continue;
    best = i;
    least = apart;
  }
  return best;
}

std::optional<double> HoursOfConnection(const Segment& arriving, const Segment& leaving) {
  if (!arriving.arrives_at || !leaving.departs_at) return std::nullopt;
  return HoursBetween(*arriving.arrives_at, *leaving.departs_at);
}

std::optional<CountryCode> CountryAt(AirportCode airport) {
  const Airport* const found = FindAirport(airport.view());
  return found != nullptr ? std::optional(found->country) : std::nullopt;
}

// From abroad to the country where the booking begins.
bool LeadsBack(const Segment& segment, const Segment& beginning) {
  const std::optional<CountryCode> home = CountryAt(beginning.from);
  if (!home) return segment.to == beginning.from;
  return CountryAt(segment.to) == home && CountryAt(segment.from) != home;
}

// A stay, not a change of planes, lies between the two. Without times, a segment that leads back follows a stay.
bool EndsJourney(const Segment& arriving, const Segment& leaving, const Segment& beginning) {
  const std::optional<double> hours = HoursOfConnection(arriving, leaving);
  return hours ? *hours > kLongestConnectionHours : LeadsBack(leaving, beginning);
}

void CountConnections(const std::vector<const Segment*>& segments, std::size_t flight, Itinerary& itinerary) {
  std::size_t first = flight;
  double longest = 0;
  bool all_known = true;
  while (first > 0 && !EndsJourney(*segments[first - 1], *segments[first], *segments.front())) {
    const std::optional<double> hours = HoursOfConnection(*segments[first - 1], *segments[first]);
    all_known = all_known && hours;
    longest = std::max(longest, hours.value_or(0));
    --first;
  }
  itinerary.connections = static_cast<std::int64_t>(flight - first);
  if (all_known) itinerary.longest_connection_hours = longest;
}

std::optional<bool> IsOneWay(const std::vector<const Segment*>& segments, std::size_t flight) {
  if (!CountryAt(segments.front()->from)) return std::nullopt;
  bool all_known = true;
  for (std::size_t i = flight; i < segments.size(); ++i) {
    if (LeadsBack(*segments[i], *segments.front())) return false;
    all_known = all_known && CountryAt(segments[i]->to);
  }
  return all_known ? std::optional<bool>(true) : std::nullopt;
}

}  // namespace

Itinerary ReadItinerary(const Booking& booking, const Flight& flight) {
  Itinerary itinerary;
  const std::vector<const Segment*> segments = StandingSegments(booking);
  if (segments.empty()) return itinerary;
  const std::size_t here = FindFlight(segments, flight);
  if (here == segments.size()) {
    itinerary.destination = segments.back()->to;
    return itinerary;
  }
  CountConnections(segments, here, itinerary);
  std::size_t last = here;
  while (last + 1 < segments.size() && !EndsJourney(*segments[last], *segments[last + 1], *segments.front())) ++last;
  itinerary.destination = segments[last]->to;
  itinerary.one_way = IsOneWay(segments, here);
  return itinerary;
}

}  // namespace landfall
