#include "storage/rocks.h"

#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <cstdarg>
#include <memory>

#include "absl/strings/str_format.h"

namespace landfall {
namespace {

constexpr std::size_t kMiB = std::size_t{1} << 20;

// RocksDB's own log writer aborts the process when the disk is full, and its log would hold keys. What matters in it
// comes back as a Status, so nothing is kept.
class SilentLog : public rocksdb::Logger {
 public:
  SilentLog() : Logger(rocksdb::InfoLogLevel::HEADER_LEVEL) {}
  void LogHeader(const char*, std::va_list) override {}
  void Logv(const char*, std::va_list) override {}
  void Logv(const rocksdb::InfoLogLevel, const char*, std::va_list) override {}
};

rocksdb::BlockBasedTableOptions TableOptions(const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = cache;
  table.block_size = 16 << 10;
  table.format_version = 5;
  return table;
}

// Families that are asked for one row at a time, often for one that is not there.
bool IsLookedUp(ColumnFamily family) {
  return family == ColumnFamily::kSeen || family == ColumnFamily::kFacts || family == ColumnFamily::kFlags;
}

rocksdb::ColumnFamilyOptions FamilyOptions(ColumnFamily family, const std::shared_ptr<rocksdb::Cache>& cache) {
  rocksdb::ColumnFamilyOptions options;
  options.write_buffer_size = 64 * kMiB;
  options.max_write_buffer_number = 3;
  options.compression = rocksdb::kLZ4Compression;
  options.level_compaction_dynamic_level_bytes = true;
  options.force_consistency_checks = true;
  options.paranoid_file_checks = true;
  rocksdb::BlockBasedTableOptions table = TableOptions(cache);
  if (IsLookedUp(family)) table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

}  // namespace

rocksdb::DBOptions RocksOptions(const DatabaseOptions& options) {
  rocksdb::DBOptions db;
  if (options.environment != nullptr) db.env = static_cast<rocksdb::Env*>(options.environment);
  db.info_log = std::make_shared<SilentLog>();
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kAbsoluteConsistency;
  db.manual_wal_flush = false;
  db.paranoid_checks = true;
  db.track_and_verify_wals_in_manifest = true;
  db.atomic_flush = true;
  db.max_total_wal_size = 128 * kMiB;      // Bounds the time that recovery takes.
  db.db_write_buffer_size = 160 * kMiB;    // Over all families.
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  db.max_manifest_file_size = 4 * kMiB;    // Each seal hashes it.
  db.recycle_log_file_num = 0;
  db.skip_stats_update_on_db_open = true;
  db.max_background_jobs = options.background_jobs;
  db.stats_dump_period_sec = 0;     // Nothing reads them.
  db.stats_persist_period_sec = 0;
  db.max_bgerror_resume_count = 0;  // A failed sync proves nothing: no second try behind our back.
  return db;
}

std::vector<rocksdb::ColumnFamilyDescriptor> RocksFamilies() {
  const std::shared_ptr<rocksdb::Cache> cache = rocksdb::NewLRUCache(32 * kMiB);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  for (std::size_t i = 0; i < kColumnFamilyCount; ++i) {
    families.emplace_back(std::string(kColumnFamilyNames[i]), FamilyOptions(static_cast<ColumnFamily>(i), cache));
  }
  return families;
}

absl::Status FromRocks(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string text = absl::StrFormat("%s: %s", doing, status.ToString());
  if (status.IsCorruption() || status.IsPathNotFound()) return absl::DataLossError(text);
  if (status.IsIOError() || status.IsNoSpace() || status.IsBusy()) return absl::UnavailableError(text);
  if (status.IsNotFound()) return absl::NotFoundError(text);
  return absl::InternalError(text);
}

}  // namespace landfall
