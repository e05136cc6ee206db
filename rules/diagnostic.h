#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace landfall::rules {

// A place in a rule file. Lines and columns count from 1; columns count code points.
struct Position {
  int line = 0;
  int column = 0;

  friend auto operator<=>(const Position&, const Position&) = default;
};

// One problem of a rule file, in words that say what to do about it.
struct Diagnostic {
  Position position;
  std::string rule;     // Id of the rule it stands in; empty outside rules.
  std::string message;  // "unknown field 'pax.chld' - did you mean pax.child?"
  bool warning = false;

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// "bad.rules:9:5: rule B-1: unknown field ..." and, if `source` is given, the source line and a caret.
std::string Format(const Diagnostic& diagnostic, std::string_view file, std::string_view source);

}  // namespace landfall::rules
