#pragma once

// The vignette truth table: what a child's entry clearance says of its company, against who is on the flight. Pure.
// Source: the 2007 Action Plan, ch. 4; docs/RULES.md section 19.

#include <cstdint>
#include <optional>

namespace landfall {

// In the order of the enum of visa.result in model/facts.def.
enum class VisaResult : std::uint8_t {
  kOk, kOkDocumentDiffers, kMismatchOtherAdult, kMismatchAlone, kLateMismatch, kSplit, kUnaccompaniedAlone,
  kUnaccompaniedWithAdult, kNotRecorded, kNoRecord, kNotApplicable,
};

struct VignetteCase {
  bool is_child = false;
  bool in_transit = false;
  bool is_departure = false;
  std::optional<bool> visa_required;
  bool vignettes_loaded = false;
  bool found = false;
  enum class Travel : std::uint8_t { kNotRecorded, kAccompanied, kUnaccompanied };
  Travel travel = Travel::kNotRecorded;
  // Over the one or two named adults. "On the flight": on its list and not left behind by the close-out.
  bool adult_on_flight_by_document = false;
  bool adult_on_flight_by_name_and_birth = false;
  bool adult_has_namesake = false;       // Known by name only, and somebody of that name is on the flight.
  bool adult_left_behind = false;        // Was on the list; the close-out has none of the named adults on board.
  bool child_left_behind = false;
  bool adult_elsewhere = false;          // On another flight to the port within split_hours.
  bool other_adult_in_party = false;
};

// The first row that holds; nullopt = unknown.
std::optional<VisaResult> ResultOf(const VignetteCase& of);

}  // namespace landfall
