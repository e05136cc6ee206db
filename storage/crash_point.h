#pragma once

// Named points at which a test may kill the process, where random times would rarely hit.

#include <string_view>

namespace landfall {

// Ends the process at once, with status 9 and without any clean-up, at the n-th passage of the point that the
// environment variable LANDFALL_CRASH_AT names ("after_wal:3"). Without the variable it does nothing.
void CrashPoint(std::string_view point);

}  // namespace landfall
