#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/date.h"
#include "model/digest.h"
#include "model/fixed_text.h"

namespace landfall {

// Limits on what comes in. Beyond one the message is quarantined, never the process in trouble.
struct InputLimits {
  std::size_t line_bytes = 4u << 20;          // An NDJSON line.
  std::size_t interchange_bytes = 64u << 20;  // An EDIFACT interchange.
  std::size_t depth = 64;                     // JSON nesting.
  std::size_t segments = 1'000'000;           // In an interchange.
  std::size_t text_bytes = 16u << 10;         // One text field: longer is cut, with a finding.
  // What compressed input may become. Messages compress ten to fifty times.
  std::uint64_t expansion_ratio = 200;               // Beyond the next.
  std::uint64_t expansion_free_bytes = 16u << 20;    // So much does no harm, whatever the ratio.
  std::uint64_t expanded_bytes = std::uint64_t{64} << 30;  // One file, in all.
};

// A row of the visa requirement table. An empty document type means any.
struct VisaRequirement {
  CountryCode nationality;
  std::string document_type;
  std::optional<Date> from, until;
  bool required = true;
};

// What a site sets. Immutable once the pipeline runs.
struct Configuration {
  CountryCode own_country{"GBR"};
  InputLimits limits;
  // EDIFACT separators of a sender that sends no UNA: six characters as in UNA. By UNB sender.
  std::map<std::string, std::string> separators;
  std::vector<VisaRequirement> visa_requirements;
  // What payment cards are hashed with, so that bookings paid with one card can be told: the store's own. Without one it is
  // drawn for the run.
  std::optional<HashKey> card_key;
  // What the people book hashes its keys with: the store's own. Without one no people are kept.
  std::optional<HashKey> people_key;
};

}  // namespace landfall
