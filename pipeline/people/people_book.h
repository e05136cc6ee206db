#pragma once

// People over time: who on one flight is who on another.
//
// An *identity* is what one document states (people_rows.h). Two identities are linked by evidence in decibans, worked out
// from what both state and from nothing else, so in whatever order messages came, and by judgements of people. A *person* is
// the identities that links join; its id is that of the identity that travelled first. Nothing but sightings and judgements
// is stored: taking a judgement back restores what was, since everything else is worked out anew.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/enum_text.h"
#include "pipeline/match/person_score.h"
#include "pipeline/people/people_rows.h"
#include "pipeline/reference/snapshot.h"

namespace landfall {

// DO NOT RENUMBER: on disk.
enum class Verdict : std::uint8_t { kSame, kDifferent, kNotSure };
template <>
struct EnumText<Verdict> {
  static constexpr std::string_view kWords[] = {"same", "different", "not_sure"};
};

struct PeopleJudgement {
  std::uint64_t number = 0;  // On this pair, from 1.
  Verdict verdict = Verdict::kNotSure;
  std::string by, reason;
  Instant at{0};
  // Who took it back, if somebody did.
  std::string undone_by, undone_reason;
  std::optional<Instant> undone_at;
};

struct IdentitySighting {
  FlightKey flight;
  std::string traveller;  // As TravellerName.
  Traveller stated;       // Names, birth date, sex, nationality, documents, contacts, address.
};
struct Identity {
  IdentityKey key{};
  std::vector<IdentitySighting> sightings;  // Oldest first; not empty.

  std::string id() const { return PeopleId('P', key); }
};

enum class LinkState : std::uint8_t {
  kProposed,   // Evidence for review: a person should look.
  kJoined,     // Evidence enough.
  kSame,       // A person says so.
  kDifferent,  // Likewise.
  kNotSure,    // A person looked, and cannot tell: the evidence alone joins nothing.
  kApart,      // They cannot be one: on one flight together.
};
template <>
struct EnumText<LinkState> {
  static constexpr std::string_view kWords[] = {"proposed", "joined", "same", "different", "not_sure", "apart"};
};

struct PeopleLink {
  IdentityKey a{}, b{};  // a < b.
  std::int32_t score = 0;
  std::vector<MatchTerm> terms;  // Add up to the score.
  LinkState state = LinkState::kProposed;
  std::vector<PeopleJudgement> judgements;  // Oldest first, those taken back too.
};

struct PersonFile {
  std::string id;
  std::vector<Identity> identities;  // The first that travelled first.
  std::vector<PeopleLink> links;     // Among them, and from them to others.
  std::vector<Identity> others;      // Whom those links name: possibly this person, or judged not to be.
  bool truncated = false;            // There were more than are ever looked at.
};

// Decibans from which two identities are one without anybody's word: a common name with a birth date is not enough, a rare
// one, a number or a vignette is. And from which a link is shown for review.
inline constexpr std::int32_t kJoinDecibans = 52;
inline constexpr std::int32_t kProposeDecibans = 20;

// The evidence between two identities; nullopt if there is not even enough for review, or if they were on one flight as two
// people. State and judgements are not filled. The same for (a, b) and (b, a). `home` is the own country. Any thread.
std::optional<PeopleLink> LinkBetween(const Identity& a, const Identity& b, CountryCode home);
// They were on one flight, as two people.
bool AreApart(const Identity& a, const Identity& b);

// One thread. Borrows all three.
class PeopleBook {
 public:
  PeopleBook(const Database& database, const Configuration& configuration, const ReferenceSnapshot& reference)
      : database_(database), configuration_(configuration), reference_(reference), key_(*configuration.people_key) {}

  // The identities of an id (P-...), of a document or visa number, or of whoever is born on a day and has a name that agrees.
  absl::StatusOr<std::vector<IdentityKey>> WithId(std::string_view id) const;
  absl::StatusOr<std::vector<IdentityKey>> WithNumber(std::string_view number) const;
  absl::StatusOr<std::vector<IdentityKey>> WithName(std::string_view surname, std::string_view given_names,
                                                    const PartialDate& birth) const;
  // The person of an identity; nullopt if nobody was seen so (any more).
  absl::StatusOr<std::optional<PersonFile>> Find(const IdentityKey& identity) const;

  // Who was met with a telephone number, address or sponsor.
  struct Contact {
    ContactSort sort = ContactSort::kPhone;
    std::string id, text;
    struct Use {
      std::string role, identity;
      FlightKey flight;
    };
    std::vector<Use> uses;  // By flight, then identity.
    bool truncated = false;
  };
  absl::StatusOr<std::optional<Contact>> FindContact(ContactSort sort, std::string_view id_or_key_beginning) const;

  // Adds to `batch` a person's word on whether two identities are one. `by` and `reason` are not empty, a and b differ.
  absl::Status Judge(const IdentityKey& a, const IdentityKey& b, Verdict verdict, std::string_view by,
                     std::string_view reason, Instant at, StoreBatch& batch) const;
  // Takes the latest word on the pair back that holds. NotFound if none does.
  absl::Status Undo(const IdentityKey& a, const IdentityKey& b, std::string_view by, std::string_view reason, Instant at,
                    StoreBatch& batch) const;
  absl::StatusOr<std::vector<PeopleJudgement>> Judgements(const IdentityKey& a, const IdentityKey& b) const;

 private:
  absl::StatusOr<std::optional<Identity>> Load(const IdentityKey& key) const;
  absl::StatusOr<std::optional<Identity>> LoadCurrent(const IdentityKey& key) const;
  absl::StatusOr<std::vector<IdentityKey>> InFinder(FinderSort sort, std::string_view text, bool* truncated) const;
  absl::StatusOr<std::vector<IdentityKey>> CandidatesFor(const Identity& identity, bool* truncated) const;
  absl::Status PutJudgement(const IdentityKey& a, const IdentityKey& b, std::uint64_t row, std::string_view value,
                            StoreBatch& batch) const;

  const Database& database_;
  const Configuration& configuration_;
  const ReferenceSnapshot& reference_;
  HashKey key_;
};

// Takes away everybody who was last seen on a flight that departed before this day, and each sighting before it. Works in
// steps of bounded memory, each durable; it can be done again. Returns the number of rows taken away. Judgements stay: they
// name nobody.
absl::StatusOr<std::uint64_t> ForgetPeopleBefore(Date day, Database& database);

}  // namespace landfall
