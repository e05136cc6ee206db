#pragma once

// What all EDIFACT messages have in common: the interchange they came in, their UNH and UNT, and their places in the file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"

namespace landfall::edifact {

// What the UNB of an interchange says; empty where there is none.
struct Envelope {
  std::string sender;     // Without its qualifier.
  std::string sent_by;    // As sent.
  std::string sent_to;
  std::string prepared_at;
  std::string control_ref;
  std::optional<Instant> sent_at;

  // Without either a message has no id.
  bool has_id() const { return !prepared_at.empty() || !control_ref.empty(); }
  // YYMMDD or HHMM stands where a date belongs.
  bool IsTemplate() const;
};

// Places in the file, for segments asked for in their order.
class Positions {
 public:
  // `text` begins at `offset` of the file, in line `line`.
  Positions(std::string_view file, std::string_view text, std::uint64_t offset, std::uint64_t line)
      : file_(file), text_(text), offset_(offset), line_(line) {}
  SourcePosition Of(const Tokens::Segment& segment);
  std::uint64_t OffsetOf(const Tokens::Segment& segment) const { return offset_ + segment.offset; }

 private:
  std::string file_;
  std::string_view text_;
  std::uint64_t offset_;
  std::uint64_t line_;
  std::size_t counted_ = 0;  // Line ends before it are in line_.
};

// Why a message is set aside.
struct Refusal {
  QuarantineCode code;
  std::string reason;
};

// UNH: id, sender, sending time, part and provenance of the message.
void ReadUnh(const Tokens& tokens, const Tokens::Segment& unh, const Envelope& envelope, const InputLimits& limits,
             Message& message);
// UNT, which ends the segments [first, last): wrong counts and references are findings.
void CheckUnt(const Tokens& tokens, std::size_t first, std::size_t last, std::vector<Finding>& findings);

// The travellers among the segments [first, last): NAD of PAXLST, TIF of PNRGOV where a booking lists its people.
std::uint32_t CountTravellers(const Tokens& tokens, std::size_t first, std::size_t last);

// The reasons that all kinds of message share.
Refusal RefuseCut(std::uint32_t travellers);
Refusal RefuseNoId();
Refusal RefuseTemplate();

}  // namespace landfall::edifact
