#include "rules/diff.h"

#include <algorithm>
#include <functional>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/json_writer.h"
#include "rules/format.h"
#include "rules/profile.h"
#include "rules/words.h"

namespace landfall::rules {
namespace {

constexpr std::size_t kMostValues = 20;  // Of a list that are shown.

using Lines = std::vector<std::pair<std::string, std::string>>;  // Name and value.

std::string Quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }
std::string OrNone(const std::string& text) { return text.empty() ? "none" : text; }

std::string PeriodText(const std::optional<std::pair<Date, Date>>& period) {
  return period ? ToString(period->first) + " .. " + ToString(period->second) : "";
}
std::string DayText(const std::optional<Date>& day) { return day ? ToString(*day) : ""; }

// What a block says, defaults written out.
Lines LinesOf(const Profile& profile) {
  const ProfileParameters& p = profile.parameters;
  std::string share;
  AppendJsonNumber(p.sample_share, share);
  return {{"id", profile.id},
          {"title", profile.title},
          {"version", std::to_string(profile.version)},
          {"extends", profile.extends},
          {"purpose", profile.purpose},
          {"legal", profile.legal},
          {"owner", profile.owner},
          {"approver", profile.approver},
          {"effective", PeriodText(profile.effective)},
          {"review_by", DayText(profile.review_by)},
          {"consider_from", std::to_string(p.consider_from)},
          {"meet_from", std::to_string(p.meet_from)},
          {"match_review", std::to_string(p.match_review)},
          {"match_strong", std::to_string(p.match_strong)},
          {"foster_age", std::to_string(p.foster_age)},
          {"foster_age_disabled", std::to_string(p.foster_age_disabled)},
          {"foster_days", std::to_string(p.foster_days)},
          {"split_hours", std::to_string(p.split_hours)},
          {"sample_share", share}};
}

Lines LinesOf(const Rule& rule) {
  Lines lines = {{"title", rule.title},
                 {"level", std::string(ToText(rule.level))},
                 {"severity", std::string(ToText(rule.severity))},
                 {"points", std::to_string(rule.points)},
                 {"status", std::string(kStatusWords[static_cast<std::size_t>(rule.status)])},
                 {"family", std::string(rule.Family())},
                 {"effective", PeriodText(rule.effective)},
                 {"why", rule.why},
                 {"route", rule.route},
                 {"snooze_key", rule.snooze_key},
                 {"source", rule.source},
                 {"fairness", rule.fairness},
                 {"review_by", DayText(rule.review_by)}};
  for (const std::string_view name : {"age", "sex", "nationality", "nationality-proxy"}) {
    const auto found = std::find_if(rule.justify.begin(), rule.justify.end(),
                                    [name](const auto& line) { return line.first == name; });
    lines.push_back({"justify " + std::string(name), found == rule.justify.end() ? "" : found->second});
  }
  return lines;
}

Lines LinesOf(const ListDefinition& list) {
  return {{"type", std::string(TypeWord(list.type))},
          {"from", list.path},
          {"expires", DayText(list.expires)},
          {"reason", list.reason}};
}

// "points: 10 -> 11"
void AddLines(const Lines& before, const Lines& after, std::string_view indent, std::string& out) {
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before[i].second == after[i].second) continue;
    out += std::string(indent) + before[i].first + ": " + OrNone(before[i].second) + " -> " +
           OrNone(after[i].second) + "\n";
  }
}

std::vector<const Expr*> OperandsOf(const Expr& condition) {
  std::vector<const Expr*> operands;
  if (condition.op != Op::kAnd && condition.op != Op::kOr) return {&condition};
  for (const ExprPtr& arg : condition.args) operands.push_back(arg.get());
  return operands;
}

// What stands on the left of a comparison, and the rest of it as text.
struct Split {
  std::string left, rest;
};
std::optional<Split> SplitTerm(const Expr& term) {
  const bool compares = (term.op >= Op::kEqual && term.op <= Op::kGreaterEqual) || term.op == Op::kIn ||
                        term.op == Op::kIs;
  if (!compares) return std::nullopt;
  std::string left = CanonicalText(*term.args[0], nullptr);
  const std::string whole = CanonicalText(term, nullptr);
  if (!whole.starts_with(left + " ")) return std::nullopt;  // A left side in brackets.
  return Split{left, whole.substr(left.size() + 1)};
}

// Terms that one side alone has. Equal texts pair off, each once.
std::vector<const Expr*> Without(const std::vector<const Expr*>& terms, const std::vector<const Expr*>& others) {
  std::map<std::string, int> there;
  for (const Expr* other : others) ++there[OperandText(*other)];
  std::vector<const Expr*> left;
  for (const Expr* term : terms) {
    if (there[OperandText(*term)]-- <= 0) left.push_back(term);
  }
  return left;
}

void AddTerms(const Expr& before, const Expr& after, std::string_view indent, std::string& out) {
  const std::string in(indent);
  const bool chains = before.args.size() > 1 && after.args.size() > 1;
  const bool joint_changed = chains && before.op != after.op && (before.op == Op::kAnd || before.op == Op::kOr) &&
                             (after.op == Op::kAnd || after.op == Op::kOr);
  if (joint_changed) {
    out += in + "joined by '" + std::string(OperatorText(after.op)) + "' instead of '" +
           std::string(OperatorText(before.op)) + "'\n";
  }
  std::vector<const Expr*> gone = Without(OperandsOf(before), OperandsOf(after));
  std::vector<const Expr*> come = Without(OperandsOf(after), OperandsOf(before));
  // A term about the same as another: what it is compared with has changed.
  for (const Expr*& old : gone) {
    const std::optional<Split> was = SplitTerm(*old);
    for (const Expr*& now : come) {
      const std::optional<Split> is = now == nullptr ? std::nullopt : SplitTerm(*now);
      if (!was || !is || was->left != is->left) continue;
      out += in + was->left + ": " + was->rest + " -> " + is->rest + "\n";
      old = now = nullptr;
      break;
    }
  }
  for (const Expr* term : gone) {
    if (term != nullptr) out += in + "- " + OperandText(*term) + "\n";
  }
  for (const Expr* term : come) {
    if (term != nullptr) out += in + "+ " + OperandText(*term) + "\n";
  }
}

// Terms in another order mean the same.
bool SameTerms(const Expr& before, const Expr& after) {
  const auto is_chain = [](const Expr& expr) { return expr.op == Op::kAnd || expr.op == Op::kOr; };
  if (is_chain(before) != is_chain(after) || (is_chain(before) && before.op != after.op)) return false;
  return Without(OperandsOf(before), OperandsOf(after)).empty() &&
         Without(OperandsOf(after), OperandsOf(before)).empty();
}

void AddCondition(std::string_view name, const ExprPtr& before, const ExprPtr& after, std::string& out) {
  if (before == nullptr && after == nullptr) return;
  if (before == nullptr || after == nullptr) {
    const Expr& there = before == nullptr ? *after : *before;
    out += absl::StrFormat("  %s %s:\n", std::string(name), before == nullptr ? "added" : "removed");
    for (const Expr* term : OperandsOf(there)) {
      out += std::string(before == nullptr ? "    + " : "    - ") + OperandText(*term) + "\n";
    }
    if (there.op == Op::kOr) out += "    joined by 'or'\n";
    return;
  }
  if (SameTerms(*before, *after)) return;
  out += "  " + std::string(name) + ":\n";
  AddTerms(*before, *after, "    ", out);
}

void AddTests(const Rule& before, const Rule& after, std::string& out) {
  const auto by_name = [](const Rule& rule) {
    std::multimap<std::string, std::string> tests;
    for (const EmbeddedTest& test : rule.tests) tests.emplace(test.name, TestText(test));
    return tests;
  };
  const auto old_tests = by_name(before), new_tests = by_name(after);
  for (const auto& [name, text] : old_tests) {
    if (!new_tests.contains(name)) out += "  test " + Quoted(name) + " removed: " + text + "\n";
  }
  for (const auto& [name, text] : new_tests) {
    const auto old = old_tests.find(name);
    if (old == old_tests.end()) {
      out += "  test " + Quoted(name) + " added: " + text + "\n";
    } else if (old->second != text && old_tests.count(name) == 1 && new_tests.count(name) == 1) {
      out += "  test " + Quoted(name) + ": " + old->second + " -> " + text + "\n";
    }
  }
}

std::string RuleChange(const Rule& before, const Rule& after) {
  std::string out;
  AddLines(LinesOf(before), LinesOf(after), "  ", out);
  AddCondition("when", before.when, after.when, out);
  AddCondition("unless", before.unless, after.unless, out);
  AddTests(before, after, out);
  return out;
}

// A whole block, each line behind a sign.
std::string Block(std::string_view text, std::string_view sign) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += "  " + std::string(sign) + " " + std::string(text.substr(0, end)) + "\n";
    text.remove_prefix(std::min(end, text.size() - 1) + 1);
  }
  return out;
}

void AddValues(std::vector<std::string> values, const std::vector<std::string>& others, std::string_view word,
               std::string& out) {
  std::vector<std::string> sorted = others, only;
  std::sort(values.begin(), values.end());
  std::sort(sorted.begin(), sorted.end());
  std::set_difference(values.begin(), values.end(), sorted.begin(), sorted.end(), std::back_inserter(only));
  if (only.empty()) return;
  out += absl::StrFormat("  %s %d: ", std::string(word), only.size());
  for (std::size_t i = 0; i < std::min(only.size(), kMostValues); ++i) out += (i > 0 ? ", " : "") + only[i];
  if (only.size() > kMostValues) out += absl::StrFormat(" and %d more", only.size() - kMostValues);
  out += "\n";
}

std::string ListChange(const ListDefinition& before, const ListDefinition& after) {
  std::string out;
  AddLines(LinesOf(before), LinesOf(after), "  ", out);
  AddValues(after.values, before.values, "values added", out);
  AddValues(before.values, after.values, "values removed", out);
  return out;
}

std::string DefineChange(const Define& before, const Define& after) {
  std::string out;
  if (!SameTerms(*before.expr, *after.expr)) AddTerms(*before.expr, *after.expr, "  ", out);
  return out;
}

bool Uses(const Expr& expr, const std::function<bool(const Expr&)>& is_use) {
  return is_use(expr) || std::any_of(expr.args.begin(), expr.args.end(),
                                     [&](const ExprPtr& arg) { return Uses(*arg, is_use); });
}

// "  used by CP-001, CP-005": the rules that a change of a list or define touches, through defines too.
std::string UsedBy(const Profile& profile, const std::function<bool(const Expr&)>& is_use) {
  std::vector<std::string_view> defines;
  const auto direct = [&](const Expr& expr) {
    return is_use(expr) || (expr.op == Op::kDefine &&
                            std::find(defines.begin(), defines.end(), expr.name) != defines.end());
  };
  for (const Define& define : profile.defines) {
    if (Uses(*define.expr, direct)) defines.push_back(define.name);
  }
  std::string ids;
  for (const Rule& rule : profile.rules) {
    const bool uses = Uses(*rule.when, direct) || (rule.unless != nullptr && Uses(*rule.unless, direct));
    if (uses) ids += (ids.empty() ? "" : ", ") + rule.id;
  }
  return ids.empty() ? "  used by no rule\n" : "  used by " + ids + "\n";
}

template <typename T>
const T* FindNamed(const std::vector<T>& all, const std::string& key, std::string T::*name) {
  for (const T& item : all) {
    if (item.*name == key) return &item;
  }
  return nullptr;
}

// Removed, changed, added: calls for each block of one kind, in the order of the files.
template <typename T, typename Change, typename Whole>
void CompareBlocks(std::string_view word, const std::vector<T>& before, const std::vector<T>& after,
                   std::string T::*name, const Change& change, const Whole& whole, std::string& out) {
  for (const T& old : before) {
    if (FindNamed(after, old.*name, name) == nullptr)
      out += "\n" + std::string(word) + old.*name + " removed\n" + Block(whole(old), "-");
  }
  for (const T& now : after) {
    const T* const old = FindNamed(before, now.*name, name);
    if (old == nullptr) {
      out += "\n" + std::string(word) + now.*name + " added\n" + Block(whole(now), "+");
    } else if (const std::string text = change(*old, now); !text.empty()) {
      out += "\n" + std::string(word) + now.*name + " changed\n" + text;
    }
  }
}

struct Counts {
  std::size_t added = 0, removed = 0, changed = 0;
};

Counts CountRules(const Profile& before, const Profile& after) {
  Counts counts;
  for (const Rule& old : before.rules) {
    const Rule* const now = FindNamed(after.rules, old.id, &Rule::id);
    if (now == nullptr) {
      ++counts.removed;
    } else if (!RuleChange(old, *now).empty()) {
      ++counts.changed;
    }
  }
  counts.added = after.rules.size() + counts.removed - before.rules.size();
  return counts;
}

}  // namespace

std::string DiffText(const Profile& before, const Profile& after) {
  std::string out;
  AddLines(LinesOf(before), LinesOf(after), "  ", out);
  if (!out.empty()) out = "\nprofile changed\n" + out;
  CompareBlocks(
      "list @", before.lists, after.lists, &ListDefinition::name,
      [&](const ListDefinition& a, const ListDefinition& b) {
        const std::string text = ListChange(a, b);
        return text.empty() ? text : text + UsedBy(after, [&](const Expr& expr) {
          return expr.op == Op::kIn && expr.set.kind == SetOperand::Kind::kList && expr.set.list == b.name;
        });
      },
      ListText, out);
  CompareBlocks(
      "define ", before.defines, after.defines, &Define::name,
      [&](const Define& a, const Define& b) {
        const std::string text = DefineChange(a, b);
        return text.empty() ? text : text + UsedBy(after, [&](const Expr& expr) {
          return expr.op == Op::kDefine && expr.name == b.name;
        });
      },
      DefineText, out);
  CompareBlocks("rule ", before.rules, after.rules, &Rule::id, RuleChange, RuleText, out);
  if (out.empty()) return out;
  const Counts counts = CountRules(before, after);
  return absl::StrFormat("rules: %d added, %d removed, %d changed\n", counts.added, counts.removed,
                         counts.changed) +
         out;
}

}  // namespace landfall::rules
