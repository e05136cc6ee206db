#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/pipeline/parse/mrz/zone_writer.h"

namespace landfall {
namespace {

using ::testing::HasSubstr;
using testing_support::Joined;
using testing_support::ParseZoneText;
using testing_support::WriteZone;
using testing_support::ZoneValues;

std::string JsonOf(std::string_view text) {
  const absl::StatusOr<MrzZone> zone = ParseZoneText(text);
  if (!zone.ok()) return std::string(zone.status().message());
  std::string json;
  AppendJson(*zone, json);
  return json;
}

// --- The specimens of the standard: Utopia's Anna Maria Eriksson and Peter John Stevenson, who do not exist.

constexpr const char* kPassport =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n";
constexpr const char* kCard2 =
    "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
    "D231458907UTO7408122F1204159<<<<<<<6\n";
constexpr const char* kCard1 =
    "I<UTOD231458907<<<<<<<<<<<<<<<\n"
    "7408122F1204159UTO<<<<<<<<<<<6\n"
    "ERIKSSON<<ANNA<MARIA<<<<<<<<<<\n";
constexpr const char* kVisaA =
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
    "L8988901C4XXX4009078F96121096ZE184226B<<<<<<\n";
constexpr const char* kVisaB =
    "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\n"
    "L8988901C4XXX4009078F9612109<<<<<<<<\n";
constexpr const char* kLongCard1 =
    "I<UTOD23145890<7349<<<<<<<<<<<\n"
    "3407127M9507122UTO<<<<<<<<<<<2\n"
    "STEVENSON<<PETER<JOHN<<<<<<<<<\n";
constexpr const char* kLongCard2 =
    "I<UTOSTEVENSON<<PETER<JOHN<<<<<<<<<<\n"
    "D23145890<UTO3407127M95071227349<<<8\n";

struct SpecimenCase {
  const char* name;
  const char* zone;
  const char* json;
};

class MrzSpecimenTest : public testing::TestWithParam<SpecimenCase> {};

TEST_P(MrzSpecimenTest, IsRead) { EXPECT_EQ(JsonOf(GetParam().zone), GetParam().json); }

INSTANTIATE_TEST_SUITE_P(Icao9303, MrzSpecimenTest, testing::Values(
    SpecimenCase{"Td3Part4", kPassport,
        R"({"form":"TD3","document":{"type":"P","number":"L898902C3","issuer":"UTO","expires":"2012-04-15"},)"
        R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1974-08-12","sex":"F","nationality":"UTO",)"
        R"("optional":"ZE184226B","name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"6","computed":"6","ok":true},)"
        R"({"field":"date_of_birth","sent":"2","computed":"2","ok":true},)"
        R"({"field":"expires","sent":"9","computed":"9","ok":true},)"
        R"({"field":"optional","sent":"1","computed":"1","ok":true},)"
        R"({"field":"composite","sent":"0","computed":"0","ok":true}]})"},
    SpecimenCase{"Td2Part6", kCard2,
        R"({"form":"TD2","document":{"type":"I","number":"D23145890","issuer":"UTO","expires":"2012-04-15"},)"
        R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1974-08-12","sex":"F","nationality":"UTO",)"
        R"("name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"7","computed":"7","ok":true},)"
        R"({"field":"date_of_birth","sent":"2","computed":"2","ok":true},)"
        R"({"field":"expires","sent":"9","computed":"9","ok":true},)"
        R"({"field":"composite","sent":"6","computed":"6","ok":true}]})"},
    SpecimenCase{"Td1Part5", kCard1,
        R"({"form":"TD1","document":{"type":"I","number":"D23145890","issuer":"UTO","expires":"2012-04-15"},)"
        R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1974-08-12","sex":"F","nationality":"UTO",)"
        R"("name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"7","computed":"7","ok":true},)"
        R"({"field":"date_of_birth","sent":"2","computed":"2","ok":true},)"
        R"({"field":"expires","sent":"9","computed":"9","ok":true},)"
        R"({"field":"composite","sent":"6","computed":"6","ok":true}]})"},
    // The expiry is of this century always; the birth is not taken from it where it would be of 2080 or later.
    SpecimenCase{"MrvAPart7", kVisaA,
        R"({"form":"MRV-A","document":{"type":"V","number":"L8988901C","issuer":"UTO","expires":"2096-12-10"},)"
        R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1940-09-07","sex":"F","nationality":"XXX",)"
        R"("optional":"6ZE184226B","name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"4","computed":"4","ok":true},)"
        R"({"field":"date_of_birth","sent":"8","computed":"8","ok":true},)"
        R"({"field":"expires","sent":"9","computed":"9","ok":true}]})"},
    SpecimenCase{"MrvBPart7", kVisaB,
        R"({"form":"MRV-B","document":{"type":"V","number":"L8988901C","issuer":"UTO","expires":"2096-12-10"},)"
        R"("surname":"ERIKSSON","given_names":"ANNA MARIA","date_of_birth":"1940-09-07","sex":"F","nationality":"XXX",)"
        R"("name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"4","computed":"4","ok":true},)"
        R"({"field":"date_of_birth","sent":"8","computed":"8","ok":true},)"
        R"({"field":"expires","sent":"9","computed":"9","ok":true}]})"},
    SpecimenCase{"LongNumberTd1Part5", kLongCard1,
        R"({"form":"TD1","document":{"type":"I","number":"D23145890734","issuer":"UTO","expires":"2095-07-12"},)"
        R"("surname":"STEVENSON","given_names":"PETER JOHN","date_of_birth":"1934-07-12","sex":"M","nationality":"UTO",)"
        R"("name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"9","computed":"9","ok":true},)"
        R"({"field":"date_of_birth","sent":"7","computed":"7","ok":true},)"
        R"({"field":"expires","sent":"2","computed":"2","ok":true},)"
        R"({"field":"composite","sent":"2","computed":"2","ok":true}]})"},
    SpecimenCase{"LongNumberTd2Part6", kLongCard2,
        R"({"form":"TD2","document":{"type":"I","number":"D23145890734","issuer":"UTO","expires":"2095-07-12"},)"
        R"("surname":"STEVENSON","given_names":"PETER JOHN","date_of_birth":"1934-07-12","sex":"M","nationality":"UTO",)"
        R"("name_truncated":false,"checks":[)"
        R"({"field":"number","sent":"9","computed":"9","ok":true},)"
        R"({"field":"date_of_birth","sent":"7","computed":"7","ok":true},)"
        R"({"field":"expires","sent":"2","computed":"2","ok":true},)"
        R"({"field":"composite","sent":"8","computed":"8","ok":true}]})"}),
    [](const auto& test) { return std::string(test.param.name); });

// --- What is tolerated: it changes nothing.

class MrzToleratedTest : public testing::TestWithParam<SpecimenCase> {};

TEST_P(MrzToleratedTest, ReadsTheSame) { EXPECT_EQ(JsonOf(GetParam().zone), JsonOf(GetParam().json)); }

INSTANTIATE_TEST_SUITE_P(Layouts, MrzToleratedTest, testing::Values(
    SpecimenCase{"LowerCase",
                 "p<utoeriksson<<anna<maria<<<<<<<<<<<<<<<<<<<\nl898902c36uto7408122f1204159ze184226b<<<<<10\n", kPassport},
    SpecimenCase{"CrLf", "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\r\nD231458907UTO7408122F1204159<<<<<<<6\r\n", kCard2},
    SpecimenCase{"BlanksAround",
                 "  I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<< \n\tD231458907UTO7408122F1204159<<<<<<<6\t \n", kCard2},
    SpecimenCase{"BlankLinesAround",
                 "\n\n \nI<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6\n\n\n",
                 kCard2},
    SpecimenCase{"NoLineEnd", "I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6", kCard2}),
    [](const auto& test) { return std::string(test.param.name); });

// --- Fields.

// A field of a zone that is otherwise the specimen's.
MrzZone Read(const ZoneValues& values) {
  const absl::StatusOr<MrzZone> zone = ParseZoneText(Joined(WriteZone(values)));
  EXPECT_TRUE(zone.ok()) << zone.status() << "\n" << Joined(WriteZone(values));
  return zone.ok() ? *zone : MrzZone{};
}

struct NameCase {
  const char* name;
  MrzForm form;
  const char* field;  // As it stands, without the fillers behind.
  const char* surname;
  const char* given_names;
  bool truncated;
};

class MrzNameTest : public testing::TestWithParam<NameCase> {};

TEST_P(MrzNameTest, IsSplit) {
  ZoneValues values;
  values.form = GetParam().form;
  values.code = values.form == MrzForm::kMrvB ? "V" : "P";
  values.surname = GetParam().field;
  values.given_names = "";
  const MrzZone zone = Read(values);
  EXPECT_EQ(zone.surname, GetParam().surname);
  EXPECT_EQ(zone.given_names, GetParam().given_names);
  EXPECT_EQ(zone.name_truncated, GetParam().truncated);
}

// Doc 9303 part 3 section 4.6 and part 4 section 4.2.3.
INSTANTIATE_TEST_SUITE_P(Names, MrzNameTest, testing::Values(
    NameCase{"Usual", MrzForm::kTd3, "VAN<DER<MUELLEN<<WILHELMUS<JAN", "VAN DER MUELLEN", "WILHELMUS JAN", false},
    NameCase{"Mononym", MrzForm::kTd3, "ARKFREITH", "ARKFREITH", "", false},
    NameCase{"MononymOfTwoParts", MrzForm::kTd1, "ARKFREITH<ORLA", "ARKFREITH ORLA", "", false},
    NameCase{"MononymThatFills", MrzForm::kTd1, "ARKFREITHENBURGORLANTHAMSINQUI", "ARKFREITHENBURGORLANTHAMSINQUI", "",
             true},
    NameCase{"NoPrimaryIdentifier", MrzForm::kTd3, "<<ORLA", "", "ORLA", false},
    NameCase{"NothingAtAll", MrzForm::kTd2, "", "", "", false},
    NameCase{"FillerAtTheFront", MrzForm::kTd2, "<QUILL<<ORLA", "QUILL", "ORLA", false},
    NameCase{"ThreeFillersBetween", MrzForm::kTd2, "QUILL<<<ORLA", "QUILL", "ORLA", false},
    NameCase{"TwoFillersInGivenNames", MrzForm::kTd3, "QUILL<<ORLA<<TAMSIN", "QUILL", "ORLA TAMSIN", false},
    NameCase{"FilledTd3", MrzForm::kTd3, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG<K", "NILAVADHANANANDA",
             "CHAYAPA DEJTHAMRONG K", true},
    NameCase{"OneShortOfFull", MrzForm::kTd3, "NILAVADHANANANDA<<CHAYAPA<DEJTHAMRONG", "NILAVADHANANANDA",
             "CHAYAPA DEJTHAMRONG", false},
    NameCase{"CutAtAFiller", MrzForm::kTd1, "QUILLMARSHBURG<<TAMSIN<ORLAND<", "QUILLMARSHBURG", "TAMSIN ORLAND", false},
    NameCase{"CutInTheSurname", MrzForm::kTd2, "PAPANDROPOULOUSQUILLMARSHBURGOS", "PAPANDROPOULOUSQUILLMARSHBURGOS",
             "", true},
    NameCase{"VisaFilled", MrzForm::kMrvB, "BENNELONG<WOOLOOMOO<<WARRANDYTE", "BENNELONG WOOLOOMOO", "WARRANDYTE",
             true}),
    [](const auto& test) { return std::string(test.param.name); });

struct DateCase {
  const char* name;
  const char* birth;
  const char* expires;
  const char* on;  // Empty: not given.
  const char* read_birth;  // Empty: absent.
  const char* read_expiry;
};

class MrzDateTest : public testing::TestWithParam<DateCase> {};

TEST_P(MrzDateTest, IsRead) {
  ZoneValues values;
  values.birth = GetParam().birth;
  values.expires = GetParam().expires;
  const absl::StatusOr<MrzZone> zone = ParseZoneText(Joined(WriteZone(values)), ParseDate(GetParam().on));
  ASSERT_TRUE(zone.ok()) << zone.status();
  EXPECT_EQ(zone->date_of_birth ? ToString(*zone->date_of_birth) : "", GetParam().read_birth);
  EXPECT_EQ(zone->document.expires ? ToString(*zone->document.expires) : "", GetParam().read_expiry);
  for (const MrzCheck& check : zone->checks) EXPECT_TRUE(check.ok) << check.field;
}

INSTANTIATE_TEST_SUITE_P(Centuries, MrzDateTest, testing::Values(
    DateCase{"BeforeTheExpiry", "140302", "300101", "", "2014-03-02", "2030-01-01"},
    DateCase{"OnTheExpiry", "300101", "300101", "", "2030-01-01", "2030-01-01"},
    DateCase{"DayAfterTheExpiry", "300102", "300101", "", "1930-01-02", "2030-01-01"},
    // A passport of five years issued to an infant; the same digits may be a person of nearly a hundred.
    DateCase{"InDoubtAChild", "261101", "311101", "", "2026-11-01", "2031-11-01"},
    DateCase{"OnTheFlightDate", "261122", "361122", "2026-11-22", "2026-11-22", "2036-11-22"},
    DateCase{"AfterTheFlightDate", "261123", "361122", "2026-11-22", "1926-11-23", "2036-11-22"},
    DateCase{"ExpiryIsNeverOfTheLastCentury", "690806", "940623", "", "1969-08-06", "2094-06-23"},
    DateCase{"NoLimit", "500101", "991231", "", "1950-01-01", "2099-12-31"},
    DateCase{"NoLimitOfAChild", "150101", "991231", "", "2015-01-01", "2099-12-31"},
    DateCase{"LastYearThatTells", "780101", "791231", "", "2078-01-01", "2079-12-31"},
    DateCase{"FirstYearThatDoesNot", "780101", "800101", "", "1978-01-01", "2080-01-01"},
    DateCase{"NoExpiry", "290101", "<<<<<<", "", "2029-01-01", ""},
    DateCase{"NoExpiryBornLater", "300101", "<<<<<<", "", "1930-01-01", ""},
    DateCase{"YearOfExpiryAlone", "300601", "30<<<<", "", "2030-06-01", ""},
    DateCase{"ExpiryThatDoesNotExist", "310101", "300230", "", "1931-01-01", ""}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(Partial, MrzDateTest, testing::Values(
    DateCase{"DayUnknown", "1403<<", "300101", "", "2014-03", "2030-01-01"},
    DateCase{"MonthAndDayUnknown", "14<<<<", "300101", "", "2014", "2030-01-01"},
    DateCase{"MonthUnknown", "14<<02", "300101", "", "2014", "2030-01-01"},
    DateCase{"ZerosForTheDay", "140300", "300101", "", "2014-03", "2030-01-01"},
    DateCase{"ZerosForBoth", "140000", "300101", "", "2014", "2030-01-01"},
    DateCase{"SameYearAsTheExpiry", "30<<<<", "300101", "", "2030", "2030-01-01"},
    DateCase{"YearUnknown", "<<0302", "300101", "", "", "2030-01-01"},
    DateCase{"AllUnknown", "<<<<<<", "300101", "", "", "2030-01-01"},
    DateCase{"NoSuchMonth", "141302", "300101", "", "", "2030-01-01"},
    DateCase{"NoSuchDay", "140230", "300101", "", "", "2030-01-01"},
    DateCase{"LeapDay", "120229", "300101", "", "2012-02-29", "2030-01-01"},
    DateCase{"NoLeapDay", "130229", "300101", "", "", "2030-01-01"},
    DateCase{"LeapDayOf2000", "000229", "300101", "", "2000-02-29", "2030-01-01"},
    DateCase{"NoLeapDayIn1900", "000229", "991231", "1999-12-31", "", "2099-12-31"}),
    [](const auto& test) { return std::string(test.param.name); });

struct NumberCase {
  const char* name;
  MrzForm form;
  const char* number;
  const char* optional;
  const char* more_optional;
  const char* read_number;
  const char* read_optional;
};

class MrzNumberTest : public testing::TestWithParam<NumberCase> {};

TEST_P(MrzNumberTest, IsRead) {
  ZoneValues values;
  values.form = GetParam().form;
  values.code = "I";
  values.number = GetParam().number;
  values.optional = GetParam().optional;
  values.more_optional = GetParam().more_optional;
  const MrzZone zone = Read(values);
  EXPECT_EQ(zone.document.number, GetParam().read_number);
  EXPECT_EQ(zone.optional, GetParam().read_optional);
  for (const MrzCheck& check : zone.checks) EXPECT_TRUE(check.ok) << check.field;
}

// Doc 9303 part 5 section 4.2.2 (note j) and part 6 section 4.2.2.
INSTANTIATE_TEST_SUITE_P(Numbers, MrzNumberTest, testing::Values(
    NumberCase{"Short", MrzForm::kTd1, "AB12", "", "", "AB12", ""},
    NumberCase{"Nine", MrzForm::kTd1, "AB1234567", "XYZ", "Q<R", "AB1234567", "XYZ Q<R"},
    NumberCase{"BlankInside", MrzForm::kTd3, "AB 12-34", "", "", "AB 12 34", ""},
    NumberCase{"Ten", MrzForm::kTd1, "AB12345678", "", "", "AB12345678", ""},
    NumberCase{"TenWithOptional", MrzForm::kTd1, "AB12345678", "XYZ", "QR", "AB12345678", "XYZ QR"},
    NumberCase{"LongestOfTd1", MrzForm::kTd1, "AB1234567890123456789A", "", "QR", "AB1234567890123456789A", "QR"},
    NumberCase{"TenInTd2", MrzForm::kTd2, "AB12345678", "XY", "", "AB12345678", "XY"},
    NumberCase{"LongestOfTd2", MrzForm::kTd2, "AB1234567890123", "", "", "AB1234567890123", ""},
    NumberCase{"SecondOptionalAlone", MrzForm::kTd1, "AB1234567", "", "QR", "AB1234567", "QR"},
    NumberCase{"OptionalOfTd2", MrzForm::kTd2, "AB1234567", "XYZ", "", "AB1234567", "XYZ"},
    NumberCase{"OptionalOfTd3", MrzForm::kTd3, "AB1234567", "1<2345", "", "AB1234567", "1<2345"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzNumberTest, GoesOnOnlyBehindNineFullPlaces) {
  // A short number whose check digit is missing beside optional data: nothing is glued to it.
  const absl::StatusOr<MrzZone> zone = ParseZoneText(
      "I<UTOD2314589<<7349<<<<<<<<<<<\n3407127M9507122UTO<<<<<<<<<<<2\nSTEVENSON<<PETER<JOHN<<<<<<<<<\n");
  ASSERT_TRUE(zone.ok());
  EXPECT_EQ(zone->document.number, "D2314589");
  EXPECT_EQ(zone->optional, "7349");
  EXPECT_EQ(zone->checks[0].sent, "<");
  EXPECT_FALSE(zone->checks[0].ok);
}

TEST(MrzNumberTest, DoesNotGoOnInPassportsAndVisas) {
  const absl::StatusOr<MrzZone> zone = ParseZoneText(
      "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C3<UTO7408122F1204159ZE184226B<<<<<10\n");
  ASSERT_TRUE(zone.ok());
  EXPECT_EQ(zone->document.number, "L898902C3");
  EXPECT_EQ(zone->optional, "ZE184226B");
  EXPECT_FALSE(zone->checks[0].ok);
}

struct CodeCase {
  const char* name;
  const char* sent;
  const char* read;
};

class MrzCountryTest : public testing::TestWithParam<CodeCase> {};

TEST_P(MrzCountryTest, IsRead) {
  ZoneValues values;
  values.issuer = values.nationality = GetParam().sent;
  const MrzZone zone = Read(values);
  EXPECT_EQ(zone.document.issuer.view(), GetParam().read);
  EXPECT_EQ(zone.nationality.view(), GetParam().read);
}

// Doc 9303 part 3 section 5.
INSTANTIATE_TEST_SUITE_P(Codes, MrzCountryTest, testing::Values(
    CodeCase{"Germany", "D", "DEU"}, CodeCase{"Iso", "NGA", "NGA"},
    CodeCase{"BritishOverseasTerritories", "GBD", "GBD"},
    CodeCase{"BritishNationalOverseas", "GBN", "GBN"}, CodeCase{"BritishOverseasCitizen", "GBO", "GBO"},
    CodeCase{"BritishProtected", "GBP", "GBP"}, CodeCase{"BritishSubject", "GBS", "GBS"},
    CodeCase{"Stateless", "XXA", "XXA"}, CodeCase{"Refugee", "XXB", "XXB"}, CodeCase{"OtherRefugee", "XXC", "XXC"},
    CodeCase{"Unspecified", "XXX", "XXX"}, CodeCase{"UnitedNations", "UNO", "UNO"}, CodeCase{"UnAgency", "UNA", "UNA"},
    CodeCase{"UnMissionInKosovo", "UNK", "UNK"}, CodeCase{"Kosovo", "RKS", "RKS"},
    CodeCase{"EuropeanUnion", "EUE", "EUE"},
    CodeCase{"Utopia", "UTO", "UTO"}, CodeCase{"NotStated", "", ""}, CodeCase{"UnknownStaysAsSent", "QQQ", "QQQ"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzFieldTest, Sex) {
  const std::pair<char, std::optional<Sex>> cases[] = {
      {'F', Sex::kF}, {'M', Sex::kM}, {'X', Sex::kX}, {'<', std::nullopt}};
  ZoneValues values;
  for (const auto& [sent, read] : cases) {
    values.sex = sent;
    EXPECT_EQ(Read(values).sex, read) << sent;
  }
}

TEST(MrzFieldTest, DocumentCode) {
  ZoneValues values;
  for (const char* const code : {"P", "PM", "PD"}) {
    values.code = code;
    EXPECT_EQ(Read(values).document.type, code);
  }
  values.form = MrzForm::kTd1;
  for (const char* const code : {"I", "ID", "AC", "C", "IP", "V", "B1"}) {
    values.code = code;
    EXPECT_EQ(Read(values).document.type, code);
    EXPECT_EQ(Read(values).form, MrzForm::kTd1);
  }
  values.form = MrzForm::kMrvB;
  values.code = "VB";
  EXPECT_EQ(Read(values).form, MrzForm::kMrvB);
}

// --- Check digits that are wrong, field by field.

struct WrongDigitCase {
  const char* name;
  const char* zone;
  std::size_t line, column;  // Where another character is written.
  char character;
  const char* wrong;  // The fields reported, joined by blanks.
};

std::string ReplacedIn(std::string_view zone, std::size_t line, std::size_t column, char character) {
  std::string text(zone);
  text[(line - 1) * (text.find('\n') + 1) + column - 1] = character;
  return text;
}

class MrzWrongDigitTest : public testing::TestWithParam<WrongDigitCase> {};

TEST_P(MrzWrongDigitTest, IsReportedAndTheZoneRead) {
  const WrongDigitCase& c = GetParam();
  const absl::StatusOr<MrzZone> zone = ParseZoneText(ReplacedIn(c.zone, c.line, c.column, c.character));
  ASSERT_TRUE(zone.ok()) << zone.status();
  std::string wrong;
  for (const MrzCheck& check : zone->checks) {
    if (!check.ok) wrong += (wrong.empty() ? "" : " ") + check.field;
    EXPECT_EQ(check.ok, check.sent == check.computed) << check.field;
  }
  EXPECT_EQ(wrong, c.wrong);
}

INSTANTIATE_TEST_SUITE_P(Td3, MrzWrongDigitTest, testing::Values(
    WrongDigitCase{"NumberDigit", kPassport, 2, 10, '5', "number composite"},
    WrongDigitCase{"NumberDigitIsALetter", kPassport, 2, 10, 'B', "number composite"},
    // A G weighs sixteen: to the composite digit it is the six that belongs there.
    WrongDigitCase{"NumberDigitIsALetterOfItsWeight", kPassport, 2, 10, 'G', "number"},
    WrongDigitCase{"NumberDigitMissing", kPassport, 2, 10, '<', "number composite"},
    WrongDigitCase{"NumberItself", kPassport, 2, 2, '9', "number composite"},
    WrongDigitCase{"LetterOForZero", kPassport, 2, 6, 'O', "number composite"},
    WrongDigitCase{"BirthDigit", kPassport, 2, 20, '3', "date_of_birth composite"},
    WrongDigitCase{"BirthItself", kPassport, 2, 19, '1', "date_of_birth composite"},
    WrongDigitCase{"BirthMonthThatDoesNotExist", kPassport, 2, 16, '1', "date_of_birth composite"},
    WrongDigitCase{"ExpiryDigit", kPassport, 2, 28, '0', "expires composite"},
    WrongDigitCase{"ExpiryDigitIsALetter", kPassport, 2, 28, 'B', "expires composite"},
    WrongDigitCase{"ExpiryItself", kPassport, 2, 23, '3', "expires composite"},
    WrongDigitCase{"OptionalDigit", kPassport, 2, 43, '2', "optional composite"},
    WrongDigitCase{"OptionalDigitMissing", kPassport, 2, 43, '<', "optional composite"},
    WrongDigitCase{"OptionalItself", kPassport, 2, 29, 'Y', "optional composite"},
    WrongDigitCase{"CompositeDigit", kPassport, 2, 44, '1', "composite"},
    WrongDigitCase{"CompositeMissing", kPassport, 2, 44, '<', "composite"},
    WrongDigitCase{"SexIsNotChecked", kPassport, 2, 21, 'M', ""},
    WrongDigitCase{"NationalityIsNotChecked", kPassport, 2, 13, 'X', ""},
    WrongDigitCase{"NameIsNotChecked", kPassport, 1, 6, 'X', ""}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(OtherForms, MrzWrongDigitTest, testing::Values(
    WrongDigitCase{"Td1Number", kCard1, 1, 15, '8', "number composite"},
    WrongDigitCase{"Td1Optional", kCard1, 1, 16, '8', "composite"},
    WrongDigitCase{"Td1Birth", kCard1, 2, 7, '8', "date_of_birth composite"},
    WrongDigitCase{"Td1Expiry", kCard1, 2, 15, '8', "expires composite"},
    WrongDigitCase{"Td1MoreOptional", kCard1, 2, 19, '8', "composite"},
    WrongDigitCase{"Td1Composite", kCard1, 2, 30, '8', "composite"},
    WrongDigitCase{"Td1LongNumberDigit", kLongCard1, 1, 19, '8', "number composite"},
    WrongDigitCase{"Td1LongNumberRest", kLongCard1, 1, 16, '8', "number composite"},
    WrongDigitCase{"Td2Number", kCard2, 2, 10, '8', "number composite"},
    WrongDigitCase{"Td2Birth", kCard2, 2, 20, '8', "date_of_birth composite"},
    WrongDigitCase{"Td2Expiry", kCard2, 2, 28, '8', "expires composite"},
    WrongDigitCase{"Td2Optional", kCard2, 2, 29, '8', "composite"},
    WrongDigitCase{"Td2Composite", kCard2, 2, 36, '8', "composite"},
    WrongDigitCase{"Td2LongNumberDigit", kLongCard2, 2, 32, '8', "number composite"},
    WrongDigitCase{"MrvANumber", kVisaA, 2, 10, '8', "number"},
    WrongDigitCase{"MrvABirth", kVisaA, 2, 20, '7', "date_of_birth"},
    WrongDigitCase{"MrvAExpiry", kVisaA, 2, 28, '8', "expires"},
    WrongDigitCase{"MrvAOptionalIsNotChecked", kVisaA, 2, 44, '8', ""},
    WrongDigitCase{"MrvBNumber", kVisaB, 2, 10, '8', "number"},
    WrongDigitCase{"MrvBBirth", kVisaB, 2, 20, '7', "date_of_birth"},
    WrongDigitCase{"MrvBExpiry", kVisaB, 2, 28, '8', "expires"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzWrongDigitTest, EmptyOptionalMayHaveZeroOrNone) {
  ZoneValues values;
  std::vector<std::string> lines = WriteZone(values);
  EXPECT_EQ(lines[1][42], '0');
  const std::pair<char, bool> cases[] = {{'0', true}, {'<', true}, {'1', false}};
  for (const auto& [digit, ok] : cases) {
    lines[1][42] = digit;
    const absl::StatusOr<MrzZone> zone = ParseZoneText(Joined(lines));
    ASSERT_TRUE(zone.ok());
    EXPECT_EQ(zone->checks[3].ok, ok) << digit;
    EXPECT_EQ(zone->checks[3].computed, "0");
  }
}

// --- What is refused, and what is said.

struct RefusedCase {
  const char* name;
  std::string text;
  const char* reason;
};

class MrzRefusedTest : public testing::TestWithParam<RefusedCase> {};

TEST_P(MrzRefusedTest, SaysWhereAndWhatToDo) {
  const absl::StatusOr<MrzZone> zone = ParseZoneText(GetParam().text);
  ASSERT_FALSE(zone.ok());
  EXPECT_EQ(zone.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(zone.status().message()), HasSubstr(GetParam().reason));
}

const std::string kLine44(44, '<'), kLine36(36, '<'), kLine30(30, '<');

INSTANTIATE_TEST_SUITE_P(Shapes, MrzRefusedTest, testing::Values(
    RefusedCase{"Empty", "", "no line: a zone has 3 lines of 30 characters, or 2 of 36 or 44"},
    RefusedCase{"OneLine", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n",
                "1 line of 44 characters: a zone has 3 lines of 30 characters, or 2 of 36 or 44; send every line whole"},
    RefusedCase{"TwoLinesOnOne",
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<L898902C36UTO7408122F1204159ZE184226B<<<<<10",
                "1 line of 88 characters: a zone has 3 lines of 30 characters, or 2 of 36 or 44; send each line on a line of"},
    RefusedCase{"LostFiller",
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10\n",
                "2 lines of 43 and 44 characters"},
    RefusedCase{"LostFillersInBoth", "P<UTOERIKSSON<<ANNA<MARIA\nL898902C36UTO7408122F1204\n",
                "2 lines of 25 and 25 characters"},
    RefusedCase{"OneTooMany",
                "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<100\n",
                "2 lines of 45 and 45 characters"},
    RefusedCase{"MixedForms", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nD231458907UTO7408122F1204159<<<<<<<6\n",
                "2 lines of 44 and 36 characters"},
    RefusedCase{"ThreeOf44", kLine44 + "\n" + kLine44 + "\n" + kLine44, "3 lines of 44 and 44 and 44 characters"},
    RefusedCase{"ThreeOf36", kLine36 + "\n" + kLine36 + "\n" + kLine36, "3 lines of 36 and 36 and 36 characters"},
    RefusedCase{"TwoOf30", kLine30 + "\n" + kLine30, "2 lines of 30 and 30 characters"},
    RefusedCase{"TwoZonesWithoutABlankLine", std::string(kPassport) + kPassport,
                "4 lines: a zone has 3 lines of 30 characters, or 2 of 36 or 44; put a blank line between two zones"},
    RefusedCase{"MillionCharacters", std::string(1'000'000, 'A'), "line 1 of the zone has 1000000 characters"},
    RefusedCase{"SecondLineOfAMillion", kLine44 + "\n" + std::string(1'000'000, '<'),
                "line 2 of the zone has 1000000 characters"}),
    [](const auto& test) { return std::string(test.param.name); });

INSTANTIATE_TEST_SUITE_P(Characters, MrzRefusedTest, testing::Values(
    RefusedCase{"BlankInside", ReplacedIn(kPassport, 1, 20, ' '),
                "line 1 of the zone, column 20: byte 0x20 is no character of a zone, which has A to Z, 0 to 9 and < only"},
    RefusedCase{"Hyphen", ReplacedIn(kPassport, 1, 20, '-'),
                "line 1 of the zone, column 20: '-' is no character of a zone"},
    RefusedCase{"Apostrophe", ReplacedIn(kCard2, 1, 7, '\''), "line 1 of the zone, column 7: ''' is no"},
    RefusedCase{"Nul", ReplacedIn(kCard1, 3, 30, '\0'), "line 3 of the zone, column 30: byte 0x00"},
    RefusedCase{"Utf8", "P<UTOM\xC3\x9CLLER<<ORLA", "line 1 of the zone, column 7: byte 0xC3"},
    RefusedCase{"Latin1", ReplacedIn(kPassport, 1, 7, '\xDC'), "line 1 of the zone, column 7: byte 0xDC"},
    RefusedCase{"GuillemetsForFillers", "P\xC2\xABUTOERIKSSON\xC2\xAB\xC2\xAB""ANNA",
                "line 1 of the zone, column 2: byte 0xC2"},
    RefusedCase{"ColumnCountsTheIndent", "  " + ReplacedIn(kCard2, 1, 20, '.'), "line 1 of the zone, column 22: '.'"},
    RefusedCase{"Json", R"({"message_id":"ZZ-1"})", "line 1 of the zone, column 1: '{'"},
    RefusedCase{"Binary", std::string("\x7F""ELF\x02\x01\x01\x00\x00\xFF\xFE", 11),
                "line 1 of the zone, column 1: byte 0x7F"}),
    [](const auto& test) { return std::string(test.param.name); });

// Confusions of the reader are pointed out, never mended.
INSTANTIATE_TEST_SUITE_P(Fields, MrzRefusedTest, testing::Values(
    RefusedCase{"CodeIsADigit", ReplacedIn(kPassport, 1, 1, '9'),
                "line 1 of the zone, column 1: '9' in the first place of the document code, which has letters only; compare"},
    RefusedCase{"CodeIsAFiller", ReplacedIn(kPassport, 1, 1, '<'), "'<' in the first place of the document code"},
    RefusedCase{"DigitInTheIssuer", ReplacedIn(kPassport, 1, 5, '0'),
                "line 1 of the zone, column 5: '0' in the issuer, which has letters and < only"},
    RefusedCase{"DigitInTheName", ReplacedIn(kPassport, 1, 12, '0'), "line 1 of the zone, column 12: '0' in the name"},
    RefusedCase{"DigitInTheNameOfTd1", ReplacedIn(kCard1, 3, 7, '0'), "line 3 of the zone, column 7: '0' in the name"},
    RefusedCase{"DigitInTheNationality", ReplacedIn(kPassport, 2, 13, '0'),
                "line 2 of the zone, column 13: '0' in the nationality"},
    RefusedCase{"LetterInTheBirthDate", ReplacedIn(kPassport, 2, 16, 'O'),
                "line 2 of the zone, column 16: 'O' in the birth date, which has digits and < only; compare it with the document"},
    RefusedCase{"LetterInTheBirthDateOfTd1", ReplacedIn(kCard1, 2, 1, 'I'),
                "line 2 of the zone, column 1: 'I' in the birth date"},
    RefusedCase{"LetterInTheExpiry", ReplacedIn(kVisaA, 2, 27, 'O'),
                "line 2 of the zone, column 27: 'O' in the date of expiry"},
    // An A weighs ten, so that the check digit cannot tell it from a zero.
    RefusedCase{"LetterThatTheCheckDigitMisses", ReplacedIn(kPassport, 2, 16, 'A'), "'A' in the birth date"},
    RefusedCase{"HalfADay", ReplacedIn(kPassport, 2, 19, '<'),
                "line 2 of the zone, column 18: half a number in the birth date: a part not known is two <"},
    RefusedCase{"HalfAYear", ReplacedIn(kPassport, 2, 22, '<'),
                "line 2 of the zone, column 22: half a number in the date of"},
    RefusedCase{"Sex", ReplacedIn(kPassport, 2, 21, 'P'),
                "line 2 of the zone, column 21: 'P' in the sex, which has F, M, X and <"},
    RefusedCase{"OnlyFillers", kLine44 + "\n" + kLine44, "first place of the document code"},
    // The national card of France before 2021 is of this size, and no form of the standard.
    RefusedCase{"CardOfAnotherStandard", "IDFRAQUILLMARSH<<<<<<<<<<<<<<<<<<<<<\n8806923102858TAMSINORLA<<<<6512068F6\n",
                "line 2 of the zone, column 11: '8' in the nationality"}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(MrzRefusedTest, IsQuarantinedWithItsPlace) {
  const std::vector<MrzBlock> blocks = testing_support::BlocksOf(std::string(kCard1) + "\n\nNONSENSE\n");
  ASSERT_EQ(blocks.size(), 2u);
  const QuarantinedRecord record = QuarantinedZone("zones.txt", blocks[1], ParseMrz(blocks[1]).status());
  EXPECT_EQ(record.position, (SourcePosition{"zones.txt", 95, 6}));
  EXPECT_EQ(record.code, QuarantineCode::kBadSyntax);
  EXPECT_THAT(record.reason, HasSubstr("1 line of 8 characters"));
}

}  // namespace
}  // namespace landfall
