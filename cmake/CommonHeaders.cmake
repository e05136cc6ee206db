# What nearly every file includes takes most of the time to compile it, so it is compiled once. A file still includes
# what it uses: what stands here is no licence.
function(precompile_common_headers target)
  target_precompile_headers(${target} PRIVATE
    <algorithm> <array> <charconv> <chrono> <cmath> <cstdint> <cstdio> <cstring> <deque> <functional> <map> <memory>
    <mutex> <numeric> <optional> <random> <set> <span> <sstream> <string> <string_view> <tuple> <unordered_map> <utility>
    <variant> <vector>
    <absl/container/flat_hash_map.h> <absl/container/flat_hash_set.h> <absl/status/statusor.h> <absl/strings/str_cat.h>
    <absl/strings/str_format.h> <absl/strings/str_join.h> <absl/strings/str_split.h>
    ${ARGN})
endfunction()
