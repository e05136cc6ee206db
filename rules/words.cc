#include "rules/words.h"

#include <algorithm>
#include <cstdlib>
#include <iterator>

namespace landfall::rules {
namespace {

constexpr std::string_view kKeywords[] = {"and",  "or",    "not",   "in",      "is",
                                          "any",  "every", "no",    "count",   "where",
                                          "true", "false", "known", "unknown", "including_this"};
constexpr std::string_view kMemberSubjects[] = {"doc",    "visa",    "sponsor", "address",
                                                "escort", "booking", "service"};

bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

template <typename Range>
bool Contains(const Range& range, std::string_view word) {
  return std::find(std::begin(range), std::end(range), word) != std::end(range);
}

}  // namespace

bool IsKeyword(std::string_view word) { return Contains(kKeywords, word); }

bool IsPlainWord(std::string_view word) {
  if (word.empty() || IsDigit(word[0])) return false;
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return IsLetter(c) || IsDigit(c) || c == '_'; });
}

bool IsId(std::string_view word) {
  if (word.empty() || !(IsLetter(word[0]) || IsDigit(word[0]))) return false;
  return std::all_of(word.begin(), word.end(), [](char c) {
    return IsLetter(c) || IsDigit(c) || c == '.' || c == '_' || c == '-';
  });
}

bool IsSubject(std::string_view word) {
  return word == "pax" || word == "party" || word == "flight" || Contains(kMemberSubjects, word);
}

std::string_view TypeWord(ValueType type) {
  static constexpr std::string_view kWords[] = {"any",       "bool",    "int",     "num",   "text",
                                                "country",   "airport", "carrier", "route", "enum",
                                                "list<pax>", "date",    "duration"};
  return kWords[static_cast<std::size_t>(type)];
}

ValueType TypeOf(FactType type) {
  static constexpr ValueType kTypes[] = {
      ValueType::kBool,    ValueType::kInt,     ValueType::kNum,     ValueType::kText,
      ValueType::kCountry, ValueType::kAirport, ValueType::kCarrier, ValueType::kRoute,
      ValueType::kEnum,    ValueType::kPeople};
  return kTypes[static_cast<std::size_t>(type)];
}

std::string_view OperatorText(Op op) {
  static constexpr std::string_view kTexts[] = {
      "and", "or", "not", "=",  "!=",  "<",     "<=", ">",     ">=", "+", "-",
      "*",   "/",  "in",  "is", "any", "every", "no", "count", "",   "",  "",
      // CEL's own.
      "",    "-",  "%",   "[]", "[]",  "",      "",   "",      ""};
  return kTexts[static_cast<std::size_t>(op)];
}

const FactInfo* FindMemberFact(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos) return FindFact("pax." + std::string(name));
  return Contains(kMemberSubjects, name.substr(0, dot)) ? FindFact(name) : nullptr;
}

std::string_view MemberName(const FactInfo& fact) {
  if (fact.subject == "pax") return fact.name.substr(4);
  return Contains(kMemberSubjects, fact.subject) ? fact.name : std::string_view();
}

int EditDistance(std::string_view a, std::string_view b) {
  std::vector<int> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    int diagonal = row[0];
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::string DidYouMean(std::string_view name, const std::vector<std::string>& candidates) {
  const int limit = std::max<int>(2, static_cast<int>(name.size() / 3));
  int nearest = limit + 1;
  const std::string* best = nullptr;
  for (const std::string& candidate : candidates) {
    const auto gap =
        static_cast<std::ptrdiff_t>(candidate.size()) - static_cast<std::ptrdiff_t>(name.size());
    if (std::abs(gap) >= nearest) continue;  // The distance is at least that.
    const int distance = EditDistance(name, candidate);
    if (distance >= nearest) continue;
    nearest = distance;
    best = &candidate;
  }
  return best == nullptr ? "" : " - did you mean " + *best + "?";
}

std::string WithThousands(std::int64_t number) {
  std::string digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > (number < 0 ? 1 : 0);
       at -= 3) {
    digits.insert(static_cast<std::size_t>(at), ",");
  }
  return digits;
}

}  // namespace landfall::rules
