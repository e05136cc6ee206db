#pragma once

// The catalogue of facts: what `landfall rules facts` prints.

#include <string>
#include <string_view>

#include "model/facts.h"

namespace landfall::rules {

// The unit that a fact's name says: "hours", "days", "minutes", "decibans", "years"; empty if it
// has none.
std::string_view UnitOf(const FactInfo& fact);

// A heading and a line per fact in schema order: name, type, unit, null, class, source, meaning, in
// columns.
std::string CatalogueTable();
// An array of objects with the same members.
std::string CatalogueJson();

}  // namespace landfall::rules
