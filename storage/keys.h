#pragma once

// Keys of rows. Those of flights are plain and keep a day together; those of persons, documents, contacts and messages
// are keyed hashes, since the text of a key outlives the row. docs/FORMATS.md gives each.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "model/digest.h"
#include "model/finding.h"
#include "model/message.h"

namespace landfall {

// Appends the flight's key: in the order of FlightKey's own, and no key is the beginning of another.
void AppendFlightKey(const FlightKey& flight, std::string& out);
std::string FlightKeyBytes(const FlightKey& flight);
// The first bytes of the keys of all flights of a day.
std::string DayPrefix(Date departs_on);
// Reads a flight's key from the front of `bytes` and moves it past; nullopt if none stands there.
std::optional<FlightKey> TakeFlightKey(std::string_view& bytes);

// DO NOT RENUMBER: the last byte of a key in `messages`.
enum class MessageRow : std::uint8_t { kMessage = 0, kLink = 1 };

// Before the number (8 bytes, big end first) of a snapshot of reference records, in `default`.
inline constexpr std::string_view kSnapshotKey = "snapshot";

// Behind the key of a quarantined record: the row that says what became of it.
inline constexpr char kClosingRow = 1;
inline constexpr std::size_t kQuarantineKeyBytes = 16;

void AppendMessageKey(const FlightKey& flight, std::uint64_t sequence, MessageRow row, std::string& out);
struct MessageKey {
  FlightKey flight;
  std::uint64_t sequence = 0;
  MessageRow row = MessageRow::kMessage;
};
std::optional<MessageKey> ParseMessageKey(std::string_view bytes);

// What a hashed key is made of, before it is hashed: never stored.
void AppendSeenId(std::string_view sender, std::string_view message_id, std::string& out);
void AppendQuarantineId(const QuarantinedRecord& record, std::string_view raw, std::string& out);

// Makes the file with a store's own random key, readable by this user only.
absl::Status CreateStoreKey(const std::string& path);
// NotFound if there is no such file; DataLoss if it is damaged.
absl::StatusOr<HashKey> ReadStoreKey(const std::string& path);

}  // namespace landfall
