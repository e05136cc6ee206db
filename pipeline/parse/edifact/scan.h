#pragma once

// Reading tags in raw EDIFACT bytes, where a line end may stand anywhere, even inside a tag.

#include <cstddef>
#include <string_view>

namespace landfall::edifact {

constexpr std::size_t kNowhere = std::string_view::npos;

inline bool IsLineEnd(char c) { return c == '\r' || c == '\n'; }
// A blank, a line end or another control character: never the first character of a tag.
inline bool IsBlank(char c) { return static_cast<unsigned char>(c) <= 0x20; }
inline char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }
inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }
inline bool IsLetter(char c) { return Upper(c) >= 'A' && Upper(c) <= 'Z'; }
inline bool IsAlphanumeric(char c) { return IsDigit(c) || IsLetter(c); }

// Where the bytes behind `tag` begin, if its first letter stands at `at`, in any case; else kNowhere.
inline std::size_t BehindTag(std::string_view data, std::size_t at, std::string_view tag) {
  if (at >= data.size() || Upper(data[at]) != tag.front()) return kNowhere;
  std::size_t matched = 0;
  for (; at < data.size() && matched < tag.size(); ++at) {
    if (IsLineEnd(data[at])) continue;
    if (Upper(data[at]) != tag[matched]) return kNowhere;
    ++matched;
  }
  return matched == tag.size() ? at : kNowhere;
}

// The first position from `at` that holds no blank.
inline std::size_t SkipBlanks(std::string_view data, std::size_t at) {
  while (at < data.size() && IsBlank(data[at])) ++at;
  return at;
}

}  // namespace landfall::edifact
