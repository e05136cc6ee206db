#pragma once

#include <cstdint>

namespace landfall {

// The parameters of a rule profile (docs/RULES.md). Facts that rest on one are made for each profile.
struct ProfileParameters {
  std::int64_t consider_from = 6;  // Points of a flight from which it is suggested to consider,
  std::int64_t meet_from = 10;     // and to meet.
  std::int64_t match_review = 20;  // Decibans from which an identity match is to be reviewed,
  std::int64_t match_strong = 40;  // and is strong.
  std::int64_t foster_age = 16;    // Private fostering (Children Act 1989 s.66): under this age,
  std::int64_t foster_age_disabled = 18;  // and if disabled under that,
  std::int64_t foster_days = 28;          // for this many days or more.
  std::int64_t split_hours = 24;  // A named adult on another flight to the port within so many hours: a split journey.
  double sample_share = 0.02;     // Share of the flights without hits that is drawn for checking.

  friend bool operator==(const ProfileParameters&, const ProfileParameters&) = default;
};

}  // namespace landfall
