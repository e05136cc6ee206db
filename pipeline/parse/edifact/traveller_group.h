#pragma once

#include <optional>
#include <string>

#include "model/finding.h"
#include "model/traveller.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// Group 4 of PAXLST: a traveller's NAD and the segments up to the next. Segments are read by tag, in any order; once a DOC
// was seen, dates 36 and 182 and LOC 91 belong to the latest.
class TravellerGroup {
 public:
  // `flight_date` is what two-digit birth years pivot on.
  TravellerGroup(const Tokens& tokens, const InputLimits& limits, Date flight_date, std::vector<Finding>& findings)
      : tokens_(tokens), limits_(limits), flight_date_(flight_date), findings_(findings) {}

  // Begins with its NAD. False for a NAD that is no traveller's (a booking office, an agency).
  bool Begin(const Tokens::Segment& nad);
  void Add(const Tokens::Segment& segment);
  // The traveller, with what only all segments together tell. `problem` says why it cannot be used.
  struct Result {
    Traveller traveller;
    std::optional<QuarantineCode> problem;
    std::string reason;
  };
  Result Finish();

 private:
  void Name(const Tokens::Segment& nad);
  void Dates(const Tokens::Segment& segment);
  void Place(const Tokens::Segment& segment);
  void DocumentBegins(const Tokens::Segment& segment);
  void ReferenceNumber(const Tokens::Segment& segment);
  void Baggage(const Tokens::Segment& segment);
  void Measure(const Tokens::Segment& segment);
  void Contacts(const Tokens::Segment& segment);
  void Crew(const Tokens::Segment& segment);
  FindingPlace At(std::string_view field) const { return {&findings_, {}, field}; }

  const Tokens& tokens_;
  const InputLimits& limits_;
  Date flight_date_;
  std::vector<Finding>& findings_;
  Traveller traveller_;
  std::string type_;
  bool saw_document_ = false;
  bool document_is_empty_ = false;
  bool saw_bag_count_ = false;
};

// COM of a reporting party or a traveller: value:kind, any number of times.
void ReadContacts(const Tokens& tokens, const Tokens::Segment& segment, std::vector<Contact>& contacts);

}  // namespace landfall::edifact
