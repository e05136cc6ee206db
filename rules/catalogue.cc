#include "rules/catalogue.h"

#include <algorithm>
#include <array>
#include <vector>

#include "model/json_writer.h"

namespace landfall::rules {
namespace {

using Row = std::array<std::string, 7>;

// Long lists of enum values would push everything else off the screen: they stand with the meaning.
constexpr std::size_t kWidestType = 22;

bool HasPart(std::string_view name, std::string_view part) {
  const std::size_t at = name.find(part);
  if (at == std::string_view::npos) return false;
  const std::size_t end = at + part.size();
  const bool begins = at == 0 || name[at - 1] == '_' || name[at - 1] == '.';
  return begins && (end == name.size() || name[end] == '_');
}

Row RowOf(const FactInfo& fact) {
  const bool is_long = fact.type_text.size() > kWidestType;
  const std::string values = is_long ? fact.type_text.substr(fact.type_text.find('{')) + " " : "";
  return {std::string(fact.name),
          is_long ? "enum" : fact.type_text,
          std::string(UnitOf(fact)),
          fact.nullable ? "?" : "-",
          std::string(fact.protection),
          std::string(fact.source),
          values + std::string(fact.meaning)};
}

std::string Aligned(const std::vector<Row>& rows) {
  std::array<std::size_t, 7> widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i)
      text += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    text += row.back() + "\n";
  }
  return text;
}

}  // namespace

std::string_view UnitOf(const FactInfo& fact) {
  const std::string_view name = fact.name;
  if (fact.type != FactType::kInt && fact.type != FactType::kNum) return "";
  for (const std::string_view unit : {"hours", "days", "minutes"}) {
    if (HasPart(name, unit)) return unit;
  }
  if (name.ends_with("_score")) return "decibans";
  return name.ends_with(".age") || name.ends_with(".age_gap") ? "years" : "";
}

std::string CatalogueTable() {
  std::vector<Row> rows = {{"name", "type", "unit", "null", "class", "source", "meaning"}};
  for (const FactInfo& fact : Facts()) rows.push_back(RowOf(fact));
  return Aligned(rows);
}

std::string CatalogueJson() {
  std::string out = "[";
  for (const FactInfo& fact : Facts()) {
    out += out.size() > 1 ? ",\n " : "";
    JsonObject object(out);
    object.Field("name", fact.name);
    object.Field("type", std::string_view(fact.type_text));
    object.Field("unit", UnitOf(fact));
    object.Field("null", fact.nullable);
    object.Field("class", fact.protection);
    object.Field("source", fact.source);
    object.Field("meaning", fact.meaning);
  }
  return out + "]\n";
}

}  // namespace landfall::rules
