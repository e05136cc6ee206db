#pragma once

// Private fostering (Children Act 1989 s.66, s.105), three-valued. Pure.

#include <cstdint>
#include <optional>

#include "model/profile_parameters.h"
#include "model/traveller.h"

namespace landfall {

// Parent, step-parent, sibling, grandparent, aunt or uncle, of full or half blood, or by marriage or civil partnership
// (s.105), and nobody else. nullopt for an unknown relationship.
std::optional<bool> IsCloseRelative(Relationship relationship);

struct FosteringCase {
  bool is_child = false;
  std::optional<int> age;             // Unknown where a partial birth date leaves it open.
  bool disabled = false;              // Sets the age limit and nothing else.
  std::optional<std::int64_t> stay_days;
  bool has_carer = false;             // A sponsor is known,
  bool carer_accommodates = true;     // and the child declares no other address than the sponsor's.
  Relationship carer_relationship = Relationship::kUnknown;
  std::optional<bool> carer_has_parental_responsibility;
  // A close relative, guardian or holder of parental responsibility travels with the child.
  bool relative_travels = false;
};
std::optional<bool> IsPrivateFostering(const FosteringCase& of, const ProfileParameters& parameters);

}  // namespace landfall
