#pragma once

// Rule text to a profile as written: every block and line, all errors of grammar. Names and types
// are the checker's.

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "rules/ast.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

inline constexpr std::size_t kMaxRules = 5000;

// Where the lines of a block stand: of their first word.
struct LinePlaces {
  std::vector<std::pair<std::string, Position>> lines;

  const Position* Find(std::string_view name) const;
};

// What the checker must know of a rule besides its meaning.
struct RulePlaces {
  Position id;
  LinePlaces lines;  // "when", "points", "justify age"; also those that had an error.
  std::vector<Position> tests;
  std::string why;   // As written, with quotes and escapes.
  Position why_position;
};

struct ParsedFile {
  Profile profile;
  bool has_profile = false;
  LinePlaces profile_lines;
  std::vector<RulePlaces> rules;  // As Profile::rules.
  // The first line of each block and the rule it is; empty for other blocks.
  std::vector<std::pair<int, std::string>> blocks;
  std::vector<Diagnostic> diagnostics;  // Not sorted, and without rules: see Attribute.
};

ParsedFile ParseFile(std::string_view text);
// One condition or value. Never null.
ExprPtr ParseExpression(std::string_view text, std::vector<Diagnostic>& diagnostics);

// Names the rule of each diagnostic and sorts them by position.
void Attribute(const ParsedFile& file, std::vector<Diagnostic>& diagnostics);

}  // namespace landfall::rules
