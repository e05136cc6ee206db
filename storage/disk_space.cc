#include "storage/disk_space.h"

#include <sys/statvfs.h>

#include "absl/strings/str_format.h"
#include "storage/durable_file.h"

namespace landfall {
namespace {

constexpr double kMiB = 1 << 20;

}  // namespace

bool IsBelow(const DiskSpace& space, const DiskWatermark& watermark) {
  // Divided first: a hundred times the bytes of a large disk need not fit.
  const std::uint64_t percent = space.total_bytes / 100;
  return space.free_bytes < watermark.free_bytes || space.free_bytes < percent * watermark.free_percent;
}

absl::Status CheckDiskSpace(const std::string& directory, const DiskWatermark& watermark) {
  if (watermark.free_bytes == 0 && watermark.free_percent == 0) return absl::OkStatus();
  struct statvfs disk = {};
  if (::statvfs(directory.c_str(), &disk) != 0) return SystemError("ask for the free space of", directory);
  const DiskSpace space{std::uint64_t{disk.f_bavail} * disk.f_frsize, std::uint64_t{disk.f_blocks} * disk.f_frsize};
  if (!IsBelow(space, watermark)) return absl::OkStatus();
  return absl::ResourceExhaustedError(absl::StrFormat(
      "the disk of %s has %.0f MiB of %.0f MiB free, and the watermark is %.0f MiB and %d %%: nothing more is taken in. "
      "What was acknowledged is safe. Make room, then send the rest again (disk_watermark in the configuration)",
      directory, static_cast<double>(space.free_bytes) / kMiB, static_cast<double>(space.total_bytes) / kMiB,
      static_cast<double>(watermark.free_bytes) / kMiB, watermark.free_percent));
}

}  // namespace landfall
