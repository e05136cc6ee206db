#pragma once

#include <string>
#include <string_view>

namespace landfall {

// The consonants of a token in the letters that transliterations agree on: MOHAMMED and MUHAMAD are MD, SHCHUKINA and
// SCHUKINA are SKN, KHALID and QALEED are KLD. Two tokens with one skeleton match. Empty for a token of fewer than three
// letters, or if fewer than two are left. Any thread.
std::string SkeletonOf(std::string_view token);

}  // namespace landfall
