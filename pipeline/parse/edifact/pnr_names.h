#pragma once

// Names as bookings spell one person's: with titles glued on, blanks of a wrap inside, given names left out. Only for telling
// people of one booking apart: matching folds names by pipeline/match/name_key.h. Pure; any thread.

#include <string>
#include <string_view>

namespace landfall::edifact {

// Upper case and without blanks: wraps may have put some into it.
std::string Squeezed(std::string_view name);
// Without the title at its end: "SEJOONMR" and "SEJOON MR" are SEJOON. As it is where nothing would be left.
std::string_view WithoutTitle(std::string_view given_names);
bool IsSameGivenName(std::string_view a, std::string_view b);
// What two spellings of a listed name have in common.
std::string ListedName(std::string_view surname, std::string_view given_names);
// "ANNA" and "ANNA MARIA".
bool OneBeginsTheOther(std::string_view a, std::string_view b);
// Of a document's name and the listed one: the document's, but for blanks that wraps put into it.
std::string BetterName(const std::string& of_document, std::string_view listed);

}  // namespace landfall::edifact
