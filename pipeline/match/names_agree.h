#pragma once

// Two names alone, without a list: may they be one name in two spellings?

#include <cstdint>

#include "absl/container/inlined_vector.h"
#include "model/date.h"
#include "pipeline/match/name/name_form.h"

namespace landfall {

// N of the predicate (docs/MATCHING.md, "names agree") on any two spellings. `may_be_cut`: the last token of `query` may be
// the beginning of one. Any thread.
bool NamesAgree(const NameForms& query, const NameForms& entry, bool may_be_cut);

using SpellingKeys = absl::InlinedVector<std::uint64_t, 8>;
// Keys under which someone with a whole birth date is filed, so that another spelling of the name is found: the date with
// the skeleton of each token and of each join of two. Two names that agree share one, unless every token that matches does
// so by letters that change its skeleton. None without a whole birth date.
SpellingKeys SpellingKeysOf(const NameForms& forms, const std::optional<PartialDate>& birth);

}  // namespace landfall
