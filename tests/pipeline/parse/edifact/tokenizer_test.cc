#include "pipeline/parse/edifact/tokenizer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace landfall::edifact {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using Parts = std::vector<std::vector<std::string>>;  // By element, the tag first.

std::vector<Parts> Split(std::string_view text, const Separators& separators = {}) {
  const Tokens tokens(text, 0, separators, 1'000);
  std::vector<Parts> all;
  for (const Tokens::Segment& segment : tokens.segments()) {
    Parts parts = {{segment.tag == 0 ? "" : std::string{static_cast<char>(segment.tag >> 16), static_cast<char>(segment.tag >> 8), static_cast<char>(segment.tag)}}};
    for (std::size_t e = 1; e <= segment.elements; ++e) {
      parts.emplace_back();
      for (std::size_t c = 1; c <= tokens.Components(segment, e); ++c) parts.back().emplace_back(tokens.Part(segment, e, c));
    }
    all.push_back(std::move(parts));
  }
  return all;
}

// The slow, obvious twin: line ends out, then terminators, elements, components, then releases.
std::vector<Parts> SplitSlowly(std::string_view text, const Separators& separators) {
  std::string clean;
  for (const char c : text) {
    if (c != '\r' && c != '\n') clean += c;
  }
  const auto cut = [&](const std::string& whole, char separator) {
    std::vector<std::string> parts = {""};
    for (std::size_t i = 0; i < whole.size(); ++i) {
      if (whole[i] == separators.release) {
        parts.back() += whole[i++];
        if (i < whole.size()) parts.back() += whole[i];
      } else if (whole[i] == separator) {
        parts.emplace_back();
      } else {
        parts.back() += whole[i];
      }
    }
    return parts;
  };
  const auto literal = [&](const std::string& part) {
    std::string out;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] == separators.release && ++i >= part.size()) break;
      out += part[i];
    }
    while (!out.empty() && out.back() == ' ') out.pop_back();
    while (!out.empty() && out.front() == ' ') out.erase(0, 1);
    return out;
  };
  std::vector<Parts> all;
  for (std::string segment : cut(clean, separators.terminator)) {
    while (!segment.empty() && segment.front() == ' ') segment.erase(0, 1);
    if (segment.empty() || segment == std::string(1, separators.release)) continue;
    Parts parts;
    for (const std::string& element : cut(segment, separators.element)) {
      parts.emplace_back();
      if (parts.size() == 1) {
        std::string tag;
        for (const char c : literal(element)) {
          if (c != ' ') tag += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        }
        parts.back().push_back(tag.size() == 3 ? tag : "");
        continue;
      }
      for (const std::string& component : cut(element, separators.component)) parts.back().push_back(literal(component));
    }
    all.push_back(parts);
    if (parts[0][0] == "UNZ") break;
  }
  return all;
}

TEST(Tokens, ElementsAndComponents) {
  EXPECT_THAT(Split("NAD+FL+++ABARA:ALMA'DTM+329:140302'"),
              ElementsAre(Parts{{"NAD"}, {"FL"}, {""}, {""}, {"ABARA", "ALMA"}}, Parts{{"DTM"}, {"329", "140302"}}));
}
TEST(Tokens, ReleaseMakesTheNextLiteral) { EXPECT_THAT(Split("A?+B+?:?'?\r\n?'"), ElementsAre(Parts{{"A+B"}, {":'?"}})); }
TEST(Tokens, LineEndsStandAnywhere) { EXPECT_THAT(Split("N\r\nA\rD+F\nL'"), ElementsAre(Parts{{"NAD"}, {"FL"}})); }
TEST(Tokens, BlanksInsideATagAndAroundParts) { EXPECT_THAT(Split("  N AD + FL+ A B : C '"), ElementsAre(Parts{{"NAD"}, {"FL"}, {"A B", "C"}})); }
TEST(Tokens, EmptySegmentsAreNone) { EXPECT_THAT(Split("''  '\r\n'"), IsEmpty()); }
TEST(Tokens, TheLastMayLackItsTerminator) { EXPECT_THAT(Split("UNT+1'UNZ+1+R"), SizeIs(2)); }
TEST(Tokens, NothingBehindUnz) { EXPECT_THAT(Split("UNZ+1+R'NAD+FL'"), SizeIs(1)); }
TEST(Tokens, NewlineAsTerminator) {
  Separators separators;
  separators.terminator = '\n';
  EXPECT_THAT(Split("NAD+FL\r\nDTM+1\r\n", separators), ElementsAre(Parts{{"NAD"}, {"FL"}}, Parts{{"DTM"}, {"1"}}));
}
TEST(Tokens, ABlankIsNoReleaseCharacter) {
  Separators separators;
  separators.release = ' ';
  EXPECT_THAT(Split("NAD+A B'C'", separators), SizeIs(2));
}

TEST(Tokens, AbsentPartsAreEmpty) {
  const Tokens tokens("NAD+A'", 0, {}, 10);
  const Tokens::Segment& segment = tokens.segments().at(0);
  for (const std::size_t e : {0, 2, 99}) {
    EXPECT_EQ(tokens.Components(segment, e), 0u);
    EXPECT_EQ(tokens.Part(segment, e), "");
  }
  EXPECT_EQ(tokens.Part(segment, 1, 0), "");
  EXPECT_EQ(tokens.Part(segment, 1, 2), "");
}

TEST(Tokens, OffsetsAreThoseOfTheText) {
  const std::string text = "UNA:+.? '\r\n U\r\nNB+X'\r\nUNH+?'?'Y'  BGM'";
  const Tokens tokens(text, 9, {}, 10);
  ASSERT_THAT(tokens.segments(), SizeIs(3));
  EXPECT_EQ(tokens.segments()[0].offset, text.find(" U") + 1);
  EXPECT_EQ(tokens.segments()[1].offset, text.find("UNH"));
  EXPECT_EQ(tokens.segments()[2].offset, text.find("BGM"));
}

TEST(Tokens, SegmentsLimit) {
  EXPECT_FALSE(Tokens("A'B'C'", 0, {}, 3).too_many());
  EXPECT_TRUE(Tokens("A'B'C'D'", 0, {}, 3).too_many());
}

TEST(Tokens, CodesAreUpperCaseWithoutBlanksAndBounded) {
  EXPECT_EQ(Code(" l hr ").view(), "LHR");
  EXPECT_EQ(Code("").view(), "");
  EXPECT_EQ(Code(std::string(1'000, 'x')).size(), 31u);
}

TEST(Tokens, RandomTextsAsTheSlowTwinReadsThem) {
  constexpr unsigned kSeed = 4'711;
  std::mt19937 random(kSeed);
  constexpr std::string_view kBytes = "''++::??\r\n  NADUZabz019";
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    for (std::size_t size = random() % 40; size > 0; --size) text += kBytes[random() % kBytes.size()];
    ASSERT_EQ(Split(text), SplitSlowly(text, {})) << "seed " << kSeed << " round " << round << "\n" << text;
  }
}

}  // namespace
}  // namespace landfall::edifact
