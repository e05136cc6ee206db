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
constexpr std::size_t kCheckedBytes = 8 + 3 * 8 + 16 + 2 * 8 + 16;
constexpr std::size_t kSlotBytes = kCheckedBytes + 16;
// Sectors of their own: a torn write of one slot cannot reach the other.
constexpr std::size_t kSlotDistance = 4096;
constexpr std::size_t kFileBytes = 2 * kSlotDistance;

std::size_t OffsetOf(std::uint64_t write) { return write % 2 * kSlotDistance; }

Digest128 TakeDigest(const char* bytes) {
  Digest128 digest;
  std::copy_n(bytes, digest.size(), digest.begin());
  return digest;
}

}  // namespace

std::string HighWaterFile::Encode(const Slot& slot) {
  std::string bytes(kMagic);
  AppendFixed64(bytes, slot.write);
  AppendFixed64(bytes, slot.mark.group);
  AppendFixed64(bytes, slot.mark.sequence);
  bytes.append(AsBytes(slot.mark.chain));
  AppendFixed64(bytes, slot.seal.number);
  AppendFixed64(bytes, slot.seal.size);
  bytes.append(AsBytes(slot.seal.hash));
  bytes.append(AsBytes(Blake2b128(bytes)));
  return bytes;
}

std::optional<HighWaterFile::Slot> HighWaterFile::Decode(std::string_view bytes) {
  if (bytes.size() < kSlotBytes || !bytes.starts_with(kMagic)) return std::nullopt;
  const char* at = bytes.data();
  if (TakeDigest(at + kCheckedBytes) != Blake2b128(bytes.substr(0, kCheckedBytes))) return std::nullopt;
  Slot slot;
  slot.write = ReadFixed64(at + 8);
  slot.mark = {ReadFixed64(at + 16), ReadFixed64(at + 24), TakeDigest(at + 32)};
  slot.seal = {ReadFixed64(at + 48), ReadFixed64(at + 56), TakeDigest(at + 64)};
  return slot;
}

absl::Status HighWaterFile::Create(const std::string& path) {
  std::string file(kFileBytes, '\0');
  const std::string slot = Encode({});
  file.replace(OffsetOf(0), slot.size(), slot);
  return WriteFileDurably(path, file);
}

absl::StatusOr<HighWaterFile::Slot> HighWaterFile::ReadSlot(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string bytes, ReadWholeFile(path));
  std::optional<Slot> newest;
  for (const std::size_t offset : {OffsetOf(0), OffsetOf(1)}) {
    if (offset > bytes.size()) continue;
    const std::optional<Slot> slot = Decode(std::string_view(bytes).substr(offset));
    if (slot && (!newest || slot->write > newest->write)) newest = slot;
  }
  if (!newest) {
    return absl::DataLossError(absl::StrFormat(
        "the high-water mark %s is damaged, so nobody can tell whether rows are missing: restore and replay", path));
  }
  return *newest;
}

absl::StatusOr<HighWaterFile> HighWaterFile::Open(const std::string& path) {
  ASSIGN_OR_RETURN(const Slot slot, ReadSlot(path));
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
  if (!file.ok()) return SystemError("open", path);
  return HighWaterFile(std::move(file), path, slot);
}

absl::StatusOr<HighWater> HighWaterFile::ReadMark(const std::string& path) {
  ASSIGN_OR_RETURN(const Slot slot, ReadSlot(path));
  return slot.mark;
}

absl::Status HighWaterFile::Write(const HighWater& mark, const ManifestSeal& seal) {
  const Slot slot{slot_.write + 1, mark, seal};
  const std::string bytes = Encode(slot);
  ssize_t written = 0;
  do {
    written = ::pwrite(file_.get(), bytes.data(), bytes.size(), static_cast<off_t>(OffsetOf(slot.write)));
  } while (written < 0 && errno == EINTR);
  if (written != static_cast<ssize_t>(bytes.size())) return SystemError("write", path_);
  if (::fdatasync(file_.get()) != 0) return SystemError("sync", path_);
  slot_ = slot;
  return absl::OkStatus();
}

}  // namespace landfall
