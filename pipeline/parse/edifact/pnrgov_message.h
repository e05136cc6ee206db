#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "model/message.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/envelope.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/parse.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// One PNRGOV message, the bookings of a flight: the segments [first, last) from UNH to UNT.
class PnrgovMessage {
 public:
  PnrgovMessage(const Tokens& tokens, std::size_t first, std::size_t last, const Envelope& envelope,
                const Configuration& configuration, Positions& positions)
      : tokens_(tokens), first_(first), last_(last), envelope_(envelope), configuration_(configuration),
        positions_(positions) {}

  // Adds the message, and its travellers that were set aside, or why it was refused. `is_whole`: its UNT came, and the
  // interchange's UNZ or another message. `findings`: those about the interchange. No finding and no reason holds a card
  // number.
  void Parse(bool is_whole, const std::vector<Finding>& findings, ParsedInput& out);

 private:
  const Tokens::Segment& At(std::size_t index) const { return tokens_.segments()[index]; }
  FindingPlace Place(std::string_view field) { return {&message_.findings, {}, field}; }

  std::size_t Find(std::uint32_t tag, std::size_t from, std::size_t to) const;  // `to` if there is none.
  void ReadFunction();
  std::optional<Refusal> ReadFlight();
  void ReadBookings(std::vector<QuarantinedRecord>& set_aside);
  void ReadBooking(std::size_t first, std::size_t last, std::vector<QuarantinedRecord>& set_aside);
  void CheckBookings(std::size_t counted);
  std::optional<Refusal> Read(bool is_whole, std::vector<QuarantinedRecord>& set_aside);

  const Tokens& tokens_;
  std::size_t first_, last_;
  const Envelope& envelope_;
  const Configuration& configuration_;
  Positions& positions_;
  Message message_;
  std::size_t first_booking_ = 0;
  std::size_t travellers_ = 0;  // Read so far, those set aside included.
};

}  // namespace landfall::edifact
