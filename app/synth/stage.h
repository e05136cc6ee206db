#pragma once

// The small language that planted situations are written in.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/synth/cast.h"
#include "app/synth/reference_json.h"
#include "app/synth/scenarios.h"

namespace landfall::app {

// Where one situation on one flight is set up. A situation that plays on two flights is set up on each, with the same
// people: make them first, then board those of this flight.
class Stage {
 public:
  Stage(const ScenarioDay& scenario_day, std::size_t number, std::string_view name, const FlightOutline& outline,
        std::vector<PlannedParty>& parties, std::vector<Truth>& truth, ReferenceLines* lines);

  const FlightOutline& outline() const { return outline_; }
  Cast& cast() { return cast_; }
  Date arrival() const { return outline_.t0_date; }
  bool IsOn(std::string_view flight_number) const { return outline_.flight.number == flight_number; }

  // Of whom the people made next are nationals and residents; at first the country the flight comes from.
  Stage& From(std::string_view country);
  // Names of the watch list for the people made next.
  Stage& WithListedNames();

  Traveller Adult(Sex sex, int age, std::string_view surname = {});
  Traveller Child(int age, std::string_view surname = {});
  // Somebody here who waits for a child, with telephone and address.
  HandoverPerson Receiver(Relationship relationship);
  // The child gets the carrier's service for unaccompanied minors, collected by `receiver`, at whose address it stays.
  void PutUnderCare(Traveller& child, const HandoverPerson& receiver);

  Vignette Accompanied(const Traveller& child, std::initializer_list<NamedAdult> adults, int stay_days = 10);
  Vignette Unaccompanied(const Traveller& child, const HandoverPerson& sponsor, Vetting vetting, int stay_days = 10);
  WatchEntry Listed(WatchKind kind, const Traveller& person);

  template <typename Record>
  void Put(const Record& record) {
    if (lines_ != nullptr) AddLine(record, *lines_);
  }

  // The party travels on this flight; returns its number.
  std::size_t Board(std::vector<Traveller> members, const BookingTerms& terms = {});
  PlannedParty& Party(std::size_t number) { return parties_[number]; }

  struct Expected {
    std::string_view visa_result;
    std::vector<std::string_view> rules, not_rules;
  };
  // What must be found about these members of the party.
  void Expect(std::size_t party, std::vector<std::size_t> members, Expected expected);

 private:
  std::string_view name_;
  const FlightOutline& outline_;
  std::vector<PlannedParty>& parties_;
  std::vector<Truth>& truth_;
  ReferenceLines* lines_;
  Cast cast_;
  Country country_;
};

}  // namespace landfall::app
