#pragma once

// What the database itself says was committed last: the row `state`, written with each group in its own batch.

#include <algorithm>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"
#include "storage/bytes.h"
#include "storage/high_water.h"

namespace landfall {

struct StoreState {
  HighWater last;
  Digest128 previous_chain{};  // Of the group before `last`.
  Digest128 key_check{};       // Tells whether the key file belongs to this database.
};

std::string EncodeState(const StoreState& state);
// DataLoss for bytes that do not decode; FailedPrecondition for those of a newer program.
absl::StatusOr<StoreState> DecodeState(std::string_view value);

// What `key_check` is under this key.
Digest128 KeyCheck(const HashKey& key);

// Whether the database holds all that the mark says was acknowledged: DataLoss if not. It may be further: a group whose
// mark was not written before a crash was never acknowledged, and does no harm.
absl::Status CompareWithMark(const StoreState& state, const HighWater& mark);

inline bool TakeDigest(ByteReader& reader, Digest128& digest) {
  std::string_view bytes;
  if (!reader.Bytes(digest.size(), bytes)) return false;
  std::copy(bytes.begin(), bytes.end(), digest.begin());
  return true;
}

}  // namespace landfall
