// Lines that look like the beginning of an interchange and are none, many of them: each is a message to be refused, what
// stands around them is found, and the work stays in proportion to the bytes (a framer that searches the rest of the input
// for each of these lines would not end within the time limit of tests).

#include "pipeline/parse/framer.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace landfall {
namespace {

struct Framed {
  InputFormat format;
  std::string bytes;
  friend bool operator==(const Framed&, const Framed&) = default;
};
void PrintTo(const Framed& framed, std::ostream* out) {
  *out << static_cast<int>(framed.format) << ' ' << testing::PrintToString(framed.bytes);
}

// As the reader does: pieces of `step` more bytes, what was not dealt with in front.
std::vector<Framed> Frame(const std::string& text, std::size_t step) {
  Framer framer{InputLimits{}};
  std::vector<Framed> framed;
  std::size_t begin = 0, end = 0;
  bool at_end = false;
  while (!at_end) {
    end = std::min(text.size(), end + step);
    at_end = end == text.size();
    std::vector<RawMessage> messages;
    begin += framer.Cut(std::string_view(text).substr(begin, end - begin), at_end, messages);
    for (const RawMessage& raw : messages) framed.push_back({raw.format, std::string(raw.bytes)});
  }
  EXPECT_EQ(begin, text.size());
  return framed;
}

const std::string kInterchange =
    "UNB+UNOA:4+ZZ+B+261121:2355+1'UNH+1+PAXLST:D:05B:UN'BGM+745'UNT+3+1'UNZ+1+1'\n";

// Where the bytes of a pipe are parted says nothing about the messages in them.
class AnyPieces : public testing::TestWithParam<std::pair<const char*, std::string>> {};

TEST_P(AnyPieces, GiveTheSameMessages) {
  const std::string& text = GetParam().second;
  const std::vector<Framed> whole = Frame(text, text.size());
  for (std::size_t step = 1; step < text.size(); ++step) EXPECT_EQ(Frame(text, step), whole) << "pieces of " << step;
}

INSTANTIATE_TEST_SUITE_P(
    Framer, AnyPieces,
    testing::Values(std::pair("ShortLinesBehindAnInterchangeAmongLines",
                              "{\"message_id\":\"one\"}\n" + kInterchange + "{\"a\":1}\n{\"b\":2}\n\n"),
                    std::pair("AWordThatBeginsLikeATag", std::string("..HDQABZZ UNABLE TO SEND\n{\"a\":1}\n{\"b\":2}\n")),
                    std::pair("NineCharactersBetweenUnaAndUnb", "{\"a\":1}\nUNA\n2}ab0c[1]\n" + kInterchange + "{\"b\":2}\n"),
                    std::pair("ALineOfUnbAndAnotherOfJson", std::string("{\"a\":1}\nUNB+GUNH\n{UN:\"b\"\n{\"b\":2}\n")),
                    std::pair("BlanksBehindUnzAndNoElement", "UNB+UNOA:4+ZZ+B+261121:2355+1'UNH+1+PAXLST:D:05B:UN'BGM+745'UNT+3+1'"
                                                             "UNZ" + std::string(100, '\0') + "AND1'\n" + kInterchange),
                    std::pair("AShellOfAWordLikeATagAndAnInterchange", "\x01QP UNABCZZ\r\n" + kInterchange + kInterchange),
                    std::pair("AByteOrderMarkBeforeAnInterchange", "\xef\xbb\xbf" + kInterchange),
                    std::pair("AByteOrderMarkBeforeLines", std::string("\xef\xbb\xbf{\"a\":1}\n{\"b\":2}\n")),
                    std::pair("LinesAfterText", std::string("hello\n{\"a\":1}\n"))),
    [](const auto& test) { return test.param.first; });

class HostileLines : public testing::TestWithParam<std::pair<const char*, const char*>> {};

TEST_P(HostileLines, CostNothingElse) {
  constexpr std::size_t kTimes = 50'000;
  const std::string line = GetParam().second;
  std::string text = "{\"first\":1}\n";
  for (std::size_t i = 0; i < kTimes; ++i) text += line + "\n";
  text += "{\"middle\":1}\n" + kInterchange;
  for (std::size_t i = 0; i < kTimes; ++i) text += line + "\n";
  text += "{\"last\":1}\n";
  const std::vector<Framed> framed = Frame(text, std::size_t{1} << 20);
  std::vector<std::string> json;
  std::size_t bytes = 0, interchanges = 0;
  for (const Framed& message : framed) {
    bytes += message.bytes.size();
    if (message.bytes.starts_with('{')) json.push_back(message.bytes);
    interchanges += message.bytes.find("BGM+745") != std::string::npos;
  }
  EXPECT_EQ(json, (std::vector<std::string>{"{\"first\":1}", "{\"middle\":1}", "{\"last\":1}"}));
  EXPECT_EQ(interchanges, 1u);
  EXPECT_GE(bytes, 2 * kTimes * line.size()) << "lines were passed over in silence";
}

INSTANTIATE_TEST_SUITE_P(Framer, HostileLines,
                         testing::Values(std::pair("Unb", "UNB"), std::pair("Una", "UNA:+.? '"),
                                         std::pair("UnbWithSyntax", "UNB+UNOA:4"),
                                         std::pair("NextLineReleased", "UNB+UNOA:4?"),
                                         std::pair("NextLineReleasedWithUnh", "UNB+UNOA:4+UNH?"),
                                         std::pair("WordsWithTags", "UNBELIEVABLE UNH UNZ UNA")),
                         [](const auto& test) { return test.param.first; });

}  // namespace
}  // namespace landfall
