#include "app/synth/names.h"

#include <array>
#include <string_view>

namespace landfall::app {
namespace {

using Syllables = std::array<std::string_view, 16>;

struct Sounds {
  Syllables first, middle, last;                     // Of surnames.
  Syllables given_first, given_female, given_male;
};

constexpr Sounds kSounds[] = {
    // West African
    {{"ODU", "AKE", "EBI", "OLO", "NKE", "ASA", "KWE", "UZO", "IYA", "OBE", "ADE", "EFU", "OGA", "MBO", "TEI", "ANO"},
     {"BA", "DU", "FE", "GBO", "KO", "LA", "MI", "NDE", "RO", "SHI", "TA", "WU", "YE", "ZO", "PE", "HU"},
     {"LUMO", "NKAWE", "RIBO", "SHADE", "TUNWO", "DANKE", "FOLU", "GWELE", "HALO", "KUNDE", "MEZI", "NUGO", "PAWA",
      "SEMBU", "VEKO", "YALI"},
     {"AMA", "BISO", "CHIKO", "DELU", "EKO", "FARU", "IFO", "JEMI", "KOFO", "LEWA", "NANE", "OBU", "RUKA", "SENI",
      "TOLU", "ZURI"},
     {"BEA", "DIWE", "FUNA", "KEMA", "LAYO", "MIRE", "NADE", "PELA", "RANE", "SITA", "TEWA", "VIRA", "WENE", "YINA",
      "ZAMA", "GESI"},
     {"BAKO", "DUNU", "FEMO", "GUWO", "KUMO", "LENTO", "MAJU", "NIKO", "PEMU", "RANDO", "SEGO", "TUMBE", "VANU",
      "WOLE", "YOMO", "ZANDU"}},
    // East African
    {{"KIBO", "MWA", "NJE", "OTU", "WAKE", "CHE", "KIRU", "LESO", "MUTA", "NDO", "RUGO", "SABO", "TENGO", "WERO",
      "ZUBE", "GITA"},
     {"NGA", "RI", "MBO", "LI", "NJO", "KE", "THU", "NYA", "TO", "WA", "SI", "RO", "MU", "DE", "GU", "PA"},
     {"RENO", "MBIRU", "KOTE", "NDARA", "LIMU", "SHAKE", "TORO", "WENDA", "GURE", "PESHO", "YANGE", "BUKI", "HIRA",
      "JUMO", "VERE", "ZANDO"},
     {"ATI", "BARO", "CHEMU", "DAFO", "ELI", "FURA", "GATU", "IMA", "JERO", "KALU", "LUMI", "MORA", "NEZI", "OKU",
      "SANE", "WAMU"},
     {"NIA", "REHA", "SHIRE", "TAMA", "WEZA", "YUSE", "ZENA", "BELA", "DORA", "FIRA", "GENA", "HALE", "JINA", "KIRA",
      "LIRE", "MEVA"},
     {"BENDO", "DARIU", "FUMO", "GERO", "HAMBU", "JOTO", "KENDU", "LUVO", "MOSHI", "NGURO", "PENDO", "RUMBA", "SOTO",
      "TEMBU", "WANJO", "ZEKO"}},
    // Arabic
    {{"AL-", "EL-", "ABU", "BEN", "HAR", "JAB", "KHA", "MAZ", "NAS", "QAD", "RAF", "SUL", "TAH", "WAH", "ZAR", "FAR"},
     {"BI", "DA", "FU", "GHA", "HI", "JU", "KHI", "LA", "MU", "NI", "QA", "RI", "SHA", "TU", "WI", "ZA"},
     {"RAZEL", "DUNI", "FAMEH", "GHUL", "HASBI", "JADIN", "KERIL", "LAMIR", "MADUN", "NAZIB", "QUREL", "RIFAN",
      "SABUL", "TAZIM", "WEDIR", "ZUHEB"},
     {"ARI", "BADU", "DALI", "FEHU", "GHADI", "HUSE", "JALU", "KERI", "LUBE", "MUNI", "NADU", "QASE", "RAHI", "SELU",
      "TARU", "YAZE"},
     {"DAH", "FIYA", "HIRA", "JANA", "LEEM", "MIRAH", "NEDA", "RIHAB", "SANEH", "TAHA", "WADEH", "YANA", "ZELA",
      "BARA", "GHIN", "KHALA"},
     {"BIR", "DUN", "FIL", "GHAM", "HAZ", "JIB", "KHUL", "LAD", "MIR", "NUD", "QAL", "RASH", "SIM", "TEB", "WAR",
      "ZUL"}},
    // South Asian
    {{"BHAR", "CHAK", "DEV", "GUN", "HAR", "JAY", "KAL", "LAKH", "MANH", "NAV", "PRAT", "RAJ", "SAM", "TEJ", "VISH",
      "YASH"},
     {"AVA", "BHU", "CHA", "DI", "GA", "INDU", "KRI", "LA", "MO", "NA", "PU", "RI", "SHA", "TA", "VE", "YA"},
     {"DHALI", "GANTI", "KUDIA", "LERAN", "MATHI", "NAWALE", "PURKE", "RANJU", "SETHAR", "TIKARE", "VARDU", "WADHI",
      "YADRE", "ZANKE", "BELAR", "JORIYA"},
     {"ADI", "BHA", "CHAN", "DEE", "GAU", "HEM", "ISH", "JAI", "KAV", "LAL", "MAD", "NIL", "PRA", "RUD", "SUH", "VIV"},
     {"ALIKA", "BINDU", "DHARI", "ESHNA", "GITA", "HEERA", "IMALA", "JOTSU", "KSHARA", "LINI", "MEENU", "NAYA",
      "PRIYU", "RITHA", "SHILA", "VANYA"},
     {"ANESH", "BIRAJ", "DEEPU", "ENDAR", "GOVAN", "HARSHU", "INDRO", "JEETAL", "KESHAR", "LOKAN", "MITHRO", "NAYAN",
      "PALASH", "RUPEN", "SANDIR", "VAREN"}},
    // East Asian: syllables that make no customary pair.
    {{"XUAN", "ZHEI", "QUONG", "NGAO", "TSEU", "LUONG", "BIANG", "DUOC", "FENGO", "GIAO", "HUAI", "JOUNG", "KHOAI",
      "MIENG", "PHEUN", "VUONG"},
     {"", "", "", "", "", "", "", "", "", "", "", "", "", "", "", ""},
     {"RU", "KEI", "LAO", "MIN", "NUO", "PENG", "SHU", "TEI", "VAN", "WEN", "YAO", "ZUN", "BEI", "CHO", "DAN", "GOU"},
     {"AIRU", "BOLIN", "CHUNYI", "DUOMI", "ENLAI", "FUSHI", "GUANYE", "HONGRU", "JIELAN", "KEXI", "LINHUO", "MEIZU",
      "NINGPA", "PEIRO", "RUIDO", "SHAOYI"},
     {"FEN", "HUA", "JIU", "LAN", "MEI", "NIU", "PING", "QIAO", "RONG", "SUI", "TING", "WAN", "XIAN", "YUE", "ZHU",
      "LEI"},
     {"BAO", "CHENG", "DONG", "FU", "GUO", "HAO", "JUN", "KANG", "LIANG", "MAO", "NANG", "PO", "QUN", "SHENG", "TAO",
      "WEI"}},
    // Slavic: the last syllable ends in -OV or -OVA, -SKI or -SKA.
    {{"BREZ", "CHERN", "DOBR", "GOL", "HLAV", "JAS", "KAMEN", "LIP", "MRAK", "NOV", "OSTR", "PLAV", "RADK", "SOKL",
      "TREB", "ZELN"},
     {"AL", "AN", "EV", "IK", "IL", "IN", "OD", "OL", "OM", "OR", "UD", "UK", "UL", "UM", "YAN", "OZ"},
     {"OV", "OV", "OV", "OV", "OV", "OV", "OV", "OV", "SKI", "SKI", "SKI", "SKI", "SKI", "SKI", "SKI", "SKI"},
     {"BORI", "CHESLA", "DRAGO", "FILO", "GORA", "JARE", "KASI", "LUBO", "MILE", "NADE", "OLDRI", "PRZE", "RADO",
      "STANI", "VLADI", "ZORE"},
     {"DANKA", "LINA", "MIRA", "NEVA", "RISA", "SLAVA", "TINKA", "VESNA", "WILKA", "YULA", "ZARKA", "BELKA", "FINA",
      "GELA", "HANKA", "JASNA"},
     {"BOR", "DAN", "GOST", "LUB", "MIR", "NIK", "RAD", "SLAW", "TOMIR", "VAN", "WIT", "YUR", "ZAR", "FIL", "HRAD",
      "KAZ"}},
    // Latin
    {{"ALBO", "BERTA", "CARVI", "DELMO", "ESTRE", "FERRA", "GALVO", "HERNI", "LAURO", "MONTA", "NAVI", "OLIVE",
      "PALMI", "QUINTA", "ROVE", "SALVI"},
     {"BEL", "CAN", "DER", "FIN", "GAR", "LAN", "MEN", "NOR", "PEL", "QUER", "RAN", "SIN", "TEL", "VAR", "ZEL", "JOR"},
     {"ADO", "ARDI", "ECHO", "EDRA", "ELLIN", "ENZO", "ESCO", "IANDO", "IERO", "IGLIO", "INHO", "ONDA", "ORIO",
      "OSTA", "UCCI", "UERA"},
     {"ALE", "BEA", "CELE", "DOME", "ELI", "FABI", "GRACI", "HELI", "ISA", "LORE", "MARCE", "NATI", "OTAVI", "PAOLE",
      "RENA", "SILVE"},
     {"DINA", "LANDA", "LISE", "MIRA", "NARA", "NELLA", "RIANE", "RINDA", "SANDE", "SELA", "TALIA", "TINDE", "VANNA",
      "VERA", "ZANDA", "ZELIA"},
     {"DANO", "LANDO", "LINHO", "MARO", "NARDO", "NELLO", "RIANO", "RINDO", "SANDRO", "SELMO", "TALIO", "TINDO",
      "VANNO", "VERIO", "ZANDO", "ZELIO"}},
    // Nordic and English
    {{"ASH", "BRAM", "CRES", "DUN", "ELD", "FAR", "GREN", "HOL", "KIRK", "LIND", "MARL", "NORD", "OAK", "RAV", "STEN",
      "THORN"},
     {"A", "BER", "DE", "EN", "ER", "FEL", "GRE", "HAM", "IN", "LE", "MAN", "O", "RO", "STA", "TE", "WEL"},
     {"BROOKE", "CLIFTE", "DALL", "FELDT", "GARTHE", "HOLME", "KVIST", "LEYNE", "MERE", "NESS", "QUIST", "RIDGE",
      "STRUM", "THWAITE", "WICKE", "WORTHE"},
     {"AL", "BEN", "CON", "DOR", "ED", "FREY", "GIL", "HAR", "ING", "JOR", "KEL", "LIN", "MAR", "NOR", "ROS", "SIG"},
     {"ABELLE", "BETHA", "DIS", "ELINA", "FRIDE", "GARD", "HILDE", "IANE", "LOTTE", "MINA", "NELIA", "RIKE", "SALINE",
      "THEA", "VIEVE", "WYNNE"},
     {"ARD", "BERT", "DRIC", "EMUND", "FRED", "GAR", "HELM", "IDAN", "KELL", "LEIF", "MUND", "NALD", "RICK", "SON",
      "TON", "VIN"}},
    // Turkic and Albanian
    {{"ALT", "BEY", "CEL", "DUR", "ERG", "GUR", "HOX", "ILG", "KARA", "KRA", "LUSH", "OZD", "PREN", "SAR", "TOP",
      "YIL"},
     {"AB", "AD", "AK", "AN", "AR", "EK", "EL", "EM", "IK", "IL", "IM", "UK", "UL", "UM", "UN", "OR"},
     {"AJESI", "AKULU", "ANLIR", "BARDHI", "CIOLU", "DEMIRU", "GESIL", "HANLI", "IQANI", "KAYAR", "LERISH", "MEZOGU",
      "NDOJI", "SAYIR", "TURANU", "ZADELI"},
     {"ARDI", "BES", "CAN", "DENI", "ELI", "FATI", "GENTI", "HASI", "ILI", "KERI", "LIRI", "MERI", "NUR", "ORHI",
      "SELI", "YAS"},
     {"ANA", "BANU", "DELA", "ESRA", "FIDE", "GULE", "HANE", "INE", "JETA", "LALE", "MIRE", "NESE", "RINA", "SUDE",
      "TEUTA", "VJOLLE"},
     {"AN", "BEK", "DAR", "EROL", "FIT", "GIM", "HAN", "IR", "KAN", "LUM", "MAL", "NIS", "RIM", "SAN", "TAR",
      "VULL"}},
    // Listed
    {{"VORX", "QELZ", "JUZG", "WEXL", "ZYMB", "XARV", "YOXT", "FYZZ", "KUXW", "PYXL", "BOZG", "DAXV", "GYZK", "HEXJ",
      "LUZQ", "NYXB"},
     {"AQUI", "EXO", "IZU", "OXA", "UZE", "YXI", "AZO", "EQU", "IXE", "OZY", "UXO", "YZA", "AXU", "EZI", "IQA", "OXY"},
     {"DREXIL", "FLOZAR", "GWIXON", "KRAZUL", "MOXTER", "PLEXUN", "QUAZEN", "STRIXO", "TROZEL", "VLAXIM", "WREZOK",
      "ZWIXAN", "BRUXEL", "CLOZIN", "DWEXAR", "GRUZIX"},
     {"QUIX", "ZELF", "VYZ", "XEND", "JAXT", "WOXE", "KYZM", "FLEX", "BREZU", "DOXI", "GUZE", "HYXA", "LOZU", "MAXO",
      "NEZY", "PRIX"},
     {"ALZA", "EXIA", "IZELLA", "OXANE", "UZIRA", "YXENA", "AZINDA", "EZURA", "IXOLA", "OZETTE", "UXANA", "YZELA",
      "AXIRE", "EQUINA", "IQUELA", "OXELIA"},
     {"ALZOR", "EXIK", "IZEL", "OXAN", "UZIR", "YXON", "AZIND", "EZUR", "IXOL", "OZET", "UXAN", "YZEK", "AXIR",
      "EQUIN", "IQUEL", "OXEL"}}};

const Sounds& SoundsOf(NamingCulture culture) { return kSounds[static_cast<std::size_t>(culture)]; }

std::string MakeSurnamePart(Random& random, const Sounds& sounds) {
  std::string name(random.Pick(sounds.first));
  name += random.Pick(sounds.middle);
  name += random.Pick(sounds.last);
  return name;
}

std::string MakeGivenName(Random& random, const Sounds& sounds, Sex sex) {
  std::string name(random.Pick(sounds.given_first));
  name += random.Pick(sex == Sex::kF ? sounds.given_female : sounds.given_male);
  return name;
}

}  // namespace

std::string SurnameFor(const std::string& surname, NamingCulture culture, Sex sex) {
  if (culture != NamingCulture::kSlavic) return surname;
  std::string name = surname;
  if (name.ends_with("OVA")) name.pop_back();
  if (name.ends_with("SKA")) name.back() = 'I';
  if (sex != Sex::kF) return name;
  if (name.ends_with("SKI")) {
    name.back() = 'A';
  } else {
    name += 'A';
  }
  return name;
}

std::string MakeSurname(Random& random, NamingCulture culture, Sex sex) {
  const Sounds& sounds = SoundsOf(culture);
  std::string name = MakeSurnamePart(random, sounds);
  if (culture == NamingCulture::kLatin && random.Chance(30)) name += ' ' + MakeSurnamePart(random, sounds);
  if (culture == NamingCulture::kNordic && random.Chance(6)) name += '-' + MakeSurnamePart(random, sounds);
  if (culture == NamingCulture::kNordic && random.Chance(4)) name = "O'" + name;
  return SurnameFor(name, culture, sex);
}

std::string MakeGivenNames(Random& random, NamingCulture culture, Sex sex) {
  const Sounds& sounds = SoundsOf(culture);
  std::string names = MakeGivenName(random, sounds, sex);
  if (random.Chance(35)) names += ' ' + MakeGivenName(random, sounds, sex);
  return names;
}

std::string MakeStreet(Random& random) {
  constexpr std::string_view kFirst[] = {"LARKSPUR", "QUILLWORT", "MARROWBY", "TANSYFIELD", "OSIERWELL", "BRAMBLECOTE",
                                         "HAZELMARCH", "FERNLOW",  "PIPKIN",  "WINDLEAF",   "CINDERFORD", "MOTHWAITE",
                                         "SALLOWBY",  "THISTLEMERE", "CORNCRAKE", "DUNNOCK"};
  constexpr std::string_view kLast[] = {"AVENUE", "CLOSE", "CRESCENT", "GARDENS", "LANE", "MEWS", "RISE", "ROAD"};
  std::string street = std::to_string(random.Between(1, 180));
  street += ' ';
  street += random.Pick(kFirst);
  street += ' ';
  street += random.Pick(kLast);
  return street;
}

}  // namespace landfall::app
