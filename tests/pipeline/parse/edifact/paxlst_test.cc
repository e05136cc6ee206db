#include "pipeline/parse/edifact/paxlst.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/parse_edifact.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// The one message of a text, which must be accepted.
Message Accepted(const std::string& text, const Configuration& configuration = {}) {
  ParsedInput parsed = ParseEdifact(text, configuration);
  EXPECT_THAT(parsed.quarantined, IsEmpty()) << text << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
  EXPECT_THAT(parsed.messages, SizeIs(1)) << text;
  return parsed.messages.empty() ? Message() : std::move(parsed.messages[0]);
}

TEST(Paxlst, AWholeMessageWithEveryFieldOfAHeader) {
  InterchangeOptions options;
  options.common_reference = "ZZ101/261122/0110+02:C";
  const Message message = Accepted(Interchange({PaxlstMessage({"CNT+42:212", "CNT+41:9"}, "745+CP")}, options));
  EXPECT_EQ(ToJson(message),
            R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z",)"
            R"("carrier":"ZZ","kind":"update","revision":1,"declared":{"passengers":212,"crew":9},)"
            R"("flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z",)"
            R"("arrives_at":"2026-11-22T06:40:00Z"},"part":{"ref":"ZZ101/261122/0110","seq":2,"last":false},)"
            R"("reported_by":{"name":"ZED AIR DESK","contacts":[{"kind":"phone","value":"020 7946 0001"}]},)"
            R"("references":[{"kind":"TN","value":"ZZ26112201"}],)"
            R"("edifact":{"message":"PAXLST","release":"D:05B","code":"745","function":"CP","sender":"ZZAIR:ZZ",)"
            R"("recipient":"BORDER:ZZ","prepared_at":"261121:2355","control_ref":"000000101","message_ref":"PAX001"}})");
  EXPECT_THAT(message.findings, IsEmpty());
  EXPECT_EQ(message.flight.departs_on, MakeDate(2026, 11, 22));
}

// Group 4, segment by segment. Each row: what stands behind the NAD, and the fields it gives.
struct TravellerCase {
  const char* name;
  PaxlstSegments segments;
  const char* json;
  std::vector<std::string> findings = {};
};
class PaxlstTraveller : public testing::TestWithParam<TravellerCase> {};

TEST_P(PaxlstTraveller, GivesFields) {
  PaxlstSegments segments = GetParam().segments;
  const bool has_name = segments[0].find("NAD+") < 2 || segments[0].starts_with("nad+");
  if (!has_name) segments.insert(segments.begin(), "NAD+FL+++ABARA:ALMA");
  const Message message = Accepted(Interchange({PaxlstMessage(segments)}));
  ASSERT_THAT(message.travellers, SizeIs(1));
  std::string json = ToJson(message.travellers[0]);
  // The name that every row has.
  const std::string given = R"({"type":"passenger","surname":"ABARA","given_names":"ALMA")";
  if (json.starts_with(given)) json = json.substr(given.size(), json.size() - given.size() - 1);
  EXPECT_EQ(json, GetParam().json);
  EXPECT_THAT(FindingsOf(message), ElementsAreArray(GetParam().findings));
}

const std::vector<TravellerCase> kNames = {
    {"SurnameAndGiven", {"NAD+FL+++BRAMLEY:BENO"}, R"({"type":"passenger","surname":"BRAMLEY","given_names":"BENO"})"},
    {"SecondGivenNameInItsOwnComponent", {"NAD+FL+++BRAMLEY:BENO:TOM"}, R"({"type":"passenger","surname":"BRAMLEY","given_names":"BENO TOM"})"},
    {"SecondGivenNameBehindABlank", {"NAD+FL+++BRAMLEY:BENO TOM"}, R"({"type":"passenger","surname":"BRAMLEY","given_names":"BENO TOM"})"},
    {"EmptyLastComponent", {"NAD+FL+++BRAMLEY:BENO:"}, R"({"type":"passenger","surname":"BRAMLEY","given_names":"BENO"})"},
    {"OneNameAlone", {"NAD+FL+++SUKARTO"}, R"({"type":"passenger","surname":"SUKARTO"})"},
    {"GivenNameAlone", {"NAD+FL+++:SUKARTO"}, R"({"type":"passenger","given_names":"SUKARTO"})"},
    {"ReleasedApostrophe", {"NAD+FL+++O?'DOWDA:MAIRE"}, R"({"type":"passenger","surname":"O'DOWDA","given_names":"MAIRE"})"},
    {"ReleasedRelease", {"NAD+FL+++WHO??:MAIRE"}, R"({"type":"passenger","surname":"WHO?","given_names":"MAIRE"})"},
    {"ReleasedSeparators", {"NAD+FL+++A?+B?:C:MAIRE"}, R"({"type":"passenger","surname":"A+B:C","given_names":"MAIRE"})"},
    {"CaseAsSent", {"NAD+FL+++McAbara:ann-Marie"}, R"({"type":"passenger","surname":"McAbara","given_names":"ann-Marie"})"},
    {"BlanksAtTheEnds", {"NAD+FL+++ ABARA : ALMA "}, ""},
    {"CodesInLowerCase", {"nad+fl+++ABARA:ALMA", "att+2++f", "rff+sea:12a", "nat+2+gbr"}, R"(,"sex":"F","nationality":"GBR","seat":"12a")"},
    {"BlanksBeforeTagsAndAfterSeparators", {" NAD+ FL+++ABARA:ALMA", "  ATT+ 2++ F", "LOC +178+ LOS"}, R"(,"sex":"F","journey":{"origin":"LOS"})"},
    {"OtherScript", {"NAD+FL+++ÅBERG:ЖАННА"}, R"({"type":"passenger","surname":"ÅBERG","given_names":"ЖАННА"})"},
    {"Latin1IsRead", {"NAD+FL+++M\xDCLLER:ALMA"}, R"({"type":"passenger","surname":"MÜLLER","given_names":"ALMA"})", {"#1 bad_encoding"}},
    {"Address", {"NAD+FL+++ABARA:ALMA+14 ACACIA AVENUE:FLAT 2+LONDON+ENG+N1 1AA+GBR"},
     R"(,"address":{"lines":"14 ACACIA AVENUE FLAT 2","city":"LONDON","region":"ENG","postcode":"N1 1AA","country":"GBR"})"},
    {"RegionByName", {"NAD+FL+++ABARA:ALMA+++:::KENT"}, R"(,"address":{"region":"KENT"})"},
    {"CountryOfAddressWidened", {"NAD+FL+++ABARA:ALMA+14 ACACIA AVENUE++++GB"}, R"(,"address":{"lines":"14 ACACIA AVENUE","country":"GBR"})"},
    {"CountryOfAddressUnknown", {"NAD+FL+++ABARA:ALMA+14 ACACIA AVENUE++++Q9"}, R"(,"address":{"lines":"14 ACACIA AVENUE"})", {"#1 address.country bad_country"}},
};

const std::vector<TravellerCase> kTypes = {
    {"Crew", {"NAD+FM+++ABARA:ALMA"}, R"({"type":"crew","surname":"ABARA","given_names":"ALMA"})"},
    {"InTransit", {"NAD+DDU+++ABARA:ALMA"}, R"({"type":"transit","surname":"ABARA","given_names":"ALMA"})"},
    {"CrewInTransit", {"NAD+DDT+++ABARA:ALMA"}, R"({"type":"transit_crew","surname":"ABARA","given_names":"ALMA"})"},
    {"Cockpit", {"NAD+FM+++ABARA:ALMA", "EMP+1+CR1:110:111"}, R"({"type":"crew","role":"cockpit","surname":"ABARA","given_names":"ALMA"})"},
    {"Cabin", {"EMP+1+CR2:110:111"}, R"({"type":"passenger","role":"cabin","surname":"ABARA","given_names":"ALMA"})"},
    {"Operations", {"EMP+1+CR3"}, R"({"type":"passenger","role":"operations","surname":"ABARA","given_names":"ALMA"})"},
    {"Cargo", {"EMP+1+CR4"}, R"({"type":"passenger","role":"cargo","surname":"ABARA","given_names":"ALMA"})"},
    {"Deadhead", {"EMP+1+CR5"}, R"({"type":"passenger","role":"deadhead","surname":"ABARA","given_names":"ALMA"})"},
    {"UnknownRole", {"EMP+1+CR9"}, ""},
    {"OfficesAreNoTravellers", {"NAD+FL+++ABARA:ALMA", "ATT+2++F", "NAD+AG+++SOME AGENCY", "COM+020 7946 0099:TE", "NAD+BA+++SOME OFFICE"}, R"(,"sex":"F")"},
};

const std::vector<TravellerCase> kAttributes = {
    {"Female", {"ATT+2++F"}, R"(,"sex":"F")"},
    {"Male", {"ATT+2++M"}, R"(,"sex":"M")"},
    {"X", {"ATT+2++X"}, R"(,"sex":"X")"},
    {"NotStated", {"ATT+2++U"}, ""},
    {"NoSex", {"ATT+2++Q"}, "", {"#1 sex bad_value"}},
    {"Nationality", {"NAT+2+NGA"}, R"(,"nationality":"NGA")"},
    {"NationalityOfTwoLetters", {"NAT+2+NG"}, R"(,"nationality":"NGA")"},
    {"Stateless", {"NAT+2+XXA"}, R"(,"nationality":"XXA")"},
    {"NoNationality", {"NAT+2+ZQZ"}, "", {"#1 nationality bad_country"}},
    {"Verified", {"GEI+4+173"}, R"(,"data_verified":true)"},
    {"TypedByHand", {"GEI+4+174"}, R"(,"data_verified":false)"},
    {"CountryUse", {"GEI+4+ZZZ"}, ""},
    {"Contacts", {"COM+020 7946 0123:TE+020 7946 0124:FX+alma.at.abara.AT. example.org:EM+desk:AI"},
     R"(,"contacts":[{"kind":"phone","value":"020 7946 0123"},{"kind":"fax","value":"020 7946 0124"},)"
     R"({"kind":"email","value":"alma.at.abara@example.org"},{"kind":"other","value":"desk"}])"},
    {"EmptyContact", {"COM+:TE"}, ""},
    {"OtherSegmentsAreLeftOut", {"FTX+OSI+++CHILD MEAL", "QTY+1:2", "CPI+1", "XYZ+1"}, ""},
};

const std::vector<TravellerCase> kDates = {
    {"Birth", {"DTM+329:140302"}, R"(,"date_of_birth":"2014-03-02")"},
    {"BirthBeforeTheCentury", {"DTM+329:680302"}, R"(,"date_of_birth":"1968-03-02")"},
    {"BornOnTheDayOfTheFlight", {"DTM+329:261122"}, R"(,"date_of_birth":"2026-11-22")"},
    {"BornTheDayAfterIsACenturyBack", {"DTM+329:261123"}, R"(,"date_of_birth":"1926-11-23")"},
    {"BirthWithCentury", {"DTM+329:20140302:102"}, R"(,"date_of_birth":"2014-03-02")"},
    {"BirthWithItsLabel", {"DTM+329:140302:101"}, R"(,"date_of_birth":"2014-03-02")"},
    {"LabelThatDoesNotFit", {"DTM+329:20140302:101"}, R"(,"date_of_birth":"2014-03-02")", {"#1 date_of_birth bad_date"}},
    {"BlankInsideADate", {"DTM+329: 1403 02"}, R"(,"date_of_birth":"2014-03-02")"},
    {"DayUnknownAsZeros", {"DTM+329:140300"}, R"(,"date_of_birth":"2014-03")"},
    {"DayUnknownAsFiller", {"DTM+329:1403<<"}, R"(,"date_of_birth":"2014-03")"},
    {"MonthAndDayUnknown", {"DTM+329:14<<<<"}, R"(,"date_of_birth":"2014")"},
    {"MonthUnknownHidesTheDay", {"DTM+329:140002"}, R"(,"date_of_birth":"2014")"},
    {"YearUnknown", {"DTM+329:<<0302"}, "", {"#1 date_of_birth bad_date"}},
    {"LeapDay", {"DTM+329:120229"}, R"(,"date_of_birth":"2012-02-29")"},
    {"LeapDayOfAPastCentury", {"DTM+329:560229"}, R"(,"date_of_birth":"1956-02-29")"},
    {"NoLeapDay", {"DTM+329:130229"}, "", {"#1 date_of_birth bad_date"}},
    {"NoMonth", {"DTM+329:141302"}, "", {"#1 date_of_birth bad_date"}},
    {"NoDate", {"DTM+329:TODAY"}, "", {"#1 date_of_birth bad_date"}},
    {"EmptyDate", {"DTM+329:"}, ""},
    {"DateOfABooking", {"DTM+179:140302"}, ""},
};

const std::vector<TravellerCase> kPlaces = {
    {"Clearance", {"LOC+22+LHR"}, R"(,"clearance":"LHR")"},
    {"Residence", {"LOC+174+NGA"}, R"(,"residence":"NGA")"},
    {"Journey", {"LOC+178+ABV", "LOC+179+LHR"}, R"(,"journey":{"origin":"ABV","destination":"LHR"})"},
    {"IcaoAirport", {"LOC+179+EGLL"}, R"(,"journey":{"destination":"LHR"})"},
    {"UnknownAirportIsKept", {"LOC+178+QXQ"}, R"(,"journey":{"origin":"QXQ"})", {"#1 journey.origin bad_airport"}},
    {"NoAirport", {"LOC+178+L0NDON"}, "", {"#1 journey.origin bad_airport"}},
    {"BirthPlaceByCode", {"LOC+180+NGA"}, R"(,"birth_place":{"country":"NGA"})"},
    {"BirthPlaceByName", {"LOC+180+:::GREAT SNORING"}, R"(,"birth_place":{"town":"GREAT SNORING"})"},
    {"BirthPlaceWithCountryBehind", {"LOC+180+:::GREAT SNORING GBR"}, R"(,"birth_place":{"town":"GREAT SNORING","country":"GBR"})"},
    {"BirthPlaceByCodeAndName", {"LOC+180+NGA:::KANO"}, R"(,"birth_place":{"town":"KANO","country":"NGA"})"},
};

const std::vector<TravellerCase> kReferences = {
    {"Locator", {"RFF+AVF:K3P7QX"}, R"(,"booking":{"locator":"K3P7QX"})"},
    {"CarriersReference", {"RFF+ABO:ZZ4711"}, R"({"ref":"ZZ4711","type":"passenger","surname":"ABARA","given_names":"ALMA"})"},
    {"Seat", {"RFF+SEA:056F"}, R"(,"seat":"56F")"},
    {"OtherReferences", {"RFF+AEA:123ABC", "RFF+CR:FF9", "RFF+YZY:1251234567890", "RFF+TBO:P1"},
     R"(,"references":[{"kind":"AEA","value":"123ABC"},{"kind":"CR","value":"FF9"},{"kind":"YZY","value":"1251234567890"},{"kind":"TBO","value":"P1"}])"},
    {"UnknownReference", {"RFF+ACD:1"}, ""},
    {"EmptyReference", {"RFF+AVF:"}, ""},
};

const std::vector<TravellerCase> kDocuments = {
    {"Passport", {"DOC+P:110:111+A01234567", "DTM+36:300101", "LOC+91+NGA"},
     R"(,"documents":[{"type":"P","number":"A01234567","issuer":"NGA","expires":"2030-01-01"}])"},
    {"ExpiryIsNeverTakenBack", {"DOC+P+A01234567", "DTM+36:610218"}, R"(,"documents":[{"type":"P","number":"A01234567","expires":"2061-02-18"}])"},
    {"IssueDoesNotLieAfterTheFlight", {"DOC+P+A01234567", "DTM+182:610218"}, R"(,"documents":[{"type":"P","number":"A01234567","issued":"1961-02-18"}])"},
    {"VisaIsTheKeyToTheVignette", {"DOC+P+A01234567", "LOC+91+NGA", "DOC+V+VG0012345", "LOC+91+GBR"},
     R"(,"documents":[{"type":"P","number":"A01234567","issuer":"NGA"},{"type":"V","number":"VG0012345","issuer":"GBR"}])"},
    {"IssuerWithPlace", {"DOC+P+A01234567", "LOC+91+FRA:::PARIS"}, R"(,"documents":[{"type":"P","number":"A01234567","issuer":"FRA","place":"PARIS"}])"},
    {"StrayExpiryBehindTheIssuer", {"DOC+P+A01234567", "LOC+91+NGA", "DTM+36:300101"},
     R"(,"documents":[{"type":"P","number":"A01234567","issuer":"NGA","expires":"2030-01-01"}])"},
    {"TypeNotStated", {"DOC++A01234567"}, R"(,"documents":[{"number":"A01234567"}])"},
    {"EmptyDocumentAndItsDateAreIgnored", {"DOC+P+A01234567", "DTM+36:300101", "DOC++", "DTM+36:190919", "LOC+91+GBR"},
     R"(,"documents":[{"type":"P","number":"A01234567","expires":"2030-01-01"}])"},
    {"EmptyExpiryAndIssuer", {"DOC+P+A01234567", "DTM+36:", "LOC+91+"}, R"(,"documents":[{"type":"P","number":"A01234567"}])"},
    {"BadExpiry", {"DOC+P+A01234567", "DTM+36:300231"}, R"(,"documents":[{"type":"P","number":"A01234567"}])", {"#1 documents.expires bad_date"}},
    {"BadIssuer", {"DOC+P+A01234567", "LOC+91+Q1Q"}, R"(,"documents":[{"type":"P","number":"A01234567"}])", {"#1 documents.issuer bad_country"}},
    {"SomethingElseWhereTheCodeListBelongs", {"DOC+P:1812019+A01234567"}, R"(,"documents":[{"type":"P","number":"A01234567"}])", {"#1 documents.type bad_value"}},
    {"DatesBeforeAnyDocument", {"DTM+36:300101", "LOC+91+NGA", "DOC+P+A01234567"}, R"(,"documents":[{"type":"P","number":"A01234567"}])"},
    {"SegmentsInAnyOrder", {"DOC+P+A01234567", "NAT+2+NGA", "LOC+178+LOS", "DTM+36:300101", "RFF+AVF:K3P7QX", "DTM+329:140302", "ATT+2++M"},
     R"(,"date_of_birth":"2014-03-02","sex":"M","nationality":"NGA","documents":[{"type":"P","number":"A01234567","expires":"2030-01-01"}],"booking":{"locator":"K3P7QX"},"journey":{"origin":"LOS"})"},
};

const std::vector<TravellerCase> kBags = {
    {"CountOfBags", {"MEA+CT++:2"}, R"(,"bags":2)"},
    {"CountOfBagsInFront", {"MEA+CT++2"}, R"(,"bags":2)"},
    {"NoBags", {"MEA+CT++:0", "FTX+BAG+++NULL"}, R"(,"bags":0)"},
    {"Weight", {"MEA+WT++KGM:31"}, R"(,"bag_weight_kg":31)"},
    {"WeightWithDecimals", {"MEA+WT++KGM:31.5"}, R"(,"bag_weight_kg":31.5)"},
    {"WeightInPounds", {"MEA+WT++LBR:50"}, R"(,"bag_weight_kg":22.7)"},
    {"NoWeight", {"MEA+WT++KGM:HEAVY"}, "", {"#1 bag_weight_kg bad_value"}},
    {"NoCount", {"MEA+CT++:MANY"}, "", {"#1 bags bad_value"}},
    {"TagsAreCounted", {"FTX+BAG+++ZZ0443", "FTX+BAG+++ZZ0444"}, R"(,"bags":2,"bag_tags":["ZZ0443","ZZ0444"])"},
    {"ConsecutiveTags", {"FTX+BAG+++ZZ0443", "FTX+BAG+++ZZ0446:2"}, R"(,"bags":3,"bag_tags":["ZZ0443","ZZ0446","ZZ0447"])"},
    {"TagsCountOnOverNines", {"FTX+BAG+++ZZ0099:2"}, R"(,"bags":2,"bag_tags":["ZZ0099","ZZ0100"])"},
    {"TagsWhoseDigitsRunOut", {"FTX+BAG+++ZZ99:3"}, R"(,"bags":1,"bag_tags":["ZZ99"])"},
    {"StatedCountBeatsTheTags", {"MEA+CT++1", "FTX+BAG+++ZZ0443:3"}, R"(,"bags":1,"bag_tags":["ZZ0443","ZZ0444","ZZ0445"])"},
    {"NoNumberOfTags", {"FTX+BAG+++ZZ0443:X"}, R"(,"bags":1,"bag_tags":["ZZ0443"])", {"#1 bag_tags bad_value"}},
};

std::string NameOf(const testing::TestParamInfo<TravellerCase>& test) { return test.param.name; }
INSTANTIATE_TEST_SUITE_P(Names, PaxlstTraveller, testing::ValuesIn(kNames), NameOf);
INSTANTIATE_TEST_SUITE_P(Types, PaxlstTraveller, testing::ValuesIn(kTypes), NameOf);
INSTANTIATE_TEST_SUITE_P(Attributes, PaxlstTraveller, testing::ValuesIn(kAttributes), NameOf);
INSTANTIATE_TEST_SUITE_P(Dates, PaxlstTraveller, testing::ValuesIn(kDates), NameOf);
INSTANTIATE_TEST_SUITE_P(Places, PaxlstTraveller, testing::ValuesIn(kPlaces), NameOf);
INSTANTIATE_TEST_SUITE_P(References, PaxlstTraveller, testing::ValuesIn(kReferences), NameOf);
INSTANTIATE_TEST_SUITE_P(Documents, PaxlstTraveller, testing::ValuesIn(kDocuments), NameOf);
INSTANTIATE_TEST_SUITE_P(Bags, PaxlstTraveller, testing::ValuesIn(kBags), NameOf);

TEST(PaxlstTravellers, AHostileNumberOfTagsIsCutAt99) {
  const Message message = Accepted(Interchange({PaxlstMessage({"NAD+FL+++ABARA", "FTX+BAG+++ZZ0001:999", "FTX+BAG+++ZZ5000:999"})}));
  EXPECT_THAT(message.travellers.at(0).bag_tags, SizeIs(99));
  EXPECT_THAT(FindingsOf(message), ElementsAre("#1 bag_tags bad_value", "#1 bag_tags bad_value"));
}

// BGM decides what the message does.
struct FunctionCase {
  const char* name;
  const char* bgm;
  MessageKind kind;
  std::optional<CloseOutForm> close_out;
  std::optional<bool> boarded;
  std::vector<std::string> findings = {};
};
class PaxlstFunction : public testing::TestWithParam<FunctionCase> {};

TEST_P(PaxlstFunction, GivesKind) {
  const FunctionCase& row = GetParam();
  const Message message = Accepted(Interchange({PaxlstMessage({"NAD+FL+++ABARA:ALMA"}, row.bgm)}));
  EXPECT_EQ(message.kind, row.kind);
  EXPECT_EQ(message.close_out, row.close_out);
  EXPECT_EQ(message.travellers.at(0).boarded, row.boarded);
  EXPECT_THAT(FindingsOf(message), ElementsAreArray(row.findings));
}
INSTANTIATE_TEST_SUITE_P(
    Bgm, PaxlstFunction,
    testing::Values(
        FunctionCase{"List", "745", MessageKind::kCheckIn, {}, {}},
        FunctionCase{"ChangedData", "745+CP", MessageKind::kUpdate, {}, {}},
        FunctionCase{"ChangedDataLowerCase", "745+cp", MessageKind::kUpdate, {}, {}},
        FunctionCase{"CancelledReservation", "745+XR", MessageKind::kReduction, {}, {}},
        FunctionCase{"ReductionInParty", "745+RP", MessageKind::kReduction, {}, {}},
        FunctionCase{"OddFunction", "745+C", MessageKind::kCheckIn, {}, {}, {"function odd_function"}},
        FunctionCase{"Close", "266+CL", MessageKind::kCloseOut, CloseOutForm::kNone, {}},
        FunctionCase{"CloseOnBoard", "266+CLOB", MessageKind::kCloseOut, CloseOutForm::kOnBoard, true},
        FunctionCase{"CloseNotOnBoard", "266+CLNB", MessageKind::kCloseOut, CloseOutForm::kNotOnBoard, false},
        FunctionCase{"OddClose", "266+ZZ", MessageKind::kCloseOut, CloseOutForm::kNone, {}, {"function odd_function"}},
        FunctionCase{"Cancel", "266+XF", MessageKind::kCancel, {}, {}},
        FunctionCase{"Crew", "250", MessageKind::kCrew, {}, {}},
        FunctionCase{"CrewOfAFlight", "250+C", MessageKind::kCrew, {}, {}},
        FunctionCase{"CrewChange", "250+CC", MessageKind::kCrew, {}, {}},
        FunctionCase{"CargoCrew", "250+B", MessageKind::kCrew, {}, {}}),
    [](const auto& test) { return test.param.name; });

// A change of flight: the first TDT is the old flight, the last the new one.
TEST(PaxlstFlight, ChangeOfFlightReplacesTheOldOne) {
  const Message message = Accepted(Interchange(
      {{"BGM+266+CF", "TDT+20+ZZ101+++ZZ", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201",
        "TDT+20+ZZ1101+++ZZ", "LOC+125+LOS", "DTM+189:2611230210:201", "LOC+87+LGW", "DTM+232:2611230740:201"}}));
  EXPECT_EQ(message.kind, MessageKind::kUpdate);
  EXPECT_EQ(ToString(message.flight.Key()), "ZZ1101 2026-11-23 LOS LGW");
  ASSERT_TRUE(message.replaces.has_value());
  EXPECT_EQ(ToString(*message.replaces), "ZZ101 2026-11-22 LOS LHR");
  EXPECT_THAT(message.flight.legs, IsEmpty());
}

TEST(PaxlstFlight, ChangeOfFlightThatDoesNotSayWhich) {
  const Message message = Accepted(Interchange({PaxlstMessage({}, "266+CF")}));
  EXPECT_FALSE(message.replaces.has_value());
  EXPECT_THAT(FindingsOf(message), ElementsAre("replaces bad_value"));
}

// TDT, LOC and DTM. Expected: the border leg, all legs with their own numbers, findings.
struct RouteCase {
  const char* name;
  PaxlstSegments segments;
  const char* flight;
  std::vector<std::string> legs;
  std::vector<std::string> findings = {};
};
class PaxlstRoute : public testing::TestWithParam<RouteCase> {};

std::string LegText(const Segment& leg) {
  std::string text = leg.number + " " + std::string(leg.from.view()) + " " + std::string(leg.to.view());
  text += leg.departs_at ? " " + ToString(*leg.departs_at) : "";
  return text + (leg.arrives_at ? " " + ToString(*leg.arrives_at) : "");
}

TEST_P(PaxlstRoute, GivesFlight) {
  PaxlstSegments segments = GetParam().segments;
  segments.insert(segments.begin(), "BGM+745");
  const Message message = Accepted(Interchange({segments}));
  const Flight& flight = message.flight;
  EXPECT_EQ(LegText({flight.number, "", flight.from, flight.to, flight.departs_at, flight.arrives_at, ""}), GetParam().flight);
  std::vector<std::string> legs;
  for (const Segment& leg : flight.legs) legs.push_back(LegText(leg));
  EXPECT_THAT(legs, ElementsAreArray(GetParam().legs));
  EXPECT_THAT(FindingsOf(message), ElementsAreArray(GetParam().findings));
}

const std::vector<RouteCase> kRoutes = {
    {"OneLeg",
     {"TDT+20+ZZ0101+++ZZ", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", {}},
    {"NoArrivalTime", {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}, "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}},
    {"LongTimes",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:202611220110:203", "LOC+87+LHR", "DTM+232:202611220640:203"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", {}},
    {"LongTimeLabelledShort",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:202611220110:201", "LOC+87+LHR"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}, {"flight.departs_at bad_time"}},
    {"OneTransportWithPairsBefore",
     {"TDT+20+ZZ101", "LOC+92+ABV", "DTM+189:2611212200:201", "LOC+92+LOS", "DTM+232:2611212315:201", "LOC+125+LOS",
      "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" ABV LOS 2026-11-21T21:00:00Z 2026-11-21T22:15:00Z", " LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z"}},
    {"OneTransportPerLegGivesTheSame",
     {"TDT+20+ZZ101", "LOC+92+ABV", "DTM+189:2611212200:201", "LOC+92+LOS", "DTM+232:2611212315:201", "TDT+20+ZZ101", "LOC+125+LOS",
      "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" ABV LOS 2026-11-21T21:00:00Z 2026-11-21T22:15:00Z", " LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z"}},
    {"LegWithItsOwnNumberBehind",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201", "TDT+20+ZZ102", "LOC+92+LHR",
      "DTM+189:2611220900:201", "LOC+92+EDI", "DTM+232:2611221020:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", "ZZ102 LHR EDI 2026-11-22T09:00:00Z 2026-11-22T10:20:00Z"}},
    {"AStopGivenOnceWithBothTimes",
     {"TDT+20+ZZ101", "LOC+92+ABV", "DTM+189:2611212200:201", "LOC+92+LOS", "DTM+232:2611212315:201", "DTM+189:2611220110:201", "LOC+92+LHR",
      "DTM+232:2611220640:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" ABV LOS 2026-11-21T21:00:00Z 2026-11-21T22:15:00Z", " LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z"}},
    {"AnAirportBehindTheArrivalIsTheNextLeg",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201", "LOC+92+EDI", "DTM+232:2611221020:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", " LHR EDI 2026-11-22T10:20:00Z"}},
    {"NoneMarkedOneEndsInTheOwnCountry",
     {"TDT+20+ZZ101", "LOC+92+LOS", "DTM+189:2611220110:201", "LOC+92+LHR", "DTM+232:2611220640:201", "TDT+20+ZZ102", "LOC+92+LHR",
      "DTM+189:2611220900:201", "LOC+92+EDI", "DTM+232:2611221020:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z",
     {" LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", "ZZ102 LHR EDI 2026-11-22T09:00:00Z 2026-11-22T10:20:00Z"}},
    {"NoneMarkedNoneTouchesTheOwnCountry",
     {"TDT+20+ZZ101", "LOC+92+LOS", "DTM+189:2611220110:201", "LOC+92+ACC", "DTM+232:2611220115:201", "LOC+92+ACC",
      "DTM+189:2611220300:201", "LOC+92+CDG", "DTM+232:2611221000:201"},
     "ZZ101 ACC CDG 2026-11-22T03:00:00Z 2026-11-22T09:00:00Z",
     {" LOS ACC 2026-11-22T00:10:00Z 2026-11-22T01:15:00Z", " ACC CDG 2026-11-22T03:00:00Z 2026-11-22T09:00:00Z"},
     {"flight leg_guessed"}},
    {"Departure",
     {"TDT+20+ZZ100", "LOC+125+LHR", "DTM+189:2607011800:201", "LOC+87+LOS", "DTM+232:2607020015:201"},
     "ZZ100 LHR LOS 2026-07-01T17:00:00Z 2026-07-01T23:15:00Z", {}},
    {"CircularLeg", {"TDT+20+ZZ101", "LOC+125+LHR", "DTM+189:2611220110:201", "LOC+87+LHR"}, "ZZ101 LHR LHR 2026-11-22T01:10:00Z", {}},
    {"DateLine",  // The arrival's local time reads earlier than the departure's.
     {"TDT+20+ZZ7", "LOC+125+AKL", "DTM+189:2611222000:201", "LOC+87+HNL", "DTM+232:2611220520:201"},
     "ZZ7 AKL HNL 2026-11-22T07:00:00Z 2026-11-22T15:20:00Z", {}},
    {"RepeatedHourMeansTheFirst",
     {"TDT+20+ZZ101", "LOC+125+LHR", "DTM+189:2610250130:201", "LOC+87+LOS"},
     "ZZ101 LHR LOS 2026-10-25T00:30:00Z", {}, {"flight.departs_at time_repeated"}},
    {"SkippedHourGoesForward",
     {"TDT+20+ZZ101", "LOC+125+LHR", "DTM+189:2603290130:201", "LOC+87+LOS"},
     "ZZ101 LHR LOS 2026-03-29T01:30:00Z", {}, {"flight.departs_at time_skipped"}},
    {"UnknownAirportIsUtc",
     {"TDT+20+ZZ101", "LOC+125+QXQ", "DTM+189:2611220110:201", "LOC+87+LHR"},
     "ZZ101 QXQ LHR 2026-11-22T01:10:00Z", {}, {"flight.from bad_airport"}},
    {"BadArrivalTime",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611222560:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}, {"flight.arrives_at bad_time"}},
    {"NumberWithoutItsCarrier", {"TDT+20+0101+++ZZ", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}, "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}},
    {"NumberWithSuffix", {"TDT+20+ZZ0101a", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}, "ZZ101A LOS LHR 2026-11-22T00:10:00Z", {}},
    {"IcaoCarrier", {"TDT+20+BAW0101+++BAW", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}, "BA101 LOS LHR 2026-11-22T00:10:00Z", {}},
    {"CarrierThatDiffers",
     {"TDT+20+ZZ101+++BA", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}, {"flight.number number_prefix"}},
    {"BlanksInCodes",
     {"TDT+ 20+ ZZ 101", "LOC+125+ LOS", "DTM+189: 26112 20110:201", "LOC+ 87+L HR"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}},
    {"AStopWithoutCodesIsNoLeg",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "LOC+92", "LOC+92"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}},
    {"YearOfNoFlight",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:000111220640:203"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z", {}, {"flight.arrives_at bad_time"}},
    {"OtherLocationsAreNoStops",
     {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+188+ACC", "LOC+87+LHR", "LOC+130+EDI", "DTM+232:2611220640:201"},
     "ZZ101 LOS LHR 2026-11-22T00:10:00Z 2026-11-22T06:40:00Z", {}},
};
INSTANTIATE_TEST_SUITE_P(Route, PaxlstRoute, testing::ValuesIn(kRoutes), [](const auto& test) { return test.param.name; });

TEST(PaxlstFlight, OverFlightOfAnotherOwnCountry) {
  Configuration configuration;
  configuration.own_country = CountryCode("FRA");
  const Message message = Accepted(
      Interchange({{"BGM+745", "TDT+20+ZZ1", "LOC+92+LHR", "DTM+189:2611220900:201", "LOC+92+CDG", "DTM+232:2611221110:201", "LOC+92+CDG",
                    "DTM+189:2611221200:201", "LOC+92+NCE", "DTM+232:2611221330:201"}}),
      configuration);
  EXPECT_EQ(ToString(message.flight.Key()), "ZZ1 2026-11-22 LHR CDG");
}

// Part of a flight: common access reference and sequence.
struct PartCase {
  const char* name;
  const char* unh;
  bool is_part;
  std::int32_t seq;
  bool last;
};
class PaxlstPart : public testing::TestWithParam<PartCase> {};
TEST_P(PaxlstPart, IsRead) {
  InterchangeOptions options;
  options.common_reference = GetParam().unh;
  const Message message = Accepted(Interchange({PaxlstMessage({})}, options));
  ASSERT_EQ(message.part.has_value(), GetParam().is_part);
  if (!message.part) return;
  EXPECT_EQ(message.part->ref, "ZZ101");
  EXPECT_EQ(message.part->seq, GetParam().seq);
  EXPECT_EQ(message.part->last, GetParam().last);
}
INSTANTIATE_TEST_SUITE_P(Unh, PaxlstPart,
                         testing::Values(PartCase{"None", "", false, 0, false}, PartCase{"ReferenceAlone", "ZZ101", false, 0, false},
                                         PartCase{"First", "ZZ101+01:C", true, 1, false}, PartCase{"Middle", "ZZ101+02", true, 2, false},
                                         PartCase{"Last", "ZZ101+03:F", true, 3, true}, PartCase{"Single", "ZZ101+01:F", true, 1, true},
                                         PartCase{"NoNumber", "ZZ101+X:F", false, 0, false}, PartCase{"Zero", "ZZ101+0", false, 0, false}),
                         [](const auto& test) { return test.param.name; });

// Header and totals, by the JSON they give.
struct HeaderCase {
  const char* name;
  PaxlstSegments before, behind;
  const char* holds;
};
class PaxlstHeader : public testing::TestWithParam<HeaderCase> {};
TEST_P(PaxlstHeader, IsRead) {
  PaxlstSegments segments = {"BGM+745"};
  segments.insert(segments.end(), GetParam().before.begin(), GetParam().before.end());
  for (const char* const segment : {"TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}) segments.push_back(segment);
  segments.insert(segments.end(), GetParam().behind.begin(), GetParam().behind.end());
  const Message message = Accepted(Interchange({segments}));
  EXPECT_THAT(ToJson(message), HasSubstr(GetParam().holds));
  EXPECT_THAT(message.findings, IsEmpty());
}
INSTANTIATE_TEST_SUITE_P(
    Header, PaxlstHeader,
    testing::Values(
        HeaderCase{"RevisionWithZeros", {"RFF+TN:T1:::001"}, {}, R"("revision":1,)"},
        HeaderCase{"ReferenceWithoutRevision", {"RFF+TN:T1"}, {}, R"("references":[{"kind":"TN","value":"T1"}])"},
        HeaderCase{"FirstTravellersLocatorIsNoTransaction", {}, {"NAD+FL+++ABARA", "RFF+AVF:K1"}, R"("travellers":[{"type":"passenger","surname":"ABARA","booking":{"locator":"K1"}}])"},
        HeaderCase{"PartyByProfile", {"NAD+MS+ABC9876"}, {}, R"("reported_by":{"id":"ABC9876"})"},
        HeaderCase{"PartyByName", {"NAD+MS+++DUNMORE:CORA"}, {}, R"("reported_by":{"name":"DUNMORE/CORA"})"},
        HeaderCase{"PartyWithMail", {"NAD+MS+++DESK", "COM+DESK.AT. EXAMPLE.ORG:EM"}, {}, R"({"kind":"email","value":"DESK@EXAMPLE.ORG"})"},
        HeaderCase{"TotalsInTheirElement", {}, {"CNT+42:160", "CNT+41:8"}, R"("declared":{"passengers":160,"crew":8})"},
        HeaderCase{"TotalInTheNextElement", {}, {"CNT+41+8"}, R"("declared":{"crew":8})"},
        HeaderCase{"OtherTotalsAreNone", {}, {"CNT+3:2", "CNT+59:4", "CNT"}, R"("kind":"check_in","flight")"},
        HeaderCase{"TotalThatIsNoNumber", {}, {"CNT+42:MANY"}, R"("kind":"check_in","flight")"}),
    [](const auto& test) { return test.param.name; });

// Envelope checks: all findings, the message is kept.
struct EnvelopeCase {
  const char* name;
  const char* from;
  const char* to;
  std::vector<std::string> findings;
};
class PaxlstEnvelope : public testing::TestWithParam<EnvelopeCase> {};
TEST_P(PaxlstEnvelope, IsChecked) {
  std::string text = Interchange({PaxlstMessage({"NAD+FL+++ABARA"})});
  const std::string from = GetParam().from;
  const std::size_t at = text.find(from);
  ASSERT_NE(at, std::string::npos);
  text.replace(at, from.size(), GetParam().to);
  const Message message = Accepted(text);
  EXPECT_THAT(message.travellers, SizeIs(1));
  EXPECT_THAT(FindingsOf(message), ElementsAreArray(GetParam().findings));
}
INSTANTIATE_TEST_SUITE_P(
    Counts, PaxlstEnvelope,
    testing::Values(EnvelopeCase{"Right", "UNT+12", "UNT+12", {}}, EnvelopeCase{"RightWithZeros", "UNT+12", "UNT+00012", {}},
                    EnvelopeCase{"Segments", "UNT+12", "UNT+135", {"UNT count_differs"}},
                    EnvelopeCase{"NoSegments", "UNT+12", "UNT+", {"UNT count_differs"}},
                    EnvelopeCase{"MessageReference", "UNT+12+PAX001", "UNT+12+1", {"UNT reference_differs"}},
                    EnvelopeCase{"Messages", "UNE+1", "UNE+2", {"UNE count_differs"}},
                    EnvelopeCase{"GroupReference", "UNE+1+7", "UNE+1+8", {"UNE reference_differs"}},
                    EnvelopeCase{"Groups", "UNZ+1", "UNZ+9", {"UNZ count_differs"}},
                    EnvelopeCase{"ControlReference", "UNZ+1+000000101", "UNZ+1+020A07", {"UNZ reference_differs"}},
                    EnvelopeCase{"TimeOfUnb", "+261121:2355+000000101", "+26112X:2355+000000101", {"sent_at bad_time"}},
                    EnvelopeCase{"NoGroupEnd", "UNE+1+7'", "", {}}),
    [](const auto& test) { return test.param.name; });

TEST(PaxlstEnvelopes, UnzCountsMessagesWhereThereAreNoGroups) {
  InterchangeOptions options;
  options.group = false;
  const ParsedInput parsed = ParseEdifact(Interchange({PaxlstMessage({}), PaxlstMessage({})}, options));
  ASSERT_THAT(parsed.messages, SizeIs(2));
  EXPECT_THAT(parsed.messages[0].findings, IsEmpty());
  EXPECT_EQ(parsed.messages[0].message_id, "261121:2355/000000101/PAX001");
  EXPECT_EQ(parsed.messages[1].message_id, "261121:2355/000000101/PAX002");
}

TEST(PaxlstEnvelopes, PositionsAreThoseOfTheFile) {
  const std::string text = Wrapped(Interchange({PaxlstMessage({"NAD+FL+++ABARA"}), PaxlstMessage({"NAD+FL+++BRAMLEY", "NAD+QQ+++COVENTRY"})}), 40, "\n");
  const ParsedInput parsed = ParseEdifact(text, {}, 1'000, 21);
  ASSERT_THAT(parsed.messages, SizeIs(2));
  const auto at = [&](const char* what, std::size_t from = 0) {
    // Where it stands, whatever line ends stand inside.
    for (std::size_t i = from; i < text.size(); ++i) {
      std::size_t k = i, matched = 0;
      const std::string_view wanted = what;
      for (; k < text.size() && matched < wanted.size(); ++k) {
        if (text[k] == '\n') continue;
        if (text[k] != wanted[matched]) break;
        ++matched;
      }
      if (matched == wanted.size() && text[i] != '\n') return i;
    }
    return std::string::npos;
  };
  const auto line = [&](std::size_t i) { return 21 + static_cast<std::uint64_t>(std::count(text.begin(), text.begin() + static_cast<long>(i), '\n')); };
  EXPECT_EQ(parsed.messages[0].position, (SourcePosition{"test.edi", 1'000 + at("UNH+PAX001"), line(at("UNH+PAX001"))}));
  EXPECT_EQ(parsed.messages[1].position, (SourcePosition{"test.edi", 1'000 + at("UNH+PAX002"), line(at("UNH+PAX002"))}));
  EXPECT_EQ(parsed.messages[0].travellers.at(0).offset, 1'000 + at("NAD+FL+++ABARA"));
  EXPECT_EQ(parsed.messages[1].travellers.at(0).offset, 1'000 + at("NAD+FL+++BRAMLEY"));
  ASSERT_THAT(parsed.quarantined, SizeIs(1));
  EXPECT_EQ(parsed.quarantined[0].position, (SourcePosition{"test.edi", 1'000 + at("NAD+QQ"), line(at("NAD+QQ"))}));
  EXPECT_EQ(parsed.quarantined[0].message_id, parsed.messages[1].message_id);
}

// What is set aside, whole: code, and how many travellers it held.
struct RefusalCase {
  const char* name;
  std::string text;
  QuarantineCode code;
  std::uint32_t travellers = 0;
};
class PaxlstRefusal : public testing::TestWithParam<RefusalCase> {};
TEST_P(PaxlstRefusal, HasACode) {
  const ParsedInput parsed = ParseEdifact(GetParam().text);
  EXPECT_THAT(parsed.messages, IsEmpty());
  ASSERT_THAT(CodesOf(parsed), ElementsAre(GetParam().code)) << parsed.quarantined.size();
  EXPECT_EQ(parsed.quarantined[0].travellers, GetParam().travellers);
  EXPECT_THAT(parsed.quarantined[0].reason, testing::Not(IsEmpty()));
}

const PaxlstSegments kTwo = {"NAD+FL+++ABARA:ALMA", "ATT+2++F", "NAD+FL+++BRAMLEY:BENO", "ATT+2++M"};
std::string Whole() { return Interchange({PaxlstMessage(kTwo)}); }
std::string CutAt(const char* what) { return Whole().substr(0, Whole().find(what)); }
std::string With(const char* from, const char* to) {
  std::string text = Whole();
  return text.replace(text.find(from), std::string_view(from).size(), to);
}

INSTANTIATE_TEST_SUITE_P(
    Codes, PaxlstRefusal,
    testing::Values(
        RefusalCase{"CutBeforeUnt", CutAt("UNT"), QuarantineCode::kTruncated, 2},
        RefusalCase{"CutBeforeUnz", CutAt("UNZ"), QuarantineCode::kTruncated, 2},
        RefusalCase{"CutBehindOneTraveller", CutAt("BRAMLEY"), QuarantineCode::kTruncated, 2},
        RefusalCase{"CutInTheHeader", CutAt("LOC+87"), QuarantineCode::kTruncated, 0},
        RefusalCase{"CutBeforeBgm", CutAt("BGM"), QuarantineCode::kTruncated, 0},
        RefusalCase{"CutBeforeUnh", CutAt("UNH"), QuarantineCode::kTruncated, 0},
        RefusalCase{"UntMissing", With("UNT+15+PAX001'", ""), QuarantineCode::kTruncated, 2},
        RefusalCase{"NoMessage", With("UNH+PAX001", "UNX+PAX001"), QuarantineCode::kBadSyntax, 2},
        RefusalCase{"NothingAtAll", "hello", QuarantineCode::kBadSyntax},
        RefusalCase{"Empty", "", QuarantineCode::kBadSyntax},
        RefusalCase{"NoMessageType", With("+PAXLST:D:05B:UN:IATA", ""), QuarantineCode::kBadSyntax, 2},
        RefusalCase{"Cusres", With("PAXLST:D:05B", "CUSRES:D:05B"), QuarantineCode::kUnsupportedMessage, 2},
        RefusalCase{"MasterCrewList", With("BGM+745", "BGM+336+G"), QuarantineCode::kMasterCrewList, 2},
        RefusalCase{"GatePass", With("BGM+745", "BGM+655"), QuarantineCode::kGatePass, 2},
        RefusalCase{"Truck", With("BGM+745", "BGM+10"), QuarantineCode::kNotAir, 2},
        RefusalCase{"NoBgm", With("BGM+745'", ""), QuarantineCode::kNotAir, 2},
        RefusalCase{"TemplateOfADate", With("189:2611220110", "189:YYMMDDHHMM"), QuarantineCode::kUnfilledTemplate, 2},
        RefusalCase{"TemplateOfUnb", With("261121:2355", "YYMMDD:HHMM"), QuarantineCode::kUnfilledTemplate, 2},
        RefusalCase{"NoEnvelope", "UNH+1+PAXLST:D:05B:UN:IATA'BGM+745'TDT+20+ZZ1'LOC+125+LOS'DTM+189:2611220110:201'LOC+87+LHR'NAD+FL+++ABARA'UNT+8+1'", QuarantineCode::kNoId, 1},
        RefusalCase{"NoTransport", With("TDT+20+ZZ0101+++ZZ'", ""), QuarantineCode::kBadFlight, 2},
        RefusalCase{"NoFlightNumber", With("TDT+20+ZZ0101+++ZZ", "TDT+20"), QuarantineCode::kBadFlight, 2},
        RefusalCase{"NoDeparture", With("DTM+189:2611220110:201'", ""), QuarantineCode::kBadFlight, 2},
        RefusalCase{"ImpossibleDeparture", With("189:2611220110", "189:2613220110"), QuarantineCode::kBadFlight, 2},
        RefusalCase{"DepartureWithoutTime", With("189:2611220110", "189:261122"), QuarantineCode::kBadFlight, 2},
        RefusalCase{"NoArrivalAirport", With("LOC+87+LHR'", ""), QuarantineCode::kBadFlight, 2},
        RefusalCase{"NoAirport", With("LOC+87+LHR", "LOC+87+12"), QuarantineCode::kBadFlight, 2}),
    [](const auto& test) { return test.param.name; });

// A bad traveller is set aside alone; the flight and the others are kept.
struct BadTravellerCase {
  const char* name;
  std::string nad;
  QuarantineCode code;
};
class PaxlstBadTraveller : public testing::TestWithParam<BadTravellerCase> {};
TEST_P(PaxlstBadTraveller, IsSetAsideAlone) {
  const ParsedInput parsed = ParseEdifact(Interchange(
      {PaxlstMessage({"NAD+FL+++ABARA:ALMA", GetParam().nad, "DTM+329:999999", "RFF+ABO:BAD1", "NAD+FL+++COVENTRY:CORA", "DTM+329:NEVER"})}));
  ASSERT_THAT(parsed.messages, SizeIs(1));
  const Message& message = parsed.messages[0];
  ASSERT_THAT(message.travellers, SizeIs(2));
  EXPECT_EQ(message.travellers[0].surname, "ABARA");
  EXPECT_EQ(message.travellers[1].surname, "COVENTRY");
  // The findings about the one that was set aside went with it.
  EXPECT_THAT(FindingsOf(message), ElementsAre("#3 date_of_birth bad_date"));
  ASSERT_THAT(CodesOf(parsed), ElementsAre(GetParam().code));
  EXPECT_EQ(parsed.quarantined[0].traveller, "BAD1");
  EXPECT_EQ(parsed.quarantined[0].travellers, 1u);
  EXPECT_EQ(parsed.quarantined[0].message_id, message.message_id);
}
INSTANTIATE_TEST_SUITE_P(Codes, PaxlstBadTraveller,
                         testing::Values(BadTravellerCase{"NoName", "NAD+FL", QuarantineCode::kNoIdentity},
                                         BadTravellerCase{"BlankName", "NAD+FL+++ : ", QuarantineCode::kNoIdentity},
                                         BadTravellerCase{"UnknownType", "NAD+QQ+++BRAMLEY:BENO", QuarantineCode::kBadType},
                                         BadTravellerCase{"NoType", "NAD++++BRAMLEY:BENO", QuarantineCode::kBadType},
                                         BadTravellerCase{"Nul", std::string("NAD+FL+++BRAM\0LEY:BENO", 22), QuarantineCode::kControlCharacter},
                                         BadTravellerCase{"Tab", "NAD+FL+++BRAM\tLEY:BENO", QuarantineCode::kControlCharacter},
                                         BadTravellerCase{"Escape", "NAD+FL+++BRAMLEY:BE\x1bNO", QuarantineCode::kControlCharacter},
                                         BadTravellerCase{"Delete", "NAD+FL+++BRAMLEY:BE\x7fNO", QuarantineCode::kControlCharacter}),
                         [](const auto& test) { return test.param.name; });

TEST(PaxlstMessages, AReportingPartyThatSaysNothingIsNone) {
  const Message message = Accepted(Interchange({{"BGM+745", "NAD+MS", "TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR"}}));
  EXPECT_FALSE(message.reported_by.has_value());
}

// What is kept of codes is UTF-8, too: it is written as JSON.
TEST(PaxlstMessages, CodesOfOtherBytesAreReadAsLatin1) {
  std::string text = Interchange({PaxlstMessage({"NAD+FL+++ABARA", "DOC+\xC4+A01234567"})});
  text.replace(text.find("D:05B:UN:IATA"), 5, "D:0\xDC" "B");
  const Message message = Accepted(text);
  EXPECT_EQ(message.edifact->release, "D:0ÜB");
  EXPECT_EQ(message.travellers.at(0).documents.at(0).type, "Ä");
}

TEST(PaxlstTravellers, ADocumentNumberIsIdentityEnough) {
  const Message message = Accepted(Interchange({PaxlstMessage({"NAD+FL", "DOC+P+A01234567"})}));
  EXPECT_THAT(message.travellers, SizeIs(1));
}

TEST(PaxlstMessages, ACutOneDoesNotCostTheOthersOfItsInterchange) {
  std::string text = Interchange({PaxlstMessage(kTwo), PaxlstMessage({"NAD+FL+++COVENTRY"}), PaxlstMessage(kTwo)});
  const std::size_t unt = text.find("UNT", text.find("COVENTRY"));
  text.erase(unt, text.find('\'', unt) - unt + 1);
  const ParsedInput parsed = ParseEdifact(text);
  ASSERT_THAT(parsed.messages, SizeIs(2));
  EXPECT_EQ(parsed.messages[0].edifact->message_ref, "PAX001");
  EXPECT_EQ(parsed.messages[1].edifact->message_ref, "PAX003");
  ASSERT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kTruncated));
  EXPECT_EQ(parsed.quarantined[0].travellers, 1u);
  EXPECT_EQ(parsed.quarantined[0].message_id, "261121:2355/000000101/PAX002");
}

TEST(PaxlstMessages, MasterCrewListBesideAListIsSetAsideAlone) {
  const ParsedInput parsed = ParseEdifact(Interchange({PaxlstMessage({"NAD+FM+++ABARA"}, "336+G"), PaxlstMessage(kTwo)}));
  EXPECT_THAT(parsed.messages, SizeIs(1));
  EXPECT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kMasterCrewList));
}

TEST(PaxlstMessages, WithoutUnbSenderTheCarrierIsTheSender) {
  InterchangeOptions options;
  options.sender = "";
  EXPECT_EQ(Accepted(Interchange({PaxlstMessage({})}, options)).sender, "ZZ");
}

}  // namespace
}  // namespace landfall
