#include "pipeline/facts/payer.h"

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/match/name_key.h"

namespace landfall {
namespace {

// NameTokens drops the titles that bookings put after a name; cards put them before it.
bool IsTitle(std::string_view word) {
  for (const std::string_view title : {"MR", "MRS", "MS", "MISS", "DR"}) {
    if (word == title) return true;
  }
  return false;
}

bool IsInitialOf(std::string_view word, std::string_view name) { return word.size() == 1 && name.starts_with(word); }

}  // namespace

std::optional<bool> IsPayerNamed(std::string_view payer, std::string_view surname, std::string_view given_names) {
  std::vector<std::string> words = NameTokens(payer);
  if (words.size() > 1 && IsTitle(words.front())) words.erase(words.begin());
  std::vector<std::string> names = NameTokens(surname);
  for (std::string& name : NameTokens(given_names)) names.push_back(std::move(name));
  if (words.empty() || names.empty()) return std::nullopt;
  bool has_whole_name = false;
  for (const std::string& word : words) {
    const auto whole = std::find(names.begin(), names.end(), word);
    const auto name = whole != names.end() ? whole : std::find_if(names.begin(), names.end(), [&](const std::string& of) {
      return IsInitialOf(word, of);
    });
    if (name == names.end()) return false;
    has_whole_name = has_whole_name || (whole != names.end() && word.size() > 1);
    names.erase(name);  // No name answers for two words.
  }
  // "BELLO" alone may be anybody of that family.
  if (words.size() < 2 || !has_whole_name) return std::nullopt;
  return true;
}

}  // namespace landfall
