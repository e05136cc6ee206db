#include "storage/keys.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include "absl/strings/escaping.h"
#include "absl/strings/str_format.h"
#include "model/result.h"
#include "storage/bytes.h"
#include "storage/durable_file.h"

namespace landfall {
namespace {

// The number is text of any length, so it needs an end that sorts before all that may follow: 00 01. A 00 within it
// (no real flight has one) becomes 00 FF.
constexpr std::string_view kTextEnd("\0\1", 2);
constexpr std::string_view kZeroInText("\0\xff", 2);
constexpr std::size_t kAirportBytes = 3;

std::uint32_t OrderedDays(Date date) { return static_cast<std::uint32_t>(date.days) ^ 0x80000000u; }

void AppendOrderedText(std::string_view text, std::string& out) {
  for (const char c : text) {
    if (c == '\0') {
      out.append(kZeroInText);
    } else {
      out.push_back(c);
    }
  }
  out.append(kTextEnd);
}

std::optional<std::string> TakeOrderedText(std::string_view& bytes) {
  std::string text;
  for (;;) {
    const std::size_t zero = bytes.find('\0');
    if (zero == std::string_view::npos || zero + 1 == bytes.size()) return std::nullopt;
    text.append(bytes.substr(0, zero));
    const std::string_view mark = bytes.substr(zero, 2);
    bytes.remove_prefix(zero + 2);
    if (mark == kTextEnd) return text;
    if (mark != kZeroInText) return std::nullopt;
    text.push_back('\0');
  }
}

void AppendAirport(const AirportCode& airport, std::string& out) {
  const std::string_view text = airport.view();
  out.append(text).append(kAirportBytes - text.size(), '\0');
}

AirportCode TakeAirport(std::string_view& bytes) {
  const AirportCode airport(bytes.substr(0, kAirportBytes));
  bytes.remove_prefix(kAirportBytes);
  return airport;
}

constexpr std::string_view kKeyFileTitle = "landfall store key 1\n";

std::string KeyFileText(const HashKey& key) {
  const std::string_view bytes(reinterpret_cast<const char*>(key.data()), key.size());
  return absl::StrFormat("%s%s\n%s\n", kKeyFileTitle, ToHex(bytes), ToHex(AsBytes(Blake2b128(bytes))));
}

}  // namespace

void AppendFlightKey(const FlightKey& flight, std::string& out) {
  AppendBigEndian(out, OrderedDays(flight.departs_on));
  AppendOrderedText(flight.number, out);
  AppendAirport(flight.from, out);
  AppendAirport(flight.to, out);
}

std::string FlightKeyBytes(const FlightKey& flight) {
  std::string bytes;
  AppendFlightKey(flight, bytes);
  return bytes;
}

std::string DayPrefix(Date departs_on) {
  std::string bytes;
  AppendBigEndian(bytes, OrderedDays(departs_on));
  return bytes;
}

std::optional<FlightKey> TakeFlightKey(std::string_view& bytes) {
  if (bytes.size() < sizeof(std::uint32_t)) return std::nullopt;
  FlightKey flight;
  flight.departs_on.days = static_cast<std::int32_t>(ReadBigEndian<std::uint32_t>(bytes.data()) ^ 0x80000000u);
  bytes.remove_prefix(sizeof(std::uint32_t));
  std::optional<std::string> number = TakeOrderedText(bytes);
  if (!number || bytes.size() < 2 * kAirportBytes) return std::nullopt;
  flight.number = *std::move(number);
  flight.from = TakeAirport(bytes);
  flight.to = TakeAirport(bytes);
  return flight;
}

void AppendMessageKey(const FlightKey& flight, std::uint64_t sequence, MessageRow row, std::string& out) {
  AppendFlightKey(flight, out);
  AppendBigEndian(out, sequence);
  out.push_back(static_cast<char>(row));
}

std::optional<MessageKey> ParseMessageKey(std::string_view bytes) {
  std::optional<FlightKey> flight = TakeFlightKey(bytes);
  if (!flight || bytes.size() != sizeof(std::uint64_t) + 1) return std::nullopt;
  const auto row = static_cast<std::uint8_t>(bytes.back());
  if (row > static_cast<std::uint8_t>(MessageRow::kLink)) return std::nullopt;
  return MessageKey{*std::move(flight), ReadBigEndian<std::uint64_t>(bytes.data()), static_cast<MessageRow>(row)};
}

void AppendSeenId(std::string_view sender, std::string_view message_id, std::string& out) {
  AppendSized(out, sender);
  AppendSized(out, message_id);
}

void AppendQuarantineId(const QuarantinedRecord& record, std::string_view raw, std::string& out) {
  AppendSized(out, record.position.file);
  AppendVarint(out, record.position.offset);
  AppendVarint(out, record.position.line);
  out.push_back(static_cast<char>(record.code));
  AppendSized(out, record.message_id);
  AppendSized(out, record.traveller);
  out.append(AsBytes(Blake2b128(raw)));
}

absl::Status CreateStoreKey(const std::string& path) {
  HashKey key;
  if (::getrandom(key.data(), key.size(), 0) != static_cast<ssize_t>(key.size())) {
    return SystemError("draw a random key for", path);
  }
  return WriteFileDurably(path, KeyFileText(key));
}

absl::StatusOr<HashKey> ReadStoreKey(const std::string& path) {
  ASSIGN_OR_RETURN(const std::string text, ReadWholeFile(path));
  HashKey key{};
  if (text.size() >= kKeyFileTitle.size() + 2 * key.size()) {
    const std::string bytes =
        absl::HexStringToBytes(absl::string_view(text).substr(kKeyFileTitle.size(), 2 * key.size()));
    std::copy_n(bytes.begin(), std::min(bytes.size(), key.size()), key.begin());
  }
  if (text != KeyFileText(key)) {
    return absl::DataLossError(absl::StrFormat("the key file %s is damaged: restore it from a backup", path));
  }
  return key;
}

}  // namespace landfall
