#include "app/session.h"

#include <filesystem>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/configuration_file.h"
#include "model/result.h"
#include "pipeline/reference/load.h"
#include "rules/built_in.h"
#include "rules/profile.h"

namespace landfall::app {
namespace {

absl::Status AllProblems(const std::string& file, std::string_view text, const rules::LoadResult& loaded) {
  std::string problems;
  for (const rules::Diagnostic& diagnostic : loaded.diagnostics) {
    if (!diagnostic.warning) problems += rules::Format(diagnostic, file, text) + "\n";
  }
  return absl::InvalidArgumentError(problems);
}

// The lists of a profile lie beside it, and may not lie outside its folder.
rules::ListReader ListsBeside(const std::string& file) {
  return [folder = std::filesystem::path(file).parent_path()](std::string_view path) {
    return ReadWholeFile((folder / path).string());
  };
}

absl::Status OpenDatabase(const SessionOptions& options, Session& session) {
  DatabaseOptions database;
  database.directory = options.data_directory;
  database.create_if_missing = options.create_store;
  database.background_jobs = options.threads;
  ASSIGN_OR_RETURN(database.watermark, DiskWatermarkFor(options.configuration_file, options.data_directory));
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(database);
  if (options.read_untrusted && absl::IsDataLoss(opened.status())) {
    session.distrust = opened.status();
    opened = Database::OpenUntrusted(database);
    if (!opened.ok()) return session.distrust;  // It is the first reason that matters.
  }
  // Asking for a store that is not there is no wrong usage of the command: there is nothing to ask.
  if (absl::IsNotFound(opened.status())) return absl::UnavailableError(opened.status().message());
  RETURN_IF_ERROR(opened.status());
  session.database = *std::move(opened);
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const rules::RuleSet>> LoadRuleSet(const std::string& file) {
  std::string text(rules::BuiltInProfileText());
  rules::ListReader lists = rules::BuiltInListReader();
  if (!file.empty()) {
    ASSIGN_OR_RETURN(text, ReadWholeFile(file));
    lists = ListsBeside(file);
  }
  const rules::LoadResult loaded = rules::LoadProfile(text, lists);
  if (!loaded.ok()) return AllProblems(file.empty() ? "built-in profile" : file, text, loaded);
  return std::make_shared<const rules::RuleSet>(loaded.profile);
}

absl::StatusOr<Session> OpenSession(const SessionOptions& options) {
  Session session;
  ASSIGN_OR_RETURN(session.configuration, ConfigurationFor(options.configuration_file, options.data_directory));
  std::vector<std::string> profiles = options.profiles;
  if (profiles.empty()) profiles.push_back("");
  for (const std::string& file : profiles) {
    ASSIGN_OR_RETURN(std::shared_ptr<const rules::RuleSet> rule_set, LoadRuleSet(file));
    session.rule_sets.push_back(std::move(rule_set));
  }
  RETURN_IF_ERROR(OpenDatabase(options, session));
  session.configuration.card_key = session.database->KeyFor("payment cards");
  session.configuration.people_key = session.database->KeyFor("people");
  ASSIGN_OR_RETURN(session.reference, LoadReferences(*session.database));
  return session;
}

}  // namespace landfall::app
