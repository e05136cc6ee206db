#include "app/output/marked_bytes.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace landfall::app {
namespace {

constexpr std::size_t kColumns = 90;        // Of a line's bytes, behind the offset.
constexpr std::size_t kShownBytes = 2'048;  // Before the place, and behind it.

struct Character {
  std::size_t bytes = 1;
  std::string shown;
  std::size_t columns = 0;
};

std::string Hex(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) absl::StrAppendFormat(&text, "\\x%02x", static_cast<unsigned char>(c));
  return text;
}

// How many bytes the character at the front has as UTF-8, and its code point; 0 for what is none.
std::size_t DecodeUtf8(std::string_view bytes, char32_t& code) {
  const auto first = static_cast<unsigned char>(bytes[0]);
  const std::size_t size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || bytes.size() < size) return 0;
  code = first & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    const auto next = static_cast<unsigned char>(bytes[i]);
    if ((next & 0xc0) != 0x80) return 0;
    code = (code << 6) | (next & 0x3fu);
  }
  const bool is_overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  return is_overlong || (code >= 0xd800 && code < 0xe000) || code > 0x10ffff ? 0 : size;
}

// Controls, marks of direction, and what has no width: they could hide or reorder what stands beside them.
bool IsUnsafe(char32_t code) {
  return code < 0xa0 || code == 0xad || (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
         (code >= 0x2060 && code <= 0x206f) || code == 0x61c || code == 0xfeff || code >= 0xe0000;
}

Character Next(std::string_view bytes) {
  const char c = bytes[0];
  Character character;
  if (c >= ' ' && c < '\x7f') character.shown = c == '\\' ? "\\\\" : std::string(1, c);
  else if (c == '\n') character.shown = "\\n";
  else if (c == '\r') character.shown = "\\r";
  else if (c == '\t') character.shown = "\\t";
  else if (char32_t code = 0; std::size_t size = DecodeUtf8(bytes, code)) {
    character.bytes = size;
    character.shown = IsUnsafe(code) ? Hex(bytes.substr(0, size)) : std::string(bytes.substr(0, size));
    character.columns = IsUnsafe(code) ? 0 : 1;
  } else {
    character.shown = Hex(bytes.substr(0, 1));
  }
  if (character.columns == 0) character.columns = character.shown.size();
  return character;
}

// Not in the middle of a character.
std::size_t CharacterStart(std::string_view bytes, std::size_t at) {
  for (int i = 0; i < 3 && at > 0 && at < bytes.size() && (bytes[at] & 0xc0) == 0x80; ++i) --at;
  return at;
}

}  // namespace

std::string Escaped(std::string_view bytes) {
  std::string text;
  while (!bytes.empty()) {
    const Character character = Next(bytes);
    text += character.shown;
    bytes.remove_prefix(character.bytes);
  }
  return text;
}

std::string MarkedBytes(std::string_view bytes, std::optional<std::size_t> place) {
  const std::size_t middle = place.value_or(0);
  std::size_t at = CharacterStart(bytes, middle > kShownBytes ? middle - kShownBytes : 0);
  const std::size_t end = std::min(bytes.size(), middle + kShownBytes);
  std::string text;
  if (at > 0) absl::StrAppendFormat(&text, "          ... %d bytes before\n", at);
  while (at < end) {
    std::string line = absl::StrFormat("%8d  ", at), mark;
    std::size_t columns = 0;
    while (at < end) {
      const Character character = Next(bytes.substr(at));
      if (columns + character.columns > kColumns) break;
      if (place && *place >= at && *place < at + character.bytes) mark = std::string(10 + columns, ' ') + "^ here\n";
      line += character.shown;
      columns += character.columns;
      at += character.bytes;
      if (character.shown == "\\n") break;
    }
    text += line + "\n" + mark;
  }
  if (at < bytes.size()) absl::StrAppendFormat(&text, "          ... %d more bytes\n", bytes.size() - at);
  return text;
}

}  // namespace landfall::app
