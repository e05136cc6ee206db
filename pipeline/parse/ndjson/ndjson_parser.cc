#include "pipeline/parse/ndjson/ndjson_parser.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "pipeline/parse/close_out.h"
#include "pipeline/parse/ndjson/json_fields.h"
#include "pipeline/parse/ndjson/read_traveller.h"
#include "pipeline/parse/ndjson/traveller_offsets.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::int64_t kMostPeople = 100'000;
constexpr std::int64_t kMostParts = 100'000;

// Fields of a message that wait for others, whatever order they come in.
struct LateFields {
  std::optional<element> flight, travellers, replaces;
  bool has_kind = false;
};

// Why a whole message is refused.
struct Refusal {
  QuarantineCode code;
  std::string reason;
};

void ReadDeclared(object from, DeclaredTotals& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"passengers", "crew", "bookings"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["passengers"]: return field.Integer(0, kMostPeople, to.passengers);
      case kKeys["crew"]: return field.Integer(0, kMostPeople, to.crew);
      case kKeys["bookings"]: return field.Integer(0, kMostPeople, to.bookings);
    }
  });
}

void ReadPart(object from, MessagePart& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"ref", "seq", "last"});
  std::optional<std::int32_t> seq;
  std::optional<bool> last;
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["ref"]: return field.Text(to.ref);
      case kKeys["seq"]: return field.Integer(1, kMostParts, seq);
      case kKeys["last"]: return field.Bool(last);
    }
  });
  to.seq = seq.value_or(1);
  to.last = last.value_or(false);
}

void ReadReportingParty(object from, ReportingParty& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"name", "id", "contacts"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["name"]: return field.Text(to.name);
      case kKeys["id"]: return field.Text(to.id);
      case kKeys["contacts"]: return field.Parts(ReadContact, to.contacts);
    }
  });
}

void ReadEnvelope(object from, EdifactEnvelope& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"message", "release", "code", "function", "sender", "recipient", "prepared_at",
                                   "control_ref", "message_ref"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["message"]: return field.Text(to.message);
      case kKeys["release"]: return field.Text(to.release);
      case kKeys["code"]: return field.Text(to.code);
      case kKeys["function"]: return field.Text(to.function);
      case kKeys["sender"]: return field.Text(to.sender);
      case kKeys["recipient"]: return field.Text(to.recipient);
      case kKeys["prepared_at"]: return field.Text(to.prepared_at);
      case kKeys["control_ref"]: return field.Text(to.control_ref);
      case kKeys["message_ref"]: return field.Text(to.message_ref);
    }
  });
}

void ReadKind(const JsonField& field, Message& message, LateFields& late) {
  const std::optional<MessageKind> kind = FromText<MessageKind>(field.Trimmed());
  late.has_kind = kind.has_value();
  if (kind) message.kind = *kind;
}

void ReadTopLevel(object from, Message& message, LateFields& late, JsonContext& context) {
  static constexpr KeyTable kKeys({"message_id", "sender", "sent_at", "carrier", "kind", "revision", "declared",
                                   "flight", "replaces", "close_out", "part", "reported_by", "references", "edifact",
                                   "travellers"});
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["message_id"]: return field.Text(message.message_id);
      case kKeys["sender"]: return field.Text(message.sender);
      case kKeys["sent_at"]: return field.Time({}, message.sent_at);  // At no airport: read as UTC.
      case kKeys["carrier"]:
        message.carrier = ParseCarrier(field.View(), *context.limits, field.place());
        return;
      case kKeys["kind"]: return ReadKind(field, message, late);
      case kKeys["revision"]: return field.Integer(0, INT64_MAX, message.revision);
      case kKeys["declared"]:
        return field.Object([&](object part) { ReadDeclared(part, message.declared, context); });
      case kKeys["flight"]: late.flight = field.value; return;
      case kKeys["replaces"]: late.replaces = field.value; return;
      case kKeys["close_out"]: return field.Enum(message.close_out);
      case kKeys["part"]:
        return field.Object([&](object part) { ReadPart(part, message.part.emplace(), context); });
      case kKeys["reported_by"]: return field.Boxed(ReadReportingParty, message.reported_by);
      case kKeys["references"]: return field.Parts(ReadReference, message.references);
      case kKeys["edifact"]: return field.Boxed(ReadEnvelope, message.edifact);
      case kKeys["travellers"]: late.travellers = field.value; return;
    }
  });
}

// A flight as sent: its times wait for the airports they belong to, its number for the message's carrier.
struct FlightFields {
  std::string number;
  std::optional<element> departs_at, arrives_at, estimated_at, actual_at;
  std::optional<Date> departs_on;
};

void ReadFlightFields(object from, Flight& flight, FlightFields& fields, JsonContext& context) {
  static constexpr KeyTable kKeys({"number", "from", "to", "departs_at", "arrives_at", "estimated_at", "actual_at",
                                   "departs_on", "terminal", "stand", "marketing", "legs"});
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["number"]: return field.Text(fields.number);
      case kKeys["from"]: return field.Airport(flight.from);
      case kKeys["to"]: return field.Airport(flight.to);
      case kKeys["departs_at"]: fields.departs_at = field.value; return;
      case kKeys["arrives_at"]: fields.arrives_at = field.value; return;
      case kKeys["estimated_at"]: fields.estimated_at = field.value; return;
      case kKeys["actual_at"]: fields.actual_at = field.value; return;
      case kKeys["departs_on"]: return field.Date(fields.departs_on);
      case kKeys["terminal"]: return field.Text(flight.terminal);
      case kKeys["stand"]: return field.Text(flight.stand);
      case kKeys["marketing"]:
        return field.List([](std::size_t) {},
                          [&](const JsonField& item) {
                            ReadNumber(item, flight.marketing.emplace_back());
                            if (flight.marketing.back().empty()) flight.marketing.pop_back();
                          });
      case kKeys["legs"]: return field.Parts(ReadSegment, flight.legs);
    }
  });
}

std::optional<Instant> ReadTime(const std::optional<element>& value, std::string_view key, AirportCode airport,
                                JsonContext& context) {
  std::optional<Instant> time;
  if (value) JsonField{key, *value, context}.Time(airport, time);
  return time;
}

// "101" with carrier "ZZ" is "ZZ101".
std::optional<std::string> FullNumber(const std::string& number, const std::string& carrier) {
  if (!number.empty() && number.front() >= '0' && number.front() <= '9' && !carrier.empty()) {
    if (std::optional<std::string> with_carrier = NormaliseFlightNumber(carrier + number)) return with_carrier;
  }
  return NormaliseFlightNumber(number);
}

// Legs as PAXLST gives them: only if there is more than one, each with its number only where it differs.
void TidyLegs(Flight& flight) {
  if (flight.legs.size() < 2) return flight.legs.clear();
  for (Segment& leg : flight.legs) {
    if (leg.number == flight.number) leg.number.clear();
  }
}

std::optional<Refusal> ReadFlight(object from, const std::string& carrier, Flight& flight, JsonContext& context) {
  FlightFields fields;
  ReadFlightFields(from, flight, fields, context);
  const std::optional<std::string> number = FullNumber(fields.number, carrier);
  if (!number) {
    return Refusal{QuarantineCode::kBadFlight,
                   absl::StrFormat("flight number '%s' is none: send carrier and number, such as ZZ101",
                                   Shown(fields.number))};
  }
  if (flight.from.empty() || flight.to.empty()) {
    return Refusal{QuarantineCode::kBadFlight, "`from` or `to` of the flight is no airport code: send both"};
  }
  const std::optional<Instant> departs_at = ReadTime(fields.departs_at, "departs_at", flight.from, context);
  if (!departs_at) {
    return Refusal{QuarantineCode::kBadFlight, "`departs_at` of the flight is missing or no time: send it"};
  }
  flight.number = *number;
  flight.departs_at = *departs_at;
  flight.arrives_at = ReadTime(fields.arrives_at, "arrives_at", flight.to, context);
  flight.estimated_at = ReadTime(fields.estimated_at, "estimated_at", flight.to, context);
  flight.actual_at = ReadTime(fields.actual_at, "actual_at", flight.to, context);
  SetDepartureDate(flight);
  TidyLegs(flight);
  return std::nullopt;
}

// The old flight of a moved one: {"number","from","to","departs_at"}, or with its local date in "departs_on".
void ReadReplaces(object from, const std::string& carrier, std::optional<FlightKey>& to, JsonContext& context) {
  Flight old;
  FlightFields fields;
  ReadFlightFields(from, old, fields, context);
  const std::optional<std::string> number = FullNumber(fields.number, carrier);
  const std::optional<Instant> departs_at = ReadTime(fields.departs_at, "departs_at", old.from, context);
  if (!fields.departs_on && departs_at) fields.departs_on = LocalDate(*departs_at, ZoneOf(old.from));
  if (number && !old.from.empty() && !old.to.empty() && fields.departs_on) {
    to = FlightKey{*fields.departs_on, *number, old.from, old.to};
    return;
  }
  context.At("").Add(FindingCode::kBadValue, "the old flight needs number, from, to and departs_at");
}

std::uint32_t CountTravellers(const LateFields& late) {
  simdjson::dom::array list;
  if (!late.travellers || late.travellers->get_array().get(list) != simdjson::SUCCESS) return 0;
  // list.size() stops at 2^24 - 1, which no line reaches.
  return static_cast<std::uint32_t>(list.size());
}

Refusal RefusalOf(simdjson::error_code error, const InputLimits& limits) {
  if (error == simdjson::DEPTH_ERROR) {
    return {QuarantineCode::kTooDeep,
            absl::StrFormat("nested deeper than %d levels: send flatter records", static_cast<int>(limits.depth))};
  }
  return {QuarantineCode::kNotJson,
          absl::StrFormat("not JSON in UTF-8 (%s): correct it and send it again", simdjson::error_message(error))};
}

}  // namespace

struct NdjsonParser::State {
  explicit State(const Configuration& configuration) : limits(configuration.limits) {}

  // The root of the line; it lives until the next call.
  simdjson::simdjson_result<element> ParseJson(std::string_view bytes);
  std::optional<Refusal> ReadMessage(const RawMessage& raw, Message& message, std::uint32_t& travellers);
  std::optional<Refusal> ReadRest(const LateFields& late, Message& message, JsonContext& context);
  void ReadTravellers(const JsonField& field, Message& message);
  void ReadOneTraveller(element item, Message& message, JsonContext& context);
  void PlaceSetAside(const RawMessage& raw);

  InputLimits limits;
  simdjson::dom::parser parser;
  std::size_t capacity = 0;

  // Travellers of the message at hand that were set aside, and which of the list they were, from 0.
  std::vector<QuarantinedRecord> set_aside;
  std::vector<std::size_t> set_aside_index;
  std::size_t index = 0;  // Of the traveller at hand.
};

NdjsonParser::NdjsonParser(const Configuration& configuration) : state_(std::make_unique<State>(configuration)) {}
NdjsonParser::~NdjsonParser() = default;

simdjson::simdjson_result<element> NdjsonParser::State::ParseJson(std::string_view bytes) {
  if (bytes.size() > capacity || capacity == 0) {
    // Some room to grow, so that lines of slowly growing length do not allocate each time.
    capacity = std::max<std::size_t>({bytes.size(), std::min(bytes.size() * 2, limits.line_bytes), 1u << 16});
    if (const simdjson::error_code error = parser.allocate(capacity, limits.depth)) {
      capacity = 0;
      return error;
    }
  }
  // The reader leaves padding behind the line, so simdjson need not copy it.
  return parser.parse(bytes.data(), bytes.size(), false);
}

void NdjsonParser::State::ReadOneTraveller(element item, Message& message, JsonContext& context) {
  const std::size_t first_finding = message.findings.size();
  Traveller& traveller = message.travellers.emplace_back();
  traveller.offset = message.position.offset;
  TravellerResult result{QuarantineCode::kNoIdentity, "no JSON object: send name and documents"};
  object fields;
  if (item.get_object().get(fields) == simdjson::SUCCESS) {
    result = ReadTraveller(fields, message.flight.from, message.flight.to, context, traveller);
  } else {
    CheckUnread(item, context);
  }
  if (!result.problem && message.findings.size() == first_finding) return;
  std::string name = traveller.ref.empty() ? absl::StrFormat("#%d", static_cast<int>(index + 1)) : traveller.ref;
  if (!result.problem) {
    for (std::size_t i = first_finding; i < message.findings.size(); ++i) message.findings[i].traveller = name;
    return;
  }
  message.travellers.pop_back();
  message.findings.resize(first_finding);
  std::string reason = absl::StrFormat("traveller %s: %s", Shown(name), result.reason);
  set_aside.push_back({message.position, *result.problem, std::move(reason), message.message_id, std::move(name), 1});
  set_aside_index.push_back(index);
}

void NdjsonParser::State::ReadTravellers(const JsonField& field, Message& message) {
  index = 0;
  field.List([&message](std::size_t size) { message.travellers.reserve(size); },
             [&](const JsonField& item) {
               ReadOneTraveller(item.value, message, item.context);
               ++index;
             });
  // Anything but a list may have been somebody: a flight of which nobody could be read must not look empty.
  std::string_view text;
  const bool is_blank = field.value.get_string().get(text) == simdjson::SUCCESS && Trim(text).empty();
  if (!field.value.is_array() && !field.value.is_null() && !is_blank) {
    ReadOneTraveller(field.value, message, field.context);
  }
}

std::optional<Refusal> NdjsonParser::State::ReadRest(const LateFields& late, Message& message, JsonContext& context) {
  if (message.message_id.empty()) {
    return Refusal{QuarantineCode::kNoId, "`message_id` is missing: send the sender's own id of the message"};
  }
  if (!late.has_kind) {
    return Refusal{QuarantineCode::kUnknownKind,
                   "`kind` is missing or none of: booking check_in update reduction cancel close_out crew"};
  }
  object flight;
  if (!late.flight || late.flight->get_object().get(flight) != simdjson::SUCCESS) {
    return Refusal{QuarantineCode::kNoFlight, "`flight` is missing or no object: send number, from, to and departs_at"};
  }
  context.parent = "flight";
  std::optional<Refusal> refusal = ReadFlight(flight, message.carrier, message.flight, context);
  context.parent = {};
  if (refusal) return refusal;
  if (late.replaces) {
    JsonField{"replaces", *late.replaces, context}.Object(
        [&](object old) { ReadReplaces(old, message.carrier, message.replaces, context); });
  }
  if (message.sender.empty()) {
    message.sender = message.carrier.empty() ? std::string(CarrierOf(message.flight.number)) : message.carrier;
  }
  if (late.travellers) ReadTravellers({"travellers", *late.travellers, context}, message);
  return std::nullopt;
}

std::optional<Refusal> NdjsonParser::State::ReadMessage(const RawMessage& raw, Message& message,
                                                        std::uint32_t& travellers) {
  if (raw.too_long) {
    return Refusal{QuarantineCode::kLineTooLong, absl::StrFormat("longer than %d bytes: send shorter messages",
                                                                 static_cast<int>(limits.line_bytes))};
  }
  if (raw.bytes.starts_with("\xef\xbb\xbf")) {
    return Refusal{QuarantineCode::kNotJson, "begins with a byte-order mark: send it without these three bytes"};
  }
  element root;
  if (const simdjson::error_code error = ParseJson(raw.bytes).get(root)) return RefusalOf(error, limits);
  object top;
  if (root.get_object().get(top) != simdjson::SUCCESS) {
    return Refusal{QuarantineCode::kNotObject, "JSON, but no object: a message is {...}"};
  }
  JsonContext context{&limits, &message.findings, {}, std::nullopt};
  LateFields late;
  ReadTopLevel(top, message, late, context);
  travellers = CountTravellers(late);
  std::optional<Refusal> refusal;
  if (!context.duplicate_key) refusal = ReadRest(late, message, context);
  if (context.duplicate_key) {
    refusal = Refusal{QuarantineCode::kDuplicateKey,
                      absl::StrFormat("the key '%s' comes twice in one object: send each key once", *context.duplicate_key)};
  }
  return refusal;
}

// Says where in the line the travellers that were set aside stand.
void NdjsonParser::State::PlaceSetAside(const RawMessage& raw) {
  const std::vector<std::uint32_t> offsets = TravellerOffsets(parser, raw.bytes);
  for (std::size_t i = 0; i < set_aside.size(); ++i) {
    if (set_aside_index[i] < offsets.size()) set_aside[i].position.offset += offsets[set_aside_index[i]];
  }
}

void NdjsonParser::Parse(std::string_view file, const RawMessage& raw, ParsedInput& out) {
  State& state = *state_;
  state.set_aside.clear();
  state.set_aside_index.clear();
  Message& message = out.messages.emplace_back();
  message.position = {std::string(file), raw.offset, raw.line};
  std::uint32_t travellers = 0;
  if (std::optional<Refusal> refusal = state.ReadMessage(raw, message, travellers)) {
    // Its travellers are set aside with it, not one by one.
    out.quarantined.push_back({std::move(message.position), refusal->code, std::move(refusal->reason),
                               std::move(message.message_id), "", travellers});
    out.messages.pop_back();
    return;
  }
  SetBoarded(message);
  if (!state.set_aside.empty()) state.PlaceSetAside(raw);
  std::move(state.set_aside.begin(), state.set_aside.end(), std::back_inserter(out.quarantined));
}

}  // namespace landfall
