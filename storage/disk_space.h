#pragma once

// The disk watermark: messages are refused before the disk is full, so that what is already here can still be compacted,
// read and backed up.

#include <cstdint>
#include <string>

#include "absl/status/status.h"

namespace landfall {

// What must stay free for anything to be taken in. 0 switches that limit off.
struct DiskWatermark {
  std::uint64_t free_bytes = 0;
  std::uint64_t free_percent = 0;  // Of the whole disk.
};

struct DiskSpace {
  std::uint64_t free_bytes = 0;  // For a user who is not root.
  std::uint64_t total_bytes = 0;
};

// Whether `space` is below either limit. A disk that does not say how large it is has no percentage.
bool IsBelow(const DiskSpace& space, const DiskWatermark& watermark);

// ResourceExhausted, in words for the operator, if the disk of `directory` is below the mark; Unavailable if it cannot be
// asked. One system call, and none if both limits are off. Any thread.
absl::Status CheckDiskSpace(const std::string& directory, const DiskWatermark& watermark);

}  // namespace landfall
