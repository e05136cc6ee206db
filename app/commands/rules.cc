#include "app/commands/rules.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <string_view>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/options.h"
#include "model/result.h"
#include "rules/built_in.h"
#include "rules/catalogue.h"
#include "rules/eval_rows.h"
#include "rules/profile.h"

namespace landfall::app {
namespace {

const CommandSpec& Spec() {
  static const CommandSpec spec = {
      "landfall rules lint|test FILE\nlandfall rules eval FILE --facts ROWS.ndjson\n"
      "landfall rules eval --expr TEXT [--facts ROWS.ndjson]\nlandfall rules facts",
      "lint tells every problem of a profile at once, test runs the tests inside it, eval tries it, or one condition, on rows\n"
      "of facts, facts lists what a rule may ask. FILE `built-in` is the profile in the program.",
      "landfall rules eval --expr 'pax.age < 18 and party.adults = 0'",
      {{"--facts", "FILE", "rows of facts, one JSON object a line (- is standard input)"},
       {"--expr", "TEXT", "one condition or value instead of a profile"},
       {"--format", "FORMAT", "of facts: table or json"},
       kFailOnOption}};
  return spec;
}

struct ProfileText {
  std::string text;
  rules::ListReader lists;
};

absl::StatusOr<ProfileText> ReadProfile(const std::string& file) {
  if (file == "built-in") return ProfileText{std::string(rules::BuiltInProfileText()), rules::BuiltInListReader()};
  ProfileText profile;
  ASSIGN_OR_RETURN(profile.text, ReadWholeFile(file));
  profile.lists = [folder = std::filesystem::path(file).parent_path()](std::string_view path) {
    return ReadWholeFile((folder / path).string());
  };
  return profile;
}

// Problems go where they can be piped: lint's results are its output, anybody else's are messages.
void PrintProblems(const rules::LoadResult& loaded, const std::string& file, std::string_view text, std::FILE* to) {
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    std::fprintf(to, "%s\n", rules::Format(diagnostic, file, text).c_str());
  }
}

absl::StatusOr<int> Lint(const std::string& file, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const FailOn fail_on, FailOn::From(options));
  ASSIGN_OR_RETURN(const ProfileText profile, ReadProfile(file));
  const rules::LoadResult loaded = rules::LoadProfile(profile.text, profile.lists);
  PrintProblems(loaded, file, profile.text, stdout);
  const auto warnings = std::count_if(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                                      [](const rules::Diagnostic& diagnostic) { return diagnostic.warning; });
  const auto errors = static_cast<std::int64_t>(loaded.diagnostics.size()) - warnings;
  std::fprintf(stderr, "%d errors, %d warnings\n", static_cast<int>(errors), static_cast<int>(warnings));
  if (!loaded.ok() || fail_on.IsMet({{"warnings", static_cast<std::uint64_t>(warnings)}})) return kCheckFailed;
  return kDone;
}

// A profile that can be run, or the problems on standard error.
absl::StatusOr<std::shared_ptr<const rules::Profile>> LoadOrExplain(const std::string& file) {
  ASSIGN_OR_RETURN(const ProfileText profile, ReadProfile(file));
  const rules::LoadResult loaded = rules::LoadProfile(profile.text, profile.lists);
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

absl::StatusOr<int> Eval(const std::vector<std::string>& files, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const std::string rows, ReadRows(options));
  if (!options.Has("--expr")) {
    if (files.size() != 1) return absl::InvalidArgumentError("eval takes one profile, or --expr (see --help)");
    ASSIGN_OR_RETURN(const std::shared_ptr<const rules::Profile> profile, LoadOrExplain(files[0]));
    return profile == nullptr ? kCheckFailed : PrintReport(rules::EvalRules(*profile, rows));
  }
  const std::string text = options.Get("--expr");
  const rules::ExpressionResult loaded = rules::LoadExpression(text);
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    std::fprintf(stderr, "%s\n", rules::Format(diagnostic, "expr", text).c_str());
  }
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
  if ((action == "lint" || action == "test") && files.size() == 1) {
    return action == "lint" ? Lint(files[0], options) : Test(files[0]);
  }
  return absl::InvalidArgumentError("use: landfall rules lint|test FILE, rules eval, or rules facts (see --help)");
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
