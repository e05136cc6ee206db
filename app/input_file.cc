#include "app/input_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"

namespace landfall::app {

absl::StatusOr<std::uint64_t> InputFile::Look(const std::string& name) {
  if (name == "-") return 0;
  std::error_code error;
  if (std::filesystem::is_directory(name, error)) {
    return absl::InvalidArgumentError(absl::StrFormat("%s is a directory: name the files in it", name));
  }
  if (::access(name.c_str(), R_OK) != 0) {
    return absl::NotFoundError(absl::StrFormat("cannot read %s: %s", name, std::strerror(errno)));
  }
  const std::uintmax_t size = std::filesystem::file_size(name, error);
  return error ? 0 : size;
}

absl::StatusOr<InputFile> InputFile::Open(const std::string& name) {
  if (name == "-") return InputFile(STDIN_FILENO, 0);
  ASSIGN_OR_RETURN(const std::uint64_t bytes, Look(name));
  const int descriptor = ::open(name.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return absl::NotFoundError(absl::StrFormat("cannot read %s: %s", name, std::strerror(errno)));
  return InputFile(descriptor, bytes);
}

InputFile::~InputFile() {
  if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

InputFile::InputFile(InputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), bytes_(other.bytes_) {}

}  // namespace landfall::app
