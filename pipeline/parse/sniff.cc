#include "pipeline/parse/parse.h"

namespace landfall {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool IsLetter(char c) { return c >= 'A' && c <= 'Z'; }

// A Type-B shell: SOH, or a line of priority and addresses ("QP LONABZZ"), or an origin line (".HDQABZZ 121530"), with
// UNA or UNB within reach.
bool IsTypeB(std::string_view head) {
  const bool begins_so = head.front() == '\x01' || head.front() == '.' ||
                         (IsLetter(head.front()) && head.find_first_of(kBlanks) != std::string_view::npos);
  return begins_so && (head.find("UNB") != std::string_view::npos || head.find("UNA") != std::string_view::npos);
}

}  // namespace

InputFormat SniffFormat(std::string_view head) {
  const std::size_t first = head.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return InputFormat::kNdjson;  // Blank lines: no messages in any format.
  head.remove_prefix(first);
  for (const std::string_view tag : {"UNA", "UNB", "UNH"}) {
    if (head.substr(0, 3) == tag) return InputFormat::kEdifact;
  }
  // A byte-order mark is refused line by line, with a reason.
  if (head.front() == '{' || head.front() == '[' || head.substr(0, 3) == "\xef\xbb\xbf") return InputFormat::kNdjson;
  return IsTypeB(head) ? InputFormat::kEdifact : InputFormat::kUnknown;
}

}  // namespace landfall
