#pragma once

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace landfall::app {

// A file to read: its descriptor, closed at the end. "-" is standard input, which stays open.
class InputFile {
 public:
  // Whether `name` can be read, and how many bytes it has (0 = not known), without opening it: that would disturb a pipe.
  // Errors as below.
  static absl::StatusOr<std::uint64_t> Look(const std::string& name);
  // NotFound or InvalidArgument (a directory) names the file.
  static absl::StatusOr<InputFile> Open(const std::string& name);
  ~InputFile();
  InputFile(InputFile&& other) noexcept;
  InputFile& operator=(InputFile&&) = delete;

  int descriptor() const { return descriptor_; }
  std::uint64_t bytes() const { return bytes_; }  // 0 = not known.

 private:
  InputFile(int descriptor, std::uint64_t bytes) : descriptor_(descriptor), bytes_(bytes) {}
  int descriptor_;
  std::uint64_t bytes_;
};

}  // namespace landfall::app
