#pragma once

// Who is a child, and how sure that is. Pure.

#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/finding.h"
#include "model/traveller.h"
#include "pipeline/facts/fact_values.h"

namespace landfall {

struct AgeCheck {
  AgeRange age;  // Meaningless without has_age.
  bool has_age = false;
  bool is_child = false;
  bool may_be_child = true;
  std::optional<FindingCode> finding;
  std::string problem;  // Of the finding, for a person.
};
// On the days first..last: one day, or three where the port's time zone is not known. A range that crosses 18 is a child.
AgeCheck CheckAge(const Traveller& traveller, Date first, Date last);

// What, besides a birth date, says that this traveller is a child: "fare child", "service UMNR", "stated age 8"; empty
// if nothing does.
std::string ChildSign(const Traveller& traveller);

// nullopt if the range lies in more than one band.
std::optional<AgeBand> AgeBandOf(AgeRange age);

// Whether two birth dates disagree; nullopt if one is not known. 1 January is what some registers write for an unknown
// day, so within one year it agrees with any.
std::optional<bool> BirthDatesDisagree(const std::optional<PartialDate>& a, const std::optional<PartialDate>& b);

// Whether the fare type, or an age that was stated, contradicts the age by birth date; nullopt without either.
std::optional<bool> FareContradicts(const Traveller& traveller, AgeRange age);

}  // namespace landfall
