// Facts that rest on watch lists and the register of children in care: of travellers, escorts and sponsors.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "model/digest.h"
#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name/name_form.h"
#include "storage/bytes.h"

namespace landfall::facts_internal {
namespace {

WatchQuery QueryFor(const FlightInput& input, std::uint32_t i) {
  const Traveller& traveller = input.At(i);
  WatchQuery query;
  query.surname = traveller.surname;
  query.given_names = traveller.given_names;
  query.name_may_be_cut = MayBeCut(traveller.surname, traveller.given_names);
  query.date_of_birth = traveller.date_of_birth;
  query.sex = traveller.sex;
  query.nationality = traveller.nationality.view();
  query.documents = &traveller.documents;
  query.may_be_child = input.context.travellers[i].may_be_child;
  query.on = input.state.t0_date;
  return query;
}

// Who vouches for a child is an adult, unless a birth date says otherwise.
bool MayBeChild(const FlightInput& input, const std::optional<PartialDate>& birth) {
  return birth && AgesBetween(*birth, input.state.t0_date, input.state.t0_date).youngest < 18;
}

WatchQuery QueryFor(const FlightInput& input, const VisaSponsor& sponsor, const SponsorRecord* record) {
  WatchQuery query;
  query.surname = sponsor.person.surname;
  query.given_names = sponsor.person.given_names;
  query.date_of_birth = sponsor.person.date_of_birth;
  query.sex = sponsor.person.sex;
  query.nationality = sponsor.person.nationality.view();
  query.document = sponsor.person.document;
  query.phone = sponsor.phone;
  query.address = sponsor.address ? &*sponsor.address : nullptr;
  if (record != nullptr) {
    // A form seldom gives more than a name: the register completes it.
    if (!query.date_of_birth) query.date_of_birth = record->person.date_of_birth;
    if (query.nationality.empty()) query.nationality = record->person.nationality.view();
    if (query.document.empty()) query.document = record->person.document;
  }
  query.may_be_child = MayBeChild(input, query.date_of_birth);
  query.on = input.state.t0_date;
  return query;
}

WatchLevel LevelOf(const WatchMatch& match, const ProfileParameters& parameters) {
  if (match.entry == nullptr || match.score < parameters.match_review) return WatchLevel::kNone;
  return match.score >= parameters.match_strong ? WatchLevel::kStrong : WatchLevel::kReview;
}

WatchLevel LevelOf(SponsorRisk risk) {
  switch (risk) {
    case SponsorRisk::kNone: return WatchLevel::kNone;
    case SponsorRisk::kReview: return WatchLevel::kReview;
    case SponsorRisk::kHigh: return WatchLevel::kStrong;
  }
  return WatchLevel::kNone;
}

// What a query of a traveller asks with, as a digest. It is hostile people who would make two of them meet: no plain hash.
Digest128 DigestOf(const WatchQuery& query) {
  thread_local std::string text;
  text.clear();
  const auto append = [](std::string_view part) { AppendSized(text, part); };
  append(query.surname);
  append(query.given_names);
  append(query.date_of_birth ? ToString(*query.date_of_birth) : "");
  append(query.sex ? ToText(*query.sex) : "");
  append(query.nationality);
  for (const Document& document : *query.documents) {
    append(document.type);
    append(document.number);
    append(document.issuer.view());
  }
  AppendVarint(text, query.may_be_child ? 1 : 0);
  AppendVarint(text, static_cast<std::uint64_t>(query.on->days));
  return Blake2b128(text);
}

// Queries that found nobody, of one state of the records. Each message of a flight has all its travellers compared again,
// and nearly all of them are on no list. One thread.
class FoundNobody {
 public:
  bool Contains(const ReferenceSnapshot& reference, const Digest128& query) {
    if (serial_ != reference.serial()) queries_.clear();
    serial_ = reference.serial();
    return queries_.contains(query);
  }
  void Add(const Digest128& query) {
    constexpr std::size_t kMost = 200'000;
    if (queries_.size() >= kMost) queries_.clear();
    queries_.insert(query);
  }

 private:
  std::uint64_t serial_ = 0;
  absl::flat_hash_set<Digest128> queries_;
};

std::vector<WatchMatch> FindOnLists(const ReferenceSnapshot& reference, const WatchQuery& query) {
  thread_local FoundNobody found_nobody;
  const Digest128 digest = DigestOf(query);
  if (found_nobody.Contains(reference, digest)) return {};
  std::vector<WatchMatch> matches = reference.watch().Find(query);
  if (matches.empty()) found_nobody.Add(digest);
  return matches;
}

void FindTraveller(FlightInput& input, std::uint32_t i) {
  std::vector<WatchMatch> matches = FindOnLists(input.reference, QueryFor(input, i));
  input.is_missing_child[i] = std::any_of(matches.begin(), matches.end(), [&](const WatchMatch& match) {
    return match.entry->kind == WatchKind::kChildAtRisk && match.entry->status == WatchStatus::kMissing &&
           match.score >= input.parameters.match_strong;
  });
  input.Of(i).watch = matches.empty() ? WatchMatch{} : std::move(matches.front());
}

void FindSponsor(FlightInput& input, std::uint32_t child) {
  std::vector<WatchMatch> matches =
      input.reference.watch().Find(QueryFor(input, *input.sponsors[child], input.Of(child).sponsor));
  input.Of(child).sponsor_watch = matches.empty() ? WatchMatch{} : std::move(matches.front());
}

// A risk mark of the sponsor register counts like a match.
void AddSponsorMatch(const FlightInput& input, const TravellerContext& context, const FactRow& row) {
  std::optional<WatchLevel> level;
  if (context.sponsor_watch) {
    level = LevelOf(*context.sponsor_watch, input.parameters);
    row.Num(FactId::sponsor_watch_score, context.sponsor_watch->score);
  }
  if (context.sponsor != nullptr && context.sponsor->risk != SponsorRisk::kNone) {
    level = std::max(level.value_or(WatchLevel::kNone), LevelOf(context.sponsor->risk));
  }
  row.Enum(FactId::sponsor_watch_match, level);
}

// An escort whose own age is in doubt was compared with children at risk only, which answers another question.
void AddEscortMatch(const FlightInput& input, std::uint32_t escort, const FactRow& row) {
  const TravellerContext& adult = input.context.travellers[escort];
  if (adult.may_be_child || !adult.watch) return;
  row.Enum(FactId::escort_watch_match, LevelOf(*adult.watch, input.parameters));
  row.Num(FactId::escort_watch_score, adult.watch->score);
}

// The registers of children hold no adults: only those who may be children are looked up.
const CareRecord* CareOf(const FlightInput& input, std::uint32_t i) {
  return input.context.travellers[i].may_be_child ? input.reference.FindCare(input.At(i)) : nullptr;
}

// Dates of the register count where they are given: a child may have come into care after, or left it before.
bool IsInForce(const CareRecord& care, Date on) {
  return (!care.since || *care.since <= on) && (!care.until || on <= *care.until);
}

void AddChildRegisters(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  std::optional<bool> missing;
  if (input.context.travellers[i].watch) missing = input.is_missing_child[i];
  if (input.reference.IsLoaded(ReferenceKind::kCareRegister)) {
    const CareRecord* care = CareOf(input, i);
    if (care != nullptr && !IsInForce(*care, input.state.t0_date)) care = nullptr;
    row.Bool(FactId::pax_in_care, care != nullptr && care->status != "left_care");
    if (care != nullptr && care->status == "missing_from_care") missing = true;
  }
  row.Bool(FactId::pax_reported_missing, missing);
}

}  // namespace

void FindWatchMatches(FlightInput& input) {
  input.is_missing_child.resize(input.count());
  if (!input.reference.IsLoaded(ReferenceKind::kWatchlist)) return;
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    FindTraveller(input, i);
    if (input.sponsors[i] != nullptr) FindSponsor(input, i);
  }
}

void AddWatchFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const TravellerContext& context = input.context.travellers[i];
  if (context.watch) {
    row.Enum(FactId::pax_watch_match, LevelOf(*context.watch, input.parameters));
    row.Num(FactId::pax_watch_score, context.watch->score);
  }
  AddChildRegisters(input, i, row);
  AddSponsorMatch(input, context, row);
  if (context.escort) AddEscortMatch(input, *context.escort, row);
}

}  // namespace landfall::facts_internal
