#pragma once

// Forms of values: codes in conditions, in lists and in files of lists.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"

namespace landfall::rules {

inline constexpr std::size_t kMaxListValues = 1'000'000;

// The value in its one form (a country as alpha-3), or nullopt if `text` does not have the form of
// the type: one of text, int, num and the codes.
std::optional<std::string> CanonicalValue(ValueType type, std::string_view text);
// "'XYZ' is not a country code such as GBR"
std::string BadForm(ValueType type, std::string_view text);

struct ListFile {
  std::vector<std::string> values;    // Canonical, sorted, unique.
  std::vector<std::string> problems;  // "line 3: 'XX' is not a route such as LOS-LHR"
};
// The file of a list: a value a line, `,note` after it, `#` comments.
ListFile ReadListFile(ValueType type, std::string_view text);

}  // namespace landfall::rules
