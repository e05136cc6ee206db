#include "pipeline/parse/edifact/tokenizer.h"

#include <algorithm>

#include "pipeline/parse/edifact/encoding.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {
namespace {

// Parts of a segment, on average over an interchange. A text of nothing but separators must not fill memory.
constexpr std::size_t kPartsPerSegment = 8;
constexpr std::size_t kPartsAlways = 4'096;

enum Kind : std::uint8_t { kPlain, kLineEnd, kRelease, kComponent, kElement, kTerminator };

std::array<Kind, 256> KindsOf(const Separators& separators) {
  std::array<Kind, 256> kinds{};
  const auto set = [&](char c, Kind kind) { kinds[static_cast<unsigned char>(c)] = kind; };
  set('\r', kLineEnd);
  set('\n', kLineEnd);
  set(separators.component, kComponent);
  set(separators.element, kElement);
  if (separators.release != ' ') set(separators.release, kRelease);
  set(separators.terminator, kTerminator);
  return kinds;
}

// Tag in upper case; 0 for what has not three characters. Blanks come in where wrapped lines were joined.
std::uint32_t TagOf(std::string_view text) {
  std::uint32_t tag = 0;
  int size = 0;
  for (const char c : text) {
    if (IsBlank(c)) continue;
    if (++size > 3) return 0;
    tag = tag << 8 | static_cast<unsigned char>(Upper(c));
  }
  return size == 3 ? tag : 0;
}

// A typographic quote ends segments where a text went through a word processor; its first two bytes are no data.
bool EndsInHalfQuote(std::string_view text, char terminator) {
  return (terminator == '\x99' || terminator == '\x98') && text.ends_with("\xe2\x80");
}

}  // namespace

Code::Code(std::string_view text) {
  for (const char c : text) {
    if (c == ' ' || c == '\t') continue;
    if (size_ == bytes_.size()) break;
    bytes_[size_++] = Upper(c);
  }
}

std::string Code::str() const { return IsUtf8(view()) ? std::string(view()) : FromLatin1(view()); }

// The one pass. Writes the text without line ends and release characters, and where its parts are.
class Tokens::Splitter {
 public:
  Splitter(std::string_view text, std::size_t begin, const Separators& separators, std::size_t parts_limit,
           Tokens& tokens)
      : text_(text), at_(begin), terminator_(separators.terminator), kinds_(KindsOf(separators)),
        parts_limit_(parts_limit), tokens_(tokens) {}

  bool HasMore() {
    at_ = SkipBlanks(text_, at_);
    return at_ < text_.size();
  }
  // False if the segment holds nothing.
  bool ReadSegment(Segment& segment);
  bool has_too_many_parts() const { return tokens_.components_.size() > parts_limit_; }

 private:
  // Copies up to the next separator, which it passes over. kTerminator also at the end of the text.
  Kind ReadPart(bool in_tag);
  std::uint32_t written() const { return static_cast<std::uint32_t>(written_); }

  std::string_view text_;
  std::size_t at_;
  char terminator_;
  std::array<Kind, 256> kinds_;
  std::size_t parts_limit_;
  Tokens& tokens_;
  std::size_t written_ = 0;
};

Kind Tokens::Splitter::ReadPart(bool in_tag) {
  char* const out = tokens_.text_.get();
  while (at_ < text_.size()) {
    const char c = text_[at_++];
    const Kind kind = kinds_[static_cast<unsigned char>(c)];
    if (kind == kPlain || (kind == kComponent && in_tag)) {
      out[written_++] = c;
    } else if (kind == kRelease) {
      while (at_ < text_.size() && IsLineEnd(text_[at_])) ++at_;
      if (at_ < text_.size()) out[written_++] = text_[at_++];  // A dangling one at the end is passed over.
    } else if (kind != kLineEnd) {
      return kind;
    }
  }
  return kTerminator;
}

bool Tokens::Splitter::ReadSegment(Segment& segment) {
  segment.offset = at_;
  segment.first_element = static_cast<std::uint32_t>(tokens_.element_first_.size());
  Span part{written(), 0};
  const auto end_part = [&](Kind kind) {
    part.end = written();
    if (kind == kTerminator && EndsInHalfQuote(tokens_.View(part), terminator_)) part.end -= 2;
  };
  Kind kind = ReadPart(true);
  end_part(kind);
  segment.tag = TagOf(tokens_.View(part));
  const bool is_empty = part.begin == part.end && kind == kTerminator;
  while (kind != kTerminator && !has_too_many_parts()) {
    if (kind == kElement) tokens_.element_first_.push_back(static_cast<std::uint32_t>(tokens_.components_.size()));
    part.begin = written();
    kind = ReadPart(false);
    end_part(kind);
    tokens_.components_.push_back(part);
  }
  segment.elements = static_cast<std::uint32_t>(tokens_.element_first_.size()) - segment.first_element;
  return !is_empty;
}

Tokens::Tokens(std::string_view text, std::size_t begin, const Separators& separators, std::size_t segments_limit)
    : text_(new char[text.size() + 1]), is_utf8_(IsUtf8(text)) {
  constexpr std::size_t kTypicalSegment = 16, kTypicalPart = 6;
  segments_.reserve(std::min(text.size() / kTypicalSegment, segments_limit));
  components_.reserve(std::min(text.size() / kTypicalPart, segments_limit * 2));
  element_first_.reserve(components_.capacity());
  Splitter splitter(text, begin, separators, kPartsAlways + segments_limit * kPartsPerSegment, *this);
  while (splitter.HasMore()) {
    too_many_ = segments_.size() >= segments_limit || splitter.has_too_many_parts();
    if (too_many_) break;
    Segment segment;
    if (!splitter.ReadSegment(segment)) continue;
    segments_.push_back(segment);
    if (segment.tag == Tag("UNZ")) break;
  }
  element_first_.push_back(static_cast<std::uint32_t>(components_.size()));
}

std::size_t Tokens::Components(const Segment& segment, std::size_t element) const {
  if (element == 0 || element > segment.elements) return 0;
  const std::size_t index = segment.first_element + element - 1;
  return element_first_[index + 1] - element_first_[index];
}

std::string_view Tokens::Part(const Segment& segment, std::size_t element, std::size_t component) const {
  if (component == 0 || component > Components(segment, element)) return {};
  return Trim(View(components_[element_first_[segment.first_element + element - 1] + component - 1]));
}

bool Tokens::IsLatin1(const Segment& segment) const {
  if (is_utf8_) return false;
  const std::size_t first = element_first_[segment.first_element];
  const std::size_t last = element_first_[segment.first_element + segment.elements];
  return std::any_of(components_.begin() + static_cast<std::ptrdiff_t>(first),
                     components_.begin() + static_cast<std::ptrdiff_t>(last),
                     [&](const Span& span) { return !IsUtf8(View(span)); });
}

}  // namespace landfall::edifact
