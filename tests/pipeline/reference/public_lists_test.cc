// The public lists, which are no part of this project: skipped where they are not there. Nobody is named here.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "pipeline/match/name/name_form.h"
#include "pipeline/match/name_key.h"
#include "pipeline/reference/match_file.h"

namespace landfall {
namespace {

struct PublicList {
  const char* label;
  const char* file;
  std::size_t people;
};

class PublicListTest : public testing::TestWithParam<PublicList> {
 protected:
  void SetUp() override {
    std::ifstream in(std::string(LANDFALL_SOURCE_DIR "/../shared/data/watchlists/") + GetParam().file, std::ios::binary);
    if (!in) GTEST_SKIP() << "the list is not there";
    std::ostringstream text;
    text << in.rdbuf();
    const auto on_refused = [](const QuarantinedRecord& record) { ADD_FAILURE() << "line " << record.position.line; };
    entries_ = ReadWatchList(GetParam().file, text.str(), MakeDate(2026, 11, 22), on_refused);
  }

  std::vector<WatchEntry> entries_;
};

const WatchMatch* MatchOf(const std::vector<WatchMatch>& matches, const std::string& entry) {
  for (const WatchMatch& match : matches) {
    if (match.entry->entry == entry) return &match;
  }
  return nullptr;
}

TEST_P(PublicListTest, EverybodyLoads) {
  EXPECT_EQ(entries_.size(), GetParam().people);
  for (const WatchEntry& entry : entries_) {
    EXPECT_FALSE(entry.names.empty()) << entry.entry;
    EXPECT_FALSE(MayBeChild(entry, MakeDate(2026, 11, 22))) << entry.entry;
  }
}

TEST_P(PublicListTest, EverybodyIsFoundUnderEachNameWithEachBirthDate) {
  const WatchIndex index(entries_, MakeDate(2026, 11, 22));
  std::size_t asked = 0;
  for (const WatchEntry& entry : entries_) {
    for (const WatchName& name : entry.names) {
      std::vector<std::optional<WatchBirthDate>> dates(entry.dates_of_birth.begin(), entry.dates_of_birth.end());
      if (dates.empty()) dates.emplace_back();
      for (const auto& date : dates) {
        WatchQuery query;
        query.surname = name.given_names;  // Swapped, as on a border.
        query.given_names = name.surname;
        if (date) query.date_of_birth = date->from;
        const std::vector<WatchMatch> matches = index.Find(query);
        const WatchMatch* found = MatchOf(matches, entry.entry);
        ASSERT_NE(found, nullptr) << entry.entry;
        ++asked;
        const bool one_token = FormsOf(name.surname, name.given_names).front().counted() == 1;
        const bool whole = date && date->from == date->to && !date->circa && date->from.IsWhole();
        const bool dummy = whole && date->from.month == 1 && date->from.day == 1;
        if (whole && !dummy && !one_token) {
          EXPECT_GE(found->score, 40) << entry.entry;
        }
        if (!date) {
          EXPECT_LT(found->score, 40) << entry.entry << ": a name alone";
        }
      }
    }
  }
  EXPECT_GT(asked, entries_.size());
}

TEST_P(PublicListTest, EverybodyIsFoundByEachDocument) {
  const WatchIndex index(entries_, MakeDate(2026, 11, 22));
  for (const WatchEntry& entry : entries_) {
    for (const WatchDocument& listed : entry.documents) {
      std::vector<Document> documents(1);
      documents[0].number = listed.number;
      documents[0].issuer = listed.issuer;
      WatchQuery query;
      query.documents = &documents;
      const std::vector<WatchMatch> matches = index.Find(query);
      const WatchMatch* found = MatchOf(matches, entry.entry);
      ASSERT_NE(found, nullptr) << entry.entry;
      if (NumberKey(listed.number).size() > 4) {
        EXPECT_GE(found->score, 40) << entry.entry;
      }
    }
  }
}

TEST_P(PublicListTest, NobodyIsFoundByAChild) {
  const WatchIndex index(entries_, MakeDate(2026, 11, 22));
  for (const WatchEntry& entry : entries_) {
    for (const WatchName& name : entry.names) {
      WatchQuery query;
      query.surname = name.surname;
      query.given_names = name.given_names;
      query.may_be_child = true;
      EXPECT_TRUE(index.Find(query).empty()) << entry.entry;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Lists, PublicListTest,
                         testing::Values(PublicList{"Ofac", "sdn_individuals.csv", 4'697},
                                         PublicList{"UnitedNations", "un_individuals.csv", 730}),
                         [](const auto& test) { return std::string(test.param.label); });

}  // namespace
}  // namespace landfall
