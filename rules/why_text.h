#pragma once

// The `why` sentence of a rule: text with facts inserted in braces.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/fact_table.h"

namespace landfall::rules {

// A piece of the sentence: text as it is, or the fact whose value stands there.
struct WhyPart {
  std::string text;  // Of a fact, what stood between the braces.
  bool is_fact = false;
  // Of a fact: resolved, or nullopt if it is none; with the window as written.
  std::optional<FactId> fact;
  std::optional<Window> window;
  std::size_t offset = 0;  // Of the brace in the sentence.
};

// `{{` is a brace. Nullopt if a brace is never closed; its offset is then in `unclosed`.
std::optional<std::vector<WhyPart>> SplitWhy(std::string_view why, std::size_t* unclosed = nullptr);

}  // namespace landfall::rules
