// Vignette holders, named adults and sponsors whose names are spelt in another way on the flight than on record.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pipeline/facts/flight_facts.h"
#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using K = ReferenceKind;

Person Orla() { return Person("1").Named("QUILL", "ORLA").Born("2014-03-02").Passport("A1").Booked("K3P7QX"); }
Person Adult(std::string surname, std::string given, std::string born = "1980-05-06", std::string passport = "N5") {
  Person person = Person("2").Named(surname, given).Passport(passport).Booked("K3P7QX");
  return born.empty() ? person : person.Born(born);
}

// ORLA's vignette, which names MUHAMMED KHAN with these further fields.
std::string Vignette(std::string adult) {
  return R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","document":"A1"},)"
         R"("child":{"travel":"accompanied","adults":[{"surname":"KHAN","given_names":"MUHAMMED")" +
         (adult.empty() ? "" : "," + adult) + "}]}}";
}
const std::string kBorn = R"("date_of_birth":"1980-05-06")";
const std::string kBornWithNumber = R"("date_of_birth":"1980-05-06","document":"A2")";

struct AdultCase {
  const char* label;
  std::string named;
  Person seen;
  const char* on_flight;
  const char* result;
};
class NamedAdultTest : public testing::TestWithParam<AdultCase> {};

TEST_P(NamedAdultTest, IsFound) {
  FlightBuilder flight;
  flight.Vignette(Vignette(GetParam().named)).CheckIn({Orla(), GetParam().seen});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Of("1", "visa.named_adult_on_flight"), GetParam().on_flight);
  EXPECT_EQ(facts.Of("1", "visa.result"), GetParam().result);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, NamedAdultTest,
    testing::Values(
        AdultCase{"TheVeryName", kBorn, Adult("KHAN", "MUHAMMED"), "true", "ok_document_differs"},
        AdultCase{"Transliterated", kBorn, Adult("KHAN", "MOHAMED"), "true", "ok_document_differs"},
        AdultCase{"SwappedAndSpelt", kBorn, Adult("MOHAMMAD", "KAHN"), "true", "ok_document_differs"},
        AdultCase{"MoreNames", kBorn, Adult("KHAN", "MOHAMED ADIL"), "true", "ok_document_differs"},
        AdultCase{"PassportRenewed", kBornWithNumber, Adult("KHAN", "MOHAMED"), "true", "ok_document_differs"},
        AdultCase{"ByNumberWhateverTheName", kBornWithNumber, Adult("FENWICK", "MARL", "1980-05-06", "A2"), "true", "ok"},
        AdultCase{"AContradictingBirthDateVetoesTheNumber", kBornWithNumber, Adult("KHAN", "MUHAMMED", "1990-05-06", "A2"),
                  "false", "mismatch_other_adult"},
        AdultCase{"AnotherBirthDate", kBorn, Adult("KHAN", "MOHAMED", "1981-05-06"), "false", "mismatch_other_adult"},
        AdultCase{"AnotherName", kBorn, Adult("FENWICK", "MARL"), "false", "mismatch_other_adult"},
        AdultCase{"ANameAloneIsUnknown", "", Adult("KHAN", "MUHAMMED"), "unknown", "unknown"},
        AdultCase{"ANameAloneSpeltOtherwiseIsUnknown", "", Adult("KHAN", "MOHAMED"), "unknown", "unknown"},
        AdultCase{"WithoutTheTravellersDateUnknown", kBorn, Adult("KHAN", "MOHAMED", ""), "unknown", "unknown"}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(NamedAdultTest, TheEvidenceStandsFieldByField) {
  FlightBuilder flight;
  flight.Vignette(Vignette(kBorn)).CheckIn({Orla(), Adult("KHAN", "MOHAMED")});
  const MadeFacts facts = flight.Facts();
  const std::vector<std::string> evidence = FactEvidence(FactId::visa_result, 0, facts.state(), facts.context());
  EXPECT_THAT(evidence, Contains("traveller 2, adult 1 named on vignette VG1"));
  EXPECT_THAT(evidence, Contains(StartsWith("name: MOHAMED KHAN, MUHAMMED KHAN: +")));
  EXPECT_THAT(evidence, Contains("date_of_birth: 1980-05-06, 1980-05-06: +32"));
  EXPECT_THAT(facts.FindingsOf("2"), Contains("name_differs"));
}

TEST(NamedAdultTest, TheVeryNameIsNoFinding) {
  FlightBuilder flight;
  flight.Vignette(Vignette(kBorn)).CheckIn({Orla(), Adult("KHAN", "MUHAMMED")});
  EXPECT_THAT(flight.Facts().FindingsOf("2"), Not(Contains("name_differs")));
}

TEST(NamedAdultTest, TravelsInTheChildsParty) {
  FlightBuilder flight;
  flight.Vignette(Vignette(kBorn)).CheckIn({Orla(), Adult("KHAN", "MOHAMED").Booked("OTHER1")});
  EXPECT_EQ(flight.Facts().Parties(), "1 2");
  EXPECT_EQ(flight.Facts().Of("1", "party.link_basis"), "visa");
}

// ---- Holders.

std::string HeldBy(std::string number, std::string surname, std::string given, std::string born = "2014-03-02") {
  return R"({"vignette":")" + number + R"(","holder":{"surname":")" + surname + R"(","given_names":")" + given +
         R"(","date_of_birth":")" + born + R"("},"child":{"travel":"unaccompanied"}})";
}

struct HolderCase {
  const char* label;
  std::vector<std::string> vignettes;
  Person seen;
  const char* kind;
};
class HolderTest : public testing::TestWithParam<HolderCase> {};
TEST_P(HolderTest, IsFound) {
  FlightBuilder flight;
  for (const std::string& vignette : GetParam().vignettes) flight.Vignette(vignette);
  flight.CheckIn({GetParam().seen});
  EXPECT_EQ(flight.Facts().Of("1", "visa.kind"), GetParam().kind);
}
INSTANTIATE_TEST_SUITE_P(
    Rows, HolderTest,
    testing::Values(HolderCase{"SpeltOtherwise", {HeldBy("VG1", "OKONKWO", "CHUKWUEMEKA")},
                               Person("1").Named("OKONKO", "CHUKWUEMEKA").Born("2014-03-02"), "unaccompanied"},
                    HolderCase{"JoinedAndSwapped", {HeldBy("VG1", "KARIMI", "ABDUL RAHMAN")},
                               Person("1").Named("ABDULRAHMAN", "KARIMY").Born("2014-03-02"), "unaccompanied"},
                    HolderCase{"AnotherDay", {HeldBy("VG1", "OKONKWO", "CHUKWUEMEKA")},
                               Person("1").Named("OKONKO", "CHUKWUEMEKA").Born("2014-02-03"), "none"},
                    HolderCase{"AnotherGivenName", {HeldBy("VG1", "OKONKWO", "CHUKWUEMEKA")},
                               Person("1").Named("OKONKWO", "NGOZI").Born("2014-03-02"), "none"},
                    HolderCase{"WithoutABirthDate", {HeldBy("VG1", "OKONKWO", "CHUKWUEMEKA")},
                               Person("1").Named("OKONKO", "CHUKWUEMEKA").Text("fare", "child"), "none"}),
    [](const auto& test) { return std::string(test.param.label); });

TEST(HolderTest, ATwinHasNotTheOthersVignette) {
  FlightBuilder flight;
  flight.Vignette(HeldBy("VG1", "OSMAN", "AMINA"));
  flight.CheckIn({Person("1").Named("OSMAN", "AMINA").Born("2014-03-02"), Person("2").Named("OSMAN", "AMIRA").Born("2014-03-02")});
  EXPECT_EQ(flight.Facts().Of("1", "visa.kind"), "unaccompanied");
  EXPECT_EQ(flight.Facts().Of("2", "visa.kind"), "none");
}

TEST(HolderTest, OfTwoTheMoreAlikeCounts) {
  FlightBuilder flight;
  flight.Vignette(HeldBy("VG1", "OSMAN", "AMIRA")).Vignette(HeldBy("VG2", "OSMANN", "AMINA"));
  flight.CheckIn({Person("1").Named("OSMAN", "AMINA").Born("2014-03-02")});
  EXPECT_EQ(flight.Facts().context().travellers[0].vignette.vignette->number, "VG2");
}

// ---- Sponsors.

struct SponsorCase {
  const char* label;
  std::string on_visa, on_record;
  bool found;
};
class SponsorTest : public testing::TestWithParam<SponsorCase> {};
TEST_P(SponsorTest, IsFound) {
  FlightBuilder flight;
  flight.Record(K::kSponsors, R"({"sponsor_id":"SP-1",)" + GetParam().on_record + "}");
  flight.Vignette(R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02"},"sponsor":{)" +
                  GetParam().on_visa + "}}");
  flight.CheckIn({Orla()});
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.context().travellers[0].sponsor != nullptr, GetParam().found);
}
const std::string kMuhammed = R"("surname":"KHAN","given_names":"MUHAMMED")";
const std::string kMohamed = R"("surname":"KHAN","given_names":"MOHAMED")";
INSTANTIATE_TEST_SUITE_P(
    Rows, SponsorTest,
    testing::Values(
        SponsorCase{"BirthDate", kMuhammed + R"(,"date_of_birth":"1970-01-09")", kMohamed + R"(,"date_of_birth":"1970-01-09")", true},
        SponsorCase{"AnotherBirthDate", kMuhammed + R"(,"date_of_birth":"1970-01-09")",
                    kMohamed + R"(,"date_of_birth":"1971-01-09")", false},
        SponsorCase{"Phone", kMuhammed + R"(,"phone":"+442079460312")", kMohamed + R"(,"phones":["+44 20 7946 0312"])", true},
        SponsorCase{"AnotherBirthDateBesideThePhone", kMuhammed + R"(,"phone":"+442079460312","date_of_birth":"1970-01-09")",
                    kMohamed + R"(,"phones":["+44 20 7946 0312"],"date_of_birth":"1990-02-02")", false},
        SponsorCase{"NameAlone", kMuhammed, kMohamed, false},
        SponsorCase{"PhoneOfAnotherName", R"("surname":"BRANDT","given_names":"UTE","phone":"+442079460312")",
                    kMohamed + R"(,"phones":["+44 20 7946 0312"])", false}),
    [](const auto& test) { return std::string(test.param.label); });

}  // namespace
}  // namespace landfall
