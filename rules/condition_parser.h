#pragma once

// Parses one condition or value: a Pratt parser that recovers at the next `and`, `or` or `)`, so
// that one term of a condition gives at most one error of grammar.

#include <string>
#include <string_view>
#include <vector>

#include "rules/ast.h"
#include "rules/lexer.h"

namespace landfall::rules {

inline constexpr int kMaxNesting = 32;

class ConditionParser {
 public:
  // Borrows both; the lexer must stand at the condition, which reaches to its end.
  ConditionParser(Lexer& lexer, std::vector<Diagnostic>& diagnostics)
      : lexer_(lexer), diagnostics_(diagnostics) {}

  // Never null. `comments` go to the operands that they stand at.
  ExprPtr Parse(const std::vector<InnerComment>& comments);

 private:
  // The bytes that an outermost operand takes up, its `and` or `or` included.
  struct Span {
    std::size_t begin = 0, end = 0;
    Expr* operand = nullptr;
  };

  // These report at least one error if they return null.
  ExprPtr ParseUnary(int depth);
  ExprPtr ParseComparison(int depth);
  ExprPtr ParseRightSide(const Expr& left, int depth);
  ExprPtr ParseArithmetic(int min_precedence, int depth);
  ExprPtr ParsePrimary(int depth);
  ExprPtr ParseBracketed(int depth);
  ExprPtr ParseWord(int depth);
  ExprPtr ParseFact();
  ExprPtr ParseQuantifier(Op op, int depth);
  bool ParseWindow(Expr& fact);
  bool ParseIs(Expr& test);
  bool ParseSet(SetOperand& set);
  bool ParseValues(SetOperand& set);
  bool ParseRange(SetOperand& set);
  bool EndComparison();

  // These recover.
  ExprPtr ParseChain(int depth);
  ExprPtr ParseTerm(int depth);
  void SkipToJoint();
  bool AtChainEnd(int depth);
  void NoteSpan(int depth, std::size_t begin, Expr* operand);
  void AttachComments(const std::vector<InnerComment>& comments);

  bool Expect(TokenKind kind, std::string_view what);
  bool ExpectWord(std::string_view word);
  void ReportFound(std::string_view expected);
  void Report(Position position, std::string message);
  ExprPtr New(Op op, Position position) const;
  ExprPtr NewBinary(Op op, ExprPtr left, const Token& sign, ExprPtr right) const;

  Lexer& lexer_;
  std::vector<Diagnostic>& diagnostics_;
  std::string variable_;  // Of the quantifier around, if any.
  std::vector<Span> spans_;
  bool term_failed_ = false;
  int operators_ = 0;  // Of arithmetic, in one outermost term: they make the tree deep.
};

// Brackets that change nothing leave nothing behind: a and (b and c) becomes one chain of three.
// What is said of the whole condition is said of its first or last operand.
void FlattenCondition(Expr& root);

// A number with its sign, a text, a date, a duration, true or false, or (as kEnum) a word. Reports
// and returns false for anything else.
bool ParseLiteral(Lexer& lexer, std::vector<Diagnostic>& diagnostics, std::string_view end_name,
                  Literal& literal);
// '(' duration [ ',' 'including_this' ] ')', if an opening bracket is next. False if there was an
// error.
bool ParseOptionalWindow(Lexer& lexer, std::vector<Diagnostic>& diagnostics,
                         std::string_view end_name, std::optional<Window>& window,
                         std::string& window_text);
// "expected ')' but found 'end of condition'"
void ReportExpected(Lexer& lexer, std::vector<Diagnostic>& diagnostics, std::string_view end_name,
                    std::string_view expected);

}  // namespace landfall::rules
