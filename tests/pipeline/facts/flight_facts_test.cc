// Each fact that is made: a row that sets it and one that leaves it unknown. docs/RULES.md section 19.

#include "pipeline/facts/flight_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "pipeline/facts/fact_values.h"
#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;
using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using K = ReferenceKind;

Person Orla() { return Person("1").Named("QUILL", "ORLA").Born("2014-03-02").Passport("A1").Booked("K3P7QX"); }
Person Ada() { return Person("2").Named("QUILL", "ADA").Born("1980-05-06").Passport("A2").Booked("K3P7QX"); }
Person Marl() { return Person("3").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9").Booked("K3P7QX"); }
Person OnItsOwn(Person person) { return person.Booked("OTHER1"); }
Person With(Person person, std::string_view field, std::string_view json) { return person.Set(field, json); }
Person Booking(Person person, std::string json) { return person.Set("booking", R"({"locator":"K3P7QX",)" + json + "}"); }

// ORLA's vignette; `more` are its other fields.
std::string Vignette(std::string more, std::string holder = "") {
  return R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","document":"A1")" +
         holder + "}" + (more.empty() ? "" : "," + more) + "}";
}
std::string WithSponsor(std::string more = "") {
  return Vignette(R"("child":{"travel":"unaccompanied"},"sponsor":{"surname":"BRANDT","given_names":"UTE")" +
                  (more.empty() ? "" : "," + more) + "}");
}
const std::string kByAda =
    R"("child":{"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"ADA","document":"A2","relationship":"parent"}]})";
const std::string kMews = R"({"lines":"14 LARKSPUR MEWS","city":"LONDON","postcode":"SE5 4KV","country":"GBR"})";
const std::string kRise = R"({"lines":"9 DUNNOCK RISE","city":"CROYDON","postcode":"CR7 2OM","country":"GBR"})";
Person Form(Person person, std::string receiver) {
  return person.Set("escort_form", R"({"changed_at":"2026-11-21T18:40:00Z","collected_by":)" + receiver + "}");
}
const std::string kUte = R"({"surname":"BRANDT","given_names":"UTE","phone":"+442079460312","address":)" + kMews + "}";

std::string Watch(std::string kind, std::string surname, std::string given, std::string born, std::string more = "") {
  return R"({"entry":"W-)" + surname + R"(","kind":")" + kind + R"(","names":[{"surname":")" + surname + R"(","given_names":")" +
         given + R"("}],"dates_of_birth":[")" + born + "\"]" + more + "}";
}
// A list that holds nobody of the flight.
const std::string kSomebody = Watch("person_of_concern", "TARNOWE", "BELIS", "1970-02-03");

struct FactCase {
  std::string name;
  std::function<void(FlightBuilder&)> tell;
  std::string ref, fact, expected;
};

// What most rows rest on: ORLA with ADA of one booking, or ORLA alone.
void Two(FlightBuilder& f) { f.CheckIn({Orla(), Ada()}); }
void Alone(FlightBuilder& f) { f.CheckIn({Orla()}); }
auto CheckIn(std::vector<Person> people) {
  return [people](FlightBuilder& f) { f.CheckIn(people); };
}
auto Visa(std::string vignette, std::vector<Person> people = {Orla()}) {
  return [=](FlightBuilder& f) { f.Vignette(vignette).CheckIn(people); };
}
auto Known(K kind, std::string record, std::vector<Person> people = {Orla()}) {
  return [=](FlightBuilder& f) { f.Record(kind, record).CheckIn(people); };
}
auto KnownWithVisa(K kind, std::string record, std::string vignette, std::vector<Person> people = {Orla()}) {
  return [=](FlightBuilder& f) { f.Record(kind, record).Vignette(vignette).CheckIn(people); };
}

std::vector<FactCase> PaxCases() {
  const std::string trip = R"("trip":"one_way")";
  const std::string segments =
      R"("segments":[{"from":"ABV","to":"LOS","departs_at":"2026-11-21T18:00:00Z","arrives_at":"2026-11-21T19:10:00Z"},)"
      R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z"}])";
  const auto seats = [](const char* child, const char* adult) {
    return CheckIn({Orla().Text("seat", child), Ada().Text("seat", adult)});
  };
  const auto times = [](const char* child, const char* adult) {
    return CheckIn({Orla().Text("checkin_at", child), Ada().Text("checkin_at", adult)});
  };
  return {
      {"Whole", Alone, "1", "pax.age", "12"},
      {"NoBirthDate", CheckIn({Orla().Without("date_of_birth")}), "1", "pax.age", "unknown"},
      {"Whole", Alone, "1", "pax.age_band", "12-15"},
      {"NoBirthDate", CheckIn({Orla().Without("date_of_birth")}), "1", "pax.age_band", "unknown"},
      {"Twelve", Alone, "1", "pax.child", "true"},
      {"Adult", CheckIn({Ada()}), "2", "pax.child", "false"},
      {"ChildFareAdultBirthDate", CheckIn({Ada().Text("fare", "child")}), "2", "pax.age_conflict", "true"},
      {"VignetteSaysAnotherDate",
       Visa(R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2010-05-05"}})",
            {Orla().Document("V", "VG1")}), "1", "pax.age_conflict", "true"},
      {"AYoungAdultWhoIsAChildByTheVignette",
       Visa(R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2010-05-05"}})",
            {Orla().Born("2006-05-05").Document("V", "VG1")}), "1", "pax.age_conflict", "true"},
      {"VignetteAgrees", Visa(Vignette("")), "1", "pax.age_conflict", "false"},
      {"BookingAndCheckInDisagree",
       [](FlightBuilder& f) { f.Booking({Orla().Born("2004-03-02")}).CheckIn({Orla()}); }, "1", "pax.age_conflict", "true"},
      {"NothingToCompare", Alone, "1", "pax.age_conflict", "unknown"},
      {"Female", CheckIn({Orla().Text("sex", "F")}), "1", "pax.sex", "F"},
      {"NotStated", Alone, "1", "pax.sex", "unknown"},
      {"Stated", CheckIn({Orla().From("UTO")}), "1", "pax.nationality", "UTO"},
      {"NotStated", Alone, "1", "pax.nationality", "unknown"},
      {"Stated", CheckIn({Orla().Text("residence", "NGA")}), "1", "pax.residence", "NGA"},
      {"OfTheVignette", Visa(Vignette("", R"(,"residence":"GHA")")), "1", "pax.residence", "GHA"},
      {"NotStated", Alone, "1", "pax.residence", "unknown"},
      {"Stated", CheckIn({With(Orla(), "birth_place", R"({"country":"NGA"})")}), "1", "pax.birth_country", "NGA"},
      {"OfTheVignette", Visa(Vignette("", R"(,"birth_country":"GHA")")), "1", "pax.birth_country", "GHA"},
      {"NotStated", Alone, "1", "pax.birth_country", "unknown"},
      {"InTheTable", [](FlightBuilder& f) { f.Requirements("UTO,,,\n").CheckIn({Orla().From("UTO")}); }, "1",
       "pax.visa_required", "true"},
      {"NotInTheTable", [](FlightBuilder& f) { f.Requirements("UTO,,,\n").CheckIn({Orla().From("FRA")}); }, "1",
       "pax.visa_required", "false"},
      {"Departing",
       [](FlightBuilder& f) {
         f.Requirements("UTO,,,\n").Flies("LHR", "LOS", "2026-11-22T10:00:00Z", "2026-11-22T16:00:00Z");
         f.CheckIn({Orla().From("UTO")});
       },
       "1", "pax.visa_required", "false"},
      {"NoTable", CheckIn({Orla().From("UTO")}), "1", "pax.visa_required", "unknown"},
      {"Folded", CheckIn({Orla().Named("O'Quill", "ORLA")}), "1", "pax.family_name_key", "OQUILL"},
      {"NoName", CheckIn({Orla().Without("surname").Without("given_names")}), "1", "pax.family_name_key", "unknown"},
      {"Shared", Two, "1", "pax.shares_name_with_party_adult", "true"},
      {"NotShared", CheckIn({Orla(), Marl()}), "1", "pax.shares_name_with_party_adult", "false"},
      {"OneOfTwo", CheckIn({Orla(), Marl(), Ada()}), "1", "pax.shares_name_with_party_adult", "true"},
      {"NoAdult", Alone, "1", "pax.shares_name_with_party_adult", "false"},
      {"AnAdultWithoutAName", CheckIn({Orla(), Marl().Without("surname").Without("given_names")}), "1",
       "pax.shares_name_with_party_adult", "unknown"},
      {"OneWay", CheckIn({Booking(Orla(), trip)}), "1", "pax.one_way", "true"},
      {"Return", CheckIn({Booking(Orla(), R"("trip":"return")")}), "1", "pax.one_way", "false"},
      {"AReturnIsStated", CheckIn({Booking(Orla(), R"("returns_at":"2026-12-05T18:00:00Z")")}), "1", "pax.one_way", "false"},
      {"SegmentsOfTheBookingSystem", [=](FlightBuilder& f) { f.Booking({Booking(Orla(), segments)}); }, "1", "pax.one_way",
       "true"},
      {"SegmentsOfCheckInMayBePart", CheckIn({Booking(Orla(), segments)}), "1", "pax.one_way", "unknown"},
      {"NothingStated", Alone, "1", "pax.one_way", "unknown"},
      {"OfTheBooking", CheckIn({Booking(Orla(), R"("returns_at":"2026-12-05T23:59:00Z")")}), "1", "pax.stay_days", "13"},
      {"OfTheVignette", Visa(Vignette(R"("stay_days":90)")), "1", "pax.stay_days", "90"},
      {"TheBookingsHolds",
       Visa(Vignette(R"("stay_days":90)"), {Booking(Orla(), R"("returns_at":"2026-12-05T18:00:00Z")")}), "1", "pax.stay_days",
       "13"},
      {"AReturnBeforeTheArrival", CheckIn({Booking(Orla(), R"("returns_at":"2026-11-05T18:00:00Z")")}), "1", "pax.stay_days",
       "unknown"},
      {"NothingStated", Alone, "1", "pax.stay_days", "unknown"},
      {"Two", CheckIn({With(Orla(), "bags", "2")}), "1", "pax.bags", "2"},
      {"NotStated", Alone, "1", "pax.bags", "unknown"},
      {"NextSeat", seats("21A", "21B"), "1", "pax.seat_near_adult", "true"},
      {"RowBehindTwoSeats", seats("21A", "22C"), "1", "pax.seat_near_adult", "true"},
      {"NoSeatIsCalledI", seats("21G", "21J"), "1", "pax.seat_near_adult", "true"},
      {"TwoRowsBehind", seats("21A", "23A"), "1", "pax.seat_near_adult", "false"},
      {"ThreeSeatsAway", seats("21A", "21D"), "1", "pax.seat_near_adult", "false"},
      {"TheAdultsSeatNotKnown", CheckIn({Orla().Text("seat", "21A"), Ada()}), "1", "pax.seat_near_adult", "unknown"},
      {"NoAdult", CheckIn({Orla().Text("seat", "21A")}), "1", "pax.seat_near_adult", "unknown"},
      {"OneTransaction", CheckIn({Orla().Text("checkin_id", "C1"), Ada().Text("checkin_id", "C1")}), "1",
       "pax.checked_in_with_party", "true"},
      {"TenMinutes", times("2026-11-21T20:00:00Z", "2026-11-21T20:10:00Z"), "1", "pax.checked_in_with_party", "true"},
      {"ElevenMinutes", times("2026-11-21T20:00:00Z", "2026-11-21T20:11:00Z"), "1", "pax.checked_in_with_party", "false"},
      {"AnotherTransactionALittleLater",
       CheckIn({Orla().Text("checkin_id", "C1").Text("checkin_at", "2026-11-21T20:00:00Z"),
                Ada().Text("checkin_id", "C2").Text("checkin_at", "2026-11-21T20:05:00Z")}),
       "1", "pax.checked_in_with_party", "true"},
      {"TheOthersNotKnown", CheckIn({Orla().Text("checkin_id", "C1"), Ada()}), "1", "pax.checked_in_with_party", "unknown"},
      {"Alone", CheckIn({Orla().Text("checkin_id", "C1")}), "1", "pax.checked_in_with_party", "unknown"},
      {"OnBoard", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CloseOut("on_board", {Orla()}); }, "1", "pax.boarded",
       "true"},
      {"NotOnBoard", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CloseOut("on_board", {Orla()}); }, "2", "pax.boarded",
       "false"},
      {"BeforeCloseOut", Alone, "1", "pax.boarded", "unknown"},
      {"NotListedInAFullOne",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CloseOut("full", {With(Ada(), "boarded", "true")}); }, "1",
       "pax.boarded", "unknown"},
      {"FromSegments", CheckIn({Booking(Orla(), segments)}), "1", "pax.transit_hours", "5"},
      {"NoSegments", Alone, "1", "pax.transit_hours", "unknown"},
      {"FromSegments", CheckIn({Booking(Orla(), segments)}), "1", "pax.transit_points", "1"},
      {"NoSegments", Alone, "1", "pax.transit_points", "unknown"},
      {"BeforeDeparture", CheckIn({Booking(Orla(), R"("changed_at":"2026-11-21T12:10:00Z")")}), "1",
       "pax.itinerary_changed_hours", "12"},
      {"NoChange", Alone, "1", "pax.itinerary_changed_hours", "unknown"},
      {"ToAnotherDestination",
       CheckIn({With(Booking(Orla(), segments), "journey", R"({"origin":"ABV","destination":"JFK"})")}), "1",
       "pax.onward_differs", "true"},
      {"AsDeclared", CheckIn({With(Booking(Orla(), segments), "journey", R"({"destination":"LHR"})")}), "1",
       "pax.onward_differs", "false"},
      {"NotDeclared", CheckIn({Booking(Orla(), segments)}), "1", "pax.onward_differs", "unknown"},
      {"Lands", Alone, "1", "pax.in_transit", "false"},
      {"InTransit", CheckIn({Orla().Text("type", "transit")}), "1", "pax.in_transit", "true"},
      {"CrewInTransit", CheckIn({Ada().Text("type", "transit_crew")}), "2", "pax.in_transit", "true"},
  };
}

std::vector<FactCase> RegisterCases() {
  const std::string missing = Watch("child_at_risk", "QUILL", "ORLA", "2014-03-02", R"(,"status":"missing","documents":[{"number":"A1"}])");
  const std::string at_risk = Watch("child_at_risk", "QUILL", "ORLA", "2014-03-02", R"(,"status":"at_risk","documents":[{"number":"A1"}])");
  const std::string concern = Watch("person_of_concern", "QUILL", "ADA", "1980-05-06", R"(,"documents":[{"number":"A2"}])");
  const std::string concern_like_orla = Watch("person_of_concern", "QUILL", "ORLA", "1980-05-06", R"(,"documents":[{"number":"A1"}])");
  const std::string lost =
      R"({"entry":"W-L","kind":"lost_document","documents":[{"number":"A1","issuer":"UTO"}]})";
  const std::string lost_other =
      R"({"entry":"W-L","kind":"lost_document","documents":[{"number":"B7","issuer":"UTO"}]})";
  const auto care = [](std::string status, std::string more = "") {
    return R"({"register":"N-1","child":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"},"status":")" +
           status + "\"" + more + "}";
  };
  const auto score = [](std::string limit) {
    return [=](FlightBuilder& f) {
      f.Record(K::kWatchlist, Watch("person_of_concern", "QUILL", "ADA", "1980-05-06", R"(,"documents":[{"number":"A2"}])"));
      f.CheckIn({Orla(), Ada()});
      f.parameters.match_strong = limit == "strong" ? 1 : 100'000;
      f.parameters.match_review = 1;
    };
  };
  return {
      {"Missing", Known(K::kWatchlist, missing), "1", "pax.reported_missing", "true"},
      {"AtRiskIsNotMissing", Known(K::kWatchlist, at_risk), "1", "pax.reported_missing", "false"},
      {"Nobody", Known(K::kWatchlist, kSomebody), "1", "pax.reported_missing", "false"},
      {"MissingFromCare", Known(K::kCareRegister, care("missing_from_care")), "1", "pax.reported_missing", "true"},
      {"CareRegisterAloneCannotDeny", Known(K::kCareRegister, care("in_care")), "1", "pax.reported_missing", "unknown"},
      {"NoList", Alone, "1", "pax.reported_missing", "unknown"},
      {"InCare", Known(K::kCareRegister, care("in_care")), "1", "pax.in_care", "true"},
      {"Asylum", Known(K::kCareRegister, care("asylum")), "1", "pax.in_care", "true"},
      {"LeftCare", Known(K::kCareRegister, care("left_care")), "1", "pax.in_care", "false"},
      {"UntilLastYear", Known(K::kCareRegister, care("in_care", R"(,"until":"2025-11-22")")), "1", "pax.in_care", "false"},
      {"NotRegistered", Known(K::kCareRegister, care("in_care"), {Orla(), Ada()}), "2", "pax.in_care", "false"},
      {"NoRegister", Alone, "1", "pax.in_care", "unknown"},
      {"ChildAtRisk", Known(K::kWatchlist, at_risk), "1", "pax.watch_match", "strong"},
      {"Nobody", Known(K::kWatchlist, kSomebody), "1", "pax.watch_match", "none"},
      {"AChildIsNeverOfConcern", Known(K::kWatchlist, concern_like_orla, {Orla().Without("date_of_birth")}), "1",
       "pax.watch_match", "none"},
      {"NorIsWhoseAgeIsDisputed",
       Known(K::kWatchlist, concern_like_orla, {Orla().Born("1980-05-06").Text("fare", "child")}), "1", "pax.watch_match", "none"},
      {"TheSameAsAnAdultIs", Known(K::kWatchlist, concern_like_orla, {Orla().Born("1980-05-06")}), "1", "pax.watch_match",
       "strong"},
      {"BelowStrong", score("review"), "2", "pax.watch_match", "review"},
      {"FromStrong", score("strong"), "2", "pax.watch_match", "strong"},
      {"NoList", Alone, "1", "pax.watch_match", "unknown"},
      {"Nobody", Known(K::kWatchlist, kSomebody), "1", "pax.watch_score", "0"},
      {"NoList", Alone, "1", "pax.watch_score", "unknown"},
      {"OfConcern", Known(K::kWatchlist, concern, {Orla(), Ada()}), "1", "escort.watch_match", "strong"},
      {"Nobody", Known(K::kWatchlist, kSomebody, {Orla(), Ada()}), "1", "escort.watch_match", "none"},
      {"AnEscortWhoMayBeAChild", Known(K::kWatchlist, concern, {Orla(), Ada().Without("date_of_birth")}), "1",
       "escort.watch_match", "unknown"},
      {"NoEscort", Known(K::kWatchlist, concern), "1", "escort.watch_match", "unknown"},
      {"OnTheAdultsOwnRow", Known(K::kWatchlist, concern, {Orla(), Ada()}), "2", "escort.watch_match", "unknown"},
      {"Nobody", Known(K::kWatchlist, kSomebody, {Orla(), Ada()}), "1", "escort.watch_score", "0"},
      {"NoEscort", Known(K::kWatchlist, kSomebody), "1", "escort.watch_score", "unknown"},
      {"OfConcern",
       KnownWithVisa(K::kWatchlist, Watch("sponsor_of_concern", "BRANDT", "UTE", "1975-01-30", R"(,"documents":[{"number":"S1"}])"),
                     WithSponsor(R"("date_of_birth":"1975-01-30","document":"S1")")),
       "1", "sponsor.watch_match", "strong"},
      {"Nobody", KnownWithVisa(K::kWatchlist, kSomebody, WithSponsor()), "1", "sponsor.watch_match", "none"},
      {"RiskHigh",
       KnownWithVisa(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE","risk":"high"})",
                     WithSponsor(R"("sponsor_id":"SP1")")),
       "1", "sponsor.watch_match", "strong"},
      {"RiskReview",
       KnownWithVisa(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE","risk":"review"})",
                     WithSponsor(R"("sponsor_id":"SP1")")),
       "1", "sponsor.watch_match", "review"},
      {"NoRiskSaysNothingOfTheLists",
       KnownWithVisa(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE","risk":"none"})",
                     WithSponsor(R"("sponsor_id":"SP1")")),
       "1", "sponsor.watch_match", "unknown"},
      {"NoSponsor", Known(K::kWatchlist, kSomebody), "1", "sponsor.watch_match", "unknown"},
      {"Nobody", KnownWithVisa(K::kWatchlist, kSomebody, WithSponsor()), "1", "sponsor.watch_score", "0"},
      {"NoSponsor", Known(K::kWatchlist, kSomebody), "1", "sponsor.watch_score", "unknown"},
      {"Lost", Known(K::kWatchlist, lost), "1", "doc.reported_lost", "true"},
      {"AnotherIsLost", Known(K::kWatchlist, lost_other), "1", "doc.reported_lost", "false"},
      {"ASecondDocumentIsLost", Known(K::kWatchlist, lost, {Marl().Document("I", "A1")}), "3", "doc.reported_lost", "true"},
      {"NoRegisterOfLostDocuments", Known(K::kWatchlist, kSomebody), "1", "doc.reported_lost", "unknown"},
      {"NoDocument", Known(K::kWatchlist, lost, {Orla().Without("documents")}), "1", "doc.reported_lost", "unknown"},
  };
}

std::vector<FactCase> DocumentCases() {
  const auto documents = [](std::string list) { return CheckIn({With(Orla(), "documents", "[" + list + "]")}); };
  const std::string passport = R"({"type":"P","number":"A1","issuer":"UTO","issued":"2026-11-12","expires":"2026-12-22"})";
  const std::string card = R"({"type":"I","number":"C1","issuer":"FRA","expires":"2036-12-22"})";
  const std::string old_card = R"({"type":"IP","number":"C2","issuer":"BEL","expires":"2020-12-22"})";
  return {
      {"Passport", documents(card + "," + passport), "1", "doc.type", "passport"},
      {"IdCard", documents(card), "1", "doc.type", "id_card"},
      {"PassportCard", documents(old_card), "1", "doc.type", "id_card"},
      {"CrewCard", documents(R"({"type":"AC","number":"C1"})"), "1", "doc.type", "id_card"},
      {"TravelDocument", documents(R"({"type":"F","number":"F1"})"), "1", "doc.type", "travel_doc"},
      {"AVisaIsNone", documents(R"({"type":"V","number":"VG1"})"), "1", "doc.type", "unknown"},
      {"Licence", documents(R"({"type":"L","number":"L1"})"), "1", "doc.type", "unknown"},
      {"NotStated", documents(R"({"number":"L1"})"), "1", "doc.type", "unknown"},
      {"NoneOnACompleteList",
       [](FlightBuilder& f) {
         f.Send("check_in", R"("declared":{"passengers":1},)", {Orla().Without("documents").Document("R", "RP1")});
       },
       "1", "doc.type", "none"},
      {"NoneYet", CheckIn({Orla().Without("documents")}), "1", "doc.type", "unknown"},
      {"ThePassportsIssuer", documents(card + "," + passport), "1", "doc.issuer", "UTO"},
      {"TheLatestExpirysIssuer", documents(old_card + "," + card), "1", "doc.issuer", "FRA"},
      {"NotStated", documents(R"({"type":"P","number":"A1"})"), "1", "doc.issuer", "unknown"},
      {"TenDays", documents(passport), "1", "doc.age_days", "10"},
      {"NotStated", documents(card), "1", "doc.age_days", "unknown"},
      {"ThirtyDays", documents(passport), "1", "doc.days_to_expiry", "30"},
      {"Expired", documents(old_card), "1", "doc.days_to_expiry", "-2161"},
      {"NotStated", Alone, "1", "doc.days_to_expiry", "unknown"},
      {"MachineRead", CheckIn({With(Orla(), "data_verified", "true")}), "1", "doc.verified", "true"},
      {"Typed", CheckIn({With(Orla(), "data_verified", "false")}), "1", "doc.verified", "false"},
      {"NotStated", Alone, "1", "doc.verified", "unknown"},
  };
}

std::vector<FactCase> VisaCases() {
  const auto valid = [](std::string from, std::string until) {
    return Visa(Vignette(R"("valid_from":")" + from + R"(","valid_until":")" + until + "\""));
  };
  const std::string at_mews = R"("sponsor":{"surname":"BRANDT","given_names":"UTE","address":)" + kMews + "}";
  return {
      {"Found", Visa(Vignette("")), "1", "visa.present", "true"},
      {"FoundByNumber",
       Visa(R"({"vignette":"VG-1","holder":{"surname":"KWILL","given_names":"O"}})", {Orla().Document("V", "VG1")}), "1",
       "visa.present", "true"},
      {"NoneFound", Visa(Vignette(""), {Orla(), Marl().Born("2012-01-01")}), "3", "visa.present", "false"},
      {"NoneLoaded", Alone, "1", "visa.present", "unknown"},
      {"OfAnAdult", Visa(Vignette(""), {Orla(), Ada()}), "2", "visa.present", "unknown"},
      {"Accompanied", Visa(Vignette(kByAda)), "1", "visa.kind", "accompanied"},
      {"Unaccompanied", Visa(WithSponsor()), "1", "visa.kind", "unaccompanied"},
      {"NotRecordedFamily", Visa(Vignette(R"("class":"family")")), "1", "visa.kind", "family"},
      {"NotRecordedStudent", Visa(Vignette(R"("class":"student")")), "1", "visa.kind", "student"},
      {"NotRecordedSettlement", Visa(Vignette(R"("class":"settlement")")), "1", "visa.kind", "settlement"},
      {"NotRecordedVisit", Visa(Vignette(R"("class":"visit")")), "1", "visa.kind", "other"},
      {"NoneFound", Visa(Vignette(""), {Marl().Born("2012-01-01")}), "3", "visa.kind", "none"},
      {"NoneLoaded", Alone, "1", "visa.kind", "unknown"},
      {"OnTheFlight", Visa(Vignette(kByAda), {Orla(), Ada()}), "1", "visa.named_adult_on_flight", "true"},
      {"NoVignette", Alone, "1", "visa.named_adult_on_flight", "unknown"},
      {"OneBooking", Visa(Vignette(kByAda), {Orla(), Ada()}), "1", "visa.named_adult_same_booking", "true"},
      {"NoVignette", Alone, "1", "visa.named_adult_same_booking", "unknown"},
      {"Same", Visa(Vignette(at_mews), {With(Orla(), "address", kMews)}), "1", "visa.address_matches", "true"},
      {"Another", Visa(Vignette(at_mews), {With(Orla(), "address", kRise)}), "1", "visa.address_matches", "false"},
      {"NoneDeclared", Visa(Vignette(at_mews)), "1", "visa.address_matches", "unknown"},
      {"FiftyDays", Visa(Vignette(R"("issued":"2026-10-03")")), "1", "visa.issue_age_days", "50"},
      {"NotStated", Visa(Vignette("")), "1", "visa.issue_age_days", "unknown"},
      {"Agent", Visa(Vignette(R"("applicant":{"id":"AG-31","relation":"agent"})")), "1", "visa.applied_by_third_party", "true"},
      {"Parent", Visa(Vignette(R"("applicant":{"relation":"parent"})")), "1", "visa.applied_by_third_party", "false"},
      {"NotStated", Visa(Vignette(R"("applicant":{"id":"AG-31"})")), "1", "visa.applied_by_third_party", "unknown"},
      {"NotApplicable", CheckIn({Ada()}), "2", "visa.result", "not_applicable"},
      {"NoneLoaded", Alone, "1", "visa.result", "unknown"},
      {"OnTheFirstDay", valid("2026-11-22", "2027-05-01"), "1", "visa.valid_on_arrival", "true"},
      {"OnTheLastDay", valid("2026-05-01", "2026-11-22"), "1", "visa.valid_on_arrival", "true"},
      {"TheDayAfter", valid("2026-05-01", "2026-11-21"), "1", "visa.valid_on_arrival", "false"},
      {"TheDayBefore", valid("2026-11-23", "2027-05-01"), "1", "visa.valid_on_arrival", "false"},
      {"NoEndStated", Visa(Vignette(R"("valid_from":"2026-11-01")")), "1", "visa.valid_on_arrival", "unknown"},
      {"Recorded", Visa(Vignette(kByAda)), "1", "visa.recorded", "true"},
      {"LeftBlank", Visa(Vignette("")), "1", "visa.recorded", "false"},
      {"NoVignette", Alone, "1", "visa.recorded", "unknown"},
      {"DomesticWorker", Visa(Vignette(R"("class":"domestic_worker")")), "1", "visa.class", "domestic_worker"},
      {"NoVignette", Alone, "1", "visa.class", "unknown"},
  };
}

std::vector<FactCase> SponsorCases() {
  const auto vetting = [](std::string vignette, std::string record, std::string check) {
    return [=](FlightBuilder& f) {
      f.Vignette(WithSponsor(R"("sponsor_id":"SP1")" + vignette));
      if (!record.empty()) {
        f.Record(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE",)" + record + "}");
      }
      if (!check.empty()) f.Record(K::kChecks, R"({"check":"K-3","sponsor_id":"SP1",)" + check + "}");
      f.CheckIn({Orla()});
    };
  };
  const auto on = [](std::string outcome, std::string date) {
    return R"("vetting":")" + outcome + R"(","vetted_on":")" + date + "\"";
  };
  const auto receiver = [](std::string sponsor, std::string person) {
    return Visa(WithSponsor(sponsor), {Form(Orla(), person)});
  };
  return {
      {"OfTheVignette", Visa(WithSponsor()), "1", "sponsor.present", "true"},
      {"OfTheForm", CheckIn({Form(Orla(), kUte)}), "1", "sponsor.present", "true"},
      {"None", Alone, "1", "sponsor.present", "false"},
      {"OfAnAdult", CheckIn({Ada()}), "2", "sponsor.present", "false"},
      {"Stated", Visa(WithSponsor(R"("relationship":"cousin")")), "1", "sponsor.relationship", "cousin"},
      {"OfTheForm", CheckIn({Form(Orla(), R"({"surname":"BRANDT","relationship":"grandparent"})")}), "1",
       "sponsor.relationship", "grandparent"},
      {"NotStated", Visa(WithSponsor()), "1", "sponsor.relationship", "unknown"},
      {"Grandparent", Visa(WithSponsor(R"("relationship":"grandparent")")), "1", "sponsor.close_relative", "true"},
      {"Cousin", Visa(WithSponsor(R"("relationship":"cousin")")), "1", "sponsor.close_relative", "false"},
      {"Guardian", Visa(WithSponsor(R"("relationship":"guardian")")), "1", "sponsor.close_relative", "false"},
      {"NotStated", Visa(WithSponsor()), "1", "sponsor.close_relative", "unknown"},
      {"NoSponsor", Alone, "1", "sponsor.close_relative", "unknown"},
      {"Seen", Visa(WithSponsor(R"("relationship_verified":true)")), "1", "sponsor.relationship_verified", "true"},
      {"NotStated", Visa(WithSponsor()), "1", "sponsor.relationship_verified", "unknown"},
      {"OfTheVignette", Visa(WithSponsor()), "1", "sponsor.named_on_visa", "true"},
      {"OnlyTheReceiver", Visa(Vignette(kByAda), {Form(Orla(), kUte)}), "1", "sponsor.named_on_visa", "false"},
      {"NoVignettesLoaded", CheckIn({Form(Orla(), kUte)}), "1", "sponsor.named_on_visa", "unknown"},
      {"SameTelephone", receiver(R"("phone":"0044 20 7946 0312")", kUte), "1", "sponsor.is_um_receiver", "true"},
      {"SameAddress", receiver(R"("address":)" + kMews, kUte), "1", "sponsor.is_um_receiver", "true"},
      {"SameBirthDate",
       receiver(R"("date_of_birth":"1975-01-30")",
                R"({"surname":"BRANDT","given_names":"UTE","date_of_birth":"1975-01-30"})"), "1", "sponsor.is_um_receiver", "true"},
      {"SameDocumentAnotherSpelling", receiver(R"("document":"S1")", R"({"surname":"BRAND","given_names":"U","document":"S-1"})"),
       "1", "sponsor.is_um_receiver", "true"},
      {"AnotherName", receiver("", R"({"surname":"VOSS","given_names":"TAM"})"), "1", "sponsor.is_um_receiver", "false"},
      {"ANamesakeOfAnotherAge",
       receiver(R"("date_of_birth":"1975-01-30")", R"({"surname":"BRANDT","given_names":"UTE","date_of_birth":"1990-01-30"})"),
       "1", "sponsor.is_um_receiver", "false"},
      {"ANamesakeWithAnotherTelephone", receiver(R"("phone":"+447700900999")", kUte), "1", "sponsor.is_um_receiver", "false"},
      {"ANameAndNothingToCompare", receiver("", kUte), "1", "sponsor.is_um_receiver", "unknown"},
      {"NoForm", Visa(WithSponsor()), "1", "sponsor.is_um_receiver", "unknown"},
      {"Stated", Visa(WithSponsor(R"("date_of_birth":"1975-01-30")")), "1", "sponsor.age", "51"},
      {"OfTheRegister",
       KnownWithVisa(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE","date_of_birth":"1975-12-30"})",
                     WithSponsor(R"("sponsor_id":"SP1")")),
       "1", "sponsor.age", "50"},
      {"NotStated", Visa(WithSponsor()), "1", "sponsor.age", "unknown"},
      {"OfTheVignette", vetting("," + on("approved", "2026-10-01"), "", ""), "1", "sponsor.vetting", "approved"},
      {"TheRecordIsLater", vetting("," + on("approved", "2026-10-01"), on("pending", "2026-10-02"), ""), "1",
       "sponsor.vetting", "pending"},
      {"TheCheckIsLatest",
       vetting("," + on("approved", "2026-10-01"), on("pending", "2026-10-02"), on("approved", "2026-10-03")), "1",
       "sponsor.vetting", "approved"},
      {"AnOlderRefusalIsOver", vetting("," + on("refused", "2026-09-01"), on("approved", "2026-10-02"), ""), "1",
       "sponsor.vetting", "approved"},
      {"OfEqualDatesTheRefusal",
       vetting("," + on("approved", "2026-10-01"), on("pending", "2026-10-01"), on("refused", "2026-10-01")), "1",
       "sponsor.vetting", "refused"},
      {"OfEqualDatesPendingBeforeApproved", vetting("," + on("approved", "2026-10-01"), on("pending", "2026-10-01"), ""), "1",
       "sponsor.vetting", "pending"},
      {"WithoutADateIsOldest", vetting(R"(,"vetting":"refused")", on("approved", "2020-10-01"), ""), "1", "sponsor.vetting",
       "approved"},
      {"NothingIsKnown", vetting("", "", ""), "1", "sponsor.vetting", "unknown"},
      {"Approved", vetting("," + on("approved", "2026-10-01"), "", ""), "1", "sponsor.address_vetted", "true"},
      {"Pending", vetting("," + on("pending", "2026-10-01"), "", ""), "1", "sponsor.address_vetted", "false"},
      {"None", vetting("," + on("none", "2026-10-01"), "", ""), "1", "sponsor.address_vetted", "false"},
      {"NothingIsKnown", vetting("", "", ""), "1", "sponsor.address_vetted", "unknown"},
      {"Fostered", Visa(WithSponsor(R"("relationship":"not_related"},"stay_days":28,"applicant":{"id":"X")")), "1",
       "sponsor.private_fostering", "true"},
      {"StayNotKnown", Visa(WithSponsor(R"("relationship":"not_related")")), "1", "sponsor.private_fostering", "unknown"},
  };
}

std::vector<FactCase> AddressCases() {
  const auto at = [](K kind, std::string record, std::string address) {
    return Known(kind, record, {With(Orla(), "address", address)});
  };
  const std::string school = R"({"institution":"I-7","kind":"school","name":"WREN HALL","address":)" + kMews + "}";
  const std::string home = R"({"institution":"I-7","kind":"care_home","name":"WREN HALL","address":)" + kMews + "}";
  const std::string hotel = R"({"address":)" + kMews + R"(,"kind":"hotel"})";
  return {
      {"Declared", CheckIn({With(Orla(), "address", kMews)}), "1", "address.present", "true"},
      {"OfTheSponsor", Visa(WithSponsor(R"("address":)" + kMews)), "1", "address.present", "true"},
      {"Abroad", CheckIn({With(Orla(), "address", R"({"lines":"9 RUE X","country":"FRA"})")}), "1", "address.present", "false"},
      {"None", Alone, "1", "address.present", "false"},
      {"Hotel", at(K::kAddresses, hotel, kMews), "1", "address.kind", "hotel"},
      {"NotInTheGazetteer", at(K::kAddresses, hotel, kRise), "1", "address.kind", "unknown"},
      {"School", at(K::kInstitutions, school, kMews), "1", "address.known_institution", "true"},
      {"ACareHomeIsNoHost", at(K::kInstitutions, home, kMews), "1", "address.known_institution", "false"},
      {"AnotherAddress", at(K::kInstitutions, school, kRise), "1", "address.known_institution", "false"},
      {"NoRegister", CheckIn({With(Orla(), "address", kMews)}), "1", "address.known_institution", "unknown"},
      {"NoAddress", Known(K::kInstitutions, school), "1", "address.known_institution", "unknown"},
  };
}

std::vector<FactCase> EscortCases() {
  const std::string consent =
      R"({"consent":"C-1","child":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"},)"
      R"("adult":{"surname":"FENWICK","given_names":"MARL","date_of_birth":"1985-02-02"},"relationship":"family_friend")";
  const std::string group =
      R"({"group":"G-12","kind":"school","name":"WREN HALL","leaders":[{"surname":"FENWICK","given_names":"MARL",)"
      R"("date_of_birth":"1985-02-02"}],"locators":["K3P7QX"]})";
  const auto related = [](std::string relationship) {
    return Visa(Vignette(R"("child":{"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"ADA","document":"A2",)"
                         R"("relationship":")" + relationship + "\"}]}"), {Orla(), Ada()});
  };
  return {
      {"WithAnAdult", Two, "1", "escort.present", "true"},
      {"Alone", Alone, "1", "escort.present", "false"},
      {"OnTheAdultsOwnRow", Two, "2", "escort.present", "false"},
      {"TheAdultStayedBehind",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CloseOut("not_on_board", {Ada()}); }, "1", "escort.present", "false"},
      {"TheOldestOfTheParty", CheckIn({Orla(), Marl(), Ada()}), "1", "escort.age", "46"},
      {"TheNamedAdultThoughYounger",
       Visa(Vignette(R"("child":{"travel":"accompanied","adults":[{"surname":"FENWICK","given_names":"MARL","document":"X9"}]})"),
            {Orla(), Ada(), Marl()}), "1", "escort.age", "41"},
      {"BirthDateNotKnown", CheckIn({Orla(), Ada().Without("date_of_birth")}), "1", "escort.age", "unknown"},
      {"Thirtyfour", Two, "1", "escort.age_gap", "34"},
      {"TheChildsNotKnown", CheckIn({Orla().Born("2012"), Ada()}), "1", "escort.age_gap", "unknown"},
      {"Shared", Two, "1", "escort.shares_name", "true"},
      {"NotShared", CheckIn({Orla(), Marl()}), "1", "escort.shares_name", "false"},
      {"ACompoundOfBoth", CheckIn({Orla(), Marl().Named("FENWICK-QUILL", "MARL")}), "1", "escort.shares_name", "true"},
      {"NoEscort", Alone, "1", "escort.shares_name", "unknown"},
      {"Parent", related("parent"), "1", "escort.relationship", "parent"},
      {"StepParent", related("step_parent"), "1", "escort.relationship", "relative"},
      {"Cousin", related("cousin"), "1", "escort.relationship", "relative"},
      {"Guardian", related("guardian"), "1", "escort.relationship", "guardian"},
      {"FamilyFriend", related("family_friend"), "1", "escort.relationship", "not_related"},
      {"NotRelated", related("not_related"), "1", "escort.relationship", "not_related"},
      {"ByConsent", Known(K::kConsents, consent + "}", {Orla(), Marl()}), "1", "escort.relationship", "not_related"},
      {"CarriersEscort", CheckIn({Orla(), Marl().Text("role", "um_escort")}), "1", "escort.relationship", "organisation"},
      {"LeaderOfAGroup", Known(K::kGroups, group, {Orla(), Marl()}), "1", "escort.relationship", "organisation"},
      {"NotALeader", Known(K::kGroups, group, {Orla(), Ada()}), "1", "escort.relationship", "unknown"},
      {"NothingStated", Two, "1", "escort.relationship", "unknown"},
      {"SeenByTheCarrier", CheckIn({With(Orla(), "consent", "true"), Marl()}), "1", "escort.consent_document", "true"},
      {"NotSeenByTheCarrier", CheckIn({With(Orla(), "consent", "false"), Marl()}), "1", "escort.consent_document", "false"},
      {"OnRecord", Known(K::kConsents, consent + "}", {Orla(), Marl()}), "1", "escort.consent_document", "true"},
      {"OnRecordForAnotherFlight",
       Known(K::kConsents, consent + R"(,"flight":{"number":"ZZ999","departs_on":"2026-11-22","from":"LOS","to":"LHR"}})",
             {Orla(), Marl()}), "1", "escort.consent_document", "false"},
      {"OnRecordForAnotherAdult", Known(K::kConsents, consent + "}", {Orla(), Ada()}), "1", "escort.consent_document", "false"},
      {"NothingStated", Two, "1", "escort.consent_document", "unknown"},
      {"Marked", CheckIn({Orla(), Marl().Text("role", "um_escort")}), "1", "escort.um_escort_service", "true"},
      {"MarkedBesideAnOlder", CheckIn({Orla(), Ada(), Marl().Text("role", "um_escort")}), "1", "escort.um_escort_service",
       "true"},
      {"NotMarked", Two, "1", "escort.um_escort_service", "false"},
      {"NoEscort", Alone, "1", "escort.um_escort_service", "unknown"},
  };
}

std::vector<FactCase> BookingCases() {
  const auto booked = [](std::string json) { return CheckIn({Booking(Orla(), json), Ada()}); };
  const auto services = [](std::string list) { return CheckIn({With(Orla(), "services", list)}); };
  return {
      {"ThirtythreeHours", booked(R"("booked_at":"2026-11-20T15:10:00Z")"), "1", "booking.lead_hours", "33"},
      {"NotStated", Alone, "1", "booking.lead_hours", "unknown"},
      {"Cash", booked(R"("payment":"cash")"), "1", "booking.payment", "cash"},
      {"NotStated", Alone, "1", "booking.payment", "unknown"},
      {"ByTheAdult", booked(R"("payer":"A QUILL")"), "1", "booking.paid_by_party", "true"},
      {"ByTheSponsor", Visa(WithSponsor(), {Booking(Orla(), R"("payer":"BRANDT/UTE MRS")")}), "1", "booking.paid_by_party",
       "true"},
      {"ByAStranger", booked(R"("payer":"TAM VOSS")"), "1", "booking.paid_by_party", "false"},
      {"ByAFamilyName", booked(R"("payer":"QUILL")"), "1", "booking.paid_by_party", "unknown"},
      {"NotStated", Alone, "1", "booking.paid_by_party", "unknown"},
      {"Split", booked(R"("split_from":"ABCDEF")"), "1", "booking.split_from", "true"},
      {"NotSplit", booked(R"("trip":"one_way")"), "1", "booking.split_from", "false"},
      {"ALocatorSaysNothing", Alone, "1", "booking.split_from", "unknown"},
      {"Stated", booked(R"("agency":"LOSZZ2101")"), "1", "booking.agency", "LOSZZ2101"},
      {"NotStated", Alone, "1", "booking.agency", "unknown"},
      {"Booked", services(R"(["UMNR"])"), "1", "service.umnr", "true"},
      {"AnotherService", services(R"(["CHLD"])"), "1", "service.umnr", "false"},
      {"BookingWithoutServices", booked(R"("payment":"cash")"), "1", "service.umnr", "false"},
      {"ABookingMessage", [](FlightBuilder& f) { f.Booking({Orla()}); }, "1", "service.umnr", "false"},
      {"ALocatorSaysNothing", Alone, "1", "service.umnr", "unknown"},
      {"Booked", services(R"(["MAAS"])"), "1", "service.meet_and_assist", "true"},
      {"ALocatorSaysNothing", Alone, "1", "service.meet_and_assist", "unknown"},
      {"Complete", CheckIn({Form(Orla(), kUte)}), "1", "service.umnr_form_complete", "true"},
      {"NoTelephone", CheckIn({Form(Orla(), R"({"surname":"BRANDT","address":)" + kMews + "}")}), "1",
       "service.umnr_form_complete", "false"},
      {"NoAddress", CheckIn({Form(Orla(), R"({"surname":"BRANDT","phone":"+442079460312"})")}), "1",
       "service.umnr_form_complete", "false"},
      {"NoReceiver", CheckIn({With(Orla(), "escort_form", R"({"handed_over_by":{"surname":"QUILL"}})")}), "1",
       "service.umnr_form_complete", "false"},
      {"NoForm", services(R"(["UMNR"])"), "1", "service.umnr_form_complete", "unknown"},
      {"TwelveHoursBeforeArrival", CheckIn({Form(Orla(), kUte)}), "1", "service.handover_changed_hours", "12"},
      {"NoForm", Alone, "1", "service.handover_changed_hours", "unknown"},
  };
}

std::vector<FactCase> PartyCases() {
  const std::string group = R"({"group":"G-12","kind":"school","name":"WREN HALL","locators":["K3P7QX"]})";
  const std::string tour = R"({"group":"G-12","kind":"tour","name":"WREN HALL","locators":["K3P7QX"]})";
  const Person ida = Person("4").Named("VOSS", "IDA").Born("2016-03-02").Booked("K3P7QX");
  const auto closed = [](std::string form, std::vector<Person> listed) {
    return [=](FlightBuilder& f) { f.CheckIn({Orla(), Ada(), Marl()}).CloseOut(form, listed); };
  };
  const auto closed_with_visa = [](std::string vignette, std::string form, std::vector<Person> listed) {
    return [=](FlightBuilder& f) { f.Vignette(vignette).CheckIn({Orla(), Ada(), Marl()}).CloseOut(form, listed); };
  };
  return {
      {"Three", CheckIn({Orla(), Ada(), Marl()}), "1", "party.size", "3"},
      {"WithoutThoseLeftBehind", closed("not_on_board", {Ada()}), "1", "party.size", "2"},
      {"One", CheckIn({Orla(), Ada(), ida}), "1", "party.children", "2"},
      {"OnTheAdultsRow", CheckIn({Orla(), Ada(), ida}), "2", "party.children", "2"},
      {"One", CheckIn({Orla(), Ada(), ida}), "1", "party.adults", "1"},
      {"LeftBehind", closed("not_on_board", {Ada(), Marl()}), "1", "party.adults", "0"},
      {"LeftBehindTogether", closed("not_on_board", {Orla(), Ada(), Marl()}), "1", "party.adults", "2"},
      {"OfChildrenOnly", CheckIn({Orla(), ida, Marl()}), "1", "party.family_names", "2"},
      {"TwoSponsors",
       [=](FlightBuilder& f) {
         f.Vignette(WithSponsor(R"("sponsor_id":"SP1")"));
         f.CheckIn({Orla(), Form(ida, R"({"surname":"KRAM","given_names":"JON"})")});
       },
       "1", "party.visa_sponsors", "2"},
      {"OneSponsorOfTwo",
       [=](FlightBuilder& f) {
         f.Vignette(WithSponsor());
         f.CheckIn({Orla(), Form(ida, R"({"surname":"Brandt","given_names":"Ute"})")});
       },
       "1", "party.visa_sponsors", "1"},
      {"Two", CheckIn({With(Orla(), "address", kMews), With(Ada(), "address", kRise), With(ida, "address", kMews)}), "1",
       "party.destination_addresses", "2"},
      {"None", Two, "1", "party.destination_addresses", "0"},
      {"Booking", Two, "1", "party.link_basis", "booking"},
      {"Visa", Visa(Vignette(kByAda), {Orla(), OnItsOwn(Ada())}), "1", "party.link_basis", "visa"},
      {"School", Known(K::kGroups, group, {Orla(), Ada()}), "1", "party.organised_group", "true"},
      {"ATourIsNone", Known(K::kGroups, tour, {Orla(), Ada()}), "1", "party.organised_group", "false"},
      {"NotInIt", Known(K::kGroups, group, {Orla().Booked("OTHER1")}), "1", "party.organised_group", "false"},
      {"NoRegister", Two, "1", "party.organised_group", "unknown"},
      {"NobodyOfItsAdults", closed("not_on_board", {Ada(), Marl()}), "1", "party.companion_not_boarded", "true"},
      {"OneOfThem", closed("not_on_board", {Ada()}), "1", "party.companion_not_boarded", "false"},
      {"TheNamedOne", closed_with_visa(Vignette(kByAda), "not_on_board", {Ada()}), "1", "party.companion_not_boarded", "true"},
      {"NotTheNamedOne", closed_with_visa(Vignette(kByAda), "not_on_board", {Marl()}), "1", "party.companion_not_boarded",
       "false"},
      {"TheChildToo", closed("not_on_board", {Orla(), Ada(), Marl()}), "1", "party.companion_not_boarded", "false"},
      {"WasToTravelAlone", closed_with_visa(WithSponsor(), "not_on_board", {Ada(), Marl()}), "1",
       "party.companion_not_boarded", "false"},
      {"TravelsAlone", [](FlightBuilder& f) { f.CheckIn({Orla()}).CloseOut("on_board", {Orla()}); }, "1",
       "party.companion_not_boarded", "false"},
      {"NeverOnTheList",
       [](FlightBuilder& f) { f.Vignette(Vignette(kByAda)).CheckIn({Orla(), Marl()}).CloseOut("on_board", {Orla(), Marl()}); },
       "1", "party.companion_not_boarded", "unknown"},
      {"NotListedInAFullOne",
       closed("full", {With(Orla(), "boarded", "true"), With(Ada(), "boarded", "false")}), "1", "party.companion_not_boarded",
       "unknown"},
      {"ClosedWithoutAList", closed("none", {}), "1", "party.companion_not_boarded", "unknown"},
      {"BeforeCloseOut", Two, "1", "party.companion_not_boarded", "unknown"},
      // Message n is sent n minutes after 23:00, and the flight departs at 00:10.
      {"OneList", Two, "1", "party.companion_changed_hours", "unknown"},
      {"TheSameListAgain", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CheckIn({Orla(), Ada()}); }, "1",
       "party.companion_changed_hours", "unknown"},
      {"AnAdultLeft", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada(), Marl()}).Reduction({Marl()}); }, "1",
       "party.companion_changed_hours", "1.13333"},
      {"AnAdultJoined", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).Send("update", "", {Marl()}); }, "1",
       "party.companion_changed_hours", "1.13333"},
      {"OneForAnother",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).Reduction({Ada()}).Send("update", "", {Marl()}); }, "1",
       "party.companion_changed_hours", "1.11667"},
      {"UnderTheSameReference",
       [](FlightBuilder& f) {
         f.CheckIn({Orla(), Ada()}).Send("update", "", {Ada().Named("MARL", "KOFI").Born("1979-01-01").Without("documents")});
       },
       "1", "party.companion_changed_hours", "1.13333"},
      {"ACorrectedName",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).Send("update", "", {Ada().Named("QUILLE", "ADA")}); }, "1",
       "party.companion_changed_hours", "unknown"},
      {"AnotherBooking",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).Send("update", "", {Ada().Booked("OTHER1")}); }, "1",
       "party.companion_changed_hours", "1.13333"},
      {"BothToAnotherBooking",
       [](FlightBuilder& f) {
         f.CheckIn({Orla(), Ada()}).Send("update", "", {Orla().Booked("OTHER1"), Ada().Booked("OTHER1")});
       },
       "1", "party.companion_changed_hours", "unknown"},
      {"AnAdultOfOthersLeft",
       [=](FlightBuilder& f) { f.CheckIn({Orla(), Ada(), ida, OnItsOwn(Marl())}).Reduction({OnItsOwn(Marl())}); }, "1",
       "party.companion_changed_hours", "unknown"},
      {"TheChildCameLast", [](FlightBuilder& f) { f.CheckIn({Ada()}).Send("update", "", {Orla()}); }, "1",
       "party.companion_changed_hours", "unknown"},
  };
}

std::vector<FactCase> FlightCases() {
  const auto phone = [](Person person, std::string number) {
    return person.Set("contacts", R"([{"kind":"phone","value":")" + number + "\"}]");
  };
  const Person ida = Person("4").Named("VOSS", "IDA").Born("2016-03-02").Booked("OTHER1");
  const auto departing = [](FlightBuilder& f) {
    f.Flies("LHR", "SYD", "2026-11-22T20:00:00Z", "2026-11-23T18:00:00Z").CheckIn({Orla()});
  };
  const std::string campaign = R"({"campaign":"OP-3","name":"WREN","from_date":"2026-11-20","until_date":"2026-11-30","routes":[")";
  return {
      {"Number", Alone, "1", "flight.number", "ZZ101"},
      {"Carrier", Alone, "1", "flight.carrier", "ZZ"},
      {"Route", Alone, "1", "flight.route", "LOS-LHR"},
      {"Origin", Alone, "1", "flight.origin", "LOS"},
      {"Country", Alone, "1", "flight.origin_country", "NGA"},
      {"NotInTheTable",
       [](FlightBuilder& f) { f.Flies("QXX", "LHR", "2026-11-22T00:10:00Z", "2026-11-22T06:40:00Z").CheckIn({Orla()}); }, "1",
       "flight.origin_country", "XXX"},
      {"Arrival", Alone, "1", "flight.port", "LHR"},
      {"Departure", departing, "1", "flight.port", "LHR"},
      {"Stated", [](FlightBuilder& f) { f.flight_fields = R"(,"terminal":"5")"; f.CheckIn({Orla()}); }, "1", "flight.terminal", "5"},
      {"OfTheSchedule",
       Known(K::kSchedule, R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z",)"
                           R"("arrives_at":"2026-11-22T06:40:00Z","terminal":"4"})"), "1", "flight.terminal", "4"},
      {"NotStated", Alone, "1", "flight.terminal", "unknown"},
      {"InWinter", Alone, "1", "flight.arrival_local_hour", "6"},
      {"InSummer",
       [](FlightBuilder& f) { f.Flies("LOS", "LHR", "2026-07-14T17:00:00Z", "2026-07-14T23:30:00Z").CheckIn({Orla()}); }, "1",
       "flight.arrival_local_hour", "0"},
      {"OfADepartureItsOwn", departing, "1", "flight.arrival_local_hour", "20"},
      {"FromTheSendingTime", Alone, "1", "flight.minutes_to_arrival", "459"},
      {"EverybodyOnTheList", CheckIn({Orla(), Ada(), Marl().Text("type", "crew")}), "1", "flight.passengers_count", "3"},
      {"WithoutThoseLeftBehind",
       [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).CloseOut("not_on_board", {Ada()}); }, "1", "flight.passengers_count",
       "1"},
      {"WithoutThoseRemoved", [](FlightBuilder& f) { f.CheckIn({Orla(), Ada()}).Reduction({Ada()}); }, "1",
       "flight.passengers_count", "1"},
      {"Two", CheckIn({Orla(), Ada(), ida}), "2", "flight.children", "2"},
      {"InAPartyWithoutAnAdult", CheckIn({Orla(), Ada(), ida}), "1", "flight.unaccompanied_children", "1"},
      {"NotInTransit", CheckIn({Orla(), Ada(), With(ida, "type", R"("transit")")}), "1", "flight.unaccompanied_children", "0"},
      {"OfTheCrewIsAccompanied",
       [](FlightBuilder& f) { f.CheckIn({Orla()}).Crew({Ada().Text("type", "crew").Text("role", "cabin")}); }, "1",
       "flight.unaccompanied_children", "0"},
      {"One", CheckIn({With(Orla(), "services", R"(["UMNR"])"), ida}), "1", "flight.um_service_children", "1"},
      {"SameTelephone",
       CheckIn({phone(Orla(), "+447700900123"), phone(ida, "0044 7700 900123"), phone(Marl(), "+447700900123")}), "1",
       "flight.shared_contact_children", "2"},
      {"InOneBooking", CheckIn({phone(Orla(), "+447700900123"), phone(With(ida, "booking", R"({"locator":"K3P7QX"})"), "+447700900123")}), "1",
       "flight.shared_contact_children", "0"},
      {"SameAddress", CheckIn({With(Orla(), "address", kMews), With(ida, "address", kMews)}), "1",
       "flight.shared_contact_children", "2"},
      {"SamePayer",
       CheckIn({Booking(Orla(), R"("payer":"UTE BRANDT")"), With(ida, "booking", R"({"locator":"L2","payer":"BRANDT UTE"})")}),
       "1", "flight.shared_contact_children", "2"},
      {"SameReceiver",
       CheckIn({Form(Orla(), R"({"surname":"BRANDT","given_names":"UTE"})"), Form(ida, R"({"surname":"BRANDT","given_names":"UTE"})")}),
       "1", "flight.shared_contact_children", "2"},
      {"ByReceiptOnly", Alone, "1", "flight.api_complete", "false"},
      {"AsDeclared", [](FlightBuilder& f) { f.Send("check_in", R"("declared":{"passengers":1},)", {Orla()}); }, "1",
       "flight.api_complete", "true"},
      {"TargetedRoute", Known(K::kCampaigns, campaign + R"(LOS-LHR"]})"), "1", "flight.source_campaign", "true"},
      {"AnotherRoute", Known(K::kCampaigns, campaign + R"(ACC-LHR"]})"), "1", "flight.source_campaign", "false"},
      {"NoCampaigns", Alone, "1", "flight.source_campaign", "unknown"},
      {"Arrival", Alone, "1", "flight.direction", "arrival"},
      {"Departure", departing, "1", "flight.direction", "departure"},
  };
}

std::vector<FactCase> AllCases() {
  std::vector<FactCase> all;
  for (const auto& make : {PaxCases, RegisterCases, DocumentCases, VisaCases, SponsorCases, AddressCases, EscortCases,
                           BookingCases, PartyCases, FlightCases}) {
    for (FactCase& one : make()) all.push_back(std::move(one));
  }
  return all;
}

class Fact : public ::testing::TestWithParam<FactCase> {};

TEST_P(Fact, IsAsTold) {
  FlightBuilder flight;
  GetParam().tell(flight);
  EXPECT_EQ(flight.Facts().Of(GetParam().ref, GetParam().fact), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(LanguageSection19, Fact, ::testing::ValuesIn(AllCases()), [](const auto& test) {
  std::string name = test.param.fact + "_" + test.param.name;
  std::replace(name.begin(), name.end(), '.', '_');
  return name;
});

// docs/FACTS.md: the facts that are not made yet.
std::set<std::string> NotMade() {
  std::set<std::string> names;
  std::ifstream in(LANDFALL_SOURCE_DIR "/docs/FACTS.md");
  static const std::regex kRow("\\| `([a-z]+\\.[a-z_]+)` \\| .*");
  bool is_second_table = false;
  for (std::string line; std::getline(in, line);) {
    is_second_table = is_second_table || line.starts_with("## ");
    std::smatch match;
    if (!is_second_table && std::regex_match(line, match, kRow)) names.insert(match[1]);
  }
  return names;
}

TEST(Facts, EachThatIsMadeHasARowThatSetsItAndOneThatDoesNot) {
  std::map<std::string, std::set<std::string>> values;
  for (const FactCase& one : AllCases()) values[one.fact].insert(one.expected);
  const std::set<std::string> not_made = NotMade();
  EXPECT_GE(not_made.size(), 20u);
  for (const FactInfo& fact : Facts()) {
    if (fact.type == FactType::kPeople) continue;  // Every row of a party or flight: no value of its own.
    const std::string name(fact.name);
    SCOPED_TRACE(name);
    std::set<std::string>& seen = values[name];
    if (not_made.contains(name)) {
      EXPECT_TRUE(seen.empty()) << "made, and still listed in docs/FACTS.md";
      continue;
    }
    const bool may_be_unknown = fact.nullable || fact.UnknownValue().has_value();
    EXPECT_EQ(seen.contains("unknown"), may_be_unknown);
    EXPECT_GE(seen.size(), may_be_unknown ? 2u : 1u) << "no row sets it";
  }
  for (const std::string& name : not_made) EXPECT_NE(FindFact(name), nullptr) << name;
}

// What the windows and history will fill is unknown on every row, whatever is told.
TEST(Facts, WhatIsNotMadeIsUnknown) {
  FlightBuilder flight;
  flight.Vignette(WithSponsor()).CheckIn({Orla(), Ada()});
  const MadeFacts facts = flight.Facts();
  for (const std::string& name : NotMade()) EXPECT_EQ(facts.Of("1", name), "unknown") << name;
}

template <typename E>
void ExpectWords(FactId fact) {
  std::vector<std::string_view> words(std::begin(EnumText<E>::kWords), std::end(EnumText<E>::kWords));
  if (Info(fact).UnknownValue() == words.size()) words.push_back("unknown");
  EXPECT_THAT(Info(fact).values, ElementsAreArray(words)) << Info(fact).name;
}

TEST(FactValues, StandInTheOrderOfTheSchema) {
  ExpectWords<AgeBand>(FactId::pax_age_band);
  ExpectWords<Sex>(FactId::pax_sex);
  ExpectWords<DocumentType>(FactId::doc_type);
  ExpectWords<VisaKind>(FactId::visa_kind);
  ExpectWords<VisaClass>(FactId::visa_class);
  ExpectWords<Relationship>(FactId::sponsor_relationship);
  ExpectWords<Vetting>(FactId::sponsor_vetting);
  ExpectWords<AddressKind>(FactId::address_kind);
  ExpectWords<EscortRelationship>(FactId::escort_relationship);
  ExpectWords<Payment>(FactId::booking_payment);
  ExpectWords<LinkBasis>(FactId::party_link_basis);
  ExpectWords<Direction>(FactId::flight_direction);
  ExpectWords<WatchLevel>(FactId::pax_watch_match);
  ExpectWords<WatchLevel>(FactId::escort_watch_match);
  ExpectWords<WatchLevel>(FactId::sponsor_watch_match);
}

TEST(Facts, RowsStandPartyByPartyAndCarryTheirContext) {
  FlightBuilder flight;
  flight.CheckIn({Orla(), OnItsOwn(Marl()), Ada()});
  const MadeFacts facts = flight.Facts();
  EXPECT_THAT(facts.context().row_traveller, ElementsAre(0, 2, 1));
  EXPECT_EQ(facts.table().parties(), 2u);
  EXPECT_EQ(facts.Parties(), "1 2 | 3");
  EXPECT_EQ(facts.context().travellers[0].escort, std::optional<std::uint32_t>(2));
}

TEST(Facts, AnEmptyFlightHasNoRows) {
  FlightBuilder flight;
  flight.CheckIn({});
  EXPECT_EQ(flight.Facts().table().rows(), 0u);
  EXPECT_EQ(flight.Facts().table().flights(), 1u);
}

struct FindingCase {
  std::string name;
  std::function<void(FlightBuilder&)> tell;
  std::vector<std::string> findings;
};
class FindingOf : public ::testing::TestWithParam<FindingCase> {};

TEST_P(FindingOf, TheChild) {
  FlightBuilder flight;
  GetParam().tell(flight);
  EXPECT_EQ(flight.Facts().FindingsOf("1"), GetParam().findings);
}

INSTANTIATE_TEST_SUITE_P(
    LanguageSection19, FindingOf,
    ::testing::Values(
        FindingCase{"None", Alone, {}},
        FindingCase{"StayDiffers",
                    Visa(Vignette(R"("stay_days":90)"), {Booking(Orla(), R"("returns_at":"2026-12-05T18:00:00Z")")}),
                    {"stay_differs"}},
        FindingCase{"StayAgrees",
                    Visa(Vignette(R"("stay_days":13)"), {Booking(Orla(), R"("returns_at":"2026-12-05T18:00:00Z")")}), {}},
        FindingCase{"ExpiredTheDayBefore",
                    CheckIn({With(Orla(), "documents", R"([{"type":"P","number":"A1","expires":"2026-11-21"}])")}),
                    {"document_expired"}},
        FindingCase{"ExpiresToday",
                    CheckIn({With(Orla(), "documents", R"([{"type":"P","number":"A1","expires":"2026-11-22"}])")}), {}},
        FindingCase{"ExpiredBesideAGoodPassport",
                    CheckIn({With(Orla(), "documents",
                                  R"([{"type":"I","number":"C1","expires":"2020-11-22"},)"
                                  R"({"type":"P","number":"A1","expires":"2030-11-22"}])")}), {}}),
    [](const auto& test) { return test.param.name; });

TEST(FactSource, SaysWhereAValueCameFrom) {
  FlightBuilder flight;
  flight.Vignette(WithSponsor(R"("sponsor_id":"SP1")"))
      .Record(K::kSponsors, R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE","risk":"high"})")
      .Record(K::kWatchlist, Watch("child_at_risk", "QUILL", "ORLA", "2014-03-02", R"(,"status":"missing")"))
      .Record(K::kGroups, R"({"group":"G-12","kind":"school","name":"WREN HALL","locators":["K3P7QX"]})")
      .CheckIn({Orla(), Form(Person("4").Named("VOSS", "IDA").Set("stated_age", "8").Booked("OTHER1"), kUte)});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.SourceOf("1", "pax.child"), "API birth date 2014-03-02");
  EXPECT_EQ(facts.SourceOf("4", "pax.child"), "stated age 8");
  EXPECT_EQ(facts.SourceOf("1", "visa.kind"), "vignette VG1");
  EXPECT_EQ(facts.SourceOf("4", "visa.kind"), "vignettes: none found");
  EXPECT_EQ(facts.SourceOf("1", "sponsor.present"), "vignette VG1");
  EXPECT_EQ(facts.SourceOf("4", "sponsor.present"), "unaccompanied-minor form");
  EXPECT_EQ(facts.SourceOf("1", "sponsor.watch_match"), "sponsor register SP1, risk high");
  EXPECT_EQ(facts.SourceOf("1", "pax.watch_match"), "watch entry W-QUILL");
  EXPECT_EQ(facts.SourceOf("4", "pax.reported_missing"), "watch list: no entry like this");
  EXPECT_EQ(facts.SourceOf("1", "party.organised_group"), "organised group G-12");
  EXPECT_EQ(facts.SourceOf("1", "visa.named_adult_on_flight"), "derived");
  EXPECT_EQ(facts.SourceOf("1", "booking.lead_hours"), "PNR");
}

}  // namespace
}  // namespace landfall
