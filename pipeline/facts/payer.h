#pragma once

#include <optional>
#include <string_view>

namespace landfall {

// Whether the name of a payer, as sent ("A BELLO", "BELLO/AMINA MS"), is this person's: each of its words is a name or an
// initial of one, and one of them is a whole name. nullopt where it says too little: one word, or no name on a side.
// Pure.
std::optional<bool> IsPayerNamed(std::string_view payer, std::string_view surname, std::string_view given_names);

}  // namespace landfall
