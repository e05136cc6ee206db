#pragma once

#include <simdjson.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace landfall {

// Where in `line`, which `parser` has just read, the entries of its `travellers` begin. The DOM does not keep places, but
// the first stage of the parser does. Empty if the key is written with escapes.
std::vector<std::uint32_t> TravellerOffsets(const simdjson::dom::parser& parser, std::string_view line);

}  // namespace landfall
