#include "storage/fresh_directory.h"

#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/durable_file.h"

namespace landfall {
namespace {

// "backup/" and "./backup" too have a neighbour called backup.unfinished.
std::string PlainPath(const std::string& path) {
  std::string plain = std::filesystem::absolute(path).lexically_normal().string();
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  return plain;
}

}  // namespace

absl::StatusOr<FreshDirectory> FreshDirectory::Make(const std::string& path) {
  FreshDirectory fresh(PlainPath(path));
  std::error_code error;
  if (std::filesystem::exists(fresh.path_, error) && !std::filesystem::is_empty(fresh.path_, error)) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s is there already and is not empty: name a directory that does not exist", fresh.path_));
  }
  if (error) return absl::UnavailableError(absl::StrFormat("cannot look at %s: %s", fresh.path_, error.message()));
  if (std::filesystem::exists(fresh.unfinished_, error)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s is what a run left that did not end: remove it, if no other one is at work on it", fresh.unfinished_));
  }
  RETURN_IF_ERROR(MakeDirectories(fresh.unfinished_));
  fresh.made_ = true;
  return fresh;
}

FreshDirectory::~FreshDirectory() {
  std::error_code ignored;
  if (made_) std::filesystem::remove_all(unfinished_, ignored);
}

FreshDirectory::FreshDirectory(FreshDirectory&& other) noexcept
    : path_(other.path_), unfinished_(other.unfinished_), made_(std::exchange(other.made_, false)) {}

absl::Status FreshDirectory::Publish() {
  RETURN_IF_ERROR(SyncDirectory(unfinished_));
  // Replaces an empty directory, and nothing else.
  if (std::rename(unfinished_.c_str(), path_.c_str()) != 0) return SystemError("rename to its own name", path_);
  made_ = false;
  return SyncDirectory(std::filesystem::path(path_).parent_path().string());
}

}  // namespace landfall
