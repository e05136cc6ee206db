// The vignette truth table: each row by itself, and as flights tell it. Source: the 2007 Action Plan, ch. 4, as
// docs/RULES.md section 19 has it.

#include "pipeline/facts/vignette_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "model/facts.h"
#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;
using Travel = VignetteCase::Travel;

constexpr std::string_view kResults[] = {"ok",           "ok_document_differs",      "mismatch_other_adult", "mismatch_alone",
                                         "late_mismatch", "split",                    "unaccompanied_alone",
                                         "unaccompanied_with_adult", "not_recorded", "no_record", "not_applicable"};

std::string Text(std::optional<VisaResult> result) {
  return result ? std::string(kResults[static_cast<std::size_t>(*result)]) : "unknown";
}

TEST(ResultOf, ItsValuesStandInTheOrderOfTheFact) {
  EXPECT_THAT(Info(FactId::visa_result).values, ::testing::ElementsAreArray(kResults));
}

// A visa national child, accompanied, whose named adult is nowhere, with its vignette found.
VignetteCase Accompanied() {
  VignetteCase of;
  of.is_child = true;
  of.visa_required = true;
  of.vignettes_loaded = true;
  of.found = true;
  of.travel = Travel::kAccompanied;
  return of;
}

struct PureCase {
  std::string name;
  std::function<void(VignetteCase&)> change;
  std::string expected;
};
class ResultOfRow : public ::testing::TestWithParam<PureCase> {};

TEST_P(ResultOfRow, IsTheFirstThatHolds) {
  VignetteCase of = Accompanied();
  GetParam().change(of);
  EXPECT_EQ(Text(ResultOf(of)), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    TruthTable, ResultOfRow,
    ::testing::Values(
        PureCase{"NotAChild", [](auto& of) { of.is_child = false; }, "not_applicable"},
        PureCase{"InTransit", [](auto& of) { of.in_transit = true; }, "not_applicable"},
        PureCase{"ADeparture", [](auto& of) { of.is_departure = true; }, "not_applicable"},
        PureCase{"NotRequiredAndNoneFound", [](auto& of) { of.visa_required = false; of.found = false; }, "not_applicable"},
        PureCase{"NotRequiredAndNoneLoaded",
                 [](auto& of) { of.visa_required = false; of.found = of.vignettes_loaded = false; }, "not_applicable"},
        PureCase{"NotRequiredButOneFoundIsJudged", [](auto& of) { of.visa_required = false; }, "mismatch_alone"},
        PureCase{"NoneLoaded", [](auto& of) { of.found = of.vignettes_loaded = false; }, "unknown"},
        PureCase{"NoneFoundAndNotKnownWhetherRequired", [](auto& of) { of.found = false; of.visa_required.reset(); }, "unknown"},
        PureCase{"FoundAndNotKnownWhetherRequired", [](auto& of) { of.visa_required.reset(); }, "mismatch_alone"},
        PureCase{"RequiredAndNoneFound", [](auto& of) { of.found = false; }, "no_record"},
        PureCase{"NotRecorded", [](auto& of) { of.travel = Travel::kNotRecorded; }, "not_recorded"},
        PureCase{"NotRecordedWhateverTheAdults",
                 [](auto& of) { of.travel = Travel::kNotRecorded; of.adult_on_flight_by_document = true; }, "not_recorded"},
        PureCase{"ByDocument", [](auto& of) { of.adult_on_flight_by_document = true; }, "ok"},
        PureCase{"ByDocumentOneOfTwo",
                 [](auto& of) { of.adult_on_flight_by_document = of.adult_left_behind = of.adult_elsewhere = true; }, "ok"},
        PureCase{"ByDocumentBeforeByName",
                 [](auto& of) { of.adult_on_flight_by_document = of.adult_on_flight_by_name_and_birth = true; }, "ok"},
        PureCase{"ByNameAndBirth", [](auto& of) { of.adult_on_flight_by_name_and_birth = true; }, "ok_document_differs"},
        PureCase{"ByNameAndBirthBesideANamesake",
                 [](auto& of) { of.adult_on_flight_by_name_and_birth = of.adult_has_namesake = true; }, "ok_document_differs"},
        PureCase{"ANamesakeOnly", [](auto& of) { of.adult_has_namesake = true; }, "unknown"},
        PureCase{"ANamesakeBesideOneLeftBehind",
                 [](auto& of) { of.adult_has_namesake = of.adult_left_behind = true; }, "unknown"},
        PureCase{"LeftBehind", [](auto& of) { of.adult_left_behind = true; }, "late_mismatch"},
        PureCase{"LeftBehindAndElsewhere", [](auto& of) { of.adult_left_behind = of.adult_elsewhere = true; }, "late_mismatch"},
        PureCase{"LeftBehindWithTheChildAndElsewhere",
                 [](auto& of) { of.adult_left_behind = of.child_left_behind = of.adult_elsewhere = true; }, "split"},
        PureCase{"Elsewhere", [](auto& of) { of.adult_elsewhere = true; }, "split"},
        PureCase{"ElsewhereAndAnotherAdultHere",
                 [](auto& of) { of.adult_elsewhere = of.other_adult_in_party = true; }, "split"},
        PureCase{"AnotherAdult", [](auto& of) { of.other_adult_in_party = true; }, "mismatch_other_adult"},
        PureCase{"Alone", [](auto&) {}, "mismatch_alone"},
        PureCase{"Unaccompanied", [](auto& of) { of.travel = Travel::kUnaccompanied; }, "unaccompanied_alone"},
        PureCase{"UnaccompaniedWithAdult",
                 [](auto& of) { of.travel = Travel::kUnaccompanied; of.other_adult_in_party = true; },
                 "unaccompanied_with_adult"}),
    [](const auto& test) { return test.param.name; });

// The same as flights tell it. The child is ORLA, the adult named on its vignette ADA (passport A2) and, where there are
// two, IVO (by name and birth date).
std::string Vignette(std::string child_travel, std::string more = "") {
  return R"({"vignette":"VG1","issued":"2026-10-12","valid_from":"2026-11-01","valid_until":"2027-05-01",)"
         R"("holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","document":"A1","issuer":"UTO"},)"
         R"("child":)" + child_travel + more + "}";
}
const std::string kAda =
    R"({"surname":"QUILL","given_names":"ADA","date_of_birth":"1980-05-06","document":"A2","issuer":"UTO","relationship":"parent"})";
const std::string kIvo = R"({"surname":"QUILL","given_names":"IVO","date_of_birth":"1979-01-30","relationship":"parent"})";
const std::string kAccompanied = R"({"travel":"accompanied","adults":[)" + kAda + "]}";
const std::string kEither = R"({"travel":"accompanied","adults":[)" + kAda + "," + kIvo + "]}";
const std::string kByNameOnly = R"({"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"ADA"}]})";
const std::string kUnaccompanied = R"({"travel":"unaccompanied"})";

Person Orla() {
  return Person("1").Named("QUILL", "ORLA").Born("2014-03-02").From("UTO").Passport("A1").Booked("K3P7QX");
}
Person Ada() { return Person("2").Named("QUILL", "ADA").Born("1980-05-06").From("UTO").Passport("A2").Booked("K3P7QX"); }
Person Ivo() { return Person("3").Named("QUILL", "IVO").Born("1979-01-30").Passport("A3").Booked("K3P7QX"); }
Person Stranger() { return Person("9").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9").Booked("K3P7QX"); }
Person ApartFrom(Person person) { return person.Booked("ZZZZZZ"); }

struct FlightCase {
  std::string name;
  std::function<void(FlightBuilder&)> tell;
  std::string expected;
  std::string on_flight = "unknown";     // visa.named_adult_on_flight
  std::string same_booking = "unknown";  // visa.named_adult_same_booking
};
class VisaResultOnAFlight : public ::testing::TestWithParam<FlightCase> {};

TEST_P(VisaResultOnAFlight, IsAsToldByTheFlight) {
  FlightBuilder flight;
  flight.Requirements("UTO,,,\n");
  GetParam().tell(flight);
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Of("1", "visa.result"), GetParam().expected);
  EXPECT_EQ(facts.Of("1", "visa.named_adult_on_flight"), GetParam().on_flight);
  EXPECT_EQ(facts.Of("1", "visa.named_adult_same_booking"), GetParam().same_booking);
}

INSTANTIATE_TEST_SUITE_P(
    TruthTable, VisaResultOnAFlight,
    ::testing::Values(
        FlightCase{"NamedAdultByDocument",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}); }, "ok", "true", "true"},
        FlightCase{"AnotherSpellingIsAFindingOnly",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada().Named("KWILL", "A")}); }, "ok",
                   "true", "true"},
        FlightCase{"OnAnotherBooking",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), ApartFrom(Ada())}); }, "ok", "true",
                   "false"},
        FlightCase{"BookingNotKnown",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada().Without("booking")}); }, "ok",
                   "true", "unknown"},
        FlightCase{"OneOfTwoIsEnough", [](auto& f) { f.Vignette(Vignette(kEither)).CheckIn({Orla(), Ivo()}); },
                   "ok_document_differs", "true", "true"},
        FlightCase{"RenewedPassport",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied))
                         .CheckIn({Orla(), Person("2").Named("QUILL", "ADA").Born("1980-05-06").Passport("A77").Booked("K3P7QX")});
                   },
                   "ok_document_differs", "true", "true"},
        FlightCase{"SameNumberOfAnotherIssuer",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied))
                         .CheckIn({Orla(), Person("2").Named("OMBRE", "EVA").Born("1980-05-06").Passport("A2", "FRA").Booked("L")});
                   },
                   "mismatch_alone", "false", "false"},
        FlightCase{"AContradictingBirthDateVetoesTheNumber",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada().Born("1990-05-06")}); },
                   "mismatch_other_adult", "false", "false"},
        FlightCase{"ByNameOnlyWithANamesake",
                   [](auto& f) { f.Vignette(Vignette(kByNameOnly)).CheckIn({Orla(), Ada()}); }, "unknown"},
        FlightCase{"ByNameOnlyWithoutANamesake",
                   [](auto& f) { f.Vignette(Vignette(kByNameOnly)).CheckIn({Orla(), Stranger()}); }, "mismatch_other_adult",
                   "false", "false"},
        FlightCase{"AChildOfTheNameIsNoAdult",
                   [](auto& f) {
                     f.Vignette(Vignette(kByNameOnly)).CheckIn({Orla(), Ada().Born("2012-05-06").Booked("OTHER1")});
                   },
                   "mismatch_alone", "false", "false"},
        FlightCase{"UnnamedAdult", [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Stranger()}); },
                   "mismatch_other_adult", "false", "false"},
        FlightCase{"AStrangerNextToItIsNoCompany",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied))
                         .CheckIn({Orla().Text("seat", "21A"), ApartFrom(Stranger()).Text("seat", "21B")});
                   },
                   "mismatch_alone", "false", "false"},
        FlightCase{"Alone", [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}); }, "mismatch_alone", "false",
                   "false"},
        FlightCase{"NamedAdultLeftBehind",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}).CloseOut("not_on_board", {Ada()});
                   },
                   "late_mismatch", "false", "false"},
        FlightCase{"OneOfTwoLeftBehind",
                   [](auto& f) {
                     f.Vignette(Vignette(kEither)).CheckIn({Orla(), Ada(), Ivo()}).CloseOut("not_on_board", {Ada()});
                   },
                   "ok_document_differs", "true", "true"},
        FlightCase{"BothLeftBehind",
                   [](auto& f) {
                     f.Vignette(Vignette(kEither)).CheckIn({Orla(), Ada(), Ivo()}).CloseOut("on_board", {Orla()});
                   },
                   "late_mismatch", "false", "false"},
        FlightCase{"LeftBehindTogether",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}).CloseOut("not_on_board", {Orla(), Ada()});
                   },
                   "ok", "true", "true"},
        FlightCase{"TheChildLeftBehindItsAdultOnBoard",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}).CloseOut("not_on_board", {Orla()});
                   },
                   "ok", "true", "true"},
        FlightCase{"ACloseOutWithoutAListLeavesItOpen",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}).CloseOut("none", {}); }, "ok",
                   "true", "true"},
        FlightCase{"RemovedFromTheListIsNotLeftBehind",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla(), Ada()}).Reduction({Ada()}); },
                   "mismatch_alone", "false", "false"},
        FlightCase{"OnTheNextFlight",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}).Elsewhere("VG1", 0, 2); }, "split",
                   "false", "false"},
        FlightCase{"OnAFlightTheDayAfterTwentyFourHours",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}).Elsewhere("VG1", 0, 24); }, "split",
                   "false", "false"},
        FlightCase{"OnAFlightTooFarApart",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}).Elsewhere("VG1", 0, 24.1); },
                   "mismatch_alone", "false", "false"},
        FlightCase{"FurtherApartWhereTheProfileAllows",
                   [](auto& f) {
                     f.parameters.split_hours = 48;
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}).Elsewhere("VG1", 0, 47);
                   },
                   "split", "false", "false"},
        FlightCase{"AnotherChildsAdultElsewhere",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla()}).Elsewhere("VG7", 0, 2); },
                   "mismatch_alone", "false", "false"},
        FlightCase{"Unaccompanied", [](auto& f) { f.Vignette(Vignette(kUnaccompanied)).CheckIn({Orla()}); },
                   "unaccompanied_alone"},
        FlightCase{"UnaccompaniedWithAnAdult",
                   [](auto& f) { f.Vignette(Vignette(kUnaccompanied)).CheckIn({Orla(), Stranger()}); },
                   "unaccompanied_with_adult"},
        FlightCase{"UnaccompaniedAndTheAdultStayedBehind",
                   [](auto& f) {
                     f.Vignette(Vignette(kUnaccompanied)).CheckIn({Orla(), Stranger()}).CloseOut("not_on_board", {Stranger()});
                   },
                   "unaccompanied_alone"},
        FlightCase{"LeftBlank", [](auto& f) { f.Vignette(Vignette(R"({"travel":"not_recorded"})")).CheckIn({Orla()}); },
                   "not_recorded"},
        FlightCase{"AccompaniedByNobodyNamed",
                   [](auto& f) { f.Vignette(Vignette(R"({"travel":"accompanied","adults":[]})")).CheckIn({Orla()}); },
                   "not_recorded"},
        FlightCase{"IssuedBeforeCompanionsWereRecorded",
                   [](auto& f) {
                     f.Flies("LOS", "LHR", "2006-03-01T00:10:00Z", "2006-03-01T06:40:00Z")
                         .Vignette(R"({"vignette":"VG1","issued":"2006-02-11","holder":{"surname":"QUILL","given_names":"ORLA",)"
                                   R"("date_of_birth":"1999-03-02","document":"A1"},"child":)" + kUnaccompanied + "}")
                         .CheckIn({Orla().Born("1999-03-02")});
                   },
                   "not_recorded"},
        FlightCase{"IssuedOnTheDayCompanionsWereRecorded",
                   [](auto& f) {
                     f.Flies("LOS", "LHR", "2006-03-01T00:10:00Z", "2006-03-01T06:40:00Z")
                         .Vignette(R"({"vignette":"VG1","issued":"2006-02-12","holder":{"surname":"QUILL","given_names":"ORLA",)"
                                   R"("date_of_birth":"1999-03-02","document":"A1"},"child":)" + kUnaccompanied + "}")
                         .CheckIn({Orla().Born("1999-03-02")});
                   },
                   "unaccompanied_alone"},
        FlightCase{"NoRecord",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla().Born("2013-01-01").Passport("Q5").Named("VOSS", "TAM")});
                   },
                   "no_record"},
        FlightCase{"NoNationality",
                   [](auto& f) {
                     f.Vignette(Vignette(kAccompanied)).CheckIn({Orla().Without("nationality").Without("documents").Named("VOSS", "TAM")});
                   },
                   "unknown"},
        FlightCase{"NoVignettesLoaded", [](auto& f) { f.CheckIn({Orla()}); }, "unknown"},
        FlightCase{"NotAVisaNational", [](auto& f) { f.CheckIn({Orla().From("FRA")}); }, "not_applicable"},
        FlightCase{"HoldsAResidencePermit", [](auto& f) { f.CheckIn({Orla().Document("R", "RP1")}); }, "not_applicable"},
        FlightCase{"InTransit",
                   [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Orla().Text("type", "transit")}); },
                   "not_applicable", "false", "false"},
        FlightCase{"Departing",
                   [](auto& f) {
                     f.Flies("LHR", "LOS", "2026-11-22T10:10:00Z", "2026-11-22T16:40:00Z")
                         .Vignette(Vignette(kAccompanied))
                         .CheckIn({Orla()});
                   },
                   "not_applicable", "false", "false"},
        FlightCase{"AnAdult", [](auto& f) { f.Vignette(Vignette(kAccompanied)).CheckIn({Ada().Text("ref", "1")}); },
                   "not_applicable"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
