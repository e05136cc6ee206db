#pragma once

// Reference records from a file into the store.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/finding.h"
#include "model/reference_records.h"
#include "storage/database.h"

namespace landfall {

inline constexpr std::size_t kFindingCodes = std::size(EnumText<FindingCode>::kWords);

// What became of the records of one file: read = stored + quarantined.
struct ImportSummary {
  std::uint64_t read = 0;
  std::uint64_t stored = 0;
  std::uint64_t replaced = 0;  // Of those stored: came later in the file under the id of an earlier one.
  std::uint64_t quarantined = 0;
  std::uint64_t findings = 0;
  std::array<std::uint64_t, kFindingCodes> findings_by_code{};

  ImportSummary& operator+=(const ImportSummary& other);
};

struct ImportOptions {
  ReferenceKind kind = ReferenceKind::kVignettes;
  std::string file;  // The name to report.
  Date today;        // Nobody who may be under 18 on this day is loaded as a person of concern.
  // Called for every record kept aside; may be empty.
  std::function<void(const QuarantinedRecord&)> on_quarantined;
  // Called now and then with what was read so far, and how many bytes; may be empty.
  std::function<void(const ImportSummary& so_far, std::uint64_t bytes)> on_progress;
};

// Stores the records of `bytes`: NDJSON, or for a watch list CSV as well. Commits in groups: what was counted as stored is
// on disk when this returns OK, and an error leaves whole groups behind, so that the file can simply be imported again.
absl::StatusOr<ImportSummary> ImportRecords(const ImportOptions& options, std::string_view bytes, Database& database);

// Likewise from a file descriptor, gzip and zstd expanded, in constant memory for NDJSON. Unavailable if reading fails,
// InvalidArgument for damaged compressed data.
absl::StatusOr<ImportSummary> ImportRecords(const ImportOptions& options, int descriptor, Database& database);

}  // namespace landfall
