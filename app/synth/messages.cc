#include "app/synth/messages.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "app/synth/random.h"

namespace landfall::app {
namespace {

constexpr std::size_t kMostTravellersOfPart = 150;
constexpr int kMinute = 60;

// What a PAXLST says at its head.
void AddEdifactHeader(Message& message) {
  std::string transaction = message.message_id;
  std::replace(transaction.begin(), transaction.end(), '_', '-');
  message.references.push_back({"TN", std::move(transaction)});
  ReportingParty& desk = message.reported_by.emplace();
  desk.name = message.carrier + " DISPATCH DESK";
  desk.contacts.push_back({ContactKind::kPhone, "+442079460999"});
}

Message Begin(const FlightPlan& plan, Sending sending, MessageKind kind) {
  const FlightOutline& outline = plan.outline;
  Message message;
  message.sender = message.carrier = outline.carrier->code;
  message.kind = kind;
  message.revision = sending == Sending::kUpdate ? 2 : 1;
  message.sent_at = SentAt(outline, sending);
  message.flight = outline.flight;
  const CivilDay day = ToCivil(outline.flight.departs_on);
  message.message_id =
      absl::StrFormat("%s-%04d%02d%02d-%s-%d", outline.flight.number, day.year, day.month, day.day,
                      std::string(ToText(kind)), *message.revision);
  if (outline.carrier->channel == Channel::kPaxlst && sending != Sending::kBookings) AddEdifactHeader(message);
  return message;
}

std::int32_t Passengers(const FlightPlan& plan) { return static_cast<std::int32_t>(plan.travellers.size()); }

Message MakeBookings(const FlightPlan& plan) {
  Message message = Begin(plan, Sending::kBookings, MessageKind::kBooking);
  message.travellers.reserve(plan.travellers.size());
  for (const Traveller& traveller : plan.travellers) message.travellers.push_back(BookingPart(traveller));
  return message;
}

Message MakeCrewList(const FlightPlan& plan) {
  Message message = Begin(plan, Sending::kCrew, MessageKind::kCrew);
  message.travellers = plan.crew;
  message.declared.crew = static_cast<std::int32_t>(plan.crew.size());
  return message;
}

Traveller ListedAs(const Traveller& traveller, const FlightPlan& plan) {
  return plan.outline.carrier->channel == Channel::kFullNdjson ? traveller : ApiPart(traveller);
}

std::vector<Message> MakeCheckIn(const FlightPlan& plan) {
  Message whole = Begin(plan, Sending::kCheckIn, MessageKind::kCheckIn);
  whole.declared.passengers = Passengers(plan);
  const bool is_split = plan.outline.carrier->channel == Channel::kPaxlst && plan.travellers.size() > kMostTravellersOfPart;
  const std::size_t parts = is_split ? 2 : 1;
  const std::size_t size = (plan.travellers.size() + parts - 1) / parts;
  std::vector<Message> messages(parts, whole);
  for (std::size_t i = 0; i < parts; ++i) {
    Message& message = messages[i];
    const std::size_t end = std::min(plan.travellers.size(), (i + 1) * size);
    message.travellers.reserve(size);
    for (std::size_t k = i * size; k < end; ++k) message.travellers.push_back(ListedAs(plan.travellers[k], plan));
    if (!is_split) continue;
    message.message_id += absl::StrFormat("-%d", i + 1);
    message.part = MessagePart{whole.message_id, static_cast<std::int32_t>(i + 1), i + 1 == parts};
  }
  return messages;
}

Message MakeUpdate(const FlightPlan& plan) {
  Message message = Begin(plan, Sending::kUpdate, MessageKind::kUpdate);
  int row = 70;  // Behind everybody else.
  for (const std::uint32_t changed : plan.changed) {
    message.travellers.push_back(ListedAs(plan.travellers[changed], plan));
    message.travellers.back().seat = std::to_string(row++) + "C";
  }
  return message;
}

// Enough to tell who it is.
Traveller Named(const Traveller& traveller) {
  Traveller named;
  named.ref = traveller.ref;
  named.type = traveller.type;
  named.surname = traveller.surname;
  named.given_names = traveller.given_names;
  named.date_of_birth = traveller.date_of_birth;
  return named;
}

CloseOutForm FormOf(const FlightPlan& plan) {
  const bool lists_those_on_board = plan.outline.carrier->channel == Channel::kPaxlst && plan.outline.slot % 2 == 1;
  return lists_those_on_board ? CloseOutForm::kOnBoard : plan.outline.carrier->close_out;
}

Message MakeCloseOut(const FlightPlan& plan) {
  Message message = Begin(plan, Sending::kCloseOut, MessageKind::kCloseOut);
  message.close_out = FormOf(plan);
  for (std::size_t i = 0; i < plan.travellers.size(); ++i) {
    const bool on_board = plan.left_behind[i] == 0;
    const bool listed = message.close_out == CloseOutForm::kFull || on_board == (message.close_out == CloseOutForm::kOnBoard);
    if (!listed) continue;
    message.travellers.push_back(Named(plan.travellers[i]));
    if (message.close_out == CloseOutForm::kFull) message.travellers.back().boarded = on_board;
  }
  return message;
}

}  // namespace

std::optional<Instant> SentAt(const FlightOutline& outline, Sending sending) {
  const std::int64_t departs = outline.flight.departs_at.seconds;
  const int jitter = outline.slot % 11;
  switch (sending) {
    case Sending::kBookings:
      if (!outline.pushes_bookings) return std::nullopt;
      return Instant{departs - (24 * 60 + jitter) * kMinute};
    case Sending::kCrew: return Instant{departs - (120 + jitter) * kMinute};
    case Sending::kCheckIn: return Instant{departs - (50 + jitter) * kMinute};
    case Sending::kUpdate:
      if (outline.slot % 3 != 0) return std::nullopt;
      return Instant{departs - (20 + jitter) * kMinute};
    case Sending::kCloseOut: return Instant{departs + (3 + jitter) * kMinute};
  }
  return std::nullopt;
}

std::vector<Message> MakeMessages(const FlightPlan& plan, Sending sending) {
  std::vector<Message> messages;
  switch (sending) {
    case Sending::kBookings: messages.push_back(MakeBookings(plan)); break;
    case Sending::kCrew: messages.push_back(MakeCrewList(plan)); break;
    case Sending::kCheckIn: return MakeCheckIn(plan);
    case Sending::kUpdate:
      if (!plan.changed.empty()) messages.push_back(MakeUpdate(plan));
      break;
    case Sending::kCloseOut: messages.push_back(MakeCloseOut(plan)); break;
  }
  return messages;
}

Traveller ApiPart(const Traveller& traveller) {
  Traveller part;
  part.ref = traveller.ref;
  part.type = traveller.type;
  part.role = traveller.type == TravellerType::kCrew ? traveller.role : std::nullopt;
  part.surname = traveller.surname;
  part.given_names = traveller.given_names;
  part.date_of_birth = traveller.date_of_birth;
  part.sex = traveller.sex;
  part.nationality = traveller.nationality;
  part.residence = traveller.residence;
  part.documents = traveller.documents;
  if (traveller.booking) part.booking.emplace().locator = traveller.booking->locator;
  part.seat = traveller.seat;
  part.bags = traveller.bags;
  part.clearance = traveller.clearance;
  part.journey = traveller.journey;
  part.address = traveller.address;
  part.contacts = traveller.contacts;
  part.references = traveller.references;
  part.data_verified = traveller.data_verified;
  return part;
}

Traveller BookingPart(const Traveller& traveller) {
  Traveller part;
  part.ref = traveller.ref;
  part.type = traveller.type;
  part.role = traveller.role;
  part.surname = traveller.surname;
  part.given_names = traveller.given_names;
  part.fare = traveller.fare;
  part.booking = traveller.booking;
  part.services = traveller.services;
  part.escort_form = traveller.escort_form;
  part.consent = traveller.consent;
  part.contacts = traveller.contacts;
  return part;
}

}  // namespace landfall::app
