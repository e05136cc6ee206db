#include "pipeline/match/name/name_form.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "pipeline/match/watch_index.h"

namespace landfall {
namespace {

std::string Text(const NameForm& form) {
  std::string text;
  for (std::size_t i = 0; i < form.size(); ++i) text += (i == 0 ? "" : " ") + std::string(form.token(i));
  return text;
}

struct FormsCase {
  const char* label;
  const char* surname;
  const char* given_names;
  std::vector<std::string> forms;  // The plain one first.
};

class NameFormTest : public testing::TestWithParam<FormsCase> {};

TEST_P(NameFormTest, Spellings) {
  std::vector<std::string> forms;
  for (const NameForm& form : FormsOf(GetParam().surname, GetParam().given_names)) forms.push_back(Text(form));
  EXPECT_EQ(forms, GetParam().forms);
}

// Source: the notes on border names, and ICAO 9303 part 3 section 6 for the letters.
INSTANTIATE_TEST_SUITE_P(BorderNames, NameFormTest, testing::Values(
    FormsCase{"Plain", "Quill", "Tamsin Orla", {"QUILL TAMSIN ORLA"}},
    FormsCase{"Nothing", "", " - ", {}},
    FormsCase{"TitleApart", "QUILL", "TAMSIN MRS", {"QUILL TAMSIN"}},
    FormsCase{"TitleGlued", "QUILL", "TAMSINMRS", {"QUILL TAMSIN", "QUILL TAMSINMRS"}},
    FormsCase{"Filler", "QUILL", "FNU", {"QUILL"}},
    FormsCase{"Umlauts", "Müllheim", "Jörg", {"MULLHEIM JORG", "MUELLHEIM JOERG"}},
    FormsCase{"Escapes", "MUXXLLHEIM", "NUNXXO", {"MUXXLLHEIM NUNXXO", "MULLHEIM NUNO"}},
    FormsCase{"Strokes", "Łucjaby", "Đorđe", {"LUCJABY DORDE"}},
    FormsCase{"StrokedO", "Sørenby", "Orla", {"SORENBY ORLA", "SOERENBY ORLA"}},
    FormsCase{"LigaturesThornSharpS", "Æsaß", "Þora", {"AESASS THORA"}},
    FormsCase{"Romanian", "Țiriș", "Ștef", {"TIRIS STEF"}},
    FormsCase{"RomanianCedilla", "Ţiriş", "Înâ", {"TIRIS INA"}},
    FormsCase{"Vietnamese", "Đặng", "Hạnh", {"DANG HANH"}},
    FormsCase{"NigerianUnderDots", "Adéṣọlá", "Ọlá", {"ADESOLA OLA"}},
    FormsCase{"SlavicLetters", "Хуцко", "Юлия",
              {"HUCKO ULIA", "KHUTSKO IULIIA", "HUCKO YULIYA"}}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(NameFormTest, ParticlesDoNotCountBesideOtherTokens) {
  const NameForm form = FormsOf("DE LA QUILL", "TAMSIN").front();
  EXPECT_EQ(form.size(), 4u);
  EXPECT_EQ(form.counted(), 2u);
  EXPECT_EQ(form.Join(0, 3), "DELAQUILL");
  EXPECT_EQ(FormsOf("DE LA", "").front().counted(), 2u) << "nothing else is left";
}

TEST(NameFormTest, AFullFieldMayBeCut) {
  EXPECT_TRUE(MayBeCut(std::string(20, 'Q'), std::string(17, 'T'))) << "39 characters";
  EXPECT_FALSE(MayBeCut(std::string(20, 'Q'), std::string(16, 'T')));
  EXPECT_TRUE(MayBeCut(std::string(39, 'Q'), ""));
}

struct MeetCase {
  const char* label;
  WatchName listed, asked;
  bool may_be_cut = false;
  bool found = true;
};

class BorderNameTest : public testing::TestWithParam<MeetCase> {};

TEST_P(BorderNameTest, IsACandidate) {
  WatchEntry entry;
  entry.entry = "W-1";
  entry.names.push_back(GetParam().listed);
  const WatchIndex index({entry});
  WatchQuery query;
  query.surname = GetParam().asked.surname;
  query.given_names = GetParam().asked.given_names;
  query.name_may_be_cut = GetParam().may_be_cut;
  EXPECT_EQ(index.Find(query).size(), GetParam().found ? 1u : 0u);
}

INSTANTIATE_TEST_SUITE_P(Meet, BorderNameTest, testing::Values(
    MeetCase{"Swapped", {"QUILL", "TAMSIN"}, {"TAMSIN", "QUILL"}},
    MeetCase{"CutToken", {"QUILL", "TAMSINELLA ORLANDINA"}, {"QUILL", "ORLAN"}, true},
    MeetCase{"CutTokenNeedsTheFlag", {"QUILL", "TAMSINELLA ORLANDINA"}, {"QUILL", "ORLAN"}, false, false},
    MeetCase{"CutToInitials", {"QUILL", "TAMSINELLA ORLANDINA"}, {"QUILL", "T O"}, true},
    MeetCase{"Initial", {"QUILL", "TAMSIN"}, {"QUILL", "T"}},
    MeetCase{"InitialsAlone", {"QUILL", "TAMSIN"}, {"Q", "T"}, false, false},
    MeetCase{"Mononym", {"ARKFREITH", ""}, {"ARKFREITH", "FNU"}},
    MeetCase{"MononymOnOneSide", {"ARKFREITH", "TAMSIN"}, {"ARKFREITH", ""}},
    MeetCase{"ArabicArticleAttached", {"AL QUILLANI", "TARIQ"}, {"ALQUILLANI", "TARIQ"}},
    MeetCase{"ArabicArticleOther", {"EL-QUILLANI", "TARIQ"}, {"AL QUILLANI", "TARIQ"}},
    MeetCase{"ArabicArticleDropped", {"UL QUILLANI", "TARIQ"}, {"QUILLANI", "TARIQ"}},
    MeetCase{"AbdJoined", {"ABD AL QUILLANI", "TARIQ"}, {"ABDALQUILLANI", "TARIQ"}},
    MeetCase{"BinLeftOut", {"QUILLANI", "TARIQ BIN ZAHID"}, {"QUILLANI", "TARIQ ZAHID"}},
    MeetCase{"OuAndU", {"QUILLOUD", "YOUNAS"}, {"QUILLUD", "YUNAS"}},
    MeetCase{"QAndK", {"QASEEM", "TARIQ"}, {"KASIM", "TARIK"}},
    MeetCase{"DhAndD", {"DHAFIRI", "TARIQ"}, {"DAFIRI", "TARIQ"}},
    MeetCase{"DoubledConsonants", {"HADDADDI", "TARIQ"}, {"HADADI", "TARIQ"}},
    MeetCase{"FeminineOva", {"QUILLOV", "DARYA"}, {"QUILLOVA", "DARYA"}},
    MeetCase{"FeminineSkaia", {"QUILLOVSKII", "DARYA"}, {"QUILLOVSKAIA", "DARYA"}},
    MeetCase{"GAndH", {"Гуилко", "Дарья"}, {"HUILKO", "DARYA"}},
    MeetCase{"KhAndH", {"Хуилко", "Дарья"}, {"HUILKO", "DARYA"}},
    MeetCase{"TsAndC", {"Цуилко", "Дарья"}, {"CUILKO", "DARYA"}},
    MeetCase{"ShchAndSht", {"Щуилко", "Дарья"}, {"SHTUILKO", "DARYA"}},
    MeetCase{"NigerianOrderFree", {"ADEQUILLA", "OLUTAMSIN IFEORLA"}, {"IFEORLA", "ADEQUILLA OLUTAMSIN"}},
    MeetCase{"WadeGiles", {"XU", "QUILLIN"}, {"HSU", "QUILLIN"}},
    MeetCase{"SyllablesJoined", {"ZE", "QUI LIN"}, {"TSE", "QUILIN"}},
    MeetCase{"HyphenJoined", {"QUILL", "ANNE-LISE"}, {"QUILL", "ANNELISE"}},
    MeetCase{"PatronymicLeftOut", {"QUILLOV", "DARYA PETROVNA"}, {"QUILLOV", "DARYA"}},
    MeetCase{"Nickname", {"QUILL", "WILLIAM"}, {"QUILL", "BILL"}},
    MeetCase{"OtherPerson", {"QUILL", "TAMSIN"}, {"MARSH", "TAMSIN"}, false, false}),
    [](const auto& test) { return std::string(test.param.label); });

}  // namespace
}  // namespace landfall
