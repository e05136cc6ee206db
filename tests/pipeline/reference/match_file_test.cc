#include "pipeline/reference/match_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Date kToday = MakeDate(2026, 11, 22);

struct Refusals {
  OnRefused AsCallback() {
    return [this](const QuarantinedRecord& record) {
      all.push_back(std::to_string(record.position.line) + " " + std::string(ToText(record.code)));
    };
  }
  std::vector<std::string> all;
};

TEST(ReadWatchListTest, LastOfEachId) {
  Refusals refusals;
  const std::vector<WatchEntry> entries = ReadWatchList("l",
      "{\"entry\":\"W-1\",\"kind\":\"child_at_risk\",\"names\":[{\"surname\":\"QUILL\"}]}\n"
      "{\"entry\":\"W-2\"}\n\n"
      "{\"entry\":\"W-1\",\"kind\":\"child_at_risk\",\"names\":[{\"surname\":\"MARSH\"}]}\n",
      kToday, refusals.AsCallback());
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].names[0].surname, "MARSH");
  EXPECT_THAT(refusals.all, ElementsAre("2 bad_record"));
}

TEST(ReadWatchListTest, CsvToo) {
  Refusals refusals;
  EXPECT_EQ(ReadWatchList("l", "id,name\nL-1,Quill\nL-2\n", kToday, refusals.AsCallback()).size(), 1u);
  EXPECT_THAT(refusals.all, ElementsAre("3 bad_record"));
  EXPECT_THAT(ReadWatchList("l", "", kToday, {}), IsEmpty());
}

TEST(ForEachMatchQueryTest, ReadsBothShapes) {
  Refusals refusals;
  std::vector<std::string> seen;
  ForEachMatchQuery("q",
      R"({"id":"1","surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","sex":"F","nationality":"GB","documents":[{"type":"P","number":"A1","issuer":"UTO"}]}
{"id":"2","name":"Orla Quill"}
{"id":"3","documents":[{"number":"A1"}]}
{"id":"4"}
{"name":"Orla"}
{"id":"5","id":"6","name":"Orla"}
[]
{
)", refusals.AsCallback(), [&](const MatchQuery& query) {
    const WatchQuery asked = query.AsWatchQuery(kToday);
    seen.push_back(query.id + ":" + std::string(asked.surname) + "/" + std::string(asked.given_names) + "/" +
                   std::string(asked.nationality) + (asked.may_be_child ? " child" : ""));
  });
  EXPECT_THAT(seen, ElementsAre("1:QUILL/ORLA/GBR child", "2:Orla Quill//", "3://"));
  EXPECT_THAT(refusals.all, ElementsAre("4 bad_record", "5 bad_record", "6 duplicate_key", "7 not_object", "8 not_json"));
}

TEST(MatchQueryTest, WhoMayBeAChild) {
  struct Case {
    const char* born;
    bool may_be_child;
  };
  for (const Case& c : {Case{"2008-11-22", false}, {"2008-11-23", true}, {"2008", true}, {"2007", false}, {"2030", true}}) {
    MatchQuery query;
    query.date_of_birth = ParsePartialDate(c.born);
    EXPECT_EQ(query.AsWatchQuery(kToday).may_be_child, c.may_be_child) << c.born;
  }
  EXPECT_FALSE(MatchQuery().AsWatchQuery(kToday).may_be_child);
}

}  // namespace
}  // namespace landfall
