#pragma once

// The words of the rule language, and what to propose for a misspelt one.

#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"

namespace landfall::rules {

// Reserved in conditions: and or not in is any every no count where true false known unknown
// including_this.
bool IsKeyword(std::string_view word);
// Letters, digits and _, not beginning with a digit: what an enum value may be without quotes.
bool IsPlainWord(std::string_view word);
// [A-Za-z0-9][A-Za-z0-9._-]*
bool IsId(std::string_view word);
// pax doc visa sponsor address escort booking service party flight
bool IsSubject(std::string_view word);

std::string_view TypeWord(ValueType type);  // "int", "country", "list<pax>"
ValueType TypeOf(FactType type);
std::string_view OperatorText(Op op);  // "and", ">=", "any"

inline bool IsNumber(ValueType type) { return type == ValueType::kInt || type == ValueType::kNum; }
// The types whose values are texts of a certain form.
inline bool IsCode(ValueType type) {
  return type == ValueType::kCountry || type == ValueType::kAirport ||
         type == ValueType::kCarrier || type == ValueType::kRoute;
}

// The fact that `name` means after a quantifier's variable: "age" is pax.age, "visa.kind" is
// visa.kind. nullptr if none.
const FactInfo* FindMemberFact(std::string_view name);
// The name of a fact after a quantifier's variable; empty if a member has no such fact.
std::string_view MemberName(const FactInfo& fact);

int EditDistance(std::string_view a, std::string_view b);
// " - did you mean X?" for the nearest candidate within edit distance 2, or a third of the name's
// length if that is more; the first of equals. Empty if none is near.
std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates);

// draft shadow live retired
inline constexpr std::string_view kStatusWords[] = {"draft", "shadow", "live", "retired"};

// "12,420"
std::string WithThousands(std::int64_t number);

}  // namespace landfall::rules
