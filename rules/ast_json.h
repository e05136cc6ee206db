#pragma once

// The exchange form of a profile (docs/RULES.md, "JSON AST"): what the web editor and the HTTP API speak. Lossless,
// comments included; rule text is the truth.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"

namespace landfall::rules {

inline constexpr std::size_t kMaxAstBytes = 64u << 20;

// One line, without a line end. The profile must have been checked.
std::string AstJson(const Profile& profile);

struct AstProblem {
  std::string pointer;  // JSON pointer (RFC 6901): "/rules/0/meta/level"; empty for the whole.
  std::string message;

  friend bool operator==(const AstProblem&, const AstProblem&) = default;
};

struct AstText {
  std::optional<std::string> text;  // Rule text, not yet checked; LoadProfile does that. Absent if there was a problem.
  std::vector<AstProblem> problems;
};

// Everything that is no exchange form is reported at once; what has the right form may still be no profile (an unknown
// fact), which is for LoadProfile to say of the text. Never puts more into the text than the members say.
AstText TextOfAstJson(std::string_view json);

}  // namespace landfall::rules
