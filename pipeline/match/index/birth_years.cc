#include "pipeline/match/index/birth_years.h"

#include <algorithm>

namespace landfall {

YearRange YearsOf(const WatchBirthDate& date) {
  const int margin = date.circa ? 1 : 0;
  return {date.from.year - margin, date.to.year + margin};
}

bool AreYearsAlike(int a, int b) {
  int different = 0, first = 0;
  int digits_a[4], digits_b[4];
  for (int i = 0; i < 4; ++i, a /= 10, b /= 10) {
    digits_a[i] = a % 10;
    digits_b[i] = b % 10;
    if (digits_a[i] == digits_b[i]) continue;
    if (different == 0) first = i;
    ++different;
  }
  if (different == 1) return true;
  return different == 2 && first < 3 && digits_a[first] == digits_b[first + 1] && digits_a[first + 1] == digits_b[first];
}

namespace {

bool MayBe(const WatchBirthDate& entry, PartialDate query) {
  const YearRange years = YearsOf(entry);
  if (query.year >= years.first - 1 && query.year <= years.last + 1) return true;
  return query.IsWhole() && entry.from == entry.to && entry.from.IsWhole() && entry.from.month == query.month &&
         entry.from.day == query.day && AreYearsAlike(entry.from.year, query.year);
}

}  // namespace

bool MayBeBorn(const std::vector<WatchBirthDate>& entry, const std::optional<PartialDate>& query) {
  if (!query || entry.empty()) return true;
  return std::any_of(entry.begin(), entry.end(), [&](const WatchBirthDate& date) { return MayBe(date, *query); });
}

}  // namespace landfall
