#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_format.h"
#include "rules/cel.h"
#include "rules/profile.h"

namespace landfall::rules {
namespace {

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
