#include "app/commands/parse.h"

#include <cstdint>
#include <cstdio>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/commands/parse_mrz.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/options.h"
#include "app/output/standard_output.h"
#include "model/result.h"
#include "pipeline/parse/byte_source.h"
#include "pipeline/parse/parse.h"

namespace landfall::app {
namespace {


const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall parse [options] FILE...",
      "Decodes messages of any supported format (NDJSON, PAXLST, PNRGOV; sniffed; - is standard input; gzip and zstd are\n"
      "expanded) and prints one NDJSON message each. What is quarantined goes to standard error with file, offset, line, code\n"
      "and reason. Touches no store.",
      "landfall parse samples/hand/lone_child.edi",
      {{"--one", "", "the whole file is one JSON record, whatever line ends it holds"},
       {"--mrz", "", "machine-readable zones (TD1, TD2, TD3, MRV-A, MRV-B), parted by blank lines; FILE may be left out"},
       kConfigOption,
       kFailOnOption}};
  return spec;
}

struct Totals {
  std::uint64_t messages = 0, travellers = 0, messages_quarantined = 0, travellers_quarantined = 0, findings = 0;

  std::uint64_t quarantined() const { return messages_quarantined + travellers_quarantined; }
};

// Prints what one raw message held, and counts it.
absl::Status Print(const ParsedInput& parsed, Totals& totals) {
  std::string lines;
  for (const Message& message : parsed.messages) {
    AppendJson(message, lines);
    lines += '\n';
    ++totals.messages;
    totals.travellers += message.travellers.size();
    totals.findings += message.findings.size();
  }
  RETURN_IF_ERROR(WriteOut(lines));
  for (const QuarantinedRecord& record : parsed.quarantined) {
    std::string line;
    AppendJson(record, line);
    std::fprintf(stderr, "%s\n", line.c_str());
    totals.messages_quarantined += IsAboutTraveller(record.code) ? 0 : 1;
    totals.travellers_quarantined += record.travellers;
  }
  return absl::OkStatus();
}

absl::Status ParseFile(const std::string& name, const Configuration& configuration, MessageParser& parser, Totals& totals) {
  ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
  MessageReader reader(name, input.descriptor(), configuration.limits);
  InputChunk chunk;
  ParsedInput parsed;
  while (true) {
    ASSIGN_OR_RETURN(const bool more, reader.Next(chunk));
    if (!more) return absl::OkStatus();
    for (const RawMessage& raw : chunk.messages) {
      parsed.Clear();
      parser.Parse(name, raw, parsed);
      RETURN_IF_ERROR(Print(parsed, totals));
    }
  }
}

// A record beyond the limit is refused by its first bytes: more need not be read.
absl::StatusOr<std::string> ReadRecord(const std::string& name, const InputLimits& limits) {
  ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
  ByteSource source(name, input.descriptor(), limits);
  return source.ReadAll(limits.line_bytes);
}

absl::Status ParseOne(const std::string& name, const Configuration& configuration, MessageParser& parser, Totals& totals) {
  ASSIGN_OR_RETURN(std::string text, ReadRecord(name, configuration.limits));
  const std::size_t size = text.size();
  text.resize(size + kMessagePadding);
  RawMessage raw;
  raw.too_long = size > configuration.limits.line_bytes;
  raw.bytes = std::string_view(text).substr(0, size);
  ParsedInput parsed;
  parser.Parse(name, raw, parsed);
  return Print(parsed, totals);
}

absl::StatusOr<int> Parse(const ParsedOptions& options) {
  if (options.Has("--mrz")) return ParseZones(options);
  if (options.positional.empty()) return absl::InvalidArgumentError("name at least one FILE (- is standard input; see --help)");
  ASSIGN_OR_RETURN(const FailOn fail_on, FailOn::From(options));
  ASSIGN_OR_RETURN(const Configuration configuration, ConfigurationFor(options.Get("--config"), ""));
  MessageParser parser(configuration);
  Totals totals;
  for (const std::string& name : options.positional) {
    RETURN_IF_ERROR(options.Has("--one") ? ParseOne(name, configuration, parser, totals)
                                         : ParseFile(name, configuration, parser, totals));
  }
  std::fprintf(stderr, "messages    %s", absl::StrFormat("%d printed, %d quarantined\n", totals.messages,
                                                         totals.messages_quarantined).c_str());
  std::fprintf(stderr, "travellers  %s", absl::StrFormat("%d printed, %d quarantined; %d findings\n", totals.travellers,
                                                         totals.travellers_quarantined, totals.findings).c_str());
  if (fail_on.IsMet({{"quarantined", totals.quarantined()}, {"findings", totals.findings}})) return kCheckFailed;
  return totals.messages_quarantined + totals.travellers_quarantined > 0 ? kQuarantined : kDone;
}

}  // namespace

int RunParse(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<int> exit_code = Parse(*parsed.options);
  if (exit_code.ok()) return *exit_code;
  std::fprintf(stderr, "landfall parse: %s\n", std::string(exit_code.status().message()).c_str());
  return ExitCodeOf(exit_code.status());
}

}  // namespace landfall::app
