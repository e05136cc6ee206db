#include <algorithm>

#include "absl/strings/str_format.h"
#include "pipeline/facts/fact_maker.h"

namespace landfall::facts_internal {
namespace {

constexpr int kAdultYears = 18;
constexpr int kOldestYears = 110;

// Without a birth date: a child only if something else says so.
bool IsChildByOtherSigns(const Traveller& traveller) {
  if (traveller.fare == Fare::kChild || traveller.fare == Fare::kInfant) return true;
  if (traveller.stated_age && *traveller.stated_age < kAdultYears) return true;
  return traveller.HasService("CHLD") || traveller.HasService("INFT") || traveller.HasService("UMNR");
}

void FindAge(FlightInput& input, std::uint32_t i) {
  const Traveller& traveller = input.TravellerAt(i);
  TravellerContext& context = input.context.travellers[i];
  if (!traveller.date_of_birth) {
    context.is_child = IsChildByOtherSigns(traveller);
    input.Note(i, "date_of_birth", FindingCode::kBirthDateMissing,
               context.is_child ? "no birth date: a child by its fare, service or stated age"
                                : "no birth date: not taken for a child");
    return;
  }
  // At a port without a known zone the day may be the one before or after.
  const int days_either_way = input.state.port_known ? 0 : 1;
  const Date from{input.state.t0_date.days - days_either_way}, to{input.state.t0_date.days + days_either_way};
  const AgeRange age = AgesBetween(*traveller.date_of_birth, from, to);
  if (age.oldest < 0) {
    context.is_child = IsChildByOtherSigns(traveller);
    input.Note(i, "date_of_birth", FindingCode::kBirthDateFuture,
               ToString(*traveller.date_of_birth) + " lies after the flight");
    return;
  }
  if (age.youngest > kOldestYears) {
    input.Note(i, "date_of_birth", FindingCode::kAgeOver110,
               absl::StrFormat("%s makes an age of %d", ToString(*traveller.date_of_birth), age.youngest));
  }
  context.has_age = true;
  context.age = {std::max(age.youngest, 0), age.oldest};
  // A range that crosses 18 counts as child.
  context.is_child = age.youngest < kAdultYears;
}

// The named adult who is on the flight, else the oldest adult of the party who is.
std::optional<std::uint32_t> EscortOf(const FlightInput& input, std::uint32_t child) {
  const Vignette* const vignette = input.context.travellers[child].vignette.vignette;
  const Party& party = input.PartyOf(child);
  if (vignette != nullptr && input.people) {
    for (const NamedAdult& adult : vignette->adults) {
      for (const FlightPeople::Found& found : input.people->Find(adult.person)) {
        if (found.match >= SamePerson::kNameAndBirth && input.IsAdultOnFlight(found.traveller)) return found.traveller;
      }
    }
  }
  std::optional<std::uint32_t> oldest;
  for (const std::uint32_t member : party.members) {
    if (member == child || !input.IsAdultOnFlight(member)) continue;
    const bool is_older = !oldest || input.context.travellers[member].age.youngest > input.context.travellers[*oldest].age.youngest;
    if (is_older) oldest = member;
  }
  return oldest;
}

}  // namespace

void FindAges(FlightInput& input) {
  for (std::uint32_t i = 0; i < input.state.travellers.size(); ++i) FindAge(input, i);
}

void FindVignettes(FlightInput& input) {
  for (std::uint32_t i = 0; i < input.state.travellers.size(); ++i) {
    TravellerContext& context = input.context.travellers[i];
    if (!context.is_child) continue;
    context.vignette = input.reference.FindVignette(input.TravellerAt(i), input.state.t0_date);
    const Vignette* const vignette = context.vignette.vignette;
    if (vignette == nullptr) continue;
    if (!vignette->adults.empty() && !input.people) input.people.emplace(input.state);
    if (vignette->sponsor) context.sponsor = input.reference.FindSponsor(*vignette->sponsor);
  }
}

void FindEscorts(FlightInput& input) {
  for (std::uint32_t i = 0; i < input.state.travellers.size(); ++i) {
    TravellerContext& context = input.context.travellers[i];
    if (context.is_child) context.escort = EscortOf(input, i);
  }
}

std::optional<WatchMatch> BestMatch(const FlightInput& input, const WatchQuery& query) {
  if (!input.reference.IsLoaded(ReferenceKind::kWatchlist)) return std::nullopt;
  std::vector<WatchMatch> matches = input.reference.watch().Find(query);
  if (matches.empty()) return WatchMatch{};
  return std::move(matches.front());
}

std::string_view MatchWord(const std::optional<WatchMatch>& match, const ProfileParameters& parameters) {
  if (!match) return "";
  if (match->entry == nullptr || match->score < parameters.match_review) return "none";
  return match->score >= parameters.match_strong ? "strong" : "review";
}

}  // namespace landfall::facts_internal
