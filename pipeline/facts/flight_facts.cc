#include "pipeline/facts/flight_facts.h"

#include <utility>

#include "pipeline/facts/fact_maker.h"
#include "pipeline/match/name_key.h"

namespace landfall {

using namespace facts_internal;

FlightContext AddFlightFacts(const FlightState& state, const ReferenceSnapshot& reference,
                             const Configuration& configuration, const ProfileParameters& parameters,
                             FactTable& table) {
  FlightContext context;
  context.travellers.resize(state.travellers.size());
  FlightInput input{state, reference, configuration, parameters, context, std::nullopt, {}};
  FindAges(input);
  FindVignettes(input);
  std::vector<const Vignette*> vignettes;
  for (const TravellerContext& traveller : context.travellers) vignettes.push_back(traveller.vignette.vignette);
  context.parties = FormParties(state, vignettes, reference, context.findings);
  for (std::uint32_t party = 0; party < context.parties.size(); ++party) {
    for (const std::uint32_t member : context.parties[party].members) context.travellers[member].party = party;
  }
  FindEscorts(input);
  for (const FlightTraveller& known : state.travellers) {
    input.family_names.push_back(FamilyNameKey(known.merged->surname, known.merged->given_names));
  }

  const GroupFacts groups(input);
  table.AddFlight();
  for (std::uint32_t party = 0; party < context.parties.size(); ++party) {
    table.AddParty();
    for (const std::uint32_t member : context.parties[party].members) {
      const FactRow row{table, table.AddRow()};
      context.row_traveller.push_back(member);
      AddPaxFacts(input, member, row);
      AddVisaFacts(input, member, row);
      AddSponsorFacts(input, member, row);
      AddEscortFacts(input, member, row);
      groups.AddPartyFacts(party, row);
      groups.AddFlightFacts(row);
    }
  }
  return context;
}

}  // namespace landfall
