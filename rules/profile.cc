#include "rules/profile.h"

#include <algorithm>

#include "absl/strings/str_format.h"
#include "rules/checker.h"
#include "rules/expression_checker.h"
#include "rules/list_values.h"
#include "rules/overlay.h"
#include "rules/parser.h"

namespace landfall::rules {
namespace {

// Which values of a file are wrong is one warning a list: a file of the wrong kind is wrong a
// million times.
void WarnOfProblems(const ListDefinition& list, const ListFile& file,
                    std::vector<Diagnostic>& diagnostics) {
  if (file.problems.empty()) return;
  const std::string more =
      file.problems.size() > 1 ? absl::StrFormat(", and %d more", file.problems.size() - 1) : "";
  diagnostics.push_back(
      {list.position, "",
       absl::StrFormat("list @%s: %s %s%s", list.name, list.path, file.problems.front(), more),
       true});
}

void ReadList(const ListReader& read_list, ListDefinition& list,
              std::vector<Diagnostic>& diagnostics) {
  const absl::StatusOr<std::string> text =
      read_list ? read_list(list.path) : absl::NotFoundError("no reader");
  if (!text.ok()) {
    diagnostics.push_back(
        {list.position, "",
         absl::StrFormat("list @%s: %s cannot be read, the list is empty", list.name, list.path),
         true});
    return;
  }
  ListFile file = ReadListFile(list.type, *text);
  if (file.values.size() > kMaxListValues) {
    diagnostics.push_back(
        {list.position, "", absl::StrFormat("list @%s has more than 1,000,000 values", list.name)});
    return;
  }
  WarnOfProblems(list, file, diagnostics);
  list.values = std::move(file.values);
  list.is_read = true;
}

}  // namespace

bool HasError(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return !d.warning; });
}

void ReadListFiles(Profile& profile, const ListReader& read_list, std::vector<Diagnostic>& diagnostics) {
  for (ListDefinition& list : profile.lists) {
    if (!list.path.empty() && !list.is_read) ReadList(read_list, list, diagnostics);
  }
}

LoadResult LoadProfile(std::string_view text, const ListReader& read_list, const BaseReader& read_base) {
  ParsedFile file = ParseFile(text);
  if (!file.profile.extends.empty()) return LoadOverlay(text, read_list, read_base);
  LoadResult result;
  result.diagnostics = std::move(file.diagnostics);
  CheckProfile(file, result.diagnostics);
  if (!HasError(result.diagnostics)) ReadListFiles(file.profile, read_list, result.diagnostics);
  Attribute(file, result.diagnostics);
  if (!HasError(result.diagnostics))
    result.profile = std::make_shared<const Profile>(std::move(file.profile));
  return result;
}

ExpressionResult LoadExpression(std::string_view text) {
  ExpressionResult result;
  ExprPtr expr = ParseExpression(text, result.diagnostics);
  const Scope scope;
  ExpressionChecker(scope, result.diagnostics).CheckTop(*expr);
  std::stable_sort(
      result.diagnostics.begin(), result.diagnostics.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.position < b.position; });
  if (result.diagnostics.empty()) result.expr = std::move(expr);
  return result;
}

}  // namespace landfall::rules
