#pragma once

// Makes people, their documents, bookings, addresses and visas. Everything is invented, and nothing repeats by chance:
// numbers come from counters through a one-to-one scramble.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/synth/flight_plan.h"
#include "app/synth/random.h"

namespace landfall::app {

// How a party booked. Times are hours or days before the departure.
struct BookingTerms {
  double lead_hours = 1'000;
  Payment payment = Payment::kCard;
  std::optional<Trip> trip = Trip::kReturn;
  std::optional<int> stay_days = 10;  // Until the way back; unknown where the journey ends at home.
  std::string payer;
  std::string agency;
  std::string email;  // Empty: one of its own.
  std::string phone;
};

class Cast {
 public:
  // `first_id` starts the counter of people and bookings: 1024 of each belong to the caller.
  Cast(std::uint64_t seed, Random random, std::uint64_t first_id, Date on)
      : seed_(seed), random_(random), next_person_(first_id), next_booking_(first_id), on_(on) {}

  Random& random() { return random_; }
  Date on() const { return on_; }

  // A person of completed `age` years with a passport of `country`, living there. An empty surname is made up.
  Traveller Person(const Country& country, Sex sex, int age, std::string_view surname = {});
  // A birth date of completed `age` years, not within days of a birthday.
  Date BirthDate(int age);
  std::string DocumentNumber(std::string_view country);

  // One booking, one check-in, one address in the country if the flight brings visitors here.
  void Book(std::vector<Traveller>& party, const BookingTerms& terms, const FlightOutline& outline);
  std::string Locator();

  Address UkAddress();
  // Of the numbers set aside for drama: they reach nobody.
  std::string Phone();
  std::string Email(std::string_view key);
  std::string IdNumber(std::string_view prefix);  // A unique "VG00412345".

  Vignette VignetteOf(const Traveller& child, const FlightOutline& outline, int stay_days);

 private:
  std::uint64_t seed_;
  Random random_;
  std::uint64_t next_person_;
  std::uint64_t next_booking_;
  Date on_;
};

Sex OtherSex(Sex sex);
Person AsPerson(const Traveller& traveller);
NamedAdult AsNamedAdult(const Traveller& adult, Relationship relationship);
// Turns the person who collects a child, as on the form, into the same person as sponsor.
Boxed<VisaSponsor> AsSponsor(const HandoverPerson& receiver, std::string sponsor_id, Relationship relationship,
                             Vetting vetting, Date vetted_on);

}  // namespace landfall::app
