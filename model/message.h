#pragma once

// An advance passenger message: what PAXLST, and NDJSON, end in. docs/NDJSON.md gives each field's meaning.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/boxed.h"
#include "model/date.h"
#include "model/digest.h"
#include "model/enum_text.h"
#include "model/finding.h"
#include "model/fixed_text.h"
#include "model/traveller.h"

namespace landfall {

// DO NOT RENUMBER any enum of this file: their numbers are on disk.
enum class MessageKind : std::uint8_t { kBooking, kCheckIn, kUpdate, kReduction, kCancel, kCloseOut, kCrew };
template <>
struct EnumText<MessageKind> {
  static constexpr std::string_view kWords[] = {"booking", "check_in",  "update", "reduction",
                                                "cancel",  "close_out", "crew"};
};

enum class CloseOutForm : std::uint8_t { kOnBoard, kNotOnBoard, kFull, kNone };
template <>
struct EnumText<CloseOutForm> {
  static constexpr std::string_view kWords[] = {"on_board", "not_on_board", "full", "none"};
};

// What makes a flight the same flight. Text: "ZZ101 2026-11-22 LOS LHR".
struct FlightKey {
  Date departs_on;     // Scheduled departure, local at `from`.
  std::string number;  // Operating carrier and number, without leading zeros, with its suffix: "ZZ101A".
  AirportCode from;
  AirportCode to;

  friend auto operator<=>(const FlightKey&, const FlightKey&) = default;
  template <typename H>
  friend H AbslHashValue(H state, const FlightKey& key) {
    return H::combine(std::move(state), key.departs_on.days, key.number, key.from, key.to);
  }
};
std::string ToString(const FlightKey& key);

struct Flight {
  std::string number;
  AirportCode from;
  AirportCode to;
  Instant departs_at;
  std::optional<Instant> arrives_at;
  std::optional<Instant> estimated_at;
  std::optional<Instant> actual_at;
  std::string terminal;
  std::string stand;
  std::vector<std::string> marketing;
  std::vector<Segment> legs;
  // Local date of `departs_at` at `from`: worked out by the parser, not in JSON.
  Date departs_on;

  FlightKey Key() const { return {departs_on, number, from, to}; }

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "number", self.number);
    visit(2, "from", self.from);
    visit(3, "to", self.to);
    visit(4, "departs_at", self.departs_at);
    visit(5, "arrives_at", self.arrives_at);
    visit(6, "estimated_at", self.estimated_at);
    visit(7, "actual_at", self.actual_at);
    visit(8, "terminal", self.terminal);
    visit(9, "stand", self.stand);
    visit(10, "marketing", self.marketing);
    visit(11, "legs", self.legs);
  }
  friend bool operator==(const Flight&, const Flight&) = default;
};

struct DeclaredTotals {
  std::optional<std::int32_t> passengers;
  std::optional<std::int32_t> crew;
  std::optional<std::int32_t> bookings;

  bool empty() const { return !passengers && !crew && !bookings; }
  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "passengers", self.passengers);
    visit(2, "crew", self.crew);
    visit(3, "bookings", self.bookings);
  }
  friend bool operator==(const DeclaredTotals&, const DeclaredTotals&) = default;
};

// One of several messages that carry one flight.
struct MessagePart {
  std::string ref;
  std::int32_t seq = 1;
  bool last = false;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "ref", self.ref);
    visit(2, "seq", self.seq);
    visit(3, "last", self.last);
  }
  friend bool operator==(const MessagePart&, const MessagePart&) = default;
};

struct ReportingParty {
  std::string name;
  std::string id;
  std::vector<Contact> contacts;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "name", self.name);
    visit(2, "id", self.id);
    visit(3, "contacts", self.contacts);
  }
  friend bool operator==(const ReportingParty&, const ReportingParty&) = default;
};

// The EDIFACT envelope a message came in. Provenance: no part of a message's equality.
struct EdifactEnvelope {
  std::string message;       // PAXLST
  std::string release;       // D:05B
  std::string code;          // 745
  std::string function;      // CP
  std::string sender;
  std::string recipient;
  std::string prepared_at;   // As sent: 210713:0631
  std::string control_ref;
  std::string message_ref;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "message", self.message);
    visit(2, "release", self.release);
    visit(3, "code", self.code);
    visit(4, "function", self.function);
    visit(5, "sender", self.sender);
    visit(6, "recipient", self.recipient);
    visit(7, "prepared_at", self.prepared_at);
    visit(8, "control_ref", self.control_ref);
    visit(9, "message_ref", self.message_ref);
  }
  friend bool operator==(const EdifactEnvelope&, const EdifactEnvelope&) = default;
};

struct Message {
  std::string message_id;
  std::string sender;
  std::optional<Instant> sent_at;
  std::string carrier;
  MessageKind kind = MessageKind::kCheckIn;
  std::optional<std::int64_t> revision;
  DeclaredTotals declared;
  Flight flight;
  std::optional<FlightKey> replaces;
  std::optional<CloseOutForm> close_out;
  Boxed<MessagePart> part;
  Boxed<ReportingParty> reported_by;
  std::vector<Reference> references;
  Boxed<EdifactEnvelope> edifact;
  std::vector<Traveller> travellers;

  // Provenance and doubts: neither in JSON nor part of equality.
  SourcePosition position;
  std::vector<Finding> findings;
  // Its travellers that were quarantined: reference and reason. Their flight is never "no action".
  std::vector<Finding> set_aside;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "message_id", self.message_id);
    visit(2, "sender", self.sender);
    visit(3, "sent_at", self.sent_at);
    visit(4, "carrier", self.carrier);
    visit(5, "kind", self.kind);
    visit(6, "revision", self.revision);
    visit(7, "declared", self.declared);
    visit(8, "flight", self.flight);
    visit(9, "replaces", self.replaces);
    visit(10, "close_out", self.close_out);
    visit(11, "part", self.part);
    visit(12, "reported_by", self.reported_by);
    visit(13, "references", self.references);
    visit(14, "edifact", self.edifact);
    visit(15, "travellers", self.travellers);
  }
  // All but `edifact`, `position` and `findings`.
  friend bool operator==(const Message& a, const Message& b);
};

}  // namespace landfall
