#pragma once

#include <cstddef>
#include <functional>
#include <string_view>

namespace landfall {

// For hash maps keyed by std::string that are asked with a std::string_view: absl::flat_hash_map<std::string, T,
// StringHash, std::equal_to<>>. (Debian's absl::string_view is a type of its own.)
struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
};

}  // namespace landfall
