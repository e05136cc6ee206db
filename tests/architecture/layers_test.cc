// The layer rule: app -> pipeline -> {rules, storage} -> model, and no RocksDB header outside storage.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const std::map<std::string, std::set<std::string>>& AllowedIncludes() {
  static const std::map<std::string, std::set<std::string>> allowed = {
      {"model", {"model"}},
      {"rules", {"rules", "model"}},
      {"storage", {"storage", "model"}},
      {"pipeline", {"pipeline", "rules", "storage", "model"}},
      {"app", {"app", "pipeline", "rules", "storage", "model"}},
      {"bench", {"bench", "tests", "app", "pipeline", "rules", "storage", "model"}},
  };
  return allowed;
}

// What is wrong with one line of a file in `folder`; empty if nothing is.
std::string Problem(const std::string& folder, const std::string& line) {
  static const std::string kInclude = "#include ";
  if (line.rfind(kInclude, 0) != 0 || line.size() < kInclude.size() + 2) return "";
  const std::string target = line.substr(kInclude.size() + 1);
  if (target.rfind("rocksdb/", 0) == 0 && folder != "storage") return "RocksDB is storage's business";
  if (line[kInclude.size()] != '"') return "";
  const std::string top = target.substr(0, target.find('/'));
  if (!AllowedIncludes().contains(top) && top != "tests") return "";  // Generated, or beside the file.
  return AllowedIncludes().at(folder).contains(top) ? "" : folder + " must not include " + top;
}

TEST(Layers, EveryIncludePointsDown) {
  int files = 0;
  for (const auto& [folder, allowed] : AllowedIncludes()) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(LANDFALL_SOURCE_DIR) / folder)) {
      const std::string extension = entry.path().extension();
      if (extension != ".h" && extension != ".cc" && extension != ".def") continue;
      ++files;
      std::ifstream in(entry.path());
      std::string line;
      for (int number = 1; std::getline(in, line); ++number) {
        EXPECT_EQ(Problem(folder, line), "") << entry.path() << ":" << number << ": " << line;
      }
    }
  }
  EXPECT_GT(files, 50);
}

TEST(Layers, TheCheckFindsWhatItIsFor) {
  EXPECT_NE(Problem("model", "#include \"rules/ast.h\""), "");
  EXPECT_NE(Problem("rules", "#include \"storage/database.h\""), "");
  EXPECT_NE(Problem("storage", "#include \"rules/ast.h\""), "");
  EXPECT_NE(Problem("pipeline", "#include \"app/options.h\""), "");
  EXPECT_NE(Problem("app", "#include \"tests/support/x.h\""), "");
  EXPECT_NE(Problem("pipeline", "#include <rocksdb/db.h>"), "");
  EXPECT_EQ(Problem("storage", "#include <rocksdb/db.h>"), "");
  EXPECT_EQ(Problem("pipeline", "#include \"rules/rule_set.h\""), "");
}

}  // namespace
