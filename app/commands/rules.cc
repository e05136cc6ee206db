#include "app/commands/rules.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/commands/rules_explain.h"
#include "app/commands/rules_life.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "app/profile_file.h"
#include "model/result.h"
#include "rules/ast_json.h"
#include "rules/catalogue.h"
#include "rules/cel.h"
#include "rules/diff.h"
#include "rules/eval_rows.h"
#include "rules/profile.h"
#include "rules/publish_checks.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall rules lint|test FILE\nlandfall rules lint FILE --publish [--on DATE]\n"
      "landfall rules format FILE [--check|--write|--json]\nlandfall rules format --cel --expr TEXT\n"
      "landfall rules diff BEFORE AFTER\n"
      "landfall rules eval FILE --facts ROWS.ndjson\nlandfall rules eval --expr TEXT [--cel] [--facts ROWS.ndjson]\n"
      "landfall rules explain FLIGHT DATE RULE [--traveller REF]\nlandfall rules facts\n"
      "landfall rules propose FILE --reason TEXT\nlandfall rules approve ID@VERSION --hash H\n"
      "landfall rules publish ID@VERSION [--accept CODE:TEXT|--emergency --reason TEXT]\n"
      "landfall rules rollback ID --to VERSION\nlandfall rules history ID",
      "lint tells every problem of a profile at once, with --publish also what stands in the way of publishing it; test runs\n"
      "the tests inside it; format prints its canonical text, or turns it into its exchange form (JSON) and back; diff says\n"
      "what changed between two profiles; eval tries a profile, or one condition, on rows of facts; explain says why a rule\n"
      "hit a flight in the store, or why not; facts lists what a rule may ask. FILE `built-in` is the profile in the program.\n"
      "propose, approve (by somebody else), publish: how a profile becomes the one that screen uses; rollback goes back to one\n"
      "that was approved, history shows every version and who did what.",
      "landfall rules eval --expr 'pax.age < 18 and party.adults = 0'",
      {{"--facts", "FILE", "rows of facts, one JSON object a line (- is standard input)"},
       {"--expr", "TEXT", "one condition or value instead of a profile"},
       {"--cel", "", "TEXT is in CEL spelling"},
       {"--publish", "", "lint: the checks made at publish, too"},
       {"--on", "DATE", "lint --publish: as if it were this day (default today)"},
       {"--check", "", "format: print nothing, exit 1 if the file is not canonical"},
       {"--write", "", "format: rewrite the file"},
       {"--json", "", "format: rule text to its exchange form, or the exchange form to rule text"},
       {"--traveller", "REF", "explain: this traveller alone"},
       {"--reason", "TEXT", "propose, publish --emergency, rollback: why"},
       {"--hash", "H", "approve: the hash of what was read"},
       {"--to", "VERSION", "rollback: the version that is to be live again"},
       {"--accept", "CODE:TEXT", "publish: a warning that is accepted, and why", true},
       {"--emergency", "", "publish: without approval, for 24 hours"},
       {"--by", "NAME", "who does it (default: the local user)"},
       kDataOption,
       kConfigOption,
       {"--profile", "FILE", "explain: with this profile (default: the published ones, else the built-in one)"},
       {"--format", "FORMAT", "of facts and explain: table or json"},
       kFailOnOption}};
  return spec;
}

// Problems go where they can be piped: lint's results are its output, anybody else's are messages.
void PrintProblems(const rules::LoadResult& loaded, const std::string& file, std::string_view text, std::FILE* to) {
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    std::fprintf(to, "%s\n", rules::Format(diagnostic, file, text).c_str());
  }
}

absl::StatusOr<Date> DayOf(const ParsedOptions& options) {
  if (!options.Has("--on")) return Today();
  const std::optional<Date> day = ParseDate(options.Get("--on"));
  if (!day) return absl::InvalidArgumentError(absl::StrFormat("'%s' is no date: write 2026-11-22", options.Get("--on")));
  return *day;
}

void AddSorted(std::vector<rules::Diagnostic> found, rules::LoadResult& loaded) {
  std::move(found.begin(), found.end(), std::back_inserter(loaded.diagnostics));
  std::stable_sort(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                   [](const rules::Diagnostic& a, const rules::Diagnostic& b) { return a.position < b.position; });
}

// What publishing says of a list that is missing, lint has said more mildly.
void AddPublishChecks(const ProfileFile& profile, const rules::PublishOptions& publish, rules::LoadResult& loaded) {
  std::erase_if(loaded.diagnostics, [](const rules::Diagnostic& d) { return d.message.ends_with("cannot be read, the list is empty"); });
  AddSorted(rules::CheckForPublish(*loaded.profile, profile.text, publish), loaded);
}

absl::StatusOr<int> Lint(const std::string& file, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const FailOn fail_on, FailOn::From(options));
  ASSIGN_OR_RETURN(const ProfileFile profile, ReadProfileFile(file));
  rules::LoadResult loaded = Load(profile);
  if (loaded.ok()) {
    ASSIGN_OR_RETURN(rules::PublishOptions publish, PublishOptionsFrom(options));
    if (options.Has("--publish")) {
      ASSIGN_OR_RETURN(publish.today, DayOf(options));
      AddPublishChecks(profile, publish, loaded);
    } else {
      AddSorted(rules::CheckRoutes(*loaded.profile, profile.text, publish.teams), loaded);
    }
  }
  PrintProblems(loaded, file, profile.text, stdout);
  const auto warnings = std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                      [](const rules::Diagnostic& diagnostic) { return diagnostic.warning; });
  const auto errors = static_cast<std::int64_t>(loaded.diagnostics.size()) - warnings;
  std::fprintf(stderr, "%d errors, %d warnings\n", static_cast<int>(errors), static_cast<int>(warnings));
  if (errors > 0 || fail_on.IsMet({{"warnings", static_cast<std::uint64_t>(warnings)}})) return kCheckFailed;
  return kDone;
}

// A profile that can be run, or the problems on standard error.
absl::StatusOr<std::shared_ptr<const rules::Profile>> LoadOrExplain(const std::string& file) {
  ASSIGN_OR_RETURN(const ProfileFile profile, ReadProfileFile(file));
  const rules::LoadResult loaded = Load(profile);
  if (!loaded.ok()) PrintProblems(loaded, file, profile.text, stderr);
  return loaded.profile;
}

absl::StatusOr<int> Test(const std::string& file) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Profile> profile, LoadOrExplain(file));
  if (profile == nullptr) return kCheckFailed;
  const rules::TestReport report = rules::RunTests(*profile);
  for (const std::string& failure : report.failures) std::printf("%s\n", failure.c_str());
  std::printf("%d passed, %d failed\n", report.passed, static_cast<int>(report.failures.size()));
  return report.failures.empty() ? kDone : kCheckFailed;
}

absl::StatusOr<std::string> ReadRows(const ParsedOptions& options) {
  if (!options.Has("--facts")) return std::string("{}\n");
  const std::string file = options.Get("--facts");
  return ReadWholeFile(file == "-" ? "/dev/stdin" : file, kMostListBytes);
}

int PrintReport(const rules::EvalReport& report) {
  std::fputs(report.output.c_str(), stdout);
  for (const std::string& error : report.errors) std::fprintf(stderr, "%s\n", error.c_str());
  return report.errors.empty() ? kDone : kCheckFailed;
}

void PrintExpressionProblems(const std::vector<rules::Diagnostic>& diagnostics, const std::string& text) {
  for (const rules::Diagnostic& diagnostic : diagnostics) {
    std::fprintf(stderr, "%s\n", rules::Format(diagnostic, "expr", text).c_str());
  }
}

// Of the first line that is not as it should be.
int FirstDifference(std::string_view a, std::string_view b) {
  int line = 1;
  for (std::size_t i = 0; i < a.size() && i < b.size() && a[i] == b[i]; ++i) line += a[i] == '\n' ? 1 : 0;
  return line;
}

// Beside it first, and synced, so that a full disk or a crash leaves the old file. Its rights stay, and a link a link.
absl::Status Rewrite(const std::string& file, std::string_view text) {
  std::error_code error;
  const std::filesystem::path target = std::filesystem::canonical(file, error);
  const std::filesystem::path fresh = target.string() + ".new";
  std::FILE* const out = error ? nullptr : std::fopen(fresh.c_str(), "wb");
  bool written = out != nullptr && std::fwrite(text.data(), 1, text.size(), out) == text.size() && std::fflush(out) == 0 &&
                 ::fsync(::fileno(out)) == 0;
  if (out != nullptr) written = std::fclose(out) == 0 && written;
  if (written) std::filesystem::permissions(fresh, std::filesystem::status(target, error).permissions(), error);
  if (written && !error) std::filesystem::rename(fresh, target, error);
  if (written && !error) return absl::OkStatus();
  std::error_code ignored;
  if (out != nullptr) std::filesystem::remove(fresh, ignored);
  return absl::UnavailableError(absl::StrFormat("%s could not be rewritten", file));
}

// Rule text of an exchange form; nullopt, and the problems on standard error, if it is none.
std::optional<std::string> TextOfExchange(const std::string& file, std::string_view json) {
  rules::AstText read = rules::TextOfAstJson(json);
  for (const rules::AstProblem& problem : read.problems) {
    std::fprintf(stderr, "%s: %s: %s\n", file.c_str(), problem.pointer.empty() ? "/" : problem.pointer.c_str(),
                 problem.message.c_str());
  }
  return std::move(read.text);
}

absl::StatusOr<int> FormatCel(const std::string& text) {
  rules::CelExpression cel = rules::ParseCel(text);
  std::optional<std::string> rule_text;
  if (cel.expr != nullptr) rule_text = rules::RuleTextOfCel(*cel.expr, cel.diagnostics);
  PrintExpressionProblems(cel.diagnostics, text);
  if (!rule_text) return kCheckFailed;
  std::printf("%s\n", rule_text->c_str());
  return kDone;
}

absl::StatusOr<int> FormatProfile(const std::string& file, const ParsedOptions& options) {
  const bool check = options.Has("--check"), write = options.Has("--write"), json = options.Has("--json");
  if (check + write + json > 1) return absl::InvalidArgumentError("format takes one of --check, --write and --json");
  if (write && (file == "-" || file == "built-in")) return absl::InvalidArgumentError("--write needs a file");
  ASSIGN_OR_RETURN(ProfileFile profile, ReadProfileFile(file));
  const std::size_t first = profile.text.find_first_not_of(" \t\r\n");
  const bool is_exchange = json && first != std::string::npos && profile.text[first] == '{';
  if (is_exchange) {
    std::optional<std::string> text = TextOfExchange(file, profile.text);
    if (!text) return kCheckFailed;
    profile.text = *std::move(text);
  }
  const rules::LoadResult loaded = Load(profile);
  if (!loaded.ok()) {
    PrintProblems(loaded, file, profile.text, stderr);
    return kCheckFailed;
  }
  const std::string canonical = CanonicalText(*loaded.profile, /*with_comments=*/true);
  if (json && !is_exchange) {
    std::printf("%s\n", rules::AstJson(*loaded.profile).c_str());
  } else if (check) {
    if (canonical == profile.text) return kDone;
    std::printf("%s:%d: not in canonical form - run landfall rules format %s --write\n", file.c_str(),
                FirstDifference(profile.text, canonical), file.c_str());
    return kCheckFailed;
  } else if (write) {
    if (canonical != profile.text) RETURN_IF_ERROR(Rewrite(file, canonical));
  } else {
    std::fputs(canonical.c_str(), stdout);
  }
  return kDone;
}

// A file, or ID@VERSION of the store.
absl::StatusOr<std::shared_ptr<const rules::Profile>> LoadNamed(const std::string& name, const ParsedOptions& options) {
  const bool stored = name.find('@') != std::string::npos && !std::filesystem::exists(name);
  return stored ? StoredVersion(name, options) : LoadOrExplain(name);
}

absl::StatusOr<int> Diff(const std::string& before, const std::string& after, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Profile> a, LoadNamed(before, options));
  ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Profile> b, LoadNamed(after, options));
  if (a == nullptr || b == nullptr) return kCheckFailed;
  const std::string text = rules::DiffText(*a, *b);
  std::fputs(text.empty() ? "no change of meaning\n" : text.c_str(), stdout);
  return kDone;
}

absl::StatusOr<int> Eval(const std::vector<std::string>& files, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const std::string rows, ReadRows(options));
  if (!options.Has("--expr")) {
    if (files.size() != 1) return absl::InvalidArgumentError("eval takes one profile, or --expr (see --help)");
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Profile> profile, LoadOrExplain(files[0]));
    return profile == nullptr ? kCheckFailed : PrintReport(rules::EvalRules(*profile, rows));
  }
  const std::string text = options.Get("--expr");
  if (options.Has("--cel")) {
    const rules::CelExpression cel = rules::ParseCel(text);
    PrintExpressionProblems(cel.diagnostics, text);
    return cel.expr == nullptr ? kCheckFailed : PrintReport(rules::EvalCelExpression(cel, rows));
  }
  const rules::ExpressionResult loaded = rules::LoadExpression(text);
  PrintExpressionProblems(loaded.diagnostics, text);
  return loaded.expr == nullptr ? kCheckFailed : PrintReport(rules::EvalExpression(*loaded.expr, rows));
}

absl::StatusOr<int> Run(const ParsedOptions& options) {
  const std::string action = options.positional.empty() ? "" : options.positional[0];
  const std::vector<std::string> files(options.positional.begin() + (options.positional.empty() ? 0 : 1),
                                       options.positional.end());
  if (action == "facts") {
    const bool as_json = options.Get("--format", "table") == "json";
    std::fputs((as_json ? rules::CatalogueJson() : rules::CatalogueTable()).c_str(), stdout);
    return kDone;
  }
  if (action == "eval") return Eval(files, options);
  if (action == "format" && files.empty() && options.Has("--cel") && options.Has("--expr"))
    return FormatCel(options.Get("--expr"));
  if (action == "format" && files.size() == 1) return FormatProfile(files[0], options);
  if (action == "diff" && files.size() == 2) return Diff(files[0], files[1], options);
  if (action == "explain" && files.size() == 3) return ExplainRule(files[0], files[1], files[2], options);
  if ((action == "lint" || action == "test") && files.size() == 1) {
    return action == "lint" ? Lint(files[0], options) : Test(files[0]);
  }
  if (action == "propose" || action == "approve" || action == "publish" || action == "rollback" || action == "history")
    return RunLifeCycle(action, files, options);
  return absl::InvalidArgumentError(
      "use: landfall rules lint, test, format, diff, eval, explain, facts, propose, approve, publish, rollback or history "
      "(see --help)");
}

}  // namespace

int RunRules(std::span<const std::string> arguments) {
  const OptionsOrExit parsed = ParseOrExplain(Spec(), arguments);
  if (!parsed.options) return parsed.exit_code;
  const absl::StatusOr<int> exit_code = Run(*parsed.options);
  if (exit_code.ok()) return *exit_code;
  std::fprintf(stderr, "landfall rules: %s\n", std::string(exit_code.status().message()).c_str());
  return ExitCodeOf(exit_code.status());
}

}  // namespace landfall::app
