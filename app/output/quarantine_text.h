#pragma once

// Entries of the quarantine, and how many there are, in words, JSON and CSV.

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "model/quarantine.h"

namespace landfall::app {

// How many entries there are of each carrier and code. An empty carrier: nothing told it.
class QuarantineCounts {
 public:
  void Add(std::string_view carrier, const QuarantineEntry& entry);

  std::string Table() const;
  // A list of {"carrier","code","open","closed"}.
  std::string Json() const;
  std::string Csv() const;
  // Lines of the same.
  std::string Ndjson() const;

 private:
  struct OfOne {
    std::uint64_t open = 0;
    std::uint64_t closed = 0;
  };
  std::map<std::pair<std::string, QuarantineCode>, OfOne> counts_;
};

std::string QuarantineTableHeader();
void AppendQuarantineRow(std::string_view carrier, const QuarantineEntry& entry, std::string& out);
std::string QuarantineCsvHeader();
void AppendQuarantineCsv(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw,
                         std::string& out);
void AppendQuarantineJson(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw,
                          std::string& out);
// All that is known of one, one fact a line.
std::string QuarantineDetails(std::string_view carrier, const QuarantineEntry& entry, std::string_view raw);

}  // namespace landfall::app
