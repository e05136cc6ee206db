#include "rules/condition_parser.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>

#include "absl/strings/str_format.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr std::string_view kEndName = "end of condition";
// Each makes the tree of a sum one deeper.
constexpr int kMaxOperators = 1000;

std::optional<Op> ComparisonOp(TokenKind kind) {
  switch (kind) {
    case TokenKind::kEqual:
      return Op::kEqual;
    case TokenKind::kNotEqual:
      return Op::kNotEqual;
    case TokenKind::kLess:
      return Op::kLess;
    case TokenKind::kLessEqual:
      return Op::kLessEqual;
    case TokenKind::kGreater:
      return Op::kGreater;
    case TokenKind::kGreaterEqual:
      return Op::kGreaterEqual;
    default:
      return std::nullopt;
  }
}

struct ArithmeticOp {
  Op op;
  int precedence;
};

std::optional<ArithmeticOp> ArithmeticOf(TokenKind kind) {
  switch (kind) {
    case TokenKind::kPlus:
      return ArithmeticOp{Op::kAdd, 1};
    case TokenKind::kMinus:
      return ArithmeticOp{Op::kSubtract, 1};
    case TokenKind::kStar:
      return ArithmeticOp{Op::kMultiply, 2};
    case TokenKind::kSlash:
      return ArithmeticOp{Op::kDivide, 2};
    default:
      return std::nullopt;
  }
}

std::optional<Op> QuantifierOp(const Token& token) {
  if (token.Is("any")) return Op::kAny;
  if (token.Is("every")) return Op::kEvery;
  if (token.Is("no")) return Op::kNo;
  if (token.Is("count")) return Op::kCount;
  return std::nullopt;
}

bool IsJoint(const Token& token) { return token.Is("and") || token.Is("or"); }

bool SetNumber(const Token& token, bool negative, std::vector<Diagnostic>& diagnostics,
               Literal& literal) {
  literal.text = (negative ? "-" : "") + std::string(token.text);
  if (token.kind == TokenKind::kNum) {
    literal.kind = Literal::Kind::kNum;
    literal.number = negative ? -token.number : token.number;
    if (std::isfinite(literal.number)) return true;
  } else {
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    literal.kind = Literal::Kind::kInt;
    literal.integer = static_cast<std::int64_t>(negative ? 0 - token.integer : token.integer);
    if (!token.too_large && token.integer <= kMax + (negative ? 1 : 0)) return true;
  }
  diagnostics.push_back({literal.position, "", "the number " + literal.text + " is too large"});
  return false;
}

void SetWord(const Token& token, Literal& literal) {
  const bool is_bool = token.text == "true" || token.text == "false";
  literal.kind = is_bool ? Literal::Kind::kBool : Literal::Kind::kEnum;
  literal.boolean = token.text == "true";
  literal.text = is_bool ? "" : std::string(token.text);
}

// A literal that is one token. False, and nothing taken, for anything else.
bool TakeSimpleLiteral(Lexer& lexer, Literal& literal) {
  const Token& token = lexer.Peek();
  literal.position = token.position;
  switch (token.kind) {
    case TokenKind::kString:
      literal.kind = Literal::Kind::kText;
      literal.text = token.value;
      break;
    case TokenKind::kDate:
      literal.kind = Literal::Kind::kDate;
      literal.date = token.date;
      literal.text = ToString(token.date);
      break;
    case TokenKind::kDuration:
      literal.kind = Literal::Kind::kDuration;
      literal.integer = static_cast<std::int64_t>(token.integer);
      literal.text = token.value;
      break;
    case TokenKind::kWord:
      if (!IsPlainWord(token.text)) return false;
      SetWord(token, literal);
      break;
    default:
      return false;
  }
  lexer.Next();
  return true;
}

// The fact that a name stands for, as far as the parser can tell.
const FactInfo* LookUp(const Expr& expr) {
  if (expr.op != Op::kFact) return nullptr;
  return expr.of_variable
             ? FindMemberFact(std::string_view(expr.name).substr(expr.variable.size() + 1))
             : FindFact(expr.name);
}

// What is said of a group is said of its first or last operand, once its brackets are gone.
void MoveComments(Expr& group) {
  Comments& first = group.args.front()->comments;
  Comments& last = group.args.back()->comments;
  first.before.insert(first.before.begin(), group.comments.before.begin(),
                      group.comments.before.end());
  if (last.end.empty()) last.end = group.comments.end;
  group.comments = {};
}

void Flatten(Expr& expr) {
  for (ExprPtr& arg : expr.args) Flatten(*arg);
  if (expr.op != Op::kAnd && expr.op != Op::kOr) return;
  std::vector<ExprPtr> flat;
  for (ExprPtr& arg : expr.args) {
    if (arg->op != expr.op) {
      flat.push_back(std::move(arg));
      continue;
    }
    MoveComments(*arg);
    for (ExprPtr& inner : arg->args) flat.push_back(std::move(inner));
  }
  expr.args = std::move(flat);
}

}  // namespace

void ReportExpected(Lexer& lexer, std::vector<Diagnostic>& diagnostics, std::string_view end_name,
                    std::string_view expected) {
  const Token& token = lexer.Peek();
  if (token.kind == TokenKind::kError) return;  // Already reported.
  const std::string found(token.kind == TokenKind::kEnd ? end_name : token.text);
  diagnostics.push_back(
      {token.position, "", "expected " + std::string(expected) + " but found '" + found + "'"});
}

bool ParseLiteral(Lexer& lexer, std::vector<Diagnostic>& diagnostics, std::string_view end_name,
                  Literal& literal) {
  if (TakeSimpleLiteral(lexer, literal)) return true;
  const bool negative = lexer.Peek().kind == TokenKind::kMinus;
  if (negative) lexer.Next();
  const TokenKind kind = lexer.Peek().kind;
  if (kind != TokenKind::kInt && kind != TokenKind::kNum) {
    ReportExpected(lexer, diagnostics, end_name, negative ? "a number" : "a value");
    return false;
  }
  return SetNumber(lexer.Next(), negative, diagnostics, literal);
}

bool ParseOptionalWindow(Lexer& lexer, std::vector<Diagnostic>& diagnostics,
                         std::string_view end_name, std::optional<Window>& window,
                         std::string& window_text) {
  if (lexer.Peek().kind != TokenKind::kOpen) return true;
  lexer.Next();
  if (lexer.Peek().kind != TokenKind::kDuration) {
    if (lexer.Peek().kind != TokenKind::kError) {
      diagnostics.push_back(
          {lexer.Peek().position, "", "a time window such as 90 days is needed here"});
    }
    return false;
  }
  const Token duration = lexer.Next();
  window = Window{static_cast<std::int64_t>(duration.integer), false};
  window_text = duration.value;
  if (lexer.Peek().kind == TokenKind::kComma) {
    lexer.Next();
    if (!lexer.Peek().Is("including_this")) {
      ReportExpected(lexer, diagnostics, end_name, "including_this");
      return false;
    }
    lexer.Next();
    window->including_this = true;
  }
  if (lexer.Peek().kind == TokenKind::kClose) {
    lexer.Next();
    return true;
  }
  ReportExpected(lexer, diagnostics, end_name, "')'");
  return false;
}

void FlattenCondition(Expr& root) {
  Flatten(root);
  if (root.op == Op::kAnd || root.op == Op::kOr) MoveComments(root);
}

ExprPtr ConditionParser::Parse(const std::vector<InnerComment>& comments) {
  ExprPtr root = ParseChain(0);
  AttachComments(comments);
  FlattenCondition(*root);
  return root;
}

ExprPtr ConditionParser::New(Op op, Position position) const {
  auto expr = std::make_unique<Expr>();
  expr->op = op;
  expr->position = position;
  expr->operator_position = position;
  return expr;
}

ExprPtr ConditionParser::NewBinary(Op op, ExprPtr left, const Token& sign, ExprPtr right) const {
  ExprPtr expr = New(op, left->position);
  expr->operator_position = sign.position;
  expr->args.push_back(std::move(left));
  if (right != nullptr) expr->args.push_back(std::move(right));
  return expr;
}

void ConditionParser::Report(Position position, std::string message) {
  diagnostics_.push_back({position, "", std::move(message)});
}

void ConditionParser::ReportFound(std::string_view expected) {
  ReportExpected(lexer_, diagnostics_, kEndName, expected);
}

bool ConditionParser::Expect(TokenKind kind, std::string_view what) {
  if (lexer_.Peek().kind != kind) {
    ReportFound(what);
    return false;
  }
  lexer_.Next();
  return true;
}

bool ConditionParser::ExpectWord(std::string_view word) {
  if (!lexer_.Peek().Is(word)) {
    ReportFound("'" + std::string(word) + "'");
    return false;
  }
  lexer_.Next();
  return true;
}

bool ConditionParser::AtChainEnd(int depth) {
  const TokenKind kind = lexer_.Peek().kind;
  return kind == TokenKind::kEnd || (kind == TokenKind::kClose && depth > 0);
}

void ConditionParser::NoteSpan(int depth, std::size_t begin, Expr* operand) {
  if (depth == 0) spans_.push_back({begin, lexer_.taken_end(), operand});
}

ExprPtr ConditionParser::ParseChain(int depth) {
  const Position start = lexer_.Peek().position;
  std::size_t begin = lexer_.Peek().offset;
  std::vector<ExprPtr> operands;
  std::optional<Token> joint;
  bool mixed = false;
  operands.push_back(ParseTerm(depth));
  NoteSpan(depth, begin, operands.back().get());
  while (!AtChainEnd(depth)) {
    if (!IsJoint(lexer_.Peek())) {  // Only a ) of no bracket: ParseTerm skips everything else.
      if (!term_failed_) Report(lexer_.Peek().position, "unexpected ')'");
      lexer_.Next();
      SkipToJoint();
      continue;
    }
    const Token token = lexer_.Next();
    if (!joint) joint = token;
    if (token.text != joint->text && !std::exchange(mixed, true)) {
      Report(token.position,
             "'and' and 'or' are mixed at one level; put brackets around one of them");
    }
    operands.push_back(ParseTerm(depth));
    NoteSpan(depth, token.offset, operands.back().get());
  }
  if (!joint) return std::move(operands.front());
  ExprPtr chain = New(joint->text == "and" ? Op::kAnd : Op::kOr, start);
  chain->operator_position = joint->position;
  for (ExprPtr& operand : operands) chain->args.push_back(std::move(operand));
  return chain;
}

// One operand of `and` or `or`. After an error: something of any type, everything up to the next
// joint skipped.
ExprPtr ConditionParser::ParseTerm(int depth) {
  const Position start = lexer_.Peek().position;
  if (depth == 0) operators_ = 0;
  ExprPtr term = ParseUnary(depth);
  if (term != nullptr && !AtChainEnd(depth) && !IsJoint(lexer_.Peek()) &&
      lexer_.Peek().kind != TokenKind::kClose) {
    ReportFound("'and', 'or' or the end");
    term = nullptr;
  }
  term_failed_ = term == nullptr;
  if (term != nullptr) return term;
  SkipToJoint();
  return New(Op::kDefine, start);  // Without a name: the checker lets it be anything.
}

void ConditionParser::SkipToJoint() {
  int open = 0;
  while (true) {
    const Token& token = lexer_.Peek();
    const TokenKind kind = token.kind;
    if (kind == TokenKind::kEnd || (open == 0 && (IsJoint(token) || kind == TokenKind::kClose)))
      return;
    if (kind == TokenKind::kOpen || kind == TokenKind::kOpenSquare) ++open;
    if (open > 0 && (kind == TokenKind::kClose || kind == TokenKind::kCloseSquare)) --open;
    lexer_.Next();
  }
}

ExprPtr ConditionParser::ParseUnary(int depth) {
  if (!lexer_.Peek().Is("not")) return ParseComparison(depth);
  const Token token = lexer_.Next();
  if (depth >= kMaxNesting) {
    Report(token.position,
           absl::StrFormat("brackets and 'not' are nested more than %d deep", kMaxNesting));
    return nullptr;
  }
  ExprPtr arg = ParseUnary(depth + 1);
  if (arg == nullptr) return nullptr;
  ExprPtr expr = New(Op::kNot, token.position);
  expr->args.push_back(std::move(arg));
  return expr;
}

ExprPtr ConditionParser::ParseComparison(int depth) {
  ExprPtr left = ParseArithmetic(1, depth);
  if (left == nullptr) return nullptr;
  const Token& next = lexer_.Peek();
  if (const std::optional<Op> op = ComparisonOp(next.kind)) {
    const Token sign = lexer_.Next();
    ExprPtr right = ParseRightSide(*left, depth);
    if (right == nullptr || !EndComparison()) return nullptr;
    return NewBinary(*op, std::move(left), sign, std::move(right));
  }
  if (next.Is("is")) {
    ExprPtr test = NewBinary(Op::kIs, std::move(left), lexer_.Next(), nullptr);
    return ParseIs(*test) && EndComparison() ? std::move(test) : nullptr;
  }
  if (!next.Is("in") && !next.Is("not")) return left;
  ExprPtr member = NewBinary(Op::kIn, std::move(left), next, nullptr);
  member->negated = next.Is("not");
  if (member->negated) lexer_.Next();
  if (!ExpectWord("in")) return nullptr;
  return ParseSet(member->set) && EndComparison() ? std::move(member) : nullptr;
}

bool ConditionParser::EndComparison() {
  const Token& next = lexer_.Peek();
  if (!ComparisonOp(next.kind) && !next.Is("is") && !next.Is("in") && !next.Is("not")) return true;
  Report(next.position, "comparisons do not chain - join them with and");
  return false;
}

// Beside an enum every word is a value, keywords too.
ExprPtr ConditionParser::ParseRightSide(const Expr& left, int depth) {
  const FactInfo* const fact = LookUp(left);
  const bool is_value = fact != nullptr && fact->type == FactType::kEnum &&
                        lexer_.Peek().kind == TokenKind::kWord && IsPlainWord(lexer_.Peek().text);
  if (!is_value) return ParseArithmetic(1, depth);
  const Token word = lexer_.Next();
  ExprPtr value = New(Op::kLiteral, word.position);
  value->literal.kind = Literal::Kind::kEnum;
  value->literal.text = std::string(word.text);
  value->literal.position = word.position;
  return value;
}

bool ConditionParser::ParseIs(Expr& test) {
  static constexpr std::string_view kWords[] = {"true", "false", "known", "unknown"};
  if (lexer_.Peek().Is("not")) {
    lexer_.Next();
    test.negated = true;
  }
  for (std::size_t i = 0; i < std::size(kWords); ++i) {
    if (!lexer_.Peek().Is(kWords[i])) continue;
    test.what = static_cast<IsWhat>(i);
    lexer_.Next();
    return true;
  }
  if (lexer_.Peek().kind != TokenKind::kError) {
    Report(lexer_.Peek().position,
           "after 'is' write known, unknown, true, false, not true or not false");
  }
  return false;
}

bool ConditionParser::ParseSet(SetOperand& set) {
  const Token& token = lexer_.Peek();
  set.position = token.position;
  if (token.kind == TokenKind::kOpenSquare) return ParseValues(set);
  if (token.kind != TokenKind::kList) return ParseRange(set);
  set.kind = SetOperand::Kind::kList;
  set.list = std::string(token.text.substr(1));
  lexer_.Next();
  return true;
}

bool ConditionParser::ParseValues(SetOperand& set) {
  set.kind = SetOperand::Kind::kValues;
  do {
    lexer_.Next();  // The opening bracket or a comma.
    if (!ParseLiteral(lexer_, diagnostics_, kEndName, set.values.emplace_back())) return false;
  } while (lexer_.Peek().kind == TokenKind::kComma);
  return Expect(TokenKind::kCloseSquare, "']'");
}

bool ConditionParser::ParseRange(SetOperand& set) {
  set.kind = SetOperand::Kind::kRange;
  set.values.resize(2);
  const TokenKind first = lexer_.Peek().kind;
  if (first == TokenKind::kEnd || first == TokenKind::kOpen || first == TokenKind::kWord) {
    ReportFound("'[', a range or a @list");
    return false;
  }
  return ParseLiteral(lexer_, diagnostics_, kEndName, set.values[0]) &&
         Expect(TokenKind::kRange, "'..'") &&
         ParseLiteral(lexer_, diagnostics_, kEndName, set.values[1]);
}

ExprPtr ConditionParser::ParseArithmetic(int min_precedence, int depth) {
  ExprPtr left = ParsePrimary(depth);
  while (left != nullptr) {
    const std::optional<ArithmeticOp> next = ArithmeticOf(lexer_.Peek().kind);
    if (!next || next->precedence < min_precedence) break;
    const Token sign = lexer_.Next();
    if (++operators_ > kMaxOperators) {
      const bool first = operators_ == kMaxOperators + 1;
      if (first) {
        Report(sign.position,
               absl::StrFormat("a calculation of more than %d steps", kMaxOperators));
      }
      return nullptr;
    }
    ExprPtr right = ParseArithmetic(next->precedence + 1, depth);
    if (right == nullptr) return nullptr;
    left = NewBinary(next->op, std::move(left), sign, std::move(right));
  }
  return left;
}

ExprPtr ConditionParser::ParsePrimary(int depth) {
  switch (lexer_.Peek().kind) {
    case TokenKind::kOpen:
      return ParseBracketed(depth);
    case TokenKind::kWord:
      return ParseWord(depth);
    default:
      break;
  }
  ExprPtr expr = New(Op::kLiteral, lexer_.Peek().position);
  return ParseLiteral(lexer_, diagnostics_, kEndName, expr->literal) ? std::move(expr) : nullptr;
}

ExprPtr ConditionParser::ParseBracketed(int depth) {
  const Token open = lexer_.Next();
  if (depth >= kMaxNesting) {
    Report(open.position,
           absl::StrFormat("brackets and 'not' are nested more than %d deep", kMaxNesting));
    int unclosed = 1;  // Behind the bracket's end, where the term goes on.
    while (unclosed > 0 && lexer_.Peek().kind != TokenKind::kEnd) {
      const TokenKind kind = lexer_.Next().kind;
      unclosed += kind == TokenKind::kOpen ? 1 : kind == TokenKind::kClose ? -1 : 0;
    }
    return nullptr;
  }
  ExprPtr inner = ParseChain(depth + 1);
  return Expect(TokenKind::kClose, "')'") ? std::move(inner) : nullptr;
}

ExprPtr ConditionParser::ParseWord(int depth) {
  const Token& token = lexer_.Peek();
  if (const std::optional<Op> op = QuantifierOp(token)) return ParseQuantifier(*op, depth);
  if (token.text.find('.') != std::string_view::npos) return ParseFact();
  const bool is_value = token.text == "true" || token.text == "false" || token.text == "unknown";
  if (IsKeyword(token.text) && !is_value) {
    ReportFound("a value");
    return nullptr;
  }
  ExprPtr expr = New(Op::kLiteral, token.position);
  TakeSimpleLiteral(lexer_, expr->literal);
  return expr;
}

ExprPtr ConditionParser::ParseFact() {
  const Token token = lexer_.Next();
  ExprPtr fact = New(Op::kFact, token.position);
  fact->name = std::string(token.text);
  fact->of_variable = !variable_.empty() && fact->name.starts_with(variable_ + ".");
  if (fact->of_variable) fact->variable = variable_;
  return ParseWindow(*fact) ? std::move(fact) : nullptr;
}

bool ConditionParser::ParseWindow(Expr& fact) {
  return ParseOptionalWindow(lexer_, diagnostics_, kEndName, fact.window, fact.window_text);
}

ExprPtr ConditionParser::ParseQuantifier(Op op, int depth) {
  const Token word = lexer_.Next();
  if (!variable_.empty()) {
    Report(word.position, "any/every/no/count may not be nested (keeps rules bounded)");
    return nullptr;
  }
  ExprPtr expr = New(op, word.position);
  const Token name = lexer_.Peek();
  if (name.kind != TokenKind::kWord || !IsPlainWord(name.text)) {
    ReportFound("a name for one of the people");
    return nullptr;
  }
  lexer_.Next();
  if (IsKeyword(name.text) || IsSubject(name.text)) {
    Report(name.position, "'" + std::string(name.text) +
                              "' cannot name one of the people - use a word of your own");
    return nullptr;
  }
  expr->variable = std::string(name.text);
  if (!ExpectWord("in")) return nullptr;
  const Token list = lexer_.Peek();
  if (list.kind != TokenKind::kWord) {
    ReportFound("a list of people");
    return nullptr;
  }
  lexer_.Next();
  expr->name = std::string(list.text);
  expr->operator_position = list.position;  // Of the list: what the checker looks up.
  if (!ExpectWord("where")) return nullptr;
  if (lexer_.Peek().kind != TokenKind::kOpen) {
    ReportFound("'('");
    return nullptr;
  }
  variable_ = expr->variable;
  ExprPtr body = ParseBracketed(depth);
  variable_.clear();
  if (body == nullptr) return nullptr;
  expr->args.push_back(std::move(body));
  return expr;
}

// Own lines go to the operand that they precede or stand in, ends of lines to the one that they
// follow.
void ConditionParser::AttachComments(const std::vector<InnerComment>& comments) {
  for (const InnerComment& comment : comments) {
    std::size_t at = 0;
    if (comment.own_line) {
      while (at + 1 < spans_.size() && spans_[at].end <= comment.offset) ++at;
    } else {
      while (at + 1 < spans_.size() && spans_[at + 1].begin < comment.offset) ++at;
    }
    Comments& target = spans_[at].operand->comments;
    if (comment.own_line || !target.end.empty()) {
      target.before.push_back(comment.text);
    } else {
      target.end = comment.text;
    }
  }
}

}  // namespace landfall::rules
