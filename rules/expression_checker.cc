#include "rules/expression_checker.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "rules/list_values.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

bool IsQuantifier(Op op) { return op >= Op::kAny && op <= Op::kCount; }

// A word or text whose type the other side decides.
bool IsOpen(const Expr& expr) {
  return expr.op == Op::kLiteral &&
         (expr.literal.kind == Literal::Kind::kEnum || expr.literal.kind == Literal::Kind::kText);
}

ValueType TypeOfLiteral(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::kBool:
      return ValueType::kBool;
    case Literal::Kind::kInt:
      return ValueType::kInt;
    case Literal::Kind::kNum:
      return ValueType::kNum;
    case Literal::Kind::kText:
      return ValueType::kText;
    case Literal::Kind::kEnum:
      return ValueType::kEnum;
    case Literal::Kind::kDate:
      return ValueType::kDate;
    case Literal::Kind::kDuration:
      return ValueType::kDuration;
  }
  return ValueType::kAny;
}

bool Fits(ValueType a, ValueType b) {
  return a == b || a == ValueType::kAny || b == ValueType::kAny || (IsNumber(a) && IsNumber(b));
}

bool IsNameKey(const Expr& expr) {
  return expr.op == Op::kFact && expr.fact == FactId::pax_family_name_key;
}

const FactInfo* EnumFact(const Expr& expr) {
  return expr.op == Op::kFact && expr.type == ValueType::kEnum ? &Info(expr.fact) : nullptr;
}

std::vector<std::string> FactNames(std::string_view variable) {
  std::vector<std::string> names;
  for (const FactInfo& fact : Facts()) {
    if (variable.empty()) {
      names.emplace_back(fact.name);
    } else if (const std::string_view member = MemberName(fact); !member.empty()) {
      names.push_back(std::string(variable) + "." + std::string(member));
    }
  }
  return names;
}

}  // namespace

const FactInfo* ResolveFact(std::string_view name, std::string_view variable, Position position,
                            std::vector<Diagnostic>& diagnostics) {
  const FactInfo* const fact =
      variable.empty() ? FindFact(name) : FindMemberFact(name.substr(variable.size() + 1));
  if (fact == nullptr) {
    diagnostics.push_back({position, "",
                           absl::StrFormat("unknown field '%s'%s", std::string(name),
                                           DidYouMean(name, FactNames(variable)))});
  }
  return fact;
}

bool CheckWindow(const FactInfo& fact, std::string_view name, bool has_window, Position position,
                 std::vector<Diagnostic>& diagnostics) {
  if (fact.is_window == has_window) return true;
  const std::string text(name);
  diagnostics.push_back(
      {position, "",
       has_window
           ? absl::StrFormat("'%s' takes no time window", text)
           : absl::StrFormat("'%s' needs a time window, for example %s(90 days)", text, text)});
  return false;
}

std::string NotAValue(std::string_view word, const FactInfo& fact) {
  std::string values;
  for (const std::string_view value : fact.values) {
    values += (values.empty() ? "" : ", ") + std::string(value);
  }
  return absl::StrFormat("'%s' is not a value of this field; values: %s%s", std::string(word),
                         values, DidYouMean(word, {fact.values.begin(), fact.values.end()}));
}

void ExpressionChecker::Report(Position position, std::string message) {
  diagnostics_.push_back({position, "", std::move(message)});
}

void ExpressionChecker::ReportMismatch(Position position, ValueType left, ValueType right) {
  Report(position, absl::StrFormat("cannot compare %s with %s", std::string(TypeWord(left)),
                                   std::string(TypeWord(right))));
}

ValueType ExpressionChecker::Check(Expr& expr) { return expr.type = Resolve(expr); }

ValueType ExpressionChecker::CheckTop(Expr& expr) {
  Check(expr);
  CheckCountUse(expr);
  return expr.type;
}

void ExpressionChecker::CheckCondition(Expr& expr) {
  const ValueType type = Check(expr);
  if (type == ValueType::kBool || type == ValueType::kAny) return;
  Report(expr.position, absl::StrFormat("a yes/no condition is needed here, but this is %s",
                                        std::string(TypeWord(type))));
}

ValueType ExpressionChecker::Resolve(Expr& expr) {
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
    case Op::kNot:
      for (const ExprPtr& arg : expr.args) CheckCondition(*arg);
      return ValueType::kBool;
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return CheckArithmetic(expr);
    case Op::kIn:
      return CheckIn(expr);
    case Op::kIs:
      return CheckIs(expr);
    case Op::kFact:
      return CheckFact(expr);
    case Op::kDefine:
      return CheckDefine(expr);
    case Op::kLiteral:
      return CheckLiteral(expr);
    default:
      break;
  }
  return IsQuantifier(expr.op) ? CheckQuantifier(expr) : CheckComparison(expr);
}

ValueType ExpressionChecker::CheckArithmetic(Expr& expr) {
  ValueType result = expr.op == Op::kDivide ? ValueType::kNum : ValueType::kInt;
  bool failed = false;
  for (const ExprPtr& arg : expr.args) {
    const ValueType type = Check(*arg);
    if (type == ValueType::kAny) failed = true;
    if (type == ValueType::kNum) result = ValueType::kNum;
    if (failed || (IsNumber(type) && CheckCountUse(*arg))) continue;
    if (!IsNumber(type)) Report(arg->position, "arithmetic works on numbers only");
    failed = true;
  }
  return failed ? ValueType::kAny : result;
}

// A count stands alone on its side of a comparison. Reports any other use.
bool ExpressionChecker::CheckCountUse(const Expr& expr) {
  if (expr.op != Op::kCount) return true;
  Report(expr.position, "count may only be compared with a number, for example >= 2");
  return false;
}

ValueType ExpressionChecker::CheckComparison(Expr& expr) {
  Expr& left = *expr.args[0];
  Expr& right = *expr.args[1];
  // The side that has a type of its own goes first; it decides what a word or text on the other
  // means.
  if (IsOpen(left) && !IsOpen(right)) {
    Check(right);
    FitSide(right, right.type, left);
  } else {
    Check(left);
    FitSide(left, left.type, right);
  }
  CheckPair(expr, left.type, right.type);
  return ValueType::kBool;
}

ValueType ExpressionChecker::FitSide(const Expr& other, ValueType other_type, Expr& side) {
  if (!IsOpen(side)) return Check(side);
  const bool is_word = side.literal.kind == Literal::Kind::kEnum;
  if (is_word && other_type != ValueType::kEnum && other_type != ValueType::kAny)
    return Check(side);
  return side.type = FitLiteral(other, other_type, side.literal);
}

void ExpressionChecker::CheckPair(Expr& expr, ValueType left, ValueType right) {
  const Expr& a = *expr.args[0];
  const Expr& b = *expr.args[1];
  if (!Fits(left, right)) return ReportMismatch(b.position, left, right);
  if (a.op == Op::kCount && b.op == Op::kCount) {
    CheckCountUse(b);
    return;
  }
  const FactInfo* const left_enum = EnumFact(a);
  const FactInfo* const right_enum = EnumFact(b);
  if (left_enum != nullptr && right_enum != nullptr && left_enum->values != right_enum->values) {
    return Report(b.position, "cannot compare enum with enum - these fields have different values");
  }
  CheckOperator(expr, left == ValueType::kAny ? right : left);
  CheckNameKeys(a, b);
}

void ExpressionChecker::CheckOperator(const Expr& expr, ValueType type) {
  if (type == ValueType::kAny) return;
  const bool orders = expr.op != Op::kEqual && expr.op != Op::kNotEqual;
  if (type == ValueType::kPeople || (orders && !IsNumber(type))) {
    Report(expr.operator_position,
           absl::StrFormat("'%s' does not work on %s", std::string(OperatorText(expr.op)),
                           std::string(TypeWord(type))));
  } else if (expr.op == Op::kNotEqual && type == ValueType::kBool) {
    Report(expr.operator_position,
           "'!=' on a yes/no field ignores unknown values - write 'is not true' (also covers "
           "unknown) or '= false'");
  }
}

void ExpressionChecker::CheckNameKeys(const Expr& left, const Expr& right) {
  if (IsNameKey(left) == IsNameKey(right) || left.type == ValueType::kAny ||
      right.type == ValueType::kAny)
    return;
  const Expr& key = IsNameKey(left) ? left : right;
  Report(key.position,
         absl::StrFormat("'%s' may be compared only with another name key", key.name));
}

// Words are values of the other side's enum; texts are codes or values of its type.
ValueType ExpressionChecker::FitLiteral(const Expr& other, ValueType other_type, Literal& literal) {
  const ValueType own = TypeOfLiteral(literal);
  if (own != ValueType::kText && own != ValueType::kEnum) return own;
  if (other_type == ValueType::kAny) return ValueType::kAny;
  if (const FactInfo* const fact = EnumFact(other)) return FitWord(*fact, literal);
  if (own != ValueType::kText || !IsCode(other_type)) return own;
  std::optional<std::string> value = CanonicalValue(other_type, literal.text);
  if (value) {
    literal.text = *std::move(value);
  } else {
    Report(literal.position, BadForm(other_type, literal.text));
  }
  return other_type;
}

ValueType ExpressionChecker::FitWord(const FactInfo& fact, Literal& literal) {
  const std::optional<std::uint8_t> number = fact.ValueNumber(literal.text);
  if (number) {
    literal.kind = Literal::Kind::kEnum;
    literal.enum_value = *number;
  } else {
    Report(literal.position, NotAValue(literal.text, fact));
  }
  return ValueType::kEnum;
}

ValueType ExpressionChecker::CheckIn(Expr& expr) {
  Expr& left = *expr.args[0];
  const ValueType type = Check(left);
  if (!CheckCountUse(left)) return ValueType::kBool;
  if (type == ValueType::kPeople) {
    Report(expr.operator_position, "'in' does not work on list<pax>");
  } else if (IsNameKey(left)) {
    Report(left.position,
           absl::StrFormat("'%s' may be compared only with another name key", left.name));
  } else if (expr.set.kind == SetOperand::Kind::kList) {
    CheckList(expr, type);
  } else if (expr.set.kind == SetOperand::Kind::kRange) {
    CheckRange(expr, type);
  } else {
    for (Literal& value : expr.set.values) {
      const ValueType of_value = FitLiteral(left, type, value);
      if (!Fits(type, of_value)) ReportMismatch(value.position, type, of_value);
    }
  }
  return ValueType::kBool;
}

void ExpressionChecker::CheckRange(Expr& expr, ValueType type) {
  if (type != ValueType::kAny && !IsNumber(type)) {
    return Report(expr.set.position,
                  absl::StrFormat("'..' does not work on %s", std::string(TypeWord(type))));
  }
  for (const Literal& end : expr.set.values) {
    const ValueType of_end = TypeOfLiteral(end);
    if (!IsNumber(of_end)) return ReportMismatch(end.position, type, of_end);
  }
}

void ExpressionChecker::CheckList(const Expr& expr, ValueType type) {
  const auto found = scope_.lists.find(expr.set.list);
  if (found == scope_.lists.end()) {
    std::vector<std::pair<Position, std::string>> by_place;
    for (const auto& [name, list] : scope_.lists) by_place.push_back({list->position, "@" + name});
    std::sort(by_place.begin(), by_place.end());
    std::vector<std::string> names;
    for (const auto& [position, name] : by_place) names.push_back(name);
    return Report(expr.set.position, absl::StrFormat("no list named @%s%s", expr.set.list,
                                                     DidYouMean("@" + expr.set.list, names)));
  }
  const ValueType of_list = found->second->type;
  if (Fits(type, of_list)) return;
  Report(expr.set.position,
         absl::StrFormat("list @%s holds %s values but this field is %s", expr.set.list,
                         std::string(TypeWord(of_list)), std::string(TypeWord(type))));
}

ValueType ExpressionChecker::CheckIs(Expr& expr) {
  Expr& arg = *expr.args[0];
  if (expr.what == IsWhat::kTrue || expr.what == IsWhat::kFalse) {
    CheckCondition(arg);
  } else {
    Check(arg);
    CheckCountUse(arg);
  }
  return ValueType::kBool;
}

void ExpressionChecker::CheckVariable(const Expr& expr) {
  if (!scope_.defines.contains(expr.variable)) return;
  Report(expr.position,
         absl::StrFormat("'%s' names a define - use another word for the people", expr.variable));
}

ValueType ExpressionChecker::CheckQuantifier(Expr& expr) {
  CheckVariable(expr);
  const FactInfo* const list = ResolveFact(expr.name, "", expr.operator_position, diagnostics_);
  if (list != nullptr && list->type != FactType::kPeople) {
    Report(expr.operator_position,
           absl::StrFormat("'%s' is not a list of people - lists: party.members, flight.passengers",
                           expr.name));
  } else if (list != nullptr) {
    expr.list = list->id;
  }
  const bool outer = std::exchange(in_quantifier_, true);
  CheckCondition(*expr.args[0]);
  in_quantifier_ = outer;
  return expr.op == Op::kCount ? ValueType::kInt : ValueType::kBool;
}

ValueType ExpressionChecker::CheckFact(Expr& expr) {
  const FactInfo* const fact =
      ResolveFact(expr.name, expr.of_variable ? expr.variable : "", expr.position, diagnostics_);
  if (fact == nullptr) return ValueType::kAny;
  expr.fact = fact->id;
  if (!CheckWindow(*fact, expr.name, expr.window.has_value(), expr.position, diagnostics_))
    return ValueType::kAny;
  return TypeOf(fact->type);
}

// A define without a name is what the parser could not read.
ValueType ExpressionChecker::CheckDefine(Expr& expr) {
  return expr.name.empty() ? ValueType::kAny : ValueType::kBool;
}

// A word that stands beside no enum can only be a define.
ValueType ExpressionChecker::CheckLiteral(Expr& expr) {
  Literal& literal = expr.literal;
  if (literal.kind != Literal::Kind::kEnum) return TypeOfLiteral(literal);
  if (literal.text == "unknown") {
    Report(expr.position, "'unknown' is no value here - write is unknown");
    return ValueType::kAny;
  }
  const auto found = scope_.defines.find(literal.text);
  if (found == scope_.defines.end()) {
    std::vector<std::string> names(scope_.defines.size());
    for (const auto& [name, number] : scope_.defines)
      names[static_cast<std::size_t>(number)] = name;
    Report(expr.position,
           absl::StrFormat("unknown name '%s'%s", literal.text, DidYouMean(literal.text, names)));
    return ValueType::kAny;
  }
  expr.op = Op::kDefine;
  expr.name = literal.text;
  expr.define = found->second;
  const bool nests =
      in_quantifier_ && scope_.has_quantifier[static_cast<std::size_t>(found->second)];
  if (nests) Report(expr.position, "any/every/no/count may not be nested (keeps rules bounded)");
  return ValueType::kBool;
}

}  // namespace landfall::rules
