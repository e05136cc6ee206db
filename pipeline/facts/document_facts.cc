// Facts about the document travelled on.

#include <algorithm>
#include <utility>

#include "pipeline/facts/fact_maker.h"

namespace landfall::facts_internal {
namespace {

bool IsTravelDocument(const Document& document) { return document.type != "V" && document.type != "R"; }

// Passports first, then the latest expiry. Null: none was sent.
const Document* TravelDocumentOf(const Traveller& traveller) {
  const auto rank = [](const Document& document) {
    return std::pair(document.type == "P", document.expires.value_or(Date{INT32_MIN}));
  };
  const Document* best = nullptr;
  for (const Document& document : traveller.documents) {
    if (!IsTravelDocument(document)) continue;
    if (best == nullptr || rank(document) > rank(*best)) best = &document;
  }
  return best;
}

std::optional<DocumentType> TypeOf(const Document& document) {
  if (document.type == "P") return DocumentType::kPassport;
  if (document.type == "F") return DocumentType::kTravelDocument;
  for (const std::string_view type : {"IP", "I", "A", "C", "AC"}) {
    if (document.type == type) return DocumentType::kIdCard;
  }
  return std::nullopt;
}

// Any of the documents shown, not only the one travelled on: a stolen card beside a good passport is worth a question.
std::optional<bool> IsReportedLost(const FlightInput& input, const Traveller& traveller) {
  const WatchIndex& watch = input.reference.watch();
  if (!input.reference.IsLoaded(ReferenceKind::kWatchlist) || !watch.HasLostDocuments()) return std::nullopt;
  std::optional<bool> is_lost;
  for (const Document& document : traveller.documents) {
    if (!IsTravelDocument(document) || document.number.empty()) continue;
    is_lost = is_lost.value_or(false) || watch.FindLostDocument(document, input.state.t0_date) != nullptr;
  }
  return is_lost;
}

}  // namespace

void AddDocumentFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.At(i);
  row.Bool(FactId::doc_verified, traveller.data_verified);
  const Document* const document = TravelDocumentOf(traveller);
  if (document == nullptr) {
    if (input.state.api_complete) row.Enum(FactId::doc_type, DocumentType::kNone);
    return;
  }
  row.Enum(FactId::doc_type, TypeOf(*document));
  row.Text(FactId::doc_issuer, document->issuer.view());
  row.Bool(FactId::doc_reported_lost, IsReportedLost(input, traveller));
  const Date on = input.state.t0_date;
  if (document->issued) row.Int(FactId::doc_age_days, on.days - document->issued->days);
  if (!document->expires) return;
  row.Int(FactId::doc_days_to_expiry, document->expires->days - on.days);
  if (*document->expires < on) {
    input.Note(i, "documents", FindingCode::kDocumentExpired, "expired on " + ToString(*document->expires));
  }
}

}  // namespace landfall::facts_internal
