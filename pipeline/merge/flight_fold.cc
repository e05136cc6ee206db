#include "pipeline/merge/flight_fold.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/match/name_key.h"
#include "pipeline/merge/combine.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

constexpr std::size_t kFindingsKept = 1'000;  // Of one flight; a sender that errs in every field cannot fill memory.
constexpr std::int64_t kRevisionJump = 100;
constexpr std::int64_t kRetimedSeconds = 3 * 3600;
// So long after the latest part the others are no longer on their way.
constexpr std::int64_t kPartsWaitSeconds = 2 * 3600;

bool CountsAsPassenger(const Traveller& traveller) {
  return traveller.type == TravellerType::kPassenger || traveller.type == TravellerType::kTransit;
}

bool LiesInOwnCountry(AirportCode airport, const Configuration& configuration) {
  const Airport* found = FindAirport(airport.view());
  return found != nullptr && found->country == configuration.own_country;
}

std::string_view LocatorOf(const Traveller& traveller) {
  return traveller.booking ? std::string_view(traveller.booking->locator) : std::string_view();
}

// Whether the documents that are no visas have no number in common; nullopt if a side has none.
std::optional<bool> DocumentsDiffer(const Traveller& a, const Traveller& b) {
  bool has_a = false, has_b = false;
  for (const Document& mine : a.documents) {
    if (mine.type == "V" || mine.number.empty()) continue;
    has_a = true;
    for (const Document& other : b.documents) {
      if (other.type == "V" || other.number.empty()) continue;
      has_b = true;
      if (NumberKey(mine.number) == NumberKey(other.number)) return false;
    }
  }
  return has_a && has_b ? std::optional<bool>(true) : std::nullopt;
}

// A correction leaves something as it was; of another person all that can be compared differs.
bool IsOtherPerson(const Traveller& before, const Traveller& after) {
  if (before.surname == after.surname && before.given_names == after.given_names) return false;
  const bool has_births = before.date_of_birth && after.date_of_birth;
  if (has_births && Compatible(*before.date_of_birth, *after.date_of_birth)) return false;
  const std::optional<bool> documents_differ = DocumentsDiffer(before, after);
  if (documents_differ == false || (!has_births && !documents_differ)) return false;
  return !SameFullName(before.surname, before.given_names, after.surname, after.given_names);
}

std::shared_ptr<const Traveller> IdentityOf(const Traveller& traveller) {
  auto identity = std::make_shared<Traveller>();
  identity->surname = traveller.surname;
  identity->given_names = traveller.given_names;
  identity->date_of_birth = traveller.date_of_birth;
  identity->sex = traveller.sex;
  identity->nationality = traveller.nationality;
  identity->documents = traveller.documents;
  return identity;
}

std::string SetName(const Message& message) {
  if (!message.part) return "";
  return message.sender + '\0' + message.part->ref + '\0' +
         (message.revision ? std::to_string(*message.revision) : std::string());
}

}  // namespace

Direction DirectionOf(const FlightKey& key, const Configuration& configuration) {
  return LiesInOwnCountry(key.from, configuration) ? Direction::kDeparture : Direction::kArrival;
}

AirportCode PortOf(const FlightKey& key, const Configuration& configuration) {
  return DirectionOf(key, configuration) == Direction::kDeparture ? key.from : key.to;
}

void FlightFold::Apply(const Step& step) {
  const Message& message = *step.message;
  list_ = ++messages_;
  sent_at_ = message.sent_at;
  if (step.previous_revision && *message.revision - *step.previous_revision > kRevisionJump) {
    Note(FindingCode::kRevisionJump, "revision",
         absl::StrFormat("revision %d follows revision %d", *message.revision, *step.previous_revision));
  }
  ApplyFlightData(message.flight);
  if (message.sent_at) now_ = std::max(now_, *message.sent_at);
  if (message.replaces && *message.replaces != key_) replaces_ = message.replaces;
  if (step.moved_from != nullptr && message.travellers.empty()) TakeOver(*step.moved_from);
  ApplyTravellers(message, step);
  NoteFindings(message);
}

void FlightFold::ApplyTravellers(const Message& message, const Step& step) {
  switch (message.kind) {
    case MessageKind::kCancel: cancelled_ = true; return;
    case MessageKind::kReduction:
      for (const TravellerKeys& keys : step.keys->travellers) {
        if (const std::optional<std::size_t> index = Find(keys)) Remove(entries_[*index]);
      }
      return;
    case MessageKind::kCloseOut: ApplyCloseOut(message, step.keys); return;
    default:
      ApplyLists(message);
      for (std::size_t i = 0; i < message.travellers.size(); ++i) {
        ApplyTraveller(message.kind, {step.message, &message.travellers[i]}, {step.keys, &step.keys->travellers[i]});
      }
      // A list sent after a cancellation says that the flight goes after all.
      cancelled_ = false;
  }
}

void FlightFold::NoteFindings(const Message& message) {
  for (const Finding& finding : message.findings) {
    if (findings_.size() < kFindingsKept) findings_.push_back(finding);
  }
  for (const Finding& finding : message.set_aside) {
    if (std::find(set_aside_.begin(), set_aside_.end(), finding) == set_aside_.end()) set_aside_.push_back(finding);
  }
}

void FlightFold::ApplyFlightData(const Flight& flight) {
  if (!has_flight_) {
    flight_ = flight;
    has_flight_ = true;
    return;
  }
  if (std::abs(flight.departs_at.seconds - flight_.departs_at.seconds) > kRetimedSeconds) {
    Note(FindingCode::kRetimed, "departs_at",
         absl::StrFormat("departure %s, before %s", ToString(flight.departs_at), ToString(flight_.departs_at)));
  }
  const auto take = [](auto& mine, const auto& theirs, bool is_given) {
    if (is_given) mine = theirs;
  };
  take(flight_.departs_at, flight.departs_at, true);
  take(flight_.arrives_at, flight.arrives_at, flight.arrives_at.has_value());
  take(flight_.estimated_at, flight.estimated_at, flight.estimated_at.has_value());
  take(flight_.actual_at, flight.actual_at, flight.actual_at.has_value());
  take(flight_.terminal, flight.terminal, !flight.terminal.empty());
  take(flight_.stand, flight.stand, !flight.stand.empty());
  take(flight_.marketing, flight.marketing, !flight.marketing.empty());
  take(flight_.legs, flight.legs, !flight.legs.empty());
}

void FlightFold::ApplyLists(const Message& message) {
  if (message.kind == MessageKind::kCheckIn || message.kind == MessageKind::kUpdate) api_received_ = true;
  if (message.kind != MessageKind::kCheckIn) return;
  list_ = parts_.Add(message, list_);
  if (message.declared.empty()) return;
  declared_ = message.declared;
  declared_by_ = messages_;
}

std::optional<std::size_t> FlightFold::Find(const TravellerKeys& keys) const {
  for (const std::uint64_t key : {keys.reference, keys.booking, keys.document}) {
    if (key == 0) continue;
    const auto it = by_key_.find(key);
    if (it != by_key_.end() && entries_[it->second].message != messages_) return it->second;
  }
  // Father and son of one name in one booking are told apart by their birth dates, where both are stated.
  const auto namesakes = by_booking_name_.find(keys.booking_name);
  if (keys.booking_name == 0 || namesakes == by_booking_name_.end()) return std::nullopt;
  for (const std::uint32_t index : namesakes->second) {
    const Entry& entry = entries_[index];
    if (entry.message != messages_ && !(keys.has_birth_date && HasBirthDate(entry))) return index;
  }
  return std::nullopt;
}

bool FlightFold::HasBirthDate(const Entry& entry) {
  return entry.traveller.merged != nullptr ? entry.traveller.merged->date_of_birth.has_value() : entry.keys->has_birth_date;
}

void FlightFold::FileKeys(std::size_t index, const TravellerKeys& keys) {
  for (const std::uint64_t key : {keys.reference, keys.booking, keys.document}) {
    if (key != 0) by_key_.try_emplace(key, static_cast<std::uint32_t>(index));
  }
  if (keys.booking_name == 0) return;
  auto& namesakes = by_booking_name_[keys.booking_name];
  if (std::find(namesakes.begin(), namesakes.end(), index) == namesakes.end()) {
    namesakes.push_back(static_cast<std::uint32_t>(index));
  }
}

// Counts from now on as having come with the list at hand.
void FlightFold::Begin(Entry& entry) const {
  entry.traveller.list = list_;
  entry.traveller.since = sent_at_;
}

void FlightFold::Remove(Entry& entry) const {
  entry.removed = true;
  entry.removed_by = list_;
  entry.removed_at = sent_at_;
}

std::size_t FlightFold::Add(const std::shared_ptr<const TravellerKeys>& keys) {
  const std::size_t index = entries_.size();
  Entry& entry = entries_.emplace_back();
  entry.traveller.id = static_cast<std::uint32_t>(index);
  entry.keys = keys;
  Begin(entry);
  FileKeys(index, *keys);
  return index;
}

void FlightFold::ApplyTraveller(MessageKind kind, std::shared_ptr<const Traveller> traveller,
                                const std::shared_ptr<const TravellerKeys>& keys) {
  std::optional<std::size_t> index = Find(*keys);
  const auto slot_of = [kind](FlightTraveller& known) -> std::shared_ptr<const Traveller>& {
    return kind == MessageKind::kBooking ? known.booking : kind == MessageKind::kCrew ? known.crew : known.api;
  };
  if (index) {
    Entry& found = entries_[*index];
    const std::shared_ptr<const Traveller>& before = slot_of(found.traveller);
    // One reference, another person: who was there before has left.
    if (before != nullptr && IsOtherPerson(*before, *traveller)) {
      if (!found.removed) Remove(found);
      if (keys->reference != 0) by_key_.erase(keys->reference);
      index.reset();
    } else {
      FileKeys(*index, *keys);
    }
  }
  if (!index) index = Add(keys);
  Entry& entry = entries_[*index];
  FlightTraveller& known = entry.traveller;
  entry.message = messages_;
  const std::shared_ptr<const Traveller> before = known.merged;
  slot_of(known) = std::move(traveller);
  known.merged = CombineTraveller(known.api ? known.api : known.crew, known.booking);
  // A booking seldom gives a document: what API found of the named adults stays.
  if (kind != MessageKind::kBooking || !keys->awaited.empty() || !known.api) entry.keys = keys;
  if (entry.removed) {
    entry.removed = false;
    Begin(entry);
  } else if (before != nullptr && LocatorOf(*before) != LocatorOf(*known.merged) && !LocatorOf(*before).empty()) {
    entry.rebooked_from = before;
    Begin(entry);
  }
}

void FlightFold::ApplyCloseOut(const Message& message, const std::shared_ptr<const MessageKeys>& keys) {
  const CloseOutForm form = message.close_out.value_or(CloseOutForm::kNone);
  std::string set = SetName(message);
  const bool is_next_part = close_out_ == form && !set.empty() && set == close_out_set_;
  if (!is_next_part) close_out_listed_.clear();
  close_out_ = form;
  close_out_set_ = std::move(set);
  if (form == CloseOutForm::kNone) return;  // Closed, and nothing said of anybody.
  for (std::size_t i = 0; i < message.travellers.size(); ++i) {
    const Traveller& listed = message.travellers[i];
    const bool on_board = form == CloseOutForm::kFull ? listed.boarded.value_or(false) : form == CloseOutForm::kOnBoard;
    if (form == CloseOutForm::kFull && !listed.boarded) continue;
    std::optional<std::size_t> index = Find(keys->travellers[i]);
    if (!index && on_board) {
      // On board, and never announced: from here on this is all that is known of the traveller.
      index = Add({keys, &keys->travellers[i]});
      Entry& entry = entries_[*index];
      entry.traveller.api = std::make_shared<Traveller>(listed);
      entry.traveller.merged = entry.traveller.api;
    }
    if (!index) continue;
    entries_[*index].message = messages_;
    close_out_listed_[static_cast<std::uint32_t>(*index)] = on_board;
  }
}

void FlightFold::TakeOver(const FlightFold& from) {
  for (const Entry& entry : from.entries_) {
    if (entry.removed || !entry.traveller.merged || Find(*entry.keys)) continue;
    Entry& mine = entries_[Add(entry.keys)];
    const std::uint32_t id = mine.traveller.id;
    mine.traveller = entry.traveller;
    mine.traveller.id = id;
    mine.message = messages_;
    Begin(mine);
  }
  if (!api_received_ && !parts_.is_split()) parts_ = from.parts_;
  api_received_ = api_received_ || from.api_received_;
  if (declared_.empty()) {
    declared_ = from.declared_;
    declared_by_ = messages_;
  }
}

std::optional<bool> FlightFold::BoardedOf(std::size_t index) const {
  if (!close_out_) return std::nullopt;
  const auto it = close_out_listed_.find(static_cast<std::uint32_t>(index));
  if (it != close_out_listed_.end()) return it->second;
  switch (*close_out_) {
    case CloseOutForm::kOnBoard: return false;
    case CloseOutForm::kNotOnBoard: return true;
    default: return std::nullopt;
  }
}

Instant FlightFold::t0() const {
  if (direction() == Direction::kDeparture) return flight_.departs_at;
  return flight_.arrives_at.value_or(flight_.departs_at);
}

// The passengers that the declared total speaks of: those listed, and those that a reduction removed after it was stated.
std::int64_t FlightFold::CountListed() const {
  return std::count_if(entries_.begin(), entries_.end(), [this](const Entry& entry) {
    if (!entry.traveller.api || !CountsAsPassenger(*entry.traveller.api)) return false;
    return !entry.removed || entry.removed_by > declared_by_;
  });
}

std::optional<Instant> FlightFold::PartsDue() const {
  if (cancelled_ || parts_.IsComplete()) return std::nullopt;
  const Instant landing = t0();
  if (!parts_.latest()) return landing;
  return std::min(landing, Instant{parts_.latest()->seconds + kPartsWaitSeconds});
}

bool FlightFold::IsPartMissing(Instant at) const {
  const std::optional<Instant> due = PartsDue();
  return due && (close_out_ || at >= *due);
}

bool FlightFold::ApiComplete(Instant at, std::vector<Finding>& findings) const {
  const bool has_list = close_out_ == CloseOutForm::kOnBoard || close_out_ == CloseOutForm::kFull;
  if (!api_received_ && !has_list) return false;
  const std::int64_t listed = CountListed();
  const bool is_counted = declared_.passengers && listed == *declared_.passengers;
  if (!parts_.IsComplete() && !(is_counted && parts_.HasNoGap())) {
    if (IsPartMissing(at)) findings.push_back({"", "part", FindingCode::kPartMissing, parts_.Missing()});
    return false;
  }
  if (declared_.passengers && !is_counted) {
    findings.push_back({"", "declared", FindingCode::kCountDiffers,
                        absl::StrFormat("the carrier declares %d passengers, %d came", *declared_.passengers, listed)});
  }
  if (close_out_) return true;
  return declared_.passengers ? is_counted : parts_.is_split();
}

FlightState FlightFold::State(std::optional<Instant> known_at) const {
  FlightState state;
  state.key = key_;
  state.flight = flight_;
  state.direction = direction();
  state.port = port();
  state.t0 = t0();
  state.port_known = FindAirport(state.port.view()) != nullptr;
  state.t0_date = LocalDate(state.t0, ZoneOf(state.port));
  // Without any sending time the departure stands in: never the clock.
  state.now = now_.seconds != 0 ? now_ : flight_.departs_at;
  state.closed_out = close_out_.has_value();
  state.close_out = close_out_;
  state.cancelled = cancelled_;
  state.api_received = api_received_;
  state.replaces = replaces_;
  state.findings = findings_;
  state.set_aside = set_aside_;
  state.api_complete = ApiComplete(std::max(now_, known_at.value_or(now_)), state.findings);
  state.travellers.reserve(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    if (!entry.traveller.merged) continue;
    if (entry.removed) {
      state.former.push_back({entry.traveller.merged, entry.traveller.id, entry.removed_by, entry.removed_at});
      continue;
    }
    if (entry.rebooked_from) {
      state.former.push_back({entry.rebooked_from, entry.traveller.id, entry.traveller.list, entry.traveller.since});
    }
    state.travellers.push_back(entry.traveller);
    state.travellers.back().boarded = BoardedOf(i);
  }
  return state;
}

std::vector<const AwaitedAdult*> FlightFold::Awaited() const {
  std::vector<const AwaitedAdult*> awaited;
  for (const Entry& entry : entries_) {
    if (entry.removed) continue;
    for (const AwaitedAdult& adult : entry.keys->awaited) awaited.push_back(&adult);
  }
  return awaited;
}

std::vector<FlightFold::Sighting> FlightFold::Sightings() const {
  std::vector<Sighting> sightings;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    // Left behind is not on this flight.
    if (entry.removed || !entry.keys->is_named_adult || BoardedOf(i) == false) continue;
    const std::shared_ptr<const Traveller> identity = IdentityOf(*entry.traveller.merged);
    for (const std::uint64_t key : entry.keys->sighting_keys) sightings.push_back({key, identity});
  }
  return sightings;
}

std::vector<std::uint64_t> FlightFold::PersonKeys() const {
  std::vector<std::uint64_t> keys;
  keys.reserve(entries_.size());
  for (const Entry& entry : entries_) {
    const std::uint64_t key = entry.keys->document != 0 ? entry.keys->document : entry.keys->booking;
    if (!entry.removed && key != 0 && entry.traveller.merged && CountsAsPassenger(*entry.traveller.merged)) {
      keys.push_back(key);
    }
  }
  return keys;
}

std::size_t FlightFold::CountPassengers() const {
  return static_cast<std::size_t>(std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return !entry.removed && entry.traveller.merged && CountsAsPassenger(*entry.traveller.merged);
  }));
}

void FlightFold::Note(FindingCode code, std::string field, std::string problem) {
  if (findings_.size() < kFindingsKept) findings_.push_back({"", std::move(field), code, std::move(problem)});
}

}  // namespace landfall
