#pragma once

// A table of facts written by hand: flights, parties, people, each person with a reference and
// facts as text.

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/fact_table.h"
#include "rules/rule_set.h"

namespace landfall::rules {

inline constexpr std::int64_t kMinutesPerDay = 24 * 60;

class FactRows {
 public:
  using Facts = std::vector<std::pair<std::string_view, std::string_view>>;

  explicit FactRows(std::vector<std::pair<FactId, Window>> windows = {})
      : table_(std::move(windows)) {}

  FactRows& Flight() {
    table_.AddFlight();
    return *this;
  }
  FactRows& Party() {
    table_.AddParty();
    return *this;
  }
  // {"pax.age", "9"}; a window as {"sponsor.distinct_children(90)", "4"}, in days.
  FactRows& Person(std::string ref, const Facts& facts = {}) {
    refs_.push_back(std::move(ref));
    const std::uint32_t row = table_.AddRow();
    for (const auto& [name, value] : facts) Set(row, name, value);
    return *this;
  }

  void Set(std::uint32_t row, std::string_view name, std::string_view value) {
    const std::size_t bracket = name.find('(');
    const FactInfo* const fact = FindFact(name.substr(0, bracket));
    ASSERT_NE(fact, nullptr) << name;
    const std::string text(value);
    if (fact->is_window) {
      const std::int64_t days = std::stoll(std::string(name.substr(bracket + 1)));
      return table_.SetWindow(row, fact->id, {days * kMinutesPerDay}, std::stod(text));
    }
    switch (fact->type) {
      case FactType::kBool:
        return table_.SetBool(row, fact->id, value == "true");
      case FactType::kEnum:
        return table_.SetEnum(row, fact->id, fact->ValueNumber(value).value());
      case FactType::kInt:
        return table_.SetInt(row, fact->id, std::stoll(text));
      case FactType::kNum:
        return table_.SetNum(row, fact->id, std::stod(text));
      default:
        return table_.SetText(row, fact->id, value);
    }
  }

  const FactTable& table() const { return table_; }
  FactTable& table() { return table_; }

  // Flight ZZ101 of 22 November 2026; sources are the schema's.
  HitContext Context() const {
    HitContext context;
    context.flight = {MakeDate(2026, 11, 22), "ZZ101", AirportCode("LOS"), AirportCode("LHR")};
    context.on = MakeDate(2026, 11, 22);
    context.traveller_ref = [this](std::uint32_t row) { return refs_[row]; };
    return context;
  }

 private:
  FactTable table_;
  std::vector<std::string> refs_;
};

}  // namespace landfall::rules
