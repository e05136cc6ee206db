#pragma once

// A seal over RocksDB's MANIFEST, the list of its tables. One flipped bit in the length of a record there looks like a
// record cut short by a crash, so RocksDB drops it and all that follow, and opens without the rows of those tables.

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"

namespace landfall {

struct ManifestSeal {
  std::uint64_t number = 0;  // Of the file; 0 for no seal.
  std::uint64_t size = 0;    // How many of its first bytes are sealed: RocksDB may have added to them since.
  Digest128 hash{};

  friend bool operator==(const ManifestSeal&, const ManifestSeal&) = default;
};

// The seal over the first `size` bytes of the MANIFEST that is in use. NotFound if it does not hold that many.
absl::StatusOr<ManifestSeal> SealManifest(const std::string& database_path, std::uint64_t size);

// The seal over the whole MANIFEST of a database that nobody has open.
absl::StatusOr<ManifestSeal> SealWholeManifest(const std::string& database_path);

// DataLoss if the MANIFEST in use is older than the sealed one, or differs in what is sealed.
absl::Status CheckManifest(const std::string& database_path, const ManifestSeal& seal);

}  // namespace landfall
