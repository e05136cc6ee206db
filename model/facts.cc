#include "model/facts.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"

namespace landfall {
namespace {

FactLevel LevelOf(std::string_view subject) {
  if (subject == "party") return FactLevel::kParty;
  if (subject == "flight") return FactLevel::kFlight;
  return FactLevel::kTraveller;
}

std::vector<std::string_view> SplitValues(std::string_view list) {
  std::vector<std::string_view> values;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    values.push_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return values;
}

std::string TypeText(FactType type, bool is_window, std::string_view values) {
  static constexpr std::string_view kWords[] = {"bool",    "int",     "num",   "text", "country",
                                                "airport", "carrier", "route", "enum", "list<pax>"};
  std::string text(kWords[static_cast<std::size_t>(type)]);
  if (type == FactType::kEnum) text += "{" + std::string(values) + "}";
  return is_window ? "fn(duration)->" + text : text;
}

FactInfo MakeInfo(FactId id, std::string_view name, std::string_view subject, FactType type,
                  bool is_window, std::string_view values, std::string_view null,
                  std::string_view protection, std::string_view source, std::string_view meaning) {
  return {id,
          name,
          subject,
          type,
          LevelOf(subject),
          is_window,
          null == "?",
          SplitValues(values),
          protection,
          source,
          meaning,
          TypeText(type, is_window, values)};
}

std::vector<FactInfo> MakeFacts() {
  return {
#define FACT(subject, name, type, window, values, null, protection, source, meaning)          \
  MakeInfo(FactId::subject##_##name, #subject "." #name, #subject, FactType::k##type, window, \
           values, null, protection, source, meaning),
#include "model/facts.def"
#undef FACT
  };
}

}  // namespace

std::optional<std::uint8_t> FactInfo::ValueNumber(std::string_view word) const {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == word) return static_cast<std::uint8_t>(i);
  }
  return std::nullopt;
}

std::optional<std::uint8_t> FactInfo::UnknownValue() const { return ValueNumber("unknown"); }

const std::vector<FactInfo>& Facts() {
  static const auto* const facts = new std::vector<FactInfo>(MakeFacts());
  return *facts;
}

const FactInfo& Info(FactId id) { return Facts()[static_cast<std::size_t>(id)]; }

const FactInfo* FindFact(std::string_view name) {
  static const auto* const by_name = [] {
    auto* map = new absl::flat_hash_map<std::string, const FactInfo*>();
    for (const FactInfo& fact : Facts()) map->emplace(std::string(fact.name), &fact);
    return map;
  }();
  const auto found = by_name->find(std::string(name));
  return found == by_name->end() ? nullptr : found->second;
}

}  // namespace landfall
