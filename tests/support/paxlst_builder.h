#pragma once

// PAXLST interchanges of made-up flights and people, for tests and benchmarks. Segments are written as with the default
// separators ("NAD+FL+++O?'HARA:ANN") and put into those asked for.

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"

namespace landfall {

using PaxlstSegments = std::vector<std::string>;

struct InterchangeOptions {
  std::string separators = ":+.? '";  // As in UNA.
  bool una = true;
  bool group = true;  // UNG and UNE.
  std::string sender = "ZZAIR:ZZ";
  std::string prepared_at = "261121:2355";
  std::string control_ref = "000000101";
  std::string common_reference;  // Common access reference and sequence of every message: "ZZ101/261122+01:F".
};

// One segment of the default separators, with its terminator, in others.
inline std::string InSeparators(std::string_view segment, std::string_view separators) {
  std::string out;
  for (std::size_t i = 0; i < segment.size(); ++i) {
    const bool is_literal = segment[i] == '?' && i + 1 < segment.size();
    if (is_literal) ++i;
    const char c = segment[i];
    if (!is_literal && c == ':') out += separators[0];
    else if (!is_literal && c == '+') out += separators[1];
    else {
      const bool is_special = c == separators[0] || c == separators[1] || c == separators[3] || c == separators[5];
      if (is_special && separators[3] != ' ') out += separators[3];
      out += c;
    }
  }
  return out + separators[5];
}

// The header of flight ZZ101 from LOS to LHR on 22 November 2026, and what stands behind it.
inline PaxlstSegments PaxlstMessage(PaxlstSegments travellers, std::string_view bgm = "745") {
  PaxlstSegments segments = {absl::StrFormat("BGM+%s", std::string(bgm)), "RFF+TN:ZZ26112201:::1",     "NAD+MS+++ZED AIR DESK",
                             "COM+020 7946 0001:TE",    "TDT+20+ZZ0101+++ZZ",        "LOC+125+LOS",
                             "DTM+189:2611220110:201",  "LOC+87+LHR",                "DTM+232:2611220640:201"};
  for (std::string& segment : travellers) segments.push_back(std::move(segment));
  return segments;
}

// Messages with their UNH and UNT, PAX001 and on.
inline std::string Interchange(const std::vector<PaxlstSegments>& messages, const InterchangeOptions& options = {}) {
  std::string out;
  const auto add = [&](std::string_view segment) { out += InSeparators(segment, options.separators); };
  if (options.una) out = absl::StrFormat("UNA%s", options.separators);
  add(absl::StrFormat("UNB+UNOA:4+%s+BORDER:ZZ+%s+%s++APIS", options.sender, options.prepared_at, options.control_ref));
  if (options.group) add(absl::StrFormat("UNG+PAXLST+ZED AIR:ZZ+BORDER:ZZ+%s+7+UN+D:05B", options.prepared_at));
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const std::string reference = absl::StrFormat("PAX%03d", i + 1);
    add(absl::StrFormat("UNH+%s+PAXLST:D:05B:UN:IATA%s%s", reference, options.common_reference.empty() ? "" : "+",
                        options.common_reference));
    for (const std::string& segment : messages[i]) add(segment);
    add(absl::StrFormat("UNT+%d+%s", messages[i].size() + 2, reference));
  }
  if (options.group) add(absl::StrFormat("UNE+%d+7", messages.size()));
  add(absl::StrFormat("UNZ+%d+%s", options.group ? 1 : messages.size(), options.control_ref));
  return out;
}

// Traveller `number` as carriers send them, all made up: about 180 bytes.
inline PaxlstSegments TypicalPaxlstTraveller(int number) {
  constexpr std::string_view kSurnames[] = {"ABARA", "BRAMLEY", "COVENTRY", "DUNMORE", "EZEKWE", "FENWICK", "GRANTLEY"};
  constexpr std::string_view kGiven[] = {"ALMA", "BENO", "CORA", "DARIO", "EDDA:RUTH"};
  return {absl::StrFormat("NAD+FL+++%s%c:%s", std::string(kSurnames[number % 7]), 'A' + number % 26,
                          std::string(kGiven[number % 5])),
          number % 2 == 0 ? "ATT+2++F" : "ATT+2++M",
          absl::StrFormat("DTM+329:%02d%02d%02d", (number * 7) % 100, number % 12 + 1, number % 28 + 1),
          "LOC+178+LOS",
          "LOC+179+LHR",
          "NAT+2+NGA",
          absl::StrFormat("RFF+AVF:K%05d", number / 3),
          absl::StrFormat("RFF+SEA:0%d%c", number % 60 + 1, 'A' + number % 9),
          absl::StrFormat("RFF+ABO:ZZ%06d", number),
          absl::StrFormat("DOC+P:110:111+A%08d", 30'000'000 + number),
          "DTM+36:300101",
          "LOC+91+NGA"};
}

// A check-in message of so many travellers.
inline std::string TypicalInterchange(int travellers, const InterchangeOptions& options = {}) {
  PaxlstSegments segments = PaxlstMessage({});
  for (int i = 0; i < travellers; ++i) {
    for (std::string& segment : TypicalPaxlstTraveller(i)) segments.push_back(std::move(segment));
  }
  segments.push_back(absl::StrFormat("CNT+42:%d", travellers));
  return Interchange({segments}, options);
}

// The text with a line end after every `width` bytes.
inline std::string Wrapped(std::string_view text, std::size_t width, std::string_view line_end = "\r\n") {
  std::string out;
  for (std::size_t at = 0; at < text.size(); at += width) {
    out += text.substr(at, width);
    out += line_end;
  }
  return out;
}

}  // namespace landfall
