#pragma once

// Small files of our own beside the database, written so that a power cut leaves the old or the new one.

#include <functional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace landfall {

// Of `errno`, for a failed call on `path`: Unavailable, with the system's words.
absl::Status SystemError(std::string_view doing, const std::string& path);

bool FileExists(const std::string& path);
// Makes `path` and its parents, for this user only.
absl::Status MakeDirectories(const std::string& path);
// NotFound if there is none.
absl::StatusOr<std::string> ReadWholeFile(const std::string& path);
// Replaces the file as a whole, readable by this user only, and syncs it and its directory.
absl::Status WriteFileDurably(const std::string& path, std::string_view bytes);

// What is done with each piece of a file, in order.
using VisitPiece = std::function<void(std::string_view bytes)>;
// Goes over a file from the disk itself, not from what the system still holds of it in memory. NotFound if there is none.
absl::Status ReadInPieces(const std::string& path, const VisitPiece& visit);
// Copies `from` to the new file `to`, readable by this user only, and syncs it; its directory is the caller's to sync.
absl::Status CopyFileDurably(const std::string& from, const std::string& to, const VisitPiece& visit);
absl::Status SyncDirectory(const std::string& directory);

// Closes on destruction.
class FileDescriptor {
 public:
  explicit FileDescriptor(int number = -1) : number_(number) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;

  bool ok() const { return number_ >= 0; }
  int get() const { return number_; }

 private:
  int number_;
};

// Holds a directory for this process, until destroyed or the process ends.
class DirectoryLock {
 public:
  // FailedPrecondition at once if another holder has it, with its process number.
  static absl::StatusOr<DirectoryLock> Take(const std::string& directory);

 private:
  explicit DirectoryLock(FileDescriptor file) : file_(std::move(file)) {}
  FileDescriptor file_;
};

}  // namespace landfall
