#pragma once

// The ordinary travellers of a flight: families, couples, people on business, groups of friends, school classes,
// children under a carrier's care, young people of 16 and 17 on their own. None of them gives a rule of the example
// profile any reason to fire.

#include <vector>

#include "app/synth/cast.h"
#include "app/synth/flight_plan.h"

namespace landfall::app {

// Adds parties until there are about `travellers` more people. Records about them are added to `lines` if there are any
// to be written; what is made does not depend on that.
void AddOrdinaryParties(Cast& cast, const FlightOutline& outline, int travellers, std::vector<PlannedParty>& parties,
                        ReferenceLines* lines);

std::vector<Traveller> MakeCrew(Cast& cast, const FlightOutline& outline);

}  // namespace landfall::app
