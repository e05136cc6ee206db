#include "pipeline/parse/framer.h"

#include <algorithm>

#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/scan.h"

namespace landfall {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool IsBlankLine(std::string_view line) { return line.find_first_not_of(" \t\r") == kNowhere; }

// As if it began, or went on with, an object or a list; behind a byte-order mark, too.
bool LooksLikeJson(std::string_view line) {
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  const std::size_t first = line.find_first_not_of(" \t");
  return first != kNowhere && (line[first] == '{' || line[first] == '[' || line.substr(first).starts_with("\"message_id\""));
}

bool BeginsEdifact(std::string_view data, std::size_t at) {
  const std::string_view tag = data.substr(at, 3);
  return tag == "UNA" || tag == "UNB";
}

}  // namespace

std::size_t Framer::most_bytes() const {
  return (format_ == InputFormat::kEdifact ? limits_.interchange_bytes : limits_.line_bytes) + 2;
}

std::size_t Framer::Cut(std::string_view data, bool at_end, std::vector<RawMessage>& messages) {
  Piece piece{data, at_end, messages};
  if (!is_sniffed_ && !Sniff(piece)) return 0;
  while (piece.at < data.size() && CutNext(piece)) {
  }
  return piece.at;
}

bool Framer::Sniff(const Piece& piece) {
  // A first line that tells nothing may be as long as a line can be.
  const std::size_t telling = limits_.line_bytes;
  const std::string_view head = piece.data.substr(0, telling);
  const std::size_t first = std::min(head.find_first_not_of(" \t\r\n"), head.size());
  // A byte-order mark, a tag, and the character behind it.
  const bool can_tell = head.size() - first >= 7;
  format_ = SniffFormat(head);
  // A tag at the very end may yet turn out to be the beginning of a word.
  const bool is_sure = can_tell && format_ != InputFormat::kUnknown && SniffFormat(head.substr(0, head.size() - 1)) == format_;
  is_sniffed_ = piece.at_end || head.size() == telling || is_sure;
  return is_sniffed_;
}

bool Framer::CutNext(Piece& piece) {
  if (skips_line_) return CutLine(piece);
  switch (format_) {
    case InputFormat::kNdjson: return CutLine(piece);
    case InputFormat::kEdifact: return CutInterchange(piece);
    case InputFormat::kUnknown: break;
  }
  return CutUnknown(piece);
}

void Framer::Add(Piece& piece, InputFormat format, std::size_t size, bool too_long) const {
  piece.messages.push_back({format, offset_, line_, piece.data.substr(piece.at, size), too_long});
}

void Framer::PassOver(Piece& piece, std::size_t end) {
  const std::string_view passed = piece.data.substr(piece.at, end - piece.at);
  offset_ += passed.size();
  line_ += static_cast<std::uint64_t>(std::count(passed.begin(), passed.end(), '\n'));
  searched_ = 0;
  piece.at = end;
}

bool Framer::CutLine(Piece& piece) {
  if (!skips_line_ && BeginsEdifact(piece.data, piece.at)) {
    const Found found = CutInterchangeAmongLines(piece);
    if (found != Found::kNothing) return found == Found::kInterchange;
  }
  const std::string_view data = piece.data;
  const std::size_t found = data.find('\n', piece.at + searched_);
  const std::size_t end = std::min(found, data.size());
  std::string_view line = data.substr(piece.at, end - piece.at);
  // One more byte may be the CR of a CRLF.
  const bool is_whole = found != kNowhere || piece.at_end;
  if (!is_whole && line.size() <= limits_.line_bytes + 1 && !skips_line_) {
    searched_ = line.size();
    return false;
  }
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  const bool too_long = line.size() > limits_.line_bytes;
  if (!skips_line_ && !IsBlankLine(line)) {
    Add(piece, InputFormat::kNdjson, std::min(line.size(), limits_.line_bytes), too_long);
  }
  skips_line_ = !is_whole;
  searched_ = 0;
  const std::size_t next = std::min(end, data.size() - 1) + 1;
  offset_ += next - piece.at;
  line_ += found != kNowhere ? 1 : 0;
  piece.at = next;
  return true;
}

// Where the next line of JSON behind `at` begins, less one; searched for once a piece, however many lines ask. Among
// lines of JSON any brace at the beginning of one will do; in an interchange, which is wrapped anywhere, a key must follow.
std::size_t Framer::NextJson(Piece& piece) const {
  if (piece.next_json && *piece.next_json >= piece.at) return *piece.next_json;
  const std::string_view data = piece.data;
  std::size_t found = data.find("\n{", piece.at);
  while (format_ != InputFormat::kNdjson && found != kNowhere) {
    const std::size_t next = data.find_first_not_of(" \t", found + 2);
    if (next != kNowhere && data[next] == '"') break;
    found = data.find("\n{", found + 1);
  }
  piece.next_json = found;
  return found;
}

// A line that begins like an interchange is one only if it ends before the next line of JSON: else one bad line would take
// those behind it along. What was searched in vain is not searched again from the next line: a file of such lines would
// take for ever.
Framer::Found Framer::CutInterchangeAmongLines(Piece& piece) {
  if (offset_ < barren_before_) return Found::kNothing;
  const std::size_t next_json = NextJson(piece);
  const bool at_end = piece.at_end || next_json != kNowhere;
  Piece before{piece.data.substr(0, next_json), at_end, piece.messages, piece.at};
  const std::string_view data = before.data.substr(before.at);
  if (!edifact::MayBeginEnvelope(data)) return Found::kNothing;
  const edifact::InterchangeFrame frame = edifact::NextInterchange(data, at_end, limits_);
  if (!frame.complete && !at_end && data.size() <= limits_.line_bytes) return Found::kNeedsMore;
  const bool is_one = frame.complete && frame.begin == 0 && data.substr(0, frame.end).find("UNH") != kNowhere;
  if (!is_one) {
    barren_before_ = offset_ + (!frame.complete ? data.size() : frame.begin == 0 ? frame.end : frame.begin);
    return Found::kNothing;
  }
  CutInterchange(before);
  piece.at = before.at;
  return Found::kInterchange;
}

// What of the text between interchanges may be part of a message: JSON, whole or damaged, and segments of an interchange
// that lost its beginning. It is handed over to be read or refused; mail, time stamps and addresses are passed over.
void Framer::AddLinesBefore(Piece& piece, std::size_t end) {
  const std::string_view text = piece.data.substr(piece.at, end - piece.at);
  if (!skips_rest_ && edifact::HoldsSegments(text)) {
    Add(piece, InputFormat::kEdifact, text.size(), false);
    return PassOver(piece, end);
  }
  while (piece.at < end) {
    const std::size_t next = std::min(piece.data.find('\n', piece.at), end - 1) + 1;
    std::string_view line = piece.data.substr(piece.at, next - piece.at);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (!skips_rest_ && LooksLikeJson(line)) {
      Add(piece, InputFormat::kNdjson, std::min(line.size(), limits_.line_bytes), line.size() > limits_.line_bytes);
    }
    PassOver(piece, next);
  }
}

bool Framer::CutInterchange(Piece& piece) {
  const std::string_view data = piece.data;
  // A line of JSON ends at its line end: what follows need not be waited for.
  if (has_framed_ && !skips_rest_) {
    PassOver(piece, std::min(data.find_first_not_of(" \t\r\n", piece.at), data.size()));
    if (piece.at == data.size()) return true;
    if (data[piece.at] == '{') return CutLine(piece);
  }
  // A line of JSON is none of an interchange: one that was cut off must not take the lines behind it along.
  const std::size_t next_json = NextJson(piece);
  const bool at_end = piece.at_end || next_json != kNowhere;
  const std::string_view before = data.substr(piece.at, std::min(next_json, data.size()) - piece.at);
  const edifact::InterchangeFrame frame = edifact::NextInterchange(before, at_end, limits_);
  const bool too_long = !frame.complete && data.size() - piece.at > limits_.interchange_bytes;
  if (!frame.complete && !too_long) {
    if (!at_end) return false;
    // Behind the last interchange. Where there was none, the text is handed over to be refused with a reason.
    const std::size_t end = piece.at + before.size();
    if (has_framed_) AddLinesBefore(piece, end);
    else Add(piece, InputFormat::kEdifact, before.size(), false);
    PassOver(piece, end);
    has_framed_ = true;
    return true;
  }
  const std::size_t begin = piece.at + frame.begin, end = too_long ? data.size() : piece.at + frame.end;
  AddLinesBefore(piece, begin);
  // The rest of an interchange that was cut at the limit has no envelope; what has one is another.
  const bool is_rest = skips_rest_ && edifact::BehindTag(data, begin, "UNA") == kNowhere &&
                       edifact::BehindTag(data, begin, "UNB") == kNowhere;
  if (!is_rest) Add(piece, InputFormat::kEdifact, end - begin, too_long);
  has_framed_ = true;
  skips_rest_ = too_long;
  PassOver(piece, end);
  return true;
}

// One entry for the whole of it.
bool Framer::CutUnknown(Piece& piece) {
  if (!skips_rest_) Add(piece, InputFormat::kUnknown, piece.data.size(), false);
  skips_rest_ = true;
  PassOver(piece, piece.data.size());
  return true;
}

}  // namespace landfall
