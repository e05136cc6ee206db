#include "storage/rocks_database.h"

#include <algorithm>

#include "model/result.h"
#include "storage/rocks.h"

namespace landfall {

rocksdb::Status OpenReadWrite(const rocksdb::DBOptions& options, const std::string& path, OpenDatabase& open) {
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(options, path, RocksFamilies(), &open.families, &db);
  open.db.reset(db);
  if (!status.ok()) open.families.clear();
  return status;
}

rocksdb::Status OpenReadOnly(const rocksdb::DBOptions& options, const std::string& path, OpenDatabase& open) {
  std::vector<std::string> names;
  rocksdb::Status status = rocksdb::DB::ListColumnFamilies(options, path, &names);
  if (!status.ok()) return status;
  std::vector<rocksdb::ColumnFamilyDescriptor> families = RocksFamilies();
  // Those of a newer schema are the last ones. One that is missing before them is damage: opening it says so.
  while (families.size() > kFirstColumnFamilies && std::ranges::find(names, families.back().name) == names.end()) {
    families.pop_back();
  }
  rocksdb::DB* db = nullptr;
  status = rocksdb::DB::OpenForReadOnly(options, path, families, &open.families, &db);
  open.db.reset(db);
  if (!status.ok()) open.families.clear();
  return status;
}

absl::StatusOr<std::optional<StoreState>> ReadState(const OpenDatabase& open) {
  std::string value;
  const rocksdb::Status status =
      open.db->Get(rocksdb::ReadOptions(), open.Family(ColumnFamily::kState), ToSlice(kStateKey), &value);
  if (status.IsNotFound()) return std::nullopt;
  RETURN_IF_ERROR(FromRocks(status, "read the state of the store"));
  return DecodeState(value);
}

absl::Status CheckState(const OpenDatabase& open, const HighWater& mark) {
  ASSIGN_OR_RETURN(const std::optional<StoreState> state, ReadState(open));
  return CompareWithMark(state.value_or(StoreState{}), mark);
}

absl::Status VerifyBlocks(rocksdb::DB& db) {
  RETURN_IF_ERROR(FromRocks(db.VerifyChecksum(), "verify the blocks of the store"));
  return FromRocks(db.VerifyFileChecksums(rocksdb::ReadOptions()), "verify the files of the store");
}

}  // namespace landfall
