#include "app/commands/stats.h"

#include <cstdio>
#include <map>
#include <memory>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "app/output/quality_text.h"
#include "app/output/standard_output.h"
#include "model/result.h"
#include "storage/database.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall stats quality [options]",
      "How good what each carrier sends is: messages, travellers, findings and quarantine by code, birth dates, and a score\n"
      "from 1000 (nothing to mend) to 0. --letter prints what to send to a carrier; it holds no personal data.",
      "landfall stats quality --data /tmp/store",
      {kDataOption, kFormatOption, {"--letter", "CARRIER", "the letter to this carrier: what to mend, and how"}}};
  return spec;
}

struct StatsCommand {
  std::string data_directory;
  std::string format;
  std::string letter;
};

absl::StatusOr<StatsCommand> CommandFrom(const ParsedOptions& parsed) {
  if (parsed.positional.size() != 1 || parsed.positional[0] != "quality") {
    return absl::InvalidArgumentError("use: landfall stats quality (see --help)");
  }
  StatsCommand command{parsed.Get("--data", "landfall-data"), "", parsed.Get("--letter")};
  if (parsed.Has("--letter") && command.letter.empty()) return absl::InvalidArgumentError("--letter needs a carrier");
  ASSIGN_OR_RETURN(command.format, FormatOption(parsed));
  return command;
}

std::string Lines(const std::map<std::string, CarrierQuality>& by_carrier, const std::string& format) {
  std::string text;
  for (const auto& [carrier, quality] : by_carrier) {
    if (!text.empty()) text += format == "json" ? ",\n" : "\n";
    AppendQualityJson(carrier, quality, text);
  }
  if (format == "json") return "[" + text + "]\n";
  return text.empty() ? text : text + "\n";
}

absl::StatusOr<std::string> Quality(const StatsCommand& command) {
  DatabaseOptions options;
  options.directory = command.data_directory;
  options.create_if_missing = false;
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, Database::Open(options));
  ASSIGN_OR_RETURN(const auto by_carrier, QualityByCarrier(*database));
  if (!command.letter.empty()) {
    const auto found = by_carrier.find(command.letter);
    if (found != by_carrier.end()) return QualityLetter(found->first, found->second);
    return absl::NotFoundError(absl::StrFormat(
        "nothing of carrier '%s' is in this store; `landfall stats quality` shows those there are", command.letter));
  }
  if (command.format == "table") return QualityTable(by_carrier);
  return command.format == "csv" ? QualityCsv(by_carrier) : Lines(by_carrier, command.format);
}

int Explain(const absl::Status& status) {
  std::fprintf(stderr, "landfall stats: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

int RunStats(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<StatsCommand> command = CommandFrom(*parsed.options);
  if (!command.ok()) return Explain(command.status());
  const absl::StatusOr<std::string> text = Quality(*command);
  if (!text.ok()) return Explain(text.status());
  const absl::Status written = WriteOut(*text);
  return written.ok() ? kDone : Explain(written);
}

}  // namespace landfall::app
