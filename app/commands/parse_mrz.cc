#include "app/commands/parse_mrz.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "app/input_file.h"
#include "app/output/standard_output.h"
#include "model/result.h"
#include "pipeline/parse/mrz/mrz.h"
#include "pipeline/parse/parse.h"

namespace landfall::app {
namespace {

struct Totals {
  std::uint64_t zones = 0, quarantined = 0, wrong_digits = 0;
};

absl::Status Print(const MrzZone& zone, Totals& totals) {
  std::string line;
  AppendJson(zone, line);
  line += '\n';
  ++totals.zones;
  totals.wrong_digits += static_cast<std::uint64_t>(std::ranges::count(zone.checks, false, &MrzCheck::ok));
  return WriteOut(line);
}

// Prints the blocks, and empties the list.
absl::Status PrintBlocks(const std::string& name, std::vector<MrzBlock>& blocks, Totals& totals) {
  for (const MrzBlock& block : blocks) {
    const absl::StatusOr<MrzZone> zone = ParseMrz(block);
    if (zone.ok()) {
      RETURN_IF_ERROR(Print(*zone, totals));
      continue;
    }
    std::string line;
    AppendJson(QuarantinedZone(name, block, zone.status()), line);
    std::fprintf(stderr, "%s\n", line.c_str());
    ++totals.quarantined;
  }
  blocks.clear();
  return absl::OkStatus();
}

// Zero bytes at the end.
absl::StatusOr<std::size_t> ReadSome(const std::string& name, int descriptor, char* to, std::size_t most) {
  while (true) {
    const ssize_t got = ::read(descriptor, to, most);
    if (got >= 0) return static_cast<std::size_t>(got);
    if (errno != EINTR) return absl::UnavailableError(absl::StrFormat("reading %s failed: %s", name, std::strerror(errno)));
  }
}

absl::Status ParseFile(const std::string& name, Totals& totals) {
  ASSIGN_OR_RETURN(const InputFile input, InputFile::Open(name));
  std::vector<char> buffer(1u << 16);
  MrzBlocks cutter;
  std::vector<MrzBlock> blocks;
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t got, ReadSome(name, input.descriptor(), buffer.data(), buffer.size()));
    if (got == 0) break;
    cutter.Add({buffer.data(), got}, blocks);
    RETURN_IF_ERROR(PrintBlocks(name, blocks, totals));
  }
  cutter.End(blocks);
  return PrintBlocks(name, blocks, totals);
}

}  // namespace

absl::StatusOr<int> ParseZones(const ParsedOptions& options) {
  if (options.Has("--one")) return absl::InvalidArgumentError("--one and --mrz do not go together: choose one");
  ASSIGN_OR_RETURN(const FailOn fail_on, FailOn::From(options));
  Totals totals;
  if (options.positional.empty()) RETURN_IF_ERROR(ParseFile("-", totals));
  for (const std::string& name : options.positional) RETURN_IF_ERROR(ParseFile(name, totals));
  std::fprintf(stderr, "zones       %s\n", absl::StrFormat("%d printed, %d quarantined; %d wrong check digits", totals.zones,
                                                           totals.quarantined, totals.wrong_digits).c_str());
  if (fail_on.IsMet({{"quarantined", totals.quarantined}, {"findings", totals.wrong_digits}})) return kCheckFailed;
  return totals.quarantined > 0 ? kQuarantined : kDone;
}

}  // namespace landfall::app
