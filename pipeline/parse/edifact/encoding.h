#pragma once

#include <string>
#include <string_view>

namespace landfall::edifact {

bool IsUtf8(std::string_view text);
// ISO 8859-1 as UTF-8.
std::string FromLatin1(std::string_view text);

}  // namespace landfall::edifact
