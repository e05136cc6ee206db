#pragma once

// CEL spelling (docs/RULES.md, section 17): conditions written as google/cel-spec has them, inside the typed subset. Text
// that rules have a form for can be imported; the rest is for CEL's own tests. Its values may be lists, times and
// durations, which no fact is.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"
#include "rules/diagnostic.h"
#include "rules/tree_walk.h"

namespace landfall::rules {

struct CelExpression {
  ExprPtr expr;                         // Null if there was an error.
  std::vector<std::string> free_names;  // Variables that a row must bind, each once.
  std::vector<Diagnostic> diagnostics;
};

// What lies outside the subset (null, maps, bytes, uint, messages, ?:, other functions) is an error with its place.
CelExpression ParseCel(std::string_view text);

// An instant since 1970, or a length of time.
struct CelTime {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;  // 0 to 999,999,999, also before 1970 and of negative lengths.

  friend auto operator<=>(const CelTime&, const CelTime&) = default;
};

struct CelValue {
  // kError is CEL's error and the rules' unknown.
  enum class Kind : std::uint8_t { kError, kBool, kInt, kNum, kText, kList, kTime, kDuration };
  Kind kind = Kind::kError;
  bool boolean = false;
  std::int64_t integer = 0;
  double number = 0;
  std::string text;
  CelTime time;
  std::vector<CelValue> list;
};

using CelBindings = std::map<std::string, CelValue, std::less<>>;

CelValue EvaluateCel(const Expr& expr, const CelBindings& bindings, const FactSourceView& facts);

// The same condition in rule text, canonical and checked; CEL's mixed && and || come in brackets. Absent, with the
// reason in `diagnostics`, for what rule text has no form for.
std::optional<std::string> RuleTextOfCel(const Expr& expr, std::vector<Diagnostic>& diagnostics);

}  // namespace landfall::rules
