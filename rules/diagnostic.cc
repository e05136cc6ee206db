#include "rules/diagnostic.h"

#include "absl/strings/str_format.h"

namespace landfall::rules {
namespace {

std::string_view LineOf(std::string_view source, int number) {
  for (int line = 1; line < number; ++line) {
    const std::size_t end = source.find('\n');
    if (end == std::string_view::npos) return {};
    source.remove_prefix(end + 1);
  }
  source = source.substr(0, source.find('\n'));
  if (source.ends_with('\r')) source.remove_suffix(1);
  return source;
}

}  // namespace

std::string Format(const Diagnostic& diagnostic, std::string_view file, std::string_view source) {
  const std::string rule = diagnostic.rule.empty() ? "" : "rule " + diagnostic.rule + ": ";
  std::string text = absl::StrFormat("%s:%d:%d: %s%s%s", std::string(file),
                                     diagnostic.position.line, diagnostic.position.column, rule,
                                     diagnostic.warning ? "warning: " : "", diagnostic.message);
  if (source.empty()) return text;
  text += "\n" + std::string(LineOf(source, diagnostic.position.line)) + "\n";
  return text.append(static_cast<std::size_t>(diagnostic.position.column - 1), ' ') + "^";
}

}  // namespace landfall::rules
