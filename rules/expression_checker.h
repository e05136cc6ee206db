#pragma once

// Names and types of one condition: resolves facts, defines, enum values and codes in place.

#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "rules/ast.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

// What a condition may name besides facts.
struct Scope {
  absl::flat_hash_map<std::string, int> defines;  // Name to number; those above only.
  absl::flat_hash_map<std::string, const ListDefinition*> lists;
  std::vector<bool> has_quantifier;  // By number of define.
};

class ExpressionChecker {
 public:
  // Borrows both.
  ExpressionChecker(const Scope& scope, std::vector<Diagnostic>& diagnostics)
      : scope_(scope), diagnostics_(diagnostics) {}

  // The type of a condition or value; kAny after an error.
  ValueType Check(Expr& expr);
  // The same of one that stands alone: no bare count.
  ValueType CheckTop(Expr& expr);
  // Reports an expression that is no condition.
  void CheckCondition(Expr& expr);

 private:
  ValueType Resolve(Expr& expr);
  ValueType CheckArithmetic(Expr& expr);
  ValueType CheckComparison(Expr& expr);
  ValueType CheckIn(Expr& expr);
  ValueType CheckIs(Expr& expr);
  ValueType CheckQuantifier(Expr& expr);
  ValueType CheckFact(Expr& expr);
  ValueType CheckLiteral(Expr& expr);
  ValueType CheckDefine(Expr& expr);
  void CheckVariable(const Expr& expr);
  void CheckPair(Expr& expr, ValueType left, ValueType right);
  void CheckOperator(const Expr& expr, ValueType type);
  void CheckNameKeys(const Expr& left, const Expr& right);
  void CheckList(const Expr& expr, ValueType type);
  void CheckRange(Expr& expr, ValueType type);
  bool CheckCountUse(const Expr& expr);
  // Gives a literal the type of the other side; its own type if it cannot have that.
  ValueType FitLiteral(const Expr& other, ValueType other_type, Literal& literal);
  ValueType FitWord(const FactInfo& fact, Literal& literal);
  ValueType FitSide(const Expr& other, ValueType other_type, Expr& side);
  void Report(Position position, std::string message);
  void ReportMismatch(Position position, ValueType left, ValueType right);

  const Scope& scope_;
  std::vector<Diagnostic>& diagnostics_;
  bool in_quantifier_ = false;
};

// The fact of this name, or nullptr after reporting the unknown name. `variable` of a quantifier,
// or empty.
const FactInfo* ResolveFact(std::string_view name, std::string_view variable, Position position,
                            std::vector<Diagnostic>& diagnostics);
// Reports a window function without a window, or a window at another fact. True if neither.
bool CheckWindow(const FactInfo& fact, std::string_view name, bool has_window, Position position,
                 std::vector<Diagnostic>& diagnostics);
// "'acompanied' is not a value of this field; values: ... - did you mean accompanied?"
std::string NotAValue(std::string_view word, const FactInfo& fact);

}  // namespace landfall::rules
