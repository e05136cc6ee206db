#include "pipeline/parse/edifact/kept_raw.h"

#include <algorithm>
#include <cstddef>

#include "pipeline/parse/edifact/card_number.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/separators.h"

namespace landfall::edifact {
namespace {

bool Names(std::string_view text, std::string_view type) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (BehindTag(text, at, type) != kNowhere) return true;
  }
  return false;
}

// The segments PNRGOV is read from.
constexpr std::string_view kReadTags[] = {"UNA", "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "MSG", "ORG", "TVL", "EQN", "SRC",
                                          "RCI", "DAT", "ADD", "TIF", "REF", "RPI", "SSD", "TBD"};
constexpr std::string_view kReadServices[] = {"DOCS", "DOCO", "DOCA", "INFT", "CHLD", "UMNR", "CTCM",
                                              "CTCE", "SEAT", "NSST", "RQST"};

bool IsRead(std::string_view segment, char element) {
  for (const std::string_view tag : kReadTags) {
    if (BehindTag(segment, 0, tag) != kNowhere) return true;
  }
  std::size_t at = BehindTag(segment, 0, "SSR");
  if (at == kNowhere) return false;
  at = SkipBlanks(segment, at);
  if (at < segment.size() && segment[at] == element) at = SkipBlanks(segment, at + 1);
  for (const std::string_view service : kReadServices) {
    if (BehindTag(segment, at, service) != kNowhere) return true;
  }
  return false;
}

void Blacken(std::string& text, std::size_t begin, std::size_t end) {
  for (std::size_t at = std::min(begin, end); at < end; ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (IsAlphanumeric(text[at]) || byte >= 0x80) text[at] = 'X';
  }
}

// Where the segment that begins at `at` ends: behind its terminator.
std::size_t EndOf(std::string_view text, std::size_t at, const Separators& separators) {
  for (; at < text.size(); ++at) {
    if (separators.release != ' ' && text[at] == separators.release) {
      for (++at; at < text.size() && IsLineEnd(text[at]);) ++at;
    } else if (text[at] == separators.terminator) {
      return at + 1;
    }
  }
  return text.size();
}

// Behind the tag: that stays, so that what was blackened can be told.
std::size_t BehindItsTag(std::string_view text, std::size_t at) {
  for (int letters = 0; at < text.size() && letters < 3; ++at) letters += IsLineEnd(text[at]) ? 0 : 1;
  return at;
}

}  // namespace

std::string KeptRaw(std::string_view interchange, const std::map<std::string, std::string>& by_sender) {
  std::string kept(interchange);
  const bool is_booking = Names(kept, "PNRGOV");
  if (!is_booking && Names(kept, "PAXLST")) return kept;
  if (is_booking) {
    const ServiceString service = ReadServiceString(interchange, by_sender);
    for (std::size_t at = SkipBlanks(interchange, service.begin); at < interchange.size(); at = SkipBlanks(interchange, at)) {
      const std::size_t end = EndOf(interchange, at, service.separators);
      if (!IsRead(interchange.substr(at, end - at), service.separators.element)) Blacken(kept, BehindItsTag(interchange, at), end);
      at = end;
    }
  }
  MaskCardNumbers(kept);
  return kept;
}

}  // namespace landfall::edifact
