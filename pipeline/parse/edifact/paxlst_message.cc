#include "pipeline/parse/edifact/paxlst_message.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/parse/close_out.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/parse/edifact/traveller_group.h"

namespace landfall::edifact {
namespace {

constexpr std::int64_t kMostDeclared = 100'000;

}  // namespace

std::string PaxlstMessage::Text(const Tokens::Segment& segment, std::size_t element, std::size_t component,
                                std::string_view field) {
  return ReadText(tokens_, segment, element, component, configuration_.limits, Place(field));
}

void PaxlstMessage::ReadBgm(const Tokens::Segment& bgm) {
  code_ = tokens_.CodeAt(bgm, 1);
  function_ = tokens_.CodeAt(bgm, 2);
  message_.edifact->code = code_.str();
  message_.edifact->function = function_.str();
}

// RFF+TN:reference:::revision.
void PaxlstMessage::ReadTransaction(const Tokens::Segment& rff) {
  if (tokens_.CodeAt(rff, 1, 1) != "TN") return;
  std::string value = Text(rff, 1, 2, "references");
  if (!value.empty()) message_.references.push_back({"TN", std::move(value)});
  if (const auto revision = ParseCount(tokens_.CodeAt(rff, 1, 5))) message_.revision = *revision;
}

// A profile id in element 2, or a name in element 4.
void PaxlstMessage::ReadReportingParty(const Tokens::Segment& nad) {
  ReportingParty party;
  party.id = Text(nad, 2, 1, "reported_by");
  for (std::size_t c = 1; c <= std::min<std::size_t>(tokens_.Components(nad, 4), 5); ++c) {
    const std::string part = Text(nad, 4, c, "reported_by");
    if (!part.empty()) party.name += (party.name.empty() ? "" : "/") + part;
  }
  message_.reported_by = std::move(party);
}

// False at the first traveller, or where the travellers would end.
bool PaxlstMessage::ReadHeaderSegment(const Tokens::Segment& segment) {
  switch (segment.tag) {
    case Tag("BGM"): ReadBgm(segment); return true;
    case Tag("RFF"): ReadTransaction(segment); return true;
    case Tag("TDT"): route_.AddTransport(segment); return true;
    case Tag("LOC"): route_.AddPlace(segment); return true;
    case Tag("DTM"): route_.AddTime(segment); return true;
    case Tag("COM"):
      if (message_.reported_by) {
        ReadContacts(tokens_, segment, configuration_.limits, Place("reported_by"), message_.reported_by->contacts);
      }
      return true;
    case Tag("NAD"):
      if (!IsOffice(tokens_.CodeAt(segment, 1))) return false;
      if (tokens_.CodeAt(segment, 1) == "MS") ReadReportingParty(segment);
      return true;
    case Tag("CNT"):
    case Tag("UNT"): return false;
    default: return true;
  }
}

void PaxlstMessage::ReadHeader() {
  first_traveller_ = first_ + 1;
  while (first_traveller_ < last_ && ReadHeaderSegment(At(first_traveller_))) ++first_traveller_;
  if (message_.reported_by == Boxed<ReportingParty>(ReportingParty{})) message_.reported_by.reset();
}

// What is set aside whether or not the rest of it came.
std::optional<Refusal> PaxlstMessage::OutOfScope() const {
  const std::string& type = message_.edifact->message;
  if (type.empty()) {
    return Refusal{QuarantineCode::kBadSyntax, "UNH names no message type: the separators may be others"};
  }
  if (type != "PAXLST") {
    return Refusal{QuarantineCode::kUnsupportedMessage, Quoted(type) + " messages are not read: PAXLST and PNRGOV are"};
  }
  if (route_.IsUnfilledTemplate() || envelope_.IsTemplate()) return RefuseTemplate();
  if (code_ == "336") return Refusal{QuarantineCode::kMasterCrewList, "a master crew list: no flight to screen"};
  if (code_ == "655") return Refusal{QuarantineCode::kGatePass, "a gate pass: no flight to screen"};
  return std::nullopt;
}

void PaxlstMessage::ReadCloseOut() {
  message_.kind = MessageKind::kCloseOut;
  message_.close_out = function_ == "CLOB"   ? CloseOutForm::kOnBoard
                       : function_ == "CLNB" ? CloseOutForm::kNotOnBoard
                                             : CloseOutForm::kNone;
  if (message_.close_out == CloseOutForm::kNone && function_ != "CL") {
    Place("function").Add(FindingCode::kOddFunction,
                          "266+" + function_.str() + " was read as a close-out without a list");
  }
}

// What BGM makes of the message.
std::optional<Refusal> PaxlstMessage::ReadFunction() {
  if (code_ == "250") {
    message_.kind = MessageKind::kCrew;
  } else if (code_ == "745") {
    message_.kind = function_ == "CP"                         ? MessageKind::kUpdate
                    : function_ == "XR" || function_ == "RP" ? MessageKind::kReduction
                                                             : MessageKind::kCheckIn;
    if (message_.kind == MessageKind::kCheckIn && !function_.empty()) {
      Place("function").Add(FindingCode::kOddFunction, "745+" + function_.str() + " was read as a first list");
    }
  } else if (code_ == "266" && function_ == "XF") {
    message_.kind = MessageKind::kCancel;
  } else if (code_ == "266" && function_ == "CF") {
    message_.kind = MessageKind::kUpdate;
    is_moved_ = true;
  } else if (code_ == "266") {
    ReadCloseOut();
  } else {
    return Refusal{QuarantineCode::kNotAir, "document code " + Quoted(code_) + " is no message about a flight"};
  }
  return std::nullopt;
}

std::optional<Refusal> PaxlstMessage::ReadFlight() {
  Route::Result route = route_.Finish(configuration_, is_moved_, message_.findings);
  if (!route.flight) return Refusal{QuarantineCode::kBadFlight, std::move(route.reason)};
  message_.flight = *std::move(route.flight);
  message_.replaces = std::move(route.replaces);
  message_.carrier = std::move(route.carrier);
  if (message_.sender.empty()) message_.sender = CarrierOf(message_.flight.number);
  return std::nullopt;
}

// The traveller that begins at `nad`. Returns where the next segment group begins.
std::size_t PaxlstMessage::ReadTraveller(std::size_t nad, std::size_t number,
                                         std::vector<QuarantinedRecord>& set_aside) {
  const std::size_t first_finding = message_.findings.size();
  Traveller& traveller = message_.travellers.emplace_back();
  traveller.offset = positions_.OffsetOf(At(nad));
  TravellerGroup group(tokens_, configuration_.limits, message_.flight.departs_on, message_.findings, traveller);
  group.Begin(At(nad));
  std::size_t next = nad + 1;
  for (; next < last_; ++next) {
    const std::uint32_t tag = At(next).tag;
    if (tag == Tag("NAD") || tag == Tag("CNT") || tag == Tag("UNT")) break;
    group.Add(At(next));
  }
  const std::optional<TravellerGroup::Problem> problem = group.Finish();
  if (!problem && message_.findings.size() == first_finding) return next;
  const std::string name = traveller.ref.empty() ? absl::StrFormat("#%d", number) : traveller.ref;
  if (problem) {
    message_.findings.resize(first_finding);
    message_.travellers.pop_back();
    set_aside.push_back({positions_.Of(At(nad)), problem->code, absl::StrFormat("traveller %s: %s", name, problem->reason),
                         message_.message_id, name, 1});
    return next;
  }
  for (std::size_t i = first_finding; i < message_.findings.size(); ++i) message_.findings[i].traveller = name;
  return next;
}

void PaxlstMessage::ReadTravellers(std::vector<QuarantinedRecord>& set_aside) {
  message_.travellers.reserve(CountTravellers(tokens_, first_, last_));
  std::size_t number = 0;
  for (std::size_t i = first_traveller_; i < last_;) {
    const bool is_traveller = At(i).tag == Tag("NAD") && !IsOffice(tokens_.CodeAt(At(i), 1));
    // What follows an office's NAD is the office's, and is passed over.
    i = is_traveller ? ReadTraveller(i, ++number, set_aside) : i + 1;
  }
}

// CNT: 42 passengers, 41 crew; the value in the same element or the next.
void PaxlstMessage::ReadTotals() {
  for (std::size_t i = first_traveller_; i < last_; ++i) {
    if (At(i).tag != Tag("CNT")) continue;
    const Code kind = tokens_.CodeAt(At(i), 1, 1), beside = tokens_.CodeAt(At(i), 1, 2);
    const auto total = ParseCount(beside.empty() ? tokens_.CodeAt(At(i), 2) : beside, kMostDeclared);
    if (!total) continue;
    if (kind == "42") message_.declared.passengers = static_cast<std::int32_t>(*total);
    if (kind == "41") message_.declared.crew = static_cast<std::int32_t>(*total);
  }
}

std::optional<Refusal> PaxlstMessage::Read(bool is_whole, std::vector<QuarantinedRecord>& set_aside) {
  ReadUnh(tokens_, At(first_), envelope_, configuration_.limits, message_);
  ReadHeader();
  // What breaks off inside UNH or BGM may have been any message.
  const bool names_its_kind = is_whole || last_ - first_ > 2;
  if (auto refusal = OutOfScope(); refusal && names_its_kind) return refusal;
  std::optional<Refusal> function = ReadFunction();
  // A message cut before BGM may well be about a flight.
  if (function && names_its_kind && (is_whole || !code_.empty())) return function;
  if (!is_whole) return RefuseCut(CountTravellers(tokens_, first_, last_));
  if (!envelope_.has_id()) return RefuseNoId();
  if (auto refusal = ReadFlight()) return refusal;
  ReadTravellers(set_aside);
  ReadTotals();
  CheckUnt(tokens_, first_, last_, message_.findings);
  SetBoarded(message_);
  return std::nullopt;
}

void PaxlstMessage::Parse(bool is_whole, const std::vector<Finding>& findings, ParsedInput& out) {
  message_.position = positions_.Of(At(first_));
  message_.findings = findings;
  std::vector<QuarantinedRecord> set_aside;
  if (std::optional<Refusal> refusal = Read(is_whole, set_aside)) {
    out.quarantined.push_back({message_.position, refusal->code, std::move(refusal->reason), message_.message_id, "",
                               CountTravellers(tokens_, first_, last_)});
    return;
  }
  out.messages.push_back(std::move(message_));
  std::move(set_aside.begin(), set_aside.end(), std::back_inserter(out.quarantined));
}

}  // namespace landfall::edifact
