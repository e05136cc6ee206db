// Names out of a machine-readable zone meet the same names as carriers and lists write them.

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "pipeline/match/name_key.h"
#include "pipeline/match/watch_index.h"
#include "tests/pipeline/parse/mrz/zone_writer.h"

namespace landfall {
namespace {

// The name field of a passport, read.
MrzZone ZoneWithName(const char* field) {
  testing_support::ZoneValues values;
  values.surname = field;
  values.given_names = "";
  const std::string text = testing_support::Joined(testing_support::WriteZone(values));
  const absl::StatusOr<MrzZone> zone = testing_support::ParseZoneText(text);
  EXPECT_TRUE(zone.ok()) << zone.status();
  return zone.ok() ? *zone : MrzZone{};
}

struct MeetCase {
  const char* label;
  const char* field;  // Of the zone, without the fillers behind.
  const char* surname;
  const char* given_names;
  bool meet;
};

class MrzNamesTest : public testing::TestWithParam<MeetCase> {};

TEST_P(MrzNamesTest, Meet) {
  const MeetCase& c = GetParam();
  const MrzZone zone = ZoneWithName(c.field);
  EXPECT_EQ(SameFullName(zone.surname, zone.given_names, c.surname, c.given_names), c.meet);
  EXPECT_EQ(SameFullName(c.surname, c.given_names, zone.surname, zone.given_names), c.meet);
}

// Doc 9303 part 3 section 6, and the rules of section 4.6 on punctuation.
INSTANTIATE_TEST_SUITE_P(Icao9303, MrzNamesTest, testing::Values(
    MeetCase{"UmlautAsTwoLetters", "MUELLHEIM<<JOERG", "MÜLLHEIM", "JÖRG", true},
    MeetCase{"UmlautDropped", "MULLHEIM<<JORG", "MÜLLHEIM", "JÖRG", true},
    MeetCase{"UmlautEscaped", "MUXXLLHEIM<<JORG", "Müllheim", "Jörg", true},
    MeetCase{"UmlautEscapedAndTwoLetters", "MUXXLLHEIM<<JOERG", "MUELLHEIM", "JORG", true},
    MeetCase{"UmlautA", "KAESEBURG<<KATHE", "KÄSEBURG", "KÄTHE", true},
    MeetCase{"UmlautEscapedAtTheFront", "UXXBERSEE<<ORLA", "ÜBERSEE", "ORLA", true},
    MeetCase{"UmlautEscapedAtTheEnd", "QUILLUXX<<ORLA", "QUILLÜ", "ORLA", true},
    MeetCase{"TildeDropped", "NUNEZQUILL<<ORLA", "NUÑEZQUILL", "ORLA", true},
    MeetCase{"TildeEscaped", "NUNXXEZQUILL<<ORLA", "NUÑEZQUILL", "ORLA", true},
    MeetCase{"Ring", "AASENBY<<ORLA", "ÅSENBY", "ORLA", true},
    MeetCase{"RingDropped", "ASENBY<<ORLA", "ÅSENBY", "ORLA", true},
    MeetCase{"StrokedO", "SOERENBY<<ORLA", "SØRENBY", "ORLA", true},
    MeetCase{"Ligatures", "AESABY<<OEDA", "ÆSABY", "ŒDA", true},
    MeetCase{"SharpS", "WEISSFLUSS<<ORLA", "Weißfluß", "Orla", true},
    MeetCase{"Thorn", "THORABY<<EDNA", "ÞORABY", "EÐNA", true},
    MeetCase{"StrokedLetters", "LUCJABY<<DORDE", "ŁUCJABY", "ĐORĐE", true},
    MeetCase{"Ij", "IJSBURG<<ORLA", "Ĳsburg", "Orla", true},
    MeetCase{"DottedAndDotlessI", "ISILBY<<ILKAY", "IŞILBY", "İLKAY", true},
    MeetCase{"Caron", "ZAGRENOV<<SARKA", "ŽAGRENOV", "ŠÁRKA", true},
    MeetCase{"Cyrillic", "SHCHUKINA<<ZHANNA", "Щукина", "Жанна", true},
    MeetCase{"CyrillicTs", "TSVETKOVSKII<<KHARITON", "Цветковский", "Харитон", true},
    MeetCase{"CyrillicYuYa", "PETRUKHOVA<<IULIIA", "Петрухова", "Юлия", true},
    MeetCase{"CyrillicSoftSign", "ORLOVENKO<<IGOR", "Орловенко", "Игорь", true},
    MeetCase{"Apostrophe", "OCONNORBY<<SIOBHAN", "O'CONNORBY", "SIOBHÁN", true},
    MeetCase{"TypographicApostrophe", "OCONNORBY<<SIOBHAN", "O’Connorby", "Siobhán", true},
    MeetCase{"ApostropheAsBlank", "OCONNORBY<<SIOBHAN", "O CONNORBY", "SIOBHAN", true},
    MeetCase{"ApostropheAsFiller", "O<CONNORBY<<SIOBHAN", "O'CONNORBY", "SIOBHAN", true},
    MeetCase{"Hyphen", "QUILL<MARSH<<ANNE<LISE", "QUILL-MARSH", "ANNE-LISE", true},
    MeetCase{"Comma", "QUILL<<ORLA<JR", "QUILL", "ORLA, JR", true},
    MeetCase{"Particles", "VAN<DER<QUILL<<JAN", "VAN DER QUILL", "JAN", true},
    MeetCase{"ParticlesRunTogether", "VANDERQUILL<<JAN", "van der Quill", "Jan", true},
    MeetCase{"Mononym", "ARKFREITH", "", "Arkfreith", true},
    MeetCase{"MononymWithFnu", "ARKFREITH", "ARKFREITH", "FNU", true},
    MeetCase{"Swapped", "ORLA<<QUILL", "QUILL", "ORLA", true}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(Different, MrzNamesTest, testing::Values(
    MeetCase{"OtherVowel", "MOLLHEIM<<JORG", "MÜLLHEIM", "JÖRG", false},
    MeetCase{"OtherGivenName", "MUELLHEIM<<JORG", "MÜLLHEIM", "JÜRG", false},
    MeetCase{"GivenNameMissing", "QUILL<<ORLA", "QUILL", "ORLA TAMSIN", false},
    MeetCase{"LettersMissed", "WEISFLUS<<ORLA", "Weißfluß", "Orla", false},
    MeetCase{"NoName", "", "QUILL", "ORLA", false}),
    [](const auto& test) { return std::string(test.param.label); });

// Every letter of the tables of Doc 9303 part 3 section 6, with all the ways to write it.
struct LetterCase {
  const char* letters;  // In UTF-8, run together.
  std::vector<std::string> written;
};

TEST(MrzNamesTest, EveryLatinLetterMeetsEveryWayToWriteIt) {
  const LetterCase cases[] = {
      {"ÁÀÂÃĂĀĄ", {"A"}}, {"Ä", {"AE", "A"}}, {"Å", {"AA", "A"}}, {"Æ", {"AE"}}, {"ĆĈČĊÇ", {"C"}},
      {"ĐĎÐ", {"D"}}, {"ÉÈÊËĚĖĒĘĔ", {"E"}}, {"ĜĞĠĢ", {"G"}}, {"ĦĤ", {"H"}}, {"ıÍÌÎÏĨİĪĮĬ", {"I"}},
      {"Ĳ", {"IJ"}}, {"Ĵ", {"J"}}, {"Ķ", {"K"}}, {"ŁĹĽĻĿ", {"L"}}, {"ŃŇŅŋ", {"N"}}, {"Ñ", {"N", "NXX"}},
      {"ÓÒÔÕŐŌŎ", {"O"}}, {"Ö", {"OE", "O"}}, {"Ø", {"OE"}}, {"Œ", {"OE"}}, {"ŔŘŖ", {"R"}}, {"ŚŜŠŞȘ", {"S"}},
      {"ß", {"SS"}}, {"ŤŢŦȚ", {"T"}}, {"Þ", {"TH"}}, {"ÚÙÛŨŬŰŮŪŲ", {"U"}}, {"Ü", {"UE", "UXX", "U"}},
      {"ẀẂŴẄ", {"W"}}, {"ÝŶŸ", {"Y"}}, {"ŹŽŻ", {"Z"}}};
  for (const LetterCase& row : cases) {
    const std::string letters = row.letters;
    for (std::size_t at = 0, size = 0; at < letters.size(); at += size) {
      size = static_cast<unsigned char>(letters[at]) >= 0xE0 ? 3 : 2;
      for (const std::string& written : row.written) {
        const MrzZone zone = ZoneWithName(("BR" + written + "BURG<<ORLA").c_str());
        const std::string as_sent = "BR" + letters.substr(at, size) + "BURG";
        EXPECT_TRUE(SameFullName(zone.surname, zone.given_names, as_sent, "ORLA")) << as_sent << " " << written;
        EXPECT_EQ(FamilyNameKey(zone.surname, ""), FamilyNameKey(as_sent, "")) << as_sent << " " << written;
        EXPECT_TRUE(SharesFamilyName(zone.surname, as_sent)) << as_sent << " " << written;
      }
    }
  }
}

// What the tables give for a language that has no rules of its own.
TEST(MrzNamesTest, EveryCyrillicLetterMeetsItsTransliteration) {
  const std::pair<const char*, const char*> cases[] = {
      {"А", "A"}, {"Б", "B"}, {"В", "V"}, {"Г", "G"}, {"Д", "D"}, {"Е", "E"}, {"Ё", "E"}, {"Ж", "ZH"},
      {"З", "Z"}, {"И", "I"}, {"Й", "I"}, {"К", "K"}, {"Л", "L"}, {"М", "M"}, {"Н", "N"}, {"О", "O"},
      {"П", "P"}, {"Р", "R"}, {"С", "S"}, {"Т", "T"}, {"У", "U"}, {"Ф", "F"}, {"Х", "KH"}, {"Ц", "TS"},
      {"Ч", "CH"}, {"Ш", "SH"}, {"Щ", "SHCH"}, {"Ъ", "IE"}, {"Ы", "Y"}, {"Ь", ""}, {"Э", "E"}, {"Ю", "IU"},
      {"Я", "IA"}, {"Ґ", "G"}, {"Є", "IE"}, {"І", "I"}, {"Ї", "I"}, {"Ў", "U"}, {"Ђ", "D"}, {"Ѕ", "DZ"},
      {"Ј", "J"}, {"Љ", "LJ"}, {"Њ", "NJ"}, {"Ќ", "K"}, {"Ѓ", "G"}, {"Џ", "DZ"}};
  for (const auto& [letter, written] : cases) {
    const MrzZone zone = ZoneWithName(("BR" + std::string(written) + "BURG<<ORLA").c_str());
    const std::string as_sent = "БР" + std::string(letter) + "БУРГ";
    EXPECT_TRUE(SameFullName(zone.surname, zone.given_names, as_sent, "ORLA")) << as_sent << " " << written;
  }
}

TEST(MrzNamesTest, AreFoundOnAWatchList) {
  WatchEntry entry;
  entry.entry = "W-1";
  entry.kind = WatchKind::kPersonOfConcern;
  entry.names.push_back({"O'MÜLLHEIM", "JÖRG"});
  entry.dates_of_birth.push_back({{1974, 8, 12}, {1974, 8, 12}});
  const WatchIndex index(std::vector<WatchEntry>{entry});
  for (const char* const field : {"OMUELLHEIM<<JOERG", "OMULLHEIM<<JORG", "OMUXXLLHEIM<<JORG", "O<MUELLHEIM<<JOERG"}) {
    const MrzZone zone = ZoneWithName(field);
    WatchQuery query;
    query.surname = zone.surname;
    query.given_names = zone.given_names;
    query.date_of_birth = zone.date_of_birth;
    EXPECT_EQ(index.Find(query).size(), 1u) << field;
  }
}

}  // namespace
}  // namespace landfall
