// docs/NDJSON.md as rows: each field good and bad, each quarantine code and each finding that this parser makes.

#include "pipeline/parse/ndjson/ndjson_parser.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/parse_ndjson.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// --- A whole message ---------------------------------------------------------------------------------------------------

// Every field of the contract once, in its order, in the form that is written out.
const std::string kEveryField =
    R"({"message_id":"ZZ-20261122-0101-1","sender":"ZZAIR","sent_at":"2026-11-22T01:55:10Z","carrier":"ZZ",)"
    R"("kind":"update","revision":3,"declared":{"passengers":212,"crew":9,"bookings":140},)"
    R"("flight":{"number":"ZZ101A","from":"ABV","to":"LHR","departs_at":"2026-11-22T00:10:00Z",)"
    R"("arrives_at":"2026-11-22T06:40:00Z","estimated_at":"2026-11-22T06:45:00Z","actual_at":"2026-11-22T06:47:00Z",)"
    R"("terminal":"5","stand":"541","marketing":["KE609"],)"
    R"("legs":[{"number":"ZZ99","from":"LOS","to":"ABV","departs_at":"2026-11-21T21:00:00Z","arrives_at":"2026-11-21T22:10:00Z"},)"
    R"({"from":"ABV","to":"LHR","departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z"}]},)"
    R"("replaces":{"number":"ZZ101","from":"LOS","to":"LHR","departs_on":"2026-11-21"},"close_out":"full",)"
    R"("part":{"ref":"A92707","seq":2,"last":true},)"
    R"("reported_by":{"name":"ZED DESK","id":"ABC9876","contacts":[{"kind":"fax","value":"+442079460002"}]},)"
    R"("references":[{"kind":"TN","value":"BA123456789"}],)"
    R"("edifact":{"message":"PAXLST","release":"D:05B","code":"745","function":"CP","sender":"ZZAIR","recipient":"GBDHS",)"
    R"("prepared_at":"261122:0155","control_ref":"101","message_ref":"PAX001"},)"
    R"("travellers":[{"ref":"1","type":"passenger","role":"um_escort","surname":"VANTERPOOL","given_names":"ORLA MAE",)"
    R"("date_of_birth":"2014-03-02","sex":"F","fare":"child","stated_age":12,"nationality":"NGA","residence":"GBD",)"
    R"("birth_place":{"town":"JOS","country":"NGA"},)"
    R"("documents":[{"type":"P","number":"A01234567","issuer":"NGA","expires":"2030-01-01","issued":"2025-01-01","place":"ABUJA"},)"
    R"({"type":"V","number":"VG0012345","issuer":"GBR"}],)"
    R"("booking":{"locator":"K3P7QX","other_locators":[{"carrier":"KE","locator":"QWERTY"}],"booked_at":"2026-11-20T15:10:00Z",)"
    R"("ticketed_at":"2026-11-20T15:20:00Z","changed_at":"2026-11-21T08:00:00Z","payment":"cash","payer":"A MARCHETTI",)"
    R"("payer_key":"k1","agency":"LOSZZ2101","trip":"return","returns_at":"2026-12-20T20:00:00Z","split_from":"AAAAAA",)"
    R"("group":"G-12","segments":[{"number":"ZZ101A","marketing":"KE609","from":"ABV","to":"LHR",)"
    R"("departs_at":"2026-11-22T00:10:00Z","arrives_at":"2026-11-22T06:40:00Z","status":"HK"}]},)"
    R"("seat":"21A","other_seats":[{"from":"LOS","to":"ABV","seat":"3C"}],"bags":2,"bag_weight_kg":31.5,)"
    R"("bag_tags":["UA0443","UA0444"],"services":["UMNR","CHLD"],)"
    R"("escort_form":{"handed_over_by":{"surname":"VANTERPOOL","given_names":"IDA","phone":"+2348030000001"},)"
    R"("collected_by":{"surname":"MARCHETTI","given_names":"ADA","date_of_birth":"1975-01","document":"B7654321",)"
    R"("phone":"+447700900123","relationship":"aunt_uncle","address":{"lines":"14 ACACIA AVENUE","city":"LONDON","postcode":"N1 1AA"}},)"
    R"("changed_at":"2026-11-21T09:00:00Z"},"consent":true,"clearance":"LHR","journey":{"origin":"JOS","destination":"LHR"},)"
    R"("address":{"lines":"14 ACACIA AVENUE","city":"LONDON","region":"LND","postcode":"N1 1AA","country":"GBR"},)"
    R"("home_address":{"lines":"2 HILL ROAD","city":"JOS","country":"NGA"},)"
    R"("contacts":[{"kind":"phone","value":"+447700900123"},{"kind":"email","value":"x@example.org"}],)"
    R"("references":[{"kind":"CR","value":"ZZ77"}],"checkin_id":"T-1","checkin_at":"2026-11-21T22:00:00Z",)"
    R"("data_verified":false,"boarded":true}]})";

TEST(NdjsonParser, EveryFieldComesBackAsItWasWritten) {
  const ParsedInput parsed = ParseLine(kEveryField);
  ASSERT_THAT(parsed.messages, SizeIs(1)) << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
  EXPECT_THAT(FindingsOf(parsed.messages[0]), IsEmpty());
  EXPECT_EQ(ToJson(parsed.messages[0]), kEveryField);
}

TEST(NdjsonParser, OrderOfKeysDoesNotMatter) {
  const std::string backwards =
      R"({"travellers":[{"documents":[{"number":"A1","type":"P"}],"checkin_at":"2026-11-21T22:00","surname":"LI"}],)"
      R"("replaces":{"departs_at":"2026-11-21T00:10","to":"LHR","from":"LOS","number":"100"},)"
      R"("flight":{"departs_at":"2026-11-22T01:10","to":"LHR","from":"LOS","number":"101"},"carrier":"ZZ",)"
      R"("kind":"update","message_id":"ZZ-1"})";
  const std::string written =
      R"({"message_id":"ZZ-1","sender":"ZZ","carrier":"ZZ","kind":"update",)"
      R"("flight":{"number":"ZZ101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"},)"
      R"("replaces":{"number":"ZZ100","from":"LOS","to":"LHR","departs_on":"2026-11-21"},)"
      R"("travellers":[{"type":"passenger","surname":"LI","documents":[{"type":"P","number":"A1"}],)"
      R"("checkin_at":"2026-11-21T21:00:00Z"}]})";
  const ParsedInput parsed = ParseLine(backwards);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  EXPECT_EQ(ToJson(parsed.messages[0]), written);
}

TEST(NdjsonParser, DepartureDateIsLocal) {
  const auto departs_on = [](const char* flight) {
    const ParsedInput parsed = ParseLine(R"({"message_id":"1","kind":"check_in","flight":)" + std::string(flight) + "}");
    return ToString(parsed.messages.at(0).flight.departs_on);
  };
  EXPECT_EQ(departs_on(R"({"number":"ZZ1","from":"LOS","to":"LHR","departs_at":"2026-11-21T23:30:00Z"})"), "2026-11-22");
  EXPECT_EQ(departs_on(R"({"number":"ZZ1","from":"JFK","to":"LHR","departs_at":"2026-11-22T01:00:00Z"})"), "2026-11-21");
  EXPECT_EQ(departs_on(R"({"number":"ZZ1","from":"QXX","to":"LHR","departs_at":"2026-11-21T23:30:00Z"})"), "2026-11-21");
}

// --- Messages that are refused -------------------------------------------------------------------------------------------

std::string Nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

struct RefusedCase {
  const char* name;
  std::string line;
  QuarantineCode code;
  const char* reason;
  const char* message_id = "";
  std::uint32_t travellers = 0;
};
class Refused : public testing::TestWithParam<RefusedCase> {};

TEST_P(Refused, WithItsCodeReasonAndPlace) {
  const RefusedCase& row = GetParam();
  const ParsedInput parsed = ParseLine(row.line, {}, 700, 8);
  EXPECT_THAT(parsed.messages, IsEmpty());
  ASSERT_THAT(parsed.quarantined, SizeIs(1));
  const QuarantinedRecord& record = parsed.quarantined[0];
  EXPECT_EQ(ToText(record.code), ToText(row.code)) << record.reason;
  EXPECT_THAT(record.reason, HasSubstr(row.reason));
  EXPECT_EQ(record.message_id, row.message_id);
  EXPECT_EQ(record.travellers, row.travellers);
  EXPECT_EQ(record.position, (SourcePosition{"test.ndjson", 700, 8}));
}

INSTANTIATE_TEST_SUITE_P(
    Messages, Refused,
    testing::Values(
        RefusedCase{"Words", "no JSON at all", QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"Empty", "", QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"CutOff", MessageOf(R"({"surname":"LI"})").substr(0, 60), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"TwoOnOneLine", MessageOf("") + MessageOf(""), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"TrailingComma", R"({"message_id":"1",})", QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"ByteOrderMark", "\xef\xbb\xbf" + MessageOf(""), QuarantineCode::kNotJson, "byte-order mark"},
        RefusedCase{"NotUtf8", MessageOf("{\"surname\":\"M\xfcLLER\"}"), QuarantineCode::kNotJson, "UTF-8"},
        RefusedCase{"LoneSurrogate", MessageOf(R"({"surname":"\ud800"})"), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"RawControlCharacter", MessageOf("{\"surname\":\"A\x01\"}"), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"Utf16", std::string("{\0\"\0a\0\"\0:\0001\0}\0", 14), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"IntegerOver64Bits", MessageWith(R"("revision":123456789012345678901)"), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"NotANumber", MessageWith(R"("revision":NaN)"), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"List", "[1,2]", QuarantineCode::kNotObject, "no object"},
        RefusedCase{"Text", R"("text")", QuarantineCode::kNotObject, "no object"},
        RefusedCase{"Null", "null", QuarantineCode::kNotObject, "no object"},
        RefusedCase{"TooDeep", MessageWith(R"("x":)" + Nested(64)), QuarantineCode::kTooDeep, "64 levels"},
        RefusedCase{"MillionDeep", Nested(1'000'000), QuarantineCode::kTooDeep, "64 levels"},
        RefusedCase{"MillionDeepUnclosed", std::string(1'000'000, '['), QuarantineCode::kNotJson, "not JSON"},
        RefusedCase{"DuplicateKey", MessageWith(R"("revision":1,"revision":1)"), QuarantineCode::kDuplicateKey, "'revision'", "ZZ-1"},
        RefusedCase{"DuplicateOfAbsent", MessageWith(R"("sender":null,"sender":"ZZ")"), QuarantineCode::kDuplicateKey, "'sender'", "ZZ-1"},
        RefusedCase{"DuplicateEscaped", MessageWith(R"("sender":"A","s\u0065nder":"B")"), QuarantineCode::kDuplicateKey, "'sender'", "ZZ-1"},
        RefusedCase{"DuplicateUnknownKey", MessageWith(R"("x":1,"x":2)"), QuarantineCode::kDuplicateKey, "'x'", "ZZ-1"},
        RefusedCase{"DuplicateInTraveller", MessageOf(R"({"surname":"LI"},{"surname":"LI","surname":"OTHER"})"), QuarantineCode::kDuplicateKey, "'surname'", "ZZ-1", 2},
        RefusedCase{"DuplicateInDocument", MessageOf(R"({"surname":"LI","documents":[{"number":"1","number":"2"}]})"), QuarantineCode::kDuplicateKey, "'number'", "ZZ-1", 1},
        RefusedCase{"DuplicateInUnread", MessageOf(R"({"surname":"LI","x":{"y":[{"z":1,"z":2}]}})"), QuarantineCode::kDuplicateKey, "'z'", "ZZ-1", 1},
        RefusedCase{"DuplicateInWrongKind", MessageOf(R"({"surname":{"z":1,"z":2},"documents":[{"number":"1"}]})"), QuarantineCode::kDuplicateKey, "'z'", "ZZ-1", 1},
        RefusedCase{"DuplicateBeforeMissingId", R"({"a":1,"a":2})", QuarantineCode::kDuplicateKey, "'a'"},
        RefusedCase{"NoId", R"({"kind":"check_in","flight":{}})", QuarantineCode::kNoId, "`message_id` is missing"},
        RefusedCase{"BlankId", R"({"message_id":"  ","kind":"check_in","travellers":[{},{}]})", QuarantineCode::kNoId, "`message_id`", "", 2},
        RefusedCase{"NumberAsId", R"({"message_id":7,"kind":"check_in"})", QuarantineCode::kNoId, "`message_id`"},
        RefusedCase{"NoKind", R"({"message_id":"1"})", QuarantineCode::kUnknownKind, "`kind` is missing", "1"},
        RefusedCase{"UnknownKind", R"({"message_id":"1","kind":"checkin"})", QuarantineCode::kUnknownKind, "booking check_in", "1"},
        RefusedCase{"KindInCapitals", R"({"message_id":"1","kind":"CHECK_IN"})", QuarantineCode::kUnknownKind, "booking check_in", "1"},
        RefusedCase{"NoFlight", R"({"message_id":"1","kind":"crew"})", QuarantineCode::kNoFlight, "`flight` is missing", "1"},
        RefusedCase{"FlightIsText", R"({"message_id":"1","kind":"crew","flight":"ZZ101"})", QuarantineCode::kNoFlight, "no object", "1"},
        RefusedCase{"NoNumber", R"({"message_id":"1","kind":"crew","flight":{"from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"}})", QuarantineCode::kBadFlight, "flight number", "1"},
        RefusedCase{"NumberWithoutCarrier", R"({"message_id":"1","kind":"crew","flight":{"number":"101","from":"LOS","to":"LHR","departs_at":"2026-11-22T00:10:00Z"}})", QuarantineCode::kBadFlight, "'101'", "1"},
        RefusedCase{"NoFrom", R"({"message_id":"1","kind":"crew","flight":{"number":"ZZ1","to":"LHR","departs_at":"2026-11-22T00:10:00Z"}})", QuarantineCode::kBadFlight, "`from`", "1"},
        RefusedCase{"BadTo", R"({"message_id":"1","kind":"crew","flight":{"number":"ZZ1","from":"LOS","to":"L1","departs_at":"2026-11-22T00:10:00Z"}})", QuarantineCode::kBadFlight, "`to`", "1"},
        RefusedCase{"NoDeparture", R"({"message_id":"1","kind":"crew","flight":{"number":"ZZ1","from":"LOS","to":"LHR"}})", QuarantineCode::kBadFlight, "`departs_at`", "1"},
        RefusedCase{"BadDeparture", R"({"message_id":"1","kind":"crew","flight":{"number":"ZZ1","from":"LOS","to":"LHR","departs_at":"22NOV"},"travellers":[{"surname":"LI"}]})", QuarantineCode::kBadFlight, "`departs_at`", "1", 1}),
    [](const auto& test) { return test.param.name; });

TEST(NdjsonParser, AllowedDepthIsSixtyFour) {
  // The message itself is one level.
  EXPECT_THAT(ParseLine(MessageWith(R"("x":)" + Nested(63))).messages, SizeIs(1));
  EXPECT_THAT(CodesOf(ParseLine(MessageWith(R"("x":)" + Nested(64)))), ElementsAre(QuarantineCode::kTooDeep));
}

TEST(NdjsonParser, LineThatTheReaderFoundTooLongIsNotRead) {
  const Configuration configuration;
  MessageParser parser(configuration);
  RawMessage raw;
  raw.bytes = "{";
  raw.too_long = true;
  ParsedInput out;
  parser.Parse("test.ndjson", raw, out);
  EXPECT_THAT(CodesOf(out), ElementsAre(QuarantineCode::kLineTooLong));
  EXPECT_THAT(out.quarantined[0].reason, HasSubstr("4194304 bytes"));
}

TEST(NdjsonParser, UnknownFormatIsRefused) {
  const Configuration configuration;
  MessageParser parser(configuration);
  RawMessage raw;
  raw.format = InputFormat::kUnknown;
  raw.bytes = "%PDF-1.4";
  ParsedInput out;
  parser.Parse("test.ndjson", raw, out);
  EXPECT_THAT(CodesOf(out), ElementsAre(QuarantineCode::kUnknownFormat));
}

// --- Travellers that are set aside ---------------------------------------------------------------------------------------

struct SetAsideCase {
  const char* name;
  const char* traveller;
  QuarantineCode code;
  const char* called = "#2";
};
class SetAside : public testing::TestWithParam<SetAsideCase> {};

// The bad one stands between two good ones; it costs neither of them.
TEST_P(SetAside, AloneWithItsPlace) {
  const SetAsideCase& row = GetParam();
  const std::string line =
      MessageOf(R"({"ref":"7","surname":"LI"}, )" + std::string(row.traveller) + R"(,{"surname":"DUPREZ","sex":"Q"})");
  const ParsedInput parsed = ParseLine(line, {}, 500, 3);
  ASSERT_THAT(parsed.messages, SizeIs(1));
  EXPECT_THAT(parsed.messages[0].travellers, SizeIs(2));
  EXPECT_THAT(FindingsOf(parsed.messages[0]), ElementsAre("#3 sex bad_value"));
  ASSERT_THAT(parsed.quarantined, SizeIs(1));
  const QuarantinedRecord& record = parsed.quarantined[0];
  EXPECT_EQ(ToText(record.code), ToText(row.code));
  EXPECT_EQ(record.travellers, 1u);
  EXPECT_EQ(record.message_id, "ZZ-1");
  EXPECT_EQ(record.traveller, row.called);
  EXPECT_THAT(record.reason, HasSubstr("traveller " + std::string(row.called)));
  EXPECT_EQ(record.position, (SourcePosition{"test.ndjson", 500 + line.find(row.traveller), 3}));
}

INSTANTIATE_TEST_SUITE_P(
    Travellers, SetAside,
    testing::Values(
        SetAsideCase{"Empty", "{}", QuarantineCode::kNoIdentity},
        SetAsideCase{"Number", "5", QuarantineCode::kNoIdentity},
        SetAsideCase{"Null", "null", QuarantineCode::kNoIdentity},
        SetAsideCase{"BlankName", R"({"ref":"8","surname":"  ","given_names":""})", QuarantineCode::kNoIdentity, "8"},
        SetAsideCase{"DocumentWithoutNumber", R"({"documents":[{"type":"P","issuer":"NGA"}]})", QuarantineCode::kNoIdentity},
        SetAsideCase{"NestedBrackets", R"({"ref":"[{,","contacts":[{"value":"1"},[2]]})", QuarantineCode::kNoIdentity, "[{,"},
        SetAsideCase{"UnknownType", R"({"ref":"8","surname":"LI","type":"dog"})", QuarantineCode::kBadType, "8"},
        SetAsideCase{"TypeIsNumber", R"({"surname":"LI","type":1})", QuarantineCode::kBadType},
        SetAsideCase{"NulInSurname", R"({"surname":"L\u0000I"})", QuarantineCode::kControlCharacter},
        SetAsideCase{"EscapeInGivenNames", R"({"surname":"LI","given_names":"A\u001b[31m"})", QuarantineCode::kControlCharacter},
        SetAsideCase{"TabInSurname", R"({"surname":"L\tI"})", QuarantineCode::kControlCharacter},
        SetAsideCase{"DeleteInSurname", R"({"surname":"L\u007f"})", QuarantineCode::kControlCharacter}),
    [](const auto& test) { return test.param.name; });

TEST(NdjsonParser, SetAsideBeforeADuplicateKeyGoesWithTheMessage) {
  const ParsedInput parsed = ParseLine(MessageOf(R"({},{"surname":"LI","sex":"F","sex":"M"})"));
  EXPECT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kDuplicateKey));
  EXPECT_EQ(parsed.quarantined[0].travellers, 2u);
}

TEST(NdjsonParser, PlaceFallsBackToTheLineWhereTheKeyIsEscaped) {
  const std::string line = R"({"message_id":"ZZ-1","kind":"check_in","flight":)" + std::string(kFlightJson) +
                           R"(,"trav\u0065llers":[{}]})";
  const ParsedInput parsed = ParseLine(line, {}, 500, 3);
  ASSERT_THAT(parsed.quarantined, SizeIs(1));
  EXPECT_EQ(parsed.quarantined[0].position.offset, 500u);
}

// --- Fields --------------------------------------------------------------------------------------------------------------

// What stands in a traveller beside {"surname":"LI"}, what is written of it, and the findings.
struct FieldCase {
  const char* name;
  std::string sent;
  std::string written;
  std::vector<std::string> findings = {};
};
class TravellerField : public testing::TestWithParam<FieldCase> {};

TEST_P(TravellerField, IsReadOrFound) {
  const FieldCase& row = GetParam();
  const std::string sent = R"({"ref":"1","surname":"LI")" + (row.sent.empty() ? "" : "," + row.sent) + "}";
  std::string expected = R"({"ref":"1","type":"passenger","surname":"LI")" + (row.written.empty() ? "" : "," + row.written) + "}";
  const ParsedInput parsed = ParseLine(MessageOf(sent));
  ASSERT_THAT(parsed.messages, SizeIs(1)) << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
  ASSERT_THAT(parsed.messages[0].travellers, SizeIs(1));
  std::string written = ToJson(parsed.messages[0].travellers[0]);
  EXPECT_EQ(written, expected);
  EXPECT_EQ(FindingsOf(parsed.messages[0]), row.findings);
}

FieldCase Same(const char* name, const char* text) { return {name, text, text}; }
FieldCase Absent(const char* name, const char* text) { return {name, text, ""}; }
FieldCase Bad(const char* name, const char* text, const char* finding) { return {name, text, "", {finding}}; }

const std::string kLong(20'000, 'x');
std::string Repeated(std::string_view text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

INSTANTIATE_TEST_SUITE_P(
    Texts, TravellerField,
    testing::Values(
        Same("GivenNames", R"("given_names":"ORLA MAE")"),
        Same("AsSent", R"("given_names":" o'Læry-ß  ")"),
        Same("AnyScript", R"("given_names":"Оксана 静")"),
        Same("Escapes", R"("checkin_id":"a\"b\\c\u0001\n")"),
        FieldCase{"EscapesAreRead", R"("checkin_id":"\u0041\u00e9\ud83d\ude00\/")", R"("checkin_id":"Aé😀/")"},
        Absent("Null", R"("given_names":null)"),
        Absent("EmptyText", R"("given_names":"")"),
        Absent("Blanks", R"("given_names":" \t ")"),
        Absent("WideBlanks", "\"given_names\":\"\u3000\u1680\u00a0\""),
        Bad("NumberAsText", R"("given_names":7)", "1 given_names bad_value"),
        Bad("ObjectAsText", R"("given_names":{"a":1})", "1 given_names bad_value"),
        FieldCase{"TooLong", R"("agency":1,"checkin_id":")" + kLong + "\"", R"("checkin_id":")" + kLong.substr(0, 16'384) + "\"",
                  {"1 agency unknown_field", "1 checkin_id value_too_long"}},
        FieldCase{"TooLongOfWideCharacters", R"("checkin_id":"x)" + Repeated("é", 9'000) + "\"",
                  R"("checkin_id":"x)" + Repeated("é", 8'191) + "\"",
                  {"1 checkin_id value_too_long"}},
        Bad("UnknownField", R"("shoe_size":44)", "1 shoe_size unknown_field"),
        Bad("UnknownLongField", R"("a_name_longer_than_any_that_is_known":44)", "1 a_name_longer_than_any_that_is_known unknown_field"),
        Bad("EmptyKey", R"("":44)", "1 unknown_field"),
        FieldCase{"NulInKey", R"("sex\u0000":"F")", "", {std::string("1 sex\0 unknown_field", 20)}},
        Bad("UnknownNullField", R"("shoe_size":null)", "1 shoe_size unknown_field")),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Words, TravellerField,
    testing::Values(
        Bad("RoleUnknown", R"("role":"captain")", "1 role bad_value"),
        Same("SexF", R"("sex":"F")"), Same("SexM", R"("sex":"M")"), Same("SexX", R"("sex":"X")"),
        FieldCase{"SexBlanksAround", R"("sex":" F ")", R"("sex":"F")"},
        Bad("SexNotStated", R"("sex":"U")", "1 sex bad_value"), Bad("SexSmall", R"("sex":"f")", "1 sex bad_value"),
        Absent("SexBlank", R"("sex":" ")"), Bad("SexNumber", R"("sex":1)", "1 sex bad_value"),
        Same("FareAdult", R"("fare":"adult")"), Same("FareGroup", R"("fare":"group")"),
        Bad("FareUnknown", R"("fare":"senior")", "1 fare bad_value"),
        Same("StatedAge", R"("stated_age":8)"), Same("StatedAgeZero", R"("stated_age":0)"),
        Bad("StatedAgeNegative", R"("stated_age":-1)", "1 stated_age bad_value"),
        Bad("StatedAgeTooHigh", R"("stated_age":151)", "1 stated_age bad_value"),
        Bad("StatedAgeText", R"("stated_age":"8")", "1 stated_age bad_value"),
        Bad("StatedAgeFraction", R"("stated_age":8.5)", "1 stated_age bad_value"),
        Absent("StatedAgeBlank", R"("stated_age":"")"),
        Same("Consent", R"("consent":false)"), Bad("ConsentText", R"("consent":"yes")", "1 consent bad_value"),
        Absent("ConsentBlank", R"("consent":" ")"),
        Same("Verified", R"("data_verified":true)"), Same("Boarded", R"("boarded":false)"),
        Same("Bags", R"("bags":2)"), Same("NoBags", R"("bags":0)"), Bad("BagsHuge", R"("bags":1000)", "1 bags bad_value"),
        Same("BagWeight", R"("bag_weight_kg":31.5)"), Same("BagWeightWhole", R"("bag_weight_kg":31)"),
        Bad("BagWeightNegative", R"("bag_weight_kg":-3)", "1 bag_weight_kg bad_value"),
        Same("BagTags", R"("bag_tags":["UA0443","UA0444"])"), Bad("BagTagsText", R"("bag_tags":"UA0443")", "1 bag_tags bad_value"),
        Same("Services", R"("services":["UMNR","CHLD"])"),
        FieldCase{"ServicesWithNull", R"("services":["UMNR",null,""," ",3])", R"("services":["UMNR"])", {"1 services bad_value"}},
        FieldCase{"SeatZeros", R"("seat":"056F")", R"("seat":"56F")"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    DatesAndTimes, TravellerField,
    testing::Values(
        Same("BirthDate", R"("date_of_birth":"2014-03-02")"), Same("BirthMonth", R"("date_of_birth":"2014-03")"),
        Same("BirthYear", R"("date_of_birth":"2014")"), Same("BirthLeapDay", R"("date_of_birth":"2012-02-29")"),
        Bad("BirthNoLeapDay", R"("date_of_birth":"2014-02-29")", "1 date_of_birth bad_date"),
        Bad("BirthMonth13", R"("date_of_birth":"2014-13-02")", "1 date_of_birth bad_date"),
        Bad("BirthMonth00", R"("date_of_birth":"2014-00-00")", "1 date_of_birth bad_date"),
        Bad("BirthSlashes", R"("date_of_birth":"02/03/2014")", "1 date_of_birth bad_date"),
        Bad("BirthTwoDigits", R"("date_of_birth":"14-03-02")", "1 date_of_birth bad_date"),
        Bad("BirthNumber", R"("date_of_birth":2014)", "1 date_of_birth bad_value"),
        // Whether a birth date is possible is for the facts to say, which know the flight's day.
        Same("BirthFuture", R"("date_of_birth":"2190-01-01")"), Same("BirthOld", R"("date_of_birth":"1880-01-01")"),
        Same("CheckIn", R"("checkin_at":"2026-11-21T22:00:00Z")"),
        FieldCase{"CheckInOffset", R"("checkin_at":"2026-11-21T23:30:05+01:30")", R"("checkin_at":"2026-11-21T22:00:05Z")"},
        FieldCase{"CheckInLocal", R"("checkin_at":"2026-11-21T23:00:00")", R"("checkin_at":"2026-11-21T22:00:00Z")"},
        FieldCase{"CheckInNoSeconds", R"("checkin_at":"2026-11-21T22:00Z")", R"("checkin_at":"2026-11-21T22:00:00Z")"},
        Bad("CheckInDate", R"("checkin_at":"2026-11-21")", "1 checkin_at bad_time"),
        Bad("CheckInNumber", R"("checkin_at":1795000000)", "1 checkin_at bad_value"),
        Absent("CheckInBlank", R"("checkin_at":"")")),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Places, TravellerField,
    testing::Values(
        Same("Country", R"("nationality":"NGA","residence":"GBR")"),
        Same("SpecialCodes", R"("nationality":"XXA","residence":"RKS")"),
        FieldCase{"CountryAlpha2", R"("nationality":"NG","residence":"gb")", R"("nationality":"NGA","residence":"GBR")"},
        FieldCase{"CountryGerman", R"("nationality":"D")", R"("nationality":"DEU")"},
        FieldCase{"CountryBlanks", R"("nationality":" nga ")", R"("nationality":"NGA")"},
        Bad("CountryUnknown", R"("nationality":"ZZZ")", "1 nationality bad_country"),
        Bad("CountryName", R"("residence":"NIGERIA")", "1 residence bad_country"),
        Absent("CountryBlank", R"("residence":" ")"),
        Bad("CountryNumber", R"("residence":5)", "1 residence bad_value"),
        Same("Clearance", R"("clearance":"LHR")"),
        FieldCase{"ClearanceIcao", R"("clearance":"EGLL")", R"("clearance":"LHR")"},
        FieldCase{"ServicesInSmallLetters", R"("services":["umnr","Chld"])", R"("services":["UMNR","CHLD"])"},
        FieldCase{"ClearanceSmall", R"("clearance":"lhr")", R"("clearance":"LHR")"},
        FieldCase{"ClearanceUnknown", R"("clearance":"qxx")", R"("clearance":"QXX")", {"1 clearance bad_airport"}},
        Bad("ClearanceNoCode", R"("clearance":"LONDON")", "1 clearance bad_airport"),
        Bad("ClearanceDigits", R"("clearance":"L1R")", "1 clearance bad_airport"),
        Same("Journey", R"("journey":{"origin":"ABV","destination":"LHR"})"),
        Absent("JourneyEmpty", R"("journey":{})"),
        FieldCase{"JourneyBad", R"("journey":{"origin":"??","destination":"LHR"})", R"("journey":{"destination":"LHR"})", {"1 journey.origin bad_airport"}},
        Same("BirthPlace", R"("birth_place":{"town":"JOS","country":"NGA"})"),
        Absent("BirthPlaceEmpty", R"("birth_place":{"town":""})"),
        Bad("BirthPlaceText", R"("birth_place":"JOS")", "1 birth_place bad_value"),
        Same("Address", R"("address":{"lines":"1 A ST","city":"LONDON","region":"LND","postcode":"N1","country":"GBR"})"),
        Same("HomeAddress", R"("home_address":{"lines":"2 B ST"})"),
        Absent("AddressOfBlanks", R"("address":{"lines":" ","city":null})"),
        FieldCase{"AddressUnknownField", R"("address":{"city":"LEEDS","planet":"EARTH"})", R"("address":{"city":"LEEDS"})", {"1 address.planet unknown_field"}},
        Same("OtherSeats", R"("other_seats":[{"from":"LOS","to":"ABV","seat":"3C"}])")),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Parts, TravellerField,
    testing::Values(
        Same("Document", R"("documents":[{"type":"P","number":"A1","issuer":"NGA","expires":"2030-01-01","issued":"2025-01-01","place":"LAGOS"}])"),
        Same("DocumentOfAnyType", R"("documents":[{"type":"WHATEVER","number":"A1"}])"),
        FieldCase{"EmptyDocuments", R"("documents":[{},null,{"number":" "},{"number":"A1"}])", R"("documents":[{"number":"A1"}])"},
        FieldCase{"DocumentIsText", R"("documents":["A1"])", "", {"1 documents bad_value"}},
        Bad("DocumentsAreOne", R"("documents":{"number":"A1"})", "1 documents bad_value"),
        FieldCase{"DocumentBadFields", R"("documents":[{"number":"A1","issuer":"QQQ","expires":"2030","issued":"x"}])",
                  R"("documents":[{"number":"A1"}])",
                  {"1 documents.issuer bad_country", "1 documents.expires bad_date", "1 documents.issued bad_date"}},
        Same("Contacts", R"("contacts":[{"kind":"phone","value":"+1"},{"kind":"email","value":"a@b"},{"kind":"fax","value":"2"},{"kind":"other","value":"3"}])"),
        FieldCase{"ContactKindMissing", R"("contacts":[{"value":"+1"}])", R"("contacts":[{"kind":"other","value":"+1"}])"},
        FieldCase{"ContactKindBad", R"("contacts":[{"kind":"pigeon","value":"+1"}])", R"("contacts":[{"kind":"other","value":"+1"}])", {"1 contacts.kind bad_value"}},
        Absent("ContactWithoutValue", R"("contacts":[{"kind":"phone","value":""}])"),
        Same("References", R"("references":[{"kind":"AEA","value":"1"},{"value":"2"}])"),
        Absent("ReferenceWithoutValue", R"("references":[{"kind":"CR"}])"),
        Same("Booking", R"("booking":{"locator":"K3P7QX","payment":"miles","payer":"A B","agency":"X","trip":"one_way","split_from":"Q","group":"G"})"),
        Absent("BookingEmpty", R"("booking":{"payer":""})"),
        FieldCase{"BookingBad", R"("booking":{"locator":"K","payment":"gold","trip":"circle"})", R"("booking":{"locator":"K"})", {"1 booking.payment bad_value", "1 booking.trip bad_value"}},
        FieldCase{"BookingLocalTimes", R"("booking":{"booked_at":"2026-11-20T15:10","returns_at":"2026-07-20T20:00"})",
                  R"("booking":{"booked_at":"2026-11-20T14:10:00Z","returns_at":"2026-07-20T19:00:00Z"})"},
        FieldCase{"BookingSegments", R"("booking":{"segments":[{"arrives_at":"2026-07-22T06:40","departs_at":"2026-07-22T01:10","to":"LHR","from":"LOS","number":"ZZ0101a","marketing":"KE 0609","status":"HK"}]})",
                  R"("booking":{"segments":[{"number":"ZZ101A","marketing":"KE609","from":"LOS","to":"LHR","departs_at":"2026-07-22T00:10:00Z","arrives_at":"2026-07-22T05:40:00Z","status":"HK"}]})"},
        FieldCase{"SegmentNumberOdd", R"("booking":{"segments":[{"number":"TRAIN"}]})", R"("booking":{"segments":[{"number":"TRAIN"}]})"},
        FieldCase{"OtherLocators", R"("booking":{"other_locators":[{"carrier":"BAW","locator":"Q"}]})", R"("booking":{"other_locators":[{"carrier":"BA","locator":"Q"}]})"},
        Same("EscortForm", R"("escort_form":{"handed_over_by":{"surname":"A"},"collected_by":{"surname":"B","date_of_birth":"1980","relationship":"parent","address":{"city":"LEEDS"}}})"),
        // A form without content was sent all the same: it is not complete, and not "not known".
        Same("EscortFormEmpty", R"("escort_form":{})"),
        FieldCase{"EscortFormOfBlanks", R"("escort_form":{"collected_by":{"surname":" ","address":{}}})", R"("escort_form":{})"},
        FieldCase{"EscortFormBad", R"("escort_form":{"collected_by":{"surname":"B","relationship":"boss"}})", R"("escort_form":{"collected_by":{"surname":"B"}})", {"1 collected_by.relationship bad_value"}},
        Bad("EscortFormText", R"("escort_form":"yes")", "1 escort_form bad_value")),
    [](const auto& test) { return test.param.name; });

TEST(NdjsonParser, TypesOfTravellers) {
  for (const std::string_view type : EnumText<TravellerType>::kWords) {
    const ParsedInput parsed = ParseLine(MessageOf(R"({"surname":"LI","type":")" + std::string(type) + "\"}"));
    ASSERT_THAT(parsed.messages, SizeIs(1)) << type;
    EXPECT_EQ(ToText(parsed.messages[0].travellers.at(0).type), type);
  }
  for (const char* const absent : {R"({"surname":"LI"})", R"({"surname":"LI","type":null})", R"({"surname":"LI","type":" "})"}) {
    EXPECT_EQ(ParseLine(MessageOf(absent)).messages.at(0).travellers.at(0).type, TravellerType::kPassenger) << absent;
  }
}

TEST(NdjsonParser, ADocumentNumberAloneOrOneNameAloneIsAnIdentity) {
  EXPECT_THAT(ParseLine(MessageOf(R"({"documents":[{"type":"V"},{"number":"A1"}]},{"given_names":"ORLA"})")).messages.at(0).travellers, SizeIs(2));
}

// Written before the name, so not a row above.
TEST(TravellerRole, IsReadAndWritten) {
  for (const char* const role : {"cockpit", "cabin", "um_escort"}) {
    const std::string traveller = R"({"ref":"1","type":"crew","role":")" + std::string(role) + R"(","surname":"LI"})";
    const ParsedInput parsed = ParseLine(MessageOf(traveller));
    ASSERT_THAT(parsed.messages, SizeIs(1));
    EXPECT_EQ(ToJson(parsed.messages[0].travellers.at(0)), traveller);
    EXPECT_THAT(FindingsOf(parsed.messages[0]), testing::IsEmpty());
  }
}

// What stands in a message beside id, kind and flight.
class MessageField : public testing::TestWithParam<FieldCase> {};

TEST_P(MessageField, IsReadOrFound) {
  const FieldCase& row = GetParam();
  const ParsedInput parsed = ParseLine(MessageWith(row.sent));
  ASSERT_THAT(parsed.messages, SizeIs(1)) << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
  EXPECT_EQ(parsed.messages[0], ParseLine(MessageWith(row.written.empty() ? R"("sender":"ZZ")" : row.written)).messages.at(0))
      << ToJson(parsed.messages[0]);
  if (!row.written.empty()) { EXPECT_THAT(ToJson(parsed.messages[0]), HasSubstr(row.written)); }
  EXPECT_EQ(FindingsOf(parsed.messages[0]), row.findings);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, MessageField,
    testing::Values(
        Same("Sender", R"("sender":"ZZAIR")"), Absent("SenderBlank", R"("sender":" ")"),
        Same("SenderFromCarrier", R"("sender":"KE","carrier":"KE")"),
        FieldCase{"CarrierIcao", R"("carrier":"BAW")", R"("sender":"BA","carrier":"BA")"},
        FieldCase{"CarrierUnknown", R"("carrier":"QQQ")", R"("sender":"QQQ","carrier":"QQQ")", {"carrier unknown_carrier"}},
        FieldCase{"CarrierLong", R"("carrier":"ZED AIR")", R"("carrier":"ZED AIR")", {"carrier unknown_carrier"}},
        Same("SentAt", R"("sent_at":"2026-11-22T01:55:10Z")"),
        FieldCase{"SentAtIsUtc", R"("sent_at":"2026-07-22T01:55:10")", R"("sent_at":"2026-07-22T01:55:10Z")"},
        Bad("SentAtBad", R"("sent_at":"yesterday")", "sent_at bad_time"),
        Same("Revision", R"("revision":9223372036854775807)"), Same("RevisionZero", R"("revision":0)"),
        Bad("RevisionNegative", R"("revision":-1)", "revision bad_value"),
        Bad("RevisionUnsigned", R"("revision":9223372036854775808)", "revision bad_value"),
        Bad("RevisionText", R"("revision":"1")", "revision bad_value"),
        Same("Declared", R"("declared":{"passengers":212,"crew":9,"bookings":3})"),
        FieldCase{"DeclaredBad", R"("declared":{"passengers":-1,"crew":9})", R"("declared":{"crew":9})", {"declared.passengers bad_value"}},
        Same("Part", R"("part":{"ref":"A","seq":2,"last":true})"),
        FieldCase{"PartDefaults", R"("part":{"ref":"A"})", R"("part":{"ref":"A","seq":1,"last":false})"},
        FieldCase{"PartBad", R"("part":{"ref":"A","seq":0,"last":1})", R"("part":{"ref":"A","seq":1,"last":false})", {"part.seq bad_value", "part.last bad_value"}},
        Same("ReportedBy", R"("reported_by":{"name":"N","id":"I","contacts":[{"kind":"phone","value":"1"}]})"),
        Absent("ReportedByEmpty", R"("reported_by":{})"),
        Same("References", R"("references":[{"kind":"TN","value":"1"}])"),
        Same("CloseOut", R"("close_out":"none")"), Bad("CloseOutBad", R"("close_out":"maybe")", "close_out bad_value"),
        Same("Replaces", R"("replaces":{"number":"ZZ9","from":"JFK","to":"LHR","departs_on":"2026-11-21"})"),
        FieldCase{"ReplacesTime", R"("replaces":{"number":"ZZ9","from":"JFK","to":"LHR","departs_at":"2026-11-22T01:00:00Z"})",
                  R"("replaces":{"number":"ZZ9","from":"JFK","to":"LHR","departs_on":"2026-11-21"})"},
        Bad("ReplacesHalf", R"("replaces":{"number":"ZZ9","from":"JFK","to":"LHR"})", "replaces bad_value"),
        Bad("ReplacesText", R"("replaces":"ZZ9")", "replaces bad_value"),
        Absent("ReplacesBlank", R"("replaces":"")"),
        Absent("NoTravellers", R"("travellers":[])"), Absent("TravellersNull", R"("travellers":null)"),
        Bad("TravellersText", R"("travellers":"LI")", "travellers bad_value"),
        // One object in place of the list: somebody all the same.
        FieldCase{"TravellersObject", R"("travellers":{"surname":"LI"})",
                  R"("travellers":[{"type":"passenger","surname":"LI"}])", {"travellers bad_value"}},
        Bad("Unknown", R"("weather":"fine")", "weather unknown_field")),
    [](const auto& test) { return test.param.name; });

class FlightField : public testing::TestWithParam<FieldCase> {};

TEST_P(FlightField, IsReadOrFound) {
  const FieldCase& row = GetParam();
  const ParsedInput parsed = ParseLine(MessageWithFlight(row.sent));
  ASSERT_THAT(parsed.messages, SizeIs(1)) << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
  EXPECT_THAT(ToJson(parsed.messages[0]), HasSubstr(R"("departs_at":"2026-11-22T00:10:00Z")" + (row.written.empty() ? "}" : "," + row.written + "}")));
  EXPECT_EQ(FindingsOf(parsed.messages[0]), row.findings);
}

INSTANTIATE_TEST_SUITE_P(
    Fields, FlightField,
    testing::Values(
        Same("Times", R"("arrives_at":"2026-11-22T06:40:00Z","estimated_at":"2026-11-22T06:41:00Z","actual_at":"2026-11-22T06:42:00Z")"),
        FieldCase{"ArrivalIsLocalToTheEnd", R"("arrives_at":"2026-07-22T06:40")", R"("arrives_at":"2026-07-22T05:40:00Z")"},
        // The clocks of London go back on 25 October 2026 at 02:00 and forward on 29 March 2026 at 01:00.
        FieldCase{"RepeatedHour", R"("arrives_at":"2026-10-25T01:30")", R"("arrives_at":"2026-10-25T00:30:00Z")", {"flight.arrives_at time_repeated"}},
        FieldCase{"SkippedHour", R"("arrives_at":"2026-03-29T01:30")", R"("arrives_at":"2026-03-29T01:30:00Z")", {"flight.arrives_at time_skipped"}},
        Bad("ArrivalBad", R"("arrives_at":"06:40")", "flight.arrives_at bad_time"),
        Same("TerminalAndStand", R"("terminal":"5","stand":"541")"),
        FieldCase{"Marketing", R"("marketing":["KE 0609",null,"",7,"CODE"])", R"("marketing":["KE609","CODE"])", {"flight.marketing bad_value"}},
        Absent("OneLegIsTheFlight", R"("legs":[{"from":"LOS","to":"LHR"}])"),
        FieldCase{"Legs", R"("legs":[{"number":"ZZ0101","from":"ABV","to":"LOS"},{"number":"ZZ0102","from":"LOS","to":"LHR"}])",
                  R"("legs":[{"from":"ABV","to":"LOS"},{"number":"ZZ102","from":"LOS","to":"LHR"}])"},
        Bad("LegsText", R"("legs":"LOS-LHR")", "flight.legs bad_value"),
        Bad("Unknown", R"("pilot":"X")", "flight.pilot unknown_field")),
    [](const auto& test) { return test.param.name; });

// --- What a list of a close-out says ---------------------------------------------------------------------------------------

TEST(NdjsonParser, CloseOutSaysWhoIsOnBoard) {
  const auto boarded = [](const char* form) {
    const ParsedInput parsed = ParseLine(
        R"({"message_id":"1","kind":"close_out","close_out":")" + std::string(form) + R"(","flight":)" +
        std::string(kFlightJson) + R"(,"travellers":[{"surname":"LI"},{"surname":"DUPREZ","boarded":true}]})");
    const auto& travellers = parsed.messages.at(0).travellers;
    return std::pair(travellers.at(0).boarded, travellers.at(1).boarded);
  };
  using Pair = std::pair<std::optional<bool>, std::optional<bool>>;
  EXPECT_EQ(boarded("on_board"), Pair(true, true));
  EXPECT_EQ(boarded("not_on_board"), Pair(false, false));
  EXPECT_EQ(boarded("full"), Pair(std::nullopt, true));
}

// --- Limits ----------------------------------------------------------------------------------------------------------------

TEST(NdjsonParser, FindingsOfOneMessageAreBounded) {
  std::string fields = R"("x0":0)";
  for (int i = 1; i < 5'000; ++i) fields += ",\"x" + std::to_string(i) + "\":0";
  EXPECT_THAT(ParseLine(MessageWith(fields)).messages.at(0).findings, SizeIs(1'000));
}

// 200,000 different keys that nobody knows: the check for duplicates must not compare each with each.
TEST(NdjsonParser, ManyUnknownKeysTakeNoLongerThanTheyShould) {
  std::string fields = R"("x0":0)";
  for (int i = 1; i < 200'000; ++i) fields += ",\"x" + std::to_string(i) + "\":0";
  EXPECT_THAT(ParseLine(MessageWith(fields)).messages, SizeIs(1));
  EXPECT_THAT(CodesOf(ParseLine(MessageWith(fields + R"(,"x77":1)"))), ElementsAre(QuarantineCode::kDuplicateKey));
}

TEST(NdjsonParser, LinesOfAnyLengthOneAfterTheOther) {
  const Configuration configuration;
  MessageParser parser(configuration);
  for (const std::size_t names : {1u, 3'000u, 2u, 40'000u, 1u, 0u}) {
    std::string travellers;
    for (std::size_t i = 0; i < names; ++i) travellers += (i > 0 ? R"(,{"surname":"LI"})" : R"({"surname":"LI"})");
    std::string line = MessageOf(travellers);
    const std::size_t size = line.size();
    line.resize(size + 64);
    RawMessage raw;
    raw.bytes = std::string_view(line).substr(0, size);
    ParsedInput out;
    parser.Parse("test.ndjson", raw, out);
    ASSERT_THAT(out.messages, SizeIs(1));
    EXPECT_THAT(out.messages[0].travellers, SizeIs(names));
  }
}

}  // namespace
}  // namespace landfall
