#pragma once

// JSON text (RFC 8259) from values and from any type that lists its Fields. Absent fields are left out: an empty
// string, code or list, an unset optional, an all-default nested object.

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "model/boxed.h"
#include "model/date.h"
#include "model/enum_text.h"
#include "model/fixed_text.h"
#include "model/message.h"

namespace landfall {

// Appends `text` in quotes, escaped. Valid UTF-8 stays as it is.
void AppendJsonString(std::string_view text, std::string& out);
// The shortest text that reads back as the same number; `null` for what is not finite.
void AppendJsonNumber(double number, std::string& out);

// Writes objects field by field: `JsonObject object(out); object.Field("name", value);` and closes at the end of scope.
class JsonObject {
 public:
  explicit JsonObject(std::string& out) : out_(out) { out_ += '{'; }
  ~JsonObject() { out_ += '}'; }
  JsonObject(const JsonObject&) = delete;
  JsonObject& operator=(const JsonObject&) = delete;

  // Begins a field whose value the caller appends to the text.
  std::string& Begin(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    out_ += "\":";
    return out_;
  }

  // Writes a field unless its value is absent.
  template <typename T>
  void Field(std::string_view name, const T& value);

  // For types with Fields.
  template <typename T>
  void operator()(int /*tag*/, std::string_view name, const T& value) {
    Field(name, value);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

template <typename T>
void AppendJsonObject(const T& value, std::string& out) {
  JsonObject object(out);
  T::Fields(value, object);
}

namespace json_internal {

template <typename T>
concept HasFields = requires(const T& value, JsonObject& object) { T::Fields(value, object); };

inline bool IsAbsent(const std::string& text) { return text.empty(); }
inline bool IsAbsent(std::string_view text) { return text.empty(); }
template <std::size_t N>
bool IsAbsent(const FixedText<N>& text) { return text.empty(); }
template <typename T>
bool IsAbsent(const std::vector<T>& list) { return list.empty(); }
template <typename T>
bool IsAbsent(const std::optional<T>& value) { return !value.has_value(); }
template <typename T>
bool IsAbsent(const Boxed<T>& value) { return !value.has_value(); }
template <typename T>
bool IsAbsent(const T& value) {
  if constexpr (requires { value.empty(); }) return value.empty();
  return false;
}

inline void Append(const std::string& text, std::string& out) { AppendJsonString(text, out); }
inline void Append(std::string_view text, std::string& out) { AppendJsonString(text, out); }
inline void Append(const char* text, std::string& out) { AppendJsonString(text, out); }
inline void Append(bool value, std::string& out) { out += value ? "true" : "false"; }
inline void Append(double value, std::string& out) { AppendJsonNumber(value, out); }
inline void Append(Date date, std::string& out) { AppendJsonString(ToString(date), out); }
inline void Append(PartialDate date, std::string& out) { AppendJsonString(ToString(date), out); }
inline void Append(Instant instant, std::string& out) { AppendJsonString(ToString(instant), out); }
inline void Append(const FlightKey& key, std::string& out) { AppendJsonString(ToString(key), out); }
template <std::size_t N>
void Append(const FixedText<N>& text, std::string& out) { AppendJsonString(text.view(), out); }
template <typename T>
  requires std::is_integral_v<T>
void Append(T value, std::string& out) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof(digits), value).ptr;
  out.append(digits, end);
}
template <typename E>
  requires std::is_enum_v<E>
void Append(E value, std::string& out) { AppendJsonString(ToText(value), out); }
template <HasFields T>
void Append(const T& value, std::string& out) { AppendJsonObject(value, out); }
template <typename T>
void Append(const std::optional<T>& value, std::string& out) { Append(*value, out); }
template <typename T>
void Append(const Boxed<T>& value, std::string& out) { Append(*value, out); }
template <typename T>
void Append(const std::vector<T>& list, std::string& out) {
  out += '[';
  bool first = true;
  for (const T& item : list) {
    if (!first) out += ',';
    first = false;
    Append(item, out);
  }
  out += ']';
}

}  // namespace json_internal

template <typename T>
void JsonObject::Field(std::string_view name, const T& value) {
  if (json_internal::IsAbsent(value)) return;
  Begin(name);
  json_internal::Append(value, out_);
}

}  // namespace landfall
