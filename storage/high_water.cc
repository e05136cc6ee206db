#include "storage/high_water.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <string_view>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/bytes.h"

namespace landfall {
namespace {

constexpr std::string_view kMagic("LFHWM\0\0\1", 8);
constexpr std::size_t kCheckedBytes = 8 + 8 + 8 + 16;
constexpr std::size_t kSlotBytes = kCheckedBytes + 16;
// Sectors of their own: a torn write of one slot cannot reach the other.
constexpr std::size_t kSlotDistance = 4096;
constexpr std::size_t kFileBytes = 2 * kSlotDistance;

std::string EncodeSlot(const HighWater& mark) {
  std::string slot(kMagic);
  AppendFixed64(slot, mark.group);
  AppendFixed64(slot, mark.sequence);
  slot.append(AsBytes(mark.chain));
  slot.append(AsBytes(Blake2b128(slot)));
  return slot;
}

std::optional<HighWater> DecodeSlot(std::string_view slot) {
  if (slot.size() < kSlotBytes || !slot.starts_with(kMagic)) return std::nullopt;
  const Digest128 checksum = Blake2b128(slot.substr(0, kCheckedBytes));
  if (slot.substr(kCheckedBytes, checksum.size()) != AsBytes(checksum)) return std::nullopt;
  HighWater mark{ReadFixed64(slot.data() + 8), ReadFixed64(slot.data() + 16), {}};
  std::copy_n(slot.begin() + 24, mark.chain.size(), mark.chain.begin());
  return mark;
}

std::size_t OffsetOf(std::uint64_t group) { return group % 2 * kSlotDistance; }

}  // namespace

absl::Status HighWaterFile::Create(const std::string& path) {
  std::string file(kFileBytes, '\0');
  const std::string slot = EncodeSlot({});
  file.replace(OffsetOf(0), slot.size(), slot);
  return WriteFileDurably(path, file);
}

absl::StatusOr<HighWaterFile> HighWaterFile::Open(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadWholeFile(path));
  std::optional<HighWater> newest;
  for (const std::size_t offset : {OffsetOf(0), OffsetOf(1)}) {
    if (offset > bytes.size()) continue;
    const std::optional<HighWater> mark = DecodeSlot(std::string_view(bytes).substr(offset, kSlotBytes));
    if (mark && (!newest || mark->group > newest->group)) newest = mark;
  }
  if (!newest) {
    return absl::DataLossError(absl::StrFormat(
        "the high-water mark %s is damaged, so nobody can tell whether rows are missing: restore and replay", path));
  }
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file.ok()) return SystemError("open", path);
  return HighWaterFile(std::move(file), path, *newest);
}

absl::Status HighWaterFile::Write(const HighWater& mark) {
  const std::string slot = EncodeSlot(mark);
  const auto offset = static_cast<off_t>(OffsetOf(mark.group));
  ssize_t written = 0;
  do {
    written = ::pwrite(file_.get(), slot.data(), slot.size(), offset);
  } while (written < 0 && errno == EINTR);
  if (written != static_cast<ssize_t>(slot.size())) return SystemError("write", path_);
  if (::fdatasync(file_.get()) != 0) return SystemError("sync", path_);
  mark_ = mark;
  return absl::OkStatus();
}

}  // namespace landfall
