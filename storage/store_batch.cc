#include <algorithm>
#include <utility>

#include "storage/bytes.h"
#include "storage/codec.h"
#include "storage/database.h"
#include "storage/envelope.h"
#include "storage/keys.h"
#include "storage/store_batch_rep.h"
#include "storage/values.h"

namespace landfall {
namespace {

// Writes one row part by part: plain key, hashed key, value, each by appending to bytes().
class RowWriter {
 public:
  RowWriter(BatchRows& rep, ColumnFamily family) : rep_(rep), row_{family}, at_(rep.bytes.size()) {}

  std::string& bytes() { return rep_.bytes; }
  void EndPlainKey() { row_.plain = Taken(); }
  void EndHashedKey() { row_.hashed = Taken(); }
  void BeginValue(std::uint64_t schema) { AppendEnvelope({.schema = schema}, rep_.bytes); }
  void EndValue() {
    row_.value = Taken();
    rep_.rows.push_back(row_);
  }
  void EndDeletion() {
    row_.is_deletion = true;
    rep_.rows.push_back(row_);
  }

 private:
  std::size_t Taken() { return rep_.bytes.size() - std::exchange(at_, rep_.bytes.size()); }

  BatchRows& rep_;
  BatchRows::Row row_;
  std::size_t at_;
};

}  // namespace

StoreBatch::StoreBatch() : rep_(std::make_unique<Rep>()) {}
StoreBatch::~StoreBatch() = default;
StoreBatch::StoreBatch(StoreBatch&&) noexcept = default;
StoreBatch& StoreBatch::operator=(StoreBatch&&) noexcept = default;

void StoreBatch::PutMessage(const Message& message, const FlightKey& flight, const Digest128& content,
                            std::uint64_t sequence) {
  RowWriter record(*rep_, ColumnFamily::kMessages);
  AppendMessageKey(flight, sequence, MessageRow::kMessage, record.bytes());
  record.EndPlainKey();
  record.BeginValue(kMessageSchema);
  EncodeMessage(message, record.bytes());
  record.EndValue();

  RowWriter seen(*rep_, ColumnFamily::kSeen);
  AppendSeenId(message.sender, message.message_id, seen.bytes());
  seen.EndHashedKey();
  seen.BeginValue(kSeenSchema);
  seen.bytes().append(AsBytes(content));
  AppendVarint(seen.bytes(), sequence);
  AppendFlightKey(flight, seen.bytes());
  seen.EndValue();

  rep_->first_sequence = rep_->contents.empty() ? sequence : std::min(rep_->first_sequence, sequence);
  rep_->last_sequence = std::max(rep_->last_sequence, sequence);
  rep_->contents.push_back(content);
}

void StoreBatch::PutLink(const FlightKey& flight, const Message& without_travellers, std::uint64_t sequence) {
  RowWriter row(*rep_, ColumnFamily::kMessages);
  AppendMessageKey(flight, sequence, MessageRow::kLink, row.bytes());
  row.EndPlainKey();
  row.BeginValue(kMessageSchema);
  EncodeMessage(without_travellers, row.bytes());
  row.EndValue();
}

void StoreBatch::PutFacts(const FlightKey& flight, std::string_view facts) {
  RowWriter row(*rep_, ColumnFamily::kFacts);
  AppendFlightKey(flight, row.bytes());
  row.EndPlainKey();
  row.BeginValue(kFactsSchema);
  row.bytes().append(facts);
  row.EndValue();
}

void StoreBatch::PutFlag(const FlightFlag& flag) {
  RowWriter row(*rep_, ColumnFamily::kFlags);
  AppendFlightKey(flag.key, row.bytes());
  row.EndPlainKey();
  row.BeginValue(kFlagSchema);
  EncodeFlag(flag, row.bytes());
  row.EndValue();
}

void StoreBatch::PutAssessment(const FlightFlag& flag, std::uint64_t snapshot) {
  RowWriter row(*rep_, ColumnFamily::kAssessments);
  AppendFlightKey(flag.key, row.bytes());
  AppendBigEndian(row.bytes(), snapshot);
  row.EndPlainKey();
  row.BeginValue(kFlagSchema);
  EncodeFlag(flag, row.bytes());
  row.EndValue();
}

void StoreBatch::PutSnapshot(std::uint64_t number, std::string_view version) {
  RowWriter row(*rep_, ColumnFamily::kState);
  row.bytes().append(kSnapshotKey);
  AppendBigEndian(row.bytes(), number);
  row.EndPlainKey();
  row.BeginValue(kSnapshotSchema);
  row.bytes().append(version);
  row.EndValue();
}

void StoreBatch::PutPeople(std::string_view key, std::string_view value) {
  RowWriter row(*rep_, ColumnFamily::kPeople);
  row.bytes().append(key);
  row.EndPlainKey();
  row.BeginValue(kPeopleSchema);
  row.bytes().append(value);
  row.EndValue();
}

void StoreBatch::DeletePeople(std::string_view key) {
  RowWriter row(*rep_, ColumnFamily::kPeople);
  row.bytes().append(key);
  row.EndPlainKey();
  row.EndDeletion();
}

void StoreBatch::PutQuarantined(const QuarantinedRecord& record, std::string_view raw, std::uint64_t sequence) {
  RowWriter row(*rep_, ColumnFamily::kQuarantine);
  AppendQuarantineId(record, raw, row.bytes());
  row.EndHashedKey();
  row.BeginValue(kQuarantineSchema);
  AppendVarint(row.bytes(), sequence);
  AppendVarint(row.bytes(), raw.size());
  row.bytes().append(raw);
  EncodeQuarantined(record, row.bytes());
  row.EndValue();
}

void StoreBatch::PutQuarantineClosing(const QuarantineEntry& entry, const QuarantineClosing& closing) {
  RowWriter row(*rep_, ColumnFamily::kQuarantine);
  row.bytes().append(entry.key).push_back(kClosingRow);
  row.EndPlainKey();
  row.BeginValue(kQuarantineClosingSchema);
  EncodeQuarantineClosing(closing, row.bytes());
  row.EndValue();
}

void StoreBatch::PutReference(ReferenceKind kind, std::string_view id, std::string_view json) {
  RowWriter row(*rep_, ColumnFamily::kReference);
  row.bytes().push_back(static_cast<char>(kind));
  row.EndPlainKey();
  row.bytes().push_back(static_cast<char>(kind));
  row.bytes().append(id);
  row.EndHashedKey();
  row.BeginValue(kReferenceSchema);
  row.bytes().append(json);
  row.EndValue();
}

bool StoreBatch::empty() const { return rep_->rows.empty(); }
std::size_t StoreBatch::bytes() const { return rep_->bytes.size(); }

void StoreBatch::Clear() {
  rep_->bytes.clear();
  rep_->rows.clear();
  rep_->contents.clear();
  rep_->first_sequence = rep_->last_sequence = 0;
}

}  // namespace landfall
