#include "storage/database.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/iterator.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <mutex>
#include <system_error>
#include <utility>

#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/bytes.h"
#include "storage/codec.h"
#include "storage/crash_point.h"
#include "storage/durable_file.h"
#include "storage/envelope.h"
#include "storage/high_water.h"
#include "storage/keys.h"
#include "storage/manifest_seal.h"
#include "storage/rocks.h"
#include "storage/rocks_database.h"
#include "storage/store_batch_rep.h"
#include "storage/store_files.h"
#include "storage/store_state.h"
#include "storage/values.h"

namespace landfall {
namespace {

Digest128 NextChain(const HighWater& last, std::uint64_t sequence, const std::vector<Digest128>& contents) {
  std::string bytes(AsBytes(last.chain));
  AppendFixed64(bytes, last.group + 1);
  AppendFixed64(bytes, sequence);
  for (const Digest128& content : contents) bytes.append(AsBytes(content));
  return Blake2b128(bytes);
}

// What a backup left that was killed: its links keep the bytes of rows that are deleted since.
void RemoveCheckpoint(const std::string& directory) {
  std::error_code ignored;
  std::filesystem::remove_all(StoreFiles::CheckpointPath(directory), ignored);
}

rocksdb::WriteOptions WriteOptions(bool sync) {
  rocksdb::WriteOptions options;
  options.sync = sync;
  return options;
}

// Goes over the rows whose key begins with `prefix`. Stops with the first error of `visit`.
template <typename Visit>
absl::Status ForEachRow(rocksdb::DB& db, rocksdb::ColumnFamilyHandle* family, std::string_view prefix,
                        const Visit& visit) {
  if (family == nullptr) return absl::OkStatus();
  const std::unique_ptr<rocksdb::Iterator> rows(db.NewIterator(rocksdb::ReadOptions(), family));
  for (rows->Seek(ToSlice(prefix)); rows->Valid() && rows->key().starts_with(ToSlice(prefix)); rows->Next()) {
    RETURN_IF_ERROR(visit(ToView(rows->key()), ToView(rows->value())));
  }
  return FromRocks(rows->status(), "read the store");
}

absl::StatusOr<Database::StoredMessage> DecodeStoredMessage(std::string_view key, std::string_view value) {
  const std::optional<MessageKey> parsed = ParseMessageKey(key);
  if (!parsed) return absl::DataLossError("the key of a stored message does not decode");
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kMessageSchema));
  ASSIGN_OR_RETURN(Message message, DecodeMessage(body));
  return Database::StoredMessage{std::move(message), parsed->sequence, parsed->row == MessageRow::kLink};
}

absl::StatusOr<Database::SeenMessage> DecodeSeen(std::string_view value) {
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kSeenSchema));
  ByteReader reader(body);
  Database::SeenMessage seen;
  std::uint64_t sequence = 0;
  if (TakeDigest(reader, seen.content) && reader.Varint(sequence)) {
    std::string_view rest = reader.rest();
    std::optional<FlightKey> flight = TakeFlightKey(rest);
    if (flight && rest.empty()) {
      seen.flight = *std::move(flight);
      return seen;
    }
  }
  return absl::DataLossError("a row of `seen` does not decode");
}

struct QuarantinedRow {
  QuarantinedRecord record;
  std::string_view raw;  // Into the value.
};

absl::StatusOr<QuarantinedRow> DecodeQuarantinedRow(std::string_view value) {
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kQuarantineSchema));
  ByteReader reader(body);
  std::uint64_t sequence = 0;
  QuarantinedRow row;
  if (!reader.Varint(sequence) || !reader.Sized(row.raw)) {
    return absl::DataLossError("a row of `quarantine` does not decode");
  }
  ASSIGN_OR_RETURN(row.record, DecodeQuarantined(reader.rest()));
  return row;
}

bool IsClosing(std::string_view key) { return key.size() > kQuarantineKeyBytes; }

// What a counted word means: a column family, and in some a kind of row.
struct Counted {
  std::string_view word;
  ColumnFamily family;
  std::optional<MessageRow> row = std::nullopt;
  bool closings = false;
};
constexpr Counted kCounted[] = {
    {"messages", ColumnFamily::kMessages, MessageRow::kMessage},
    {"links", ColumnFamily::kMessages, MessageRow::kLink},
    {"seen", ColumnFamily::kSeen},
    {"flags", ColumnFamily::kFlags},
    {"facts", ColumnFamily::kFacts},
    {"quarantine", ColumnFamily::kQuarantine},
    {"closings", ColumnFamily::kQuarantine, std::nullopt, true},
    {"reference", ColumnFamily::kReference},
    {"assessments", ColumnFamily::kAssessments},
    {"people", ColumnFamily::kPeople},
};

}  // namespace

struct Database::Rep {
  // In this order, so that the lock is let go after everything else is closed.
  std::optional<StoreFiles> files;
  OpenDatabase open;
  bool sync = true;
  DiskWatermark watermark;
  bool ready = false;              // Open to the end, for writing.
  StoreState state;                     // Only `Commit` changes it.
  std::atomic<std::uint64_t> last_sequence{0};
  std::mutex committing;           // Guards all that follows, against callers who forget "one at a time".
  absl::Status failed;             // Of the write that failed: the last one.
  rocksdb::WriteBatch write_batch;  // Keeps its memory from group to group.
  const std::shared_ptr<TableWatch> tables = std::make_shared<TableWatch>();

  ~Rep();

  absl::Status Open(const DatabaseOptions& options);
  absl::Status OpenUntrusted(const DatabaseOptions& options);
  absl::Status OpenRocks(const rocksdb::DBOptions& options);
  absl::Status CheckKey(const StoreState& stored) const;
  absl::Status TakeUpState();
  ManifestSeal Seal() const;
  absl::Status MoveMark();
  absl::Status WriteState(const StoreState& next);

  void FillRows(const BatchRows& rows);
  void AddHashedPart(ColumnFamily family, std::string_view hashed, std::string& key) const;
  StoreState NextState(const BatchRows& rows) const;
  absl::Status WriteGroup(const StoreState& next);

  rocksdb::ColumnFamilyHandle* Family(ColumnFamily family) const { return open.Family(family); }
  absl::StatusOr<std::optional<std::string>> Find(ColumnFamily family, const std::string& key) const;
  absl::StatusOr<std::optional<QuarantineClosing>> FindClosing(std::string key) const;  // Of the record of this key.
};

absl::Status Database::Rep::Open(const DatabaseOptions& options) {
  sync = options.sync;
  watermark = options.watermark;
  ASSIGN_OR_RETURN(files, StoreFiles::Open(options.directory, options.create_if_missing));
  RemoveCheckpoint(options.directory);
  rocksdb::DBOptions rocks = RocksOptions(options);
  rocks.create_if_missing = !files->has_database();
  rocks.create_missing_column_families =
      rocks.create_if_missing || files->mark().mark().group == 0 || files->schema() < kStoreSchema;
  rocks.listeners.push_back(tables);
  if (files->has_database()) RETURN_IF_ERROR(CheckManifest(files->database_path(), files->mark().seal()));
  RETURN_IF_ERROR(OpenRocks(rocks));
  RETURN_IF_ERROR(TakeUpState());
  if (sync) RETURN_IF_ERROR(MoveMark());
  if (files->schema() < kStoreSchema) RETURN_IF_ERROR(files->Upgrade());
  ready = true;
  return absl::OkStatus();
}

absl::Status Database::Rep::OpenUntrusted(const DatabaseOptions& options) {
  failed = absl::FailedPreconditionError("it cannot be trusted, and was opened only to be read");
  ASSIGN_OR_RETURN(files, StoreFiles::OpenWithoutMark(options.directory));
  rocksdb::DBOptions rocks = RocksOptions(options);
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  RETURN_IF_ERROR(FromRocks(OpenReadOnly(rocks, files->database_path(), open), "read the store"));
  ASSIGN_OR_RETURN(const std::optional<StoreState> stored, ReadState(open));
  if (!stored) return absl::OkStatus();
  RETURN_IF_ERROR(CheckKey(*stored));
  state = *stored;
  last_sequence = state.last.sequence;
  return absl::OkStatus();
}

// A clean end seals what the last flush and compaction did.
Database::Rep::~Rep() {
  if (open.db == nullptr || !sync || !failed.ok() || !ready) return;
  rocksdb::CancelAllBackgroundWork(open.db.get(), true);
  MoveMark().IgnoreError();
}

// A power cut may leave a torn record at the end of the log, of a group that was never acknowledged; a flipped bit in
// its middle looks alike. So the strict way is tried first, and a looser one only if the rows it would recover reach
// the mark: that is found out read-only, since opening for writing drops the rest of the log.
absl::Status Database::Rep::OpenRocks(const rocksdb::DBOptions& options) {
  const std::string path = files->database_path();
  rocksdb::Status strict = OpenReadWrite(options, path, open);
  if (!strict.IsCorruption()) return FromRocks(strict, "open the store");

  rocksdb::DBOptions loose = options;
  loose.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  {
    OpenDatabase look;
    RETURN_IF_ERROR(FromRocks(OpenReadOnly(loose, path, look), "open the store: restore the last backup and replay"));
    if (sync) RETURN_IF_ERROR(CheckState(look, files->mark().mark()));
  }
  return FromRocks(OpenReadWrite(loose, path, open), "open the store");
}

absl::Status Database::Rep::CheckKey(const StoreState& stored) const {
  if (stored.key_check == KeyCheck(files->key())) return absl::OkStatus();
  return absl::FailedPreconditionError(absl::StrFormat(
      "%s is the key of another store: restore the file that was made with this one", files->key_path()));
}

absl::Status Database::Rep::TakeUpState() {
  const HighWater mark = files->mark().mark();
  ASSIGN_OR_RETURN(std::optional<StoreState> stored, ReadState(open));
  if (!stored) {
    StoreState first;
    first.key_check = KeyCheck(files->key());
    if (sync) RETURN_IF_ERROR(CompareWithMark(first, mark));
    return WriteState(first);
  }
  RETURN_IF_ERROR(CheckKey(*stored));
  state = *stored;
  last_sequence = state.last.sequence;
  if (!sync) return absl::OkStatus();
  return CompareWithMark(state, mark);
}

// The seal over the list of tables as it is now, or the last one if it cannot be read: the next change is a new try.
ManifestSeal Database::Rep::Seal() const {
  std::vector<std::string> names;
  std::uint64_t size = 0;
  if (!open.db->GetLiveFiles(names, &size, /*flush_memtable=*/false).ok()) return files->mark().seal();
  return SealManifest(files->database_path(), size).value_or(files->mark().seal());
}

absl::Status Database::Rep::MoveMark() {
  return files->mark().Write(state.last, Seal());
}

absl::Status Database::Rep::WriteState(const StoreState& next) {
  const rocksdb::Status status = open.db->Put(WriteOptions(sync), Family(ColumnFamily::kState), ToSlice(kStateKey),
                                              EncodeState(next));
  RETURN_IF_ERROR(FromRocks(status, "write the state of the store"));
  state = next;
  return absl::OkStatus();
}

// The family's number goes in too, so that equal ids in two families give unlike keys.
void Database::Rep::AddHashedPart(ColumnFamily family, std::string_view hashed, std::string& key) const {
  thread_local std::string message;
  message.assign(1, static_cast<char>(family));
  message.append(hashed);
  key.append(AsBytes(KeyedHash128(files->key(), message)));
}

void Database::Rep::FillRows(const BatchRows& rows) {
  write_batch.Clear();
  std::string_view bytes = rows.bytes;
  const auto take = [&bytes](std::size_t size) {
    const std::string_view part = bytes.substr(0, size);
    bytes.remove_prefix(size);
    return part;
  };
  std::string key;
  for (const BatchRows::Row& row : rows.rows) {
    key.assign(take(row.plain));
    if (row.hashed > 0) AddHashedPart(row.family, take(row.hashed), key);
    if (row.is_deletion) {
      write_batch.Delete(Family(row.family), key);
      continue;
    }
    write_batch.Put(Family(row.family), key, ToSlice(take(row.value)));
  }
}

StoreState Database::Rep::NextState(const BatchRows& rows) const {
  StoreState next = state;
  next.previous_chain = state.last.chain;
  next.last.sequence = std::max(state.last.sequence, rows.last_sequence);
  next.last.chain = NextChain(state.last, next.last.sequence, rows.contents);
  ++next.last.group;
  return next;
}

absl::Status Database::Rep::WriteGroup(const StoreState& next) {
  write_batch.Put(Family(ColumnFamily::kState), ToSlice(kStateKey), EncodeState(next));
  CrashPoint("before_commit");
  RETURN_IF_ERROR(FromRocks(open.db->Write(WriteOptions(sync), &write_batch), "write to the store"));
  CrashPoint("after_wal");
  if (sync) RETURN_IF_ERROR(files->mark().Write(next.last, tables->TakeChanged() ? Seal() : files->mark().seal()));
  CrashPoint("after_mark");
  return absl::OkStatus();
}

absl::StatusOr<std::optional<std::string>> Database::Rep::Find(ColumnFamily family, const std::string& key) const {
  std::string value;
  if (Family(family) == nullptr) return std::nullopt;
  const rocksdb::Status status = open.db->Get(rocksdb::ReadOptions(), Family(family), key, &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromRocks(status, "read the store"));
  return value;
}

Database::Database() : rep_(std::make_unique<Rep>()) {}
Database::~Database() = default;

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options) {
  std::unique_ptr<Database> database(new Database());
  RETURN_IF_ERROR(database->rep_->Open(options));
  return database;
}

absl::StatusOr<std::unique_ptr<Database>> Database::OpenUntrusted(const DatabaseOptions& options) {
  std::unique_ptr<Database> database(new Database());
  RETURN_IF_ERROR(database->rep_->OpenUntrusted(options));
  return database;
}

absl::Status Database::Commit(StoreBatch& batch) {
  const std::lock_guard lock(rep_->committing);
  if (!rep_->failed.ok()) {
    return absl::FailedPreconditionError(
        absl::StrFormat("the store takes no more writes (%s): restart", rep_->failed.message()));
  }
  if (batch.empty()) return absl::OkStatus();
  const BatchRows& rows = *batch.rep_;
  if (!rows.contents.empty() && rows.first_sequence <= rep_->state.last.sequence) {
    return absl::InvalidArgumentError(absl::StrFormat("message %d comes after message %d: receipt numbers only grow",
                                                      rows.first_sequence, rep_->state.last.sequence));
  }
  RETURN_IF_ERROR(CheckDiskSpace(rep_->files->directory(), rep_->watermark));
  const StoreState next = rep_->NextState(rows);
  rep_->FillRows(rows);
  rep_->failed = rep_->WriteGroup(next);
  if (!rep_->failed.ok()) return rep_->failed;
  rep_->state = next;
  rep_->last_sequence = next.last.sequence;
  return absl::OkStatus();
}

// Two halves, each a keyed hash of what it is for.
HashKey Database::KeyFor(std::string_view purpose) const {
  HashKey key{};
  auto to = key.begin();
  for (const char half : {'1', '2'}) {
    const Digest128 digest = KeyedHash128(rep_->files->key(), "landfall key for " + std::string(purpose) + half);
    to = std::copy(digest.begin(), digest.end(), to);
  }
  return key;
}

std::uint64_t Database::last_sequence() const { return rep_->last_sequence; }

absl::StatusOr<std::optional<Database::SeenMessage>> Database::FindSeen(std::string_view sender,
                                                                        std::string_view message_id) const {
  std::string id;
  AppendSeenId(sender, message_id, id);
  std::string key;
  rep_->AddHashedPart(ColumnFamily::kSeen, id, key);
  ASSIGN_OR_RETURN(const std::optional<std::string> value, rep_->Find(ColumnFamily::kSeen, key));
  if (!value) return std::nullopt;
  return DecodeSeen(*value);
}

absl::StatusOr<std::vector<Database::StoredMessage>> Database::MessagesOf(const FlightKey& flight) const {
  std::vector<StoredMessage> messages;
  RETURN_IF_ERROR(ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kMessages), FlightKeyBytes(flight),
                             [&messages](std::string_view key, std::string_view value) -> absl::Status {
                               ASSIGN_OR_RETURN(StoredMessage message, DecodeStoredMessage(key, value));
                               messages.push_back(std::move(message));
                               return absl::OkStatus();
                             }));
  return messages;
}

absl::StatusOr<std::vector<FlightKey>> Database::FlightsBetween(Date from, Date to) const {
  std::vector<FlightKey> flights;
  const std::unique_ptr<rocksdb::Iterator> rows(
      rep_->open.db->NewIterator(rocksdb::ReadOptions(), rep_->Family(ColumnFamily::kMessages)));
  rows->Seek(DayPrefix(from));
  while (rows->Valid()) {
    std::string_view key = ToView(rows->key());
    std::optional<FlightKey> flight = TakeFlightKey(key);
    if (!flight) return absl::DataLossError("the key of a stored message does not decode");
    if (flight->departs_on > to) break;
    std::string past = FlightKeyBytes(*flight);
    past.append(sizeof(std::uint64_t) + 1, '\xff');  // Skips the flight's other messages.
    flights.push_back(*std::move(flight));
    rows->Seek(past);
  }
  RETURN_IF_ERROR(FromRocks(rows->status(), "read the store"));
  return flights;
}

absl::StatusOr<std::optional<Date>> Database::LatestDeparture() const {
  const std::unique_ptr<rocksdb::Iterator> rows(
      rep_->open.db->NewIterator(rocksdb::ReadOptions(), rep_->Family(ColumnFamily::kMessages)));
  rows->SeekToLast();
  RETURN_IF_ERROR(FromRocks(rows->status(), "read the store"));
  if (!rows->Valid()) return std::nullopt;
  std::string_view key = ToView(rows->key());
  const std::optional<FlightKey> flight = TakeFlightKey(key);
  if (!flight) return absl::DataLossError("the key of a stored message does not decode");
  return flight->departs_on;
}

absl::Status Database::ForEachFlagFromLatest(
    const std::function<absl::StatusOr<bool>(const FlightFlag& flag)>& visit) const {
  const std::unique_ptr<rocksdb::Iterator> rows(
      rep_->open.db->NewIterator(rocksdb::ReadOptions(), rep_->Family(ColumnFamily::kFlags)));
  for (rows->SeekToLast(); rows->Valid(); rows->Prev()) {
    ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(ToView(rows->value()), kFlagSchema));
    ASSIGN_OR_RETURN(const FlightFlag flag, DecodeFlag(body));
    ASSIGN_OR_RETURN(const bool more, visit(flag));
    if (!more) return absl::OkStatus();
  }
  return FromRocks(rows->status(), "read the store");
}

absl::StatusOr<std::vector<Database::Assessment>> Database::AssessmentsOf(const FlightKey& flight) const {
  std::vector<Assessment> assessments;
  const std::string prefix = FlightKeyBytes(flight);
  RETURN_IF_ERROR(ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kAssessments), prefix,
                             [&](std::string_view key, std::string_view value) -> absl::Status {
                               if (key.size() != prefix.size() + sizeof(std::uint64_t)) {
                                 return absl::DataLossError("the key of a stored assessment does not decode");
                               }
                               ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kFlagSchema));
                               ASSIGN_OR_RETURN(FlightFlag flag, DecodeFlag(body));
                               assessments.push_back(
                                   {ReadBigEndian<std::uint64_t>(key.data() + prefix.size()), std::move(flag)});
                               return absl::OkStatus();
                             }));
  return assessments;
}

absl::StatusOr<Database::Snapshot> Database::LatestSnapshot() const {
  Snapshot latest;
  RETURN_IF_ERROR(ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kState), kSnapshotKey,
                             [&](std::string_view key, std::string_view value) -> absl::Status {
                               if (key.size() != kSnapshotKey.size() + sizeof(std::uint64_t)) {
                                 return absl::DataLossError("the key of a stored snapshot does not decode");
                               }
                               ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(value, kSnapshotSchema));
                               latest = {ReadBigEndian<std::uint64_t>(key.data() + kSnapshotKey.size()),
                                         std::string(body)};
                               return absl::OkStatus();
                             }));
  return latest;
}

absl::StatusOr<std::optional<std::string>> Database::FindPeople(std::string_view key) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, rep_->Find(ColumnFamily::kPeople, std::string(key)));
  if (!value) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(*value, kPeopleSchema));
  return std::string(body);
}

absl::Status Database::ForEachPeople(
    std::string_view prefix,
    const std::function<absl::StatusOr<bool>(std::string_view key, std::string_view value)>& visit,
    std::string_view from) const {
  rocksdb::ColumnFamilyHandle* const family = rep_->Family(ColumnFamily::kPeople);
  if (family == nullptr) return absl::OkStatus();
  const std::unique_ptr<rocksdb::Iterator> rows(rep_->open.db->NewIterator(rocksdb::ReadOptions(), family));
  for (rows->Seek(ToSlice(std::max(prefix, from))); rows->Valid() && rows->key().starts_with(ToSlice(prefix)); rows->Next()) {
    ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(ToView(rows->value()), kPeopleSchema));
    ASSIGN_OR_RETURN(const bool more, visit(ToView(rows->key()), body));
    if (!more) return absl::OkStatus();
  }
  return FromRocks(rows->status(), "read the store");
}

absl::StatusOr<std::optional<FlightFlag>> Database::FindFlag(const FlightKey& flight) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, rep_->Find(ColumnFamily::kFlags, FlightKeyBytes(flight)));
  if (!value) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(*value, kFlagSchema));
  return DecodeFlag(body);
}

absl::StatusOr<std::optional<std::string>> Database::FindFacts(const FlightKey& flight) const {
  ASSIGN_OR_RETURN(const std::optional<std::string> value, rep_->Find(ColumnFamily::kFacts, FlightKeyBytes(flight)));
  if (!value) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(*value, kFactsSchema));
  return std::string(body);
}

absl::Status Database::ForEachReference(ReferenceKind kind,
                                        const std::function<absl::Status(std::string_view json)>& visit) const {
  const char prefix = static_cast<char>(kind);
  return ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kReference), {&prefix, 1},
                    [&visit](std::string_view, std::string_view value) -> absl::Status {
                      ASSIGN_OR_RETURN(const std::string_view json, OpenEnvelope(value, kReferenceSchema));
                      return visit(json);
                    });
}

absl::Status Database::ForEachQuarantined(
    const std::function<absl::Status(const QuarantinedRecord& record, std::string_view raw)>& visit) const {
  return ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kQuarantine), "",
                    [&visit](std::string_view key, std::string_view value) -> absl::Status {
                      if (IsClosing(key)) return absl::OkStatus();
                      ASSIGN_OR_RETURN(const QuarantinedRow row, DecodeQuarantinedRow(value));
                      return visit(row.record, row.raw);
                    });
}

absl::StatusOr<std::optional<QuarantineClosing>> Database::Rep::FindClosing(std::string key) const {
  key.push_back(kClosingRow);
  ASSIGN_OR_RETURN(const std::optional<std::string> value, Find(ColumnFamily::kQuarantine, key));
  if (!value) return std::nullopt;
  ASSIGN_OR_RETURN(const std::string_view body, OpenEnvelope(*value, kQuarantineClosingSchema));
  ASSIGN_OR_RETURN(QuarantineClosing closing, DecodeQuarantineClosing(body));
  return closing;
}

absl::Status Database::ForEachQuarantineEntry(
    const std::function<absl::Status(const QuarantineEntry& entry, std::string_view raw)>& visit) const {
  return ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kQuarantine), "",
                    [&](std::string_view key, std::string_view value) -> absl::Status {
                      if (IsClosing(key)) return absl::OkStatus();
                      ASSIGN_OR_RETURN(QuarantinedRow row, DecodeQuarantinedRow(value));
                      QuarantineEntry entry{std::string(key), std::move(row.record), std::nullopt};
                      ASSIGN_OR_RETURN(entry.closing, rep_->FindClosing(entry.key));
                      return visit(entry, row.raw);
                    });
}

absl::StatusOr<std::optional<Database::FoundQuarantined>> Database::FindQuarantined(
    std::string_view key_beginning) const {
  std::optional<FoundQuarantined> found;
  RETURN_IF_ERROR(ForEachRow(*rep_->open.db, rep_->Family(ColumnFamily::kQuarantine), key_beginning,
                             [&](std::string_view key, std::string_view value) -> absl::Status {
                               if (IsClosing(key) || found) return absl::OkStatus();
                               ASSIGN_OR_RETURN(QuarantinedRow row, DecodeQuarantinedRow(value));
                               found = FoundQuarantined{{std::string(key), std::move(row.record), std::nullopt},
                                                        std::string(row.raw)};
                               return absl::OkStatus();
                             }));
  if (!found) return std::nullopt;
  ASSIGN_OR_RETURN(found->entry.closing, rep_->FindClosing(found->entry.key));
  return found;
}

absl::StatusOr<std::uint64_t> Database::CountRows(std::string_view what) const {
  const auto* counted = std::ranges::find(kCounted, what, &Counted::word);
  if (counted == std::end(kCounted)) {
    return absl::InvalidArgumentError(absl::StrFormat("there are no rows called %s", what));
  }
  std::uint64_t rows = 0;
  RETURN_IF_ERROR(ForEachRow(*rep_->open.db, rep_->Family(counted->family), "",
                             [&](std::string_view key, std::string_view) {
                               const bool is_counted = counted->family == ColumnFamily::kQuarantine
                                                           ? IsClosing(key) == counted->closings
                                                           : !counted->row || key.back() == static_cast<char>(*counted->row);
                               rows += is_counted ? 1 : 0;
                               return absl::OkStatus();
                             }));
  return rows;
}

absl::Status Database::VerifyChecksums() const {
  return VerifyBlocks(*rep_->open.db);
}

const std::string& Database::directory() const { return rep_->files->directory(); }

absl::Status Database::WriteCheckpoint(const std::string& directory) const {
  const std::lock_guard lock(rep_->committing);
  if (!rep_->failed.ok()) {
    return absl::FailedPreconditionError(absl::StrFormat("the store is not copied (%s)", rep_->failed.message()));
  }
  rocksdb::Checkpoint* made = nullptr;
  RETURN_IF_ERROR(FromRocks(rocksdb::Checkpoint::Create(rep_->open.db.get(), &made), "copy the store"));
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  RETURN_IF_ERROR(MakeDirectories(directory));
  RETURN_IF_ERROR(FromRocks(checkpoint->CreateCheckpoint(StoreFiles::DatabasePath(directory)), "copy the store"));
  return StoreFiles::CompleteCopy(directory, rep_->state.last);
}

}  // namespace landfall
