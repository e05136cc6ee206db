#include "app/synth/reference_json.h"

#include "model/json_writer.h"

namespace landfall::app {
namespace {

// Closes the object, then the line.
class Line {
 public:
  Line(ReferenceKind kind, ReferenceLines& lines) : text_(lines.Of(kind)), object_(std::in_place, text_) {}
  ~Line() {
    object_.reset();
    text_ += '\n';
  }
  Line(const Line&) = delete;
  Line& operator=(const Line&) = delete;
  JsonObject* operator->() { return &*object_; }
  JsonObject& object() { return *object_; }

 private:
  std::string& text_;
  std::optional<JsonObject> object_;
};

void PersonFields(const Person& person, JsonObject& object) {
  object.Field("surname", person.surname);
  object.Field("given_names", person.given_names);
  object.Field("date_of_birth", person.date_of_birth);
  object.Field("sex", person.sex);
  object.Field("nationality", person.nationality);
  object.Field("document", person.document);
  object.Field("issuer", person.issuer);
}

void PersonField(std::string_view name, const Person& person, Line& line) {
  JsonObject object(line->Begin(name));
  PersonFields(person, object);
}

template <typename List, typename Write>
void ListField(std::string_view name, const List& list, JsonObject& parent, const Write& write) {
  if (list.empty()) return;
  std::string& out = parent.Begin(name);
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i > 0) out += ',';
    write(list[i], out);
  }
  out += ']';
}

void AppendPerson(const Person& person, std::string& out) {
  JsonObject object(out);
  PersonFields(person, object);
}

void AppendAdult(const NamedAdult& adult, std::string& out) {
  JsonObject object(out);
  PersonFields(adult.person, object);
  object.Field("relationship", adult.relationship);
}

void SponsorField(const VisaSponsor& sponsor, Line& line) {
  JsonObject object(line->Begin("sponsor"));
  object.Field("sponsor_id", sponsor.sponsor_id);
  PersonFields(sponsor.person, object);
  object.Field("relationship", sponsor.relationship);
  object.Field("relationship_verified", sponsor.relationship_verified);
  object.Field("parental_responsibility", sponsor.parental_responsibility);
  object.Field("guarantor", sponsor.guarantor);
  object.Field("address", sponsor.address);
  object.Field("phone", sponsor.phone);
  if (sponsor.vetting != Vetting::kUnknown) object.Field("vetting", sponsor.vetting);
  object.Field("vetted_on", sponsor.vetted_on);
}

void FlightFields(const NamedFlight& flight, JsonObject& object) {
  object.Field("number", flight.number);
  object.Field("departs_on", flight.departs_on);
  object.Field("from", flight.from);
  object.Field("to", flight.to);
}

void AppendFlight(const NamedFlight& flight, std::string& out) {
  JsonObject object(out);
  FlightFields(flight, object);
}

void AppendName(const WatchName& name, std::string& out) {
  JsonObject object(out);
  object.Field("surname", name.surname);
  object.Field("given_names", name.given_names);
}

void AppendBirth(const WatchBirthDate& birth, std::string& out) {
  if (birth.from == birth.to && !birth.circa) {
    json_internal::Append(birth.from, out);
    return;
  }
  JsonObject object(out);
  object.Field("from", birth.from);
  object.Field("to", birth.to);
  if (birth.circa) object.Field("circa", true);
}

void AppendWatchDocument(const WatchDocument& document, std::string& out) {
  JsonObject object(out);
  object.Field("number", document.number);
  object.Field("issuer", document.issuer);
}

}  // namespace

void AddLine(const Vignette& vignette, ReferenceLines& lines) {
  Line line(ReferenceKind::kVignettes, lines);
  line->Field("vignette", vignette.number);
  if (vignette.evisa) line->Field("form", "evisa");
  if (vignette.visa_class != VisaClass::kUnknown) line->Field("class", vignette.visa_class);
  line->Field("post", vignette.post);
  line->Field("issued", vignette.issued);
  line->Field("valid_from", vignette.valid_from);
  line->Field("valid_until", vignette.valid_until);
  line->Field("stay_days", vignette.stay_days);
  PersonField("holder", vignette.holder, line);
  // The form of a visit visa asks how a child is to travel; on the others the place may be missing altogether.
  if (vignette.travel != ChildTravel::kNotRecorded || vignette.visa_class == VisaClass::kVisit) {
    JsonObject child(line->Begin("child"));
    child.Field("travel", vignette.travel);
    ListField("adults", vignette.adults, child, AppendAdult);
  }
  if (vignette.sponsor) SponsorField(*vignette.sponsor, line);
  if (vignette.applicant) {
    JsonObject applicant(line->Begin("applicant"));
    applicant.Field("id", vignette.applicant->id);
    applicant.Field("relation", vignette.applicant->relation);
  }
  line->Field("disabled", vignette.disabled);
}

void AddLine(const WatchEntry& entry, ReferenceLines& lines) {
  Line line(ReferenceKind::kWatchlist, lines);
  line->Field("entry", entry.entry);
  line->Field("kind", entry.kind);
  line->Field("status", entry.status);
  line->Field("reason", entry.reason);
  line->Field("source", entry.source);
  ListField("names", entry.names, line.object(), AppendName);
  ListField("dates_of_birth", entry.dates_of_birth, line.object(), AppendBirth);
  line->Field("sex", entry.sex);
  line->Field("nationalities", entry.nationalities);
  ListField("documents", entry.documents, line.object(), AppendWatchDocument);
  line->Field("addresses", entry.addresses);
  line->Field("phones", entry.phones);
  line->Field("review_by", entry.review_by);
}

void AddLine(const SponsorRecord& sponsor, ReferenceLines& lines) {
  Line line(ReferenceKind::kSponsors, lines);
  line->Field("sponsor_id", sponsor.sponsor_id);
  PersonFields(sponsor.person, line.object());
  line->Field("addresses", sponsor.addresses);
  line->Field("phones", sponsor.phones);
  line->Field("emails", sponsor.emails);
  if (sponsor.vetting != Vetting::kUnknown) line->Field("vetting", sponsor.vetting);
  line->Field("vetted_on", sponsor.vetted_on);
  line->Field("address", sponsor.address);
  line->Field("risk", sponsor.risk);
  line->Field("reason", sponsor.reason);
  line->Field("source", sponsor.source);
}

void AddLine(const ScheduleRecord& flight, ReferenceLines& lines) {
  Line line(ReferenceKind::kSchedule, lines);
  line->Field("number", flight.number);
  line->Field("from", flight.from);
  line->Field("to", flight.to);
  line->Field("departs_at", flight.departs_at);
  line->Field("arrives_at", flight.arrives_at);
  line->Field("terminal", flight.terminal);
  line->Field("stand", flight.stand);
  line->Field("capacity", flight.capacity);
}

void AddLine(const GroupRecord& group, ReferenceLines& lines) {
  Line line(ReferenceKind::kGroups, lines);
  line->Field("group", group.group);
  line->Field("kind", group.kind);
  line->Field("name", group.name);
  ListField("leaders", group.leaders, line.object(), AppendPerson);
  ListField("members", group.members, line.object(), AppendPerson);
  line->Field("locators", group.locators);
  ListField("flights", group.flights, line.object(), AppendFlight);
}

void AddLine(const InstitutionRecord& institution, ReferenceLines& lines) {
  Line line(ReferenceKind::kInstitutions, lines);
  line->Field("institution", institution.institution);
  line->Field("kind", institution.kind);
  line->Field("name", institution.name);
  line->Field("address", institution.address);
  line->Field("phones", institution.phones);
}

void AddLine(const AddressRecord& address, ReferenceLines& lines) {
  Line line(ReferenceKind::kAddresses, lines);
  line->Field("address", address.address);
  if (address.kind != AddressKind::kUnknown) line->Field("kind", address.kind);
  line->Field("ref", address.ref);
}

void AddLine(const CheckRecord& check, ReferenceLines& lines) {
  Line line(ReferenceKind::kChecks, lines);
  line->Field("check", check.check);
  line->Field("sponsor_id", check.sponsor_id);
  PersonField("child", check.child, line);
  line->Field("address", check.address);
  if (check.vetting != Vetting::kUnknown) line->Field("vetting", check.vetting);
  line->Field("vetted_on", check.vetted_on);
  line->Field("authority", check.authority);
}

void AddLine(const ConsentRecord& consent, ReferenceLines& lines) {
  Line line(ReferenceKind::kConsents, lines);
  line->Field("consent", consent.consent);
  PersonField("child", consent.child, line);
  PersonField("adult", consent.adult, line);
  if (consent.relationship != Relationship::kUnknown) line->Field("relationship", consent.relationship);
  line->Field("given_by", consent.given_by);
  if (consent.flight) {
    JsonObject flight(line->Begin("flight"));
    FlightFields(*consent.flight, flight);
  }
  line->Field("valid_until", consent.valid_until);
}

void AddLine(const CareRecord& care, ReferenceLines& lines) {
  Line line(ReferenceKind::kCareRegister, lines);
  line->Field("register", care.register_id);
  PersonField("child", care.child, line);
  line->Field("status", care.status);
  line->Field("since", care.since);
  line->Field("until", care.until);
}

void AddLine(const CampaignRecord& campaign, ReferenceLines& lines) {
  Line line(ReferenceKind::kCampaigns, lines);
  line->Field("campaign", campaign.campaign);
  line->Field("name", campaign.name);
  line->Field("from_date", campaign.from_date);
  line->Field("until_date", campaign.until_date);
  line->Field("ports", campaign.ports);
  line->Field("routes", campaign.routes);
  line->Field("flights", campaign.flights);
}

}  // namespace landfall::app
