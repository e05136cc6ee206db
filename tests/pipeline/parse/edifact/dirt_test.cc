// Dirt of the wire: separators, wraps, shells, bytes of any kind. Whatever comes in ends as messages or with a code, and a
// message that was only wrapped, wrapped up or separated otherwise is the same message.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "tests/support/parse_edifact.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Names with every character that some sender separates by.
PaxlstSegments Travellers() {
  PaxlstSegments segments = {"NAD+FL+++O?'HARROW-PIM:ANN(ETTE)+1 A*STREET:FLAT #2", "DTM+329:140302", "COM+020-7946-0001:TE",
                             "RFF+AVF:K$1*2", "NAD+FL+++PLUS?+COLON?:MARK??:BENO \\ TOM", "DOC+P+A-1"};
  for (int i = 0; i < 3; ++i) {
    for (std::string& segment : TypicalPaxlstTraveller(i)) segments.push_back(std::move(segment));
  }
  return segments;
}
std::string Text(const InterchangeOptions& options = {}) { return Interchange({PaxlstMessage(Travellers())}, options); }

Message OnlyMessage(const std::string& text, const Configuration& configuration = {}) {
  ParsedInput parsed = ParseEdifact(text, configuration);
  EXPECT_THAT(parsed.quarantined, IsEmpty());
  EXPECT_THAT(parsed.messages, SizeIs(1)) << text;
  return parsed.messages.empty() ? Message() : std::move(parsed.messages[0]);
}

const Message& Clean() {
  static const Message message = OnlyMessage(Text());
  return message;
}

TEST(PaxlstDirt, TheCleanMessageIsRead) {
  ASSERT_THAT(Clean().travellers, SizeIs(5));
  EXPECT_EQ(Clean().travellers[0].surname, "O'HARROW-PIM");
  EXPECT_EQ(Clean().travellers[0].given_names, "ANN(ETTE)");
  EXPECT_EQ(Clean().travellers[1].surname, "PLUS+COLON:MARK?");
  EXPECT_EQ(Clean().travellers[1].given_names, "BENO \\ TOM");
  EXPECT_THAT(Clean().findings, IsEmpty());
}

class PaxlstSeparators : public testing::TestWithParam<const char*> {};
TEST_P(PaxlstSeparators, GiveTheSameMessage) {
  InterchangeOptions options;
  options.separators = GetParam();
  const Message message = OnlyMessage(Text(options));
  EXPECT_EQ(message, Clean()) << ToJson(message);
  EXPECT_THAT(message.findings, IsEmpty());
  for (const std::size_t width : {64, 69, 7}) {
    EXPECT_EQ(OnlyMessage(Wrapped(Text(options), width)), Clean());
  }
}
// Seen in public samples; the last is nobody's.
INSTANTIATE_TEST_SUITE_P(Una, PaxlstSeparators,
                         testing::Values(":+.? '", ":+.?*'", ":+.\\*'", ":*.? $", ":*.? #", ":-.? '", ":-.? *", ":(.) -", "|~.^ !"));

TEST(PaxlstDirt, LinesCutAnywhereGiveTheSameMessage) {
  for (const char* const line_end : {"\n", "\r\n", "\r", "\n\n"}) {
    for (std::size_t width = 1; width < 80; ++width) {
      const Message message = OnlyMessage(Wrapped(Text(), width, line_end));
      EXPECT_EQ(message, Clean()) << width;
      EXPECT_THAT(message.findings, IsEmpty()) << width;
    }
  }
}

TEST(PaxlstDirt, ALinePerSegmentIndentedOrNot) {
  for (const char* const between : {"\n", "\r\n", "\r\n            ", "   ", "\t"}) {
    std::string text = Text();
    for (std::size_t at = text.find('\'', 10); at != std::string::npos; at = text.find('\'', at + 1)) {
      if (text[at - 1] != '?') text.insert(at + 1, between);
    }
    EXPECT_EQ(OnlyMessage(text), Clean()) << between;
  }
}

TEST(PaxlstDirt, AShellOfTeletypeOrMailIsNoPartOfIt) {
  EXPECT_EQ(OnlyMessage("\x01QP LONZZZZ\r\n.HDQZZZZ 212355\r\n\x02" + Wrapped(Text(), 64) + "\x03\r\n 21NOV26 2355Z *3872\r\n\f"), Clean());
  EXPECT_EQ(OnlyMessage("Dear UNB,\r\n" + Text() + "\r\nThis mail isn't for you. UNA UNB UNH\r\n"), Clean());
}

TEST(PaxlstDirt, LastTerminatorMayBeMissing) {
  std::string text = Text();
  text.pop_back();
  EXPECT_EQ(OnlyMessage(text), Clean());
  EXPECT_EQ(OnlyMessage(text + "\r\n"), Clean());
  EXPECT_EQ(OnlyMessage(text + "\r\nand a sentence behind it"), Clean());
}

// Malformed or missing UNA.
struct UnaCase {
  const char* name;
  std::string text;
  std::vector<std::string> findings;
};
class PaxlstUna : public testing::TestWithParam<UnaCase> {};
TEST_P(PaxlstUna, IsSurvived) {
  const Message message = OnlyMessage(GetParam().text);
  EXPECT_EQ(message, Clean()) << ToJson(message);
  EXPECT_THAT(FindingsOf(message), testing::ElementsAreArray(GetParam().findings));
}
std::string TextWith(const char* separators, const char* una) {
  InterchangeOptions options;
  options.separators = separators;
  options.una = false;
  return una + Text(options);
}
std::string Replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) text.replace(at, from.size(), to);
  return text;
}
INSTANTIATE_TEST_SUITE_P(
    Una, PaxlstUna,
    testing::Values(UnaCase{"None", TextWith(":+.? '", ""), {}},
                    UnaCase{"BlankLineBehind", TextWith(":+.? '", "UNA:+.? '\r\n\r\n  "), {}},
                    UnaCase{"WrappedInside", TextWith(":+.? '", "UN\r\nA:+.\r\n? '"), {}},
                    UnaCase{"FiveCharacters", TextWith(":+.\\ '", "UNA:+\\*'\r\n"), {"UNA separators"}},
                    UnaCase{"FourCharacters", TextWith(":+.? '", "UNA:+.?\r\n"), {"UNA separators"}},
                    UnaCase{"TypographicQuoteInUna", TextWith(":+.? '", "UNA:+.? \xe2\x80\x99\r\n"), {"UNA separators"}},
                    UnaCase{"TypographicQuoteThroughout", Replaced(TextWith(":+.? ~", "UNA:+.? ~"), "~", "\xe2\x80\x99"), {"UNA separators"}},
                    UnaCase{"AnotherTerminatorThanStated", TextWith(":+.? '", "UNA:+.? #"), {"UNA separators"}},
                    UnaCase{"AnotherElementThanStated", TextWith(":+.? '", "UNA:*.? '"), {"UNA separators"}},
                    UnaCase{"QuoteAsTerminatorUnstated", TextWith(":+.? \"", ""), {"UNA separators"}},
                    UnaCase{"OthersUnstated", TextWith(":*.? #", ""), {"UNA separators"}}),
    [](const auto& test) { return test.param.name; });

TEST(PaxlstDirt, SeparatorsOfASenderWithoutUnaAreASetting) {
  Configuration configuration;
  configuration.separators["ZZAIR"] = "|~.^ !";
  configuration.separators["Z"] = "abcdef";    // Another sender.
  configuration.separators["SHORT"] = ":+";    // No setting at all.
  const Message message = OnlyMessage(TextWith("|~.^ !", ""), configuration);
  EXPECT_EQ(message, Clean());
  EXPECT_THAT(message.findings, IsEmpty());
}

TEST(PaxlstDirt, ReleaseCharacterAtTheVeryEnd) {
  for (const char* const end : {"?", "NAD+FL+++A?", "UNZ+1+000000101?", "UNT+1?\r\n"}) {
    std::string text = Text();
    text = text.substr(0, text.find("UNZ")) + end;
    const ParsedInput parsed = ParseEdifact(text);
    EXPECT_EQ(parsed.messages.size() + parsed.quarantined.size(), 1u) << end;
  }
}

TEST(PaxlstDirt, BytesThatAreNotUtf8AreReadAsLatin1OfThatTravellerAlone) {
  const Message message = OnlyMessage(Interchange({PaxlstMessage(
      {"NAD+FL+++\xC3\x85" "BERG:ANNA", "NAD+FL+++M\xFCHLE:BJ\xD8RN", "NAD+FL+++COVENTRY", "LOC+180+:::K\xD6LN DEU"})}));
  ASSERT_THAT(message.travellers, SizeIs(3));
  EXPECT_EQ(message.travellers[0].surname, "ÅBERG");
  EXPECT_EQ(message.travellers[1].surname, "MüHLE");
  EXPECT_EQ(message.travellers[1].given_names, "BJØRN");
  EXPECT_EQ(message.travellers[2].birth_place->town, "KÖLN");
  EXPECT_THAT(FindingsOf(message), ElementsAre("#2 bad_encoding", "#3 bad_encoding"));
}

TEST(PaxlstDirt, AUtf8NameCutInsideACharacterByAWrap) {
  const std::string text = Interchange({PaxlstMessage({"NAD+FL+++ÅBERG:ЖАННА"})});
  const Message whole = OnlyMessage(text);
  for (std::size_t width = 1; width < 80; ++width) EXPECT_EQ(OnlyMessage(Wrapped(text, width)), whole) << width;
}

TEST(PaxlstDirt, ALongTextIsCutAtACharacter) {
  Configuration configuration;
  configuration.limits.text_bytes = 9;
  std::string text = Interchange({PaxlstMessage({"NAD+FL+++ABCDEFGHÅXYZ:ALMA"})});
  const Message message = OnlyMessage(text, configuration);
  EXPECT_EQ(message.travellers.at(0).surname, "ABCDEFGH");
  EXPECT_THAT(FindingsOf(message), testing::Contains("#1 surname value_too_long"));
}

TEST(PaxlstDirt, WhatFollowsAnotherInterchangeIsNotLost) {
  std::string cut = Text();
  cut = cut.substr(0, cut.find("HARROW"));
  const ParsedInput parsed = ParseEdifact(cut + "\r\n" + Text() + "and text\r\n" + Text());
  EXPECT_THAT(parsed.messages, ElementsAre(Clean(), Clean()));
  EXPECT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kTruncated));
}

// Limits.
std::string ManySegments(std::size_t segments) {
  InterchangeOptions options;
  std::string text = Interchange({PaxlstMessage({"NAD+FL+++ABARA:ALMA", "FTX+@@@'", "CNT+42:1"})}, options);
  const std::size_t have = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\'')) - 3;  // UNA's, and the mark's.
  std::string filler;
  for (std::size_t i = have; i < segments; ++i) filler += "FTX+OSI+++X'";
  const std::string mark = "FTX+@@@?''";
  return text.replace(text.find(mark), mark.size(), filler);
}

TEST(PaxlstLimits, AMillionSegmentsAndNotOneMore) {
  const std::string most = ManySegments(1'000'000);
  ASSERT_THAT(OnlyMessage(most).travellers, SizeIs(1));
  const ParsedInput parsed = ParseEdifact(ManySegments(1'000'001));
  EXPECT_THAT(parsed.messages, IsEmpty());
  ASSERT_THAT(CodesOf(parsed), ElementsAre(QuarantineCode::kTooLarge));
  EXPECT_EQ(parsed.quarantined[0].travellers, 1u);
}

TEST(PaxlstLimits, NothingButSeparatorsDoesNotFillMemory) {
  Configuration configuration;
  configuration.limits.segments = 1'000;
  const std::string text = Text().substr(0, Text().find("NAD+FL")) + "NAD" + std::string(1'000'000, '+') + "'";
  EXPECT_THAT(CodesOf(ParseEdifact(text, configuration)), ElementsAre(QuarantineCode::kTooLarge));
}

TEST(PaxlstLimits, AnInterchangeCutByTheReaderIsTooLarge) {
  RawMessage raw;
  raw.format = InputFormat::kEdifact;
  raw.bytes = "UNB+UNOA:4+ZZAIR";
  raw.too_long = true;
  ParsedInput out;
  ParseInterchange("test.edi", raw, {}, out);
  EXPECT_THAT(CodesOf(out), ElementsAre(QuarantineCode::kTooLarge));
}

TEST(PaxlstLimits, ManyMessagesTakeTimeInProportion) {
  std::vector<PaxlstSegments> messages(20'000, PaxlstMessage({}));
  const ParsedInput parsed = ParseEdifact(Wrapped(Interchange(messages), 64));
  EXPECT_THAT(parsed.messages, SizeIs(20'000));
}

// Random damage: nothing crashes, nothing is lost without a code, and what is kept can be written.
class PaxlstMutations : public testing::TestWithParam<unsigned> {};
std::string Mutated(std::string text, std::mt19937& random) {
  constexpr std::string_view kBytes("'+:?\r\n \0\x01\xff\xc3UNAZ0129", 20);
  const int changes = 1 + static_cast<int>(random() % 8);
  for (int i = 0; i < changes && !text.empty(); ++i) {
    const std::size_t at = random() % text.size();
    switch (random() % 7) {
      case 0: text[at] = static_cast<char>(random()); break;
      case 1: text[at] = kBytes[random() % kBytes.size()]; break;
      case 2: text.erase(at, 1 + random() % 30); break;
      case 3: text.insert(at, 1, kBytes[random() % kBytes.size()]); break;
      case 4: text.insert(at, text.substr(random() % text.size(), random() % 60)); break;
      case 5: text.resize(at); break;
      default: std::swap(text[at], text[random() % text.size()]); break;
    }
  }
  return text;
}
TEST_P(PaxlstMutations, EndAsMessagesOrWithACode) {
  std::mt19937 random(GetParam());
  const std::string bases[] = {Text(), Interchange({PaxlstMessage(Travellers(), "266+CLOB"), PaxlstMessage({}, "266+CF")}),
                               Wrapped(Text(), 64), TextWith(":*.? #", "UNA:*.? #")};
  for (int round = 0; round < 100; ++round) {
    const std::string text = Mutated(bases[random() % std::size(bases)], random);
    const ParsedInput parsed = ParseEdifact(text);
    EXPECT_GT(parsed.messages.size() + parsed.quarantined.size(), 0u) << "seed " << GetParam() << " round " << round << "\n" << text;
    for (const Message& message : parsed.messages) {
      EXPECT_FALSE(message.message_id.empty());
      EXPECT_FALSE(message.flight.number.empty());
      EXPECT_FALSE(ToJson(message).empty());
      EXPECT_LE(message.position.offset, text.size());
    }
    for (const QuarantinedRecord& record : parsed.quarantined) {
      EXPECT_FALSE(record.reason.empty());
      EXPECT_LE(record.position.offset, text.size());
    }
  }
}
INSTANTIATE_TEST_SUITE_P(Seeds, PaxlstMutations, testing::Range(1u, 41u));

}  // namespace
}  // namespace landfall
