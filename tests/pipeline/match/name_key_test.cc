#include "pipeline/match/name_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pipeline/match/latin.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct TokensCase {
  const char* label;
  const char* name;
  std::vector<std::string> tokens;
};

class NameTokensTest : public testing::TestWithParam<TokensCase> {};

TEST_P(NameTokensTest, Splits) { EXPECT_EQ(NameTokens(GetParam().name), GetParam().tokens); }

INSTANTIATE_TEST_SUITE_P(Plain, NameTokensTest, testing::Values(
    TokensCase{"Empty", "", {}}, TokensCase{"Blanks", " \t ", {}}, TokensCase{"OneToken", "quill", {"QUILL"}},
    TokensCase{"CaseFolds", "Tamsin orla", {"TAMSIN", "ORLA"}},
    TokensCase{"HyphenSplits", "ANNE-LISE", {"ANNE", "LISE"}},
    TokensCase{"ApostropheVanishes", "O'QUILL", {"OQUILL"}},
    TokensCase{"TypographicApostropheVanishes", "O’Quill", {"OQUILL"}},
    TokensCase{"FullStopsSplit", "J.R. QUILL", {"J", "R", "QUILL"}},
    TokensCase{"FillerOfMrz", "QUILL<<TAMSIN<ORLA<<<<", {"QUILL", "TAMSIN", "ORLA"}},
    TokensCase{"DigitsStay", "QUILL 2ND", {"QUILL", "2ND"}},
    TokensCase{"NulSplits", "A\x01""B", {"A", "B"}},
    TokensCase{"InvalidUtf8Splits", "QUILL\xFFORLA", {"QUILL", "ORLA"}}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(TitlesAndFillers, NameTokensTest, testing::Values(
    TokensCase{"TitleAtEnd", "TAMSIN MRS", {"TAMSIN"}}, TokensCase{"TitleAtFront", "MR TAMSIN", {"TAMSIN"}},
    TokensCase{"TwoTitles", "TAMSIN DR MS", {"TAMSIN"}}, TokensCase{"ChildTitle", "ORLA CHD", {"ORLA"}},
    TokensCase{"InfantTitle", "ORLA INF", {"ORLA"}}, TokensCase{"TitleAloneIsAName", "MISS", {"MISS"}},
    TokensCase{"GluedMrs", "TAMSINMRS", {"TAMSIN"}}, TokensCase{"GluedMr", "SEVERINMR", {"SEVERIN"}},
    TokensCase{"GluedMiss", "ORLAMISS", {"ORLA"}}, TokensCase{"GluedMstr", "SEVERINMSTR", {"SEVERIN"}},
    TokensCase{"GluedMs", "TAMSINMS", {"TAMSIN"}}, TokensCase{"GluedOnLastTokenOnly", "TAMSIN ORLAMRS", {"TAMSIN", "ORLA"}},
    TokensCase{"AmrIsAName", "AMR", {"AMR"}}, TokensCase{"NimrIsAName", "NIMR", {"NIMR"}},
    TokensCase{"WilliamsIsAName", "WILLIAMS", {"WILLIAMS"}}, TokensCase{"ShamsIsAName", "SHAMS", {"SHAMS"}},
    TokensCase{"FillerFnu", "FNU", {}}, TokensCase{"FillerLnu", "TAMSIN LNU", {"TAMSIN"}},
    TokensCase{"FillerUnknown", "UNKNOWN", {}}, TokensCase{"FillerXxx", "XXX", {}},
    TokensCase{"FillerNfn", "nfn", {}}),
    [](const auto& test) { return std::string(test.param.label); });

// Letters by ICAO 9303 part 3 section 6.
INSTANTIATE_TEST_SUITE_P(Icao9303, NameTokensTest, testing::Values(
    TokensCase{"Diaereses", "Jörg Käthe Müge", {"JOERG", "KAETHE", "MUEGE"}},
    TokensCase{"DiaeresisDecomposed", "Jo\xCC\x88rg", {"JOERG"}},
    TokensCase{"SharpS", "Weißfluß", {"WEISSFLUSS"}}, TokensCase{"CapitalSharpS", "WEIẞ", {"WEISS"}},
    TokensCase{"Ring", "Åse", {"AASE"}}, TokensCase{"StrokedO", "Søren", {"SOEREN"}},
    TokensCase{"AcuteOnStrokedO", "Sǿren", {"SOEREN"}}, TokensCase{"Ligatures", "Æsa Œda", {"AESA", "OEDA"}},
    TokensCase{"ThornEth", "Þora Eðna", {"THORA", "EDNA"}}, TokensCase{"StrokedLD", "Łucja Đorđe", {"LUCJA", "DORDE"}},
    TokensCase{"Tilde", "Núñez", {"NUNEZ"}}, TokensCase{"CedillaComma", "Şule Țiri", {"SULE", "TIRI"}},
    TokensCase{"DottedI", "İlkay Işıl", {"ILKAY", "ISIL"}},
    TokensCase{"VietnameseTones", "Đặng Thị Hạnh", {"DANG", "THI", "HANH"}},
    TokensCase{"YorubaUnderDots", "Adéṣọlá", {"ADESOLA"}}, TokensCase{"HausaHooks", "Ɓala Ƙaura", {"BALA", "KAURA"}},
    TokensCase{"CyrillicZhShch", "Жанна Щукина", {"ZHANNA", "SHCHUKINA"}},
    TokensCase{"CyrillicKhTsYuYa", "Харитон Цветков Юлия", {"KHARITON", "TSVETKOV", "IULIIA"}},
    TokensCase{"CyrillicSoftSignDropped", "Игорь", {"IGOR"}},
    TokensCase{"CyrillicShortIDecomposed", "Андреи\xCC\x86", {"ANDREI"}}),
    [](const auto& test) { return std::string(test.param.label); });

// Scripts without a table: ICU. What matters is that something comparable comes out, always the same.
INSTANTIATE_TEST_SUITE_P(OtherScripts, NameTokensTest, testing::Values(
    TokensCase{"Greek", "Ελένη", {"ELENE"}}, TokensCase{"Hangul", "수진", {"SUJIN"}},
    TokensCase{"Han", "美玲", {"MEI", "LING"}}, TokensCase{"Georgian", "ნინო", {"NINO"}},
    TokensCase{"FullWidth", "ＯＲＬＡ", {"ORLA"}}, TokensCase{"MixedScripts", "Orla Ελένη", {"ORLA", "ELENE"}},
    TokensCase{"Symbols", "Orla ☂ Quill", {"ORLA", "QUILL"}}),
    [](const auto& test) { return std::string(test.param.label); });

struct SameCase {
  const char* label;
  const char* surname_a;
  const char* given_a;
  const char* surname_b;
  const char* given_b;
  bool same;
};

class SameFullNameTest : public testing::TestWithParam<SameCase> {};

TEST_P(SameFullNameTest, BothWays) {
  const SameCase& c = GetParam();
  EXPECT_EQ(SameFullName(c.surname_a, c.given_a, c.surname_b, c.given_b), c.same);
  EXPECT_EQ(SameFullName(c.surname_b, c.given_b, c.surname_a, c.given_a), c.same);
}

INSTANTIATE_TEST_SUITE_P(Spellings, SameFullNameTest, testing::Values(
    SameCase{"Equal", "QUILL", "TAMSIN", "QUILL", "TAMSIN", true},
    SameCase{"Swapped", "QUILL", "TAMSIN ORLA", "TAMSIN ORLA", "QUILL", true},
    SameCase{"Reordered", "QUILL", "TAMSIN ORLA", "QUILL", "ORLA TAMSIN", true},
    SameCase{"AllInOneField", "QUILL", "TAMSIN", "TAMSIN QUILL", "", true},
    SameCase{"CaseAndHyphen", "Quill-Marsh", "Tamsin", "QUILL MARSH", "TAMSIN", true},
    SameCase{"UmlautDigraph", "MÜLLHEIM", "JÖRG", "MUELLHEIM", "JOERG", true},
    SameCase{"UmlautPlain", "MÜLLHEIM", "JÖRG", "MULLHEIM", "JORG", true},
    SameCase{"UmlautEscape", "MÜLLHEIM", "JORG", "MUXXLLHEIM", "JORG", true},
    SameCase{"DigraphAndPlain", "MUELLHEIM", "JORG", "MULLHEIM", "JOERG", true},
    SameCase{"TildeEscape", "NUÑEZ", "ORLA", "NUNXXEZ", "ORLA", true},
    SameCase{"RingPlain", "ÅSEN", "ORLA", "ASEN", "ORLA", true},
    SameCase{"TitleGlued", "QUILL", "TAMSINMRS", "QUILL", "TAMSIN", true},
    SameCase{"SurnameThatEndsLikeATitleSwapped", "HELMS", "ORLA", "ORLA", "HELMS", true},
    SameCase{"TitleApart", "QUILL", "TAMSIN MS", "QUILL", "TAMSIN", true},
    SameCase{"TitleAloneSwapped", "MR", "QUILL", "QUILL", "MR", true},
    SameCase{"TitleAlone", "QUILL", "MR", "QUILL", "", true},
    SameCase{"Apostrophe", "O'QUILL", "ORLA", "OQUILL", "ORLA", true},
    SameCase{"ApostropheAsBlank", "O QUILL", "ORLA", "O'QUILL", "ORLA", true},
    SameCase{"ParticlesJoined", "DE LA MARSH", "ORLA", "DELAMARSH", "ORLA", true},
    SameCase{"ParticlesLeftOut", "DE LA MARSH", "ORLA", "MARSH", "ORLA", true},
    SameCase{"ArticleJoined", "AL QUILLI", "AMIR", "ALQUILLI", "AMIR", true},
    SameCase{"ArticleHyphen", "AL-QUILLI", "AMIR", "AL QUILLI", "AMIR", true},
    SameCase{"AbdJoined", "QUILLI", "ABDUL AZIM", "QUILLI", "ABDULAZIM", true},
    SameCase{"VietnameseAcrossFields", "LE", "VAN DUC", "DUC", "LE VAN", true},
    SameCase{"Script", "Щукина", "Жанна", "SHCHUKINA", "ZHANNA", true},
    SameCase{"Mononym", "", "ORLA", "ORLA", "", true},
    SameCase{"FillerGivenName", "ORLA", "FNU", "ORLA", "", true}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(Different, SameFullNameTest, testing::Values(
    SameCase{"OtherName", "QUILL", "TAMSIN", "QUILL", "TAMARA", false},
    SameCase{"MissingToken", "QUILL", "TAMSIN ORLA", "QUILL", "TAMSIN", false},
    SameCase{"Anagram", "QUILL", "AMIR", "QUILL", "MIRA", false},
    SameCase{"ShiftedLetters", "QUILLT", "AMSIN", "QUILL", "TAMSIN", false},
    SameCase{"BothEmpty", "", "", "", "", false}, SameCase{"OneEmpty", "", "", "QUILL", "ORLA", false},
    SameCase{"OnlyFillers", "XXX", "FNU", "UNKNOWN", "LNU", false},
    SameCase{"ParticleIsNotAName", "AL", "QUILLI", "BIN", "QUILLI", false},
    SameCase{"SurnameInMs", "WILLIAMS", "ORLA", "WILLIA", "ORLA", false},
    SameCase{"MononymAndFull", "ORLA", "", "ORLA", "QUILL", false}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(FullNameKeyTest, IsTheFirstOfItsKeys) {
  EXPECT_EQ(FullNameKeys("DE LA MARSH", "ORLA").front(), FullNameKey("DE LA MARSH", "ORLA"));
  EXPECT_THAT(FullNameKeys("QUILL", "ORLA"), ElementsAre(FullNameKey("QUILL", "ORLA")));
  EXPECT_THAT(FullNameKeys("", ""), IsEmpty());
  EXPECT_EQ(FullNameKey("", "XXX"), "");
}

TEST(FullNameKeyTest, FoldedOnceIsFoldedForGood) {
  for (const char* name : {"MÜLLHEIM JÖRG", "ÅSEN", "NUÑEZ ORLA", "SAMUEL", "DE LA MARSH"}) {
    const std::string once = FullNameKey(name, "");
    EXPECT_EQ(FullNameKey(once, ""), once) << name;
  }
}

// The slow twin of the ASCII path: all of it through Unicode, by way of a letter that changes nothing.
TEST(FullNameKeyTest, AsciiPathAgreesWithUnicodePath) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  constexpr std::string_view kLetters = "ABCDEMNORSTUXabcdemnorstux0129 -'.,<";
  for (int i = 0; i < 20'000; ++i) {
    std::string name(random() % 40, ' ');
    for (char& c : name) c = kLetters[random() % kLetters.size()];
    EXPECT_EQ(FullNameKey(name, ""), FullNameKey(ToAscii(name), "")) << name;
    // A zero-width apostrophe sends it through Unicode and vanishes.
    EXPECT_EQ(FullNameKey(name, ""), FullNameKey(name + "\xCA\xBC", "")) << name;
  }
}

TEST(FullNameKeyTest, OrderOfTokensNeverMatters) {
  const unsigned seed = std::random_device{}();
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> words = {"TAMSIN", "ORLA", "QUILL", "MARSH", "VAN", "JÖRG", "O'DEE", "SUE"};
  for (int i = 0; i < 2'000; ++i) {
    std::vector<std::string> name;
    std::ranges::sample(words, std::back_inserter(name), 1 + static_cast<int>(random() % 5), random);
    const auto join = [&](std::size_t from, std::size_t to) {
      std::string text;
      for (std::size_t k = from; k < to; ++k) text += name[k] + " ";
      return text;
    };
    const std::string key = FullNameKey(join(0, name.size()), "");
    std::ranges::shuffle(name, random);
    const std::size_t cut = random() % (name.size() + 1);
    EXPECT_EQ(FullNameKey(join(0, cut), join(cut, name.size())), key) << join(0, name.size());
  }
}

TEST(NameTokensTest, ManyThreadsAtOnce) {
  const std::vector<std::string> expected = NameTokens("美玲 Ελένη Müge");
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (int& count : wrong) {
    threads.emplace_back([&expected, &count] {
      for (int i = 0; i < 200; ++i) count += NameTokens("美玲 Ελένη Müge") != expected;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(wrong, ElementsAre(0, 0, 0, 0));
}

TEST(NameTokensTest, LongNamesAreCarried) {
  std::string name;
  for (int i = 0; i < 1'000; ++i) name += "TOKEN" + std::to_string(i) + " ";
  EXPECT_EQ(NameTokens(name).size(), 1'000u);
}

TEST(FamilyNameKeyTest, RunsTogether) {
  EXPECT_EQ(FamilyNameKey("O'NEILLY", "ORLA"), "ONEILLY");
  EXPECT_EQ(FamilyNameKey("O NEILLY", "ORLA"), "ONEILLY");
  EXPECT_EQ(FamilyNameKey("ONEILLY", "ORLA"), "ONEILLY");
  EXPECT_EQ(FamilyNameKey("", "ORLA"), "ORLA");
  EXPECT_EQ(FamilyNameKey("FNU", "ORLA"), "ORLA");
  EXPECT_EQ(FamilyNameKey("", ""), "");
}

struct FamilyCase {
  const char* label;
  const char* a;
  const char* b;
  bool shares;
};

class SharesFamilyNameTest : public testing::TestWithParam<FamilyCase> {};

TEST_P(SharesFamilyNameTest, BothWays) {
  EXPECT_EQ(SharesFamilyName(GetParam().a, GetParam().b), GetParam().shares);
  EXPECT_EQ(SharesFamilyName(GetParam().b, GetParam().a), GetParam().shares);
}

INSTANTIATE_TEST_SUITE_P(Cultures, SharesFamilyNameTest, testing::Values(
    FamilyCase{"Equal", "QUILL", "quill", true}, FamilyCase{"Blank", "O QUILL", "O'QUILL", true},
    FamilyCase{"CompoundHoldsOne", "QUILL MARSH", "MARSH", true},
    FamilyCase{"TwoCompoundsShareOne", "QUILL MARSH", "MARSH-DEE", true},
    FamilyCase{"FeminineOva", "PETRUKHOV", "PETRUKHOVA", true}, FamilyCase{"FeminineEva", "ORLEEV", "ORLEEVA", true},
    FamilyCase{"FeminineCzech", "QUILLAK", "QUILLAKOVA", true},
    FamilyCase{"FeminineSkaia", "ORLANSKII", "ORLANSKAIA", true},
    FamilyCase{"FeminineSkaya", "ORLANSKY", "ORLANSKAYA", true}, FamilyCase{"FemininePolish", "ORLANSKI", "ORLANSKA", true},
    FamilyCase{"FeminineInCyrillic", "Петрухов", "PETRUKHOVA", true},
    FamilyCase{"Different", "QUILL", "MARSH", false}, FamilyCase{"ParticleAlone", "DE LA QUILL", "DE LA MARSH", false},
    FamilyCase{"OnlyPrefixShared", "QUILL", "QUILLER", false}, FamilyCase{"ShortStem", "OV", "OVA", false},
    FamilyCase{"EmptySharesNothing", "", "QUILL", false}, FamilyCase{"BothEmpty", "", "", false},
    FamilyCase{"FillersShareNothing", "XXX", "XXX", false}),
    [](const auto& test) { return std::string(test.param.label); });

struct KeyCase {
  const char* label;
  const char* text;
  const char* key;
};
std::string LabelOf(const testing::TestParamInfo<KeyCase>& test) { return test.param.label; }

class NumberKeyTest : public testing::TestWithParam<KeyCase> {};
TEST_P(NumberKeyTest, Folds) { EXPECT_EQ(NumberKey(GetParam().text), GetParam().key); }
INSTANTIATE_TEST_SUITE_P(Numbers, NumberKeyTest, testing::Values(
    KeyCase{"Plain", "A01234567", "A01234567"}, KeyCase{"Lower", "a01234567", "A01234567"},
    KeyCase{"Signs", " A-01 23/45.67<", "A01234567"}, KeyCase{"FullWidth", "Ａ０１", "A01"},
    KeyCase{"ArabicDigits", "٠١٢", "012"}, KeyCase{"Empty", "", ""}, KeyCase{"OnlySigns", "<<-", ""}), LabelOf);

class PhoneKeyTest : public testing::TestWithParam<KeyCase> {};
TEST_P(PhoneKeyTest, Folds) { EXPECT_EQ(PhoneKey(GetParam().text), GetParam().key); }
INSTANTIATE_TEST_SUITE_P(Phones, PhoneKeyTest, testing::Values(
    KeyCase{"TrunkZeroInBrackets", "+44 (0)20 7946 0000", "442079460000"}, KeyCase{"Plain", "+442079460000", "442079460000"},
    KeyCase{"TrunkZeroWithoutBrackets", "+44 020 7946 0000", "442079460000"},
    KeyCase{"DoubleZero", "0044 20 7946 0000", "442079460000"}, KeyCase{"National", "020 7946 0000", "02079460000"},
    KeyCase{"ItalyKeepsItsZero", "+39 06 1234567", "39061234567"}, KeyCase{"Words", "TEL +44 20 7946 0000", "442079460000"},
    KeyCase{"Short", "12345", ""}, KeyCase{"OneDigit", "0000000000", ""}, KeyCase{"Empty", "", ""},
    KeyCase{"NoDigits", "none", ""}), LabelOf);

class EmailKeyTest : public testing::TestWithParam<KeyCase> {};
TEST_P(EmailKeyTest, Folds) { EXPECT_EQ(EmailKey(GetParam().text), GetParam().key); }
INSTANTIATE_TEST_SUITE_P(Emails, EmailKeyTest, testing::Values(
    KeyCase{"Plain", "orla@example.org", "orla@example.org"}, KeyCase{"CaseAndBlanks", " Orla @Example.ORG ", "orla@example.org"},
    KeyCase{"BookingEscapes", "ORLA..QUILL//EXAMPLE.ORG", "orla_quill@example.org"}, KeyCase{"NoAt", "orla", ""},
    KeyCase{"Empty", "", ""}), LabelOf);

Address MakeAddress(std::string lines, std::string city, std::string postcode) {
  Address address;
  address.lines = std::move(lines);
  address.city = std::move(city);
  address.postcode = std::move(postcode);
  return address;
}

struct AddressCase {
  const char* label;
  Address a, b;
  bool same;
};

class AddressKeyTest : public testing::TestWithParam<AddressCase> {};
TEST_P(AddressKeyTest, Compares) {
  EXPECT_EQ(AddressKey(GetParam().a) == AddressKey(GetParam().b), GetParam().same)
      << AddressKey(GetParam().a) << " / " << AddressKey(GetParam().b);
}

INSTANTIATE_TEST_SUITE_P(Addresses, AddressKeyTest, testing::Values(
    AddressCase{"PostcodeAndNumber", MakeAddress("14 ACACIA AVENUE", "LONDON", "N1 1AA"), MakeAddress("14, Acacia Ave.", "", "n11aa"), true},
    AddressCase{"FlatInAnyPlace", MakeAddress("FLAT 3, 14 ACACIA AVE", "", "N1 1AA"), MakeAddress("14 ACACIA AVE FLAT 3", "", "N1 1AA"), true},
    AddressCase{"PostcodeRepeated", MakeAddress("14 ACACIA AVE N1 1AA", "", "N1 1AA"), MakeAddress("14 ACACIA AVE", "", "N1 1AA"), true},
    AddressCase{"NamedHouse", MakeAddress("ROSE COTTAGE", "", "N1 1AA"), MakeAddress("Rose  cottage", "LONDON", "N1 1AA"), true},
    AddressCase{"NoPostcode", MakeAddress("14 ACACIA AVENUE", "LONDON", ""), MakeAddress("LONDON 14 ACACIA AVE", "", ""), true},
    AddressCase{"OtherNumber", MakeAddress("14 ACACIA AVENUE", "", "N1 1AA"), MakeAddress("15 ACACIA AVENUE", "", "N1 1AA"), false},
    AddressCase{"OtherFlat", MakeAddress("FLAT 3, 14 ACACIA AVE", "", "N1 1AA"), MakeAddress("FLAT 4, 14 ACACIA AVE", "", "N1 1AA"), false},
    AddressCase{"OtherPostcode", MakeAddress("14 ACACIA AVENUE", "", "N1 1AA"), MakeAddress("14 ACACIA AVENUE", "", "N1 1AB"), false},
    AddressCase{"OtherNamedHouse", MakeAddress("ROSE COTTAGE", "", "N1 1AA"), MakeAddress("IVY COTTAGE", "", "N1 1AA"), false}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(AddressKeyTest, EmptyIfNothingIsKnown) {
  EXPECT_EQ(AddressKey(Address{}), "");
  Address country;
  country.country = CountryCode("GBR");
  EXPECT_EQ(AddressKey(country), "");
}

}  // namespace
}  // namespace landfall
