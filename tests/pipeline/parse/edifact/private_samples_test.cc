// The private PAXLST samples, where they are at hand. What a message says of its flight is written down here; what it says
// of people is not: it is read out of the raw file by a second, slow and simple, reader, and pinned by a digest.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/digest.h"
#include "tests/support/parse_edifact.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const std::string kFolder = std::string(LANDFALL_SOURCE_DIR) + "/../shared/data/paxlst/";

std::string ReadFile(const std::string& name) {
  std::ifstream in(kFolder + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// The slow, simple reader: by traveller, "NAD.4.1" and the like with their values. The service characters come from the
// row; these files use no release character.
struct SlowReader {
  char component, element, terminator;

  std::vector<std::map<std::string, std::vector<std::string>>> Read(std::string text) const {
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    std::vector<std::map<std::string, std::vector<std::string>>> travellers;
    for (std::string segment : Cut(text.substr(text.find("UNB")), terminator)) {
      segment.erase(0, segment.find_first_not_of(' '));
      const std::vector<std::string> elements = Cut(segment, element);
      const std::string tag = elements[0];
      if (tag == "NAD" && (elements[1] == "FL" || elements[1] == "FM")) travellers.emplace_back();
      if (tag == "CNT" || tag == "UNT") break;
      if (travellers.empty()) continue;
      const std::vector<std::string> first = Cut(elements.size() > 1 ? elements[1] : "", component);
      // Qualified values by tag and qualifier, others by tag.
      auto& to = travellers.back();
      if (tag == "NAD") to["name"] = Cut(elements[3 + 1], component);
      else if (tag == "DTM" || tag == "RFF") to[tag + first[0]].push_back(first.size() > 1 ? first[1] : "");
      else if (tag == "LOC") to[tag + first[0]].push_back(elements.size() > 2 ? elements[2] : "");
      else if (tag == "DOC") to[tag].push_back(elements.size() > 2 ? elements[2] : "");
      else if (tag == "ATT") to[tag].push_back(elements[3]);
    }
    return travellers;
  }
  static std::vector<std::string> Cut(const std::string& whole, char at) {
    std::vector<std::string> parts = {""};
    for (const char c : whole) {
      if (c == at) parts.emplace_back();
      else parts.back() += c;
    }
    return parts;
  }
};

struct SampleCase {
  const char* file;
  SlowReader slow;
  MessageKind kind;
  const char* flight;  // Number, from, to, departure and arrival in UTC.
  std::vector<std::string> legs;
  const char* id;
  const char* header;  // Revision, part, declared passengers and crew.
  std::size_t travellers;
  std::vector<std::string> findings;
  const char* digest;  // Of the reporting party and all travellers as JSON: compared field by field with the expectations of the references.
};
class PrivateSample : public testing::TestWithParam<SampleCase> {};

std::string Time(const std::optional<Instant>& at) { return at ? ToString(*at) : "-"; }
std::string LegText(const Segment& leg) {
  return absl::StrFormat("%s %s %s %s %s", leg.number.empty() ? "-" : leg.number, std::string(leg.from.view()),
                         std::string(leg.to.view()), Time(leg.departs_at), Time(leg.arrives_at));
}
std::string HeaderText(const Message& message) {
  return absl::StrFormat("revision %d part %s:%d declared %d %d", message.revision.value_or(-1), message.part ? message.part->ref : "-",
                         message.part ? message.part->seq : 0, message.declared.passengers.value_or(-1), message.declared.crew.value_or(-1));
}
// YYMMDD of a date in ISO form.
std::string ShortDate(const std::string& iso) { return iso.substr(2, 2) + iso.substr(5, 2) + iso.substr(8, 2); }

void ExpectSameAsSlow(const Traveller& traveller, std::map<std::string, std::vector<std::string>> slow) {
  EXPECT_EQ(traveller.surname, slow["name"].at(0));
  std::string given = slow["name"].at(1);
  if (slow["name"].size() > 2 && !slow["name"][2].empty()) given += " " + slow["name"][2];
  EXPECT_EQ(traveller.given_names, given);
  EXPECT_EQ(ShortDate(ToString(traveller.date_of_birth.value())), slow["DTM329"].at(0));
  EXPECT_EQ(std::string(ToText(traveller.sex.value())), slow["ATT"].at(0));
  EXPECT_EQ(traveller.booking ? traveller.booking->locator : "", slow["RFFAVF"].empty() ? "" : slow["RFFAVF"][0]);
  EXPECT_EQ(traveller.ref, slow["RFFABO"].empty() ? "" : slow["RFFABO"][0]);
  std::string seat = slow["RFFSEA"].empty() ? "" : slow["RFFSEA"][0];
  seat.erase(0, seat.find_first_not_of('0'));
  EXPECT_EQ(traveller.seat, seat);
  EXPECT_EQ(traveller.journey.origin.view(), slow["LOC178"].at(0));
  EXPECT_EQ(traveller.journey.destination.view(), slow["LOC179"].at(0));
  std::erase(slow["DOC"], "");
  std::vector<std::string> numbers;
  for (const Document& document : traveller.documents) numbers.push_back(document.number);
  EXPECT_EQ(numbers, slow["DOC"]);
  for (std::size_t i = 0; i < traveller.documents.size(); ++i) {
    EXPECT_EQ(ShortDate(ToString(traveller.documents[i].expires.value())), slow["DTM36"].at(i));
  }
}

TEST_P(PrivateSample, IsReadAsTheReferencesSay) {
  const SampleCase& row = GetParam();
  const std::string text = ReadFile(row.file);
  if (text.empty()) GTEST_SKIP() << "the private references are not here";
  const ParsedInput parsed = ParseEdifact(text);
  ASSERT_THAT(parsed.quarantined, IsEmpty());
  ASSERT_THAT(parsed.messages, SizeIs(1));
  const Message& message = parsed.messages[0];
  EXPECT_EQ(message.kind, row.kind);
  const Flight& flight = message.flight;
  EXPECT_EQ(LegText({flight.number, "", flight.from, flight.to, flight.departs_at, flight.arrives_at, ""}), row.flight);
  std::vector<std::string> legs;
  for (const Segment& leg : flight.legs) legs.push_back(LegText(leg));
  EXPECT_THAT(legs, ElementsAreArray(row.legs));
  EXPECT_EQ(message.message_id, row.id);
  EXPECT_EQ(HeaderText(message), row.header);
  EXPECT_THAT(FindingsOf(message), ElementsAreArray(row.findings));
  ASSERT_THAT(message.travellers, SizeIs(row.travellers));
  const auto slow = row.slow.Read(text);
  ASSERT_THAT(slow, SizeIs(row.travellers));
  std::string all;
  if (message.reported_by) {
    JsonObject object(all);
    ReportingParty::Fields(*message.reported_by, object);
  }
  for (std::size_t i = 0; i < row.travellers; ++i) {
    ExpectSameAsSlow(message.travellers[i], slow[i]);
    all += ToJson(message.travellers[i]) + "\n";
  }
  EXPECT_EQ(Sha256Hex(all).substr(0, 16), row.digest);
}

constexpr SlowReader kDefault{':', '+', '\''}, kHash{':', '*', '#'};
constexpr MessageKind kList = MessageKind::kCheckIn, kCrew = MessageKind::kCrew;
const char* const kA = "A92707 VIE VIE 2021-07-13T09:00:00Z 2021-07-13T10:00:00Z";
const char* const kB = "B2740 VIE FRA 2021-08-27T02:15:00Z 2021-08-27T04:50:00Z";
const std::vector<std::string> kFindingsA = {"#1 nationality bad_country", "#1 documents.issuer bad_country", "UNT count_differs"};
const std::vector<std::string> kCount = {"UNT count_differs"};
const std::vector<std::string> kUnitTest = {"UNZ reference_differs", "UNT count_differs", "UNT reference_differs"};
std::vector<std::string> FindingsOfTest1() {
  std::vector<std::string> findings = {"UNE reference_differs", "UNZ reference_differs"};
  for (int i = 1; i <= 8; ++i) findings.push_back(absl::StrFormat("#%d documents.type bad_value", i));
  findings.push_back("UNT count_differs");
  return findings;
}

INSTANTIATE_TEST_SUITE_P(
    Paxlst, PrivateSample,
    testing::Values(
        SampleCase{"ediclean_original_A.edi", kDefault, kList, kA, {}, "210713:0631/2107130631/PAX001", "revision -1 part A92707/210713/1200:2 declared 47 -1", 1, kFindingsA, "dad103606b5a9ae1"},
        SampleCase{"ediclean_reference_A.edi", kDefault, kList, kA, {}, "210713:0631/2107130631/PAX001", "revision -1 part A92707/210713/1200:2 declared 47 -1", 1, kFindingsA, "dad103606b5a9ae1"},
        SampleCase{"ediclean_original_B.edi", kHash, kList, kB, {}, "210827:0031/2108270031/2108270031", "revision -1 part B2740:8 declared 130 -1", 1, kCount, "4ee28dfeb16f0a1d"},
        SampleCase{"ediclean_reference_B.edi", kHash, kList, kB, {}, "210827:0031/2108270031/2108270031", "revision -1 part B2740:8 declared 130 -1", 1, kCount, "4ee28dfeb16f0a1d"},
        SampleCase{"ediclean_original_C.edi", kHash, kList, kB, {}, "210827:0031/2108270031/2108270031", "revision -1 part B2740:6 declared 130 -1", 3, kCount, "efb649bf0e0a91cb"},
        SampleCase{"ediclean_reference_C.edi", kHash, kList, kB, {}, "210827:0031/2108270031/2108270031", "revision -1 part B2740:6 declared 130 -1", 3, kCount, "efb649bf0e0a91cb"},
        SampleCase{"gtas_loader_Test1.edi", kDefault, kCrew, "UA989 FRA IAD 2017-01-27T16:25:00Z 2017-01-28T12:10:00Z", {}, "140202:0600/1403010600/1402010600",
                   "revision -1 part -:0 declared -1 8", 8, FindingsOfTest1(), "46906e6e4498d38e"},
        SampleCase{"gtas_parsers_apisMessage.edi", kDefault, kList, "AA124 ORD JFK 2007-02-20T00:40:00Z 2007-02-20T00:55:00Z",
                   {"AA123 ATL ORD 2007-02-19T20:40:00Z 2007-02-19T23:40:00Z", "- ORD JFK 2007-02-20T00:40:00Z 2007-02-20T00:55:00Z"},
                   "070218:1545/000006640/PAX001", "revision 1 part -:0 declared 2 -1", 2, {"flight leg_guessed"}, "e5dc1fa1f0cb06e5"},
        SampleCase{"gtas_tamr_flight1.edi", kDefault, kList, "LA532 SCL JFK 2020-01-20T02:00:00Z 2020-01-20T12:40:00Z", {}, "200130:0300/123456789/53371718146010",
                   "revision -1 part -:0 declared 10 -1", 10, kCount, "4bb46ad392fd7c0f"},
        SampleCase{"gtas_testAPISParsingWithBagWeightAndCountInMEASegment.edi", kDefault, kList, "UA988 FRA IAD 2018-06-26T10:20:00Z 2018-06-26T19:05:00Z", {},
                   "070429:0900/000000001/PAX001", "revision -1 part -:0 declared -1 -1", 1, kUnitTest, "ecb24d07e737f44c"},
        SampleCase{"gtas_testAPISParsingWithNoMEASegmentAndTwoBagCountOnFTXSegment.edi", kDefault, kList, "UA988 FRA IAD 2018-06-26T10:20:00Z 2018-06-26T19:05:00Z", {},
                   "070429:0900/000000001/PAX001", "revision -1 part -:0 declared -1 -1", 1, kUnitTest, "77a8641b602a3106"},
        SampleCase{"gtas_testMultipleTdtWithLoc92.edi", kDefault, kList, "KE250 ANC ICN 2014-02-01T15:50:00Z 2014-02-01T23:40:00Z",
                   {"- JFK ANC 2014-02-01T07:20:00Z 2014-02-01T14:50:00Z", "- ANC ICN 2014-02-01T15:50:00Z 2014-02-01T23:40:00Z"},
                   "070429:0900/000000001/PAX001", "revision -1 part -:0 declared -1 -1", 0, kUnitTest, "e3b0c44298fc1c14"},
        SampleCase{"gtas_testSingleTdtWithOneLeg.edi", kDefault, kList, "UA123 YVR JFK 2007-04-29T19:30:00Z 2007-04-29T20:00:00Z", {},
                   "070429:0900/000000001/PAX001", "revision -1 part -:0 declared -1 -1", 0, kUnitTest, "e3b0c44298fc1c14"},
        SampleCase{"other_py_gtas_parser_UA123_dhs_guide.edi", kDefault, kList, "UA123 YVR JFK 2007-04-29T19:30:00Z 2007-04-29T20:00:00Z",
                   {"- YVR JFK 2007-04-29T19:30:00Z 2007-04-29T20:00:00Z", "UA124 JFK ATL 2007-04-29T21:30:00Z 2007-04-29T23:45:00Z"},
                   "070429:0900/000000001/PAX001", "revision 1 part API01:1 declared 1 -1", 1, {}, "6e108978856b728c"},
        SampleCase{"other_wco_guide_example_5_1_passenger.edi", kDefault, kList, "ZZ123 SYD HNL 2013-06-20T23:00:00Z 2013-06-22T08:00:00Z", {},
                   "130620:0900/000000001/PAX001", "revision -1 part -:0 declared 160 -1", 1, {}, "78eaa5e826e471ff"},
        SampleCase{"other_wco_guide_example_5_2_crew.edi", kDefault, kCrew, "ZZ123 SYD HNL 2013-06-20T23:00:00Z 2013-06-22T08:00:00Z", {},
                   "130620:0900/QF00321/PAX001", "revision -1 part -:0 declared -1 8", 1, kCount, "8bacd7dae509d9fe"}),
    [](const auto& test) { return std::string(test.param.file).substr(0, std::string_view(test.param.file).size() - 4); });

struct RefusedSample {
  const char* file;
  QuarantineCode code;
  const char* reason;
  std::uint32_t travellers;
};
TEST(PrivateSamples, InvalidOnesAreRefusedWithTheirReason) {
  const RefusedSample cases[] = {{"other_ace_truck_crew_D03B_not_air.edi", QuarantineCode::kNotAir, "no message about a flight", 1},
                                 {"other_sas_mcl_add_header_template.edi", QuarantineCode::kUnfilledTemplate, "YYMMDD", 0}};
  for (const RefusedSample& row : cases) {
    const std::string text = ReadFile(row.file);
    if (text.empty()) GTEST_SKIP() << "the private references are not here";
    const ParsedInput parsed = ParseEdifact(text);
    EXPECT_THAT(parsed.messages, IsEmpty());
    ASSERT_THAT(CodesOf(parsed), ElementsAre(row.code)) << row.file;
    EXPECT_THAT(parsed.quarantined[0].reason, testing::HasSubstr(row.reason));
    EXPECT_EQ(parsed.quarantined[0].travellers, row.travellers);
  }
}

// A cleaned and a wrapped form of one message are one message.
TEST(PrivateSamples, OriginalAndCleanedFormsAreEqual) {
  for (const char letter : {'A', 'B', 'C'}) {
    const std::string original = ReadFile(absl::StrFormat("ediclean_original_%c.edi", letter));
    const std::string cleaned = ReadFile(absl::StrFormat("ediclean_reference_%c.edi", letter));
    if (original.empty()) GTEST_SKIP() << "the private references are not here";
    EXPECT_EQ(ParseEdifact(original).messages, ParseEdifact(cleaned).messages) << letter;
  }
}

// Every file of both EDIFACT folders ends as a message or with a code; each of PNRGOV as a message.
TEST(PrivateSamples, NoneIsLost) {
  const std::string data = std::string(LANDFALL_SOURCE_DIR) + "/../shared/data/";
  if (!std::filesystem::exists(data)) GTEST_SKIP() << "the private references are not here";
  std::size_t files = 0;
  for (const char* const folder : {"paxlst", "pnrgov"}) {
    for (const auto& entry : std::filesystem::directory_iterator(data + folder)) {
      std::ifstream in(entry.path(), std::ios::binary);
      const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
      const ParsedInput parsed = ParseEdifact(text);
      EXPECT_EQ(parsed.messages.size() + parsed.quarantined.size(), 1u) << entry.path();
      if (folder == std::string_view("pnrgov")) {
        EXPECT_THAT(CodesOf(parsed), IsEmpty()) << entry.path();
      }
      ++files;
    }
  }
  EXPECT_EQ(files, 27u);
}

}  // namespace
}  // namespace landfall
