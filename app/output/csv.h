#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace landfall::app {

// One field of a row of CSV (RFC 4180), in quotes where it needs them. For programs: exactly the text.
inline void AppendExactCsvField(std::string_view text, std::string& out, bool quoted = false) {
  if (!quoted && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

// The same, for people.
inline void AppendCsvField(std::string_view text, std::string& out) {
  // Spreadsheet programs run a field that begins with one of these as a formula: a quote keeps it text.
  const bool is_formula = !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  if (is_formula) AppendExactCsvField("'" + std::string(text), out, true);
  else AppendExactCsvField(text, out);
}

// A row, with its line end. `append` is one of the two above.
template <typename Append>
void AppendCsvRow(const std::vector<std::string>& fields, std::string& out, Append append) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) out += ',';
    append(fields[i], out);
  }
  out += '\n';
}
inline void AppendCsvRow(const std::vector<std::string>& fields, std::string& out) {
  AppendCsvRow(fields, out, AppendCsvField);
}

}  // namespace landfall::app
