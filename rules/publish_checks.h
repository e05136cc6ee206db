#pragma once

// What is checked before a profile may be published, beyond what lint reports of any profile (docs/RULES.md, "Checks at
// publish"). What rests on history (forecast, backtest, equality) is one warning until there is history.

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "model/date.h"
#include "rules/ast.h"
#include "rules/diagnostic.h"

namespace landfall::rules {

struct PublishOptions {
  Date today;
  std::string editor;  // Who edited it last, if that is known; else its owner is taken for them.
  // The teams that a `route` may name.
  std::set<std::string, std::less<>> teams = {"paladin_lhr", "children_services", "duty_inspector"};
};

// Of a profile that loaded from `text`: sorted by place, each with its rule. A profile without errors here may be
// published; a warning asks for a look. Nothing is said that was not decided.
std::vector<Diagnostic> CheckForPublish(const Profile& profile, std::string_view text, const PublishOptions& options);

// Of these alone, as warnings: what lint says of routes without --publish.
std::vector<Diagnostic> CheckRoutes(const Profile& profile, std::string_view text,
                                    const std::set<std::string, std::less<>>& teams);

}  // namespace landfall::rules
