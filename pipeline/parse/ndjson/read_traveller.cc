#include "pipeline/parse/ndjson/read_traveller.h"

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"

namespace landfall {
namespace {

using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::int32_t kMostYears = 150;
constexpr std::int32_t kMostBags = 999;
constexpr double kMostKilograms = 9'999;

void ReadDocument(object from, Document& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"type", "number", "issuer", "expires", "issued", "place"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["type"]: return field.Text(to.type);
      case kKeys["number"]: return field.Text(to.number);
      case kKeys["issuer"]: return field.Country(to.issuer);
      case kKeys["expires"]: return field.Date(to.expires);
      case kKeys["issued"]: return field.Date(to.issued);
      case kKeys["place"]: return field.Text(to.place);
    }
  });
}

void ReadAddress(object from, Address& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"lines", "city", "region", "postcode", "country"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["lines"]: return field.Text(to.lines);
      case kKeys["city"]: return field.Text(to.city);
      case kKeys["region"]: return field.Text(to.region);
      case kKeys["postcode"]: return field.Text(to.postcode);
      case kKeys["country"]: return field.Country(to.country);
    }
  });
}

void ReadOtherLocator(object from, OtherLocator& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"carrier", "locator"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["carrier"]: to.carrier = ParseCarrier(field.View(), *field.context.limits, field.place()); return;
      case kKeys["locator"]: return field.Text(to.locator);
    }
  });
}

// Times without an offset are local to where the flight leaves, that of the return to where it lands.
void ReadBooking(object from, AirportCode origin, AirportCode destination, Booking& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"locator", "other_locators", "booked_at", "ticketed_at", "changed_at", "payment",
                                   "payer", "payer_key", "agency", "trip", "returns_at", "split_from", "group",
                                   "segments"});
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["locator"]: return field.Text(to.locator);
      case kKeys["other_locators"]: return field.Parts(ReadOtherLocator, to.other_locators);
      case kKeys["booked_at"]: return field.Time(origin, to.booked_at);
      case kKeys["ticketed_at"]: return field.Time(origin, to.ticketed_at);
      case kKeys["changed_at"]: return field.Time(origin, to.changed_at);
      case kKeys["payment"]: return field.Enum(to.payment);
      case kKeys["payer"]: return field.Text(to.payer);
      case kKeys["payer_key"]: return field.Text(to.payer_key);
      case kKeys["agency"]: return field.Text(to.agency);
      case kKeys["trip"]: return field.Enum(to.trip);
      case kKeys["returns_at"]: return field.Time(destination, to.returns_at);
      case kKeys["split_from"]: return field.Text(to.split_from);
      case kKeys["group"]: return field.Text(to.group);
      case kKeys["segments"]: return field.Parts(ReadSegment, to.segments);
    }
  });
}

void ReadHandoverPerson(object from, HandoverPerson& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"surname", "given_names", "date_of_birth", "document", "phone", "relationship",
                                   "address"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["surname"]: return field.Text(to.surname);
      case kKeys["given_names"]: return field.Text(to.given_names);
      case kKeys["date_of_birth"]: return field.PartialDate(to.date_of_birth);
      case kKeys["document"]: return field.Text(to.document);
      case kKeys["phone"]: return field.Text(to.phone);
      case kKeys["relationship"]: return field.Enum(to.relationship);
      case kKeys["address"]: return field.Boxed(ReadAddress, to.address);
    }
  });
}

// A form that was sent but says nothing is a form: it is not complete.
void ReadEscortForm(object from, AirportCode origin, EscortForm& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"handed_over_by", "collected_by", "changed_at"});
  ForEachField(from, kKeys, context, [&to, origin](int index, const JsonField& field) {
    switch (index) {
      case kKeys["handed_over_by"]: return field.Boxed(ReadHandoverPerson, to.handed_over_by);
      case kKeys["collected_by"]: return field.Boxed(ReadHandoverPerson, to.collected_by);
      case kKeys["changed_at"]: return field.Time(origin, to.changed_at);
    }
  });
}

void ReadBirthPlace(object from, BirthPlace& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"town", "country"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["town"]: return field.Text(to.town);
      case kKeys["country"]: return field.Country(to.country);
    }
  });
}

void ReadSeat(const JsonField& field, std::string& to) {
  field.Text(to);
  to = NormaliseSeat(to);
}

void ReadOtherSeat(object from, OtherSeat& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"from", "to", "seat"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["from"]: return field.Airport(to.from);
      case kKeys["to"]: return field.Airport(to.to);
      case kKeys["seat"]: return ReadSeat(field, to.seat);
    }
  });
}

void ReadJourney(object from, Journey& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"origin", "destination"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["origin"]: return field.Airport(to.origin);
      case kKeys["destination"]: return field.Airport(to.destination);
    }
  });
}

void ReadType(const JsonField& field, TravellerType& to, TravellerResult& result) {
  const std::string_view word = field.Trimmed();
  if (const std::optional<TravellerType> type = FromText<TravellerType>(word)) {
    to = *type;
  } else if (!word.empty() || !field.value.is_string()) {
    result = {QuarantineCode::kBadType,
              "traveller type '" + Shown(word) + "' is none of passenger, crew, transit, transit_crew: correct it"};
  }
}

// Codes, compared without regard to case as in EDIFACT.
void ReadServices(const JsonField& field, std::vector<std::string>& to) {
  field.Texts(to);
  for (std::string& code : to) absl::AsciiStrToUpper(&code);
}

void ReadFields(object fields, AirportCode from, AirportCode to, JsonContext& context, Traveller& traveller,
                TravellerResult& result) {
  static constexpr KeyTable kKeys(
      {"ref",         "type",       "role",         "surname",    "given_names",   "date_of_birth", "sex",
       "fare",        "stated_age", "nationality",  "residence",  "birth_place",   "documents",     "booking",
       "seat",        "other_seats", "bags",        "bag_weight_kg", "bag_tags",   "services",      "escort_form",
       "consent",     "clearance",  "journey",      "address",    "home_address",  "contacts",      "references",
       "checkin_id",  "checkin_at", "data_verified", "boarded"});
  Traveller& t = traveller;
  ForEachField(fields, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["ref"]: return field.Text(t.ref);
      case kKeys["type"]: return ReadType(field, t.type, result);
      case kKeys["role"]: return field.Enum(t.role);
      case kKeys["surname"]: return field.Text(t.surname);
      case kKeys["given_names"]: return field.Text(t.given_names);
      case kKeys["date_of_birth"]: return field.PartialDate(t.date_of_birth);
      case kKeys["sex"]: return field.Enum(t.sex);
      case kKeys["fare"]: return field.Enum(t.fare);
      case kKeys["stated_age"]: return field.Integer(0, kMostYears, t.stated_age);
      case kKeys["nationality"]: return field.Country(t.nationality);
      case kKeys["residence"]: return field.Country(t.residence);
      case kKeys["birth_place"]: return field.Boxed(ReadBirthPlace, t.birth_place);
      case kKeys["documents"]: return field.Parts(ReadDocument, t.documents);
      case kKeys["booking"]:
        return field.Boxed([&](object part, Booking& booking, JsonContext& in) { ReadBooking(part, from, to, booking, in); },
                           t.booking);
      case kKeys["seat"]: return ReadSeat(field, t.seat);
      case kKeys["other_seats"]: return field.Parts(ReadOtherSeat, t.other_seats);
      case kKeys["bags"]: return field.Integer(0, kMostBags, t.bags);
      case kKeys["bag_weight_kg"]: return field.Number(0, kMostKilograms, t.bag_weight_kg);
      case kKeys["bag_tags"]: return field.Texts(t.bag_tags);
      case kKeys["services"]: return ReadServices(field, t.services);
      case kKeys["escort_form"]:
        return field.Object([&](object part) { ReadEscortForm(part, from, t.escort_form.emplace(), context); });
      case kKeys["consent"]: return field.Bool(t.consent);
      case kKeys["clearance"]: return field.Airport(t.clearance);
      case kKeys["journey"]: return field.Object([&](object part) { ReadJourney(part, t.journey, context); });
      case kKeys["address"]: return field.Boxed(ReadAddress, t.address);
      case kKeys["home_address"]: return field.Boxed(ReadAddress, t.home_address);
      case kKeys["contacts"]: return field.Parts(ReadContact, t.contacts);
      case kKeys["references"]: return field.Parts(ReadReference, t.references);
      case kKeys["checkin_id"]: return field.Text(t.checkin_id);
      case kKeys["checkin_at"]: return field.Time(from, t.checkin_at);
      case kKeys["data_verified"]: return field.Bool(t.data_verified);
      case kKeys["boarded"]: return field.Bool(t.boarded);
    }
  });
}

}  // namespace

// A contact or reference without its value says nothing.
void ReadContact(object from, Contact& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"kind", "value"});
  std::optional<ContactKind> kind;
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["kind"]: return field.Enum(kind);
      case kKeys["value"]: return field.Text(to.value);
    }
  });
  if (!to.value.empty()) to.kind = kind.value_or(ContactKind::kOther);
}

void ReadReference(object from, Reference& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"kind", "value"});
  ForEachField(from, kKeys, context, [&to](int index, const JsonField& field) {
    switch (index) {
      case kKeys["kind"]: return field.Text(to.kind);
      case kKeys["value"]: return field.Text(to.value);
    }
  });
  if (to.value.empty()) to = {};
}

void ReadNumber(const JsonField& field, std::string& to) {
  field.Text(to);
  if (to.empty()) return;
  if (std::optional<std::string> number = NormaliseFlightNumber(to)) to = *std::move(number);
}

void ReadSegment(object from, Segment& to, JsonContext& context) {
  static constexpr KeyTable kKeys({"number", "marketing", "from", "to", "departs_at", "arrives_at", "status"});
  // Times wait for the airports they belong to, which may come after them.
  std::optional<element> departs_at, arrives_at;
  ForEachField(from, kKeys, context, [&](int index, const JsonField& field) {
    switch (index) {
      case kKeys["number"]: return ReadNumber(field, to.number);
      case kKeys["marketing"]: return ReadNumber(field, to.marketing);
      case kKeys["from"]: return field.Airport(to.from);
      case kKeys["to"]: return field.Airport(to.to);
      case kKeys["departs_at"]: departs_at = field.value; return;
      case kKeys["arrives_at"]: arrives_at = field.value; return;
      case kKeys["status"]: return field.Text(to.status);
    }
  });
  if (departs_at) JsonField{"departs_at", *departs_at, context}.Time(to.from, to.departs_at);
  if (arrives_at) JsonField{"arrives_at", *arrives_at, context}.Time(to.to, to.arrives_at);
}

TravellerResult ReadTraveller(object fields, AirportCode from, AirportCode to, JsonContext& context,
                              Traveller& traveller) {
  TravellerResult result;
  ReadFields(fields, from, to, context, traveller, result);
  if (result.problem) return result;
  if (HasControlCharacter(traveller.surname) || HasControlCharacter(traveller.given_names)) {
    return {QuarantineCode::kControlCharacter, "the name holds a control character: send the name again without it"};
  }
  if (!traveller.surname.empty() || !traveller.given_names.empty()) return result;
  const bool has_document = std::any_of(traveller.documents.begin(), traveller.documents.end(),
                                        [](const Document& document) { return !document.number.empty(); });
  if (has_document) return result;
  return {QuarantineCode::kNoIdentity, "neither a name nor a document number: send at least one of them"};
}

}  // namespace landfall
