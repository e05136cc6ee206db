// The sample day against its truth: what was planted is flagged by the rules it was planted for, what looks like it and is
// not stays silent, and ordinary flights have no hit at all.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <simdjson.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/run_command.h"

namespace landfall {
namespace {

using testing_support::CommandResult;
using testing_support::RunLandfall;
using testing_support::TemporaryFolder;

constexpr const char* kDay = LANDFALL_SOURCE_DIR "/samples/day/";

std::set<std::string> Texts(simdjson::dom::element list) {
  std::set<std::string> texts;
  const simdjson::dom::array items = list;  // Held: a range over a temporary result would dangle.
  for (const simdjson::dom::element item : items) texts.emplace(std::string_view(item));
  return texts;
}

struct FoundHit {
  std::string rule;
  std::set<std::string> travellers;
};
using HitsByFlight = std::map<std::string, std::vector<FoundHit>>;

// Imports and screens the day with the real program.
HitsByFlight ScreenDay(const TemporaryFolder& folder) {
  const std::string data = folder.Path("data");
  for (const char* kind : {"vignettes", "watchlist", "sponsors", "schedule", "groups", "institutions", "addresses",
                           "checks", "consents", "care_register", "campaigns"}) {
    EXPECT_EQ(RunLandfall({"import", kind, std::string(kDay) + kind + ".ndjson", "--data", data}).exit_code, 0) << kind;
  }
  std::vector<std::string> arguments = {"screen", "--data", data, "--config", LANDFALL_SOURCE_DIR "/samples/landfall.toml",
                                        "--format", "ndjson"};
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(kDay) + "messages")) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  arguments.insert(arguments.end(), files.begin(), files.end());
  const CommandResult result = RunLandfall(arguments);
  EXPECT_EQ(result.exit_code, 0) << result.err;
  HitsByFlight hits;
  simdjson::dom::parser parser;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    const simdjson::dom::element flag = parser.parse(line);
    const std::string flight = std::string(flag["flight"].get_string().value()) + " " +
                               std::string(flag["departs_on"].get_string().value()) + " " +
                               std::string(flag["from"].get_string().value()) + " " +
                               std::string(flag["to"].get_string().value());
    const simdjson::dom::array of_flight = flag["hits"];
    for (const simdjson::dom::element hit : of_flight) {
      hits[flight].push_back({std::string(hit["rule"].get_string().value()), Texts(hit["travellers"].value())});
    }
  }
  return hits;
}

bool Intersect(const std::set<std::string>& a, const std::set<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) { return b.contains(one); });
}

TEST(SampleDay, IsFlaggedAsItsTruthSays) {
  const TemporaryFolder folder;
  const HitsByFlight hits = ScreenDay(folder);
  std::map<std::string, std::set<std::string>> planted;  // Everybody of a planted party, by flight.
  std::set<std::string> rules_seen;
  int scenarios = 0;
  std::ifstream in(std::string(kDay) + "truth.ndjson");
  simdjson::dom::parser parser;
  std::vector<std::string> ordinary;
  for (std::string line; std::getline(in, line);) {
    const simdjson::dom::element truth = parser.parse(line);
    if (truth["ordinary_flights"].error() == simdjson::SUCCESS) {
      const std::set<std::string> flights = Texts(truth["ordinary_flights"].value());
      ordinary.assign(flights.begin(), flights.end());
      continue;
    }
    ++scenarios;
    SCOPED_TRACE(line);
    const std::string flight(truth["flight"].get_string().value());
    const std::set<std::string> travellers = Texts(truth["travellers"].value());
    planted[flight].merge(Texts(truth["party"].value()));
    std::set<std::string> fired;
    const auto of_flight = hits.find(flight);
    if (of_flight != hits.end()) {
      for (const FoundHit& hit : of_flight->second) {
        if (Intersect(hit.travellers, travellers)) fired.insert(hit.rule);
      }
    }
    for (const std::string& rule : Texts(truth["rules"].value())) {
      EXPECT_TRUE(fired.contains(rule)) << rule << " must fire";
      rules_seen.insert(rule);
    }
    for (const std::string& rule : Texts(truth["not_rules"].value())) {
      EXPECT_FALSE(fired.contains(rule)) << rule << " must not fire";
    }
  }
  EXPECT_GE(scenarios, 80);
  EXPECT_GE(rules_seen.size(), 20u);
  EXPECT_GE(ordinary.size(), 40u);
  for (const std::string& flight : ordinary) EXPECT_FALSE(hits.contains(flight)) << flight << " is an ordinary flight";
  for (const auto& [flight, of_flight] : hits) {
    for (const FoundHit& hit : of_flight) {
      EXPECT_TRUE(Intersect(hit.travellers, planted[flight])) << hit.rule << " hit a bystander on " << flight;
    }
  }
}

}  // namespace
}  // namespace landfall
