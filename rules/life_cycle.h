#pragma once

// The life of profiles: proposed, approved by somebody else, live, replaced, expired. What happened is a list of events
// that only grows; what holds follows from it. Pure: reading and storing events is the caller's.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/date.h"
#include "rules/profile.h"

namespace landfall::rules {

struct ProfileEvent {
  enum class Kind : std::uint8_t { kPropose, kApprove, kPublish, kEmergency, kRollback };
  std::int64_t number = 0;  // From 1 on: their order.
  Kind kind = Kind::kPropose;
  Instant at;
  std::string by;
  std::string profile;
  std::int64_t version = 0;
  std::string hash;  // 64 hex digits.
  std::string reason;
  std::vector<std::string> accepted;  // Warnings that were accepted, "no_history:why".
  // Of a proposal: everything that the profile is made from, so that it never depends on files again.
  std::string text;
  std::map<std::string, std::string> lists;       // By path.
  std::string base_text;                          // Of an overlay.
  std::map<std::string, std::string> base_lists;
};

std::string EventJson(const ProfileEvent& event);
// DataLoss if it is none.
absl::StatusOr<ProfileEvent> ReadEvent(std::string_view json);

// One version of a profile, as far as it got.
struct ProfileVersion {
  enum class Stage : std::uint8_t { kProposed, kApproved, kLive, kReplaced, kExpired };
  std::string profile;
  std::int64_t version = 0;
  std::string hash;
  Stage stage = Stage::kProposed;
  bool review_due = false;  // Live, and its review is less than 14 days off or past.
  bool emergency = false;   // Live by one person, until somebody else approves.
  std::vector<const ProfileEvent*> events;
};
std::string_view StageWords(const ProfileVersion& version);

// Who acts, when, and as if on which day.
struct Actor {
  std::string by;
  Instant at;
};

class ProfileLives {
 public:
  // Sorted by number.
  explicit ProfileLives(std::vector<ProfileEvent> events);

  // The event to store; FailedPrecondition says what stands in the way and what to do about it.
  absl::StatusOr<ProfileEvent> Propose(const ProfileSource& source, const BaseReader& bases, const Actor& actor,
                                       const std::string& reason, const std::set<std::string, std::less<>>& teams) const;
  absl::StatusOr<ProfileEvent> Approve(std::string_view profile, std::int64_t version, std::string_view hash,
                                       const Actor& actor) const;
  absl::StatusOr<ProfileEvent> Publish(std::string_view profile, std::int64_t version, const Actor& actor,
                                       const std::vector<std::string>& accepted,
                                       const std::set<std::string, std::less<>>& teams) const;
  // One person, for 24 hours. The checks hold all the same.
  absl::StatusOr<ProfileEvent> PublishInEmergency(std::string_view profile, std::int64_t version, const Actor& actor,
                                                  const std::string& reason,
                                                  const std::set<std::string, std::less<>>& teams) const;
  // Makes a version live again that was approved and has not expired.
  absl::StatusOr<ProfileEvent> Rollback(std::string_view profile, std::int64_t version, const Actor& actor,
                                        const std::string& reason) const;

  // Every version of a profile in order, as at `now`.
  std::vector<ProfileVersion> Versions(std::string_view profile, Instant now) const;
  // The proposals whose versions are live at `now`, by id of the profile.
  std::vector<const ProfileEvent*> Live(Instant now) const;
  const std::vector<ProfileEvent>& events() const { return events_; }

 private:
  const ProfileEvent* FindProposal(std::string_view profile, std::int64_t version) const;
  bool IsApproved(const ProfileEvent& proposal) const;
  absl::Status CheckNow(const ProfileEvent& proposal, const Actor& actor, const std::vector<std::string>& accepted,
                        const std::set<std::string, std::less<>>& teams) const;
  absl::StatusOr<ProfileEvent> NewEvent(ProfileEvent::Kind kind, const ProfileEvent& proposal, const Actor& actor) const;
  const ProfileEvent* LiveOf(std::string_view profile, Instant now, bool* emergency) const;

  std::vector<ProfileEvent> events_;
};

// The profile of a proposal, from nothing but the event. DataLoss if it does not load, or has another hash.
absl::StatusOr<std::shared_ptr<const Profile>> ProfileOf(const ProfileEvent& proposal);

}  // namespace landfall::rules
