#include "pipeline/parse/edifact/pnr_person.h"

#include <cstddef>
#include <vector>

#include "pipeline/parse/edifact/card_number.h"

namespace landfall::edifact {
namespace {

constexpr std::size_t kMostDocuments = 20;  // Far more than anybody has: hostile text must not fill memory.

void AddDocument(Document document, std::vector<Document>& documents) {
  for (Document& known : documents) {
    if (known.number != document.number || known.type != document.type) continue;
    if (known.issuer.empty()) known.issuer = document.issuer;
    Complete(known.expires, document.expires);
    Complete(known.issued, document.issued);
    CompleteText(known.place, document.place);
    return;
  }
  if (documents.size() < kMostDocuments) documents.push_back(std::move(document));
}

}  // namespace

void CompletePerson(Traveller& known, Traveller told) {
  Complete(known.date_of_birth, told.date_of_birth);
  Complete(known.sex, told.sex);
  Complete(known.fare, told.fare);
  Complete(known.stated_age, told.stated_age);
  if (known.nationality.empty()) known.nationality = told.nationality;
  Complete(known.birth_place, std::move(told.birth_place));
  Complete(known.address, std::move(told.address));
  Complete(known.home_address, std::move(told.home_address));
  for (Document& document : told.documents) AddDocument(std::move(document), known.documents);
  for (std::string& service : told.services) {
    if (!known.HasService(service)) known.services.push_back(std::move(service));
  }
}

void MaskTexts(Traveller& traveller) {
  MaskCardNumbers(traveller.surname);
  MaskCardNumbers(traveller.given_names);
  if (traveller.birth_place) MaskCardNumbers(traveller.birth_place->town);
  for (Document& document : traveller.documents) MaskCardNumbers(document.place);
  for (Boxed<Address>* const address : {&traveller.address, &traveller.home_address}) {
    if (!*address) continue;
    for (std::string* const text : {&(*address)->lines, &(*address)->city, &(*address)->region, &(*address)->postcode}) {
      MaskCardNumbers(*text);
    }
  }
}

}  // namespace landfall::edifact
