#include "app/synth/cast.h"

#include <array>

#include "absl/strings/str_format.h"

namespace landfall::app {
namespace {

constexpr int kDaysPerTenYears = 3'652;
constexpr std::uint64_t kEightDigits = 100'000'000;

// One-to-one on 0 .. 10^8 - 1: the factor has no divisor in common with 10.
std::uint64_t Scramble(std::uint64_t id, std::uint64_t salt) {
  return (id % kEightDigits * 61'803'397 + salt % kEightDigits) % kEightDigits;
}

std::string EightDigits(std::uint64_t number) { return absl::StrFormat("%08d", number); }

}  // namespace

Sex OtherSex(Sex sex) { return sex == Sex::kF ? Sex::kM : Sex::kF; }

Date Cast::BirthDate(int age) {
  const int whole_years = age * 1461 / 4;
  return Date{on_.days - whole_years - random_.Between(8, 350)};
}

std::string Cast::DocumentNumber(std::string_view country) {
  const std::uint64_t number = Scramble(next_person_++, seed_);
  std::string text(1, static_cast<char>('A' + (country[0] + country[2]) % 26));
  return text += EightDigits(number);
}

Traveller Cast::Person(const Country& country, Sex sex, int age, std::string_view surname) {
  Traveller person;
  person.surname =
      surname.empty() ? MakeSurname(random_, country.culture, sex) : SurnameFor(std::string(surname), country.culture, sex);
  person.given_names = MakeGivenNames(random_, country.culture, sex);
  const Date born = BirthDate(age);
  person.date_of_birth = ToPartial(born);
  person.sex = sex;
  if (age < 2) person.fare = Fare::kInfant;
  if (age >= 2 && age < 12) person.fare = Fare::kChild;
  if (age >= 18) person.fare = Fare::kAdult;
  person.nationality = person.residence = CountryCode(country.code);
  Document passport{"P", DocumentNumber(country.code), CountryCode(country.code)};
  const int oldest = std::min(age >= 18 ? 3'000 : 1'400, on_.days - born.days);
  passport.issued = Date{on_.days - random_.Between(5, oldest)};
  passport.expires = Date{passport.issued->days + (age >= 18 ? kDaysPerTenYears : kDaysPerTenYears / 2)};
  person.documents.push_back(std::move(passport));
  person.data_verified = random_.Below(100) < 92;
  return person;
}

std::string Cast::Locator() {
  constexpr std::string_view kLetters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
  constexpr std::uint64_t kMask = (1u << 30) - 1;
  std::uint64_t bits = (next_booking_++ * 0x2545F491u + seed_) & kMask;
  bits = ((bits ^ (bits >> 15)) * 0x1B873593u) & kMask;
  std::string locator(6, ' ');
  for (char& letter : locator) {
    letter = kLetters[bits & 31];
    bits >>= 5;
  }
  return locator;
}

Address Cast::UkAddress() {
  // No real postcode has one of C I K M O V after its digit.
  constexpr std::string_view kNever = "CIKMOV";
  constexpr std::string_view kTowns[][2] = {{"LONDON", "N"},    {"LONDON", "SE"},     {"LONDON", "E"},  {"LONDON", "W"},
                                            {"CROYDON", "CR"},  {"SLOUGH", "SL"},     {"LUTON", "LU"},  {"READING", "RG"},
                                            {"BRISTOL", "BS"},  {"BIRMINGHAM", "B"},  {"LEEDS", "LS"},  {"OXFORD", "OX"},
                                            {"MANCHESTER", "M"}, {"LEICESTER", "LE"}, {"CRAWLEY", "RH"}, {"DERBY", "DE"}};
  Address address;
  address.lines = MakeStreet(random_);
  const auto& town = random_.Pick(kTowns);
  address.city = town[0];
  address.postcode = std::string(town[1]);
  address.postcode += std::to_string(random_.Between(1, 19));
  address.postcode += ' ';
  address.postcode += static_cast<char>('0' + random_.Below(10));
  address.postcode += random_.Pick(kNever);
  address.postcode += random_.Pick(kNever);
  address.country = CountryCode(kOwnCountry);
  return address;
}

std::string Cast::Phone() {
  // 020 7946 0xxx and 07700 900xxx.
  const std::uint32_t number = random_.Below(2'000);
  std::string text = number < 1'000 ? "+442079460000" : "+447700900000";
  std::uint32_t rest = number % 1'000;
  for (std::size_t i = 0; i < 3; ++i, rest /= 10) text[text.size() - 1 - i] = static_cast<char>('0' + rest % 10);
  return text;
}

std::string Cast::Email(std::string_view key) {
  std::string email;
  for (const char letter : key) email += static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
  return email += "@example.org";
}

std::string Cast::IdNumber(std::string_view prefix) {
  return std::string(prefix) + EightDigits(Scramble(next_person_++, seed_ * 7 + 3));
}

void Cast::Book(std::vector<Traveller>& party, const BookingTerms& terms, const FlightOutline& outline) {
  Booking booking;
  booking.locator = Locator();
  const Instant departs = outline.flight.departs_at;
  booking.booked_at = Instant{departs.seconds - static_cast<std::int64_t>(terms.lead_hours * 60) * 60};
  booking.payment = terms.payment;
  booking.payer = terms.payer;
  booking.agency = terms.agency;
  booking.trip = terms.trip;
  if (terms.trip == Trip::kReturn && terms.stay_days) {
    booking.returns_at = Instant{outline.t0.seconds + *terms.stay_days * std::int64_t{86'400}};
  }
  const std::string email = terms.email.empty() ? Email(booking.locator) : terms.email;
  const std::string checkin = booking.locator + "-C";
  const Instant checked_in{departs.seconds - random_.Between(75, 240) * 60};
  Boxed<Address> address;
  for (Traveller& traveller : party) {
    traveller.booking = booking;
    traveller.contacts.push_back({ContactKind::kEmail, email});
    if (!terms.phone.empty()) traveller.contacts.push_back({ContactKind::kPhone, terms.phone});
    traveller.checkin_id = checkin;
    traveller.checkin_at = checked_in;
    traveller.journey = {outline.flight.from, outline.flight.to};
    if (traveller.type == TravellerType::kTransit) continue;
    if (outline.is_arrival) traveller.clearance = outline.flight.to;
    if (!outline.is_arrival || traveller.residence.view() == kOwnCountry || traveller.address) continue;
    if (!address) address = UkAddress();
    traveller.address = address;
  }
}

Vignette Cast::VignetteOf(const Traveller& child, const FlightOutline& outline, int stay_days) {
  Vignette vignette;
  vignette.number = IdNumber("VG");
  vignette.evisa = random_.Chance(30);
  vignette.visa_class = VisaClass::kVisit;
  vignette.post = std::string(outline.abroad->code);
  vignette.issued = Date{on_.days - random_.Between(25, 60)};
  vignette.valid_from = Date{on_.days - random_.Between(3, 20)};
  vignette.valid_until = Date{vignette.valid_from->days + 180};
  vignette.stay_days = stay_days;
  vignette.holder = AsPerson(child);
  vignette.applicant.emplace() = {"", ApplicantRelation::kParent};
  return vignette;
}

Person AsPerson(const Traveller& traveller) {
  Person person{traveller.surname, traveller.given_names, traveller.date_of_birth, traveller.sex, traveller.nationality};
  if (!traveller.documents.empty()) {
    person.document = traveller.documents[0].number;
    person.issuer = traveller.documents[0].issuer;
  }
  return person;
}

NamedAdult AsNamedAdult(const Traveller& adult, Relationship relationship) {
  NamedAdult named{AsPerson(adult), relationship};
  named.person.sex.reset();
  named.person.nationality = {};
  return named;
}

Boxed<VisaSponsor> AsSponsor(const HandoverPerson& receiver, std::string sponsor_id, Relationship relationship,
                             Vetting vetting, Date vetted_on) {
  VisaSponsor sponsor;
  sponsor.sponsor_id = std::move(sponsor_id);
  sponsor.person.surname = receiver.surname;
  sponsor.person.given_names = receiver.given_names;
  sponsor.person.date_of_birth = receiver.date_of_birth;
  sponsor.relationship = relationship;
  sponsor.address = receiver.address;
  sponsor.phone = receiver.phone;
  sponsor.vetting = vetting;
  if (vetting != Vetting::kUnknown && vetting != Vetting::kNone) sponsor.vetted_on = vetted_on;
  return sponsor;
}

}  // namespace landfall::app
