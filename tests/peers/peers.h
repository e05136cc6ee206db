#pragma once

// Where ./do test puts what it fetches with npm (tests/peers/package.json).

#include <filesystem>

namespace landfall::testing_support {

inline std::filesystem::path PeerPackages() { return LANDFALL_SOURCE_DIR "/build/peers/node_modules"; }

}  // namespace landfall::testing_support
