#pragma once

// Keys by which the joins of an entry's tokens are filed, so that a token or join of a query finds every one it matches
// by edits, skeleton or nickname. A superset: whoever finds compares the texts.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

namespace landfall {

using JoinKeys = absl::InlinedVector<std::uint32_t, 48>;

// The keys to file a join under. Short ones (up to 8 letters) are filed with up to one letter left out. Of long ones (from
// 8 letters, where two edits are allowed) three segments are filed with their place and the length of the whole: two
// edits leave one of three as it was.
void AppendJoinKeys(std::string_view join, std::string_view skeleton, JoinKeys& keys);

// The keys under which a join that matches `text` is found.
void AppendKeysOfMatchingJoins(std::string_view text, std::string_view skeleton, JoinKeys& keys);

}  // namespace landfall
