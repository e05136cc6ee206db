#pragma once

// Where the bytes of an input come from: a file descriptor, whose bytes are expanded when they are compressed.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/expander.h"

namespace landfall {

// Reads text from a descriptor, which it borrows. gzip and zstd are told by their first bytes and expanded on the way,
// in constant memory; what is compressed twice is expanded once. One thread, but for `bytes_taken`.
class ByteSource {
 public:
  // `file` is the name to report.
  ByteSource(std::string file, int descriptor, const InputLimits& limits);

  // Reads at least one byte of text, and at most `most`; 0 at the end. Unavailable if the descriptor fails.
  // InvalidArgument if compressed data is damaged, cut short or expands beyond the limits; it says where, and what to
  // do. No Read after an error.
  absl::StatusOr<std::size_t> Read(char* to, std::size_t most);

  // All that is left, but not much more than `most` bytes: text that is longer is beyond what the caller can use.
  absl::StatusOr<std::string> ReadAll(std::size_t most);

  // Whether Read would find something at once. True at the end, too.
  bool HasMore() const;

  // How many bytes were taken from the descriptor: those of the file as it lies there. Any thread.
  std::uint64_t bytes_taken() const { return bytes_taken_; }

 private:
  absl::StatusOr<std::size_t> ReadDescriptor(char* to, std::size_t most);
  absl::Status Begin();
  absl::Status Refill();
  absl::StatusOr<std::size_t> ReadHeld(char* to, std::size_t most);
  absl::StatusOr<std::size_t> ReadExpanded(char* to, std::size_t most);
  absl::Status CheckExpansion() const;
  absl::Status Damaged(std::string_view problem) const;
  std::string Where() const;

  const std::string file_;
  const int descriptor_;
  const InputLimits limits_;
  std::atomic<std::uint64_t> bytes_taken_ = 0;

  bool has_begun_ = false;
  bool at_end_ = false;             // Of the descriptor.
  std::unique_ptr<char[]> buffer_;  // Of compressed bytes; of text only the first few, which told the compression.
  std::string_view held_;           // In the buffer, not dealt with.
  Compression compression_ = Compression::kNone;
  std::unique_ptr<Expander> expander_;
  bool may_hold_more_ = false;    // The last piece filled all its room.
  std::uint64_t compressed_ = 0;  // Bytes expanded so far, and what they became.
  std::uint64_t expanded_ = 0;
};

}  // namespace landfall
