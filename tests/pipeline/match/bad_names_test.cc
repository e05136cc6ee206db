// Names that no list should hold, and some do: nothing breaks, nothing takes long, and the oracle agrees.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/match/oracle.h"
#include "pipeline/match/watch_index.h"

namespace landfall {
namespace {

std::string Repeated(std::string_view text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

std::string ManyTokens(std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += std::string(1, static_cast<char>('A' + i % 26)) + "QUILL" + std::string(1 + i % 3, 'A') + " ";
  return all;
}

struct BadName {
  const char* label;
  std::string surname, given_names;
};

std::vector<BadName> BadNames() {
  return {{"Empty", "", ""},
          {"Blanks", "  \t ", " "},
          {"OnlyDigits", "12345", "678"},
          {"OnlyMarks", "\xCC\x81\xCC\x88", "\xCC\x8A"},
          {"OnlyPunctuation", "--..", "''"},
          {"OnlyFillers", "FNU", "LNU"},
          {"OnlyTitles", "MR", "DR"},
          {"OnlyParticles", "DE LA", "VAN"},
          {"OneLetter", "Q", ""},
          {"OneLetterTwice", "Q", "Q"},
          {"InvalidUtf8", "QU\xFF\xFEILL", "TAM\x80SIN"},
          {"Nul", std::string("QU\0ILL", 6), "TAMSIN"},
          {"MixedScripts", "Квилл", "Tamsin オルラ"},
          {"RightToLeft", "تمسين", "אורלה"},
          {"Emoji", "QUILL 🙂", "TAMSIN"},
          {"ThreeHundredTokens", ManyTokens(300), "TAMSIN"},
          {"ThreeHundredEqualTokens", Repeated("QUILL ", 300), "TAMSIN"},
          {"TenThousandLetters", std::string(10'000, 'Q'), "TAMSIN"},
          {"TenThousandLettersButOne", std::string(9'999, 'Q') + "U", "TAMSIN"},
          {"FortyOneLetters", std::string(20, 'Q') + std::string(21, 'R'), "TAMSIN"}};
}

TEST(BadNamesTest, AreAskedAboutAndListedWithoutHarm) {
  std::vector<WatchEntry> entries;
  for (const BadName& bad : BadNames()) {
    WatchEntry entry;
    entry.entry = bad.label;
    entry.names.push_back({bad.surname, bad.given_names});
    entries.push_back(entry);
  }
  const WatchIndex index(entries);
  const MatchOracle oracle(entries);
  for (const BadName& bad : BadNames()) {
    // The full matrix of the oracle would take minutes for these.
    const bool long_name = bad.surname.size() > 1'000;
    for (const bool cut : {false, true}) {
      WatchQuery query;
      query.surname = bad.surname;
      query.given_names = bad.given_names;
      query.name_may_be_cut = cut;
      std::vector<std::string> found;
      for (const WatchMatch& match : index.Find(query)) found.push_back(match.entry->entry);
      std::ranges::sort(found);
      if (!long_name) {
        EXPECT_EQ(found, oracle.Find(query)) << bad.label;
      }
      const bool nobody = found.empty();
      const bool has_token = std::string("Empty Blanks OnlyMarks OnlyPunctuation OnlyFillers").find(bad.label) == std::string::npos;
      EXPECT_EQ(nobody, !has_token) << bad.label;
    }
  }
}

TEST(BadNamesTest, OfSeveralEntriesWithOneIdTheLastCounts) {
  WatchEntry first, last;
  first.entry = last.entry = "W-1";
  first.names.push_back({"QUILL", "TAMSIN"});
  last.names.push_back({"MARSH", "ORLA"});
  const WatchIndex index({first, last});
  EXPECT_EQ(index.size(), 1u);
  WatchQuery query;
  query.surname = "MARSH";
  query.given_names = "ORLA";
  EXPECT_EQ(index.Find(query).size(), 1u);
  query.surname = "QUILL";
  query.given_names = "TAMSIN";
  EXPECT_TRUE(index.Find(query).empty());
}

}  // namespace
}  // namespace landfall
