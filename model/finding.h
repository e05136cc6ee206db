#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "model/enum_text.h"

namespace landfall {

// Where a message or record came from. Lines count from 1; the offset is of its first byte in the file.
struct SourcePosition {
  std::string file;
  std::uint64_t offset = 0;
  std::uint64_t line = 1;

  friend bool operator==(const SourcePosition&, const SourcePosition&) = default;
};

// A doubt about a value that was kept, or about one that was not usable and so is absent. Never costs a traveller.
// DO NOT RENUMBER: findings are stored by number. New ones go at the end.
enum class FindingCode : std::uint8_t {
  kUnknownField, kBadValue, kBadDate, kBadTime, kTimeRepeated, kTimeSkipped, kBadCountry,
  kUnknownCountryName, kBadAirport, kUnknownCarrier, kBadEncoding, kValueTooLong, kBirthDateMissing,
  kBirthDateFuture, kAgeOver110, kDocumentExpired, kCheckDigit, kStayDiffers, kCountDiffers,
  kReferenceDiffers, kSeparators, kNumberPrefix, kPartMissing, kLegGuessed, kOddFunction,
  kRevisionLate, kRevisionJump, kRetimed, kRedated, kPartyTooLarge, kNameDiffers,
};
template <>
struct EnumText<FindingCode> {
  static constexpr std::string_view kWords[] = {
      "unknown_field", "bad_value", "bad_date", "bad_time", "time_repeated", "time_skipped", "bad_country",
      "unknown_country_name", "bad_airport", "unknown_carrier", "bad_encoding", "value_too_long",
      "birth_date_missing", "birth_date_future", "age_over_110", "document_expired", "check_digit",
      "stay_differs", "count_differs", "reference_differs", "separators", "number_prefix", "part_missing",
      "leg_guessed", "odd_function", "revision_late", "revision_jump", "retimed", "redated", "party_too_large",
      "name_differs"};
};

struct Finding {
  std::string traveller;  // Reference of the traveller; empty if it is about the message or the flight.
  std::string field;      // Name as in the NDJSON record; may be empty.
  FindingCode code = FindingCode::kBadValue;
  std::string problem;    // For a person: what was found.

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "traveller", self.traveller);
    visit(2, "field", self.field);
    visit(3, "code", self.code);
    visit(4, "problem", self.problem);
  }
  friend bool operator==(const Finding&, const Finding&) = default;
  friend auto operator<=>(const Finding&, const Finding&) = default;
};

// Why a message, a traveller or a reference record was kept aside. DO NOT RENUMBER.
enum class QuarantineCode : std::uint8_t {
  kNotJson, kNotObject, kLineTooLong, kTooDeep, kDuplicateKey, kNoId, kNoFlight, kBadFlight, kUnknownKind,
  kIdReused, kUnknownFormat, kBadSyntax, kUnfilledTemplate, kTruncated, kTooLarge,
  kNoIdentity, kBadType, kControlCharacter,
  kBadRecord, kChildAsConcern,
  kMasterCrewList, kGatePass, kNotAir, kUnsupportedMessage, kNotAtBorder,
};
template <>
struct EnumText<QuarantineCode> {
  static constexpr std::string_view kWords[] = {
      "not_json", "not_object", "line_too_long", "too_deep", "duplicate_key", "no_id", "no_flight", "bad_flight",
      "unknown_kind", "id_reused", "unknown_format", "bad_syntax", "unfilled_template", "truncated", "too_large",
      "no_identity", "bad_type", "control_character",
      "bad_record", "child_as_concern",
      "master_crew_list", "gate_pass", "not_air", "unsupported_message", "not_at_border"};
};

// True for the codes that cost one traveller and not the message.
constexpr bool IsAboutTraveller(QuarantineCode code) {
  return code >= QuarantineCode::kNoIdentity && code <= QuarantineCode::kControlCharacter;
}

constexpr bool IsAboutReferenceRecord(QuarantineCode code) {
  return code == QuarantineCode::kBadRecord || code == QuarantineCode::kChildAsConcern;
}
// True for what is not screened here, which is nobody's fault.
constexpr bool IsOutOfScope(QuarantineCode code) {
  return code >= QuarantineCode::kMasterCrewList && code <= QuarantineCode::kNotAtBorder;
}

struct QuarantinedRecord {
  SourcePosition position;
  QuarantineCode code = QuarantineCode::kNotJson;
  std::string reason;      // For a person: where, what, and what to do.
  std::string message_id;  // Where known.
  std::string traveller;   // Where known; only for a code about a traveller.
  std::uint32_t travellers = 0;  // How many travellers this set aside, as far as they could be counted.

  template <typename Self, typename V>
  static void Fields(Self& self, V&& visit) {
    visit(1, "file", self.position.file);
    visit(2, "offset", self.position.offset);
    visit(3, "line", self.position.line);
    visit(4, "code", self.code);
    visit(5, "reason", self.reason);
    visit(6, "message_id", self.message_id);
    visit(7, "traveller", self.traveller);
    visit(8, "travellers", self.travellers);
  }
  friend bool operator==(const QuarantinedRecord&, const QuarantinedRecord&) = default;
};

}  // namespace landfall
