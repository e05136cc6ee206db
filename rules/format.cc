#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "model/json_writer.h"
#include "rules/format.h"
#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::string_view kConditionIndent = "    ";

std::string Quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

// Code points.
std::size_t Width(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

std::string LiteralText(const Literal& literal) {
  switch (literal.kind) {
    case Literal::Kind::kBool:
      return literal.boolean ? "true" : "false";
    case Literal::Kind::kText:
      return Quoted(literal.text);
    case Literal::Kind::kEnum:
      return IsPlainWord(literal.text) ? literal.text : Quoted(literal.text);
    default:
      return literal.text;
  }
}

std::string FactText(std::string_view name, const std::optional<Window>& window,
                     std::string_view window_text) {
  std::string text(name);
  if (!window) return text;
  text += "(" + std::string(window_text);
  return text + (window->including_this ? ", including_this)" : ")");
}

std::string SetText(const SetOperand& set) {
  if (set.kind == SetOperand::Kind::kList) return "@" + set.list;
  if (set.kind == SetOperand::Kind::kRange)
    return LiteralText(set.values[0]) + ".." + LiteralText(set.values[1]);
  std::string text = "[";
  for (const Literal& value : set.values)
    text += (text.size() > 1 ? ", " : "") + LiteralText(value);
  return text + "]";
}

// How tightly an operator binds: an operand that binds less than its place asks for needs brackets.
enum Binding { kChain, kNegation, kCompare, kSum, kProduct, kPrimary };

Binding BindingOf(Op op) {
  switch (op) {
    case Op::kAdd:
    case Op::kSubtract:
      return kSum;
    case Op::kMultiply:
    case Op::kDivide:
      return kProduct;
    case Op::kNot:
      return kNegation;
    case Op::kFact:
    case Op::kDefine:
    case Op::kLiteral:
      return kPrimary;
    // A quantifier is always bracketed as an operand, as a chain is.
    case Op::kAnd:
    case Op::kOr:
    case Op::kAny:
    case Op::kEvery:
    case Op::kNo:
    case Op::kCount:
      return kChain;
    default:
      return kCompare;
  }
}

std::string ExprText(const Expr& expr, Binding place);

std::string BinaryText(const Expr& expr, Binding left, Binding right) {
  return ExprText(*expr.args[0], left) + " " + std::string(OperatorText(expr.op)) + " " +
         ExprText(*expr.args[1], right);
}

std::string ChainText(const Expr& expr) {
  std::string text;
  for (const ExprPtr& arg : expr.args) {
    if (!text.empty()) text += " " + std::string(OperatorText(expr.op)) + " ";
    text += ExprText(*arg, kNegation);
  }
  return text;
}

std::string IsText(const Expr& expr) {
  static constexpr std::string_view kWords[] = {"true", "false", "known", "unknown"};
  return ExprText(*expr.args[0], kSum) + (expr.negated ? " is not " : " is ") +
         std::string(kWords[static_cast<std::size_t>(expr.what)]);
}

std::string QuantifierText(const Expr& expr) {
  return std::string(OperatorText(expr.op)) + " " + expr.variable + " in " +
         std::string(Info(expr.list).name) + " where (" + ExprText(*expr.args[0], kChain) + ")";
}

std::string PlainText(const Expr& expr) {
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
      return ChainText(expr);
    case Op::kNot:
      return "not " + ExprText(*expr.args[0], kNegation);
    case Op::kAdd:
    case Op::kSubtract:
      return BinaryText(expr, kSum, kProduct);
    case Op::kMultiply:
    case Op::kDivide:
      return BinaryText(expr, kProduct, kPrimary);
    case Op::kIn:
      return ExprText(*expr.args[0], kSum) + (expr.negated ? " not in " : " in ") +
             SetText(expr.set);
    case Op::kIs:
      return IsText(expr);
    case Op::kAny:
    case Op::kEvery:
    case Op::kNo:
    case Op::kCount:
      return QuantifierText(expr);
    case Op::kFact:
      return FactText(expr.name, expr.window, expr.window_text);
    case Op::kDefine:
      return expr.name;
    case Op::kLiteral:
      return LiteralText(expr.literal);
    default:
      return BinaryText(expr, kSum, kSum);
  }
}

std::string ExprText(const Expr& expr, Binding place) {
  std::string text = PlainText(expr);
  return BindingOf(expr.op) < place ? "(" + text + ")" : text;
}

std::string GivenText(const GivenValue& given);

std::string GivensText(const std::vector<GivenValue>& givens) {
  if (givens.empty()) return "{}";
  std::string text = "{ ";
  for (const GivenValue& given : givens) text += (text.size() > 2 ? ", " : "") + GivenText(given);
  return text + " }";
}

std::string GivenText(const GivenValue& given) {
  std::string text = FactText(given.name, given.window, given.window_text) + ": ";
  if (given.unknown) return text + "unknown";
  if (!given.is_members) return text + LiteralText(given.literal);
  std::string members;
  for (const auto& member : given.members)
    members += (members.empty() ? "" : ", ") + GivensText(member);
  return text + "[" + members + "]";
}

// Writes lines with their comments. The comments of a line that is left out go to the next.
class Writer {
 public:
  explicit Writer(bool with_comments) : with_comments_(with_comments) {}

  std::string Take() && {
    Flush("");
    return std::move(out_);
  }
  void Blank() { out_ += "\n"; }
  void Line(std::string_view indent, std::string_view text, const Comments& comments) {
    Before(comments);
    Flush(indent);
    out_ += std::string(indent) + std::string(text) + End(comments.end) + "\n";
  }
  void LeaveOut(const Comments& comments) {
    if (!with_comments_) return;
    pending_.insert(pending_.end(), comments.before.begin(), comments.before.end());
    if (!comments.end.empty()) pending_.push_back(comments.end);
  }
  // The operands of a condition, filled to the width. `start` stands before the first, `end` is the
  // comment of the whole.
  void Condition(const Expr& root, std::string start, std::string_view first_indent,
                 const std::string& end);

 private:
  void Before(const Comments& comments) {
    if (with_comments_)
      pending_.insert(pending_.end(), comments.before.begin(), comments.before.end());
  }
  void Flush(std::string_view indent) {
    for (const std::string& comment : pending_)
      out_ += std::string(indent) + (comment.empty() ? "#" : "# " + comment) + "\n";
    pending_.clear();
  }
  std::string End(const std::string& comment) const {
    return !with_comments_ || comment.empty() ? "" : "  # " + comment;
  }

  bool with_comments_;
  std::string out_;
  std::vector<std::string> pending_;
};

void Writer::Condition(const Expr& root, std::string start, std::string_view first_indent,
                       const std::string& end) {
  const bool chain = root.op == Op::kAnd || root.op == Op::kOr;
  const std::size_t count = chain ? root.args.size() : 1;
  std::string line = std::move(start);
  bool is_open = false;  // More may follow on the line.
  const auto end_line = [&](const std::string& comment) {
    out_ += line + End(comment) + "\n";
    line = kConditionIndent;
    is_open = false;
  };
  for (std::size_t i = 0; i < count; ++i) {
    const Expr& operand = chain ? *root.args[i] : root;
    const std::string text = (i == 0 ? "" : std::string(OperatorText(root.op)) + " ") +
                             ExprText(operand, chain ? kNegation : kChain);
    const bool has_comment = with_comments_ && !operand.comments.before.empty();
    if (is_open && (has_comment || Width(line) + 1 + Width(text) > kWidth)) end_line("");
    Before(operand.comments);
    Flush(i == 0 ? first_indent : kConditionIndent);
    line += (is_open ? " " : "") + text;
    is_open = true;
    const std::string& comment =
        i + 1 == count && operand.comments.end.empty() ? end : operand.comments.end;
    if (i + 1 == count || (with_comments_ && !comment.empty())) end_line(comment);
  }
}

const Comments& CommentsOf(const std::vector<std::pair<std::string, Comments>>& all,
                           std::string_view name) {
  static const auto* const none = new Comments();
  for (const auto& [key, comments] : all) {
    if (key == name) return comments;
  }
  return *none;
}

std::string PeriodText(const std::pair<Date, Date>& period) {
  return ToString(period.first) + " .. " + ToString(period.second);
}

// Lines `name value` of one block, in the canonical order; those without a value are left out.
class BlockLines {
 public:
  BlockLines(Writer& writer, const std::vector<std::pair<std::string, Comments>>& comments)
      : writer_(writer), comments_(comments) {}

  void Word(std::string_view name, std::string_view value) {
    const Comments& comments = CommentsOf(comments_, name);
    if (value.empty()) return writer_.LeaveOut(comments);
    writer_.Line("  ", std::string(name) + " " + std::string(value), comments);
  }
  void Text(std::string_view name, std::string_view text) {
    Word(name, text.empty() ? "" : Quoted(text));
  }
  void Period(std::string_view name, const std::optional<std::pair<Date, Date>>& period) {
    Word(name, period ? PeriodText(*period) : "");
  }
  void Day(std::string_view name, const std::optional<Date>& day) {
    Word(name, day ? ToString(*day) : "");
  }
  void Number(std::string_view name, std::int64_t value, std::int64_t unless) {
    Word(name, value == unless ? "" : std::to_string(value));
  }
  void Condition(std::string_view name, const ExprPtr& condition) {
    if (condition == nullptr) return;
    writer_.Line("  ", name, CommentsOf(comments_, name));
    writer_.Condition(*condition, std::string(kConditionIndent), kConditionIndent, "");
  }

 private:
  Writer& writer_;
  const std::vector<std::pair<std::string, Comments>>& comments_;
};

std::string ShareText(const Profile& profile) {
  if (!profile.sample_share.empty()) return profile.sample_share;
  std::string text;
  AppendJsonNumber(profile.parameters.sample_share, text);
  return text;
}

void WriteProfileBlock(const Profile& profile, Writer& writer) {
  std::string header = "profile " + profile.id + " " + Quoted(profile.title) + " version " +
                       std::to_string(profile.version);
  if (!profile.extends.empty()) header += " extends " + profile.extends;
  writer.Line("", header, profile.comments);
  BlockLines lines(writer, profile.line_comments);
  lines.Text("purpose", profile.purpose);
  lines.Text("legal", profile.legal);
  lines.Word("owner", profile.owner);
  lines.Word("approver", profile.approver);
  lines.Period("effective", profile.effective);
  lines.Day("review_by", profile.review_by);
  const ProfileParameters& p = profile.parameters;
  const ProfileParameters defaults;
  lines.Number("consider_from", p.consider_from, defaults.consider_from);
  lines.Number("meet_from", p.meet_from, defaults.meet_from);
  lines.Number("match_review", p.match_review, defaults.match_review);
  lines.Number("match_strong", p.match_strong, defaults.match_strong);
  lines.Number("foster_age", p.foster_age, defaults.foster_age);
  lines.Number("foster_age_disabled", p.foster_age_disabled, defaults.foster_age_disabled);
  lines.Number("foster_days", p.foster_days, defaults.foster_days);
  lines.Number("split_hours", p.split_hours, defaults.split_hours);
  lines.Word("sample_share", p.sample_share == defaults.sample_share ? "" : ShareText(profile));
}

void WriteList(const ListDefinition& list, Writer& writer) {
  std::string text = "list @" + list.name + " : " + std::string(TypeWord(list.type));
  if (!list.path.empty()) {
    text += " from " + list.path;
  } else {
    text += " = [";
    for (std::size_t i = 0; i < list.values.size(); ++i) {
      text += (i > 0 ? ", " : "") + (IsNumber(list.type) ? list.values[i] : Quoted(list.values[i]));
    }
    text += "]";
  }
  if (list.expires) text += " expires " + ToString(*list.expires);
  if (!list.reason.empty()) text += " reason " + Quoted(list.reason);
  writer.Line("", text, list.comments);
}

void WriteDefine(const Define& define, Writer& writer) {
  writer.LeaveOut({define.comments.before, ""});
  writer.Condition(*define.expr, "define " + define.name + " = ", "", define.comments.end);
}

std::string_view ExpectText(EmbeddedTest::Expect expect) {
  static constexpr std::string_view kTexts[] = {"match", "no match", "unknown"};
  return kTexts[static_cast<std::size_t>(expect)];
}

void WriteTests(const Rule& rule, Writer& writer) {
  for (const EmbeddedTest& test : rule.tests) {
    writer.Line("  ",
                "test " + Quoted(test.name) + " " + std::string(ExpectText(test.expect)) + " " +
                    GivensText(test.given),
                test.comments);
  }
}

void WriteRule(const Rule& rule, Writer& writer) {
  writer.Line("", "rule " + rule.id + " " + Quoted(rule.title), rule.comments);
  BlockLines lines(writer, rule.line_comments);
  if (!rule.is_change) {
    lines.Word("level", ToText(rule.level));
    lines.Word("severity", ToText(rule.severity));
  }
  lines.Word("points", rule.gives_points ? std::to_string(rule.points) : "");
  lines.Word("status", rule.status == RuleStatus::kLive
                           ? ""
                           : kStatusWords[static_cast<std::size_t>(rule.status)]);
  lines.Word("family", rule.family);
  lines.Period("effective", rule.effective);
  lines.Condition("when", rule.when);
  lines.Condition("unless", rule.unless);
  lines.Text("why", rule.why);
  lines.Word("route", rule.route);
  lines.Word("snooze_key", rule.snooze_key);
  lines.Text("source", rule.source);
  for (const auto& [name, text] : rule.justify) {
    writer.Line("  ", "justify " + name + ": " + Quoted(text),
                CommentsOf(rule.line_comments, "justify " + name));
  }
  lines.Text("fairness", rule.fairness);
  lines.Day("review_by", rule.review_by);
  WriteTests(rule, writer);
}

}  // namespace

std::string CanonicalText(const Expr& expr, const Profile* /*profile*/) {
  return ExprText(expr, kChain);
}

std::string RuleText(const Rule& rule) {
  Writer writer(/*with_comments=*/false);
  WriteRule(rule, writer);
  return std::move(writer).Take();
}

std::string ListText(const ListDefinition& list) {
  Writer writer(/*with_comments=*/false);
  WriteList(list, writer);
  return std::move(writer).Take();
}

std::string DefineText(const Define& define) {
  Writer writer(/*with_comments=*/false);
  WriteDefine(define, writer);
  return std::move(writer).Take();
}

std::string TestText(const EmbeddedTest& test) {
  return std::string(ExpectText(test.expect)) + " " + GivensText(test.given);
}

std::string OperandText(const Expr& operand) { return ExprText(operand, kNegation); }

std::string CanonicalText(const Profile& profile, bool with_comments) {
  if (profile.as_written != nullptr) return CanonicalText(*profile.as_written, with_comments);
  Writer writer(with_comments);
  WriteProfileBlock(profile, writer);
  if (!profile.lists.empty()) writer.Blank();
  for (const ListDefinition& list : profile.lists) WriteList(list, writer);
  if (!profile.defines.empty()) writer.Blank();
  for (const Define& define : profile.defines) WriteDefine(define, writer);
  for (const Rule& rule : profile.rules) {
    writer.Blank();
    WriteRule(rule, writer);
  }
  writer.LeaveOut(CommentsOf(profile.line_comments, "end of file"));
  return std::move(writer).Take();
}

}  // namespace landfall::rules
