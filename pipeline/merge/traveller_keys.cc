#include "pipeline/merge/traveller_keys.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "absl/hash/hash.h"
#include "pipeline/match/name_key.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

constexpr int kAdultYears = 18;

// Never 0, which says "no key".
template <typename... Parts>
std::uint64_t KeyOf(const Parts&... parts) {
  return static_cast<std::uint64_t>(absl::HashOf(parts...)) | 1;
}

std::string BirthText(const std::optional<PartialDate>& date) { return date ? ToString(*date) : std::string(); }

const Document* FirstTravelDocument(const Traveller& traveller) {
  for (const Document& document : traveller.documents) {
    if (document.type != "V" && !document.number.empty()) return &document;
  }
  return nullptr;
}

std::uint64_t DocumentKey(std::string_view number) {
  const std::string key = NumberKey(number);
  return key.empty() ? 0 : KeyOf('d', key);
}

// A whole birth date is the key by itself: those filed are few, and the name may be spelt in another way there.
std::uint64_t NameBirthKey(std::string_view name_key, const std::optional<PartialDate>& birth) {
  if (name_key.empty() || !birth) return 0;
  return birth->IsWhole() ? KeyOf('w', birth->year, birth->month, birth->day) : KeyOf('n', name_key, ToString(*birth));
}

bool MayBeChild(const Traveller& traveller, Date arrival) {
  if (!traveller.date_of_birth) return true;
  return AgesBetween(*traveller.date_of_birth, Date{arrival.days - 1}, arrival).youngest < kAdultYears;
}

Date ArrivalDate(const Flight& flight) {
  return LocalDate(flight.arrives_at.value_or(flight.departs_at), ZoneOf(flight.to));
}

std::vector<AwaitedAdult> AwaitedAdultsOf(const Vignette& vignette) {
  std::vector<AwaitedAdult> awaited;
  for (std::uint32_t i = 0; i < vignette.adults.size(); ++i) {
    const Person& person = vignette.adults[i].person;
    AwaitedAdult adult{vignette.number, i, person, DocumentKey(person.document),
                       NameBirthKey(FullNameKey(person.surname, person.given_names), person.date_of_birth)};
    if (adult.document_key != 0 || adult.name_key != 0) awaited.push_back(std::move(adult));
  }
  return awaited;
}

std::vector<std::uint64_t> SightingKeys(const Traveller& traveller, std::string_view name_key) {
  std::vector<std::uint64_t> keys;
  for (const Document& document : traveller.documents) {
    if (document.type == "V") continue;
    if (const std::uint64_t key = DocumentKey(document.number)) keys.push_back(key);
  }
  if (const std::uint64_t key = NameBirthKey(name_key, traveller.date_of_birth)) keys.push_back(key);
  return keys;
}

}  // namespace

MessageKeys KeysOf(const Message& message, const ReferenceSnapshot& reference) {
  MessageKeys keys;
  keys.travellers.resize(message.travellers.size());
  const Date arrival = ArrivalDate(message.flight);
  for (std::size_t i = 0; i < message.travellers.size(); ++i) {
    const Traveller& traveller = message.travellers[i];
    TravellerKeys& key = keys.travellers[i];
    const std::string name = FullNameKey(traveller.surname, traveller.given_names);
    if (!traveller.ref.empty()) key.reference = KeyOf('r', traveller.ref);
    if (traveller.booking && !traveller.booking->locator.empty() && !name.empty()) {
      key.booking = KeyOf('b', traveller.booking->locator, name, BirthText(traveller.date_of_birth));
      key.booking_name = KeyOf('m', traveller.booking->locator, name);
      key.has_birth_date = traveller.date_of_birth.has_value();
    }
    if (const Document* document = FirstTravelDocument(traveller)) key.document = DocumentKey(document->number);
    if (MayBeChild(traveller, arrival)) {
      const Vignette* vignette = reference.FindVignette(traveller, arrival).vignette;
      if (vignette != nullptr && vignette->travel == ChildTravel::kAccompanied) {
        key.awaited = AwaitedAdultsOf(*vignette);
      }
    } else if (reference.IsNamedAdult(traveller)) {
      key.is_named_adult = true;
      key.sighting_keys = SightingKeys(traveller, name);
    }
  }
  return keys;
}

}  // namespace landfall
