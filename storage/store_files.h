#pragma once

// The directory of a store: what lies in it beside the database itself. docs/FORMATS.md lists the files.

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "model/digest.h"
#include "storage/durable_file.h"
#include "storage/high_water.h"

namespace landfall {

// Our own files of an open store: its lock, its format, its key and its high-water mark.
class StoreFiles {
 public:
  // Takes the lock, and makes the files if there is no store yet. FailedPrecondition for a store that is in use, newer
  // than this program, or without its key; DataLoss if it was used and the mark or the database is gone.
  static absl::StatusOr<StoreFiles> Open(const std::string& directory, bool create_if_missing);

  const std::string& key_path() const { return key_path_; }
  const std::string& database_path() const { return database_path_; }
  bool has_database() const { return has_database_; }
  const HashKey& key() const { return key_; }
  HighWaterFile& mark() { return mark_; }
  const HighWaterFile& mark() const { return mark_; }

 private:
  StoreFiles(DirectoryLock lock, const std::string& directory, const HashKey& key, HighWaterFile mark);

  DirectoryLock lock_;
  std::string key_path_, database_path_;
  bool has_database_;
  HashKey key_;
  HighWaterFile mark_;
};

}  // namespace landfall
