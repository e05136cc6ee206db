#include "pipeline/parse/edifact/service_text.h"

#include <algorithm>
#include <utility>

#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

// The parts between slashes, without blanks around them.
std::vector<std::string_view> Parts(std::string_view text) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t slash = text.find('/');
    parts.push_back(Trim(text.substr(0, slash)));
    if (slash == std::string_view::npos) return parts;
    text.remove_prefix(slash + 1);
  }
}

// Part `index`; empty where there is none.
std::string_view At(const std::vector<std::string_view>& parts, std::size_t index) {
  return index < parts.size() ? parts[index] : std::string_view();
}

// A part that is kept: empty if it is blanks of any script.
std::string Kept(std::string_view part) { return CleanText(part, InputLimits{}, {}); }

// Some senders begin such a text with a slash, others do not.
std::string_view WithoutFirstSlash(std::string_view text) {
  text = Trim(text);
  if (text.starts_with('/')) text.remove_prefix(1);
  return text;
}

FindingPlace Within(FindingPlace place, std::string_view parent, std::string_view field) {
  place.parent = parent;
  place.field = field;
  return place;
}

// The whole day of a date that is no birth date; nullopt, with a finding, for what is none. `pivots`: it does not lie after
// the flight. An expiry is never taken back a century.
std::optional<Date> ReadDay(std::string_view text, bool pivots, Date flight_date, const FindingPlace& place) {
  if (text.empty()) return std::nullopt;
  const std::optional<Stamp> stamp = ParseDayMonthName(text);
  if (stamp && stamp->day.day > 0) {
    CivilDay day = stamp->day;
    if (pivots && stamp->two_digit_year >= 0) day.year = PivotBirthYear(stamp->two_digit_year, day.month, day.day, flight_date);
    if (IsValidDay(day.year, day.month, day.day)) return MakeDate(day.year, day.month, day.day);
  }
  place.Add(FindingCode::kBadDate, "not a date: " + Quoted(text));
  return std::nullopt;
}

void ReadSex(std::string_view word, ServiceText& to, const FindingPlace& place) {
  to.is_infant = word == "FI" || word == "MI";
  if (to.is_infant) {
    to.traveller.fare = Fare::kInfant;
    word.remove_suffix(1);
  }
  if (word.empty() || word == "U") return;
  to.traveller.sex = FromText<Sex>(word);
  if (!to.traveller.sex) Within(place, "", "sex").Add(FindingCode::kBadValue, Quoted(word) + " is none of F, M, X");
}

// A town, its country's code behind it: "AMBER HILL GBR".
BirthPlace ReadBirthPlaceText(std::string_view text) {
  BirthPlace place;
  place.town = Kept(text);
  const std::size_t blank = text.rfind(' ');
  if (blank == std::string_view::npos || text.size() - blank != 4) return place;
  if (const std::optional<CountryCode> country = FindCountry(text.substr(blank + 1))) {
    place.country = *country;
    place.town = Kept(Trim(text.substr(0, blank)));
  }
  return place;
}

// The date at the end of an infant's text, behind a slash or a blank; taken off it.
std::optional<PartialDate> TakeDate(std::vector<std::string_view>& parts, Date flight_date, const FindingPlace& place) {
  constexpr std::size_t kDateSize = 7;
  while (!parts.empty() && parts.back().empty()) parts.pop_back();
  if (parts.empty()) return std::nullopt;
  std::string_view& last = parts.back();
  if (ParseDayMonthName(last)) {
    const std::optional<PartialDate> date = ReadBirthDay(last, flight_date, place);
    parts.pop_back();
    return date;
  }
  const std::size_t blank = last.rfind(' ');
  if (blank != std::string_view::npos && last.size() - blank == kDateSize + 1 && ParseDayMonthName(last.substr(blank + 1))) {
    const std::optional<PartialDate> date = ReadBirthDay(last.substr(blank + 1), flight_date, place);
    last = Trim(last.substr(0, blank));
    return date;
  }
  // Digits stand in no name: it was meant to be a date.
  if (parts.size() > 1 && std::any_of(last.begin(), last.end(), IsDigit)) {
    place.Add(FindingCode::kBadDate, "not a date: " + Quoted(last));
    parts.pop_back();
  }
  return std::nullopt;
}

}  // namespace

std::optional<PartialDate> ReadBirthDay(std::string_view text, Date flight_date, const FindingPlace& place) {
  if (text.empty()) return std::nullopt;
  const std::optional<Stamp> stamp = ParseDayMonthName(text);
  if (stamp) {
    CivilDay day = stamp->day;
    if (stamp->two_digit_year >= 0) {
      day.year = PivotBirthYear(stamp->two_digit_year, std::max(day.month, 1), std::max(day.day, 1), flight_date);
    }
    if (day.day == 0 || IsValidDay(day.year, day.month, day.day)) {
      return PartialDate{static_cast<std::int16_t>(day.year), static_cast<std::uint8_t>(day.month),
                         static_cast<std::uint8_t>(day.day)};
    }
  }
  Within(place, "", "date_of_birth").Add(FindingCode::kBadDate, "not a date: " + Quoted(text));
  return std::nullopt;
}

ServiceText ReadDocs(std::string_view text, Date flight_date, const FindingPlace& place) {
  const std::vector<std::string_view> parts = Parts(WithoutFirstSlash(text));
  ServiceText result;
  Traveller& traveller = result.traveller;
  Document document;
  document.type = Kept(Code(At(parts, 0)).str());
  document.issuer = ParseCountry(At(parts, 1), Within(place, "documents", "issuer"));
  document.number = Kept(At(parts, 2));
  traveller.nationality = ParseCountry(At(parts, 3), Within(place, "", "nationality"));
  traveller.date_of_birth = ReadBirthDay(At(parts, 4), flight_date, place);
  ReadSex(Code(At(parts, 5)).view(), result, place);
  document.expires = ReadDay(At(parts, 6), false, flight_date, Within(place, "documents", "expires"));
  if (!document.number.empty()) traveller.documents.push_back(std::move(document));
  traveller.surname = Kept(At(parts, 7));
  for (std::size_t i = 8; i < std::min<std::size_t>(parts.size(), 10); ++i) {
    const bool is_holder_flag = i == 9 && parts[i] == "H";
    const std::string part = is_holder_flag ? std::string() : Kept(parts[i]);
    if (part.empty()) continue;
    if (!traveller.given_names.empty()) traveller.given_names += ' ';
    traveller.given_names += part;
  }
  return result;
}

Traveller ReadDoco(std::string_view text, Date flight_date, const FindingPlace& place) {
  std::vector<std::string_view> parts = Parts(WithoutFirstSlash(text));
  if (At(parts, 0) == "V") parts.insert(parts.begin(), std::string_view());  // No birth place at all.
  Traveller traveller;
  BirthPlace birth_place = ReadBirthPlaceText(At(parts, 0));
  if (birth_place != BirthPlace{}) traveller.birth_place = std::move(birth_place);
  if (Code(At(parts, 1)).view() != "V" || Kept(At(parts, 2)).empty()) return traveller;
  Document visa;
  visa.type = "V";
  visa.number = Kept(parts[2]);
  visa.place = Kept(At(parts, 3));
  visa.issued = ReadDay(At(parts, 4), true, flight_date, Within(place, "documents", "issued"));
  visa.issuer = ParseCountry(At(parts, 5), Within(place, "documents", "issuer"));
  traveller.documents.push_back(std::move(visa));
  return traveller;
}

Traveller ReadDoca(std::string_view text, const FindingPlace& place) {
  const std::vector<std::string_view> parts = Parts(WithoutFirstSlash(text));
  Traveller traveller;
  const Code kind(At(parts, 0));
  if (kind != "R" && kind != "D") {
    Within(place, "", "address").Add(FindingCode::kBadValue, Quoted(kind) + " is neither R, residence, nor D, destination");
    return traveller;
  }
  Address address;
  address.country = ParseCountry(At(parts, 1), Within(place, kind == "R" ? "home_address" : "address", "country"));
  address.lines = Kept(At(parts, 2));
  address.city = Kept(At(parts, 3));
  address.region = Kept(At(parts, 4));
  address.postcode = Kept(At(parts, 5));
  if (address == Address{}) return traveller;
  (kind == "R" ? traveller.home_address : traveller.address) = std::move(address);
  return traveller;
}

Traveller ReadInfant(std::string_view text, Date flight_date, const FindingPlace& place) {
  std::vector<std::string_view> parts = Parts(WithoutFirstSlash(text));
  Traveller infant;
  infant.fare = Fare::kInfant;
  infant.services = {"INFT"};
  infant.date_of_birth = TakeDate(parts, flight_date, Within(place, "", "date_of_birth"));
  if (parts.size() == 1) {
    infant.given_names = Kept(parts[0]);
  } else if (parts.size() > 1) {
    infant.surname = Kept(parts[0]);
    infant.given_names = Kept(parts[1]);
  }
  return infant;
}

std::optional<std::int32_t> ReadMinorAge(std::string_view text) {
  text = WithoutFirstSlash(text);
  if (text.size() < 3 || Upper(text[0]) != 'U' || Upper(text[1]) != 'M') return std::nullopt;
  text = Trim(text.substr(2));
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  if (digits == 0 || digits > 2) return std::nullopt;
  return static_cast<std::int32_t>(*ParseCount(text.substr(0, digits)));
}

std::optional<Contact> ReadContactText(std::string_view code, std::string_view text) {
  text = Trim(text);
  // A language's code may stand behind the last slash.
  if (text.size() > 3 && text[text.size() - 3] == '/' && text[text.size() - 4] != '/' && IsLetter(text.back()) &&
      IsLetter(text[text.size() - 2])) {
    text.remove_suffix(3);
  }
  if (Kept(text).empty()) return std::nullopt;
  if (code == "CTCM") return Contact{ContactKind::kPhone, std::string(text)};
  std::string email;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view two = text.substr(i, 2);
    const bool is_pair = two == "//" || two == ".." || two == "./";
    if (is_pair) ++i;
    else if (text[i] == ' ') continue;  // Of joined lines.
    email += two == "//" ? '@' : two == ".." ? '_' : two == "./" ? '-' : text[i];
  }
  if (Kept(email).empty()) return std::nullopt;
  return Contact{ContactKind::kEmail, std::move(email)};
}

}  // namespace landfall::edifact
