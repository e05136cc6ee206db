#include "app/commands/import.h"

#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "app/clock.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/options.h"
#include "app/output/csv.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/parse/parse.h"
#include "pipeline/reference/import.h"
#include "storage/database.h"

namespace landfall::app {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::milliseconds kOnTerminal(200), kElsewhere(2'000);

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall import [options] KIND FILE...",
      "Loads reference records from NDJSON (- is standard input; gzip and zstd are expanded; a watch list also as CSV).\n"
      "KIND is one of: vignettes watchlist sponsors schedule groups institutions addresses checks consents border_events\n"
      "referrals care_register campaigns judgements dispositions. The same id again replaces the record; what cannot be\n"
      "used is kept aside, with the place and the reason.",
      "landfall import --data /tmp/store vignettes samples/day/vignettes.ndjson",
      {kDataOption, kConfigOption, kFormatOption, kFailOnOption}};
  return spec;
}

struct ImportCommand {
  ReferenceKind kind = ReferenceKind::kVignettes;
  std::vector<std::string> files;
  std::string data_directory, configuration_file;
  std::string format;
  FailOn fail_on;
};

absl::StatusOr<ImportCommand> CommandFrom(const ParsedOptions& parsed) {
  ImportCommand command;
  if (parsed.positional.size() < 2) {
    return absl::InvalidArgumentError("name a KIND and at least one FILE (see --help)");
  }
  const auto kind = FromText<ReferenceKind>(parsed.positional.front());
  if (!kind) {
    std::string kinds;
    for (const std::string_view word : EnumText<ReferenceKind>::kWords) kinds.append(" ").append(word);
    return absl::InvalidArgumentError(absl::StrFormat("'%s' is none of:%s", parsed.positional.front(), kinds));
  }
  command.kind = *kind;
  command.files.assign(parsed.positional.begin() + 1, parsed.positional.end());
  command.data_directory = parsed.Get("--data", "landfall-data");
  command.configuration_file = parsed.Get("--config");
  ASSIGN_OR_RETURN(command.format, FormatOption(parsed));
  ASSIGN_OR_RETURN(command.fail_on, FailOn::From(parsed));
  return command;
}

// Tells how far the job is: often on a terminal, a plain line now and then elsewhere.
class ProgressPrinter {
 public:
  void Print(const std::string& file, const ImportSummary& so_far) {
    const auto now = Clock::now();
    if (now - last_ < (on_terminal_ ? kOnTerminal : kElsewhere)) return;
    last_ = now;
    const double seconds = std::chrono::duration<double>(now - started_).count();
    const std::string line = absl::StrFormat("%s: on disk: %d records, %.0f records/s", file, so_far.stored,
                                             static_cast<double>(so_far.read) / seconds);
    std::fprintf(stderr, on_terminal_ ? "\r\033[K%s" : "%s\n", line.c_str());
    printed_ = true;
  }
  void Finish() const {
    if (on_terminal_ && printed_) std::fputs("\r\033[K", stderr);
  }

 private:
  bool on_terminal_ = ::isatty(STDERR_FILENO) != 0;
  bool printed_ = false;
  Clock::time_point started_ = Clock::now();
  Clock::time_point last_ = started_;
};

void PrintQuarantined(const QuarantinedRecord& record) {
  std::string line;
  AppendJson(record, line);
  std::fprintf(stderr, "%s\n", line.c_str());
}

struct FileResult {
  std::string file;
  ImportSummary summary;
};

absl::StatusOr<std::vector<FileResult>> ImportFiles(const ImportCommand& command) {
  // All are looked at first: a misspelt name costs nothing. One is open at a time.
  for (const std::string& name : command.files) RETURN_IF_ERROR(InputFile::Look(name).status());
  DatabaseOptions options;
  options.directory = command.data_directory;
  ASSIGN_OR_RETURN(options.watermark, DiskWatermarkFor(command.configuration_file, command.data_directory));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options));
  std::vector<FileResult> results;
  for (const std::string& file : command.files) {
    ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(file));
    ProgressPrinter printer;
    const auto on_progress = [&](const ImportSummary& so_far, std::uint64_t) { printer.Print(file, so_far); };
    const ImportOptions import{command.kind, file, Today(), PrintQuarantined, on_progress};
    absl::StatusOr<ImportSummary> summary = ImportRecords(import, input.descriptor(), *database);
    printer.Finish();
    if (!summary.ok()) return summary.status();
    results.push_back({file, *summary});
  }
  ASSIGN_OR_RETURN(const std::optional<Date> latest, database->LatestDeparture());
  if (latest) {
    std::fputs("Flights that have not landed are assessed with these records when `landfall screen` runs next (--rescreen: at "
               "once). Those that have landed keep their assessment; landfall screen --reassess FILE... gives them another.\n",
               stderr);
  }
  return results;
}

std::string FindingsText(const ImportSummary& summary) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < kFindingCodes; ++i) {
    if (summary.findings_by_code[i] == 0) continue;
    parts.push_back(absl::StrFormat("%s %d", std::string(ToText(static_cast<FindingCode>(i))), summary.findings_by_code[i]));
  }
  return parts.empty() ? "" : " (" + absl::StrJoin(parts, ", ") + ")";
}

void PrintTable(ReferenceKind kind, const FileResult& result) {
  const ImportSummary& s = result.summary;
  std::printf("%s\n", absl::StrFormat("%s from %s: %d read, %d stored, %d of them replaced an earlier one of the file, "
                                      "%d quarantined, %d findings%s",
                                      std::string(ToText(kind)), result.file, s.read, s.stored, s.replaced,
                                      s.quarantined, s.findings, FindingsText(s))
                          .c_str());
}

void AppendResultJson(ReferenceKind kind, const FileResult& result, std::string& out) {
  const ImportSummary& s = result.summary;
  JsonObject object(out);
  object.Field("kind", kind);
  object.Field("file", result.file);
  object.Field("read", s.read);
  object.Field("stored", s.stored);
  object.Field("replaced", s.replaced);
  object.Field("quarantined", s.quarantined);
  object.Field("findings", s.findings);
  JsonObject codes(object.Begin("findings_by_code"));
  for (std::size_t i = 0; i < kFindingCodes; ++i) {
    if (s.findings_by_code[i] > 0) codes.Field(ToText(static_cast<FindingCode>(i)), s.findings_by_code[i]);
  }
}

void PrintResults(const ImportCommand& command, const std::vector<FileResult>& results) {
  std::string json;
  for (const FileResult& result : results) {
    const ImportSummary& s = result.summary;
    if (command.format == "table") PrintTable(command.kind, result);
    if (command.format == "csv") {
      if (&result == &results.front()) std::fputs("kind,file,read,stored,replaced,quarantined,findings\n", stdout);
      std::string file;
      AppendExactCsvField(result.file, file);
      std::printf("%s\n", absl::StrFormat("%s,%s,%d,%d,%d,%d,%d", std::string(ToText(command.kind)), file, s.read, s.stored,
                                          s.replaced, s.quarantined, s.findings)
                              .c_str());
    }
    if (command.format != "json" && command.format != "ndjson") continue;
    if (!json.empty()) json += command.format == "json" ? ",\n" : "\n";
    AppendResultJson(command.kind, result, json);
  }
  if (command.format == "json") json = "[" + json + "]";
  if (!json.empty()) std::printf("%s\n", json.c_str());
}

int Explain(const absl::Status& status) {
  std::fprintf(stderr, "landfall: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

int RunImport(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<ImportCommand> command = CommandFrom(*parsed.options);
  if (!command.ok()) return Explain(command.status());
  const absl::StatusOr<std::vector<FileResult>> results = ImportFiles(*command);
  if (!results.ok()) return Explain(results.status());
  PrintResults(*command, *results);
  ImportSummary total;
  for (const FileResult& result : *results) total += result.summary;
  if (command->fail_on.IsMet({{"quarantined", total.quarantined}, {"findings", total.findings}})) return kCheckFailed;
  return total.quarantined > 0 ? kQuarantined : kDone;
}

}  // namespace landfall::app
