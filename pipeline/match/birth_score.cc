#include "pipeline/match/birth_score.h"

#include <cstdlib>

#include "pipeline/match/index/birth_years.h"
#include "pipeline/match/weights.h"

namespace landfall {
namespace {

constexpr int kNarrowRangeYears = 3;

// Of a date that leaves the other open.
std::int32_t PointsOfAgreement(const WatchBirthDate& entry, PartialDate query) {
  if (entry.circa) return weights::kCirca;
  if (entry.from != entry.to) {
    return entry.to.year - entry.from.year < kNarrowRangeYears ? weights::kNarrowRange : weights::kWideRange;
  }
  if (entry.from.IsWhole() && query.IsWhole()) {
    const bool dummy = entry.from.month == 1 && entry.from.day == 1;
    return dummy ? weights::kFirstOfJanuary : weights::kWholeDate;
  }
  const bool month_known = entry.from.month != 0 && query.month != 0;
  return month_known ? weights::kYearAndMonth : weights::kYear;
}

// One digit of two differs, or the two are swapped.
bool AreDaysAlike(int a, int b) {
  const int a10 = a / 10, a1 = a % 10, b10 = b / 10, b1 = b % 10;
  return (a10 == b10) != (a1 == b1) || (a10 == b1 && a1 == b10);
}

std::int32_t PointsOfDifferentDays(PartialDate a, PartialDate b) {
  const bool same_day = a.month == b.month && a.day == b.day;
  if (same_day) return weights::kOtherYearSameDay;
  if (a.year != b.year) return weights::kNextYear;
  if (a.month == b.day && a.day == b.month) return weights::kSwappedDayAndMonth;
  if (a.month == b.month && AreDaysAlike(a.day, b.day)) return weights::kOtherDaySameMonth;
  if (a.day == b.day) return weights::kOtherMonthSameDay;
  return weights::kSameYearOtherDay;
}

std::int32_t Points(const WatchBirthDate& entry, PartialDate query) {
  const DayRange days = DaysOf(entry);
  if (query.Earliest() <= days.last && days.first <= query.Latest()) return PointsOfAgreement(entry, query);
  const bool whole = entry.from == entry.to && entry.from.IsWhole() && query.IsWhole();
  if (whole) return PointsOfDifferentDays(entry.from, query);
  return entry.from.year == query.year ? weights::kSameYearOtherDay : weights::kNextYearOfPartial;
}

}  // namespace

DayRange DaysOf(const WatchBirthDate& date) {
  DayRange days{date.from.Earliest(), date.to.Latest()};
  if (date.circa) {
    days.first = MakeDate(date.from.year - 1, 1, 1);
    days.last = MakeDate(date.to.year + 1, 12, 31);
  }
  return days;
}

BirthScore ScoreBirth(const std::vector<WatchBirthDate>& entry, const std::optional<PartialDate>& query) {
  BirthScore best;
  if (!query) return best;
  for (const WatchBirthDate& date : entry) {
    const std::int32_t points = Points(date, *query);
    if (best.date == nullptr || points > best.points) best = {points, &date};
  }
  return best;
}

std::string ToText(const WatchBirthDate& date) {
  std::string text = date.circa ? "about " : "";
  text += ToString(date.from);
  if (date.from != date.to) text += " to " + ToString(date.to);
  return text;
}

}  // namespace landfall
