#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "model/traveller.h"
#include "pipeline/configuration.h"

namespace landfall {

// The table as CSV: `nationality,document,from,until`, a header line, `#` comments; an empty document means any, empty
// dates no limit. A row whose nationality begins with `!` is exempt. InvalidArgument names the line.
absl::StatusOr<std::vector<VisaRequirement>> ParseVisaRequirements(std::string_view csv);

// Whether this traveller needs entry clearance on `on`: false with a residence permit or an exempt row, true with a row,
// false without one; nullopt without a nationality or without a table.
std::optional<bool> IsVisaRequired(const Traveller& traveller, Date on, const std::vector<VisaRequirement>& table);

}  // namespace landfall
