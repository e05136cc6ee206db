#include "pipeline/facts/fostering.h"

namespace landfall {
namespace {

// What takes a carer out of the scope: close relative, guardian, parental responsibility. nullopt = not known.
std::optional<bool> CarerIsExcluded(const FosteringCase& of) {
  if (!of.has_carer || !of.carer_accommodates) return std::nullopt;
  if (of.carer_has_parental_responsibility == true || of.carer_relationship == Relationship::kGuardian) return true;
  return IsCloseRelative(of.carer_relationship);
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

std::optional<bool> IsPrivateFostering(const FosteringCase& of, const ProfileParameters& parameters) {
  const std::int64_t under_age = of.disabled ? parameters.foster_age_disabled : parameters.foster_age;
  const std::optional<bool> excluded = CarerIsExcluded(of);
  // Each of these alone makes it false, whatever else is unknown.
  if (!of.is_child || of.relative_travels || excluded == true) return false;
  if (of.age && *of.age >= under_age) return false;
  if (of.stay_days && *of.stay_days < parameters.foster_days) return false;
  if (!of.age || !of.stay_days || !excluded) return std::nullopt;
  return true;
}

}  // namespace landfall
