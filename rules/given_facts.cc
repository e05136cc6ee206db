#include "rules/given_facts.h"

#include "rules/words.h"

namespace landfall::rules {
namespace {

Value Find(const GivenFacts::Row& row, FactId fact, const std::optional<Window>& window) {
  const auto found = row.find({fact, window});
  if (found != row.end()) return found->second;
  Value value;
  value.type = TypeOf(Info(fact).type);
  if (const std::optional<std::uint8_t> unknown = Info(fact).UnknownValue()) {
    value.known = true;
    value.enum_value = *unknown;
  }
  return value;
}

GivenFacts::Row RowOf(const std::vector<GivenValue>& given) {
  GivenFacts::Row row;
  for (const GivenValue& value : given) {
    const bool states_value = !value.unknown && Info(value.fact).type != FactType::kPeople;
    if (states_value) row[{value.fact, value.window}] = ValueOf(value.literal, value.fact);
  }
  return row;
}

}  // namespace

Value ValueOf(const Literal& literal, FactId fact) {
  Value value;
  value.known = true;
  value.type = TypeOf(Info(fact).type);
  value.boolean = literal.boolean;
  value.integer = literal.integer;
  value.number =
      literal.kind == Literal::Kind::kInt ? static_cast<double>(literal.integer) : literal.number;
  value.text = literal.text;
  value.enum_value = literal.enum_value;
  return value;
}

GivenFacts::GivenFacts(const std::vector<GivenValue>& given) : row_(RowOf(given)) {
  for (const GivenValue& value : given) {
    if (value.unknown || Info(value.fact).type != FactType::kPeople) continue;
    std::vector<Row> people(value.is_members ? 0 : static_cast<std::size_t>(value.literal.integer));
    for (const auto& member : value.members) people.push_back(RowOf(member));
    people_[value.fact] = std::move(people);
  }
}

Value GivenFacts::Fact(FactId fact, const std::optional<Window>& window) const {
  return Find(row_, fact, window);
}

std::optional<std::size_t> GivenFacts::ListSize(FactId list) const {
  const auto found = people_.find(list);
  return found == people_.end() ? std::nullopt : std::optional(found->second.size());
}

Value GivenFacts::MemberFact(FactId list, std::size_t index, FactId fact,
                             const std::optional<Window>& window) const {
  return Find(people_.at(list)[index], fact, window);
}

}  // namespace landfall::rules
