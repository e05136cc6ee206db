#pragma once

#include <string_view>

#include "model/traveller.h"

namespace landfall::edifact {

// The form of an unaccompanied minor in free text (remarks, SSR OTHS), as carriers ask the trade to send it:
//
//   UMNR DEP FOLA ADEYEMI TEL 0802 000 0001 MOTHER ARR BELLO/AMINA TEL +44 7700 900123 AUNT ADR 14 ACACIA AVENUE LONDON
//
// It begins with UMNR, UMFORM or UM (a carrier's code, OSI and an age may stand around it). DEP or HANDED OVER BY begins the person who
// hands the child over, ARR or COLLECTED BY the one who collects it: a name, then TEL, a relationship to the child, ADR.
// Adds to `form` what it finds. False if the text is no such form: then it is nobody's, and is not kept.
bool ReadMinorForm(std::string_view text, EscortForm& form);

}  // namespace landfall::edifact
