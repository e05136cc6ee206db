#pragma once

// The fold of a flight's messages, oldest first: each says what is so from then on. In which order messages are to be
// folded is LiveFlight's business.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/inlined_vector.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/part_sets.h"
#include "pipeline/merge/traveller_keys.h"

namespace landfall {

// Where a flight touches the own country. Pure.
Direction DirectionOf(const FlightKey& key, const Configuration& configuration);
AirportCode PortOf(const FlightKey& key, const Configuration& configuration);

// One thread. Copies share travellers. Borrows the configuration.
//
// What a list says of a person it names replaces what was known of that person. Whom it does not name stays: only a
// reduction removes, so that a list cut short on its way never loses a child.
class FlightFold {
 public:
  FlightFold(FlightKey key, const Configuration& configuration) : key_(std::move(key)), configuration_(&configuration) {}

  struct Step {
    std::shared_ptr<const Message> message;
    std::shared_ptr<const MessageKeys> keys;  // Of this message.
    std::optional<std::int64_t> previous_revision;  // The one before it in its stream.
    // The flight that this one replaces, if that is known: its travellers come over if the message lists none.
    const FlightFold* moved_from = nullptr;
  };
  // The message's travellers stay shared with it.
  void Apply(const Step& step);

  // What is known now, without `elsewhere`, `replaced_by` and `redated`. `known_at`: how late it is at least.
  FlightState State(std::optional<Instant> known_at) const;

  Instant t0() const;
  Direction direction() const { return DirectionOf(key_, *configuration_); }
  AirportCode port() const { return PortOf(key_, *configuration_); }
  bool is_cancelled() const { return cancelled_; }
  // The named adults that its children await, and the keys under which its own named adults are filed.
  std::vector<const AwaitedAdult*> Awaited() const;
  struct Sighting {
    std::uint64_t key = 0;
    // Who it is and no more. A copy: it outlives the flight, whose messages it must not keep in memory.
    std::shared_ptr<const Traveller> traveller;
  };
  std::vector<Sighting> Sightings() const;

  // Of each passenger one key that tells who it is on any flight; those without name and document are left out.
  std::vector<std::uint64_t> PersonKeys() const;
  std::size_t CountPassengers() const;
  std::size_t CountEntries() const { return entries_.size(); }  // Those removed, too.
  bool Knows(std::uint64_t person_key) const { return by_key_.contains(person_key); }
  // When parts that have not come become a finding; nullopt if none is awaited.
  std::optional<Instant> PartsDue() const;

 private:
  struct Entry {
    FlightTraveller traveller;
    std::shared_ptr<const TravellerKeys> keys;  // Of its newest data; never null.
    bool removed = false;
    std::uint32_t removed_by = 0;  // List.
    std::optional<Instant> removed_at;
    std::uint32_t message = 0;  // The latest that listed it. People listed in one message are different people.
    // As it was under the booking before this one.
    std::shared_ptr<const Traveller> rebooked_from;
  };

  std::optional<std::size_t> Find(const TravellerKeys& keys) const;
  std::size_t Add(const std::shared_ptr<const TravellerKeys>& keys);
  static bool HasBirthDate(const Entry& entry);
  void FileKeys(std::size_t index, const TravellerKeys& keys);
  void ApplyTraveller(MessageKind kind, std::shared_ptr<const Traveller> traveller,
                      const std::shared_ptr<const TravellerKeys>& keys);
  void Begin(Entry& entry) const;
  void Remove(Entry& entry) const;
  void ApplyFlightData(const Flight& flight);
  void ApplyLists(const Message& message);
  void ApplyCloseOut(const Message& message, const std::shared_ptr<const MessageKeys>& keys);
  void ApplyTravellers(const Message& message, const Step& step);
  void TakeOver(const FlightFold& from);
  void NoteFindings(const Message& message);
  void Note(FindingCode code, std::string field, std::string problem);
  std::optional<bool> BoardedOf(std::size_t index) const;
  std::int64_t CountListed() const;
  bool IsPartMissing(Instant at) const;
  bool ApiComplete(Instant at, std::vector<Finding>& findings) const;

  FlightKey key_;
  const Configuration* configuration_;
  Flight flight_;
  bool has_flight_ = false;
  Instant now_{0};
  std::uint32_t messages_ = 0;  // So far: the number of the message at hand, from 1.
  std::uint32_t list_ = 0;      // Number of the list that it belongs to.
  std::optional<Instant> sent_at_;  // When it was sent.
  std::vector<Entry> entries_;
  absl::flat_hash_map<std::uint64_t, std::uint32_t> by_key_;
  absl::flat_hash_map<std::uint64_t, absl::InlinedVector<std::uint32_t, 1>> by_booking_name_;
  bool cancelled_ = false;
  bool api_received_ = false;
  DeclaredTotals declared_;
  std::uint32_t declared_by_ = 0;  // Message.
  PartSets parts_;
  std::optional<CloseOutForm> close_out_;
  std::string close_out_set_;  // Sender, reference and revision of its parts; empty if it came whole.
  absl::flat_hash_map<std::uint32_t, bool> close_out_listed_;  // Entry -> on board, as the list says.
  std::optional<FlightKey> replaces_;
  std::vector<Finding> findings_;
  std::vector<Finding> set_aside_;
};

}  // namespace landfall
