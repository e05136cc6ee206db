#include "app/commands/quarantine.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/options.h"
#include "app/output/marked_bytes.h"
#include "app/output/quarantine_text.h"
#include "app/output/standard_output.h"
#include "app/session.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/parse/byte_source.h"
#include "pipeline/quarantine/look.h"
#include "pipeline/quarantine/resubmit.h"

namespace landfall::app {
namespace {

// Beyond this a correction is no correction: it goes the way of all files.
constexpr std::size_t kCorrectionBytes = 64u << 20;

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall quarantine list|show ID|resubmit ID [FILE]|release ID [options]",
      "What was kept aside. list: all entries and how many each carrier has; show: one, with the bytes as they were sent and\n"
      "the place marked; resubmit: sends those bytes, or a mended FILE (- is standard input), through the whole pipeline and\n"
      "closes the entry if all of it is accepted; release: closes it with a reason. Shows personal data.",
      "landfall quarantine list --open --data /tmp/store",
      {kDataOption,
       kConfigOption,
       {"--profile", "FILE", "resubmit: rule profile (default: the built-in one)", true},
       {"--format", "FORMAT", "list: table, json, ndjson or csv; resubmit: table or ndjson"},
       {"--open", "", "list: only the open entries"},
       {"--carrier", "CARRIER", "list: only those of this carrier"},
       {"--code", "CODE", "list: only those of this code"},
       {"--counts", "", "list: only how many, by carrier and code"},
       {"--raw", "", "show: only the bytes, unchanged, to be mended in a file"},
       {"--reason", "TEXT", "release: why, in a person's words"},
       kThreadsOption}};
  return spec;
}

struct QuarantineCommand {
  std::string action, id, file;
  std::string format;
  std::string carrier, reason;
  std::optional<QuarantineCode> code;
  bool open_only = false, counts_only = false, raw = false;
  SessionOptions session;
};

absl::Status CheckShape(const ParsedOptions& parsed, const QuarantineCommand& command) {
  const std::size_t words = parsed.positional.size();
  const bool is_right = command.action == "list" ? words == 1
                        : command.action == "resubmit"
                            ? words == 2 || words == 3
                            : (command.action == "show" || command.action == "release") && words == 2;
  if (!is_right) {
    return absl::InvalidArgumentError(
        "use: landfall quarantine list, show ID, resubmit ID [FILE] or release ID (see --help)");
  }
  if (command.action == "release" && command.reason.empty()) {
    return absl::InvalidArgumentError("say why it is released: --reason TEXT");
  }
  return absl::OkStatus();
}

absl::StatusOr<QuarantineCommand> CommandFrom(const ParsedOptions& parsed) {
  QuarantineCommand command;
  const auto word = [&](std::size_t i) { return i < parsed.positional.size() ? parsed.positional[i] : std::string(); };
  command.action = word(0);
  command.id = word(1);
  command.file = word(2);
  ASSIGN_OR_RETURN(command.format, FormatOption(parsed));
  command.carrier = parsed.Get("--carrier");
  command.reason = std::string(absl::StripAsciiWhitespace(parsed.Get("--reason")));
  command.open_only = parsed.Has("--open");
  command.counts_only = parsed.Has("--counts");
  command.raw = parsed.Has("--raw");
  if (parsed.Has("--code")) {
    command.code = FromText<QuarantineCode>(parsed.Get("--code"));
    if (!command.code) return absl::InvalidArgumentError(absl::StrFormat("there is no code '%s'", parsed.Get("--code")));
  }
  RETURN_IF_ERROR(CheckShape(parsed, command));
  command.session = SessionOptionsFrom(parsed);
  command.session.create_store = false;
  ASSIGN_OR_RETURN(command.session.threads, ThreadsOption(parsed));
  return command;
}

absl::StatusOr<std::unique_ptr<Database>> OpenStore(const QuarantineCommand& command) {
  DatabaseOptions options;
  options.directory = command.session.data_directory;
  options.create_if_missing = false;
  return Database::Open(options);
}

bool IsWanted(const QuarantineCommand& command, const QuarantineEntry& entry, std::string_view carrier) {
  return !(command.open_only && entry.closing) && (!command.code || *command.code == entry.record.code) &&
         (command.carrier.empty() || command.carrier == carrier);
}

std::string ListBegin(const std::string& format) {
  return format == "table"  ? QuarantineTableHeader()
         : format == "csv"  ? QuarantineCsvHeader()
         : format == "json" ? "{\"entries\":[\n"
                            : "";
}

std::string ListEnd(const std::string& format, const QuarantineCounts& counts) {
  return format == "table" ? "\n" + counts.Table() : format == "json" ? "\n],\"counts\":" + counts.Json() + "}\n" : "";
}

std::string OnlyCounts(const std::string& format, const QuarantineCounts& counts) {
  return format == "table"  ? counts.Table()
         : format == "csv"  ? counts.Csv()
         : format == "json" ? counts.Json() + "\n"
                            : counts.Ndjson();
}

// One entry after the other, as the store gives them: however many there are, they are never all in memory.
absl::StatusOr<int> List(const QuarantineCommand& command) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, OpenStore(command));
  QuarantineCounts counts;
  if (!command.counts_only) RETURN_IF_ERROR(WriteOut(ListBegin(command.format)));
  std::size_t shown = 0;
  RETURN_IF_ERROR(
      database->ForEachQuarantineEntry([&](const QuarantineEntry& entry, std::string_view raw) -> absl::Status {
        const std::string carrier = GuessCarrier(raw);
        if (!IsWanted(command, entry, carrier)) return absl::OkStatus();
        counts.Add(carrier, entry);
        if (command.counts_only) return absl::OkStatus();
        std::string text;
        if (command.format == "json" && shown > 0) text += ",\n";
        ++shown;
        if (command.format == "table") AppendQuarantineRow(carrier, entry, text);
        else if (command.format == "csv") AppendQuarantineCsv(carrier, entry, raw, text);
        else AppendQuarantineJson(carrier, entry, raw, text);
        if (command.format == "ndjson") text += '\n';
        return WriteOut(text);
      }));
  RETURN_IF_ERROR(WriteOut(command.counts_only ? OnlyCounts(command.format, counts) : ListEnd(command.format, counts)));
  return kDone;
}

absl::StatusOr<Database::FoundQuarantined> Find(const Database& database, const std::string& id) {
  const std::optional<std::string> key = ParseQuarantineId(id);
  if (!key) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "'%s' is no id of an entry: they look like Q-0123456789abcdef; `landfall quarantine list` shows them", id));
  }
  ASSIGN_OR_RETURN(std::optional<Database::FoundQuarantined> found, database.FindQuarantined(*key));
  if (found) return *std::move(found);
  return absl::NotFoundError(
      absl::StrFormat("there is no entry %s in this store; `landfall quarantine list` shows those there are", id));
}

absl::Status MustBeOpen(const QuarantineEntry& entry) {
  if (!entry.closing) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrFormat("%s is closed already: %s %s, %s", QuarantineId(entry),
                                                    std::string(ToText(entry.state())), ToString(entry.closing->at),
                                                    Escaped(entry.closing->reason)));
}

absl::StatusOr<int> Show(const QuarantineCommand& command) {
  ASSIGN_OR_RETURN(const Configuration configuration,
                   ConfigurationFor(command.session.configuration_file, command.session.data_directory));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, OpenStore(command));
  ASSIGN_OR_RETURN(const Database::FoundQuarantined found, Find(*database, command.id));
  if (command.raw) {
    RETURN_IF_ERROR(WriteOut(found.raw));
    return kDone;
  }
  const std::string carrier = GuessCarrier(found.raw);
  if (command.format != "table") {
    std::string json;
    AppendQuarantineJson(carrier, found.entry, found.raw, json);
    RETURN_IF_ERROR(WriteOut(json + "\n"));
    return kDone;
  }
  const std::optional<std::size_t> place = FindOffendingPlace(found.entry.record, found.raw, configuration);
  std::string text = QuarantineDetails(carrier, found.entry, found.raw) + "\n";
  if (found.raw.empty()) text += "The bytes were not kept: nothing to show.\n";
  else if (!place) text += "No one place is at fault: it is about all of this.\n";
  RETURN_IF_ERROR(WriteOut(text + MarkedBytes(found.raw, place)));
  return kDone;
}

absl::StatusOr<int> Release(const QuarantineCommand& command) {
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, OpenStore(command));
  ASSIGN_OR_RETURN(const Database::FoundQuarantined found, Find(*database, command.id));
  RETURN_IF_ERROR(MustBeOpen(found.entry));
  StoreBatch batch;
  batch.PutQuarantineClosing(found.entry, {QuarantineState::kReleased, command.reason, Now()});
  RETURN_IF_ERROR(database->Commit(batch));
  RETURN_IF_ERROR(WriteOut(QuarantineId(found.entry) + " released\n"));
  return kDone;
}

absl::StatusOr<std::string> ReadCorrection(const std::string& name, const InputLimits& limits) {
  ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
  ByteSource source(name, input.descriptor(), limits);
  ASSIGN_OR_RETURN(std::string text, source.ReadAll(kCorrectionBytes));
  if (text.size() <= kCorrectionBytes) return text;
  return absl::InvalidArgumentError(absl::StrFormat(
      "%s is larger than %d bytes: take it in with `landfall screen`, then release the entry", name, kCorrectionBytes));
}

// What of the stored bytes cannot be sent again, whatever happened since.
absl::Status CanBeSentAsItIs(const Database::FoundQuarantined& found) {
  const QuarantineCode code = found.entry.record.code;
  const std::string id = QuarantineId(found.entry);
  if (IsAboutReferenceRecord(code)) {
    return absl::InvalidArgumentError(absl::StrFormat(
        "%s is a reference record, not a message: mend it, load it with `landfall import`, then release the entry",
        id));
  }
  if (found.raw.empty() || code == QuarantineCode::kLineTooLong || code == QuarantineCode::kTooLarge) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s cannot be sent as it is, since not all of its bytes were kept: name a mended FILE", id));
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> FlightsText(const Resubmission& result, const std::string& format,
                                        const Database& database) {
  std::string text;
  for (const FlightKey& key : result.flights) {
    ASSIGN_OR_RETURN(const std::optional<FlightFlag> flag, database.FindFlag(key));
    if (!flag) return absl::DataLossError(absl::StrFormat("flight %s has no flag in the store", ToString(key)));
    if (format == "table") {
      absl::StrAppendFormat(&text, "flight %s: %s\n", ToString(key), std::string(ToText(flag->suggested)));
    } else {
      {
        JsonObject object(text);
        object.Field("flight", key);
        object.Field("suggested", flag->suggested);
      }
      text += '\n';
    }
  }
  return text;
}

absl::StatusOr<int> ReportRefusal(const std::string& id, const Resubmission& result) {
  for (const QuarantinedRecord& record : result.refused) {
    std::string line;
    AppendJson(record, line);
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fprintf(stderr, "%s stays open: %s; nothing was stored\n", id.c_str(),
               result.refused.empty() ? "what was sent holds no message" : "not all of it could be accepted");
  return kQuarantined;
}

absl::StatusOr<int> SendAgain(const QuarantineCommand& command) {
  ASSIGN_OR_RETURN(const Session session, OpenSession(command.session));
  ASSIGN_OR_RETURN(Database::FoundQuarantined found, Find(*session.database, command.id));
  RETURN_IF_ERROR(MustBeOpen(found.entry));
  const std::string id = QuarantineId(found.entry);
  ResubmitOptions options{"quarantine " + id, Now(), command.session.threads};
  if (command.file.empty()) {
    RETURN_IF_ERROR(CanBeSentAsItIs(found));
  } else {
    options.name = command.file;
    ASSIGN_OR_RETURN(found.raw, ReadCorrection(command.file, session.configuration.limits));
  }
  ASSIGN_OR_RETURN(const Resubmission result, Resubmit(found.entry, found.raw, options, *session.database,
                                                       session.configuration, session.reference, session.rule_sets));
  if (!result.accepted) return ReportRefusal(id, result);
  ASSIGN_OR_RETURN(const std::string flights, FlightsText(result, command.format, *session.database));
  RETURN_IF_ERROR(WriteOut(flights));
  std::fprintf(
      stderr, "%s\n",
      absl::StrFormat("%s accepted and closed: %d messages stored, %d duplicates; %d travellers", id,
                      result.counts.messages.stored, result.counts.messages.duplicates, result.counts.travellers.read)
          .c_str());
  return kDone;
}

absl::StatusOr<int> Run(const QuarantineCommand& command) {
  if (command.action == "list") return List(command);
  if (command.action == "show") return Show(command);
  return command.action == "release" ? Release(command) : SendAgain(command);
}

int Explain(const absl::Status& status) {
  std::fprintf(stderr, "landfall quarantine: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

int RunQuarantine(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<QuarantineCommand> command = CommandFrom(*parsed.options);
  if (!command.ok()) return Explain(command.status());
  const absl::StatusOr<int> exit_code = Run(*command);
  return exit_code.ok() ? *exit_code : Explain(exit_code.status());
}

}  // namespace landfall::app
