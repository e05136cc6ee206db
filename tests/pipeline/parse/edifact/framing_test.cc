#include "pipeline/parse/edifact/framing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/paxlst_builder.h"

namespace landfall::edifact {
namespace {

using ::testing::ElementsAre;
using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

// Every interchange of a whole text.
std::vector<std::string> Frames(std::string_view text) {
  std::vector<std::string> frames;
  while (true) {
    const InterchangeFrame frame = NextInterchange(text, true, {});
    if (!frame.complete) return frames;
    frames.emplace_back(text.substr(frame.begin, frame.end - frame.begin));
    text.remove_prefix(frame.end);
  }
}

// The same, of a text that comes in pieces of `piece` bytes.
std::vector<std::string> FramesInPieces(std::string_view text, std::size_t piece) {
  std::vector<std::string> frames;
  std::size_t from = 0, come = 0;
  while (true) {
    const bool at_end = come >= text.size();
    const InterchangeFrame frame = NextInterchange(text.substr(from, come - from), at_end, {});
    if (frame.complete) {
      frames.emplace_back(text.substr(from + frame.begin, frame.end - frame.begin));
      from += frame.end;
    } else if (at_end) {
      return frames;
    } else {
      come = std::min(text.size(), come + piece);
    }
  }
}

InterchangeOptions With(std::string separators, bool una = true) {
  InterchangeOptions options;
  options.separators = std::move(separators);
  options.una = una;
  return options;
}
const std::string kPlain = TypicalInterchange(2);
const std::string kOther = TypicalInterchange(1, With(":*.? #"));
const std::string kNoUna = TypicalInterchange(1, With(":+.? '", false));

struct FramingCase {
  const char* name;
  std::string text;
  std::vector<std::string> frames;
};
class Framing : public testing::TestWithParam<FramingCase> {};

TEST_P(Framing, FindsEveryInterchange) { EXPECT_THAT(Frames(GetParam().text), ElementsAreArray(GetParam().frames)); }
TEST_P(Framing, FindsTheSameHoweverTheBytesCome) {
  for (const std::size_t piece : {1, 2, 3, 7, 64, 1'000}) {
    EXPECT_THAT(FramesInPieces(GetParam().text, piece), ElementsAreArray(GetParam().frames)) << piece;
  }
}

std::string WithoutEnd(std::string text, std::size_t bytes) { return text.substr(0, text.size() - bytes); }
const std::string kNoTerminator = WithoutEnd(kPlain, 1);
const std::string kNoUnz = kPlain.substr(0, kPlain.find("UNZ"));
const std::string kInsideAName = kPlain.substr(0, kPlain.find("BRAMLEY") + 3);
const std::string kNewlines = [] {
  std::string text = TypicalInterchange(1, With(":+.? \n", false));
  return text;
}();

INSTANTIATE_TEST_SUITE_P(
    Shapes, Framing,
    testing::Values(
        FramingCase{"Nothing", "", {}}, FramingCase{"Blanks", " \r\n\r\n ", {}},
        FramingCase{"Words", "An UNABLE sender; the UNB segment, UNHAPPY. UNB is not here, nor UNA", {}},
        FramingCase{"One", kPlain, {kPlain}}, FramingCase{"WithoutUna", kNoUna, {kNoUna}},
        FramingCase{"OtherSeparators", kOther, {kOther}},
        FramingCase{"Many", kPlain + kOther + kNoUna + kPlain, {kPlain, kOther, kNoUna, kPlain}},
        FramingCase{"BlankLinesBetween", "\r\n\r\n" + kPlain + "\r\n\r\n" + kOther + "\r\n", {kPlain, kOther}},
        FramingCase{"TeletypeShell", "\x01QP LONZZZZ\r\n.HDQZZZZ 212355\r\n\x02" + kPlain + "\x03\r\n212355Z *3872\r\n\f", {kPlain}},
        FramingCase{"ShellsOfTwo", "QP LONZZZZ\r\n.HDQZZZZ 212355\r\n" + kPlain + "\r\n\r\nMail secured by UNHCR\r\nQP LONZZZZ\r\n" + kOther, {kPlain, kOther}},
        FramingCase{"MailDisclaimerBehind", kPlain + "\r\nIf this isn't for you, don't read it. UNAUTHORISED use 'prohibited'.\r\n", {kPlain}},
        FramingCase{"UnzWithoutTerminatorAtTheEnd", kNoTerminator, {kNoTerminator}},
        FramingCase{"UnzWithoutTerminatorBeforeAnother", kNoTerminator + "\r\n" + kOther, {kNoTerminator + "\r\n", kOther}},
        FramingCase{"UnzWithoutTerminatorBeforeAnotherAtOnce", kNoTerminator + kPlain, {kNoTerminator, kPlain}},
        FramingCase{"UnzWithoutTerminatorBeforeText", kNoTerminator + "\r\nHere is a sentence of more than a hundred characters, so that no one takes what stands in it for a terminator: it's long.", {kNoTerminator}},
        FramingCase{"UnzWithoutTerminatorBeforeEndOfText", kNoTerminator + "\x03 it's over", {kNoTerminator}},
        FramingCase{"CutBeforeAnother", kNoUnz + kOther, {kNoUnz, kOther}},
        FramingCase{"CutInsideANameBeforeAnother", kInsideAName + "\r\n" + kOther, {kInsideAName + "\r\n", kOther}},
        FramingCase{"CutInsideANameBeforeOneWithoutUna", kInsideAName + kNoUna, {kInsideAName, kNoUna}},
        FramingCase{"CutAtTheEnd", kPlain + kNoUnz, {kPlain, kNoUnz}},
        FramingCase{"NewlineAsTerminator", kNewlines, {kNewlines}},
        FramingCase{"TwoOfNewlines", kNewlines + kNewlines, {kNewlines, kNewlines}},
        FramingCase{"NoEnvelope", "UNH+1+PAXLST:D:03B:UN\nBGM+10\nUNT+3+1\n", {"UNH+1+PAXLST:D:03B:UN\nBGM+10\nUNT+3+1\n"}},
        FramingCase{"QuoteAsTerminatorWithoutUna", TypicalInterchange(2, With(":+.? \"", false)) + kPlain, {TypicalInterchange(2, With(":+.? \"", false)), kPlain}},
        FramingCase{"LowerCase", "unb+unoa:4+zz+b+261121:2355+1'unh+1+paxlst:d:05b:un'bgm+745'unt+3+1'unz+1+1' it's", {"unb+unoa:4+zz+b+261121:2355+1'unh+1+paxlst:d:05b:un'bgm+745'unt+3+1'unz+1+1'"}},
        FramingCase{"ReleasedTerminators", "UNB+UNOA:4+Z?'Z+B+261121:2355+1'UNH+1+PAXLST:D:05B:UN'NAD+FL+++UNZ?'UNZ?+:U?'UNZ+1+1'", {"UNB+UNOA:4+Z?'Z+B+261121:2355+1'UNH+1+PAXLST:D:05B:UN'NAD+FL+++UNZ?'UNZ?+:U?'UNZ+1+1'"}},
        FramingCase{"DanglingRelease", kNoUnz + "NAD+FL+++A?", {kNoUnz + "NAD+FL+++A?"}},
        FramingCase{"RuinOfUnb", "UNB+", {"UNB+"}}, FramingCase{"RuinOfUna", "UNA:+.? '", {"UNA:+.? '"}},
        FramingCase{"UnaAlone", "UNA", {"UNA"}}),
    [](const auto& test) { return test.param.name; });

// Lines cut anywhere, even inside tags: the frame is the same, with its line ends.
TEST(FramingOfWraps, AnyWidthAndAnyLineEnd) {
  for (const char* const line_end : {"\n", "\r\n", "\r"}) {
    for (std::size_t width = 1; width < 70; ++width) {
      const std::string first = Wrapped(kPlain, width, line_end), second = Wrapped(kOther, width, line_end);
      const std::vector<std::string> frames = Frames(first + line_end + second);
      ASSERT_EQ(frames.size(), 2u) << width;
      // A line end behind the last terminator is no part of the interchange.
      EXPECT_EQ(frames[0], first.substr(0, first.rfind('\'') + 1)) << width;
      EXPECT_EQ(frames[1], second.substr(0, second.rfind('#') + 1)) << width;
    }
  }
}

TEST(FramingOfSeparators, AllSeenInTheWild) {
  for (const char* const separators : {":+.? '", ":+.?*'", ":+.\\*'", ":*.? $", ":*.? #", ":-.? '", ":-.? *", ":(.) -"}) {
    const std::string text = TypicalInterchange(3, With(separators));
    EXPECT_THAT(Frames("QP LONZZZZ\n" + text + "\nit's * over $ and - out # now"), ElementsAre(text)) << separators;
  }
}

// Random texts: whatever the bytes, pieces of any size give what the whole gives, and all frames lie in order.
TEST(FramingOfAnything, PiecesGiveWhatTheWholeGives) {
  constexpr unsigned kSeed = 20'261'122;
  std::mt19937 random(kSeed);
  const std::string words[] = {kPlain, kOther, kNoUna, "UNA:+.? '", "UNB+UNOA:4", "UNZ+1+1'", "'", "?", "U", "UN", "UNZ", "\r\n", " ", "UNH+1+PAXLST:D'", "it's"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 6; ++i) {
      const std::string& word = words[random() % std::size(words)];
      const std::size_t from = random() % (word.size() + 1) / 2;
      text += word.substr(from, random() % 3 == 0 ? random() % (word.size() + 1) : word.size());
    }
    const std::vector<std::string> whole = Frames(text);
    EXPECT_THAT(FramesInPieces(text, 1 + random() % 50), ElementsAreArray(whole)) << "seed " << kSeed << " round " << round << "\n" << text;
  }
}

}  // namespace
}  // namespace landfall::edifact
