#include "storage/backup.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <map>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "model/digest_stream.h"
#include "model/result.h"
#include "storage/crash_point.h"
#include "storage/durable_file.h"
#include "storage/fresh_directory.h"
#include "storage/high_water.h"
#include "storage/keys.h"
#include "storage/rocks.h"
#include "storage/rocks_database.h"
#include "storage/store_files.h"

namespace landfall {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kListName = "BACKUP";
constexpr std::string_view kListTitle = "landfall backup ";
constexpr int kListVersion = 1;
constexpr std::string_view kKeyName = "store.key";
constexpr std::string_view kSealWord = "seal ";
constexpr std::string_view kSealText = "landfall backup list";
constexpr std::size_t kMaxListBytes = std::size_t{64} << 20;

struct ListedFile {
  std::uint64_t bytes = 0;
  Digest128 hash{};

  friend bool operator==(const ListedFile&, const ListedFile&) = default;
};

// What BACKUP says: the other files, by their names within the backup, and a hash over their list that only the holder of
// the store's key can make.
struct BackupList {
  std::map<std::string, ListedFile> files;
  Digest128 seal{};
};

std::string ListPath(const std::string& directory) { return absl::StrFormat("%s/%s", directory, kListName); }
std::string Join(const std::string& directory, const std::string& name) { return directory + "/" + name; }
std::string Hex(const Digest128& digest) { return ToHex(AsBytes(digest)); }

absl::Status Damaged(const std::string& path, std::string_view problem) {
  return absl::DataLossError(
      absl::StrFormat("the backup is damaged: %s %s. Use another backup", path, std::string(problem)));
}

// --- The list as text: title; a line "HASH BYTES NAME" for each file, in order of the names; seal; checksum.

std::string FileLines(const BackupList& list) {
  std::string text = absl::StrFormat("%s%d\n", kListTitle, kListVersion);
  for (const auto& [name, file] : list.files) absl::StrAppendFormat(&text, "%s %d %s\n", Hex(file.hash), file.bytes, name);
  return text;
}

std::string EncodeList(const BackupList& list) {
  std::string text = FileLines(list) + absl::StrFormat("%s%s\n", kSealWord, Hex(list.seal));
  text += absl::StrFormat("checksum %s\n", Hex(Blake2b128(text)));
  return text;
}

Digest128 SealOf(const BackupList& list, const HashKey& key) {
  return KeyedHash128(key, std::string(kSealText) + FileLines(list));
}

std::optional<Digest128> ParseHex(std::string_view text) {
  Digest128 digest{};
  if (text.size() != 2 * digest.size()) return std::nullopt;
  const std::string bytes = absl::HexStringToBytes(absl::string_view(text.data(), text.size()));
  std::copy_n(bytes.begin(), digest.size(), digest.begin());
  // Reading hex is lenient; the same digits must come back.
  return Hex(digest) == text ? std::optional(digest) : std::nullopt;
}

// A name is of our own files, or of one in db/: nothing that leads out of the store.
bool IsStoreFile(std::string_view name) {
  if (name == "FORMAT" || name == "high-water" || name == kKeyName) return true;
  if (!name.starts_with("db/")) return false;
  name.remove_prefix(3);
  return !name.empty() && name[0] != '.' && name.find('/') == std::string_view::npos;
}

std::string_view TakeLine(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool ParseFileLine(std::string_view line, BackupList& list) {
  const std::size_t first = line.find(' '), second = line.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) return false;
  const std::optional<Digest128> hash = ParseHex(line.substr(0, first));
  ListedFile file;
  const char* const end = line.data() + second;
  const auto parsed = std::from_chars(line.data() + first + 1, end, file.bytes);
  const std::string_view name = line.substr(second + 1);
  if (!hash || parsed.ec != std::errc() || parsed.ptr != end || !IsStoreFile(name)) return false;
  file.hash = *hash;
  return list.files.emplace(name, file).second;
}

// nullopt if a byte of it is not as it was written.
std::optional<BackupList> ParseList(std::string_view text) {
  BackupList list;
  std::string_view rest = text;
  TakeLine(rest);  // The title, like all that is not read here, is compared at the end.
  while (!rest.empty() && !rest.starts_with(kSealWord)) {
    if (!ParseFileLine(TakeLine(rest), list)) return std::nullopt;
  }
  if (rest.empty()) return std::nullopt;
  const std::optional<Digest128> seal = ParseHex(TakeLine(rest).substr(kSealWord.size()));
  if (!seal) return std::nullopt;
  list.seal = *seal;
  return EncodeList(list) == text ? std::optional(std::move(list)) : std::nullopt;
}

absl::StatusOr<BackupList> ReadList(const std::string& directory) {
  const std::string path = ListPath(directory);
  std::error_code error;
  if (!fs::exists(path, error)) {
    return absl::NotFoundError(absl::StrFormat("there is no backup in %s: a backup has a file %s", directory, kListName));
  }
  if (fs::file_size(path, error) > kMaxListBytes) return Damaged(path, "is far too long");
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  std::optional<BackupList> list = ParseList(text);
  if (list) return *std::move(list);
  int version = 0;
  if (text.starts_with(kListTitle)) {
    std::from_chars(text.data() + kListTitle.size(), text.data() + text.size(), version);
  }
  if (version > kListVersion && version < 1000) {
    return absl::FailedPreconditionError(absl::StrFormat(
        "%s says version %d; this program reads up to %d: use a newer one, or another backup if this one is damaged", path,
        version, kListVersion));
  }
  return Damaged(path, "is not as it was written");
}

// --- Files.

// Notes what goes by.
class Measure {
 public:
  void Add(std::string_view bytes) {
    file_.bytes += bytes.size();
    hash_.Add(bytes);
  }
  ListedFile Finish() {
    file_.hash = hash_.Finish();
    return file_;
  }

 private:
  ListedFile file_;
  Blake2b128Stream hash_;
};

absl::StatusOr<ListedFile> CopyMeasured(const std::string& from, const std::string& to) {
  Measure measure;
  RETURN_IF_ERROR(CopyFileDurably(from, to, [&measure](std::string_view bytes) { measure.Add(bytes); }));
  return measure.Finish();
}

// Names of the files in a store or a backup, relative to it.
absl::StatusOr<std::vector<std::string>> FilesIn(const std::string& directory) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::recursive_directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (!it->is_directory(error)) names.push_back(it->path().lexically_relative(directory).string());
  }
  if (error) return absl::UnavailableError(absl::StrFormat("cannot list %s: %s", directory, error.message()));
  return names;
}

absl::Status CheckFile(const std::string& directory, const std::string& name, const ListedFile& listed) {
  const std::string path = Join(directory, name);
  Measure measure;
  const absl::Status read = ReadInPieces(path, [&measure](std::string_view bytes) { measure.Add(bytes); });
  if (absl::IsNotFound(read)) return Damaged(path, "is missing");
  RETURN_IF_ERROR(read);
  return measure.Finish() == listed ? absl::OkStatus() : Damaged(path, "is not as it was written");
}

// Every file that is listed is whole, and there is no other one: RocksDB would read what lies in db/.
absl::Status CheckFiles(const std::string& directory, const BackupList& list) {
  ASSIGN_OR_RETURN(const std::vector<std::string> names, FilesIn(directory));
  for (const std::string& name : names) {
    if (name != kListName && !list.files.contains(name)) {
      return Damaged(Join(directory, name), "does not belong to it");
    }
  }
  for (const auto& [name, file] : list.files) RETURN_IF_ERROR(CheckFile(directory, name, file));
  return absl::OkStatus();
}

absl::Status CheckSeal(const BackupList& list, const std::string& directory, const std::string& key_file) {
  ASSIGN_OR_RETURN(const HashKey key, ReadStoreKey(key_file));
  if (SealOf(list, key) == list.seal) return absl::OkStatus();
  return absl::DataLossError(absl::StrFormat(
      "%s is the key of another store, or somebody without the key changed %s: find the key that belongs to it, or use "
      "another backup",
      key_file, ListPath(directory)));
}

// The database of a copy, without making a change to it: its blocks are whole, and its rows end at the mark.
absl::Status CheckRows(const std::string& directory, const HighWater& mark) {
  OpenDatabase look;
  RETURN_IF_ERROR(FromRocks(OpenReadOnly(RocksOptions({}), StoreFiles::DatabasePath(directory), look), "open the backup"));
  RETURN_IF_ERROR(CheckState(look, mark));
  return VerifyBlocks(*look.db);
}

BackupContents ContentsOf(const BackupList& list, const HighWater& mark) {
  BackupContents contents{.files = list.files.size(), .messages = mark.sequence};
  for (const auto& [name, file] : list.files) contents.bytes += file.bytes;
  contents.has_key = list.files.contains(std::string(kKeyName));
  return contents;
}

// --- What the three functions do in steps.

// The checkpoint that backups are copied from. On the store's own disk, so that its tables are links.
class Checkpoint {
 public:
  explicit Checkpoint(const Database& database)
      : path_(StoreFiles::CheckpointPath(fs::absolute(database.directory()).string())) {}
  ~Checkpoint() {
    std::error_code ignored;  // If it stays, the next opening of the store removes it.
    fs::remove_all(path_, ignored);
  }
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

absl::StatusOr<BackupList> CopyStore(const std::string& from, const std::string& to) {
  BackupList list;
  RETURN_IF_ERROR(MakeDirectories(StoreFiles::DatabasePath(to)));
  ASSIGN_OR_RETURN(const std::vector<std::string> names, FilesIn(from));
  for (const std::string& name : names) {
    if (!IsStoreFile(name)) return absl::InternalError(absl::StrFormat("a store has no file %s", name));
    ASSIGN_OR_RETURN(list.files[name], CopyMeasured(Join(from, name), Join(to, name)));
  }
  RETURN_IF_ERROR(SyncDirectory(StoreFiles::DatabasePath(to)));
  return list;
}

// Copies what is listed, and tells if it is not what the list says.
absl::Status CopyListed(const BackupList& list, const std::string& from, const std::string& to) {
  RETURN_IF_ERROR(MakeDirectories(StoreFiles::DatabasePath(to)));
  for (const auto& [name, listed] : list.files) {
    if (name == kKeyName) continue;
    const std::string path = Join(from, name);
    const absl::StatusOr<ListedFile> copied = CopyMeasured(path, Join(to, name));
    if (absl::IsNotFound(copied.status())) return Damaged(path, "is missing");
    RETURN_IF_ERROR(copied.status());
    if (*copied != listed) return Damaged(path, "is not as it was written");
  }
  return SyncDirectory(StoreFiles::DatabasePath(to));
}

absl::StatusOr<std::string> KeyFileFor(const RestoreOptions& options, const BackupList& list) {
  if (!options.key_file.empty()) return options.key_file;
  if (list.files.contains(std::string(kKeyName))) return StoreFiles::KeyPath(options.backup);
  return absl::InvalidArgumentError(
      "the store's key is not in the backup: name its file, store.key, as it was kept with the other keys (--key FILE)");
}

// Opens the restored store as any command would, and reads every block.
absl::Status CheckRestored(const std::string& directory, const HighWater& mark) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database,
                   Database::Open({.directory = directory, .create_if_missing = false}));
  if (database->last_sequence() != mark.sequence) {
    return absl::DataLossError(absl::StrFormat("the restored store ends at message %d, and its mark says %d: use another "
                                               "backup",
                                               database->last_sequence(), mark.sequence));
  }
  return database->VerifyChecksums();
}

}  // namespace

absl::StatusOr<BackupContents> CreateBackup(const Database& database, const std::string& directory, bool with_key) {
  ASSIGN_OR_RETURN(FreshDirectory fresh, FreshDirectory::Make(directory));
  const std::string key_file = StoreFiles::KeyPath(database.directory());
  {
    const Checkpoint checkpoint(database);
    RETURN_IF_ERROR(database.WriteCheckpoint(checkpoint.path()));
    ASSIGN_OR_RETURN(BackupList list, CopyStore(checkpoint.path(), fresh.path()));
    if (with_key) {
      ASSIGN_OR_RETURN(list.files[std::string(kKeyName)], CopyMeasured(key_file, StoreFiles::KeyPath(fresh.path())));
    }
    ASSIGN_OR_RETURN(const HashKey key, ReadStoreKey(key_file));
    list.seal = SealOf(list, key);
    RETURN_IF_ERROR(WriteFileDurably(ListPath(fresh.path()), EncodeList(list)));
    CrashPoint("backup_copied");
  }
  ASSIGN_OR_RETURN(const BackupContents contents, VerifyBackup(fresh.path(), key_file));
  RETURN_IF_ERROR(fresh.Publish());
  return contents;
}

absl::StatusOr<BackupContents> VerifyBackup(const std::string& directory, const std::string& key_file) {
  ASSIGN_OR_RETURN(const BackupList list, ReadList(directory));
  RETURN_IF_ERROR(CheckFiles(directory, list));
  if (!key_file.empty()) RETURN_IF_ERROR(CheckSeal(list, directory, key_file));
  RETURN_IF_ERROR(StoreFiles::CheckFormat(directory));
  ASSIGN_OR_RETURN(const HighWater mark, HighWaterFile::ReadMark(StoreFiles::MarkPath(directory)));
  RETURN_IF_ERROR(CheckRows(directory, mark));
  return ContentsOf(list, mark);
}

absl::StatusOr<BackupContents> RestoreBackup(const RestoreOptions& options) {
  ASSIGN_OR_RETURN(const BackupList list, ReadList(options.backup));
  ASSIGN_OR_RETURN(const std::string key_file, KeyFileFor(options, list));
  RETURN_IF_ERROR(CheckSeal(list, options.backup, key_file));
  ASSIGN_OR_RETURN(FreshDirectory fresh, FreshDirectory::Make(options.store));
  RETURN_IF_ERROR(CopyListed(list, options.backup, fresh.path()));
  RETURN_IF_ERROR(StoreFiles::CheckFormat(fresh.path()));
  RETURN_IF_ERROR(CopyFileDurably(key_file, StoreFiles::KeyPath(fresh.path()), [](std::string_view) {}));
  ASSIGN_OR_RETURN(const HighWater mark, HighWaterFile::ReadMark(StoreFiles::MarkPath(fresh.path())));
  RETURN_IF_ERROR(CheckRestored(fresh.path(), mark));
  CrashPoint("restore_checked");
  RETURN_IF_ERROR(fresh.Publish());
  return ContentsOf(list, mark);
}

}  // namespace landfall
