#pragma once

// What every stored value begins with: how it is packed, which schema wrote it, and under which key it is encrypted.
// It is there from the first day, so that encryption and new schemas need no second format.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace landfall {

// DO NOT RENUMBER: this byte is on disk, first in every stored value.
enum class EnvelopeFormat : std::uint8_t { kV1 = 1 };

struct Envelope {
  std::uint64_t schema = 1;  // Of the kind of value; counts from 1.
  std::uint64_t key_id = 0;  // 0 = not encrypted.
};

void AppendEnvelope(const Envelope& envelope, std::string& out);

// Returns what follows the envelope, a part of `value`. FailedPrecondition for a schema newer than `newest_schema`, an
// unknown format or an encrypted value: a newer program, or one with the key, can read those. DataLoss if cut short.
absl::StatusOr<std::string_view> OpenEnvelope(std::string_view value, std::uint64_t newest_schema);

}  // namespace landfall
