#pragma once

// The schema of facts: what a rule may ask. Defined once, in model/facts.def.

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace landfall {

enum class FactType : std::uint8_t { kBool, kInt, kNum, kText, kCountry, kAirport, kCarrier, kRoute, kEnum, kPeople };

// pax_age, sponsor_distinct_children, ...: the number is the fact's number on disk.
enum class FactId : std::uint16_t {
#define FACT(subject, name, ...) subject##_##name,
#include "model/facts.def"
#undef FACT
};

#define FACT(...) +1
inline constexpr std::size_t kFactCount = 0
#include "model/facts.def"
    ;
#undef FACT

// Whose value a fact is.
enum class FactLevel : std::uint8_t { kTraveller, kParty, kFlight };

struct FactInfo {
  FactId id;
  std::string_view name;     // "pax.age"
  std::string_view subject;  // "pax"
  FactType type;             // Of a window function: of its result.
  FactLevel level;
  bool is_window;
  bool nullable;             // An enum that lists `unknown` is never null.
  std::vector<std::string_view> values;  // Of an enum, in the order of their numbers.
  std::string_view protection;           // "-", "S" or "P:age", "P:nationality", ...
  std::string_view source;
  std::string_view meaning;
  std::string type_text;  // As the catalogue prints it: "fn(duration)->int", "enum{F,M,X}", "list<pax>"

  bool IsProtected() const { return protection.starts_with("P:"); }
  bool IsSensitive() const { return protection == "S"; }
  // Number of the enum value `unknown`, if this enum lists it.
  std::optional<std::uint8_t> UnknownValue() const;
  // Number of an enum value; nullopt if `word` is none.
  std::optional<std::uint8_t> ValueNumber(std::string_view word) const;
};

// All facts, in schema order. Made once; safe from any thread.
const std::vector<FactInfo>& Facts();
const FactInfo& Info(FactId id);
// nullptr for a name that is no fact.
const FactInfo* FindFact(std::string_view name);

}  // namespace landfall
