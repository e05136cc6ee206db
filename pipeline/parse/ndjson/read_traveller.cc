#include "pipeline/parse/ndjson/read_traveller.h"

#include <algorithm>
#include <utility>

namespace landfall {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

Document ReadDocument(object from, JsonContext& context) {
  Document document;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("type"): document.type = ReadText(value, key, context); return true;
      case KeyHash("number"): document.number = ReadText(value, key, context); return true;
      case KeyHash("issuer"): document.issuer = ReadCountry(value, key, context); return true;
      case KeyHash("expires"): document.expires = ReadDate(value, key, context); return true;
      case KeyHash("issued"): document.issued = ReadDate(value, key, context); return true;
      case KeyHash("place"): document.place = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return document;
}

OtherLocator ReadOtherLocator(object from, JsonContext& context) {
  OtherLocator other;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("carrier"): other.carrier = ReadText(value, key, context); return true;
      case KeyHash("locator"): other.locator = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return other;
}

// Times of a booking without an offset are local to where the journey begins, the return to where it turns.
Booking ReadBooking(object from, const FlightAirports& airports, JsonContext& context) {
  Booking booking;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("locator"): booking.locator = ReadText(value, key, context); return true;
      case KeyHash("other_locators"):
        ReadObjects(value, key, context, [&](object item) {
          booking.other_locators.push_back(ReadOtherLocator(item, context));
        });
        return true;
      case KeyHash("booked_at"): booking.booked_at = ReadTime(value, key, airports.from, context); return true;
      case KeyHash("ticketed_at"): booking.ticketed_at = ReadTime(value, key, airports.from, context); return true;
      case KeyHash("changed_at"): booking.changed_at = ReadTime(value, key, airports.from, context); return true;
      case KeyHash("payment"): booking.payment = ReadEnum<Payment>(value, key, context); return true;
      case KeyHash("payer"): booking.payer = ReadText(value, key, context); return true;
      case KeyHash("payer_key"): booking.payer_key = ReadText(value, key, context); return true;
      case KeyHash("agency"): booking.agency = ReadText(value, key, context); return true;
      case KeyHash("trip"): booking.trip = ReadEnum<Trip>(value, key, context); return true;
      case KeyHash("returns_at"): booking.returns_at = ReadTime(value, key, airports.to, context); return true;
      case KeyHash("split_from"): booking.split_from = ReadText(value, key, context); return true;
      case KeyHash("group"): booking.group = ReadText(value, key, context); return true;
      case KeyHash("segments"):
        ReadObjects(value, key, context, [&](object item) { booking.segments.push_back(ReadSegment(item, context)); });
        return true;
      default: return false;
    }
  });
  return booking;
}

HandoverPerson ReadHandoverPerson(object from, JsonContext& context) {
  HandoverPerson person;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("surname"): person.surname = ReadText(value, key, context); return true;
      case KeyHash("given_names"): person.given_names = ReadText(value, key, context); return true;
      case KeyHash("date_of_birth"): person.date_of_birth = ReadPartialDate(value, key, context); return true;
      case KeyHash("document"): person.document = ReadText(value, key, context); return true;
      case KeyHash("phone"): person.phone = ReadText(value, key, context); return true;
      case KeyHash("relationship"): person.relationship = ReadEnum<Relationship>(value, key, context); return true;
      case KeyHash("address"):
        ReadObject(value, key, context, [&](object item) { person.address = ReadAddress(item, context); });
        return true;
      default: return false;
    }
  });
  return person;
}

EscortForm ReadEscortForm(object from, const FlightAirports& airports, JsonContext& context) {
  EscortForm form;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("handed_over_by"):
        ReadObject(value, key, context, [&](object item) { form.handed_over_by = ReadHandoverPerson(item, context); });
        return true;
      case KeyHash("collected_by"):
        ReadObject(value, key, context, [&](object item) { form.collected_by = ReadHandoverPerson(item, context); });
        return true;
      case KeyHash("changed_at"): form.changed_at = ReadTime(value, key, airports.from, context); return true;
      default: return false;
    }
  });
  return form;
}

BirthPlace ReadBirthPlace(object from, JsonContext& context) {
  BirthPlace place;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("town"): place.town = ReadText(value, key, context); return true;
      case KeyHash("country"): place.country = ReadCountry(value, key, context); return true;
      default: return false;
    }
  });
  return place;
}

OtherSeat ReadOtherSeat(object from, JsonContext& context) {
  OtherSeat seat;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("from"): seat.from = ReadAirport(value, key, context); return true;
      case KeyHash("to"): seat.to = ReadAirport(value, key, context); return true;
      case KeyHash("seat"): seat.seat = NormaliseSeat(ReadText(value, key, context)); return true;
      default: return false;
    }
  });
  return seat;
}

Journey ReadJourney(object from, JsonContext& context) {
  Journey journey;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("origin"): journey.origin = ReadAirport(value, key, context); return true;
      case KeyHash("destination"): journey.destination = ReadAirport(value, key, context); return true;
      default: return false;
    }
  });
  return journey;
}

std::optional<std::int32_t> ReadSmall(element value, std::string_view key, std::int32_t most, JsonContext& context) {
  const std::optional<std::int64_t> number = ReadInteger(value, key, 0, most, context);
  return number ? std::optional<std::int32_t>(static_cast<std::int32_t>(*number)) : std::nullopt;
}

void ReadTexts(element value, std::string_view key, JsonContext& context, std::vector<std::string>& texts) {
  ReadList(value, key, context, [&](element item) {
    std::string text = ReadText(item, key, context);
    if (!text.empty()) texts.push_back(std::move(text));
  });
}

// Fields of a traveller that hold more than one value.
bool ReadNested(std::uint64_t hash, std::string_view key, element value, const FlightAirports& airports,
                JsonContext& context, Traveller& traveller) {
  switch (hash) {
    case KeyHash("documents"):
      ReadObjects(value, key, context, [&](object item) { traveller.documents.push_back(ReadDocument(item, context)); });
      return true;
    case KeyHash("booking"):
      ReadObject(value, key, context, [&](object item) { traveller.booking = ReadBooking(item, airports, context); });
      return true;
    case KeyHash("address"):
      ReadObject(value, key, context, [&](object item) { traveller.address = ReadAddress(item, context); });
      return true;
    case KeyHash("home_address"):
      ReadObject(value, key, context, [&](object item) { traveller.home_address = ReadAddress(item, context); });
      return true;
    case KeyHash("contacts"):
      ReadObjects(value, key, context, [&](object item) { traveller.contacts.push_back(ReadContact(item, context)); });
      return true;
    case KeyHash("references"):
      ReadObjects(value, key, context, [&](object item) { traveller.references.push_back(ReadReference(item, context)); });
      return true;
    case KeyHash("journey"):
      ReadObject(value, key, context, [&](object item) { traveller.journey = ReadJourney(item, context); });
      return true;
    case KeyHash("escort_form"):
      ReadObject(value, key, context, [&](object item) { traveller.escort_form = ReadEscortForm(item, airports, context); });
      return true;
    case KeyHash("birth_place"):
      ReadObject(value, key, context, [&](object item) { traveller.birth_place = ReadBirthPlace(item, context); });
      return true;
    case KeyHash("other_seats"):
      ReadObjects(value, key, context, [&](object item) { traveller.other_seats.push_back(ReadOtherSeat(item, context)); });
      return true;
    case KeyHash("services"): ReadTexts(value, key, context, traveller.services); return true;
    case KeyHash("bag_tags"): ReadTexts(value, key, context, traveller.bag_tags); return true;
    default: return false;
  }
}

constexpr std::int32_t kMostYears = 150;
constexpr std::int32_t kMostBags = 999;
constexpr double kMostKilograms = 9'999;

}  // namespace

Address ReadAddress(object from, JsonContext& context) {
  Address address;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("lines"): address.lines = ReadText(value, key, context); return true;
      case KeyHash("city"): address.city = ReadText(value, key, context); return true;
      case KeyHash("region"): address.region = ReadText(value, key, context); return true;
      case KeyHash("postcode"): address.postcode = ReadText(value, key, context); return true;
      case KeyHash("country"): address.country = ReadCountry(value, key, context); return true;
      default: return false;
    }
  });
  return address;
}

Contact ReadContact(object from, JsonContext& context) {
  Contact contact;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("kind"):
        contact.kind = ReadEnum<ContactKind>(value, key, context).value_or(ContactKind::kOther);
        return true;
      case KeyHash("value"): contact.value = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return contact;
}

Reference ReadReference(object from, JsonContext& context) {
  Reference reference;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("kind"): reference.kind = ReadText(value, key, context); return true;
      case KeyHash("value"): reference.value = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return reference;
}

Segment ReadSegment(object from, JsonContext& context) {
  Segment segment;
  // Times wait for the airports they belong to, which may come after them.
  std::optional<element> departs, arrives;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("number"): {
        const std::string sent = ReadText(value, key, context);
        segment.number = NormaliseFlightNumber(sent).value_or(sent);
        return true;
      }
      case KeyHash("marketing"): segment.marketing = ReadText(value, key, context); return true;
      case KeyHash("from"): segment.from = ReadAirport(value, key, context); return true;
      case KeyHash("to"): segment.to = ReadAirport(value, key, context); return true;
      case KeyHash("departs_at"): departs = value; return true;
      case KeyHash("arrives_at"): arrives = value; return true;
      case KeyHash("status"): segment.status = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  if (departs) segment.departs_at = ReadTime(*departs, "departs_at", segment.from, context);
  if (arrives) segment.arrives_at = ReadTime(*arrives, "arrives_at", segment.to, context);
  return segment;
}

TravellerResult ReadTraveller(object from, const FlightAirports& airports, JsonContext& context, Traveller& traveller) {
  TravellerResult result;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("ref"): traveller.ref = ReadText(value, key, context); return true;
      case KeyHash("type"): {
        const std::string_view word = Trim(ReadView(value, key, context));
        const std::optional<TravellerType> type = FromText<TravellerType>(word);
        if (type) traveller.type = *type;
        else if (!word.empty()) {
          result = {QuarantineCode::kBadType, "traveller type '" + std::string(word.substr(0, 60)) +
                                                  "' is none of passenger, crew, transit, transit_crew: correct it"};
        }
        return true;
      }
      case KeyHash("role"): traveller.role = ReadEnum<TravellerRole>(value, key, context); return true;
      case KeyHash("surname"): traveller.surname = ReadText(value, key, context); return true;
      case KeyHash("given_names"): traveller.given_names = ReadText(value, key, context); return true;
      case KeyHash("date_of_birth"): traveller.date_of_birth = ReadPartialDate(value, key, context); return true;
      case KeyHash("sex"): traveller.sex = ReadEnum<Sex>(value, key, context); return true;
      case KeyHash("fare"): traveller.fare = ReadEnum<Fare>(value, key, context); return true;
      case KeyHash("stated_age"): traveller.stated_age = ReadSmall(value, key, kMostYears, context); return true;
      case KeyHash("nationality"): traveller.nationality = ReadCountry(value, key, context); return true;
      case KeyHash("residence"): traveller.residence = ReadCountry(value, key, context); return true;
      case KeyHash("seat"): traveller.seat = NormaliseSeat(ReadText(value, key, context)); return true;
      case KeyHash("bags"): traveller.bags = ReadSmall(value, key, kMostBags, context); return true;
      case KeyHash("bag_weight_kg"):
        traveller.bag_weight_kg = ReadNumber(value, key, 0, kMostKilograms, context);
        return true;
      case KeyHash("consent"): traveller.consent = ReadBool(value, key, context); return true;
      case KeyHash("clearance"): traveller.clearance = ReadAirport(value, key, context); return true;
      case KeyHash("checkin_id"): traveller.checkin_id = ReadText(value, key, context); return true;
      case KeyHash("checkin_at"): traveller.checkin_at = ReadTime(value, key, airports.from, context); return true;
      case KeyHash("data_verified"): traveller.data_verified = ReadBool(value, key, context); return true;
      case KeyHash("boarded"): traveller.boarded = ReadBool(value, key, context); return true;
      default: return ReadNested(hash, key, value, airports, context, traveller);
    }
  });
  if (result.problem) return result;
  if (HasControlCharacter(traveller.surname) || HasControlCharacter(traveller.given_names)) {
    return {QuarantineCode::kControlCharacter, "the name holds a control character: send the name again without it"};
  }
  const bool has_document = std::any_of(traveller.documents.begin(), traveller.documents.end(),
                                        [](const Document& document) { return !document.number.empty(); });
  if (traveller.surname.empty() && traveller.given_names.empty() && !has_document) {
    return {QuarantineCode::kNoIdentity, "neither a name nor a document number: send at least one of them"};
  }
  return result;
}

}  // namespace landfall
