#pragma once

// Reading the fields of a reference record: each key once, each value of its kind, anything else a finding.

#include <simdjson.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/inlined_vector.h"
#include "model/enum_text.h"
#include "model/traveller.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/times.h"

namespace landfall::records {

// FNV-1a, so that keys can stand in a switch.
constexpr std::uint64_t KeyHash(std::string_view key) {
  std::uint64_t hash = 14'695'981'039'346'656'037ull;
  for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ull;
  return hash;
}

// The keys of one object: tells of one that comes twice. Two readers that disagree on such a key are a way round a
// watch list.
class SeenKeys {
 public:
  // False if a key of this hash was added before.
  bool Add(std::uint64_t hash) {
    const std::uint64_t bit = std::uint64_t{1} << (hash & 63);
    if ((mask_ & bit) != 0 && std::ranges::find(hashes_, hash) != hashes_.end()) return false;
    mask_ |= bit;
    hashes_.push_back(hash);
    return true;
  }

 private:
  std::uint64_t mask_ = 0;
  absl::InlinedVector<std::uint64_t, 24> hashes_;
};

// What all readers of one record share.
struct JsonContext {
  const InputLimits* limits = nullptr;
  std::vector<Finding>* findings = nullptr;
  bool has_duplicate_key = false;
  std::string duplicate_key;

  FindingPlace At(std::string_view field) const { return {findings, {}, field}; }
};

// Calls `use(hash, key, value)` for every field that is not null; `use` returns false for a field it does not know.
template <typename Use>
void ForEachField(simdjson::dom::object object, JsonContext& context, Use use) {
  SeenKeys seen;
  for (const auto field : object) {
    const std::uint64_t hash = KeyHash(field.key);
    if (!seen.Add(hash)) {
      context.has_duplicate_key = true;
      context.duplicate_key = std::string(field.key.substr(0, 60));
    }
    if (field.value.is_null()) continue;
    if (!use(hash, field.key, field.value)) {
      context.At(field.key.substr(0, 60)).Add(FindingCode::kUnknownField, "this field is not known and was left out");
    }
  }
}

// The text of a field; empty, with a finding, if it is no string.
inline std::string_view ReadView(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  std::string_view text;
  if (value.get_string().get(text) == simdjson::SUCCESS) return text;
  context.At(field).Add(FindingCode::kBadValue, "not a text");
  return {};
}

inline std::string ReadText(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  return CleanText(Trim(ReadView(value, field, context)), *context.limits, context.At(field));
}

template <typename E>
std::optional<E> ReadEnum(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  const std::string_view word = Trim(ReadView(value, field, context));
  if (word.empty()) return std::nullopt;
  if (const std::optional<E> known = FromText<E>(word)) return known;
  std::string problem = "'" + std::string(word.substr(0, 60)) + "' is none of:";
  for (const std::string_view possible : EnumText<E>::kWords) problem += " " + std::string(possible);
  context.At(field).Add(FindingCode::kBadValue, std::move(problem));
  return std::nullopt;
}

// A whole number within limits.
inline std::optional<std::int64_t> ReadInteger(simdjson::dom::element value, std::string_view field,
                                               std::int64_t least, std::int64_t most, JsonContext& context) {
  std::int64_t number = 0;
  if (value.get_int64().get(number) == simdjson::SUCCESS && number >= least && number <= most) return number;
  context.At(field).Add(FindingCode::kBadValue, "not a whole number that makes sense here");
  return std::nullopt;
}

inline std::optional<bool> ReadBool(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  bool truth = false;
  if (value.get_bool().get(truth) == simdjson::SUCCESS) return truth;
  context.At(field).Add(FindingCode::kBadValue, "neither true nor false");
  return std::nullopt;
}

inline std::optional<Date> ReadDate(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  const std::string_view text = Trim(ReadView(value, field, context));
  if (text.empty()) return std::nullopt;
  const std::optional<Date> date = ParseDate(text);
  if (!date) context.At(field).Add(FindingCode::kBadDate, "not a date: " + std::string(text.substr(0, 60)));
  return date;
}

inline std::optional<PartialDate> ReadPartialDate(simdjson::dom::element value, std::string_view field,
                                                  JsonContext& context) {
  const std::string_view text = Trim(ReadView(value, field, context));
  if (text.empty()) return std::nullopt;
  const std::optional<PartialDate> date = ParsePartialDate(text);
  if (!date) context.At(field).Add(FindingCode::kBadDate, "not a date: " + std::string(text.substr(0, 60)));
  return date;
}

inline std::optional<Instant> ReadTime(simdjson::dom::element value, std::string_view field, AirportCode airport,
                                       JsonContext& context) {
  const std::string_view text = Trim(ReadView(value, field, context));
  return text.empty() ? std::nullopt : ParseTime(text, airport, context.At(field));
}

inline AirportCode ReadAirport(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  return ParseAirport(ReadView(value, field, context), context.At(field));
}

inline CountryCode ReadCountry(simdjson::dom::element value, std::string_view field, JsonContext& context) {
  return ParseCountry(ReadView(value, field, context), context.At(field));
}

Address ReadAddress(simdjson::dom::object object, JsonContext& context);

// A list of whatever `read(element)` makes; a value that is no list is a finding.
template <typename Read>
void ReadList(simdjson::dom::element value, std::string_view field, JsonContext& context, Read read) {
  simdjson::dom::array list;
  if (value.get_array().get(list) != simdjson::SUCCESS) {
    context.At(field).Add(FindingCode::kBadValue, "not a list");
    return;
  }
  for (const simdjson::dom::element item : list) read(item);
}

// A list of objects.
template <typename Read>
void ReadObjects(simdjson::dom::element value, std::string_view field, JsonContext& context, Read read) {
  ReadList(value, field, context, [&](simdjson::dom::element item) {
    simdjson::dom::object object;
    if (item.get_object().get(object) == simdjson::SUCCESS) read(object);
    else context.At(field).Add(FindingCode::kBadValue, "an entry of this list is no object");
  });
}

template <typename Read>
void ReadObject(simdjson::dom::element value, std::string_view field, JsonContext& context, Read read) {
  simdjson::dom::object object;
  if (value.get_object().get(object) == simdjson::SUCCESS) read(object);
  else context.At(field).Add(FindingCode::kBadValue, "not an object");
}

}  // namespace landfall::records
