#include "pipeline/places/places.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "absl/time/civil_time.h"

namespace landfall {

// The committed tables, compiled in.
std::string_view AirportsCsv();
std::string_view CarriersCsv();
std::string_view CountryNamesCsv();

namespace {

// The lines of a table without its comments, cut at commas.
std::vector<std::vector<std::string>> Rows(std::string_view csv) {
  std::vector<std::vector<std::string>> rows;
  for (std::size_t at = 0; at < csv.size();) {
    const std::size_t end = std::min(csv.find('\n', at), csv.size());
    const std::string_view line = csv.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line.front() == '#') continue;
    rows.push_back({""});
    for (const char c : line) {
      if (c == ',') rows.back().emplace_back();
      else rows.back().back() += c;
    }
  }
  return rows;
}

TEST(Airports, EveryRowLoadsWithItsZoneAndCountry) {
  const auto rows = Rows(AirportsCsv());
  EXPECT_GT(rows.size(), 5'000u);
  std::set<std::string> codes;
  for (const auto& row : rows) {
    ASSERT_EQ(row.size(), 4u) << row[0];
    EXPECT_TRUE(codes.insert(row[0]).second) << row[0] << " comes twice";
    const Airport* const airport = FindAirport(row[0]);
    ASSERT_NE(airport, nullptr) << row[0];
    EXPECT_EQ(airport->iata.view(), row[0]);
    EXPECT_EQ(airport->country.view().size(), 3u) << row[0] << " " << row[2];
    absl::TimeZone zone;
    EXPECT_TRUE(absl::LoadTimeZone(row[3], &zone)) << row[0] << " " << row[3];
    EXPECT_EQ(airport->zone.name(), row[3]) << row[0];
  }
}

struct AirportCase {
  const char* code;
  const char* iata;
  const char* country;
  const char* zone;
};
TEST(Airports, KnownOnes) {
  const AirportCase cases[] = {{"LHR", "LHR", "GBR", "Europe/London"},  {"EGLL", "LHR", "GBR", "Europe/London"},
                               {"lhr", "LHR", "GBR", "Europe/London"},  {"LOS", "LOS", "NGA", "Africa/Lagos"},
                               {"JFK", "JFK", "USA", "America/New_York"}, {"SYD", "SYD", "AUS", "Australia/Sydney"},
                               {"DEL", "DEL", "IND", "Asia/Kolkata"},   {"KTM", "KTM", "NPL", "Asia/Kathmandu"},
                               {"VIE", "VIE", "AUT", "Europe/Vienna"},  {"HAN", "HAN", "VNM", nullptr},
                               {"PRN", "PRN", "RKS", nullptr},          // Kosovo: XK in the package.
                               {"KKM", "KKM", "THA", "Asia/Bangkok"},   // Its zone is corrected.
                               {"QQA", "QQA", nullptr, nullptr}};       // Looks fictional, and is not.
  for (const AirportCase& row : cases) {
    const Airport* const airport = FindAirport(row.code);
    ASSERT_NE(airport, nullptr) << row.code;
    EXPECT_EQ(airport->iata.view(), row.iata);
    if (row.country != nullptr) { EXPECT_EQ(airport->country.view(), row.country) << row.code; }
    if (row.zone != nullptr) { EXPECT_EQ(airport->zone.name(), row.zone) << row.code; }
    EXPECT_EQ(FindAirport(row.code), airport) << "the pointer stays";
  }
}

TEST(Airports, UnknownOnesAreNone) {
  for (const char* const code : {"", "L", "LH", "QXQ", "ZZZZ", "EGLLX", "L R", "\xff\xff\xff", "XXX"}) {
    EXPECT_EQ(FindAirport(code), nullptr) << code;
  }
  EXPECT_EQ(ZoneOf(AirportCode("QXQ")), absl::UTCTimeZone());
  EXPECT_EQ(ZoneOf(AirportCode()), absl::UTCTimeZone());
  EXPECT_EQ(ZoneOf(AirportCode("LHR")).name(), "Europe/London");
}

TEST(Airports, ManyThreadsFindTheSame) {
  const auto rows = Rows(AirportsCsv());
  std::vector<std::vector<const Airport*>> found(4);
  std::vector<std::thread> threads;
  for (auto& mine : found) {
    threads.emplace_back([&rows, &mine] {
      for (std::size_t i = 0; i < rows.size(); i += 7) mine.push_back(FindAirport(rows[i][0]));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& mine : found) EXPECT_EQ(mine, found[0]);
}

// Local times. Sources: the tz database; clocks change at 01:00 UTC in Europe, at 02:00 local in the United States.
struct LocalCase {
  const char* name;
  const char* airport;
  CivilDay day;
  int hour, minute;
  const char* instant;
  bool repeated = false, skipped = false;
};
class LocalTimes : public testing::TestWithParam<LocalCase> {};
TEST_P(LocalTimes, BecomeInstants) {
  const LocalCase& row = GetParam();
  const LocalTimeResult result = FromLocal(row.day, row.hour, row.minute, 0, ZoneOf(AirportCode(row.airport)));
  EXPECT_EQ(ToString(result.instant), row.instant);
  EXPECT_EQ(result.repeated, row.repeated);
  EXPECT_EQ(result.skipped, row.skipped);
}
INSTANTIATE_TEST_SUITE_P(
    Tz, LocalTimes,
    testing::Values(LocalCase{"Winter", "LHR", {2026, 11, 22}, 6, 40, "2026-11-22T06:40:00Z"},
                    LocalCase{"Summer", "LHR", {2026, 7, 1}, 6, 40, "2026-07-01T05:40:00Z"},
                    LocalCase{"LagosHasNoSummerTime", "LOS", {2026, 7, 1}, 0, 10, "2026-06-30T23:10:00Z"},
                    LocalCase{"BeforeTheRepeatedHour", "LHR", {2026, 10, 25}, 0, 59, "2026-10-24T23:59:00Z"},
                    LocalCase{"RepeatedHourMeansTheFirst", "LHR", {2026, 10, 25}, 1, 30, "2026-10-25T00:30:00Z", true},
                    LocalCase{"AfterTheRepeatedHour", "LHR", {2026, 10, 25}, 2, 0, "2026-10-25T02:00:00Z"},
                    LocalCase{"BeforeTheSkippedHour", "LHR", {2026, 3, 29}, 0, 59, "2026-03-29T00:59:00Z"},
                    LocalCase{"SkippedHourGoesForward", "LHR", {2026, 3, 29}, 1, 30, "2026-03-29T01:30:00Z", false, true},
                    LocalCase{"AfterTheSkippedHour", "LHR", {2026, 3, 29}, 2, 0, "2026-03-29T01:00:00Z"},
                    LocalCase{"RepeatedInNewYork", "JFK", {2026, 11, 1}, 1, 15, "2026-11-01T05:15:00Z", true},
                    LocalCase{"SkippedInNewYork", "JFK", {2026, 3, 8}, 2, 15, "2026-03-08T07:15:00Z", false, true},
                    LocalCase{"HalfHourChangeOfLordHowe", "LDH", {2026, 4, 5}, 1, 45, "2026-04-04T14:45:00Z", true},
                    LocalCase{"QuarterHourZone", "KTM", {2026, 11, 22}, 6, 0, "2026-11-22T00:15:00Z"},
                    LocalCase{"BehindTheDateLine", "HNL", {2026, 11, 22}, 5, 20, "2026-11-22T15:20:00Z"}),
    [](const auto& test) { return test.param.name; });

TEST(LocalTimesBack, DateAndHourAreThoseAtTheAirport) {
  const Instant late = FromLocal({2026, 7, 1}, 0, 10, 0, ZoneOf(AirportCode("LHR"))).instant;
  EXPECT_EQ(LocalDate(late, ZoneOf(AirportCode("LHR"))), MakeDate(2026, 7, 1));
  EXPECT_EQ(LocalDate(late, absl::UTCTimeZone()), MakeDate(2026, 6, 30));
  EXPECT_EQ(LocalHour(late, ZoneOf(AirportCode("LHR"))), 0);
  EXPECT_EQ(LocalHour(late, absl::UTCTimeZone()), 23);
}

// Any wall-clock time that is neither repeated nor skipped comes back as it was.
TEST(LocalTimesBack, RandomTimesComeBack) {
  constexpr unsigned kSeed = 99;
  std::mt19937 random(kSeed);
  const auto rows = Rows(AirportsCsv());
  for (int round = 0; round < 20'000; ++round) {
    const absl::TimeZone& zone = ZoneOf(AirportCode(rows[random() % rows.size()][0]));
    const Date date{static_cast<std::int32_t>(10'957 + random() % 18'000)};
    const int hour = static_cast<int>(random() % 24), minute = static_cast<int>(random() % 60);
    const LocalTimeResult result = FromLocal(ToCivil(date), hour, minute, 0, zone);
    if (result.skipped) continue;
    EXPECT_EQ(LocalDate(result.instant, zone), date) << "seed " << kSeed << " round " << round << " " << zone.name();
    EXPECT_EQ(LocalHour(result.instant, zone), hour) << "seed " << kSeed << " round " << round << " " << zone.name();
  }
}

TEST(Carriers, IcaoBecomesIata) {
  EXPECT_EQ(CarrierIata("BAW"), "BA");
  EXPECT_EQ(CarrierIata("baw"), "BA");
  EXPECT_EQ(CarrierIata("ZZW"), "ZZ");
  EXPECT_EQ(CarrierIata("ba"), "BA");
  EXPECT_EQ(CarrierIata("Y9"), "Y9") << "an unknown one of two characters comes back";
  for (const char* const none : {"", "B", "QQQ", "BAWX"}) EXPECT_FALSE(CarrierIata(none)) << none;
}

TEST(Carriers, EachDesignatorOnce) {
  std::set<std::string> iata, icao;
  for (const auto& row : Rows(CarriersCsv())) {
    ASSERT_EQ(row.size(), 2u);
    EXPECT_EQ(row[0].size(), 2u) << row[0];
    EXPECT_EQ(row[1].size(), 3u) << row[1];
    EXPECT_TRUE(iata.insert(row[0]).second) << row[0];
    EXPECT_TRUE(icao.insert(row[1]).second) << row[1];
  }
}

TEST(Countries, CodesInAnyForm) {
  const std::pair<const char*, const char*> cases[] = {{"GBR", "GBR"}, {"gbr", "GBR"}, {"GB", "GBR"}, {"gb", "GBR"}, {"NGA", "NGA"}, {"XXA", "XXA"},
                                                       {"RKS", "RKS"}, {"UNO", "UNO"}, {"GBD", "GBD"}, {"D", "DEU"}};
  for (const auto& [code, meant] : cases) {
    ASSERT_TRUE(FindCountry(code).has_value()) << code;
    EXPECT_EQ(FindCountry(code)->view(), meant);
  }
  for (const char* const none : {"", "ZQZ", "GBRR", "Q", "Q9", "??"}) EXPECT_FALSE(FindCountry(none)) << none;
}

TEST(Countries, NamesAndDemonyms) {
  const std::pair<const char*, const char*> cases[] = {{"Nigeria", "NGA"}, {"nigerian", "NGA"}, {"UNITED KINGDOM", "GBR"}, {"Korea, North", "PRK"},
                                                       {"The Gambia", "GMB"}, {"Cabo Verde", "CPV"}, {"Türkiye", "TUR"}, {"Kosovo", "RKS"}};
  for (const auto& [name, meant] : cases) {
    ASSERT_TRUE(FindCountryByName(name).has_value()) << name;
    EXPECT_EQ(FindCountryByName(name)->view(), meant);
  }
  for (const char* const none : {"", "Atlantis", "possibly Nigerian"}) EXPECT_FALSE(FindCountryByName(none)) << none;
}

TEST(Countries, EveryNameHasACodeThatExists) {
  for (const auto& row : Rows(CountryNamesCsv())) {
    const std::string& code = row.back();
    ASSERT_TRUE(FindCountry(code).has_value()) << row[0];
    EXPECT_EQ(FindCountry(code)->view(), code) << row[0];
  }
}

// Nationalities of the public lists, where they are at hand: all but texts that name no country.
TEST(Countries, PublicListsAreCovered) {
  std::size_t known = 0, unknown = 0;
  for (const char* const file : {"sdn_individuals.csv", "un_individuals.csv"}) {
    std::ifstream in(std::string(LANDFALL_SOURCE_DIR) + "/../shared/data/watchlists/" + file);
    if (!in) GTEST_SKIP() << "the private references are not here";
    // Columns: id, name, aliases, weak_aliases, dob, nationality, ...; a field in quotes may hold commas.
    for (std::string line; std::getline(in, line);) {
      std::vector<std::string> fields = {""};
      bool quoted = false;
      for (const char c : line) {
        if (c == '"') quoted = !quoted;
        else if (c == ',' && !quoted) fields.emplace_back();
        else fields.back() += c;
      }
      if (fields.size() < 6 || fields[0] == "id") continue;
      for (std::size_t at = 0; at < fields[5].size();) {
        const std::size_t end = std::min(fields[5].find('|', at), fields[5].size());
        (FindCountryByName(fields[5].substr(at, end - at)) ? known : unknown) += 1;
        at = end + 1;
      }
    }
  }
  EXPECT_GT(known, 3'000u);
  EXPECT_LT(unknown * 200, known);
}

}  // namespace
}  // namespace landfall
