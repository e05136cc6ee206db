#include "rules/eval_rows.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "model/json_writer.h"
#include "model/result.h"
#include "rules/expression_checker.h"
#include "rules/given_facts.h"
#include "rules/list_values.h"
#include "rules/parser.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

namespace dom = simdjson::dom;

absl::Status Mismatch(const FactInfo& fact, std::string_view found) {
  return absl::InvalidArgumentError(
      absl::StrFormat("'%s' is %s, but this is %s", std::string(fact.name),
                      std::string(TypeWord(TypeOf(fact.type))), std::string(found)));
}

std::string_view JsonTypeWord(dom::element element) {
  switch (element.type()) {
    case dom::element_type::BOOL:
      return "bool";
    case dom::element_type::INT64:
      return "int";
    case dom::element_type::UINT64:
      return "a number that is too large";
    case dom::element_type::DOUBLE:
      return "num";
    case dom::element_type::STRING:
      return "text";
    case dom::element_type::ARRAY:
      return "a list";
    case dom::element_type::OBJECT:
      return "an object";
    default:
      return "null";
  }
}

absl::Status ReadText(const FactInfo& fact, std::string_view text, Value& value) {
  if (fact.type == FactType::kEnum) {
    const std::optional<std::uint8_t> number = fact.ValueNumber(text);
    if (!number)
      return absl::InvalidArgumentError(
          absl::StrFormat("'%s': %s", std::string(fact.name), NotAValue(text, fact)));
    value.enum_value = *number;
    return absl::OkStatus();
  }
  const ValueType type = TypeOf(fact.type);
  if (type != ValueType::kText && !IsCode(type)) return Mismatch(fact, "text");
  std::optional<std::string> canonical = CanonicalValue(type, text);
  if (!canonical)
    return absl::InvalidArgumentError(
        absl::StrFormat("'%s': %s", std::string(fact.name), BadForm(type, text)));
  value.text = *std::move(canonical);
  return absl::OkStatus();
}

// A value that is not null.
absl::StatusOr<Value> ReadValue(const FactInfo& fact, dom::element element) {
  Value value;
  value.known = true;
  value.type = TypeOf(fact.type);
  std::string_view text;
  if (element.get(text) == simdjson::SUCCESS) {
    RETURN_IF_ERROR(ReadText(fact, text, value));
    return value;
  }
  const bool fits = fact.type == FactType::kBool  ? element.get(value.boolean) == simdjson::SUCCESS
                    : fact.type == FactType::kInt ? element.get(value.integer) == simdjson::SUCCESS
                    : fact.type == FactType::kNum ? element.get(value.number) == simdjson::SUCCESS
                                                  : false;
  if (!fits) return Mismatch(fact, JsonTypeWord(element));
  return value;
}

absl::Status CheckedWindow(const FactInfo& fact, std::string_view name, bool has_window) {
  std::vector<Diagnostic> problems;
  if (CheckWindow(fact, name, has_window, {1, 1}, problems)) return absl::OkStatus();
  return absl::InvalidArgumentError(problems.front().message);
}

absl::Status UnknownField(std::string_view name, bool of_member) {
  std::vector<std::string> names;
  for (const FactInfo& fact : Facts()) {
    const std::string_view candidate = of_member ? MemberName(fact) : fact.name;
    if (!candidate.empty()) names.emplace_back(candidate);
  }
  return absl::InvalidArgumentError(
      absl::StrFormat("unknown field '%s'%s", std::string(name), DidYouMean(name, names)));
}

// The window of "name(90 days)". The text before the bracket is a fact.
absl::StatusOr<std::optional<Window>> ReadWindow(std::string_view name, std::size_t bracket) {
  if (bracket == std::string_view::npos) return std::optional<Window>();
  std::vector<Diagnostic> problems;
  // Any fact stands for a member's name, which has no subject.
  const std::string text = "pax.x" + std::string(name.substr(bracket));
  const ExprPtr expr = ParseExpression(text, problems);
  if (problems.empty() && expr->op == Op::kFact && expr->window) return expr->window;
  return absl::InvalidArgumentError(
      absl::StrFormat("'%s': a time window such as 90 days is needed here", std::string(name)));
}

void AppendValue(const Value& value, const Expr& expr, std::string& out) {
  if (!value.known) {
    out += "null";
  } else if (value.type == ValueType::kBool) {
    out += value.boolean ? "true" : "false";
  } else if (value.type == ValueType::kInt) {
    out += std::to_string(value.integer);
  } else if (value.type == ValueType::kNum) {
    AppendJsonNumber(value.number, out);
  } else if (value.type == ValueType::kEnum && expr.op == Op::kFact) {
    AppendJsonString(Info(expr.fact).values[value.enum_value], out);
  } else {
    AppendJsonString(value.text, out);
  }
}

void AppendIds(std::string_view name, const std::vector<std::string_view>& ids, std::string& out) {
  out += ",\"" + std::string(name) + "\":[";
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(ids[i], out);
  }
  out += ']';
}

void AppendOutcomes(const Profile& profile, const GivenFacts& facts, std::string& out) {
  std::vector<std::string_view> ids[3];
  for (const Rule& rule : profile.rules) {
    ids[static_cast<std::size_t>(EvaluateRule(rule, profile, facts))].push_back(rule.id);
  }
  AppendIds("true", ids[static_cast<std::size_t>(Outcome::kTrue)], out);
  AppendIds("false", ids[static_cast<std::size_t>(Outcome::kFalse)], out);
  AppendIds("unknown", ids[static_cast<std::size_t>(Outcome::kUnknown)], out);
}

// Reads rows of facts. What a key means is looked up once.
class FactRowReader {
 public:
  // One JSON object with facts as names. InvalidArgument for what is no object, for a name that is
  // no fact (with a suggestion), and for a value that does not fit its fact.
  // A member `bindings` is no fact if the caller wants it; it lives until the next row is read.
  absl::StatusOr<GivenFacts> Read(std::string_view json, std::optional<dom::element>* bindings = nullptr) {
    dom::object object;
    const auto error = parser_.parse(json.data(), json.size()).get(object);
    if (error == simdjson::INCORRECT_TYPE) return absl::InvalidArgumentError("a row is an object");
    if (error)
      return absl::InvalidArgumentError(
          absl::StrFormat("not JSON: %s", simdjson::error_message(error)));
    GivenFacts facts;
    for (const dom::key_value_pair field : object) {
      if (bindings != nullptr && field.key == "bindings") {
        *bindings = field.value;
      } else {
        RETURN_IF_ERROR(ReadField(field, facts));
      }
    }
    return facts;
  }

 private:
  struct Key {
    FactId fact = FactId::pax_age;
    std::optional<Window> window;
  };
  using Keys = absl::flat_hash_map<std::string, Key>;

  static absl::StatusOr<Key> Resolve(std::string_view name, bool of_member, Keys& keys) {
    const auto found = keys.find(std::string(name));
    if (found != keys.end()) return found->second;
    const std::size_t bracket = name.find('(');
    const std::string_view field = name.substr(0, bracket);
    const FactInfo* const fact = of_member ? FindMemberFact(field) : FindFact(field);
    if (fact == nullptr) return UnknownField(field, of_member);
    RETURN_IF_ERROR(CheckedWindow(*fact, field, bracket != std::string_view::npos));
    ASSIGN_OR_RETURN(const std::optional<Window> window, ReadWindow(name, bracket));
    return keys.emplace(std::string(name), Key{fact->id, window}).first->second;
  }

  absl::Status ReadField(const dom::key_value_pair& field, GivenFacts& facts) {
    ASSIGN_OR_RETURN(const Key key, Resolve(field.key, /*of_member=*/false, keys_));
    const FactInfo& fact = Info(key.fact);
    if (field.value.is_null()) return absl::OkStatus();
    if (fact.type == FactType::kPeople) {
      ASSIGN_OR_RETURN(std::vector<GivenFacts::Row> people, ReadPeople(fact, field.value));
      facts.SetPeople(key.fact, std::move(people));
    } else {
      ASSIGN_OR_RETURN(Value value, ReadValue(fact, field.value));
      facts.Set(key.fact, key.window, std::move(value));
    }
    return absl::OkStatus();
  }

  // Rows without subject, or how many people there are of whom nothing is known.
  absl::StatusOr<std::vector<GivenFacts::Row>> ReadPeople(const FactInfo& fact,
                                                          dom::element element) {
    const std::size_t most = fact.id == FactId::flight_passengers ? 900 : 99;
    const absl::Status too_many = absl::InvalidArgumentError(
        absl::StrFormat("'%s' holds between 0 and %d people", std::string(fact.name), most));
    std::int64_t count = 0;
    if (element.get(count) == simdjson::SUCCESS) {
      if (count < 0 || count > static_cast<std::int64_t>(most)) return too_many;
      return std::vector<GivenFacts::Row>(static_cast<std::size_t>(count));
    }
    dom::array array;
    if (element.get(array) != simdjson::SUCCESS) return Mismatch(fact, JsonTypeWord(element));
    std::vector<GivenFacts::Row> people;
    for (const dom::element member : array) {
      ASSIGN_OR_RETURN(GivenFacts::Row row, ReadMember(fact, member));
      people.push_back(std::move(row));
      if (people.size() > most) return too_many;
    }
    return people;
  }

  absl::StatusOr<GivenFacts::Row> ReadMember(const FactInfo& list, dom::element element) {
    dom::object object;
    if (element.get(object) != simdjson::SUCCESS) return Mismatch(list, JsonTypeWord(element));
    GivenFacts::Row row;
    for (const dom::key_value_pair field : object) {
      ASSIGN_OR_RETURN(const Key key, Resolve(field.key, /*of_member=*/true, member_keys_));
      if (field.value.is_null()) continue;
      ASSIGN_OR_RETURN(Value value, ReadValue(Info(key.fact), field.value));
      row[{key.fact, key.window}] = std::move(value);
    }
    return row;
  }

  dom::parser parser_;
  Keys keys_, member_keys_;
};

// {"type":"int","value":"3"}: ints and what is not finite as texts, lists of such values.
absl::StatusOr<CelValue> ReadCelValue(std::string_view name, dom::element element, int depth) {
  const absl::Status wrong = absl::InvalidArgumentError(absl::StrFormat(
      "binding '%s' needs {\"type\":..,\"value\":..} of type bool, int, num, text or list", std::string(name)));
  std::string_view type, text;
  dom::element value;
  if (depth > 32 || element.at_key("type").get(type) || element.at_key("value").get(value)) return wrong;
  CelValue result;
  if (value.is_null()) return result;
  if (type == "bool") {
    result.kind = CelValue::Kind::kBool;
    if (value.get(result.boolean)) return wrong;
  } else if (type == "int") {
    result.kind = CelValue::Kind::kInt;
    if (!value.get(text)) {
      const auto parsed = std::from_chars(text.data(), text.data() + text.size(), result.integer);
      if (parsed.ec != std::errc() || parsed.ptr != text.data() + text.size()) return wrong;
    } else if (value.get(result.integer)) {
      return wrong;
    }
  } else if (type == "num") {
    result.kind = CelValue::Kind::kNum;
    if (!value.get(text)) {
      if (text != "inf" && text != "-inf" && text != "nan") return wrong;
      result.number = text == "nan" ? std::numeric_limits<double>::quiet_NaN() : text == "inf" ? HUGE_VAL : -HUGE_VAL;
    } else if (value.get(result.number)) {
      return wrong;
    }
  } else if (type == "text") {
    result.kind = CelValue::Kind::kText;
    if (value.get(text)) return wrong;
    result.text = std::string(text);
  } else if (type == "list") {
    result.kind = CelValue::Kind::kList;
    dom::array items;
    if (value.get(items)) return wrong;
    for (const dom::element item : items) {
      ASSIGN_OR_RETURN(CelValue read, ReadCelValue(name, item, depth + 1));
      result.list.push_back(std::move(read));
    }
  } else {
    return wrong;
  }
  return result;
}

// Every variable of the expression must be bound, and what is bound is looked at even if nothing uses it.
absl::StatusOr<CelBindings> ReadBindings(const CelExpression& cel, const std::optional<dom::element>& element) {
  CelBindings bindings;
  if (element) {
    dom::object object;
    if (element->get(object)) return absl::InvalidArgumentError("'bindings' is an object of variables");
    for (const dom::key_value_pair field : object) {
      ASSIGN_OR_RETURN(CelValue value, ReadCelValue(field.key, field.value, 0));
      bindings[std::string(field.key)] = std::move(value);
    }
  }
  std::vector<std::string> known;
  for (const auto& [name, value] : bindings) known.push_back(name);
  for (const std::string& name : cel.free_names) {
    if (!bindings.contains(name))
      return absl::InvalidArgumentError(absl::StrFormat("unknown name '%s'%s", name, DidYouMean(name, known)));
  }
  return bindings;
}

std::string_view CelTypeWord(CelValue::Kind kind) {
  static constexpr std::string_view kWords[] = {"any", "bool", "int", "num", "text", "list", "timestamp", "duration"};
  return kWords[static_cast<std::size_t>(kind)];
}

// The type of what could not be computed, as far as the tree alone tells it.
std::string_view CelTypeOf(const Expr& expr) {
  switch (expr.op) {
    case Op::kFact:
      return expr.type == ValueType::kBool || IsNumber(expr.type) ? TypeWord(expr.type) : "text";
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kRemainder:
    case Op::kNegate:
      return CelTypeOf(*expr.args[0]);
    case Op::kLiteral:
      return expr.literal.kind == Literal::Kind::kInt    ? "int"
             : expr.literal.kind == Literal::Kind::kNum  ? "num"
             : expr.literal.kind == Literal::Kind::kBool ? "bool"
                                                         : "text";
    case Op::kCall:
      return expr.name == "size" ? "int" : expr.name == "timestamp" || expr.name == "duration" ? std::string_view(expr.name) : "bool";
    case Op::kList:
    case Op::kFilter:
      return "list";
    case Op::kName:
    case Op::kIndex:
      return "any";
    default:
      return "bool";
  }
}

std::string FractionText(std::int32_t nanos) {
  if (nanos == 0) return {};
  std::string text = absl::StrFormat(".%09d", nanos);
  text.erase(text.find_last_not_of('0') + 1);
  return text;
}

std::string TimeText(const CelTime& time) {
  const std::int64_t days = (time.seconds >= 0 ? time.seconds : time.seconds - 86'399) / 86'400;
  const auto second = static_cast<int>(time.seconds - days * 86'400);
  return ToString(Date{static_cast<std::int32_t>(days)}) +
         absl::StrFormat("T%02d:%02d:%02d%sZ", second / 3600, second / 60 % 60, second % 60, FractionText(time.nanos));
}

std::string DurationText(const CelTime& time) {
  const bool borrow = time.seconds < 0 && time.nanos > 0;
  const std::int64_t seconds = borrow ? time.seconds + 1 : time.seconds;
  const std::int32_t nanos = borrow ? 1'000'000'000 - time.nanos : time.nanos;
  return (borrow && seconds == 0 ? "-" : "") + std::to_string(seconds) + FractionText(nanos) + "s";
}

void AppendCelValue(const CelValue& value, std::string_view type_of_unknown, std::string& out) {
  const bool unknown = value.kind == CelValue::Kind::kError;
  out += "\"type\":\"" + std::string(unknown ? type_of_unknown : CelTypeWord(value.kind)) + "\",\"value\":";
  switch (value.kind) {
    case CelValue::Kind::kError:
      out += "null";
      return;
    case CelValue::Kind::kBool:
      out += value.boolean ? "true" : "false";
      return;
    case CelValue::Kind::kInt:
      return AppendJsonString(std::to_string(value.integer), out);
    case CelValue::Kind::kNum:
      if (std::isfinite(value.number)) return AppendJsonNumber(value.number, out);
      return AppendJsonString(std::isnan(value.number) ? "nan" : value.number > 0 ? "inf" : "-inf", out);
    case CelValue::Kind::kText:
      return AppendJsonString(value.text, out);
    case CelValue::Kind::kTime:
      return AppendJsonString(TimeText(value.time), out);
    case CelValue::Kind::kDuration:
      return AppendJsonString(DurationText(value.time), out);
    case CelValue::Kind::kList:
      break;
  }
  out += '[';
  for (const CelValue& item : value.list) {
    if (out.back() != '[') out += ',';
    out += '{';
    AppendCelValue(item, "any", out);
    out += '}';
  }
  out += ']';
}

// Calls `append` for each row with its facts and bindings, inside the object of its line. What it says is wrong is the
// row's error.
template <typename Append>
EvalReport EvalEachRow(std::string_view rows, bool with_bindings, const Append& append) {
  EvalReport report;
  FactRowReader reader;
  for (int row = 0; !rows.empty();) {
    const std::size_t end = std::min(rows.find('\n'), rows.size());
    const std::string_view line = rows.substr(0, end);
    rows.remove_prefix(std::min(end + 1, rows.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    ++row;
    std::optional<dom::element> bindings;
    const absl::StatusOr<GivenFacts> facts = reader.Read(line, with_bindings ? &bindings : nullptr);
    std::string text = "{\"row\":" + std::to_string(row);
    const absl::Status status = facts.ok() ? append(*facts, bindings, text) : facts.status();
    if (status.ok()) {
      report.output += text + "}\n";
    } else {
      report.errors.push_back(absl::StrFormat("row %d: %s", row, std::string(status.message())));
    }
  }
  return report;
}

}  // namespace

EvalReport EvalRules(const Profile& profile, std::string_view rows) {
  return EvalEachRow(rows, false, [&](const GivenFacts& facts, const auto&, std::string& out) {
    AppendOutcomes(profile, facts, out);
    return absl::OkStatus();
  });
}

EvalReport EvalExpression(const Expr& expr, std::string_view rows) {
  return EvalEachRow(rows, false, [&](const GivenFacts& facts, const auto&, std::string& out) {
    out += ",\"type\":\"" + std::string(TypeWord(expr.type)) + "\",\"value\":";
    AppendValue(Evaluate(expr, nullptr, facts), expr, out);
    return absl::OkStatus();
  });
}

EvalReport EvalCelExpression(const CelExpression& cel, std::string_view rows) {
  return EvalEachRow(rows, true, [&](const GivenFacts& facts, const auto& element, std::string& out) {
    const absl::StatusOr<CelBindings> bindings = ReadBindings(cel, element);
    if (!bindings.ok()) return bindings.status();
    out += ',';
    AppendCelValue(EvaluateCel(*cel.expr, *bindings, facts), CelTypeOf(*cel.expr), out);
    return absl::OkStatus();
  });
}

}  // namespace landfall::rules
