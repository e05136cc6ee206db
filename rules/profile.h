#pragma once

// The front door of rule text: text -> parsed -> checked -> a profile that can be evaluated.

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "rules/ast.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

// Reads a list file, named as in the profile (relative to it). The rules do no I/O: their user hands this in.
using ListReader = std::function<absl::StatusOr<std::string>(std::string_view path)>;

// What a profile is made from: its text, and the reader of its list files.
struct ProfileSource {
  std::string text;
  ListReader read_list;
};
// Finds the profile that an overlay extends, by its id.
using BaseReader = std::function<absl::StatusOr<ProfileSource>(std::string_view id)>;

struct LoadResult {
  // Null if there was an error. The checker has resolved facts, types, defines and lists.
  std::shared_ptr<const Profile> profile;
  // All problems of the file, sorted by position; warnings too.
  std::vector<Diagnostic> diagnostics;

  bool ok() const { return profile != nullptr; }
};

// Parses and checks a profile. Reports every problem at once. A list file that cannot be read leaves its list empty,
// with a warning (publishing refuses it). An overlay becomes the whole profile that it makes of its base. Pure but for
// the two readers.
LoadResult LoadProfile(std::string_view text, const ListReader& read_list, const BaseReader& read_base = nullptr);

// SHA-256 over what the profile means (docs/RULES.md, "Hash"): comments and layout do not touch it. 64 hex digits.
std::string ProfileHash(const Profile& profile);

// One condition or value on its own, for `rules eval --expr`.
struct ExpressionResult {
  ExprPtr expr;  // Null if there was an error.
  std::vector<Diagnostic> diagnostics;
};
ExpressionResult LoadExpression(std::string_view text);

// Canonical text of an expression, without line breaks: as it stands in explanations.
std::string CanonicalText(const Expr& expr, const Profile* profile);
// Canonical text of a profile, comments kept if asked for.
std::string CanonicalText(const Profile& profile, bool with_comments);

// The result of running the tests embedded in the rules.
struct TestReport {
  int passed = 0;
  // "CP-005: test "two earlier children" expected no match, got match: sponsor.distinct_children(90 days) >= 2 is true (2)"
  std::vector<std::string> failures;
  std::vector<std::pair<std::size_t, std::size_t>> places;  // Of each failure: number of the rule, and of its test.
};
TestReport RunTests(const Profile& profile);

}  // namespace landfall::rules
