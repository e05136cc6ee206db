#pragma once

// What conditions ask for: facts, windows, protected classes, cost.

#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "rules/ast.h"

namespace landfall::rules {

struct Usage {
  std::set<FactId> facts;  // Of the row and of quantifiers' variables, lists of people too.
  std::set<std::pair<FactId, Window>> windows;
  // Facts of the row alone, as a sentence may insert them.
  std::set<std::pair<FactId, Window>> row_facts;  // A window of 0 minutes for those without.
  // Fact references outside quantifiers, and inside them each times the bound of its list.
  std::int64_t row_references = 0;
  std::int64_t quantified_references = 0;
  bool has_quantifier = false;
  bool has_window = false;
  bool incomplete = false;  // Holds something that was reported and is not understood.
  // Of the tree with every define written out.
  std::int64_t nodes = 0;
  int depth = 0;

  std::int64_t Cost() const {
    return row_references + quantified_references + 20 * static_cast<std::int64_t>(windows.size());
  }
  void Add(const Usage& other);
};

// Of a checked expression; `defines` holds the usage of each define above it.
Usage UsageOf(const Expr& expr, const std::vector<Usage>& defines);
// Of every define of a checked profile, each with those that it uses.
std::vector<Usage> UsageOfDefines(const Profile& profile);
// Of `when` and `unless` together.
Usage UsageOf(const Rule& rule, const std::vector<Usage>& defines);

}  // namespace landfall::rules
