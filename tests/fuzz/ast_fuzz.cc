// The exchange form -> rule text -> profile. Whatever loads has an exchange form that gives the same text again.

#include <cstdint>
#include <string>
#include <string_view>

#include "rules/ast_json.h"
#include "rules/profile.h"
#include "tests/fuzz/require.h"

using landfall::Require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace rules = landfall::rules;
  const rules::AstText read = rules::TextOfAstJson({reinterpret_cast<const char*>(data), size});
  Require(read.text.has_value() == read.problems.empty());
  if (!read.text) return 0;
  const rules::LoadResult loaded = rules::LoadProfile(*read.text, nullptr);
  if (!loaded.ok()) return 0;
  const std::string canonical = CanonicalText(*loaded.profile, true);
  const rules::LoadResult again = rules::LoadProfile(canonical, nullptr);
  Require(again.ok());
  const rules::AstText back = rules::TextOfAstJson(rules::AstJson(*again.profile));
  Require(back.text == canonical);
  return 0;
}
