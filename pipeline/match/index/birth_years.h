#pragma once

// When two birth dates may be one: D of the predicate.

#include <optional>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"

namespace landfall {

// The years a stated birth date leaves open. About right (circa) means a year more or less.
struct YearRange {
  int first = 0, last = 0;
};
YearRange YearsOf(const WatchBirthDate& date);

// True if the years differ in one digit, or in two neighbouring digits that are swapped. Both of four digits.
bool AreYearsAlike(int a, int b);

// Unknown on a side; a year of the query within 1 of those that an entry's date leaves open; or the same month and day of
// two whole dates whose years are alike. Any thread.
bool MayBeBorn(const std::vector<WatchBirthDate>& entry, const std::optional<PartialDate>& query);

}  // namespace landfall
