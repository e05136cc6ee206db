#pragma once

// Codes of countries and of the other issuers of travel documents: ISO 3166-1 and ICAO 9303 part 3
// section 5.

#include <optional>
#include <string_view>

#include "model/fixed_text.h"

namespace landfall {

// The alpha-3 code meant by an upper-case alpha-3 or alpha-2 code, or by a special code of ICAO
// 9303 (GBD, XXA, UNO, RKS, the D of German documents). nullopt for anything else.
std::optional<CountryCode> CountryFromCode(std::string_view code);

}  // namespace landfall
