#include "pipeline/parse/edifact/paxlst.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "pipeline/parse/close_out.h"
#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/route.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/edifact/traveller_group.h"
#include "pipeline/parse/times.h"

namespace landfall {
namespace edifact {
namespace {

using Segments = std::vector<Tokens::Segment>;

std::string Upper(std::string_view text) {
  std::string upper(text);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

bool IsUtf8(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto lead = static_cast<unsigned char>(text[i]);
    const std::size_t size = lead < 0x80 ? 1 : lead >> 5 == 6 && lead >= 0xc2 ? 2 : lead >> 4 == 14 ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (size == 0 || i + size > text.size()) return false;
    for (std::size_t k = 1; k < size; ++k) {
      if ((static_cast<unsigned char>(text[i + k]) & 0xc0) != 0x80) return false;
    }
    i += size;
  }
  return true;
}

std::string FromLatin1(std::string_view text) {
  std::string utf8;
  utf8.reserve(text.size() + text.size() / 8);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      utf8 += c;
    } else {
      utf8 += static_cast<char>(0xc0 | byte >> 6);
      utf8 += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return utf8;
}

std::optional<int> Number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// What the UNB of an interchange says.
struct Envelope {
  std::string sender, sender_as_sent, recipient_as_sent, prepared_at, control_ref;
  std::optional<Instant> sent_at;
};

// One message: UNH to UNT.
class PaxlstMessage {
 public:
  PaxlstMessage(const Tokens& tokens, std::size_t first, std::size_t last, const Envelope& envelope,
                const Configuration& configuration, SourcePosition position)
      : tokens_(tokens), first_(first), last_(last), envelope_(envelope), configuration_(configuration),
        position_(std::move(position)), route_(tokens) {}

  // `is_whole`: its UNT came, and the interchange's UNZ.
  void Parse(bool is_whole, const std::vector<Finding>& shared_findings, std::string_view file, ParsedInput& out);

 private:
  const Tokens::Segment& At(std::size_t index) const { return tokens_.segments()[index]; }
  void ReadHeader();
  bool ReadFunction();
  void ReadTravellers(std::string_view file, std::vector<QuarantinedRecord>& set_aside);
  void ReadTotals();
  void CheckTrailer();
  std::uint32_t CountTravellers() const;
  void Refuse(QuarantineCode code, std::string reason, ParsedInput& out) const;
  void Note(FindingCode code, std::string field, std::string problem) {
    FindingPlace{&message_.findings, {}, field}.Add(code, std::move(problem));
  }

  const Tokens& tokens_;
  std::size_t first_, last_;  // Of its segments: [first_, last_).
  const Envelope& envelope_;
  const Configuration& configuration_;
  SourcePosition position_;
  Route route_;
  Message message_;
  std::string code_, function_;
  std::size_t first_traveller_ = 0;
  bool is_moved_ = false;
};

void PaxlstMessage::Refuse(QuarantineCode code, std::string reason, ParsedInput& out) const {
  out.quarantined.push_back({position_, code, std::move(reason), message_.message_id, "", CountTravellers()});
}

std::uint32_t PaxlstMessage::CountTravellers() const {
  std::uint32_t count = 0;
  for (std::size_t i = first_; i < last_; ++i) {
    if (Upper(At(i).tag) != "NAD") continue;
    const std::string qualifier = tokens_.Code(At(i), 1);
    count += qualifier == "FL" || qualifier == "FM" || qualifier == "DDU" || qualifier == "DDT" ? 1 : 0;
  }
  return count;
}

// Everything before the first traveller.
void PaxlstMessage::ReadHeader() {
  EdifactEnvelope envelope;
  const Tokens::Segment& unh = At(first_);
  envelope.message = tokens_.Code(unh, 2, 1);
  envelope.release = tokens_.Code(unh, 2, 2) + ":" + tokens_.Code(unh, 2, 3);
  envelope.sender = envelope_.sender_as_sent;
  envelope.recipient = envelope_.recipient_as_sent;
  envelope.prepared_at = envelope_.prepared_at;
  envelope.control_ref = envelope_.control_ref;
  envelope.message_ref = tokens_.Code(unh, 1);
  message_.message_id = envelope_.prepared_at + "/" + envelope_.control_ref + "/" + envelope.message_ref;
  message_.sender = envelope_.sender;
  message_.sent_at = envelope_.sent_at;
  const std::string sequence = tokens_.Code(unh, 4, 1);
  if (const std::optional<int> number = Number(sequence); number && *number > 0) {
    message_.part = MessagePart{tokens_.Code(unh, 3), *number, tokens_.Code(unh, 4, 2) == "F"};
  }
  bool in_reporting_party = false;
  std::size_t i = first_ + 1;
  for (; i < last_; ++i) {
    const Tokens::Segment& segment = At(i);
    const std::string tag = Upper(segment.tag);
    if (tag == "BGM") {
      code_ = tokens_.Code(segment, 1);
      function_ = tokens_.Code(segment, 2);
    } else if (tag == "RFF") {
      if (tokens_.Code(segment, 1, 1) != "TN") continue;
      const std::string value = tokens_.Code(segment, 1, 2);
      if (!value.empty()) message_.references.push_back({"TN", value});
      if (const auto revision = Number(tokens_.Code(segment, 1, 5))) message_.revision = *revision;
    } else if (tag == "NAD") {
      if (tokens_.Code(segment, 1) != "MS") break;
      in_reporting_party = true;
      ReportingParty party;
      party.id = tokens_.Code(segment, 2);
      for (std::size_t c = 1; c <= tokens_.Components(segment, 4); ++c) {
        const std::string part = tokens_.Code(segment, 4, c);
        if (!part.empty()) party.name += (party.name.empty() ? "" : "/") + part;
      }
      message_.reported_by = std::move(party);
    } else if (tag == "COM" && in_reporting_party) {
      ReadContacts(tokens_, segment, message_.reported_by->contacts);
    } else if (tag == "TDT") {
      route_.AddTransport(segment);
    } else if (tag == "LOC") {
      route_.AddPlace(segment);
    } else if (tag == "DTM") {
      route_.AddTime(segment);
    } else if (tag == "CNT" || tag == "UNT") {
      break;
    }
  }
  first_traveller_ = i;
  envelope.code = code_;
  envelope.function = function_;
  message_.edifact = std::move(envelope);
}

// What BGM makes of the message; false for what is set aside.
bool PaxlstMessage::ReadFunction() {
  if (code_ == "250") {
    message_.kind = MessageKind::kCrew;
  } else if (code_ == "745") {
    if (function_ == "CP") message_.kind = MessageKind::kUpdate;
    else if (function_ == "XR" || function_ == "RP") message_.kind = MessageKind::kReduction;
    else message_.kind = MessageKind::kCheckIn;
    if (message_.kind == MessageKind::kCheckIn && !function_.empty()) {
      Note(FindingCode::kOddFunction, "edifact.function", "745+" + function_.substr(0, 10) + " was read as a first list");
    }
  } else if (code_ == "266") {
    message_.kind = MessageKind::kCloseOut;
    if (function_ == "XF") message_.kind = MessageKind::kCancel;
    else if (function_ == "CF") message_.kind = MessageKind::kUpdate, is_moved_ = true;
    else if (function_ == "CLOB") message_.close_out = CloseOutForm::kOnBoard;
    else if (function_ == "CLNB") message_.close_out = CloseOutForm::kNotOnBoard;
    else message_.close_out = CloseOutForm::kNone;
    if (message_.close_out == CloseOutForm::kNone && function_ != "CL") {
      Note(FindingCode::kOddFunction, "edifact.function", "266+" + function_.substr(0, 10) + " was read as a close-out");
    }
  } else {
    return false;
  }
  return true;
}

void PaxlstMessage::ReadTravellers(std::string_view file, std::vector<QuarantinedRecord>& set_aside) {
  std::size_t number = 0;
  for (std::size_t i = first_traveller_; i < last_;) {
    if (Upper(At(i).tag) != "NAD") {
      ++i;
      continue;
    }
    const std::size_t first_finding = message_.findings.size();
    TravellerGroup group(tokens_, configuration_.limits, message_.flight.departs_on, message_.findings);
    const bool is_traveller = group.Begin(At(i));
    const std::size_t offset = At(i).offset;
    for (++i; i < last_; ++i) {
      const std::string tag = Upper(At(i).tag);
      if (tag == "NAD" || tag == "CNT" || tag == "UNT") break;
      if (is_traveller) group.Add(At(i));
    }
    if (!is_traveller) {
      message_.findings.resize(first_finding);
      continue;
    }
    ++number;
    TravellerGroup::Result result = group.Finish();
    const std::string name = result.traveller.ref.empty() ? "#" + std::to_string(number) : result.traveller.ref;
    for (std::size_t k = first_finding; k < message_.findings.size(); ++k) message_.findings[k].traveller = name;
    if (!result.problem) {
      message_.travellers.push_back(std::move(result.traveller));
      continue;
    }
    message_.findings.resize(first_finding);
    set_aside.push_back({{std::string(file), position_.offset + offset, position_.line},
                         *result.problem,
                         absl::StrFormat("traveller %s: %s", name, result.reason),
                         message_.message_id,
                         name,
                         1});
  }
}

// CNT: 42 passengers, 41 crew; the value in the same element or the next.
void PaxlstMessage::ReadTotals() {
  for (std::size_t i = first_traveller_; i < last_; ++i) {
    if (Upper(At(i).tag) != "CNT") continue;
    const std::string kind = tokens_.Code(At(i), 1, 1);
    std::string value = tokens_.Code(At(i), 1, 2);
    if (value.empty()) value = tokens_.Code(At(i), 2, 1);
    const std::optional<int> total = Number(value);
    if (!total || *total < 0) continue;
    if (kind == "42") message_.declared.passengers = *total;
    if (kind == "41") message_.declared.crew = *total;
  }
}

void PaxlstMessage::CheckTrailer() {
  const Tokens::Segment& unt = At(last_ - 1);
  const auto counted = static_cast<int>(last_ - first_);
  const std::string stated = tokens_.Code(unt, 1);
  if (Number(stated) != counted) {
    Note(FindingCode::kCountDiffers, "UNT",
         absl::StrFormat("UNT says %s segments, %d came", stated.substr(0, 20), counted));
  }
  if (tokens_.Code(unt, 2) != tokens_.Code(At(first_), 1)) {
    Note(FindingCode::kReferenceDiffers, "UNT", "the references of UNH and UNT differ");
  }
}

void PaxlstMessage::Parse(bool is_whole, const std::vector<Finding>& shared_findings, std::string_view file,
                          ParsedInput& out) {
  message_.position = position_;
  message_.findings = shared_findings;
  ReadHeader();
  const std::string message_type = Upper(message_.edifact->message);
  if (message_type != "PAXLST") {
    return Refuse(QuarantineCode::kUnsupportedMessage,
                  absl::StrFormat("%s messages are not read yet; PAXLST is", message_type.substr(0, 20)), out);
  }
  if (route_.IsUnfilledTemplate() || envelope_.prepared_at.starts_with("YY")) {
    return Refuse(QuarantineCode::kUnfilledTemplate,
                  "YYMMDD or HHMM stands where a date belongs: the sender's template was not filled in", out);
  }
  if (code_ == "336") return Refuse(QuarantineCode::kMasterCrewList, "a master crew list: no flight to screen", out);
  if (code_ == "655") return Refuse(QuarantineCode::kGatePass, "a gate pass: no flight to screen", out);
  if (!ReadFunction()) {
    return Refuse(QuarantineCode::kNotAir,
                  absl::StrFormat("document code %s is no message about a flight", code_.substr(0, 20)), out);
  }
  if (!is_whole) {
    return Refuse(QuarantineCode::kTruncated,
                  absl::StrFormat("the message breaks off before its UNT or UNZ, behind %d traveller(s): send it again whole",
                                  CountTravellers()),
                  out);
  }
  Route::Result route = route_.Finish(configuration_, is_moved_, message_.findings);
  if (!route.flight) return Refuse(QuarantineCode::kBadFlight, route.reason, out);
  message_.flight = *std::move(route.flight);
  message_.replaces = std::move(route.replaces);
  message_.carrier = route_.carrier();
  if (message_.sender.empty()) message_.sender = CarrierOf(message_.flight.number);
  std::vector<QuarantinedRecord> set_aside;
  ReadTravellers(file, set_aside);
  ReadTotals();
  CheckTrailer();
  SetBoarded(message_);
  out.messages.push_back(std::move(message_));
  for (QuarantinedRecord& record : set_aside) out.quarantined.push_back(std::move(record));
}

std::string AsSent(const Tokens& tokens, const Tokens::Segment& segment, std::size_t element) {
  std::string text = tokens.Code(segment, element, 1);
  for (std::size_t c = 2; c <= tokens.Components(segment, element); ++c) text += ":" + tokens.Code(segment, element, c);
  while (!text.empty() && text.back() == ':') text.pop_back();
  return text;
}

Envelope ReadUnb(const Tokens& tokens, const Tokens::Segment& unb) {
  Envelope envelope;
  envelope.sender = tokens.Code(unb, 2);
  envelope.sender_as_sent = AsSent(tokens, unb, 2);
  envelope.recipient_as_sent = AsSent(tokens, unb, 3);
  envelope.prepared_at = AsSent(tokens, unb, 4);
  envelope.control_ref = tokens.Code(unb, 5);
  const std::string digits = tokens.Code(unb, 4, 1) + tokens.Code(unb, 4, 2);
  const std::optional<Stamp> stamp = ParseStamp(digits, false);
  if (stamp && stamp->has_time && IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
    const Date day = MakeDate(stamp->day.year, stamp->day.month, stamp->day.day);
    envelope.sent_at = Instant{day.days * 86'400LL + stamp->hour * 3'600 + stamp->minute * 60};
  }
  return envelope;
}

// The separators of a sender that sends no UNA: as configured, else the defaults; else, where no default terminator
// stands in the text, what ends the UNB, or a line.
Separators SeparatorsWithoutUna(std::string_view text, const Configuration& configuration) {
  for (const auto& [sender, characters] : configuration.separators) {
    if (text.substr(0, 120).find(sender) == std::string_view::npos) continue;
    return {characters[0], characters[1], characters[2], characters[3], characters[4], characters[5]};
  }
  Separators separators;
  if (text.find(separators.terminator) != std::string_view::npos) return separators;
  if (text.starts_with("UNB") && text.find('"') != std::string_view::npos) separators.terminator = '"';
  else separators.terminator = '\n';
  return separators;
}

}  // namespace
}  // namespace edifact

void ParseInterchange(std::string_view file, const RawMessage& raw, const Configuration& configuration,
                      ParsedInput& out) {
  using namespace edifact;
  const SourcePosition position{std::string(file), raw.offset, raw.line};
  if (raw.too_long) {
    out.quarantined.push_back({position, QuarantineCode::kTooLarge,
                               absl::StrFormat("the interchange is longer than %d bytes: split it",
                                               static_cast<int>(configuration.limits.interchange_bytes)),
                               "", "", 0});
    return;
  }
  std::vector<Finding> findings;
  std::string converted;
  std::string_view text = raw.bytes;
  if (!IsUtf8(text)) {
    converted = FromLatin1(text);
    text = converted;
    findings.push_back({"", "", FindingCode::kBadEncoding, "not UTF-8: read as Latin-1"});
  }
  std::size_t begin = 0;
  Separators separators;
  if (Upper(text.substr(0, 3)) == "UNA") {
    const ServiceString una = ReadUna(text);
    separators = una.separators;
    begin = una.end;
    if (una.is_malformed) findings.push_back({"", "UNA", FindingCode::kSeparators, "malformed: the defaults were used"});
  } else {
    separators = SeparatorsWithoutUna(text, configuration);
  }
  const Tokens tokens(text, begin, separators, configuration.limits.segments);
  if (tokens.too_many()) {
    out.quarantined.push_back({position, QuarantineCode::kTooLarge,
                               absl::StrFormat("more than %d segments in one interchange: split it",
                                               static_cast<int>(configuration.limits.segments)),
                               "", "", 0});
    return;
  }

  Envelope envelope;
  std::vector<std::pair<std::size_t, std::size_t>> messages;  // [UNH, behind UNT)
  std::vector<bool> has_trailer;
  bool has_unb = false, has_unz = false;
  std::string unz_ref;
  const auto& segments = tokens.segments();
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const std::string tag = Upper(segments[i].tag);
    if (tag == "UNB") {
      envelope = ReadUnb(tokens, segments[i]);
      has_unb = true;
    } else if (tag == "UNH") {
      if (!messages.empty() && !has_trailer.back()) messages.back().second = i;
      messages.emplace_back(i, segments.size());
      has_trailer.push_back(false);
    } else if (tag == "UNT" && !messages.empty() && !has_trailer.back()) {
      messages.back().second = i + 1;
      has_trailer.back() = true;
    } else if (tag == "UNZ") {
      has_unz = true;
      unz_ref = tokens.Code(segments[i], 2);
      if (!messages.empty() && !has_trailer.back()) messages.back().second = i;
      break;
    } else if (tag == "UNE" && !messages.empty() && !has_trailer.back()) {
      messages.back().second = i;
    }
  }
  if (messages.empty()) {
    const bool is_cut = has_unb && !has_unz;
    out.quarantined.push_back({position, is_cut ? QuarantineCode::kTruncated : QuarantineCode::kBadSyntax,
                               is_cut ? "the interchange breaks off before its first message: send it again whole"
                                      : "no UNH segment: this is no EDIFACT interchange that can be split",
                               "", "", 0});
    return;
  }
  if (has_unz && unz_ref != envelope.control_ref) {
    findings.push_back({"", "UNZ", FindingCode::kReferenceDiffers, "the control references of UNB and UNZ differ"});
  }
  for (std::size_t i = 0; i < messages.size(); ++i) {
    const auto [first, last] = messages[i];
    SourcePosition of_message = position;
    const std::size_t unh = std::min(segments[first].offset, raw.bytes.size());
    of_message.offset += unh;
    of_message.line += static_cast<std::uint64_t>(std::count(raw.bytes.begin(), raw.bytes.begin() + static_cast<std::ptrdiff_t>(unh), '\n'));
    // Without UNZ the last message may be half of one; those before it were followed by another.
    const bool is_whole = has_trailer[i] && (has_unz || !has_unb || i + 1 < messages.size());
    PaxlstMessage message(tokens, first, last, envelope, configuration, of_message);
    message.Parse(is_whole, findings, file, out);
  }
}

}  // namespace landfall
