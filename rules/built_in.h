#pragma once

// The profile that the binary brings along: used where none has been published.

#include <string_view>

#include "rules/profile.h"

namespace landfall::rules {

std::string_view BuiltInProfileText();
// Reads the list files of that profile, which are in the binary too. NotFound for any other path.
ListReader BuiltInListReader();

}  // namespace landfall::rules
