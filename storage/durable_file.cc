#include "storage/durable_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall {
namespace {

absl::Status WriteAll(const FileDescriptor& file, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return SystemError("write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return absl::OkStatus();
}

// Calls `visit` with each piece of what is left of `file`, and stops with its error.
template <typename Visit>
absl::Status ForEachPiece(const FileDescriptor& file, const std::string& path, const Visit& visit) {
  std::string buffer(std::size_t{256} << 10, '\0');
  for (;;) {
    const ssize_t size = ::read(file.get(), buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return SystemError("read", path);
    if (size == 0) return absl::OkStatus();
    RETURN_IF_ERROR(visit(std::string_view(buffer.data(), static_cast<std::size_t>(size))));
  }
}

absl::StatusOr<FileDescriptor> OpenToRead(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.ok() && errno == ENOENT) return absl::NotFoundError(absl::StrFormat("there is no %s", path));
  if (!file.ok()) return SystemError("open", path);
  return file;
}

// Who holds the lock, as it wrote into the lock's file: only for the message.
std::string HolderOf(const FileDescriptor& file) {
  char text[32] = {};
  const ssize_t size = ::pread(file.get(), text, sizeof text - 1, 0);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : "unknown";
}

}  // namespace

absl::Status SystemError(std::string_view doing, const std::string& path) {
  return absl::UnavailableError(absl::StrFormat("cannot %s %s: %s", doing, path, std::strerror(errno)));
}

bool FileExists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

absl::Status MakeDirectories(const std::string& name) {
  std::string path = name;
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return absl::OkStatus();
  error.clear();
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error || (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST)) return SystemError("make directory", path);
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadWholeFile(const std::string& path) {
  ASSIGN_OR_RETURN(const FileDescriptor file, OpenToRead(path));
  std::string bytes;
  RETURN_IF_ERROR(ForEachPiece(file, path, [&bytes](std::string_view piece) {
    bytes.append(piece);
    return absl::OkStatus();
  }));
  return bytes;
}

absl::Status WriteFileDurably(const std::string& path, std::string_view bytes) {
  const std::string fresh = path + ".new";
  {
    const FileDescriptor file(::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    if (!file.ok()) return SystemError("create", fresh);
    RETURN_IF_ERROR(WriteAll(file, bytes, fresh));
    if (::fsync(file.get()) != 0) return SystemError("sync", fresh);
  }
  if (::rename(fresh.c_str(), path.c_str()) != 0) return SystemError("rename", fresh);
  return SyncDirectory(std::filesystem::path(path).parent_path().string());
}

absl::Status ReadInPieces(const std::string& path, const VisitPiece& visit) {
  ASSIGN_OR_RETURN(const FileDescriptor file, OpenToRead(path));
  // Only a wish: where it is not granted, what is in memory is read.
  (void)::posix_fadvise(file.get(), 0, 0, POSIX_FADV_DONTNEED);
  return ForEachPiece(file, path, [&visit](std::string_view piece) {
    visit(piece);
    return absl::OkStatus();
  });
}

absl::Status CopyFileDurably(const std::string& from, const std::string& to, const VisitPiece& visit) {
  ASSIGN_OR_RETURN(const FileDescriptor source, OpenToRead(from));
  const FileDescriptor target(::open(to.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!target.ok()) return SystemError("create", to);
  RETURN_IF_ERROR(ForEachPiece(source, from, [&](std::string_view piece) {
    visit(piece);
    return WriteAll(target, piece, to);
  }));
  if (::fsync(target.get()) != 0) return SystemError("sync", to);
  return absl::OkStatus();
}

absl::Status SyncDirectory(const std::string& directory) {
  const FileDescriptor file(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!file.ok() || ::fsync(file.get()) != 0) return SystemError("sync", directory);
  return absl::OkStatus();
}

FileDescriptor::~FileDescriptor() {
  if (number_ >= 0) ::close(number_);
}
FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

absl::StatusOr<DirectoryLock> DirectoryLock::Take(const std::string& directory) {
  const std::string path = directory + "/store.lock";
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!file.ok()) return SystemError("open", path);
  if (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK) return SystemError("lock", path);
    return absl::FailedPreconditionError(
        absl::StrFormat("the store %s is open in another process (number %s): wait for it to end, or stop it",
                        directory, HolderOf(file)));
  }
  const std::string holder = absl::StrFormat("%d", ::getpid());
  // Only for people: a full disk does not matter here.
  if (::ftruncate(file.get(), 0) == 0) (void)!::pwrite(file.get(), holder.data(), holder.size(), 0);
  return DirectoryLock(std::move(file));
}

}  // namespace landfall
