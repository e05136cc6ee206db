#include "pipeline/reference/import.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/byte_source.h"
#include "pipeline/parse/times.h"
#include "pipeline/reference/record_parser.h"
#include "pipeline/reference/watch_csv.h"

namespace landfall {
namespace {

// One group is one synced write: large enough that syncing does not set the pace, small beside memory.
constexpr std::size_t kGroupRecords = 4'000;
constexpr std::size_t kGroupBytes = 8u << 20;
constexpr std::size_t kReadBytes = 1u << 20;
constexpr std::size_t kWholeListBytes = 1u << 30;
// Of what is kept with a quarantined record.
constexpr std::size_t kRawBytes = 64u << 10;

// One record as it stood in the file.
struct RawRecord {
  std::uint64_t offset = 0;
  std::uint64_t line = 1;
  std::string_view raw;
  std::string_view json;
  std::string_view problem;  // Why it is no record at all.
};

// Takes the records of one file one by one and commits them in groups.
class Importer {
 public:
  Importer(const ImportOptions& options, Database& database) : options_(options), database_(database) {}

  absl::Status Take(const RawRecord& raw) {
    ++summary_.read;
    if (!raw.problem.empty()) {
      QuarantinedRecord refused;
      refused.code = QuarantineCode::kBadRecord;
      refused.reason = std::string(raw.problem);
      Quarantine(raw, std::move(refused));
    } else {
      auto parsed = parser_.Parse(options_.kind, raw.json, options_.today);
      if (auto* refused = std::get_if<QuarantinedRecord>(&parsed)) Quarantine(raw, std::move(*refused));
      else Store(raw, std::get<ParsedRecord>(parsed));
    }
    return ++group_ < kGroupRecords && batch_.bytes() < kGroupBytes ? absl::OkStatus() : Commit(raw.offset);
  }

  void TakeTooLong(std::uint64_t offset, std::uint64_t line, std::string_view beginning) {
    ++summary_.read;
    QuarantinedRecord refused;
    refused.code = QuarantineCode::kLineTooLong;
    refused.reason = absl::StrFormat("the line is longer than %d bytes: send shorter records",
                                     static_cast<int>(InputLimits().line_bytes));
    Quarantine({offset, line, beginning, {}, {}}, std::move(refused));
  }

  absl::StatusOr<ImportSummary> Finish(std::uint64_t bytes) {
    RETURN_IF_ERROR(Commit(bytes));
    return summary_;
  }

 private:
  void Store(const RawRecord& raw, const ParsedRecord& parsed) {
    batch_.PutReference(options_.kind, parsed.id, raw.json);
    ++summary_.stored;
    if (!ids_.insert(absl::HashOf(std::string_view(parsed.id))).second) ++summary_.replaced;
    summary_.findings += parsed.findings.size();
    for (const Finding& finding : parsed.findings) {
      ++summary_.findings_by_code[static_cast<std::size_t>(finding.code)];
    }
  }

  void Quarantine(const RawRecord& raw, QuarantinedRecord refused) {
    refused.position = {options_.file, raw.offset, raw.line};
    batch_.PutQuarantined(refused, raw.raw.substr(0, kRawBytes), database_.last_sequence());
    ++summary_.quarantined;
    if (options_.on_quarantined) options_.on_quarantined(refused);
  }

  absl::Status Commit(std::uint64_t bytes) {
    group_ = 0;
    if (!batch_.empty()) RETURN_IF_ERROR(database_.Commit(batch_));
    batch_.Clear();
    if (options_.on_progress) options_.on_progress(summary_, bytes);
    return absl::OkStatus();
  }

  const ImportOptions& options_;
  Database& database_;
  RecordParser parser_;
  StoreBatch batch_;
  ImportSummary summary_;
  std::size_t group_ = 0;
  absl::flat_hash_set<std::size_t> ids_;
};

// Splits text that arrives in pieces into lines and hands them on.
class LineSplitter {
 public:
  explicit LineSplitter(Importer& importer) : importer_(importer) {}

  absl::Status Add(std::string_view piece) {
    while (!piece.empty()) {
      const std::size_t end = piece.find('\n');
      if (end == std::string_view::npos) {
        Keep(piece);
        return absl::OkStatus();
      }
      RETURN_IF_ERROR(EndLine(piece.substr(0, end)));
      offset_ += end + 1;
      piece.remove_prefix(end + 1);
    }
    return absl::OkStatus();
  }

  absl::Status End() { return EndLine({}); }
  std::uint64_t offset() const { return offset_ + kept_.size() + skipped_; }

 private:
  // The beginning of a line whose end is yet to come. Of a line beyond the limit only the beginning is kept.
  void Keep(std::string_view piece) {
    const std::size_t room = InputLimits().line_bytes + 1 - kept_.size();
    kept_.append(piece.substr(0, room));
    if (piece.size() > room) skipped_ += piece.size() - room;
  }

  absl::Status EndLine(std::string_view rest) {
    std::string_view line = rest;
    if (!kept_.empty()) {
      Keep(rest);
      line = kept_;
    }
    const absl::Status status = HandOn(line);
    if (line.data() != rest.data()) offset_ += kept_.size() + skipped_ - rest.size();
    kept_.clear();
    skipped_ = 0;
    ++line_;
    return status;
  }

  absl::Status HandOn(std::string_view line) {
    const std::string_view record = Trim(line);
    if (record.empty()) return absl::OkStatus();
    const std::uint64_t begin = offset_ + static_cast<std::uint64_t>(record.data() - line.data());
    if (line.size() > InputLimits().line_bytes) {
      importer_.TakeTooLong(begin, line_, record);
      return absl::OkStatus();
    }
    return importer_.Take({begin, line_, record, record, {}});
  }

  Importer& importer_;
  std::string kept_;
  std::uint64_t skipped_ = 0;
  std::uint64_t offset_ = 0;  // Of the line that is being read.
  std::uint64_t line_ = 1;
};

absl::Status TakeCsv(std::string_view text, Importer& importer) {
  WatchCsvReader reader(text);
  WatchCsvReader::Record record;
  while (reader.Next(record)) {
    RETURN_IF_ERROR(importer.Take({record.offset, record.line, record.raw, record.json, record.problem}));
  }
  return absl::OkStatus();
}

// A quoted value may run over lines, so a list as CSV is read whole: lists are small beside vignettes. `text` is its beginning.
absl::Status ReadRest(const std::string& file, ByteSource& source, std::string& text) {
  ASSIGN_OR_RETURN(const std::string rest, source.ReadAll(kWholeListBytes));
  text += rest;
  if (text.size() <= kWholeListBytes) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s: a list as CSV may have %d bytes: send this one as NDJSON, which is read piece by piece", file, kWholeListBytes));
}

}  // namespace

ImportSummary& ImportSummary::operator+=(const ImportSummary& other) {
  read += other.read;
  stored += other.stored;
  replaced += other.replaced;
  quarantined += other.quarantined;
  findings += other.findings;
  for (std::size_t i = 0; i < kFindingCodes; ++i) findings_by_code[i] += other.findings_by_code[i];
  return *this;
}

absl::StatusOr<ImportSummary> ImportRecords(const ImportOptions& options, std::string_view bytes, Database& database) {
  Importer importer(options, database);
  if (options.kind == ReferenceKind::kWatchlist && LooksLikeCsv(bytes)) {
    RETURN_IF_ERROR(TakeCsv(bytes, importer));
  } else {
    LineSplitter lines(importer);
    RETURN_IF_ERROR(lines.Add(bytes));
    RETURN_IF_ERROR(lines.End());
  }
  return importer.Finish(bytes.size());
}

absl::StatusOr<ImportSummary> ImportRecords(const ImportOptions& options, int descriptor, Database& database) {
  std::string piece(kReadBytes, '\0');
  ByteSource source(options.file, descriptor, InputLimits());
  ASSIGN_OR_RETURN(std::size_t size, source.Read(piece.data(), piece.size()));
  if (options.kind == ReferenceKind::kWatchlist && LooksLikeCsv(std::string_view(piece).substr(0, size))) {
    std::string whole(piece, 0, size);
    RETURN_IF_ERROR(ReadRest(options.file, source, whole));
    return ImportRecords(options, whole, database);
  }
  Importer importer(options, database);
  LineSplitter lines(importer);
  while (size > 0) {
    RETURN_IF_ERROR(lines.Add(std::string_view(piece).substr(0, size)));
    ASSIGN_OR_RETURN(size, source.Read(piece.data(), piece.size()));
  }
  RETURN_IF_ERROR(lines.End());
  return importer.Finish(lines.offset());
}

}  // namespace landfall
