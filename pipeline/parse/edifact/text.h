#pragma once

// What the readers of header and traveller segments share.

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/traveller.h"
#include "pipeline/configuration.h"
#include "pipeline/parse/edifact/tokenizer.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// A text that is kept: UTF-8, within the limit.
std::string ReadText(const Tokens& tokens, const Tokens::Segment& segment, std::size_t element, std::size_t component,
                     const InputLimits& limits, const FindingPlace& place);

// A whole number that is not negative; nullopt for anything else.
std::optional<std::int64_t> ParseCount(std::string_view text, std::int64_t most = std::numeric_limits<std::int64_t>::max());

// COM of a reporting party or a traveller: value:kind, any number of times.
void ReadContacts(const Tokens& tokens, const Tokens::Segment& segment, const InputLimits& limits,
                  const FindingPlace& place, std::vector<Contact>& contacts);

// What of a hostile text goes into a reason or finding.
std::string Quoted(std::string_view text);

}  // namespace landfall::edifact
