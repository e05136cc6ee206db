#include "pipeline/quality/quality.h"

#include <algorithm>
#include <limits>

#include "model/result.h"
#include "pipeline/parse/times.h"
#include "pipeline/quarantine/look.h"

namespace landfall {
namespace {

constexpr std::size_t kFields = 20;
constexpr std::size_t kExamples = 3;

bool IsApi(MessageKind kind) {
  return kind == MessageKind::kCheckIn || kind == MessageKind::kUpdate || kind == MessageKind::kCrew;
}

void Note(std::string_view field, std::string_view message_id, QualityCount& count) {
  ++count.count;
  if (const auto it = count.fields.find(std::string(field)); it != count.fields.end()) ++it->second;
  else if (!field.empty() && count.fields.size() < kFields) count.fields.emplace(field, 1);
  const bool is_new =
      std::find(count.message_ids.begin(), count.message_ids.end(), message_id) == count.message_ids.end();
  if (is_new && !message_id.empty() && count.message_ids.size() < kExamples) count.message_ids.emplace_back(message_id);
}

}  // namespace

void CarrierQuality::Add(const Message& message) {
  ++messages;
  travellers += message.travellers.size();
  findings += message.findings.size();
  for (const Finding& finding : message.findings)
    Note(finding.field, message.message_id, findings_by_code[finding.code]);
  if (!IsApi(message.kind)) return;
  api_travellers += message.travellers.size();
  for (const Traveller& traveller : message.travellers) without_birth_date += traveller.date_of_birth ? 0 : 1;
}

void CarrierQuality::Add(const QuarantineEntry& entry) {
  const QuarantinedRecord& record = entry.record;
  if (IsOutOfScope(record.code)) {
    ++not_screened;
    return;
  }
  messages_quarantined += IsAboutTraveller(record.code) ? 0 : 1;
  travellers_quarantined += record.travellers;
  quarantine_open += entry.closing ? 0 : 1;
  Note("", record.message_id, quarantined_by_code[record.code]);
}

std::uint32_t PerMille(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return 0;
  return static_cast<std::uint32_t>(std::min(part, whole) * 1'000 / whole);
}

std::uint32_t CarrierQuality::Score() const {
  const std::uint32_t m = PerMille(messages_quarantined, messages + messages_quarantined);
  const std::uint32_t t = PerMille(travellers_quarantined, travellers + travellers_quarantined);
  const std::uint32_t b = PerMille(without_birth_date, api_travellers);
  const std::uint32_t f = PerMille(findings, messages + travellers);
  return 1'000 - (4 * m + 3 * t + 2 * b + f) / 10;
}

absl::StatusOr<std::map<std::string, CarrierQuality>> QualityByCarrier(const Database& database) {
  std::map<std::string, CarrierQuality> by_carrier;
  // One flight's messages at a time: however many there are, they are never all in memory.
  constexpr Date kFirst{std::numeric_limits<std::int32_t>::min()}, kLast{std::numeric_limits<std::int32_t>::max()};
  ASSIGN_OR_RETURN(const std::vector<FlightKey> flights, database.FlightsBetween(kFirst, kLast));
  for (const FlightKey& flight : flights) {
    ASSIGN_OR_RETURN(const std::vector<Database::StoredMessage> stored, database.MessagesOf(flight));
    for (const Database::StoredMessage& one : stored) {
      if (!one.is_link) by_carrier[std::string(CarrierOf(flight.number))].Add(one.message);
    }
  }
  RETURN_IF_ERROR(database.ForEachQuarantineEntry([&](const QuarantineEntry& entry, std::string_view raw) {
    if (!IsAboutReferenceRecord(entry.record.code)) by_carrier[GuessCarrier(raw)].Add(entry);
    return absl::OkStatus();
  }));
  return by_carrier;
}

}  // namespace landfall
