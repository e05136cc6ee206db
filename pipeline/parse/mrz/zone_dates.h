#pragma once

#include <optional>
#include <string_view>

#include "model/date.h"

namespace landfall::mrz {

// The dates of a zone: YYMMDD, each part two digits or two fillers. ParseMrz (mrz.h) says how centuries are found.

// nullopt for a day that does not exist or is not known.
std::optional<Date> ReadExpiry(std::string_view text);
// What lies after this is no birth.
Date BirthReference(std::string_view expiry);
// nullopt for a day that does not exist, or an unknown year.
std::optional<PartialDate> ReadBirth(std::string_view text, Date reference);

}  // namespace landfall::mrz
