#include "pipeline/parse/ndjson/ndjson_parser.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/parse/close_out.h"
#include "pipeline/parse/ndjson/json_fields.h"
#include "pipeline/parse/ndjson/read_traveller.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

// The fields of a message that wait for others, or are counted even if the message is refused.
struct LateFields {
  std::optional<element> flight, travellers, replaces, sent_at;
  bool has_kind = false;
};

// Why a whole message is refused.
struct Refusal {
  QuarantineCode code;
  std::string reason;
};

DeclaredTotals ReadDeclared(object from, JsonContext& context) {
  DeclaredTotals declared;
  const auto read = [&](element value, std::string_view key) {
    const std::optional<std::int64_t> number = ReadInteger(value, key, 0, 100'000, context);
    return number ? std::optional<std::int32_t>(static_cast<std::int32_t>(*number)) : std::nullopt;
  };
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("passengers"): declared.passengers = read(value, key); return true;
      case KeyHash("crew"): declared.crew = read(value, key); return true;
      case KeyHash("bookings"): declared.bookings = read(value, key); return true;
      default: return false;
    }
  });
  return declared;
}

MessagePart ReadPart(object from, JsonContext& context) {
  MessagePart part;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("ref"): part.ref = ReadText(value, key, context); return true;
      case KeyHash("seq"):
        part.seq = static_cast<std::int32_t>(ReadInteger(value, key, 1, 100'000, context).value_or(1));
        return true;
      case KeyHash("last"): part.last = ReadBool(value, key, context).value_or(false); return true;
      default: return false;
    }
  });
  return part;
}

ReportingParty ReadReportingParty(object from, JsonContext& context) {
  ReportingParty party;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("name"): party.name = ReadText(value, key, context); return true;
      case KeyHash("id"): party.id = ReadText(value, key, context); return true;
      case KeyHash("contacts"):
        ReadObjects(value, key, context, [&](object item) { party.contacts.push_back(ReadContact(item, context)); });
        return true;
      default: return false;
    }
  });
  return party;
}

EdifactEnvelope ReadEnvelope(object from, JsonContext& context) {
  EdifactEnvelope envelope;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("message"): envelope.message = ReadText(value, key, context); return true;
      case KeyHash("release"): envelope.release = ReadText(value, key, context); return true;
      case KeyHash("code"): envelope.code = ReadText(value, key, context); return true;
      case KeyHash("function"): envelope.function = ReadText(value, key, context); return true;
      case KeyHash("sender"): envelope.sender = ReadText(value, key, context); return true;
      case KeyHash("recipient"): envelope.recipient = ReadText(value, key, context); return true;
      case KeyHash("prepared_at"): envelope.prepared_at = ReadText(value, key, context); return true;
      case KeyHash("control_ref"): envelope.control_ref = ReadText(value, key, context); return true;
      case KeyHash("message_ref"): envelope.message_ref = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return envelope;
}

// The fields of the first level. Those that wait for others go to `late`.
void ReadTopLevel(object from, JsonContext& context, Message& message, LateFields& late) {
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("message_id"): message.message_id = ReadText(value, key, context); return true;
      case KeyHash("sender"): message.sender = ReadText(value, key, context); return true;
      case KeyHash("sent_at"): late.sent_at = value; return true;
      case KeyHash("carrier"): message.carrier = ReadText(value, key, context); return true;
      case KeyHash("kind"): {
        const auto kind = FromText<MessageKind>(Trim(ReadView(value, key, context)));
        late.has_kind = kind.has_value();
        if (kind) message.kind = *kind;
        return true;
      }
      case KeyHash("revision"): message.revision = ReadInteger(value, key, 0, INT64_MAX, context); return true;
      case KeyHash("declared"):
        ReadObject(value, key, context, [&](object item) { message.declared = ReadDeclared(item, context); });
        return true;
      case KeyHash("flight"): late.flight = value; return true;
      case KeyHash("replaces"): late.replaces = value; return true;
      case KeyHash("close_out"): message.close_out = ReadEnum<CloseOutForm>(value, key, context); return true;
      case KeyHash("part"):
        ReadObject(value, key, context, [&](object item) { message.part = ReadPart(item, context); });
        return true;
      case KeyHash("reported_by"):
        ReadObject(value, key, context, [&](object item) { message.reported_by = ReadReportingParty(item, context); });
        return true;
      case KeyHash("references"):
        ReadObjects(value, key, context, [&](object item) { message.references.push_back(ReadReference(item, context)); });
        return true;
      case KeyHash("edifact"):
        ReadObject(value, key, context, [&](object item) { message.edifact = ReadEnvelope(item, context); });
        return true;
      case KeyHash("travellers"): late.travellers = value; return true;
      default: return false;
    }
  });
}

// A flight's own fields; times wait for the airports they belong to.
struct FlightFields {
  std::string sent_number;
  std::optional<element> departs_at, arrives_at, estimated_at, actual_at, departs_on;
};

void ReadFlightFields(object from, JsonContext& context, Flight& flight, FlightFields& fields) {
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("number"): fields.sent_number = ReadText(value, key, context); return true;
      case KeyHash("from"): flight.from = ReadAirport(value, key, context); return true;
      case KeyHash("to"): flight.to = ReadAirport(value, key, context); return true;
      case KeyHash("departs_at"): fields.departs_at = value; return true;
      case KeyHash("arrives_at"): fields.arrives_at = value; return true;
      case KeyHash("estimated_at"): fields.estimated_at = value; return true;
      case KeyHash("actual_at"): fields.actual_at = value; return true;
      case KeyHash("departs_on"): fields.departs_on = value; return true;
      case KeyHash("terminal"): flight.terminal = ReadText(value, key, context); return true;
      case KeyHash("stand"): flight.stand = ReadText(value, key, context); return true;
      case KeyHash("marketing"):
        ReadList(value, key, context, [&](element item) {
          const std::string sent = ReadText(item, key, context);
          if (!sent.empty()) flight.marketing.push_back(NormaliseFlightNumber(sent).value_or(sent));
        });
        return true;
      case KeyHash("legs"):
        ReadObjects(value, key, context, [&](object item) { flight.legs.push_back(ReadSegment(item, context)); });
        return true;
      default: return false;
    }
  });
}

// "101" with carrier "ZZ" is "ZZ101".
std::optional<std::string> FullNumber(const std::string& number, const std::string& carrier) {
  if (!number.empty() && std::isdigit(static_cast<unsigned char>(number.front())) && !carrier.empty()) {
    if (const auto with_carrier = NormaliseFlightNumber(carrier + number)) return with_carrier;
  }
  return NormaliseFlightNumber(number);
}

std::optional<Refusal> ReadFlight(element value, const std::string& carrier, JsonContext& context, Flight& flight) {
  object from;
  if (value.get_object().get(from) != simdjson::SUCCESS) {
    return Refusal{QuarantineCode::kNoFlight, "`flight` is no object: send number, from, to and departs_at"};
  }
  FlightFields fields;
  ReadFlightFields(from, context, flight, fields);
  const std::optional<std::string> number = FullNumber(fields.sent_number, carrier);
  if (!number) {
    return Refusal{QuarantineCode::kBadFlight,
                   absl::StrFormat("flight number '%s' is none: send carrier and number, such as ZZ101",
                                   fields.sent_number.substr(0, 60))};
  }
  flight.number = *number;
  if (flight.from.empty() || flight.to.empty()) {
    return Refusal{QuarantineCode::kBadFlight, "`from` or `to` of the flight is no airport code: send both"};
  }
  if (fields.departs_at) {
    const std::optional<Instant> departs = ReadTime(*fields.departs_at, "departs_at", flight.from, context);
    if (departs) flight.departs_at = *departs;
    else fields.departs_at.reset();
  }
  if (!fields.departs_at) {
    return Refusal{QuarantineCode::kBadFlight, "`departs_at` of the flight is missing or no time: send it"};
  }
  if (fields.arrives_at) flight.arrives_at = ReadTime(*fields.arrives_at, "arrives_at", flight.to, context);
  if (fields.estimated_at) flight.estimated_at = ReadTime(*fields.estimated_at, "estimated_at", flight.to, context);
  if (fields.actual_at) flight.actual_at = ReadTime(*fields.actual_at, "actual_at", flight.to, context);
  SetDepartureDate(flight);
  return std::nullopt;
}

// The old flight of a moved one: {"number","from","to","departs_at"}, or with "departs_on".
std::optional<FlightKey> ReadReplaces(element value, const std::string& carrier, JsonContext& context) {
  object from;
  if (value.get_object().get(from) != simdjson::SUCCESS) {
    context.At("replaces").Add(FindingCode::kBadValue, "not an object");
    return std::nullopt;
  }
  Flight flight;
  FlightFields fields;
  ReadFlightFields(from, context, flight, fields);
  const std::optional<std::string> number = FullNumber(fields.sent_number, carrier);
  std::optional<Date> departs_on;
  if (fields.departs_on) departs_on = ReadDate(*fields.departs_on, "departs_on", context);
  if (!departs_on && fields.departs_at) {
    if (const auto departs = ReadTime(*fields.departs_at, "departs_at", flight.from, context)) {
      departs_on = LocalDate(*departs, ZoneOf(flight.from));
    }
  }
  if (!number || flight.from.empty() || flight.to.empty() || !departs_on) {
    context.At("replaces").Add(FindingCode::kBadValue, "the old flight needs number, from, to and departs_at");
    return std::nullopt;
  }
  return FlightKey{*departs_on, *number, flight.from, flight.to};
}

std::uint32_t CountTravellers(const LateFields& late) {
  simdjson::dom::array list;
  if (!late.travellers || late.travellers->get_array().get(list) != simdjson::SUCCESS) return 0;
  std::uint32_t count = 0;
  for ([[maybe_unused]] const element item : list) ++count;
  return count;
}

Refusal RefusalOf(simdjson::error_code error) {
  if (error == simdjson::DEPTH_ERROR) {
    return {QuarantineCode::kTooDeep, "nested deeper than 64 levels: send flat records"};
  }
  return {QuarantineCode::kNotJson,
          absl::StrFormat("not a line of JSON in UTF-8 (%s): correct it and send it again",
                          simdjson::error_message(error))};
}

}  // namespace

struct NdjsonParser::State {
  explicit State(const Configuration& config) : configuration(config) {}

  void ReadTravellers(std::string_view file, const RawMessage& raw, element list, JsonContext& context,
                      Message& message, ParsedInput& out);
  std::optional<Refusal> ReadMessage(std::string_view file, const RawMessage& raw, Message& message,
                                     std::uint32_t& travellers, ParsedInput& out);

  const Configuration& configuration;
  simdjson::dom::parser parser;
  std::size_t capacity = 0;
};

NdjsonParser::NdjsonParser(const Configuration& configuration) : state_(std::make_unique<State>(configuration)) {}
NdjsonParser::~NdjsonParser() = default;

void NdjsonParser::State::ReadTravellers(std::string_view file, const RawMessage& raw, element list,
                                         JsonContext& context, Message& message, ParsedInput& out) {
  simdjson::dom::array people;
  if (list.get_array().get(people) != simdjson::SUCCESS) {
    context.At("travellers").Add(FindingCode::kBadValue, "not a list");
    return;
  }
  const FlightAirports airports{message.flight.from, message.flight.to};
  message.travellers.reserve(people.size());
  std::size_t number = 0;
  for (const element item : people) {
    ++number;
    const std::size_t first_finding = message.findings.size();
    Traveller traveller;
    traveller.offset = raw.offset;
    TravellerResult result{QuarantineCode::kNoIdentity, "this traveller is no JSON object: send name and documents"};
    object from;
    if (item.get_object().get(from) == simdjson::SUCCESS) result = ReadTraveller(from, airports, context, traveller);
    const std::string name = traveller.ref.empty() ? "#" + std::to_string(number) : traveller.ref;
    for (std::size_t i = first_finding; i < message.findings.size(); ++i) message.findings[i].traveller = name;
    if (!result.problem) {
      message.travellers.push_back(std::move(traveller));
      continue;
    }
    message.findings.resize(first_finding);
    out.quarantined.push_back({{std::string(file), raw.offset, raw.line},
                               *result.problem,
                               absl::StrFormat("traveller %s: %s", name, result.reason),
                               message.message_id,
                               name,
                               1});
  }
}

std::optional<Refusal> NdjsonParser::State::ReadMessage(std::string_view file, const RawMessage& raw, Message& message,
                                                        std::uint32_t& travellers, ParsedInput& out) {
  if (raw.too_long) {
    return Refusal{QuarantineCode::kLineTooLong, absl::StrFormat("the line is longer than %d bytes: send shorter messages",
                                                                 static_cast<int>(configuration.limits.line_bytes))};
  }
  if (raw.bytes.size() > capacity) {
    // Some room to grow, so that lines of slowly growing length do not allocate each time.
    capacity = std::max<std::size_t>(raw.bytes.size() * 2, 1u << 16);
    // One level more than is allowed: simdjson counts the document itself.
    if (const auto error = parser.allocate(capacity, configuration.limits.depth + 1)) return RefusalOf(error);
  }
  element root;
  // The reader leaves padding behind the line, so simdjson need not copy it.
  if (const auto error = parser.parse(raw.bytes.data(), raw.bytes.size(), false).get(root)) return RefusalOf(error);
  object top;
  if (root.get_object().get(top) != simdjson::SUCCESS) {
    return Refusal{QuarantineCode::kNotObject, "JSON, but no object: a message is {...}"};
  }
  JsonContext context{&configuration.limits, &message.findings, false, ""};
  LateFields late;
  ReadTopLevel(top, context, message, late);
  travellers = CountTravellers(late);
  if (message.message_id.empty()) {
    return Refusal{QuarantineCode::kNoId, "`message_id` is missing: send the sender's own id of the message"};
  }
  if (!late.has_kind) {
    return Refusal{QuarantineCode::kUnknownKind,
                   "`kind` is missing or none of: booking check_in update reduction cancel close_out crew"};
  }
  if (!late.flight) return Refusal{QuarantineCode::kNoFlight, "`flight` is missing: send number, from, to and departs_at"};
  if (auto refusal = ReadFlight(*late.flight, message.carrier, context, message.flight)) return refusal;
  if (late.sent_at) message.sent_at = ReadTime(*late.sent_at, "sent_at", {}, context);
  if (late.replaces) message.replaces = ReadReplaces(*late.replaces, message.carrier, context);
  if (message.sender.empty()) {
    message.sender = message.carrier.empty() ? std::string(CarrierOf(message.flight.number)) : message.carrier;
  }
  if (late.travellers) ReadTravellers(file, raw, *late.travellers, context, message, out);
  SetBoarded(message);
  if (context.has_duplicate_key) {
    return Refusal{QuarantineCode::kDuplicateKey,
                   absl::StrFormat("the key '%s' comes twice in one object: send each key once", context.duplicate_key)};
  }
  return std::nullopt;
}

void NdjsonParser::Parse(std::string_view file, const RawMessage& raw, ParsedInput& out) {
  const std::size_t first_quarantined = out.quarantined.size();
  Message message;
  message.position = {std::string(file), raw.offset, raw.line};
  std::uint32_t travellers = 0;
  std::optional<Refusal> refusal = state_->ReadMessage(file, raw, message, travellers, out);
  if (!refusal) {
    out.messages.push_back(std::move(message));
    return;
  }
  // Its travellers are set aside with it, not one by one.
  out.quarantined.resize(first_quarantined);
  out.quarantined.push_back(
      {message.position, refusal->code, std::move(refusal->reason), message.message_id, "", travellers});
}

}  // namespace landfall
