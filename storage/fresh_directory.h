#pragma once

// A directory that is whole or not there: it is made under another name, and gets its own once all is in it.

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace landfall {

// Removed on destruction, unless it was published.
class FreshDirectory {
 public:
  // InvalidArgument if `path` exists and is not an empty directory, or if an earlier run left its unfinished one beside it.
  static absl::StatusOr<FreshDirectory> Make(const std::string& path);
  ~FreshDirectory();
  FreshDirectory(FreshDirectory&& other) noexcept;
  FreshDirectory& operator=(FreshDirectory&&) = delete;

  // Where it lies until it is published.
  const std::string& path() const { return unfinished_; }
  // Gives it its name, and syncs both directories. What lies in it is synced by who wrote it.
  absl::Status Publish();

 private:
  explicit FreshDirectory(std::string path) : path_(std::move(path)), unfinished_(path_ + ".unfinished") {}

  std::string path_, unfinished_;
  bool made_ = false;
};

}  // namespace landfall
