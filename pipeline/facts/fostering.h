#pragma once

// Private fostering (Children Act 1989 s.66, s.105), three-valued. Pure. docs/RULES.md section 19.

#include <cstdint>
#include <optional>

#include "model/date.h"
#include "model/profile_parameters.h"
#include "model/traveller.h"

namespace landfall {

// Parent, step-parent, sibling, grandparent, aunt or uncle, of full or half blood, or by marriage or civil partnership
// (s.105), and nobody else. nullopt for an unknown relationship.
std::optional<bool> IsCloseRelative(Relationship relationship);
// The same, or a guardian: whoever is one of these fosters nobody privately.
std::optional<bool> IsFamilyOrGuardian(Relationship relationship);

struct FosteringCase {
  bool is_child = false;
  std::optional<AgeRange> age;        // More than one age where a partial birth date leaves it open.
  bool disabled = false;              // Sets the age limit and nothing else.
  std::optional<std::int64_t> stay_days;
  bool has_carer = false;             // A sponsor is known,
  bool carer_accommodates = true;     // and the child declares no other address than the sponsor's.
  Relationship carer_relationship = Relationship::kUnknown;
  std::optional<bool> carer_has_parental_responsibility;
  // A close relative, guardian or holder of parental responsibility travels with the child. False for a child that
  // travels alone; unknown while nobody has said what its companions are to it.
  std::optional<bool> relative_travels = false;
};
// True, false, or unknown while something it rests on is: what alone makes it false does so whatever else is unknown.
std::optional<bool> IsPrivateFostering(const FosteringCase& of, const ProfileParameters& parameters);

}  // namespace landfall
