// The private PNRGOV samples, where they are at hand. Written down is what a message says of its flight; what
// it says of people and bookings is not: it is pinned by a digest, as in private_samples_test.cc.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/digest.h"
#include "tests/support/parse_edifact.h"

namespace landfall {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

std::string ReadSample(const std::string& name) {
  std::ifstream in(std::string(LANDFALL_SOURCE_DIR) + "/../shared/data/pnrgov/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::string DateText(const std::optional<PartialDate>& date) { return date ? ToString(*date) : "-"; }

// Birth date, sex, fare, nationality, documents without their numbers, seat: of one traveller.
std::string Summary(const Traveller& traveller) {
  std::string text = absl::StrFormat("%s %s %s %s", DateText(traveller.date_of_birth), traveller.sex ? std::string(ToText(*traveller.sex)) : "-",
                                     traveller.fare ? std::string(ToText(*traveller.fare)) : "-", std::string(traveller.nationality.view()));
  for (const Document& document : traveller.documents) {
    absl::StrAppendFormat(&text, " %s %s %s", document.type, std::string(document.issuer.view()), document.expires ? ToString(*document.expires) : "-");
    if (document.issued) text += " issued " + ToString(*document.issued);
  }
  absl::StrAppendFormat(&text, "; seat %s, %d other; %d contacts", traveller.seat.empty() ? "-" : traveller.seat, static_cast<int>(traveller.other_seats.size()),
                        static_cast<int>(traveller.contacts.size()));
  return text;
}

std::string BookingSummary(const Booking& booking) {
  return absl::StrFormat("%s%s booked %s ticketed %s %s%s %d stages", booking.locator, booking.other_locators.empty() ? "" : " " + booking.other_locators[0].locator,
                         booking.booked_at ? ToString(*booking.booked_at).substr(0, 16) : "-", booking.ticketed_at ? ToString(*booking.ticketed_at).substr(0, 10) : "-",
                         booking.payment ? std::string(ToText(*booking.payment)) : "-", booking.split_from.empty() ? "" : " split " + booking.split_from,
                         static_cast<int>(booking.segments.size()));
}

struct SampleCase {
  const char* file;
  const char* flight;  // With departure and arrival in UTC.
  std::vector<std::string> marketing;
  std::size_t travellers;
  const char* digest;  // Of what all travellers and their bookings say: compared with the expectations of the references.
  std::vector<std::string> findings;  // Without the travellers' references.
};
class PrivatePnrgov : public testing::TestWithParam<SampleCase> {};

TEST_P(PrivatePnrgov, IsReadAsTheReferencesSay) {
  const std::string text = ReadSample(std::string(GetParam().file) + ".edi");
  if (text.empty()) GTEST_SKIP() << "the private references are not here";
  const ParsedInput parsed = ParseEdifact(text);
  ASSERT_THAT(parsed.quarantined, IsEmpty());
  ASSERT_THAT(parsed.messages, SizeIs(1));
  const Message& message = parsed.messages[0];
  EXPECT_EQ(absl::StrFormat("%s %s %s", ToString(message.flight.Key()), ToString(message.flight.departs_at), message.flight.arrives_at ? ToString(*message.flight.arrives_at) : "-"),
            GetParam().flight);
  EXPECT_THAT(message.flight.marketing, ElementsAreArray(GetParam().marketing));
  ASSERT_THAT(message.travellers, SizeIs(GetParam().travellers));
  std::string all;
  for (const Traveller& traveller : message.travellers) all += Summary(traveller) + "|" + BookingSummary(*traveller.booking) + "\n";
  EXPECT_EQ(Sha256Hex(all).substr(0, 16), GetParam().digest);
  std::vector<std::string> findings;
  for (const Finding& finding : message.findings) findings.push_back(finding.field + " " + std::string(ToText(finding.code)));
  EXPECT_THAT(findings, ElementsAreArray(GetParam().findings));
}

const char* const kMexico = "AM498 2013-05-23 MTY LAS 2013-05-23T15:39:00Z 2013-05-23T18:42:00Z";
const char* const kGold = "TZ6 2013-05-28 SIN OOL 2013-05-28T14:25:00Z 2013-05-28T21:50:00Z";
const char* const kFrankfurt = "UA988 2018-09-28 FRA IAD 2018-09-28T10:20:00Z 2018-09-28T19:05:00Z";
const std::vector<std::string> kUnitTest = {"UNZ reference_differs", "UNT count_differs", "UNT reference_differs"};

INSTANTIATE_TEST_SUITE_P(
    Samples, PrivatePnrgov,
    testing::Values(
        SampleCase{"gtas_loader_adult_and_infant", kMexico, {}, 2, "0b399b5838ad7cd6", {}},
        SampleCase{"gtas_loader_codeshare", "SQ609 2013-05-27 ICN SIN 2013-05-27T07:40:00Z 2013-05-27T14:00:00Z", {"KE609", "OZ609"}, 2, "de7157126e522bab", {"UNA separators", "UNT count_differs"}},
        SampleCase{"gtas_loader_pnr1", "DL324 2010-12-12 LHR JFK 2010-12-12T09:15:00Z -", {}, 2, "0d43f5ac5c6376df", {"declared count_differs", "UNT count_differs"}},
        SampleCase{"gtas_loader_pnr_split", kMexico, {}, 3, "a7a6a1142c94a9d3", {}},
        SampleCase{"gtas_parsers_pnrBadFormat", kGold, {}, 2, "201903b72c7ee62c", {"UNT count_differs"}},
        SampleCase{"gtas_parsers_pnrMessagePg76", kGold, {}, 2, "201903b72c7ee62c", {"UNT count_differs"}},
        SampleCase{"gtas_parsers_pnrPhoneCTCM", kFrankfurt, {}, 1, "9b07e3dde8b4865a", kUnitTest},
        SampleCase{"gtas_parsers_pnrSeatFormats", kFrankfurt, {}, 1, "50210eb1c269735e", kUnitTest},
        SampleCase{"gtas_parsers_pnrWithDoco", "UA988 2018-05-12 FRA IAD 2018-05-12T10:20:00Z 2018-05-12T19:05:00Z", {}, 1, "db9e9b8d90aa3bc4", {"UNZ reference_differs", "seat bad_value", "seat bad_value", "seat bad_value", "seat bad_value", "UNT count_differs", "UNT reference_differs"}}),
    [](const auto& test) { return std::string(test.param.file); });

}  // namespace
}  // namespace landfall
