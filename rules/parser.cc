#include "rules/parser.h"

#include <algorithm>
#include <iterator>
#include <optional>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_format.h"
#include "rules/condition_parser.h"
#include "rules/lexer.h"
#include "rules/list_values.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr std::string_view kEndName = "end of line";
constexpr std::string_view kProfileLines[] = {"purpose",       "legal",       "owner",
                                              "approver",      "effective",   "review_by",
                                              "consider_from", "meet_from",   "match_review",
                                              "match_strong",  "foster_age",  "foster_age_disabled",
                                              "foster_days",   "split_hours", "sample_share"};
constexpr std::string_view kRuleLines[] = {
    "level", "severity", "points",     "status", "family",  "effective", "when",      "unless",
    "why",   "route",    "snooze_key", "source", "justify", "fairness",  "review_by", "test"};
constexpr std::string_view kSnoozeKeys[] = {"sponsor", "address", "payer", "contact", "agency"};
constexpr std::string_view kClasses[] = {"age", "sex", "nationality", "nationality-proxy"};

template <typename Range>
std::vector<std::string> Strings(const Range& words) {
  return {std::begin(words), std::end(words)};
}

template <typename Range>
std::optional<std::size_t> IndexOf(const Range& words, std::string_view word) {
  const auto found = std::find(std::begin(words), std::end(words), word);
  if (found == std::end(words)) return std::nullopt;
  return static_cast<std::size_t>(found - std::begin(words));
}

// Every comment of a line that is no condition: the last at an end of line stays there.
Comments CommentsOf(const LogicalLine& line) {
  Comments comments{line.comments_before, {}};
  for (const InnerComment& comment : line.inner_comments) {
    if (comment.own_line) {
      comments.before.push_back(comment.text);
      continue;
    }
    if (!comments.end.empty()) comments.before.push_back(comments.end);
    comments.end = comment.text;
  }
  return comments;
}

std::int64_t* ParameterOf(ProfileParameters& parameters, std::string_view name) {
  if (name == "consider_from") return &parameters.consider_from;
  if (name == "meet_from") return &parameters.meet_from;
  if (name == "match_review") return &parameters.match_review;
  if (name == "match_strong") return &parameters.match_strong;
  if (name == "foster_age") return &parameters.foster_age;
  if (name == "foster_age_disabled") return &parameters.foster_age_disabled;
  if (name == "foster_days") return &parameters.foster_days;
  return name == "split_hours" ? &parameters.split_hours : nullptr;
}

// Reads the values of one line. After an error `ok` is false, and the rest of the line is left
// alone.
class LineReader {
 public:
  LineReader(std::string_view file, const LogicalLine& line, std::vector<Diagnostic>& diagnostics)
      : lexer(file, line.begin, line.end, line.position, diagnostics), diagnostics_(diagnostics) {}

  Lexer lexer;
  bool ok = true;

  void Fail(Position position, std::string message) {
    if (ok) diagnostics_.push_back({position, "", std::move(message)});
    ok = false;
  }
  void FailFound(std::string_view expected) {
    if (ok) ReportExpected(lexer, diagnostics_, kEndName, expected);
    ok = false;
  }

  std::string Id(std::string_view what) {
    if (!ok) return {};
    const Token token = lexer.NextRaw("\"");
    if (token.length == 0) {
      Fail(token.position, absl::StrFormat("expected %s", std::string(what)));
    } else if (!IsId(token.text)) {
      Fail(token.position, absl::StrFormat("'%s' is not %s - use letters, digits, '.', '_' and '-'",
                                           std::string(token.text), std::string(what)));
    }
    return std::string(token.text);
  }

  std::string Text() {
    if (!ok) return {};
    if (lexer.Peek().kind != TokenKind::kString) FailFound("a text in double quotes");
    return ok ? lexer.Next().value : "";
  }

  std::int64_t Int() {
    const Literal literal = Number();
    if (ok && literal.kind != Literal::Kind::kInt)
      Fail(literal.position, "a whole number is needed here");
    return ok ? literal.integer : 0;
  }

  Literal Number() {
    Literal literal;
    if (!ok) return literal;
    ok = ParseLiteral(lexer, diagnostics_, kEndName, literal);
    const bool number = literal.kind == Literal::Kind::kInt || literal.kind == Literal::Kind::kNum;
    if (ok && !number) Fail(literal.position, "a number is needed here");
    return literal;
  }

  Date Day() {
    if (ok && lexer.Peek().kind != TokenKind::kDate) FailFound("a date such as 2027-02-01");
    return ok ? lexer.Next().date : Date{};
  }

  std::pair<Date, Date> Period() {
    const Date from = Day();
    if (ok && lexer.Peek().kind != TokenKind::kRange) FailFound("'..'");
    if (!ok) return {};
    const Position range = lexer.Next().position;
    const Date until = Day();
    if (ok && until < from) Fail(range, "this period ends before it begins");
    return {from, until};
  }

  // The number of the word in a list of words.
  template <typename Range>
  std::size_t Word(std::string_view what, const Range& words) {
    if (!ok) return 0;
    const Token token = lexer.NextRaw(":\"=");
    const std::optional<std::size_t> index = IndexOf(words, token.text);
    if (!index) {
      std::string values;
      for (const std::string_view word : words)
        values += (values.empty() ? "" : ", ") + std::string(word);
      Fail(token.position,
           absl::StrFormat("'%s' is not a %s; values: %s%s", std::string(token.text),
                           std::string(what), values, DidYouMean(token.text, Strings(words))));
    }
    return index.value_or(0);
  }

  bool Expect(TokenKind kind, std::string_view what) {
    if (ok && lexer.Peek().kind != kind) FailFound(what);
    if (ok) lexer.Next();
    return ok;
  }

  bool End() {
    if (ok && lexer.Peek().kind != TokenKind::kEnd) FailFound("the end of the line");
    return ok;
  }

 private:
  std::vector<Diagnostic>& diagnostics_;
};

class FileParser {
 public:
  explicit FileParser(std::string_view text) : text_(text) {}

  ParsedFile Parse() && {
    const SplitFile split = SplitLines(text_, file_.diagnostics);
    for (const LogicalLine& line : split.lines) {
      if (line.is_block) {
        BeginBlock(line);
      } else {
        AddLine(line);
      }
      if (file_.profile.rules.size() > kMaxRules) break;
    }
    if (!file_.has_profile && text_.size() <= kMaxFileBytes) {
      Report({1, 1}, "missing 'profile' - a file begins with profile ID \"title\" version 1");
    }
    if (!split.comments_after.empty()) {
      file_.profile.line_comments.push_back({"end of file", {split.comments_after, {}}});
    }
    if (!file_.profile.extends.empty()) MarkChanges();
    return std::move(file_);
  }

 private:
  // What lines may follow. kNone: before any block; kBroken: the block's first line had an error.
  enum class Block { kNone, kBroken, kProfile, kList, kDefine, kRule };

  void Report(Position position, std::string message) {
    file_.diagnostics.push_back({position, "", std::move(message)});
  }

  // In an overlay, what has no condition of its own changes a rule of the base.
  void MarkChanges() {
    for (std::size_t i = 0; i < file_.rules.size(); ++i) {
      Rule& rule = file_.profile.rules[i];
      rule.is_change = file_.rules[i].lines.Find("when") == nullptr;
      rule.gives_points = !rule.is_change || file_.rules[i].lines.Find("points") != nullptr;
    }
  }

  void BeginBlock(const LogicalLine& line) {
    LineReader reader(text_, line, file_.diagnostics);
    const Token word = reader.lexer.NextRaw("\"@");
    file_.blocks.push_back({line.position.line, ""});
    block_ = Block::kBroken;
    if (word.text == "profile") {
      BeginProfile(line, reader);
    } else if (word.text == "list") {
      ParseList(line, reader);
    } else if (word.text == "define") {
      ParseDefine(line, reader);
    } else if (word.text == "rule") {
      BeginRule(line, reader);
    } else {
      static constexpr std::string_view kBlocks[] = {"profile", "list", "define", "rule"};
      Report(word.position,
             absl::StrFormat("a block begins with profile, list, define or rule, not '%s'%s",
                             std::string(word.text), DidYouMean(word.text, Strings(kBlocks))));
    }
  }

  void BeginProfile(const LogicalLine& line, LineReader& reader) {
    if (file_.has_profile)
      return Report(line.position, "a second 'profile' - a file is one profile");
    if (file_.blocks.size() > 1) Report(line.position, "'profile' must be the first block");
    file_.has_profile = true;
    Profile& profile = file_.profile;
    profile.id = reader.Id("an id of the profile");
    profile.title = reader.Text();
    if (reader.ok && !reader.lexer.Peek().Is("version")) reader.FailFound("'version'");
    if (reader.ok) reader.lexer.Next();
    profile.version = reader.Int();
    if (reader.ok && reader.lexer.Peek().Is("extends")) {
      reader.lexer.Next();
      profile.extends = reader.Id("an id of the profile that is extended");
    }
    profile.comments = CommentsOf(line);
    if (reader.End()) block_ = Block::kProfile;
  }

  void ParseList(const LogicalLine& line, LineReader& reader) {
    block_ = Block::kList;
    const Token name = reader.lexer.Peek();
    if (name.kind != TokenKind::kList) return reader.FailFound("@ and the name of the list");
    reader.lexer.Next();
    ListDefinition list;
    list.name = std::string(name.text.substr(1));
    list.position = line.position;
    list.comments = CommentsOf(line);
    list.type = ValueType::kAny;  // Until it is read.
    ReadList(reader, list);
    if (!reader.ok) list.type = ValueType::kAny;
    const auto [first, is_new] = list_lines_.try_emplace(list.name, line.position.line);
    if (is_new) {
      file_.profile.lists.push_back(std::move(list));
    } else {
      Report(name.position, absl::StrFormat("duplicate list @%s - first used in line %d", list.name,
                                            first->second));
    }
  }

  void ReadList(LineReader& reader, ListDefinition& list) {
    static constexpr std::string_view kTypes[] = {"text",    "int",     "num",  "country",
                                                  "airport", "carrier", "route"};
    static constexpr ValueType kTypeOf[] = {
        ValueType::kText,    ValueType::kInt,     ValueType::kNum,  ValueType::kCountry,
        ValueType::kAirport, ValueType::kCarrier, ValueType::kRoute};
    if (!reader.Expect(TokenKind::kColon, "':'")) return;
    const std::size_t type = reader.Word("type of a list", kTypes);
    if (!reader.ok) return;
    list.type = kTypeOf[type];
    if (reader.lexer.Peek().Is("from")) {
      reader.lexer.Next();
      ReadPath(reader, list);
    } else if (reader.Expect(TokenKind::kEqual, "'from' or '='")) {
      ReadInlineValues(reader, list);
    }
    if (reader.ok && reader.lexer.Peek().Is("expires")) {
      reader.lexer.Next();
      list.expires = reader.Day();
    }
    if (reader.ok && reader.lexer.Peek().Is("reason")) {
      reader.lexer.Next();
      list.reason = reader.Text();
    }
    reader.End();
  }

  static void ReadPath(LineReader& reader, ListDefinition& list) {
    const Token path = reader.lexer.NextRaw("\"");
    list.path = std::string(path.text);
    if (path.length == 0) return reader.Fail(path.position, "expected the path of a file");
    const bool leaves = list.path.starts_with('/') || list.path.find('\\') != std::string::npos ||
                        ("/" + list.path + "/").find("/../") != std::string::npos;
    if (leaves)
      reader.Fail(path.position, "a list file may not lie outside the folder of the rule file");
  }

  void ReadInlineValues(LineReader& reader, ListDefinition& list) {
    if (!reader.Expect(TokenKind::kOpenSquare, "'['")) return;
    while (reader.ok && reader.lexer.Peek().kind != TokenKind::kCloseSquare) {
      if (!list.values.empty() && !reader.Expect(TokenKind::kComma, "',' or ']'")) return;
      Literal literal;
      reader.ok = ParseLiteral(reader.lexer, file_.diagnostics, kEndName, literal);
      if (reader.ok) AddInlineValue(reader, literal, list);
      if (list.values.size() > kMaxListValues) {
        return reader.Fail(literal.position,
                           absl::StrFormat("list @%s has more than 1,000,000 values", list.name));
      }
    }
    reader.Expect(TokenKind::kCloseSquare, "']'");
  }

  static void AddInlineValue(LineReader& reader, const Literal& literal, ListDefinition& list) {
    const bool number = literal.kind == Literal::Kind::kInt || literal.kind == Literal::Kind::kNum;
    if (number != IsNumber(list.type) || (!number && literal.kind != Literal::Kind::kText)) {
      return reader.Fail(
          literal.position,
          absl::StrFormat("list @%s holds %s values: %s", list.name,
                          std::string(TypeWord(list.type)),
                          IsNumber(list.type) ? "write a number" : "write text in double quotes"));
    }
    std::optional<std::string> value = CanonicalValue(list.type, literal.text);
    if (!value) return reader.Fail(literal.position, BadForm(list.type, literal.text));
    list.values.push_back(*std::move(value));
  }

  void ParseDefine(const LogicalLine& line, LineReader& reader) {
    block_ = Block::kDefine;
    const Token name = reader.lexer.Peek();
    if (name.kind != TokenKind::kWord || !IsPlainWord(name.text)) return reader.FailFound("a name");
    if (IsKeyword(name.text)) {
      return reader.Fail(name.position,
                         absl::StrFormat("'%s' is a word of the language - choose another name",
                                         std::string(name.text)));
    }
    reader.lexer.Next();
    Define define;
    define.name = std::string(name.text);
    define.position = line.position;
    if (!reader.Expect(TokenKind::kEqual, "'='")) return;
    // A comment behind all of it belongs to the define; others to the terms that they stand at.
    const std::vector<InnerComment>& inner = line.inner_comments;
    const bool simple =
        inner.empty() || (inner.size() == 1 && !inner[0].own_line && inner[0].offset >= line.end);
    define.comments = simple ? CommentsOf(line) : Comments{line.comments_before, {}};
    define.expr = ConditionParser(reader.lexer, file_.diagnostics)
                      .Parse(simple ? std::vector<InnerComment>() : inner);
    const auto [first, is_new] = define_lines_.try_emplace(define.name, line.position.line);
    if (!is_new) {
      return Report(name.position, absl::StrFormat("duplicate define %s - first used in line %d",
                                                   define.name, first->second));
    }
    file_.profile.defines.push_back(std::move(define));
  }

  void BeginRule(const LogicalLine& line, LineReader& reader) {
    Rule rule;
    RulePlaces places;
    const Token id = reader.lexer.NextRaw("\"");
    places.id = id.position;
    rule.id = std::string(id.text);
    if (!IsId(id.text)) {
      return Report(
          id.position,
          absl::StrFormat("'%s' is not an id of a rule - use letters, digits, '.', '_' and '-'",
                          rule.id));
    }
    file_.blocks.back().second = rule.id;
    rule.title = reader.Text();
    rule.position = line.position;
    rule.comments = CommentsOf(line);
    if (!reader.End()) return;
    const auto [first, is_new] = rule_lines_.try_emplace(rule.id, line.position.line);
    if (!is_new) {
      Report(id.position, absl::StrFormat("duplicate rule id %s - first used in line %d", rule.id,
                                          first->second));
    }
    if (file_.profile.rules.size() == kMaxRules)
      Report(line.position, "more than 5,000 rules in one file");
    file_.profile.rules.push_back(std::move(rule));
    file_.rules.push_back(std::move(places));
    block_ = Block::kRule;
  }

  void AddLine(const LogicalLine& line) {
    switch (block_) {
      case Block::kBroken:
        return;
      case Block::kProfile:
        return AddProfileLine(line);
      case Block::kRule:
        return AddRuleLine(line);
      case Block::kNone:
        return Report(line.position, "this line stands in no block - a file begins with profile");
      case Block::kList:
      case Block::kDefine:
        return Report(line.position,
                      "a list or define has no further lines - indent by four to continue it");
    }
  }

  // Notes that the block has a line of this name; reports a second one.
  bool NoteLine(LinePlaces& places, const std::string& name, Position position) {
    if (const Position* first = places.Find(name)) {
      Report(position,
             absl::StrFormat("a second '%s' - the first is in line %d", name, first->line));
      return false;
    }
    places.lines.push_back({name, position});
    return true;
  }

  template <typename Range>
  bool CheckLineName(const Token& word, const Range& names) {
    if (IndexOf(names, word.text)) return true;
    Report(word.position, absl::StrFormat("unknown line '%s'%s", std::string(word.text),
                                          DidYouMean(word.text, Strings(names))));
    return false;
  }

  static void KeepComments(const std::string& name, const LogicalLine& line,
                           std::vector<std::pair<std::string, Comments>>& all) {
    Comments comments = CommentsOf(line);
    if (!(comments == Comments{})) all.push_back({name, std::move(comments)});
  }

  void AddProfileLine(const LogicalLine& line) {
    LineReader reader(text_, line, file_.diagnostics);
    const Token word = reader.lexer.NextRaw("\"");
    if (!CheckLineName(word, kProfileLines)) return;
    const std::string name(word.text);
    if (!NoteLine(file_.profile_lines, name, word.position)) return;
    KeepComments(name, line, file_.profile.line_comments);
    ReadProfileLine(name, reader);
    reader.End();
  }

  void ReadProfileLine(const std::string& name, LineReader& reader) {
    Profile& profile = file_.profile;
    if (name == "purpose") {
      profile.purpose = reader.Text();
    } else if (name == "legal") {
      profile.legal = reader.Text();
    } else if (name == "owner") {
      profile.owner = reader.Id("an id");
    } else if (name == "approver") {
      profile.approver = reader.Id("an id");
    } else if (name == "effective") {
      profile.effective = reader.Period();
    } else if (name == "review_by") {
      profile.review_by = reader.Day();
    } else if (name == "sample_share") {
      const Literal share = reader.Number();
      profile.parameters.sample_share =
          share.kind == Literal::Kind::kInt ? static_cast<double>(share.integer) : share.number;
      profile.sample_share = share.text;
    } else {
      *ParameterOf(profile.parameters, name) = reader.Int();
    }
  }

  void AddRuleLine(const LogicalLine& line) {
    LineReader reader(text_, line, file_.diagnostics);
    const Token word = reader.lexer.NextRaw("\":{");
    if (!CheckLineName(word, kRuleLines)) return;
    const std::string name(word.text);
    if (name == "test") return AddTest(line, reader);
    if (name == "justify") return AddJustify(line, word.position, reader);
    if (!NoteLine(file_.rules.back().lines, name, word.position)) return;
    if (name == "when" || name == "unless") return AddCondition(name, line, reader);
    KeepComments(name, line, file_.profile.rules.back().line_comments);
    ReadRuleLine(name, reader);
    reader.End();
  }

  void ReadRuleLine(const std::string& name, LineReader& reader) {
    Rule& rule = file_.profile.rules.back();
    if (name == "level") {
      rule.level = static_cast<RuleLevel>(reader.Word("level", EnumText<RuleLevel>::kWords));
    } else if (name == "severity") {
      rule.severity = static_cast<Severity>(reader.Word("severity", EnumText<Severity>::kWords));
    } else if (name == "points") {
      ReadPoints(reader, rule);
    } else if (name == "status") {
      rule.status = static_cast<RuleStatus>(reader.Word("status", kStatusWords));
    } else if (name == "family") {
      rule.family = reader.Id("an id of a family");
    } else if (name == "effective") {
      rule.effective = reader.Period();
    } else if (name == "review_by") {
      rule.review_by = reader.Day();
    } else if (name == "route") {
      rule.route = reader.Id("an id of a team");
    } else if (name == "snooze_key") {
      rule.snooze_key = kSnoozeKeys[reader.Word("key of a snooze", kSnoozeKeys)];
    } else if (name == "source") {
      rule.source = reader.Text();
    } else if (name == "fairness") {
      rule.fairness = reader.Text();
    } else {
      ReadWhy(reader, rule);
    }
  }

  static void ReadPoints(LineReader& reader, Rule& rule) {
    const Position position = reader.lexer.Peek().position;
    const std::int64_t points = reader.Int();
    if (reader.ok && (points < -20 || points > 20))
      reader.Fail(position, "points must be between -20 and 20");
    if (reader.ok) rule.points = static_cast<std::int32_t>(points);
  }

  void ReadWhy(LineReader& reader, Rule& rule) {
    file_.rules.back().why_position = reader.lexer.Peek().position;
    file_.rules.back().why = std::string(reader.lexer.Peek().text);
    rule.why = reader.Text();
  }

  void AddCondition(const std::string& name, const LogicalLine& line, LineReader& reader) {
    Rule& rule = file_.profile.rules.back();
    const std::size_t first = reader.lexer.Peek().offset;
    Comments comments{line.comments_before, {}};
    std::vector<InnerComment> inner;
    for (const InnerComment& comment : line.inner_comments) {
      if (comment.offset < first && !comment.own_line && comments.end.empty()) {
        comments.end = comment.text;  // Behind the word `when` itself.
      } else {
        inner.push_back(comment);
      }
    }
    if (!(comments == Comments{})) rule.line_comments.push_back({name, std::move(comments)});
    ExprPtr& condition = name == "when" ? rule.when : rule.unless;
    condition = ConditionParser(reader.lexer, file_.diagnostics).Parse(inner);
  }

  void AddJustify(const LogicalLine& line, Position position, LineReader& reader) {
    Rule& rule = file_.profile.rules.back();
    const std::string word(kClasses[reader.Word("protected class", kClasses)]);
    if (!reader.ok || !NoteLine(file_.rules.back().lines, "justify " + word, position)) return;
    reader.Expect(TokenKind::kColon, "':'");
    std::string text = reader.Text();
    if (!reader.End()) return;
    KeepComments("justify " + word, line, rule.line_comments);
    rule.justify.push_back({word, std::move(text)});
  }

  void AddTest(const LogicalLine& line, LineReader& reader) {
    EmbeddedTest test;
    test.position = line.position;
    test.comments = CommentsOf(line);
    test.name = reader.Text();
    test.expect = ReadExpectation(reader);
    ReadGivens(reader, test.given, /*of_member=*/false);
    file_.rules.back().tests.push_back(test.position);
    if (reader.End()) file_.profile.rules.back().tests.push_back(std::move(test));
  }

  static EmbeddedTest::Expect ReadExpectation(LineReader& reader) {
    if (!reader.ok) return {};
    const bool no = reader.lexer.Peek().Is("no");
    if (no) reader.lexer.Next();
    const bool unknown = !no && reader.lexer.Peek().Is("unknown");
    if (!unknown && !reader.lexer.Peek().Is("match")) {
      reader.FailFound(no ? "'match'" : "'match', 'no match' or 'unknown'");
      return {};
    }
    reader.lexer.Next();
    return unknown ? EmbeddedTest::Expect::kUnknown
           : no    ? EmbeddedTest::Expect::kNoMatch
                   : EmbeddedTest::Expect::kMatch;
  }

  void ReadGivens(LineReader& reader, std::vector<GivenValue>& givens, bool of_member) {
    if (!reader.Expect(TokenKind::kOpenBrace, "'{'")) return;
    while (reader.ok && reader.lexer.Peek().kind != TokenKind::kCloseBrace) {
      if (!givens.empty() && !reader.Expect(TokenKind::kComma, "',' or '}'")) return;
      ReadGiven(reader, givens.emplace_back(), of_member);
    }
    reader.Expect(TokenKind::kCloseBrace, "'}'");
  }

  void ReadGiven(LineReader& reader, GivenValue& given, bool of_member) {
    const Token name = reader.lexer.Peek();
    if (name.kind != TokenKind::kWord) return reader.FailFound("the name of a fact");
    reader.lexer.Next();
    given.name = std::string(name.text);
    given.position = name.position;
    reader.ok = ParseOptionalWindow(reader.lexer, file_.diagnostics, kEndName, given.window,
                                    given.window_text);
    if (!reader.Expect(TokenKind::kColon, "':'")) return;
    if (reader.lexer.Peek().kind == TokenKind::kOpenSquare && !of_member)
      return ReadMembers(reader, given);
    reader.ok = ParseLiteral(reader.lexer, file_.diagnostics, kEndName, given.literal);
    given.unknown = given.literal.kind == Literal::Kind::kEnum && given.literal.text == "unknown";
  }

  void ReadMembers(LineReader& reader, GivenValue& given) {
    given.is_members = true;
    reader.lexer.Next();
    while (reader.ok && reader.lexer.Peek().kind != TokenKind::kCloseSquare) {
      if (!given.members.empty() && !reader.Expect(TokenKind::kComma, "',' or ']'")) return;
      ReadGivens(reader, given.members.emplace_back(), /*of_member=*/true);
    }
    reader.Expect(TokenKind::kCloseSquare, "']'");
  }

  std::string_view text_;
  ParsedFile file_;
  Block block_ = Block::kNone;
  absl::flat_hash_map<std::string, int> list_lines_, define_lines_,
      rule_lines_;  // First use of each name.
};

}  // namespace

const Position* LinePlaces::Find(std::string_view name) const {
  for (const auto& [line, position] : lines) {
    if (line == name) return &position;
  }
  return nullptr;
}

ParsedFile ParseFile(std::string_view text) { return FileParser(text).Parse(); }

ExprPtr ParseExpression(std::string_view text, std::vector<Diagnostic>& diagnostics) {
  const std::size_t end = CheckCharacters(text, diagnostics) ? text.size() : 0;
  Lexer lexer(text, 0, end, {1, 1}, diagnostics);
  return ConditionParser(lexer, diagnostics).Parse({});
}

void Attribute(const ParsedFile& file, std::vector<Diagnostic>& diagnostics) {
  for (Diagnostic& diagnostic : diagnostics) {
    const auto after =
        std::upper_bound(file.blocks.begin(), file.blocks.end(), diagnostic.position.line,
                         [](int line, const auto& block) { return line < block.first; });
    if (after != file.blocks.begin()) diagnostic.rule = std::prev(after)->second;
  }
  std::stable_sort(
      diagnostics.begin(), diagnostics.end(),
      [](const Diagnostic& a, const Diagnostic& b) { return a.position < b.position; });
}

}  // namespace landfall::rules
