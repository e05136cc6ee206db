#include "pipeline/merge/changes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAreArray;
using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;

Person Orla() { return Person("1").Named("QUILL", "ORLA").Born("2014-03-02").Passport("A1").Booked("K3P7QX"); }
Person Ada() { return Person("2").Named("QUILL", "ADA").Born("1980-05-06").Passport("A2").Booked("K3P7QX"); }
Person Marl() { return Person("3").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9").Booked("K3P7QX"); }
Person Collected(std::string_view surname, std::string_view phone) {
  return Orla().Set("escort_form", R"({"collected_by":{"surname":")" + std::string(surname) +
                                       R"(","given_names":"UTE","phone":")" + std::string(phone) + "\"}}");
}

FlightView ViewOf(const MadeFacts& facts) {
  FlightView view{&facts.state(), &facts.context().parties, {}};
  for (const TravellerContext& traveller : facts.context().travellers) view.is_child.push_back(traveller.is_child);
  return view;
}

struct ChangesCase {
  std::string name;
  std::vector<Person> first;
  std::function<void(FlightBuilder&)> then;
  std::vector<std::string> changes;
};

class ChangesTest : public testing::TestWithParam<ChangesCase> {};

TEST_P(ChangesTest, AreToldInWords) {
  FlightBuilder flight;
  flight.CheckIn(GetParam().first);
  const MadeFacts before = flight.Facts();
  GetParam().then(flight);
  const MadeFacts after = flight.Facts();
  std::vector<std::string> changes;
  for (const Change& change : ChangesBetween(ViewOf(before), ViewOf(after))) changes.push_back(ToString(change));
  EXPECT_THAT(changes, ElementsAreArray(GetParam().changes));
}

auto Update(std::vector<Person> people) {
  return [people](FlightBuilder& flight) { flight.Send("update", "", people); };
}

const std::vector<ChangesCase>& Cases() {
  static const std::vector<ChangesCase> cases = {
      {"TheSameAgain", {Orla(), Ada()}, Update({Ada(), Orla()}), {}},
      {"Added", {Ada()}, Update({Marl().Booked("OTHER1")}), {"FENWICK, MARL (3): added"}},
      {"Removed", {Ada(), Marl()}, [](FlightBuilder& f) { f.Reduction({Marl()}); }, {"FENWICK, MARL (3): removed"}},
      {"OneForAnother",
       {Orla(), Ada()},
       [](FlightBuilder& f) { f.Reduction({Ada()}).Send("update", "", {Marl()}); },
       {"QUILL, ADA (2): removed", "QUILL, ORLA (1): QUILL, ADA replaced by FENWICK, MARL as adult of its party",
        "FENWICK, MARL (3): added"}},
      {"AnotherPersonUnderTheReference",
       {Orla(), Ada()},
       Update({Person("2").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9").Booked("K3P7QX")}),
       {"QUILL, ADA (2): removed", "QUILL, ORLA (1): QUILL, ADA replaced by FENWICK, MARL as adult of its party",
        "FENWICK, MARL (2): added"}},
      {"AnAdultLeft", {Orla(), Ada(), Marl()}, [](FlightBuilder& f) { f.Reduction({Marl()}); },
       {"FENWICK, MARL (3): removed", "QUILL, ORLA (1): an adult left its party: FENWICK, MARL"}},
      {"AnAdultJoined", {Orla(), Ada()}, Update({Marl()}),
       {"QUILL, ORLA (1): an adult joined its party: FENWICK, MARL", "FENWICK, MARL (3): added"}},
      {"AnotherBooking", {Orla(), Ada()}, Update({Ada().Booked("OTHER1")}),
       {"QUILL, ORLA (1): an adult left its party: QUILL, ADA", "QUILL, ADA (2): booking OTHER1, before K3P7QX"}},
      {"Receiver", {Collected("BRANDT", "+447700900123")}, Update({Collected("VOSS", "+447700900456")}),
       {"QUILL, ORLA (1): to be collected by VOSS, UTE, +447700900456, before BRANDT, UTE, +447700900123"}},
      {"NoReceiver", {Collected("BRANDT", "+447700900123")}, Update({Orla()}),
       {"QUILL, ORLA (1): to be collected by no longer known, before BRANDT, UTE, +447700900123"}},
      {"Name", {Ada()}, Update({Ada().Named("QUILLE", "ADA")}), {"QUILLE, ADA (2): name QUILLE, ADA, before QUILL, ADA"}},
      {"BirthDate", {Ada()}, Update({Ada().Born("1981-05-06")}), {"QUILL, ADA (2): born 1981-05-06, before 1980-05-06"}},
      {"Document", {Ada()}, Update({Ada().Without("documents").Passport("B7")}),
       {"QUILL, ADA (2): documents P B7 UTO, before P A2 UTO"}},
      {"Seat", {Ada()}, Update({Ada().Text("seat", "21A")}), {"QUILL, ADA (2): seat 21A"}},
      {"Boarded", {Orla(), Ada()}, [](FlightBuilder& f) { f.CloseOut("on_board", {Orla()}); },
       {"closed out", "the data are complete", "QUILL, ORLA (1): at close-out on board",
        "QUILL, ADA (2): at close-out not on board"}},
      {"Cancelled", {Ada()}, [](FlightBuilder& f) { f.Send("cancel", "", {}); }, {"the flight is cancelled"}},
      {"GoesAfterAll", {Ada()}, [](FlightBuilder& f) { f.Send("cancel", "", {}).CheckIn({Ada()}); }, {}},
      {"Retimed", {Ada()},
       [](FlightBuilder& f) { f.Flies("LOS", "LHR", "2026-11-22T01:10:00Z", "2026-11-22T06:40:00Z").CheckIn({Ada()}); },
       {"departs 2026-11-22T01:10:00Z, before 2026-11-22T00:10:00Z"}},
      {"Terminal", {Ada()},
       [](FlightBuilder& f) { f.flight_fields = R"(,"terminal":"5")"; f.CheckIn({Ada()}); }, {"terminal 5"}},
  };
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Words, ChangesTest, testing::ValuesIn(Cases()), [](const auto& test) { return test.param.name; });

TEST(Changes, FromNothingEverybodyIsAdded) {
  FlightBuilder flight;
  flight.CheckIn({Orla(), Ada()});
  const MadeFacts facts = flight.Facts();
  const FlightState nothing;
  const std::vector<Party> none;
  std::vector<ChangeKind> kinds;
  for (const Change& change : ChangesBetween({&nothing, &none, {}}, ViewOf(facts))) kinds.push_back(change.kind);
  EXPECT_THAT(kinds, testing::ElementsAre(ChangeKind::kAdded, ChangeKind::kAdded));
}

}  // namespace
}  // namespace landfall
