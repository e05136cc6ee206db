#pragma once

// The high-water mark: what was last acknowledged, in a file of its own that no database code touches. Rows that the
// database lost without saying so show against it.

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"
#include "storage/durable_file.h"

namespace landfall {

struct HighWater {
  std::uint64_t group = 0;     // How many groups were committed.
  std::uint64_t sequence = 0;  // Receipt number of the last message in them.
  Digest128 chain{};           // Hash over all groups up to this one.

  friend bool operator==(const HighWater&, const HighWater&) = default;
};

// Two slots, written in turn, each with a checksum: a torn write leaves the other. One caller at a time.
class HighWaterFile {
 public:
  // Makes the file with the mark of an empty store.
  static absl::Status Create(const std::string& path);
  // NotFound if there is none; DataLoss if neither slot is whole.
  static absl::StatusOr<HighWaterFile> Open(const std::string& path);

  const HighWater& mark() const { return mark_; }
  // Moves the mark and syncs it. After an error the mark on disk is the old or the new one.
  absl::Status Write(const HighWater& mark);

 private:
  HighWaterFile(FileDescriptor file, std::string path, const HighWater& mark)
      : file_(std::move(file)), path_(std::move(path)), mark_(mark) {}

  FileDescriptor file_;
  std::string path_;
  HighWater mark_;
};

}  // namespace landfall
