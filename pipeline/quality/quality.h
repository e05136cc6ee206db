#pragma once

// How good what each carrier sends is: doubts, what was kept aside, birth dates. Counts and codes only, and no personal
// data.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "model/message.h"
#include "model/quarantine.h"
#include "storage/database.h"

namespace landfall {

// How often something was found, in which fields, and in which messages for example.
struct QualityCount {
  std::uint64_t count = 0;
  std::map<std::string, std::uint64_t> fields;  // The first 20 met.
  std::vector<std::string> message_ids;         // The first 3 met.
};

struct CarrierQuality {
  std::uint64_t messages = 0;            // Taken in.
  std::uint64_t travellers = 0;          // In them, as often as they were sent.
  std::uint64_t api_travellers = 0;      // Of those: in API messages, which must give a birth date. A booking need not.
  std::uint64_t without_birth_date = 0;  // Of api_travellers.
  std::uint64_t findings = 0;
  // What was kept aside, dealt with since or not: the carrier sent it.
  std::uint64_t messages_quarantined = 0;
  std::uint64_t travellers_quarantined = 0;
  std::uint64_t quarantine_open = 0;
  std::uint64_t not_screened = 0;  // Out of scope, such as a master crew list: nobody's fault.
  std::map<FindingCode, QualityCount> findings_by_code;
  std::map<QuarantineCode, QualityCount> quarantined_by_code;

  void Add(const Message& message);
  void Add(const QuarantineEntry& entry);

  // From 1000 (nothing to mend) to 0, in whole numbers: 1000 - (4m + 3t + 2b + f) / 10, rounded up, where each is a
  // share in thousandths, rounded down, and at most 1000: m of messages that were kept aside, t of travellers that
  // were, b of travellers in API messages without birth date, f findings for each message and traveller taken in.
  std::uint32_t Score() const;
};

// Thousandths, rounded down, at most 1000; 0 of nothing.
std::uint32_t PerMille(std::uint64_t part, std::uint64_t whole);

// By carrier of the flight; "" for what was kept aside and does not tell. Reads the whole store.
absl::StatusOr<std::map<std::string, CarrierQuality>> QualityByCarrier(const Database& database);

}  // namespace landfall
