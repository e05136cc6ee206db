#include "pipeline/parse/edifact/tokenizer.h"

#include <algorithm>

#include "pipeline/parse/times.h"

namespace landfall::edifact {

Tokens::Tokens(std::string_view text, std::size_t begin, const Separators& separators, std::size_t segments_limit)
    : separators_(separators), base_(begin), text_(text.substr(begin)), segments_limit_(segments_limit) {
  const bool newline_ends = separators_.terminator == '\n' || separators_.terminator == '\r';
  if (!newline_ends && text_.find_first_of("\r\n") != std::string_view::npos) {
    without_line_ends_.reserve(text_.size());
    std::size_t removed = 0;
    for (const char c : text_) {
      if (c == '\r' || c == '\n') {
        ++removed;
        continue;
      }
      if (removed > 0 && (line_ends_.empty() || line_ends_.back().second != removed)) {
        line_ends_.emplace_back(without_line_ends_.size(), removed);
      }
      without_line_ends_ += c;
    }
    text_ = without_line_ends_;
  }
  Split();
}

std::size_t Tokens::OffsetOf(std::size_t position) const {
  const auto after = std::upper_bound(line_ends_.begin(), line_ends_.end(), position,
                                      [](std::size_t at, const auto& entry) { return at < entry.first; });
  return base_ + position + (after == line_ends_.begin() ? 0 : std::prev(after)->second);
}

void Tokens::Split() {
  std::size_t at = 0;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
  while (at < text_.size()) {
    while (at < text_.size() && is_blank(text_[at])) ++at;
    if (at >= text_.size()) break;
    if (segments_.size() >= segments_limit_) {
      too_many_ = true;
      break;
    }
    Segment segment;
    segment.offset = OffsetOf(at);
    std::size_t begin = at;
    bool in_tag = true, ended = false;
    const auto end_component = [&](std::size_t end) {
      const std::string_view part = text_.substr(begin, end - begin);
      if (in_tag) segment.tag = Trim(part);
      else components_.push_back(part);
      begin = end + 1;
    };
    const auto begin_element = [&] {
      in_tag = false;
      element_first_.push_back(static_cast<std::uint32_t>(components_.size()));
      ++segment.elements;
    };
    segment.first_element = static_cast<std::uint32_t>(element_first_.size());
    for (; at < text_.size() && !ended; ++at) {
      const char c = text_[at];
      if (c == separators_.release && c != ' ') {
        ++at;  // The next character is literal; a dangling one at the end is passed over.
      } else if (c == separators_.element) {
        end_component(at);
        begin_element();
      } else if (c == separators_.component && !in_tag) {
        end_component(at);
      } else if (c == separators_.terminator) {
        end_component(at);
        ended = true;
      }
    }
    if (!ended) end_component(text_.size());
    if (!segment.tag.empty() || segment.elements > 0) segments_.push_back(segment);
    at = std::min(at, text_.size());
  }
  element_first_.push_back(static_cast<std::uint32_t>(components_.size()));
}

std::size_t Tokens::Components(const Segment& segment, std::size_t element) const {
  if (element == 0 || element > segment.elements) return 0;
  const std::size_t index = segment.first_element + element - 1;
  return element_first_[index + 1] - element_first_[index];
}

std::string_view Tokens::Raw(const Segment& segment, std::size_t element, std::size_t component) const {
  if (component == 0 || component > Components(segment, element)) return {};
  return components_[element_first_[segment.first_element + element - 1] + component - 1];
}

std::string Tokens::Text(const Segment& segment, std::size_t element, std::size_t component) const {
  const std::string_view raw = Raw(segment, element, component);
  std::string text;
  text.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == separators_.release && raw[i] != ' ' && ++i >= raw.size()) break;
    text += raw[i];
  }
  return text;
}

std::string Tokens::Code(const Segment& segment, std::size_t element, std::size_t component) const {
  return std::string(Trim(Text(segment, element, component)));
}

}  // namespace landfall::edifact
