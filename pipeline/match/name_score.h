#pragma once

// What the agreement of two names is worth, in decibans. Symmetric; any thread.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "pipeline/match/name/name_form.h"

namespace landfall {

// The share of people that bear a token, 0 to 1.
using TokenShare = std::function<double(std::string_view token)>;

// From the shipped table (token_shares.csv); for a token it lacks, that of a rare one.
double ShippedTokenShare(std::string_view token);

struct NameScore {
  double points = 0;         // Of the aligned tokens: rarity, in the measure in which they are alike.
  double worst = 0;          // The term for the worst aligned token; at most 0.
  double against = 0;        // Letters that differ, extra tokens, another order; at most 0.
  std::string worst_query, worst_entry;  // The worst pair of tokens, if it is worth a term.

  double total() const { return points + worst + against; }
};

// The best over the spellings of both. `may_be_cut`: the last token of the query may be a beginning, and what is missing
// behind it is no evidence.
NameScore ScoreNames(const NameForms& query, const NameForms& entry, bool may_be_cut, const TokenShare& share);

// Two names compared with each other, and none searched for in a list, in decibans. Rarity comes from the shipped table.
std::int32_t ScoreNamePair(std::string_view a, std::string_view b);

}  // namespace landfall
