#include "pipeline/reference/import.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>
#include <random>
#include <string>
#include <vector>

#include "pipeline/reference/load.h"
#include "tests/support/run_command.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using K = ReferenceKind;

class ImportTest : public testing::Test {
 protected:
  ImportTest() { Reopen(); }

  void Reopen() {
    database_.reset();
    DatabaseOptions options;
    options.directory = folder_.Path("store");
    auto database = Database::Open(options);
    ASSERT_TRUE(database.ok()) << database.status();
    database_ = *std::move(database);
  }

  ImportOptions Options(K kind) {
    refused_.clear();
    ImportOptions options;
    options.kind = kind;
    options.file = "records";
    options.today = MakeDate(2026, 11, 22);
    options.on_quarantined = [this](const QuarantinedRecord& record) {
      refused_.push_back(std::to_string(record.position.line) + "@" + std::to_string(record.position.offset) + " " +
                         std::string(ToText(record.code)));
      EXPECT_EQ(record.position.file, "records");
      EXPECT_FALSE(record.reason.empty());
    };
    return options;
  }

  // Checks the balance on the way.
  ImportSummary Import(K kind, std::string_view bytes) {
    const auto summary = ImportRecords(Options(kind), bytes, *database_);
    EXPECT_TRUE(summary.ok()) << summary.status();
    if (!summary.ok()) return {};
    EXPECT_EQ(summary->read, summary->stored + summary->quarantined);
    EXPECT_EQ(summary->quarantined, refused_.size());
    return *summary;
  }

  ImportSummary ImportFile(K kind, const std::string& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY);
    const auto summary = ImportRecords(Options(kind), descriptor, *database_);
    ::close(descriptor);
    EXPECT_TRUE(summary.ok()) << summary.status();
    return summary.ok() ? *summary : ImportSummary{};
  }

  std::shared_ptr<const ReferenceSnapshot> Load() {
    const auto snapshot = LoadReferences(*database_);
    EXPECT_TRUE(snapshot.ok()) << snapshot.status();
    return *snapshot;
  }

  testing_support::TemporaryFolder folder_;
  std::unique_ptr<Database> database_;
  std::vector<std::string> refused_;
};

constexpr const char* kThree = R"({"vignette":"V1","post":"LOS"}
{"vignette":"V2"}
{"vignette":"V3","colour":"red"}
)";

TEST_F(ImportTest, StoresAndLoads) {
  const ImportSummary summary = Import(K::kVignettes, kThree);
  EXPECT_EQ(summary.read, 3u);
  EXPECT_EQ(summary.stored, 3u);
  EXPECT_EQ(summary.findings, 1u);
  EXPECT_EQ(summary.findings_by_code[static_cast<std::size_t>(FindingCode::kUnknownField)], 1u);
  Reopen();
  EXPECT_EQ(Load()->Count(K::kVignettes), 3u);
}

TEST_F(ImportTest, TwiceIsOnce) {
  Import(K::kVignettes, kThree);
  const std::string version(Load()->version());
  Import(K::kVignettes, kThree);
  EXPECT_EQ(*database_->CountRows("reference"), 3u);
  EXPECT_EQ(Load()->version(), version);
}

TEST_F(ImportTest, TheSameIdReplaces) {
  const ImportSummary summary = Import(K::kGroups, "{\"group\":\"G-1\",\"name\":\"a\"}\n{\"group\":\"G-1\",\"name\":\"b\"}\n");
  EXPECT_EQ(summary.stored, 2u);
  EXPECT_EQ(summary.replaced, 1u);
  EXPECT_EQ(*database_->CountRows("reference"), 1u);
  Traveller nobody;
  EXPECT_NE(Load()->FindGroup("", "b", nobody, "ZZ1", Date{}), nullptr);
  EXPECT_EQ(Load()->FindGroup("", "a", nobody, "ZZ1", Date{}), nullptr);
}

TEST_F(ImportTest, BadRecordsAreKeptAsideWithTheirPlace) {
  const std::string text = "{\"vignette\":\"V1\"}\n\n  nonsense\r\n[1]\n{\"post\":\"LOS\"}\n{\"vignette\":\"V2\"}";
  const ImportSummary summary = Import(K::kVignettes, text);
  EXPECT_EQ(summary.read, 5u) << "a blank line is not read";
  EXPECT_THAT(refused_, ElementsAre("3@21 not_json", "4@31 not_object", "5@35 bad_record"));
  std::vector<std::string> raw;
  EXPECT_TRUE(database_->ForEachQuarantined([&](const QuarantinedRecord&, std::string_view bytes) {
    raw.emplace_back(bytes);
    return absl::OkStatus();
  }).ok());
  EXPECT_THAT(raw, testing::UnorderedElementsAre("nonsense", "[1]", "{\"post\":\"LOS\"}"));
  EXPECT_EQ(Load()->Count(K::kVignettes), 2u);
}

TEST_F(ImportTest, AChildIsNeverLoadedAsOfConcern) {
  Import(K::kWatchlist, R"({"entry":"W-1","kind":"person_of_concern","names":[{"surname":"QUILL"}],"dates_of_birth":["2009"]})");
  EXPECT_THAT(refused_, ElementsAre("1@0 child_as_concern"));
  EXPECT_FALSE(Load()->IsLoaded(K::kWatchlist));
}

TEST_F(ImportTest, WatchListAsCsv) {
  const std::string text =
      "id,name,aliases,weak_aliases,dob,nationality,passport,gender,program\n"
      "L-1,\"QUILL, Tamsin\",,,1960-05-06,Atlantis,A1@Germany,F,P\n"
      "L-2,\"QUILL\n"
      "L-3,Marsh\n"
      "L-4,\"Dee\nOrla\",,,2012-01-01,,,,\n"
      "L-5,Heron,,,,,,,\n";
  const ImportSummary summary = Import(K::kWatchlist, text);
  EXPECT_EQ(summary.read, 5u);
  EXPECT_EQ(summary.stored, 2u);
  EXPECT_THAT(refused_, testing::Contains(HasSubstr("child_as_concern")));
  EXPECT_EQ(summary.findings_by_code[static_cast<std::size_t>(FindingCode::kUnknownCountryName)], 1u);
  WatchQuery query;
  query.surname = "QUILL";
  query.given_names = "TAMSIN";
  query.date_of_birth = ParsePartialDate("1960-05-06");
  const auto snapshot = Load();
  ASSERT_EQ(snapshot->watch().Find(query).size(), 1u);
  EXPECT_GE(snapshot->watch().Find(query).front().score, 40);
}

TEST_F(ImportTest, CsvIsForWatchListsOnly) {
  Import(K::kVignettes, "id,name\nL-1,Quill\n");
  EXPECT_THAT(refused_, ElementsAre("1@0 not_json", "2@8 not_json"));
}

TEST_F(ImportTest, NothingIsNoTrouble) {
  for (const char* text : {"", "\n", " \n\r\n\t\n"}) {
    EXPECT_EQ(Import(K::kVignettes, text).read, 0u);
    EXPECT_EQ(Import(K::kWatchlist, text).read, 0u);
  }
  EXPECT_FALSE(Load()->IsLoaded(K::kVignettes));
}

TEST_F(ImportTest, BinaryIsKeptAside) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 20; ++i) {
    std::string bytes(random() % 5'000, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    for (const K kind : {K::kVignettes, K::kWatchlist}) EXPECT_EQ(Import(kind, bytes).stored, 0u);
  }
}

// The same records by descriptor, in pieces, and whole: the same counts and places.
TEST_F(ImportTest, LinesAcrossPiecesOfTheFile) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::string text;
  for (int i = 0; text.size() < 6'000'000; ++i) {
    const int what = static_cast<int>(random() % 20);
    if (what == 0) text += "broken";
    else if (what == 1) text += "  ";
    else text += "{\"vignette\":\"V" + std::to_string(i) + "\",\"post\":\"" + std::string(random() % 3'000, 'x') + "\"}";
    text += random() % 2 ? "\n" : "\r\n";
    if (i == 200) text += "{\"vignette\":\"VX\",\"post\":\"" + std::string((4u << 20) + 10, 'x') + "\"}\n";
  }
  const ImportSummary whole = Import(K::kVignettes, text);
  const std::vector<std::string> refused = refused_;
  EXPECT_THAT(refused, testing::Contains(HasSubstr("line_too_long")));
  const ImportSummary pieces = ImportFile(K::kVignettes, folder_.Write("v.ndjson", text));
  EXPECT_EQ(pieces.read, whole.read);
  EXPECT_EQ(pieces.stored, whole.stored);
  EXPECT_EQ(refused_, refused);
}

TEST_F(ImportTest, LongCsvByDescriptor) {
  std::string text = "id,name\n";
  for (int i = 0; i < 60'000; ++i) text += "L-" + std::to_string(i) + ",\"QUILL,\nTamsin\"\n";
  EXPECT_EQ(ImportFile(K::kWatchlist, folder_.Write("l.csv", text)).stored, 60'000u);
  EXPECT_EQ(Load()->Count(K::kWatchlist), 60'000u);
}

TEST_F(ImportTest, ADirectoryCannotBeRead) {
  const int descriptor = ::open(folder_.Path("").c_str(), O_RDONLY);
  EXPECT_EQ(ImportRecords(Options(K::kVignettes), descriptor, *database_).status().code(), absl::StatusCode::kInvalidArgument);
  ::close(descriptor);
}

TEST_F(ImportTest, EveryKindComesBack) {
  Import(K::kVignettes, kThree);
  Import(K::kBorderEvents, R"({"event":"E-1","kind":"exit","at":"2026-11-22T06:40:00Z","person":{"surname":"QUILL"}})");
  Import(K::kCampaigns, R"({"campaign":"OP-1","ports":["LHR"]})");
  const auto snapshot = Load();
  for (std::size_t i = 0; i < std::size(EnumText<K>::kWords); ++i) {
    const K kind = static_cast<K>(i);
    const bool loaded = kind == K::kVignettes || kind == K::kBorderEvents || kind == K::kCampaigns;
    EXPECT_EQ(snapshot->IsLoaded(kind), loaded) << ToText(kind);
  }
}

}  // namespace
}  // namespace landfall
