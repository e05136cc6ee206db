#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "absl/strings/str_format.h"
#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/visa_requirement.h"
#include "pipeline/match/name_key.h"
#include "pipeline/places/places.h"

namespace landfall::facts_internal {
namespace {

constexpr std::int64_t kCheckinSeconds = 600;
constexpr int kChildFareAge = 12;

std::string_view AgeBand(int age) {
  if (age < 2) return "infant";
  if (age <= 4) return "2-4";
  if (age <= 11) return "5-11";
  if (age <= 15) return "12-15";
  if (age <= 17) return "16-17";
  return age <= 20 ? "18-20" : "adult";
}

// 1 January is what some registers write for an unknown day: no conflict by itself.
bool IsDummyDate(PartialDate date) { return date.month == 1 && date.day == 1; }

// Whether two birth dates disagree; nullopt if one is not known.
std::optional<bool> Disagree(const std::optional<PartialDate>& a, const std::optional<PartialDate>& b) {
  if (!a || !b) return std::nullopt;
  const bool same_year = a->year == b->year && (IsDummyDate(*a) || IsDummyDate(*b));
  return !Compatible(*a, *b) && !same_year;
}

// Birth dates of API, booking and vignette, and the fare. True if any two disagree; unknown if there was nothing to compare.
std::optional<bool> AgeConflict(const FlightInput& input, std::uint32_t i) {
  const FlightTraveller& known = input.state.travellers[i];
  const TravellerContext& context = input.context.travellers[i];
  std::vector<std::optional<bool>> compared;
  if (known.api && known.booking) compared.push_back(Disagree(known.api->date_of_birth, known.booking->date_of_birth));
  if (context.vignette.vignette != nullptr) {
    compared.push_back(Disagree(known.merged->date_of_birth, context.vignette.vignette->holder.date_of_birth));
  }
  const std::optional<Fare> fare = known.merged->fare;
  if (fare && context.has_age) {
    const bool child_fare = *fare == Fare::kChild || *fare == Fare::kInfant;
    // Unaccompanied minors pay the adult fare.
    const bool adult_fare = *fare == Fare::kAdult && !known.merged->HasService("UMNR");
    compared.push_back((child_fare && context.age.youngest >= 18) || (adult_fare && context.age.oldest < kChildFareAge));
  }
  std::optional<bool> conflict;
  for (const std::optional<bool>& one : compared) {
    if (one) conflict = conflict.value_or(false) || *one;
  }
  return conflict;
}

struct Seat {
  int row = 0;
  int column = 0;
};
std::optional<Seat> ParseSeat(std::string_view text) {
  Seat seat;
  std::size_t at = 0;
  while (at < text.size() && at < 3 && text[at] >= '0' && text[at] <= '9') seat.row = seat.row * 10 + (text[at++] - '0');
  if (at == 0 || at + 1 != text.size()) return std::nullopt;
  seat.column = text[at];
  return seat;
}

// Within one row and two seats of an adult of the party.
std::optional<bool> SitsNearAdult(const FlightInput& input, std::uint32_t i) {
  const std::optional<Seat> own = ParseSeat(input.TravellerAt(i).seat);
  if (!own) return std::nullopt;
  std::optional<bool> near;
  for (const std::uint32_t member : input.PartyOf(i).members) {
    if (member == i || !input.IsAdultOnFlight(member)) continue;
    const std::optional<Seat> other = ParseSeat(input.TravellerAt(member).seat);
    if (!other) continue;
    near = near.value_or(false) || (std::abs(own->row - other->row) <= 1 && std::abs(own->column - other->column) <= 2);
  }
  return near;
}

// In one transaction with, or within ten minutes of, somebody of the party.
std::optional<bool> CheckedInWithParty(const FlightInput& input, std::uint32_t i) {
  const Traveller& own = input.TravellerAt(i);
  std::optional<bool> together;
  for (const std::uint32_t member : input.PartyOf(i).members) {
    if (member == i) continue;
    const Traveller& other = input.TravellerAt(member);
    if (!own.checkin_id.empty() && !other.checkin_id.empty()) {
      together = together.value_or(false) || own.checkin_id == other.checkin_id;
    }
    if (own.checkin_at && other.checkin_at) {
      const std::int64_t apart = std::abs(own.checkin_at->seconds - other.checkin_at->seconds);
      together = together.value_or(false) || apart <= kCheckinSeconds;
    }
  }
  return together;
}

// The travel document: passports first, then the latest expiry. Null: none was sent.
const Document* TravelDocument(const Traveller& traveller) {
  const Document* best = nullptr;
  for (const Document& document : traveller.documents) {
    if (document.type == "V" || document.type == "R") continue;
    const auto rank = [](const Document& of) { return std::pair(of.type == "P", of.expires.value_or(Date{INT32_MIN})); };
    if (best == nullptr || rank(document) > rank(*best)) best = &document;
  }
  return best;
}

std::string_view DocumentType(std::string_view type) {
  if (type == "P") return "passport";
  if (type == "F") return "travel_doc";
  return type == "IP" || type == "I" || type == "A" || type == "C" || type == "AC" ? "id_card" : "";
}

void AddDocumentFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.TravellerAt(i);
  row.Bool(FactId::doc_verified, traveller.data_verified);
  const Document* const document = TravelDocument(traveller);
  if (document == nullptr) {
    if (input.state.api_complete) row.Word(FactId::doc_type, "none");
    return;
  }
  row.Word(FactId::doc_type, DocumentType(document->type));
  row.Text(FactId::doc_issuer, document->issuer.view());
  if (document->issued) row.Int(FactId::doc_age_days, input.state.t0_date.days - document->issued->days);
  if (document->expires) {
    row.Int(FactId::doc_days_to_expiry, document->expires->days - input.state.t0_date.days);
    if (*document->expires < input.state.t0_date) {
      input.Note(i, "documents", FindingCode::kDocumentExpired, "expired on " + ToString(*document->expires));
    }
  }
  if (input.reference.IsLoaded(ReferenceKind::kWatchlist) && !document->number.empty()) {
    const bool is_lost = std::any_of(traveller.documents.begin(), traveller.documents.end(), [&](const Document& any) {
      return input.reference.watch().FindLostDocument(any) != nullptr;
    });
    row.Bool(FactId::doc_reported_lost, is_lost);
  }
}

// Services come with bookings: without a booking, or any service, their absence says nothing.
std::optional<bool> HasService(const FlightTraveller& known, std::string_view code) {
  if (known.merged->HasService(code)) return true;
  const bool is_told = known.booking != nullptr || !known.merged->services.empty();
  return is_told ? std::optional<bool>(false) : std::nullopt;
}

void AddServiceFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const FlightTraveller& known = input.state.travellers[i];
  row.Bool(FactId::service_umnr, HasService(known, "UMNR"));
  row.Bool(FactId::service_meet_and_assist, HasService(known, "MAAS"));
  if (!known.merged->escort_form) return;
  const EscortForm& form = *known.merged->escort_form;
  const bool has_receiver = form.collected_by.has_value();
  row.Bool(FactId::service_umnr_form_complete,
           has_receiver && !(form.collected_by->surname.empty() && form.collected_by->given_names.empty()) &&
               !form.collected_by->phone.empty() && form.collected_by->address.has_value());
  if (form.changed_at) row.Num(FactId::service_handover_changed_hours, HoursBetween(*form.changed_at, input.state.t0));
}

std::string PersonKey(std::string_view name) { return FullNameKey(name, ""); }

// The payer is in the party, or is the sponsor.
std::optional<bool> PaidByParty(const FlightInput& input, std::uint32_t i, const std::string& payer) {
  const std::string key = PersonKey(payer);
  if (key.empty()) return std::nullopt;
  for (const std::uint32_t member : input.PartyOf(i).members) {
    const Traveller& traveller = input.TravellerAt(member);
    if (FullNameKey(traveller.surname, traveller.given_names) == key) return true;
  }
  const VisaSponsor* const sponsor = SponsorOf(input, i);
  return sponsor != nullptr && FullNameKey(sponsor->person.surname, sponsor->person.given_names) == key;
}

void AddBookingFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const FlightTraveller& known = input.state.travellers[i];
  if (!known.merged->booking) return;
  const Booking& booking = *known.merged->booking;
  const Instant departs = input.state.flight.departs_at;
  if (booking.booked_at) row.Num(FactId::booking_lead_hours, HoursBetween(*booking.booked_at, departs));
  row.Enum(FactId::booking_payment, booking.payment);
  if (!booking.payer.empty()) row.Bool(FactId::booking_paid_by_party, PaidByParty(input, i, booking.payer));
  if (!booking.split_from.empty() || known.booking) row.Bool(FactId::booking_split_from, !booking.split_from.empty());
  row.Text(FactId::booking_agency, booking.agency);
  if (booking.changed_at) row.Num(FactId::pax_itinerary_changed_hours, HoursBetween(*booking.changed_at, departs));
  std::optional<bool> one_way;
  if (booking.trip) one_way = *booking.trip == Trip::kOneWay;
  else if (booking.returns_at) one_way = false;
  row.Bool(FactId::pax_one_way, one_way);
}

// Connections before the arrival of this flight, from the booking's segments.
void AddTransitFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.TravellerAt(i);
  if (!traveller.booking || traveller.booking->segments.empty()) return;
  const std::vector<Segment>& segments = traveller.booking->segments;
  const auto this_flight = std::find_if(segments.begin(), segments.end(), [&](const Segment& segment) {
    return segment.from == input.state.key.from && segment.to == input.state.key.to;
  });
  if (this_flight == segments.end()) return;
  std::optional<double> longest;
  bool all_known = true;
  for (auto segment = segments.begin(); segment != this_flight; ++segment) {
    const auto next = std::next(segment);
    if (!segment->arrives_at || !next->departs_at) all_known = false;
    else longest = std::max(longest.value_or(0), HoursBetween(*segment->arrives_at, *next->departs_at));
  }
  row.Int(FactId::pax_transit_points, this_flight - segments.begin());
  if (all_known) row.Num(FactId::pax_transit_hours, longest.value_or(0));
  const AirportCode stated = traveller.journey.destination;
  if (!stated.empty() && !segments.back().to.empty()) row.Bool(FactId::pax_onward_differs, stated != segments.back().to);
}

void AddRegisterFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Traveller& traveller = input.TravellerAt(i);
  TravellerContext& context = input.context.travellers[i];
  WatchQuery query;
  query.surname = traveller.surname;
  query.given_names = traveller.given_names;
  query.date_of_birth = traveller.date_of_birth;
  query.sex = traveller.sex;
  query.nationality = traveller.nationality.view();
  query.documents = &traveller.documents;
  query.may_be_child = context.is_child || !context.has_age;
  context.watch = BestMatch(input, query);
  const std::string_view word = MatchWord(context.watch, input.parameters);
  row.Word(FactId::pax_watch_match, word);
  if (context.watch && context.watch->entry != nullptr) row.Num(FactId::pax_watch_score, context.watch->score);
  std::optional<bool> missing;
  if (context.watch) {
    missing = word == "strong" && context.watch->entry->kind == WatchKind::kChildAtRisk &&
              context.watch->entry->status == WatchStatus::kMissing;
  }
  if (input.reference.IsLoaded(ReferenceKind::kCareRegister)) {
    const CareRecord* const care = context.is_child ? input.reference.FindCare(traveller) : nullptr;
    row.Bool(FactId::pax_in_care, care != nullptr && (care->status == "in_care" || care->status == "asylum"));
    missing = missing.value_or(false) || (care != nullptr && care->status == "missing_from_care");
  }
  row.Bool(FactId::pax_reported_missing, missing);
}

std::optional<bool> SharesNameWithAdult(const FlightInput& input, std::uint32_t i) {
  if (input.family_names[i].empty()) return std::nullopt;
  for (const std::uint32_t member : input.PartyOf(i).members) {
    if (member == i || !input.IsAdultOnFlight(member)) continue;
    if (SharesFamilyName(input.TravellerAt(i).surname, input.TravellerAt(member).surname)) return true;
  }
  return false;
}

}  // namespace

std::optional<std::int64_t> StayDays(const FlightInput& input, std::uint32_t i) {
  const Traveller& traveller = input.TravellerAt(i);
  const Vignette* const vignette = input.context.travellers[i].vignette.vignette;
  if (traveller.booking && traveller.booking->returns_at) {
    return LocalDate(*traveller.booking->returns_at, ZoneOf(input.state.port)).days - input.state.t0_date.days;
  }
  if (vignette != nullptr && vignette->stay_days) return *vignette->stay_days;
  return std::nullopt;
}

void AddPaxFacts(FlightInput& input, std::uint32_t i, const FactRow& row) {
  const FlightTraveller& known = input.state.travellers[i];
  const Traveller& traveller = *known.merged;
  const TravellerContext& context = input.context.travellers[i];
  const Vignette* const vignette = context.vignette.vignette;
  if (context.has_age) {
    if (context.age.youngest == context.age.oldest) row.Int(FactId::pax_age, context.age.youngest);
    if (AgeBand(context.age.youngest) == AgeBand(context.age.oldest)) {
      row.Word(FactId::pax_age_band, AgeBand(context.age.youngest));
    }
  }
  row.Bool(FactId::pax_child, context.is_child);
  row.Bool(FactId::pax_age_conflict, AgeConflict(input, i));
  row.Enum(FactId::pax_sex, traveller.sex);
  row.Text(FactId::pax_nationality, traveller.nationality.view());
  row.Text(FactId::pax_residence, !traveller.residence.empty() || vignette == nullptr ? traveller.residence.view()
                                                                                     : vignette->holder_residence.view());
  if (traveller.birth_place) row.Text(FactId::pax_birth_country, traveller.birth_place->country.view());
  else if (vignette != nullptr) row.Text(FactId::pax_birth_country, vignette->holder_birth_country.view());
  const bool is_departure = input.state.direction == Direction::kDeparture;
  row.Bool(FactId::pax_visa_required,
           is_departure ? std::optional<bool>(false)
                        : IsVisaRequired(traveller, input.state.t0_date, input.configuration.visa_requirements));
  row.Text(FactId::pax_family_name_key, input.family_names[i]);
  if (context.is_child) row.Bool(FactId::pax_shares_name_with_party_adult, SharesNameWithAdult(input, i));
  row.Int(FactId::pax_stay_days, StayDays(input, i));
  if (vignette != nullptr && vignette->stay_days && traveller.booking && traveller.booking->returns_at &&
      *vignette->stay_days != *StayDays(input, i)) {
    input.Note(i, "booking.returns_at", FindingCode::kStayDiffers,
               absl::StrFormat("the booking makes %d days, the vignette says %d: the booking's holds", *StayDays(input, i),
                               *vignette->stay_days));
  }
  if (traveller.bags) row.Int(FactId::pax_bags, *traveller.bags);
  if (context.is_child) row.Bool(FactId::pax_seat_near_adult, SitsNearAdult(input, i));
  row.Bool(FactId::pax_checked_in_with_party, CheckedInWithParty(input, i));
  row.Bool(FactId::pax_boarded, known.boarded);
  row.Bool(FactId::pax_in_transit, input.IsInTransit(i));
  AddTransitFacts(input, i, row);
  AddRegisterFacts(input, i, row);
  AddDocumentFacts(input, i, row);
  AddServiceFacts(input, i, row);
  AddBookingFacts(input, i, row);
}

}  // namespace landfall::facts_internal
