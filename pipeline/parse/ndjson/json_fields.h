#pragma once

// Reading fields of a JSON object: each key once, each value of its kind, anything else a finding. `null`, an empty text
// and one of blanks mean: absent.

#include <simdjson.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "model/boxed.h"
#include "model/enum_text.h"
#include "pipeline/parse/ndjson/key_table.h"
#include "pipeline/parse/times.h"

namespace landfall {

// What all readers of one message share. Where doubts go, and whether a key came twice: two readers that disagree on such
// a key are a way round a watch list, so it costs the message.
struct JsonContext {
  const InputLimits* limits = nullptr;
  std::vector<Finding>* findings = nullptr;
  std::string_view parent;  // The key of the object being read, for findings.
  std::optional<std::string> duplicate_key;

  FindingPlace At(std::string_view field) const { return {findings, {}, field, parent}; }
};

// The keys of one object that are not known. Rare, so they may cost more than the others.
class UnknownKeys {
 public:
  // Files the finding; looks for duplicate keys, of the object and inside the value.
  void Add(std::string_view key, simdjson::dom::element value, JsonContext& context);

 private:
  std::unique_ptr<absl::flat_hash_set<std::string_view>> keys_;
};

void NoteDuplicate(std::string_view key, JsonContext& context);
// Looks for an object with a duplicate key anywhere inside a value that is not read.
void CheckUnread(simdjson::dom::element value, JsonContext& context);

// One field of an object. The readers leave their target as it is if the field is absent or, with a finding, unusable.
struct JsonField {
  std::string_view key;
  simdjson::dom::element value;
  JsonContext& context;

  FindingPlace place() const { return context.At(key); }

  // The text as sent, and without blanks at both ends; empty if it is absent.
  std::string_view View() const {
    std::string_view text;
    if (value.get_string().get(text) == simdjson::SUCCESS) return text;
    WrongKind("not a text");
    return {};
  }
  std::string_view Trimmed() const {
    const std::string_view text = View();
    return IsPlain(text) && text.back() > ' ' ? text : Trim(text);
  }

  void Text(std::string& to) const {
    const std::string_view text = View();
    if (IsPlain(text)) to.assign(text);
    else AssignText(text, *context.limits, place(), to);
  }
  void Integer(std::int64_t least, std::int64_t most, std::optional<std::int64_t>& to) const;
  void Integer(std::int64_t least, std::int64_t most, std::optional<std::int32_t>& to) const;
  void Number(double least, double most, std::optional<double>& to) const;
  void Bool(std::optional<bool>& to) const;
  void Date(std::optional<landfall::Date>& to) const;
  void PartialDate(std::optional<landfall::PartialDate>& to) const;
  void Airport(AirportCode& to) const {
    const std::string_view text = View();
    to = KnownAirport(text);
    if (to.empty()) to = ParseAirport(text, place());
  }
  void Country(CountryCode& to) const {
    const std::string_view text = View();
    to = KnownCountry(text);
    if (to.empty()) to = ParseCountry(text, place());
  }
  // Without an offset it is local to `airport`.
  void Time(AirportCode airport, std::optional<Instant>& to) const;
  template <typename E>
  void Enum(std::optional<E>& to) const {
    const std::string_view word = Trimmed();
    if (word.empty()) return;
    to = FromText<E>(word);
    if (!to) NotInList(word, EnumText<E>::kWords, std::size(EnumText<E>::kWords));
  }

  // Calls read(object).
  template <typename Read>
  void Object(const Read& read) const {
    simdjson::dom::object object;
    if (value.get_object().get(object) != simdjson::SUCCESS) return WrongKind("not an object");
    const std::string_view outer = context.parent;
    context.parent = key;
    read(object);
    context.parent = outer;
  }
  // Calls read(entry) for each entry of a list, null ones included, after prepare(number of entries).
  template <typename Prepare, typename Read>
  void List(const Prepare& prepare, const Read& read) const {
    simdjson::dom::array list;
    if (value.get_array().get(list) != simdjson::SUCCESS) return WrongKind("not a list");
    prepare(list.size());
    for (const simdjson::dom::element item : list) read(JsonField{key, item, context});
  }
  // A part that is all absent is absent.
  template <typename T, typename Read>
  void Boxed(const Read& read, landfall::Boxed<T>& to) const {
    static const T kAbsent;
    Object([&](simdjson::dom::object object) {
      T& part = to.emplace();
      read(object, part, context);
      if (part == kAbsent) to.reset();
    });
  }
  // The same for a list of parts.
  template <typename T, typename Read>
  void Parts(const Read& read, std::vector<T>& to) const {
    static const T kAbsent;
    List([&to](std::size_t size) { to.reserve(size); },
         [&](const JsonField& item) {
           item.Object([&](simdjson::dom::object object) {
             T& part = to.emplace_back();
             read(object, part, context);
             if (part == kAbsent) to.pop_back();
           });
         });
  }
  void Texts(std::vector<std::string>& to) const;

 private:
  // Most texts: within the limit, and not blank, as the first character tells.
  bool IsPlain(std::string_view text) const {
    return !text.empty() && text.front() > ' ' && text.size() <= context.limits->text_bytes;
  }
  // A blank text, or null, in place of any other kind of value means absent, too.
  void WrongKind(std::string_view problem) const;
  void NotInList(std::string_view word, const std::string_view* words, std::size_t size) const;
};

// Calls use(index, field) for every field of `keys` that is not null.
template <std::size_t N, typename Use>
void ForEachField(simdjson::dom::object object, const KeyTable<N>& keys, JsonContext& context, const Use& use) {
  std::uint64_t seen = 0;
  UnknownKeys unknown;
  // Not a range-for: copying each pair of key and value costs more than looking the key up.
  const auto end = object.end();
  for (auto it = object.begin(); it != end; ++it) {
    const JsonField field{it.key(), it.value(), context};
    const int index = keys.Find(field.key);
    if (index == KeyTable<N>::kUnknown) [[unlikely]] {
      unknown.Add(field.key, field.value, context);
      continue;
    }
    const std::uint64_t bit = std::uint64_t{1} << index;
    if ((seen & bit) != 0) [[unlikely]] NoteDuplicate(field.key, context);
    seen |= bit;
    if (!field.value.is_null()) use(index, field);
  }
}

}  // namespace landfall
