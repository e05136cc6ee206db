#pragma once

// EDIFACT text (ISO 9735) as segments, elements and components, in one pass.

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/edifact/separators.h"

namespace landfall::edifact {

// A tag of three letters as a number, for switches.
constexpr std::uint32_t Tag(std::string_view text) {
  std::uint32_t tag = 0;
  for (const char c : text) tag = tag << 8 | static_cast<unsigned char>(c);
  return tag;
}

// A code, qualifier or date: upper case, without blanks. Longer text is cut: no code is so long.
class Code {
 public:
  Code() = default;
  explicit Code(std::string_view text);

  std::string_view view() const { return {bytes_.data(), size_}; }
  operator std::string_view() const { return view(); }  // NOLINT: reads as the text it is
  std::string str() const;  // In UTF-8.
  bool empty() const { return size_ == 0; }
  std::size_t size() const { return size_; }
  friend bool operator==(const Code& a, std::string_view b) { return a.view() == b; }

 private:
  std::array<char, 31> bytes_{};
  std::uint8_t size_ = 0;
};

// The segments of one interchange, up to its UNZ. Owns its text, so it borrows nothing.
class Tokens {
 public:
  // Line ends are no data and are passed over wherever they stand, unless one is the terminator; a release character
  // makes the next one literal. At most `segments_limit` segments are kept, and a multiple of it of their parts.
  Tokens(std::string_view text, std::size_t begin, const Separators& separators, std::size_t segments_limit);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  struct Segment {
    std::uint32_t tag = 0;  // Tag("NAD"), in upper case; 0 for what is no tag.
    std::uint32_t first_element = 0;
    std::uint32_t elements = 0;
    std::size_t offset = 0;  // Of its first byte in the text.
  };
  const std::vector<Segment>& segments() const { return segments_; }
  bool too_many() const { return too_many_; }

  std::size_t Components(const Segment& segment, std::size_t element) const;
  // Component `component` of element `element`, both from 1, without blanks at its ends; empty if it is not there.
  std::string_view Part(const Segment& segment, std::size_t element, std::size_t component = 1) const;
  Code CodeAt(const Segment& segment, std::size_t element, std::size_t component = 1) const {
    return Code(Part(segment, element, component));
  }
  // False if some part of the text is not UTF-8.
  bool is_utf8() const { return is_utf8_; }
  // True if some part of the segment is not UTF-8.
  bool IsLatin1(const Segment& segment) const;

 private:
  struct Span {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };
  class Splitter;
  std::string_view View(const Span& span) const { return {text_.get() + span.begin, span.end - span.begin}; }

  std::unique_ptr<char[]> text_;  // Without line ends and release characters.
  bool is_utf8_ = true;
  bool too_many_ = false;
  std::vector<Segment> segments_;
  std::vector<std::uint32_t> element_first_;  // Per element: its first component; one more at the end.
  std::vector<Span> components_;
};

}  // namespace landfall::edifact
