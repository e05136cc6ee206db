// Bytes -> a watch list as CSV, and reference records of every kind. Every row is a record or has a reason.

#include <cstdint>
#include <iterator>
#include <string>

#include "pipeline/reference/record_parser.h"
#include "pipeline/reference/watch_csv.h"
#include "tests/fuzz/require.h"

using landfall::Require;

namespace {

void CheckRecord(landfall::ReferenceKind kind, std::string_view json) {
  static landfall::RecordParser parser;
  const auto parsed = parser.Parse(kind, json, landfall::MakeDate(2026, 11, 22));
  if (const auto* refused = std::get_if<landfall::QuarantinedRecord>(&parsed)) {
    Require(!refused->reason.empty());
  } else {
    Require(!std::get<landfall::ParsedRecord>(parsed).id.empty());
  }
}

void CheckCsv(std::string_view text) {
  landfall::WatchCsvReader reader(text);
  landfall::WatchCsvReader::Record record;
  std::uint64_t last_offset = 0;
  while (reader.Next(record)) {
    Require(record.offset >= last_offset && record.offset + record.raw.size() <= text.size());
    Require(record.json.empty() != record.problem.empty());
    last_offset = record.offset;
    if (!record.json.empty()) CheckRecord(landfall::ReferenceKind::kWatchlist, record.json);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckCsv(bytes);
  // The first byte chooses the kind, so that one corpus serves all.
  constexpr std::uint8_t kKinds = std::size(landfall::EnumText<landfall::ReferenceKind>::kWords);
  if (!bytes.empty()) CheckRecord(static_cast<landfall::ReferenceKind>(data[0] % kKinds), bytes.substr(1));
  return 0;
}
