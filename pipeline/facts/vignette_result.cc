#include "pipeline/facts/vignette_result.h"

namespace landfall {
namespace {

std::optional<VisaResult> AccompaniedResult(const VignetteCase& of) {
  if (of.adult_on_flight_by_document) return VisaResult::kOk;
  if (of.adult_on_flight_by_name_and_birth) return VisaResult::kOkDocumentDiffers;
  if (of.adult_has_namesake) return std::nullopt;
  if (of.adult_left_behind && !of.child_left_behind) return VisaResult::kLateMismatch;
  if (of.adult_elsewhere) return VisaResult::kSplit;
  return of.other_adult_in_party ? VisaResult::kMismatchOtherAdult : VisaResult::kMismatchAlone;
}

}  // namespace

std::optional<VisaResult> ResultOf(const VignetteCase& of) {
  if (!of.is_child || of.in_transit || of.is_departure) return VisaResult::kNotApplicable;
  if (of.visa_required == false && !of.found) return VisaResult::kNotApplicable;
  if (!of.vignettes_loaded || (!of.found && !of.visa_required)) return std::nullopt;
  if (!of.found) return VisaResult::kNoRecord;
  switch (of.travel) {
    case VignetteCase::Travel::kNotRecorded: return VisaResult::kNotRecorded;
    case VignetteCase::Travel::kAccompanied: return AccompaniedResult(of);
    case VignetteCase::Travel::kUnaccompanied: break;
  }
  return of.other_adult_in_party ? VisaResult::kUnaccompaniedWithAdult : VisaResult::kUnaccompaniedAlone;
}

}  // namespace landfall
