#include "rules/program.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "absl/container/flat_hash_map.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

using Kind = ConditionNode::Kind;
using NumberKind = NumberNode::Kind;

// The row of a member holds its own facts, and those of its party and flight.
bool StandsInMembersRow(const Expr& fact, FactId list) {
  if (fact.of_variable) return true;
  const FactLevel level = Info(fact.fact).level;
  return level == FactLevel::kFlight ||
         (level == FactLevel::kParty && list == FactId::party_members);
}

template <typename T>
void SortUnique(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

template <typename T>
T Parsed(const std::string& text) {
  T value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

// Of a number only that it is one.
ValueType TypeOfValue(const Expr& expr) {
  switch (expr.op) {
    case Op::kFact:
      return TypeOf(Info(expr.fact).type);
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
      return ValueType::kNum;  // Or an int: a number.
    case Op::kLiteral:
      break;
    default:
      return ValueType::kBool;
  }
  switch (expr.literal.kind) {
    case Literal::Kind::kBool:
      return ValueType::kBool;
    case Literal::Kind::kEnum:
      return ValueType::kEnum;
    case Literal::Kind::kText:
      return ValueType::kText;
    default:
      return ValueType::kNum;
  }
}

class Compiler {
 public:
  explicit Compiler(const Profile& profile) : profile_(profile) {}
  Program Compile();

 private:
  ConditionRef Condition(const Expr& expr);
  ConditionRef Chain(const Expr& expr);
  ConditionRef Comparison(const Expr& expr);
  ConditionRef Compare(Op op, const Expr& left, const Expr& right);
  ConditionRef CompareNumbers(Op op, std::int32_t a, std::int32_t b);
  ConditionRef CompareCount(const Expr& count, Op op, const Expr& number);
  ConditionRef SameEnum(const Expr& fact, const Expr& other);
  ConditionRef SameText(const Expr& left, const Expr& right);
  ConditionRef In(const Expr& expr);
  ConditionRef InRange(const Expr& value, const SetOperand& set);
  ConditionRef InNumbers(const Expr& value, const SetOperand& set);
  ConditionRef InEnum(const Expr& value, const SetOperand& set);
  ConditionRef InText(const Expr& value, const SetOperand& set);
  ConditionRef InBool(const Expr& value, const SetOperand& set);
  ConditionRef Is(const Expr& expr);
  ConditionRef IsKnown(const Expr& expr);
  ConditionRef Quantifier(const Expr& expr);
  std::int32_t TallyOf(const Expr& quantifier, bool negated_body);
  ConditionRef Defined(std::int32_t number);
  ConditionRef Constant(bool value) { return value ? True() : Negated(True()); }
  ConditionRef True() { return Add({.kind = Kind::kTrue}); }

  std::int32_t Number(const Expr& expr);
  std::int32_t NumberOf(const Literal& literal);
  std::int32_t AsNum(std::int32_t number);
  std::int32_t Arithmetic(const Expr& expr);
  ConditionRef NumberIn(std::int32_t number, NumberSet set);
  bool IsInt(std::int32_t number) const {
    return program_.numbers[static_cast<std::size_t>(number)].is_int;
  }
  bool IsConstant(std::int32_t number) const {
    return program_.numbers[static_cast<std::size_t>(number)].kind == NumberKind::kConstant;
  }

  ConditionRef Add(ConditionNode node);
  ConditionRef AddAnd(std::vector<ConditionRef> args);
  ConditionRef AddOr(std::vector<ConditionRef> args);
  std::int32_t AddNumber(NumberNode node);
  std::int32_t AddTextSet(const std::vector<std::string>& values);
  std::int32_t Column(const Expr& fact);
  const ListDefinition* FindList(const std::string& name) const;
  void MakeSchedules();
  void AssignBuffers();

  const Profile& profile_;
  Program program_;
  absl::flat_hash_map<ConditionNode, std::int32_t> condition_numbers_;
  absl::flat_hash_map<NumberNode, std::int32_t> number_numbers_;
  absl::flat_hash_map<ColumnKey, std::int32_t> column_numbers_;
  absl::flat_hash_map<Tally, std::int32_t> tally_numbers_;
  absl::flat_hash_map<std::string, std::int32_t> text_set_numbers_;
  std::vector<std::optional<ConditionRef>> defines_;
  std::optional<FactId> pairs_of_;  // In the body of a tally of pairs: its list.
};

ConditionRef Compiler::Add(ConditionNode node) {
  const auto [it, is_new] = condition_numbers_.try_emplace(
      std::move(node), static_cast<std::int32_t>(program_.conditions.size()));
  if (is_new) program_.conditions.push_back(it->first);
  return it->second * 2;
}

// Operands in one order and each once, so that `a and b` and `b and a` are one node.
ConditionRef Compiler::AddAnd(std::vector<ConditionRef> args) {
  SortUnique(args);
  return args.size() == 1 ? args[0] : Add({.kind = Kind::kAnd, .args = std::move(args)});
}

// a or b = not (not a and not b), in three values too.
ConditionRef Compiler::AddOr(std::vector<ConditionRef> args) {
  if (args.empty()) return Constant(false);
  for (ConditionRef& arg : args) arg = Negated(arg);
  return Negated(AddAnd(std::move(args)));
}

std::int32_t Compiler::AddNumber(NumberNode node) {
  const auto [it, is_new] =
      number_numbers_.try_emplace(node, static_cast<std::int32_t>(program_.numbers.size()));
  if (is_new) program_.numbers.push_back(node);
  return it->second;
}

std::int32_t Compiler::Column(const Expr& fact) {
  const bool of_asker = pairs_of_.has_value() && !StandsInMembersRow(fact, *pairs_of_);
  const ColumnKey key{fact.fact, fact.window, of_asker};
  const auto [it, is_new] =
      column_numbers_.try_emplace(key, static_cast<std::int32_t>(program_.columns.size()));
  if (is_new) program_.columns.push_back(key);
  return it->second;
}

ConditionRef Compiler::Condition(const Expr& expr) {
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
      return Chain(expr);
    case Op::kNot:
      return Negated(Condition(*expr.args[0]));
    case Op::kIn:
      return expr.negated ? Negated(In(expr)) : In(expr);
    case Op::kIs:
      return expr.negated ? Negated(Is(expr)) : Is(expr);
    case Op::kAny:
    case Op::kEvery:
    case Op::kNo:
      return Quantifier(expr);
    case Op::kFact:
      return Add({.kind = Kind::kBool, .a = Column(expr)});
    case Op::kLiteral:
      return Constant(expr.literal.boolean);
    case Op::kDefine:
      break;
    default:
      return Comparison(expr);
  }
  return Defined(expr.define);
}

// A define speaks of the row that asks, also in a body.
ConditionRef Compiler::Defined(std::int32_t number) {
  const Expr& expr = *profile_.defines[static_cast<std::size_t>(number)].expr;
  if (pairs_of_) return Condition(expr);
  std::optional<ConditionRef>& define = defines_[static_cast<std::size_t>(number)];
  if (!define) define = Condition(expr);
  return *define;
}

ConditionRef Compiler::Chain(const Expr& expr) {
  std::vector<ConditionRef> args;
  for (const ExprPtr& arg : expr.args) args.push_back(Condition(*arg));
  return expr.op == Op::kAnd ? AddAnd(std::move(args)) : AddOr(std::move(args));
}

ConditionRef Compiler::Comparison(const Expr& expr) {
  const Expr& left = *expr.args[0];
  const Expr& right = *expr.args[1];
  const Expr* const count = left.op == Op::kCount    ? &left
                            : right.op == Op::kCount ? &right
                                                     : nullptr;
  // The opposite of another operator: written so, both share a node.
  const bool is_negated = expr.op == Op::kNotEqual;
  const Op op = is_negated ? Op::kEqual : expr.op;
  const ConditionRef compared = count == &left    ? CompareCount(left, op, right)
                                : count == &right ? CompareCount(right, Mirrored(op), left)
                                                  : Compare(op, left, right);
  return is_negated ? Negated(compared) : compared;
}

ConditionRef Compiler::Compare(Op op, const Expr& left, const Expr& right) {
  const bool left_is_literal = left.op == Op::kLiteral;
  switch (TypeOfValue(left_is_literal ? right : left)) {
    case ValueType::kBool:
      return Add({.kind = Kind::kSame, .a = Condition(left), .b = Condition(right)});
    case ValueType::kEnum:
      return left_is_literal ? SameEnum(right, left) : SameEnum(left, right);
    case ValueType::kInt:
    case ValueType::kNum:
      return CompareNumbers(op, Number(left), Number(right));
    default:
      return left_is_literal ? SameText(right, left) : SameText(left, right);
  }
}

ConditionRef Compiler::CompareNumbers(Op op, std::int32_t a, std::int32_t b) {
  if (IsInt(a) != IsInt(b)) {
    a = AsNum(a);
    b = AsNum(b);
  }
  // A constant stands on the right, so that its comparisons are one kernel.
  const bool swap = IsConstant(a) && !IsConstant(b);
  return Add({.kind = Kind::kCompare,
              .op = swap ? Mirrored(op) : op,
              .a = swap ? b : a,
              .b = swap ? a : b});
}

ConditionRef Compiler::CompareCount(const Expr& count, Op op, const Expr& number) {
  const std::int32_t tally = TallyOf(count, /*negated_body=*/false);
  return Add({.kind = Kind::kCount, .op = op, .a = tally, .b = Number(number)});
}

std::int32_t Compiler::TallyOf(const Expr& quantifier, bool negated_body) {
  const Expr& body = *quantifier.args[0];
  Tally tally{quantifier.list, 0, !IsSameForAllRows(body, quantifier.list, profile_)};
  if (tally.of_pairs) pairs_of_ = quantifier.list;
  tally.body = negated_body ? Negated(Condition(body)) : Condition(body);
  pairs_of_.reset();
  const auto [it, is_new] =
      tally_numbers_.try_emplace(tally, static_cast<std::int32_t>(program_.tallies.size()));
  if (is_new) program_.tallies.push_back(tally);
  return it->second;
}

ConditionRef Compiler::SameEnum(const Expr& fact, const Expr& other) {
  if (other.op == Op::kFact)
    return Add({.kind = Kind::kSameSmall, .a = Column(fact), .b = Column(other)});
  return Add({.kind = Kind::kEnumIn,
              .a = Column(fact),
              .mask = std::uint64_t{1} << other.literal.enum_value});
}

ConditionRef Compiler::SameText(const Expr& left, const Expr& right) {
  if (left.op == Op::kLiteral) return Constant(left.literal.text == right.literal.text);
  if (right.op == Op::kFact)
    return Add({.kind = Kind::kSameText, .a = Column(left), .b = Column(right)});
  return Add({.kind = Kind::kTextIn, .a = Column(left), .b = AddTextSet({right.literal.text})});
}

ConditionRef Compiler::In(const Expr& expr) {
  const Expr& value = *expr.args[0];
  if (expr.set.kind == SetOperand::Kind::kRange) return InRange(value, expr.set);
  switch (TypeOfValue(value)) {
    case ValueType::kBool:
      return InBool(value, expr.set);
    case ValueType::kEnum:
      return InEnum(value, expr.set);
    case ValueType::kInt:
    case ValueType::kNum:
      return InNumbers(value, expr.set);
    default:
      return InText(value, expr.set);
  }
}

ConditionRef Compiler::InRange(const Expr& value, const SetOperand& set) {
  const std::int32_t number = Number(value);
  return AddAnd({CompareNumbers(Op::kGreaterEqual, number, NumberOf(set.values[0])),
                 CompareNumbers(Op::kLessEqual, number, NumberOf(set.values[1]))});
}

ConditionRef Compiler::InBool(const Expr& value, const SetOperand& set) {
  std::vector<ConditionRef> parts;
  const ConditionRef condition = Condition(value);
  for (const Literal& literal : set.values)
    parts.push_back(literal.boolean ? condition : Negated(condition));
  return AddOr(std::move(parts));
}

ConditionRef Compiler::InEnum(const Expr& value, const SetOperand& set) {
  std::uint64_t mask = 0;
  for (const Literal& literal : set.values) mask |= std::uint64_t{1} << literal.enum_value;
  // In an empty list nothing is, not even what is unknown.
  return mask == 0 ? Constant(false)
                   : Add({.kind = Kind::kEnumIn, .a = Column(value), .mask = mask});
}

ConditionRef Compiler::InText(const Expr& value, const SetOperand& set) {
  std::vector<std::string> values;
  if (const ListDefinition* const list = FindList(set.list)) values = list->values;
  for (const Literal& literal : set.values) values.push_back(literal.text);
  SortUnique(values);
  if (values.empty()) return Constant(false);
  if (value.op == Op::kLiteral) {
    return Constant(std::binary_search(values.begin(), values.end(), value.literal.text));
  }
  return Add({.kind = Kind::kTextIn, .a = Column(value), .b = AddTextSet(values)});
}

// Ints are compared with ints exactly; where either is a num, both are.
ConditionRef Compiler::InNumbers(const Expr& value, const SetOperand& set) {
  NumberSet as_ints, as_nums;
  const std::int32_t number = Number(value);
  const auto add = [&](bool is_int, std::int64_t integer, double num) {
    if (is_int && IsInt(number))
      as_ints.ints.push_back(integer);
    else
      as_nums.nums.push_back(is_int ? static_cast<double>(integer) : num);
  };
  for (const Literal& literal : set.values) {
    add(literal.kind == Literal::Kind::kInt, literal.integer, literal.number);
  }
  if (const ListDefinition* const list = FindList(set.list)) {
    for (const std::string& text : list->values) {
      if (list->type == ValueType::kInt)
        add(true, Parsed<std::int64_t>(text), 0);
      else
        add(false, 0, Parsed<double>(text));
    }
  }
  std::vector<ConditionRef> parts;
  if (!as_ints.ints.empty()) parts.push_back(NumberIn(number, std::move(as_ints)));
  if (!as_nums.nums.empty()) parts.push_back(NumberIn(AsNum(number), std::move(as_nums)));
  return AddOr(std::move(parts));
}

ConditionRef Compiler::NumberIn(std::int32_t number, NumberSet set) {
  SortUnique(set.ints);
  SortUnique(set.nums);
  program_.number_sets.push_back(std::move(set));
  return Add({.kind = Kind::kNumberIn,
              .a = number,
              .b = static_cast<std::int32_t>(program_.number_sets.size() - 1)});
}

ConditionRef Compiler::Is(const Expr& expr) {
  const Expr& arg = *expr.args[0];
  switch (expr.what) {
    case IsWhat::kTrue:
      return Add({.kind = Kind::kIsTrue, .a = Condition(arg)});
    case IsWhat::kFalse:
      return Add({.kind = Kind::kIsTrue, .a = Negated(Condition(arg))});
    case IsWhat::kKnown:
      return IsKnown(arg);
    case IsWhat::kUnknown:
      break;
  }
  return Negated(IsKnown(arg));
}

ConditionRef Compiler::IsKnown(const Expr& expr) {
  const ValueType type = TypeOfValue(expr);
  if (type == ValueType::kPeople) return True();  // A table has all people of its flights.
  if (expr.op == Op::kLiteral) return True();
  if (type == ValueType::kBool && expr.op != Op::kFact) {
    return Add({.kind = Kind::kIsKnown, .a = Condition(expr) & ~1});
  }
  if (expr.op != Op::kFact) return Add({.kind = Kind::kNumberKnown, .a = Number(expr)});
  const ConditionRef known = Add({.kind = Kind::kKnown, .a = Column(expr)});
  const std::optional<std::uint8_t> unknown = Info(expr.fact).UnknownValue();
  if (!unknown) return known;
  // Of an enum that lists `unknown`, that value is not known.
  const ConditionRef is_unknown =
      Add({.kind = Kind::kEnumIn, .a = Column(expr), .mask = std::uint64_t{1} << *unknown});
  return AddAnd({known, Negated(is_unknown)});
}

// every = not any not; no = not any.
ConditionRef Compiler::Quantifier(const Expr& expr) {
  const Expr& body = *expr.args[0];
  const bool is_every = expr.op == Op::kEvery;
  ConditionRef any = 0;
  if (IsSameForAllRows(body, expr.list, profile_)) {
    const ConditionRef condition = is_every ? Negated(Condition(body)) : Condition(body);
    any = Add({.kind = Kind::kAny, .list = expr.list, .a = condition});
  } else {
    const std::int32_t one = AddNumber({.kind = NumberKind::kConstant, .integer = 1, .number = 1});
    any = Add(
        {.kind = Kind::kCount, .op = Op::kGreaterEqual, .a = TallyOf(expr, is_every), .b = one});
  }
  return expr.op == Op::kAny ? any : Negated(any);
}

std::int32_t Compiler::Number(const Expr& expr) {
  if (expr.op == Op::kLiteral) return NumberOf(expr.literal);
  if (expr.op != Op::kFact) return Arithmetic(expr);
  return AddNumber({.kind = NumberKind::kColumn,
                    .is_int = Info(expr.fact).type == FactType::kInt,
                    .a = Column(expr)});
}

std::int32_t Compiler::NumberOf(const Literal& literal) {
  const bool is_int = literal.kind == Literal::Kind::kInt;
  return AddNumber({.kind = NumberKind::kConstant,
                    .is_int = is_int,
                    .integer = is_int ? literal.integer : 0,
                    .number = is_int ? static_cast<double>(literal.integer) : literal.number});
}

std::int32_t Compiler::AsNum(std::int32_t number) {
  if (!IsInt(number)) return number;
  if (!IsConstant(number))
    return AddNumber({.kind = NumberKind::kToNum, .is_int = false, .a = number});
  NumberNode constant = program_.numbers[static_cast<std::size_t>(number)];
  constant.is_int = false;
  constant.integer = 0;
  return AddNumber(constant);
}

std::int32_t Compiler::Arithmetic(const Expr& expr) {
  std::int32_t a = Number(*expr.args[0]);
  std::int32_t b = Number(*expr.args[1]);
  const bool is_int = IsInt(a) && IsInt(b) && expr.op != Op::kDivide;
  if (!is_int) {
    a = AsNum(a);
    b = AsNum(b);
  }
  const NumberKind kind = expr.op == Op::kAdd        ? NumberKind::kAdd
                          : expr.op == Op::kSubtract ? NumberKind::kSubtract
                          : expr.op == Op::kMultiply ? NumberKind::kMultiply
                                                     : NumberKind::kDivide;
  return AddNumber({.kind = kind, .is_int = is_int, .a = a, .b = b});
}

std::int32_t Compiler::AddTextSet(const std::vector<std::string>& values) {
  std::string key;
  for (const std::string& value : values) key += std::to_string(value.size()) + ":" + value;
  const auto [it, is_new] = text_set_numbers_.try_emplace(
      std::move(key), static_cast<std::int32_t>(program_.text_sets.size()));
  if (is_new) program_.text_sets.emplace_back(values.begin(), values.end());
  return it->second;
}

const ListDefinition* Compiler::FindList(const std::string& name) const {
  if (name.empty()) return nullptr;
  const auto found = std::find_if(profile_.lists.begin(), profile_.lists.end(),
                                  [&](const ListDefinition& list) { return list.name == name; });
  return found == profile_.lists.end() ? nullptr : &*found;
}

// What has to be evaluated for a set of conditions. Groups are a border: what lies behind them is
// done before.
class Marker {
 public:
  explicit Marker(const Program& program)
      : program_(program),
        conditions_(program.conditions.size()),
        numbers_(program.numbers.size()) {}

  void Condition(ConditionRef ref) {
    const auto number = static_cast<std::size_t>(ref / 2);
    if (conditions_[number]) return;
    conditions_[number] = true;
    const ConditionNode& node = program_.conditions[number];
    switch (node.kind) {
      case Kind::kSameSmall:
      case Kind::kSameText:
        Column(node.b);
        [[fallthrough]];
      case Kind::kBool:
      case Kind::kKnown:
      case Kind::kEnumIn:
      case Kind::kTextIn:
        Column(node.a);
        break;
      case Kind::kCompare:
        if (!IsConstant(node.b)) Number(node.b);
        [[fallthrough]];
      case Kind::kNumberIn:
      case Kind::kNumberKnown:
        Number(node.a);
        break;
      case Kind::kCount:
        Number(node.b);
        break;
      case Kind::kSame:
        Condition(node.b);
        [[fallthrough]];
      case Kind::kIsTrue:
      case Kind::kIsKnown:
        Condition(node.a);
        break;
      default:
        break;
    }
    for (const ConditionRef arg : node.args) Condition(arg);
  }

  Program::Schedule Take() const {
    Program::Schedule schedule;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      if (numbers_[i]) schedule.numbers.push_back(static_cast<std::int32_t>(i));
    }
    for (std::size_t i = 0; i < conditions_.size(); ++i) {
      if (conditions_[i]) schedule.conditions.push_back(static_cast<std::int32_t>(i));
    }
    return schedule;
  }

  std::vector<std::int32_t> AskerColumns() const {
    return {asker_columns_.begin(), asker_columns_.end()};
  }

 private:
  bool IsConstant(std::int32_t number) const {
    return program_.numbers[static_cast<std::size_t>(number)].kind == NumberKind::kConstant;
  }

  void Number(std::int32_t number) {
    if (numbers_[static_cast<std::size_t>(number)]) return;
    numbers_[static_cast<std::size_t>(number)] = true;
    const NumberNode& node = program_.numbers[static_cast<std::size_t>(number)];
    if (node.kind == NumberKind::kColumn) return Column(node.a);
    if (node.kind == NumberKind::kConstant) return;
    Number(node.a);
    if (node.kind != NumberKind::kToNum) Number(node.b);
  }

  void Column(std::int32_t number) {
    if (program_.columns[static_cast<std::size_t>(number)].of_asker) asker_columns_.insert(number);
  }

  const Program& program_;
  std::vector<bool> conditions_, numbers_;
  std::set<std::int32_t> asker_columns_;
};

void Compiler::MakeSchedules() {
  for (const ConditionNode& node : program_.conditions) {
    if (node.kind == Kind::kAny) program_.body_roots.push_back(node.a / 2);
  }
  for (const Tally& tally : program_.tallies) {
    if (!tally.of_pairs) program_.body_roots.push_back(tally.body / 2);
  }
  SortUnique(program_.body_roots);

  Marker bodies(program_), main(program_);
  for (const std::int32_t root : program_.body_roots) bodies.Condition(root * 2);
  for (const Program::Rule& rule : program_.rules) {
    main.Condition(rule.when);
    if (rule.unless) main.Condition(*rule.unless);
  }
  program_.bodies = bodies.Take();
  program_.main = main.Take();
  for (const Tally& tally : program_.tallies) {
    Marker pairs(program_);
    if (tally.of_pairs) pairs.Condition(tally.body);
    program_.pairs.push_back({pairs.Take(), pairs.AskerColumns()});
  }
  AssignBuffers();
}

void Compiler::AssignBuffers() {
  program_.buffers.assign(program_.numbers.size(), -1);
  std::vector<const Program::Schedule*> schedules = {&program_.bodies, &program_.main};
  for (const Program::PairBody& pairs : program_.pairs) schedules.push_back(&pairs.schedule);
  for (const Program::Schedule* schedule : schedules) {
    for (const std::int32_t number : schedule->numbers) {
      std::int32_t& buffer = program_.buffers[static_cast<std::size_t>(number)];
      const bool is_column =
          program_.numbers[static_cast<std::size_t>(number)].kind == NumberKind::kColumn;
      if (!is_column && buffer < 0) buffer = program_.buffer_count++;
    }
  }
}

Program Compiler::Compile() {
  defines_.resize(profile_.defines.size());
  for (const Rule& rule : profile_.rules) {
    Program::Rule compiled{.when = Condition(*rule.when)};
    if (rule.unless != nullptr) compiled.unless = Condition(*rule.unless);
    program_.rules.push_back(compiled);
  }
  MakeSchedules();
  return std::move(program_);
}

}  // namespace

bool IsSameForAllRows(const Expr& body, FactId list, const Profile& profile) {
  if (body.op == Op::kFact) return StandsInMembersRow(body, list);
  if (body.op == Op::kDefine) {
    const Expr& defined = *profile.defines[static_cast<std::size_t>(body.define)].expr;
    return IsSameForAllRows(defined, list, profile);
  }
  return std::all_of(body.args.begin(), body.args.end(),
                     [&](const ExprPtr& arg) { return IsSameForAllRows(*arg, list, profile); });
}

Program Compile(const Profile& profile) { return Compiler(profile).Compile(); }

}  // namespace landfall::rules
