#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace landfall::edifact {

// The service characters of an interchange (ISO 9735).
struct Separators {
  char component = ':';
  char element = '+';
  char decimal = '.';
  char release = '?';
  char reserved = ' ';
  char terminator = '\'';
};

// A UNA and what follows it.
struct ServiceString {
  Separators separators;
  std::size_t end = 0;        // Where the first segment begins.
  bool is_malformed = false;  // Fewer than six characters, or what follows is no UNB: the defaults hold.
};

// Reads "UNA:+.? '" at the beginning of `data`; line ends inside are passed over. `data` must begin with UNA.
ServiceString ReadUna(std::string_view data);

}  // namespace landfall::edifact
