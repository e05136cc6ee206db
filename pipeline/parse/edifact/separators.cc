#include "pipeline/parse/edifact/separators.h"

#include <algorithm>
#include <array>

#include "pipeline/parse/edifact/scan.h"

namespace landfall::edifact {
namespace {

// A UNB is far shorter: what follows it is looked for no further.
constexpr std::size_t kReach = 1'024;

constexpr std::string_view kNoUna = "no UNA, and other separators than the defaults: read from the text";
constexpr std::string_view kMalformedUna = "malformed UNA: the defaults were used";
constexpr std::string_view kOtherTerminator = "UNA states another terminator than the text uses: read from the text";

Separators FromUna(std::string_view six) { return {six[0], six[1], six[2], six[3], six[4], six[5]}; }

bool IsTagThenElement(std::string_view text, std::size_t at, std::string_view tag, char element) {
  const std::size_t behind = BehindTag(text, at, tag);
  if (behind == kNowhere) return false;
  const std::size_t next = SkipBlanks(text, behind);
  return next < text.size() && text[next] == element;
}

// The first tag, behind `at`, of a segment that can follow the first one.
std::size_t FindSecondSegment(std::string_view text, std::size_t at, char element) {
  const std::size_t end = std::min(text.size(), at + kReach);
  for (; at < end; ++at) {
    const char c = Upper(text[at]);
    if (c != 'U' && c != 'B') continue;
    for (const std::string_view tag : {"UNG", "UNH", "BGM", "MSG"}) {
      if (IsTagThenElement(text, at, tag, element)) return at;
    }
  }
  return kNowhere;
}

// The character that ends the segment before `second`: a newline if no other mark stands there.
char TerminatorBefore(std::string_view text, std::size_t second) {
  std::size_t at = second;
  while (at > 0 && IsBlank(text[at - 1])) --at;
  return at == 0 || IsAlphanumeric(text[at - 1]) ? '\n' : text[at - 1];
}

// What the first segment, UNB or UNH at `begin`, shows of the separators; `assumed` where it shows nothing.
struct Shown {
  Separators separators;
  bool is_cut = false;
};
Shown ReadFromText(std::string_view text, std::size_t begin, const Separators& assumed) {
  Shown shown{assumed, false};
  const std::size_t behind = SkipBlanks(text, std::min(text.size(), begin + 3));
  if (behind >= text.size()) return {assumed, true};
  if (!IsAlphanumeric(text[behind])) shown.separators.element = text[behind];
  const std::size_t second = FindSecondSegment(text, behind, shown.separators.element);
  if (second == kNowhere) {
    shown.is_cut = text.size() < behind + kReach;
    return shown;
  }
  shown.separators.terminator = TerminatorBefore(text, second);
  // UNB+UNOA:4: what stands behind the syntax identifier.
  std::size_t at = SkipBlanks(text, behind + 1);
  while (at < second && (IsAlphanumeric(text[at]) || IsLineEnd(text[at]))) ++at;
  const bool is_unb = BehindTag(text, begin, "UNB") != kNowhere;
  if (is_unb && at < second && text[at] != shown.separators.element) shown.separators.component = text[at];
  return shown;
}

// The UNB sender as these separators read it.
std::string SenderOf(std::string_view text, const Separators& separators) {
  std::string sender;
  int elements = 0;
  for (const char c : text.substr(0, kReach)) {
    if (IsLineEnd(c)) continue;
    if (c == separators.element && ++elements == 3) break;
    if (elements == 2 && c == separators.component) break;
    if (elements == 2 && c != separators.element) sender += c;
  }
  sender.erase(sender.find_last_not_of(' ') + 1);
  return sender.substr(std::min(sender.size(), sender.find_first_not_of(' ')));
}

ServiceString WithoutUna(std::string_view text, const std::map<std::string, std::string>& by_sender) {
  for (const auto& [sender, characters] : by_sender) {
    if (characters.size() != 6) continue;
    const Separators separators = FromUna(characters);
    if (IsTagThenElement(text, 0, "UNB", separators.element) && SenderOf(text, separators) == sender) {
      return {separators, 0, "", false};
    }
  }
  const Shown shown = ReadFromText(text, 0, {});
  ServiceString result{shown.separators, 0, "", shown.is_cut};
  if (result.separators != Separators{}) result.doubt = kNoUna;
  return result;
}

// The six characters behind UNA, or the five that some senders write before a line end; and where they end.
struct Una {
  std::array<char, 6> characters{};
  std::size_t count = 0;
  std::size_t end = 0;
};
Una ReadUna(std::string_view text, std::size_t at) {
  Una una;
  for (; at < text.size() && una.count < una.characters.size(); ++at) {
    const bool is_short = una.count == 5 && IsLineEnd(text[at]) && BehindTag(text, SkipBlanks(text, at), "UNB") != kNowhere;
    if (is_short) break;
    if (!IsLineEnd(text[at])) una.characters[una.count++] = text[at];
  }
  una.end = at;
  return una;
}

// Where UNB stands behind UNA, whatever stands between.
std::size_t FindUnb(std::string_view text, std::size_t from) {
  constexpr std::size_t kNear = 96;
  for (std::size_t at = from; at < std::min(text.size(), from + kNear); ++at) {
    if (BehindTag(text, at, "UNB") != kNowhere) return at;
  }
  return kNowhere;
}

}  // namespace

ServiceString ReadServiceString(std::string_view text, const std::map<std::string, std::string>& by_sender) {
  const std::size_t behind_tag = BehindTag(text, 0, "UNA");
  if (behind_tag == kNowhere) return WithoutUna(text, by_sender);
  const Una una = ReadUna(text, behind_tag);
  const std::size_t unb = FindUnb(text, behind_tag);
  if (unb == kNowhere) return {{}, una.end, kMalformedUna, text.size() < kReach};
  const Separators sent = FromUna({una.characters.data(), una.characters.size()});
  const bool is_whole = una.count == una.characters.size() && SkipBlanks(text, una.end) == unb;
  if (is_whole && IsTagThenElement(text, unb, "UNB", sent.element)) {
    const Shown shown = ReadFromText(text, unb, sent);
    ServiceString result{sent, unb, "", shown.is_cut};
    if (shown.separators.terminator != sent.terminator) {
      result.separators.terminator = shown.separators.terminator;
      result.doubt = kOtherTerminator;
    }
    return result;
  }
  Separators assumed;
  // A UNA of `:+\*'` leaves the decimal mark out. A release character was stated early enough to be trusted.
  if (una.characters[0] == ':' && una.characters[1] == '+' && una.characters[2] == '\\') assumed.release = '\\';
  const Shown shown = ReadFromText(text, unb, assumed);
  return {shown.separators, unb, kMalformedUna, shown.is_cut};
}

}  // namespace landfall::edifact
