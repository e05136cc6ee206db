#pragma once

#include <string>
#include <string_view>

namespace landfall::app {

// One field of a row of CSV (RFC 4180), in quotes where it needs them.
inline void AppendCsvField(std::string_view text, std::string& out) {
  // Spreadsheet programs run a field that begins with one of these as a formula: a quote keeps it text.
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (!is_formula && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  if (is_formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

}  // namespace landfall::app
