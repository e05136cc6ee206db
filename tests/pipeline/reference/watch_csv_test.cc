#include "pipeline/reference/watch_csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Each row as its fields joined by ~, or "!" and what is wrong.
std::vector<std::string> Rows(std::string_view text) {
  CsvReader reader(text);
  CsvReader::Row row;
  std::vector<std::string> rows;
  while (reader.Next(row)) {
    std::string joined = row.problem.empty() ? "" : "!";
    for (std::size_t i = 0; i < row.fields.size(); ++i) joined += (i ? "~" : "") + row.fields[i];
    rows.push_back(joined);
  }
  return rows;
}

struct CsvCase {
  const char* label;
  std::string text;
  std::vector<std::string> rows;
};

class CsvReaderTest : public testing::TestWithParam<CsvCase> {};
TEST_P(CsvReaderTest, Splits) { EXPECT_EQ(Rows(GetParam().text), GetParam().rows); }

INSTANTIATE_TEST_SUITE_P(Rfc4180, CsvReaderTest, testing::Values(
    CsvCase{"Empty", "", {}}, CsvCase{"BlankLines", "\n\r\n\n", {}}, CsvCase{"Plain", "a,b,c\nd,e,f\n", {"a~b~c", "d~e~f"}},
    CsvCase{"NoLineEndAtTheEnd", "a,b", {"a~b"}}, CsvCase{"CrLf", "a,b\r\nc,d\r\n", {"a~b", "c~d"}},
    CsvCase{"CrAlone", "a,b\rc,d", {"a~b", "c~d"}},
    CsvCase{"EmptyFields", ",,\n", {"~~"}}, CsvCase{"QuotedComma", "\"a,b\",c\n", {"a,b~c"}},
    CsvCase{"QuotedQuote", "\"a\"\"b\",c\n", {"a\"b~c"}}, CsvCase{"QuotedLineEnd", "\"a\nb\",c\n", {"a\nb~c"}},
    CsvCase{"QuotedEmpty", "\"\",c\n", {"~c"}}, CsvCase{"QuoteInsideAField", "a\"b,c\n", {"a\"b~c"}},
    CsvCase{"ByteOrderMark", "\xEF\xBB\xBF""a,b\n", {"a~b"}}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(Broken, CsvReaderTest, testing::Values(
    CsvCase{"OpenQuoteCostsItsLine", "a,b\n\"c,d\ne,f\n", {"a~b", "!", "e~f"}},
    CsvCase{"OpenQuoteInTheLastLine", "a,b\n\"c", {"a~b", "!"}},
    CsvCase{"TextBehindTheQuote", "\"a\"b,c\nd,e\n", {"!", "d~e"}},
    CsvCase{"OpenQuoteBeforeAGoodOne", "\"a,b\nc,d\n\"e,f\",g\n", {"!", "c~d", "e,f~g"}},
    CsvCase{"LoneQuote", "\"", {"!"}}, CsvCase{"QuotesAcrossLines", "\"a\nb\nc", {"!", "b", "c"}}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(CsvReaderTest, TellsWhereARowBegins) {
  const std::string text = "h,i\n\"a\nb\",c\n\n\"open\nd,e\n";
  CsvReader reader(text);
  CsvReader::Row row;
  std::vector<std::string> places;
  while (reader.Next(row)) {
    places.push_back(std::to_string(row.line) + "@" + std::to_string(row.offset));
    EXPECT_EQ(text.substr(row.offset, row.raw.size()), row.raw);
  }
  EXPECT_THAT(places, ElementsAre("1@0", "2@4", "5@13", "6@19"));
}

// Whatever the bytes, reading ends, and every byte that is no line end is in one row.
TEST(CsvReaderTest, AnyBytesEnd) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  constexpr std::string_view kBytes = "ab,\"\"\n\r,\"";
  for (int i = 0; i < 3'000; ++i) {
    std::string text(random() % 60, ' ');
    for (char& c : text) c = kBytes[random() % kBytes.size()];
    CsvReader reader(text);
    CsvReader::Row row;
    std::size_t at = 0, line = 0;
    while (reader.Next(row)) {
      ASSERT_GE(row.offset, at) << text;
      ASSERT_GT(row.line, line) << text;
      EXPECT_EQ(text.substr(at, row.offset - at).find_first_not_of("\r\n"), std::string::npos) << text;
      at = row.offset + row.raw.size();
      line = row.line;
    }
    EXPECT_EQ(text.substr(at).find_first_not_of("\r\n"), std::string::npos) << text;
  }
}

constexpr const char* kHeader = "id,name,aliases,weak_aliases,dob,nationality,passport,gender,program\n";

std::vector<std::string> Json(const std::string& text) {
  WatchCsvReader reader(text);
  WatchCsvReader::Record record;
  std::vector<std::string> all;
  while (reader.Next(record)) all.push_back(record.problem.empty() ? record.json : "!" + record.problem);
  return all;
}

struct JsonCase {
  const char* label;
  std::string line;
  std::string json;
};

class WatchCsvTest : public testing::TestWithParam<JsonCase> {};
TEST_P(WatchCsvTest, BecomesARecord) { EXPECT_THAT(Json(kHeader + GetParam().line), ElementsAre(GetParam().json)); }

constexpr const char* kBegin = R"({"entry":"L-1","kind":"person_of_concern",)";

INSTANTIATE_TEST_SUITE_P(Values, WatchCsvTest, testing::Values(
    JsonCase{"SurnameFirst", R"(L-1,"QUILL, Tamsin Orla",,,,,,,)", std::string(kBegin) + R"("names":[{"surname":"QUILL","given_names":"Tamsin Orla"}]})"},
    JsonCase{"NaturalOrder", R"(L-1,Tamsin Quill,,,,,,,)", std::string(kBegin) + R"("names":[{"surname":"Tamsin Quill"}]})"},
    JsonCase{"Aliases", R"(L-1,Quill,"MARSH, Orla|Dee| ",Heron,,,,,)",
             std::string(kBegin) + R"("names":[{"surname":"Quill"},{"surname":"MARSH","given_names":"Orla"},{"surname":"Dee"},{"surname":"Heron"}]})"},
    JsonCase{"Dates", R"(L-1,Quill,,,1960-05-06|1961-07-00|1962-00-00,,,,)",
             std::string(kBegin) + R"("names":[{"surname":"Quill"}],"dates_of_birth":["1960-05-06","1961-07","1962"]})"},
    JsonCase{"CircaAndRange", R"(L-1,Quill,,,~1960-00-00|1961..1963|~1965-02-03,,,,)",
             std::string(kBegin) + R"("names":[{"surname":"Quill"}],"dates_of_birth":[{"from":"1960","to":"1960","circa":true},{"from":"1961","to":"1963"},{"from":"1965-02-03","to":"1965-02-03","circa":true}]})"},
    JsonCase{"Countries", R"(L-1,Quill,,,,France|Atlantis,A1@Germany|B2@Atlantis|C3,F,PROG)",
             std::string(kBegin) + R"("reason":"PROG","names":[{"surname":"Quill"}],"sex":"F","nationalities":["FRA","Atlantis"],"documents":[{"number":"A1","issuer":"DEU"},{"number":"B2","issuer":"Atlantis"},{"number":"C3"}]})"},
    JsonCase{"CountryWithComma", R"(L-1,Quill,,,,"Korea, North",,,)",
             std::string(kBegin) + R"("names":[{"surname":"Quill"}],"nationalities":["PRK"]})"},
    JsonCase{"QuotesEscaped", R"(L-1,"Quill ""Heron""",,,,,,,)", std::string(kBegin) + R"("names":[{"surname":"Quill \"Heron\""}]})"}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(WatchCsvTest, ColumnsMayStandInAnyOrder) {
  EXPECT_THAT(Json("name,more,id\nQuill,x,L-1\n"), ElementsAre(std::string(kBegin) + R"("names":[{"surname":"Quill"}]})"));
}

TEST(WatchCsvTest, BrokenRowsCostThemselvesOnly) {
  const std::vector<std::string> all = Json(std::string(kHeader) + "L-1,Quill\nL-2,Quill,,,,,,,\nL-3,Quill,,,,,,,,,,\n");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_THAT(all[0], HasSubstr("2 fields where the header has 9"));
  EXPECT_THAT(all[1], HasSubstr("L-2"));
  EXPECT_THAT(all[2], HasSubstr("12 fields"));
}

TEST(WatchCsvTest, HeaderWithoutIdIsOneProblem) {
  EXPECT_THAT(Json("name,dob\nQuill,1960-01-02\n"), ElementsAre(HasSubstr("the header lacks")));
  EXPECT_THAT(Json(""), IsEmpty());
  EXPECT_THAT(Json(kHeader), IsEmpty());
}

TEST(LooksLikeCsvTest, GoesByTheHeader) {
  EXPECT_TRUE(LooksLikeCsv(kHeader));
  EXPECT_TRUE(LooksLikeCsv("\xEF\xBB\xBFid,name\n"));
  EXPECT_TRUE(LooksLikeCsv("\"id\",\"name\"\r\n"));
  EXPECT_FALSE(LooksLikeCsv(R"({"entry":"id,name"})"));
  EXPECT_FALSE(LooksLikeCsv("\n\n  {\"entry\":1}"));
  EXPECT_FALSE(LooksLikeCsv(""));
  EXPECT_FALSE(LooksLikeCsv("W-1,Quill\n"));
}

}  // namespace
}  // namespace landfall
