#include "pipeline/parse/edifact/pnr_group.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "absl/strings/str_format.h"
#include "pipeline/parse/edifact/card_number.h"
#include "pipeline/parse/edifact/dates.h"
#include "pipeline/parse/edifact/minor_form.h"
#include "pipeline/parse/edifact/pnr_names.h"
#include "pipeline/parse/edifact/pnr_person.h"
#include "pipeline/parse/edifact/scan.h"
#include "pipeline/parse/edifact/service_text.h"
#include "pipeline/parse/edifact/text.h"
#include "pipeline/parse/edifact/tvl.h"
#include "pipeline/places/places.h"

namespace landfall::edifact {
namespace {

constexpr double kKilogramsPerPound = 0.45359237;
constexpr std::int64_t kMostBags = 999;
constexpr std::int64_t kMostKilograms = 9'999;
constexpr std::size_t kMostTags = 99;
// Far more than any booking has. Hostile text must neither fill memory, by being copied to everybody, nor take time, by
// being compared with everybody: of people beyond these nobody is lost, but nothing more is told of them.
constexpr std::size_t kMostKnown = 999;     // People that are looked up, and to whom the booking's data go.
constexpr std::size_t kMostInfants = 99;    // That are looked for among those listed.
constexpr std::size_t kMostContacts = 50, kMostLocators = 50, kMostStages = 99;
constexpr std::size_t kMostReached = 9;     // Whom one contact is of.
constexpr std::size_t kLongestCode = 64, kLongestContact = 320;
constexpr std::int64_t kDaySeconds = 86'400;

// The services the mission has a use for.
constexpr std::string_view kServices[] = {"UMNR", "CHLD", "MAAS"};
// Requests that carry a seat.
constexpr std::string_view kSeatRequests[] = {"SEAT", "NSST", "NSSA", "NSSW", "NSSB", "RQST", "SMST"};
// Statuses of what was refused or cancelled.
constexpr std::string_view kCancelled[] = {"HX", "NO", "UC", "UN", "UX", "XL", "XX"};

template <std::size_t N>
bool Contains(const std::string_view (&list)[N], std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

Code WithoutLeadingZeros(Code ref) {
  std::string_view text = ref.view();
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  return Code(text);
}

// A seat is a row and a letter: 36K, 074E.
bool IsSeat(std::string_view text) {
  const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
  return digits >= 1 && digits <= 3 && digits + 1 == text.size() && IsLetter(text.back());
}

std::optional<CountryCode> CountryAt(AirportCode airport) {
  const Airport* const found = FindAirport(airport.view());
  return found != nullptr ? std::optional(found->country) : std::nullopt;
}

}  // namespace

FindingPlace PnrGroup::Place(std::size_t person, std::string_view field, std::string_view parent) const {
  const std::string_view name = person < people_.size() ? std::string_view(people_[person].name) : std::string_view();
  return {&findings_, name, field, parent};
}

std::string PnrGroup::Text(const Tokens::Segment& segment, std::size_t element, std::size_t component,
                           const FindingPlace& place) const {
  std::string text = ReadText(tokens_, segment, element, component, configuration_.limits, place);
  MaskCardNumbers(text);
  return text;
}

// The same, where what is longer than any code is none.
std::string PnrGroup::ShortText(const Tokens::Segment& segment, std::size_t element, std::size_t component,
                                const FindingPlace& place) const {
  std::string text = Text(segment, element, component, place);
  if (text.size() <= kLongestCode) return text;
  place.Add(FindingCode::kValueTooLong, absl::StrFormat("%d bytes: not taken", static_cast<int>(text.size())));
  return {};
}

// Free text may be split at any element or component. Not masked: it is looked through first.
std::string PnrGroup::Joined(const Tokens::Segment& segment, std::size_t first_element, const FindingPlace& place) const {
  std::string joined;
  for (std::size_t e = first_element; e <= segment.elements; ++e) {
    for (std::size_t c = 1; c <= tokens_.Components(segment, e); ++c) {
      const std::string part = ReadText(tokens_, segment, e, c, configuration_.limits, place);
      if (part.empty() || joined.size() > configuration_.limits.text_bytes) continue;
      if (!joined.empty()) joined += ' ';
      joined += part;
    }
  }
  return joined;
}

// Non-air services and history come last, and are passed over: their TVL are hotels and flights long cancelled.
std::size_t PnrGroup::EndOfBooking(std::size_t first, std::size_t last) const {
  for (std::size_t i = first; i < last; ++i) {
    const std::uint32_t tag = At(i).tag;
    if (tag == Tag("MSG") || tag == Tag("ABI") || tag == Tag("SAC")) return i;
  }
  return last;
}

void PnrGroup::SetFare(Code type, std::size_t person) {
  Traveller& traveller = people_[person].traveller;
  if (type.empty() || type == "I") return;  // I: an individual.
  if (type == "A") traveller.fare = Fare::kAdult;
  else if (type == "C") traveller.fare = Fare::kChild;
  else if (type == "IN") traveller.fare = Fare::kInfant;
  else if (type == "G") traveller.fare = Fare::kGroup;
  else Place(person, "fare").Add(FindingCode::kBadValue, Quoted(type) + " is none of A, C, IN, G");
  people_[person].is_infant = traveller.fare == Fare::kInfant;
}

// "JANE MRS(INF/ANNA/14FEB13)", "JANE(INFQUILL/ANNA 14FEB13)": files the infant, returns the parent's own name.
std::string PnrGroup::TakeInfantFromName(std::string given_names, std::size_t index, const std::string& surname) {
  const std::size_t open = given_names.find('(');
  if (open == std::string::npos) return given_names;
  std::string_view inside = Trim(std::string_view(given_names).substr(open + 1));
  if (inside.size() < 3 || Upper(inside[0]) != 'I' || Upper(inside[1]) != 'N' || Upper(inside[2]) != 'F') return given_names;
  inside.remove_prefix(3);
  inside = inside.substr(0, inside.find(')'));
  Infant infant;
  infant.traveller = ReadInfant(inside, flight_.departs_on, Place(people_.size() - 1, ""));
  CompleteText(infant.traveller.surname, surname);
  infant.parent = people_.size() - 1;
  infant.segment = index;
  infants_.push_back(std::move(infant));
  return CleanText(Trim(std::string_view(given_names).substr(0, open)), configuration_.limits, {});
}

// One traveller of TIF: given name, type and reference in one element. Several may share the surname.
void PnrGroup::AddPerson(std::size_t index, std::size_t element, const std::string& surname) {
  const Tokens::Segment& tif = At(index);
  Person& person = people_.emplace_back();
  person.segment = index;
  person.name = absl::StrFormat("#%d", static_cast<int>(travellers_before_ + people_.size()));
  person.ref = WithoutLeadingZeros(tokens_.CodeAt(tif, element, 3));
  person.traveller.surname = surname;
  if (tokens_.IsLatin1(tif)) Place(people_.size() - 1, "").Add(FindingCode::kBadEncoding, "not UTF-8: read as Latin-1");
  std::string given_names = Text(tif, element, 1, Place(people_.size() - 1, "given_names"));
  given_names = TakeInfantFromName(std::move(given_names), index, surname);
  people_.back().traveller.given_names = std::move(given_names);
  people_.back().listed_name = ListedName(tokens_.Part(tif, 1), tokens_.Part(tif, element));
  const Code type = tokens_.CodeAt(tif, element, 2), of_surname = tokens_.CodeAt(tif, 1, 2);
  SetFare(type.empty() ? of_surname : type, people_.size() - 1);
}

// Whom a TIF of check-in names: by reference, else by name.
std::size_t PnrGroup::FindListed(const Tokens::Segment& tif) const {
  const std::size_t by_ref = FindRef(WithoutLeadingZeros(tokens_.CodeAt(tif, 2, 3)));
  return by_ref != kNobody ? by_ref : FindName(ListedName(tokens_.Part(tif, 1), tokens_.Part(tif, 2)));
}

std::size_t PnrGroup::FindName(std::string_view listed_name) const {
  for (std::size_t i = 0; i < Known(); ++i) {
    if (people_[i].listed_name == listed_name) return i;
  }
  return kNobody;
}

void PnrGroup::ListTif(std::size_t index) {
  const Tokens::Segment& tif = At(index);
  const std::string surname = Text(tif, 1, 1, {&findings_, {}, "surname"});
  const std::size_t first = people_.size();
  if (tokens_.CodeAt(tif, 1, 2) == "G" && tokens_.Part(tif, 2).empty()) {
    booking_.group = surname;  // The name of a group and nobody's.
    listed_at_.emplace_back(index, kNobody);
    return;
  }
  const std::size_t elements = std::max<std::size_t>(tif.elements, 2);
  for (std::size_t e = 2; e <= elements; ++e) {
    if (e == 2 || !tokens_.Part(tif, e).empty()) AddPerson(index, e, surname);
  }
  listed_at_.emplace_back(index, first);
}

void PnrGroup::ListPeople(std::size_t first, std::size_t last) {
  bool is_checked_in = false;
  for (std::size_t i = first; i < last; ++i) {
    const Tokens::Segment& segment = At(i);
    if (segment.tag == Tag("TVL")) {
      is_checked_in = true;
    } else if (segment.tag == Tag("TIF")) {
      const std::size_t known = is_checked_in ? FindListed(segment) : kNobody;
      if (known == kNobody) ListTif(i);
      else listed_at_.emplace_back(i, known);
    } else if (segment.tag == Tag("REF") && !is_checked_in && !listed_at_.empty() && listed_at_.back().second != kNobody) {
      Person& person = people_[listed_at_.back().second];
      std::string ref = Text(segment, 1, 2, {&findings_, person.name, "ref"});
      if (!person.traveller.ref.empty() || ref.empty()) continue;
      person.traveller.ref = std::move(ref);
      person.name = person.traveller.ref;
    }
  }
}

std::size_t PnrGroup::FindRef(Code ref) const {
  if (ref.empty()) return kNobody;
  for (std::size_t i = 0; i < Known(); ++i) {
    if (people_[i].ref == ref.view()) return i;
  }
  return kNobody;
}

std::size_t PnrGroup::Known() const { return std::min(people_.size(), kMostKnown); }

std::vector<std::size_t> PnrGroup::Everybody() const {
  std::vector<std::size_t> all(Known());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

// RCI+carrier:locator:type:DDMMYY:HHMM+...; the type's place may be left out.
void PnrGroup::ReadLocators(const Tokens::Segment& rci) {
  for (std::size_t e = 1; e <= rci.elements; ++e) {
    std::string locator = ShortText(rci, e, 2, {&findings_, {}, "locator", "booking"});
    if (locator.empty()) continue;
    if (stage_ == Stage::kSplit) {
      CompleteText(booking_.split_from, locator);
      continue;
    }
    if (booking_.locator.empty()) {
      booking_.locator = std::move(locator);
      const bool is_merged = tokens_.CodeAt(rci, e, 3).size() == 6;
      const Code date = tokens_.CodeAt(rci, e, is_merged ? 3 : 4), time = tokens_.CodeAt(rci, e, is_merged ? 4 : 5);
      if (date.empty()) continue;
      const std::optional<Stamp> stamp = ParseDayFirst(date, time);
      if (stamp && IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
        booking_.booked_at = ToUtc(*stamp);
      } else {
        FindingPlace{&findings_, {}, "booked_at", "booking"}.Add(FindingCode::kBadTime, "not a date and time: " + Quoted(date));
      }
      continue;
    }
    const auto is_same = [&](const OtherLocator& other) { return other.locator == locator; };
    const bool is_known = locator == booking_.locator ||
                          std::any_of(booking_.other_locators.begin(), booking_.other_locators.end(), is_same);
    if (is_known || booking_.other_locators.size() >= kMostLocators) continue;
    std::string carrier = ParseCarrier(tokens_.CodeAt(rci, e).str(), configuration_.limits, {&findings_, {}, "carrier", "other_locators"});
    MaskCardNumbers(carrier);
    booking_.other_locators.push_back({std::move(carrier), std::move(locator)});
  }
}

// DAT+700:DDMMYY:HHMM+710:...: last change, ticketing. The first of each.
void PnrGroup::ReadDates(const Tokens::Segment& dat) {
  for (std::size_t e = 1; e <= dat.elements; ++e) {
    const Code kind = tokens_.CodeAt(dat, e, 1), date = tokens_.CodeAt(dat, e, 2), time = tokens_.CodeAt(dat, e, 3);
    const bool is_change = kind == "700", is_ticketing = kind == "710";
    std::optional<Instant>& to = is_change ? booking_.changed_at : booking_.ticketed_at;
    if ((!is_change && !is_ticketing) || to || date.empty()) continue;
    const std::optional<Stamp> stamp = ParseDayFirst(date, time);
    if (stamp && IsValidDay(stamp->day.year, stamp->day.month, stamp->day.day)) {
      to = ToUtc(*stamp);
    } else {
      FindingPlace{&findings_, {}, is_change ? "changed_at" : "ticketed_at", "booking"}.Add(
          FindingCode::kBadTime, "not a date and time: " + Quoted(date));
    }
  }
}

// ORG+1A:MUC+12345678:LONZZ2101: the booking office, by its IATA number, else by its name in the system.
void PnrGroup::ReadOffice(const Tokens::Segment& org) {
  const FindingPlace place{&findings_, {}, "agency", "booking"};
  std::string agency = ShortText(org, 2, 1, place);
  if (agency.empty()) agency = ShortText(org, 2, 2, place);
  CompleteText(booking_.agency, agency);
}

// ADD++702:street:city:region::country:postcode:telephone.
void PnrGroup::ReadAddress(const Tokens::Segment& add) {
  const std::size_t owner = stage_ == Stage::kTravellers ? current_ : kNobody;
  for (std::size_t e = 2; e <= add.elements; ++e) {
    const FindingPlace place = Place(owner, "", "home_address");
    const auto text = [&](std::size_t component, std::string_view field) {
      return Text(add, e, component, {&findings_, place.traveller, field, "home_address"});
    };
    Address address;
    address.lines = text(2, "lines");
    address.city = text(3, "city");
    address.region = text(4, "region");
    address.country = ParseCountry(tokens_.CodeAt(add, e, 6), {&findings_, place.traveller, "country", "home_address"});
    address.postcode = text(7, "postcode");
    std::string phone = text(8, "phone");
    const std::vector<std::size_t> owners = owner == kNobody ? Everybody() : std::vector{owner};
    if (address != Address{}) {
      for (const std::size_t i : owners) Complete(people_[i].traveller.home_address, Boxed<Address>(address));
    }
    if (!phone.empty()) AddContact({ContactKind::kPhone, std::move(phone)}, owner == kNobody ? std::vector<std::size_t>{} : owners);
  }
}

std::string PnrGroup::KeyOf(std::string_view card_number) const {
  return PayerKey(configuration_.card_key ? *configuration_.card_key : KeyOfThisRun(), card_number);
}

// FOP+CC:::VI:number:expiry+...: only how, and a keyed hash of with which card.
void PnrGroup::ReadPayment(const Tokens::Segment& fop) {
  Booking& to = stage_ == Stage::kTravellers && current_ != kNobody ? people_[current_].own : booking_;
  for (std::size_t e = 1; e <= fop.elements; ++e) {
    const Code kind = tokens_.CodeAt(fop, e, 1);
    if (kind.empty()) continue;
    if (!to.payment || to.payment == Payment::kUnknown) {
      to.payment = kind == "CA" ? Payment::kCash : kind == "CC" ? Payment::kCard : Payment::kUnknown;
    }
    for (std::size_t c = 2; c <= tokens_.Components(fop, e); ++c) {
      std::optional<std::string> number = FindCardNumber(tokens_.Part(fop, e, c));
      if (!number && c == 5 && kind == "CC") number = AccountNumber(tokens_.Part(fop, e, c));
      if (number && to.payer_key.empty()) to.payer_key = KeyOf(*number);
    }
  }
}

// IFT+4:43+name+address+telephone is who pays, of whom the name is kept. Of remarks only what is made for it: the form of
// an unaccompanied minor, and how to reach the traveller.
void PnrGroup::ReadFreeText(const Tokens::Segment& segment) {
  const bool is_traveller = stage_ == Stage::kTravellers && current_ != kNobody;
  const std::vector<std::size_t> owners = is_traveller ? std::vector{current_} : std::vector<std::size_t>{};
  const FindingPlace place = Place(is_traveller ? current_ : kNobody, "payer", "booking");
  const bool is_ift = segment.tag == Tag("IFT");
  if (is_ift && tokens_.CodeAt(segment, 1, 1) == "4" && tokens_.CodeAt(segment, 1, 2) == "43") {
    Booking& to = is_traveller ? people_[current_].own : booking_;
    CompleteText(to.payer, Text(segment, 2, 1, place));
  }
  UseFreeText(Joined(segment, is_ift ? 2 : 1, {}), owners);
}

void PnrGroup::UseFreeText(std::string text, const std::vector<std::size_t>& owners) {
  if (const std::optional<std::string> number = FindCardNumber(text)) {
    Booking& to = owners.size() == 1 ? people_[owners[0]].own : booking_;
    if (to.payer_key.empty()) to.payer_key = KeyOf(*number);
    MaskCardNumbers(text);
  }
  for (const std::string_view code : {"CTCM", "CTCE"}) {
    const std::size_t at = text.find(code);
    if (at == std::string::npos) continue;
    if (auto contact = ReadContactText(code, std::string_view(text).substr(at + code.size()))) AddContact(*std::move(contact), owners);
    return;
  }
  EscortForm form;
  if (!ReadMinorForm(text, form)) return;
  forms_.push_back({std::move(form), owners});
}

void PnrGroup::AddContact(Contact contact, const std::vector<std::size_t>& owners) {
  // A telephone number with its country's code has up to 15 digits: it is no card's.
  constexpr std::size_t kLongestPhone = 15;
  const bool is_phone = contact.value.starts_with('+') && contact.value.size() <= kLongestPhone;
  if (!is_phone) MaskCardNumbers(contact.value);
  const auto add = [&](std::vector<Contact>& to) {
    if (to.size() < kMostContacts && std::find(to.begin(), to.end(), contact) == to.end()) to.push_back(contact);
  };
  if (contact.value.size() > kLongestContact) {
    return Place(kNobody, "contacts").Add(FindingCode::kValueTooLong, absl::StrFormat("%d bytes: not taken", static_cast<int>(contact.value.size())));
  }
  if (owners.empty()) return add(contacts_);
  for (std::size_t i = 0; i < std::min(owners.size(), kMostReached); ++i) add(people_[owners[i]].traveller.contacts);
}

void PnrGroup::ReadStage(const Tokens::Segment& tvl) {
  stage_ = Stage::kSegments;
  current_ = kNobody;
  stage_is_open_ = false;
  // Without its airports it is the stage before, seen by check-in.
  if (tokens_.Part(tvl, 2).empty() || tokens_.Part(tvl, 3).empty()) return;
  Tvl stage = ReadTvl(tokens_, tvl, findings_, "segments");
  from_ = stage.segment.from;
  to_ = stage.segment.to;
  if (from_.empty() || to_.empty() || booking_.segments.size() >= kMostStages) return;
  stage_is_open_ = true;
  booking_.segments.push_back(std::move(stage.segment));
}

// RPI+quantity+status.
void PnrGroup::ReadStatus(const Tokens::Segment& rpi) {
  if (stage_is_open_ && stage_ == Stage::kSegments) booking_.segments.back().status = ShortText(rpi, 2, 1, {});
}

void PnrGroup::SetSeat(std::size_t person, AirportCode from, AirportCode to, std::string_view seat) {
  if (!IsSeat(seat)) {
    return Place(person, "seat").Add(FindingCode::kBadValue, Quoted(seat) + " is no seat");
  }
  Traveller& traveller = people_[person].traveller;
  if (from == flight_.from && to == flight_.to) {
    traveller.seat = NormaliseSeat(seat);
    return;
  }
  for (OtherSeat& other : traveller.other_seats) {
    if (other.from != from || other.to != to) continue;
    other.seat = NormaliseSeat(seat);
    return;
  }
  if (traveller.other_seats.size() < kMostStages) traveller.other_seats.push_back({from, to, NormaliseSeat(seat)});
}

// SSD+seat: of check-in, on the latest stage.
void PnrGroup::ReadCheckedSeat(const Tokens::Segment& ssd) {
  const Code seat = tokens_.CodeAt(ssd, 1);
  if (current_ != kNobody && !seat.empty() && !from_.empty()) SetSeat(current_, from_, to_, seat);
}

// TBD++number:weight:unit++pool+carrier:tag:number of tags:destination+...: 700 kilograms, 701 pounds.
void PnrGroup::ReadBags(const Tokens::Segment& tbd) {
  if (current_ == kNobody) return;
  Traveller& traveller = people_[current_].traveller;
  const auto count = ParseCount(tokens_.CodeAt(tbd, 2, 1), kMostBags), weight = ParseCount(tokens_.CodeAt(tbd, 2, 2), kMostKilograms);
  const Code unit = tokens_.CodeAt(tbd, 2, 3);
  if (count) traveller.bags = static_cast<std::int32_t>(*count);
  if (weight && (unit == "700" || unit == "701")) {
    const double factor = unit == "701" ? kKilogramsPerPound : 1;
    traveller.bag_weight_kg = std::round(static_cast<double>(*weight) * factor * 10) / 10;
  }
  if (!count && !tokens_.Part(tbd, 2, 1).empty()) {
    Place(current_, "bags").Add(FindingCode::kBadValue, Quoted(tokens_.Part(tbd, 2, 1)) + " is no number of bags");
  }
  for (std::size_t e = 5; e <= tbd.elements && traveller.bag_tags.size() < kMostTags; ++e) {
    std::string tag = Text(tbd, e, 2, Place(current_, "bag_tags"));
    if (!tag.empty()) traveller.bag_tags.push_back(std::move(tag));
  }
}

// Whom a service request is about: those it names; else the traveller it is filed under; else the only one there is.
std::vector<std::size_t> PnrGroup::OwnersOf(const Tokens::Segment& ssr) {
  std::vector<std::size_t> owners;
  bool names_any = false;
  for (std::size_t e = 2; e <= ssr.elements; ++e) {
    const Code ref = WithoutLeadingZeros(tokens_.CodeAt(ssr, e, 3));
    if (ref.empty()) continue;
    names_any = true;
    const std::size_t owner = FindRef(ref);
    if (owner != kNobody && std::find(owners.begin(), owners.end(), owner) == owners.end()) owners.push_back(owner);
  }
  if (!owners.empty()) return owners;
  if (names_any && (stage_ != Stage::kTravellers || current_ == kNobody)) {
    if (people_.size() != 1) {
      Place(kNobody, "services").Add(FindingCode::kBadValue, "SSR " + Quoted(tokens_.CodeAt(ssr, 1)) +
                                                                 " names a traveller whom the booking does not list");
    }
  }
  if (stage_ == Stage::kTravellers && current_ != kNobody) return {current_};
  if (people_.size() == 1) return {0};
  return {};
}

// SSR+SEAT:HK:2:ZZ:::LHR:JFK+15A::1+15B::2.
void PnrGroup::ReadSeats(const Tokens::Segment& ssr) {
  const AirportCode from = ParseAirport(tokens_.CodeAt(ssr, 1, 7), {}), to = ParseAirport(tokens_.CodeAt(ssr, 1, 8), {});
  if (from.empty() || to.empty()) return;
  for (std::size_t e = 2; e <= ssr.elements; ++e) {
    const Code seat = tokens_.CodeAt(ssr, e, 1);
    std::size_t owner = FindRef(WithoutLeadingZeros(tokens_.CodeAt(ssr, e, 3)));
    if (owner == kNobody && people_.size() == 1) owner = 0;
    if (!seat.empty() && owner != kNobody) SetSeat(owner, from, to, seat);
  }
}

// SSR+code:status:quantity:carrier:::from:to:text+::traveller. The text may run on in further components.
void PnrGroup::ReadService(std::size_t index) {
  const Tokens::Segment& ssr = At(index);
  const Code code = tokens_.CodeAt(ssr, 1, 1);
  if (Contains(kCancelled, tokens_.CodeAt(ssr, 1, 2).view())) return;
  if (Contains(kSeatRequests, code.view())) return ReadSeats(ssr);
  const bool is_read = Contains(kServices, code.view()) || code == "DOCS" || code == "DOCO" || code == "DOCA" ||
                       code == "INFT" || code == "CTCM" || code == "CTCE" || code == "OTHS";
  if (!is_read) return;
  constexpr std::size_t kText = 9;
  std::string text;
  for (std::size_t c = kText; c <= tokens_.Components(ssr, 1); ++c) {
    if (c > kText) text += ' ';
    text += ReadText(tokens_, ssr, 1, c, configuration_.limits, {&findings_, {}, "services"});
  }
  ReadPersonalService(code, text, index, OwnersOf(ssr));
}

void PnrGroup::AddService(std::string_view code, const std::vector<std::size_t>& owners) {
  std::vector<std::size_t> to = owners;
  // Of a whole booking, it can only mean the children in it.
  for (std::size_t i = 0; owners.empty() && i < Known(); ++i) {
    if (people_[i].traveller.fare == Fare::kChild) to.push_back(i);
  }
  for (const std::size_t i : to) {
    Traveller& traveller = people_[i].traveller;
    if (!traveller.HasService(code)) traveller.services.emplace_back(code);
  }
  if (to.empty()) {
    Place(kNobody, "services").Add(FindingCode::kBadValue, "SSR " + Quoted(code) + " names no traveller of its booking");
  }
}

// A document's name says whose it is where nothing else does.
void PnrGroup::UseDocs(std::string_view text, std::size_t index, const std::vector<std::size_t>& owners) {
  ServiceText told = ReadDocs(text, flight_.departs_on, Place(owners.empty() ? kNobody : owners[0], ""));
  MaskTexts(told.traveller);
  if (told.is_infant && !(owners.size() == 1 && people_[owners[0]].is_infant)) {
    infants_.push_back({std::move(told.traveller), owners.empty() ? kNobody : owners[0], index});
    return;
  }
  const std::size_t owner = !owners.empty() ? owners[0] : FindName(ListedName(told.traveller.surname, told.traveller.given_names));
  if (owner == kNobody) {
    return Place(kNobody, "documents").Add(FindingCode::kBadValue, "SSR DOCS names no traveller of its booking");
  }
  Traveller& known = people_[owner].traveller;
  if (known.date_of_birth && told.traveller.date_of_birth && *known.date_of_birth != *told.traveller.date_of_birth) {
    Place(owner, "date_of_birth").Add(FindingCode::kBadDate, "two birth dates are stated: the first was taken");
  }
  if (known.documents.empty()) {
    // Titles go with the listed name where the document names the same person.
    const std::string given_names = BetterName(told.traveller.given_names, WithoutTitle(known.given_names));
    known.surname = BetterName(told.traveller.surname, known.surname);
    if (!told.traveller.given_names.empty()) known.given_names = given_names;
  }
  CompletePerson(known, std::move(told.traveller));
}

void PnrGroup::ReadPersonalService(std::string_view code, std::string_view text, std::size_t index,
                                   const std::vector<std::size_t>& owners) {
  const std::size_t owner = owners.empty() ? kNobody : owners[0];
  const auto tell = [&](Traveller told) {
    MaskTexts(told);
    if (owner != kNobody) return CompletePerson(people_[owner].traveller, std::move(told));
    Place(kNobody, "services").Add(FindingCode::kBadValue, "SSR " + Quoted(code) + " names no traveller of its booking");
  };
  if (code == "DOCS") return UseDocs(text, index, owners);
  if (code == "DOCO") return tell(ReadDoco(text, flight_.departs_on, Place(owner, "")));
  if (code == "DOCA") return tell(ReadDoca(text, Place(owner, "")));
  if (code == "INFT") {
    Infant infant{ReadInfant(text, flight_.departs_on, Place(owner, "")), owner, index};
    MaskTexts(infant.traveller);
    infants_.push_back(std::move(infant));
    return;
  }
  if (code == "CTCM" || code == "CTCE") {
    if (auto contact = ReadContactText(code, text)) AddContact(*std::move(contact), owners);
    return;
  }
  if (code == "OTHS") return UseFreeText(std::string(text), owners);
  AddService(code, owners);
  if (code == "CHLD" && owner != kNobody) {
    Traveller& child = people_[owner].traveller;
    Complete(child.date_of_birth, ReadBirthDay(Code(text.substr(text.starts_with('/') ? 1 : 0)).view(), flight_.departs_on,
                                               Place(owner, "")));
    Complete(child.fare, std::optional(Fare::kChild));
  }
  if (code == "UMNR") {
    if (owner != kNobody) Complete(people_[owner].traveller.stated_age, ReadMinorAge(text));
    UseFreeText("UMNR " + std::string(text), owners);
  }
}

void PnrGroup::ReadSegmentAt(std::size_t index) {
  const Tokens::Segment& segment = At(index);
  switch (segment.tag) {
    case Tag("RCI"): return ReadLocators(segment);
    case Tag("SSR"): return ReadService(index);
    case Tag("FOP"): return ReadPayment(segment);
    case Tag("IFT"):
    case Tag("OSI"): return ReadFreeText(segment);
    case Tag("TVL"): return ReadStage(segment);
    case Tag("RPI"): return ReadStatus(segment);
    case Tag("SSD"): return ReadCheckedSeat(segment);
    case Tag("TBD"): return ReadBags(segment);
    case Tag("EQN"): stage_ = Stage::kSplit; return;
    default: break;
  }
  if (stage_ != Stage::kBooking && stage_ != Stage::kTravellers) return;
  if (segment.tag == Tag("DAT")) ReadDates(segment);
  if (segment.tag == Tag("ADD")) ReadAddress(segment);
  if (segment.tag == Tag("ORG") && stage_ == Stage::kBooking) ReadOffice(segment);
}

void PnrGroup::ReadSegments(std::size_t first, std::size_t last) {
  auto listed = listed_at_.begin();
  for (std::size_t i = first; i < last; ++i) {
    if (listed != listed_at_.end() && listed->first == i) {
      current_ = listed->second;
      if (stage_ == Stage::kBooking) stage_ = Stage::kTravellers;
      ++listed;
    } else {
      ReadSegmentAt(i);
    }
  }
}

// The infant among those listed or told of before: by name, by birth date, or as the only one of its parent.
std::size_t PnrGroup::FindInfant(const Infant& infant) const {
  const Traveller& told = infant.traveller;
  std::size_t only = kNobody;
  int infants = 0;
  for (std::size_t i = 0; i < Known(); ++i) {
    if (!people_[i].is_infant) continue;
    const Traveller& listed = people_[i].traveller;
    ++infants;
    only = i;
    const bool same_surname = told.surname.empty() || listed.surname.empty() || Squeezed(told.surname) == Squeezed(listed.surname);
    const bool dates_differ = told.date_of_birth && listed.date_of_birth && *told.date_of_birth != *listed.date_of_birth;
    const bool same_date = told.date_of_birth && listed.date_of_birth && !dates_differ;
    const bool same_given = IsSameGivenName(told.given_names, listed.given_names) ||
                            (same_date && OneBeginsTheOther(told.given_names, listed.given_names));
    if (same_given && same_surname && !dates_differ) return i;
  }
  // A text without a name tells of whoever the infant is.
  return infants == 1 && told.given_names.empty() ? only : kNobody;
}

// A minor's form is that of the travellers it is filed under; else of those in the booking with that service.
void PnrGroup::PlaceForms() {
  for (const auto& [form, owners] : forms_) {
    std::vector<std::size_t> minors = owners;
    for (std::size_t i = 0; owners.empty() && i < Known(); ++i) {
      if (people_[i].traveller.HasService("UMNR") || people_.size() == 1) minors.push_back(i);
    }
    for (const std::size_t i : minors) {
      Boxed<EscortForm>& to = people_[i].traveller.escort_form;
      if (!to) to.emplace();
      Complete(to->handed_over_by, form.handed_over_by);
      Complete(to->collected_by, form.collected_by);
    }
    if (!minors.empty()) continue;
    Place(kNobody, "escort_form").Add(FindingCode::kBadValue, "the form of an unaccompanied minor names no traveller of its booking");
  }
}

void PnrGroup::PlaceInfants() {
  std::size_t looked_for = 0;
  for (Infant& infant : infants_) {
    const std::size_t known = ++looked_for <= kMostInfants ? FindInfant(infant) : kNobody;
    if (known != kNobody) {
      CompletePerson(people_[known].traveller, std::move(infant.traveller));
      continue;
    }
    const Traveller& told = infant.traveller;
    if (told.given_names.empty() && told.surname.empty() && told.documents.empty()) {
      Place(infant.parent, "services").Add(FindingCode::kBadValue, "an infant is announced of whom nothing is stated");
      continue;
    }
    Person person;
    person.traveller = std::move(infant.traveller);
    if (infant.parent != kNobody) CompleteText(person.traveller.surname, people_[infant.parent].traveller.surname);
    person.segment = infant.segment;
    person.name = absl::StrFormat("#%d", static_cast<int>(travellers_before_ + people_.size() + 1));
    person.is_infant = true;
    people_.push_back(std::move(person));
  }
}

// A stage that leads back to the country where the journey began makes it a return. Of a booking without this flight
// something is missing, and so nothing follows.
void PnrGroup::DeriveTrip() {
  std::vector<const Segment*> stages;
  const Segment* here = nullptr;
  for (const Segment& stage : booking_.segments) {
    if (Contains(kCancelled, stage.status)) continue;
    stages.push_back(&stage);
    const bool is_here = stage.from == flight_.from && stage.to == flight_.to && stage.departs_at &&
                         std::abs(stage.departs_at->seconds - flight_.departs_at.seconds) < kDaySeconds;
    if (is_here) here = &stage;
  }
  if (here == nullptr) return;
  const std::optional<CountryCode> home = CountryAt(stages.front()->from);
  bool all_known = home.has_value();
  for (const Segment* const stage : stages) {
    const std::optional<CountryCode> from = CountryAt(stage->from), to = CountryAt(stage->to);
    all_known = all_known && from && to;
    if (!home || !from || !to || *to != *home || *from == *home) continue;
    booking_.trip = Trip::kReturn;
    if (stage != here && stage->departs_at && *stage->departs_at > flight_.departs_at) booking_.returns_at = stage->departs_at;
    return;
  }
  if (all_known) booking_.trip = Trip::kOneWay;
}

void PnrGroup::Judge(Person& person) const {
  const Traveller& traveller = person.traveller;
  const bool has_document = std::any_of(traveller.documents.begin(), traveller.documents.end(),
                                        [](const Document& document) { return !document.number.empty(); });
  if (HasControlCharacter(traveller.surname) || HasControlCharacter(traveller.given_names)) {
    person.problem = QuarantineCode::kControlCharacter;
    person.reason = "the name holds a control character: send the name again without it";
  } else if (traveller.surname.empty() && traveller.given_names.empty() && !has_document) {
    person.problem = QuarantineCode::kNoIdentity;
    person.reason = "neither a name nor a document number: send at least one of them";
  }
}

void PnrGroup::Finish() {
  if (booking_.locator.empty()) {
    FindingPlace{&findings_, {}, "locator", "booking"}.Add(FindingCode::kBadValue, "a booking without locator: RCI is missing or empty");
  }
  for (const Segment& stage : booking_.segments) {
    const bool is_here = stage.from == flight_.from && stage.to == flight_.to && stage.number == flight_.number;
    if (is_here && !stage.marketing.empty()) marketing_.push_back(stage.marketing);
  }
  Booking least;  // Of those beyond.
  least.locator = booking_.locator;
  std::size_t number = 0;
  if (people_.size() > kMostKnown) {
    FindingPlace{&findings_, {}, "booking"}.Add(FindingCode::kPartyTooLarge,
                                                absl::StrFormat("%d travellers in one booking", static_cast<int>(people_.size())));
  }
  for (Person& person : people_) {
    const bool is_known = ++number <= kMostKnown;
    Booking booking = is_known ? booking_ : least;
    if (person.own.payment) booking.payment = person.own.payment;
    if (!person.own.payer.empty()) booking.payer = std::move(person.own.payer);
    if (!person.own.payer_key.empty()) booking.payer_key = std::move(person.own.payer_key);
    Traveller& traveller = person.traveller;
    if (booking != Booking{}) traveller.booking = std::move(booking);
    std::vector<Contact> contacts = is_known ? contacts_ : std::vector<Contact>{};
    for (Contact& contact : traveller.contacts) {
      if (std::find(contacts.begin(), contacts.end(), contact) == contacts.end()) contacts.push_back(std::move(contact));
    }
    traveller.contacts = std::move(contacts);
    Judge(person);
  }
}

std::vector<PnrGroup::Person> PnrGroup::Read(std::size_t first, std::size_t last) {
  last = EndOfBooking(first, last);
  ListPeople(first, last);
  ReadSegments(first, last);
  PlaceForms();
  PlaceInfants();
  DeriveTrip();
  Finish();
  return std::move(people_);
}

}  // namespace landfall::edifact
