#pragma once

// The texts of PNRGOV's service requests, as carriers write them (AIRIMP). Nothing here knows whose they are.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/traveller.h"
#include "pipeline/parse/times.h"

namespace landfall::edifact {

// What one text tells of a person. Only what it states is set.
struct ServiceText {
  Traveller traveller;
  bool is_infant = false;  // DOCS with sex FI or MI: of an infant, whoever it is filed under.
};

// "/P/GBR/500000019/GBR/02MAR14/F/01JAN30/EXAMPLE/ANNA MARIA/H": type, issuer, number, nationality, birth date, sex, expiry,
// surname, given names (one or two), holder flag. Any part may be empty. `flight_date` is what two-digit years pivot on.
ServiceText ReadDocs(std::string_view text, Date flight_date, const FindingPlace& place);
// "birth place/V/visa number/place of issue/date of issue/for country". What is no visa is not kept.
Traveller ReadDoco(std::string_view text, Date flight_date, const FindingPlace& place);
// "R/country/street/city/region/postcode": R the residence, D the destination.
Traveller ReadDoca(std::string_view text, const FindingPlace& place);
// An infant: "SURNAME/GIVEN/10AUG11", or "GIVEN/14FEB13" where only one name is given.
Traveller ReadInfant(std::string_view text, Date flight_date, const FindingPlace& place);
// "UM08": the age in years.
std::optional<std::int32_t> ReadMinorAge(std::string_view text);
// A birth date such as 02MAR14; nullopt, with a finding, for what is none. A 29 February of no leap year is none.
std::optional<PartialDate> ReadBirthDay(std::string_view text, Date flight_date, const FindingPlace& place);
// "447700900123/EN", and "ANNA..B//EXAMPLE.ORG" for anna_b@example.org.
std::optional<Contact> ReadContactText(std::string_view code, std::string_view text);

}  // namespace landfall::edifact
