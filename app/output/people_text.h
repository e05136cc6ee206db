#pragma once

#include <string>

#include "pipeline/people/people_book.h"

namespace landfall::app {

// A person over time, for a reader; and as one JSON object without line breaks.
std::string PersonText(const PersonFile& person);
void AppendPersonJson(const PersonFile& person, std::string& out);

// Likewise who was met with a telephone number, address or sponsor.
std::string ContactText(const PeopleBook::Contact& contact);
void AppendContactJson(const PeopleBook::Contact& contact, std::string& out);

}  // namespace landfall::app
