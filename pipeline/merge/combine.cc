#include "pipeline/merge/combine.h"

#include <algorithm>
#include <string>
#include <vector>

namespace landfall {
namespace {

void Complete(std::string& value, const std::string& other) {
  if (value.empty()) value = other;
}
template <std::size_t N>
void Complete(FixedText<N>& value, const FixedText<N>& other) {
  if (value.empty()) value = other;
}
template <typename T>
void Complete(std::optional<T>& value, const std::optional<T>& other) {
  if (!value) value = other;
}
template <typename T>
void Complete(Boxed<T>& value, const Boxed<T>& other) {
  if (!value) value = other;
}

template <typename T>
void Unite(std::vector<T>& list, const std::vector<T>& other) {
  for (const T& item : other) {
    if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
  }
}

bool IsSameDocument(const Document& a, const Document& b) { return a.number == b.number && a.type == b.type; }

void UniteDocuments(std::vector<Document>& list, const std::vector<Document>& other) {
  for (const Document& document : other) {
    const auto same = [&](const Document& mine) { return IsSameDocument(mine, document); };
    if (std::none_of(list.begin(), list.end(), same)) list.push_back(document);
  }
}

void CompleteBooking(Booking& booking, const Booking& other) {
  Complete(booking.locator, other.locator);
  Unite(booking.other_locators, other.other_locators);
  Complete(booking.booked_at, other.booked_at);
  Complete(booking.ticketed_at, other.ticketed_at);
  Complete(booking.changed_at, other.changed_at);
  Complete(booking.payment, other.payment);
  Complete(booking.payer, other.payer);
  Complete(booking.payer_key, other.payer_key);
  Complete(booking.agency, other.agency);
  Complete(booking.trip, other.trip);
  Complete(booking.returns_at, other.returns_at);
  Complete(booking.split_from, other.split_from);
  Complete(booking.group, other.group);
  if (booking.segments.empty()) booking.segments = other.segments;
}

}  // namespace

std::shared_ptr<const Traveller> CombineTraveller(const std::shared_ptr<const Traveller>& api,
                                                  const std::shared_ptr<const Traveller>& booking) {
  if (!api) return booking;
  if (!booking) return api;
  auto merged = std::make_shared<Traveller>(*api);
  Complete(merged->role, booking->role);
  Complete(merged->date_of_birth, booking->date_of_birth);
  Complete(merged->sex, booking->sex);
  Complete(merged->fare, booking->fare);
  Complete(merged->stated_age, booking->stated_age);
  Complete(merged->nationality, booking->nationality);
  Complete(merged->residence, booking->residence);
  Complete(merged->birth_place, booking->birth_place);
  UniteDocuments(merged->documents, booking->documents);
  if (merged->booking && booking->booking) {
    CompleteBooking(*merged->booking, *booking->booking);
  } else {
    Complete(merged->booking, booking->booking);
  }
  Complete(merged->seat, booking->seat);
  Complete(merged->bags, booking->bags);
  Unite(merged->services, booking->services);
  Complete(merged->escort_form, booking->escort_form);
  Complete(merged->consent, booking->consent);
  Complete(merged->journey.origin, booking->journey.origin);
  Complete(merged->journey.destination, booking->journey.destination);
  Complete(merged->address, booking->address);
  Complete(merged->home_address, booking->home_address);
  Unite(merged->contacts, booking->contacts);
  Unite(merged->references, booking->references);
  Complete(merged->checkin_id, booking->checkin_id);
  Complete(merged->checkin_at, booking->checkin_at);
  return merged;
}

}  // namespace landfall
