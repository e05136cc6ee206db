// What can be told of bytes that were refused: the carrier, and the place.

#include "pipeline/quarantine/look.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "pipeline/parse/parse.h"

namespace landfall {
namespace {

struct CarrierCase {
  const char* name;
  const char* raw;
  const char* carrier;
};
class GuessCarrierTest : public ::testing::TestWithParam<CarrierCase> {};

TEST_P(GuessCarrierTest, Guesses) { EXPECT_EQ(GuessCarrier(GetParam().raw), GetParam().carrier); }

INSTANTIATE_TEST_SUITE_P(
    Raw, GuessCarrierTest,
    ::testing::Values(CarrierCase{"Nothing", "", ""}, CarrierCase{"Nonsense", "nonsense", ""},
                      CarrierCase{"FlightNumber", R"({"flight":{"number":"ZX0101","from":"LOS"},"sender":"ZZ",)", "ZX"},
                      CarrierCase{"Spaces", R"({ "flight" : { "number" : "ZX 101" broken)", "ZX"},
                      CarrierCase{"IcaoBecomesIata", R"({"flight":{"number":"BAW123"})", "BA"},
                      CarrierCase{"DocumentsBeforeTheFlight",
                                  R"({"documents":[{"number":"N12345"}],"flight":{"number":"ZX1"})", "ZX"},
                      CarrierCase{"CarrierField", R"({"carrier":"ZZ","flight":{"number":"101"})", "ZZ"},
                      CarrierCase{"SenderThatIsACarrier", R"({"sender":"ZZ",)", "ZZ"},
                      CarrierCase{"SenderThatIsNone", R"({"sender":"ZXDCS-LONDON",)", ""},
                      CarrierCase{"NumberThatIsNoText", R"({"flight":{"number":101},)", ""},
                      CarrierCase{"NumberCutShort", R"({"flight":{"number":"ZX1)", "ZX"},
                      CarrierCase{"KeyAtTheEnd", R"({"flight":{"number")", ""},
                      CarrierCase{"Tdt", "UNB+UNOA:4+SENDER:ZZ+GB'UNH+1+PAXLST'TDT+20+ZX123+++'LOC+125+LOS'", "ZX"},
                      CarrierCase{"TdtOddSeparators", "UNA|*.? ~UNB*UNOA|4*S~TDT*20*ZX123~", "ZX"},
                      CarrierCase{"TdtCarrierApart", "TDT+20+123+++ZX'", "ZX"},
                      CarrierCase{"UnbSender", "UNB+UNOA:4+ZX:ZZ+GB+261122:0600+1'UNH+1", "ZX"},
                      CarrierCase{"TdtAtTheEnd", "UNB'TDT", ""}, CarrierCase{"TdtInAWord", "XTDT+20+ZX1'", ""},
                      CarrierCase{"TdtWithoutElements", "TDT+20'", ""}),
    [](const auto& test) { return test.param.name; });

TEST(GuessCarrier, NeverFailsOnAnything) {
  const unsigned seed = 7;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::string parts[] = {"\"flight\"", "\"number\"",         ":", "\"", "TDT", "UNB", "+", "'",
                               "ZX123",      std::string(1, '\0'), "{", " "};
  for (int i = 0; i < 20'000; ++i) {
    std::string raw;
    for (unsigned n = random() % 12; n > 0; --n) raw += parts[random() % std::size(parts)];
    EXPECT_LE(GuessCarrier(raw).size(), 3u) << raw;
  }
}

// The first record that parsing `raw` at the beginning of a file sets aside.
QuarantinedRecord Refused(const std::string& raw, InputFormat format) {
  const Configuration configuration;
  const std::string padded = raw + std::string(64, '\0');
  MessageParser parser(configuration);
  ParsedInput parsed;
  RawMessage message;
  message.format = format;
  message.offset = 1'000;  // Somewhere in its file.
  message.line = 20;
  message.bytes = std::string_view(padded).substr(0, raw.size());
  parser.Parse("file", message, parsed);
  EXPECT_FALSE(parsed.quarantined.empty());
  return parsed.quarantined.empty() ? QuarantinedRecord() : parsed.quarantined.front();
}

TEST(FindOffendingPlace, IsWhereTheRecordSaysInItsFile) {
  for (const std::string& raw :
       {std::string("{\"message_id\":\"1\", broken"), std::string("nonsense"),
        std::string(
            R"({"message_id":"1","kind":"check_in","flight":{"number":"ZZ1","from":"LOS","to":"LHR",)"
            R"("departs_at":"2026-11-22T10:00:00Z"},"travellers":[{"ref":"1","surname":"GOOD"},{"ref":"2"}]})")}) {
    const QuarantinedRecord record = Refused(raw, InputFormat::kNdjson);
    const auto place = FindOffendingPlace(record, raw, Configuration());
    ASSERT_TRUE(place.has_value()) << raw;
    EXPECT_EQ(*place, record.position.offset - 1'000) << raw;
  }
}

TEST(FindOffendingPlace, NoneForWhatIsNotRefusedByItself) {
  const std::string good = R"({"message_id":"1","kind":"check_in","flight":{"number":"ZZ1","from":"LOS","to":"LHR",)"
                           R"("departs_at":"2026-11-22T10:00:00Z"},"travellers":[]})";
  QuarantinedRecord record;
  record.code = QuarantineCode::kIdReused;
  record.message_id = "1";
  EXPECT_EQ(FindOffendingPlace(record, good, Configuration()), std::nullopt);
  EXPECT_EQ(FindOffendingPlace(record, "", Configuration()), std::nullopt);
}

}  // namespace
}  // namespace landfall
