// One flight sent as PAXLST or PNRGOV and as NDJSON gives one record: equal messages, all but their provenance.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pipeline/parse/parse.h"
#include "tests/support/parse_edifact.h"
#include "tests/support/paxlst_builder.h"
#include "tests/support/pnrgov_builder.h"

namespace landfall {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

ParsedInput ParseJson(const std::string& line) {
  std::string padded = line;
  padded.resize(line.size() + 64);  // What the parser may read behind a line.
  const Configuration configuration;
  MessageParser parser(configuration);
  RawMessage raw;
  raw.bytes = std::string_view(padded).substr(0, line.size());
  ParsedInput out;
  parser.Parse("test.ndjson", raw, out);
  return out;
}

struct SameRecordCase {
  const char* name;
  std::string edifact;
  std::string json;
};
class SameRecord : public testing::TestWithParam<SameRecordCase> {};

TEST_P(SameRecord, FromBothFormats) {
  const ParsedInput edifact = ParseEdifact(GetParam().edifact), json = ParseJson(GetParam().json);
  ASSERT_THAT(edifact.messages, SizeIs(1)) << (edifact.quarantined.empty() ? "" : edifact.quarantined[0].reason);
  ASSERT_THAT(json.messages, SizeIs(1)) << (json.quarantined.empty() ? "" : json.quarantined[0].reason);
  EXPECT_EQ(edifact.messages[0], json.messages[0]) << ToJson(edifact.messages[0]) << "\n" << ToJson(json.messages[0]);
  EXPECT_EQ(edifact.messages[0].flight.departs_on, json.messages[0].flight.departs_on);
  EXPECT_EQ(FindingsOf(edifact.messages[0]), FindingsOf(json.messages[0]));
}

InterchangeOptions PartTwo() {
  InterchangeOptions options;
  options.common_reference = "ZZ101/261122/0110+02:F";
  return options;
}

// What NDJSON says of the header that PaxlstMessage() writes.
std::string Json(const char* kind, const char* rest, const char* flight = R"("arrives_at":"2026-11-22T06:40:00Z")") {
  return std::string(R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z","carrier":"ZZ","kind":")") + kind +
         R"(","revision":1,"flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z",)" + flight +
         R"(},"reported_by":{"name":"ZED AIR DESK","contacts":[{"kind":"phone","value":"020 7946 0001"}]},)" +
         R"("references":[{"kind":"TN","value":"ZZ26112201"}])" + rest + "}";
}

INSTANTIATE_TEST_SUITE_P(
    Pairs, SameRecord,
    testing::Values(
        SameRecordCase{"Empty", Interchange({PaxlstMessage({})}), Json("check_in", "")},
        SameRecordCase{"PartWithTotals", Interchange({PaxlstMessage({"CNT+42:212", "CNT+41:9"}, "745+CP")}, PartTwo()),
                       Json("update", R"(,"declared":{"passengers":212,"crew":9},"part":{"ref":"ZZ101/261122/0110","seq":2,"last":true})")},
        SameRecordCase{
            "Traveller",
            Interchange({PaxlstMessage({"NAD+FL+++O?'DOWDA:MAIRE:ANN+14 ACACIA AVENUE+LONDON+ENG+N1 1AA+GBR", "ATT+2++F", "DTM+329:140302", "MEA+CT++:2",
                                        "MEA+WT++LBR:50", "GEI+4+174", "FTX+BAG+++ZZ0443:2", "LOC+22+LHR", "LOC+174+IRL", "LOC+178+ABV", "LOC+179+LHR",
                                        "LOC+180+:::GREAT SNORING GBR", "COM+020 7946 0123:TE+MAIRE.AT.EXAMPLE.ORG:EM", "NAT+2+IRL", "RFF+AVF:K3P7QX",
                                        "RFF+ABO:ZZ4711", "RFF+AEA:R1", "RFF+SEA:021A", "DOC+P:110:111+A01234567", "DTM+36:300101", "DTM+182:250101",
                                        "LOC+91+IRL:::CORK", "DOC+V+VG0012345", "LOC+91+GBR"})}),
            Json("check_in",
                 R"(,"travellers":[{"ref":"ZZ4711","type":"passenger","surname":"O'DOWDA","given_names":"MAIRE ANN","date_of_birth":"2014-03-02","sex":"F",)"
                 R"("nationality":"IRL","residence":"IRL","birth_place":{"town":"GREAT SNORING","country":"GBR"},)"
                 R"("documents":[{"type":"P","number":"A01234567","issuer":"IRL","expires":"2030-01-01","issued":"2025-01-01","place":"CORK"},{"type":"V","number":"VG0012345","issuer":"GBR"}],)"
                 R"("booking":{"locator":"K3P7QX"},"seat":"021A","bags":2,"bag_weight_kg":22.7,"bag_tags":["ZZ0443","ZZ0444"],"clearance":"LHR",)"
                 R"("journey":{"origin":"ABV","destination":"LHR"},"address":{"lines":"14 ACACIA AVENUE","city":"LONDON","region":"ENG","postcode":"N1 1AA","country":"GBR"},)"
                 R"("contacts":[{"kind":"phone","value":"020 7946 0123"},{"kind":"email","value":"MAIRE@EXAMPLE.ORG"}],"references":[{"kind":"AEA","value":"R1"}],"data_verified":false}])")},
        SameRecordCase{"CrewAndTransit", Interchange({PaxlstMessage({"NAD+FM+++ABARA:ALMA", "EMP+1+CR2:110:111", "NAD+DDU+++BRAMLEY", "DTM+329:1403<<"})}),
                       Json("check_in", R"(,"travellers":[{"type":"crew","role":"cabin","surname":"ABARA","given_names":"ALMA"},{"type":"transit","surname":"BRAMLEY","date_of_birth":"2014-03"}])")},
        SameRecordCase{"CloseOut", Interchange({PaxlstMessage({"NAD+FL+++ABARA", "RFF+ABO:1"}, "266+CLNB")}),
                       Json("close_out", R"(,"close_out":"not_on_board","travellers":[{"ref":"1","surname":"ABARA"}])")},
        SameRecordCase{"TimesLocalToTheAirport", Interchange({PaxlstMessage({})}),
                       R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00","carrier":"ZZW","kind":"check_in","revision":1,)"
                       R"("flight":{"number":"ZZW0101","from":"DNMM","to":"EGLL","departs_at":"2026-11-22T01:10:00","arrives_at":"2026-11-22 06:40"},)"
                       R"("reported_by":{"name":"ZED AIR DESK","contacts":[{"kind":"phone","value":"020 7946 0001"}]},"references":[{"kind":"TN","value":"ZZ26112201"}]})"},
        SameRecordCase{"RepeatedHour",
                       Interchange({{"BGM+745", "TDT+20+ZZ1+++ZZ", "LOC+125+LHR", "DTM+189:2610250130:201", "LOC+87+LOS"}}),
                       R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z","carrier":"ZZ","kind":"check_in",)"
                       R"("flight":{"number":"ZZ1","from":"LHR","to":"LOS","departs_at":"2026-10-25T01:30:00"}})"},
        SameRecordCase{"LegsWithTheirNumbers",
                       Interchange({{"BGM+745", "TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "DTM+232:2611220640:201", "TDT+20+ZZ102",
                                     "LOC+92+LHR", "DTM+189:2611220900:201", "LOC+92+EDI", "DTM+232:2611221020:201"}}),
                       R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z","kind":"check_in",)"
                       R"("flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z",)"
                       R"("legs":[{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T01:10:00","arrives_at":"2026-11-22T06:40:00"},)"
                       R"({"number":"ZZ102","from":"LHR","to":"EDI","departs_at":"2026-11-22T09:00:00","arrives_at":"2026-11-22T10:20:00"}]}})"},
        SameRecordCase{"MovedFlight",
                       Interchange({{"BGM+266+CF", "TDT+20+ZZ101", "LOC+125+LOS", "DTM+189:2611220110:201", "LOC+87+LHR", "TDT+20+ZZ1101", "LOC+125+LOS",
                                     "DTM+189:2611230210:201", "LOC+87+LGW"}}),
                       R"({"message_id":"261121:2355/000000101/PAX001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z","kind":"update",)"
                       R"("flight":{"number":"ZZ1101","from":"LOS","to":"LGW","departs_at":"2026-11-23T01:10:00Z"},)"
                       R"("replaces":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"}})"}),
    [](const auto& test) { return test.param.name; });

// What NDJSON says of the header that PnrgovMessage() writes.
std::string BookingJson(const char* declared, const char* travellers, const char* flight = "") {
  return std::string(R"({"message_id":"261121:2355/000000101/PNR001","sender":"ZZAIR","sent_at":"2026-11-21T23:55:00Z","carrier":"ZZ","kind":"booking",)") +
         R"("flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z")" + flight +
         R"(},"declared":{"bookings":)" + declared + R"(},"travellers":[)" + travellers + "]}";
}

INSTANTIATE_TEST_SUITE_P(
    Bookings, SameRecord,
    testing::Values(
        SameRecordCase{"NoBooking", PnrgovInterchange({PnrgovMessage({}, 0)}), BookingJson("0", "")},
        SameRecordCase{
            "BookingOfAMinor",
            PnrgovInterchange({PnrgovMessage(
                {"SRC", "RCI+ZZ:K3P7QX::201126:1510+KE:EFG2HI", "DAT+700:211126:0800+710:201126:1520", "ORG+ZZ:LOS+:LOSZZ2101",
                 "TIF+ADEYEMI+TUNDE OLA MSTR:C:1", "REF+:00A1", "FOP+CA::250.00", "IFT+4:43+A BELLO",
                 "SSR+DOCS:HK:1:ZZ:::::/P/NGA/A01234567/NGA/02MAR14/M/01JAN30/ADEYEMI/TUNDE OLA+::1",
                 "SSR+DOCO:HK:1:ZZ:::::/V/VG0012345/LAGOS/12OCT26/GBR+::1",
                 "SSR+DOCA:HK:1:ZZ:::::/D/GBR/14 ACACIA AVENUE/LONDON//N1 1AA+::1", "SSR+UMNR:HK:1:ZZ:::::UM12+::1",
                 "SSR+CTCM:HK:1:ZZ:::::?+447700900123+::1", "TVL+221126:0110:221126:0640+LOS+LHR+KE:ZZ+0101:Y", "RPI+1+HK",
                 "SSR+SEAT:HK:1:ZZ:::LOS:LHR+021A::1", "TVL+201226:2000+LHR+ABV+ZZ+0102:Y", "RPI+1+HK", "EQN+1", "RCI+ZZ:AAAAAA"})}),
            BookingJson("1",
                        R"({"ref":"00A1","surname":"ADEYEMI","given_names":"TUNDE OLA","date_of_birth":"2014-03-02","sex":"M","fare":"child","stated_age":12,"nationality":"NGA",)"
                        R"("documents":[{"type":"P","number":"A01234567","issuer":"NGA","expires":"2030-01-01"},{"type":"V","number":"VG0012345","issuer":"GBR","issued":"2026-10-12","place":"LAGOS"}],)"
                        R"("booking":{"locator":"K3P7QX","other_locators":[{"carrier":"KE","locator":"EFG2HI"}],"booked_at":"2026-11-20T15:10:00Z","ticketed_at":"2026-11-20T15:20:00Z",)"
                        R"("changed_at":"2026-11-21T08:00:00Z","payment":"cash","payer":"A BELLO","agency":"LOSZZ2101","trip":"return","returns_at":"2026-12-20T20:00:00","split_from":"AAAAAA",)"
                        R"("segments":[{"number":"ZZ101","marketing":"KE101","from":"LOS","to":"LHR","departs_at":"2026-11-22T01:10:00","arrives_at":"2026-11-22T06:40:00","status":"HK"},)"
                        R"({"number":"ZZ102","from":"LHR","to":"ABV","departs_at":"2026-12-20T20:00:00","status":"HK"}]},)"
                        R"("seat":"21A","services":["UMNR"],"address":{"lines":"14 ACACIA AVENUE","city":"LONDON","postcode":"N1 1AA","country":"GBR"},)"
                        R"("contacts":[{"kind":"phone","value":"+447700900123"}]})",
                        R"(,"marketing":["KE101"])")}),
    [](const auto& test) { return test.param.name; });

// What is written as JSON reads back as the message it was.
void ExpectComesBack(const std::string& text) {
  for (const Message& message : ParseEdifact(text).messages) {
    const ParsedInput back = ParseJson(ToJson(message));
    ASSERT_THAT(back.messages, SizeIs(1)) << ToJson(message);
    EXPECT_EQ(back.messages[0], message) << ToJson(message);
    ASSERT_TRUE(back.messages[0].edifact.has_value());
    EXPECT_EQ(*back.messages[0].edifact, *message.edifact);
  }
}

TEST(SameRecords, MessagesComeBackFromJson) {
  ExpectComesBack(TypicalInterchange(300));
  ExpectComesBack(Wrapped(TypicalInterchange(50), 64));
  ExpectComesBack(TypicalPnrgov(50));
}

TEST(SameRecords, PrivateSamplesComeBackFromJson) {
  for (const char* const kind : {"paxlst", "pnrgov"}) {
    const std::string folder = std::string(LANDFALL_SOURCE_DIR) + "/../shared/data/" + kind;
    if (!std::filesystem::exists(folder)) GTEST_SKIP() << "the private references are not here";
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      ExpectComesBack({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
    }
  }
}

}  // namespace
}  // namespace landfall
