#include "pipeline/parse/edifact/traveller_group.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

constexpr double kKilogramsPerPound = 0.45359237;
constexpr double kMostKilograms = 9'999;
constexpr std::int64_t kMostBags = 999;
// Tags that are listed one by one for a traveller: no one carries more, and a hostile count must not fill memory.
constexpr std::size_t kMostTags = 99;

// Digits with a decimal mark, point or comma.
std::optional<double> ParseWeight(std::string_view text) {
  std::string number(text);
  std::replace(number.begin(), number.end(), ',', '.');
  double weight = 0;
  const char* const end = number.data() + number.size();
  const auto [read, error] = std::from_chars(number.data(), end, weight, std::chars_format::fixed);
  if (number.empty() || error != std::errc() || read != end || !(weight >= 0 && weight <= kMostKilograms)) {
    return std::nullopt;
  }
  return weight;
}

// The tag that follows: UA0446 -> UA0447. Empty if its digits run out.
std::string NextTag(std::string tag) {
  std::size_t at = tag.size();
  while (at > 0 && tag[at - 1] == '9') tag[--at] = '0';
  if (at == 0 || !IsDigit(tag[at - 1])) return {};
  ++tag[at - 1];
  return tag;
}

std::string NotADate(std::string_view digits) { return "not a date: " + Quoted(digits); }

}  // namespace

std::optional<TravellerType> TravellerTypeOf(std::string_view qualifier) {
  if (qualifier == "FL") return TravellerType::kPassenger;
  if (qualifier == "FM") return TravellerType::kCrew;
  if (qualifier == "DDU") return TravellerType::kTransit;
  if (qualifier == "DDT") return TravellerType::kTransitCrew;
  return std::nullopt;
}

bool IsOffice(std::string_view qualifier) { return qualifier == "BA" || qualifier == "AG" || qualifier == "MS"; }

std::string TravellerGroup::Text(const Tokens::Segment& segment, std::size_t element, std::size_t component,
                                 const FindingPlace& place) const {
  return ReadText(tokens_, segment, element, component, limits_, place);
}

std::string TravellerGroup::Joined(const Tokens::Segment& segment, std::size_t element, std::size_t first,
                                   std::size_t last, const FindingPlace& place) const {
  std::string joined;
  for (std::size_t c = first; c <= std::min(last, tokens_.Components(segment, element)); ++c) {
    const std::string part = Text(segment, element, c, place);
    if (part.empty()) continue;
    if (!joined.empty()) joined += ' ';
    joined += part;
  }
  return joined;
}

void TravellerGroup::Begin(const Tokens::Segment& nad) {
  type_ = tokens_.CodeAt(nad, 1);
  if (const std::optional<TravellerType> type = TravellerTypeOf(type_)) traveller_.type = *type;
  saw_latin1_ = tokens_.IsLatin1(nad);
  ReadName(nad);
  if (nad.elements > 4) ReadAddress(nad);
}

void TravellerGroup::ReadName(const Tokens::Segment& nad) {
  traveller_.surname = Text(nad, 4, 1, At("surname"));
  traveller_.given_names = Joined(nad, 4, 2, 3, At("given_names"));
}

void TravellerGroup::ReadAddress(const Tokens::Segment& nad) {
  constexpr std::size_t kStreetLines = 4;
  Address address;
  address.lines = Joined(nad, 5, 1, kStreetLines, At("lines", "address"));
  address.city = Text(nad, 6, 1, At("city", "address"));
  address.region = Text(nad, 7, 1, At("region", "address"));
  if (address.region.empty()) address.region = Text(nad, 7, 4, At("region", "address"));
  address.postcode = Text(nad, 8, 1, At("postcode", "address"));
  address.country = ParseCountry(tokens_.CodeAt(nad, 9), At("country", "address"));
  if (address != Address{}) traveller_.address = std::move(address);
}

void TravellerGroup::Add(const Tokens::Segment& segment) {
  saw_latin1_ = saw_latin1_ || tokens_.IsLatin1(segment);
  switch (segment.tag) {
    case Tag("ATT"): return ReadAttribute(segment);
    case Tag("COM"): return ReadContacts(tokens_, segment, limits_, At("contacts"), traveller_.contacts);
    case Tag("DOC"): return ReadDocument(segment);
    case Tag("DTM"): return ReadDate(segment);
    case Tag("EMP"): return ReadCrewRole(segment);
    case Tag("FTX"): return ReadBaggage(segment);
    case Tag("GEI"): return ReadVerified(segment);
    case Tag("LOC"): return ReadPlace(segment);
    case Tag("MEA"): return ReadMeasure(segment);
    case Tag("NAT"): traveller_.nationality = ParseCountry(tokens_.CodeAt(segment, 2), At("nationality")); return;
    case Tag("RFF"): return ReadReference(segment);
    default: return;
  }
}

// ATT+2++M. U is not stated.
void TravellerGroup::ReadAttribute(const Tokens::Segment& att) {
  const Code word = tokens_.CodeAt(att, 3);
  if (tokens_.CodeAt(att, 1) != "2" || word.empty() || word == "U") return;
  traveller_.sex = FromText<Sex>(word);
  if (!traveller_.sex) At("sex").Add(FindingCode::kBadValue, Quoted(word) + " is none of F, M, X");
}

void TravellerGroup::ReadDate(const Tokens::Segment& dtm) {
  const Code qualifier = tokens_.CodeAt(dtm, 1, 1), digits = tokens_.CodeAt(dtm, 1, 2);
  const bool is_birth = qualifier == "329", is_expiry = qualifier == "36", is_issue = qualifier == "182";
  if (digits.empty() || (!is_birth && !is_expiry && !is_issue)) return;
  if (!LabelFits(tokens_.CodeAt(dtm, 1, 3), digits.size())) {
    const FindingPlace place = is_birth ? At("date_of_birth") : At(is_expiry ? "expires" : "issued", "documents");
    place.Add(FindingCode::kBadDate, "the format label does not fit " + Quoted(digits) + ": read by its length");
  }
  if (is_birth) ReadBirthDate(digits);
  else ReadDocumentDate(digits, is_expiry);
}

// Month and day may be unknown. Two-digit years are those that do not lie after the flight.
void TravellerGroup::ReadBirthDate(std::string_view digits) {
  const std::optional<Stamp> stamp = ParseStamp(digits, true);
  if (!stamp) return At("date_of_birth").Add(FindingCode::kBadDate, NotADate(digits));
  CivilDay day = stamp->day;
  if (stamp->two_digit_year >= 0) {
    day.year = PivotBirthYear(stamp->two_digit_year, std::max(day.month, 1), std::max(day.day, 1), flight_date_);
  }
  if (day.day > 0 && !IsValidDay(day.year, day.month, day.day)) {
    return At("date_of_birth").Add(FindingCode::kBadDate, NotADate(digits));
  }
  traveller_.date_of_birth = PartialDate{static_cast<std::int16_t>(day.year), static_cast<std::uint8_t>(day.month),
                                         static_cast<std::uint8_t>(day.day)};
}

// An expiry is never taken back a century; an issue does not lie after the flight.
void TravellerGroup::ReadDocumentDate(std::string_view digits, bool is_expiry) {
  Document* const document = CurrentDocument();
  if (document == nullptr) return;
  const FindingPlace place = At(is_expiry ? "expires" : "issued", "documents");
  const std::optional<Stamp> stamp = ParseStamp(digits, false);
  if (!stamp) return place.Add(FindingCode::kBadDate, NotADate(digits));
  CivilDay day = stamp->day;
  if (stamp->two_digit_year >= 0 && !is_expiry) {
    day.year = PivotBirthYear(stamp->two_digit_year, day.month, day.day, flight_date_);
  }
  if (!IsValidDay(day.year, day.month, day.day)) return place.Add(FindingCode::kBadDate, NotADate(digits));
  (is_expiry ? document->expires : document->issued) = MakeDate(day.year, day.month, day.day);
}

void TravellerGroup::ReadPlace(const Tokens::Segment& loc) {
  const Code qualifier = tokens_.CodeAt(loc, 1), code = tokens_.CodeAt(loc, 2);
  if (qualifier == "22") traveller_.clearance = ParseAirport(code, At("clearance"));
  else if (qualifier == "91") ReadIssuer(loc);
  else if (qualifier == "174") traveller_.residence = ParseCountry(code, At("residence"));
  else if (qualifier == "178") traveller_.journey.origin = ParseAirport(code, At("origin", "journey"));
  else if (qualifier == "179") traveller_.journey.destination = ParseAirport(code, At("destination", "journey"));
  else if (qualifier == "180") ReadBirthPlace(loc);
}

// A country's code, a town's name, or both in one text: "AMBER HILL GBR".
void TravellerGroup::ReadBirthPlace(const Tokens::Segment& loc) {
  BirthPlace place;
  const Code code = tokens_.CodeAt(loc, 2);
  place.town = Text(loc, 2, 4, At("town", "birth_place"));
  if (!code.empty()) place.country = ParseCountry(code, At("country", "birth_place"));
  const std::size_t blank = place.town.rfind(' ');
  if (place.country.empty() && blank != std::string::npos && place.town.size() - blank == 4) {
    if (const std::optional<CountryCode> country = FindCountry(place.town.substr(blank + 1))) {
      place.country = *country;
      place.town = std::string(Trim(std::string_view(place.town).substr(0, blank)));
    }
  }
  if (place != BirthPlace{}) traveller_.birth_place = std::move(place);
}

Document* TravellerGroup::CurrentDocument() {
  return document_is_empty_ || traveller_.documents.empty() ? nullptr : &traveller_.documents.back();
}

void TravellerGroup::ReadIssuer(const Tokens::Segment& loc) {
  Document* const document = CurrentDocument();
  if (document == nullptr) return;
  const Code code = tokens_.CodeAt(loc, 2);
  if (!code.empty()) document->issuer = ParseCountry(code, At("issuer", "documents"));
  std::string place = Text(loc, 2, 4, At("place", "documents"));
  if (!place.empty()) document->place = std::move(place);
}

// DOC+P:110:111+number. What dates and places follow an empty one belongs to no document.
void TravellerGroup::ReadDocument(const Tokens::Segment& doc) {
  Document document;
  document.type = tokens_.CodeAt(doc, 1).str();
  document.number = Text(doc, 2, 1, At("number", "documents"));
  const Code list = tokens_.CodeAt(doc, 1, 2);
  if (!list.empty() && list != "110") {
    At("type", "documents").Add(FindingCode::kBadValue, Quoted(list) + " stands where a code list belongs: the type was taken");
  }
  document_is_empty_ = document.type.empty() && document.number.empty();
  if (!document_is_empty_) traveller_.documents.push_back(std::move(document));
}

void TravellerGroup::ReadReference(const Tokens::Segment& rff) {
  const Code kind = tokens_.CodeAt(rff, 1, 1);
  std::string value = Text(rff, 1, 2, At("references"));
  if (value.empty()) return;
  if (kind == "AVF") {
    if (!traveller_.booking) traveller_.booking.emplace();
    traveller_.booking->locator = std::move(value);
  } else if (kind == "ABO") {
    traveller_.ref = std::move(value);
  } else if (kind == "SEA") {
    std::erase_if(value, IsBlank);  // Of joined lines.
    traveller_.seat = NormaliseSeat(value);
  } else if (kind == "AEA" || kind == "CR" || kind == "YZY" || kind == "TBO") {
    traveller_.references.push_back({kind.str(), std::move(value)});
  }
}

// FTX+BAG+++tag:number: that many consecutive tags.
void TravellerGroup::ReadBaggage(const Tokens::Segment& ftx) {
  if (tokens_.CodeAt(ftx, 1) != "BAG") return;
  std::string tag = Text(ftx, 4, 1, At("bag_tags"));
  if (tag.empty() || tag == "NULL") return;
  const Code stated = tokens_.CodeAt(ftx, 4, 2);
  const std::optional<std::int64_t> count = stated.empty() ? 1 : ParseCount(stated, kMostBags);
  const std::size_t room = kMostTags - std::min(kMostTags, traveller_.bag_tags.size());
  if (!count || *count < 1 || static_cast<std::size_t>(*count) > room) {
    At("bag_tags").Add(FindingCode::kBadValue, Quoted(stated) + " is no usable number of tags");
  }
  for (auto left = std::min<std::size_t>(static_cast<std::size_t>(count.value_or(1)), room); left > 0; --left) {
    traveller_.bag_tags.push_back(tag);
    tag = NextTag(std::move(tag));
    if (tag.empty()) break;
  }
}

// MEA+CT++2 and MEA+CT++:2 both occur; MEA+WT++KGM:13 or LBR.
void TravellerGroup::ReadMeasure(const Tokens::Segment& mea) {
  const Code what = tokens_.CodeAt(mea, 1), unit = tokens_.CodeAt(mea, 3, 1), value = tokens_.CodeAt(mea, 3, 2);
  if (what == "CT") {
    const std::optional<std::int64_t> count = ParseCount(value.empty() ? unit : value, kMostBags);
    if (!count) return At("bags").Add(FindingCode::kBadValue, "not a number of bags");
    traveller_.bags = static_cast<std::int32_t>(*count);
    saw_bag_count_ = true;
  } else if (what == "WT" && !(unit.empty() && value.empty())) {
    const std::optional<double> weight = ParseWeight(value.empty() ? unit : value);
    if (!weight) return At("bag_weight_kg").Add(FindingCode::kBadValue, "not a weight");
    traveller_.bag_weight_kg = unit == "LBR" ? std::round(*weight * kKilogramsPerPound * 10) / 10 : *weight;
  }
}

void TravellerGroup::ReadCrewRole(const Tokens::Segment& emp) {
  static constexpr std::pair<std::string_view, TravellerRole> kRoles[] = {{"CR1", TravellerRole::kCockpit},
                                                                         {"CR2", TravellerRole::kCabin},
                                                                         {"CR3", TravellerRole::kOperations},
                                                                         {"CR4", TravellerRole::kCargo},
                                                                         {"CR5", TravellerRole::kDeadhead}};
  const Code role = tokens_.CodeAt(emp, 2);
  for (const auto& [code, meant] : kRoles) {
    if (role == code) traveller_.role = meant;
  }
}

// GEI+4+173: machine read or checked; 174: typed by hand.
void TravellerGroup::ReadVerified(const Tokens::Segment& gei) {
  const Code word = tokens_.CodeAt(gei, 2);
  if (word == "173") traveller_.data_verified = true;
  if (word == "174") traveller_.data_verified = false;
}

std::optional<TravellerGroup::Problem> TravellerGroup::Finish() {
  if (!saw_bag_count_ && !traveller_.bag_tags.empty()) {
    traveller_.bags = static_cast<std::int32_t>(traveller_.bag_tags.size());
  }
  if (saw_latin1_) At("").Add(FindingCode::kBadEncoding, "not UTF-8: read as Latin-1");
  if (!TravellerTypeOf(type_)) {
    return Problem{QuarantineCode::kBadType, "NAD+" + Quoted(type_) + " is no traveller: FL, FM, DDU and DDT are"};
  }
  if (HasControlCharacter(traveller_.surname) || HasControlCharacter(traveller_.given_names)) {
    return Problem{QuarantineCode::kControlCharacter, "the name holds a control character: send the name again without it"};
  }
  const bool has_document = std::any_of(traveller_.documents.begin(), traveller_.documents.end(),
                                        [](const Document& document) { return !document.number.empty(); });
  if (traveller_.surname.empty() && traveller_.given_names.empty() && !has_document) {
    return Problem{QuarantineCode::kNoIdentity, "neither a name nor a document number: send at least one of them"};
  }
  return std::nullopt;
}

}  // namespace landfall::edifact
