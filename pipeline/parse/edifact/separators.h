#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

namespace landfall::edifact {

// The service characters of an interchange (ISO 9735).
struct Separators {
  char component = ':';
  char element = '+';
  char decimal = '.';
  char release = '?';  // A blank: none is used.
  char reserved = ' ';
  char terminator = '\'';

  friend bool operator==(const Separators&, const Separators&) = default;
};

// How an interchange is to be split.
struct ServiceString {
  Separators separators;
  std::size_t begin = 0;  // Of the first segment behind UNA.
  // Empty, or why the separators are not those that were stated, or the defaults.
  std::string_view doubt;
  // The bytes end before a second segment: what more of them say could change the separators.
  bool is_cut = false;
};

// Reads the service characters of an interchange whose UNA, UNB or UNH stands at the beginning of `text`: as UNA states
// them; else, by UNB sender, as `by_sender` has them (six characters as in UNA); else the defaults. Where the text plainly
// contradicts them, by what it ends its first segment with, the text holds.
ServiceString ReadServiceString(std::string_view text, const std::map<std::string, std::string>& by_sender);

}  // namespace landfall::edifact
