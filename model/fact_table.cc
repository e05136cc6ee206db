#include "model/fact_table.h"

#include <algorithm>
#include <cassert>

namespace landfall {
namespace {

enum class Storage { kSmall, kInts, kNums, kTexts, kNone };

Storage StorageOf(FactType type) {
  switch (type) {
    case FactType::kBool:
    case FactType::kEnum: return Storage::kSmall;
    case FactType::kInt: return Storage::kInts;
    case FactType::kNum: return Storage::kNums;
    case FactType::kPeople: return Storage::kNone;
    default: return Storage::kTexts;
  }
}

void ClearColumn(FactColumn& column) {
  column.known.clear();
  column.small.clear();
  column.ints.clear();
  column.nums.clear();
  column.texts.clear();
}

void SetKnown(FactColumn& column, std::size_t row) { column.known[row >> 6] |= std::uint64_t{1} << (row & 63); }

// Makes room for rows that are not known, whole words of `known` at a time: row by row it costs more than all values do.
constexpr std::size_t kRowsAtOnce = 64;
void GrowColumn(FactColumn& column, Storage storage, std::uint8_t default_value, std::size_t rows) {
  column.known.resize(rows / kRowsAtOnce, 0);
  switch (storage) {
    case Storage::kSmall: column.small.resize(rows, default_value); break;
    case Storage::kInts: column.ints.resize(rows, 0); break;
    case Storage::kNums: column.nums.resize(rows, 0); break;
    case Storage::kTexts: column.texts.resize(rows, 0); break;
    case Storage::kNone: break;
  }
}

// What never changes of the columns, looked up once.
struct ColumnPlan {
  Storage storage = Storage::kNone;
  bool has_default = false;
  std::uint8_t default_value = 0;  // `unknown` of an enum that lists it.
};
struct Plans {
  std::vector<ColumnPlan> columns;        // By FactId.
  std::vector<std::size_t> with_default;  // The columns that are known from the first.
};

const Plans& ThePlans() {
  static const Plans plans = [] {
    Plans made;
    for (const FactInfo& info : Facts()) {
      const std::optional<std::uint8_t> unknown = info.UnknownValue();
      if (unknown) made.with_default.push_back(made.columns.size());
      made.columns.push_back({info.is_window ? Storage::kNone : StorageOf(info.type), unknown.has_value(), unknown.value_or(0)});
    }
    return made;
  }();
  return plans;
}

}  // namespace

FactTable::FactTable(std::vector<std::pair<FactId, Window>> windows)
    : columns_(kFactCount), windows_(std::move(windows)), window_columns_(windows_.size()) {}

void FactTable::Clear() {
  for (FactColumn& column : columns_) ClearColumn(column);
  for (FactColumn& column : window_columns_) ClearColumn(column);
  texts_.clear();
  text_numbers_.clear();
  row_party_.clear();
  row_flight_.clear();
  party_first_row_.clear();
  flight_first_row_.clear();
}

std::uint32_t FactTable::AddFlight() {
  flight_first_row_.push_back(static_cast<std::uint32_t>(rows()));
  return static_cast<std::uint32_t>(flight_first_row_.size() - 1);
}

std::uint32_t FactTable::AddParty() {
  party_first_row_.push_back(static_cast<std::uint32_t>(rows()));
  return static_cast<std::uint32_t>(party_first_row_.size() - 1);
}

void FactTable::GrowColumns(std::size_t rows) {
  const std::vector<ColumnPlan>& plans = ThePlans().columns;
  for (std::size_t fact = 0; fact < kFactCount; ++fact) {
    if (plans[fact].storage == Storage::kNone) continue;
    GrowColumn(columns_[fact], plans[fact].storage, plans[fact].default_value, rows);
  }
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    GrowColumn(window_columns_[i], StorageOf(Info(windows_[i].first).type), 0, rows);
  }
}

std::uint32_t FactTable::AddRow() {
  assert(!flight_first_row_.empty() && !party_first_row_.empty());
  const std::size_t row = rows();
  if (row % kRowsAtOnce == 0) GrowColumns(row + kRowsAtOnce);
  for (const std::size_t fact : ThePlans().with_default) SetKnown(columns_[fact], row);
  row_party_.push_back(static_cast<std::uint32_t>(parties() - 1));
  row_flight_.push_back(static_cast<std::uint32_t>(flights() - 1));
  return static_cast<std::uint32_t>(row);
}

std::pair<std::uint32_t, std::uint32_t> FactTable::PartyRows(std::size_t party) const {
  const bool is_last = party + 1 == parties();
  return {party_first_row_[party], is_last ? static_cast<std::uint32_t>(rows()) : party_first_row_[party + 1]};
}

std::pair<std::uint32_t, std::uint32_t> FactTable::FlightRows(std::size_t flight) const {
  const bool is_last = flight + 1 == flights();
  return {flight_first_row_[flight], is_last ? static_cast<std::uint32_t>(rows()) : flight_first_row_[flight + 1]};
}

void FactTable::SetBool(std::size_t row, FactId fact, bool value) { SetEnum(row, fact, value ? 1 : 0); }

void FactTable::SetEnum(std::size_t row, FactId fact, std::uint8_t value) {
  FactColumn& column = Mutable(fact);
  column.small[row] = value;
  SetKnown(column, row);
}

void FactTable::SetInt(std::size_t row, FactId fact, std::int64_t value) {
  FactColumn& column = Mutable(fact);
  column.ints[row] = value;
  SetKnown(column, row);
}

void FactTable::SetNum(std::size_t row, FactId fact, double value) {
  FactColumn& column = Mutable(fact);
  column.nums[row] = value;
  SetKnown(column, row);
}

void FactTable::SetText(std::size_t row, FactId fact, std::string_view value) {
  auto it = text_numbers_.find(value);
  if (it == text_numbers_.end()) {
    it = text_numbers_.emplace(std::string(value), static_cast<std::uint32_t>(texts_.size())).first;
    texts_.emplace_back(value);
  }
  FactColumn& column = Mutable(fact);
  column.texts[row] = it->second;
  SetKnown(column, row);
}

void FactTable::SetUnknown(std::size_t row, FactId fact) {
  FactColumn& column = Mutable(fact);
  const ColumnPlan& plan = ThePlans().columns[static_cast<std::size_t>(fact)];
  if (plan.has_default) {
    column.small[row] = plan.default_value;
  } else if (!column.known.empty()) {
    column.known[row >> 6] &= ~(std::uint64_t{1} << (row & 63));
  }
}

void FactTable::SetWindow(std::size_t row, FactId fact, Window window, double value) {
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    if (windows_[i] != std::pair(fact, window)) continue;
    FactColumn& column = window_columns_[i];
    if (Info(fact).type == FactType::kNum) column.nums[row] = value;
    else column.ints[row] = static_cast<std::int64_t>(value);
    SetKnown(column, row);
  }
}

const FactColumn* FactTable::WindowColumn(FactId fact, Window window) const {
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    if (windows_[i] == std::pair(fact, window)) return &window_columns_[i];
  }
  return nullptr;
}

std::optional<std::uint32_t> FactTable::FindText(std::string_view text) const {
  const auto it = text_numbers_.find(text);
  if (it == text_numbers_.end()) return std::nullopt;
  return it->second;
}

}  // namespace landfall
