#include "pipeline/facts/fostering.h"

namespace landfall {
namespace {

// What takes a carer out of the scope: close relative, guardian, parental responsibility. nullopt = not known.
std::optional<bool> CarerIsExcluded(const FosteringCase& of) {
  if (!of.has_carer || !of.carer_accommodates) return std::nullopt;
  if (of.carer_has_parental_responsibility == true) return true;
  return IsFamilyOrGuardian(of.carer_relationship);
}

std::optional<bool> IsUnder(const std::optional<AgeRange>& age, std::int64_t years) {
  if (!age || (age->youngest < years && age->oldest >= years)) return std::nullopt;
  return age->oldest < years;
}

}  // namespace

std::optional<bool> IsCloseRelative(Relationship relationship) {
  switch (relationship) {
    case Relationship::kParent:
    case Relationship::kStepParent:
    case Relationship::kSibling:
    case Relationship::kGrandparent:
    case Relationship::kAuntUncle:
    case Relationship::kRelativeByMarriage: return true;
    case Relationship::kUnknown: return std::nullopt;
    default: return false;
  }
}

std::optional<bool> IsFamilyOrGuardian(Relationship relationship) {
  return relationship == Relationship::kGuardian ? true : IsCloseRelative(relationship);
}

std::optional<bool> IsPrivateFostering(const FosteringCase& of, const ProfileParameters& parameters) {
  const std::int64_t under_age = of.disabled ? parameters.foster_age_disabled : parameters.foster_age;
  const std::optional<bool> is_under_age = IsUnder(of.age, under_age);
  const std::optional<bool> excluded = CarerIsExcluded(of);
  // Each of these alone makes it false, whatever else is unknown.
  if (!of.is_child || of.relative_travels == true || excluded == true) return false;
  if (is_under_age == false) return false;
  if (of.stay_days && *of.stay_days < parameters.foster_days) return false;
  if (!is_under_age || !of.stay_days || !excluded || !of.relative_travels) return std::nullopt;
  return true;
}

}  // namespace landfall
