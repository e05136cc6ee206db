#include "pipeline/facts/flight_facts.h"

#include "pipeline/facts/fact_maker.h"
#include "pipeline/places/places.h"

namespace landfall {

using namespace facts_internal;

namespace {

void FindParties(FlightInput& input) {
  std::vector<const Vignette*> vignettes(input.count());
  for (std::uint32_t i = 0; i < input.count(); ++i) {
    if (input.Of(i).is_child) vignettes[i] = input.VignetteOf(i);
  }
  FlightContext& context = input.context;
  context.parties = FormParties(input.state, input.keys, vignettes, input.reference, context.findings);
  for (std::uint32_t party = 0; party < context.parties.size(); ++party) {
    for (const std::uint32_t member : context.parties[party].members) context.travellers[member].party = party;
  }
}

void AddTravellerFacts(FlightInput& input, std::uint32_t traveller, const FactRow& row) {
  AddPaxFacts(input, traveller, row);
  AddDocumentFacts(input, traveller, row);
  AddBookingFacts(input, traveller, row);
  AddVisaFacts(input, traveller, row);
  AddSponsorFacts(input, traveller, row);
  AddAddressFacts(input, traveller, row);
  AddEscortFacts(input, traveller, row);
  AddWatchFacts(input, traveller, row);
}

}  // namespace

FlightContext AddFlightFacts(const FlightState& state, const ReferenceSnapshot& reference,
                             const Configuration& configuration, const ProfileParameters& parameters,
                             FactTable& table) {
  FlightContext context;
  context.travellers.resize(state.travellers.size());
  FlightInput input{state,      reference, configuration, parameters, context, ZoneOf(state.port),
                    KeysOfPeople(state, configuration), {}, {}, {}, {}, {}, {}};
  FindAges(input);
  FindVignettes(input);
  FindParties(input);
  FindEscorts(input);
  FindCompanionChanges(input);
  FindWatchMatches(input);

  std::vector<PartyFacts> parties;
  parties.reserve(context.parties.size());
  for (const Party& party : context.parties) parties.push_back(MakePartyFacts(input, party));
  const WholeFlightFacts flight = MakeFlightFacts(input, parties);
  context.row_traveller.reserve(state.travellers.size());

  table.AddFlight();
  for (std::uint32_t party = 0; party < context.parties.size(); ++party) {
    table.AddParty();
    for (const std::uint32_t member : context.parties[party].members) {
      const FactRow row{table, table.AddRow()};
      context.row_traveller.push_back(member);
      AddTravellerFacts(input, member, row);
      AddPartyFacts(parties[party], row);
      AddWholeFlightFacts(state, flight, row);
    }
  }
  return context;
}

}  // namespace landfall
