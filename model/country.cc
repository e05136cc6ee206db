#include "model/country.h"

#include <algorithm>
#include <iterator>

namespace landfall {
namespace {

// ISO 3166-1, each alpha-2 before its alpha-3, sorted.
constexpr std::string_view kIso =
    "ADANDAEAREAFAFGAGATGAIAIAALALBAMARMAOAGOAQATAARARGASASMATAUTAUAUSAWABWAXALAAZAZEBABIHBBBRBBDBG"
    "D"
    "BEBELBFBFABGBGRBHBHRBIBDIBJBENBLBLMBMBMUBNBRNBOBOLBQBESBRBRABSBHSBTBTNBVBVTBWBWABYBLRBZBLZCACA"
    "N"
    "CCCCKCDCODCFCAFCGCOGCHCHECICIVCKCOKCLCHLCMCMRCNCHNCOCOLCRCRICUCUBCVCPVCWCUWCXCXRCYCYPCZCZEDEDE"
    "U"
    "DJDJIDKDNKDMDMADODOMDZDZAECECUEEESTEGEGYEHESHERERIESESPETETHFIFINFJFJIFKFLKFMFSMFOFROFRFRAGAGA"
    "B"
    "GBGBRGDGRDGEGEOGFGUFGGGGYGHGHAGIGIBGLGRLGMGMBGNGINGPGLPGQGNQGRGRCGSSGSGTGTMGUGUMGWGNBGYGUYHKHK"
    "G"
    "HMHMDHNHNDHRHRVHTHTIHUHUNIDIDNIEIRLILISRIMIMNININDIOIOTIQIRQIRIRNISISLITITAJEJEYJMJAMJOJORJPJP"
    "N"
    "KEKENKGKGZKHKHMKIKIRKMCOMKNKNAKPPRKKRKORKWKWTKYCYMKZKAZLALAOLBLBNLCLCALILIELKLKALRLBRLSLSOLTLT"
    "U"
    "LULUXLVLVALYLBYMAMARMCMCOMDMDAMEMNEMFMAFMGMDGMHMHLMKMKDMLMLIMMMMRMNMNGMOMACMPMNPMQMTQMRMRTMSMS"
    "R"
    "MTMLTMUMUSMVMDVMWMWIMXMEXMYMYSMZMOZNANAMNCNCLNENERNFNFKNGNGANINICNLNLDNONORNPNPLNRNRUNUNIUNZNZ"
    "L"
    "OMOMNPAPANPEPERPFPYFPGPNGPHPHLPKPAKPLPOLPMSPMPNPCNPRPRIPSPSEPTPRTPWPLWPYPRYQAQATREREUROROURSSR"
    "B"
    "RURUSRWRWASASAUSBSLBSCSYCSDSDNSESWESGSGPSHSHNSISVNSJSJMSKSVKSLSLESMSMRSNSENSOSOMSRSURSSSSDSTST"
    "P"
    "SVSLVSXSXMSYSYRSZSWZTCTCATDTCDTFATFTGTGOTHTHATJTJKTKTKLTLTLSTMTKMTNTUNTOTONTRTURTTTTOTVTUVTWTW"
    "N"
    "TZTZAUAUKRUGUGAUMUMIUSUSAUYURYUZUZBVAVATVCVCTVEVENVGVGBVIVIRVNVNMVUVUTWFWLFWSWSMYEYEMYTMYTZAZA"
    "F"
    "ZMZMBZWZWE";
constexpr std::size_t kIsoRow = 5;

// ICAO 9303 part 3 section 5 parts B to D, and codes in use that the list lags behind, sorted.
constexpr std::string_view kSpecial[] = {
    "EUE", "GBD", "GBN", "GBO", "GBP", "GBS", "IAO", "NTZ", "RKS", "UNA",
    "UNK", "UNO", "UTO", "XBA", "XCC", "XCE", "XCO", "XCT", "XDC", "XEC",
    "XES", "XIM", "XMP", "XOM", "XPO", "XXA", "XXB", "XXC", "XXX",
};

struct Alias {
  std::string_view code, meant;
};
// Short forms outside ISO's list: German documents carry D; the rest are reserved or user-assigned
// alpha-2 codes.
constexpr Alias kAliases[] = {{"D", "DEU"}, {"EU", "EUE"}, {"UN", "UNO"}, {"XK", "RKS"}};

std::string_view Alpha3OfAlpha2(std::string_view code) {
  for (std::size_t at = 0; at < kIso.size(); at += kIsoRow) {
    if (kIso.substr(at, 2) == code) return kIso.substr(at + 2, 3);
  }
  return {};
}

bool IsAlpha3(std::string_view code) {
  for (std::size_t at = 0; at < kIso.size(); at += kIsoRow) {
    if (kIso.substr(at + 2, 3) == code) return true;
  }
  return std::binary_search(std::begin(kSpecial), std::end(kSpecial), code);
}

}  // namespace

std::optional<CountryCode> CountryFromCode(std::string_view code) {
  for (const Alias& alias : kAliases) {
    if (alias.code == code) return CountryCode(alias.meant);
  }
  if (code.size() == 3 && IsAlpha3(code)) return CountryCode(code);
  if (code.size() != 2) return std::nullopt;
  const std::string_view alpha3 = Alpha3OfAlpha2(code);
  return alpha3.empty() ? std::nullopt : std::optional(CountryCode(alpha3));
}

}  // namespace landfall
