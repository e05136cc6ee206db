#pragma once

#include <span>
#include <string>
#include <string_view>

namespace landfall::app {

// `landfall people judge|undo|forget`: what a person says of who is who, and the end of what is kept.
int RunPeople(std::span<const std::string> arguments);

// `landfall query traveller|person|sponsor|address|phone`: a person over time, and who was met with what.
bool IsPeopleQuery(std::string_view what);
int RunPeopleQuery(std::span<const std::string> arguments);

}  // namespace landfall::app
