#pragma once

// The store on disk, behind our words: one RocksDB, opened so that acknowledged means on disk.
//
// docs/FORMATS.md gives every key and value. No RocksDB type appears in a header that others include.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"
#include "model/finding.h"
#include "model/message.h"
#include "model/quarantine.h"
#include "model/reference_records.h"
#include "model/screening.h"
#include "storage/disk_space.h"

namespace landfall {

struct DatabaseOptions {
  std::string directory;
  bool create_if_missing = true;
  int background_jobs = 2;  // RocksDB's own threads: they share the cores with the pipeline.
  DiskWatermark watermark{};  // Below it nothing more is committed. Off unless it is set.
  bool sync = true;         // False only for the control of the crash tests: acknowledged rows may be lost then.
  // For fault and power-cut tests: a rocksdb::Env*, borrowed. Null: the ordinary file system.
  void* environment = nullptr;
};

// What one group of messages changes, in one atomic, synced write. Filled by one thread, any thread.
class StoreBatch {
 public:
  StoreBatch();
  ~StoreBatch();
  StoreBatch(StoreBatch&&) noexcept;
  StoreBatch& operator=(StoreBatch&&) noexcept;

  // A message taken in: its id (with the content's hash) and its record. `sequence` is its receipt number.
  void PutMessage(const Message& message, const FlightKey& flight, const Digest128& content, std::uint64_t sequence);
  // A link to another flight that the message (a moved flight) also concerns.
  void PutLink(const FlightKey& flight, const Message& without_travellers, std::uint64_t sequence);
  // The latest facts of a flight: bytes of its own format (see fact_codec.h).
  void PutFacts(const FlightKey& flight, std::string_view facts);
  // The latest flag of a flight, with its hits.
  void PutFlag(const FlightFlag& flag);
  // The flag of a flight as it was last assessed with this snapshot of reference records: what stays in its history.
  void PutAssessment(const FlightFlag& flag, std::uint64_t snapshot);
  // A snapshot of reference records that flights are assessed with from now on.
  void PutSnapshot(std::uint64_t number, std::string_view version);
  // A row of the people book, whose keys and values are its own (pipeline/people/); and one taken away.
  void PutPeople(std::string_view key, std::string_view value);
  void DeletePeople(std::string_view key);
  void PutQuarantined(const QuarantinedRecord& record, std::string_view raw, std::uint64_t sequence);
  // What became of an entry that the database holds.
  void PutQuarantineClosing(const QuarantineEntry& entry, const QuarantineClosing& closing);
  void PutReference(ReferenceKind kind, std::string_view id, std::string_view json);

  bool empty() const;
  std::size_t bytes() const;
  void Clear();

 private:
  friend class Database;
  struct Rep;
  std::unique_ptr<Rep> rep_;
};

// Any method from any thread, unless it says otherwise. One process at a time owns a directory.
class Database {
 public:
  // Opens or creates a store. FailedPrecondition if another process has it open or its format is newer than this
  // program; DataLoss if rows that were acknowledged are missing (restore and replay, never repair); Unavailable for a
  // failing disk. The message says what to do.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const DatabaseOptions& options);
  // Opens a store that Open refused with DataLoss, to read what can still be read: rows may be missing, without a sign
  // of it. Nothing in it changes, and Commit is refused. DataLoss if there is nothing to be read.
  static absl::StatusOr<std::unique_ptr<Database>> OpenUntrusted(const DatabaseOptions& options);
  ~Database();

  // Writes `batch` atomically and synced; when this returns OK it is acknowledged, and the high-water mark moved.
  // One caller at a time. After an error the database takes no more writes (a failed fsync proves nothing).
  // InvalidArgument, without harm, if a receipt number is not above those committed before; ResourceExhausted, without
  // harm, while the disk is below the watermark: the same batch may be committed once there is room.
  absl::Status Commit(StoreBatch& batch);

  // A secret key of this store for one purpose, made from its own: the same each time it is opened, unlike in any other store.
  HashKey KeyFor(std::string_view purpose) const;

  // The receipt number of the last committed message; 0 for a new store.
  std::uint64_t last_sequence() const;

  struct SeenMessage {
    Digest128 content;
    FlightKey flight;
  };
  // The message of this sender with this id, if it was taken in before.
  absl::StatusOr<std::optional<SeenMessage>> FindSeen(std::string_view sender, std::string_view message_id) const;

  struct StoredMessage {
    Message message;
    std::uint64_t sequence = 0;
    bool is_link = false;
  };
  // All messages of a flight, in order of receipt.
  absl::StatusOr<std::vector<StoredMessage>> MessagesOf(const FlightKey& flight) const;
  // Keys of the flights with messages whose local departure date lies in from..to, in order.
  absl::StatusOr<std::vector<FlightKey>> FlightsBetween(Date from, Date to) const;
  // The latest local departure date of any flight; nullopt for an empty store.
  absl::StatusOr<std::optional<Date>> LatestDeparture() const;

  absl::StatusOr<std::optional<FlightFlag>> FindFlag(const FlightKey& flight) const;
  absl::StatusOr<std::optional<std::string>> FindFacts(const FlightKey& flight) const;
  // The flags of all flights, the last departure first, until `visit` says false.
  absl::Status ForEachFlagFromLatest(const std::function<absl::StatusOr<bool>(const FlightFlag& flag)>& visit) const;

  struct Assessment {
    std::uint64_t snapshot = 0;
    FlightFlag flag;
  };
  // The last assessment of a flight with each snapshot, oldest first.
  absl::StatusOr<std::vector<Assessment>> AssessmentsOf(const FlightKey& flight) const;
  struct Snapshot {
    std::uint64_t number = 0;  // From 1; 0: none was used yet.
    std::string version;
  };
  absl::StatusOr<Snapshot> LatestSnapshot() const;

  // Rows of the people book.
  absl::StatusOr<std::optional<std::string>> FindPeople(std::string_view key) const;
  // Those whose key begins so, in order and from the key `from` on, until `visit` says false.
  absl::Status ForEachPeople(
      std::string_view prefix,
      const std::function<absl::StatusOr<bool>(std::string_view key, std::string_view value)>& visit,
      std::string_view from = {}) const;

  // Every record of a kind, in no particular but a stable order. Stops with the callback's error.
  absl::Status ForEachReference(ReferenceKind kind,
                                const std::function<absl::Status(std::string_view json)>& visit) const;
  absl::Status ForEachQuarantined(
      const std::function<absl::Status(const QuarantinedRecord& record, std::string_view raw)>& visit) const;
  // The same with what became of each, in a stable order. `raw` lives as long as the call.
  absl::Status ForEachQuarantineEntry(
      const std::function<absl::Status(const QuarantineEntry& entry, std::string_view raw)>& visit) const;
  // The entry whose key begins so (see ParseQuarantineId), and the bytes that were sent.
  struct FoundQuarantined {
    QuarantineEntry entry;
    std::string raw;
  };
  absl::StatusOr<std::optional<FoundQuarantined>> FindQuarantined(std::string_view key_beginning) const;

  // Counts rows, for tests and `verify`: "messages", "links", "seen", "flags", "facts", "quarantine", "closings", "reference",
  // "assessments", "people".
  // InvalidArgument for any other word.
  absl::StatusOr<std::uint64_t> CountRows(std::string_view what) const;
  // Reads every block of every file and checks its checksum. DataLoss names the first bad file.
  absl::Status VerifyChecksums() const;

  const std::string& directory() const;
  // Makes in `directory` (new, on the same disk) a whole store as of the last commit, but for its key. Quick, since tables
  // are linked and not copied; commits wait for it. FailedPrecondition after a write that failed.
  absl::Status WriteCheckpoint(const std::string& directory) const;

 private:
  Database();
  struct Rep;
  std::unique_ptr<Rep> rep_;
};

// The hash of what a message says (not of its bytes, envelope or position): equal for the same flight sent in NDJSON
// and in EDIFACT.
Digest128 ContentHash(const Message& message);

}  // namespace landfall
