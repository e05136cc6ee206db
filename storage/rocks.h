#pragma once

// How we set RocksDB up, and what its errors mean to us. This header and rocks_database.h name RocksDB's types: they are
// for this folder's own .cc files alone.

#include <rocksdb/db.h>
#include <rocksdb/listener.h>
#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <atomic>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "storage/column_family.h"
#include "storage/database.h"

namespace landfall {

// Notes that the list of tables changed. RocksDB calls it from its own threads.
class TableWatch : public rocksdb::EventListener {
 public:
  void OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo&) override { changed_ = true; }
  void OnCompactionCompleted(rocksdb::DB*, const rocksdb::CompactionJobInfo&) override { changed_ = true; }
  // Whether it changed since the last call.
  bool TakeChanged() { return changed_.exchange(false); }

 private:
  std::atomic<bool> changed_{false};
};

rocksdb::DBOptions RocksOptions(const DatabaseOptions& options);
std::vector<rocksdb::ColumnFamilyDescriptor> RocksFamilies();

// Corruption and missing files are DataLoss, a failing or full disk Unavailable. `doing` begins the message.
absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing);

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace landfall
