#include "pipeline/parse/ndjson/json_fields.h"

#include <utility>

namespace landfall {
namespace {

std::string NotADate(std::string_view text) { return "not a date: " + Shown(text) + "; write 2026-11-22"; }

}  // namespace

void NoteDuplicate(std::string_view key, JsonContext& context) {
  if (!context.duplicate_key) context.duplicate_key = Shown(key);
}

void CheckUnread(simdjson::dom::element value, JsonContext& context) {
  simdjson::dom::array list;
  if (value.get_array().get(list) == simdjson::SUCCESS) {
    for (const simdjson::dom::element item : list) CheckUnread(item, context);
  }
  simdjson::dom::object object;
  if (value.get_object().get(object) != simdjson::SUCCESS) return;
  absl::flat_hash_set<std::string_view> keys;
  for (const auto field : object) {
    if (!keys.insert(field.key).second) NoteDuplicate(field.key, context);
    CheckUnread(field.value, context);
  }
}

void UnknownKeys::Add(std::string_view key, simdjson::dom::element value, JsonContext& context) {
  if (keys_ == nullptr) keys_ = std::make_unique<absl::flat_hash_set<std::string_view>>();
  if (!keys_->insert(key).second) NoteDuplicate(key, context);
  CheckUnread(value, context);
  const std::string shown = Shown(key);
  context.At(shown).Add(FindingCode::kUnknownField, "this field is not known and was left out");
}

void JsonField::WrongKind(std::string_view problem) const {
  std::string_view text;
  if (value.is_null() || (value.get_string().get(text) == simdjson::SUCCESS && Trim(text).empty())) return;
  CheckUnread(value, context);
  place().Add(FindingCode::kBadValue, std::string(problem));
}

void JsonField::NotInList(std::string_view word, const std::string_view* words, std::size_t size) const {
  std::string problem = "'" + Shown(word) + "' is none of:";
  for (std::size_t i = 0; i < size; ++i) problem += " " + std::string(words[i]);
  place().Add(FindingCode::kBadValue, std::move(problem));
}

void JsonField::Integer(std::int64_t least, std::int64_t most, std::optional<std::int64_t>& to) const {
  std::int64_t number = 0;
  if (value.get_int64().get(number) != simdjson::SUCCESS || number < least || number > most) {
    return WrongKind("not a whole number that makes sense here");
  }
  to = number;
}

void JsonField::Integer(std::int64_t least, std::int64_t most, std::optional<std::int32_t>& to) const {
  std::optional<std::int64_t> number;
  Integer(least, most, number);
  if (number) to = static_cast<std::int32_t>(*number);
}

void JsonField::Number(double least, double most, std::optional<double>& to) const {
  double number = 0;
  if (value.get_double().get(number) != simdjson::SUCCESS || number < least || number > most) {
    return WrongKind("not a number that makes sense here");
  }
  to = number;
}

void JsonField::Bool(std::optional<bool>& to) const {
  bool truth = false;
  if (value.get_bool().get(truth) != simdjson::SUCCESS) return WrongKind("neither true nor false");
  to = truth;
}

void JsonField::Date(std::optional<landfall::Date>& to) const {
  const std::string_view text = Trimmed();
  if (text.empty()) return;
  to = ParseDate(text);
  if (!to) place().Add(FindingCode::kBadDate, NotADate(text));
}

void JsonField::PartialDate(std::optional<landfall::PartialDate>& to) const {
  const std::string_view text = Trimmed();
  if (text.empty()) return;
  to = ParsePartialDate(text);
  if (!to) place().Add(FindingCode::kBadDate, NotADate(text));
}

void JsonField::Time(AirportCode airport, std::optional<Instant>& to) const {
  const std::string_view text = Trimmed();
  if (!text.empty()) to = ParseTime(text, airport, place());
}

void JsonField::Texts(std::vector<std::string>& to) const {
  List([&to](std::size_t size) { to.reserve(size); },
       [&](const JsonField& item) {
         item.Text(to.emplace_back());
         if (to.back().empty()) to.pop_back();
       });
}

}  // namespace landfall
