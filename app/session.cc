#include "app/session.h"

#include <utility>

#include "app/clock.h"
#include "app/configuration_file.h"
#include "app/profile_events.h"
#include "app/profile_file.h"
#include "model/result.h"
#include "pipeline/reference/load.h"
#include "rules/life_cycle.h"
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

// The profiles that are live in the store, else the built-in one.
absl::Status AddPublished(Session& session) {
  const absl::StatusOr<rules::ProfileLives> lives = ReadProfileLives(*session.database);
  // Of a store that cannot be trusted what is left is shown, with whatever rules.
  if (!lives.ok() && session.distrust.ok()) return lives.status();
  for (const rules::ProfileEvent* proposal :
       lives.ok() ? lives->Live(Now()) : std::vector<const rules::ProfileEvent*>()) {
    ASSIGN_OR_RETURN(std::shared_ptr<const rules::Profile> profile, rules::ProfileOf(*proposal));
    session.rule_sets.push_back(std::make_shared<const rules::RuleSet>(std::move(profile)));
  }
  if (!session.rule_sets.empty()) return absl::OkStatus();
  ASSIGN_OR_RETURN(std::shared_ptr<const rules::RuleSet> built_in, LoadRuleSet(""));
  session.rule_sets.push_back(std::move(built_in));
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::shared_ptr<const rules::RuleSet>> LoadRuleSet(const std::string& file) {
  ASSIGN_OR_RETURN(const ProfileFile profile, ReadProfileFile(file.empty() ? "built-in" : file));
  const rules::LoadResult loaded = Load(profile);
  if (!loaded.ok()) return AllProblems(file.empty() ? "built-in profile" : file, profile.text, loaded);
  return std::make_shared<const rules::RuleSet>(loaded.profile);
}

SessionOptions SessionOptionsFrom(const ParsedOptions& options) {
  SessionOptions session;
  session.data_directory = options.Get("--data", session.data_directory);
  session.configuration_file = options.Get("--config");
  session.profiles = options.All("--profile");
  return session;
}

absl::StatusOr<Session> OpenSession(const SessionOptions& options) {
  Session session;
  ASSIGN_OR_RETURN(session.configuration, ConfigurationFor(options.configuration_file, options.data_directory));
  for (const std::string& file : options.profiles) {
    ASSIGN_OR_RETURN(std::shared_ptr<const rules::RuleSet> rule_set, LoadRuleSet(file));
    session.rule_sets.push_back(std::move(rule_set));
  }
  RETURN_IF_ERROR(OpenDatabase(options, session));
  if (options.profiles.empty()) RETURN_IF_ERROR(AddPublished(session));
  session.configuration.card_key = session.database->KeyFor("payment cards");
  session.configuration.people_key = session.database->KeyFor("people");
  ASSIGN_OR_RETURN(session.reference, LoadReferences(*session.database));
  return session;
}

}  // namespace landfall::app
