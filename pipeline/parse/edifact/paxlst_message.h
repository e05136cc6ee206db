#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/envelope.h"
#include "pipeline/parse/edifact/route.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/parse.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// One PAXLST message, or one of a type that is not read: the segments [first, last) from UNH to UNT.
class PaxlstMessage {
 public:
  PaxlstMessage(const Tokens& tokens, std::size_t first, std::size_t last, const Envelope& envelope,
                const Configuration& configuration, Positions& positions)
      : tokens_(tokens), first_(first), last_(last), envelope_(envelope), configuration_(configuration),
        positions_(positions), route_(tokens) {}

  // Adds the message, and its travellers that were set aside, or why it was refused. `is_whole`: its UNT came, and the
  // interchange's UNZ or another message. `findings`: those about the interchange.
  void Parse(bool is_whole, const std::vector<Finding>& findings, ParsedInput& out);

 private:
  const Tokens::Segment& At(std::size_t index) const { return tokens_.segments()[index]; }
  FindingPlace Place(std::string_view field) { return {&message_.findings, {}, field}; }
  std::string Text(const Tokens::Segment& segment, std::size_t element, std::size_t component, std::string_view field);

  void ReadHeader();
  bool ReadHeaderSegment(const Tokens::Segment& segment);
  void ReadBgm(const Tokens::Segment& bgm);
  void ReadTransaction(const Tokens::Segment& rff);
  void ReadReportingParty(const Tokens::Segment& nad);
  std::optional<Refusal> OutOfScope() const;
  std::optional<Refusal> ReadFunction();
  void ReadCloseOut();
  std::optional<Refusal> ReadFlight();
  void ReadTravellers(std::vector<QuarantinedRecord>& set_aside);
  std::size_t ReadTraveller(std::size_t nad, std::size_t number, std::vector<QuarantinedRecord>& set_aside);
  void ReadTotals();
  std::optional<Refusal> Read(bool is_whole, std::vector<QuarantinedRecord>& set_aside);

  const Tokens& tokens_;
  std::size_t first_, last_;
  const Envelope& envelope_;
  const Configuration& configuration_;
  Positions& positions_;
  Route route_;
  Message message_;
  Code code_, function_;  // Of BGM.
  std::size_t first_traveller_ = 0;
  bool is_moved_ = false;
};

}  // namespace landfall::edifact
