#include "pipeline/parse/edifact/card_number.h"

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <vector>

#include "pipeline/parse/edifact/scan.h"

namespace landfall::edifact {
namespace {

constexpr std::size_t kFewest = 13, kMost = 19;
// A longer run of digits is no number of anything: all of it is masked, so that hostile text costs no time.
constexpr std::size_t kLongestSearched = 64;
constexpr std::size_t kMostBetween = 4;

// What may stand between two digits of one number.
bool IsBetween(char c) { return c == ' ' || c == '-' || c == '\r' || c == '\n' || c == '?' || c == '\\' || c == '\t'; }

// The Luhn sum (ISO/IEC 7812-1) of the digits at these places ends in 0.
bool IsRight(std::string_view text, const std::size_t* digits, std::size_t count) {
  int sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    int digit = text[digits[count - 1 - i]] - '0';
    if (i % 2 == 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 == 0;
}

// Calls found(places, count) for each card number among the digits of one run, also where they overlap.
template <typename Found>
void SearchRun(std::string_view text, const std::vector<std::size_t>& run, const Found& found) {
  if (run.size() > kLongestSearched) return found(run.data(), run.size());
  for (std::size_t first = 0; first + kFewest <= run.size(); ++first) {
    if (text[run[first]] == '0') continue;  // No card's begins so; telephone numbers do.
    for (std::size_t count = std::min(kMost, run.size() - first); count >= kFewest; --count) {
      if (IsRight(text, &run[first], count)) found(&run[first], count);
    }
  }
}

template <typename Found>
void Search(std::string_view text, const Found& found) {
  // Most texts hold too few digits to be looked at twice.
  if (text.size() < kFewest || static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsDigit)) < kFewest) return;
  std::vector<std::size_t> run;
  std::size_t between = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (IsDigit(text[i])) {
      run.push_back(i);
      between = 0;
    } else if (run.empty()) {
      continue;
    } else if (!IsBetween(text[i]) || ++between > kMostBetween) {
      SearchRun(text, run, found);
      run.clear();
      between = 0;
    }
  }
  SearchRun(text, run, found);
}

// No digit stands right before or behind it.
bool StandsAlone(std::string_view text, std::size_t first, std::size_t last) {
  return (first == 0 || !IsDigit(text[first - 1])) && (last + 1 == text.size() || !IsDigit(text[last + 1]));
}

}  // namespace

std::optional<std::string> FindCardNumber(std::string_view text) {
  std::optional<std::string> number;
  bool stands_alone = false;
  Search(text, [&](const std::size_t* digits, std::size_t count) {
    const bool is_better = !number || (!stands_alone && StandsAlone(text, digits[0], digits[count - 1]));
    if (!is_better || count > kMost) return;
    stands_alone = StandsAlone(text, digits[0], digits[count - 1]);
    number.emplace();
    for (std::size_t i = 0; i < count; ++i) *number += text[digits[i]];
  });
  return number;
}

bool MaskCardNumbers(std::string& text) {
  std::vector<std::size_t> places;
  Search(text, [&](const std::size_t* digits, std::size_t count) { places.insert(places.end(), digits, digits + count); });
  for (const std::size_t place : places) text[place] = 'X';
  return !places.empty();
}

std::optional<std::string> AccountNumber(std::string_view text) {
  constexpr std::size_t kFewestOfAccount = 12;
  std::string digits;
  for (const char c : text) {
    if (IsDigit(c)) digits += c;
    else if (!IsBetween(c)) return std::nullopt;
  }
  if (digits.size() < kFewestOfAccount || digits.size() > kMost) return std::nullopt;
  return digits;
}

std::string PayerKey(const HashKey& key, std::string_view digits) { return ToHex(AsBytes(KeyedHash128(key, digits))); }

const HashKey& KeyOfThisRun() {
  static const HashKey key = [] {
    HashKey drawn;
    randombytes_buf(drawn.data(), drawn.size());
    return drawn;
  }();
  return key;
}

}  // namespace landfall::edifact
