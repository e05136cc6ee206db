#include "pipeline/parse/edifact/framing.h"

#include <cstring>
#include <optional>

#include "pipeline/parse/edifact/separators.h"

namespace landfall::edifact {
namespace {

bool IsLineEnd(char c) { return c == '\r' || c == '\n'; }
char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

// True if the three letters of `tag` stand at `at`, with line ends between them passed over.
bool IsTagAt(std::string_view data, std::size_t at, std::string_view tag) {
  std::size_t matched = 0;
  for (; at < data.size() && matched < tag.size(); ++at) {
    if (IsLineEnd(data[at])) continue;
    if (Upper(data[at]) != tag[matched]) return false;
    ++matched;
  }
  return matched == tag.size();
}

bool IsAlphanumeric(char c) { return (c >= '0' && c <= '9') || (Upper(c) >= 'A' && Upper(c) <= 'Z'); }

// True if an interchange begins at `at`: UNA with a UNB soon after, UNB, or, without an envelope, UNH. Words of the text
// around it that hold these letters are none.
bool IsBeginAt(std::string_view data, std::size_t at) {
  constexpr std::size_t kNear = 64;
  if (at > 0 && IsAlphanumeric(data[at - 1])) return false;
  if (IsTagAt(data, at, "UNA")) {
    for (std::size_t next = at + 3; next < data.size() && next < at + kNear; ++next) {
      if (IsTagAt(data, next, "UNB")) return true;
    }
    return data.size() < at + kNear;
  }
  if (!IsTagAt(data, at, "UNB") && !IsTagAt(data, at, "UNH")) return false;
  std::size_t behind = at;
  for (int letters = 0; behind < data.size() && letters < 3; ++behind) letters += IsLineEnd(data[behind]) ? 0 : 1;
  return behind >= data.size() || !IsAlphanumeric(data[behind]);
}

std::optional<std::size_t> FindBegin(std::string_view data, std::size_t from) {
  for (std::size_t at = from; at < data.size(); ++at) {
    const void* const found = std::memchr(data.data() + at, 'U', data.size() - at);
    if (found == nullptr) return std::nullopt;
    at = static_cast<std::size_t>(static_cast<const char*>(found) - data.data());
    if (IsBeginAt(data, at)) return at;
  }
  return std::nullopt;
}

// A walk over the segments from `at`.
class SegmentWalk {
 public:
  SegmentWalk(std::string_view data, std::size_t at, const Separators& separators)
      : data_(data), at_(at), separators_(separators) {}

  // Passes over blanks and line ends between segments; the next tag then stands at position().
  void SkipBlanks() {
    while (at_ < data_.size() && (IsLineEnd(data_[at_]) || data_[at_] == ' ' || data_[at_] == '\t')) ++at_;
  }
  bool IsTag(std::string_view tag) const { return IsTagAt(data_, at_, tag); }
  std::size_t position() const { return at_; }
  // Moves behind the terminator of this segment. False if the data end before it.
  bool Next() {
    while (at_ < data_.size()) {
      const char c = data_[at_++];
      if (c == separators_.release) {
        while (at_ < data_.size() && IsLineEnd(data_[at_])) ++at_;
        if (at_ < data_.size()) ++at_;
      } else if (c == separators_.terminator) {
        return true;
      }
    }
    return false;
  }

 private:
  std::string_view data_;
  std::size_t at_;
  Separators separators_;
};

}  // namespace

InterchangeFrame NextInterchange(std::string_view data, bool at_end, const InputLimits& /*limits*/) {
  const std::optional<std::size_t> begin = FindBegin(data, 0);
  if (!begin) return {};
  Separators separators;
  std::size_t first = *begin;
  if (IsTagAt(data, first, "UNA")) {
    const ServiceString una = ReadUna(data.substr(first));
    // The sixth character, or the UNB behind it, may not have come yet.
    if (!at_end && first + una.end + 8 > data.size()) return {*begin, *begin, false};
    separators = una.separators;
    first += una.end;
  }
  // Newline as terminator: an interchange of another trade, one segment a line.
  const bool has_terminator = data.find(separators.terminator, first) != std::string_view::npos;
  if (!has_terminator) {
    const std::size_t next = data.find("UNA", first + 3);
    if (next != std::string_view::npos && next > first) return {*begin, next, true};
    return {*begin, data.size(), at_end};
  }
  SegmentWalk walk(data, first, separators);
  bool is_first = true;
  while (true) {
    walk.SkipBlanks();
    if (walk.position() >= data.size()) return {*begin, data.size(), at_end};
    // An interchange that begins inside another: the first was cut off.
    if (!is_first && (walk.IsTag("UNA") || walk.IsTag("UNB"))) return {*begin, walk.position(), true};
    const bool is_last = walk.IsTag("UNZ");
    if (!walk.Next()) return {*begin, data.size(), at_end};
    if (is_last) return {*begin, walk.position(), true};
    is_first = false;
  }
}

}  // namespace landfall::edifact
