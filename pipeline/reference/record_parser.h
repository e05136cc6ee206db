#pragma once

// One reference record from JSON: docs/NDJSON.md gives the fields of each kind.

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "model/finding.h"
#include "model/reference_records.h"

namespace landfall {

// The kinds that no fact is made of yet (border_events, referrals, judgements, dispositions) are checked and have no
// type of their own.
using ReferenceRecord =
    std::variant<std::monostate, Vignette, WatchEntry, SponsorRecord, ScheduleRecord, GroupRecord, InstitutionRecord,
                 AddressRecord, CheckRecord, ConsentRecord, CareRecord, CampaignRecord>;

struct ParsedRecord {
  std::string id;  // What makes two records of a kind the same record.
  ReferenceRecord record;
  std::vector<Finding> findings;
};

// Keeps its buffers: one parser per thread.
class RecordParser {
 public:
  RecordParser();
  ~RecordParser();
  RecordParser(const RecordParser&) = delete;
  RecordParser& operator=(const RecordParser&) = delete;

  // The record, or why there is none (without position): no JSON object, `bad_record` for a missing id or required
  // part, `child_as_concern` for a person of concern who may be under 18 on `today`. Without `today` ages are not
  // checked here (every match checks them again).
  std::variant<ParsedRecord, QuarantinedRecord> Parse(ReferenceKind kind, std::string_view json,
                                                      std::optional<Date> today = std::nullopt);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace landfall
