#include "storage/manifest_seal.h"

#include <charconv>
#include <string_view>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/durable_file.h"

namespace landfall {
namespace {

std::string ManifestName(std::uint64_t number) { return absl::StrFormat("MANIFEST-%06d", number); }

// From CURRENT, which names the MANIFEST in use.
absl::StatusOr<std::uint64_t> CurrentManifest(const std::string& database_path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(database_path + "/CURRENT"));
  std::uint64_t number = 0;
  const std::size_t digits = text.find('-') + 1;
  std::from_chars(text.data() + digits, text.data() + text.size(), number);
  if (text != ManifestName(number) + "\n") {
    return absl::DataLossError(absl::StrFormat("%s/CURRENT is damaged: restore and replay", database_path));
  }
  return number;
}

}  // namespace

absl::StatusOr<ManifestSeal> SealManifest(const std::string& database_path, std::uint64_t size) {
  ASSIGN_OR_RETURN(const std::uint64_t number, CurrentManifest(database_path));
  ASSIGN_OR_RETURN(const std::string bytes, ReadWholeFile(database_path + "/" + ManifestName(number)));
  if (bytes.size() < size) return absl::NotFoundError("the MANIFEST is shorter than said");
  return ManifestSeal{number, size, Blake2b128(std::string_view(bytes).substr(0, size))};
}

absl::StatusOr<ManifestSeal> SealWholeManifest(const std::string& database_path) {
  ASSIGN_OR_RETURN(const std::uint64_t number, CurrentManifest(database_path));
  ASSIGN_OR_RETURN(const std::string bytes, ReadWholeFile(database_path + "/" + ManifestName(number)));
  return ManifestSeal{number, bytes.size(), Blake2b128(bytes)};
}

absl::Status CheckManifest(const std::string& database_path, const ManifestSeal& seal) {
  if (seal.number == 0) return absl::OkStatus();
  ASSIGN_OR_RETURN(const std::uint64_t number, CurrentManifest(database_path));
  if (number > seal.number) return absl::OkStatus();  // A new one, and a crash before it was sealed.
  const absl::StatusOr<ManifestSeal> found = SealManifest(database_path, seal.size);
  if (found.ok() && *found == seal) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat(
      "%s/%s, the list of the store's tables, is damaged: rows could be missing. Restore the last backup and replay",
      database_path, ManifestName(seal.number)));
}

}  // namespace landfall
