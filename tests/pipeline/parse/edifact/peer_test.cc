// A second opinion on where segments, elements and components end: the npm package `edifact` 1.2.12, on well-formed text.
// Skipped where Node.js or the package is not at hand.

#include <gtest/gtest.h>
#include <simdjson.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"
#include "tests/peers/peers.h"
#include "tests/support/paxlst_builder.h"
#include "tests/support/pnrgov_builder.h"
#include "tests/support/run_command.h"

namespace landfall::edifact {
namespace {

namespace fs = std::filesystem;
using Parts = std::vector<std::vector<std::string>>;  // By element, the tag first.

std::string Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string TagText(std::uint32_t tag) {
  std::string text;
  for (const int shift : {24, 16, 8, 0}) {
    if (const char c = static_cast<char>(tag >> shift); c != 0) text += c;
  }
  return text;
}

std::vector<Parts> OurSegments(std::string_view text) {
  const ServiceString service = ReadServiceString(text, {});
  const Tokens tokens(text, service.begin, service.separators, 1'000'000);
  std::vector<Parts> all;
  for (const Tokens::Segment& segment : tokens.segments()) {
    Parts parts = {{TagText(segment.tag)}};
    for (std::size_t e = 1; e <= segment.elements; ++e) {
      parts.emplace_back();
      for (std::size_t c = 1; c <= tokens.Components(segment, e); ++c) parts.back().emplace_back(tokens.Part(segment, e, c));
    }
    all.push_back(std::move(parts));
  }
  return all;
}

// The peer's line for a file; nullopt if it refused it. Blanks at the ends of a component are no data to us.
std::optional<std::vector<Parts>> PeerSegments(simdjson::dom::element line) {
  if (line.is_object()) return std::nullopt;
  std::vector<Parts> all;
  const simdjson::dom::array segments = line.get_array();
  for (const simdjson::dom::array segment : segments) {
    Parts parts = {{std::string(segment.at(0).get_string().value())}};
    const simdjson::dom::array elements = segment.at(1).get_array();
    for (const simdjson::dom::array element : elements) {
      parts.emplace_back();
      for (const simdjson::dom::element component : element) {
        parts.back().emplace_back(Trim(component.get_string().value()));
      }
    }
    all.push_back(std::move(parts));
  }
  return all;
}

class EdifactPeer : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(testing_support::PeerPackages() / "edifact")) GTEST_SKIP() << "no npm package edifact: ./do peers";
    if (std::system("node --version >/dev/null 2>&1") != 0) GTEST_SKIP() << "no Node.js";
  }

  // Compares, and returns how many of the files the peer could read.
  int Compare(const std::vector<fs::path>& files) {
    std::string command = absl::StrFormat("NODE_PATH='%s' node '%s'", testing_support::PeerPackages().string(),
                                          LANDFALL_SOURCE_DIR "/tests/peers/edifact_segments.js");
    for (const fs::path& file : files) command += " '" + file.string() + "'";
    command += " >'" + folder_.Path("peer.ndjson") + "'";
    EXPECT_EQ(std::system(command.c_str()), 0);
    std::ifstream lines(folder_.Path("peer.ndjson"));
    simdjson::dom::parser parser;
    int compared = 0;
    std::string line;
    for (const fs::path& file : files) {
      EXPECT_TRUE(std::getline(lines, line)) << file;
      const auto theirs = PeerSegments(parser.parse(line).value());
      if (!theirs) {
        refusals_ += file.filename().string() + ": " + line + "\n";
        continue;
      }
      ++compared;
      const std::vector<Parts> ours = OurSegments(Read(file));
      EXPECT_EQ(ours.size(), theirs->size()) << file;
      for (std::size_t i = 0; i < ours.size() && i < theirs->size(); ++i) {
        EXPECT_EQ(ours[i], (*theirs)[i]) << file << ", segment " << i + 1;
      }
    }
    return compared;
  }

  testing_support::TemporaryFolder folder_;
  std::string refusals_;  // What the peer could not read, and why.
};

// Segments of any text over letters, digits, blanks, accents and every service character, released.
std::string RandomSegment(std::mt19937& random) {
  constexpr std::string_view kTags[] = {"NAD", "FTX", "DTM", "TIF", "SSR", "LOC", "RFF", "ABC"};
  constexpr std::string_view kPieces[] = {"A", "Z", "9", "0", " ", "-", "/", "?+", "?:", "?'", "??", "\xc3\x89", ",", "("};
  const auto upto = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n)(random); };
  std::string segment(kTags[upto(std::size(kTags) - 1)]);
  for (std::size_t elements = upto(6); elements > 0; --elements) {
    segment += '+';
    for (std::size_t components = upto(3); ; --components) {
      for (std::size_t pieces = upto(5); pieces > 0; --pieces) segment += kPieces[upto(std::size(kPieces) - 1)];
      if (components == 0) break;
      segment += ':';
    }
  }
  return segment;
}

// Cuts lines as a printer does. Between a release character and the next, and within a character of two bytes, the peer
// takes a line end for data; to us it is none anywhere.
void Wrap(std::string& text, char release) {
  for (std::size_t at = 60; at < text.size(); at += 62) {
    while (at < text.size() && (text[at - 1] == release || (text[at] & '\xc0') == '\x80')) ++at;
    text.insert(at, "\r\n");
  }
}

TEST_F(EdifactPeer, GeneratedInterchanges) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  // Others, the peer refuses: it mixes up the order of their codes.
  constexpr std::string_view kSeparators[] = {":+.? '", ":*,# '", "/+.? ~", "<>.! ;", "=+.? |"};
  std::vector<fs::path> files;
  for (int i = 0; i < 200; ++i) {
    InterchangeOptions options;
    options.separators = kSeparators[i % std::size(kSeparators)];
    PaxlstSegments travellers;
    for (int t = 0; t < 5; ++t) {
      for (std::string& segment : TypicalPaxlstTraveller(t)) travellers.push_back(std::move(segment));
      for (int more = 0; more < 10; ++more) travellers.push_back(RandomSegment(random));
    }
    std::string text = i % 4 == 3 ? PnrgovInterchange({PnrgovMessage(travellers)}, options.separators)
                                  : Interchange({PaxlstMessage(travellers), PaxlstMessage({})}, options);
    if (i % 7 == 6) Wrap(text, options.separators[3]);
    files.emplace_back(folder_.Write(absl::StrFormat("%d.edi", i), text));
  }
  EXPECT_EQ(Compare(files), 200) << refusals_;
}

std::vector<fs::path> EdiFilesBelow(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".edi") files.push_back(entry.path());
  }
  return files;
}

TEST_F(EdifactPeer, Samples) { EXPECT_GE(Compare(EdiFilesBelow(LANDFALL_SOURCE_DIR "/samples")), 2); }

TEST_F(EdifactPeer, PrivateSamples) {
  const fs::path data = LANDFALL_SOURCE_DIR "/../shared/data";
  if (!fs::exists(data)) GTEST_SKIP() << "no " << data;
  EXPECT_EQ(Compare(EdiFilesBelow(data / "paxlst")) + Compare(EdiFilesBelow(data / "pnrgov")), 15);
}

}  // namespace
}  // namespace landfall::edifact
