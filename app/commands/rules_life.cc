#include "app/commands/rules_life.h"

#include <pwd.h>
#include <unistd.h>

#include <charconv>
#include <cstdio>
#include <optional>
#include <set>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/clock.h"
#include "app/configuration_file.h"
#include "app/exit_code.h"
#include "app/profile_events.h"
#include "app/profile_file.h"
#include "model/result.h"
#include "rules/life_cycle.h"
#include "rules/publish_checks.h"

namespace landfall::app {
namespace {

rules::Actor ActorOf(const ParsedOptions& options) {
  std::string by = options.Get("--by");
  if (by.empty()) {
    if (const passwd* const user = ::getpwuid(::getuid())) by = user->pw_name;
  }
  return {std::move(by), Now()};
}

struct VersionName {
  std::string profile;
  std::int64_t version = 0;
};

// ID@VERSION
absl::StatusOr<VersionName> ParseVersion(const std::string& text) {
  const std::size_t at = text.find('@');
  VersionName name{text.substr(0, at)};
  const char* const end = text.data() + text.size();
  const bool fits = at != std::string::npos && at > 0 &&
                    std::from_chars(text.data() + at + 1, end, name.version).ptr == end && at + 1 < text.size();
  if (!fits) return absl::InvalidArgumentError(absl::StrFormat("'%s' is no version of a profile: write ID@3", text));
  return name;
}

absl::StatusOr<std::unique_ptr<Database>> OpenStore(const ParsedOptions& options, bool create) {
  DatabaseOptions database;
  database.directory = options.Get("--data", "landfall-data");
  database.create_if_missing = create;
  absl::StatusOr<std::unique_ptr<Database>> opened = Database::Open(database);
  if (absl::IsNotFound(opened.status())) return absl::UnavailableError(opened.status().message());
  return opened;
}

// What stands in the way is a check that failed, not a store that cannot be reached.
absl::StatusOr<int> Settle(Database& database, const absl::StatusOr<rules::ProfileEvent>& event, std::string_view done) {
  if (absl::IsFailedPrecondition(event.status())) {
    std::fprintf(stderr, "landfall rules: %s\n", std::string(event.status().message()).c_str());
    return kCheckFailed;
  }
  RETURN_IF_ERROR(event.status());
  RETURN_IF_ERROR(StoreProfileEvent(database, *event));
  std::printf("%s@%d %s by %s, sha256:%s\n", event->profile.c_str(), static_cast<int>(event->version),
              std::string(done).c_str(), event->by.c_str(), event->hash.c_str());
  return kDone;
}

void PrintVersion(const rules::ProfileVersion& version) {
  static constexpr std::string_view kWords[] = {"proposed", "approved", "published", "published in an emergency", "rolled back to"};
  std::printf("%s@%d  %s  sha256:%s\n", version.profile.c_str(), static_cast<int>(version.version),
              std::string(rules::StageWords(version)).c_str(), version.hash.c_str());
  for (const rules::ProfileEvent* event : version.events) {
    std::printf("  %s  %s by %s", ToString(event->at).c_str(),
                std::string(kWords[static_cast<std::size_t>(event->kind)]).c_str(), event->by.c_str());
    if (!event->reason.empty()) std::printf(": %s", event->reason.c_str());
    for (const std::string& accepted : event->accepted) std::printf("; accepted %s", accepted.c_str());
    std::printf("\n");
  }
}

absl::StatusOr<int> History(const std::string& profile, const rules::ProfileLives& lives) {
  const std::vector<rules::ProfileVersion> versions = lives.Versions(profile, Now());
  for (const rules::ProfileVersion& version : versions) PrintVersion(version);
  if (versions.empty()) std::fprintf(stderr, "No profile %s was proposed in this store.\n", profile.c_str());
  return kDone;
}

}  // namespace

absl::StatusOr<rules::PublishOptions> PublishOptionsFrom(const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const std::vector<Team> teams, TeamsFor(options.Get("--config"), options.Get("--data", "landfall-data")));
  rules::PublishOptions publish;
  publish.teams.clear();
  for (const Team& team : teams) publish.teams.insert(team.id);
  return publish;
}

absl::StatusOr<std::shared_ptr<const rules::Profile>> StoredVersion(const std::string& name, const ParsedOptions& options) {
  ASSIGN_OR_RETURN(const VersionName version, ParseVersion(name));
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, OpenStore(options, /*create=*/false));
  ASSIGN_OR_RETURN(const rules::ProfileLives lives, ReadProfileLives(*database));
  for (const rules::ProfileEvent& event : lives.events()) {
    if (event.kind == rules::ProfileEvent::Kind::kPropose && event.profile == version.profile && event.version == version.version)
      return rules::ProfileOf(event);
  }
  return absl::InvalidArgumentError(absl::StrFormat("%s was not proposed in this store", name));
}

absl::StatusOr<int> RunLifeCycle(const std::string& action, const std::vector<std::string>& arguments,
                                 const ParsedOptions& options) {
  if (arguments.size() != 1)
    return absl::InvalidArgumentError(absl::StrFormat("rules %s takes one %s (see --help)", action,
                                                      action == "propose"                            ? "FILE"
                                                      : action == "rollback" || action == "history" ? "ID"
                                                                                                     : "ID@VERSION"));
  const std::string& name = arguments[0];
  ASSIGN_OR_RETURN(const std::unique_ptr<Database> database, OpenStore(options, action == "propose"));
  ASSIGN_OR_RETURN(const rules::ProfileLives lives, ReadProfileLives(*database));
  if (action == "history") return History(name, lives);
  const rules::Actor actor = ActorOf(options);
  ASSIGN_OR_RETURN(const rules::PublishOptions publish, PublishOptionsFrom(options));
  const std::set<std::string, std::less<>>& teams = publish.teams;
  const std::string reason = options.Get("--reason");
  if (action == "propose") {
    ASSIGN_OR_RETURN(const ProfileFile file, ReadProfileFile(name));
    return Settle(*database, lives.Propose({file.text, file.lists}, file.bases, actor, reason, teams), "proposed");
  }
  if (action == "rollback") {
    ASSIGN_OR_RETURN(const VersionName to, ParseVersion(name + "@" + options.Get("--to")));
    return Settle(*database, lives.Rollback(to.profile, to.version, actor, reason), "is live again, rolled back");
  }
  ASSIGN_OR_RETURN(const VersionName version, ParseVersion(name));
  if (action == "approve") {
    if (!options.Has("--hash")) return absl::InvalidArgumentError("approve exactly what you read: --hash H");
    return Settle(*database, lives.Approve(version.profile, version.version, options.Get("--hash"), actor), "approved");
  }
  if (options.Has("--emergency")) {
    return Settle(*database, lives.PublishInEmergency(version.profile, version.version, actor, reason, teams),
                  "published for 24 hours");
  }
  return Settle(*database, lives.Publish(version.profile, version.version, actor, options.All("--accept"), teams),
                "published");
}

}  // namespace landfall::app
