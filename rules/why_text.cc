#include "rules/why_text.h"

#include "rules/parser.h"

namespace landfall::rules {
namespace {

WhyPart FactPart(std::string_view text, std::size_t offset) {
  WhyPart part;
  part.text = std::string(text);
  part.is_fact = true;
  part.offset = offset;
  std::vector<Diagnostic> problems;
  const ExprPtr expr = ParseExpression(text, problems);
  const FactInfo* const fact =
      problems.empty() && expr->op == Op::kFact ? FindFact(expr->name) : nullptr;
  if (fact == nullptr || fact->is_window != expr->window.has_value()) return part;
  part.fact = fact->id;
  part.window = expr->window;
  return part;
}

}  // namespace

std::optional<std::vector<WhyPart>> SplitWhy(std::string_view why, std::size_t* unclosed) {
  std::vector<WhyPart> parts(1);
  for (std::size_t at = 0; at < why.size(); ++at) {
    if (why[at] != '{') {
      parts.back().text += why[at];
      continue;
    }
    if (why.substr(at, 2) == "{{") {
      parts.back().text += why[at++];
      continue;
    }
    const std::size_t end = why.find('}', at);
    if (end == std::string_view::npos) {
      if (unclosed != nullptr) *unclosed = at;
      return std::nullopt;
    }
    parts.push_back(FactPart(why.substr(at + 1, end - at - 1), at));
    parts.emplace_back();
    at = end;
  }
  return parts;
}

}  // namespace landfall::rules
