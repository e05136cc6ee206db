#pragma once

// Keys by which the joins of an entry's tokens are filed, so that a token or join of a query finds every one it matches
// by edits, skeleton or nickname. A superset: whoever finds compares the texts.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/container/inlined_vector.h"

namespace landfall {

using JoinKeys = absl::InlinedVector<std::uint32_t, 96>;

// The keys to file a join under. Short ones (up to 10 letters) are filed without each choice of as many letters as edits
// are allowed, longer ones by thirds (segments.h).
void AppendJoinKeys(std::string_view join, std::string_view skeleton, JoinKeys& keys);

// The keys under which a join that matches `text` is found.
void AppendKeysOfMatchingJoins(std::string_view text, std::string_view skeleton, JoinKeys& keys);

}  // namespace landfall
