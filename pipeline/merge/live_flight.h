#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "pipeline/configuration.h"
#include "pipeline/merge/flight_fold.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/traveller_keys.h"

namespace landfall {

// A flight while it can still change: its messages, and their fold in the order of their revisions. Only merge touches
// it, one thread at a time.
//
// The same messages in any order of receipt end in the same state, but for the finding revision_late, which is about
// receipt, and for messages of one stream that neither revision nor sending time tells apart. The order is one of all
// messages of the flight, since comparing them in pairs is not (revision 2 may have been sent before revision 1, and a
// message without a revision in between): inside a stream (sender, and booking, API, crew or close-out) revisions
// decide, a later one counts as sent no earlier than the ones before it, and between streams that time decides.
class LiveFlight {
 public:
  LiveFlight(FlightKey key, const Configuration& configuration)
      : key_(key), configuration_(&configuration), fold_(std::move(key), configuration) {}

  // Takes in one message. `moved_from`: the flight that the message says this one replaces; may be null. Cheap for one
  // that is newer than all before it; after others the fold is made again when it is next asked for.
  void Apply(std::shared_ptr<const Message> message, std::shared_ptr<const MessageKeys> keys, std::uint64_t sequence,
             const LiveFlight* moved_from);
  void Apply(std::shared_ptr<const Message> message, MessageKeys keys, std::uint64_t sequence,
             const LiveFlight* moved_from) {
    Apply(std::move(message), std::make_shared<const MessageKeys>(std::move(keys)), sequence, moved_from);
  }
  // `moved_from` has changed: if this flight took its travellers over, it does so again.
  void TakeAgain(const LiveFlight& moved_from);
  // The flight was moved: another one replaces it. Of several the newest holds.
  void SetReplacedBy(const FlightKey& flight, std::optional<Instant> sent_at);
  const std::optional<FlightKey>& replaced_by() const { return replaced_by_; }

  // What is known now, without `elsewhere` and `redated`. `known_at`: how late it is at least, as other flights tell.
  FlightState State(std::optional<Instant> known_at = std::nullopt) const;
  const FlightFold& Fold() const;

  // The messages, oldest first: those whose fold, one after the other, is `Fold`.
  std::vector<FlightFold::Step> Steps() const;

  std::size_t travellers() const { return travellers_; }  // In all that is kept.
  bool has_messages() const { return !received_.empty(); }
  // A flight that is cancelled or was moved will not come.
  bool is_gone() const { return replaced_by_.has_value() || Fold().is_cancelled(); }

  std::uint64_t last_batch = 0;  // The latest batch that changed it: not to be forgotten before that is on disk.

 private:
  struct Received {
    FlightFold::Step step;
    std::uint64_t sequence = 0;
    Instant time{0};  // When it was sent, and no earlier than what it follows in its stream.
  };
  // What came last of a stream, in its order.
  struct Stream {
    std::int64_t revision = 0;
    Instant time{0};
    std::optional<Instant> sent_at;
    std::int32_t part = 0;
  };
  static std::string StreamName(const Message& message);
  static bool ComesBefore(const Received& a, const Received& b);
  void NoteLate(const Message& message);
  bool Append(Received& received);
  void Sort() const;
  FlightFold::Step StepOf(const Received& received) const;
  void Settle() const;

  FlightKey key_;
  const Configuration* configuration_;
  mutable std::vector<Received> received_;  // Oldest first, once settled.
  mutable FlightFold fold_;
  mutable std::size_t folded_ = 0;  // So many of them are in the fold.
  mutable bool is_in_order_ = true;
  mutable absl::flat_hash_map<std::string, Stream> streams_;
  // The flights whose travellers it took over, as they were last. By flight, since messages that name one may be many.
  absl::flat_hash_map<FlightKey, std::shared_ptr<const FlightFold>> moved_from_;
  Instant latest_{0};
  std::size_t travellers_ = 0;
  std::optional<FlightKey> replaced_by_;
  std::optional<Instant> replaced_at_;
  std::vector<Finding> late_;
};

}  // namespace landfall
