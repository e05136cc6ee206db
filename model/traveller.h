#pragma once

// A traveller as one message states it, and the parts it consists of. The fields and their meaning are those of the
// NDJSON contract (docs/NDJSON.md). An empty string, code or list means: not known.
//
// Each type lists its fields once, in `Fields(self, visit)`: visit(tag, name, member). The tag is the field's number on
// disk and is never changed or used again; the name is the one in JSON.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/boxed.h"
#include "model/date.h"
#include "model/enum_text.h"
#include "model/fixed_text.h"

namespace landfall {

// DO NOT RENUMBER any enum of this file: their numbers are on disk.
enum class TravellerType : std::uint8_t { kPassenger, kCrew, kTransit, kTransitCrew };
template <>
struct EnumText<TravellerType> {
  static constexpr std::string_view kWords[] = {"passenger", "crew", "transit", "transit_crew"};
};

enum class TravellerRole : std::uint8_t { kCockpit, kCabin, kOperations, kCargo, kDeadhead, kUmEscort };
template <>
struct EnumText<TravellerRole> {
  static constexpr std::string_view kWords[] = {"cockpit", "cabin", "operations", "cargo", "deadhead", "um_escort"};
};

enum class Sex : std::uint8_t { kF, kM, kX };
template <>
struct EnumText<Sex> {
  static constexpr std::string_view kWords[] = {"F", "M", "X"};
};

enum class Fare : std::uint8_t { kAdult, kChild, kInfant, kGroup };
template <>
struct EnumText<Fare> {
  static constexpr std::string_view kWords[] = {"adult", "child", "infant", "group"};
};

enum class Payment : std::uint8_t { kCard, kCash, kVoucher, kMiles, kAgency, kUnknown };
template <>
struct EnumText<Payment> {
  static constexpr std::string_view kWords[] = {"card", "cash", "voucher", "miles", "agency", "unknown"};
};

enum class Trip : std::uint8_t { kOneWay, kReturn };
template <>
struct EnumText<Trip> {
  static constexpr std::string_view kWords[] = {"one_way", "return"};
};

enum class ContactKind : std::uint8_t { kPhone, kEmail, kFax, kOther };
template <>
struct EnumText<ContactKind> {
  static constexpr std::string_view kWords[] = {"phone", "email", "fax", "other"};
};

// To the child.
enum class Relationship : std::uint8_t {
  kParent, kStepParent, kSibling, kGrandparent, kAuntUncle, kRelativeByMarriage, kGuardian, kCousin,
  kOtherRelative, kFamilyFriend, kNotRelated, kUnknown,
};
template <>
struct EnumText<Relationship> {
  static constexpr std::string_view kWords[] = {
      "parent", "step_parent", "sibling", "grandparent", "aunt_uncle", "relative_by_marriage", "guardian", "cousin",
      "other_relative", "family_friend", "not_related", "unknown"};
};

struct Document {
  std::string type;  // As sent: P, V, I ...; empty = not stated.
  std::string number;
  CountryCode issuer;
  std::optional<Date> expires;
  std::optional<Date> issued;
  std::string place;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "type", self.type);
    visit(2, "number", self.number);
    visit(3, "issuer", self.issuer);
    visit(4, "expires", self.expires);
    visit(5, "issued", self.issued);
    visit(6, "place", self.place);
  }
  friend bool operator==(const Document&, const Document&) = default;
};

struct Address {
  std::string lines;
  std::string city;
  std::string region;
  std::string postcode;
  CountryCode country;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "lines", self.lines);
    visit(2, "city", self.city);
    visit(3, "region", self.region);
    visit(4, "postcode", self.postcode);
    visit(5, "country", self.country);
  }
  friend bool operator==(const Address&, const Address&) = default;
};

struct Contact {
  ContactKind kind = ContactKind::kOther;
  std::string value;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "kind", self.kind);
    visit(2, "value", self.value);
  }
  friend bool operator==(const Contact&, const Contact&) = default;
};

// A reference such as TN, AEA or CR with its value.
struct Reference {
  std::string kind;
  std::string value;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "kind", self.kind);
    visit(2, "value", self.value);
  }
  friend bool operator==(const Reference&, const Reference&) = default;
};

// One stage of a route or booking. `status` only in bookings.
struct Segment {
  std::string number;
  std::string marketing;
  AirportCode from;
  AirportCode to;
  std::optional<Instant> departs_at;
  std::optional<Instant> arrives_at;
  std::string status;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "number", self.number);
    visit(2, "marketing", self.marketing);
    visit(3, "from", self.from);
    visit(4, "to", self.to);
    visit(5, "departs_at", self.departs_at);
    visit(6, "arrives_at", self.arrives_at);
    visit(7, "status", self.status);
  }
  friend bool operator==(const Segment&, const Segment&) = default;
};

struct OtherLocator {
  std::string carrier;
  std::string locator;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "carrier", self.carrier);
    visit(2, "locator", self.locator);
  }
  friend bool operator==(const OtherLocator&, const OtherLocator&) = default;
};

struct Booking {
  std::string locator;
  std::vector<OtherLocator> other_locators;
  std::optional<Instant> booked_at;
  std::optional<Instant> ticketed_at;
  std::optional<Instant> changed_at;
  std::optional<Payment> payment;
  std::string payer;
  std::string payer_key;
  std::string agency;
  std::optional<Trip> trip;
  std::optional<Instant> returns_at;
  std::string split_from;
  std::string group;
  std::vector<Segment> segments;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "locator", self.locator);
    visit(2, "other_locators", self.other_locators);
    visit(3, "booked_at", self.booked_at);
    visit(4, "ticketed_at", self.ticketed_at);
    visit(5, "changed_at", self.changed_at);
    visit(6, "payment", self.payment);
    visit(7, "payer", self.payer);
    visit(8, "payer_key", self.payer_key);
    visit(9, "agency", self.agency);
    visit(10, "trip", self.trip);
    visit(11, "returns_at", self.returns_at);
    visit(12, "split_from", self.split_from);
    visit(13, "group", self.group);
    visit(14, "segments", self.segments);
  }
  friend bool operator==(const Booking&, const Booking&) = default;
};

struct BirthPlace {
  std::string town;
  CountryCode country;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "town", self.town);
    visit(2, "country", self.country);
  }
  friend bool operator==(const BirthPlace&, const BirthPlace&) = default;
};

struct OtherSeat {
  AirportCode from;
  AirportCode to;
  std::string seat;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "from", self.from);
    visit(2, "to", self.to);
    visit(3, "seat", self.seat);
  }
  friend bool operator==(const OtherSeat&, const OtherSeat&) = default;
};

// Who hands a child over or collects it.
struct HandoverPerson {
  std::string surname;
  std::string given_names;
  std::optional<PartialDate> date_of_birth;
  std::string document;
  std::string phone;
  std::optional<Relationship> relationship;
  Boxed<Address> address;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "surname", self.surname);
    visit(2, "given_names", self.given_names);
    visit(3, "date_of_birth", self.date_of_birth);
    visit(4, "document", self.document);
    visit(5, "phone", self.phone);
    visit(6, "relationship", self.relationship);
    visit(7, "address", self.address);
  }
  friend bool operator==(const HandoverPerson&, const HandoverPerson&) = default;
};

// The unaccompanied-minor form.
struct EscortForm {
  Boxed<HandoverPerson> handed_over_by;
  Boxed<HandoverPerson> collected_by;
  std::optional<Instant> changed_at;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "handed_over_by", self.handed_over_by);
    visit(2, "collected_by", self.collected_by);
    visit(3, "changed_at", self.changed_at);
  }
  friend bool operator==(const EscortForm&, const EscortForm&) = default;
};

struct Journey {
  AirportCode origin;
  AirportCode destination;

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "origin", self.origin);
    visit(2, "destination", self.destination);
  }
  friend bool operator==(const Journey&, const Journey&) = default;
  bool empty() const { return origin.empty() && destination.empty(); }
};

struct Traveller {
  std::string ref;
  TravellerType type = TravellerType::kPassenger;
  std::optional<TravellerRole> role;
  std::string surname;
  std::string given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  std::optional<Fare> fare;
  std::optional<std::int32_t> stated_age;
  CountryCode nationality;
  CountryCode residence;
  Boxed<BirthPlace> birth_place;
  std::vector<Document> documents;
  Boxed<Booking> booking;
  std::string seat;  // Leading zeros dropped.
  std::vector<OtherSeat> other_seats;
  std::optional<std::int32_t> bags;
  std::optional<double> bag_weight_kg;
  std::vector<std::string> bag_tags;
  std::vector<std::string> services;
  Boxed<EscortForm> escort_form;
  std::optional<bool> consent;
  AirportCode clearance;
  Journey journey;
  Boxed<Address> address;
  Boxed<Address> home_address;
  std::vector<Contact> contacts;
  std::vector<Reference> references;
  std::string checkin_id;
  std::optional<Instant> checkin_at;
  std::optional<bool> data_verified;
  std::optional<bool> boarded;
  // Byte offset of this traveller's first byte in the file. Provenance: no part of equality, not in JSON.
  std::uint64_t offset = 0;

  bool HasService(std::string_view code) const {
    for (const std::string& service : services) {
      if (service == code) return true;
    }
    return false;
  }

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "ref", self.ref);
    visit(2, "type", self.type);
    visit(3, "role", self.role);
    visit(4, "surname", self.surname);
    visit(5, "given_names", self.given_names);
    visit(6, "date_of_birth", self.date_of_birth);
    visit(7, "sex", self.sex);
    visit(8, "fare", self.fare);
    visit(9, "stated_age", self.stated_age);
    visit(10, "nationality", self.nationality);
    visit(11, "residence", self.residence);
    visit(12, "birth_place", self.birth_place);
    visit(13, "documents", self.documents);
    visit(14, "booking", self.booking);
    visit(15, "seat", self.seat);
    visit(16, "other_seats", self.other_seats);
    visit(17, "bags", self.bags);
    visit(18, "bag_weight_kg", self.bag_weight_kg);
    visit(19, "bag_tags", self.bag_tags);
    visit(20, "services", self.services);
    visit(21, "escort_form", self.escort_form);
    visit(22, "consent", self.consent);
    visit(23, "clearance", self.clearance);
    visit(24, "journey", self.journey);
    visit(25, "address", self.address);
    visit(26, "home_address", self.home_address);
    visit(27, "contacts", self.contacts);
    visit(28, "references", self.references);
    visit(29, "checkin_id", self.checkin_id);
    visit(30, "checkin_at", self.checkin_at);
    visit(31, "data_verified", self.data_verified);
    visit(32, "boarded", self.boarded);
  }
  friend bool operator==(const Traveller& a, const Traveller& b);  // All but `offset`.
};

}  // namespace landfall
