#pragma once

// How a rule is explained: its terms, with their canonical text and the facts they ask for, worked
// out once.

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "model/screening.h"
#include "rules/ast.h"
#include "rules/rule_set.h"
#include "rules/usage.h"
#include "rules/why_text.h"

namespace landfall::rules {

struct FactUse {
  FactId fact = FactId::pax_age;
  std::optional<Window> window;
  std::string name;                  // "sponsor.distinct_children(90 days)"
  const Expr* quantifier = nullptr;  // Of a list of people: whose members are counted.
};

// One operand of the outermost `and` or `or`. Borrows from the rule.
struct TermPlan {
  std::string text;
  const Expr* expr = nullptr;
  std::vector<FactUse> facts;   // In the order of the text, each once. Of a group: none.
  std::vector<TermPlan> terms;  // Of a group in brackets.
};

struct ExplanationPlan {
  std::vector<TermPlan> when, unless;
  std::vector<WhyPart> why;
  std::vector<FactUse>
      facts;  // Of the whole rule, in schema order, each once: what the facts hash covers.
};

// `defines` is the usage of the profile's defines.
ExplanationPlan PlanExplanation(const Rule& rule, const Profile& profile,
                                const std::vector<Usage>& defines);

// The rows of the group that a list of people means to a row.
std::pair<std::uint32_t, std::uint32_t> GroupRows(const FactTable& table, FactId list,
                                                  std::uint32_t row);
// The members of the group for whom the quantifier's body is true. The body must be the same for
// all rows.
std::vector<std::uint32_t> MembersOf(const Expr& quantifier, const Profile& profile,
                                     const FactTable& table, std::uint32_t row);

// Everything in a hit that depends on the row, but for its id and who it names.
void ExplainRow(const Rule& rule, const ExplanationPlan& plan, const Profile& profile,
                const FactTable& table, std::uint32_t row, const HitContext& context, Hit& hit);

// SHA-256 in hex over what the hit rests on: for each row a line with the traveller's reference,
// then a line for each fact of the rule, in schema order: its name, `=` and its value as JSON.
std::string FactsHash(const ExplanationPlan& plan, const FactTable& table,
                      const std::vector<std::uint32_t>& rows, const HitContext& context);

}  // namespace landfall::rules
