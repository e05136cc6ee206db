// JSONTestSuite (github.com/nst/JSONTestSuite): each file as one record, whatever line ends it holds. What must be
// accepted is read as JSON; what must be rejected is not. Skipped where the files are not at hand.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "tests/support/parse_ndjson.h"

namespace landfall {
namespace {

const std::filesystem::path kFolder = LANDFALL_SOURCE_DIR "/../shared/data/json/test_parsing";

// The code with which a file is refused. None of them is a message.
std::map<std::string, std::string> CodesByFile(char first_letter) {
  std::map<std::string, std::string> codes;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    const std::string name = entry.path().filename().string();
    if (name.front() != first_letter || entry.path().extension() != ".json") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
    const ParsedInput parsed = ParseLine(text);
    EXPECT_TRUE(parsed.messages.empty()) << name;
    EXPECT_EQ(parsed.quarantined.size(), 1u) << name;
    codes[name] = parsed.quarantined.empty() ? "" : std::string(ToText(parsed.quarantined[0].code));
  }
  return codes;
}

bool IsNoJson(const std::string& code) { return code == "not_json" || code == "too_deep"; }

class JsonTestSuite : public testing::Test {
 protected:
  void SetUp() override {
    if (!std::filesystem::exists(kFolder)) GTEST_SKIP() << "no " << kFolder;
  }
};

TEST_F(JsonTestSuite, WhatMustBeAcceptedIsReadAsJson) {
  const auto codes = CodesByFile('y');
  EXPECT_EQ(codes.size(), 95u);
  for (const auto& [name, code] : codes) {
    EXPECT_FALSE(IsNoJson(code)) << name << ": " << code;
    // Our own rule, which comes after: a key that comes twice costs the message.
    const bool has_duplicate = name == "y_object_duplicated_key.json" || name == "y_object_duplicated_key_and_value.json";
    EXPECT_EQ(code == "duplicate_key", has_duplicate) << name << ": " << code;
  }
}

TEST_F(JsonTestSuite, WhatMustBeRejectedIsNot) {
  const auto codes = CodesByFile('n');
  EXPECT_EQ(codes.size(), 188u);
  for (const auto& [name, code] : codes) EXPECT_TRUE(IsNoJson(code)) << name << ": " << code;
}

// What parsers may treat as they like: pinned.
TEST_F(JsonTestSuite, WhatIsLeftOpen) {
  const auto codes = CodesByFile('i');
  EXPECT_EQ(codes.size(), 35u);
  const std::map<std::string, std::string> read = {{"i_number_neg_int_huge_exp.json", "not_json"},
                                                   {"i_structure_500_nested_arrays.json", "too_deep"},
                                                   {"i_number_double_huge_neg_exp.json", "not_object"},
                                                   {"i_number_real_underflow.json", "not_object"}};
  for (const auto& [name, code] : codes) {
    const auto it = read.find(name);
    EXPECT_EQ(code, it == read.end() ? "not_json" : it->second) << name;
  }
}

}  // namespace
}  // namespace landfall
