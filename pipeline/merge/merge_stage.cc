#include "pipeline/merge/merge_stage.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_format.h"
#include "model/result.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

// How far back Rebuild looks for named adults on other flights: more than any `split_hours` that makes sense.
constexpr int kRebuildDays = 3;

std::string SeenKey(const Message& message) {
  return absl::StrFormat("%d:%s%s", message.sender.size(), message.sender, message.message_id);
}

// Nobody has anything to send about a flight a day after it came.
Instant LatestSending(const Flight& flight) {
  return {flight.arrives_at.value_or(flight.departs_at).seconds + 86'400};
}

std::uint64_t TravellersOf(const Message& message) { return message.travellers.size() + message.set_aside.size(); }

}  // namespace

MergeStage::MergeStage(const Database& database, const Configuration& configuration, std::size_t travellers_in_memory,
                       bool reassess_duplicates)
    : database_(database),
      configuration_(configuration),
      reassess_duplicates_(reassess_duplicates),
      book_(database, configuration, travellers_in_memory),
      last_sequence_(database.last_sequence()) {}

absl::Status MergeStage::Rebuild(const ReferenceSnapshot& reference, std::optional<Instant> known_at) {
  ASSIGN_OR_RETURN(std::optional<Date> latest, database_.LatestDeparture());
  if (!latest) return absl::OkStatus();
  if (known_at) {
    known_at_ = std::max(known_at_, *known_at);
    // A flight of next month, or of a wrong year, hides no others.
    latest = std::min(*latest, Date{static_cast<std::int32_t>(known_at->seconds / 86'400) + kRebuildDays});
  }
  ASSIGN_OR_RETURN(const std::vector<FlightKey> keys,
                   database_.FlightsBetween(Date{latest->days - 2 * kRebuildDays}, *latest));
  for (const FlightKey& key : keys) {
    ASSIGN_OR_RETURN(const LiveFlight* flight, book_.Get(key, reference));
    elsewhere_.Update(key, *flight);
    redated_.Update(key, flight->Fold());
    AwaitParts(key, *flight);
    latest_ = std::max(latest_, flight->Fold().t0());
    book_.Trim(0);
  }
  return absl::OkStatus();
}

absl::Status MergeStage::Apply(Batch& batch) {
  std::vector<FlightKey> touched = batch.again;
  for (std::size_t i = 0; i < batch.messages.size(); ++i) RETURN_IF_ERROR(MergeMessage(batch, i, touched));
  for (QuarantinedRecord& record : batch.parsed.quarantined) {
    ++batch.counts.messages.read;
    ++batch.counts.messages.quarantined;
    batch.counts.travellers.read += record.travellers;
    batch.counts.travellers.quarantined += record.travellers;
    batch.quarantined.push_back(std::move(record));
  }
  TouchOverdue(touched);
  RETURN_IF_ERROR(RefreshSuccessors(batch, touched));
  RETURN_IF_ERROR(Connect(batch, touched));
  RETURN_IF_ERROR(TakeStates(batch, touched));
  ForgetPersisted();
  book_.Trim(persisted_batch_.load(std::memory_order_acquire));
  elsewhere_.Prune(latest_);
  redated_.Prune(latest_);
  return absl::OkStatus();
}

absl::StatusOr<std::optional<MergeStage::Seen>> MergeStage::FindSeen(const Message& message) const {
  const auto it = recently_seen_.find(SeenKey(message));
  if (it != recently_seen_.end()) return it->second;
  ASSIGN_OR_RETURN(const std::optional<Database::SeenMessage> stored,
                   database_.FindSeen(message.sender, message.message_id));
  if (!stored) return std::nullopt;
  return Seen{stored->content, stored->flight, 0};
}

absl::Status MergeStage::MergeMessage(Batch& batch, std::size_t index, std::vector<FlightKey>& touched) {
  const Message& message = *batch.messages[index];
  const std::uint64_t travellers = TravellersOf(message);
  ++batch.counts.messages.read;
  batch.counts.travellers.read += travellers;
  // Who dates messages ahead of the flight's end makes nothing else late.
  if (message.sent_at) known_at_ = std::max(known_at_, std::min(*message.sent_at, LatestSending(message.flight)));
  ASSIGN_OR_RETURN(const std::optional<Seen> seen, FindSeen(message));
  if (seen && seen->content == batch.contents[index]) {
    ++batch.counts.messages.duplicates;
    batch.counts.travellers.duplicates += travellers;
    batch.named.push_back(seen->flight);
    if (reassess_duplicates_) touched.push_back(seen->flight);
    return absl::OkStatus();
  }
  if (seen) {
    SetAside(batch, message, QuarantineCode::kIdReused,
             absl::StrFormat("sender %s sent message id %s before, with other content; neither overwrites the other: "
                             "send it again under an id of its own",
                             message.sender, message.message_id));
    return absl::OkStatus();
  }
  if (!TouchesOwnCountry(message.flight)) {
    SetAside(batch, message, QuarantineCode::kNotAtBorder,
             absl::StrFormat("flight %s touches no airport of %s: not screened", ToString(message.flight.Key()),
                             std::string(configuration_.own_country.view())));
    return absl::OkStatus();
  }
  return Accept(batch, index, message.flight.Key(), touched);
}

// An airport that the table lacks may be anywhere: such a flight is screened.
bool MergeStage::TouchesOwnCountry(const Flight& flight) const {
  for (const AirportCode code : {flight.from, flight.to}) {
    const Airport* airport = FindAirport(code.view());
    if (airport == nullptr || airport->country == configuration_.own_country) return true;
  }
  return false;
}

void MergeStage::SetAside(Batch& batch, const Message& message, QuarantineCode code, std::string reason) {
  const std::uint64_t travellers = TravellersOf(message);
  ++batch.counts.messages.quarantined;
  batch.counts.travellers.quarantined += travellers;
  batch.quarantined.push_back({message.position, code, std::move(reason), message.message_id, "",
                               static_cast<std::uint32_t>(travellers)});
}

absl::Status MergeStage::Accept(Batch& batch, std::size_t index, const FlightKey& key,
                                std::vector<FlightKey>& touched) {
  const std::shared_ptr<const Message>& message = batch.messages[index];
  const std::uint64_t sequence = ++last_sequence_;
  LiveFlight* moved_from = nullptr;
  if (message->replaces && *message->replaces != key) {
    ASSIGN_OR_RETURN(moved_from, book_.Get(*message->replaces, *batch.reference));
    moved_from->SetReplacedBy(key, message->sent_at);
    moved_from->last_batch = batch.number;
    touched.push_back(*message->replaces);
  }
  ASSIGN_OR_RETURN(LiveFlight* const flight, book_.Get(key, *batch.reference));
  flight->Apply(message, batch.keys[index], sequence, moved_from);
  flight->last_batch = batch.number;
  book_.Recount(key);
  touched.push_back(key);

  recently_seen_[SeenKey(*message)] = {batch.contents[index], key, batch.number};
  batch.accepted.push_back({message, key, batch.contents[index], sequence});
  batch.named.push_back(key);
  ++batch.counts.messages.stored;
  batch.counts.travellers.stored += message->travellers.size();
  batch.counts.travellers.quarantined += message->set_aside.size();
  batch.counts.findings += message->findings.size();
  for (QuarantinedRecord& record : batch.travellers_set_aside[index]) batch.quarantined.push_back(std::move(record));
  return absl::OkStatus();
}

// A flight that was moved may have changed after that: the one that replaces it took its travellers over.
absl::Status MergeStage::RefreshSuccessors(Batch& batch, std::vector<FlightKey>& touched) {
  absl::flat_hash_set<FlightKey> passed;
  for (std::size_t i = 0; i < touched.size(); ++i) {
    FlightKey key = touched[i];
    for (std::size_t moves = 0; moves < kMostMoves && passed.insert(key).second; ++moves) {
      ASSIGN_OR_RETURN(const LiveFlight* const flight, book_.Get(key, *batch.reference));
      if (!flight->replaced_by()) break;
      const FlightKey next = *flight->replaced_by();
      ASSIGN_OR_RETURN(LiveFlight* const successor, book_.Get(next, *batch.reference));
      successor->TakeAgain(*flight);
      successor->last_batch = batch.number;
      book_.Recount(next);
      touched.push_back(next);
      key = next;
    }
  }
  return absl::OkStatus();
}

// How far the stream has come, by which older flights are forgotten. A flight far ahead of the time at which people send,
// booked for next month or of a wrong year, does not move it: else one line would part families on all others.
void MergeStage::Advance(Instant arrival) {
  constexpr std::int64_t kMostAhead = 4 * 24 * 3600;
  if (known_at_.seconds != 0) arrival = std::min(arrival, Instant{known_at_.seconds + kMostAhead});
  latest_ = std::max(latest_, arrival);
}

// What the touched flights mean for others, each of which is touched by that.
absl::Status MergeStage::Connect(Batch& batch, std::vector<FlightKey>& touched) {
  absl::flat_hash_set<FlightKey> done;
  const std::size_t count = touched.size();
  for (std::size_t i = 0; i < count; ++i) {
    const FlightKey key = touched[i];
    if (!done.insert(key).second) continue;
    ASSIGN_OR_RETURN(const LiveFlight* const flight, book_.Get(key, *batch.reference));
    Advance(flight->Fold().t0());
    for (FlightKey& other : elsewhere_.Update(key, *flight)) touched.push_back(std::move(other));
    RETURN_IF_ERROR(LinkRedated(batch, key, *flight, touched));
    AwaitParts(key, *flight);
  }
  return absl::OkStatus();
}

absl::Status MergeStage::LinkRedated(Batch& batch, const FlightKey& key, const LiveFlight& flight,
                                     std::vector<FlightKey>& touched) {
  for (FlightKey& candidate : redated_.Update(key, flight.Fold())) {
    ASSIGN_OR_RETURN(const LiveFlight* const other, book_.Get(candidate, *batch.reference));
    // A sender who says so needs no guess.
    const bool is_moved = flight.replaced_by() == candidate || other->replaced_by() == key;
    const bool is_same = !is_moved && AreMostlyTheSame(flight.Fold(), other->Fold());
    if (redated_.SetLinked(key, candidate, is_same)) touched.push_back(std::move(candidate));
  }
  return absl::OkStatus();
}

void MergeStage::AwaitParts(const FlightKey& key, const LiveFlight& flight) {
  const std::optional<Instant> due = flight.Fold().PartsDue();
  if (due && *due > known_at_) {
    parts_due_[key] = *due;
  } else {
    parts_due_.erase(key);
  }
}

// Parts that nobody sent in time: their flights are looked at again, though no message names them.
void MergeStage::TouchOverdue(std::vector<FlightKey>& touched) {
  const std::size_t first = touched.size();
  for (const auto& [key, due] : parts_due_) {
    if (due <= known_at_) touched.push_back(key);
  }
  std::sort(touched.begin() + static_cast<std::ptrdiff_t>(first), touched.end());
}

absl::Status MergeStage::TakeStates(Batch& batch, const std::vector<FlightKey>& touched) {
  absl::flat_hash_set<FlightKey> taken;
  for (const FlightKey& key : touched) {
    if (!taken.insert(key).second) continue;
    ASSIGN_OR_RETURN(LiveFlight* const flight, book_.Get(key, *batch.reference));
    flight->last_batch = batch.number;
    auto state = std::make_shared<FlightState>(flight->State(known_at_));
    state->elsewhere = elsewhere_.Find(key);
    state->redated = redated_.Find(key);
    if (state->redated) {
      state->findings.push_back({"", "flight", FindingCode::kRedated,
                                 absl::StrFormat("more than half the travellers are on %s too: it seems to be this "
                                                 "flight under another date", ToString(*state->redated))});
    }
    batch.flights.push_back(std::move(state));
  }
  return absl::OkStatus();
}

void MergeStage::ForgetPersisted() {
  const std::uint64_t persisted = persisted_batch_.load(std::memory_order_acquire);
  absl::erase_if(recently_seen_, [persisted](const auto& entry) { return entry.second.batch <= persisted; });
}

}  // namespace landfall
