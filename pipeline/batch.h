#pragma once

// What travels through the pipeline: several flights' worth of messages, and what each stage made of them. A stage adds
// its own part and rewrites no earlier one.

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "model/digest.h"
#include "model/message.h"
#include "model/screening.h"
#include "pipeline/merge/flight_state.h"
#include "pipeline/merge/traveller_keys.h"
#include "pipeline/parse/parse.h"
#include "pipeline/reference/snapshot.h"
#include "storage/database.h"

namespace landfall {

// The two balances, which always hold: read = stored + duplicates + quarantined, in messages and in travellers.
struct Balance {
  std::uint64_t read = 0;
  std::uint64_t stored = 0;
  std::uint64_t duplicates = 0;
  std::uint64_t quarantined = 0;

  bool Holds() const { return read == stored + duplicates + quarantined; }
  void Add(const Balance& other) {
    read += other.read;
    stored += other.stored;
    duplicates += other.duplicates;
    quarantined += other.quarantined;
  }
};

struct Counts {
  Balance messages;
  Balance travellers;
  std::uint64_t findings = 0;

  void Add(const Counts& other) {
    messages.Add(other.messages);
    travellers.Add(other.travellers);
    findings += other.findings;
  }
};

// A message that was taken in.
struct AcceptedMessage {
  std::shared_ptr<const Message> message;
  FlightKey flight;
  Digest128 content{};
  std::uint64_t sequence = 0;  // Of receipt.
};

// Rows of the people book, keys and values, of all who travel with a child on one flight.
struct FlightPeopleRows {
  FlightKey flight;
  std::vector<std::pair<std::string, std::string>> rows;
};

struct Batch {
  std::uint64_t number = 0;  // 1, 2, 3 ... in the order read.
  InputChunk chunk;          // read
  std::uint64_t bytes_read = 0;  // Of the input, this batch included.

  // parse
  ParsedInput parsed;
  std::vector<std::shared_ptr<const Message>> messages;
  std::vector<std::vector<QuarantinedRecord>> travellers_set_aside;  // As `messages`.
  std::vector<std::shared_ptr<const MessageKeys>> keys;  // As `messages`.
  std::vector<Digest128> contents;  // As `messages`.

  // merge
  std::shared_ptr<const ReferenceSnapshot> reference;  // Pinned for this batch.
  std::uint64_t snapshot = 0;  // Its number in the store; 0 if there is none.
  std::vector<FlightKey> again;  // Of no message: flights to be assessed again, since the reference records changed.
  std::vector<AcceptedMessage> accepted;
  std::vector<QuarantinedRecord> quarantined;  // Those of parsing that count, and id_reused, not_at_border.
  std::vector<std::shared_ptr<const FlightState>> flights;  // Touched: to be assessed. In order of first touch.
  std::vector<FlightKey> named;  // Flights that the input names, those of duplicates too.
  Counts counts;

  // assess
  StoreBatch store;
  std::vector<FlightFlag> flags;  // As `flights`.
  std::vector<FlightPeopleRows> people;

  void Clear() {
    chunk.messages.clear();
    parsed.Clear();
    messages.clear();
    travellers_set_aside.clear();
    keys.clear();
    contents.clear();
    reference.reset();
    snapshot = 0;
    again.clear();
    accepted.clear();
    quarantined.clear();
    flights.clear();
    named.clear();
    counts = {};
    store.Clear();
    flags.clear();
    people.clear();
  }
};

}  // namespace landfall
