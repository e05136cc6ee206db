#pragma once

// The options of a command: declared once, parsed, and printed by --help.

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace landfall::app {

struct OptionSpec {
  std::string_view name;   // "--data"
  std::string_view value;  // What its value is called in --help: "DIR"; empty for a flag without value.
  std::string_view help;
  bool repeatable = false;
};

struct CommandSpec {
  std::string_view usage;    // "landfall screen [options] FILE..."
  std::string_view summary;  // What it does, in a sentence or two.
  std::string_view example;  // One that works.
  std::vector<OptionSpec> options;
};

// What a command was called with.
struct ParsedOptions {
  std::map<std::string, std::vector<std::string>, std::less<>> values;
  std::vector<std::string> positional;  // `-` and what follows `--` included.
  bool help = false;

  bool Has(std::string_view name) const { return values.contains(name); }
  // The last value given; `otherwise` without one.
  std::string Get(std::string_view name, std::string_view otherwise = "") const;
  std::vector<std::string> All(std::string_view name) const;
};

// InvalidArgument names what is wrong and suggests --help. `--name=value` and `--name value` both work.
absl::StatusOr<ParsedOptions> ParseOptions(const CommandSpec& command, std::span<const std::string> arguments);
std::string HelpText(const CommandSpec& command);

// Parses; prints help (returns 0) or what is wrong (returns 2) and then has no options to run with.
struct OptionsOrExit {
  std::optional<ParsedOptions> options;
  int exit_code = 0;
};
OptionsOrExit ParseOrExplain(const CommandSpec& command, std::span<const std::string> arguments);

inline constexpr std::string_view kAllFormats[] = {"table", "json", "ndjson", "csv"};
inline constexpr std::string_view kFormatsButCsv[] = {"table", "json", "ndjson"};

// A whole number within limits; InvalidArgument names the option.
absl::StatusOr<std::int64_t> IntegerOption(const ParsedOptions& options, std::string_view name, std::int64_t otherwise,
                                           std::int64_t least, std::int64_t most);

// The value of --format, one of these; table without one.
absl::StatusOr<std::string> FormatOption(const ParsedOptions& options,
                                         std::span<const std::string_view> formats = kAllFormats);
// The value of --threads: from 1 to 256, and without one as many as there are cores.
absl::StatusOr<int> ThreadsOption(const ParsedOptions& options);

// Options that several commands take.
inline constexpr OptionSpec kDataOption{"--data", "DIR", "the store (default ./landfall-data)"};
inline constexpr OptionSpec kConfigOption{"--config", "FILE", "configuration (default landfall.toml in the store)"};
inline constexpr OptionSpec kThreadsOption{"--threads", "N", "threads to use (default: all cores)"};
inline constexpr OptionSpec kFormatOption{"--format", "FORMAT", "table, json, ndjson or csv"};
inline constexpr OptionSpec kFailOnOption{"--fail-on", "WHAT[=N]",
                                          "exit 1 if there were more than N (default 0) of: quarantined, findings, "
                                          "flagged, undecided, warnings",
                                          true};

// What --fail-on asked for, and whether it came true.
class FailOn {
 public:
  static absl::StatusOr<FailOn> From(const ParsedOptions& options);
  // True if more than the allowed number of any named thing was counted.
  bool IsMet(const std::map<std::string, std::uint64_t, std::less<>>& counted) const;

 private:
  std::map<std::string, std::uint64_t, std::less<>> allowed_;
};

}  // namespace landfall::app
