#pragma once

// The directory of a store: what lies in it beside the database itself. docs/FORMATS.md lists the files.

#include <optional>
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
  // Takes the lock of a store that is only to be read, whatever its mark says: there may be none. The errors are those of
  // Open; nothing but the lock's file is made.
  static absl::StatusOr<StoreFiles> OpenWithoutMark(const std::string& directory);
  // Adds to `directory`, which holds a copy of a database in the place where a store has it, the mark and the format. The
  // key is left out.
  static absl::Status CompleteCopy(const std::string& directory, const HighWater& mark);
  // DataLoss if FORMAT says nothing that we understand, FailedPrecondition if it is of a newer program.
  static absl::Status CheckFormat(const std::string& directory);
  // Says in FORMAT that the store is of this program's schema. To be called once it has all that the schema asks for.
  absl::Status Upgrade();

  static std::string KeyPath(const std::string& directory) { return directory + "/store.key"; }
  static std::string MarkPath(const std::string& directory) { return directory + "/high-water"; }
  static std::string DatabasePath(const std::string& directory) { return directory + "/db"; }
  // Where a backup is copied from while it is made.
  static std::string CheckpointPath(const std::string& directory) { return directory + "/checkpoint"; }

  const std::string& directory() const { return directory_; }
  const std::string& key_path() const { return key_path_; }
  const std::string& database_path() const { return database_path_; }
  bool has_database() const { return has_database_; }
  int schema() const { return schema_; }  // What FORMAT says.
  const HashKey& key() const { return key_; }
  // Not after OpenWithoutMark.
  HighWaterFile& mark() { return *mark_; }
  const HighWaterFile& mark() const { return *mark_; }

 private:
  StoreFiles(DirectoryLock lock, const std::string& directory, int schema, const HashKey& key,
             std::optional<HighWaterFile> mark);

  DirectoryLock lock_;
  std::string directory_, key_path_, database_path_;
  bool has_database_;
  int schema_;
  HashKey key_;
  std::optional<HighWaterFile> mark_;
};

}  // namespace landfall
