// The second token table and CEL's precedence; the tree is that of rules.

#include <simdjson.h>

#include <algorithm>
#include <limits>

#include "absl/strings/str_format.h"
#include "rules/cel.h"
#include "rules/cel_lexer.h"
#include "rules/condition_parser.h"
#include "rules/expression_checker.h"
#include "rules/lexer.h"
#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr std::size_t kMaxCelBytes = 1u << 20;
constexpr int kMaxDepth = 100;
constexpr int kMaxSteps = 1000;  // Of one chain of operators: each makes the tree one deeper.

constexpr std::string_view kReserved[] = {"as",     "break",  "const",     "continue", "else", "for",
                                          "function", "if",   "import",    "let",      "loop", "package",
                                          "namespace", "return", "var",    "void",     "while"};

struct Infix {
  Op op;
  int precedence;
};

// From || to *; a comparison binds less than a sum.
std::optional<Infix> InfixOf(const CelToken& token) {
  static constexpr std::pair<std::string_view, Infix> kTable[] = {
      {"||", {Op::kOr, 1}},       {"&&", {Op::kAnd, 2}},          {"==", {Op::kEqual, 3}},
      {"!=", {Op::kNotEqual, 3}}, {"<", {Op::kLess, 3}},          {"<=", {Op::kLessEqual, 3}},
      {">", {Op::kGreater, 3}},   {">=", {Op::kGreaterEqual, 3}}, {"+", {Op::kAdd, 4}},
      {"-", {Op::kSubtract, 4}},  {"*", {Op::kMultiply, 5}},      {"/", {Op::kDivide, 5}},
      {"%", {Op::kRemainder, 5}}};
  if (token.IsWord("in")) return Infix{Op::kIn, 3};
  for (const auto& [sign, infix] : kTable) {
    if (token.Is(sign)) return infix;
  }
  return std::nullopt;
}

class CelParser {
 public:
  explicit CelParser(std::string_view text) : lexer_(text, diagnostics_) { token_ = lexer_.Next(); }

  CelExpression Parse() && {
    ExprPtr expr = ParseInfix(1, 0);
    if (expr != nullptr && token_.kind != CelToken::Kind::kEnd) {
      if (token_.Is("?")) {
        Fail(token_.position, "'?:' is not part of the subset - write the two cases as two conditions");
      } else {
        Unexpected("the end");
      }
    }
    if (!diagnostics_.empty()) expr = nullptr;
    return {std::move(expr), std::move(free_names_), std::move(diagnostics_)};
  }

 private:
  // A variable of a macro; of people, its members' facts may be asked for.
  struct Variable {
    std::string name;
    bool of_people = false;
  };

  ExprPtr Fail(Position position, std::string message) {
    if (diagnostics_.empty()) diagnostics_.push_back({position, "", std::move(message)});
    return nullptr;
  }
  ExprPtr Unexpected(std::string_view expected) {
    const std::string found(token_.kind == CelToken::Kind::kEnd    ? "the end"
                            : token_.kind == CelToken::Kind::kText ? "a text"
                                                                   : token_.text);
    return Fail(token_.position, absl::StrFormat("expected %s but found '%s'", std::string(expected), found));
  }
  CelToken Take() { return std::exchange(token_, lexer_.Next()); }
  bool Expect(std::string_view sign) {
    if (!token_.Is(sign)) {
      Unexpected("'" + std::string(sign) + "'");
      return false;
    }
    Take();
    return true;
  }
  static ExprPtr New(Op op, Position position) {
    auto expr = std::make_unique<Expr>();
    expr->op = op;
    expr->position = expr->operator_position = position;
    return expr;
  }

  ExprPtr ParseInfix(int least, int depth) {
    if (depth > kMaxDepth) return Fail(token_.position, absl::StrFormat("nested more than %d deep", kMaxDepth));
    ExprPtr left = ParseUnary(depth);
    for (int steps = 0; left != nullptr; ++steps) {
      const std::optional<Infix> infix = InfixOf(token_);
      if (!infix || infix->precedence < least) break;
      if (steps > kMaxSteps) return Fail(token_.position, "this chain of operators is too long");
      const CelToken sign = Take();
      ExprPtr right = ParseInfix(infix->precedence + 1, depth + 1);
      if (right == nullptr) return nullptr;
      left = Join(infix->op, std::move(left), sign.position, std::move(right));
    }
    return left;
  }

  // Chains of && and of || are one node each, as in rules.
  static ExprPtr Join(Op op, ExprPtr left, Position sign, ExprPtr right) {
    if ((op == Op::kAnd || op == Op::kOr) && left->op == op && !left->negated) {
      left->args.push_back(std::move(right));
      return left;
    }
    ExprPtr expr = New(op, left->position);
    expr->operator_position = sign;
    expr->args.push_back(std::move(left));
    expr->args.push_back(std::move(right));
    return expr;
  }

  ExprPtr ParseUnary(int depth) {
    if (!token_.Is("!") && !token_.Is("-")) return ParseMember(depth);
    const std::string sign(token_.text);
    const Position position = token_.position;
    int count = 0;
    for (; token_.Is(sign); Take()) ++count;
    if (token_.Is("!") || token_.Is("-"))
      return Fail(token_.position, "! and - do not follow each other - write brackets");
    if (count > kMaxDepth) return Fail(position, absl::StrFormat("nested more than %d deep", kMaxDepth));
    ExprPtr expr;
    const bool number = token_.kind == CelToken::Kind::kInt || token_.kind == CelToken::Kind::kNum;
    if (sign == "-" && number) {
      // The least int has no positive.
      expr = ParseMemberOf(ParseNumber(/*negative=*/true), depth);
      --count;
    } else {
      expr = ParseMember(depth);
    }
    for (; expr != nullptr && count > 0; --count) {
      ExprPtr outer = New(sign == "!" ? Op::kNot : Op::kNegate, position);
      outer->args.push_back(std::move(expr));
      expr = std::move(outer);
    }
    return expr;
  }

  ExprPtr ParseNumber(bool negative) {
    const CelToken token = Take();
    ExprPtr expr = New(Op::kLiteral, token.position);
    Literal& literal = expr->literal;
    literal.position = token.position;
    literal.text = (negative ? "-" : "") + std::string(token.text);
    if (token.kind == CelToken::Kind::kNum) {
      literal.kind = Literal::Kind::kNum;
      literal.number = negative ? -token.number : token.number;
      return expr;
    }
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    if (token.integer > kMax + (negative ? 1 : 0))
      return Fail(token.position, absl::StrFormat("the number %s is too large", literal.text));
    literal.integer = static_cast<std::int64_t>(negative ? 0 - token.integer : token.integer);
    return expr;
  }

  ExprPtr ParseMember(int depth) { return ParseMemberOf(ParsePrimary(depth), depth); }

  // What follows a value: .function(..), [index].
  ExprPtr ParseMemberOf(ExprPtr expr, int depth) {
    for (int steps = 0; expr != nullptr; ++steps) {
      if (steps > kMaxDepth) return Fail(token_.position, absl::StrFormat("nested more than %d deep", kMaxDepth));
      if (token_.Is("[")) {
        const CelToken open = Take();
        ExprPtr index = ParseInfix(1, depth + 1);
        if (index == nullptr || !Expect("]")) return nullptr;
        expr = Join(Op::kIndex, std::move(expr), open.position, std::move(index));
      } else if (token_.Is(".")) {
        Take();
        expr = ParseMethod(std::move(expr), depth);
      } else if (token_.Is("{")) {
        return Fail(token_.position, "messages are not part of the subset");
      } else {
        break;
      }
    }
    return expr;
  }

  ExprPtr ParsePrimary(int depth) {
    switch (token_.kind) {
      case CelToken::Kind::kInt:
      case CelToken::Kind::kNum:
        return ParseNumber(/*negative=*/false);
      case CelToken::Kind::kText: {
        CelToken token = Take();
        ExprPtr expr = New(Op::kLiteral, token.position);
        expr->literal.kind = Literal::Kind::kText;
        expr->literal.text = std::move(token.value);
        expr->literal.position = token.position;
        return expr;
      }
      case CelToken::Kind::kWord:
        return ParseName(depth);
      default:
        break;
    }
    if (token_.Is("(")) {
      Take();
      ExprPtr inner = ParseInfix(1, depth + 1);
      if (inner != nullptr && token_.Is("?"))
        return Fail(token_.position, "'?:' is not part of the subset - write the two cases as two conditions");
      if (inner == nullptr || !Expect(")")) return nullptr;
      inner->negated = inner->negated || inner->op == Op::kAnd || inner->op == Op::kOr;  // A group of its own.
      return inner;
    }
    if (token_.Is("[")) return ParseListValue(depth);
    if (token_.Is("{")) return Fail(token_.position, "maps are not part of the subset");
    return Unexpected("a value");
  }

  ExprPtr ParseListValue(int depth) {
    ExprPtr list = New(Op::kList, Take().position);
    while (!token_.Is("]")) {
      ExprPtr value = ParseInfix(1, depth + 1);
      if (value == nullptr) return nullptr;
      list->args.push_back(std::move(value));
      if (!token_.Is("]") && !Expect(",")) return nullptr;
    }
    Take();
    return list;
  }

  // A word and, with dots, the name of a fact.
  ExprPtr ParseName(int depth) {
    const CelToken word = Take();
    if (word.text == "true" || word.text == "false") {
      ExprPtr expr = New(Op::kLiteral, word.position);
      expr->literal.kind = Literal::Kind::kBool;
      expr->literal.boolean = word.text == "true";
      return expr;
    }
    if (word.text == "null")
      return Fail(word.position, "null is not part of the subset - what is not known is unknown, ask for it with facts");
    if (word.text == "in" || std::find(std::begin(kReserved), std::end(kReserved), word.text) != std::end(kReserved))
      return Fail(word.position, absl::StrFormat("'%s' is a reserved word", std::string(word.text)));
    if (token_.Is("(")) return ParseFunction(word, nullptr, depth);
    ExprPtr name = New(Op::kName, word.position);
    name->name = std::string(word.text);
    const bool subject = IsSubject(word.text) && FindVariable(word.text) == nullptr;
    const Variable* const variable = FindVariable(word.text);
    const bool dotted = subject || (variable != nullptr && variable->of_people);
    if (!dotted) return Known(std::move(name));
    return ParseFactName(std::move(name), variable, depth);
  }

  const Variable* FindVariable(std::string_view name) const {
    for (auto variable = variables_.rbegin(); variable != variables_.rend(); ++variable) {
      if (variable->name == name) return &*variable;
    }
    return nullptr;
  }

  // Notes a variable that a row must bind.
  ExprPtr Known(ExprPtr name) {
    if (FindVariable(name->name) == nullptr &&
        std::find(free_names_.begin(), free_names_.end(), name->name) == free_names_.end())
      free_names_.push_back(name->name);
    return name;
  }

  static bool IsMacro(std::string_view word) { return word == "exists" || word == "all" || word == "filter"; }

  // pax.age, p.visa.kind of a member, sponsor.distinct_children(duration('2160h')).
  ExprPtr ParseFactName(ExprPtr name, const Variable* variable, int depth) {
    Expr& fact = *name;
    while (token_.Is(".")) {
      Take();
      if (token_.kind != CelToken::Kind::kWord) return Unexpected("the name of a fact");
      const CelToken word = Take();
      if (token_.Is("(") && (IsMacro(word.text) || FactOf(fact, variable) != nullptr)) {
        if (ResolveFactName(fact, variable) == nullptr) return nullptr;
        return ParseFunction(word, std::move(name), depth);
      }
      fact.name += "." + std::string(word.text);
    }
    const FactInfo* const info = ResolveFactName(fact, variable);
    if (info == nullptr) return nullptr;
    if (token_.Is("(") && info->is_window && !ParseWindow(fact)) return nullptr;
    std::vector<Diagnostic> problems;
    if (!CheckWindow(*info, fact.name, fact.window.has_value(), fact.position, problems)) {
      return Fail(fact.position, absl::StrFormat("'%s' %s", fact.name,
                                                 info->is_window
                                                     ? "needs a time window: " + fact.name + "(duration('2160h'))"
                                                     : "takes no time window"));
    }
    return name;
  }

  static const FactInfo* FactOf(const Expr& fact, const Variable* variable) {
    if (variable == nullptr) return FindFact(fact.name);
    if (fact.name.size() <= variable->name.size()) return nullptr;
    return FindMemberFact(std::string_view(fact.name).substr(variable->name.size() + 1));
  }

  const FactInfo* ResolveFactName(Expr& fact, const Variable* variable) {
    std::vector<Diagnostic> problems;
    const bool bare = fact.name.find('.') == std::string::npos;
    const FactInfo* const info =
        bare ? nullptr : ResolveFact(fact.name, variable == nullptr ? "" : variable->name, fact.position, problems);
    if (info == nullptr) {
      Fail(fact.position, bare ? absl::StrFormat("'%s' is no value - ask for one of its facts, such as %s.age", fact.name, fact.name)
                               : problems.front().message);
      return nullptr;
    }
    fact.op = Op::kFact;
    fact.fact = info->id;
    fact.type = TypeOf(info->type);
    fact.of_variable = variable != nullptr;
    if (variable != nullptr) fact.variable = variable->name;
    return info;
  }

  // '(' duration('2160h') ')'
  bool ParseWindow(Expr& fact) {
    Take();
    const Position place = token_.position;
    if (!token_.IsWord("duration")) {
      Unexpected("a window such as duration('2160h')");
      return false;
    }
    Take();
    if (!Expect("(")) return false;
    const CelToken text = Take();
    const CelValue length = text.kind == CelToken::Kind::kText ? DurationOf(text.value) : CelValue{};
    if (length.kind != CelValue::Kind::kDuration || length.time.nanos != 0 || length.time.seconds <= 0 ||
        length.time.seconds % 60 != 0) {
      Fail(place, "a window is a whole number of minutes, such as duration('2160h')");
      return false;
    }
    const std::int64_t minutes = length.time.seconds / 60;
    fact.window = Window{minutes, false};
    fact.window_text = WindowText(minutes);
    return Expect(")") && Expect(")");
  }

  static CelValue DurationOf(const std::string& text) {
    Expr call;
    call.op = Op::kCall;
    call.name = "duration";
    call.args.push_back(New(Op::kLiteral, {1, 1}));
    call.args[0]->literal.kind = Literal::Kind::kText;
    call.args[0]->literal.text = text;
    struct NoFacts : FactSourceView {
      Value Fact(FactId, const std::optional<Window>&) const override { return Value::Unknown(); }
      std::optional<std::size_t> ListSize(FactId) const override { return std::nullopt; }
      Value MemberFact(FactId, std::size_t, FactId, const std::optional<Window>&) const override {
        return Value::Unknown();
      }
    };
    return EvaluateCel(call, {}, NoFacts());
  }

  // In the largest unit that is exact, up to days: 2160h is 90 days.
  static std::string WindowText(std::int64_t minutes) {
    const auto text = [](std::int64_t count, std::string_view unit) {
      return absl::StrFormat("%d %s%s", count, std::string(unit), count == 1 ? "" : "s");
    };
    if (minutes % 1440 == 0) return text(minutes / 1440, "day");
    return minutes % 60 == 0 ? text(minutes / 60, "hour") : text(minutes, "minute");
  }

  ExprPtr ParseMethod(ExprPtr target, int depth) {
    if (token_.kind != CelToken::Kind::kWord) return Unexpected("the name of a function");
    const CelToken word = Take();
    if (!token_.Is("("))
      return Fail(word.position, absl::StrFormat("'%s' cannot be selected: messages and maps are not part of the subset",
                                                 std::string(word.text)));
    return ParseFunction(word, std::move(target), depth);
  }

  struct Function {
    std::string_view name;
    bool is_method, is_plain;
    std::size_t args;  // The target included.
  };
  static const Function* FindFunction(std::string_view name) {
    static constexpr Function kFunctions[] = {{"size", true, true, 1},       {"startsWith", true, false, 2},
                                              {"endsWith", true, false, 2},  {"contains", true, false, 2},
                                              {"timestamp", false, true, 1}, {"duration", false, true, 1}};
    for (const Function& function : kFunctions) {
      if (function.name == name) return &function;
    }
    return nullptr;
  }

  ExprPtr ParseFunction(const CelToken& word, ExprPtr target, int depth) {
    if (target != nullptr && IsMacro(word.text)) return ParseMacro(word, std::move(target), depth);
    const Function* const function = FindFunction(word.text);
    if (function == nullptr || !(target != nullptr ? function->is_method : function->is_plain)) {
      return Fail(word.position,
                  absl::StrFormat("function '%s' is not part of the subset; functions: size, startsWith, endsWith, "
                                  "contains, timestamp, duration, exists, all, filter",
                                  std::string(word.text)));
    }
    ExprPtr call = New(Op::kCall, word.position);
    call->name = std::string(word.text);
    if (target != nullptr) call->args.push_back(std::move(target));
    Take();
    while (!token_.Is(")")) {
      ExprPtr arg = ParseInfix(1, depth + 1);
      if (arg == nullptr) return nullptr;
      call->args.push_back(std::move(arg));
      if (!token_.Is(")") && !Expect(",")) return nullptr;
    }
    Take();
    if (call->args.size() != function->args)
      return Fail(word.position, absl::StrFormat("'%s' takes another number of values", call->name));
    return call;
  }

  // l.exists(e, p), l.all(i, e, p)
  ExprPtr ParseMacro(const CelToken& word, ExprPtr list, int depth) {
    Take();
    const bool people = list->op == Op::kFact && list->type == ValueType::kPeople;
    std::vector<std::string> names;
    while (names.size() < 2) {
      if (token_.kind != CelToken::Kind::kWord) break;
      const CelToken name = token_;
      if (names.size() == 1 && !IsNameThenComma(name)) break;
      Take();
      if (!Expect(",")) return nullptr;
      names.emplace_back(name.text);
    }
    if (names.empty()) return Unexpected("the name of a variable");
    if (names.size() == 2 && names[0] == names[1])
      return Fail(word.position, "the two variables have one name - give each its own");
    if (people && (names.size() > 1 || IsSubject(names[0]) || IsKeyword(names[0]) || word.text == "filter"))
      return Fail(word.position, "people are asked for with exists(p, ..) or all(p, ..), and p is a word of your own");
    const bool nested = people && std::any_of(variables_.begin(), variables_.end(),
                                              [](const Variable& variable) { return variable.of_people; });
    if (nested) return Fail(word.position, "any/every/no/count may not be nested (keeps rules bounded)");
    for (const std::string& name : names) variables_.push_back({name, people});
    ExprPtr body = ParseInfix(1, depth + 1);
    variables_.resize(variables_.size() - names.size());
    if (body == nullptr || !Expect(")")) return nullptr;
    return NewMacro(word, std::move(list), std::move(names), std::move(body), people);
  }

  // Whether a comma follows the name: then it is a variable too. The lexer is copied to look ahead.
  bool IsNameThenComma(const CelToken&) {
    std::vector<Diagnostic> ignored;
    CelLexer ahead = lexer_;
    const std::size_t before = diagnostics_.size();
    const bool comma = ahead.Next().Is(",");
    diagnostics_.resize(before);
    return comma;
  }

  static ExprPtr NewMacro(const CelToken& word, ExprPtr list, std::vector<std::string> names, ExprPtr body,
                          bool people) {
    ExprPtr macro = New(people                 ? word.text == "all" ? Op::kEvery : Op::kAny
                        : word.text == "all"   ? Op::kAll
                        : word.text == "exists" ? Op::kExists
                                                : Op::kFilter,
                        list->position);
    macro->operator_position = word.position;
    macro->variable = names.back();
    if (people) {
      macro->list = list->fact;
      macro->name = list->name;
    } else {
      if (names.size() > 1) macro->name = names.front();
      macro->args.push_back(std::move(list));
    }
    macro->args.push_back(std::move(body));
    return macro;
  }

  std::vector<Diagnostic> diagnostics_;
  CelLexer lexer_;
  CelToken token_;
  std::vector<Variable> variables_;
  std::vector<std::string> free_names_;
};

}  // namespace

CelExpression ParseCel(std::string_view text) {
  CelExpression refused;
  if (text.size() > kMaxCelBytes) {
    refused.diagnostics.push_back({{1, 1}, "", "the text is larger than 1 MiB"});
    return refused;
  }
  if (!simdjson::validate_utf8(text.data(), text.size())) {
    refused.diagnostics.push_back({{1, 1}, "", "this is not UTF-8"});
    return refused;
  }
  return CelParser(text).Parse();
}

}  // namespace landfall::rules
