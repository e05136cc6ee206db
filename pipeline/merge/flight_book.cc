#include "pipeline/merge/flight_book.h"

#include <utility>

#include "model/result.h"

namespace landfall {

FlightBook::FlightBook(const Database& database, const Configuration& configuration, std::size_t travellers_in_memory)
    : database_(database), configuration_(configuration), limit_(travellers_in_memory) {}

absl::StatusOr<LiveFlight*> FlightBook::Get(const FlightKey& key, const ReferenceSnapshot& reference) {
  const auto it = slots_.find(key);
  if (it != slots_.end()) {
    recent_.splice(recent_.begin(), recent_, it->second.recent);
    return it->second.flight.get();
  }
  ASSIGN_OR_RETURN(std::unique_ptr<LiveFlight> flight, Load(key, reference));
  LiveFlight* const loaded = flight.get();
  recent_.push_front(key);
  slots_[key] = Slot{std::move(flight), recent_.begin(), 0};
  Recount(key);
  return loaded;
}

absl::StatusOr<std::unique_ptr<LiveFlight>> FlightBook::Load(const FlightKey& key, const ReferenceSnapshot& reference) {
  auto flight = std::make_unique<LiveFlight>(key, configuration_);
  loading_.insert(key);
  ASSIGN_OR_RETURN(std::vector<Database::StoredMessage> stored, database_.MessagesOf(key));
  for (Database::StoredMessage& row : stored) {
    const auto message = std::make_shared<const Message>(std::move(row.message));
    if (row.is_link) {
      flight->SetReplacedBy(message->flight.Key(), message->sent_at);
      continue;
    }
    const LiveFlight* moved_from = nullptr;
    if (message->replaces && loading_.size() < kMostMoves && !loading_.contains(*message->replaces)) {
      ASSIGN_OR_RETURN(moved_from, Get(*message->replaces, reference));
    }
    flight->Apply(message, KeysOf(*message, reference), row.sequence, moved_from);
  }
  loading_.erase(key);
  return flight;
}

LiveFlight* FlightBook::Find(const FlightKey& key) const {
  const auto it = slots_.find(key);
  return it == slots_.end() ? nullptr : it->second.flight.get();
}

void FlightBook::Recount(const FlightKey& key) {
  Slot& slot = slots_.at(key);
  const std::size_t now = slot.flight->travellers() + 1;  // An empty flight takes room, too.
  travellers_ = travellers_ - slot.counted + now;
  slot.counted = now;
}

void FlightBook::Trim(std::uint64_t persisted_batch) {
  auto it = recent_.end();
  while (travellers_ > limit_ && it != recent_.begin()) {
    --it;
    const auto slot = slots_.find(*it);
    if (slot->second.flight->last_batch > persisted_batch) continue;
    travellers_ -= slot->second.counted;
    slots_.erase(slot);
    it = recent_.erase(it);
  }
}

}  // namespace landfall
