#pragma once

// EDIFACT text (ISO 9735) as segments, elements and components, in one pass.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pipeline/parse/edifact/separators.h"

namespace landfall::edifact {

// The segments of one interchange. Views point into the text it was made from, or into `Tokens` itself; they live as
// long as both.
class Tokens {
 public:
  // Line ends are no data and are passed over wherever they stand, unless one is the terminator. At most
  // `segments_limit` segments are kept.
  Tokens(std::string_view text, std::size_t begin, const Separators& separators, std::size_t segments_limit);
  Tokens(const Tokens&) = delete;
  Tokens& operator=(const Tokens&) = delete;

  struct Segment {
    std::string_view tag;  // As sent, blanks trimmed.
    std::uint32_t first_element = 0;
    std::uint32_t elements = 0;
    std::size_t offset = 0;  // In the text.
  };
  const std::vector<Segment>& segments() const { return segments_; }
  bool too_many() const { return too_many_; }

  // Component `component` of element `element`, both from 1, as sent; empty if it is not there.
  std::string_view Raw(const Segment& segment, std::size_t element, std::size_t component = 1) const;
  // The same without release characters: a name or another text.
  std::string Text(const Segment& segment, std::size_t element, std::size_t component = 1) const;
  // The same with blanks removed at both ends: a code, number or date.
  std::string Code(const Segment& segment, std::size_t element, std::size_t component = 1) const;
  std::size_t Components(const Segment& segment, std::size_t element) const;
  std::size_t Elements(const Segment& segment) const { return segment.elements; }

 private:
  void Split();
  std::size_t OffsetOf(std::size_t position) const;

  Separators separators_;
  std::size_t base_;
  std::string without_line_ends_;
  std::string_view text_;
  std::vector<std::pair<std::size_t, std::size_t>> line_ends_;  // Position in text_ -> line-end bytes before it.
  std::size_t segments_limit_;
  bool too_many_ = false;
  std::vector<Segment> segments_;
  std::vector<std::uint32_t> element_first_;  // Per element: its first component; one more at the end.
  std::vector<std::string_view> components_;
};

}  // namespace landfall::edifact
