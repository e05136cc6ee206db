#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "model/date.h"
#include "rules/cel.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

using Kind = CelValue::Kind;

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
// Macros in macros multiply, and sums of their variables double: beyond these the result is an error.
constexpr std::int64_t kMostSteps = 5'000'000;
constexpr std::size_t kMostText = 1u << 20, kMostValues = 100'000;
constexpr std::int64_t kMostDuration = 315'576'000'000;  // Seconds.
constexpr std::int64_t kFirstTime = -62'135'596'800;     // 0001-01-01T00:00:00Z
constexpr std::int64_t kLastTime = 253'402'300'799;      // 9999-12-31T23:59:59Z

CelValue Error() { return {}; }
CelValue Of(bool boolean) {
  CelValue value;
  value.kind = Kind::kBool;
  value.boolean = boolean;
  return value;
}
CelValue Of(std::int64_t integer) {
  CelValue value;
  value.kind = Kind::kInt;
  value.integer = integer;
  return value;
}
CelValue Of(double number) {
  CelValue value;
  value.kind = Kind::kNum;
  value.number = number;
  return value;
}
CelValue Of(std::string text) {
  CelValue value;
  value.kind = Kind::kText;
  value.text = std::move(text);
  return value;
}
bool IsError(const CelValue& value) { return value.kind == Kind::kError; }
bool IsNum(const CelValue& value) { return value.kind == Kind::kInt || value.kind == Kind::kNum; }

// Out of range is an error.
CelValue OfTime(Kind kind, std::int64_t seconds, std::int64_t nanos) {
  seconds += nanos / kNanosPerSecond;
  nanos %= kNanosPerSecond;
  if (nanos < 0) {
    nanos += kNanosPerSecond;
    --seconds;
  }
  const bool fits = kind == Kind::kTime ? seconds >= kFirstTime && seconds <= kLastTime
                                        : seconds >= -kMostDuration &&
                                              (seconds < kMostDuration || (seconds == kMostDuration && nanos == 0));
  if (!fits) return Error();
  CelValue value;
  value.kind = kind;
  value.time = {seconds, static_cast<std::int32_t>(nanos)};
  return value;
}

bool TakeDigits(std::string_view& text, std::size_t count, int& number) {
  if (text.size() < count) return false;
  number = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return false;
    number = number * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return true;
}
bool TakeChar(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// RFC 3339, with up to nine digits behind the second.
CelValue ParseTimestamp(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const bool read = TakeDigits(text, 4, year) && TakeChar(text, '-') && TakeDigits(text, 2, month) &&
                    TakeChar(text, '-') && TakeDigits(text, 2, day) && (TakeChar(text, 'T') || TakeChar(text, 't')) &&
                    TakeDigits(text, 2, hour) && TakeChar(text, ':') && TakeDigits(text, 2, minute) &&
                    TakeChar(text, ':') && TakeDigits(text, 2, second);
  if (!read || year < 1 || !IsValidDay(year, month, day) || hour > 23 || minute > 59 || second > 59) return Error();
  std::int64_t nanos = 0;
  if (TakeChar(text, '.')) {
    std::int64_t unit = kNanosPerSecond / 10;
    std::size_t digits = 0;
    for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits, unit /= 10)
      nanos += unit * (text[digits] - '0');
    if (digits == 0 || digits > 9) return Error();
    text.remove_prefix(digits);
  }
  std::int64_t offset = 0;
  if (!TakeChar(text, 'Z') && !TakeChar(text, 'z')) {
    const bool west = text.starts_with('-');
    int hours = 0, minutes = 0;
    if (!(TakeChar(text, '+') || TakeChar(text, '-')) || !TakeDigits(text, 2, hours) || !TakeChar(text, ':') ||
        !TakeDigits(text, 2, minutes) || hours > 23 || minutes > 59)
      return Error();
    offset = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
  }
  if (!text.empty()) return Error();
  const std::int64_t days = MakeDate(year, month, day).days;
  return OfTime(Kind::kTime, days * 86'400 + hour * 3600 + minute * 60 + second - offset, nanos);
}

// "1h30m", "-1.5s", "123ns": numbers with units.
CelValue ParseDuration(std::string_view text) {
  struct Unit {
    std::string_view word;
    double nanos;
  };
  static constexpr Unit kUnits[] = {{"ns", 1},  {"us", 1e3},  {"µs", 1e3}, {"ms", 1e6},
                                    {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return OfTime(Kind::kDuration, 0, 0);
  if (text.empty()) return Error();
  std::int64_t seconds = 0, nanos = 0;
  while (!text.empty()) {
    std::int64_t whole = 0;
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (text[0] == '-' || (text[0] != '.' && parsed.ec != std::errc())) return Error();
    if (parsed.ec == std::errc()) text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    double fraction = 0, scale = 0.1;
    if (TakeChar(text, '.')) {
      for (; !text.empty() && text[0] >= '0' && text[0] <= '9'; scale /= 10) {
        fraction += scale * (text[0] - '0');
        text.remove_prefix(1);
      }
    }
    const Unit* unit = nullptr;
    for (const Unit& candidate : kUnits) {
      if (text.starts_with(candidate.word) && (unit == nullptr || candidate.word.size() > unit->word.size()))
        unit = &candidate;
    }
    if (unit == nullptr || whole > 400'000'000'000'000'000) return Error();
    text.remove_prefix(unit->word.size());
    const auto per_unit = static_cast<std::int64_t>(unit->nanos);
    if (per_unit >= kNanosPerSecond) {
      std::int64_t add = 0;
      if (__builtin_mul_overflow(whole, per_unit / kNanosPerSecond, &add) ||
          __builtin_add_overflow(seconds, add, &seconds))
        return Error();
    } else {
      seconds += whole / (kNanosPerSecond / per_unit);
      nanos += whole % (kNanosPerSecond / per_unit) * per_unit;
    }
    nanos += std::llround(fraction * unit->nanos);
    if (nanos > 4 * 3600 * kNanosPerSecond) return Error();
  }
  return OfTime(Kind::kDuration, negative ? -seconds : seconds, negative ? -nanos : nanos);
}

// Equal values of other types are not equal, but for numbers. Nothing for errors: their user looks first.
bool Equal(const CelValue& a, const CelValue& b) {
  if (IsNum(a) && IsNum(b) && a.kind != b.kind) {
    const double x = a.kind == Kind::kInt ? static_cast<double>(a.integer) : a.number;
    const double y = b.kind == Kind::kInt ? static_cast<double>(b.integer) : b.number;
    return x == y;
  }
  if (a.kind != b.kind) return false;
  switch (a.kind) {
    case Kind::kError:
      return false;
    case Kind::kBool:
      return a.boolean == b.boolean;
    case Kind::kInt:
      return a.integer == b.integer;
    case Kind::kNum:
      return a.number == b.number;
    case Kind::kText:
      return a.text == b.text;
    case Kind::kTime:
    case Kind::kDuration:
      return a.time == b.time;
    case Kind::kList:
      return a.list.size() == b.list.size() &&
             std::equal(a.list.begin(), a.list.end(), b.list.begin(), Equal);
  }
  return false;
}

template <typename T>
bool Holds(Op op, const T& a, const T& b) {
  switch (op) {
    case Op::kLess:
      return a < b;
    case Op::kLessEqual:
      return a <= b;
    case Op::kGreater:
      return a > b;
    default:
      return a >= b;
  }
}

CelValue Order(Op op, const CelValue& a, const CelValue& b) {
  if (IsNum(a) && IsNum(b) && a.kind != b.kind) {
    const double x = a.kind == Kind::kInt ? static_cast<double>(a.integer) : a.number;
    const double y = b.kind == Kind::kInt ? static_cast<double>(b.integer) : b.number;
    return Of(Holds(op, x, y));
  }
  if (a.kind != b.kind) return Error();
  switch (a.kind) {
    case Kind::kBool:
      return Of(Holds(op, a.boolean, b.boolean));
    case Kind::kInt:
      return Of(Holds(op, a.integer, b.integer));
    case Kind::kNum:
      return Of(Holds(op, a.number, b.number));
    case Kind::kText:  // The order of the bytes of UTF-8 is that of code points.
      return Of(Holds(op, a.text, b.text));
    case Kind::kTime:
    case Kind::kDuration:
      return Of(Holds(op, a.time, b.time));
    default:
      return Error();
  }
}

CelValue IntArithmetic(Op op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case Op::kAdd:
      return __builtin_add_overflow(a, b, &result) ? Error() : Of(result);
    case Op::kSubtract:
      return __builtin_sub_overflow(a, b, &result) ? Error() : Of(result);
    case Op::kMultiply:
      return __builtin_mul_overflow(a, b, &result) ? Error() : Of(result);
    default:
      break;
  }
  if (b == 0 || (a == std::numeric_limits<std::int64_t>::min() && b == -1)) return Error();
  return Of(op == Op::kDivide ? a / b : a % b);
}

CelValue NumArithmetic(Op op, double a, double b) {
  switch (op) {
    case Op::kAdd:
      return Of(a + b);
    case Op::kSubtract:
      return Of(a - b);
    case Op::kMultiply:
      return Of(a * b);
    case Op::kDivide:
      if (b != 0) return Of(a / b);
      // IEEE, written out: to divide by zero is no bug here.
      if (a == 0 || std::isnan(a) || std::isnan(b)) return Of(std::numeric_limits<double>::quiet_NaN());
      return Of(std::signbit(a) == std::signbit(b) ? HUGE_VAL : -HUGE_VAL);
    default:
      return Error();
  }
}

CelValue TimeArithmetic(Op op, const CelValue& a, const CelValue& b) {
  const bool times = a.kind == Kind::kTime && b.kind == Kind::kTime;
  if (op == Op::kAdd && !times) {
    const Kind kind = a.kind == Kind::kTime || b.kind == Kind::kTime ? Kind::kTime : Kind::kDuration;
    return OfTime(kind, a.time.seconds + b.time.seconds, std::int64_t{a.time.nanos} + b.time.nanos);
  }
  if (op != Op::kSubtract || (a.kind == Kind::kDuration && b.kind == Kind::kTime)) return Error();
  const CelValue result = OfTime(times ? Kind::kDuration : a.kind, a.time.seconds - b.time.seconds,
                                 std::int64_t{a.time.nanos} - b.time.nanos);
  // The time between two instants is counted in 64 bits of nanoseconds.
  constexpr std::int64_t kMostBetween = std::numeric_limits<std::int64_t>::max() / kNanosPerSecond;
  return times && !IsError(result) && std::abs(result.time.seconds) > kMostBetween ? Error() : result;
}

CelValue Arithmetic(Op op, CelValue a, const CelValue& b) {
  if (a.kind == Kind::kInt && b.kind == Kind::kInt) return IntArithmetic(op, a.integer, b.integer);
  if (a.kind == Kind::kNum && b.kind == Kind::kNum) return NumArithmetic(op, a.number, b.number);
  const auto is_time = [](const CelValue& value) { return value.kind == Kind::kTime || value.kind == Kind::kDuration; };
  if (is_time(a) && is_time(b)) return TimeArithmetic(op, a, b);
  if (op != Op::kAdd || a.kind != b.kind) return Error();
  if (a.kind == Kind::kText && a.text.size() + b.text.size() <= kMostText) return Of(std::move(a.text) + b.text);
  if (a.kind != Kind::kList || a.list.size() + b.list.size() > kMostValues) return Error();
  a.list.insert(a.list.end(), b.list.begin(), b.list.end());
  return a;
}

CelValue Size(const CelValue& of) {
  if (of.kind == Kind::kList) return Of(static_cast<std::int64_t>(of.list.size()));
  if (of.kind != Kind::kText) return Error();
  return Of(static_cast<std::int64_t>(std::count_if(of.text.begin(), of.text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  })));
}

CelValue Call(std::string_view name, const std::vector<CelValue>& args) {
  const CelValue& first = args[0];
  if (name == "size") return Size(first);
  if (name == "timestamp") {
    if (first.kind == Kind::kInt) {
      const bool fits = first.integer >= kFirstTime && first.integer <= kLastTime;
      return fits ? OfTime(Kind::kTime, first.integer, 0) : Error();
    }
    return first.kind == Kind::kText ? ParseTimestamp(first.text) : first.kind == Kind::kTime ? first : Error();
  }
  if (name == "duration")
    return first.kind == Kind::kText ? ParseDuration(first.text) : first.kind == Kind::kDuration ? first : Error();
  if (first.kind != Kind::kText || args[1].kind != Kind::kText) return Error();
  if (name == "startsWith") return Of(first.text.starts_with(args[1].text));
  if (name == "endsWith") return Of(first.text.ends_with(args[1].text));
  return Of(first.text.find(args[1].text) != std::string::npos);
}

CelValue Index(const CelValue& list, const CelValue& at) {
  if (list.kind != Kind::kList) return Error();
  std::int64_t number = at.integer;
  if (at.kind == Kind::kNum) {
    if (!(at.number >= 0 && at.number < 1e15) || std::floor(at.number) != at.number) return Error();
    number = static_cast<std::int64_t>(at.number);
  } else if (at.kind != Kind::kInt) {
    return Error();
  }
  if (number < 0 || number >= static_cast<std::int64_t>(list.list.size())) return Error();
  return list.list[static_cast<std::size_t>(number)];
}

class Evaluator {
 public:
  Evaluator(const CelBindings& bindings, const FactSourceView& facts) : bindings_(bindings), facts_(facts) {}

  CelValue Evaluate(const Expr& expr) {
    if (++steps_ > kMostSteps) return Error();
    switch (expr.op) {
      case Op::kAnd:
      case Op::kOr:
        return Chain(expr);
      case Op::kNot: {
        const CelValue arg = Evaluate(*expr.args[0]);
        return arg.kind == Kind::kBool ? Of(!arg.boolean) : Error();
      }
      case Op::kNegate:
        return Negate(Evaluate(*expr.args[0]));
      case Op::kLiteral:
        return OfLiteral(expr.literal);
      case Op::kName:
        return Name(expr.name);
      case Op::kFact:
        return Fact(expr);
      case Op::kList:
      case Op::kCall:
        return OfArgs(expr);
      case Op::kExists:
      case Op::kAll:
      case Op::kFilter:
        return Macro(expr);
      case Op::kAny:
      case Op::kEvery:
        return People(expr);
      default:
        return Binary(expr);
    }
  }

 private:
  static CelValue Negate(const CelValue& value) {
    if (value.kind == Kind::kNum) return Of(-value.number);
    if (value.kind == Kind::kDuration) return OfTime(Kind::kDuration, -value.time.seconds, -std::int64_t{value.time.nanos});
    if (value.kind != Kind::kInt || value.integer == std::numeric_limits<std::int64_t>::min()) return Error();
    return Of(-value.integer);
  }

  static CelValue OfLiteral(const Literal& literal) {
    switch (literal.kind) {
      case Literal::Kind::kBool:
        return Of(literal.boolean);
      case Literal::Kind::kInt:
        return Of(literal.integer);
      case Literal::Kind::kNum:
        return Of(literal.number);
      default:
        return Of(literal.text);
    }
  }

  // Folds outcomes: the decisive one wins over errors, whatever the order.
  struct Fold {
    bool decisive;  // true of `or`
    bool decided = false, failed = false;

    void Add(const CelValue& value) {
      if (value.kind != Kind::kBool) {
        failed = true;
      } else if (value.boolean == decisive) {
        decided = true;
      }
    }
    CelValue Result() const { return decided ? Of(decisive) : failed ? Error() : Of(!decisive); }
  };

  CelValue Chain(const Expr& expr) {
    Fold fold{expr.op == Op::kOr};
    for (const ExprPtr& arg : expr.args) {
      fold.Add(Evaluate(*arg));
      if (fold.decided) break;
    }
    return fold.Result();
  }

  CelValue Name(const std::string& name) const {
    for (auto local = locals_.rbegin(); local != locals_.rend(); ++local) {
      if (local->first == name) return local->second;
    }
    const auto bound = bindings_.find(name);
    return bound == bindings_.end() ? Error() : bound->second;
  }

  CelValue Fact(const Expr& expr) const {
    const FactInfo& info = Info(expr.fact);
    if (info.type == FactType::kPeople) return Error();
    const Value value = expr.of_variable && member_ ? facts_.MemberFact(member_->first, member_->second, expr.fact, expr.window)
                                                    : facts_.Fact(expr.fact, expr.window);
    if (!value.known) return Error();
    switch (info.type) {
      case FactType::kBool:
        return Of(value.boolean);
      case FactType::kInt:
        return Of(value.integer);
      case FactType::kNum:
        return Of(value.number);
      case FactType::kEnum:
        return Of(std::string(info.values[value.enum_value]));
      default:
        return Of(value.text);
    }
  }

  CelValue OfArgs(const Expr& expr) {
    CelValue list;
    list.kind = Kind::kList;
    for (const ExprPtr& arg : expr.args) {
      list.list.push_back(Evaluate(*arg));
      if (IsError(list.list.back())) return Error();
    }
    return expr.op == Op::kList ? list : Call(expr.name, list.list);
  }

  CelValue Macro(const Expr& expr) {
    const CelValue list = Evaluate(*expr.args[0]);
    if (list.kind != Kind::kList) return Error();
    Fold fold{expr.op == Op::kExists};
    CelValue kept;
    kept.kind = Kind::kList;
    const std::size_t depth = locals_.size();
    for (std::size_t i = 0; i < list.list.size() && !fold.decided; ++i) {
      if (!expr.name.empty()) locals_.push_back({expr.name, Of(static_cast<std::int64_t>(i))});
      locals_.push_back({expr.variable, list.list[i]});
      const CelValue value = Evaluate(*expr.args[1]);
      locals_.resize(depth);
      if (expr.op != Op::kFilter) {
        fold.Add(value);
      } else if (value.kind != Kind::kBool) {
        return Error();
      } else if (value.boolean) {
        kept.list.push_back(list.list[i]);
      }
    }
    return expr.op == Op::kFilter ? kept : fold.Result();
  }

  CelValue People(const Expr& expr) {
    const std::optional<std::size_t> size = facts_.ListSize(expr.list);
    if (!size) return Error();
    Fold fold{expr.op == Op::kAny};
    for (std::size_t i = 0; i < *size; ++i) {
      member_ = {expr.list, i};
      fold.Add(Evaluate(*expr.args[0]));
    }
    member_.reset();
    return fold.Result();
  }

  CelValue Binary(const Expr& expr) {
    CelValue a = Evaluate(*expr.args[0]);
    const CelValue b = Evaluate(*expr.args[1]);
    if (IsError(a) || IsError(b)) return Error();
    switch (expr.op) {
      case Op::kEqual:
        return Of(Equal(a, b));
      case Op::kNotEqual:
        return Of(!Equal(a, b));
      case Op::kIn:
        if (b.kind != Kind::kList) return Error();
        return Of(std::any_of(b.list.begin(), b.list.end(), [&](const CelValue& value) { return Equal(a, value); }));
      case Op::kIndex:
        return Index(a, b);
      case Op::kLess:
      case Op::kLessEqual:
      case Op::kGreater:
      case Op::kGreaterEqual:
        return Order(expr.op, a, b);
      default:
        return Arithmetic(expr.op, std::move(a), b);
    }
  }

  const CelBindings& bindings_;
  const FactSourceView& facts_;
  std::int64_t steps_ = 0;
  std::vector<std::pair<std::string, CelValue>> locals_;
  std::optional<std::pair<FactId, std::size_t>> member_;
};

}  // namespace

CelValue EvaluateCel(const Expr& expr, const CelBindings& bindings, const FactSourceView& facts) {
  return Evaluator(bindings, facts).Evaluate(expr);
}

}  // namespace landfall::rules
