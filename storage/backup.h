#pragma once

// Backups of a store: a directory that holds a whole copy of it, and a list of its files with their hashes. The store's
// key is not in it unless asked for. docs/FORMATS.md gives the files.
//
// Every function from any thread, but one CreateBackup of a store at a time. A backup or a store that is made appears under
// its name once it is whole and verified.

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "storage/database.h"

namespace landfall {

struct BackupContents {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t messages = 0;  // The receipt number of its last message.
  bool has_key = false;
};

// Copies `database` as of its last commit, with the store open and in use, and verifies the copy by reading it back.
// InvalidArgument if `directory` is there and not empty; DataLoss if what was copied does not verify; Unavailable for a
// failing or full disk.
absl::StatusOr<BackupContents> CreateBackup(const Database& database, const std::string& directory, bool with_key);

// Reads every byte: hashes of the files, checksums of the blocks, and that the rows reach the mark. With `key_file` (may be
// empty) it also tells whether somebody without the key changed the backup. DataLoss names what is wrong; NotFound if
// there is no backup; FailedPrecondition if it is of a newer program.
absl::StatusOr<BackupContents> VerifyBackup(const std::string& directory, const std::string& key_file);

struct RestoreOptions {
  std::string backup;
  std::string store;     // May be there if it is empty.
  std::string key_file;  // The store's key; empty: the one in the backup.
};

// Makes a store from a backup, verified while it is copied and once more when it is open. The errors of VerifyBackup, and
// InvalidArgument if `store` is not empty or there is no key.
absl::StatusOr<BackupContents> RestoreBackup(const RestoreOptions& options);

}  // namespace landfall
