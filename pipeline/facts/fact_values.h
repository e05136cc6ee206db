#pragma once

// The values of enum facts that no type of the model mirrors, in the order of model/facts.def.

#include <cstdint>
#include <string_view>

#include "model/enum_text.h"

namespace landfall {

enum class AgeBand : std::uint8_t { kInfant, k2To4, k5To11, k12To15, k16To17, k18To20, kAdult };
template <>
struct EnumText<AgeBand> {
  static constexpr std::string_view kWords[] = {"infant", "2-4", "5-11", "12-15", "16-17", "18-20", "adult"};
};

enum class DocumentType : std::uint8_t { kPassport, kIdCard, kTravelDocument, kNone };
template <>
struct EnumText<DocumentType> {
  static constexpr std::string_view kWords[] = {"passport", "id_card", "travel_doc", "none"};
};

enum class VisaKind : std::uint8_t { kNone, kAccompanied, kUnaccompanied, kFamily, kStudent, kSettlement, kOther };
template <>
struct EnumText<VisaKind> {
  static constexpr std::string_view kWords[] = {"none",    "accompanied", "unaccompanied", "family",
                                                "student", "settlement",  "other"};
};

enum class EscortRelationship : std::uint8_t { kParent, kRelative, kGuardian, kOrganisation, kNotRelated, kUnknown };
template <>
struct EnumText<EscortRelationship> {
  static constexpr std::string_view kWords[] = {"parent",       "relative",    "guardian",
                                                "organisation", "not_related", "unknown"};
};

enum class WatchLevel : std::uint8_t { kNone, kReview, kStrong };
template <>
struct EnumText<WatchLevel> {
  static constexpr std::string_view kWords[] = {"none", "review", "strong"};
};

}  // namespace landfall
