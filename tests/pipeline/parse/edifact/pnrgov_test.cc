#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/parse_edifact.h"
#include "tests/support/pnrgov_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

const HashKey kKey = {1, 2, 3};

ParsedInput Parse(const std::string& text) {
  Configuration configuration;
  configuration.card_key = kKey;
  return ParseEdifact(text, configuration);
}
ParsedInput ParseBookings(PnrgovSegments bookings, int eqn = 1) {
  return Parse(PnrgovInterchange({PnrgovMessage(std::move(bookings), eqn)}));
}

// A booking: its own segments, then those of travellers and stages.
PnrgovSegments Booking(PnrgovSegments more) {
  PnrgovSegments segments = {"SRC", "RCI+ZZ:K3P7QX"};
  for (std::string& segment : more) segments.push_back(std::move(segment));
  return segments;
}

// What one booking makes of its travellers, as JSON, without what every row would repeat.
struct BookingCase {
  const char* name;
  PnrgovSegments segments;
  std::vector<std::string> travellers;
  std::vector<std::string> findings;
};
class PnrgovBooking : public testing::TestWithParam<BookingCase> {};

std::string ShortJson(const Traveller& traveller) {
  std::string json = ToJson(traveller);
  for (const std::string_view repeated : {"\"type\":\"passenger\",", ",\"booking\":{\"locator\":\"K3P7QX\"}"}) {
    if (const std::size_t at = json.find(repeated); at != std::string::npos) json.erase(at, repeated.size());
  }
  return json;
}

TEST_P(PnrgovBooking, IsReadAs) {
  const ParsedInput parsed = ParseBookings(Booking(GetParam().segments));
  ASSERT_THAT(parsed.quarantined, IsEmpty());
  ASSERT_THAT(parsed.messages, SizeIs(1));
  std::vector<std::string> travellers;
  for (const Traveller& traveller : parsed.messages[0].travellers) travellers.push_back(ShortJson(traveller));
  EXPECT_THAT(travellers, ElementsAreArray(GetParam().travellers));
  EXPECT_THAT(FindingsOf(parsed.messages[0]), ElementsAreArray(GetParam().findings));
}

std::string One(const std::string& rest) { return R"({"surname":"QUILL","given_names":"ORLA")" + rest + "}"; }
const std::string kTif = "TIF+QUILL+ORLA:A:1";
std::string Ssr(const std::string& code, const std::string& text, const std::string& ref = "+::1") {
  return "SSR+" + code + ":HK:1:ZZ:::::" + text + ref;
}

INSTANTIATE_TEST_SUITE_P(
    Tif, PnrgovBooking,
    testing::Values(
        BookingCase{"Adult", {kTif}, {One(R"(,"fare":"adult")")}, {}},
        BookingCase{"Child", {"TIF+QUILL+ORLA:C:1"}, {One(R"(,"fare":"child")")}, {}},
        BookingCase{"Infant", {"TIF+QUILL+ORLA:IN:1"}, {One(R"(,"fare":"infant")")}, {}},
        BookingCase{"GroupMember", {"TIF+QUILL+ORLA:G:1"}, {One(R"(,"fare":"group")")}, {}},
        BookingCase{"TypeOnSurname", {"TIF+QUILL:I+ORLA::1"}, {One("")}, {}},
        BookingCase{"FareTypeOnSurname", {"TIF+QUILL:C+ORLA::1"}, {One(R"(,"fare":"child")")}, {}},
        BookingCase{"NoType", {"TIF+QUILL+ORLA"}, {One("")}, {}},
        BookingCase{"UnknownType", {"TIF+QUILL+ORLA:ZZ:1"}, {One("")}, {"#1 fare bad_value"}},
        BookingCase{"OneName", {"TIF+QUILL"}, {R"({"surname":"QUILL"})"}, {}},
        BookingCase{"TitleIsKept", {"TIF+QUILL+ORLAMRS:A:1"}, {R"({"surname":"QUILL","given_names":"ORLAMRS","fare":"adult"})"}, {}},
        BookingCase{"SeveralInOneSegment", {"TIF+QUILL+ORLA:A:1+ADA:C:2"},
                    {One(R"(,"fare":"adult")"), R"({"surname":"QUILL","given_names":"ADA","fare":"child"})"}, {}},
        BookingCase{"CheckInNamesThoseListed", {kTif, "TVL+221126:0110+LOS+LHR+ZZ+101", "TIF+QUILL+ORLA MRS:A", "TIF+QUILL+ORLA:A:01"},
                    {R"({"surname":"QUILL","given_names":"ORLA","fare":"adult","booking":{"locator":"K3P7QX","trip":"one_way",)"
                     R"("segments":[{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"}]}})"}, {}},
        BookingCase{"UniqueReference", {kTif, "REF+:00A1"}, {R"({"ref":"00A1","surname":"QUILL","given_names":"ORLA","fare":"adult"})"}, {}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Docs, PnrgovBooking,
    testing::Values(
        BookingCase{"Whole", {kTif, Ssr("DOCS", "/P/GBR/500000019/GBR/02MAR14/F/01JAN30/EXAMPLE/ANNA MARIA/H")},
                    {R"({"surname":"EXAMPLE","given_names":"ANNA MARIA","date_of_birth":"2014-03-02","sex":"F","fare":"adult","nationality":"GBR",)"
                     R"("documents":[{"type":"P","number":"500000019","issuer":"GBR","expires":"2030-01-01"}]})"}, {}},
        BookingCase{"TwoGivenNames", {kTif, Ssr("DOCS", "/P/GBR/500000019/GB/02MAR14/F/01JAN30/QUILL/ORLA/MAIRE")},
                    {R"({"surname":"QUILL","given_names":"ORLA MAIRE","date_of_birth":"2014-03-02","sex":"F","fare":"adult","nationality":"GBR",)"
                     R"("documents":[{"type":"P","number":"500000019","issuer":"GBR","expires":"2030-01-01"}]})"}, {}},
        BookingCase{"NoDocument", {kTif, Ssr("DOCS", "////GBR/12JUL64/M//QUILL/ORLA")},
                    {R"({"surname":"QUILL","given_names":"ORLA","date_of_birth":"1964-07-12","sex":"M","fare":"adult","nationality":"GBR"})"}, {}},
        BookingCase{"NothingButABirthDate", {kTif, "SSR+DOCS:HK:1:ZZ::::://///05FEB53/F//"},
                    {One(R"(,"date_of_birth":"1953-02-05","sex":"F","fare":"adult")")}, {}},
        BookingCase{"WithoutFirstSlash", {kTif, Ssr("DOCS", "P/NGA/A1/NGA/02MAR14/U/01JAN30/QUILL/ORLA")},
                    {One(R"(,"date_of_birth":"2014-03-02","fare":"adult","nationality":"NGA","documents":[{"type":"P","number":"A1","issuer":"NGA","expires":"2030-01-01"}])")}, {}},
        BookingCase{"WrapInTheName", {"TIF+QUILLINGTON+ORLAMRS:A:1", Ssr("DOCS", "/P/GBR/5/GBR/02MAR84/F/01JAN30/QUILLI NGTON/OR LA")},
                    {R"({"surname":"QUILLINGTON","given_names":"ORLA","date_of_birth":"1984-03-02","sex":"F","fare":"adult","nationality":"GBR",)"
                     R"("documents":[{"type":"P","number":"5","issuer":"GBR","expires":"2030-01-01"}]})"}, {}},
        BookingCase{"SentTwice", {kTif, Ssr("DOCS", "/P/GBR/5/GBR/02MAR84/F//QUILL/ORLA"), Ssr("DOCS", "/P/GBR/5/GBR/02MAR84/F/01JAN30/QUILL/ORLA")},
                    {One(R"(,"date_of_birth":"1984-03-02","sex":"F","fare":"adult","nationality":"GBR","documents":[{"type":"P","number":"5","issuer":"GBR","expires":"2030-01-01"}])")}, {}},
        BookingCase{"ForOneListedLater", {Ssr("DOCS", "/P/GBR/5/GBR/02MAR84/F//QUILL/ORLA", "+::2"), "TIF+VOSS+TAM:A:1", "TIF+QUILL+ORLA:A:2"},
                    {R"({"surname":"VOSS","given_names":"TAM","fare":"adult"})",
                     One(R"(,"date_of_birth":"1984-03-02","sex":"F","fare":"adult","nationality":"GBR","documents":[{"type":"P","number":"5","issuer":"GBR"}])")}, {}},
        BookingCase{"FoundByName", {"TIF+VOSS+TAM:A:1", "TIF+QUILL+ORLA MRS:A:2", "TVL+221126:0110+LHR+CDG+ZZ+9", Ssr("DOCS", "/P/GBR/5/GBR/02MAR84/F//QUILL/ORLA", "")},
                    {R"({"surname":"VOSS","given_names":"TAM","fare":"adult","booking":{"locator":"K3P7QX","segments":[{"number":"ZZ9","from":"LHR","to":"CDG","departs_at":"2026-11-22T01:10:00Z"}]}})",
                     R"({"surname":"QUILL","given_names":"ORLA","date_of_birth":"1984-03-02","sex":"F","fare":"adult","nationality":"GBR","documents":[{"type":"P","number":"5","issuer":"GBR"}],)"
                     R"("booking":{"locator":"K3P7QX","segments":[{"number":"ZZ9","from":"LHR","to":"CDG","departs_at":"2026-11-22T01:10:00Z"}]}})"}, {}},
        BookingCase{"RefWithZeros", {kTif, Ssr("DOCS", "/P//5/////QUILL/ORLA", "+::001")}, {One(R"(,"fare":"adult","documents":[{"type":"P","number":"5"}])")}, {}},
        BookingCase{"BornThisCentury", {kTif, Ssr("DOCS", "/////22NOV26///")}, {One(R"(,"date_of_birth":"2026-11-22","fare":"adult")")}, {}},
        BookingCase{"NotAfterTheFlight", {kTif, Ssr("DOCS", "/////23NOV26///")}, {One(R"(,"date_of_birth":"1926-11-23","fare":"adult")")}, {}},
        BookingCase{"DayNotKnown", {kTif, Ssr("DOCS", "/////00MAR14///")}, {One(R"(,"date_of_birth":"2014-03","fare":"adult")")}, {}},
        BookingCase{"LeapDayOfNoLeapYear", {kTif, Ssr("DOCS", "/////29FEB14///")}, {One(R"(,"fare":"adult")")}, {"#1 date_of_birth bad_date"}},
        BookingCase{"LeapDay", {kTif, Ssr("DOCS", "/////29FEB12///")}, {One(R"(,"date_of_birth":"2012-02-29","fare":"adult")")}, {}},
        BookingCase{"NoMonth", {kTif, Ssr("DOCS", "/////02XYZ14///")}, {One(R"(,"fare":"adult")")}, {"#1 date_of_birth bad_date"}},
        BookingCase{"DigitsAreNeverGuessed", {kTif, Ssr("DOCS", "/////020314///")}, {One(R"(,"fare":"adult")")}, {"#1 date_of_birth bad_date"}},
        BookingCase{"BadExpiry", {kTif, Ssr("DOCS", "/P//5////99JAN30//")}, {One(R"(,"fare":"adult","documents":[{"type":"P","number":"5"}])")}, {"#1 documents.expires bad_date"}},
        BookingCase{"BadCountries", {kTif, Ssr("DOCS", "/P/QQQ/5/QQQ/////")}, {One(R"(,"fare":"adult","documents":[{"type":"P","number":"5"}])")},
                    {"#1 documents.issuer bad_country", "#1 nationality bad_country"}},
        BookingCase{"BadSex", {kTif, Ssr("DOCS", "//////Q//")}, {One(R"(,"fare":"adult")")}, {"#1 sex bad_value"}},
        BookingCase{"TwoBirthDates", {kTif, Ssr("DOCS", "/////02MAR14///"), Ssr("DOCS", "/////02MAR04///")}, {One(R"(,"date_of_birth":"2014-03-02","fare":"adult")")},
                    {"#1 date_of_birth bad_date"}},
        BookingCase{"OfNobody", {"TIF+VOSS+TAM:A:1", "TIF+QUILL+ORLA:A:2", "TVL+221126:0110++", Ssr("DOCS", "/P//5/////REED/IDA", "")},
                    {R"({"surname":"VOSS","given_names":"TAM","fare":"adult"})", One(R"(,"fare":"adult")")}, {"documents bad_value"}},
        BookingCase{"Cancelled", {kTif, "SSR+DOCS:HX:1:ZZ:::::/P//5/////QUILL/ORLA+::1"}, {One(R"(,"fare":"adult")")}, {}},
        BookingCase{"Empty", {kTif, "SSR", "SSR+", "SSR+DOCS", "SSR+DOCS:HK:1:ZZ:::::+::1"}, {One(R"(,"fare":"adult")")}, {}}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    OtherServices, PnrgovBooking,
    testing::Values(
        BookingCase{"Visa", {kTif, Ssr("DOCO", "AMBER HILL GBR/V/VG0012345/LAGOS/14MAR26/GBR")},
                    {One(R"(,"fare":"adult","birth_place":{"town":"AMBER HILL","country":"GBR"},"documents":[{"type":"V","number":"VG0012345","issuer":"GBR","issued":"2026-03-14","place":"LAGOS"}])")}, {}},
        BookingCase{"VisaWithoutBirthPlace", {kTif, Ssr("DOCO", "/V/VG0012345/LAGOS//")}, {One(R"(,"fare":"adult","documents":[{"type":"V","number":"VG0012345","place":"LAGOS"}])")}, {}},
        BookingCase{"RedressNumberIsNotKept", {kTif, Ssr("DOCO", "//R/9891404///USA")}, {One(R"(,"fare":"adult")")}, {}},
        BookingCase{"BadVisaDate", {kTif, Ssr("DOCO", "//V/VG1//140326/GBR")}, {One(R"(,"fare":"adult","documents":[{"type":"V","number":"VG1","issuer":"GBR"}])")}, {"#1 documents.issued bad_date"}},
        BookingCase{"Destination", {kTif, Ssr("DOCA", "/D/GBR/14 ACACIA AVENUE/LONDON/ENG/N1 1AA")},
                    {One(R"(,"fare":"adult","address":{"lines":"14 ACACIA AVENUE","city":"LONDON","region":"ENG","postcode":"N1 1AA","country":"GBR"})")}, {}},
        BookingCase{"Residence", {kTif, Ssr("DOCA", "R/NG/7 MANGO STREET/LAGOS")}, {One(R"(,"fare":"adult","home_address":{"lines":"7 MANGO STREET","city":"LAGOS","country":"NGA"})")}, {}},
        BookingCase{"NeitherOfBoth", {kTif, Ssr("DOCA", "/Q/NG/7 MANGO STREET/LAGOS")}, {One(R"(,"fare":"adult")")}, {"#1 address bad_value"}},
        BookingCase{"UnaccompaniedMinor", {"TIF+QUILL+ORLA:C:1", Ssr("UMNR", "UM08")}, {One(R"(,"fare":"child","stated_age":8,"services":["UMNR"])")}, {}},
        BookingCase{"MinorWithoutAge", {"TIF+QUILL+ORLA:C:1", Ssr("UMNR", "")}, {One(R"(,"fare":"child","services":["UMNR"])")}, {}},
        BookingCase{"MinorOfTheWholeBooking", {"SSR+UMNR:HK:1:ZZ", "TIF+QUILL+ORLA:C:1", "TIF+VOSS+TAM:A:2"},
                    {One(R"(,"fare":"child","services":["UMNR"])"), R"({"surname":"VOSS","given_names":"TAM","fare":"adult"})"}, {}},
        BookingCase{"MinorOfNobody", {"SSR+UMNR:HK:1:ZZ", kTif, "TIF+VOSS+TAM:A:2"}, {One(R"(,"fare":"adult")"), R"({"surname":"VOSS","given_names":"TAM","fare":"adult"})"}, {"services bad_value"}},
        BookingCase{"MinorRefused", {"TIF+QUILL+ORLA:C:1", "SSR+UMNR:UC:1:ZZ:::::UM08+::1"}, {One(R"(,"fare":"child")")}, {}},
        BookingCase{"ChildWithBirthDate", {"TIF+QUILL+ORLA::1", Ssr("CHLD", "02MAR14")}, {One(R"(,"date_of_birth":"2014-03-02","fare":"child","services":["CHLD"])")}, {}},
        BookingCase{"ChildWithBadDate", {"TIF+QUILL+ORLA::1", Ssr("CHLD", "2014")}, {One(R"(,"fare":"child","services":["CHLD"])")}, {"#1 date_of_birth bad_date"}},
        BookingCase{"ForTwo", {"TIF+QUILL+ORLA:C:1", "TIF+QUILL+ADA:C:2", "SSR+MAAS:HK:2:ZZ+::1+::2"},
                    {One(R"(,"fare":"child","services":["MAAS"])"), R"({"surname":"QUILL","given_names":"ADA","fare":"child","services":["MAAS"]})"}, {}},
        BookingCase{"ForSomebodyElse", {kTif, "TIF+QUILL+ADA:C:2", "TVL+221126:0110++", Ssr("DOCA", "/D/GBR", "+::7")},
                    {One(R"(,"fare":"adult")"), R"({"surname":"QUILL","given_names":"ADA","fare":"child"})"}, {"services bad_value", "services bad_value"}},
        BookingCase{"Contacts", {kTif, Ssr("CTCM", "447700900123/EN"), Ssr("CTCE", "ORLA..Q?+1//EXAMPLE.ORG/EN"), "IFT+4:28::YY+CTCM ?+447700900124"},
                    {One(R"(,"fare":"adult","contacts":[{"kind":"phone","value":"447700900123"},{"kind":"email","value":"ORLA_Q+1@EXAMPLE.ORG"},{"kind":"phone","value":"+447700900124"}])")}, {}},
        BookingCase{"WhatRevealsFaithOrHealthIsNotKept", {"SSR+KSML:HK:1:ZZ", kTif, Ssr("MOML", ""), Ssr("MEDA", "HEART CONDITION"), Ssr("WCHR", ""), "FTI+ZZ:1234567890:::GOLD", "IFT+4:28::ZZ+VIP OF THE CHURCH",
                    "FAR+N+++++MIL24", "MON+T:2957.94:GBP", "TXD++3.10:::AY6", "TKT+0062120234533:T:1", "OSI+ZZ VEGAN"}, {One(R"(,"fare":"adult")")}, {}},
        BookingCase{"SeatsHereAndElsewhere", {kTif, "TIF+QUILL+ADA:C:2", "SSR+SEAT:HK:2:ZZ:::LOS:LHR+015A::1+15B::2", "SSR+NSST:HK:1:ZZ:::LHR:EDI:ZZ 0226 +074E::1"},
                    {One(R"(,"fare":"adult","seat":"15A","other_seats":[{"from":"LHR","to":"EDI","seat":"74E"}])"), R"({"surname":"QUILL","given_names":"ADA","fare":"child","seat":"15B"})"}, {}},
        BookingCase{"NoSeat", {kTif, "SSR+SEAT:HK:1:ZZ:::LOS:LHR++XXX::1", "SSR+SEAT:DK:2:ZZ:::LOS:LHR:.03BN03AN"}, {One(R"(,"fare":"adult")")}, {"#1 seat bad_value"}}),
    [](const auto& test) { return test.param.name; });

const std::string kParent = R"({"surname":"QUILL","given_names":"ORLA","fare":"adult"})";
const std::string kBaby = R"({"surname":"QUILL","given_names":"IDA","date_of_birth":"2026-02-14","fare":"infant","services":["INFT"]})";
INSTANTIATE_TEST_SUITE_P(
    Infants, PnrgovBooking,
    testing::Values(
        BookingCase{"ServiceRequest", {kTif, Ssr("INFT", "QUILL/IDA/14FEB26")}, {kParent, kBaby}, {}},
        BookingCase{"SentForEachStage", {kTif, Ssr("INFT", "QUILL/IDA/14FEB26"), Ssr("INFT", "QUILL/ID A/14FEB26"), "SSR+INFT:NN:1:ZZ"}, {kParent, kBaby}, {}},
        BookingCase{"Listed", {kTif, "TIF+QUILL+IDA:IN:1.1"}, {kParent, R"({"surname":"QUILL","given_names":"IDA","fare":"infant"})"}, {}},
        BookingCase{"InTheParentsName", {"TIF+QUILL+ORLA(INF/IDA/14FEB26):A:1"}, {kParent, kBaby}, {}},
        BookingCase{"InTheParentsNameWithSurname", {"TIF+QUILL+ORLA (INFQUILL/IDA 14FEB26):A:1"}, {kParent, kBaby}, {}},
        BookingCase{"AllThreeAndADocument", {"TIF+QUILL+ORLA (INF/IDA):A:1", "TIF+QUILL+IDA:IN:1.1", Ssr("INFT", "QUILL/IDA MISS/14FEB26"),
                                             Ssr("DOCS", "/P/GBR/7/GBR/14FEB26/FI/01JAN30/QUILL/IDA MAEVE")},
                    {kParent, R"({"surname":"QUILL","given_names":"IDA","date_of_birth":"2026-02-14","sex":"F","fare":"infant","nationality":"GBR",)"
                              R"("documents":[{"type":"P","number":"7","issuer":"GBR","expires":"2030-01-01"}],"services":["INFT"]})"}, {}},
        BookingCase{"OnlyInADocument", {kTif, Ssr("DOCS", "/P/GBR/7/GBR/14FEB26/MI//QUILL/IDA")},
                    {kParent, R"({"surname":"QUILL","given_names":"IDA","date_of_birth":"2026-02-14","sex":"M","fare":"infant","nationality":"GBR","documents":[{"type":"P","number":"7","issuer":"GBR"}]})"}, {}},
        BookingCase{"TwoAreTwo", {kTif, "TIF+QUILL+FINN:A:2", Ssr("INFT", "QUILL/IDA/14FEB26"), Ssr("INFT", "QUILL/ADA/14FEB26", "+::2")},
                    {kParent, R"({"surname":"QUILL","given_names":"FINN","fare":"adult"})", kBaby,
                     R"({"surname":"QUILL","given_names":"ADA","date_of_birth":"2026-02-14","fare":"infant","services":["INFT"]})"}, {}},
        BookingCase{"BadDate", {kTif, Ssr("INFT", "QUILL/IDA/31FEB26")}, {kParent, R"({"surname":"QUILL","given_names":"IDA","fare":"infant","services":["INFT"]})"}, {"#1 date_of_birth bad_date"}},
        BookingCase{"NothingStated", {kTif, Ssr("INFT", "")}, {kParent}, {"#1 services bad_value"}},
        BookingCase{"OtherBrackets", {"TIF+QUILL+ORLA (EXST):A:1"}, {R"x({"surname":"QUILL","given_names":"ORLA (EXST)","fare":"adult"})x"}, {}}),
    [](const auto& test) { return test.param.name; });

std::string Form(const std::string& rest) { return One(R"(,"fare":"child","services":["UMNR"],"escort_form":{)" + rest + "}"); }
const std::string kBoth =
    R"("handed_over_by":{"surname":"QUILL","given_names":"FINN","phone":"0802 000 0001","relationship":"parent"},)"
    R"("collected_by":{"surname":"REED","given_names":"UTE MRS","phone":"+44 7700 900123","relationship":"aunt_uncle","address":{"lines":"14 ACACIA AVENUE LONDON"}})";
INSTANTIATE_TEST_SUITE_P(
    MinorForms, PnrgovBooking,
    testing::Values(
        BookingCase{"InARemark", {"TIF+QUILL+ORLA:C:1", Ssr("UMNR", "UM08"),
                                  "IFT+4:28::ZZ+UMNR DEP FINN QUILL TEL 0802 000 0001 FATHER ARR REED/UTE MRS TEL ?+44 7700 900123 AUNT ADR 14 ACACIA AVENUE LONDON"},
                    {One(R"(,"fare":"child","stated_age":8,"services":["UMNR"],"escort_form":{)" + kBoth + "}")}, {}},
        BookingCase{"InTwoRemarksBeforeTheService", {"OSI+ZZ UMNR DEP FINN QUILL TEL 0802 000 0001 FATHER", "OSI+ZZ UM08 COLLECTED BY REED/UTE MRS AUNT TEL ?+44 7700 900123 ADR 14 ACACIA AVENUE LONDON",
                                                     "TIF+QUILL+ORLA:C:1", Ssr("UMNR", "")}, {Form(kBoth)}, {}},
        BookingCase{"InOthers", {"TIF+QUILL+ORLA:C:1", Ssr("UMNR", ""), Ssr("OTHS", "UMFORM ARR REED")}, {Form(R"("collected_by":{"surname":"REED"})")}, {}},
        BookingCase{"WithoutAnybody", {"TIF+QUILL+ORLA:C:1", Ssr("UMNR", ""), "IFT+4:28::ZZ+UMNR FORM SIGNED"}, {One(R"(,"fare":"child","services":["UMNR"])")}, {}},
        BookingCase{"OfNobody", {"IFT+4:28::ZZ+UMNR ARR REED", kTif, "TIF+QUILL+ADA:A:2"}, {One(R"(,"fare":"adult")"), R"({"surname":"QUILL","given_names":"ADA","fare":"adult"})"}, {"escort_form bad_value"}}),
    [](const auto& test) { return test.param.name; });

// What a booking says of itself: the `booking` of its first traveller.
struct DetailCase {
  const char* name;
  PnrgovSegments segments;
  std::string booking;
  std::vector<std::string> findings;
};
class PnrgovDetail : public testing::TestWithParam<DetailCase> {};

TEST_P(PnrgovDetail, IsReadAs) {
  PnrgovSegments segments = GetParam().segments;
  segments.insert(segments.begin(), "SRC");
  const ParsedInput parsed = ParseBookings(segments);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  ASSERT_FALSE(parsed.messages[0].travellers.empty());
  std::string json = ToJson(parsed.messages[0].travellers[0]);
  const std::size_t at = json.find("\"booking\":");
  EXPECT_EQ(at == std::string::npos ? "" : json.substr(at + 10, json.size() - at - 11), GetParam().booking);
  EXPECT_THAT(FindingsOf(parsed.messages[0]), ElementsAreArray(GetParam().findings));
}

std::string Stages(const std::string& trip, const std::string& stages) { return R"({"locator":"L",)" + trip + R"("segments":[)" + stages + "]}"; }
const std::string kHere = R"({"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z"})";
const std::string kTvl = "TVL+221126:0110:221126:0640+LOS+LHR+ZZ+0101:Y";
const std::string kCardKey = ToHex(AsBytes(KeyedHash128(kKey, "4111111111111111")));

INSTANTIATE_TEST_SUITE_P(
    Details, PnrgovDetail,
    testing::Values(
        DetailCase{"Locators", {"RCI+1A:2AB6CD::200526:0439+KE:EFG2HI+1S:JKLMNO", kTif, "TVL+++++303", "RCI+ZZ:2AB6CD+KE:EFG2HI"},
                   R"({"locator":"2AB6CD","other_locators":[{"carrier":"KE","locator":"EFG2HI"},{"carrier":"1S","locator":"JKLMNO"}],"booked_at":"2026-05-20T04:39:00Z"})", {}},
        DetailCase{"DateBesideTheLocator", {"RCI+ZZ:L:230826:1220", kTif}, R"({"locator":"L","booked_at":"2026-08-23T12:20:00Z"})", {}},
        DetailCase{"Seconds", {"RCI+ZZ:L::300426:115500", kTif}, R"({"locator":"L","booked_at":"2026-04-30T11:55:00Z"})", {}},
        DetailCase{"MonthFirstIsNeverTried", {"RCI+ZZ:L::113026:1155", kTif}, R"({"locator":"L"})", {"booking.booked_at bad_time"}},
        DetailCase{"Dates", {"RCI+ZZ:L", "DAT+700:061226:1010+710:061126", kTif, "DAT+710:081126:1200"}, R"({"locator":"L","ticketed_at":"2026-11-06T00:00:00Z","changed_at":"2026-12-06T10:10:00Z"})", {}},
        DetailCase{"BadDates", {"RCI+ZZ:L", "DAT+700:311126:1010+710:061126:2510+2:1+ZT:9", "DAT", kTif}, R"({"locator":"L"})", {"booking.changed_at bad_time", "booking.ticketed_at bad_time"}},
        DetailCase{"AgencyNumber", {"RCI+ZZ:L", "ORG+ZZ:LOS+12345678:LONZZ2101+++A+GB:GBP", kTif}, R"({"locator":"L","agency":"12345678"})", {}},
        DetailCase{"AgencyName", {"RCI+ZZ:L", "ORG+1A:MUC+:LONZZ2101", "ORG+ZZ:LOS+999", kTif}, R"({"locator":"L","agency":"LONZZ2101"})", {}},
        DetailCase{"TheCarrierItself", {"RCI+ZZ:L", "ORG+ZZ:BOG", kTif}, R"({"locator":"L"})", {}},
        DetailCase{"GroupName", {"RCI+ZZ:L", "TIF+ST MARY SCHOOL:G", kTif}, R"({"locator":"L","group":"ST MARY SCHOOL"})", {}},
        DetailCase{"Cash", {"RCI+ZZ:L", kTif, "FOP+CA::250.00"}, R"({"locator":"L","payment":"cash"})", {}},
        DetailCase{"Other", {"RCI+ZZ:L", kTif, "FOP+MS::250.00"}, R"({"locator":"L","payment":"unknown"})", {}},
        DetailCase{"OtherThenCash", {"RCI+ZZ:L", kTif, "FOP+MS::250.00+CA::1"}, R"({"locator":"L","payment":"cash"})", {}},
        DetailCase{"Card", {"RCI+ZZ:L", kTif, "FOP+CC:::VI:4111111111111111:0228"}, R"({"locator":"L","payment":"card","payer_key":")" + kCardKey + R"("})", {}},
        DetailCase{"CardWithBlanks", {"RCI+ZZ:L", kTif, "FOP+CC:::VI:4111 1111-1111 1111:0228"}, R"({"locator":"L","payment":"card","payer_key":")" + kCardKey + R"("})", {}},
        DetailCase{"CardInFreeText", {"RCI+ZZ:L", kTif, "IFT+4:28::ZZ+PAID BY 4111 1111 1111 1111 EXP 0228"}, R"({"locator":"L","payer_key":")" + kCardKey + R"("})", {}},
        DetailCase{"MaskedCardTellsNothing", {"RCI+ZZ:L", kTif, "FOP+CC:::VI:XXXXXXXX1186:0228"}, R"({"locator":"L","payment":"card"})", {}},
        DetailCase{"Payer", {"RCI+ZZ:L", kTif, "IFT+4:43+UTE BRANDT+14 ACACIA AVENUE+020 7946 0001"}, R"({"locator":"L","payer":"UTE BRANDT"})", {}},
        DetailCase{"SplitFrom", {"RCI+ZZ:L", kTif, kTvl, "EQN+1", "RCI+ZZ:ABCDEF::110526:1148"}, Stages(R"("trip":"one_way","split_from":"ABCDEF",)", kHere), {}},
        DetailCase{"Return", {"RCI+ZZ:L", kTif, kTvl, "RPI+2+HK", "TVL+011226:1310::2010+LHR+ABV+ZZ+102"},
                   Stages(R"("trip":"return","returns_at":"2026-12-01T13:10:00Z",)",
                          kHere.substr(0, kHere.size() - 1) + R"(,"status":"HK"},{"number":"ZZ102","from":"LHR","to":"ABV","departs_at":"2026-12-01T13:10:00Z","arrives_at":"2026-12-01T19:10:00Z"})"), {}},
        DetailCase{"ReturnThatWasCancelled", {"RCI+ZZ:L", kTif, kTvl, "TVL+011226:1310+LHR+LOS+ZZ+102", "RPI+1+HX"},
                   Stages(R"("trip":"one_way",)", kHere + R"(,{"number":"ZZ102","from":"LHR","to":"LOS","departs_at":"2026-12-01T13:10:00Z","status":"HX"})"), {}},
        DetailCase{"HomeAgain", {"RCI+ZZ:L", kTif, "TVL+011126:1310+LHR+LOS+ZZ+102", kTvl}, Stages(R"("trip":"return",)", R"({"number":"ZZ102","from":"LHR","to":"LOS","departs_at":"2026-11-01T13:10:00Z"},)" + kHere), {}},
        DetailCase{"WithoutThisFlightNothingFollows", {"RCI+ZZ:L", kTif, "TVL+011126:1310+CDG+JFK+ZZ+9"}, Stages("", R"({"number":"ZZ9","from":"CDG","to":"JFK","departs_at":"2026-11-01T12:10:00Z"})"), {}},
        DetailCase{"CodeShare", {"RCI+ZZ:L", kTif, "TVL+221126:0110:221126:0640+LOS+LHR+KE:ZZ+0101:B"},
                   Stages(R"("trip":"one_way",)", R"({"number":"ZZ101","marketing":"KE101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z"})"), {}},
        DetailCase{"ArrivalTheNextDay", {"RCI+ZZ:L", kTif, "TVL+221126:2200::0630+LHR+LOS+ZZ+9"}, Stages("", R"({"number":"ZZ9","from":"LHR","to":"LOS","departs_at":"2026-11-22T22:00:00Z","arrives_at":"2026-11-23T05:30:00Z"})"), {}},
        DetailCase{"ArrivalTheDayBefore", {"RCI+ZZ:L", kTif, "TVL+221126:0030:1400+AKL+HNL+ZZ+9"}, Stages("", R"({"number":"ZZ9","from":"AKL","to":"HNL","departs_at":"2026-11-21T11:30:00Z","arrives_at":"2026-11-22T00:00:00Z"})"), {}},
        DetailCase{"BadStageTime", {"RCI+ZZ:L", kTif, "TVL+321126:0110+LHR+CDG+ZZ+9"}, Stages("", R"({"number":"ZZ9","from":"LHR","to":"CDG"})"), {"segments.departs_at bad_time"}},
        DetailCase{"StageWithoutTimeOrNumber", {"RCI+ZZ:L", kTif, "TVL++LHR+CDG+ZZ+OPEN"}, Stages("", R"({"from":"LHR","to":"CDG"})"), {}},
        DetailCase{"HotelsAndHistoryArePassedOver", {"RCI+ZZ:L", kTif, kTvl, "MSG+8", "TVL+011226:1500:041226+LHR:GRAND HOTEL++VN+67576:ROH", "TIF+GHOST+GUEST:A:9", "ABI+1+:LHRRR", "SAC+++X", "TVL+011226:1310+LHR+LOS+ZZ+102"},
                   Stages(R"("trip":"one_way",)", kHere), {}},
        DetailCase{"NoLocator", {kTif}, "", {"booking.locator bad_value"}}),
    [](const auto& test) { return test.param.name; });

TEST(Pnrgov, BagsAndSeatOfCheckIn) {
  const ParsedInput parsed = ParseBookings(Booking({kTif, kTvl, "DAT+2:221126:0001", "TRI++108:::1", kTif, "SSD+039G++++Y",
                                                    "TBD++2:34:701++MP+618:1026000001:1:LHR+618:1026000002:1:LHR"}));
  ASSERT_THAT(parsed.messages, SizeIs(1));
  ASSERT_THAT(parsed.messages[0].travellers, SizeIs(1));
  const Traveller& traveller = parsed.messages[0].travellers[0];
  EXPECT_EQ(traveller.seat, "39G");
  EXPECT_EQ(traveller.bags, 2);
  EXPECT_EQ(traveller.bag_weight_kg, 15.4);
  EXPECT_THAT(traveller.bag_tags, ElementsAre("1026000001", "1026000002"));
}

TEST(Pnrgov, BookingAddressAndTelephoneAreEverybodys) {
  const ParsedInput parsed = ParseBookings(Booking({"ADD++702:7 MANGO STREET:LAGOS:LA::NG:100001:08020000001", kTif, "TIF+QUILL+ADA:C:2"}));
  ASSERT_THAT(parsed.messages, SizeIs(1));
  ASSERT_THAT(parsed.messages[0].travellers, SizeIs(2));
  for (const Traveller& traveller : parsed.messages[0].travellers) {
    ASSERT_TRUE(traveller.home_address.has_value());
    EXPECT_EQ(traveller.home_address->city, "LAGOS");
    EXPECT_EQ(traveller.home_address->country.view(), "NGA");
    ASSERT_THAT(traveller.contacts, SizeIs(1));
    EXPECT_EQ(traveller.contacts[0].value, "08020000001");
  }
}

TEST(Pnrgov, HeaderIsRead) {
  const ParsedInput parsed = Parse(PnrgovInterchange({PnrgovMessage({"SRC", "RCI+ZZ:L", kTif, "TVL+221126:0110:221126:0640+LOS+LHR+KE:ZZ+0101"}, 1, "141")}));
  ASSERT_THAT(parsed.messages, SizeIs(1));
  const Message& message = parsed.messages[0];
  EXPECT_EQ(message.kind, MessageKind::kBooking);
  EXPECT_EQ(message.message_id, "261121:2355/000000101/PNR001");
  EXPECT_EQ(message.sender, "ZZAIR");
  EXPECT_EQ(ToString(message.flight.Key()), "ZZ101 2026-11-22 LOS LHR");
  EXPECT_EQ(ToString(message.flight.arrives_at.value()), "2026-11-22T06:40:00Z");
  EXPECT_THAT(message.flight.marketing, ElementsAre("KE101"));
  EXPECT_EQ(message.declared.bookings, 1);
  ASSERT_TRUE(message.edifact.has_value());
  EXPECT_EQ(message.edifact->message + " " + message.edifact->release + " " + message.edifact->code, "PNRGOV 13:1 141");
  EXPECT_THAT(message.findings, IsEmpty());
}

// Each is refused, whole, with its travellers counted.
struct RefusedCase {
  const char* name;
  std::string text;
  QuarantineCode code;
  std::uint32_t travellers;
};
class PnrgovRefused : public testing::TestWithParam<RefusedCase> {};

TEST_P(PnrgovRefused, WithAReason) {
  const ParsedInput parsed = Parse(GetParam().text);
  EXPECT_THAT(parsed.messages, IsEmpty());
  ASSERT_THAT(CodesOf(parsed), ElementsAre(GetParam().code)) << parsed.quarantined[0].reason;
  EXPECT_EQ(parsed.quarantined[0].travellers, GetParam().travellers);
}

std::string WithTvl(const char* tvl) { return PnrgovInterchange({PnrgovMessage(Booking({kTif, "TIF+QUILL+ADA:C:2", kTvl, kTif}), 1, "22", tvl)}); }
std::string CutBefore(std::string text, std::string_view mark) { return text.substr(0, text.find(mark)); }
std::string Replaced(std::string text, std::string_view from, std::string_view to) { return text.replace(text.find(from), from.size(), to); }

INSTANTIATE_TEST_SUITE_P(
    Messages, PnrgovRefused,
    testing::Values(
        RefusedCase{"CutBeforeUnt", CutBefore(WithTvl("221126:0110+LOS+LHR+ZZ+1"), "UNT"), QuarantineCode::kTruncated, 2},
        RefusedCase{"CutBeforeUnz", CutBefore(WithTvl("221126:0110+LOS+LHR+ZZ+1"), "UNZ"), QuarantineCode::kTruncated, 2},
        RefusedCase{"CutInATraveller", CutBefore(WithTvl("221126:0110+LOS+LHR+ZZ+1"), "LL+ADA"), QuarantineCode::kTruncated, 2},
        RefusedCase{"MonthBeforeDay", WithTvl("112226:0110+LOS+LHR+ZZ+1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoSuchDay", WithTvl("290226:0110+LOS+LHR+ZZ+1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoTime", WithTvl("221126+LOS+LHR+ZZ+1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoSuchTime", WithTvl("221126:2460+LOS+LHR+ZZ+1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoAirport", WithTvl("221126:0110+LOS++ZZ+1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoNumber", WithTvl("221126:0110+LOS+LHR+ZZ"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"NoCarrier", WithTvl("221126:0110+LOS+LHR++1"), QuarantineCode::kBadFlight, 2},
        RefusedCase{"Template", WithTvl("DDMMYY:HHMM+LOS+LHR+ZZ+1"), QuarantineCode::kUnfilledTemplate, 2},
        RefusedCase{"NoFlightAtAll", PnrgovInterchange({{"MSG+:22", "SRC", "RCI+ZZ:L", kTif}}), QuarantineCode::kBadFlight, 1},
        RefusedCase{"NoEnvelope", "UNH+1+PNRGOV:13:1:IA'MSG+:22'TVL+221126:0110+LOS+LHR+ZZ+1'SRC'TIF+QUILL+ORLA'UNT+6+1'", QuarantineCode::kNoId, 1},
        RefusedCase{"OtherType", Replaced(WithTvl("221126:0110+LOS+LHR+ZZ+1"), "PNRGOV:13", "GOVREQ:13"), QuarantineCode::kUnsupportedMessage, 2}),
    [](const auto& test) { return test.param.name; });

TEST(Pnrgov, ABadTravellerCostsNobodyElse) {
  const ParsedInput parsed = ParseBookings(Booking({"TIF++:A:1", "TIF+QUILL+OR\x01LA:A:2", "TIF+QUILL+ADA:C:3"}));
  ASSERT_THAT(parsed.messages, SizeIs(1));
  EXPECT_THAT(parsed.messages[0].travellers, SizeIs(1));
  EXPECT_EQ(parsed.messages[0].travellers[0].given_names, "ADA");
  ASSERT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kNoIdentity, QuarantineCode::kControlCharacter));
  EXPECT_EQ(parsed.quarantined[0].traveller, "#1");
  EXPECT_THAT(parsed.quarantined[1].reason, HasSubstr("traveller #2"));
  EXPECT_EQ(parsed.quarantined[1].message_id, parsed.messages[0].message_id);
}

TEST(Pnrgov, ABadBookingCostsNoOther) {
  const ParsedInput parsed = ParseBookings({"SRC", "RCI", "DAT+700", "TVL+1", "SSR+DOCS", "EQN", "FOP", "SRC", "RCI+ZZ:L", kTif, "SRC"}, 3);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  ASSERT_THAT(parsed.messages[0].travellers, SizeIs(1));
  EXPECT_EQ(parsed.messages[0].travellers[0].booking->locator, "L");
  EXPECT_THAT(FindingsOf(parsed.messages[0]), ElementsAre("documents bad_value", "booking.locator bad_value", "travellers bad_value", "booking.locator bad_value", "travellers bad_value"));
}

TEST(Pnrgov, SeveralBookingsAndMessages) {
  const PnrgovSegments two = {"SRC", "RCI+ZZ:L1", kTif, "FOP+CC:::VI:4111111111111111:0228", "SRC", "RCI+ZZ:L2", kTif, "FOP+CC:::VI:4111-1111-1111-1111:0228"};
  const ParsedInput parsed = Parse(PnrgovInterchange({PnrgovMessage(two, 2), PnrgovMessage(two, 5)}));
  ASSERT_THAT(parsed.messages, SizeIs(2));
  ASSERT_THAT(parsed.messages[0].travellers, SizeIs(2));
  // The same reference in two bookings is no two persons' reference on the flight.
  EXPECT_EQ(parsed.messages[0].travellers[0].ref, "");
  EXPECT_EQ(parsed.messages[0].travellers[0].booking->locator, "L1");
  EXPECT_EQ(parsed.messages[0].travellers[1].booking->locator, "L2");
  EXPECT_EQ(parsed.messages[0].travellers[0].booking->payer_key, parsed.messages[0].travellers[1].booking->payer_key);
  EXPECT_THAT(FindingsOf(parsed.messages[0]), IsEmpty());
  EXPECT_THAT(FindingsOf(parsed.messages[1]), ElementsAre("declared count_differs"));
}

TEST(Pnrgov, WrongCountsAndOddFunctionsAreFindings) {
  std::string text = PnrgovInterchange({PnrgovMessage(Booking({kTif}), 2, "999")});
  text = Replaced(std::move(text), "UNT+9", "UNT+135");
  const ParsedInput parsed = Parse(text);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  EXPECT_THAT(FindingsOf(parsed.messages[0]), ElementsAre("function odd_function", "declared count_differs", "UNT count_differs"));
}

TEST(Pnrgov, OtherSeparatorsAndWrappedLines) {
  const std::vector<PnrgovSegments> messages = {PnrgovMessage(Booking({"TIF+O?'DOWDA+MAIRE:A:1", Ssr("CTCE", "M?+1//EXAMPLE.ORG")}))};
  const ParsedInput expected = Parse(PnrgovInterchange(messages));
  for (const std::string separators : {":*.? $", ":-.? '", ":(.) -"}) {
    EXPECT_EQ(Parse(PnrgovInterchange(messages, separators)).messages, expected.messages) << separators;
  }
  EXPECT_EQ(Parse(Wrapped(PnrgovInterchange(messages), 40)).messages, expected.messages);
  ASSERT_THAT(expected.messages, SizeIs(1));
  EXPECT_EQ(expected.messages[0].travellers[0].contacts[0].value, "M+1@EXAMPLE.ORG");
}

// Wherever it stands, a card number is nowhere in what comes out.
TEST(Pnrgov, NoCardNumberComesOut) {
  for (const std::string card : {"4111111111111111", "4111 1111 1111 1111", "3782-822463-10005", "6011000990139424"}) {
    const PnrgovSegments everywhere = {
        "SRC", "RCI+ZZ:L::" + card, "DAT+700:" + card, "ORG+ZZ:LOS+:" + card, "ADD++702:" + card + ":" + card + ":::" + card + "::" + card,
        "IFT+4:43+" + card, "TIF+QUILL+ORLA " + card + ":A:1", "TIF+" + card + "+ADA:C:2", "FOP+CC:::VI:" + card, "IFT+4:28::ZZ+" + card, "OSI+ZZ UMNR ARR REED TEL " + card,
        Ssr("DOCS", "/P//5//" + card + "///QUILL/" + card), Ssr("DOCO", card + "/V/1/" + card), Ssr("DOCA", "/D/" + card + "/" + card), Ssr("UMNR", card), Ssr("CTCM", card),
        Ssr("CTCE", card), Ssr("INFT", "QUILL/IDA/" + card), Ssr("OTHS", card), "TVL+" + card + ":1200+LHR+CDG+ZZ+9", "SSR+SEAT:HK:1:ZZ:::LOS:LHR+" + card + "::1", "TIF+QUILL+ORLA:A:1", "TBD++" + card};
    const ParsedInput parsed = ParseBookings(everywhere);
    ASSERT_THAT(parsed.messages, SizeIs(1));
    std::string out = ToJson(parsed.messages[0]);
    for (const Finding& finding : parsed.messages[0].findings) out += finding.traveller + finding.field + finding.problem + "\n";
    for (const QuarantinedRecord& record : parsed.quarantined) AppendJson(record, out);
    EXPECT_THAT(out, Not(HasSubstr(card)));
    std::string digits = card;
    std::erase_if(digits, [](char c) { return c == ' ' || c == '-'; });
    EXPECT_THAT(out, Not(HasSubstr(digits)));
  }
}

TEST(Pnrgov, WithoutAKeyOneIsDrawnForTheRun) {
  const std::string text = PnrgovInterchange({PnrgovMessage(Booking({kTif, "FOP+CC:::VI:4111111111111111"}))});
  const ParsedInput keyless = ParseEdifact(text), again = ParseEdifact(text), keyed = Parse(text);
  EXPECT_EQ(keyless.messages, again.messages);
  EXPECT_NE(keyless.messages, keyed.messages);
}

// Everybody is kept, and what is told of all is not copied without end.
TEST(Pnrgov, AHugeBookingNeitherFillsMemoryNorHangs) {
  PnrgovSegments segments = {"SRC", "RCI+ZZ:L"};
  for (int i = 0; i < 60; ++i) segments.push_back(absl::StrFormat("ADD++702:%s:CITY:::GB::%d", std::string(300, 'A'), 1'000'000 + i));
  for (int i = 0; i < 20'000; ++i) segments.push_back(absl::StrFormat("TIF+QUILL+P%d:A:%d", i, i));
  for (int i = 0; i < 20'000; ++i) segments.push_back(Ssr("DOCS", absl::StrFormat("/P//N%d/////QUILL/P0", i), "+::0"));
  for (int i = 0; i < 5'000; ++i) segments.push_back(Ssr("INFT", absl::StrFormat("QUILL/B%d/14FEB26", i), absl::StrFormat("+::%d", i)));
  const ParsedInput parsed = ParseBookings(segments);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  const std::vector<Traveller>& travellers = parsed.messages[0].travellers;
  EXPECT_THAT(travellers, SizeIs(25'000));
  EXPECT_LE(travellers[0].documents.size(), 20u);
  EXPECT_THAT(travellers[0].contacts, SizeIs(50));
  EXPECT_THAT(travellers[20'000 - 1].contacts, IsEmpty());
  EXPECT_EQ(travellers[20'000 - 1].booking->locator, "L");
}

// Every prefix of a message, and every message with one segment damaged, ends as messages or in quarantine.
TEST(Pnrgov, NothingIsLostOfWhatIsDamaged) {
  const std::string whole = TypicalPnrgov(2);
  for (std::size_t size = 0; size < whole.rfind("UNZ"); size += 3) {
    const ParsedInput parsed = Parse(whole.substr(0, size));
    EXPECT_GE(parsed.messages.size() + parsed.quarantined.size(), 1u) << size;
    EXPECT_THAT(parsed.messages, IsEmpty()) << size;
  }
  for (std::size_t at = 0; at < whole.size(); at += 2) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x15);
    const ParsedInput parsed = Parse(damaged);
    EXPECT_GE(parsed.messages.size() + parsed.quarantined.size(), 1u) << at;
  }
}

}  // namespace
}  // namespace landfall
