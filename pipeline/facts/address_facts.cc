// Facts about the address in the own country that a traveller goes to.

#include "pipeline/facts/fact_maker.h"

namespace landfall::facts_internal {
namespace {

bool IsHostOfChildren(const InstitutionRecord& institution) {
  for (const std::string_view kind : {"school", "hospital", "sports", "host_scheme"}) {
    if (institution.kind == kind) return true;
  }
  return false;
}

}  // namespace

const Address* AddressOf(const FlightInput& input, std::uint32_t i) {
  if (const Address* const declared = DeclaredAddress(input.At(i), input.configuration)) return declared;
  const VisaSponsor* const sponsor = input.sponsors[i];
  return sponsor != nullptr && sponsor->address ? &*sponsor->address : nullptr;
}

std::uint64_t AddressHashOf(const FlightInput& input, std::uint32_t i) {
  if (input.keys[i].address != 0) return input.keys[i].address;
  const Address* const address = AddressOf(input, i);
  return address != nullptr ? AddressHash(*address) : 0;
}

void AddAddressFacts(const FlightInput& input, std::uint32_t i, const FactRow& row) {
  const Address* const address = AddressOf(input, i);
  row.Bool(FactId::address_present, address != nullptr);
  if (address == nullptr) return;
  if (input.reference.IsLoaded(ReferenceKind::kAddresses)) {
    const AddressRecord* const record = input.reference.FindAddress(*address);
    if (record != nullptr) row.Enum(FactId::address_kind, record->kind);
  }
  if (!input.reference.IsLoaded(ReferenceKind::kInstitutions)) return;
  const InstitutionRecord* const institution = input.reference.FindInstitution(*address);
  row.Bool(FactId::address_known_institution, institution != nullptr && IsHostOfChildren(*institution));
}

}  // namespace landfall::facts_internal
