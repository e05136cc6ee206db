#pragma once

// Bytes that were refused, shown so that a person sees what is wrong and a terminal comes to no harm.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace landfall::app {

// Printable text: control characters, what turns the direction of writing, and what is no UTF-8 become \n, \t, \r or
// \xNN, a backslash becomes \\. Letters of every script stay as they are.
std::string Escaped(std::string_view bytes);

// Lines of at most 100 columns, each with the offset of its first byte; below the one with `place`, a mark. Of many
// bytes only those near the place, or near the beginning, are shown, and how many are left out is said.
std::string MarkedBytes(std::string_view bytes, std::optional<std::size_t> place);

}  // namespace landfall::app
