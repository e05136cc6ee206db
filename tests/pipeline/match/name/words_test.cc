// The words of the predicate, each by itself: skeleton, edits, deletions, thirds, nicknames.

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pipeline/match/index/deletions.h"
#include "pipeline/match/index/segments.h"
#include "pipeline/match/index/text_keys.h"
#include "pipeline/match/name/edit_distance.h"
#include "pipeline/match/name/nicknames.h"
#include "pipeline/match/name/skeleton.h"

namespace landfall {
namespace {

struct SkeletonCase {
  const char* label;
  const char* token;
  const char* skeleton;
};

class SkeletonTest : public testing::TestWithParam<SkeletonCase> {};

TEST_P(SkeletonTest, IsAsTheTableOfWordsSays) { EXPECT_EQ(SkeletonOf(GetParam().token), GetParam().skeleton); }

INSTANTIATE_TEST_SUITE_P(TableOfWords, SkeletonTest, testing::Values(
    SkeletonCase{"LongestFirst", "SHCHUKINA", "SKN"}, SkeletonCase{"Tsch", "TSCHEKA", "SK"},
    SkeletonCase{"Sch", "SCHUKINA", "SKN"}, SkeletonCase{"Kh", "KHALID", "KLD"}, SkeletonCase{"Qu", "QUALID", "KLD"},
    SkeletonCase{"Ck", "MACKOV", "MKV"}, SkeletonCase{"Ph", "PHARIS", "FRS"}, SkeletonCase{"Dh", "DHARIS", "DRS"},
    SkeletonCase{"Gh", "GHARIB", "GRB"}, SkeletonCase{"X", "MAXIM", "MKSM"}, SkeletonCase{"WAndV", "WOLOD", "VLD"},
    SkeletonCase{"ZAndTs", "ZETTSIN", "STSN"}, SkeletonCase{"FirstVowel", "OMARI", "AMR"},
    SkeletonCase{"JIsAFirstVowel", "JAMAL", "AML"}, SkeletonCase{"FirstHStays", "HAMID", "HMD"},
    SkeletonCase{"LaterHIsDropped", "MAHIR", "MR"}, SkeletonCase{"RepeatedAfterDropping", "MUHAMMAD", "MD"},
    SkeletonCase{"TwoLettersHaveNone", "XU", ""}, SkeletonCase{"OneLetterLeft", "LEE", ""}),
    [](const auto& test) { return std::string(test.param.label); });

std::size_t SlowDistance(const std::string& a, const std::string& b) {
  std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = i + j;
        continue;
      }
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

class PairsOfTokensTest : public testing::Test {
 protected:
  // Pairs of tokens that are near each other, of few letters so that accidents happen.
  template <typename Check>
  void ForManyPairs(std::size_t shortest, Check check) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    std::mt19937 random(seed);
    for (int i = 0; i < 30'000 && !HasFailure(); ++i) {
      std::string a;
      const std::size_t size = shortest + random() % 9;
      const unsigned letters = 2 + random() % 4;
      while (a.size() < size) a += static_cast<char>('A' + random() % letters);
      std::string b = a;
      for (std::size_t edits = random() % 4; edits > 0 && !b.empty(); --edits) {
        const std::size_t at = random() % b.size();
        switch (random() % 4) {
          case 0: b[at] = static_cast<char>('A' + random() % letters); break;
          case 1: b.insert(at, 1, static_cast<char>('A' + random() % letters)); break;
          case 2: b.erase(at, 1); break;
          default: if (at + 1 < b.size()) std::swap(b[at], b[at + 1]); break;
        }
      }
      check(a, b, SlowDistance(a, b));
    }
  }
};

TEST_F(PairsOfTokensTest, EditsAgreeWithTheWholeMatrix) {
  ForManyPairs(0, [](const std::string& a, const std::string& b, std::size_t distance) {
    for (int most = 0; most <= 2; ++most) {
      EXPECT_EQ(IsWithinEdits(a, b, most), distance <= static_cast<std::size_t>(most)) << a << " " << b << " " << most;
    }
  });
}

// The argument that the index rests on: within k edits, some deletion of k letters or fewer is common.
TEST_F(PairsOfTokensTest, NearTokensShareADeletion) {
  ForManyPairs(1, [](const std::string& a, const std::string& b, std::size_t distance) {
    for (const int most : {1, 2}) {
      if (distance > static_cast<std::size_t>(most)) continue;
      std::set<std::uint32_t> left;
      ForEachDeletionKey(a, most, [&](std::uint32_t key) { left.insert(key); });
      bool shared = false;
      ForEachDeletionKey(b, most, [&](std::uint32_t key) { shared |= left.contains(key); });
      EXPECT_TRUE(shared) << a << " " << b << " " << most;
    }
  });
}

TEST_F(PairsOfTokensTest, DeletionKeysAreThoseOfTheShorterTexts) {
  std::multiset<std::uint32_t> left, expected;
  ForEachDeletionKey("ABCD", 2, [&](std::uint32_t key) { left.insert(key); });
  for (const char* const text : {"ABCD", "BCD", "ACD", "ABD", "ABC", "AB", "AC", "AD", "BC", "BD", "CD"}) {
    expected.insert(DeletionHash(text).Whole());
  }
  EXPECT_EQ(left, expected);
}

// Tokens and joins of any length find each other by one of these keys.
TEST_F(PairsOfTokensTest, NearTextsShareAKeyOfTheIndex) {
  for (const std::size_t shortest : {1u, 7u}) {
    ForManyPairs(shortest, [](const std::string& a, const std::string& b, std::size_t distance) {
      if (b.empty() || distance > static_cast<std::size_t>(EditsAllowed(std::min(a.size(), b.size())))) return;
      std::set<std::uint32_t> filed;
      ForEachKeyToFile(a, [&](std::uint32_t key) { filed.insert(key); });
      bool found = false;
      ForEachKeyToFind(b, [&](std::uint32_t key) { found |= filed.contains(key); });
      EXPECT_TRUE(found) << a << " " << b;
    });
  }
}

// And the other one: two edits leave one third of three, swaps across a border undone.
TEST_F(PairsOfTokensTest, NearTokensShareAThird) {
  ForManyPairs(8, [](const std::string& a, const std::string& b, std::size_t distance) {
    if (distance > 2 || b.size() < 8) return;
    std::set<std::uint32_t> filed;
    ForEachSegmentKey(a, [&](std::uint32_t key) { filed.insert(key); });
    bool found = false;
    ForEachKeyOfMatchingSegments(b, 8, [&](std::uint32_t key) { found |= filed.contains(key); });
    EXPECT_TRUE(found) << a << " " << b;
  });
}

TEST(NicknamesTest, ShareAGroup) {
  const auto share = [](std::string_view a, std::string_view b) { return ShareGroup(NicknameGroups(a), NicknameGroups(b)); };
  EXPECT_TRUE(share("BILL", "WILLIAM"));
  EXPECT_TRUE(share("YUSUF", "JOSEPH"));
  EXPECT_TRUE(share("XU", "HSU")) << "Pinyin and Wade-Giles";
  EXPECT_TRUE(share("ZE", "TSE")) << "Pinyin and Wade-Giles";
  EXPECT_FALSE(share("BILL", "JOSEPH"));
  EXPECT_TRUE(NicknameGroups("QUILL").empty());
}

}  // namespace
}  // namespace landfall
