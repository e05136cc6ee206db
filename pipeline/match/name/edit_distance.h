#pragma once

#include <cstddef>
#include <string_view>

namespace landfall {

// How many edits two tokens may differ by and still match, by the length of the shorter: 0 up to 3 letters, 1 up to 7,
// else 2.
inline int EditsAllowed(std::size_t shorter) { return shorter <= 3 ? 0 : shorter <= 7 ? 1 : 2; }

// True if the optimal-string-alignment distance (insert, delete, replace, swap two neighbours; no part edited twice) is at
// most `most`, which is 0, 1 or 2. Any thread.
bool IsWithinEdits(std::string_view a, std::string_view b, int most);

}  // namespace landfall
