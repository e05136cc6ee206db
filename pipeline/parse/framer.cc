#include "pipeline/parse/framer.h"

#include <algorithm>

#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/scan.h"

namespace landfall {
namespace {

constexpr std::size_t kNowhere = std::string_view::npos;

bool IsBlankLine(std::string_view line) { return line.find_first_not_of(" \t\r") == kNowhere; }

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
  constexpr std::size_t kTelling = 4'096;
  const std::string_view head = piece.data.substr(0, kTelling);
  const std::size_t first = std::min(head.find_first_not_of(" \t\r\n"), head.size());
  // A tag and the character behind it.
  const bool can_tell = head.size() - first >= 4;
  format_ = SniffFormat(head);
  is_sniffed_ = piece.at_end || head.size() == kTelling || (can_tell && format_ != InputFormat::kUnknown);
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

// A line that begins like an interchange is one only if it ends before the next line of JSON: else one bad line would take
// those behind it along.
Framer::Found Framer::CutInterchangeAmongLines(Piece& piece) {
  const std::size_t next_json = piece.data.find("\n{", piece.at);
  const bool at_end = piece.at_end || next_json != kNowhere;
  Piece before{piece.data.substr(0, next_json), at_end, piece.messages, piece.at};
  const std::string_view data = before.data.substr(before.at);
  const edifact::InterchangeFrame frame = edifact::NextInterchange(data, at_end, limits_);
  if (!frame.complete && !at_end && data.size() <= limits_.line_bytes) return Found::kNeedsMore;
  if (!frame.complete || frame.begin != 0 || data.find("UNH") == kNowhere) return Found::kNothing;
  CutInterchange(before);
  piece.at = before.at;
  return Found::kInterchange;
}

// Lines of JSON between interchanges. Other text there is none of a message: mail, time stamps.
void Framer::AddLinesBefore(Piece& piece, std::size_t end) {
  while (piece.at < end) {
    const std::size_t next = std::min(piece.data.find('\n', piece.at), end - 1) + 1;
    std::string_view line = piece.data.substr(piece.at, next - piece.at);
    while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
    if (!skips_rest_ && line.starts_with('{')) {
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
  const edifact::InterchangeFrame frame = edifact::NextInterchange(data.substr(piece.at), piece.at_end, limits_);
  const bool too_long = !frame.complete && data.size() - piece.at > limits_.interchange_bytes;
  if (!frame.complete && !too_long) {
    if (!piece.at_end) return false;
    // Behind the last interchange. Where there was none, the text is handed over to be refused with a reason.
    if (has_framed_) AddLinesBefore(piece, data.size());
    else Add(piece, InputFormat::kEdifact, data.size() - piece.at, false);
    PassOver(piece, data.size());
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
