#pragma once

// The reference records in memory, indexed for exact look-up. Immutable: a reload makes another snapshot.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "model/finding.h"
#include "model/reference_records.h"
#include "pipeline/match/watch_index.h"

namespace landfall {

class ReferenceSnapshot {
 public:
  ReferenceSnapshot();

  // Adds one record, given as the JSON object it was imported as (see record_parser.h). Later records of the same id
  // replace earlier ones. A record that does not parse is returned as quarantined, with no position.
  std::optional<QuarantinedRecord> Add(ReferenceKind kind, std::string_view json);
  // Call once, after the last Add: builds the indexes. `watch_today` (the date of the newest data, never the clock) is
  // what `review_by` of watch entries is compared with; nullopt keeps them all.
  void Build(std::optional<Date> watch_today = std::nullopt);

  // False while no record of this kind was ever loaded: its facts are unknown then.
  bool IsLoaded(ReferenceKind kind) const;
  std::size_t Count(ReferenceKind kind) const;
  // Identifies the content: equal data gives equal versions. Stored with every hit.
  std::string_view version() const { return version_; }
  // Of this snapshot, as built, and of no other in this process.
  std::uint64_t serial() const { return serial_; }

  // How a record was found.
  enum class Basis : std::uint8_t { kNumber, kDocument, kNameAndBirth, kOtherSpelling };
  struct FoundVignette {
    const Vignette* vignette = nullptr;
    Basis basis = Basis::kNumber;
  };
  // The vignette of a traveller: by visa number, else by document number (with the issuer where both know it; a
  // contradicting birth date vetoes), else by folded name and birth date, else by another spelling of the name and the
  // same whole birth date. A visa number whose holder has another birth
  // date and neither name nor passport in common is somebody else's, and finds nothing. Of several the one valid on `arrival`, then
  // the one issued last, then by number. A null vignette if there is none.
  FoundVignette FindVignette(const Traveller& traveller, Date arrival) const;

  // True if some vignette names a person with this document, or this name, in any spelling, and birth date, as
  // accompanying adult: for keeping track of where such adults travel.
  bool IsNamedAdult(const Traveller& traveller) const;

  // By id, else document, else name with birth date, telephone or address; else another spelling of it with one of them.
  const SponsorRecord* FindSponsor(const VisaSponsor& sponsor) const;
  // The latest local-authority check of this sponsor, or of this child; nullptr if there is none.
  const CheckRecord* FindCheck(std::string_view sponsor_id, const Traveller* child) const;
  const GroupRecord* FindGroup(std::string_view locator, std::string_view group_name, const Traveller& traveller,
                               std::string_view flight_number, Date departs_on) const;
  const AddressRecord* FindAddress(const Address& address) const;
  const InstitutionRecord* FindInstitution(const Address& address) const;
  const ConsentRecord* FindConsent(const Traveller& child, const Traveller& adult, Date arrival) const;
  const CareRecord* FindCare(const Traveller& child) const;
  const CampaignRecord* FindCampaign(std::string_view flight_number, std::string_view route, std::string_view port,
                                     Date on) const;
  const ScheduleRecord* FindSchedule(std::string_view number, AirportCode from, AirportCode to, Date departs_on) const;

  const WatchIndex& watch() const { return watch_; }

 private:
  struct Tables;
  std::shared_ptr<Tables> tables_;
  WatchIndex watch_;
  std::string version_;
  std::uint64_t serial_ = 0;
};

}  // namespace landfall
