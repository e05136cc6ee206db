#pragma once

#include <optional>
#include <string>

#include "model/finding.h"
#include "model/traveller.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// NAD qualifiers: FL, FM, DDU and DDT are travellers; BA and AG offices, MS the reporting party.
std::optional<TravellerType> TravellerTypeOf(std::string_view qualifier);
bool IsOffice(std::string_view qualifier);

// Group 4 of PAXLST: a traveller's NAD and the segments up to the next. Segments are read by tag, in any order; once a DOC
// was seen, dates 36 and 182 and LOC 91 belong to the latest.
class TravellerGroup {
 public:
  // Fills `traveller`, which is as made. `flight_date` is what two-digit birth years pivot on.
  TravellerGroup(const Tokens& tokens, const InputLimits& limits, Date flight_date, std::vector<Finding>& findings,
                 Traveller& traveller)
      : tokens_(tokens), limits_(limits), flight_date_(flight_date), findings_(findings), traveller_(traveller) {}

  // Begins with its NAD, of a traveller or of unknown type.
  void Begin(const Tokens::Segment& nad);
  void Add(const Tokens::Segment& segment);
  // Adds what only all segments together tell. Says why the traveller cannot be used, if so.
  struct Problem {
    QuarantineCode code;
    std::string reason;
  };
  std::optional<Problem> Finish();

 private:
  void ReadName(const Tokens::Segment& nad);
  void ReadAddress(const Tokens::Segment& nad);
  void ReadAttribute(const Tokens::Segment& att);
  void ReadDate(const Tokens::Segment& dtm);
  void ReadBirthDate(std::string_view digits);
  void ReadDocumentDate(std::string_view digits, bool is_expiry);
  void ReadPlace(const Tokens::Segment& loc);
  void ReadBirthPlace(const Tokens::Segment& loc);
  void ReadIssuer(const Tokens::Segment& loc);
  void ReadDocument(const Tokens::Segment& doc);
  void ReadReference(const Tokens::Segment& rff);
  void ReadBaggage(const Tokens::Segment& ftx);
  void ReadMeasure(const Tokens::Segment& mea);
  void ReadCrewRole(const Tokens::Segment& emp);
  void ReadVerified(const Tokens::Segment& gei);

  FindingPlace At(std::string_view field, std::string_view parent = {}) const {
    return {&findings_, {}, field, parent};
  }
  std::string Text(const Tokens::Segment& segment, std::size_t element, std::size_t component,
                   const FindingPlace& place) const;
  // The components first..last of an element, joined by blanks.
  std::string Joined(const Tokens::Segment& segment, std::size_t element, std::size_t first, std::size_t last,
                     const FindingPlace& place) const;
  // The document that dates and places belong to; nullptr if there is none, or an empty one.
  Document* CurrentDocument();

  const Tokens& tokens_;
  const InputLimits& limits_;
  Date flight_date_;
  std::vector<Finding>& findings_;
  Traveller& traveller_;
  Code type_;
  bool document_is_empty_ = false;
  bool saw_bag_count_ = false;
  bool saw_latin1_ = false;
};

}  // namespace landfall::edifact
