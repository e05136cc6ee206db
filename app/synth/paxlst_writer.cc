#include "app/synth/paxlst_writer.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "model/result.h"
#include "pipeline/places/places.h"

namespace landfall::app {
namespace {

void AppendTwoDigits(int number, std::string& out) {
  out += static_cast<char>('0' + number / 10 % 10);
  out += static_cast<char>('0' + number % 10);
}

std::string ShortDate(const PartialDate& date) {  // YYMMDD; 00 for what is not known.
  std::string text;
  for (const int part : {date.year % 100, static_cast<int>(date.month), static_cast<int>(date.day)}) {
    AppendTwoDigits(part, text);
  }
  return text;
}

struct LocalTime {
  std::string date, time;  // YYMMDD, HHMM
};

LocalTime ToLocal(Instant instant, const absl::TimeZone& zone) {
  const absl::CivilSecond civil = absl::ToCivilSecond(absl::FromUnixSeconds(instant.seconds), zone);
  LocalTime local;
  for (const int part : {static_cast<int>(civil.year() % 100), civil.month(), civil.day()}) {
    AppendTwoDigits(part, local.date);
  }
  for (const int part : {civil.hour(), civil.minute()}) AppendTwoDigits(part, local.time);
  return local;
}

// Writes segments. Empty elements and components at the end are left out, as is usual.
class SegmentWriter {
 public:
  SegmentWriter(std::string_view separators, bool breaks_lines, std::string& out)
      : component_(separators[0]),
        element_(separators[1]),
        release_(separators[3]),
        terminator_(separators[5]),
        breaks_lines_(breaks_lines),
        out_(out) {}

  SegmentWriter& Tag(std::string_view tag) {
    out_ += tag;
    elements_due_ = components_due_ = 0;
    ++count_;
    return *this;
  }
  SegmentWriter& Element(std::string_view text = {}) {
    ++elements_due_;
    components_due_ = 0;
    if (!text.empty()) Value(text);
    return *this;
  }
  SegmentWriter& Component(std::string_view text = {}) {
    ++components_due_;
    if (!text.empty()) Value(text);
    return *this;
  }
  SegmentWriter& Number(std::int64_t number) {  // In place of Element's text.
    char digits[24];
    return Element({digits, std::to_chars(digits, digits + sizeof(digits), number).ptr});
  }
  void End() {
    out_ += terminator_;
    if (breaks_lines_) out_ += "\r\n";
  }

  // Segments since UNH, it included.
  void StartCount() { count_ = 0; }
  int count() const { return count_; }

 private:
  void Value(std::string_view text) {
    out_.append(static_cast<std::size_t>(elements_due_), element_);
    out_.append(static_cast<std::size_t>(components_due_), component_);
    elements_due_ = components_due_ = 0;
    for (const char c : text) {
      if (c == component_ || c == element_ || c == release_ || c == terminator_) out_ += release_;
      out_ += c;
    }
  }

  char component_, element_, release_, terminator_;
  bool breaks_lines_;
  std::string& out_;
  int elements_due_ = 0, components_due_ = 0;
  int count_ = 0;
};

struct Function {
  std::string_view code, function;
};

absl::StatusOr<Function> FunctionOf(const Message& message) {
  if (message.replaces) return absl::InvalidArgumentError("PAXLST: a moved flight has no form here");
  switch (message.kind) {
    case MessageKind::kBooking: break;
    case MessageKind::kCheckIn: return Function{"745", ""};
    case MessageKind::kUpdate: return Function{"745", "CP"};
    case MessageKind::kReduction: return Function{"745", "RP"};
    case MessageKind::kCancel: return Function{"266", "XF"};
    case MessageKind::kCrew: return Function{"250", "C"};
    case MessageKind::kCloseOut:
      switch (message.close_out.value_or(CloseOutForm::kNone)) {
        case CloseOutForm::kOnBoard: return Function{"266", "CLOB"};
        case CloseOutForm::kNotOnBoard: return Function{"266", "CLNB"};
        case CloseOutForm::kNone: return Function{"266", "CL"};
        case CloseOutForm::kFull: return absl::InvalidArgumentError("PAXLST: no close-out lists both kinds at once");
      }
  }
  return absl::InvalidArgumentError("PAXLST: it carries no bookings");
}

class Writer {
 public:
  Writer(const Message& message, const PaxlstOptions& options, std::string& out)
      : message_(message), options_(options), segments_(options.separators, options.wrap_columns == 0, out), out_(out) {}

  void Write(const Function& function) {
    if (options_.writes_una) {
      out_ += "UNA";
      out_ += options_.separators;
      if (options_.wrap_columns == 0) out_ += "\r\n";
    }
    Opening();
    Header(function);
    Route();
    for (const Traveller& traveller : message_.travellers) WriteTraveller(traveller);
    Totals();
    Closing();
  }

 private:
  SegmentWriter& Tag(std::string_view tag) { return segments_.Tag(tag); }

  void Opening() {
    const LocalTime prepared = ToLocal(message_.sent_at.value_or(Instant{}), absl::UTCTimeZone());
    Tag("UNB").Element("UNOA").Component("4").Element(message_.sender).Element(options_.recipient);
    segments_.Element(prepared.date).Component(prepared.time).Element(options_.control_ref).End();
    Tag("UNG").Element("PAXLST").Element(message_.sender).Element(options_.recipient);
    segments_.Element(prepared.date).Component(prepared.time).Element("1").Element("UN").Element("D").Component("05B").End();
    segments_.StartCount();
    Tag("UNH").Element("1").Element("PAXLST").Component("D").Component("05B").Component("UN").Component("IATA");
    if (message_.part) {
      const MessagePart& part = *message_.part;
      std::string seq;
      AppendTwoDigits(part.seq, seq);
      segments_.Element(part.ref).Element(seq).Component(part.last ? "F" : part.seq == 1 ? "C" : "");
    }
    segments_.End();
  }

  void Header(const Function& function) {
    Tag("BGM").Element(function.code).Element(function.function).End();
    for (const Reference& reference : message_.references) {
      if (reference.kind != "TN") continue;
      Tag("RFF").Element("TN").Component(reference.value);
      if (message_.revision) segments_.Component().Component().Component(std::to_string(*message_.revision));
      segments_.End();
      break;
    }
    if (!message_.reported_by) return;
    const ReportingParty& party = *message_.reported_by;
    Tag("NAD").Element("MS").Element(party.id).Element().Element(party.name).End();
    for (const Contact& contact : party.contacts) WriteContact(contact);
  }

  void Route() {
    const Flight& flight = message_.flight;
    if (flight.legs.empty()) {
      Leg(flight.number, flight.from, flight.to, flight.departs_at, flight.arrives_at, true);
      return;
    }
    for (const Segment& leg : flight.legs) {
      const bool crosses = leg.from == flight.from && leg.to == flight.to;
      Leg(leg.number.empty() ? flight.number : leg.number, leg.from, leg.to, leg.departs_at, leg.arrives_at, crosses);
    }
  }

  void Leg(std::string_view number, AirportCode from, AirportCode to, std::optional<Instant> departs,
           std::optional<Instant> arrives, bool crosses_border) {
    Tag("TDT").Element("20").Element(number).Element().Element().Element(message_.carrier).End();
    Stop(crosses_border ? "125" : "92", from, "189", departs);
    Stop(crosses_border ? "87" : "92", to, "232", arrives);
  }

  void Stop(std::string_view location, AirportCode airport, std::string_view date_code, std::optional<Instant> at) {
    Tag("LOC").Element(location).Element(airport.view()).End();
    if (!at) return;
    const LocalTime local = ToLocal(*at, ZoneOf(airport));
    Tag("DTM").Element(date_code).Component(local.date + local.time).Component("201").End();
  }

  static std::string_view PartyCode(TravellerType type) {
    switch (type) {
      case TravellerType::kPassenger: return "FL";
      case TravellerType::kCrew: return "FM";
      case TravellerType::kTransit: return "DDU";
      case TravellerType::kTransitCrew: return "DDT";
    }
    return "FL";
  }

  void WriteTraveller(const Traveller& traveller) {
    Name(traveller);
    if (traveller.sex) Tag("ATT").Element("2").Element().Element(ToText(*traveller.sex)).End();
    if (traveller.date_of_birth) Day("329", *traveller.date_of_birth);
    Bags(traveller);
    if (traveller.data_verified) Tag("GEI").Element("4").Element(*traveller.data_verified ? "173" : "174").End();
    for (const std::string& bag : traveller.bag_tags) Tag("FTX").Element("BAG").Element().Element().Element(bag).End();
    Location("22", traveller.clearance.view());
    Location("174", traveller.residence.view());
    Location("178", traveller.journey.origin.view());
    Location("179", traveller.journey.destination.view());
    if (traveller.birth_place) Location("180", traveller.birth_place->country.view());
    for (const Contact& contact : traveller.contacts) WriteContact(contact);
    Role(traveller);
    if (!traveller.nationality.empty()) Tag("NAT").Element("2").Element(traveller.nationality.view()).End();
    References(traveller);
    for (const Document& document : traveller.documents) WriteDocument(document);
  }

  void Name(const Traveller& traveller) {
    Tag("NAD").Element(PartyCode(traveller.type)).Element().Element();
    segments_.Element(traveller.surname).Component(traveller.given_names);
    if (traveller.address) {
      const Address& address = *traveller.address;
      segments_.Element(address.lines).Element(address.city).Element(address.region).Element(address.postcode);
      segments_.Element(address.country.view());
    }
    segments_.End();
  }

  void Day(std::string_view code, const PartialDate& date) {
    Tag("DTM").Element(code).Component(ShortDate(date)).End();
  }

  void Bags(const Traveller& traveller) {
    if (traveller.bags) Tag("MEA").Element("CT").Element().Element().Component(std::to_string(*traveller.bags)).End();
    if (traveller.bag_weight_kg) {
      Tag("MEA").Element("WT").Element().Element("KGM").Component(absl::StrFormat("%g", *traveller.bag_weight_kg)).End();
    }
  }

  void Location(std::string_view code, std::string_view place) {
    if (!place.empty()) Tag("LOC").Element(code).Element(place).End();
  }

  void WriteContact(const Contact& contact) {
    constexpr std::string_view kCodes[] = {"TE", "EM", "FX", "AI"};  // In the order of ContactKind.
    Tag("COM").Element(contact.value).Component(kCodes[static_cast<std::size_t>(contact.kind)]).End();
  }

  void Role(const Traveller& traveller) {
    if (!traveller.role || *traveller.role == TravellerRole::kUmEscort) return;
    constexpr std::string_view kCodes[] = {"CR1", "CR2", "CR3", "CR4", "CR5"};  // In the order of TravellerRole.
    Tag("EMP").Element("1").Element(kCodes[static_cast<std::size_t>(*traveller.role)]);
    segments_.Component("110").Component("111").End();
  }

  void Refer(std::string_view code, std::string_view value) {
    if (!value.empty()) Tag("RFF").Element(code).Component(value).End();
  }

  void References(const Traveller& traveller) {
    if (traveller.booking) Refer("AVF", traveller.booking->locator);
    Refer("ABO", traveller.ref);
    Refer("SEA", traveller.seat);
    for (const Reference& reference : traveller.references) Refer(reference.kind, reference.value);
  }

  void WriteDocument(const Document& document) {
    Tag("DOC").Element(document.type);
    if (!document.type.empty()) segments_.Component("110").Component("111");
    segments_.Element(document.number).End();
    if (document.expires) Day("36", ToPartial(*document.expires));
    if (document.issued) Day("182", ToPartial(*document.issued));
    Location("91", document.issuer.view());
  }

  void Totals() {
    if (message_.declared.passengers) Tag("CNT").Element("42").Component(std::to_string(*message_.declared.passengers)).End();
    if (message_.declared.crew) Tag("CNT").Element("41").Component(std::to_string(*message_.declared.crew)).End();
  }

  void Closing() {
    // The segment that tells the count is one of them.
    const int segments = segments_.count() + 1;
    Tag("UNT").Number(segments).Element("1").End();
    Tag("UNE").Element("1").Element("1").End();
    Tag("UNZ").Element("1").Element(options_.control_ref).End();
  }

  const Message& message_;
  const PaxlstOptions& options_;
  SegmentWriter segments_;
  std::string& out_;
};

// Cuts everything from `begin` on into lines, anywhere.
void Wrap(std::size_t begin, std::size_t columns, std::string& out) {
  const std::string text = out.substr(begin);
  out.resize(begin);
  for (std::size_t at = 0; at < text.size(); at += columns) {
    out.append(text, at, columns);
    out += "\r\n";
  }
}

}  // namespace

absl::Status AppendPaxlst(const Message& message, const PaxlstOptions& options, std::string& out) {
  if (options.separators.size() != 6) return absl::InvalidArgumentError("PAXLST: separators are six characters");
  ASSIGN_OR_RETURN(const Function function, FunctionOf(message));
  if (options.type_b_shell) {
    const LocalTime prepared = ToLocal(message.sent_at.value_or(Instant{}), absl::UTCTimeZone());
    absl::StrAppendFormat(&out, "\x01QP LONAB%s\r\n.HDQAB%s %s%s\r\n\x02", message.sender, message.sender,
                          prepared.date.substr(4), prepared.time);
  }
  const std::size_t begin = out.size();
  Writer(message, options, out).Write(function);
  if (options.wrap_columns > 0) Wrap(begin, static_cast<std::size_t>(options.wrap_columns), out);
  if (options.type_b_shell) out += "\x03\r\n";
  return absl::OkStatus();
}

}  // namespace landfall::app
