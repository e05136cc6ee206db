#include "rules/list_values.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "absl/strings/str_format.h"
#include "model/country.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsAirport(std::string_view text) {
  return text.size() == 3 && std::all_of(text.begin(), text.end(), IsUpper);
}

// IATA: two letters or digits, not two digits. ICAO: three letters.
bool IsCarrier(std::string_view text) {
  if (text.size() == 3) return std::all_of(text.begin(), text.end(), IsUpper);
  return text.size() == 2 && (IsUpper(text[0]) || IsUpper(text[1])) &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsUpper(c) || IsDigit(c); });
}

bool IsRoute(std::string_view text) {
  return text.size() == 7 && text[3] == '-' && IsAirport(text.substr(0, 3)) &&
         IsAirport(text.substr(4));
}

std::optional<std::string> CanonicalInt(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return std::nullopt;
  return std::to_string(value);
}

// Digits, perhaps a minus before and a point within: no exponent, no infinity. Kept as written.
std::optional<std::string> CanonicalNum(std::string_view text) {
  const bool plain = !text.empty() && IsDigit(text.back()) &&
                     std::all_of(text.begin(), text.end(),
                                 [](char c) { return IsDigit(c) || c == '.' || c == '-'; });
  double value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!plain || parsed.ec != std::errc() || parsed.ptr != text.data() + text.size())
    return std::nullopt;
  return std::string(text);
}

std::string_view Trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

// Without the note and the comment. A # inside a word is part of it.
std::string_view ValueOfLine(std::string_view line) {
  for (std::size_t at = 0; at < line.size(); ++at) {
    const bool comment =
        line[at] == '#' && (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t');
    if (comment || line[at] == ',') return Trim(line.substr(0, at));
  }
  return Trim(line);
}

}  // namespace

std::optional<std::string> CanonicalValue(ValueType type, std::string_view text) {
  const auto if_form = [&](bool fits) {
    return fits ? std::optional(std::string(text)) : std::nullopt;
  };
  switch (type) {
    case ValueType::kInt:
      return CanonicalInt(text);
    case ValueType::kNum:
      return CanonicalNum(text);
    case ValueType::kAirport:
      return if_form(IsAirport(text));
    case ValueType::kCarrier:
      return if_form(IsCarrier(text));
    case ValueType::kRoute:
      return if_form(IsRoute(text));
    case ValueType::kCountry: {
      const std::optional<CountryCode> code = CountryFromCode(text);
      return code ? std::optional(std::string(code->view())) : std::nullopt;
    }
    default:
      return std::string(text);
  }
}

std::string BadForm(ValueType type, std::string_view text) {
  std::string_view form;
  switch (type) {
    case ValueType::kInt:
      form = "a whole number";
      break;
    case ValueType::kNum:
      form = "a number";
      break;
    case ValueType::kCountry:
      form = "a country code such as GBR";
      break;
    case ValueType::kAirport:
      form = "an airport code such as LHR";
      break;
    case ValueType::kCarrier:
      form = "a carrier code such as ZZ or ZZZ";
      break;
    case ValueType::kRoute:
      form = "a route such as LOS-LHR";
      break;
    default:
      form = TypeWord(type);
      break;
  }
  return absl::StrFormat("'%s' is not %s", std::string(text), std::string(form));
}

ListFile ReadListFile(ValueType type, std::string_view text) {
  ListFile file;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view written = ValueOfLine(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (written.empty()) continue;
    std::optional<std::string> value = CanonicalValue(type, written);
    if (value) {
      file.values.push_back(*std::move(value));
    } else {
      file.problems.push_back(absl::StrFormat("line %d: %s", number, BadForm(type, written)));
    }
  }
  std::sort(file.values.begin(), file.values.end());
  file.values.erase(std::unique(file.values.begin(), file.values.end()), file.values.end());
  return file;
}

}  // namespace landfall::rules
