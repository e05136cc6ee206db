#include "rules/tree_walk.h"

#include <charconv>
#include <cmath>

#include "rules/words.h"

namespace landfall::rules {
namespace {

// Whose facts a name in a quantifier's body means.
struct Member {
  FactId list;
  std::size_t index;
};

struct Walk {
  const Profile* profile;
  const FactSourceView& facts;
  const Member* member = nullptr;  // Inside a quantifier.
};

Value EvaluateExpr(const Expr& expr, const Walk& walk);

Value Bool(bool value) {
  Value result;
  result.known = true;
  result.type = ValueType::kBool;
  result.boolean = value;
  return result;
}

Value FromOutcome(Outcome outcome) {
  if (outcome != Outcome::kUnknown) return Bool(outcome == Outcome::kTrue);
  Value unknown;
  unknown.type = ValueType::kBool;
  return unknown;
}

Outcome Not(Outcome outcome) {
  if (outcome == Outcome::kUnknown) return outcome;
  return outcome == Outcome::kTrue ? Outcome::kFalse : Outcome::kTrue;
}

// The `or` (or `and`, where `decisive` is false) of outcomes: the decisive one wins, then unknown.
Outcome Combine(Outcome a, Outcome b, Outcome decisive) {
  if (a == decisive || b == decisive) return decisive;
  if (a == Outcome::kUnknown || b == Outcome::kUnknown) return Outcome::kUnknown;
  return a;
}

double AsNum(const Value& value) {
  return value.type == ValueType::kInt ? static_cast<double>(value.integer) : value.number;
}

Value FromLiteral(const Literal& literal) {
  Value value;
  value.known = true;
  switch (literal.kind) {
    case Literal::Kind::kBool:
      return Bool(literal.boolean);
    case Literal::Kind::kInt:
      value.type = ValueType::kInt;
      break;
    case Literal::Kind::kNum:
      value.type = ValueType::kNum;
      break;
    case Literal::Kind::kText:
      value.type = ValueType::kText;
      break;
    case Literal::Kind::kEnum:
      value.type = ValueType::kEnum;
      break;
    case Literal::Kind::kDate:
      value.type = ValueType::kDate;
      break;
    case Literal::Kind::kDuration:
      value.type = ValueType::kDuration;
      break;
  }
  value.integer = literal.integer;
  value.number = literal.number;
  value.text = literal.text;
  value.enum_value = literal.enum_value;
  return value;
}

// Less, equal or greater of two known values of one type; ints with nums as nums.
int Order(const Value& a, const Value& b) {
  if (a.type == ValueType::kInt && b.type == ValueType::kInt) {
    return a.integer < b.integer ? -1 : a.integer > b.integer ? 1 : 0;
  }
  if (IsNumber(a.type)) return AsNum(a) < AsNum(b) ? -1 : AsNum(a) > AsNum(b) ? 1 : 0;
  if (a.type == ValueType::kBool) return static_cast<int>(a.boolean) - static_cast<int>(b.boolean);
  if (a.type == ValueType::kEnum)
    return static_cast<int>(a.enum_value) - static_cast<int>(b.enum_value);
  return a.text.compare(b.text);
}

bool Holds(Op op, int order) {
  switch (op) {
    case Op::kEqual:
      return order == 0;
    case Op::kNotEqual:
      return order != 0;
    case Op::kLess:
      return order < 0;
    case Op::kLessEqual:
      return order <= 0;
    case Op::kGreater:
      return order > 0;
    default:
      return order >= 0;
  }
}

Outcome Compare(Op op, const Value& a, const Value& b) {
  if (!a.known || !b.known) return Outcome::kUnknown;
  return Holds(op, Order(a, b)) ? Outcome::kTrue : Outcome::kFalse;
}

Value IntArithmetic(Op op, std::int64_t a, std::int64_t b) {
  Value result;
  result.type = ValueType::kInt;
  const bool overflow = op == Op::kAdd        ? __builtin_add_overflow(a, b, &result.integer)
                        : op == Op::kSubtract ? __builtin_sub_overflow(a, b, &result.integer)
                                              : __builtin_mul_overflow(a, b, &result.integer);
  result.known = !overflow;
  return result;
}

Value NumArithmetic(Op op, double a, double b) {
  Value result;
  result.type = ValueType::kNum;
  switch (op) {
    case Op::kAdd:
      result.number = a + b;
      break;
    case Op::kSubtract:
      result.number = a - b;
      break;
    case Op::kMultiply:
      result.number = a * b;
      break;
    default:
      result.number = b == 0 ? HUGE_VAL : a / b;
      break;
  }
  result.known = std::isfinite(result.number);
  return result;
}

Value Arithmetic(const Expr& expr, const Walk& walk) {
  const Value a = EvaluateExpr(*expr.args[0], walk);
  const Value b = EvaluateExpr(*expr.args[1], walk);
  if (!a.known || !b.known) {
    Value unknown;
    unknown.type = expr.type;
    return unknown;
  }
  const bool ints =
      a.type == ValueType::kInt && b.type == ValueType::kInt && expr.op != Op::kDivide;
  return ints ? IntArithmetic(expr.op, a.integer, b.integer)
              : NumArithmetic(expr.op, AsNum(a), AsNum(b));
}

// A value of a list, read as the list's type.
Value FromListText(ValueType type, const std::string& text) {
  Value value;
  value.known = true;
  value.type = type;
  value.text = text;
  const char* const end = text.data() + text.size();
  if (type == ValueType::kInt) std::from_chars(text.data(), end, value.integer);
  if (type == ValueType::kNum) std::from_chars(text.data(), end, value.number);
  return value;
}

Outcome InList(const Value& value, const std::string& name, const Profile* profile) {
  Outcome outcome = Outcome::kFalse;
  if (profile == nullptr) return outcome;
  for (const ListDefinition& list : profile->lists) {
    if (list.name != name) continue;
    for (const std::string& text : list.values) {
      outcome = Combine(outcome, Compare(Op::kEqual, value, FromListText(list.type, text)),
                        Outcome::kTrue);
    }
  }
  return outcome;
}

Outcome InRange(const Value& value, const SetOperand& set) {
  return Combine(Compare(Op::kGreaterEqual, value, FromLiteral(set.values[0])),
                 Compare(Op::kLessEqual, value, FromLiteral(set.values[1])), Outcome::kFalse);
}

Outcome InSet(const Value& value, const SetOperand& set, const Profile* profile) {
  if (set.kind == SetOperand::Kind::kList) return InList(value, set.list, profile);
  if (set.kind == SetOperand::Kind::kRange) return InRange(value, set);
  Outcome outcome = Outcome::kFalse;
  for (const Literal& literal : set.values) {
    outcome = Combine(outcome, Compare(Op::kEqual, value, FromLiteral(literal)), Outcome::kTrue);
  }
  return outcome;
}

// An enum that lists `unknown` has that value where another fact would be unknown.
bool IsKnown(const Expr& expr, const Walk& walk) {
  if (expr.type == ValueType::kPeople) return walk.facts.ListSize(expr.fact).has_value();
  const Value value = EvaluateExpr(expr, walk);
  if (!value.known || expr.op != Op::kFact || value.type != ValueType::kEnum) return value.known;
  return Info(expr.fact).UnknownValue() != value.enum_value;
}

bool Is(const Expr& expr, const Walk& walk) {
  const Expr& arg = *expr.args[0];
  switch (expr.what) {
    case IsWhat::kKnown:
      return IsKnown(arg, walk);
    case IsWhat::kUnknown:
      return !IsKnown(arg, walk);
    case IsWhat::kTrue:
      return EvaluateExpr(arg, walk).AsOutcome() == Outcome::kTrue;
    case IsWhat::kFalse:
      break;
  }
  return EvaluateExpr(arg, walk).AsOutcome() == Outcome::kFalse;
}

Outcome Chain(const Expr& expr, const Walk& walk) {
  const Outcome decisive = expr.op == Op::kOr ? Outcome::kTrue : Outcome::kFalse;
  Outcome outcome = Not(decisive);
  for (const ExprPtr& arg : expr.args) {
    outcome = Combine(outcome, EvaluateExpr(*arg, walk).AsOutcome(), decisive);
  }
  return outcome;
}

// How many members the body is true for, and how many it is unknown for. Nullopt if the list is
// unknown.
struct Tally {
  std::int64_t members = 0, true_for = 0, unknown_for = 0;
};
std::optional<Tally> Count(const Expr& quantifier, const Walk& walk) {
  const std::optional<std::size_t> size = walk.facts.ListSize(quantifier.list);
  if (!size) return std::nullopt;
  Tally tally{static_cast<std::int64_t>(*size), 0, 0};
  for (std::size_t i = 0; i < *size; ++i) {
    const Member member{quantifier.list, i};
    const Outcome outcome =
        EvaluateExpr(*quantifier.args[0], {walk.profile, walk.facts, &member}).AsOutcome();
    tally.true_for += outcome == Outcome::kTrue ? 1 : 0;
    tally.unknown_for += outcome == Outcome::kUnknown ? 1 : 0;
  }
  return tally;
}

Outcome Quantify(const Expr& expr, const Walk& walk) {
  const std::optional<Tally> tally = Count(expr, walk);
  if (!tally) return Outcome::kUnknown;
  const std::int64_t false_for = tally->members - tally->true_for - tally->unknown_for;
  if (expr.op == Op::kEvery) {
    if (false_for > 0) return Outcome::kFalse;
    return tally->unknown_for > 0 ? Outcome::kUnknown : Outcome::kTrue;
  }
  const Outcome any = tally->true_for > 0      ? Outcome::kTrue
                      : tally->unknown_for > 0 ? Outcome::kUnknown
                                               : Outcome::kFalse;
  return expr.op == Op::kNo ? Not(any) : any;
}

// The count lies in t..t+u: a comparison holds if it holds for all of them.
Outcome CompareCount(Op op, const Tally& tally, const Value& number, bool count_is_left) {
  if (!number.known) return Outcome::kUnknown;
  bool holds_somewhere = false, fails_somewhere = false;
  for (std::int64_t n = tally.true_for; n <= tally.true_for + tally.unknown_for; ++n) {
    Value count;
    count.known = true;
    count.type = ValueType::kInt;
    count.integer = n;
    const bool holds = Holds(op, count_is_left ? Order(count, number) : Order(number, count));
    (holds ? holds_somewhere : fails_somewhere) = true;
  }
  if (holds_somewhere && fails_somewhere) return Outcome::kUnknown;
  return holds_somewhere ? Outcome::kTrue : Outcome::kFalse;
}

Outcome Comparison(const Expr& expr, const Walk& walk) {
  const Expr& left = *expr.args[0];
  const Expr& right = *expr.args[1];
  if (left.op != Op::kCount && right.op != Op::kCount) {
    return Compare(expr.op, EvaluateExpr(left, walk), EvaluateExpr(right, walk));
  }
  const bool count_is_left = left.op == Op::kCount;
  const std::optional<Tally> tally = Count(count_is_left ? left : right, walk);
  if (!tally) return Outcome::kUnknown;
  return CompareCount(expr.op, *tally, EvaluateExpr(count_is_left ? right : left, walk),
                      count_is_left);
}

Value FactValue(const Expr& expr, const Walk& walk) {
  Value value =
      expr.of_variable && walk.member != nullptr
          ? walk.facts.MemberFact(walk.member->list, walk.member->index, expr.fact, expr.window)
          : walk.facts.Fact(expr.fact, expr.window);
  value.type = TypeOf(Info(expr.fact).type);
  return value;
}

Value EvaluateExpr(const Expr& expr, const Walk& walk) {
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
      return FromOutcome(Chain(expr, walk));
    case Op::kNot:
      return FromOutcome(Not(EvaluateExpr(*expr.args[0], walk).AsOutcome()));
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return Arithmetic(expr, walk);
    case Op::kIn: {
      const Outcome in = InSet(EvaluateExpr(*expr.args[0], walk), expr.set, walk.profile);
      return FromOutcome(expr.negated ? Not(in) : in);
    }
    case Op::kIs:
      return Bool(Is(expr, walk) != expr.negated);
    case Op::kAny:
    case Op::kEvery:
    case Op::kNo:
      return FromOutcome(Quantify(expr, walk));
    case Op::kFact:
      return FactValue(expr, walk);
    case Op::kDefine:
      // A define speaks of the row, also inside a quantifier.
      return EvaluateExpr(*walk.profile->defines[static_cast<std::size_t>(expr.define)].expr,
                          {walk.profile, walk.facts});
    case Op::kLiteral:
      return FromLiteral(expr.literal);
    default:
      return FromOutcome(Comparison(expr, walk));
  }
}

// A cell of a column; of a fact that has its unknowns as a value, an unset cell is that value.
Value Cell(const FactColumn& column, std::size_t row, const FactInfo& fact, std::string_view text) {
  Value value;
  value.type = TypeOf(fact.type);
  value.known = column.IsKnown(row);
  if (!value.known) return value;
  switch (fact.type) {
    case FactType::kBool:
      value.boolean = column.small[row] != 0;
      break;
    case FactType::kEnum:
      value.enum_value = column.small[row];
      break;
    case FactType::kInt:
      value.integer = column.ints[row];
      break;
    case FactType::kNum:
      value.number = column.nums[row];
      break;
    default:
      value.text = std::string(text);
      break;
  }
  return value;
}

Value TableCell(const FactTable& table, std::size_t row, FactId id,
                const std::optional<Window>& window) {
  const FactInfo& fact = Info(id);
  const FactColumn* const column = window ? table.WindowColumn(id, *window) : &table.Column(id);
  if (column == nullptr || column->known.empty()) return Value::Unknown();
  const bool is_text = fact.type == FactType::kText || IsCode(TypeOf(fact.type));
  return Cell(*column, row, fact,
              is_text && column->IsKnown(row) ? table.Text(column->texts[row]) : "");
}

}  // namespace

Value Evaluate(const Expr& expr, const Profile* profile, const FactSourceView& facts) {
  return EvaluateExpr(expr, {profile, facts});
}

Outcome EvaluateRule(const Rule& rule, const Profile& profile, const FactSourceView& facts) {
  const bool excused = rule.unless != nullptr &&
                       Evaluate(*rule.unless, &profile, facts).AsOutcome() == Outcome::kTrue;
  return excused ? Outcome::kFalse : Evaluate(*rule.when, &profile, facts).AsOutcome();
}

Value TableRowView::Fact(FactId fact, const std::optional<Window>& window) const {
  return TableCell(table_, row_, fact, window);
}

std::optional<std::size_t> TableRowView::ListSize(FactId list) const {
  const auto [first, last] = list == FactId::flight_passengers
                                 ? table_.FlightRows(table_.FlightOf(row_))
                                 : table_.PartyRows(table_.PartyOf(row_));
  return last - first;
}

Value TableRowView::MemberFact(FactId list, std::size_t index, FactId fact,
                               const std::optional<Window>& window) const {
  const std::uint32_t first = list == FactId::flight_passengers
                                  ? table_.FlightRows(table_.FlightOf(row_)).first
                                  : table_.PartyRows(table_.PartyOf(row_)).first;
  return TableCell(table_, first + index, fact, window);
}

}  // namespace landfall::rules
