#include "model/facts.h"

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>
#include <vector>

namespace landfall {
namespace {

// The schema line of a fact: what the reference file and the profile hash hold.
std::string SchemaLine(const FactInfo& fact) {
  return std::string(fact.name) + " | " + fact.type_text + " | " + (fact.nullable ? "?" : "-") +
         " | " + std::string(fact.protection) + " | " + std::string(fact.source) + " | " +
         std::string(fact.meaning);
}

TEST(FactsTest, AreTheReferenceSchemaInItsOrder) {
  std::ifstream file(LANDFALL_SOURCE_DIR "/../shared/rules/facts.schema");
  if (!file) GTEST_SKIP() << "no reference schema here";
  std::vector<std::string> expected;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty() && line[0] != '#') expected.push_back(line);
  }
  std::vector<std::string> ours;
  for (const FactInfo& fact : Facts()) ours.push_back(SchemaLine(fact));
  EXPECT_EQ(ours, expected);
}

TEST(FactsTest, NumbersAreTheOrder) {
  ASSERT_EQ(Facts().size(), kFactCount);
  for (std::size_t i = 0; i < kFactCount; ++i)
    EXPECT_EQ(static_cast<std::size_t>(Facts()[i].id), i);
}

TEST(FactsTest, EveryFactIsFoundByItsName) {
  std::set<std::string_view> names;
  for (const FactInfo& fact : Facts()) {
    EXPECT_EQ(FindFact(fact.name), &Info(fact.id)) << fact.name;
    EXPECT_TRUE(names.insert(fact.name).second) << fact.name;
  }
}

TEST(FactsTest, OtherNamesAreNoFacts) {
  for (const char* name : {"", "pax", "pax.", ".age", "pax.Age", "pax.age ", "age", "pax_age"}) {
    EXPECT_EQ(FindFact(name), nullptr) << name;
  }
}

TEST(FactsTest, AnEnumThatListsUnknownIsNeverNull) {
  for (const FactInfo& fact : Facts()) {
    if (fact.UnknownValue()) {
      EXPECT_FALSE(fact.nullable) << fact.name;
    }
    EXPECT_EQ(fact.type == FactType::kEnum, !fact.values.empty()) << fact.name;
  }
}

TEST(FactsTest, LevelsFollowTheSubject) {
  EXPECT_EQ(Info(FactId::pax_age).level, FactLevel::kTraveller);
  EXPECT_EQ(Info(FactId::booking_payment).level, FactLevel::kTraveller);
  EXPECT_EQ(Info(FactId::party_size).level, FactLevel::kParty);
  EXPECT_EQ(Info(FactId::flight_route).level, FactLevel::kFlight);
}

TEST(FactsTest, ValuesKeepTheirNumbers) {
  const FactInfo& kind = Info(FactId::visa_kind);
  EXPECT_EQ(kind.ValueNumber("none"), 0);
  EXPECT_EQ(kind.ValueNumber("other"), 6);
  EXPECT_EQ(kind.ValueNumber("unknown"), std::nullopt);
  EXPECT_EQ(Info(FactId::sponsor_vetting).UnknownValue(), 4);
}

TEST(FactsTest, ProtectionIsReadable) {
  EXPECT_TRUE(Info(FactId::pax_age).IsProtected());
  EXPECT_FALSE(Info(FactId::pax_age).IsSensitive());
  EXPECT_TRUE(Info(FactId::pax_watch_match).IsSensitive());
  EXPECT_FALSE(Info(FactId::pax_visa_required).IsProtected());
}

}  // namespace
}  // namespace landfall
