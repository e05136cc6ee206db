#include "pipeline/parse/edifact/framing.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/separators.h"

namespace landfall::edifact {
namespace {

enum class Begins { kNo, kYes, kCut };  // kCut: the bytes end too early to tell.

constexpr std::size_t kLongestUnz = 96;

// True if the bytes end inside what may become `tag`.
bool IsCutTag(std::string_view data, std::size_t at, std::string_view tag) {
  std::size_t matched = 0;
  for (; at < data.size() && matched < tag.size(); ++at) {
    if (IsLineEnd(data[at])) continue;
    if (Upper(data[at]) != tag[matched++]) return false;
  }
  return matched < tag.size();
}

// "UNB+UNOA:4" with any separators.
Begins UnbAt(std::string_view data, std::size_t at) {
  std::size_t next = BehindTag(data, at, "UNB");
  if (next == kNowhere) return IsCutTag(data, at, "UNB") ? Begins::kCut : Begins::kNo;
  next = SkipBlanks(data, next);
  if (next >= data.size()) return Begins::kCut;
  if (IsAlphanumeric(data[next])) return Begins::kNo;
  const char element = data[next];
  // The syntax identifier: four letters, and its version behind another separator.
  std::size_t letters = 0;
  next = SkipBlanks(data, next + 1);
  while (next < data.size() && IsLetter(data[next])) {
    if (++letters > 4) return Begins::kNo;
    next = SkipBlanks(data, next + 1);
  }
  if (next >= data.size()) return Begins::kCut;
  if (letters != 4 || IsDigit(data[next])) return Begins::kNo;
  if (data[next] == element) return Begins::kYes;
  next = SkipBlanks(data, next + 1);
  if (next >= data.size()) return Begins::kCut;
  return IsDigit(data[next]) ? Begins::kYes : Begins::kNo;
}

// UNA, five or six characters (one may be a typographic quote of three bytes), and UNB.
Begins UnaAt(std::string_view data, std::size_t at) {
  constexpr std::size_t kFarthestUnb = 96;
  const std::size_t behind = BehindTag(data, at, "UNA");
  if (behind == kNowhere) return IsCutTag(data, at, "UNA") ? Begins::kCut : Begins::kNo;
  const std::size_t end = std::min(data.size(), behind + kFarthestUnb);
  std::size_t characters = 0;
  for (std::size_t next = behind; next < end; ++next) {
    if (characters >= 4 && BehindTag(data, next, "UNB") != kNowhere) return UnbAt(data, next);
    if (characters >= 4 && IsCutTag(data, next, "UNB")) return Begins::kCut;
    characters += IsLineEnd(data[next]) ? 0 : 1;
    if (characters > 9 && !IsBlank(data[next])) return Begins::kNo;
  }
  return end == data.size() ? Begins::kCut : Begins::kNo;
}

// Where no envelope came: "UNH+reference+PAXLST:".
Begins UnhAt(std::string_view data, std::size_t at) {
  constexpr std::size_t kFarthestType = 96;
  std::size_t next = BehindTag(data, at, "UNH");
  if (next == kNowhere) return IsCutTag(data, at, "UNH") ? Begins::kCut : Begins::kNo;
  next = SkipBlanks(data, next);
  if (next >= data.size()) return Begins::kCut;
  const char element = data[next];
  if (IsAlphanumeric(element)) return Begins::kNo;
  const std::size_t second = data.substr(0, at + kFarthestType).find(element, next + 1);
  if (second == kNowhere) return data.size() < at + kFarthestType ? Begins::kCut : Begins::kNo;
  std::size_t letters = 0;
  for (next = second + 1; next < data.size() && letters < 7; ++next) {
    if (IsBlank(data[next])) continue;
    if (!IsLetter(data[next])) break;
    ++letters;
  }
  if (next >= data.size()) return Begins::kCut;
  return letters == 6 ? Begins::kYes : Begins::kNo;
}

// An interchange with its envelope.
Begins EnvelopeAt(std::string_view data, std::size_t at) {
  const Begins una = UnaAt(data, at);
  return una == Begins::kNo ? UnbAt(data, at) : una;
}

struct Begin {
  std::size_t at = kNowhere;
  bool is_cut = false;
};

// The first place where an interchange begins. Words of a text around it that hold the letters of a tag are none.
Begin FindBegin(std::string_view data, bool at_end) {
  for (std::size_t at = 0; at < data.size(); ++at) {
    if (Upper(data[at]) != 'U') continue;
    Begins begins = EnvelopeAt(data, at);
    if (begins == Begins::kNo) begins = UnhAt(data, at);
    if (begins == Begins::kYes) return {at, false};
    if (begins == Begins::kCut && !at_end) return {at, true};
  }
  // Nothing but a ruin of one: it is handed over to be refused with a reason, and not passed over in silence.
  const std::size_t first = SkipBlanks(data, 0);
  for (const std::string_view tag : {"UNA", "UNB", "UNH"}) {
    const std::size_t behind = BehindTag(data, first, tag);
    if (behind != kNowhere && (behind == data.size() || !IsAlphanumeric(data[behind]))) return {first, !at_end};
  }
  return {};
}

// Where UNZ, which stands at `unz`, ends: with its terminator; without one before another interchange, the end of the
// teletype text, or the end of its line. kNowhere: more bytes are needed.
std::size_t EndOfUnz(std::string_view data, std::size_t unz, char terminator, bool at_end) {
  constexpr char kEndOfText = '\x03';
  const std::size_t end = std::min(data.size(), unz + kLongestUnz);
  for (std::size_t at = unz + 1; at < end; ++at) {
    if (data[at] == terminator) return at + 1;
    if (data[at] == kEndOfText) return at;
    const Begins begins = EnvelopeAt(data, at);
    if (begins == Begins::kYes) return at;
    if (begins == Begins::kCut && !at_end) return kNowhere;
  }
  if (end == data.size() && !at_end) return kNowhere;
  const std::size_t line_end = data.substr(0, end).find_first_of("\r\n", BehindTag(data, unz, "UNZ"));
  return line_end == kNowhere ? end : line_end;
}

// kCut: the bytes end before what would tell; at the end of all bytes it is one.
Begins UnzAt(std::string_view data, std::size_t at, char element) {
  const std::size_t behind = BehindTag(data, at, "UNZ");
  if (behind == kNowhere) return Begins::kNo;
  const std::size_t next = SkipBlanks(data, behind);
  if (next >= data.size()) return Begins::kCut;
  return data[next] == element ? Begins::kYes : Begins::kNo;
}

// Walks over the segments from `at` to the end of the interchange; kNowhere: more bytes are needed.
std::size_t FindEnd(std::string_view data, std::size_t at, const Separators& separators, bool at_end) {
  // Characters at which to look up: the others are passed over quickly.
  std::array<bool, 256> stops{};
  for (const char c : {separators.terminator, 'U', 'u'}) stops[static_cast<unsigned char>(c)] = true;
  if (separators.release != ' ') stops[static_cast<unsigned char>(separators.release)] = true;
  bool is_first = true;
  while (true) {
    at = SkipBlanks(data, at);
    const Begins unz = UnzAt(data, at, separators.element);
    if (unz == Begins::kCut && !at_end) return kNowhere;
    if (unz != Begins::kNo) return EndOfUnz(data, at, separators.terminator, at_end);
    const std::size_t segment = at;
    for (bool ended = false; !ended; ++at) {
      while (at < data.size() && !stops[static_cast<unsigned char>(data[at])]) ++at;
      if (at >= data.size()) return at_end ? data.size() : kNowhere;
      const char c = data[at];
      if (c == separators.terminator) {
        ended = true;
      } else if (c == separators.release && separators.release != ' ') {
        for (++at; at < data.size() && IsLineEnd(data[at]);) ++at;
      } else if (!(is_first && at == segment)) {
        // An interchange that begins inside another: the first was cut off.
        const Begins begins = EnvelopeAt(data, at);
        if (begins == Begins::kYes) return at;
        if (begins == Begins::kCut && !at_end) return kNowhere;
      }
    }
    is_first = false;
  }
}

}  // namespace

bool HoldsSegments(std::string_view text) {
  for (const std::string_view tag : {"NAD", "UNT", "BGM"}) {
    for (std::size_t at = text.find(tag); at != kNowhere; at = text.find(tag, at + 1)) {
      const std::size_t behind = at + tag.size();
      const bool begins = at == 0 || !IsAlphanumeric(text[at - 1]);
      if (begins && behind < text.size() && !IsAlphanumeric(text[behind]) && !IsBlank(text[behind])) return true;
    }
  }
  return false;
}

bool MayBeginEnvelope(std::string_view data) { return EnvelopeAt(data, 0) != Begins::kNo; }

InterchangeFrame NextInterchange(std::string_view data, bool at_end, const InputLimits& /*limits*/) {
  const Begin begin = FindBegin(data, at_end);
  if (begin.at == kNowhere || begin.is_cut) return {};
  const ServiceString service = ReadServiceString(data.substr(begin.at), {});
  if (service.is_cut && !at_end) return {begin.at, begin.at, false};
  const std::size_t end = FindEnd(data, begin.at + service.begin, service.separators, at_end);
  if (end == kNowhere) return {begin.at, begin.at, false};
  return {begin.at, end, true};
}

}  // namespace landfall::edifact
