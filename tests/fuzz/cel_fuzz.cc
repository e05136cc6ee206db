// CEL spelling: whatever the text, an error with a place or a tree that can be evaluated; what is imported is rule text.

#include <cstdint>
#include <string_view>
#include <vector>

#include "rules/eval_rows.h"
#include "rules/profile.h"
#include "tests/fuzz/require.h"

using landfall::Require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace rules = landfall::rules;
  const rules::CelExpression cel = rules::ParseCel({reinterpret_cast<const char*>(data), size});
  if (cel.expr == nullptr) {
    Require(!cel.diagnostics.empty() && cel.diagnostics.front().position.line >= 1);
    return 0;
  }
  rules::EvalCelExpression(cel, "{\"pax.age\":3,\"party.members\":[{\"age\":1}],\"bindings\":{\"x\":{\"type\":\"int\",\"value\":\"3\"}}}\n");
  std::vector<rules::Diagnostic> diagnostics;
  const auto text = rules::RuleTextOfCel(*cel.expr, diagnostics);
  Require(text.has_value() ? rules::LoadExpression(*text).expr != nullptr : !diagnostics.empty());
  return 0;
}
