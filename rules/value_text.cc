#include "rules/value_text.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace landfall::rules {
namespace {

std::string NumText(double number) {
  std::string text = absl::StrFormat("%.2f", number);
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text == "-0" ? "0" : text;
}

std::string EnumValueText(const FactInfo& fact, std::uint8_t number) {
  if (fact.UnknownValue() == number) return "not known";
  std::string text(fact.values[number]);
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

}  // namespace

std::string ValueText(const Value& value, const FactInfo& fact) {
  if (!value.known) return "not known";
  switch (fact.type) {
    case FactType::kBool:
      return value.boolean ? "yes" : "no";
    case FactType::kInt:
      return std::to_string(value.integer);
    case FactType::kNum:
      return NumText(value.number);
    case FactType::kEnum:
      return EnumValueText(fact, value.enum_value);
    default:
      return value.text;
  }
}

}  // namespace landfall::rules
