#include <simdjson.h>

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "absl/strings/str_format.h"
#include "rules/ast_json.h"
#include "rules/condition_parser.h"
#include "rules/lexer.h"
#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

namespace dom = simdjson::dom;

// A calculation may have a thousand steps, each of which lies in the one before.
constexpr int kMaxExprDepth = 1100;
constexpr std::size_t kMaxJsonDepth = 2400;
constexpr std::size_t kMaxProblems = 1000;

// Where an element stands; made into a pointer only for a problem.
struct Place {
  const Place* parent = nullptr;
  std::string_view name;
  std::size_t index = 0;
  bool is_index = false;

  Place Member(std::string_view member) const { return {this, member, 0, false}; }
  Place Item(std::size_t number) const { return {this, {}, number, true}; }
};

std::string PointerOf(const Place& place) {
  if (place.parent == nullptr) return {};
  std::string pointer = PointerOf(*place.parent) + "/";
  if (place.is_index) return pointer + std::to_string(place.index);
  for (const char c : place.name) pointer += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return pointer;
}

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// -12 or, with a point, -0.90: as numbers are written in rule text.
bool IsNumberText(std::string_view text, bool with_point) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if ((point != std::string_view::npos) != with_point) return false;
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::all_of(part.begin(), part.end(), IsDigit);
  };
  return with_point ? digits(text.substr(0, point)) && digits(text.substr(point + 1)) : digits(text);
}

// Words with dots between them.
bool IsDottedName(std::string_view name) {
  while (true) {
    const std::size_t dot = name.find('.');
    const std::string_view word = name.substr(0, dot);
    const bool fits = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return IsDigit(c) || c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    });
    if (!fits || IsDigit(word[0])) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

std::optional<Token> DurationOf(std::string_view text) {
  std::vector<Diagnostic> problems;
  Lexer lexer(text, 0, text.size(), {1, 1}, problems);
  Token token = lexer.Next();
  const bool whole = token.kind == TokenKind::kDuration && lexer.Peek().kind == TokenKind::kEnd;
  return whole && problems.empty() ? std::optional(std::move(token)) : std::nullopt;
}

// The comments of everything below an operand are its own: rule text has no place for them inside.
void GatherComments(Expr& expr, Comments& into) {
  for (const ExprPtr& arg : expr.args) {
    into.before.insert(into.before.end(), arg->comments.before.begin(), arg->comments.before.end());
    if (!arg->comments.end.empty()) {
      if (into.end.empty()) {
        into.end = arg->comments.end;
      } else {
        into.before.push_back(arg->comments.end);
      }
    }
    arg->comments = {};
    GatherComments(*arg, into);
  }
}

class AstReader {
 public:
  AstText Read(std::string_view json) && {
    const Place root;
    dom::parser parser;
    dom::element element;
    simdjson::error_code error = simdjson::SUCCESS;
    if (json.size() > kMaxAstBytes) {
      Report(root, "larger than 64 MiB");
      return {std::nullopt, std::move(problems_)};
    }
    if (!(error = parser.allocate(std::max<std::size_t>(json.size(), 64), kMaxJsonDepth)))
      error = parser.parse(json.data(), json.size()).get(element);
    if (error) {
      Report(root, absl::StrFormat("not JSON: %s", simdjson::error_message(error)));
    } else {
      ReadFile(element, root);
    }
    if (!problems_.empty()) return {std::nullopt, std::move(problems_)};
    return {CanonicalText(profile_, /*with_comments=*/true), {}};
  }

 private:
  using Members = std::vector<std::pair<std::string_view, dom::element>>;

  void Report(const Place& place, std::string message) {
    if (problems_.size() < kMaxProblems) problems_.push_back({PointerOf(place), std::move(message)});
  }

  // The members of an object; reports any that is not known or comes twice.
  Members MembersOf(dom::element element, const Place& place,
                    std::initializer_list<std::string_view> known) {
    Members members;
    dom::object object;
    if (element.get(object)) {
      Report(place, "an object is needed here");
      return members;
    }
    for (const dom::key_value_pair field : object) {
      if (std::find(known.begin(), known.end(), field.key) == known.end()) {
        Report(place.Member(field.key),
               absl::StrFormat("unknown member '%s'%s", std::string(field.key),
                               DidYouMean(field.key, {known.begin(), known.end()})));
      } else if (Find(members, field.key) != nullptr) {
        Report(place.Member(field.key),
               absl::StrFormat("member '%s' is there twice", std::string(field.key)));
      } else {
        members.push_back({field.key, field.value});
      }
    }
    return members;
  }
  static const dom::element* Find(const Members& members, std::string_view name) {
    for (const auto& [key, value] : members) {
      if (key == name) return &value;
    }
    return nullptr;
  }
  const dom::element* Need(const Members& members, std::string_view name, const Place& place) {
    const dom::element* const found = Find(members, name);
    if (found == nullptr) Report(place, absl::StrFormat("member '%s' is missing", std::string(name)));
    return found;
  }

  // Calls read(item, place) for each item.
  template <typename ReadItem>
  void ReadArray(dom::element element, const Place& place, const ReadItem& read) {
    dom::array array;
    if (element.get(array)) return Report(place, "an array is needed here");
    std::size_t number = 0;
    for (const dom::element item : array) {
      const Place at = place.Item(number++);
      read(item, at);
    }
  }

  std::string Text(dom::element element, const Place& place) {
    std::string_view text;
    if (element.get(text)) {
      Report(place, "a text is needed here");
    } else if (HasControl(text)) {
      Report(place, "a text may hold no control characters and no line ends");
    } else {
      return std::string(text);
    }
    return {};
  }
  std::string Checked(dom::element element, const Place& place, bool (*fits)(std::string_view),
                      std::string_view what) {
    std::string text = Text(element, place);
    std::string_view raw;
    if (!element.get(raw) && !HasControl(raw) && !fits(text))
      Report(place, absl::StrFormat("'%s' is not %s", text, std::string(what)));
    return text;
  }
  std::string Id(dom::element element, const Place& place) {
    return Checked(element, place, IsId, "an id - use letters, digits, '.', '_' and '-'");
  }
  std::string Word(dom::element element, const Place& place) {
    return Checked(element, place, IsPlainWord, "a word of letters, digits and '_'");
  }
  std::int64_t Int(dom::element element, const Place& place) {
    std::int64_t number = 0;
    if (element.get(number)) Report(place, "a whole number is needed here");
    return number;
  }
  bool Bool(dom::element element, const Place& place) {
    bool value = false;
    if (element.get(value)) Report(place, "true or false is needed here");
    return value;
  }
  std::optional<Date> Day(dom::element element, const Place& place) {
    const std::string text = Text(element, place);
    const std::optional<Date> day = ParseDate(text);
    if (!day) Report(place, absl::StrFormat("'%s' is not a valid day such as 2027-02-01", text));
    return day;
  }
  std::optional<std::pair<Date, Date>> Period(dom::element element, const Place& place) {
    std::vector<Date> days;
    ReadArray(element, place, [&](dom::element item, const Place& at) {
      days.push_back(Day(item, at).value_or(Date{}));
    });
    if (days.size() != 2) {
      Report(place, "a period has two days: [\"2026-11-01\", \"2027-04-30\"]");
      return std::nullopt;
    }
    return std::pair(days[0], days[1]);
  }
  // The number of the word among `words`.
  template <typename Range>
  std::size_t OneOf(dom::element element, const Place& place, const Range& words) {
    const std::string text = Text(element, place);
    const auto found = std::find(std::begin(words), std::end(words), text);
    if (found != std::end(words)) return static_cast<std::size_t>(found - std::begin(words));
    std::string known;
    for (const std::string_view word : words) known += (known.empty() ? "" : ", ") + std::string(word);
    Report(place, absl::StrFormat("'%s' is none of: %s", text, known));
    return 0;
  }

  Comments ReadComments(dom::element element, const Place& place) {
    Comments comments;
    const Members members = MembersOf(element, place, {"before", "end"});
    if (const dom::element* const before = Find(members, "before")) {
      const Place at_before = place.Member("before");
      ReadArray(*before, at_before, [&](dom::element item, const Place& at) {
        comments.before.push_back(Text(item, at));
      });
    }
    if (const dom::element* const end = Find(members, "end"))
      comments.end = Text(*end, place.Member("end"));
    return comments;
  }
  void ReadCommentsOf(const Members& members, const Place& place, Comments& comments) {
    if (const dom::element* const found = Find(members, "comments"))
      comments = ReadComments(*found, place.Member("comments"));
  }

  void ReadFile(dom::element element, const Place& place) {
    const Members members =
        MembersOf(element, place, {"profile", "lists", "defines", "rules", "comments_after"});
    if (const dom::element* const profile = Need(members, "profile", place))
      ReadProfile(*profile, place.Member("profile"));
    ReadBlocks(members, "lists", place, [this](auto item, auto& at) { ReadList(item, at); });
    ReadBlocks(members, "defines", place, [this](auto item, auto& at) { ReadDefine(item, at); });
    ReadBlocks(members, "rules", place, [this](auto item, auto& at) { ReadRule(item, at); });
    ReadBlocks(members, "comments_after", place, [this](auto item, auto& at) {
      comments_after_.push_back(Text(item, at));
    });
    if (!comments_after_.empty())
      profile_.line_comments.push_back({"end of file", {std::move(comments_after_), {}}});
  }

  template <typename ReadItem>
  void ReadBlocks(const Members& members, std::string_view name, const Place& place,
                  const ReadItem& read) {
    const Place at = place.Member(name);
    if (const dom::element* const found = Find(members, name)) ReadArray(*found, at, read);
  }

  void ReadProfile(dom::element element, const Place& place) {
    const Members members =
        MembersOf(element, place, {"id", "title", "version", "extends", "meta", "comments"});
    if (const auto* id = Need(members, "id", place)) profile_.id = Id(*id, place.Member("id"));
    if (const auto* title = Need(members, "title", place))
      profile_.title = Text(*title, place.Member("title"));
    if (const auto* version = Need(members, "version", place))
      profile_.version = Int(*version, place.Member("version"));
    const auto* const extends = Find(members, "extends");
    if (extends != nullptr && !extends->is_null())
      profile_.extends = Id(*extends, place.Member("extends"));
    if (const auto* meta = Find(members, "meta")) ReadProfileMeta(*meta, place.Member("meta"));
    ReadCommentsOf(members, place, profile_.comments);
  }

  // Takes a line's value out of the object that holds its comments too. False if there is none.
  bool Unwrap(std::string_view line, const Place& place, dom::element& element,
              std::vector<std::pair<std::string, Comments>>& all) {
    if (!element.is_object()) return true;
    const Members members = MembersOf(element, place, {"value", "comments"});
    Comments comments;
    ReadCommentsOf(members, place, comments);
    if (!(comments == Comments{})) all.push_back({std::string(line), std::move(comments)});
    const dom::element* const value = Need(members, "value", place);
    if (value != nullptr) element = *value;
    return value != nullptr;
  }

  void ReadProfileMeta(dom::element element, const Place& place) {
    ProfileParameters& p = profile_.parameters;
    const std::pair<std::string_view, std::int64_t*> numbers[] = {
        {"consider_from", &p.consider_from}, {"meet_from", &p.meet_from},
        {"match_review", &p.match_review},   {"match_strong", &p.match_strong},
        {"foster_age", &p.foster_age},       {"foster_age_disabled", &p.foster_age_disabled},
        {"foster_days", &p.foster_days},     {"split_hours", &p.split_hours}};
    const Members members = MembersOf(
        element, place,
        {"purpose", "legal", "owner", "approver", "effective", "review_by", "consider_from",
         "meet_from", "match_review", "match_strong", "foster_age", "foster_age_disabled",
         "foster_days", "split_hours", "sample_share"});
    for (auto [name, value] : members) {
      const Place at = place.Member(name);
      if (!Unwrap(name, at, value, profile_.line_comments)) continue;
      if (name == "purpose") profile_.purpose = Text(value, at);
      if (name == "legal") profile_.legal = Text(value, at);
      if (name == "owner") profile_.owner = Id(value, at);
      if (name == "approver") profile_.approver = Id(value, at);
      if (name == "effective") profile_.effective = Period(value, at);
      if (name == "review_by") profile_.review_by = Day(value, at);
      if (name == "sample_share") ReadShare(value, at);
      for (const auto& [number, target] : numbers) {
        if (name == number) *target = Int(value, at);
      }
    }
  }

  void ReadShare(dom::element element, const Place& place) {
    const std::string text = Text(element, place);
    if (!IsNumberText(text, true) && !IsNumberText(text, false))
      return Report(place, "a share is a text such as \"0.02\"");
    profile_.sample_share = text;
    // Written out as it stands, unless it is the default.
    std::vector<Diagnostic> problems;
    Lexer lexer(text, 0, text.size(), {1, 1}, problems);
    Literal literal;
    if (ParseLiteral(lexer, problems, "", literal)) {
      profile_.parameters.sample_share = literal.kind == Literal::Kind::kInt
                                             ? static_cast<double>(literal.integer)
                                             : literal.number;
    }
  }

  void ReadList(dom::element element, const Place& place) {
    static constexpr std::string_view kTypes[] = {"text",    "int",     "num",  "country",
                                                  "airport", "carrier", "route"};
    static constexpr ValueType kTypeOf[] = {
        ValueType::kText,    ValueType::kInt,     ValueType::kNum,  ValueType::kCountry,
        ValueType::kAirport, ValueType::kCarrier, ValueType::kRoute};
    const Members members = MembersOf(
        element, place, {"name", "type", "from", "values", "expires", "reason", "comments"});
    ListDefinition list;
    // A name behind an @ may begin with a digit.
    if (const auto* name = Need(members, "name", place)) {
      list.name = Checked(
          *name, place.Member("name"),
          [](std::string_view word) { return IsPlainWord("_" + std::string(word)) && !word.empty(); },
          "a name of letters, digits and '_'");
    }
    if (const auto* type = Need(members, "type", place))
      list.type = kTypeOf[OneOf(*type, place.Member("type"), kTypes)];
    const auto* const from = Find(members, "from");
    const auto* const values = Find(members, "values");
    if ((from == nullptr) == (values == nullptr)) {
      Report(place, "a list has either 'from' or 'values'");
    } else if (from != nullptr) {
      list.path = Checked(
          *from, place.Member("from"),
          [](std::string_view path) {
            return !path.empty() && path.find_first_of(" \"#") == std::string_view::npos;
          },
          "the path of a list file (no blanks, quotes or #)");
    } else {
      const Place at_values = place.Member("values");
      ReadArray(*values, at_values, [&](dom::element item, const Place& at) {
        const Literal literal = ReadLiteral(item, at);
        const bool number =
            literal.kind == Literal::Kind::kInt || literal.kind == Literal::Kind::kNum;
        if (number != IsNumber(list.type) || (!number && literal.kind != Literal::Kind::kText))
          Report(at, IsNumber(list.type) ? "a number is needed here: {\"int\":\"3\"}"
                                         : "a text is needed here: {\"text\":\"LHR\"}");
        list.values.push_back(literal.text);
      });
    }
    if (const auto* day = Find(members, "expires")) list.expires = Day(*day, place.Member("expires"));
    if (const auto* reason = Find(members, "reason"))
      list.reason = Text(*reason, place.Member("reason"));
    ReadCommentsOf(members, place, list.comments);
    profile_.lists.push_back(std::move(list));
  }

  void ReadDefine(dom::element element, const Place& place) {
    const Members members = MembersOf(element, place, {"name", "expr", "comments"});
    Define define;
    if (const auto* name = Need(members, "name", place))
      define.name = Word(*name, place.Member("name"));
    if (const auto* expr = Need(members, "expr", place))
      define.expr = ReadCondition(*expr, place.Member("expr"));
    ReadCommentsOf(members, place, define.comments);
    if (define.expr != nullptr) profile_.defines.push_back(std::move(define));
  }

  void ReadRule(dom::element element, const Place& place) {
    const Members members =
        MembersOf(element, place, {"id", "title", "meta", "when", "when_comments", "unless",
                                   "unless_comments", "tests", "comments"});
    Rule rule;
    if (const auto* id = Need(members, "id", place)) rule.id = Id(*id, place.Member("id"));
    if (const auto* title = Need(members, "title", place))
      rule.title = Text(*title, place.Member("title"));
    rule.is_change = !profile_.extends.empty() && Find(members, "when") == nullptr;
    if (const auto* meta = Need(members, "meta", place)) ReadRuleMeta(*meta, place.Member("meta"), rule);
    ReadConditionOf(members, "when", "when_comments", place, rule, rule.when);
    ReadConditionOf(members, "unless", "unless_comments", place, rule, rule.unless);
    ReadBlocks(members, "tests", place, [&](auto item, auto& at) { ReadTest(item, at, rule); });
    ReadCommentsOf(members, place, rule.comments);
    profile_.rules.push_back(std::move(rule));
  }

  void ReadConditionOf(const Members& members, std::string_view name, std::string_view comments,
                       const Place& place, Rule& rule, ExprPtr& condition) {
    if (const auto* expr = Find(members, name)) condition = ReadCondition(*expr, place.Member(name));
    const auto* const found = Find(members, comments);
    if (found == nullptr) return;
    if (condition == nullptr)
      return Report(place.Member(comments), "there is no condition that this is said of");
    rule.line_comments.push_back({std::string(name), ReadComments(*found, place.Member(comments))});
  }

  void ReadRuleMeta(dom::element element, const Place& place, Rule& rule) {
    const Members members = MembersOf(
        element, place,
        {"level", "severity", "points", "status", "family", "effective", "why", "route",
         "snooze_key", "source", "justify", "fairness", "review_by"});
    rule.gives_points = Find(members, "points") != nullptr;
    if (!rule.is_change) {
      for (const std::string_view name : {"level", "severity", "points"}) Need(members, name, place);
      rule.gives_points = true;
    }
    for (auto [name, value] : members) {
      const Place at = place.Member(name);
      if (name == "justify") {
        ReadJustify(value, at, rule);
      } else if (rule.is_change && name != "points" && name != "route") {
        Report(at, "a rule without 'when' changes one of the base: it may have points and route only");
      } else if (Unwrap(name, at, value, rule.line_comments)) {
        ReadRuleLine(name, value, at, rule);
      }
    }
  }

  void ReadRuleLine(std::string_view name, dom::element value, const Place& at, Rule& rule) {
    if (name == "level") {
      rule.level = static_cast<RuleLevel>(OneOf(value, at, EnumText<RuleLevel>::kWords));
    } else if (name == "severity") {
      rule.severity = static_cast<Severity>(OneOf(value, at, EnumText<Severity>::kWords));
    } else if (name == "points") {
      const std::int64_t points = Int(value, at);
      if (points < -20 || points > 20) return Report(at, "points must be between -20 and 20");
      rule.points = static_cast<std::int32_t>(points);
    } else if (name == "status") {
      rule.status = static_cast<RuleStatus>(OneOf(value, at, kStatusWords));
    } else if (name == "family") {
      rule.family = Id(value, at);
    } else if (name == "effective") {
      rule.effective = Period(value, at);
    } else if (name == "why") {
      rule.why = Text(value, at);
    } else if (name == "route") {
      rule.route = Id(value, at);
    } else if (name == "snooze_key") {
      rule.snooze_key = Word(value, at);
    } else if (name == "source") {
      rule.source = Text(value, at);
    } else if (name == "fairness") {
      rule.fairness = Text(value, at);
    } else {
      rule.review_by = Day(value, at);
    }
  }

  void ReadJustify(dom::element element, const Place& place, Rule& rule) {
    const Members classes =
        MembersOf(element, place, {"age", "sex", "nationality", "nationality-proxy"});
    for (auto [name, value] : classes) {
      const Place at = place.Member(name);
      if (Unwrap("justify " + std::string(name), at, value, rule.line_comments))
        rule.justify.push_back({std::string(name), Text(value, at)});
    }
  }

  void ReadTest(dom::element element, const Place& place, Rule& rule) {
    static constexpr std::string_view kExpect[] = {"match", "no match", "unknown"};
    const Members members = MembersOf(element, place, {"name", "expect", "facts", "comments"});
    EmbeddedTest test;
    if (const auto* name = Need(members, "name", place)) test.name = Text(*name, place.Member("name"));
    if (const auto* expect = Need(members, "expect", place))
      test.expect = static_cast<EmbeddedTest::Expect>(OneOf(*expect, place.Member("expect"), kExpect));
    if (const auto* facts = Need(members, "facts", place))
      test.given = ReadGivens(*facts, place.Member("facts"), /*of_member=*/false);
    ReadCommentsOf(members, place, test.comments);
    rule.tests.push_back(std::move(test));
  }

  std::vector<GivenValue> ReadGivens(dom::element element, const Place& place, bool of_member) {
    std::vector<GivenValue> givens;
    dom::object object;
    if (element.get(object)) {
      Report(place, "an object of facts is needed here");
      return givens;
    }
    for (const dom::key_value_pair field : object) {
      const Place at = place.Member(field.key);
      GivenValue& given = givens.emplace_back();
      if (!ReadKey(field.key, given)) {
        Report(at, "a fact is named like pax.age or sponsor.distinct_children(90 days)");
        continue;
      }
      ReadGiven(field.value, at, of_member, given);
    }
    return givens;
  }

  static bool ReadKey(std::string_view key, GivenValue& given) {
    const std::size_t bracket = key.find('(');
    given.name = std::string(key.substr(0, bracket));
    if (!IsDottedName(given.name)) return false;
    if (bracket == std::string_view::npos) return true;
    std::vector<Diagnostic> problems;
    Lexer lexer(key, bracket, key.size(), {1, 1}, problems);
    return ParseOptionalWindow(lexer, problems, "", given.window, given.window_text) &&
           lexer.Peek().kind == TokenKind::kEnd && problems.empty() && !HasControl(key);
  }

  void ReadGiven(dom::element value, const Place& at, bool of_member, GivenValue& given) {
    const FactInfo* const fact = of_member ? FindMemberFact(given.name) : FindFact(given.name);
    Literal& literal = given.literal;
    std::int64_t number = 0;
    if (value.is_null()) {
      given.unknown = true;
      literal.kind = Literal::Kind::kEnum;
      literal.text = "unknown";
    } else if (value.is_array() && !of_member) {
      given.is_members = true;
      ReadArray(value, at, [&](dom::element item, const Place& place) {
        given.members.push_back(ReadGivens(item, place, /*of_member=*/true));
      });
    } else if (value.is_string()) {
      literal.text = Text(value, at);
      const bool is_enum = fact != nullptr && fact->type == FactType::kEnum;
      literal.kind = is_enum ? Literal::Kind::kEnum : Literal::Kind::kText;
      given.unknown = is_enum && literal.text == "unknown";
    } else if (value.is_bool()) {
      literal.kind = Literal::Kind::kBool;
      literal.boolean = Bool(value, at);
    } else if (!value.get(number)) {
      literal.kind = Literal::Kind::kInt;
      literal.integer = number;
      literal.text = std::to_string(number);
    } else if (value.is_object()) {
      literal = ReadLiteral(value, at);
    } else {
      Report(at, "write a number with a point as {\"num\":\"0.90\"}, so that nobody rounds it");
    }
  }

  // A literal is an object with one member, which says its kind.
  Literal ReadLiteral(dom::element element, const Place& place) {
    const Members members = MembersOf(
        element, place, {"int", "num", "text", "bool", "enum", "date", "duration"});
    if (members.size() != 1) {
      Report(place, "a value has one member, such as {\"int\":\"3\"} or {\"enum\":\"cash\"}");
      return {};
    }
    return LiteralOf(members[0].first, members[0].second, place);
  }

  Literal LiteralOf(std::string_view kind, dom::element value, const Place& parent) {
    const Place place = parent.Member(kind);
    Literal literal;
    if (kind == "bool") {
      literal.kind = Literal::Kind::kBool;
      literal.boolean = Bool(value, place);
      return literal;
    }
    literal.text = Text(value, place);
    if (kind == "text" || kind == "enum") {
      literal.kind = kind == "text" ? Literal::Kind::kText : Literal::Kind::kEnum;
    } else if (kind == "int" || kind == "num") {
      literal.kind = kind == "int" ? Literal::Kind::kInt : Literal::Kind::kNum;
      if (!IsNumberText(literal.text, kind == "num"))
        Report(place, kind == "num" ? "a number with a point is needed here, such as \"0.90\""
                                    : "a whole number is needed here, such as \"3\"");
    } else if (kind == "date") {
      literal.kind = Literal::Kind::kDate;
      if (!ParseDate(literal.text))
        Report(place, absl::StrFormat("'%s' is not a valid day such as 2027-02-01", literal.text));
    } else {
      literal.kind = Literal::Kind::kDuration;
      ReadDuration(place, literal.text);
    }
    return literal;
  }

  std::int64_t ReadDuration(const Place& place, std::string& text) {
    const std::optional<Token> token = DurationOf(text);
    if (!token) {
      Report(place, absl::StrFormat("'%s' is not a duration such as 90 days", text));
      return 0;
    }
    text = token->value;
    return static_cast<std::int64_t>(token->integer);
  }

  ExprPtr ReadCondition(dom::element element, const Place& place) {
    ExprPtr expr = ReadExpr(element, place, 0);
    if (expr == nullptr) return nullptr;
    if (expr->op == Op::kAnd || expr->op == Op::kOr) {
      for (const ExprPtr& operand : expr->args) GatherComments(*operand, operand->comments);
    } else {
      GatherComments(*expr, expr->comments);
    }
    FlattenCondition(*expr);
    return expr;
  }

  // Null after a problem.
  ExprPtr ReadExpr(dom::element element, const Place& place, int depth) {
    if (depth > kMaxExprDepth) {
      Report(place, "nested too deep");
      return nullptr;
    }
    dom::object object;
    if (element.get(object)) {
      Report(place, "a condition or value is an object");
      return nullptr;
    }
    auto expr = std::make_unique<Expr>();
    const std::size_t before = problems_.size();
    if (Has(object, "op")) {
      ReadOperation(element, place, depth, *expr);
    } else if (Has(object, "fact")) {
      ReadFact(element, place, *expr);
    } else if (Has(object, "define")) {
      ReadDefineUse(element, place, *expr);
    } else {
      ReadValue(element, place, *expr);
    }
    return problems_.size() == before ? std::move(expr) : nullptr;
  }

  static bool Has(dom::object object, std::string_view name) {
    return object.at_key(name).error() == simdjson::SUCCESS;
  }

  void ReadFact(dom::element element, const Place& place, Expr& expr) {
    const Members members =
        MembersOf(element, place, {"fact", "window", "including_this", "comments"});
    expr.op = Op::kFact;
    expr.name = Checked(*Find(members, "fact"), place.Member("fact"), IsDottedName,
                        "the name of a fact such as pax.age");
    if (expr.name.find('.') == std::string::npos)
      Report(place.Member("fact"), absl::StrFormat("'%s' is not the name of a fact such as pax.age", expr.name));
    const auto* const window = Find(members, "window");
    const auto* const including = Find(members, "including_this");
    if (window != nullptr) {
      expr.window_text = Text(*window, place.Member("window"));
      expr.window = Window{ReadDuration(place.Member("window"), expr.window_text), false};
      if (including != nullptr)
        expr.window->including_this = Bool(*including, place.Member("including_this"));
    } else if (including != nullptr) {
      Report(place.Member("including_this"), "only a fact with a window includes this flight");
    }
    ReadCommentsOf(members, place, expr.comments);
  }

  void ReadDefineUse(dom::element element, const Place& place, Expr& expr) {
    const Members members = MembersOf(element, place, {"define", "comments"});
    expr.op = Op::kDefine;
    expr.name = Word(*Find(members, "define"), place.Member("define"));
    if (IsKeyword(expr.name))
      Report(place.Member("define"), absl::StrFormat("'%s' is a word of the language", expr.name));
    ReadCommentsOf(members, place, expr.comments);
  }

  void ReadValue(dom::element element, const Place& place, Expr& expr) {
    const Members members = MembersOf(element, place, {"int", "num", "text", "bool", "enum", "date",
                                                       "duration", "comments"});
    const bool with_comments = Find(members, "comments") != nullptr;
    if (members.size() != (with_comments ? 2u : 1u)) {
      return Report(place,
                    "write an operation {\"op\":..}, a fact {\"fact\":\"pax.age\"}, a define "
                    "{\"define\":\"alone\"} or a value such as {\"int\":\"3\"}");
    }
    const auto& [kind, value] = members[0].first == "comments" ? members[1] : members[0];
    expr.literal = LiteralOf(kind, value, place);
    ReadCommentsOf(members, place, expr.comments);
  }

  void AddArg(const Members& members, std::string_view name, const Place& place, int depth, Expr& expr) {
    const dom::element* const arg = Need(members, name, place);
    if (arg == nullptr) return;
    const Place at = place.Member(name);
    if (ExprPtr read = ReadExpr(*arg, at, depth + 1)) expr.args.push_back(std::move(read));
  }

  void ReadOperation(dom::element element, const Place& place, int depth, Expr& expr) {
    std::string_view word;
    if (element.at_key("op").get(word)) return Report(place.Member("op"), "a text is needed here");
    const Place at_op = place.Member("op");
    expr.negated = word == "not in";
    expr.op = Op::kLiteral;
    for (int i = 0; i <= static_cast<int>(Op::kCount); ++i) {
      const Op op = static_cast<Op>(i);
      if (OperatorText(op) == (expr.negated ? "in" : word)) expr.op = op;
    }
    switch (expr.op) {
      case Op::kLiteral:
        return Report(at_op, absl::StrFormat("'%s' is no operation; operations: and, or, not, =, !=, "
                                             "<, <=, >, >=, +, -, *, /, in, not in, is, any, every, "
                                             "no, count",
                                             std::string(word)));
      case Op::kAnd:
      case Op::kOr:
        return ReadChain(element, place, depth, expr);
      case Op::kNot: {
        const Members members = MembersOf(element, place, {"op", "arg", "comments"});
        AddArg(members, "arg", place, depth, expr);
        return ReadCommentsOf(members, place, expr.comments);
      }
      case Op::kIn:
        return ReadIn(element, place, depth, expr);
      case Op::kIs:
        return ReadIs(element, place, depth, expr);
      case Op::kAny:
      case Op::kEvery:
      case Op::kNo:
      case Op::kCount:
        return ReadQuantifier(element, place, depth, expr);
      default: {
        const Members members = MembersOf(element, place, {"op", "left", "right", "comments"});
        AddArg(members, "left", place, depth, expr);
        AddArg(members, "right", place, depth, expr);
        return ReadCommentsOf(members, place, expr.comments);
      }
    }
  }

  void ReadChain(dom::element element, const Place& place, int depth, Expr& expr) {
    const Members members = MembersOf(element, place, {"op", "args", "comments"});
    const dom::element* const args = Need(members, "args", place);
    if (args == nullptr) return;
    const Place at_args = place.Member("args");
    std::size_t count = 0;
    ReadArray(*args, at_args, [&](dom::element item, const Place& at) {
      ++count;
      if (ExprPtr arg = ReadExpr(item, at, depth + 1)) expr.args.push_back(std::move(arg));
    });
    if (count < 2 && args->is_array()) Report(at_args, "and and or take two operands or more");
    ReadCommentsOf(members, place, expr.comments);
  }

  void ReadIn(dom::element element, const Place& place, int depth, Expr& expr) {
    const Members members = MembersOf(element, place, {"op", "left", "set", "comments"});
    AddArg(members, "left", place, depth, expr);
    if (const auto* set = Need(members, "set", place)) ReadSet(*set, place.Member("set"), expr.set);
    ReadCommentsOf(members, place, expr.comments);
  }

  void ReadSet(dom::element element, const Place& place, SetOperand& set) {
    const Members members = MembersOf(element, place, {"values", "from", "to", "list"});
    const bool is_range = Find(members, "from") != nullptr && Find(members, "to") != nullptr;
    if (members.size() != (is_range ? 2u : 1u) ||
        (!is_range && Find(members, "values") == nullptr && Find(members, "list") == nullptr)) {
      return Report(place, "a set is {\"values\":[..]}, {\"from\":..,\"to\":..} or {\"list\":\"name\"}");
    }
    if (is_range) {
      set.kind = SetOperand::Kind::kRange;
      set.values = {ReadLiteral(*Find(members, "from"), place.Member("from")),
                    ReadLiteral(*Find(members, "to"), place.Member("to"))};
    } else if (const auto* list = Find(members, "list")) {
      set.kind = SetOperand::Kind::kList;
      set.list = Checked(
          *list, place.Member("list"),
          [](std::string_view word) { return IsPlainWord("_" + std::string(word)) && !word.empty(); },
          "the name of a list, without @");
    } else {
      const Place at_values = place.Member("values");
      ReadArray(*Find(members, "values"), at_values, [&](dom::element item, const Place& at) {
        set.values.push_back(ReadLiteral(item, at));
      });
      if (set.values.empty()) Report(at_values, "a set needs a value");
    }
  }

  void ReadIs(dom::element element, const Place& place, int depth, Expr& expr) {
    static constexpr std::string_view kWhat[] = {"true", "false", "known", "unknown"};
    const Members members = MembersOf(element, place, {"op", "arg", "what", "negated", "comments"});
    AddArg(members, "arg", place, depth, expr);
    if (const auto* what = Need(members, "what", place))
      expr.what = static_cast<IsWhat>(OneOf(*what, place.Member("what"), kWhat));
    if (const auto* negated = Find(members, "negated"))
      expr.negated = Bool(*negated, place.Member("negated"));
    ReadCommentsOf(members, place, expr.comments);
  }

  void ReadQuantifier(dom::element element, const Place& place, int depth, Expr& expr) {
    const Members members = MembersOf(element, place, {"op", "var", "list", "where", "comments"});
    if (const auto* variable = Need(members, "var", place))
      expr.variable = Word(*variable, place.Member("var"));
    static constexpr std::string_view kLists[] = {"party.members", "flight.passengers"};
    if (const auto* list = Need(members, "list", place)) {
      expr.list = OneOf(*list, place.Member("list"), kLists) == 0 ? FactId::party_members
                                                                 : FactId::flight_passengers;
    }
    AddArg(members, "where", place, depth, expr);
    ReadCommentsOf(members, place, expr.comments);
  }

  Profile profile_;
  std::vector<std::string> comments_after_;
  std::vector<AstProblem> problems_;
};

}  // namespace

AstText TextOfAstJson(std::string_view json) { return AstReader().Read(json); }

}  // namespace landfall::rules
