#include "app/synth/geography.h"

#include <cassert>

namespace landfall::app {
namespace {

using enum NamingCulture;

constexpr Country kCountries[] = {
    {"GBR", kNordic, false},     {"IRL", kNordic, false},    {"FRA", kLatin, false},     {"DEU", kNordic, false},
    {"ESP", kLatin, false},      {"ITA", kLatin, false},     {"PRT", kLatin, false},     {"POL", kSlavic, false},
    {"ROU", kLatin, false},      {"SWE", kNordic, false},    {"GRC", kLatin, false},     {"USA", kNordic, false},
    {"CAN", kNordic, false},     {"BRA", kLatin, false},     {"SGP", kEastAsian, false}, {"ARE", kArabic, false},
    {"NGA", kWestAfrican, true}, {"GHA", kWestAfrican, true}, {"KEN", kEastAfrican, true}, {"ZAF", kEastAfrican, true},
    {"EGY", kArabic, true},      {"TUR", kTurkic, true},     {"IND", kSouthAsian, true}, {"BGD", kSouthAsian, true},
    {"PAK", kSouthAsian, true},  {"VNM", kEastAsian, true},  {"CHN", kEastAsian, true},  {"ALB", kTurkic, true}};

constexpr ForeignAirport kAirports[] = {
    {"LOS", "NGA", 390}, {"ABV", "NGA", 380}, {"ACC", "GHA", 395}, {"NBO", "KEN", 530}, {"JNB", "ZAF", 670},
    {"CAI", "EGY", 310}, {"IST", "TUR", 240}, {"DXB", "ARE", 450}, {"DEL", "IND", 570}, {"BOM", "IND", 570},
    {"DAC", "BGD", 640}, {"ISB", "PAK", 500}, {"HAN", "VNM", 780}, {"PVG", "CHN", 770}, {"SIN", "SGP", 830},
    {"JFK", "USA", 410}, {"YYZ", "CAN", 420}, {"GRU", "BRA", 680}, {"CDG", "FRA", 80},  {"FRA", "DEU", 100},
    {"MAD", "ESP", 150}, {"FCO", "ITA", 160}, {"WAW", "POL", 155}, {"OTP", "ROU", 210}, {"TIA", "ALB", 190},
    {"ATH", "GRC", 230}, {"ARN", "SWE", 155}, {"LIS", "PRT", 160}, {"DUB", "IRL", 80}};

constexpr Carrier kCarriers[] = {{"ZZ", Channel::kFullNdjson, CloseOutForm::kNotOnBoard},
                                 {"ZX", Channel::kSplitNdjson, CloseOutForm::kFull},
                                 {"Z1", Channel::kPaxlst, CloseOutForm::kNotOnBoard}};

}  // namespace

std::span<const Country> Countries() { return kCountries; }
std::span<const ForeignAirport> ForeignAirports() { return kAirports; }
std::span<const Carrier> Carriers() { return kCarriers; }

const Country& CountryOf(std::string_view code) {
  for (const Country& country : kCountries) {
    if (country.code == code) return country;
  }
  assert(false);
  return kCountries[0];
}

std::string_view TerminalAt(std::string_view port, const Carrier& carrier) {
  if (port == "LGW") return "N";
  if (port == "MAN") return "2";
  return carrier.code == "ZZ" ? "5" : carrier.code == "ZX" ? "3" : "2";
}

}  // namespace landfall::app
