#include "app/synth/scenarios.h"

#include "app/synth/stage.h"

namespace landfall::app {
namespace {

using R = Relationship;
constexpr Sex kWoman = Sex::kF, kMan = Sex::kM;

constexpr int At(int hour, int minute) { return hour * 60 + minute; }

constexpr HostFlight kHostFlights[] = {
    {"ZZ101", "LOS", "LHR", At(1, 10)},   {"ZZ103", "LOS", "LHR", At(22, 20)},  {"ZZ117", "ACC", "LHR", At(9, 0)},
    {"ZZ203", "DEL", "LHR", At(3, 0)},    {"ZZ205", "DEL", "LHR", At(8, 0)},    {"ZZ207", "DEL", "LHR", At(13, 0)},
    {"ZZ209", "DEL", "MAN", At(14, 0)},   {"ZX311", "IST", "LHR", At(10, 30)},  {"ZX315", "IST", "LGW", At(17, 0)},
    {"ZZ221", "ISB", "MAN", At(10, 0)},   {"Z1401", "DAC", "LHR", At(6, 0)},    {"Z1403", "HAN", "LHR", At(11, 0)},
    {"ZX521", "TIA", "LGW", At(12, 0)},   {"ZX601", "OTP", "LHR", At(7, 30)},   {"ZZ331", "CAI", "LHR", At(15, 0)},
    {"ZZ701", "JFK", "LHR", At(15, 0)},   {"Z1611", "WAW", "MAN", At(13, 30)},  {"ZX801", "NBO", "LHR", At(8, 45)},
    {"ZZ851", "PVG", "LHR", At(10, 0)},   {"ZZ110", "LHR", "LOS", At(11, 0)},   {"ZX533", "FRA", "LHR", At(16, 20)},
    {"ZZ703", "JFK", "LHR", At(13, 30)},  {"ZZ705", "YYZ", "LHR", At(14, 0)},   {"ZZ541", "DUB", "LGW", At(18, 10)}};

BookingTerms OneWay() {
  BookingTerms terms;
  terms.trip = Trip::kOneWay;
  return terms;
}

BookingTerms Staying(int days) {
  BookingTerms terms;
  terms.stay_days = days;
  return terms;
}

// --- The vignette truth table -------------------------------------------------------------------

void Ok(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 36);
  const Traveller child = s.Child(9, mother.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  s.Expect(s.Board({mother, child}), {1}, {"ok", {}, {"CP-001", "CP-002", "CP-003", "CP-004", "CP-008", "CP-031"}});
}

void OkOneOfTwoAdults(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 41);
  const Traveller father = s.Adult(kMan, 44, mother.surname);
  const Traveller child = s.Child(12, mother.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent), AsNamedAdult(father, R::kParent)}));
  s.Expect(s.Board({father, child}), {1}, {"ok", {}, {"CP-002", "CP-003", "CP-011"}});
}

void OkDocumentDiffers(Stage& s) {
  Traveller father = s.Adult(kMan, 39);
  const Traveller child = s.Child(7, father.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(father, R::kParent)}));
  father.documents[0].number = s.cast().DocumentNumber("GHA");  // Renewed since.
  s.Expect(s.Board({father, child}), {1}, {"ok_document_differs", {}, {"CP-002", "CP-003"}});
}

void OkNameSpeltDifferently(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 33);
  const Traveller child = s.Child(5, mother.surname);
  NamedAdult named = AsNamedAdult(mother, R::kParent);
  named.person.given_names += "H";
  named.person.date_of_birth.reset();
  s.Put(s.Accompanied(child, {named}));
  s.Expect(s.Board({mother, child}), {1}, {"ok", {}, {"CP-002"}});
}

void MismatchOtherAdult(Stage& s) {
  const Traveller father = s.Adult(kMan, 40);
  const Traveller child = s.Child(8, father.surname);
  const Traveller other = s.Adult(kMan, 34);
  s.Put(s.Accompanied(child, {AsNamedAdult(father, R::kParent)}));
  s.Expect(s.Board({other, child}), {1}, {"mismatch_other_adult", {"CP-002"}, {"CP-001", "CP-003", "CP-011", "CP-031"}});
}

void MismatchAlone(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 35);
  const Traveller child = s.Child(10, mother.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  s.Expect(s.Board({child}), {0}, {"mismatch_alone", {"CP-001", "CP-002"}, {"CP-003", "CP-004", "CP-031"}});
}

void MismatchAloneUnderCare(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 38);
  Traveller child = s.Child(11, mother.surname);
  const HandoverPerson aunt = s.Receiver(R::kAuntUncle);
  Vignette vignette = s.Accompanied(child, {AsNamedAdult(mother, R::kParent)});
  vignette.sponsor = AsSponsor(aunt, s.cast().IdNumber("SP"), R::kAuntUncle, Vetting::kApproved, s.arrival());
  s.Put(vignette);
  s.PutUnderCare(child, aunt);
  s.Expect(s.Board({child}), {0}, {"mismatch_alone", {"CP-002"}, {"CP-001", "CP-021", "CP-022", "CP-008"}});
}

void ContradictingBirthDate(Stage& s) {
  Traveller adult = s.Adult(kMan, 45);
  const Traveller child = s.Child(9, adult.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(adult, R::kParent)}));
  adult.date_of_birth = ToPartial(s.cast().BirthDate(29));  // The number fits, the person does not.
  s.Expect(s.Board({adult, child}), {1}, {"mismatch_other_adult", {"CP-002"}, {"CP-003", "CP-031"}});
}

void LateMismatch(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 37);
  const Traveller child = s.Child(12, mother.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  const std::size_t party = s.Board({mother, child});
  s.Party(party).left_behind = {1, 0};
  s.Expect(party, {1}, {"late_mismatch", {"CP-031"}, {"CP-002"}});
}

void CompanionLeftBehind(Stage& s) {
  const Traveller father = s.Adult(kMan, 42);
  const Traveller child = s.Child(11, father.surname);
  const std::size_t party = s.Board({father, child});
  s.Party(party).left_behind = {1, 0};
  s.Expect(party, {1}, {"not_applicable", {"CP-031"}, {"CP-002"}});
}

void LeftBehindTogether(Stage& s) {
  const Traveller father = s.Adult(kMan, 43);
  const Traveller child = s.Child(8, father.surname);
  const std::size_t party = s.Board({father, child});
  s.Party(party).left_behind = {1, 1};
  s.Expect(party, {1}, {"not_applicable", {}, {"CP-031", "CP-001"}});
}

// A child of 16 on `child_flight`, its named mother on `adult_flight`.
void TwoFlights(Stage& s, std::string_view child_flight, std::string_view adult_flight, Stage::Expected expected) {
  const Traveller mother = s.Adult(kWoman, 44);
  const Traveller child = s.Child(16, mother.surname);
  if (s.IsOn(adult_flight)) s.Board({mother});
  if (!s.IsOn(child_flight)) return;
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  s.Expect(s.Board({child}), {0}, std::move(expected));
}

void SplitReadBefore(Stage& s) {
  TwoFlights(s, "ZZ205", "ZZ203", {"split", {}, {"CP-001", "CP-002", "CP-031"}});
}
void SplitReadAfter(Stage& s) {
  TwoFlights(s, "ZZ205", "ZZ207", {"split", {}, {"CP-001", "CP-002", "CP-031"}});
}
void AdultToOtherPort(Stage& s) {
  TwoFlights(s, "ZZ207", "ZZ209", {"mismatch_alone", {"CP-002"}, {"CP-001", "CP-031"}});
}

void UnaccompaniedAlone(Stage& s) {
  Traveller child = s.Child(12);
  const HandoverPerson uncle = s.Receiver(R::kAuntUncle);
  s.Put(s.Unaccompanied(child, uncle, Vetting::kApproved));
  s.PutUnderCare(child, uncle);
  s.Expect(s.Board({child}), {0},
           {"unaccompanied_alone", {}, {"CP-001", "CP-002", "CP-003", "CP-004", "CP-008", "CP-021", "CP-022", "CP-032"}});
}

void UnaccompaniedWithAdult(Stage& s) {
  Traveller child = s.Child(13);
  const Traveller adult = s.Adult(kWoman, 40);
  const HandoverPerson sponsor = s.Receiver(R::kGrandparent);
  child.address = sponsor.address;
  s.Put(s.Unaccompanied(child, sponsor, Vetting::kApproved));
  s.Expect(s.Board({adult, child}), {1}, {"unaccompanied_with_adult", {"CP-003"}, {"CP-002", "CP-011", "CP-031"}});
}

void UnaccompaniedWithEscort(Stage& s) {
  Traveller child = s.Child(9);
  Traveller escort = s.From("GBR").Adult(kWoman, 45);
  escort.role = TravellerRole::kUmEscort;
  const HandoverPerson sponsor = s.From("GHA").Receiver(R::kAuntUncle);
  s.Put(s.Unaccompanied(child, sponsor, Vetting::kApproved));
  s.PutUnderCare(child, sponsor);
  s.Expect(s.Board({escort, child}), {1}, {"unaccompanied_with_adult", {}, {"CP-003", "CP-001"}});
}

void NotRecorded(Stage& s, VisaClass visa_class) {
  const Traveller mother = s.Adult(kWoman, 34);
  const Traveller child = s.Child(6, mother.surname);
  Vignette vignette = s.Accompanied(child, {});
  vignette.travel = ChildTravel::kNotRecorded;
  vignette.visa_class = visa_class;
  s.Put(vignette);
  s.Expect(s.Board({mother, child}), {1}, {"not_recorded", {}, {"CP-002", "CP-003", "CP-004"}});
}
void NotRecordedOnForm(Stage& s) { NotRecorded(s, VisaClass::kVisit); }
void NotRecordedLeftBlank(Stage& s) { NotRecorded(s, VisaClass::kFamily); }

// From before the day the vignette began to name adults: whoever it names, it says nothing. (The year is a slip.)
void NotRecordedBefore2006(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 35);
  const Traveller father = s.Adult(kMan, 38, mother.surname);
  const Traveller child = s.Child(14, mother.surname);
  Vignette vignette = s.Accompanied(child, {AsNamedAdult(mother, R::kParent)});
  vignette.issued = MakeDate(2006, 2, 11);
  s.Put(vignette);
  s.Expect(s.Board({father, child}), {1}, {"not_recorded", {}, {"CP-002"}});
}

void NoRecord(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 36);
  const Traveller child = s.Child(8, mother.surname);
  s.Expect(s.Board({mother, child}), {1}, {"no_record", {"CP-004"}, {"CP-001", "CP-002", "CP-003"}});
}

void ResidencePermit(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 37);
  Traveller child = s.Child(8, mother.surname);
  child.residence = CountryCode(kOwnCountry);
  child.documents.push_back({"R", s.cast().IdNumber("RP"), CountryCode(kOwnCountry), Date{s.arrival().days + 700}});
  s.Expect(s.Board({mother, child}), {1}, {"not_applicable", {}, {"CP-004", "CP-002"}});
}

void TransitWithoutRecord(Stage& s) {
  Traveller mother = s.Adult(kWoman, 38);
  Traveller child = s.Child(9, mother.surname);
  mother.type = child.type = TravellerType::kTransit;
  s.Expect(s.Board({mother, child}), {1}, {"not_applicable", {}, {"CP-004"}});
}

void NotApplicable(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 40);
  const Traveller father = s.Adult(kMan, 41);
  const Traveller child = s.Child(6, father.surname);
  s.Expect(s.Board({mother, father, child}), {2}, {"not_applicable", {}, {"CP-002", "CP-003", "CP-004", "CP-011"}});
}

// An expired vignette is a document question; the truth table has its own flag for it, and no rule here.
void VignetteExpired(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 40);
  const Traveller child = s.Child(10, mother.surname);
  Vignette vignette = s.Accompanied(child, {AsNamedAdult(mother, R::kParent)});
  vignette.issued = Date{s.arrival().days - 200};
  vignette.valid_from = Date{s.arrival().days - 181};
  vignette.valid_until = Date{s.arrival().days - 1};
  s.Put(vignette);
  s.Expect(s.Board({mother, child}), {1}, {"ok", {}, {"CP-002", "CP-004"}});
}

// --- Private fostering, and the check of carer and address --------------------------------------

struct Stay {
  int age;
  R relationship;
  Vetting vetting;
  int days;
  bool is_disabled = false;
};

// A child that stays with somebody: under the carrier's care up to 15, alone above.
void StayWith(Stage& s, const Stay& stay, std::vector<std::string_view> rules, std::vector<std::string_view> not_rules) {
  Traveller child = s.Child(stay.age);
  const HandoverPerson carer = s.Receiver(stay.relationship);
  Vignette vignette = s.Unaccompanied(child, carer, stay.vetting, stay.days);
  if (stay.is_disabled) vignette.disabled = true;
  s.Put(vignette);
  child.address = carer.address;
  if (stay.age < 16) s.PutUnderCare(child, carer);
  for (const std::string_view rule : {"CP-001", "CP-021", "CP-022"}) not_rules.push_back(rule);
  s.Expect(s.Board({child}, Staying(stay.days)), {0},
           {"unaccompanied_alone", std::move(rules), std::move(not_rules)});
}

void FosteringFriend(Stage& s) {
  StayWith(s, {12, R::kFamilyFriend, Vetting::kNone, 28}, {"CP-008"}, {"CP-032"});
}
void FosteringGreatAunt(Stage& s) {
  StayWith(s, {9, R::kOtherRelative, Vetting::kPending, 60}, {"CP-008"}, {"CP-032"});
}
void FosteringCousin(Stage& s) { StayWith(s, {15, R::kCousin, Vetting::kNone, 90}, {"CP-008"}, {"CP-032"}); }
void Fostering27Days(Stage& s) { StayWith(s, {12, R::kFamilyFriend, Vetting::kNone, 27}, {}, {"CP-008"}); }
void FosteringAunt(Stage& s) { StayWith(s, {11, R::kAuntUncle, Vetting::kNone, 90}, {}, {"CP-008"}); }
void FosteringGuardian(Stage& s) { StayWith(s, {10, R::kGuardian, Vetting::kNone, 90}, {}, {"CP-008"}); }
void FosteringApproved(Stage& s) { StayWith(s, {13, R::kFamilyFriend, Vetting::kApproved, 90}, {}, {"CP-008"}); }
void FosteringAt16(Stage& s) { StayWith(s, {16, R::kFamilyFriend, Vetting::kNone, 90}, {}, {"CP-008"}); }
void FosteringDisabled17(Stage& s) {
  StayWith(s, {17, R::kFamilyFriend, Vetting::kPending, 60, true}, {"CP-008"}, {"CP-032"});
}

void FosteringWithMother(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 39);
  Traveller child = s.Child(9, mother.surname);
  const HandoverPerson friend_here = s.Receiver(R::kFamilyFriend);
  Vignette vignette = s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}, 60);
  vignette.sponsor = AsSponsor(friend_here, s.cast().IdNumber("SP"), R::kFamilyFriend, Vetting::kNone, s.arrival());
  s.Put(vignette);
  child.address = friend_here.address;
  s.Expect(s.Board({mother, child}, Staying(60)), {1}, {"ok", {}, {"CP-008"}});
}

// The sponsor was approved; a later check by the local authority ended in `vetting`.
void LaterCheck(Stage& s, Vetting vetting, Stage::Expected expected) {
  Traveller child = s.Child(16);
  const HandoverPerson carer = s.Receiver(R::kFamilyFriend);
  const Vignette vignette = s.Unaccompanied(child, carer, Vetting::kApproved);
  s.Put(vignette);
  CheckRecord check{s.cast().IdNumber("K"), vignette.sponsor->sponsor_id, AsPerson(child), carer.address, vetting};
  check.vetted_on = Date{s.arrival().days - 4};
  check.authority = "HILLINGDON";
  s.Put(check);
  child.address = carer.address;
  s.Expect(s.Board({child}), {0}, std::move(expected));
}
void CarerRefused(Stage& s) {
  LaterCheck(s, Vetting::kRefused, {"unaccompanied_alone", {"CP-032"}, {"CP-008", "CP-001"}});
}
void CarerPending(Stage& s) {
  LaterCheck(s, Vetting::kPending, {"unaccompanied_alone", {}, {"CP-032", "CP-008"}});
}

// --- Children alone -----------------------------------------------------------------------------

void LoneChild(Stage& s) {
  const Traveller child = s.Child(9);
  s.Expect(s.Board({child}), {0}, {"not_applicable", {"CP-001"}, {"CP-004", "CP-022", "CP-030"}});
}

void LoneThirteen(Stage& s) {
  const Traveller child = s.Child(13);
  s.Expect(s.Board({child}), {0}, {"not_applicable", {"CP-001"}, {"CP-022"}});
}

void LoneChildDeparting(Stage& s) {
  const Traveller child = s.From("GBR").Child(10);
  s.Expect(s.Board({child}), {0}, {"not_applicable", {"CP-001"}, {"CP-004"}});
}

void LoneChildInTransit(Stage& s) {
  Traveller child = s.Child(10);
  child.type = TravellerType::kTransit;
  s.Expect(s.Board({child}), {0}, {"not_applicable", {}, {"CP-001", "CP-004"}});
}

void LoneSixteen(Stage& s) {
  const Traveller child = s.Child(16);
  s.Expect(s.Board({child}), {0}, {"not_applicable", {}, {"CP-001", "CP-012", "CP-030"}});
}

void UnderCare(Stage& s) {
  Traveller child = s.Child(8);
  s.PutUnderCare(child, s.Receiver(R::kGrandparent));
  s.Expect(s.Board({child}), {0}, {"not_applicable", {}, {"CP-001", "CP-021", "CP-022"}});
}

void FormWithoutPhone(Stage& s) {
  Traveller child = s.Child(7);
  HandoverPerson receiver = s.Receiver(R::kAuntUncle);
  receiver.phone.clear();
  s.PutUnderCare(child, receiver);
  s.Expect(s.Board({child}), {0}, {"not_applicable", {"CP-022"}, {"CP-001", "CP-021"}});
}

void ReceiverChanged(Stage& s, int hours_before, Stage::Expected expected) {
  Traveller child = s.Child(9);
  s.PutUnderCare(child, s.Receiver(R::kAuntUncle));
  child.escort_form->changed_at = Instant{s.outline().t0.seconds - hours_before * 3'600};
  s.Expect(s.Board({child}), {0}, std::move(expected));
}
void ReceiverChangedLate(Stage& s) {
  ReceiverChanged(s, 20, {"not_applicable", {"CP-021"}, {"CP-022", "CP-001"}});
}
void ReceiverChangedEarly(Stage& s) { ReceiverChanged(s, 40, {"not_applicable", {}, {"CP-021", "CP-022"}}); }

void ReceiverIsNotSponsor(Stage& s) {
  Traveller child = s.Child(11);
  const HandoverPerson sponsor = s.Receiver(R::kAuntUncle);
  const HandoverPerson stranger = s.Receiver(R::kNotRelated);
  s.Put(s.Unaccompanied(child, sponsor, Vetting::kApproved));
  s.PutUnderCare(child, stranger);
  child.address = sponsor.address;
  s.Expect(s.Board({child}), {0}, {"unaccompanied_alone", {"CP-021"}, {"CP-022", "CP-001"}});
}

// A young person who waited `hours` between two flights and lands at night.
void Transit(Stage& s, int hours, bool with_mother, Stage::Expected expected) {
  const Traveller mother = s.Adult(kWoman, 46);
  Traveller child = s.Child(16, mother.surname);
  if (with_mother) {
    s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  } else {
    const HandoverPerson aunt = s.Receiver(R::kAuntUncle);
    child.address = aunt.address;
    s.Put(s.Unaccompanied(child, aunt, Vetting::kApproved));
  }
  const std::size_t party = with_mother ? s.Board({child, mother}) : s.Board({child});
  const Flight& flight = s.outline().flight;
  const Instant landed{flight.departs_at.seconds - hours * 3'600};
  for (Traveller& traveller : s.Party(party).members) {
    traveller.journey.origin = AirportCode("ABV");
    traveller.booking->segments = {
        {"ZZ907", "", AirportCode("ABV"), flight.from, Instant{landed.seconds - 4'500}, landed, "HK"},
        {flight.number, "", flight.from, flight.to, flight.departs_at, flight.arrives_at, "HK"}};
  }
  s.Expect(party, {0}, std::move(expected));
}
void NightTransit(Stage& s) { Transit(s, 10, false, {"unaccompanied_alone", {"CP-030"}, {"CP-001", "CP-003"}}); }
void ShortTransit(Stage& s) { Transit(s, 7, false, {"unaccompanied_alone", {}, {"CP-030"}}); }
void NightTransitWithMother(Stage& s) { Transit(s, 10, true, {"ok", {}, {"CP-030"}}); }

// --- Children with adults -----------------------------------------------------------------------

void ThirdPartyOneWay(Stage& s) {
  const Traveller adult = s.Adult(kWoman, 43);
  const Traveller child = s.Child(11);
  s.Expect(s.Board({adult, child}, OneWay()), {1}, {"not_applicable", {"CP-011"}, {"CP-012", "CP-018"}});
}

void ThirdPartyWithConsent(Stage& s) {
  const Traveller adult = s.Adult(kWoman, 44);
  Traveller child = s.Child(12);
  child.consent = true;
  s.Expect(s.Board({adult, child}, OneWay()), {1}, {"not_applicable", {}, {"CP-011"}});
}

void ThirdPartyAuntByRegister(Stage& s) {
  const Traveller adult = s.Adult(kWoman, 45);
  const Traveller child = s.Child(10);
  const FlightKey key = s.outline().flight.Key();
  ConsentRecord consent{s.cast().IdNumber("C"), AsPerson(child), AsPerson(adult), R::kAuntUncle, "parent"};
  consent.flight = NamedFlight{key.number, key.departs_on, key.from, key.to};
  consent.valid_until = Date{s.arrival().days + 30};
  s.Put(consent);
  s.Expect(s.Board({adult, child}, OneWay()), {1}, {"not_applicable", {}, {"CP-011"}});
}

void ThirdPartyReturn(Stage& s) {
  const Traveller adult = s.Adult(kMan, 45);
  const Traveller child = s.Child(10);
  s.Expect(s.Board({adult, child}), {1}, {"not_applicable", {}, {"CP-011"}});
}

void GenderedSurnameOneWay(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 37);
  Traveller child = s.Child(9, mother.surname);
  child.sex = kMan;
  child.surname = SurnameFor(mother.surname, NamingCulture::kSlavic, kMan);
  s.Expect(s.Board({mother, child}, OneWay()), {1}, {"not_applicable", {}, {"CP-011", "CP-012"}});
}

void LateOneWay(Stage& s, double lead_hours, Payment payment, Stage::Expected expected) {
  const Traveller mother = s.Adult(kWoman, 34);
  const Traveller child = s.Child(7, mother.surname);
  BookingTerms terms = OneWay();
  terms.lead_hours = lead_hours;
  terms.payment = payment;
  s.Expect(s.Board({mother, child}, terms), {1}, std::move(expected));
}
void LateCashOneWay(Stage& s) { LateOneWay(s, 30, Payment::kCash, {"not_applicable", {"CP-012"}, {"CP-011"}}); }
void LateCardOneWay(Stage& s) { LateOneWay(s, 30, Payment::kCard, {"not_applicable", {}, {"CP-012"}}); }
void CashOneWayAt73Hours(Stage& s) { LateOneWay(s, 73, Payment::kCash, {"not_applicable", {}, {"CP-012"}}); }

void LateCashVerifiedSponsor(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 36);
  Traveller child = s.Child(8, mother.surname);
  const HandoverPerson uncle = s.Receiver(R::kAuntUncle);
  Vignette vignette = s.Accompanied(child, {AsNamedAdult(mother, R::kParent)});
  vignette.sponsor = AsSponsor(uncle, s.cast().IdNumber("SP"), R::kAuntUncle, Vetting::kApproved, s.arrival());
  vignette.sponsor->relationship_verified = true;
  s.Put(vignette);
  child.address = uncle.address;
  BookingTerms terms = OneWay();
  terms.lead_hours = 30;
  terms.payment = Payment::kCash;
  s.Expect(s.Board({mother, child}, terms), {1}, {"ok", {}, {"CP-012", "CP-008"}});
}

void TwoAddresses(Stage& s) {
  const Traveller adult = s.Adult(kWoman, 48);
  Traveller first = s.Child(13), second = s.Child(14);
  first.address = s.cast().UkAddress();
  second.address = s.cast().UkAddress();
  s.Expect(s.Board({adult, first, second}), {1, 2}, {"not_applicable", {"CP-015"}, {"CP-016", "CP-011"}});
}

void TwoNamesOneAddress(Stage& s) {
  const Traveller adult = s.Adult(kWoman, 49);
  const Traveller first = s.Child(13), second = s.Child(14);
  s.Expect(s.Board({adult, first, second}), {1, 2}, {"not_applicable", {}, {"CP-015", "CP-016"}});
}

void HostScheme(Stage& s) {
  std::vector<Traveller> members{s.Adult(kWoman, 52)};
  for (const int age : {10, 11, 12, 13, 14}) {
    members.push_back(s.Child(age));
    members.back().address = s.cast().UkAddress();
  }
  const std::size_t party = s.Board(members);
  GroupRecord group;
  group.group = s.cast().IdNumber("G");
  group.kind = GroupKind::kHostScheme;
  group.name = "RIVER HOSTS EXCHANGE";
  group.leaders.push_back(AsPerson(members[0]));
  for (std::size_t i = 1; i < members.size(); ++i) group.members.push_back(AsPerson(members[i]));
  group.locators.push_back(s.Party(party).members[0].booking->locator);
  const FlightKey key = s.outline().flight.Key();
  group.flights.push_back({key.number, key.departs_on, key.from, key.to});
  s.Put(group);
  for (Traveller& member : s.Party(party).members) member.booking->group = group.group;
  s.Expect(party, {1, 2, 3, 4, 5}, {"not_applicable", {}, {"CP-015", "CP-016", "CP-011"}});
}

void ManyChildren(Stage& s, int adults, std::initializer_list<int> ages, Stage::Expected expected) {
  std::vector<Traveller> members{s.Adult(kWoman, 44)};
  if (adults == 2) members.push_back(s.Adult(kMan, 46, members[0].surname));
  std::vector<std::size_t> children;
  for (const int age : ages) {
    children.push_back(members.size());
    members.push_back(s.Child(age, members[0].surname));
  }
  s.Expect(s.Board(std::move(members)), std::move(children), std::move(expected));
}
void FourChildrenOneAdult(Stage& s) {
  ManyChildren(s, 1, {4, 8, 12, 15}, {"not_applicable", {"CP-016"}, {"CP-015", "CP-017"}});
}
void FourChildrenTwoAdults(Stage& s) { ManyChildren(s, 2, {4, 8, 12, 15}, {"not_applicable", {}, {"CP-016"}}); }
void ThreeChildrenOneAdult(Stage& s) { ManyChildren(s, 1, {4, 8, 12}, {"not_applicable", {}, {"CP-016"}}); }
void FourChildrenOneYoung(Stage& s) { ManyChildren(s, 1, {8, 12, 14, 15}, {"not_applicable", {}, {"CP-016"}}); }

void Seated(Stage& s, int age, std::string_view adult_seat, std::string_view child_seat, Stage::Expected expected) {
  Traveller father = s.Adult(kMan, 41);
  Traveller child = s.Child(age, father.surname);
  father.seat = adult_seat;
  child.seat = child_seat;
  const std::size_t party = s.Board({father, child});
  s.Party(party).has_own_seats = true;
  s.Expect(party, {1}, std::move(expected));
}
void SeatedApart(Stage& s) { Seated(s, 5, "2A", "66F", {"not_applicable", {"CP-017"}, {"CP-018"}}); }
void SeatedInNextRow(Stage& s) { Seated(s, 5, "3B", "2C", {"not_applicable", {}, {"CP-017"}}); }
void TwelveSeatedApart(Stage& s) { Seated(s, 12, "1A", "66D", {"not_applicable", {}, {"CP-017"}}); }

void CheckedInApart(Stage& s) {
  const Traveller mother = s.Adult(kWoman, 42);
  const Traveller child = s.Child(9, mother.surname);
  const std::size_t party = s.Board({mother, child});
  Traveller& apart = s.Party(party).members[1];
  apart.checkin_id += "2";
  apart.checkin_at = Instant{apart.checkin_at->seconds - 45 * 60};
  s.Expect(party, {1}, {"not_applicable", {"CP-017"}, {}});
}

void YoungAdult(Stage& s, int adult_age, int child_age, Stage::Expected expected) {
  const Traveller adult = s.Adult(kMan, adult_age);
  const Traveller child = s.Child(child_age);
  s.Expect(s.Board({adult, child}), {1}, std::move(expected));
}
void AdultOf19WithChild(Stage& s) { YoungAdult(s, 19, 8, {"not_applicable", {"CP-018"}, {"CP-011", "CP-017"}}); }
void AdultOf23WithChild(Stage& s) { YoungAdult(s, 23, 8, {"not_applicable", {}, {"CP-018"}}); }

void DeclaredSister(Stage& s) {
  const Traveller sister = s.Adult(kWoman, 19);
  const Traveller child = s.Child(9, sister.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(sister, R::kSibling)}));
  s.Expect(s.Board({sister, child}), {1}, {"ok", {}, {"CP-018", "CP-002"}});
}

// --- Ages, documents, lists ---------------------------------------------------------------------

// The visa in the passport says another birth date than the carrier.
void BirthDateOnVisa(Stage& s, int stated_age, std::optional<PartialDate> on_visa, Stage::Expected expected) {
  Traveller young = s.Adult(kWoman, stated_age);
  // 1 January stands for a day nobody knew.
  if (!on_visa) on_visa = PartialDate{young.date_of_birth->year, 1, 1};
  young.fare.reset();
  const HandoverPerson aunt = s.Receiver(R::kAuntUncle);
  young.address = aunt.address;
  Vignette vignette = s.Unaccompanied(young, aunt, Vetting::kApproved);
  vignette.holder.date_of_birth = on_visa;
  s.Put(vignette);
  young.documents.push_back({"V", vignette.number, CountryCode(kOwnCountry)});
  s.Expect(s.Board({young}), {0}, std::move(expected));
}

void AgeConflictWithVisa(Stage& s) {
  BirthDateOnVisa(s, 19, ToPartial(s.cast().BirthDate(16)), {"", {"CP-019"}, {"CP-001"}});
}

void DefaultBirthDate(Stage& s) { BirthDateOnVisa(s, 16, std::nullopt, {"", {}, {"CP-019", "CP-001"}}); }

void ChildFareWithAdultDocument(Stage& s) {
  Traveller young = s.Adult(kMan, 20);
  young.fare = Fare::kChild;
  s.Expect(s.Board({young}), {0}, {"not_applicable", {"CP-019"}, {"CP-001"}});
}

void LostDocument(Stage& s, bool same_issuer, Stage::Expected expected) {
  const Traveller mother = s.Adult(kWoman, 38);
  const Traveller child = s.Child(9, mother.surname);
  s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  WatchEntry entry;
  entry.entry = s.cast().IdNumber("W");
  entry.kind = WatchKind::kLostDocument;
  entry.reason = "reported lost";
  entry.source = "synthetic world";
  entry.documents.push_back({child.documents[0].number, same_issuer ? child.documents[0].issuer : CountryCode("MNG")});
  s.Put(entry);
  s.Expect(s.Board({mother, child}), {1}, std::move(expected));
}
void DocumentReportedLost(Stage& s) { LostDocument(s, true, {"ok", {"CP-020"}, {"CP-024", "CP-023"}}); }
void DocumentOfOtherIssuer(Stage& s) { LostDocument(s, false, {"ok", {}, {"CP-020"}}); }

void AdultOnWatchList(Stage& s) {
  const Traveller adult = s.WithListedNames().Adult(kMan, 47);
  const Traveller child = s.Child(9, adult.surname);
  s.Put(s.Listed(WatchKind::kPersonOfConcern, adult));
  s.Expect(s.Board({adult, child}), {1}, {"not_applicable", {"CP-023"}, {"CP-024"}});
}

// The names of an entry, and nothing else of it.
void Namesake(Stage& s) {
  const Traveller adult = s.WithListedNames().Adult(kMan, 35);
  const Traveller child = s.Child(8, adult.surname);
  WatchEntry entry = s.Listed(WatchKind::kPersonOfConcern, adult);
  const PartialDate born = ToPartial(s.cast().BirthDate(58));
  entry.dates_of_birth = {{born, born}};
  entry.documents = {{s.cast().DocumentNumber("MNG"), CountryCode("MNG")}};
  entry.nationalities = {"MNG"};
  s.Put(entry);
  s.Expect(s.Board({adult, child}), {1}, {"not_applicable", {}, {"CP-023", "CP-024"}});
}

void SponsorAtRisk(Stage& s) {
  Traveller child = s.Child(12);
  const HandoverPerson carer = s.Receiver(R::kAuntUncle);
  const Vignette vignette = s.Unaccompanied(child, carer, Vetting::kApproved);
  s.Put(vignette);
  s.PutUnderCare(child, carer);
  SponsorRecord record;
  record.sponsor_id = vignette.sponsor->sponsor_id;
  record.person = vignette.sponsor->person;
  record.addresses.push_back(*carer.address);
  record.phones.push_back(carer.phone);
  record.risk = SponsorRisk::kHigh;
  record.reason = "planted for trials";
  record.source = "synthetic world";
  s.Put(record);
  s.Expect(s.Board({child}), {0}, {"unaccompanied_alone", {"CP-023"}, {"CP-001", "CP-022", "CP-021", "CP-032"}});
}

void ListedChild(Stage& s, WatchStatus status, Stage::Expected expected) {
  const Traveller mother = s.WithListedNames().Adult(kWoman, 39);
  const Traveller child = s.Child(13, mother.surname);
  if (CountryOf(child.nationality.view()).needs_visa) {
    s.Put(s.Accompanied(child, {AsNamedAdult(mother, R::kParent)}));
  }
  WatchEntry entry = s.Listed(WatchKind::kChildAtRisk, child);
  entry.status = status;
  s.Put(entry);
  s.Expect(s.Board({mother, child}), {1}, std::move(expected));
}
void MissingChild(Stage& s) { ListedChild(s, WatchStatus::kMissing, {"ok", {"CP-024"}, {"CP-023", "CP-020"}}); }
void ChildAtRisk(Stage& s) { ListedChild(s, WatchStatus::kAtRisk, {"not_applicable", {"CP-024"}, {"CP-023"}}); }

void NamesakeOfMissingChild(Stage& s) {
  const Traveller mother = s.WithListedNames().Adult(kWoman, 40);
  const Traveller child = s.Child(6, mother.surname);
  WatchEntry entry = s.Listed(WatchKind::kChildAtRisk, child);
  entry.status = WatchStatus::kMissing;
  const PartialDate born = ToPartial(s.cast().BirthDate(14));
  entry.dates_of_birth = {{born, born}};
  entry.documents = {{s.cast().DocumentNumber("MNG"), CountryCode("MNG")}};
  entry.nationalities = {"MNG"};
  s.Put(entry);
  s.Expect(s.Board({mother, child}), {1}, {"not_applicable", {}, {"CP-024"}});
}

void OnCareRegister(Stage& s, std::string_view status, Stage::Expected expected) {
  const Traveller child = s.WithListedNames().Child(16);
  CareRecord care{s.cast().IdNumber("N"), AsPerson(child), std::string(status), Date{s.arrival().days - 90}};
  s.Put(care);
  s.Expect(s.Board({child}), {0}, std::move(expected));
}
void MissingFromCare(Stage& s) { OnCareRegister(s, "missing_from_care", {"not_applicable", {"CP-024"}, {"CP-001"}}); }
void InCare(Stage& s) { OnCareRegister(s, "in_care", {"not_applicable", {}, {"CP-024", "CP-001"}}); }

// Bookings of one mother and child each, which have nothing in common but an e-mail address.
void SharedContact(Stage& s, int bookings, const Stage::Expected& expected) {
  BookingTerms terms = OneWay();
  terms.email = s.cast().Email(s.cast().IdNumber("desk"));
  for (int i = 0; i < bookings; ++i) {
    const Traveller mother = s.Adult(kWoman, 33 + i);
    const Traveller child = s.Child(6 + i, mother.surname);
    s.Expect(s.Board({mother, child}, terms), {1}, expected);
  }
}
void ContactOfThreeBookings(Stage& s) { SharedContact(s, 3, {"not_applicable", {"CP-028"}, {"CP-011", "CP-012"}}); }
void ContactOfTwoBookings(Stage& s) { SharedContact(s, 2, {"not_applicable", {}, {"CP-028"}}); }

// --- The list -----------------------------------------------------------------------------------

struct Scenario {
  std::string_view name;
  void (*set_up)(Stage&);
  std::string_view flight;
  std::string_view other_flight = {};
};

constexpr Scenario kScenarios[] = {
    {"ok", Ok, "ZZ101"},
    {"ok_one_of_two_adults", OkOneOfTwoAdults, "ZZ101"},
    {"ok_document_differs", OkDocumentDiffers, "ZZ117"},
    {"ok_name_spelt_differently", OkNameSpeltDifferently, "ZX801"},
    {"mismatch_other_adult", MismatchOtherAdult, "ZZ205"},
    {"mismatch_alone", MismatchAlone, "ZZ101"},
    {"mismatch_alone_um_service", MismatchAloneUnderCare, "Z1401"},
    {"mismatch_contradicting_birth_date", ContradictingBirthDate, "ZX315"},
    {"late_mismatch", LateMismatch, "ZZ221"},
    {"late_mismatch_paxlst", LateMismatch, "Z1401"},
    {"companion_left_behind", CompanionLeftBehind, "ZZ701"},
    {"left_behind_together", LeftBehindTogether, "ZZ701"},
    {"split_adult_read_before", SplitReadBefore, "ZZ205", "ZZ203"},
    {"split_adult_read_after", SplitReadAfter, "ZZ205", "ZZ207"},
    {"adult_to_other_port", AdultToOtherPort, "ZZ207", "ZZ209"},
    {"unaccompanied_alone", UnaccompaniedAlone, "ZX311"},
    {"unaccompanied_with_adult", UnaccompaniedWithAdult, "ZX311"},
    {"unaccompanied_with_um_escort", UnaccompaniedWithEscort, "ZZ117"},
    {"not_recorded_on_form", NotRecordedOnForm, "ZX521"},
    {"not_recorded_left_blank", NotRecordedLeftBlank, "ZX521"},
    {"not_recorded_before_2006", NotRecordedBefore2006, "ZX521"},
    {"no_record", NoRecord, "Z1403"},
    {"residence_permit", ResidencePermit, "Z1403"},
    {"transit_without_record", TransitWithoutRecord, "ZZ331"},
    {"not_applicable", NotApplicable, "ZZ701"},
    {"vignette_expired", VignetteExpired, "ZZ851"},
    {"private_fostering_28_days", FosteringFriend, "ZX801"},
    {"private_fostering_great_aunt", FosteringGreatAunt, "ZX801"},
    {"private_fostering_cousin", FosteringCousin, "ZZ117"},
    {"private_fostering_disabled_17", FosteringDisabled17, "ZZ117"},
    {"stay_27_days", Fostering27Days, "ZX801"},
    {"stay_with_aunt", FosteringAunt, "ZX801"},
    {"stay_with_guardian", FosteringGuardian, "ZZ117"},
    {"stay_with_approved_carer", FosteringApproved, "ZZ205"},
    {"stay_at_16", FosteringAt16, "ZZ331"},
    {"stay_with_mother_along", FosteringWithMother, "ZZ331"},
    {"carer_refused", CarerRefused, "ZZ851"},
    {"carer_check_pending", CarerPending, "ZZ851"},
    {"lone_child", LoneChild, "ZX533"},
    {"lone_13_year_old", LoneThirteen, "ZX601"},
    {"lone_child_departing", LoneChildDeparting, "ZZ110"},
    {"lone_child_in_transit", LoneChildInTransit, "ZZ701"},
    {"lone_16_year_old", LoneSixteen, "ZX533"},
    {"um_service", UnderCare, "ZX533"},
    {"um_form_without_phone", FormWithoutPhone, "ZX533"},
    {"receiver_changed_20_hours_before", ReceiverChangedLate, "ZZ701"},
    {"receiver_changed_40_hours_before", ReceiverChangedEarly, "ZZ701"},
    {"receiver_is_not_sponsor", ReceiverIsNotSponsor, "ZX311"},
    {"night_transit", NightTransit, "ZZ103"},
    {"short_transit", ShortTransit, "ZZ103"},
    {"night_transit_with_mother", NightTransitWithMother, "ZZ103"},
    {"third_party_one_way", ThirdPartyOneWay, "Z1611"},
    {"third_party_with_consent", ThirdPartyWithConsent, "Z1611"},
    {"third_party_aunt_by_register", ThirdPartyAuntByRegister, "ZX601"},
    {"third_party_return", ThirdPartyReturn, "ZX601"},
    {"gendered_surname_one_way", GenderedSurnameOneWay, "Z1611"},
    {"late_cash_one_way", LateCashOneWay, "ZX601"},
    {"late_card_one_way", LateCardOneWay, "ZX601"},
    {"cash_one_way_73_hours", CashOneWayAt73Hours, "ZX601"},
    {"late_cash_verified_sponsor", LateCashVerifiedSponsor, "ZX315"},
    {"two_addresses", TwoAddresses, "ZZ703"},
    {"two_names_one_address", TwoNamesOneAddress, "ZZ703"},
    {"host_scheme", HostScheme, "ZX533"},
    {"four_children_one_adult", FourChildrenOneAdult, "ZZ541"},
    {"four_children_two_adults", FourChildrenTwoAdults, "ZZ541"},
    {"three_children_one_adult", ThreeChildrenOneAdult, "ZZ541"},
    {"four_children_one_young", FourChildrenOneYoung, "ZZ541"},
    {"seated_apart", SeatedApart, "ZZ703"},
    {"seated_in_next_row", SeatedInNextRow, "ZZ703"},
    {"twelve_seated_apart", TwelveSeatedApart, "ZZ703"},
    {"checked_in_apart", CheckedInApart, "ZZ703"},
    {"adult_of_19_with_child_of_8", AdultOf19WithChild, "ZX533"},
    {"adult_of_23_with_child_of_8", AdultOf23WithChild, "ZX533"},
    {"declared_sister", DeclaredSister, "ZX315"},
    {"age_conflict_visa", AgeConflictWithVisa, "ZZ331"},
    {"age_conflict_fare", ChildFareWithAdultDocument, "ZZ703"},
    {"default_birth_date", DefaultBirthDate, "ZZ331"},
    {"document_reported_lost", DocumentReportedLost, "ZZ851"},
    {"document_of_other_issuer", DocumentOfOtherIssuer, "ZZ851"},
    {"adult_on_watch_list", AdultOnWatchList, "ZZ703"},
    {"namesake", Namesake, "ZZ703"},
    {"sponsor_at_risk", SponsorAtRisk, "ZX801"},
    {"missing_child", MissingChild, "Z1403"},
    {"child_at_risk", ChildAtRisk, "ZX601"},
    {"namesake_of_missing_child", NamesakeOfMissingChild, "ZX601"},
    {"missing_from_care", MissingFromCare, "ZX601"},
    {"in_care", InCare, "ZX601"},
    {"contact_of_three_bookings", ContactOfThreeBookings, "ZZ705"},
    {"contact_of_two_bookings", ContactOfTwoBookings, "ZZ541"},
};

}  // namespace

std::span<const HostFlight> HostFlights() { return kHostFlights; }

void AddScenarios(const ScenarioDay& scenario_day, const FlightOutline& outline, std::vector<PlannedParty>& parties,
                  std::vector<Truth>& truth, ReferenceLines* lines) {
  const std::string_view number = outline.flight.number;
  for (std::size_t i = 0; i < std::size(kScenarios); ++i) {
    const Scenario& scenario = kScenarios[i];
    if (scenario.flight != number && scenario.other_flight != number) continue;
    Stage stage(scenario_day, i, scenario.name, outline, parties, truth, lines);
    scenario.set_up(stage);
  }
}

void AddUninvolvedRecords(const ScenarioDay& scenario_day, ReferenceLines& lines) {
  Cast cast(scenario_day.seed, Random::For(scenario_day.seed, scenario_day.first_id), 99'000'000, scenario_day.day);
  Random& random = cast.random();
  const Country nowhere{"MNG", NamingCulture::kListed, false};
  const auto unrelated = [&](int age) { return cast.Person(nowhere, random.Chance(50) ? kWoman : kMan, age); };
  for (int i = 0; i < 60; ++i) {
    const bool is_child = i % 3 == 0;
    const Traveller person = unrelated(is_child ? random.Between(6, 16) : random.Between(28, 65));
    WatchEntry entry;
    entry.entry = cast.IdNumber("W");
    entry.kind = is_child      ? WatchKind::kChildAtRisk
                 : i % 3 == 1 ? WatchKind::kPersonOfConcern
                              : WatchKind::kSponsorOfConcern;
    if (is_child) entry.status = WatchStatus::kMissing;
    entry.source = "synthetic world";
    entry.names.push_back({person.surname, person.given_names});
    entry.dates_of_birth.push_back({*person.date_of_birth, *person.date_of_birth});
    if (i % 5 == 0) {
      const auto year = static_cast<std::int16_t>(person.date_of_birth->year);
      entry.dates_of_birth = {{PartialDate{static_cast<std::int16_t>(year - 1)}, PartialDate{year}, true}};
    }
    entry.sex = person.sex;
    entry.nationalities.emplace_back(nowhere.code);
    if (i % 2 == 0) entry.documents.push_back({person.documents[0].number, person.documents[0].issuer});
    AddLine(entry, lines);
  }
  for (int i = 0; i < 12; ++i) {
    AddLine(CareRecord{cast.IdNumber("N"), AsPerson(unrelated(random.Between(9, 17))), i % 2 == 0 ? "in_care" : "asylum",
                       Date{scenario_day.day.days - 200}},
            lines);
  }
  CampaignRecord campaign{"OP-" + std::to_string(random.Between(10, 99)), "winter arrivals"};
  campaign.from_date = Date{scenario_day.day.days - 2};
  campaign.until_date = Date{scenario_day.day.days + 30};
  campaign.ports = {"LHR"};
  campaign.routes = {"LOS-LHR", "DAC-LHR"};
  AddLine(campaign, lines);
}

std::vector<std::string_view> ScenarioNames() {
  std::vector<std::string_view> names;
  for (const Scenario& scenario : kScenarios) names.push_back(scenario.name);
  return names;
}

}  // namespace landfall::app
