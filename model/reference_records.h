#pragma once

// Reference records: what is known before a message comes. One type per kind; docs/NDJSON.md gives the fields.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "model/enum_text.h"
#include "model/fixed_text.h"
#include "model/traveller.h"

namespace landfall {

// DO NOT RENUMBER: the kind is part of a record's key on disk.
enum class ReferenceKind : std::uint8_t {
  kVignettes, kWatchlist, kSponsors, kSchedule, kGroups, kInstitutions, kAddresses, kChecks, kConsents,
  kBorderEvents, kReferrals, kCareRegister, kCampaigns, kJudgements, kDispositions,
};
template <>
struct EnumText<ReferenceKind> {
  static constexpr std::string_view kWords[] = {
      "vignettes", "watchlist", "sponsors", "schedule", "groups", "institutions", "addresses", "checks", "consents",
      "border_events", "referrals", "care_register", "campaigns", "judgements", "dispositions"};
};

// As much of a person as is known.
struct Person {
  std::string surname;
  std::string given_names;
  std::optional<PartialDate> date_of_birth;
  std::optional<Sex> sex;
  CountryCode nationality;
  std::string document;
  CountryCode issuer;

  friend bool operator==(const Person&, const Person&) = default;
};

enum class VisaClass : std::uint8_t {
  kVisit, kStudent, kFamily, kSettlement, kDomesticWorker, kWork, kTransit, kOther, kUnknown,
};
template <>
struct EnumText<VisaClass> {
  static constexpr std::string_view kWords[] = {"visit", "student", "family",  "settlement", "domestic_worker",
                                                "work",  "transit", "other",   "unknown"};
};

enum class ChildTravel : std::uint8_t { kAccompanied, kUnaccompanied, kNotRecorded };
template <>
struct EnumText<ChildTravel> {
  static constexpr std::string_view kWords[] = {"accompanied", "unaccompanied", "not_recorded"};
};

enum class Vetting : std::uint8_t { kNone, kPending, kApproved, kRefused, kUnknown };
template <>
struct EnumText<Vetting> {
  static constexpr std::string_view kWords[] = {"none", "pending", "approved", "refused", "unknown"};
};

enum class ApplicantRelation : std::uint8_t { kSelf, kParent, kRelative, kAgent, kOther };
template <>
struct EnumText<ApplicantRelation> {
  static constexpr std::string_view kWords[] = {"self", "parent", "relative", "agent", "other"};
};

struct NamedAdult {
  Person person;
  Relationship relationship = Relationship::kUnknown;
  friend bool operator==(const NamedAdult&, const NamedAdult&) = default;
};

// The sponsor as a vignette states it.
struct VisaSponsor {
  std::string sponsor_id;
  Person person;
  Relationship relationship = Relationship::kUnknown;
  std::optional<bool> relationship_verified;
  std::optional<bool> parental_responsibility;
  std::optional<bool> guarantor;
  Boxed<Address> address;
  std::string phone;
  Vetting vetting = Vetting::kUnknown;
  std::optional<Date> vetted_on;
  friend bool operator==(const VisaSponsor&, const VisaSponsor&) = default;
};

struct Applicant {
  std::string id;
  std::optional<ApplicantRelation> relation;
  friend bool operator==(const Applicant&, const Applicant&) = default;
};

struct Vignette {
  std::string number;
  bool evisa = false;
  VisaClass visa_class = VisaClass::kUnknown;
  std::string post;
  std::optional<Date> issued, valid_from, valid_until;
  std::optional<std::int32_t> stay_days;
  Person holder;
  CountryCode holder_residence, holder_birth_country;
  ChildTravel travel = ChildTravel::kNotRecorded;
  std::vector<NamedAdult> adults;  // At most two.
  Boxed<VisaSponsor> sponsor;
  Boxed<Applicant> applicant;
  std::optional<bool> disabled;
  friend bool operator==(const Vignette&, const Vignette&) = default;
};

enum class WatchKind : std::uint8_t { kPersonOfConcern, kChildAtRisk, kLostDocument, kSponsorOfConcern };
template <>
struct EnumText<WatchKind> {
  static constexpr std::string_view kWords[] = {"person_of_concern", "child_at_risk", "lost_document",
                                                "sponsor_of_concern"};
};

enum class WatchStatus : std::uint8_t { kMissing, kAtRisk };
template <>
struct EnumText<WatchStatus> {
  static constexpr std::string_view kWords[] = {"missing", "at_risk"};
};

struct WatchName {
  std::string surname, given_names;
  friend bool operator==(const WatchName&, const WatchName&) = default;
};

// A birth date of a watch entry: a date, or anything from..to.
struct WatchBirthDate {
  PartialDate from, to;  // Equal for a single date.
  bool circa = false;
  friend bool operator==(const WatchBirthDate&, const WatchBirthDate&) = default;
};

struct WatchDocument {
  std::string number;
  CountryCode issuer;
  friend bool operator==(const WatchDocument&, const WatchDocument&) = default;
};

struct WatchEntry {
  std::string entry;
  WatchKind kind = WatchKind::kPersonOfConcern;
  std::optional<WatchStatus> status;
  std::string reason, source;
  std::vector<WatchName> names;
  std::vector<WatchBirthDate> dates_of_birth;
  std::optional<Sex> sex;
  std::vector<std::string> nationalities;  // Codes; a country that could not be turned into one stands as text.
  std::vector<WatchDocument> documents;
  std::vector<Address> addresses;
  std::vector<std::string> phones;
  std::optional<Date> review_by;
  friend bool operator==(const WatchEntry&, const WatchEntry&) = default;
};

enum class SponsorRisk : std::uint8_t { kNone, kReview, kHigh };
template <>
struct EnumText<SponsorRisk> {
  static constexpr std::string_view kWords[] = {"none", "review", "high"};
};

struct SponsorRecord {
  std::string sponsor_id;
  Person person;
  std::vector<Address> addresses;
  std::vector<std::string> phones, emails;
  Vetting vetting = Vetting::kUnknown;
  std::optional<Date> vetted_on;
  Boxed<Address> address;  // What `vetting` covers.
  SponsorRisk risk = SponsorRisk::kNone;
  std::string reason, source;
};

enum class GroupKind : std::uint8_t { kSchool, kSports, kHostScheme, kTour, kOther };
template <>
struct EnumText<GroupKind> {
  static constexpr std::string_view kWords[] = {"school", "sports", "host_scheme", "tour", "other"};
};

// A flight as a reference record names it.
struct NamedFlight {
  std::string number;
  std::optional<Date> departs_on;
  AirportCode from, to;
};

struct GroupRecord {
  std::string group;
  GroupKind kind = GroupKind::kOther;
  std::string name;
  std::vector<Person> leaders, members;
  std::vector<std::string> locators;
  std::vector<NamedFlight> flights;
};

struct InstitutionRecord {
  std::string institution, kind, name;
  Address address;
  std::vector<std::string> phones;
};

enum class AddressKind : std::uint8_t { kResidential, kHotel, kBusiness, kHostel, kUnknown };
template <>
struct EnumText<AddressKind> {
  static constexpr std::string_view kWords[] = {"residential", "hotel", "business", "hostel", "unknown"};
};

struct AddressRecord {
  std::string ref;
  Address address;
  AddressKind kind = AddressKind::kUnknown;
};

struct CheckRecord {
  std::string check, sponsor_id;
  Person child;
  Boxed<Address> address;
  Vetting vetting = Vetting::kUnknown;
  std::optional<Date> vetted_on;
  std::string authority;
};

struct ConsentRecord {
  std::string consent;
  Person child, adult;
  Relationship relationship = Relationship::kUnknown;
  std::string given_by;
  Boxed<NamedFlight> flight;
  std::optional<Date> valid_until;
};

struct CareRecord {
  std::string register_id;
  Person child;
  std::string status;  // in_care asylum missing_from_care left_care
  std::optional<Date> since, until;
};

struct CampaignRecord {
  std::string campaign, name;
  std::optional<Date> from_date, until_date;
  std::vector<std::string> ports, routes, flights;
};

struct ScheduleRecord {
  std::string number;
  AirportCode from, to;
  std::optional<Instant> departs_at, arrives_at;
  Date departs_on;
  std::string terminal, stand;
  std::optional<std::int32_t> capacity;
};

}  // namespace landfall
