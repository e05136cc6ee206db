#pragma once

// What two birth dates are worth, in decibans.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/reference_records.h"

namespace landfall {

struct BirthScore {
  std::int32_t points = 0;
  const WatchBirthDate* date = nullptr;  // The stated one that agrees best; null if one side is not known.
};

// Any thread.
BirthScore ScoreBirth(const std::vector<WatchBirthDate>& entry, const std::optional<PartialDate>& query);

// The first and last day a stated birth date leaves open.
struct DayRange {
  Date first, last;
};
DayRange DaysOf(const WatchBirthDate& date);

std::string ToText(const WatchBirthDate& date);

}  // namespace landfall
