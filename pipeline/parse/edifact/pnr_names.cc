#include "pipeline/parse/edifact/pnr_names.h"

#include <algorithm>
#include <iterator>

#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {
namespace {

bool IsTitle(std::string_view word) {
  static constexpr std::string_view kTitles[] = {"MR", "MRS", "MS", "MISS", "MSTR", "CHD", "INF"};
  return std::find(std::begin(kTitles), std::end(kTitles), word) != std::end(kTitles);
}

}  // namespace

std::string Squeezed(std::string_view name) {
  std::string squeezed;
  for (const char c : name) {
    if (c != ' ') squeezed += Upper(c);
  }
  return squeezed;
}

std::string_view WithoutTitle(std::string_view given_names) {
  const std::size_t blank = given_names.rfind(' ');
  if (blank != std::string_view::npos && IsTitle(given_names.substr(blank + 1))) return Trim(given_names.substr(0, blank));
  for (const std::string_view title : {"MSTR", "MISS", "MRS", "MR", "MS"}) {
    constexpr std::size_t kLeastName = 2;
    if (blank == std::string_view::npos && given_names.size() >= title.size() + kLeastName && given_names.ends_with(title)) {
      return given_names.substr(0, given_names.size() - title.size());
    }
  }
  return given_names;
}

bool IsSameGivenName(std::string_view a, std::string_view b) {
  return Squeezed(WithoutTitle(a)) == Squeezed(WithoutTitle(b));
}

std::string ListedName(std::string_view surname, std::string_view given_names) {
  return Squeezed(surname) + "/" + Squeezed(WithoutTitle(given_names.substr(0, given_names.find('('))));
}

bool OneBeginsTheOther(std::string_view a, std::string_view b) {
  const std::string one = Squeezed(WithoutTitle(a)), other = Squeezed(WithoutTitle(b));
  return !one.empty() && !other.empty() && (one.starts_with(other) || other.starts_with(one));
}

std::string BetterName(const std::string& of_document, std::string_view listed) {
  if (of_document.empty()) return std::string(listed);
  return Squeezed(of_document) == Squeezed(listed) ? std::string(listed) : of_document;
}

}  // namespace landfall::edifact
