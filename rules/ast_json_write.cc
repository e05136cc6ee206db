#include "model/json_writer.h"
#include "rules/ast_json.h"
#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

void AppendExpr(const Expr& expr, std::string& out);

void AppendComments(const Comments& comments, std::string& out) {
  JsonObject object(out);
  object.Field("before", comments.before);
  object.Field("end", comments.end);
}

void AddComments(const Comments& comments, JsonObject& object) {
  if (!(comments == Comments{})) AppendComments(comments, object.Begin("comments"));
}

template <typename Range, typename Append>
void AppendArray(const Range& items, std::string& out, const Append& append) {
  out += '[';
  bool first = true;
  for (const auto& item : items) {
    if (!first) out += ',';
    first = false;
    append(item, out);
  }
  out += ']';
}

void AppendText(std::string_view text, std::string& out) { AppendJsonString(text, out); }
void AppendDay(Date day, std::string& out) { AppendJsonString(ToString(day), out); }

void AppendLiteral(const Literal& literal, std::string& out) {
  JsonObject object(out);
  switch (literal.kind) {
    case Literal::Kind::kBool:
      object.Begin("bool") += literal.boolean ? "true" : "false";
      return;
    case Literal::Kind::kInt:
      return AppendText(literal.text, object.Begin("int"));
    case Literal::Kind::kNum:
      return AppendText(literal.text, object.Begin("num"));
    case Literal::Kind::kText:
      return AppendText(literal.text, object.Begin("text"));
    case Literal::Kind::kEnum:
      return AppendText(literal.text, object.Begin("enum"));
    case Literal::Kind::kDate:
      return AppendText(literal.text, object.Begin("date"));
    case Literal::Kind::kDuration:
      return AppendText(literal.text, object.Begin("duration"));
  }
}

void AppendSet(const SetOperand& set, std::string& out) {
  JsonObject object(out);
  switch (set.kind) {
    case SetOperand::Kind::kValues:
      return AppendArray(set.values, object.Begin("values"), AppendLiteral);
    case SetOperand::Kind::kRange:
      AppendLiteral(set.values[0], object.Begin("from"));
      return AppendLiteral(set.values[1], object.Begin("to"));
    case SetOperand::Kind::kList:
      return AppendText(set.list, object.Begin("list"));
  }
}

void AddFact(const Expr& fact, JsonObject& object) {
  AppendText(fact.name, object.Begin("fact"));
  if (!fact.window) return;
  AppendText(fact.window_text, object.Begin("window"));
  object.Begin("including_this") += fact.window->including_this ? "true" : "false";
}

void AddOperation(const Expr& expr, JsonObject& object) {
  static constexpr std::string_view kWhat[] = {"true", "false", "known", "unknown"};
  const std::string_view op =
      expr.op == Op::kIn && expr.negated ? "not in" : OperatorText(expr.op);
  AppendText(op, object.Begin("op"));
  switch (expr.op) {
    case Op::kAnd:
    case Op::kOr:
      return AppendArray(expr.args, object.Begin("args"),
                         [](const ExprPtr& arg, std::string& out) { AppendExpr(*arg, out); });
    case Op::kNot:
      return AppendExpr(*expr.args[0], object.Begin("arg"));
    case Op::kIn:
      AppendExpr(*expr.args[0], object.Begin("left"));
      return AppendSet(expr.set, object.Begin("set"));
    case Op::kIs:
      AppendExpr(*expr.args[0], object.Begin("arg"));
      AppendText(kWhat[static_cast<std::size_t>(expr.what)], object.Begin("what"));
      object.Begin("negated") += expr.negated ? "true" : "false";
      return;
    case Op::kAny:
    case Op::kEvery:
    case Op::kNo:
    case Op::kCount:
      AppendText(expr.variable, object.Begin("var"));
      AppendText(Info(expr.list).name, object.Begin("list"));
      return AppendExpr(*expr.args[0], object.Begin("where"));
    default:
      AppendExpr(*expr.args[0], object.Begin("left"));
      return AppendExpr(*expr.args[1], object.Begin("right"));
  }
}

void AppendExpr(const Expr& expr, std::string& out) {
  if (expr.op == Op::kLiteral && expr.comments == Comments{}) return AppendLiteral(expr.literal, out);
  if (expr.op == Op::kLiteral) {
    AppendLiteral(expr.literal, out);
    out.pop_back();  // Its closing brace: the comments stand within.
    out += ",\"comments\":";
    AppendComments(expr.comments, out);
    out += '}';
    return;
  }
  JsonObject object(out);
  if (expr.op == Op::kFact) {
    AddFact(expr, object);
  } else if (expr.op == Op::kDefine) {
    AppendText(expr.name, object.Begin("define"));
  } else {
    AddOperation(expr, object);
  }
  AddComments(expr.comments, object);
}

const Comments* FindComments(const std::vector<std::pair<std::string, Comments>>& all,
                             std::string_view name) {
  for (const auto& [key, comments] : all) {
    if (key == name) return &comments;
  }
  return nullptr;
}

// The lines of a block: a line with comments is an object that holds its value and them.
class MetaWriter {
 public:
  MetaWriter(std::string& out, const std::vector<std::pair<std::string, Comments>>& comments)
      : object_(out), comments_(comments) {}

  void Text(std::string_view name, std::string_view text) {
    Add(name, name, text.empty(), [&](std::string& out) { AppendText(text, out); });
  }
  void Int(std::string_view name, std::int64_t value, std::int64_t unless) {
    Add(name, name, value == unless, [&](std::string& out) { out += std::to_string(value); });
  }
  void Day(std::string_view name, const std::optional<Date>& day) {
    if (day) Add(name, name, false, [&](std::string& out) { AppendDay(*day, out); });
  }
  void Period(std::string_view name, const std::optional<std::pair<Date, Date>>& period) {
    if (!period) return;
    Add(name, name, false, [&](std::string& out) {
      const Date days[] = {period->first, period->second};
      AppendArray(days, out, AppendDay);
    });
  }
  // `line` names the comments.
  template <typename Append>
  void Add(std::string_view name, std::string_view line, bool leave_out, const Append& append) {
    AddTo(object_, name, line, leave_out, append);
  }
  template <typename Append>
  void AddTo(JsonObject& object, std::string_view name, std::string_view line, bool leave_out,
             const Append& append) {
    const Comments* const comments = FindComments(comments_, line);
    if (comments == nullptr) {
      if (!leave_out) append(object.Begin(name));
      return;
    }
    JsonObject wrapped(object.Begin(name));
    append(wrapped.Begin("value"));
    AddComments(*comments, wrapped);
  }
  JsonObject& object() { return object_; }

 private:
  JsonObject object_;
  const std::vector<std::pair<std::string, Comments>>& comments_;
};

void AddParameters(const Profile& profile, MetaWriter& meta) {
  const ProfileParameters& p = profile.parameters;
  const ProfileParameters defaults;
  meta.Int("consider_from", p.consider_from, defaults.consider_from);
  meta.Int("meet_from", p.meet_from, defaults.meet_from);
  meta.Int("match_review", p.match_review, defaults.match_review);
  meta.Int("match_strong", p.match_strong, defaults.match_strong);
  meta.Int("foster_age", p.foster_age, defaults.foster_age);
  meta.Int("foster_age_disabled", p.foster_age_disabled, defaults.foster_age_disabled);
  meta.Int("foster_days", p.foster_days, defaults.foster_days);
  meta.Int("split_hours", p.split_hours, defaults.split_hours);
  meta.Add("sample_share", "sample_share", p.sample_share == defaults.sample_share,
           [&](std::string& out) {
             std::string digits = profile.sample_share;
             if (digits.empty()) AppendJsonNumber(p.sample_share, digits);
             AppendText(digits, out);
           });
}

void AppendProfileBlock(const Profile& profile, std::string& out) {
  JsonObject object(out);
  AppendText(profile.id, object.Begin("id"));
  AppendText(profile.title, object.Begin("title"));
  object.Begin("version") += std::to_string(profile.version);
  if (profile.extends.empty()) {
    object.Begin("extends") += "null";
  } else {
    AppendText(profile.extends, object.Begin("extends"));
  }
  {
    MetaWriter meta(object.Begin("meta"), profile.line_comments);
    meta.Text("purpose", profile.purpose);
    meta.Text("legal", profile.legal);
    meta.Text("owner", profile.owner);
    meta.Text("approver", profile.approver);
    meta.Period("effective", profile.effective);
    meta.Day("review_by", profile.review_by);
    AddParameters(profile, meta);
  }
  AddComments(profile.comments, object);
}

void AppendList(const ListDefinition& list, std::string& out) {
  JsonObject object(out);
  AppendText(list.name, object.Begin("name"));
  AppendText(TypeWord(list.type), object.Begin("type"));
  if (!list.path.empty()) {
    AppendText(list.path, object.Begin("from"));
  } else {
    AppendArray(list.values, object.Begin("values"), [&](const std::string& value, std::string& to) {
      JsonObject literal(to);
      const bool is_num = list.type == ValueType::kNum && value.find('.') != std::string::npos;
      AppendText(value, literal.Begin(is_num ? "num" : IsNumber(list.type) ? "int" : "text"));
    });
  }
  if (list.expires) AppendDay(*list.expires, object.Begin("expires"));
  object.Field("reason", list.reason);
  AddComments(list.comments, object);
}

void AppendDefine(const Define& define, std::string& out) {
  JsonObject object(out);
  AppendText(define.name, object.Begin("name"));
  AppendExpr(*define.expr, object.Begin("expr"));
  AddComments(define.comments, object);
}

std::string GivenKey(const GivenValue& given) {
  if (!given.window) return given.name;
  return given.name + "(" + given.window_text +
         (given.window->including_this ? ", including_this)" : ")");
}

void AppendGivens(const std::vector<GivenValue>& givens, std::string& out);

void AppendGiven(const GivenValue& given, std::string& out) {
  const Literal& literal = given.literal;
  if (given.unknown) {
    out += "null";
  } else if (given.is_members) {
    AppendArray(given.members, out, AppendGivens);
  } else if (literal.kind == Literal::Kind::kBool) {
    out += literal.boolean ? "true" : "false";
  } else if (literal.kind == Literal::Kind::kInt && literal.text == std::to_string(literal.integer)) {
    out += literal.text;
  } else if (literal.kind == Literal::Kind::kText || literal.kind == Literal::Kind::kEnum) {
    AppendText(literal.text, out);  // The fact says which.
  } else {
    AppendLiteral(literal, out);
  }
}

void AppendGivens(const std::vector<GivenValue>& givens, std::string& out) {
  out += '{';
  for (const GivenValue& given : givens) {
    if (out.back() != '{') out += ',';
    AppendText(GivenKey(given), out);
    out += ':';
    AppendGiven(given, out);
  }
  out += '}';
}

void AppendTest(const EmbeddedTest& test, std::string& out) {
  static constexpr std::string_view kExpect[] = {"match", "no match", "unknown"};
  JsonObject object(out);
  AppendText(test.name, object.Begin("name"));
  AppendText(kExpect[static_cast<std::size_t>(test.expect)], object.Begin("expect"));
  AppendGivens(test.given, object.Begin("facts"));
  AddComments(test.comments, object);
}

void AddJustify(const Rule& rule, MetaWriter& meta) {
  if (rule.justify.empty()) return;
  JsonObject classes(meta.object().Begin("justify"));
  for (const auto& line : rule.justify) {
    meta.AddTo(classes, line.first, "justify " + line.first, false,
               [&](std::string& out) { AppendText(line.second, out); });
  }
}

void AddRuleMeta(const Rule& rule, JsonObject& object) {
  MetaWriter meta(object.Begin("meta"), rule.line_comments);
  if (!rule.is_change) {
    meta.Text("level", ToText(rule.level));
    meta.Text("severity", ToText(rule.severity));
  }
  if (rule.gives_points) {
    meta.Add("points", "points", false, [&](std::string& out) { out += std::to_string(rule.points); });
  }
  meta.Add("status", "status", rule.status == RuleStatus::kLive, [&](std::string& out) {
    AppendText(kStatusWords[static_cast<std::size_t>(rule.status)], out);
  });
  meta.Text("family", rule.family);
  meta.Period("effective", rule.effective);
  meta.Text("why", rule.why);
  meta.Text("route", rule.route);
  meta.Text("snooze_key", rule.snooze_key);
  meta.Text("source", rule.source);
  AddJustify(rule, meta);
  meta.Text("fairness", rule.fairness);
  meta.Day("review_by", rule.review_by);
}

void AddCondition(std::string_view name, const Rule& rule, const ExprPtr& condition,
                  JsonObject& object) {
  if (condition == nullptr) return;
  AppendExpr(*condition, object.Begin(name));
  if (const Comments* const comments = FindComments(rule.line_comments, name)) {
    AppendComments(*comments, object.Begin(std::string(name) + "_comments"));
  }
}

void AppendRule(const Rule& rule, std::string& out) {
  JsonObject object(out);
  AppendText(rule.id, object.Begin("id"));
  AppendText(rule.title, object.Begin("title"));
  AddRuleMeta(rule, object);
  AddCondition("when", rule, rule.when, object);
  AddCondition("unless", rule, rule.unless, object);
  if (!rule.tests.empty()) AppendArray(rule.tests, object.Begin("tests"), AppendTest);
  AddComments(rule.comments, object);
}

}  // namespace

std::string AstJson(const Profile& profile) {
  if (profile.as_written != nullptr) return AstJson(*profile.as_written);
  std::string out;
  {
    JsonObject object(out);
    AppendProfileBlock(profile, object.Begin("profile"));
    AppendArray(profile.lists, object.Begin("lists"), AppendList);
    AppendArray(profile.defines, object.Begin("defines"), AppendDefine);
    AppendArray(profile.rules, object.Begin("rules"), AppendRule);
    if (const Comments* const end = FindComments(profile.line_comments, "end of file")) {
      object.Field("comments_after", end->before);
    }
  }
  return out;
}

}  // namespace landfall::rules
