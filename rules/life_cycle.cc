#include "rules/life_cycle.h"

#include <simdjson.h>

#include <algorithm>

#include "absl/strings/str_format.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "rules/publish_checks.h"

namespace landfall::rules {
namespace {

namespace dom = simdjson::dom;
using Kind = ProfileEvent::Kind;
using Stage = ProfileVersion::Stage;

constexpr std::string_view kKinds[] = {"propose", "approve", "publish", "emergency", "rollback"};
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kEmergencySeconds = kSecondsPerDay;
constexpr std::int32_t kReviewDueDays = 14;

Date DayOf(Instant instant) {
  const std::int64_t days = (instant.seconds >= 0 ? instant.seconds : instant.seconds - kSecondsPerDay + 1) / kSecondsPerDay;
  return {static_cast<std::int32_t>(days)};
}

void AppendFiles(const std::map<std::string, std::string>& files, std::string& out) {
  JsonObject object(out);
  for (const auto& [path, text] : files) {
    std::string key;
    AppendJsonString(path, key);
    AppendJsonString(text, object.Begin(key.substr(1, key.size() - 2)));
  }
}

absl::Status ReadFiles(dom::element element, std::map<std::string, std::string>& files) {
  dom::object object;
  if (element.get(object)) return absl::DataLossError("a profile's event has no files where they should be");
  for (const dom::key_value_pair field : object) {
    std::string_view text;
    if (field.value.get(text)) return absl::DataLossError("a profile's event has a file that is no text");
    files[std::string(field.key)] = std::string(text);
  }
  return absl::OkStatus();
}

ListReader ReaderOf(const std::map<std::string, std::string>& files) {
  return [files](std::string_view path) -> absl::StatusOr<std::string> {
    const auto found = files.find(std::string(path));
    if (found == files.end()) return absl::NotFoundError("the proposal has no such list");
    return found->second;
  };
}

LoadResult LoadEvent(const ProfileEvent& event) {
  return LoadProfile(event.text, ReaderOf(event.lists), [&](std::string_view) -> absl::StatusOr<ProfileSource> {
    return ProfileSource{event.base_text, ReaderOf(event.base_lists)};
  });
}

// Keeps every file that is read.
ListReader Recording(const ListReader& reader, std::map<std::string, std::string>& files) {
  return [&reader, &files](std::string_view path) -> absl::StatusOr<std::string> {
    absl::StatusOr<std::string> text = reader ? reader(path) : absl::NotFoundError("no reader");
    if (text.ok()) files[std::string(path)] = *text;
    return text;
  };
}

absl::Status FirstError(const std::vector<Diagnostic>& diagnostics) {
  std::string problems;
  for (const Diagnostic& diagnostic : diagnostics) {
    if (!diagnostic.warning) problems += "\n  " + Format(diagnostic, "profile", "");
  }
  if (problems.empty()) return absl::OkStatus();
  return absl::FailedPreconditionError("the profile is not fit to be published:" + problems);
}

std::string Short(std::string_view hash) { return std::string(hash.substr(0, 12)); }

}  // namespace

std::string EventJson(const ProfileEvent& event) {
  std::string out;
  {
    JsonObject object(out);
    object.Begin("number") += std::to_string(event.number);
    object.Field("event", kKinds[static_cast<std::size_t>(event.kind)]);
    object.Begin("at") += std::to_string(event.at.seconds);
    object.Field("by", event.by);
    object.Field("profile", event.profile);
    object.Begin("version") += std::to_string(event.version);
    object.Field("hash", event.hash);
    object.Field("reason", event.reason);
    object.Field("accepted", event.accepted);
    object.Field("text", event.text);
    if (!event.lists.empty()) AppendFiles(event.lists, object.Begin("lists"));
    object.Field("base_text", event.base_text);
    if (!event.base_lists.empty()) AppendFiles(event.base_lists, object.Begin("base_lists"));
  }
  return out;
}

absl::StatusOr<ProfileEvent> ReadEvent(std::string_view json) {
  dom::parser parser;
  dom::object object;
  if (parser.parse(json.data(), json.size()).get(object)) return absl::DataLossError("a profile's event does not read");
  ProfileEvent event;
  std::string_view kind;
  const auto text = [&](const char* name, std::string& value) {
    std::string_view found;
    if (!object.at_key(name).get(found)) value = std::string(found);
  };
  const auto known = std::find(std::begin(kKinds), std::end(kKinds),
                               object.at_key("event").get(kind) ? std::string_view() : kind);
  if (known == std::end(kKinds) || object.at_key("number").get(event.number) || object.at_key("at").get(event.at.seconds) ||
      object.at_key("version").get(event.version))
    return absl::DataLossError("a profile's event does not read");
  event.kind = static_cast<Kind>(known - std::begin(kKinds));
  text("by", event.by);
  text("profile", event.profile);
  text("hash", event.hash);
  text("reason", event.reason);
  text("text", event.text);
  text("base_text", event.base_text);
  dom::array accepted;
  if (!object.at_key("accepted").get(accepted)) {
    for (const dom::element item : accepted) {
      std::string_view found;
      if (!item.get(found)) event.accepted.emplace_back(found);
    }
  }
  dom::element files;
  if (!object.at_key("lists").get(files)) RETURN_IF_ERROR(ReadFiles(files, event.lists));
  if (!object.at_key("base_lists").get(files)) RETURN_IF_ERROR(ReadFiles(files, event.base_lists));
  return event;
}

std::string_view StageWords(const ProfileVersion& version) {
  static constexpr std::string_view kWords[] = {"proposed", "approved", "live", "replaced", "expired"};
  if (version.stage == Stage::kLive && version.emergency) return "live for 24 hours, waits for an approval";
  if (version.stage == Stage::kLive && version.review_due) return "live, review due";
  return kWords[static_cast<std::size_t>(version.stage)];
}

absl::StatusOr<std::shared_ptr<const Profile>> ProfileOf(const ProfileEvent& proposal) {
  const LoadResult loaded = LoadEvent(proposal);
  if (!loaded.ok())
    return absl::DataLossError(absl::StrFormat("profile %s@%d in the store does not load: restore a backup, or publish another version",
                                               proposal.profile, proposal.version));
  if (ProfileHash(*loaded.profile) != proposal.hash)
    return absl::DataLossError(absl::StrFormat("profile %s@%d has another hash than the one that was approved: this program "
                                               "reads it otherwise - propose it again",
                                               proposal.profile, proposal.version));
  return loaded.profile;
}

ProfileLives::ProfileLives(std::vector<ProfileEvent> events) : events_(std::move(events)) {
  std::sort(events_.begin(), events_.end(),
            [](const ProfileEvent& a, const ProfileEvent& b) { return a.number < b.number; });
}

const ProfileEvent* ProfileLives::FindProposal(std::string_view profile, std::int64_t version) const {
  for (const ProfileEvent& event : events_) {
    if (event.kind == Kind::kPropose && event.profile == profile && event.version == version) return &event;
  }
  return nullptr;
}

bool ProfileLives::IsApproved(const ProfileEvent& proposal) const {
  return std::any_of(events_.begin(), events_.end(), [&](const ProfileEvent& event) {
    return event.kind == Kind::kApprove && event.profile == proposal.profile && event.version == proposal.version &&
           event.hash == proposal.hash;
  });
}

absl::StatusOr<ProfileEvent> ProfileLives::NewEvent(Kind kind, const ProfileEvent& proposal, const Actor& actor) const {
  if (actor.by.empty()) return absl::InvalidArgumentError("say who does this: --by NAME");
  ProfileEvent event;
  event.number = events_.empty() ? 1 : events_.back().number + 1;
  event.kind = kind;
  event.at = actor.at;
  event.by = actor.by;
  event.profile = proposal.profile;
  event.version = proposal.version;
  event.hash = proposal.hash;
  return event;
}

absl::StatusOr<ProfileEvent> ProfileLives::Propose(const ProfileSource& source, const BaseReader& bases, const Actor& actor,
                                                   const std::string& reason,
                                                   const std::set<std::string, std::less<>>& teams) const {
  if (reason.find_first_not_of(' ') == std::string::npos)
    return absl::InvalidArgumentError("say why it is proposed: --reason TEXT");
  ProfileEvent made;
  const BaseReader recording_base = [&](std::string_view id) -> absl::StatusOr<ProfileSource> {
    absl::StatusOr<ProfileSource> base = bases ? bases(id) : absl::NotFoundError("no such profile");
    if (!base.ok()) return base.status();
    made.base_text = base->text;
    const ListReader reader = base->read_list;
    base->read_list = [reader, &made](std::string_view path) { return Recording(reader, made.base_lists)(path); };
    return base;
  };
  const LoadResult loaded = LoadProfile(source.text, Recording(source.read_list, made.lists), recording_base);
  if (!loaded.ok()) return FirstError(loaded.diagnostics);
  const Profile& profile = *loaded.profile;
  made.profile = profile.id;
  made.version = profile.version;
  made.hash = ProfileHash(profile);
  for (const ProfileEvent& event : events_) {
    if (event.kind != Kind::kPropose || event.profile != profile.id) continue;
    if (event.version == profile.version) {
      return absl::FailedPreconditionError(
          absl::StrFormat("%s@%d was proposed already%s", profile.id, profile.version,
                          event.hash == made.hash ? "" : " and is another - raise the version"));
    }
    if (event.version > profile.version)
      return absl::FailedPreconditionError(absl::StrFormat("%s@%d comes after it - raise the version", profile.id, event.version));
  }
  PublishOptions options{DayOf(actor.at), "", teams};
  RETURN_IF_ERROR(FirstError(CheckForPublish(profile, source.text, options)));
  ASSIGN_OR_RETURN(ProfileEvent event, NewEvent(Kind::kPropose, made, actor));
  event.reason = reason;
  event.text = source.text;
  event.lists = std::move(made.lists);
  event.base_text = std::move(made.base_text);
  event.base_lists = std::move(made.base_lists);
  return event;
}

absl::StatusOr<ProfileEvent> ProfileLives::Approve(std::string_view profile, std::int64_t version, std::string_view hash,
                                                   const Actor& actor) const {
  const ProfileEvent* const proposal = FindProposal(profile, version);
  if (proposal == nullptr)
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d was not proposed", std::string(profile), version));
  if (hash.starts_with("sha256:")) hash.remove_prefix(7);
  if (hash != proposal->hash) {
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d has the hash %s - read what changed and approve exactly that",
                                                         std::string(profile), version, proposal->hash));
  }
  if (IsApproved(*proposal))
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d is approved already", std::string(profile), version));
  // Whoever edited since the last approval: their work is in what is approved.
  for (auto event = events_.rbegin(); event != events_.rend(); ++event) {
    if (event->profile != profile) continue;
    if (event->kind == Kind::kApprove) break;
    if (event->kind == Kind::kPropose && event->by == actor.by) {
      return absl::FailedPreconditionError(absl::StrFormat(
          "%s proposed %s@%d and may not approve it - somebody else must", actor.by, event->profile, event->version));
    }
  }
  return NewEvent(Kind::kApprove, *proposal, actor);
}

absl::Status ProfileLives::CheckNow(const ProfileEvent& proposal, const Actor& actor, const std::vector<std::string>& accepted,
                                    const std::set<std::string, std::less<>>& teams) const {
  ASSIGN_OR_RETURN(const std::shared_ptr<const Profile> profile, ProfileOf(proposal));
  const std::vector<Diagnostic> found = CheckForPublish(*profile, proposal.text, {DayOf(actor.at), "", teams});
  RETURN_IF_ERROR(FirstError(found));
  const bool without_history = std::any_of(found.begin(), found.end(),
                                           [](const Diagnostic& d) { return d.message.starts_with("no history yet"); });
  const bool is_accepted = std::any_of(accepted.begin(), accepted.end(), [](const std::string& text) {
    return text.starts_with("no_history:") && text.find_first_not_of(' ', 11) != std::string::npos;
  });
  if (without_history && !is_accepted)
    return absl::FailedPreconditionError("there is no history to run it over: accept that with --accept no_history:WHY");
  return absl::OkStatus();
}

absl::StatusOr<ProfileEvent> ProfileLives::Publish(std::string_view profile, std::int64_t version, const Actor& actor,
                                                   const std::vector<std::string>& accepted,
                                                   const std::set<std::string, std::less<>>& teams) const {
  const ProfileEvent* const proposal = FindProposal(profile, version);
  if (proposal == nullptr)
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d was not proposed", std::string(profile), version));
  if (!IsApproved(*proposal)) {
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d is not approved: somebody else approves it with rules approve %s@%d --hash %s",
                                                         proposal->profile, version, proposal->profile, version, Short(proposal->hash) + "..."));
  }
  RETURN_IF_ERROR(CheckNow(*proposal, actor, accepted, teams));
  ASSIGN_OR_RETURN(ProfileEvent event, NewEvent(Kind::kPublish, *proposal, actor));
  event.accepted = accepted;
  return event;
}

absl::StatusOr<ProfileEvent> ProfileLives::PublishInEmergency(std::string_view profile, std::int64_t version,
                                                              const Actor& actor, const std::string& reason,
                                                              const std::set<std::string, std::less<>>& teams) const {
  if (reason.find_first_not_of(' ') == std::string::npos)
    return absl::InvalidArgumentError("say what the emergency is: --reason TEXT");
  const ProfileEvent* const proposal = FindProposal(profile, version);
  if (proposal == nullptr)
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d was not proposed", std::string(profile), version));
  for (const ProfileEvent& event : events_) {
    if (event.kind == Kind::kEmergency && event.hash == proposal->hash && !IsApproved(*proposal))
      return absl::FailedPreconditionError(absl::StrFormat(
          "%s@%d had its 24 hours - somebody else must approve it now", proposal->profile, version));
  }
  RETURN_IF_ERROR(CheckNow(*proposal, actor, {"no_history:emergency"}, teams));
  ASSIGN_OR_RETURN(ProfileEvent event, NewEvent(Kind::kEmergency, *proposal, actor));
  event.reason = reason;
  return event;
}

absl::StatusOr<ProfileEvent> ProfileLives::Rollback(std::string_view profile, std::int64_t version, const Actor& actor,
                                                    const std::string& reason) const {
  const ProfileEvent* const proposal = FindProposal(profile, version);
  if (proposal == nullptr)
    return absl::FailedPreconditionError(absl::StrFormat("%s has no version %d", std::string(profile), version));
  if (!IsApproved(*proposal))
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d was never approved, so it may not be live again", proposal->profile, version));
  bool emergency = false;
  if (LiveOf(profile, actor.at, &emergency) == proposal)
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d is live already", proposal->profile, version));
  ASSIGN_OR_RETURN(const std::shared_ptr<const Profile> loaded, ProfileOf(*proposal));
  if (loaded->effective && loaded->effective->second < DayOf(actor.at)) {
    return absl::FailedPreconditionError(absl::StrFormat("%s@%d expired on %s - propose it again with a new period",
                                                         proposal->profile, version, ToString(loaded->effective->second)));
  }
  ASSIGN_OR_RETURN(ProfileEvent event, NewEvent(Kind::kRollback, *proposal, actor));
  event.reason = reason;
  return event;
}

const ProfileEvent* ProfileLives::LiveOf(std::string_view profile, Instant now, bool* emergency) const {
  const ProfileEvent* live = nullptr;
  *emergency = false;
  for (const ProfileEvent& event : events_) {
    if (event.profile != profile || event.at > now) continue;
    const ProfileEvent* const proposal = FindProposal(profile, event.version);
    if (event.kind == Kind::kPublish || event.kind == Kind::kRollback) {
      live = proposal;
      *emergency = false;
    } else if (event.kind == Kind::kEmergency) {
      const bool approved = IsApproved(*proposal);
      // Without an approval what was live before is live again after 24 hours.
      if (!approved && now.seconds >= event.at.seconds + kEmergencySeconds) continue;
      live = proposal;
      *emergency = !approved;
    }
  }
  return live;
}

std::vector<ProfileVersion> ProfileLives::Versions(std::string_view profile, Instant now) const {
  bool emergency = false;
  const ProfileEvent* const live = LiveOf(profile, now, &emergency);
  std::vector<ProfileVersion> versions;
  for (const ProfileEvent& event : events_) {
    if (event.profile != profile) continue;
    if (event.kind == Kind::kPropose) versions.push_back({event.profile, event.version, event.hash});
    for (ProfileVersion& version : versions) {
      if (version.version == event.version) version.events.push_back(&event);
    }
  }
  for (ProfileVersion& version : versions) {
    const ProfileEvent& proposal = *version.events.front();
    const bool was_live = std::any_of(version.events.begin(), version.events.end(),
                                      [](const ProfileEvent* event) { return event->kind >= Kind::kPublish; });
    version.stage = &proposal == live ? Stage::kLive : was_live ? Stage::kReplaced : IsApproved(proposal) ? Stage::kApproved : Stage::kProposed;
    version.emergency = &proposal == live && emergency;
    const absl::StatusOr<std::shared_ptr<const Profile>> loaded = ProfileOf(proposal);
    if (!loaded.ok()) continue;
    if ((*loaded)->effective && (*loaded)->effective->second < DayOf(now)) version.stage = Stage::kExpired;
    version.review_due = (*loaded)->review_by && DayOf(now).days >= (*loaded)->review_by->days - kReviewDueDays;
  }
  return versions;
}

std::vector<const ProfileEvent*> ProfileLives::Live(Instant now) const {
  std::set<std::string> ids;
  for (const ProfileEvent& event : events_) ids.insert(event.profile);
  std::vector<const ProfileEvent*> live;
  for (const std::string& id : ids) {
    bool emergency = false;
    if (const ProfileEvent* const proposal = LiveOf(id, now, &emergency)) live.push_back(proposal);
  }
  return live;
}

}  // namespace landfall::rules
