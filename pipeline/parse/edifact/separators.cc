#include "pipeline/parse/edifact/separators.h"

#include <array>

namespace landfall::edifact {
namespace {

bool IsLineEnd(char c) { return c == '\r' || c == '\n'; }

// True if UNB and the data separator stand at `at`, blanks and line ends passed over.
bool IsUnbAt(std::string_view data, std::size_t at, char element) {
  static constexpr std::string_view kTag = "UNB";
  std::size_t matched = 0;
  for (; at < data.size() && matched < kTag.size(); ++at) {
    if (IsLineEnd(data[at]) || data[at] == ' ') continue;
    const char c = data[at] >= 'a' && data[at] <= 'z' ? static_cast<char>(data[at] - 'a' + 'A') : data[at];
    if (c != kTag[matched]) return false;
    ++matched;
  }
  while (at < data.size() && (IsLineEnd(data[at]) || data[at] == ' ')) ++at;
  return matched == kTag.size() && at < data.size() && data[at] == element;
}

}  // namespace

ServiceString ReadUna(std::string_view data) {
  std::array<char, 6> characters{};
  std::size_t at = 3, count = 0;
  while (at < data.size() && count < characters.size()) {
    // A line end before the sixth character: a UNA of five, as some senders write it.
    if (IsLineEnd(data[at]) && count >= 5) break;
    if (!IsLineEnd(data[at])) characters[count++] = data[at];
    ++at;
  }
  ServiceString result;
  result.end = at;
  const Separators sent{characters[0], characters[1], characters[2], characters[3], characters[4], characters[5]};
  if (count == characters.size() && IsUnbAt(data, at, sent.element)) {
    result.separators = sent;
    return result;
  }
  result.is_malformed = true;
  // The defaults, and the next segment wherever it begins. A release character was stated early enough to be trusted.
  const std::size_t unb = data.find("UNB", 3);
  result.end = unb == std::string_view::npos ? at : unb;
  if (count >= 5 && characters[3] != ' ' && characters[0] == ':' && characters[1] == '+') {
    // ":+\*'" leaves the decimal mark out.
    if (characters[2] == '\\') result.separators.release = '\\';
  }
  return result;
}

}  // namespace landfall::edifact
