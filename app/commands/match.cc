#include "app/commands/match.h"

#include <algorithm>
#include <cstdio>
#include <iterator>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "app/output/csv.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "pipeline/match/name_score.h"
#include "pipeline/match/oracle.h"
#include "pipeline/match/watch_index.h"
#include "pipeline/parse/parse.h"
#include "pipeline/reference/match_file.h"
#include "pipeline/reference/watch_csv.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall match [options] --list FILE --queries FILE\n  landfall match --pairs FILE.csv",
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
       {"--oracle", "", "also search the whole list by the slow matcher, and print every difference"},
       {"--pairs", "FILE", "score pairs of names: CSV with the columns name1 and name2"}}};
  return spec;
}

struct MatchCommand {
  std::string list, queries;
  std::int64_t review = 20, strong = 40;
  bool explain = false, oracle = false;
  std::string pairs;
  Date on;
};

absl::StatusOr<MatchCommand> CommandFrom(const ParsedOptions& parsed) {
  constexpr std::int64_t kMostDecibans = 1'000;
  MatchCommand command;
  ASSIGN_OR_RETURN(command.review, IntegerOption(parsed, "--review", command.review, -kMostDecibans, kMostDecibans));
  ASSIGN_OR_RETURN(command.strong, IntegerOption(parsed, "--strong", command.strong, -kMostDecibans, kMostDecibans));
  if (command.strong < command.review) return absl::InvalidArgumentError("--strong is below --review");
  if (parsed.Has("--pairs")) {
    if (parsed.Has("--list") || parsed.Has("--queries") || parsed.Has("--oracle") || !parsed.positional.empty()) {
      return absl::InvalidArgumentError("match --pairs FILE goes without --list, --queries and --oracle");
    }
    command.pairs = parsed.Get("--pairs");
    return command;
  }
  if (!parsed.Has("--list") || !parsed.Has("--queries") || !parsed.positional.empty()) {
    return absl::InvalidArgumentError("match needs --list FILE and --queries FILE, and nothing else (see --help)");
  }
  command.list = parsed.Get("--list");
  command.queries = parsed.Get("--queries");
  command.explain = parsed.Has("--explain");
  command.oracle = parsed.Has("--oracle");
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

struct Outcome {
  std::uint64_t refused = 0;    // Lines that were no use.
  std::uint64_t different = 0;  // Candidates that the oracle alone, or alone the index, has found.
};

// What the index and the oracle differ in.
struct Differences {
  std::uint64_t queries = 0, missed = 0, extra = 0;

  void Compare(const std::string& query, const std::vector<WatchMatch>& matches, const std::vector<std::string>& expected) {
    ++queries;
    std::vector<std::string> found;
    for (const WatchMatch& match : matches) found.push_back(match.entry->entry);
    std::ranges::sort(found);
    missed += Print(query, "missed", expected, found);
    extra += Print(query, "extra", found, expected);
  }

 private:
  // Prints what `a` has and `b` has not; returns how many.
  static std::uint64_t Print(const std::string& query, std::string_view what, const std::vector<std::string>& a,
                             const std::vector<std::string>& b) {
    std::vector<std::string> only;
    std::ranges::set_difference(a, b, std::back_inserter(only));
    for (const std::string& entry : only) {
      std::string line;
      {
        JsonObject object(line);
        object.Field("query", query);
        object.Field("entry", entry);
        object.Field("difference", what);
      }
      std::printf("%s\n", line.c_str());
    }
    return only.size();
  }
};

void PrintSummary(const Differences& differences) {
  std::string line;
  {
    JsonObject object(line);
    object.Field("queries", differences.queries);
    object.Field("missed", differences.missed);
    object.Field("extra", differences.extra);
  }
  std::printf("%s\n", line.c_str());
}

absl::StatusOr<Outcome> Match(const MatchCommand& command) {
  ASSIGN_OR_RETURN(const std::string list, ReadWholeFile(command.list, kMostListBytes));
  ASSIGN_OR_RETURN(const std::string queries, ReadWholeFile(command.queries, kMostListBytes));
  Outcome outcome;
  const auto on_refused = [&](const QuarantinedRecord& record) {
    ++outcome.refused;
    PrintQuarantined(record);
  };
  std::vector<WatchEntry> entries = ReadWatchList(command.list, list, command.on, on_refused);
  std::optional<MatchOracle> oracle;
  if (command.oracle) oracle.emplace(entries, command.on);
  const WatchIndex index(std::move(entries), command.on);
  Differences differences;
  ForEachMatchQuery(command.queries, queries, on_refused, [&](const MatchQuery& query) {
    const WatchQuery asked = query.AsWatchQuery(command.on);
    const std::vector<WatchMatch> matches = index.Find(asked);
    for (const WatchMatch& match : matches) PrintMatch(query.id, match, command);
    if (oracle) differences.Compare(query.id, matches, oracle->Find(asked));
  });
  if (oracle) PrintSummary(differences);
  outcome.different = differences.missed + differences.extra;
  return outcome;
}

void PrintCsvRow(const std::vector<std::string>& fields) {
  std::string line;
  AppendCsvRow(fields, line, [](std::string_view field, std::string& out) { AppendExactCsvField(field, out); });
  std::fputs(line.c_str(), stdout);
}

absl::StatusOr<Outcome> ComparePairs(const MatchCommand& command) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(command.pairs));
  CsvReader reader(text);
  CsvReader::Row row;
  if (!reader.Next(row)) return absl::InvalidArgumentError("the file of pairs is empty");
  const auto column = [&](std::string_view name) { return std::ranges::find(row.fields, name) - row.fields.begin(); };
  const auto first = static_cast<std::size_t>(column("name1")), second = static_cast<std::size_t>(column("name2"));
  const std::size_t columns = row.fields.size();
  if (first == columns || second == columns) {
    return absl::InvalidArgumentError("the file of pairs needs a header with name1 and name2");
  }
  row.fields.insert(row.fields.end(), {"score", "match"});
  PrintCsvRow(row.fields);
  Outcome outcome;
  while (reader.Next(row)) {
    if (!row.problem.empty() || row.fields.size() != columns) {
      ++outcome.refused;
      std::fprintf(stderr, "%s:%llu: not a row of %zu fields\n", command.pairs.c_str(),
                   static_cast<unsigned long long>(row.line), columns);
      continue;
    }
    const std::int32_t score = ScoreNamePair(row.fields[first], row.fields[second]);
    row.fields.push_back(std::to_string(score));
    row.fields.emplace_back(score >= command.review ? "true" : "false");
    PrintCsvRow(row.fields);
  }
  return outcome;
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
  const absl::StatusOr<Outcome> outcome = command->pairs.empty() ? Match(*command) : ComparePairs(*command);
  if (!outcome.ok()) return Explain(outcome.status());
  if (outcome->different > 0) return kCheckFailed;
  return outcome->refused > 0 ? kQuarantined : kDone;
}

}  // namespace landfall::app
