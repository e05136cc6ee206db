#pragma once

// The flights that are being worked on, in memory: each the fold of its messages. What is not in memory is made again
// from the store, so memory stays bounded however long the stream.

#include <cstdint>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/traveller_keys.h"
#include "storage/database.h"

namespace landfall {

// A flight while it can still change. Only merge touches it.
class LiveFlight {
 public:
  LiveFlight(FlightKey key, const Configuration& configuration);

  // Folds in one message; the same messages in any order of receipt end in the same state. `moved_from` is the flight
  // that the message says this one replaces; its travellers come over if the message lists none.
  // The message's travellers stay shared with it.
  void Apply(const std::shared_ptr<const Message>& message, const MessageKeys& keys, std::uint64_t sequence,
             const LiveFlight* moved_from);
  // The flight was moved: another one replaces it.
  void SetReplacedBy(const FlightKey& flight, const Stamp& stamp);

  // What is known now, without `elsewhere`.
  FlightState State() const;

  std::size_t travellers() const { return entries_.size(); }
  bool has_messages() const { return flight_stamp_.has_value(); }
  Instant t0() const;
  AirportCode port() const;
  Direction direction() const;
  // The named adults that its children await, and the keys under which its own named adults are filed.
  std::vector<const AwaitedAdult*> Awaited() const;
  struct Sighting {
    std::uint64_t key = 0;
    std::shared_ptr<const Traveller> traveller;
  };
  std::vector<Sighting> Sightings() const;

  std::uint64_t last_batch = 0;  // The latest batch that changed it: not to be forgotten before that is on disk.

 private:
  struct Entry {
    FlightTraveller traveller;
    Stamp api, booking, crew;  // Of each stream's newest message about this traveller.
    bool removed = false;
    Stamp removed_at;
    std::uint64_t last_message = 0;  // People listed in one message are different people.
    bool is_named_adult = false;
    std::vector<std::uint64_t> sighting_keys;
    std::vector<AwaitedAdult> awaited;
  };
  struct Parts {
    std::set<std::int32_t> seen;
    std::optional<std::int32_t> last;
  };

  std::size_t FindOrAdd(const TravellerKeys& keys, std::uint64_t sequence);
  std::optional<std::size_t> Find(const TravellerKeys& keys, std::uint64_t sequence) const;
  void FileKeys(std::size_t index, const TravellerKeys& keys);
  void ApplyTraveller(MessageKind kind, std::shared_ptr<const Traveller> traveller, const TravellerKeys& keys,
                      const Stamp& stamp);
  void Remove(const TravellerKeys& keys, const Stamp& stamp);
  void ApplyFlightData(const Message& message, const Stamp& stamp);
  void ApplyTotals(const Message& message, const Stamp& stamp);
  void ApplyCloseOut(const Message& message, const MessageKeys& keys, const Stamp& stamp);
  void NoteRevision(const Message& message);
  void TakeOver(const LiveFlight& from, std::uint64_t sequence);
  void Note(FindingCode code, std::string field, std::string problem);
  std::optional<bool> BoardedOf(std::size_t index) const;
  bool PartsComplete() const;
  bool ApiComplete(std::vector<Finding>& findings) const;

  FlightKey key_;
  const Configuration* configuration_;
  Flight flight_;
  std::optional<Stamp> flight_stamp_;
  Instant now_{0};
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> by_key_;
  absl::flat_hash_map<std::string, std::int64_t> newest_revision_;  // By sender and stream.
  bool cancelled_ = false;
  std::optional<Stamp> cancel_stamp_;
  bool api_received_ = false;
  DeclaredTotals declared_;
  Stamp declared_stamp_;
  std::optional<std::string> parts_ref_;
  Parts parts_;
  std::optional<CloseOutForm> close_out_;
  Stamp close_out_stamp_;
  absl::flat_hash_map<std::uint32_t, bool> close_out_listed_;  // Entry -> on board, as the list says.
  std::optional<FlightKey> replaces_, replaced_by_;
  std::vector<Finding> findings_;
  std::vector<Finding> set_aside_;
};

// Bounded by travellers, least recently used first out.
class FlightBook {
 public:
  FlightBook(const Database& database, const Configuration& configuration, std::size_t travellers_in_memory);

  // The flight, from memory, from the store, or new. Valid until the next call of Trim.
  absl::StatusOr<LiveFlight*> Get(const FlightKey& key, const ReferenceSnapshot& reference);
  // Forgets flights beyond the bound whose latest change is in a batch up to `persisted_batch`.
  void Trim(std::uint64_t persisted_batch);
  std::size_t travellers_in_memory() const { return travellers_; }
  // To be called after a flight grew.
  void Recount(const FlightKey& key);

 private:
  struct Slot {
    std::unique_ptr<LiveFlight> flight;
    std::list<FlightKey>::iterator recent;
    std::size_t counted = 0;
  };
  absl::StatusOr<std::unique_ptr<LiveFlight>> Load(const FlightKey& key, const ReferenceSnapshot& reference);

  const Database& database_;
  const Configuration& configuration_;
  std::size_t limit_;
  std::size_t travellers_ = 0;
  absl::flat_hash_map<FlightKey, Slot> slots_;
  std::list<FlightKey> recent_;  // Most recent first.
};

}  // namespace landfall
