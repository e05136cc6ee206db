#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/merge/combine.h"
#include "pipeline/merge/flight_book.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

constexpr std::size_t kFindingsKept = 1'000;  // Of one flight; a sender that errs in every field cannot fill memory.
constexpr std::int64_t kRevisionJump = 100;
constexpr std::int64_t kRetimedSeconds = 3 * 3600;

Stamp StampOf(const Message& message, std::uint64_t sequence) {
  return {message.revision, message.sent_at, sequence};
}

std::string_view StreamName(MessageKind kind) {
  switch (kind) {
    case MessageKind::kBooking: return "booking";
    case MessageKind::kCrew: return "crew";
    case MessageKind::kCloseOut: return "close_out";
    default: return "api";
  }
}

bool CountsAsPassenger(const Traveller& traveller) {
  return traveller.type == TravellerType::kPassenger || traveller.type == TravellerType::kTransit;
}

bool LiesInOwnCountry(AirportCode airport, const Configuration& configuration) {
  const Airport* found = FindAirport(airport.view());
  return found != nullptr && found->country == configuration.own_country;
}

}  // namespace

LiveFlight::LiveFlight(FlightKey key, const Configuration& configuration)
    : key_(std::move(key)), configuration_(&configuration) {}

void LiveFlight::Apply(const std::shared_ptr<const Message>& message, const MessageKeys& keys,
                       std::uint64_t sequence, const LiveFlight* moved_from) {
  const Stamp stamp = StampOf(*message, sequence);
  NoteRevision(*message);
  ApplyFlightData(*message, stamp);
  if (message->sent_at) now_ = std::max(now_, *message->sent_at);
  if (moved_from != nullptr) {
    replaces_ = moved_from->key_;
    if (message->travellers.empty()) TakeOver(*moved_from, sequence);
  }
  switch (message->kind) {
    case MessageKind::kCancel:
      if (!cancel_stamp_ || IsNewer(stamp, *cancel_stamp_)) cancel_stamp_ = stamp;
      cancelled_ = true;
      break;
    case MessageKind::kReduction:
      for (const TravellerKeys& key : keys.travellers) Remove(key, stamp);
      break;
    case MessageKind::kCloseOut:
      ApplyCloseOut(*message, keys, stamp);
      break;
    default:
      for (std::size_t i = 0; i < message->travellers.size(); ++i) {
        ApplyTraveller(message->kind, {message, &message->travellers[i]}, keys.travellers[i], stamp);
      }
      ApplyTotals(*message, stamp);
      // A list sent after a cancellation says that the flight goes after all.
      if (cancelled_ && cancel_stamp_ && IsNewer(stamp, *cancel_stamp_)) cancelled_ = false;
  }
  for (const Finding& finding : message->findings) {
    if (findings_.size() < kFindingsKept) findings_.push_back(finding);
  }
  for (const Finding& finding : message->set_aside) {
    if (std::find(set_aside_.begin(), set_aside_.end(), finding) == set_aside_.end()) set_aside_.push_back(finding);
  }
}

void LiveFlight::SetReplacedBy(const FlightKey& flight, const Stamp& stamp) {
  replaced_by_ = flight;
  if (stamp.sent_at) now_ = std::max(now_, *stamp.sent_at);
}

void LiveFlight::NoteRevision(const Message& message) {
  if (!message.revision) return;
  const auto [it, is_first] = newest_revision_.try_emplace(
      absl::StrFormat("%s\t%s", message.sender, StreamName(message.kind)), *message.revision);
  if (is_first) return;
  if (*message.revision < it->second) {
    Note(FindingCode::kRevisionLate, "revision",
         absl::StrFormat("revision %d came after revision %d and does not overwrite it", *message.revision, it->second));
  } else if (*message.revision - it->second > kRevisionJump) {
    Note(FindingCode::kRevisionJump, "revision",
         absl::StrFormat("revision %d follows revision %d", *message.revision, it->second));
  }
  it->second = std::max(it->second, *message.revision);
}

void LiveFlight::ApplyFlightData(const Message& message, const Stamp& stamp) {
  const Flight& flight = message.flight;
  const bool is_newer = !flight_stamp_ || IsNewer(stamp, *flight_stamp_);
  if (flight_stamp_ && std::abs(flight.departs_at.seconds - flight_.departs_at.seconds) > kRetimedSeconds) {
    Note(FindingCode::kRetimed, "departs_at",
         absl::StrFormat("departure %s, before %s", ToString(flight.departs_at), ToString(flight_.departs_at)));
  }
  if (!flight_stamp_) {
    flight_ = flight;
  } else {
    const auto take = [is_newer](auto& mine, const auto& theirs, bool is_given) {
      if (is_given && is_newer) mine = theirs;
    };
    take(flight_.departs_at, flight.departs_at, true);
    take(flight_.arrives_at, flight.arrives_at, flight.arrives_at.has_value());
    take(flight_.estimated_at, flight.estimated_at, flight.estimated_at.has_value());
    take(flight_.actual_at, flight.actual_at, flight.actual_at.has_value());
    take(flight_.terminal, flight.terminal, !flight.terminal.empty());
    take(flight_.stand, flight.stand, !flight.stand.empty());
    take(flight_.marketing, flight.marketing, !flight.marketing.empty());
    take(flight_.legs, flight.legs, !flight.legs.empty());
    // An older message still tells what no newer one said.
    if (!flight_.arrives_at) flight_.arrives_at = flight.arrives_at;
    if (flight_.terminal.empty()) flight_.terminal = flight.terminal;
  }
  if (is_newer) flight_stamp_ = stamp;
}

void LiveFlight::ApplyTotals(const Message& message, const Stamp& stamp) {
  if (message.kind == MessageKind::kCheckIn || message.kind == MessageKind::kUpdate) api_received_ = true;
  if (message.kind != MessageKind::kCheckIn) return;
  const bool is_newer = IsNewer(stamp, declared_stamp_);
  if (!message.declared.empty() && is_newer) declared_ = message.declared;
  if (message.part && (is_newer || parts_ref_ == message.part->ref)) {
    if (parts_ref_ != message.part->ref) parts_ = {};
    parts_ref_ = message.part->ref;
    parts_.seen.insert(message.part->seq);
    if (message.part->last) parts_.last = message.part->seq;
  }
  if (is_newer) declared_stamp_ = stamp;
}

std::optional<std::size_t> LiveFlight::Find(const TravellerKeys& keys, std::uint64_t sequence) const {
  for (const std::uint64_t key : {keys.reference, keys.booking, keys.document}) {
    if (key == 0) continue;
    const auto it = by_key_.find(key);
    if (it != by_key_.end() && entries_[it->second].last_message != sequence) return it->second;
  }
  return std::nullopt;
}

void LiveFlight::FileKeys(std::size_t index, const TravellerKeys& keys) {
  for (const std::uint64_t key : {keys.reference, keys.booking, keys.document}) {
    if (key != 0) by_key_.try_emplace(key, static_cast<std::uint32_t>(index));
  }
}

std::size_t LiveFlight::FindOrAdd(const TravellerKeys& keys, std::uint64_t sequence) {
  const std::optional<std::size_t> found = Find(keys, sequence);
  const std::size_t index = found.value_or(entries_.size());
  if (!found) entries_.emplace_back();
  FileKeys(index, keys);
  entries_[index].last_message = sequence;
  return index;
}

void LiveFlight::ApplyTraveller(MessageKind kind, std::shared_ptr<const Traveller> traveller,
                                const TravellerKeys& keys, const Stamp& stamp) {
  Entry& entry = entries_[FindOrAdd(keys, stamp.sequence)];
  if (entry.removed) {
    if (!IsNewer(stamp, entry.removed_at)) return;
    entry.removed = false;
  }
  FlightTraveller& known = entry.traveller;
  const auto [slot, slot_stamp] =
      kind == MessageKind::kBooking ? std::pair(&known.booking, &entry.booking)
      : kind == MessageKind::kCrew  ? std::pair(&known.crew, &entry.crew)
                                    : std::pair(&known.api, &entry.api);
  if (*slot && !IsNewer(stamp, *slot_stamp)) return;
  *slot = std::move(traveller);
  *slot_stamp = stamp;
  known.merged = CombineTraveller(known.api ? known.api : known.crew, known.booking);
  entry.is_named_adult = keys.is_named_adult;
  entry.sighting_keys = keys.sighting_keys;
  // A booking seldom gives a document: what API found stays.
  if (!keys.awaited.empty() || kind != MessageKind::kBooking) entry.awaited = keys.awaited;
}

void LiveFlight::Remove(const TravellerKeys& keys, const Stamp& stamp) {
  // One not known yet is remembered as removed: an older list that names it may still come.
  Entry& entry = entries_[FindOrAdd(keys, stamp.sequence)];
  const bool is_newer = (!entry.traveller.api || IsNewer(stamp, entry.api)) &&
                        (!entry.removed || IsNewer(stamp, entry.removed_at));
  if (!is_newer) return;
  entry.removed = true;
  entry.removed_at = stamp;
}

void LiveFlight::ApplyCloseOut(const Message& message, const MessageKeys& keys, const Stamp& stamp) {
  const CloseOutForm form = message.close_out.value_or(CloseOutForm::kNone);
  const bool is_newer = !close_out_ || IsNewer(stamp, close_out_stamp_);
  const bool is_next_part = close_out_ == form && message.part && stamp.revision == close_out_stamp_.revision;
  if (!is_newer && !is_next_part) return;
  if (!is_next_part) close_out_listed_.clear();
  close_out_ = form;
  close_out_stamp_ = stamp;
  if (form == CloseOutForm::kNone) return;  // Closed, and nothing said of anybody.
  for (std::size_t i = 0; i < message.travellers.size(); ++i) {
    const Traveller& listed = message.travellers[i];
    const bool on_board = form == CloseOutForm::kFull ? listed.boarded.value_or(false) : form == CloseOutForm::kOnBoard;
    if (form == CloseOutForm::kFull && !listed.boarded) continue;
    std::optional<std::size_t> index = Find(keys.travellers[i], stamp.sequence);
    if (!index && on_board) {
      // On board, and never announced: from here on this is all that is known of the traveller.
      index = FindOrAdd(keys.travellers[i], stamp.sequence);
      Entry& entry = entries_[*index];
      entry.traveller.api = std::make_shared<Traveller>(listed);
      entry.traveller.merged = entry.traveller.api;
      entry.is_named_adult = keys.travellers[i].is_named_adult;
      entry.sighting_keys = keys.travellers[i].sighting_keys;
      entry.awaited = keys.travellers[i].awaited;
    }
    if (!index) continue;
    entries_[*index].last_message = stamp.sequence;
    close_out_listed_[static_cast<std::uint32_t>(*index)] = on_board;
  }
}

void LiveFlight::TakeOver(const LiveFlight& from, std::uint64_t sequence) {
  std::vector<std::uint32_t> moved_to(from.entries_.size());
  for (std::size_t i = 0; i < from.entries_.size(); ++i) {
    if (from.entries_[i].removed) continue;
    moved_to[i] = static_cast<std::uint32_t>(entries_.size());
    entries_.push_back(from.entries_[i]);
    entries_.back().last_message = sequence;
  }
  for (const auto& [key, index] : from.by_key_) {
    if (!from.entries_[index].removed) by_key_.try_emplace(key, moved_to[index]);
  }
}

std::optional<bool> LiveFlight::BoardedOf(std::size_t index) const {
  if (!close_out_) return std::nullopt;
  const auto it = close_out_listed_.find(static_cast<std::uint32_t>(index));
  if (it != close_out_listed_.end()) return it->second;
  switch (*close_out_) {
    case CloseOutForm::kOnBoard: return false;
    case CloseOutForm::kNotOnBoard: return true;
    default: return std::nullopt;
  }
}

Direction LiveFlight::direction() const {
  return LiesInOwnCountry(key_.from, *configuration_) ? Direction::kDeparture : Direction::kArrival;
}

AirportCode LiveFlight::port() const { return direction() == Direction::kDeparture ? key_.from : key_.to; }

Instant LiveFlight::t0() const {
  if (direction() == Direction::kDeparture) return flight_.departs_at;
  return flight_.arrives_at.value_or(flight_.departs_at);
}

bool LiveFlight::PartsComplete() const {
  return parts_.last && static_cast<std::int32_t>(parts_.seen.size()) == *parts_.last;
}

bool LiveFlight::ApiComplete(std::vector<Finding>& findings) const {
  if (close_out_) return true;
  if (!api_received_) return false;
  if (parts_ref_ && !PartsComplete()) {
    findings.push_back({"", "part", FindingCode::kPartMissing,
                        absl::StrFormat("%d part(s) of this flight's data came, the last one or one between is missing",
                                        static_cast<int>(parts_.seen.size()))});
    return false;
  }
  if (!declared_.passengers) return parts_ref_.has_value();
  const auto counted = std::count_if(entries_.begin(), entries_.end(), [](const Entry& entry) {
    return !entry.removed && entry.traveller.api && CountsAsPassenger(*entry.traveller.api);
  });
  if (counted == *declared_.passengers) return true;
  findings.push_back({"", "declared", FindingCode::kCountDiffers,
                      absl::StrFormat("the carrier declares %d passengers, %d came", *declared_.passengers,
                                      static_cast<int>(counted))});
  return false;
}

FlightState LiveFlight::State() const {
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
  state.replaced_by = replaced_by_;
  state.findings = findings_;
  state.set_aside = set_aside_;
  state.api_complete = ApiComplete(state.findings);
  state.travellers.reserve(entries_.size());
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (entries_[i].removed || !entries_[i].traveller.merged) continue;
    state.travellers.push_back(entries_[i].traveller);
    state.travellers.back().boarded = BoardedOf(i);
  }
  return state;
}

std::vector<const AwaitedAdult*> LiveFlight::Awaited() const {
  std::vector<const AwaitedAdult*> awaited;
  for (const Entry& entry : entries_) {
    if (entry.removed) continue;
    for (const AwaitedAdult& adult : entry.awaited) awaited.push_back(&adult);
  }
  return awaited;
}

std::vector<LiveFlight::Sighting> LiveFlight::Sightings() const {
  std::vector<Sighting> sightings;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    const Entry& entry = entries_[i];
    // Left behind is not on this flight.
    if (entry.removed || !entry.is_named_adult || BoardedOf(i) == false) continue;
    for (const std::uint64_t key : entry.sighting_keys) sightings.push_back({key, entry.traveller.merged});
  }
  return sightings;
}

void LiveFlight::Note(FindingCode code, std::string field, std::string problem) {
  if (findings_.size() < kFindingsKept) findings_.push_back({"", std::move(field), code, std::move(problem)});
}

}  // namespace landfall
