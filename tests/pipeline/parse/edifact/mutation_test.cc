// One well-formed interchange, damaged in some hundred ways, one at a time: a kind of damage for every segment of the
// message. Each ends in the code that testdata/mutations.txt names beside it, or is harmless and listed as such, and every
// traveller that can still be seen is accounted for. Run with LANDFALL_WRITE_GOLDEN=1 to write that file anew, then read
// its difference.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/parse_edifact.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

// Every segment of a PAXLST message once at least; two travellers, so that a neighbour can be lost.
std::vector<std::string> WholeInterchange() {
  return {"UNA:+.? ",
          "UNB+UNOA:4+ZZAIR:ZZ+BORDER:ZZ+261121:2355+000000101++APIS",
          "UNG+PAXLST+ZED AIR:ZZ+BORDER:ZZ+261121:2355+7+UN+D:05B",
          "UNH+PAX001+PAXLST:D:05B:UN:IATA+ZZ101/261122+01:F",
          "BGM+745",
          "RFF+TN:ZZ26112201:::1",
          "NAD+MS+++ZED AIR DESK",
          "COM+020 7946 0001:TE",
          "TDT+20+ZZ0101+++ZZ",
          "LOC+125+LOS",
          "DTM+189:2611220110:201",
          "LOC+87+LHR",
          "DTM+232:2611220640:201",
          "NAD+FL+++QUILL:ORLA+14 ACACIA AVENUE+LONDON++N1 1AA+GBR",
          "ATT+2++F",
          "DTM+329:140302",
          "MEA+CT++:2",
          "MEA+WT++KGM:31",
          "GEI+4+173",
          "FTX+BAG+++ZZ0441:2",
          "LOC+22+LHR",
          "LOC+174+NGA",
          "LOC+178+LOS",
          "LOC+179+LHR",
          "LOC+180+:::LAGOS NGA",
          "COM+447700900123:TE",
          "NAT+2+NGA",
          "RFF+AVF:K3P7QX",
          "RFF+ABO:ZZ000001",
          "RFF+SEA:021A",
          "RFF+CR:FF100200",
          "DOC+P:110:111+A01234567",
          "DTM+36:300101",
          "DTM+182:250101",
          "LOC+91+NGA",
          "DOC+V+VG0012345",
          "NAD+FL+++QUILL:ADA",
          "ATT+2++F",
          "DTM+329:800506",
          "NAT+2+NGA",
          "RFF+AVF:K3P7QX",
          "RFF+ABO:ZZ000002",
          "DOC+P:110:111+A07654321",
          "DTM+36:290101",
          "LOC+91+NGA",
          "CNT+42:2",
          "UNT+44+PAX001",
          "UNE+1+7",
          "UNZ+1+000000101"};
}

std::string Joined(const std::vector<std::string>& segments) {
  std::string text;
  for (const std::string& segment : segments) text += segment + "'";
  return text;
}

struct Mutation {
  std::string name;
  std::string text;
};

// All that is done to segment `at`. What cannot be done to it is left out.
class Mutator {
 public:
  Mutator(const std::vector<std::string>& segments, std::size_t at) : segments_(segments), at_(at) {}

  std::vector<Mutation> All() {
    const std::string& segment = segments_[at_];
    CutBehind();
    Changed("middle lost", segment.substr(0, segment.size() / 2));
    Without();
    Twice();
    MergedWithNext();
    Changed("unknown tag", "QQQ" + segment.substr(3));
    Changed("control character", segment + '\x01');
    Changed("NUL", segment + '\0');
    Changed("byte that is no text", segment + '\xff');
    Changed("release character last", segment + '?');
    Changed("twenty thousand characters", segment + std::string(20'000, 'X'));
    Changed("letters for its last value", WithLastValue("QQQQQQQ"));
    Changed("number for its last value", WithLastValue("9999999"));
    Changed("nothing for its last value", WithLastValue(""));
    Changed("its separators lost", Replaced(segment, '+', ' '));
    Changed("parts for elements", Replaced(segment, '+', ':'));
    Changed("another message begins", "UNH+X+PAXLST:D:05B:UN:IATA'" + segment);
    return std::move(mutations_);
  }

 private:
  void Add(std::string_view what, const std::vector<std::string>& segments) {
    std::string tag = segments_[at_].substr(0, segments_[at_].find(':'));
    tag = tag.substr(0, tag.find('+', 4));
    mutations_.push_back({absl::StrFormat("%02d %-8s %s", at_, tag, std::string(what)), Joined(segments)});
  }
  void Changed(std::string_view what, std::string segment) {
    if (segment == segments_[at_]) return;
    std::vector<std::string> all = segments_;
    all[at_] = std::move(segment);
    Add(what, all);
  }
  void CutBehind() {
    if (at_ + 1 < segments_.size()) {
      Add("cut behind it", {segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(at_) + 1});
    }
  }
  void Without() {
    std::vector<std::string> all = segments_;
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at_));
    Add("lost", all);
  }
  void Twice() {
    std::vector<std::string> all = segments_;
    all.insert(all.begin() + static_cast<std::ptrdiff_t>(at_), segments_[at_]);
    Add("twice", all);
  }
  void MergedWithNext() {
    if (at_ + 1 >= segments_.size()) return;
    std::vector<std::string> all = segments_;
    all[at_ + 1] = all[at_] + all[at_ + 1];
    all.erase(all.begin() + static_cast<std::ptrdiff_t>(at_));
    Add("terminator lost", all);
  }
  std::string WithLastValue(std::string_view value) const {
    const std::string& segment = segments_[at_];
    return segment.substr(0, segment.find_last_of(":+") + 1) + std::string(value);
  }
  static std::string Replaced(std::string text, char from, char to) {
    for (char& c : text) {
      if (c == from) c = to;
    }
    return text;
  }

  const std::vector<std::string>& segments_;
  std::size_t at_;
  std::vector<Mutation> mutations_;
};

std::vector<Mutation> AllMutations() {
  const std::vector<std::string> segments = WholeInterchange();
  std::vector<Mutation> all;
  for (std::size_t at = 0; at < segments.size(); ++at) {
    for (Mutation& mutation : Mutator(segments, at).All()) all.push_back(std::move(mutation));
  }
  return all;
}

// Codes of all that was set aside, in capitals, and of all findings; "harmless" without any.
std::string CodesOfAll(const ParsedInput& parsed) {
  std::set<std::string> codes;
  for (const QuarantinedRecord& record : parsed.quarantined) {
    std::string code(ToText(record.code));
    for (char& c : code) c = static_cast<char>(std::toupper(c));
    codes.insert(code);
  }
  for (const Message& message : parsed.messages) {
    for (const Finding& finding : message.findings) codes.insert(std::string(ToText(finding.code)));
  }
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : " ") + code;
  return text.empty() ? "harmless" : text;
}

std::string GoldenPath() {
  return std::string(LANDFALL_SOURCE_DIR) + "/tests/pipeline/parse/edifact/testdata/mutations.txt";
}

std::map<std::string, std::string> ReadGolden() {
  std::ifstream file(GoldenPath());
  std::map<std::string, std::string> rows;
  for (std::string line; std::getline(file, line);) {
    const std::size_t at = line.find(" => ");
    if (at != std::string::npos) rows[line.substr(0, at)] = line.substr(at + 4);
  }
  return rows;
}

TEST(PaxlstMutations, TheWholeMessageIsCleanAndEveryKindOfDamageHasItsCode) {
  const ParsedInput whole = ParseEdifact(Joined(WholeInterchange()));
  ASSERT_EQ(whole.messages.size(), 1u);
  ASSERT_THAT(FindingsOf(whole.messages[0]), testing::IsEmpty());
  ASSERT_EQ(whole.messages[0].travellers.size(), 2u);

  std::string made;
  const std::map<std::string, std::string> golden = ReadGolden();
  std::size_t with_code = 0;
  const std::vector<Mutation> mutations = AllMutations();
  for (const Mutation& mutation : mutations) {
    SCOPED_TRACE(mutation.name);
    const ParsedInput parsed = ParseEdifact(mutation.text);
    const std::string codes = CodesOfAll(parsed);
    made += mutation.name + " => " + codes + "\n";
    with_code += codes != "harmless";
    for (const QuarantinedRecord& record : parsed.quarantined) EXPECT_GT(record.reason.size(), 20u) << record.reason;
    EXPECT_FALSE(parsed.messages.empty() && parsed.quarantined.empty()) << "nothing came of it";
    const auto row = golden.find(mutation.name);
    EXPECT_EQ(codes, row == golden.end() ? "no row" : row->second);
  }
  EXPECT_EQ(golden.size(), mutations.size());
  EXPECT_GE(with_code, 300u);
  if (std::getenv("LANDFALL_WRITE_GOLDEN") != nullptr) std::ofstream(GoldenPath()) << made;
}

}  // namespace
}  // namespace landfall
