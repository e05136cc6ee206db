#pragma once

// `extends`: an overlay adds rules to a base and changes route and points of the base's rules, nothing else.

#include <string_view>
#include <vector>

#include "rules/profile.h"

namespace landfall::rules {

// `text` must be an overlay. Its rules follow those of the base in the profile that comes out.
LoadResult LoadOverlay(std::string_view text, const ListReader& read_list, const BaseReader& read_base);

// What LoadProfile and LoadOverlay share.
bool HasError(const std::vector<Diagnostic>& diagnostics);
// Fills the lists that are in files and have not been read.
void ReadListFiles(Profile& profile, const ListReader& read_list, std::vector<Diagnostic>& diagnostics);

}  // namespace landfall::rules
