#include "pipeline/parse/ndjson/key_table.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {
namespace {

constexpr std::string_view kNames[] = {"ref", "type", "surname", "given_names", "date_of_birth", "sex", "bags",
                                       "bag_tags", "x", "handed_over_by", "sixteen_letters_"};
constexpr KeyTable kTable({"ref", "type", "surname", "given_names", "date_of_birth", "sex", "bags", "bag_tags", "x",
                           "handed_over_by", "sixteen_letters_"});

// As in simdjson's buffer of strings: other bytes follow at once.
int Find(std::string_view name) {
  std::string buffer(name);
  buffer.append(std::string_view("\0\x07other bytes that do not belong to it", 32));
  return kTable.Find(std::string_view(buffer).substr(0, name.size()));
}

// The slow twin: compares with one name after the other.
int FindSlowly(std::string_view name) {
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<int>(i);
  }
  return -1;
}

TEST(KeyTable, KnowsItsNames) {
  for (const std::string_view name : kNames) EXPECT_EQ(Find(name), FindSlowly(name)) << name;
  static_assert(kTable["surname"] == 2);
  static_assert(kTable["sixteen_letters_"] == 10);
}

TEST(KeyTable, KnowsNothingElse) {
  for (const std::string_view name :
       {std::string_view(""), std::string_view("re"), std::string_view("reff"), std::string_view("Ref"),
        std::string_view("ref\0", 4), std::string_view("\0", 1), std::string_view("surname "),
        std::string_view("sixteen_letters_s"), std::string_view("date_of_birthdate_of_birth"), std::string_view("y")}) {
    EXPECT_EQ(Find(name), -1) << name;
  }
}

TEST(KeyTable, EqualsTheSlowTwinOnNamesThatAreNearlyRight) {
  const unsigned seed = 11;
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  for (int i = 0; i < 100'000; ++i) {
    std::string name(kNames[random() % std::size(kNames)]);
    for (unsigned changes = random() % 3; changes > 0; --changes) {
      const std::size_t at = random() % (name.size() + 1);
      const char c = "abegnrstx_y\0"[random() % 12];
      if (random() % 3 == 0) name.insert(at, 1, c);
      else if (at < name.size() && random() % 2 == 0) name.erase(at, 1);
      else if (at < name.size()) name[at] = c;
    }
    ASSERT_EQ(Find(name), FindSlowly(name)) << name;
  }
}

}  // namespace
}  // namespace landfall
