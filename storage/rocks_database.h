#pragma once

// A RocksDB with our column families, open one way or another, and its row `state`. For this folder alone.

#include <rocksdb/db.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/column_family.h"
#include "storage/high_water.h"
#include "storage/store_state.h"

namespace landfall {

inline constexpr std::string_view kStateKey = "state";

// Closed on destruction.
struct OpenDatabase {
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> families;

  ~OpenDatabase() { Close(); }
  void Close() {
    if (db == nullptr) return;
    for (rocksdb::ColumnFamilyHandle* family : families) db->DestroyColumnFamilyHandle(family);
    families.clear();
    db.reset();
  }
  // Null for one that a store of an older schema, opened only to be read, does not have: the newer ones are the last.
  rocksdb::ColumnFamilyHandle* Family(ColumnFamily family) const {
    const auto number = static_cast<std::size_t>(family);
    return number < families.size() ? families[number] : nullptr;
  }
};

rocksdb::Status OpenReadWrite(const rocksdb::DBOptions& options, const std::string& path, OpenDatabase& open);
// Writes nothing, whatever it finds.
rocksdb::Status OpenReadOnly(const rocksdb::DBOptions& options, const std::string& path, OpenDatabase& open);

// nullopt for a database that was made and never written to.
absl::StatusOr<std::optional<StoreState>> ReadState(const OpenDatabase& open);
// DataLoss if the database is behind the mark, or holds other groups.
absl::Status CheckState(const OpenDatabase& open, const HighWater& mark);
// Reads every block of every file and compares its checksum. DataLoss names the first bad file.
absl::Status VerifyBlocks(rocksdb::DB& db);

}  // namespace landfall
