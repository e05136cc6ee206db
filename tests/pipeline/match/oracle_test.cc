// The index finds what the oracle finds: nothing missed, nothing extra.

#include "pipeline/match/oracle.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "pipeline/match/name/name_form.h"
#include "tests/support/random_names.h"

namespace landfall {
namespace {

using testing_support::NameWorld;

std::vector<std::string> Ids(const std::vector<const WatchEntry*>& entries) {
  std::vector<std::string> ids;
  for (const WatchEntry* entry : entries) ids.push_back(entry->entry);
  std::ranges::sort(ids);
  return ids;
}

void ExpectEqual(const WatchIndex& index, const MatchOracle& oracle, const WatchQuery& query) {
  const std::vector<std::string> found = Ids(index.FindCandidates(query)), expected = oracle.Find(query);
  if (found == expected) return;
  std::vector<std::string> missed, extra;
  std::ranges::set_difference(expected, found, std::back_inserter(missed));
  std::ranges::set_difference(found, expected, std::back_inserter(extra));
  std::string text;
  for (const std::string& id : missed) text += " missed " + id;
  for (const std::string& id : extra) text += " extra " + id;
  ADD_FAILURE() << query.surname << " / " << query.given_names << " "
                << (query.date_of_birth ? ToString(*query.date_of_birth) : "") << " cut " << query.name_may_be_cut << text;
}

class OracleTest : public testing::Test {
 protected:
  void Compare(std::size_t entries, std::size_t tokens, std::size_t queries) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    NameWorld world(seed, tokens);
    std::vector<WatchEntry> list;
    for (std::size_t i = 0; i < entries; ++i) {
      list.push_back(world.MakeEntry(i));
      if (world.Pick(6) == 0) list.back().kind = static_cast<WatchKind>(world.Pick(4));
    }
    const WatchIndex index(list);
    const MatchOracle oracle(list);
    for (std::size_t i = 0; i < queries; ++i) {
      const WatchEntry& about = list[world.Pick(list.size())];
      const WatchName name = world.Altered(world.Pick(8) == 0 ? world.MakeName() : about.names[world.Pick(about.names.size())],
                                           static_cast<NameWorld::Error>(world.Pick(NameWorld::kErrors)));
      WatchQuery query;
      query.surname = name.surname;
      query.given_names = name.given_names;
      query.name_may_be_cut = world.Pick(5) == 0;
      if (!about.dates_of_birth.empty() && world.Pick(4) != 0) query.date_of_birth = about.dates_of_birth.front().from;
      if (query.date_of_birth && world.Pick(3) == 0) query.date_of_birth = world.AlteredDate(*query.date_of_birth);
      query.may_be_child = world.Pick(5) == 0;
      std::string number;
      if (!about.documents.empty() && world.Pick(2) == 0) {
        number = about.documents[0].number;
        if (world.Pick(2) == 0) std::ranges::replace(number, '8', 'B');
        query.document = number;
      }
      ExpectEqual(index, oracle, query);
      if (HasFailure() && ++failed_ > 20) return;
    }
  }

  int failed_ = 0;
};

// Few tokens, so that everything meets everything.
TEST_F(OracleTest, AgreesOnACrowdedList) { Compare(3'000, 150, 1'500); }
TEST_F(OracleTest, AgreesOnAWideList) { Compare(8'000, 6'000, 500); }
TEST_F(OracleTest, AgreesOnATinyList) {
  for (int i = 0; i < 60; ++i) Compare(12, 12, 40);
}

}  // namespace
}  // namespace landfall
