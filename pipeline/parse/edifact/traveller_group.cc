#include "pipeline/parse/edifact/traveller_group.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

constexpr double kKilogramsPerPound = 0.45359237;
constexpr int kMostBags = 999;

// A traveller's NAD; nullopt for another's.
std::optional<TravellerType> TypeOf(std::string_view qualifier) {
  if (qualifier == "FL") return TravellerType::kPassenger;
  if (qualifier == "FM") return TravellerType::kCrew;
  if (qualifier == "DDU") return TravellerType::kTransit;
  if (qualifier == "DDT") return TravellerType::kTransitCrew;
  return std::nullopt;
}

bool IsOffice(std::string_view qualifier) { return qualifier == "BA" || qualifier == "AG" || qualifier == "MS"; }

std::optional<int> ParseCount(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

std::string Join(std::string first, const std::string& second) {
  if (!first.empty() && !second.empty()) first += ' ';
  return first + second;
}

// "UA0446" and 2 are UA0446 and UA0447.
std::vector<std::string> ConsecutiveTags(const std::string& tag, int count) {
  std::vector<std::string> tags = {tag};
  std::size_t digits = tag.size();
  while (digits > 0 && tag[digits - 1] >= '0' && tag[digits - 1] <= '9') --digits;
  for (int i = 1; i < count; ++i) {
    std::string next = tags.back();
    std::size_t at = next.size();
    while (at > digits && next[at - 1] == '9') next[--at] = '0';
    if (at == digits) break;  // No digit left to count on.
    ++next[at - 1];
    tags.push_back(std::move(next));
  }
  return tags;
}

}  // namespace

void ReadContacts(const Tokens& tokens, const Tokens::Segment& segment, std::vector<Contact>& contacts) {
  for (std::size_t i = 1; i <= tokens.Elements(segment); ++i) {
    std::string value = tokens.Code(segment, i, 1);
    const std::string kind = tokens.Code(segment, i, 2);
    if (value.empty()) continue;
    Contact contact;
    if (kind == "TE") contact.kind = ContactKind::kPhone;
    else if (kind == "FX") contact.kind = ContactKind::kFax;
    else if (kind == "EM") contact.kind = ContactKind::kEmail;
    if (contact.kind == ContactKind::kEmail) {
      // Teletype has no @: ".AT." stands for it, and blanks come in at wraps.
      value.erase(std::remove(value.begin(), value.end(), ' '), value.end());
      if (const std::size_t at = value.find(".AT."); at != std::string::npos) value.replace(at, 4, "@");
    }
    contact.value = std::move(value);
    contacts.push_back(std::move(contact));
  }
}

bool TravellerGroup::Begin(const Tokens::Segment& nad) {
  type_ = tokens_.Code(nad, 1);
  if (IsOffice(type_)) return false;
  traveller_.offset = nad.offset;
  if (const std::optional<TravellerType> type = TypeOf(type_)) traveller_.type = *type;
  Name(nad);
  Address address;
  const auto text = [&](std::size_t element) {
    const std::string code = tokens_.Code(nad, element);
    return CleanText(code.empty() ? tokens_.Code(nad, element, 4) : code, limits_, At("address"));
  };
  address.lines = text(5);
  address.city = text(6);
  address.region = text(7);
  address.postcode = text(8);
  address.country = ParseCountry(tokens_.Code(nad, 9), At("address.country"));
  if (address != Address{}) traveller_.address = std::move(address);
  return true;
}

void TravellerGroup::Name(const Tokens::Segment& nad) {
  traveller_.surname = CleanText(Trim(tokens_.Text(nad, 4, 1)), limits_, At("surname"));
  const std::string given = Join(std::string(Trim(tokens_.Text(nad, 4, 2))), std::string(Trim(tokens_.Text(nad, 4, 3))));
  traveller_.given_names = CleanText(given, limits_, At("given_names"));
}

void TravellerGroup::Add(const Tokens::Segment& segment) {
  const std::string_view tag = segment.tag;
  if (tag == "DTM") return Dates(segment);
  if (tag == "LOC") return Place(segment);
  if (tag == "RFF") return ReferenceNumber(segment);
  if (tag == "DOC") return DocumentBegins(segment);
  if (tag == "FTX") return Baggage(segment);
  if (tag == "MEA") return Measure(segment);
  if (tag == "COM") return ReadContacts(tokens_, segment, traveller_.contacts);
  if (tag == "EMP") return Crew(segment);
  if (tag == "NAT") {
    traveller_.nationality = ParseCountry(tokens_.Code(segment, 2), At("nationality"));
  } else if (tag == "ATT") {
    const std::string word = tokens_.Code(segment, 3);
    if (word.empty() || word == "U") return;
    traveller_.sex = FromText<Sex>(word);
    if (!traveller_.sex) At("sex").Add(FindingCode::kBadValue, "'" + word.substr(0, 20) + "' is none of F, M, X");
  } else if (tag == "GEI") {
    const std::string word = tokens_.Code(segment, 2);
    if (word == "173") traveller_.data_verified = true;
    if (word == "174") traveller_.data_verified = false;
  }
}

void TravellerGroup::Dates(const Tokens::Segment& segment) {
  const std::string qualifier = tokens_.Code(segment, 1, 1), digits = tokens_.Code(segment, 1, 2);
  const bool is_birth = qualifier == "329", is_expiry = qualifier == "36", is_issue = qualifier == "182";
  if (digits.empty() || (!is_birth && !is_expiry && !is_issue)) return;
  const char* const field = is_birth ? "date_of_birth" : is_expiry ? "expires" : "issued";
  const std::optional<Stamp> stamp = ParseStamp(digits, is_birth);
  if (!stamp) return At(field).Add(FindingCode::kBadDate, "not a date: " + digits.substr(0, 20));
  if (!LabelFits(tokens_.Code(segment, 1, 3), digits.size())) {
    At(field).Add(FindingCode::kBadDate, "the format label does not fit " + digits.substr(0, 20) + ": read by its length");
  }
  CivilDay day = stamp->day;
  // An expiry is never taken back a century; a birth or an issue does not lie after the flight.
  if (stamp->two_digit_year >= 0 && !is_expiry) {
    day.year = PivotBirthYear(stamp->two_digit_year, std::max(day.month, 1), std::max(day.day, 1), flight_date_);
  }
  if (day.month > 0 && day.day > 0 && !IsValidDay(day.year, day.month, day.day)) {
    return At(field).Add(FindingCode::kBadDate, "not a date: " + digits.substr(0, 20));
  }
  if (is_birth) {
    traveller_.date_of_birth = PartialDate{static_cast<std::int16_t>(day.year), static_cast<std::uint8_t>(day.month),
                                           static_cast<std::uint8_t>(day.day)};
    return;
  }
  if (document_is_empty_ || traveller_.documents.empty()) return;
  const Date date = MakeDate(day.year, day.month, day.day);
  if (is_expiry) traveller_.documents.back().expires = date;
  else traveller_.documents.back().issued = date;
}

void TravellerGroup::Place(const Tokens::Segment& segment) {
  const std::string qualifier = tokens_.Code(segment, 1), code = tokens_.Code(segment, 2, 1);
  const std::string name = tokens_.Code(segment, 2, 4);
  if (qualifier == "22") traveller_.clearance = ParseAirport(code, At("clearance"));
  else if (qualifier == "174") traveller_.residence = ParseCountry(code, At("residence"));
  else if (qualifier == "178") traveller_.journey.origin = ParseAirport(code, At("journey.origin"));
  else if (qualifier == "179") traveller_.journey.destination = ParseAirport(code, At("journey.destination"));
  else if (qualifier == "180") {
    BirthPlace place;
    place.country = code.empty() ? CountryCode() : ParseCountry(code, At("birth_place.country"));
    place.town = name;
    // "AMBER HILL GBR": the last word is the country.
    const std::size_t blank = name.rfind(' ');
    if (place.country.empty() && blank != std::string::npos && name.size() - blank == 4) {
      if (const std::optional<CountryCode> country = FindCountry(name.substr(blank + 1))) {
        place.country = *country;
        place.town = std::string(Trim(name.substr(0, blank)));
      }
    }
    if (place != BirthPlace{}) traveller_.birth_place = std::move(place);
  } else if (qualifier == "91" && saw_document_ && !document_is_empty_) {
    Document& document = traveller_.documents.back();
    document.issuer = ParseCountry(code, At("issuer"));
    document.place = CleanText(name, limits_, At("place"));
  }
}

void TravellerGroup::DocumentBegins(const Tokens::Segment& segment) {
  saw_document_ = true;
  Document document;
  document.type = tokens_.Code(segment, 1, 1);
  document.number = CleanText(tokens_.Code(segment, 2, 1), limits_, At("documents.number"));
  const std::string list = tokens_.Code(segment, 1, 2);
  if (!list.empty() && list != "110") {
    At("documents.type").Add(FindingCode::kBadValue, "'" + list.substr(0, 20) + "' stands where a code list belongs");
  }
  document_is_empty_ = document.type.empty() && document.number.empty();
  if (!document_is_empty_) traveller_.documents.push_back(std::move(document));
}

void TravellerGroup::ReferenceNumber(const Tokens::Segment& segment) {
  const std::string kind = tokens_.Code(segment, 1, 1);
  std::string value = CleanText(tokens_.Code(segment, 1, 2), limits_, At("references"));
  if (value.empty()) return;
  if (kind == "AVF") {
    if (!traveller_.booking) traveller_.booking.emplace();
    traveller_.booking->locator = std::move(value);
  } else if (kind == "ABO") {
    traveller_.ref = std::move(value);
  } else if (kind == "SEA") {
    traveller_.seat = NormaliseSeat(value);
  } else if (kind == "AEA" || kind == "CR" || kind == "YZY" || kind == "TBO") {
    traveller_.references.push_back({kind, std::move(value)});
  }
}

void TravellerGroup::Baggage(const Tokens::Segment& segment) {
  if (tokens_.Code(segment, 1) != "BAG") return;
  const std::string tag = tokens_.Code(segment, 4, 1);
  if (tag.empty() || tag == "NULL") return;
  const std::string stated = tokens_.Code(segment, 4, 2);
  const std::optional<int> count = stated.empty() ? 1 : ParseCount(stated);
  if (!count || *count < 1 || *count > kMostBags) {
    return At("bag_tags").Add(FindingCode::kBadValue, "'" + stated.substr(0, 20) + "' is no number of tags");
  }
  for (std::string& one : ConsecutiveTags(tag, *count)) traveller_.bag_tags.push_back(std::move(one));
}

void TravellerGroup::Measure(const Tokens::Segment& segment) {
  const std::string what = tokens_.Code(segment, 1);
  // MEA+CT++2 and MEA+CT++:2 both occur.
  const std::string unit = tokens_.Code(segment, 3, 1), behind_unit = tokens_.Code(segment, 3, 2);
  if (what == "CT") {
    const std::optional<int> count = ParseCount(behind_unit.empty() ? unit : behind_unit);
    if (!count || *count > kMostBags) return At("bags").Add(FindingCode::kBadValue, "not a number of bags");
    traveller_.bags = *count;
    saw_bag_count_ = true;
  } else if (what == "WT") {
    const std::optional<int> weight = ParseCount(behind_unit);
    if (!weight) return At("bag_weight_kg").Add(FindingCode::kBadValue, "not a weight");
    traveller_.bag_weight_kg =
        unit == "LBR" ? std::round(*weight * kKilogramsPerPound * 10) / 10 : static_cast<double>(*weight);
  }
}

void TravellerGroup::Crew(const Tokens::Segment& segment) {
  const std::string role = tokens_.Code(segment, 2, 1);
  static constexpr std::pair<std::string_view, TravellerRole> kRoles[] = {{"CR1", TravellerRole::kCockpit},
                                                                         {"CR2", TravellerRole::kCabin},
                                                                         {"CR3", TravellerRole::kOperations},
                                                                         {"CR4", TravellerRole::kCargo},
                                                                         {"CR5", TravellerRole::kDeadhead}};
  for (const auto& [code, meant] : kRoles) {
    if (role == code) traveller_.role = meant;
  }
}

TravellerGroup::Result TravellerGroup::Finish() {
  if (!saw_bag_count_ && !traveller_.bag_tags.empty()) {
    traveller_.bags = static_cast<std::int32_t>(traveller_.bag_tags.size());
  }
  Result result;
  const bool has_document = std::any_of(traveller_.documents.begin(), traveller_.documents.end(),
                                        [](const Document& document) { return !document.number.empty(); });
  if (!TypeOf(type_)) {
    result.problem = QuarantineCode::kBadType;
    result.reason = "NAD+" + type_.substr(0, 10) + " is no traveller: FL, FM, DDU and DDT are";
  } else if (HasControlCharacter(traveller_.surname) || HasControlCharacter(traveller_.given_names)) {
    result.problem = QuarantineCode::kControlCharacter;
    result.reason = "the name holds a control character: send the name again without it";
  } else if (traveller_.surname.empty() && traveller_.given_names.empty() && !has_document) {
    result.problem = QuarantineCode::kNoIdentity;
    result.reason = "neither a name nor a document number: send at least one of them";
  }
  result.traveller = std::move(traveller_);
  return result;
}

}  // namespace landfall::edifact
