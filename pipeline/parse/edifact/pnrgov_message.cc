#include "pipeline/parse/edifact/pnrgov_message.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/card_number.h"
#include "pipeline/parse/edifact/pnr_group.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/parse/edifact/tvl.h"

namespace landfall::edifact {
namespace {

constexpr std::int64_t kMostDeclared = 100'000;
constexpr std::size_t kMostPartners = 99;

}  // namespace

std::size_t PnrgovMessage::Find(std::uint32_t tag, std::size_t from, std::size_t to) const {
  while (from < to && At(from).tag != tag) ++from;
  return from;
}

// MSG+:22 is a full push, MSG+:141 an update: either states the newest of the travellers it lists.
void PnrgovMessage::ReadFunction() {
  const std::size_t msg = Find(Tag("MSG"), first_, first_booking_);
  const Code function = msg < first_booking_ ? tokens_.CodeAt(At(msg), 1, 2) : Code();
  message_.kind = MessageKind::kBooking;
  message_.edifact->code = function.str();
  if (function != "22" && function != "141") {
    Place("function").Add(FindingCode::kOddFunction, "MSG " + Quoted(function) + " is neither 22 nor 141: read as a push");
  }
}

// The first TVL: DDMMYY:HHMM and the two airports, carrier and number.
std::optional<Refusal> PnrgovMessage::ReadFlight() {
  const std::size_t index = Find(Tag("TVL"), first_, first_booking_);
  if (index == first_booking_) {
    return Refusal{QuarantineCode::kBadFlight, "no TVL before the first SRC: send the flight with its times and airports"};
  }
  Tvl tvl = ReadTvl(tokens_, At(index), message_.findings, "flight");
  if (tvl.is_template) return RefuseTemplate();
  const Segment& stage = tvl.segment;
  if (stage.from.empty() || stage.to.empty()) {
    return Refusal{QuarantineCode::kBadFlight, "TVL gives no airport code for the departure or the arrival: send both"};
  }
  if (stage.number.empty()) return Refusal{QuarantineCode::kBadFlight, "TVL gives no flight number: send carrier and number"};
  if (!stage.departs_at) {
    return Refusal{QuarantineCode::kBadFlight, "the departure in TVL is missing or no time: send it as DDMMYY:HHMM"};
  }
  Flight& flight = message_.flight;
  flight.number = stage.number;
  flight.from = stage.from;
  flight.to = stage.to;
  flight.departs_at = *stage.departs_at;
  flight.arrives_at = stage.arrives_at;
  if (!stage.marketing.empty()) flight.marketing.push_back(stage.marketing);
  SetDepartureDate(flight);
  message_.carrier = ParseCarrier(tvl.carrier, configuration_.limits, Place("carrier"));
  if (message_.sender.empty()) message_.sender = CarrierOf(flight.number);
  return std::nullopt;
}

// The booking in the segments [first, last) behind its SRC.
void PnrgovMessage::ReadBooking(std::size_t first, std::size_t last, std::vector<QuarantinedRecord>& set_aside) {
  PnrGroup group(tokens_, configuration_, message_.flight, travellers_, message_.findings);
  std::vector<PnrGroup::Person> people = group.Read(first, last);
  travellers_ += people.size();
  if (people.empty()) Place("travellers").Add(FindingCode::kBadValue, "a booking that lists nobody");
  for (const std::string& number : group.marketing()) {
    std::vector<std::string>& known = message_.flight.marketing;
    if (known.size() < kMostPartners && std::find(known.begin(), known.end(), number) == known.end()) known.push_back(number);
  }
  for (PnrGroup::Person& person : people) {
    if (!person.problem) {
      person.traveller.offset = positions_.OffsetOf(At(person.segment));
      message_.travellers.push_back(std::move(person.traveller));
      continue;
    }
    std::erase_if(message_.findings, [&](const Finding& finding) { return finding.traveller == person.name; });
    set_aside.push_back({positions_.Of(At(person.segment)), *person.problem,
                         absl::StrFormat("traveller %s: %s", person.name, person.reason), message_.message_id, person.name, 1});
  }
}

// EQN of the header counts the bookings, of the whole flight where it comes in parts.
void PnrgovMessage::CheckBookings(std::size_t counted) {
  const std::size_t eqn = Find(Tag("EQN"), first_, first_booking_);
  if (eqn == first_booking_) return;
  const Code stated = tokens_.CodeAt(At(eqn), 1);
  const auto total = ParseCount(stated, kMostDeclared);
  if (total) message_.declared.bookings = static_cast<std::int32_t>(*total);
  if (message_.part || total == static_cast<std::int64_t>(counted)) return;
  Place("declared").Add(FindingCode::kCountDiffers, absl::StrFormat("EQN says %s bookings, %d came", Quoted(stated), counted));
}

void PnrgovMessage::ReadBookings(std::vector<QuarantinedRecord>& set_aside) {
  message_.travellers.reserve(CountTravellers(tokens_, first_, last_));
  const std::size_t end = last_ - 1;  // UNT.
  std::size_t bookings = 0;
  for (std::size_t i = first_booking_; i < end;) {
    const std::size_t next = Find(Tag("SRC"), i + 1, end);
    ReadBooking(i + 1, next, set_aside);
    ++bookings;
    i = next;
  }
  CheckBookings(bookings);
}

std::optional<Refusal> PnrgovMessage::Read(bool is_whole, std::vector<QuarantinedRecord>& set_aside) {
  ReadUnh(tokens_, At(first_), envelope_, configuration_.limits, message_);
  first_booking_ = Find(Tag("SRC"), first_, last_);
  if (envelope_.IsTemplate()) return RefuseTemplate();
  if (!is_whole) return RefuseCut(CountTravellers(tokens_, first_, last_));
  if (!envelope_.has_id()) return RefuseNoId();
  ReadFunction();
  if (auto refusal = ReadFlight()) return refusal;
  ReadBookings(set_aside);
  CheckUnt(tokens_, first_, last_, message_.findings);
  return std::nullopt;
}

void PnrgovMessage::Parse(bool is_whole, const std::vector<Finding>& findings, ParsedInput& out) {
  message_.position = positions_.Of(At(first_));
  message_.findings = findings;
  std::vector<QuarantinedRecord> set_aside;
  if (std::optional<Refusal> refusal = Read(is_whole, set_aside)) {
    MaskCardNumbers(refusal->reason);
    out.quarantined.push_back({message_.position, refusal->code, std::move(refusal->reason), message_.message_id, "",
                               CountTravellers(tokens_, first_, last_)});
    return;
  }
  for (Finding& finding : message_.findings) MaskCardNumbers(finding.problem);
  out.messages.push_back(std::move(message_));
  std::move(set_aside.begin(), set_aside.end(), std::back_inserter(out.quarantined));
}

}  // namespace landfall::edifact
