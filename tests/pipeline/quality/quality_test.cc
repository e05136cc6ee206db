// The score of a carrier: its formula, worked out by hand.

#include "pipeline/quality/quality.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;

Message Sent(const std::string& id, MessageKind kind, int travellers, int with_birth_date) {
  Message message;
  message.message_id = id;
  message.kind = kind;
  message.travellers.resize(static_cast<std::size_t>(travellers));
  for (int i = 0; i < with_birth_date; ++i) message.travellers[static_cast<std::size_t>(i)].date_of_birth.emplace();
  return message;
}

QuarantineEntry Aside(QuarantineCode code, std::uint32_t travellers) {
  QuarantineEntry entry;
  entry.record.code = code;
  entry.record.travellers = travellers;
  return entry;
}

struct ScoreCase {
  const char* name;
  CarrierQuality quality;
  std::uint32_t score;
};

CarrierQuality Of(std::uint64_t messages, std::uint64_t messages_q, std::uint64_t travellers,
                  std::uint64_t travellers_q, std::uint64_t without, std::uint64_t findings) {
  CarrierQuality quality;
  quality.messages = messages;
  quality.messages_quarantined = messages_q;
  quality.travellers = quality.api_travellers = travellers;
  quality.travellers_quarantined = travellers_q;
  quality.without_birth_date = without;
  quality.findings = findings;
  return quality;
}

TEST(QualityScore, IsTheFormulaInWholeNumbers) {
  const ScoreCase cases[] = {
      {"nothing at all", CarrierQuality(), 1'000},
      {"nothing to mend", Of(10, 0, 100, 0, 0, 0), 1'000},
      {"all messages kept aside", Of(0, 7, 0, 0, 0, 0), 600},           // m = 1000
      {"all of everything", Of(0, 7, 0, 9, 0, 0), 300},                 // m = t = 1000
      {"half of the messages", Of(5, 5, 100, 0, 0, 0), 800},            // m = 500
      {"a tenth of the travellers", Of(10, 0, 90, 10, 0, 0), 970},      // t = 100
      {"a quarter without birth date", Of(10, 0, 100, 0, 25, 0), 950},  // b = 250
      {"one finding each", Of(10, 0, 100, 0, 0, 110), 900},             // f = 1000
      {"more findings count no more", Of(10, 0, 100, 0, 0, 9'999), 900},
      {"a third is rounded down", Of(2, 1, 0, 0, 0, 0), 867},  // m = 333: 1332 / 10 = 133
      {"worst of all that was taken in", Of(1, 0, 1, 0, 1, 99), 700},
  };
  for (const ScoreCase& c : cases) EXPECT_EQ(c.quality.Score(), c.score) << c.name;
}

TEST(Quality, CountsMessages) {
  CarrierQuality quality;
  Message message = Sent("M1", MessageKind::kCheckIn, 3, 2);
  message.findings = {{"R1", "date_of_birth", FindingCode::kBadDate, "not a date: 2014-13-02"},
                      {"R2", "date_of_birth", FindingCode::kBadDate, "not a date: 31"},
                      {"", "", FindingCode::kCountDiffers, "3 were declared"}};
  quality.Add(message);
  quality.Add(Sent("M2", MessageKind::kBooking, 5, 0));
  EXPECT_EQ(quality.messages, 2u);
  EXPECT_EQ(quality.travellers, 8u);
  EXPECT_EQ(quality.api_travellers, 3u) << "a booking need not give birth dates";
  EXPECT_EQ(quality.without_birth_date, 1u);
  EXPECT_EQ(quality.findings, 3u);
  EXPECT_EQ(quality.findings_by_code[FindingCode::kBadDate].count, 2u);
  EXPECT_THAT(quality.findings_by_code[FindingCode::kBadDate].fields, ElementsAre(Pair("date_of_birth", 2u)));
  EXPECT_THAT(quality.findings_by_code[FindingCode::kBadDate].message_ids, ElementsAre("M1"));
  EXPECT_TRUE(quality.findings_by_code[FindingCode::kCountDiffers].fields.empty());
}

TEST(Quality, CountsWhatWasKeptAside) {
  CarrierQuality quality;
  quality.Add(Aside(QuarantineCode::kNotJson, 0));
  quality.Add(Aside(QuarantineCode::kTruncated, 12));
  quality.Add(Aside(QuarantineCode::kNoIdentity, 1));
  quality.Add(Aside(QuarantineCode::kNotAtBorder, 100));
  QuarantineEntry closed = Aside(QuarantineCode::kNotJson, 0);
  closed.closing = QuarantineClosing{};
  quality.Add(closed);
  EXPECT_EQ(quality.messages_quarantined, 3u);
  EXPECT_EQ(quality.travellers_quarantined, 13u);
  EXPECT_EQ(quality.quarantine_open, 3u);
  EXPECT_EQ(quality.not_screened, 1u);
  EXPECT_EQ(quality.quarantined_by_code[QuarantineCode::kNotJson].count, 2u);
}

// A sender that errs in every field cannot fill memory.
TEST(Quality, ExamplesAreFew) {
  CarrierQuality quality;
  for (int i = 0; i < 1'000; ++i) {
    Message message = Sent("M" + std::to_string(i), MessageKind::kCheckIn, 0, 0);
    message.findings = {{"", "field_" + std::to_string(i), FindingCode::kUnknownField, ""}};
    quality.Add(message);
  }
  const QualityCount& count = quality.findings_by_code[FindingCode::kUnknownField];
  EXPECT_EQ(count.count, 1'000u);
  EXPECT_EQ(count.fields.size(), 20u);
  EXPECT_THAT(count.message_ids, ElementsAre("M0", "M1", "M2"));
}

TEST(PerMille, IsRoundedDownAndNeverOverAThousand) {
  EXPECT_EQ(PerMille(0, 0), 0u);
  EXPECT_EQ(PerMille(5, 0), 0u);
  EXPECT_EQ(PerMille(1, 3), 333u);
  EXPECT_EQ(PerMille(2, 3), 666u);
  EXPECT_EQ(PerMille(4, 3), 1'000u);
}

}  // namespace
}  // namespace landfall
