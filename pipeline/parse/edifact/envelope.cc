#include "pipeline/parse/edifact/envelope.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/parse/edifact/traveller_group.h"

namespace landfall::edifact {
namespace {

constexpr std::int64_t kMostParts = 100'000;

}  // namespace

bool Envelope::IsTemplate() const {
  return prepared_at.find("YYMMDD") != std::string::npos || prepared_at.find("HHMM") != std::string::npos;
}

SourcePosition Positions::Of(const Tokens::Segment& segment) {
  const std::size_t at = std::min(segment.offset, text_.size());
  if (at > counted_) {
    line_ += static_cast<std::uint64_t>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(counted_),
                                                   text_.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
    counted_ = at;
  }
  return {file_, offset_ + at, line_};
}

// UNH+reference+PAXLST:D:05B:UN:IATA+common access reference+sequence:F.
void ReadUnh(const Tokens& tokens, const Tokens::Segment& unh, const Envelope& envelope, const InputLimits& limits,
             Message& message) {
  EdifactEnvelope provenance;
  provenance.message = tokens.CodeAt(unh, 2, 1).str();
  provenance.release = tokens.CodeAt(unh, 2, 2).str() + ":" + tokens.CodeAt(unh, 2, 3).str();
  provenance.sender = envelope.sent_by;
  provenance.recipient = envelope.sent_to;
  provenance.prepared_at = envelope.prepared_at;
  provenance.control_ref = envelope.control_ref;
  provenance.message_ref = ReadText(tokens, unh, 1, 1, limits, {&message.findings, {}, "message_ref"});
  if (envelope.has_id()) {
    message.message_id = envelope.prepared_at + "/" + envelope.control_ref + "/" + provenance.message_ref;
  }
  message.sender = envelope.sender;
  message.sent_at = envelope.sent_at;
  const auto sequence = ParseCount(tokens.CodeAt(unh, 4, 1), kMostParts);
  if (sequence && *sequence > 0) {
    message.part = MessagePart{ReadText(tokens, unh, 3, 1, limits, {&message.findings, {}, "part"}),
                               static_cast<std::int32_t>(*sequence), tokens.CodeAt(unh, 4, 2) == "F"};
  }
  message.edifact = std::move(provenance);
}

void CheckUnt(const Tokens& tokens, std::size_t first, std::size_t last, std::vector<Finding>& findings) {
  const Tokens::Segment& unh = tokens.segments()[first];
  const Tokens::Segment& unt = tokens.segments()[last - 1];
  const FindingPlace place{&findings, {}, "UNT"};
  const auto counted = static_cast<std::int64_t>(last - first);
  const Code stated = tokens.CodeAt(unt, 1);
  if (ParseCount(stated) != counted) {
    place.Add(FindingCode::kCountDiffers, absl::StrFormat("UNT says %s segments, %d came", Quoted(stated), counted));
  }
  if (tokens.Part(unt, 2) != tokens.Part(unh, 1)) {
    place.Add(FindingCode::kReferenceDiffers, "the references of UNH and UNT differ");
  }
}

std::uint32_t CountTravellers(const Tokens& tokens, std::size_t first, std::size_t last) {
  std::uint32_t count = 0;
  bool lists_people = false;  // Behind TVL a TIF names one who was listed before.
  for (std::size_t i = first; i < last; ++i) {
    const Tokens::Segment& segment = tokens.segments()[i];
    switch (segment.tag) {
      case Tag("SRC"): lists_people = true; break;
      case Tag("TVL"): lists_people = false; break;
      case Tag("TIF"): count += lists_people ? 1 : 0; break;
      case Tag("NAD"): count += TravellerTypeOf(tokens.CodeAt(segment, 1)).has_value() ? 1 : 0; break;
      default: break;
    }
  }
  return count;
}

Refusal RefuseCut(std::uint32_t travellers) {
  return {QuarantineCode::kTruncated,
          absl::StrFormat("the message breaks off before its UNT or UNZ, behind %d traveller(s): send it again", travellers)};
}

Refusal RefuseNoId() {
  return {QuarantineCode::kNoId,
          "UNB states neither time nor control reference, so the message has no id: send it with its envelope"};
}

Refusal RefuseTemplate() {
  return {QuarantineCode::kUnfilledTemplate,
          "YYMMDD or HHMM stands where a date belongs: fill in the template and send it again"};
}

}  // namespace landfall::edifact
