#pragma once

// How we set RocksDB up, and what its errors mean to us. The one header of this folder that names RocksDB's types: for
// database.cc alone.

#include <rocksdb/db.h>
#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/column_family.h"
#include "storage/database.h"

namespace landfall {

rocksdb::DBOptions RocksOptions(const DatabaseOptions& options);
std::vector<rocksdb::ColumnFamilyDescriptor> RocksFamilies();

// Corruption and missing files are DataLoss, a failing or full disk Unavailable. `doing` begins the message.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing);

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace landfall
