// Whether a traveller is the person whom a record names. docs/MATCHING.md, "What a match means".

#include "pipeline/match/same_person.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "pipeline/match/names_agree.h"
#include "pipeline/match/person_score.h"
#include "pipeline/match/watch_index.h"
#include "tests/support/random_names.h"

namespace landfall {
namespace {

Person Named(std::string surname, std::string given_names, std::string_view born = "", std::string document = "",
             std::string_view issuer = "") {
  Person person;
  person.surname = std::move(surname);
  person.given_names = std::move(given_names);
  if (!born.empty()) person.date_of_birth = ParsePartialDate(born);
  person.document = std::move(document);
  person.issuer = CountryCode(issuer);
  return person;
}

Traveller Seen(std::string surname, std::string given_names, std::string_view born = "", std::string number = "",
               std::string_view issuer = "") {
  Traveller traveller;
  traveller.surname = std::move(surname);
  traveller.given_names = std::move(given_names);
  if (!born.empty()) traveller.date_of_birth = ParsePartialDate(born);
  if (!number.empty()) {
    Document document;
    document.type = "P";
    document.number = std::move(number);
    document.issuer = CountryCode(issuer);
    traveller.documents.push_back(std::move(document));
  }
  return traveller;
}

struct SameCase {
  const char* label;
  Person named;
  Traveller seen;
  SamePerson expected;
};

class SamePersonTest : public testing::TestWithParam<SameCase> {};

TEST_P(SamePersonTest, Compares) {
  EXPECT_EQ(ComparePerson(GetParam().named, GetParam().seen), GetParam().expected)
      << testing::PrintToString(EvidenceOf(ScorePersons(ViewOf(GetParam().seen), ViewOf(GetParam().named)).score,
                                           ScorePersons(ViewOf(GetParam().seen), ViewOf(GetParam().named)).terms));
}

constexpr auto kBirth = SamePerson::kNameAndBirth;
constexpr const char* kDay = "1980-05-06";

INSTANTIATE_TEST_SUITE_P(
    Spellings, SamePersonTest,
    testing::Values(
        SameCase{"TheVeryName", Named("QUILL", "ADA", kDay), Seen("QUILL", "ADA", kDay), kBirth},
        SameCase{"Transliterated", Named("KHAN", "MUHAMMED", kDay), Seen("KHAN", "MOHAMED", kDay), kBirth},
        SameCase{"CommonAndTransliterated", Named("ALI", "MUHAMMED", kDay), Seen("ALI", "MOHAMAD", kDay), kBirth},
        SameCase{"Joined", Named("KARIMI", "ABDUL RAHMAN", kDay), Seen("ABDULRAHMAN", "KARIMI", kDay), kBirth},
        SameCase{"Cut", Named("VENKATANARASIMHARAJUVARIPETA", "SRILAKSHMI", kDay),
                 Seen("VENKATANARASIMHARAJUVARIPETA", "SRILAKSHM", kDay), kBirth},
        SameCase{"Typo", Named("OKONKWO", "CHUKWUEMEKA", kDay), Seen("OKONKOW", "CHUKWUEMEKA", kDay), kBirth},
        SameCase{"Swapped", Named("FENWICK", "MARL", kDay), Seen("MARL", "FENWIK", kDay), kBirth},
        SameCase{"Nickname", Named("BROWN", "KATHERINE", kDay), Seen("BROWN", "KATE", kDay), kBirth},
        SameCase{"MoreGivenNames", Named("FENWICK", "MARL", kDay), Seen("FENWICK", "MARL OTIS", kDay), kBirth},
        SameCase{"OtherScript", Named("Коваль", "Олена", kDay), Seen("KOVAL", "OLENA", kDay), kBirth}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(
    SomebodyElse, SamePersonTest,
    testing::Values(
        SameCase{"SisterOfThatDay", Named("QUILL", "ADA", kDay), Seen("QUILL", "ORLA", kDay), SamePerson::kNo},
        SameCase{"GivenNameAlone", Named("QUILL", "MARIA", kDay), Seen("FENWICK", "MARIA", kDay), SamePerson::kNo},
        SameCase{"AnotherDay", Named("KHAN", "MUHAMMED", kDay), Seen("KHAN", "MOHAMED", "1981-05-06"), SamePerson::kNo},
        SameCase{"AnotherSex",
                 [] {
                   Person person = Named("KHAN", "MUHAMMED", kDay);
                   person.sex = Sex::kM;
                   return person;
                 }(),
                 [] {
                   Traveller traveller = Seen("KHANN", "MUHAMADA", kDay);
                   traveller.sex = Sex::kF;
                   return traveller;
                 }(),
                 SamePerson::kNo},
        // Of a year alone only the very name is enough.
        SameCase{"SpellingAndAYear", Named("KHAN", "MUHAMMED", "1980"), Seen("KHAN", "MOHAMED", kDay), SamePerson::kNo},
        SameCase{"TheVeryNameAndAYear", Named("KHAN", "MUHAMMED", "1980"), Seen("KHAN", "MUHAMMED", kDay), kBirth}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(
    Numbers, SamePersonTest,
    testing::Values(
        SameCase{"Number", Named("QUILL", "ADA", kDay, "A2", "UTO"), Seen("FENWICK", "MARL", kDay, "A2", "UTO"),
                 SamePerson::kDocument},
        SameCase{"IssuerUnknown", Named("QUILL", "ADA", "", "A2"), Seen("QUILL", "ADA", "", "A 2", "UTO"),
                 SamePerson::kDocument},
        SameCase{"AnotherIssuer", Named("QUILL", "ADA", "", "A2", "UTO"), Seen("FENWICK", "MARL", "", "A2", "ATA"),
                 SamePerson::kNo},
        SameCase{"ABirthDateVetoes", Named("QUILL", "ADA", kDay, "A2", "UTO"), Seen("QUILL", "ADA", "1990-05-06", "A2", "UTO"),
                 SamePerson::kNo},
        SameCase{"RenewedAndSpeltAnew", Named("KHAN", "MUHAMMED", kDay, "A2", "UTO"),
                 Seen("KHAN", "MOHAMED", kDay, "B7", "UTO"), kBirth}),
    [](const auto& test) { return std::string(test.param.label); });

INSTANTIATE_TEST_SUITE_P(
    NameAlone, SamePersonTest,
    testing::Values(
        SameCase{"TheVeryName", Named("QUILL", "ADA"), Seen("QUILL", "ADA", kDay), SamePerson::kNameOnly},
        SameCase{"AnotherSpelling", Named("KHAN", "MUHAMMED"), Seen("KHAN", "MOHAMED", kDay), SamePerson::kNameOnly},
        SameCase{"TheTravellersDateIsNotKnown", Named("KHAN", "MUHAMMED", kDay), Seen("KHAN", "MOHAMED"),
                 SamePerson::kNameOnly},
        SameCase{"BothNumbersKnownAndUnlike", Named("KHAN", "MUHAMMED", "", "A2"), Seen("KHAN", "MOHAMED", kDay, "B7"),
                 SamePerson::kNo},
        SameCase{"AnotherName", Named("QUILL", "ADA"), Seen("FENWICK", "MARL", kDay), SamePerson::kNo},
        SameCase{"NoName", Named("", ""), Seen("", "", kDay), SamePerson::kNo}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(PersonScoreTest, IsTheSameBothWaysAndTheSumOfItsTerms) {
  testing_support::NameWorld world(20261128, 300);
  for (int i = 0; i < 500; ++i) {
    const WatchName a = world.MakeName();
    const WatchName b = world.Altered(a, static_cast<testing_support::NameWorld::Error>(i % testing_support::NameWorld::kErrors));
    const Person named = Named(a.surname, a.given_names, "1980-05-06");
    const Traveller seen = Seen(b.surname, b.given_names, i % 3 == 0 ? "1980-06-05" : "1980-05-06");
    const PersonScore forth = ScorePersons(ViewOf(named), ViewOf(seen));
    const PersonScore back = ScorePersons(ViewOf(seen), ViewOf(named));
    EXPECT_EQ(forth.score, back.score) << a.given_names << " " << a.surname << ", " << b.given_names << " " << b.surname;
    std::int32_t sum = 0;
    for (const MatchTerm& term : forth.terms) sum += term.points;
    EXPECT_EQ(sum, forth.score);
  }
}

TEST(PersonScoreTest, EvidenceHasBothValuesAndTheDecibans) {
  const PersonScore score = ScorePersons(ViewOf(Seen("KHAN", "MOHAMED", kDay)), ViewOf(Named("KHAN", "MUHAMMED", kDay)));
  EXPECT_THAT(EvidenceOf(score.score, score.terms),
              testing::AllOf(testing::Contains(testing::StartsWith("name: MOHAMED KHAN, MUHAMMED KHAN: +")),
                             testing::Contains("date_of_birth: 1980-05-06, 1980-05-06: +32")));
}

// The index asks the same question of a list: two programs, one answer.
TEST(NamesAgreeTest, AgreesWithTheIndex) {
  testing_support::NameWorld world(7, 60);
  int agreeing = 0;
  for (int i = 0; i < 600; ++i) {
    WatchEntry entry;
    entry.entry = "W";
    entry.names.push_back(world.MakeName());
    const WatchName asked = i % 4 == 0 ? world.MakeName()
                                       : world.Altered(entry.names[0], static_cast<testing_support::NameWorld::Error>(
                                                                           i % testing_support::NameWorld::kErrors));
    WatchQuery query;
    query.surname = asked.surname;
    query.given_names = asked.given_names;
    const WatchName listed = entry.names[0];
    const bool found = !WatchIndex({entry}).FindCandidates(query).empty();
    agreeing += found ? 1 : 0;
    EXPECT_EQ(NamesAgree(FormsOf(asked.surname, asked.given_names), FormsOf(listed.surname, listed.given_names), false), found)
        << asked.surname << ", " << asked.given_names << " against " << listed.surname << ", " << listed.given_names;
  }
  EXPECT_GT(agreeing, 300);
}

TEST(NamesAgreeTest, SpellingKeysMeet) {
  const std::optional<PartialDate> born = ParsePartialDate("1980-05-06");
  const auto meet = [&](const char* surname_a, const char* given_a, const char* surname_b, const char* given_b) {
    const SpellingKeys a = SpellingKeysOf(FormsOf(surname_a, given_a), born), b = SpellingKeysOf(FormsOf(surname_b, given_b), born);
    return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) != a.end();
  };
  EXPECT_TRUE(meet("KHAN", "MUHAMMED", "KHAN", "MOHAMED"));
  EXPECT_TRUE(meet("KARIMI", "ABDUL RAHMAN", "KARIMY", "ABDULRAHMAN"));
  EXPECT_TRUE(meet("ABDUL", "RAHMAN", "", "ABDULRAHMAN"));
  EXPECT_FALSE(meet("KHAN", "MUHAMMED", "FENWICK", "MARL"));
  EXPECT_TRUE(SpellingKeysOf(FormsOf("KHAN", "MUHAMMED"), ParsePartialDate("1980")).empty());
}

}  // namespace
}  // namespace landfall
