#include "app/commands/synth.h"

#include <chrono>
#include <cstdio>

#include "absl/strings/str_format.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "app/synth/world_writer.h"
#include "model/result.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall synth --out DIR [options]",
      "Writes a synthetic world: messages of invented carriers, reference records, and truth.ndjson, which says which\n"
      "parties were planted and which rules must fire for them. The same seed gives the same bytes.",
      "landfall synth --seed 2026 --days 1 --flights 72 --out /tmp/world",
      {{"--out", "DIR", "the folder to write to; files in it are replaced"},
       {"--seed", "N", "which world (default 1)"},
       {"--days", "D", "days of traffic, from 2026-11-22 (default 1)"},
       {"--flights", "F", "flights a day (default 72); with fewer than 24 nothing is planted"},
       {"--travellers-per-flight", "N", "about so many (default 125, at most 400)"}}};
  return spec;
}

absl::StatusOr<WorldOptions> OptionsFrom(const ParsedOptions& parsed) {
  if (!parsed.positional.empty()) {
    return absl::InvalidArgumentError(absl::StrFormat("synth takes no '%s' (see --help)", parsed.positional[0]));
  }
  if (parsed.Get("--out").empty()) return absl::InvalidArgumentError("say where to write to: --out DIR");
  WorldOptions options;
  ASSIGN_OR_RETURN(const std::int64_t seed, IntegerOption(parsed, "--seed", 1, 0, INT64_MAX));
  ASSIGN_OR_RETURN(const std::int64_t days, IntegerOption(parsed, "--days", options.days, 1, kMostDays));
  ASSIGN_OR_RETURN(const std::int64_t flights, IntegerOption(parsed, "--flights", options.flights, 1, kMostFlights));
  ASSIGN_OR_RETURN(const std::int64_t travellers,
                   IntegerOption(parsed, "--travellers-per-flight", options.travellers_per_flight, 1,
                                 kMostTravellersPerFlight));
  options.seed = static_cast<std::uint64_t>(seed);
  options.days = static_cast<int>(days);
  options.flights = static_cast<int>(flights);
  options.travellers_per_flight = static_cast<int>(travellers);
  return options;
}

int Fail(const absl::Status& status) {
  std::fprintf(stderr, "landfall synth: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

int RunSynth(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const auto options = OptionsFrom(*parsed.options);
  if (!options.ok()) return Fail(options.status());
  const auto start = std::chrono::steady_clock::now();
  const auto written = WriteWorld(World(*options), parsed.options->Get("--out"));
  if (!written.ok()) return Fail(written.status());
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  std::fputs(absl::StrFormat("%d flights, %d messages, %d travellers, %.1f MB in %.1f s (%.0f travellers/s)\n",
                             written->flights, written->messages, written->travellers,
                             static_cast<double>(written->bytes) / 1e6, seconds,
                             static_cast<double>(written->travellers) / seconds)
                 .c_str(),
             stderr);
  return kDone;
}

}  // namespace landfall::app
