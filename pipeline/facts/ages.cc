#include "pipeline/facts/ages.h"

#include <algorithm>

#include "absl/strings/str_format.h"

namespace landfall {
namespace {

constexpr int kAdultYears = 18;
constexpr int kOldestYears = 110;
constexpr int kAdultFareYears = 12;  // From here on carriers sell the adult fare.

bool HasChildFare(const Traveller& traveller) {
  return traveller.fare == Fare::kChild || traveller.fare == Fare::kInfant;
}

// INFT also stands beside the adult who carries the infant: a sign where nothing else is known, no contradiction.
bool IsSoldAsChild(const Traveller& traveller) {
  return HasChildFare(traveller) || (traveller.stated_age && *traveller.stated_age < kAdultYears) ||
         traveller.HasService("CHLD") || traveller.HasService("UMNR");
}

bool IsChildWithoutBirthDate(const Traveller& traveller) {
  return IsSoldAsChild(traveller) || traveller.HasService("INFT");
}

void TakeNoAge(const Traveller& traveller, AgeCheck& check) {
  check.is_child = IsChildWithoutBirthDate(traveller);
  check.may_be_child = check.is_child || !traveller.stated_age;
}

}  // namespace

std::string ChildSign(const Traveller& traveller) {
  if (HasChildFare(traveller)) return "fare " + std::string(ToText(*traveller.fare));
  if (traveller.stated_age && *traveller.stated_age < kAdultYears) {
    return absl::StrFormat("stated age %d", *traveller.stated_age);
  }
  for (const std::string_view service : {"UMNR", "CHLD", "INFT"}) {
    if (traveller.HasService(service)) return "service " + std::string(service);
  }
  return "";
}

AgeCheck CheckAge(const Traveller& traveller, Date first, Date last) {
  AgeCheck check;
  if (!traveller.date_of_birth) {
    TakeNoAge(traveller, check);
    check.finding = FindingCode::kBirthDateMissing;
    check.problem = check.is_child ? "no birth date: a child by " + ChildSign(traveller)
                                   : "no birth date: not taken for a child";
    return check;
  }
  const AgeRange age = AgesBetween(*traveller.date_of_birth, first, last);
  if (age.oldest < 0) {
    TakeNoAge(traveller, check);
    check.may_be_child = true;
    check.finding = FindingCode::kBirthDateFuture;
    check.problem = ToString(*traveller.date_of_birth) + " lies after the flight";
    return check;
  }
  check.has_age = true;
  check.age = {std::max(age.youngest, 0), age.oldest};
  check.is_child = age.youngest < kAdultYears;
  check.may_be_child = check.is_child || IsSoldAsChild(traveller);
  if (age.youngest > kOldestYears) {
    // Perhaps an infant of whom the century was written wrong.
    check.may_be_child = true;
    check.finding = FindingCode::kAgeOver110;
    check.problem = absl::StrFormat("%s makes an age of %d", ToString(*traveller.date_of_birth), age.youngest);
  }
  return check;
}

std::optional<AgeBand> AgeBandOf(AgeRange age) {
  const auto band = [](int years) {
    if (years < 2) return AgeBand::kInfant;
    if (years < 5) return AgeBand::k2To4;
    if (years < 12) return AgeBand::k5To11;
    if (years < 16) return AgeBand::k12To15;
    if (years < 18) return AgeBand::k16To17;
    return years < 21 ? AgeBand::k18To20 : AgeBand::kAdult;
  };
  if (band(age.youngest) != band(age.oldest)) return std::nullopt;
  return band(age.youngest);
}

std::optional<bool> BirthDatesDisagree(const std::optional<PartialDate>& a, const std::optional<PartialDate>& b) {
  if (!a || !b) return std::nullopt;
  if (Compatible(*a, *b)) return false;
  const auto is_default = [](PartialDate date) { return date.month == 1 && date.day == 1; };
  return a->year != b->year || !(is_default(*a) || is_default(*b));
}

std::optional<bool> FareContradicts(const Traveller& traveller, AgeRange age) {
  std::optional<bool> contradicts;
  if (traveller.fare == Fare::kAdult) {
    // Unaccompanied minors pay the adult fare.
    contradicts = age.oldest < kAdultFareYears && !traveller.HasService("UMNR");
  } else if (HasChildFare(traveller)) {
    contradicts = age.youngest >= kAdultYears;
  }
  if (traveller.stated_age) {
    const bool crosses = *traveller.stated_age < kAdultYears ? age.youngest >= kAdultYears : age.oldest < kAdultYears;
    contradicts = contradicts.value_or(false) || crosses;
  }
  return contradicts;
}

}  // namespace landfall
