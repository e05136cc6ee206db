#include "pipeline/reference/read_records.h"

#include <algorithm>
#include <span>
#include <utility>

#include "pipeline/match/name_key.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace records {

Address ReadAddress(simdjson::dom::object from, JsonContext& context) {
  Address address;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, simdjson::dom::element value) {
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

}  // namespace records

namespace {

using namespace records;  // NOLINT: its words are the vocabulary of this file.
using simdjson::dom::element;
using simdjson::dom::object;

constexpr std::size_t kMostNamedAdults = 2;

// ---- Values that several kinds share

// A word of a list whose words have no type of their own; empty, with a finding, for any other.
std::string ReadWord(element value, std::string_view field, std::span<const std::string_view> words,
                     JsonContext& context) {
  const std::string_view word = Trim(ReadView(value, field, context));
  if (word.empty() || std::ranges::find(words, word) != words.end()) return std::string(word);
  std::string problem = "'" + std::string(word.substr(0, 60)) + "' is none of:";
  for (const std::string_view possible : words) problem += " " + std::string(possible);
  context.At(field).Add(FindingCode::kBadValue, std::move(problem));
  return "";
}

std::vector<std::string> ReadTexts(element value, std::string_view field, JsonContext& context) {
  std::vector<std::string> texts;
  ReadList(value, field, context, [&](element item) {
    if (std::string text = ReadText(item, field, context); !text.empty()) texts.push_back(std::move(text));
  });
  return texts;
}

std::vector<Address> ReadAddresses(element value, std::string_view field, JsonContext& context) {
  std::vector<Address> addresses;
  ReadObjects(value, field, context, [&](object item) { addresses.push_back(ReadAddress(item, context)); });
  return addresses;
}

Boxed<Address> ReadBoxedAddress(element value, std::string_view field, JsonContext& context) {
  Boxed<Address> address;
  ReadObject(value, field, context, [&](object item) { address = ReadAddress(item, context); });
  return address;
}

std::optional<std::int32_t> ReadCount(element value, std::string_view field, JsonContext& context) {
  const std::optional<std::int64_t> number = ReadInteger(value, field, 0, 100'000, context);
  return number ? std::optional(static_cast<std::int32_t>(*number)) : std::nullopt;
}

// A country by code or, as public lists have it, by name. Nothing known by it: nullopt, with a finding.
std::optional<CountryCode> ReadNamedCountry(std::string_view text, std::string_view field, JsonContext& context) {
  if (const auto country = FindCountry(text)) return country;
  if (const auto country = FindCountryByName(text)) return country;
  context.At(field).Add(FindingCode::kUnknownCountryName,
                        "no country is known by '" + std::string(text.substr(0, 60)) + "'");
  return std::nullopt;
}

// True if the field is one of those that every person has.
bool ReadPersonField(std::uint64_t hash, std::string_view key, element value, JsonContext& context, Person& person) {
  switch (hash) {
    case KeyHash("surname"): person.surname = ReadText(value, key, context); return true;
    case KeyHash("given_names"): person.given_names = ReadText(value, key, context); return true;
    case KeyHash("date_of_birth"): person.date_of_birth = ReadPartialDate(value, key, context); return true;
    case KeyHash("sex"): person.sex = ReadEnum<Sex>(value, key, context); return true;
    case KeyHash("nationality"): person.nationality = ReadCountry(value, key, context); return true;
    case KeyHash("document"): person.document = ReadText(value, key, context); return true;
    case KeyHash("issuer"): person.issuer = ReadCountry(value, key, context); return true;
    default: return false;
  }
}

// True for a field that every record may carry and no fact is made of.
bool ReadCommonField(std::uint64_t hash, std::string_view key, element value, JsonContext& context) {
  switch (hash) {
    case KeyHash("source"): ReadText(value, key, context); return true;
    case KeyHash("review_by"): ReadDate(value, key, context); return true;
    default: return false;
  }
}

Person ReadPerson(object from, JsonContext& context) {
  Person person;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    return ReadPersonField(hash, key, value, context, person);
  });
  return person;
}

Person ReadPersonIn(element value, std::string_view field, JsonContext& context) {
  Person person;
  ReadObject(value, field, context, [&](object item) { person = ReadPerson(item, context); });
  return person;
}

std::vector<Person> ReadPeople(element value, std::string_view field, JsonContext& context) {
  std::vector<Person> people;
  ReadObjects(value, field, context, [&](object item) { people.push_back(ReadPerson(item, context)); });
  return people;
}

// Somebody could be found by it.
bool IsSomebody(const Person& person) {
  return !FullNameKey(person.surname, person.given_names).empty() || !NumberKey(person.document).empty();
}

NamedFlight ReadNamedFlight(object from, JsonContext& context) {
  NamedFlight flight;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("number"): {
        const std::string sent = ReadText(value, key, context);
        flight.number = NormaliseFlightNumber(sent).value_or(sent);
        return true;
      }
      case KeyHash("departs_on"): flight.departs_on = ReadDate(value, key, context); return true;
      case KeyHash("from"): flight.from = ReadAirport(value, key, context); return true;
      case KeyHash("to"): flight.to = ReadAirport(value, key, context); return true;
      default: return false;
    }
  });
  return flight;
}

std::vector<std::string> ReadFlightNumbers(element value, std::string_view field, JsonContext& context) {
  std::vector<std::string> numbers = ReadTexts(value, field, context);
  for (std::string& number : numbers) number = NormaliseFlightNumber(number).value_or(number);
  return numbers;
}

// Codes such as LHR and LOS-LHR, in upper case.
std::vector<std::string> ReadCodes(element value, std::string_view field, JsonContext& context) {
  std::vector<std::string> codes = ReadTexts(value, field, context);
  for (std::string& code : codes) {
    std::ranges::transform(code, code.begin(), [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  }
  return codes;
}

std::string MissingId(std::string_view field) { return "`" + std::string(field) + "` is missing: send the record's id"; }

// ---- Vignettes

NamedAdult ReadNamedAdult(object from, JsonContext& context) {
  NamedAdult adult;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    if (hash != KeyHash("relationship")) return ReadPersonField(hash, key, value, context, adult.person);
    adult.relationship = ReadEnum<Relationship>(value, key, context).value_or(Relationship::kUnknown);
    return true;
  });
  return adult;
}

void ReadChildTravel(object from, JsonContext& context, Vignette& vignette) {
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("travel"):
        vignette.travel = ReadEnum<ChildTravel>(value, key, context).value_or(ChildTravel::kNotRecorded);
        return true;
      case KeyHash("adults"):
        ReadObjects(value, key, context, [&](object item) { vignette.adults.push_back(ReadNamedAdult(item, context)); });
        return true;
      default: return false;
    }
  });
  if (vignette.adults.size() <= kMostNamedAdults) return;
  vignette.adults.resize(kMostNamedAdults);
  context.At("adults").Add(FindingCode::kBadValue, "more than two adults are named: the first two were kept");
}

bool ReadSponsorField(std::uint64_t hash, std::string_view key, element value, JsonContext& context,
                      VisaSponsor& sponsor) {
  switch (hash) {
    case KeyHash("sponsor_id"): sponsor.sponsor_id = ReadText(value, key, context); return true;
    case KeyHash("relationship"):
      sponsor.relationship = ReadEnum<Relationship>(value, key, context).value_or(Relationship::kUnknown);
      return true;
    case KeyHash("relationship_verified"): sponsor.relationship_verified = ReadBool(value, key, context); return true;
    case KeyHash("parental_responsibility"):
      sponsor.parental_responsibility = ReadBool(value, key, context);
      return true;
    case KeyHash("guarantor"): sponsor.guarantor = ReadBool(value, key, context); return true;
    case KeyHash("address"): sponsor.address = ReadBoxedAddress(value, key, context); return true;
    case KeyHash("phone"): sponsor.phone = ReadText(value, key, context); return true;
    case KeyHash("vetting"):
      sponsor.vetting = ReadEnum<Vetting>(value, key, context).value_or(Vetting::kUnknown);
      return true;
    case KeyHash("vetted_on"): sponsor.vetted_on = ReadDate(value, key, context); return true;
    default: return ReadPersonField(hash, key, value, context, sponsor.person);
  }
}

VisaSponsor ReadVisaSponsor(object from, JsonContext& context) {
  VisaSponsor sponsor;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    return ReadSponsorField(hash, key, value, context, sponsor);
  });
  return sponsor;
}

Applicant ReadApplicant(object from, JsonContext& context) {
  Applicant applicant;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("id"): applicant.id = ReadText(value, key, context); return true;
      case KeyHash("relation"): applicant.relation = ReadEnum<ApplicantRelation>(value, key, context); return true;
      default: return false;
    }
  });
  return applicant;
}

void ReadHolder(object from, JsonContext& context, Vignette& vignette) {
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("residence"): vignette.holder_residence = ReadCountry(value, key, context); return true;
      case KeyHash("birth_country"): vignette.holder_birth_country = ReadCountry(value, key, context); return true;
      default: return ReadPersonField(hash, key, value, context, vignette.holder);
    }
  });
}

bool ReadVignetteField(std::uint64_t hash, std::string_view key, element value, JsonContext& context,
                       Vignette& vignette) {
  static constexpr std::string_view kForms[] = {"vignette", "evisa"};
  switch (hash) {
    case KeyHash("vignette"): vignette.number = ReadText(value, key, context); return true;
    case KeyHash("form"): vignette.evisa = ReadWord(value, key, kForms, context) == "evisa"; return true;
    case KeyHash("class"):
      vignette.visa_class = ReadEnum<VisaClass>(value, key, context).value_or(VisaClass::kUnknown);
      return true;
    case KeyHash("post"): vignette.post = ReadText(value, key, context); return true;
    case KeyHash("issued"): vignette.issued = ReadDate(value, key, context); return true;
    case KeyHash("valid_from"): vignette.valid_from = ReadDate(value, key, context); return true;
    case KeyHash("valid_until"): vignette.valid_until = ReadDate(value, key, context); return true;
    case KeyHash("stay_days"): vignette.stay_days = ReadCount(value, key, context); return true;
    case KeyHash("holder"):
      ReadObject(value, key, context, [&](object item) { ReadHolder(item, context, vignette); });
      return true;
    case KeyHash("child"):
      ReadObject(value, key, context, [&](object item) { ReadChildTravel(item, context, vignette); });
      return true;
    case KeyHash("sponsor"):
      ReadObject(value, key, context, [&](object item) { vignette.sponsor = ReadVisaSponsor(item, context); });
      return true;
    case KeyHash("applicant"):
      ReadObject(value, key, context, [&](object item) { vignette.applicant = ReadApplicant(item, context); });
      return true;
    case KeyHash("disabled"): vignette.disabled = ReadBool(value, key, context); return true;
    case KeyHash("photo"): ReadText(value, key, context); return true;
    default: return ReadCommonField(hash, key, value, context);
  }
}

RecordResult ReadVignette(object from, JsonContext& context) {
  Vignette vignette;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    return ReadVignetteField(hash, key, value, context, vignette);
  });
  RecordResult result;
  // By its key: a number is the same with blanks in it.
  result.id = NumberKey(vignette.number);
  if (result.id.empty()) result.missing = MissingId("vignette");
  if (vignette.valid_from && vignette.valid_until && *vignette.valid_until < *vignette.valid_from) {
    context.At("valid_until").Add(FindingCode::kBadDate, "the vignette ends before it begins");
  }
  result.record = std::move(vignette);
  return result;
}

// ---- The watch list

std::optional<WatchBirthDate> ReadBirthRange(object from, JsonContext& context) {
  std::optional<PartialDate> first, last;
  bool circa = false;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("from"): first = ReadPartialDate(value, key, context); return true;
      case KeyHash("to"): last = ReadPartialDate(value, key, context); return true;
      case KeyHash("circa"): circa = ReadBool(value, key, context).value_or(false); return true;
      default: return false;
    }
  });
  if (!first && !last) return std::nullopt;
  const WatchBirthDate date{first ? *first : *last, last ? *last : *first, circa};
  if (date.from.Earliest() <= date.to.Latest()) return date;
  context.At("dates_of_birth").Add(FindingCode::kBadDate, "a range of birth dates ends before it begins");
  return std::nullopt;
}

std::optional<WatchBirthDate> ReadBirthDate(element value, JsonContext& context) {
  object range;
  if (value.get_object().get(range) == simdjson::SUCCESS) return ReadBirthRange(range, context);
  const std::optional<PartialDate> date = ReadPartialDate(value, "dates_of_birth", context);
  return date ? std::optional(WatchBirthDate{*date, *date, false}) : std::nullopt;
}

WatchName ReadWatchName(object from, JsonContext& context) {
  WatchName name;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("surname"): name.surname = ReadText(value, key, context); return true;
      case KeyHash("given_names"): name.given_names = ReadText(value, key, context); return true;
      default: return false;
    }
  });
  return name;
}

WatchDocument ReadWatchDocument(object from, JsonContext& context) {
  WatchDocument document;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("number"): document.number = ReadText(value, key, context); return true;
      case KeyHash("issuer"):
        if (const std::string issuer = ReadText(value, key, context); !issuer.empty()) {
          document.issuer = ReadNamedCountry(issuer, key, context).value_or(CountryCode());
        }
        return true;
      default: return false;
    }
  });
  return document;
}

// Codes; a country that no table knows stays as text.
std::vector<std::string> ReadNationalities(element value, std::string_view field, JsonContext& context) {
  std::vector<std::string> nationalities = ReadTexts(value, field, context);
  for (std::string& nationality : nationalities) {
    if (const auto country = ReadNamedCountry(nationality, field, context)) nationality = std::string(country->view());
  }
  return nationalities;
}

// True for a field that was read, or is not known; `kind` is looked at by the caller.
bool ReadWatchField(std::uint64_t hash, std::string_view key, element value, JsonContext& context, WatchEntry& entry) {
  switch (hash) {
    case KeyHash("entry"): entry.entry = ReadText(value, key, context); return true;
    case KeyHash("status"): entry.status = ReadEnum<WatchStatus>(value, key, context); return true;
    case KeyHash("reason"): entry.reason = ReadText(value, key, context); return true;
    case KeyHash("source"): entry.source = ReadText(value, key, context); return true;
    case KeyHash("names"):
      ReadObjects(value, key, context, [&](object item) {
        WatchName name = ReadWatchName(item, context);
        if (!FullNameKey(name.surname, name.given_names).empty()) entry.names.push_back(std::move(name));
      });
      return true;
    case KeyHash("dates_of_birth"):
      ReadList(value, key, context, [&](element item) {
        if (const auto date = ReadBirthDate(item, context)) entry.dates_of_birth.push_back(*date);
      });
      return true;
    case KeyHash("sex"): entry.sex = ReadEnum<Sex>(value, key, context); return true;
    case KeyHash("nationalities"): entry.nationalities = ReadNationalities(value, key, context); return true;
    case KeyHash("documents"):
      ReadObjects(value, key, context, [&](object item) {
        WatchDocument document = ReadWatchDocument(item, context);
        if (!NumberKey(document.number).empty()) entry.documents.push_back(std::move(document));
      });
      return true;
    case KeyHash("addresses"): entry.addresses = ReadAddresses(value, key, context); return true;
    case KeyHash("phones"): entry.phones = ReadTexts(value, key, context); return true;
    case KeyHash("review_by"): entry.review_by = ReadDate(value, key, context); return true;
    default: return false;
  }
}

std::string MissingOf(const WatchEntry& entry, bool has_kind) {
  if (entry.entry.empty()) return MissingId("entry");
  if (!has_kind) {
    return "`kind` is missing or none of: person_of_concern child_at_risk lost_document sponsor_of_concern";
  }
  if (entry.kind == WatchKind::kLostDocument && entry.documents.empty()) return "a lost document needs its number";
  if (entry.names.empty() && entry.documents.empty()) return "neither a name nor a document number: send one";
  return "";
}

RecordResult ReadWatchEntry(object from, JsonContext& context) {
  WatchEntry entry;
  bool has_kind = false;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    if (hash != KeyHash("kind")) return ReadWatchField(hash, key, value, context, entry);
    const auto kind = FromText<WatchKind>(Trim(ReadView(value, key, context)));
    has_kind = kind.has_value();
    if (kind) entry.kind = *kind;
    return true;
  });
  if (entry.status && entry.kind != WatchKind::kChildAtRisk) {
    context.At("status").Add(FindingCode::kBadValue, "only a child at risk has a status");
    entry.status.reset();
  }
  RecordResult result{entry.entry, {}, MissingOf(entry, has_kind)};
  result.record = std::move(entry);
  return result;
}

// ---- Sponsors, groups, places

bool ReadSponsorRecordField(std::uint64_t hash, std::string_view key, element value, JsonContext& context,
                            SponsorRecord& sponsor) {
  switch (hash) {
    case KeyHash("sponsor_id"): sponsor.sponsor_id = ReadText(value, key, context); return true;
    case KeyHash("addresses"): sponsor.addresses = ReadAddresses(value, key, context); return true;
    case KeyHash("phones"): sponsor.phones = ReadTexts(value, key, context); return true;
    case KeyHash("emails"): sponsor.emails = ReadTexts(value, key, context); return true;
    case KeyHash("vetting"):
      sponsor.vetting = ReadEnum<Vetting>(value, key, context).value_or(Vetting::kUnknown);
      return true;
    case KeyHash("vetted_on"): sponsor.vetted_on = ReadDate(value, key, context); return true;
    case KeyHash("address"): sponsor.address = ReadBoxedAddress(value, key, context); return true;
    case KeyHash("risk"):
      sponsor.risk = ReadEnum<SponsorRisk>(value, key, context).value_or(SponsorRisk::kNone);
      return true;
    case KeyHash("reason"): sponsor.reason = ReadText(value, key, context); return true;
    case KeyHash("source"): sponsor.source = ReadText(value, key, context); return true;
    case KeyHash("review_by"): ReadDate(value, key, context); return true;
    case KeyHash("photo"): ReadText(value, key, context); return true;
    case KeyHash("photo_consent"): ReadBool(value, key, context); return true;
    default: return ReadPersonField(hash, key, value, context, sponsor.person);
  }
}

RecordResult ReadSponsorRecord(object from, JsonContext& context) {
  SponsorRecord sponsor;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    return ReadSponsorRecordField(hash, key, value, context, sponsor);
  });
  RecordResult result{sponsor.sponsor_id, {}, sponsor.sponsor_id.empty() ? MissingId("sponsor_id") : ""};
  result.record = std::move(sponsor);
  return result;
}

std::string MissingOf(const ScheduleRecord& schedule) {
  if (schedule.number.empty()) return "`number` is missing or no flight number: send one such as ZZ101";
  if (schedule.from.empty() || schedule.to.empty()) return "`from` or `to` is missing or no airport code: send both";
  if (!schedule.departs_at) return "`departs_at` is missing or no time: send it";
  return "";
}

RecordResult ReadSchedule(object from, JsonContext& context) {
  ScheduleRecord schedule;
  std::optional<element> departs_at, arrives_at;  // Without an offset they are local to airports read later.
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("number"):
        schedule.number = NormaliseFlightNumber(ReadText(value, key, context)).value_or("");
        return true;
      case KeyHash("from"): schedule.from = ReadAirport(value, key, context); return true;
      case KeyHash("to"): schedule.to = ReadAirport(value, key, context); return true;
      case KeyHash("departs_at"): departs_at = value; return true;
      case KeyHash("arrives_at"): arrives_at = value; return true;
      case KeyHash("terminal"): schedule.terminal = ReadText(value, key, context); return true;
      case KeyHash("stand"): schedule.stand = ReadText(value, key, context); return true;
      case KeyHash("capacity"): schedule.capacity = ReadCount(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  if (departs_at) schedule.departs_at = ReadTime(*departs_at, "departs_at", schedule.from, context);
  if (arrives_at) schedule.arrives_at = ReadTime(*arrives_at, "arrives_at", schedule.to, context);
  RecordResult result{"", {}, MissingOf(schedule)};
  if (result.missing.empty()) {
    schedule.departs_on = LocalDate(*schedule.departs_at, ZoneOf(schedule.from));
    result.id = ToString(FlightKey{schedule.departs_on, schedule.number, schedule.from, schedule.to});
  }
  result.record = std::move(schedule);
  return result;
}

RecordResult ReadGroup(object from, JsonContext& context) {
  GroupRecord group;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("group"): group.group = ReadText(value, key, context); return true;
      case KeyHash("kind"): group.kind = ReadEnum<GroupKind>(value, key, context).value_or(GroupKind::kOther); return true;
      case KeyHash("name"): group.name = ReadText(value, key, context); return true;
      case KeyHash("leaders"): group.leaders = ReadPeople(value, key, context); return true;
      case KeyHash("members"): group.members = ReadPeople(value, key, context); return true;
      case KeyHash("locators"): group.locators = ReadCodes(value, key, context); return true;
      case KeyHash("flights"):
        ReadObjects(value, key, context, [&](object item) { group.flights.push_back(ReadNamedFlight(item, context)); });
        return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{group.group, {}, group.group.empty() ? MissingId("group") : ""};
  result.record = std::move(group);
  return result;
}

RecordResult ReadInstitution(object from, JsonContext& context) {
  static constexpr std::string_view kKinds[] = {"school", "hospital", "sports", "host_scheme", "care_home", "other"};
  InstitutionRecord institution;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("institution"): institution.institution = ReadText(value, key, context); return true;
      case KeyHash("kind"): institution.kind = ReadWord(value, key, kKinds, context); return true;
      case KeyHash("name"): institution.name = ReadText(value, key, context); return true;
      case KeyHash("address"):
        ReadObject(value, key, context, [&](object item) { institution.address = ReadAddress(item, context); });
        return true;
      case KeyHash("phones"): institution.phones = ReadTexts(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{institution.institution, {}, ""};
  if (result.id.empty()) result.missing = MissingId("institution");
  else if (AddressKey(institution.address).empty()) result.missing = "`address` is missing or says nothing: send it";
  result.record = std::move(institution);
  return result;
}

RecordResult ReadAddressRecord(object from, JsonContext& context) {
  AddressRecord record;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("ref"): record.ref = ReadText(value, key, context); return true;
      case KeyHash("address"):
        ReadObject(value, key, context, [&](object item) { record.address = ReadAddress(item, context); });
        return true;
      case KeyHash("kind"):
        record.kind = ReadEnum<AddressKind>(value, key, context).value_or(AddressKind::kUnknown);
        return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  const std::string key = AddressKey(record.address);
  RecordResult result{record.ref.empty() ? key : record.ref, {}, ""};
  if (key.empty()) result.missing = "`address` is missing or says nothing: send it";
  result.record = std::move(record);
  return result;
}

// ---- Checks, consents, registers, campaigns

RecordResult ReadCheck(object from, JsonContext& context) {
  CheckRecord check;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("check"): check.check = ReadText(value, key, context); return true;
      case KeyHash("sponsor_id"): check.sponsor_id = ReadText(value, key, context); return true;
      case KeyHash("child"): check.child = ReadPersonIn(value, key, context); return true;
      case KeyHash("address"): check.address = ReadBoxedAddress(value, key, context); return true;
      case KeyHash("vetting"):
        check.vetting = ReadEnum<Vetting>(value, key, context).value_or(Vetting::kUnknown);
        return true;
      case KeyHash("vetted_on"): check.vetted_on = ReadDate(value, key, context); return true;
      case KeyHash("authority"): check.authority = ReadText(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{check.check, {}, ""};
  if (result.id.empty()) result.missing = MissingId("check");
  else if (check.sponsor_id.empty() && !IsSomebody(check.child)) {
    result.missing = "neither `sponsor_id` nor `child`: say whom the check is about";
  }
  result.record = std::move(check);
  return result;
}

RecordResult ReadConsent(object from, JsonContext& context) {
  static constexpr std::string_view kGivers[] = {"parent", "guardian", "authority"};
  ConsentRecord consent;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("consent"): consent.consent = ReadText(value, key, context); return true;
      case KeyHash("child"): consent.child = ReadPersonIn(value, key, context); return true;
      case KeyHash("adult"): consent.adult = ReadPersonIn(value, key, context); return true;
      case KeyHash("relationship"):
        consent.relationship = ReadEnum<Relationship>(value, key, context).value_or(Relationship::kUnknown);
        return true;
      case KeyHash("given_by"): consent.given_by = ReadWord(value, key, kGivers, context); return true;
      case KeyHash("flight"):
        ReadObject(value, key, context, [&](object item) { consent.flight = ReadNamedFlight(item, context); });
        return true;
      case KeyHash("valid_until"): consent.valid_until = ReadDate(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{consent.consent, {}, ""};
  if (result.id.empty()) result.missing = MissingId("consent");
  else if (!IsSomebody(consent.child) || !IsSomebody(consent.adult)) {
    result.missing = "`child` or `adult` has neither a name nor a document: send both";
  }
  result.record = std::move(consent);
  return result;
}

RecordResult ReadCare(object from, JsonContext& context) {
  static constexpr std::string_view kStatuses[] = {"in_care", "asylum", "missing_from_care", "left_care"};
  CareRecord care;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("register"): care.register_id = ReadText(value, key, context); return true;
      case KeyHash("child"): care.child = ReadPersonIn(value, key, context); return true;
      case KeyHash("status"): care.status = ReadWord(value, key, kStatuses, context); return true;
      case KeyHash("authority"): ReadText(value, key, context); return true;
      case KeyHash("since"): care.since = ReadDate(value, key, context); return true;
      case KeyHash("until"): care.until = ReadDate(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{care.register_id, {}, ""};
  if (result.id.empty()) result.missing = MissingId("register");
  else if (!IsSomebody(care.child)) result.missing = "`child` has neither a name nor a document: send one";
  else if (care.status.empty()) result.missing = "`status` is missing or none of: in_care asylum missing_from_care left_care";
  result.record = std::move(care);
  return result;
}

RecordResult ReadCampaign(object from, JsonContext& context) {
  CampaignRecord campaign;
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    switch (hash) {
      case KeyHash("campaign"): campaign.campaign = ReadText(value, key, context); return true;
      case KeyHash("name"): campaign.name = ReadText(value, key, context); return true;
      case KeyHash("from_date"): campaign.from_date = ReadDate(value, key, context); return true;
      case KeyHash("until_date"): campaign.until_date = ReadDate(value, key, context); return true;
      case KeyHash("ports"): campaign.ports = ReadCodes(value, key, context); return true;
      case KeyHash("routes"): campaign.routes = ReadCodes(value, key, context); return true;
      case KeyHash("flights"): campaign.flights = ReadFlightNumbers(value, key, context); return true;
      case KeyHash("team"): ReadText(value, key, context); return true;
      default: return ReadCommonField(hash, key, value, context);
    }
  });
  RecordResult result{campaign.campaign, {}, ""};
  if (result.id.empty()) result.missing = MissingId("campaign");
  else if (campaign.ports.empty() && campaign.routes.empty() && campaign.flights.empty()) {
    result.missing = "neither ports, routes nor flights: say what is targeted";
  }
  result.record = std::move(campaign);
  return result;
}

// ---- Kinds that are only kept so far

enum class Shape : std::uint8_t { kText, kTime, kDate, kPerson, kFlight, kWord };

struct KeptField {
  std::string_view name;
  Shape shape;
  bool required = false;
  bool in_id = false;
  std::span<const std::string_view> words = {};
};

constexpr std::string_view kEventKinds[] = {"entry", "exit", "refused_entry", "refused_visa"};
constexpr KeptField kEventFields[] = {
    {"event", Shape::kText, true, true}, {"kind", Shape::kWord, true, false, kEventKinds}, {"at", Shape::kTime, true},
    {"port", Shape::kText},              {"person", Shape::kPerson, true},                 {"flight", Shape::kFlight},
    {"leave_until", Shape::kDate},
};
constexpr std::string_view kReporters[] = {"carrier", "cabin_crew", "liaison_officer", "officer", "team"};
constexpr std::string_view kReceivers[] = {"children_services", "police", "referral_mechanism", "other"};
constexpr std::string_view kReferralStates[] = {"sent", "acknowledged", "accepted", "no_further_action", "closed"};
constexpr KeptField kReferralFields[] = {
    {"referral", Shape::kText, true, true},           {"child", Shape::kPerson},
    {"flight", Shape::kFlight},                       {"by", Shape::kWord, false, false, kReporters},
    {"category", Shape::kText},                       {"text", Shape::kText},
    {"to", Shape::kWord, false, false, kReceivers},   {"status", Shape::kWord, false, false, kReferralStates},
    {"at", Shape::kTime},
};
constexpr std::string_view kJudgementResults[] = {"same", "different", "not_sure"};
// One judgement of a pair by a person at a time: a later one does not undo the record of an earlier.
constexpr KeptField kJudgementFields[] = {
    {"a", Shape::kText, true, true}, {"b", Shape::kText, true, true}, {"result", Shape::kWord, true, false, kJudgementResults},
    {"reason", Shape::kText},        {"by", Shape::kText, false, true}, {"at", Shape::kTime, false, true},
};
constexpr std::string_view kOutcomes[] = {"met_safe", "met_referred", "met_not_found",
                                          "not_met",  "wrong_match",  "useful_no_action"};
constexpr KeptField kDispositionFields[] = {
    {"flag", Shape::kText, true, true}, {"hit", Shape::kText, false, true}, {"outcome", Shape::kWord, true, false, kOutcomes},
    {"reason", Shape::kText},           {"by", Shape::kText, false, true},  {"at", Shape::kTime, false, true},
};

std::span<const KeptField> FieldsOf(ReferenceKind kind) {
  switch (kind) {
    case ReferenceKind::kBorderEvents: return kEventFields;
    case ReferenceKind::kReferrals: return kReferralFields;
    case ReferenceKind::kJudgements: return kJudgementFields;
    default: return kDispositionFields;
  }
}

// The field's value as text; empty if it is not usable.
std::string ReadKept(const KeptField& field, element value, JsonContext& context) {
  switch (field.shape) {
    case Shape::kText: return ReadText(value, field.name, context);
    case Shape::kWord: return ReadWord(value, field.name, field.words, context);
    case Shape::kTime: {
      const auto time = ReadTime(value, field.name, {}, context);
      return time ? ToString(*time) : "";
    }
    case Shape::kDate: {
      const auto date = ReadDate(value, field.name, context);
      return date ? ToString(*date) : "";
    }
    case Shape::kPerson: return IsSomebody(ReadPersonIn(value, field.name, context)) ? "person" : "";
    case Shape::kFlight: {
      std::string number;
      ReadObject(value, field.name, context, [&](object item) { number = ReadNamedFlight(item, context).number; });
      return number;
    }
  }
  return "";
}

RecordResult ReadKeptRecord(std::span<const KeptField> fields, object from, JsonContext& context) {
  std::vector<std::string> values(fields.size());
  ForEachField(from, context, [&](std::uint64_t hash, std::string_view key, element value) {
    const auto field = std::ranges::find(fields, key, &KeptField::name);
    if (field == fields.end()) return ReadCommonField(hash, key, value, context);
    values[static_cast<std::size_t>(field - fields.begin())] = ReadKept(*field, value, context);
    return true;
  });
  RecordResult result;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].required && values[i].empty() && result.missing.empty()) {
      result.missing = "`" + std::string(fields[i].name) + "` is missing or not usable: send it";
    }
    if (!fields[i].in_id) continue;
    if (i > 0) result.id += '|';
    result.id += values[i];
  }
  return result;
}

}  // namespace

RecordResult ReadRecord(ReferenceKind kind, object from, records::JsonContext& context) {
  switch (kind) {
    case ReferenceKind::kVignettes: return ReadVignette(from, context);
    case ReferenceKind::kWatchlist: return ReadWatchEntry(from, context);
    case ReferenceKind::kSponsors: return ReadSponsorRecord(from, context);
    case ReferenceKind::kSchedule: return ReadSchedule(from, context);
    case ReferenceKind::kGroups: return ReadGroup(from, context);
    case ReferenceKind::kInstitutions: return ReadInstitution(from, context);
    case ReferenceKind::kAddresses: return ReadAddressRecord(from, context);
    case ReferenceKind::kChecks: return ReadCheck(from, context);
    case ReferenceKind::kConsents: return ReadConsent(from, context);
    case ReferenceKind::kCareRegister: return ReadCare(from, context);
    case ReferenceKind::kCampaigns: return ReadCampaign(from, context);
    case ReferenceKind::kBorderEvents:
    case ReferenceKind::kReferrals:
    case ReferenceKind::kJudgements:
    case ReferenceKind::kDispositions: return ReadKeptRecord(FieldsOf(kind), from, context);
  }
  return {};
}

}  // namespace landfall
