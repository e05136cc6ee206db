#pragma once

// The high-water mark: what was last acknowledged, in a file of its own that no database code touches. Rows that the
// database lost without saying so show against it. With it goes the seal over the database's list of tables.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"
#include "storage/durable_file.h"
#include "storage/manifest_seal.h"

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
  // The mark of a file that is only read, with the errors of Open.
  static absl::StatusOr<HighWater> ReadMark(const std::string& path);

  const HighWater& mark() const { return slot_.mark; }
  const ManifestSeal& seal() const { return slot_.seal; }
  // Moves both and syncs them. After an error those on disk are the old or the new ones.
  absl::Status Write(const HighWater& mark, const ManifestSeal& seal);

 private:
  struct Slot {
    std::uint64_t write = 0;  // Counts the writes: the slot with the higher one is the newer.
    HighWater mark;
    ManifestSeal seal;
  };

  HighWaterFile(FileDescriptor file, std::string path, const Slot& slot)
      : file_(std::move(file)), path_(std::move(path)), slot_(slot) {}
  static std::string Encode(const Slot& slot);
  static std::optional<Slot> Decode(std::string_view bytes);
  static absl::StatusOr<Slot> ReadSlot(const std::string& path);

  FileDescriptor file_;
  std::string path_;
  Slot slot_;
};

}  // namespace landfall
