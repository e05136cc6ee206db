// Facts about the booking and the services booked.

#include "pipeline/facts/fact_maker.h"
#include "pipeline/facts/payer.h"

namespace landfall::facts_internal {
namespace {

// Services come with booking data: without any, their absence says nothing.
std::optional<bool> HasService(const FlightInput& input, std::uint32_t i, std::string_view code) {
  if (input.At(i).HasService(code)) return true;
  return input.HasBookingData(i) ? std::optional<bool>(false) : std::nullopt;
}

bool IsComplete(const EscortForm& form) {
  if (!form.collected_by) return false;
  const HandoverPerson& receiver = *form.collected_by;
  const bool has_name = !receiver.surname.empty() || !receiver.given_names.empty();
  return has_name && !receiver.phone.empty() && receiver.address && *receiver.address != Address{};
}

// The payer is in the party, or is the sponsor. Unknown where the name given says too little.
std::optional<bool> IsPaidByParty(const FlightInput& input, std::uint32_t i) {
  const std::string_view payer = input.At(i).booking->payer;
  bool is_open = payer.empty();
  const auto is_payer = [&](std::string_view surname, std::string_view given_names) {
    const std::optional<bool> is_same = IsPayerNamed(payer, surname, given_names);
    is_open = is_open || !is_same;
    return is_same == true;
  };
  for (const std::uint32_t member : input.PartyOf(i).members) {
    if (is_payer(input.At(member).surname, input.At(member).given_names)) return true;
  }
  const VisaSponsor* const sponsor = input.sponsors[i];
  if (sponsor != nullptr && is_payer(sponsor->person.surname, sponsor->person.given_names)) return true;
  return is_open ? std::nullopt : std::optional<bool>(false);
}

void AddServiceFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  row.Bool(FactId::service_umnr, HasService(input, i, "UMNR"));
  row.Bool(FactId::service_meet_and_assist, HasService(input, i, "MAAS"));
  if (!input.At(i).escort_form) return;
  const EscortForm& form = *input.At(i).escort_form;
  row.Bool(FactId::service_umnr_form_complete, IsComplete(form));
  if (form.changed_at) row.Num(FactId::service_handover_changed_hours, HoursBetween(*form.changed_at, input.state.t0));
}

}  // namespace

void AddBookingFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  AddServiceFacts(input, i, row);
  if (!input.At(i).booking) return;
  const Booking& booking = *input.At(i).booking;
  if (booking.booked_at) {
    row.Num(FactId::booking_lead_hours, HoursBetween(*booking.booked_at, input.state.flight.departs_at));
  }
  row.Enum(FactId::booking_payment, booking.payment);
  if (!booking.payer.empty()) row.Bool(FactId::booking_paid_by_party, IsPaidByParty(input, i));
  if (!booking.split_from.empty() || input.HasBookingData(i)) {
    row.Bool(FactId::booking_split_from, !booking.split_from.empty());
  }
  row.Text(FactId::booking_agency, booking.agency);
}

}  // namespace landfall::facts_internal
