#pragma once

// Columns of facts: one row per traveller, with the facts of its party and flight repeated in the row. This one layout
// feeds the rules live and, later, over history.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "model/facts.h"
#include "model/string_hash.h"

namespace landfall {

// A window of a window function: sponsor.distinct_children(90 days) or (90 days, including_this).
struct Window {
  std::int64_t minutes = 0;
  bool including_this = false;

  friend auto operator<=>(const Window&, const Window&) = default;
};

// One column: which rows are known, and their values. Bool and enum values lie in `small`, int in `ints`, num in
// `nums`, and text, country, airport, carrier, route in `texts` as numbers of the table's string pool. The vectors are longer
// than the table has rows: what stands behind them is not known.
struct FactColumn {
  std::vector<std::uint64_t> known;  // Bit per row.
  std::vector<std::uint8_t> small;
  std::vector<std::int64_t> ints;
  std::vector<double> nums;
  std::vector<std::uint32_t> texts;

  bool IsKnown(std::size_t row) const { return (known[row >> 6] >> (row & 63)) & 1; }
};

class FactTable {
 public:
  // The columns of window functions that the profiles in use ask for; all other facts always have a column.
  explicit FactTable(std::vector<std::pair<FactId, Window>> windows = {});

  // Forgets all rows and texts, keeps the memory.
  void Clear();

  // Begins a flight, or a party of the latest flight. Rows added then belong to the latest of both.
  std::uint32_t AddFlight();
  std::uint32_t AddParty();
  // Adds a row of which nothing is known: an enum that lists `unknown` has that value, everything else is null.
  std::uint32_t AddRow();

  std::size_t rows() const { return row_party_.size(); }
  std::size_t parties() const { return party_first_row_.size(); }
  std::size_t flights() const { return flight_first_row_.size(); }
  std::uint32_t PartyOf(std::size_t row) const { return row_party_[row]; }
  std::uint32_t FlightOf(std::size_t row) const { return row_flight_[row]; }
  // Rows of a party, and of a flight, stand together: [first, last).
  std::pair<std::uint32_t, std::uint32_t> PartyRows(std::size_t party) const;
  std::pair<std::uint32_t, std::uint32_t> FlightRows(std::size_t flight) const;

  // Setting a value makes it known. The fact must have the type; facts of party and flight are set on every row.
  void SetBool(std::size_t row, FactId fact, bool value);
  void SetEnum(std::size_t row, FactId fact, std::uint8_t value);
  void SetInt(std::size_t row, FactId fact, std::int64_t value);
  void SetNum(std::size_t row, FactId fact, double value);
  void SetText(std::size_t row, FactId fact, std::string_view value);  // text, country, airport, carrier, route
  void SetUnknown(std::size_t row, FactId fact);
  // Of a window function; without effect if the table has no column for it. `value` as int or num by the fact's type.
  void SetWindow(std::size_t row, FactId fact, Window window, double value);

  const FactColumn& Column(FactId fact) const { return columns_[static_cast<std::size_t>(fact)]; }
  // nullptr if the table has no column for this window.
  const FactColumn* WindowColumn(FactId fact, Window window) const;
  const std::vector<std::pair<FactId, Window>>& windows() const { return windows_; }

  std::string_view Text(std::uint32_t number) const { return texts_[number]; }
  std::size_t text_count() const { return texts_.size(); }
  // Number of a text; nullopt if no row holds it.
  std::optional<std::uint32_t> FindText(std::string_view text) const;

 private:
  void GrowColumns(std::size_t rows);
  FactColumn& Mutable(FactId fact) { return columns_[static_cast<std::size_t>(fact)]; }

  std::vector<FactColumn> columns_;  // By FactId; those of window functions stay empty.
  std::vector<std::pair<FactId, Window>> windows_;
  std::vector<FactColumn> window_columns_;  // As `windows_`.
  std::vector<std::string> texts_;
  absl::flat_hash_map<std::string, std::uint32_t, StringHash, std::equal_to<>> text_numbers_;
  std::vector<std::uint32_t> row_party_, row_flight_, party_first_row_, flight_first_row_;
};

}  // namespace landfall
