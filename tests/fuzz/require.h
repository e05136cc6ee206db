#pragma once

#include <cstdlib>

namespace landfall {

// Ends the program when a promise is broken, which the fuzzer keeps as a crash.
inline void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace landfall
