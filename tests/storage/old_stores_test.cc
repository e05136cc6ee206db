// Stores made by earlier programs are opened, read to the last record, and gone on with. Each schema has a fixture in
// testdata/, made once by testdata/make-store, and beside it what must be read in it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "model/fact_table.h"
#include "storage/fact_codec.h"
#include "storage/values.h"
#include "tests/storage/temp_store.h"

namespace landfall {
namespace {

const std::string kFixtures = LANDFALL_SOURCE_DIR "/tests/storage/testdata/store-v";

// A copy that a test may write to.
void CopyFixture(int schema, const TempStore& store) {
  std::filesystem::copy(kFixtures + std::to_string(schema), store.directory(), std::filesystem::copy_options::recursive);
}

std::string FlightLines(const Database& database, const FlightKey& flight) {
  std::string text = "flight " + ToString(flight) + "\n";
  const std::vector<Database::StoredMessage> messages = database.MessagesOf(flight).value();
  for (const Database::StoredMessage& stored : messages) {
    const Message& message = stored.message;
    const auto seen = database.FindSeen(message.sender, message.message_id).value();
    text += "  message " + std::to_string(stored.sequence) + " " + message.message_id + (stored.is_link ? " link" : "") +
            (seen && seen->content == ContentHash(message) && seen->flight == flight ? " seen" : " not seen") + ":";
    for (const Traveller& traveller : message.travellers) text += " " + traveller.surname + " " + traveller.given_names + ",";
    text += "\n";
  }
  const auto flag = database.FindFlag(flight).value();
  EXPECT_TRUE(flag.has_value());
  if (flag) {
    text += "  flag " + flag->id + " " + std::string(ToText(flag->suggested)) + " " + std::to_string(flag->points) + " points";
    for (const Hit& hit : flag->hits) text += " " + hit.rule;
    text += "\n";
  }
  FactTable facts;
  const absl::Status decoded = DecodeFacts(database.FindFacts(flight).value().value_or(""), facts);
  EXPECT_TRUE(decoded.ok()) << decoded;
  return text + "  facts of " + std::to_string(facts.rows()) + "\n";
}

// Every record that is in it, in words that do not change when a field is added.
std::string Tell(const Database& database) {
  std::string text = "last " + std::to_string(database.last_sequence()) + "\n";
  for (const char* rows : {"messages", "links", "seen", "flags", "facts", "quarantine", "reference"}) {
    text += std::string(rows) + " " + std::to_string(database.CountRows(rows).value()) + "\n";
  }
  const std::vector<FlightKey> flights = database.FlightsBetween(Date{0}, Date{100000}).value();
  for (const FlightKey& flight : flights) text += FlightLines(database, flight);
  EXPECT_TRUE(database
                  .ForEachQuarantined([&text](const QuarantinedRecord& record, std::string_view raw) {
                    text += "quarantined " + record.position.file + " line " + std::to_string(record.position.line) + " " +
                            std::string(ToText(record.code)) + ", " + std::to_string(raw.size()) + " bytes\n";
                    return absl::OkStatus();
                  })
                  .ok());
  for (std::size_t kind = 0; kind < std::size(EnumText<ReferenceKind>::kWords); ++kind) {
    EXPECT_TRUE(database
                    .ForEachReference(static_cast<ReferenceKind>(kind),
                                      [&](std::string_view json) {
                                        text += std::string(EnumText<ReferenceKind>::kWords[kind]) + " " +
                                                std::string(json) + "\n";
                                        return absl::OkStatus();
                                      })
                    .ok());
  }
  return text;
}

class OldStoresTest : public testing::TestWithParam<int> {};

TEST_P(OldStoresTest, EveryRecordIsReadAndTheStoreGoesOn) {
  TempStore store;
  CopyFixture(GetParam(), store);
  const std::string expected = ReadBytes(kFixtures + std::to_string(GetParam()) + ".txt");
  std::uint64_t last = 0;
  for (int round = 0; round < 2; ++round) {  // The second after the first moved its log into tables.
    const std::unique_ptr<Database> database = store.MustOpen();
    ASSERT_NE(database, nullptr);
    EXPECT_EQ(Tell(*database), expected);
    EXPECT_TRUE(database->VerifyChecksums().ok());
    // The families of schema 2: empty in a store of before.
    EXPECT_EQ(database->CountRows("assessments").value() > 0, GetParam() >= 2);
    EXPECT_EQ(database->CountRows("people").value() > 0, GetParam() >= 2);
    EXPECT_EQ(database->LatestSnapshot().value().number, GetParam() >= 2 ? 1u : 0u);
    last = database->last_sequence();
  }
  const std::unique_ptr<Database> database = store.MustOpen();
  StoreBatch batch;
  PutTypical(batch, 1, last + 1);
  EXPECT_TRUE(database->Commit(batch).ok());
  EXPECT_EQ(database->CountRows("messages").value(), last + 1);
}

INSTANTIATE_TEST_SUITE_P(Schemas, OldStoresTest, testing::Range(1, kStoreSchema + 1),
                         [](const auto& test) { return "V" + std::to_string(test.param); });

}  // namespace
}  // namespace landfall
