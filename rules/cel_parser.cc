// The second token table and CEL's precedence; the tree is that of rules.

#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <limits>

#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "rules/cel.h"
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

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsHexDigit(char c) { return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool IsWordStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsWordChar(char c) { return IsWordStart(c) || IsDigit(c); }

void AppendUtf8(std::uint32_t code, std::string& out) {
  const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    add(code);
  } else if (code < 0x800) {
    add(0xC0 | (code >> 6));
    add(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    add(0xE0 | (code >> 12));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  } else {
    add(0xF0 | (code >> 18));
    add(0x80 | ((code >> 12) & 0x3F));
    add(0x80 | ((code >> 6) & 0x3F));
    add(0x80 | (code & 0x3F));
  }
}

struct CelToken {
  enum class Kind : std::uint8_t { kEnd, kError, kWord, kInt, kNum, kText, kSign };
  Kind kind = Kind::kEnd;
  std::string_view text;  // Of a sign or word, and of a number as written.
  std::string value;      // Of a text.
  std::uint64_t integer = 0;
  double number = 0;
  Position position;

  bool Is(std::string_view sign) const { return kind == Kind::kSign && text == sign; }
  bool IsWord(std::string_view word) const { return kind == Kind::kWord && text == word; }
};

class CelLexer {
 public:
  CelLexer(std::string_view text, std::vector<Diagnostic>& diagnostics)
      : text_(text), diagnostics_(diagnostics) {}

  CelToken Next() {
    SkipBlanks();
    CelToken token;
    token.position = {line_, column_};
    if (at_ >= text_.size()) return token;
    if (const std::size_t prefix = TextPrefix(); prefix != std::string_view::npos)
      return LexText(std::move(token), prefix);
    if (IsWordStart(At())) return LexWord(std::move(token));
    if (IsDigit(At()) || (At() == '.' && IsDigit(At(1)))) return LexNumber(std::move(token));
    return LexSign(std::move(token));
  }

 private:
  char At(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  void Advance(std::size_t bytes) {
    for (; bytes > 0 && at_ < text_.size(); --bytes, ++at_) {
      if (text_[at_] == '\n') {
        ++line_;
        column_ = 1;
      } else if (at_ + 1 >= text_.size() || (static_cast<unsigned char>(text_[at_ + 1]) & 0xC0) != 0x80) {
        ++column_;
      }
    }
  }
  void SkipBlanks() {
    while (at_ < text_.size()) {
      if (At() == '/' && At(1) == '/') {
        Advance(std::min(text_.find('\n', at_), text_.size()) - at_);
      } else if (At() == ' ' || At() == '\t' || At() == '\n' || At() == '\r' || At() == '\f') {
        Advance(1);
      } else {
        return;
      }
    }
  }
  CelToken Fail(CelToken token, std::string message) {
    diagnostics_.push_back({token.position, "", std::move(message)});
    token.kind = CelToken::Kind::kError;
    at_ = text_.size();
    return token;
  }
  CelToken Finish(CelToken token, CelToken::Kind kind, std::size_t bytes) {
    token.kind = kind;
    token.text = text_.substr(at_, bytes);
    Advance(bytes);
    return token;
  }

  // Bytes before the quote of a text: its prefixes. npos if no text begins here.
  std::size_t TextPrefix() const {
    std::size_t bytes = 0;
    while (bytes < 2 && std::string_view("rRbB").find(At(bytes)) != std::string_view::npos && At(bytes) != '\0')
      ++bytes;
    return At(bytes) == '"' || At(bytes) == '\'' ? bytes : std::string_view::npos;
  }

  CelToken LexText(CelToken token, std::size_t prefix) {
    bool raw = false;
    for (std::size_t i = 0; i < prefix; ++i) {
      if (At(i) == 'b' || At(i) == 'B')
        return Fail(std::move(token), "bytes are not part of the subset - write a text without b");
      raw = true;
    }
    const char quote = At(prefix);
    const bool triple = At(prefix + 1) == quote && At(prefix + 2) == quote;
    std::size_t at = at_ + prefix + (triple ? 3 : 1);
    while (true) {
      if (at >= text_.size()) return Fail(std::move(token), "this text is not closed");
      const char c = text_[at];
      if (c == quote && (!triple || text_.substr(at, 3) == std::string(3, quote))) break;
      if (!triple && (c == '\n' || c == '\r'))
        return Fail(std::move(token), "this text is not closed - only one in three quotes goes over lines");
      if (c == '\\' && !raw) {
        if (!LexEscape(at, token.value))
          return Fail(std::move(token), "unknown escape in this text");
      } else {
        token.value += c;
        ++at;
        // A quote behind a backslash does not end a raw text.
        if (raw && c == '\\' && at < text_.size()) token.value += text_[at++];
      }
    }
    return Finish(std::move(token), CelToken::Kind::kText, at + (triple ? 3 : 1) - at_);
  }

  bool LexEscape(std::size_t& at, std::string& value) const {
    static constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
    static constexpr std::string_view kMeant = "\a\b\f\n\r\t\v\\?\"'`";
    if (at + 1 >= text_.size()) return false;
    const char c = text_[at + 1];
    if (const std::size_t letter = kLetters.find(c); letter != std::string_view::npos) {
      value += kMeant[letter];
      at += 2;
      return true;
    }
    const bool octal = c >= '0' && c <= '3';
    const std::size_t digits = octal ? 3 : c == 'x' || c == 'X' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
    const std::size_t first = at + (octal ? 1 : 2);
    if (digits == 0 || first + digits > text_.size()) return false;
    const char* const begin = text_.data() + first;
    std::uint32_t code = 0;
    const auto parsed = std::from_chars(begin, begin + digits, code, octal ? 8 : 16);
    const bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (parsed.ec != std::errc() || parsed.ptr != begin + digits || surrogate || code > 0x10FFFF) return false;
    AppendUtf8(code, value);
    at = first + digits;
    return true;
  }

  CelToken LexWord(CelToken token) {
    std::size_t bytes = 1;
    while (IsWordChar(At(bytes))) ++bytes;
    return Finish(std::move(token), CelToken::Kind::kWord, bytes);
  }

  CelToken LexNumber(CelToken token) {
    const bool hex = At() == '0' && (At(1) == 'x' || At(1) == 'X') && IsHexDigit(At(2));
    std::size_t bytes = hex ? 2 : 0;
    while (hex ? IsHexDigit(At(bytes)) : IsDigit(At(bytes))) ++bytes;
    bool is_num = false;
    if (!hex && At(bytes) == '.' && IsDigit(At(bytes + 1))) {
      is_num = true;
      for (++bytes; IsDigit(At(bytes)); ++bytes) {
      }
    }
    const std::size_t sign = At(bytes + 1) == '+' || At(bytes + 1) == '-' ? 2 : 1;
    if (!hex && (At(bytes) == 'e' || At(bytes) == 'E') && IsDigit(At(bytes + sign))) {
      is_num = true;
      for (bytes += sign; IsDigit(At(bytes)); ++bytes) {
      }
    }
    if (At(bytes) == 'u' || At(bytes) == 'U')
      return Fail(std::move(token), "unsigned numbers are not part of the subset - write the number without u");
    if (IsWordStart(At(bytes))) return Fail(std::move(token), "a number ends here, but a word goes on");
    const std::string_view digits = text_.substr(at_, bytes);
    if (is_num) {
      const std::string text(digits);
      // What is too large is infinite and what is too small is 0, as IEEE has it.
      if (!absl::SimpleAtod(text, &token.number)) return Fail(std::move(token), "this is not a number");
      return Finish(std::move(token), CelToken::Kind::kNum, bytes);
    }
    const char* const first = digits.data() + (hex ? 2 : 0);
    const char* const last = digits.data() + digits.size();
    if (std::from_chars(first, last, token.integer, hex ? 16 : 10).ec != std::errc())
      return Fail(std::move(token), absl::StrFormat("the number %s is too large", std::string(digits)));
    return Finish(std::move(token), CelToken::Kind::kInt, bytes);
  }

  CelToken LexSign(CelToken token) {
    static constexpr std::string_view kSigns[] = {"&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*",
                                                  "/",  "%",  "!",  "(",  ")",  "[",  "]", ",", ".", "?", ":", "{", "}"};
    for (const std::string_view sign : kSigns) {
      if (text_.substr(at_).starts_with(sign)) return Finish(std::move(token), CelToken::Kind::kSign, sign.size());
    }
    std::size_t bytes = 1;
    while (at_ + bytes < text_.size() && (static_cast<unsigned char>(text_[at_ + bytes]) & 0xC0) == 0x80) ++bytes;
    const std::string character(text_.substr(at_, bytes));
    const std::string advice = character == "=" ? " - write ==" : character == "&" ? " - write &&"
                               : character == "|" ? " - write ||" : "";
    return Fail(std::move(token), absl::StrFormat("unexpected '%s'%s", character, advice));
  }

  std::string_view text_;
  std::vector<Diagnostic>& diagnostics_;
  std::size_t at_ = 0;
  int line_ = 1, column_ = 1;
};

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

// Rule text of a tree in CEL spelling, by making a tree of rules of it.
class Importer {
 public:
  explicit Importer(std::vector<Diagnostic>& diagnostics) : diagnostics_(diagnostics) {}

  // Null after a problem.
  ExprPtr Import(const Expr& expr) {
    auto made = std::make_unique<Expr>();
    made->op = expr.op;
    made->name = expr.name;
    made->window = expr.window;
    made->window_text = expr.window_text;
    made->variable = expr.variable;
    made->list = expr.list;
    switch (expr.op) {
      case Op::kIn:
        return ImportIn(expr, std::move(made));
      case Op::kDivide:
        if (!IsNum(*expr.args[0]) && !IsNum(*expr.args[1]))
          return Fail(expr.operator_position, "CEL divides whole numbers without a remainder, rules do not - "
                                              "write one of them with a point");
        break;
      case Op::kLiteral:
        return ImportLiteral(expr, std::move(made));
      case Op::kName:
        return Fail(expr.position, absl::StrFormat("'%s' is no fact - rules have no variables", expr.name));
      case Op::kNegate:
      case Op::kRemainder:
      case Op::kIndex:
      case Op::kList:
      case Op::kCall:
      case Op::kExists:
      case Op::kAll:
      case Op::kFilter:
        return Fail(expr.operator_position, "rule text has no form for this - it is for CEL's own tests");
      default:
        break;
    }
    for (const ExprPtr& arg : expr.args) {
      ExprPtr imported = Import(*arg);
      if (imported == nullptr) return nullptr;
      made->args.push_back(std::move(imported));
    }
    return made;
  }

 private:
  ExprPtr Fail(Position position, std::string message) {
    diagnostics_.push_back({position, "", std::move(message)});
    return nullptr;
  }
  static bool IsNum(const Expr& expr) {
    return (expr.op == Op::kLiteral && expr.literal.kind == Literal::Kind::kNum) ||
           (expr.op == Op::kFact && expr.type == ValueType::kNum);
  }
  ExprPtr ImportLiteral(const Expr& expr, ExprPtr made) {
    made->literal = expr.literal;
    const std::string& text = expr.literal.text;
    if (expr.literal.kind == Literal::Kind::kInt) made->literal.text = std::to_string(expr.literal.integer);
    const bool plain_num = expr.literal.kind != Literal::Kind::kNum ||
                           (text.find_first_of("eE") == std::string::npos && text[text[0] == '-' ? 1 : 0] != '.');
    if (!plain_num) return Fail(expr.position, "rules write numbers plainly, such as 0.99");
    const bool control = expr.literal.kind == Literal::Kind::kText &&
                         std::any_of(text.begin(), text.end(), [](char c) {
                           return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
                         });
    if (control) return Fail(expr.position, "a text of rules holds no control characters and no line ends");
    return made;
  }
  ExprPtr ImportIn(const Expr& expr, ExprPtr made) {
    const Expr& set = *expr.args[1];
    if (set.op != Op::kList) return Fail(set.position, "rules look into [values], a range or a @list only");
    ExprPtr left = Import(*expr.args[0]);
    if (left == nullptr) return nullptr;
    if (set.args.empty()) return Fail(set.position, "a set of rules needs a value");
    made->args.push_back(std::move(left));
    for (const ExprPtr& value : set.args) {
      if (value->op != Op::kLiteral) return Fail(value->position, "a set of rules holds plain values");
      const ExprPtr literal = Import(*value);
      if (literal == nullptr) return nullptr;
      made->set.values.push_back(literal->literal);
    }
    return made;
  }

  std::vector<Diagnostic>& diagnostics_;
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

std::optional<std::string> RuleTextOfCel(const Expr& expr, std::vector<Diagnostic>& diagnostics) {
  const ExprPtr made = Importer(diagnostics).Import(expr);
  if (made == nullptr) return std::nullopt;
  const std::string text = CanonicalText(*made, nullptr);
  ExpressionResult checked = LoadExpression(text);
  if (checked.expr != nullptr) return CanonicalText(*checked.expr, nullptr);
  // Places in the text that was made are not those of the CEL text.
  for (const Diagnostic& diagnostic : checked.diagnostics)
    diagnostics.push_back({expr.position, "", diagnostic.message});
  return std::nullopt;
}

}  // namespace landfall::rules
