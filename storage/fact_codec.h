#pragma once

// The rows of one flight in a table of facts, as bytes: by columns, without those of which nothing is known. Texts stand
// in it by value, so a row outlives the table it came from. docs/FORMATS.md gives the layout. No envelope.

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "model/fact_table.h"

namespace landfall {

// The rows of the table's `flight`, its parties, and its columns of windows.
std::string EncodeFacts(const FactTable& table, std::size_t flight);

// Adds what EncodeFacts wrote to `table` as a new flight. Windows for which the table has no column are dropped, facts
// that this program does not know are skipped. DataLoss, with `table` as it was, if the bytes are anything else.
absl::Status DecodeFacts(std::string_view bytes, FactTable& table);

}  // namespace landfall
