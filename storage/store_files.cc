#include "storage/store_files.h"

#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/keys.h"
#include "storage/values.h"

namespace landfall {
namespace {

constexpr std::string_view kFormatTitle = "landfall store ";

std::string FormatPath(const std::string& directory) { return directory + "/FORMAT"; }
std::string FormatText() { return absl::StrFormat("%s%d\n", kFormatTitle, kStoreSchema); }

// CURRENT is the file that RocksDB itself begins with.
bool HasDatabase(const std::string& directory) { return FileExists(StoreFiles::DatabasePath(directory) + "/CURRENT"); }

std::optional<int> ParseFormat(std::string_view text) {
  if (!text.starts_with(kFormatTitle)) return std::nullopt;
  text.remove_prefix(kFormatTitle.size());
  int schema = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), schema);
  if (error != std::errc() || std::string_view(end, text.data() + text.size() - end) != "\n") return std::nullopt;
  return schema;
}

bool WasUsed(const std::string& directory) {
  if (HasDatabase(directory)) return true;
  const absl::StatusOr<HighWaterFile> mark = HighWaterFile::Open(StoreFiles::MarkPath(directory));
  return mark.ok() && mark->mark().group > 0;
}

// FORMAT comes last: a store that has it has everything, and one without it was never used.
absl::Status CreateFiles(const std::string& directory) {
  if (WasUsed(directory)) {
    return absl::DataLossError(absl::StrFormat("%s is missing, although the store %s was used: restore the last backup",
                                               FormatPath(directory), directory));
  }
  RETURN_IF_ERROR(CreateStoreKey(StoreFiles::KeyPath(directory)));
  RETURN_IF_ERROR(HighWaterFile::Create(StoreFiles::MarkPath(directory)));
  return WriteFileDurably(FormatPath(directory), FormatText());
}

absl::StatusOr<HashKey> ReadKey(const std::string& directory) {
  absl::StatusOr<HashKey> key = ReadStoreKey(StoreFiles::KeyPath(directory));
  if (!absl::IsNotFound(key.status())) return key;
  return absl::FailedPreconditionError(absl::StrFormat(
      "the key file %s is missing: without it no message or record can be found again. Restore it from where the "
      "store's keys are kept",
      StoreFiles::KeyPath(directory)));
}

absl::StatusOr<HighWaterFile> OpenMark(const std::string& directory) {
  absl::StatusOr<HighWaterFile> mark = HighWaterFile::Open(StoreFiles::MarkPath(directory));
  if (!absl::IsNotFound(mark.status())) return mark;
  return absl::DataLossError(absl::StrFormat(
      "the high-water mark %s is missing, so nobody can tell whether rows are missing: restore and replay",
      StoreFiles::MarkPath(directory)));
}

}  // namespace

StoreFiles::StoreFiles(DirectoryLock lock, const std::string& directory, int schema, const HashKey& key,
                       std::optional<HighWaterFile> mark)
    : lock_(std::move(lock)),
      directory_(directory),
      key_path_(KeyPath(directory)),
      database_path_(DatabasePath(directory)),
      has_database_(HasDatabase(directory)),
      schema_(schema),
      key_(key),
      mark_(std::move(mark)) {}

namespace {

// The schema, one that this program knows.
absl::StatusOr<int> ReadFormat(const std::string& directory) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(FormatPath(directory)));
  const std::optional<int> schema = ParseFormat(text);
  if (!schema || *schema < 1) {
    return absl::DataLossError(absl::StrFormat("%s does not say which store this is", FormatPath(directory)));
  }
  if (*schema > kStoreSchema) {
    return absl::FailedPreconditionError(
        absl::StrFormat("the store %s has schema %d; this program reads up to %d: use a newer one", directory, *schema,
                        kStoreSchema));
  }
  return *schema;
}

}  // namespace

absl::Status StoreFiles::CheckFormat(const std::string& directory) { return ReadFormat(directory).status(); }

absl::Status StoreFiles::Upgrade() {
  RETURN_IF_ERROR(WriteFileDurably(FormatPath(directory_), FormatText()));
  schema_ = kStoreSchema;
  return absl::OkStatus();
}

absl::StatusOr<StoreFiles> StoreFiles::Open(const std::string& directory, bool create_if_missing) {
  if (!create_if_missing && !FileExists(FormatPath(directory))) {
    return absl::NotFoundError(absl::StrFormat("there is no store in %s", directory));
  }
  RETURN_IF_ERROR(MakeDirectories(directory));
  ASSIGN_OR_RETURN(DirectoryLock lock, DirectoryLock::Take(directory));
  if (!FileExists(FormatPath(directory))) RETURN_IF_ERROR(CreateFiles(directory));
  ASSIGN_OR_RETURN(const int schema, ReadFormat(directory));
  ASSIGN_OR_RETURN(const HashKey key, ReadKey(directory));
  ASSIGN_OR_RETURN(HighWaterFile mark, OpenMark(directory));
  if (mark.mark().group > 0 && !HasDatabase(directory)) {
    return absl::DataLossError(absl::StrFormat(
        "the database files in %s are gone, although messages were acknowledged: restore and replay",
        DatabasePath(directory)));
  }
  return StoreFiles(std::move(lock), directory, schema, key, std::move(mark));
}

absl::StatusOr<StoreFiles> StoreFiles::OpenWithoutMark(const std::string& directory) {
  ASSIGN_OR_RETURN(const int schema, ReadFormat(directory));
  ASSIGN_OR_RETURN(DirectoryLock lock, DirectoryLock::Take(directory));
  ASSIGN_OR_RETURN(const HashKey key, ReadKey(directory));
  return StoreFiles(std::move(lock), directory, schema, key, std::nullopt);
}

absl::Status StoreFiles::CompleteCopy(const std::string& directory, const HighWater& mark) {
  ASSIGN_OR_RETURN(const ManifestSeal seal, SealWholeManifest(DatabasePath(directory)));
  RETURN_IF_ERROR(HighWaterFile::Create(MarkPath(directory)));
  ASSIGN_OR_RETURN(HighWaterFile file, HighWaterFile::Open(MarkPath(directory)));
  RETURN_IF_ERROR(file.Write(mark, seal));
  return WriteFileDurably(FormatPath(directory), FormatText());
}

}  // namespace landfall
