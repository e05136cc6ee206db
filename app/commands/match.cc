#include "app/commands/match.h"

#include <chrono>
#include <cstdio>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/match/watch_index.h"
#include "pipeline/parse/parse.h"
#include "pipeline/reference/match_file.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall match [options] --list FILE --queries FILE",
      "Compares people with a watch list and prints every candidate with its score in decibans, best first. The list is\n"
      "NDJSON or CSV; a query is {\"id\",\"surname\",\"given_names\",\"date_of_birth\",\"sex\",\"nationality\",\"documents\"} or\n"
      "{\"id\",\"name\"}. A person who may be under 18 is compared with children at risk only. Touches no store.",
      "landfall match --list samples/day/watchlist.ndjson --queries people.ndjson --explain",
      {{"--list", "FILE", "the watch list"},
       {"--queries", "FILE", "the people asked about, one JSON object a line"},
       {"--review", "N", "decibans from which a match is for review (default 20)"},
       {"--strong", "N", "decibans from which it is strong (default 40)"},
       {"--explain", "", "print the terms of each score"},
       {"--on", "DATE", "the day on which ages count (default today)"},
       {"--oracle", "", "compare with the slow matcher (not available yet)"},
       {"--pairs", "FILE", "score pairs of names (not available yet)"}}};
  return spec;
}

struct MatchCommand {
  std::string list, queries;
  std::int64_t review = 20, strong = 40;
  bool explain = false;
  Date on;
};

Date Today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Date{static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::hours>(now).count() / 24)};
}

absl::StatusOr<MatchCommand> CommandFrom(const ParsedOptions& parsed) {
  constexpr std::int64_t kMostDecibans = 1'000;
  for (const std::string_view later : {"--oracle", "--pairs"}) {
    if (parsed.Has(later)) {
      return absl::InvalidArgumentError(absl::StrFormat("%s is not available yet in this version", std::string(later)));
    }
  }
  if (!parsed.Has("--list") || !parsed.Has("--queries") || !parsed.positional.empty()) {
    return absl::InvalidArgumentError("match needs --list FILE and --queries FILE, and nothing else (see --help)");
  }
  MatchCommand command;
  command.list = parsed.Get("--list");
  command.queries = parsed.Get("--queries");
  ASSIGN_OR_RETURN(command.review, IntegerOption(parsed, "--review", command.review, -kMostDecibans, kMostDecibans));
  ASSIGN_OR_RETURN(command.strong, IntegerOption(parsed, "--strong", command.strong, -kMostDecibans, kMostDecibans));
  if (command.strong < command.review) return absl::InvalidArgumentError("--strong is below --review");
  command.explain = parsed.Has("--explain");
  const std::optional<Date> on = parsed.Has("--on") ? ParseDate(parsed.Get("--on")) : Today();
  if (!on) return absl::InvalidArgumentError("--on is a date such as 2026-11-22");
  command.on = *on;
  return command;
}

void PrintQuarantined(const QuarantinedRecord& record) {
  std::string line;
  AppendJson(record, line);
  std::fprintf(stderr, "%s\n", line.c_str());
}

void AppendTerms(const std::vector<MatchTerm>& terms, std::string& out) {
  out += '[';
  for (const MatchTerm& term : terms) {
    if (&term != &terms.front()) out += ',';
    JsonObject object(out);
    object.Field("term", term.term);
    object.Field("query", term.query);
    object.Field("entry", term.entry);
    object.Field("points", term.points);
  }
  out += ']';
}

std::string_view Word(std::int32_t score, const MatchCommand& command) {
  if (score >= command.strong) return "strong";
  return score >= command.review ? "review" : "none";
}

void PrintMatch(const std::string& query, const WatchMatch& match, const MatchCommand& command) {
  std::string line;
  {
    JsonObject object(line);
    object.Field("query", query);
    object.Field("entry", match.entry->entry);
    object.Field("score", match.score);
    object.Field("match", Word(match.score, command));
    if (command.explain) AppendTerms(match.terms, object.Begin("terms"));
  }
  std::printf("%s\n", line.c_str());
}

// Returns how many lines were no use.
absl::StatusOr<std::uint64_t> Match(const MatchCommand& command) {
  ASSIGN_OR_RETURN(const std::string list, ReadWholeFile(command.list, kMostListBytes));
  ASSIGN_OR_RETURN(const std::string queries, ReadWholeFile(command.queries, kMostListBytes));
  std::uint64_t refused = 0;
  const auto on_refused = [&](const QuarantinedRecord& record) {
    ++refused;
    PrintQuarantined(record);
  };
  const WatchIndex index(ReadWatchList(command.list, list, command.on, on_refused), command.on);
  ForEachMatchQuery(command.queries, queries, on_refused, [&](const MatchQuery& query) {
    for (const WatchMatch& match : index.Find(query.AsWatchQuery(command.on))) PrintMatch(query.id, match, command);
  });
  return refused;
}

int Explain(const absl::Status& status) {
  std::fprintf(stderr, "landfall: %s\n", std::string(status.message()).c_str());
  return ExitCodeOf(status);
}

}  // namespace

int RunMatch(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<MatchCommand> command = CommandFrom(*parsed.options);
  if (!command.ok()) return Explain(command.status());
  const absl::StatusOr<std::uint64_t> refused = Match(*command);
  if (!refused.ok()) return Explain(refused.status());
  return *refused > 0 ? kQuarantined : kDone;
}

}  // namespace landfall::app
