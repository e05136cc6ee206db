#pragma once

// What can still be told from the bytes of something that was kept aside. All of it is guessed: they could not be read.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "model/finding.h"
#include "pipeline/configuration.h"

namespace landfall {

// The carrier of the flight that the bytes seem to be about: an IATA designator where the table has one. Empty if
// nothing tells.
std::string GuessCarrier(std::string_view raw);

// Where in `raw` the place stands that made it be refused: it is parsed once more. nullopt if it is not one place (such
// as an id used twice) or is not refused any more.
std::optional<std::size_t> FindOffendingPlace(const QuarantinedRecord& record, std::string_view raw,
                                              const Configuration& configuration);

}  // namespace landfall
