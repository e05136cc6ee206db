#include "app/synth/population.h"

#include <algorithm>
#include <utility>

#include "app/synth/reference_json.h"

namespace landfall::app {
namespace {

constexpr int kLongestVisitDays = 27;  // A day more, and staying with a family friend is private fostering.

class Population {
 public:
  Population(Cast& cast, const FlightOutline& outline, std::vector<PlannedParty>& parties, ReferenceLines* lines)
      : cast_(cast), random_(cast.random()), outline_(outline), parties_(parties), lines_(lines) {}

  int AddOne() {
    const std::size_t before = parties_.size();
    DrawOrigin();
    const int kind = random_.Between(0, 99);
    if (kind < 33) Alone();
    else if (kind < 56) Adults(2, true);
    else if (kind < 73) Family(2);
    else if (kind < 79) Family(1);
    else if (kind < 89) Adults(2, false);
    else if (kind < 94) Adults(3, false);
    else if (kind < 96) GrandparentsWithChild();
    else if (kind < 98) InTransit();
    else if (kind == 98) YoungPersonAlone();
    else UnderCarriersCare();
    return static_cast<int>(parties_.size() == before ? 0 : parties_.back().members.size());
  }

  int AddSchoolClass();

 private:
  template <typename Record>
  void Put(const Record& record) {
    if (lines_ != nullptr) AddLine(record, *lines_);
  }

  void DrawOrigin() {
    const int share = random_.Between(0, 99);
    std::string_view code = outline_.abroad->country;
    if (share >= 45) code = kOwnCountry;
    if (share >= 85) code = random_.Pick(Countries()).code;
    country_ = &CountryOf(code);
    lives_here_ = code == kOwnCountry || random_.Chance(20);
  }

  bool NeedsVisa() const { return country_->needs_visa && outline_.is_arrival && !lives_here_; }

  Traveller Make(Sex sex, int age, std::string_view surname = {}) {
    Traveller person = cast_.Person(*country_, sex, age, surname);
    if (!lives_here_) return person;
    person.residence = CountryCode(kOwnCountry);
    if (country_->needs_visa) {
      person.documents.push_back({"R", cast_.IdNumber("RP"), CountryCode(kOwnCountry), Date{cast_.on().days + 900}});
    }
    return person;
  }

  Sex AnySex() { return random_.Chance(50) ? Sex::kF : Sex::kM; }

  BookingTerms Terms(bool may_be_one_way) {
    BookingTerms terms;
    terms.lead_hours = random_.Between(90, 4'000);
    const int payment = random_.Between(0, 99);
    if (payment < 8) terms.payment = Payment::kAgency;
    else if (payment < 12) terms.payment = Payment::kMiles;
    else if (payment < 15) terms.payment = Payment::kVoucher;
    else if (payment < 19) terms.payment = Payment::kCash;
    if (terms.payment == Payment::kAgency) terms.agency = "AG" + std::to_string(random_.Between(100, 999));
    if (may_be_one_way && random_.Chance(8)) terms.trip = Trip::kOneWay;
    terms.stay_days.reset();
    if (outline_.is_arrival && !lives_here_) terms.stay_days = random_.Between(3, kLongestVisitDays);
    return terms;
  }

  PlannedParty& Add(std::vector<Traveller> members, BookingTerms terms) {
    const Traveller& first = members[0];
    if (terms.payer.empty() && random_.Chance(40)) {
      terms.payer = first.given_names.substr(0, 1) + ' ' + first.surname;
    }
    cast_.Book(members, terms, outline_);
    for (Traveller& traveller : members) {
      if (traveller.fare == Fare::kInfant) traveller.services.push_back("INFT");
      else if (random_.Chance(60)) traveller.bags = random_.Between(0, 2);
    }
    parties_.emplace_back().members = std::move(members);
    return parties_.back();
  }

  void MaybeLeaveBehind(PlannedParty& party) {
    if (random_.Below(1'000) < 15) party.left_behind.assign(party.members.size(), 1);
  }

  void Alone() {
    BookingTerms terms = Terms(true);
    const bool on_business = random_.Chance(40);
    if (on_business) {
      terms.lead_hours = random_.Between(6, 200);
      terms.payment = Payment::kCard;
      terms.stay_days = outline_.is_arrival && !lives_here_ ? std::optional(random_.Between(1, 5)) : std::nullopt;
    }
    if (random_.Chance(30)) terms.phone = cast_.Phone();
    Traveller person = Make(AnySex(), random_.Between(19, 80));
    if (on_business) person.references.push_back({"CR", cast_.IdNumber(outline_.carrier->code)});
    MaybeLeaveBehind(Add({std::move(person)}, terms));
  }

  void Adults(int count, bool is_couple) {
    std::vector<Traveller> members;
    const Sex sex = AnySex();
    const int age = random_.Between(22, 75);
    members.push_back(Make(sex, age));
    for (int i = 1; i < count; ++i) {
      const bool shares = is_couple && random_.Chance(60);
      const int other_age = std::max(21, age + random_.Between(-5, 5));
      members.push_back(Make(is_couple ? OtherSex(sex) : AnySex(), other_age, shares ? members[0].surname : std::string()));
    }
    MaybeLeaveBehind(Add(std::move(members), Terms(true)));
  }

  void Family(int adults) {
    std::vector<Traveller> members;
    const int age = random_.Between(26, 50);
    Sex sex = AnySex();
    members.push_back(Make(sex, age));
    const bool one_name = country_->culture != NamingCulture::kSlavic && random_.Chance(85);
    if (adults == 2) {
      const int other_age = std::max(25, age + random_.Between(-4, 4));
      members.push_back(Make(OtherSex(sex), other_age, one_name ? members[0].surname : std::string()));
    }
    const int oldest_child = std::min(17, std::min(age, adults == 2 ? age - 4 : age) - 22);
    const int children = random_.Between(1, 3);
    for (int i = 0; i < children; ++i) {
      members.push_back(Make(AnySex(), random_.Between(0, std::max(0, oldest_child)), members[0].surname));
    }
    GiveVisas(members, static_cast<std::size_t>(adults), Relationship::kParent, Add(members, Terms(one_name)));
  }

  void GrandparentsWithChild() {
    std::vector<Traveller> members;
    members.push_back(Make(AnySex(), random_.Between(55, 74)));
    members.push_back(Make(AnySex(), random_.Between(3, 16), random_.Chance(50) ? members[0].surname : std::string()));
    GiveVisas(members, 1, Relationship::kGrandparent, Add(members, Terms(false)));
  }

  // Accompanied vignettes that name the adults of the party. `booked` holds the way back.
  void GiveVisas(const std::vector<Traveller>& members, std::size_t adults, Relationship relationship,
                 const PlannedParty& booked) {
    if (!NeedsVisa()) return;
    const std::optional<Instant> returns = booked.members[0].booking->returns_at;
    const int stay = returns ? static_cast<int>((returns->seconds - outline_.t0.seconds) / 86'400) : 20;
    Boxed<VisaSponsor> sponsor;
    if (random_.Chance(50)) sponsor = ReceivingRelative(booked.members[0].address);
    for (std::size_t i = adults; i < members.size(); ++i) {
      Vignette vignette = cast_.VignetteOf(members[i], outline_, stay);
      vignette.travel = ChildTravel::kAccompanied;
      vignette.visa_class = random_.Chance(70) ? VisaClass::kVisit : VisaClass::kFamily;
      for (std::size_t k = 0; k < adults; ++k) vignette.adults.push_back(AsNamedAdult(members[k], relationship));
      vignette.sponsor = sponsor;
      Put(vignette);
    }
  }

  HandoverPerson Receiver(const Boxed<Address>& address) {
    const Traveller person = cast_.Person(*country_, AnySex(), random_.Between(30, 66));
    HandoverPerson receiver{person.surname, person.given_names, person.date_of_birth};
    receiver.phone = cast_.Phone();
    receiver.address = address;
    return receiver;
  }

  // An aunt, uncle or grandparent at the declared address, checked and approved.
  VisaSponsor ReceivingRelative(const Boxed<Address>& address) {
    const HandoverPerson receiver = Receiver(address);
    return SponsorFrom(receiver, random_.Chance(60) ? Relationship::kAuntUncle : Relationship::kGrandparent);
  }

  VisaSponsor SponsorFrom(const HandoverPerson& receiver, Relationship relationship) {
    const Date vetted{cast_.on().days - random_.Between(30, 90)};
    VisaSponsor sponsor = *AsSponsor(receiver, cast_.IdNumber("SP"), relationship, Vetting::kApproved, vetted);
    sponsor.relationship_verified = random_.Chance(70);
    if (random_.Chance(40)) {
      SponsorRecord record;
      record.sponsor_id = sponsor.sponsor_id;
      record.person = sponsor.person;
      record.addresses.push_back(*sponsor.address);
      record.phones.push_back(sponsor.phone);
      record.vetting = Vetting::kApproved;
      record.vetted_on = vetted;
      record.address = sponsor.address;
      Put(record);
    }
    Put(AddressRecord{cast_.IdNumber("AD"), *sponsor.address, AddressKind::kResidential});
    return sponsor;
  }

  void YoungPersonAlone() {
    Traveller young = Make(AnySex(), random_.Between(16, 17));
    const BookingTerms terms = Terms(false);
    if (!NeedsVisa()) {
      Add({std::move(young)}, terms);
      return;
    }
    young.address = cast_.UkAddress();
    Vignette vignette = cast_.VignetteOf(young, outline_, *terms.stay_days);
    vignette.travel = ChildTravel::kUnaccompanied;
    vignette.sponsor = ReceivingRelative(young.address);
    Put(vignette);
    Add({std::move(young)}, terms);
  }

  // An unaccompanied minor with a form that is complete, collected by a close relative.
  void UnderCarriersCare() {
    if (!outline_.TellsBookings()) return YoungPersonAlone();
    Traveller child = Make(AnySex(), random_.Between(5, 15));
    const BookingTerms terms = Terms(false);
    const Boxed<Address> home = cast_.UkAddress();
    if (outline_.is_arrival) child.address = home;
    HandoverPerson collects = Receiver(home);
    collects.relationship = random_.Chance(50) ? Relationship::kAuntUncle : Relationship::kGrandparent;
    HandoverPerson hands_over = Receiver({});
    hands_over.surname = child.surname;
    hands_over.relationship = Relationship::kParent;
    if (NeedsVisa()) {
      Vignette vignette = cast_.VignetteOf(child, outline_, *terms.stay_days);
      vignette.travel = ChildTravel::kUnaccompanied;
      vignette.sponsor = SponsorFrom(collects, *collects.relationship);
      Put(vignette);
    }
    child.services = {"UMNR"};
    EscortForm& form = child.escort_form.emplace();
    form.collected_by = std::move(collects);
    form.handed_over_by = std::move(hands_over);
    Add({std::move(child)}, terms);
  }

  void InTransit() {
    if (!outline_.is_arrival || outline_.port.view() != "LHR") return Alone();
    std::vector<Traveller> members;
    const int age = random_.Between(28, 50);
    members.push_back(Make(AnySex(), age));
    if (random_.Chance(50)) members.push_back(Make(AnySex(), random_.Between(2, 5), members[0].surname));
    for (Traveller& traveller : members) traveller.type = TravellerType::kTransit;
    BookingTerms terms = Terms(false);
    terms.stay_days.reset();
    constexpr std::string_view kOnward[] = {"BOS", "ORD", "IAD", "YUL", "KEF", "MIA"};
    const AirportCode destination(random_.Pick(kOnward));
    for (Traveller& traveller : Add(std::move(members), terms).members) traveller.journey.destination = destination;
  }

  Cast& cast_;
  Random& random_;
  const FlightOutline& outline_;
  std::vector<PlannedParty>& parties_;
  ReferenceLines* lines_;
  const Country* country_ = nullptr;
  bool lives_here_ = false;
};

int Population::AddSchoolClass() {
  const Country& abroad = CountryOf(outline_.abroad->country);
  country_ = abroad.needs_visa || !outline_.is_arrival ? &CountryOf(kOwnCountry) : &abroad;
  lives_here_ = country_->code == kOwnCountry;
  std::vector<Traveller> members;
  const int leaders = 3, pupils = random_.Between(18, 26);
  for (int i = 0; i < leaders; ++i) members.push_back(Make(AnySex(), random_.Between(29, 57)));
  const int age = random_.Between(13, 16);
  for (int i = 0; i < pupils; ++i) members.push_back(Make(AnySex(), age));
  GroupRecord group;
  group.group = cast_.IdNumber("G");
  group.kind = GroupKind::kSchool;
  group.name = MakeSurname(random_, NamingCulture::kNordic, Sex::kM) + " SCHOOL";
  InstitutionRecord host{cast_.IdNumber("I"), "school", "HOST OF " + group.name, cast_.UkAddress(), {cast_.Phone()}};
  Put(host);
  if (!lives_here_) {
    for (Traveller& member : members) member.address = host.address;
  }
  BookingTerms terms = Terms(false);
  terms.payment = Payment::kAgency;
  terms.agency = "AG" + std::to_string(random_.Between(100, 999));
  terms.payer = group.name;
  if (terms.stay_days) terms.stay_days = 6;
  PlannedParty& party = Add(std::move(members), terms);
  for (Traveller& member : party.members) member.booking->group = group.group;
  for (int i = 0; i < leaders; ++i) group.leaders.push_back(AsPerson(party.members[static_cast<std::size_t>(i)]));
  group.locators.push_back(party.members[0].booking->locator);
  const FlightKey key = outline_.flight.Key();
  group.flights.push_back({key.number, key.departs_on, key.from, key.to});
  Put(group);
  return static_cast<int>(party.members.size());
}

}  // namespace

void AddOrdinaryParties(Cast& cast, const FlightOutline& outline, int travellers, std::vector<PlannedParty>& parties,
                        ReferenceLines* lines) {
  Population population(cast, outline, parties, lines);
  int added = 0;
  if (travellers >= 80 && cast.random().Chance(8)) added += population.AddSchoolClass();
  while (added < travellers) added += population.AddOne();
}

std::vector<Traveller> MakeCrew(Cast& cast, const FlightOutline& outline) {
  std::vector<Traveller> crew;
  Random& random = cast.random();
  const Country& country = CountryOf(kOwnCountry);
  for (int i = 0; i < 8; ++i) {
    Traveller member = cast.Person(country, random.Chance(55) ? Sex::kF : Sex::kM, random.Between(24, 58));
    member.ref.append(1, 'C').append(std::to_string(i + 1));
    member.type = TravellerType::kCrew;
    member.role = i < 2 ? TravellerRole::kCockpit : TravellerRole::kCabin;
    member.fare.reset();
    member.data_verified.reset();
    member.journey = {outline.flight.from, outline.flight.to};
    crew.push_back(std::move(member));
  }
  return crew;
}

}  // namespace landfall::app
