// Private fostering: Children Act 1989 s.66 (28 days or more) and s.105 (close relatives), three-valued.

#include "pipeline/facts/fostering.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::Person;
using R = Relationship;

std::string Text(std::optional<bool> value) { return value ? (*value ? "true" : "false") : "unknown"; }

TEST(CloseRelative, IsWhoTheActNamesAndNobodyElse) {
  const std::pair<R, const char*> kCases[] = {
      {R::kParent, "true"},       {R::kStepParent, "true"},   {R::kSibling, "true"},      {R::kGrandparent, "true"},
      {R::kAuntUncle, "true"},    {R::kRelativeByMarriage, "true"}, {R::kGuardian, "false"}, {R::kCousin, "false"},
      {R::kOtherRelative, "false"}, {R::kFamilyFriend, "false"}, {R::kNotRelated, "false"}, {R::kUnknown, "unknown"}};
  for (const auto& [relationship, expected] : kCases) {
    EXPECT_EQ(Text(IsCloseRelative(relationship)), expected) << ToText(relationship);
    const std::string family = relationship == R::kGuardian ? "true" : expected;
    EXPECT_EQ(Text(IsFamilyOrGuardian(relationship)), family) << ToText(relationship);
  }
}

// Fostered: 10 years old, alone, for 28 days, with a family friend who accommodates it.
FosteringCase Fostered() {
  FosteringCase of;
  of.is_child = true;
  of.age = AgeRange{10, 10};
  of.stay_days = 28;
  of.has_carer = true;
  of.carer_relationship = R::kFamilyFriend;
  return of;
}

struct Case {
  std::string name;
  std::function<void(FosteringCase&)> change;
  std::string expected;
};
class PrivateFostering : public ::testing::TestWithParam<Case> {};

TEST_P(PrivateFostering, Holds) {
  FosteringCase of = Fostered();
  GetParam().change(of);
  EXPECT_EQ(Text(IsPrivateFostering(of, ProfileParameters{})), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    ChildrenAct, PrivateFostering,
    ::testing::Values(
        Case{"TwentyEightDays", [](auto&) {}, "true"}, Case{"TwentySevenDays", [](auto& of) { of.stay_days = 27; }, "false"},
        Case{"StayNotKnown", [](auto& of) { of.stay_days.reset(); }, "unknown"},
        Case{"Aged15", [](auto& of) { of.age = AgeRange{15, 15}; }, "true"},
        Case{"Aged16", [](auto& of) { of.age = AgeRange{16, 16}; }, "false"},
        Case{"Aged16AndDisabled", [](auto& of) { of.age = AgeRange{16, 16}; of.disabled = true; }, "true"},
        Case{"Aged17AndDisabled", [](auto& of) { of.age = AgeRange{17, 17}; of.disabled = true; }, "true"},
        Case{"NotAChildAndDisabled",
             [](auto& of) { of.is_child = false; of.age = AgeRange{18, 18}; of.disabled = true; }, "false"},
        Case{"AgeNotKnown", [](auto& of) { of.age.reset(); }, "unknown"},
        Case{"AgeOpenAcrossTheLimit", [](auto& of) { of.age = AgeRange{15, 16}; }, "unknown"},
        Case{"AgeOpenBelowTheLimit", [](auto& of) { of.age = AgeRange{9, 10}; }, "true"},
        Case{"AgeOpenAboveTheLimit", [](auto& of) { of.age = AgeRange{16, 17}; }, "false"},
        Case{"CarerIsAnAunt", [](auto& of) { of.carer_relationship = R::kAuntUncle; }, "false"},
        Case{"CarerIsACousin", [](auto& of) { of.carer_relationship = R::kCousin; }, "true"},
        Case{"CarerIsAGuardian", [](auto& of) { of.carer_relationship = R::kGuardian; }, "false"},
        Case{"CarerHasParentalResponsibility", [](auto& of) { of.carer_has_parental_responsibility = true; }, "false"},
        Case{"CarerHasNone", [](auto& of) { of.carer_has_parental_responsibility = false; }, "true"},
        Case{"CarerNotSaidWho", [](auto& of) { of.carer_relationship = R::kUnknown; }, "unknown"},
        Case{"NoCarerKnown", [](auto& of) { of.has_carer = false; }, "unknown"},
        Case{"StaysElsewhereThanTheCarer", [](auto& of) { of.carer_accommodates = false; }, "unknown"},
        Case{"AnAuntElsewhereIsNoCarer",
             [](auto& of) { of.carer_accommodates = false; of.carer_relationship = R::kAuntUncle; }, "unknown"},
        Case{"AParentTravelsToo", [](auto& of) { of.relative_travels = true; }, "false"},
        Case{"CompanionNotSaidWho", [](auto& of) { of.relative_travels.reset(); }, "unknown"},
        Case{"ShortStayDecidesWhateverIsUnknown",
             [](auto& of) { of = FosteringCase{}; of.is_child = true; of.stay_days = 27; of.relative_travels.reset(); },
             "false"},
        Case{"AgeDecidesWhateverIsUnknown",
             [](auto& of) { of = FosteringCase{}; of.is_child = true; of.age = AgeRange{16, 16}; }, "false"}),
    [](const auto& test) { return test.param.name; });

TEST(PrivateFostering, TheLimitsAreTheProfiles) {
  ProfileParameters parameters;
  parameters.foster_age = 12;
  parameters.foster_days = 60;
  FosteringCase of = Fostered();
  EXPECT_EQ(IsPrivateFostering(of, parameters), false);
  of.stay_days = 60;
  EXPECT_EQ(IsPrivateFostering(of, parameters), true);
  of.age = AgeRange{12, 12};
  EXPECT_EQ(IsPrivateFostering(of, parameters), false);
}

// As flights tell it: a child of 12 for 90 days with a family friend at 14 Larkspur Mews.
std::string Vignette(std::string sponsor = R"("relationship":"family_friend")", std::string more = R"("stay_days":90)") {
  return R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","document":"A1"},)"
         R"("child":{"travel":"accompanied","adults":[{"surname":"QUILL","given_names":"ADA","document":"A2","relationship":"parent"},)"
         R"({"surname":"FENWICK","given_names":"MARL","document":"X9"}]},)"
         R"("sponsor":{"surname":"BRANDT","given_names":"UTE","address":{"lines":"14 LARKSPUR MEWS","postcode":"SE5 4KV"},)" +
         sponsor + "}," + more + "}";
}
Person Orla() { return Person("1").Named("QUILL", "ORLA").Born("2014-03-02").Passport("A1").Booked("K3P7QX"); }
Person Parent() { return Person("2").Named("QUILL", "ADA").Born("1980-05-06").Passport("A2").Booked("K3P7QX"); }
Person Companion() { return Person("9").Named("FENWICK", "MARL").Born("1985-02-02").Passport("X9").Booked("K3P7QX"); }

struct FlightCase {
  std::string name;
  std::function<void(FlightBuilder&)> tell;
  std::string expected;
};
class PrivateFosteringOnAFlight : public ::testing::TestWithParam<FlightCase> {};

TEST_P(PrivateFosteringOnAFlight, IsAsTold) {
  FlightBuilder flight;
  GetParam().tell(flight);
  EXPECT_EQ(flight.Facts().Of("1", "sponsor.private_fostering"), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    ChildrenAct, PrivateFosteringOnAFlight,
    ::testing::Values(
        FlightCase{"Alone", [](auto& f) { f.Vignette(Vignette()).CheckIn({Orla()}); }, "true"},
        FlightCase{"AParentTravels", [](auto& f) { f.Vignette(Vignette()).CheckIn({Orla(), Parent()}); }, "false"},
        FlightCase{"AParentStayedBehind",
                   [](auto& f) { f.Vignette(Vignette()).CheckIn({Orla(), Parent()}).CloseOut("not_on_board", {Parent()}); },
                   "true"},
        FlightCase{"ACompanionOfWhomNothingIsSaid",
                   [](auto& f) { f.Vignette(Vignette()).CheckIn({Orla(), Companion()}); }, "unknown"},
        FlightCase{"ACarriersEscortIsNoRelative",
                   [](auto& f) { f.Vignette(Vignette()).CheckIn({Orla(), Companion().Text("role", "um_escort")}); }, "true"},
        FlightCase{"BookedFor27Days",
                   [](auto& f) {
                     f.Vignette(Vignette()).CheckIn(
                         {Orla().Set("booking", R"({"locator":"K","returns_at":"2026-12-19T10:00:00Z"})")});
                   },
                   "false"},
        FlightCase{"BookedFor28Days",
                   [](auto& f) {
                     f.Vignette(Vignette()).CheckIn(
                         {Orla().Set("booking", R"({"locator":"K","returns_at":"2026-12-20T10:00:00Z"})")});
                   },
                   "true"},
        FlightCase{"DeclaresTheSponsorsAddress",
                   [](auto& f) {
                     f.Vignette(Vignette()).CheckIn(
                         {Orla().Set("address", R"({"lines":"14 Larkspur Mews","postcode":"SE54KV","country":"GBR"})")});
                   },
                   "true"},
        FlightCase{"DeclaresAnother",
                   [](auto& f) {
                     f.Vignette(Vignette()).CheckIn(
                         {Orla().Set("address", R"({"lines":"9 DUNNOCK RISE","postcode":"CR7 2OM","country":"GBR"})")});
                   },
                   "unknown"},
        FlightCase{"DeclaresAnotherThatTheSponsorHasToo",
                   [](auto& f) {
                     f.Vignette(Vignette(R"("relationship":"family_friend","sponsor_id":"SP1")"))
                         .Record(ReferenceKind::kSponsors,
                                 R"({"sponsor_id":"SP1","surname":"BRANDT","given_names":"UTE",)"
                                 R"("addresses":[{"lines":"9 DUNNOCK RISE","postcode":"CR7 2OM"}]})")
                         .CheckIn({Orla().Set("address", R"({"lines":"9 DUNNOCK RISE","postcode":"CR7 2OM"})")});
                   },
                   "true"},
        FlightCase{"AnAddressAbroadIsNoOther",
                   [](auto& f) {
                     f.Vignette(Vignette()).CheckIn({Orla().Set("address", R"({"lines":"9 RUE X","country":"FRA"})")});
                   },
                   "true"},
        FlightCase{"ReceiverOfTheFormIsAnAunt",
                   [](auto& f) {
                     f.CheckIn({Orla().Set("booking", R"({"locator":"K","returns_at":"2027-02-20T10:00:00Z"})")
                                    .Set("escort_form",
                                         R"({"collected_by":{"surname":"BRANDT","given_names":"UTE","relationship":"aunt_uncle"}})")});
                   },
                   "false"},
        FlightCase{"ReceiverOfTheFormIsAFriend",
                   [](auto& f) {
                     f.CheckIn({Orla().Set("booking", R"({"locator":"K","returns_at":"2027-02-20T10:00:00Z"})")
                                    .Set("escort_form",
                                         R"({"collected_by":{"surname":"BRANDT","given_names":"UTE","relationship":"family_friend"}})")});
                   },
                   "true"},
        FlightCase{"Disabled17",
                   [](auto& f) {
                     f.Vignette(R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2009-03-02",)"
                                R"("document":"A1"},"child":{"travel":"unaccompanied"},"stay_days":90,"disabled":true,)"
                                R"("sponsor":{"surname":"BRANDT","given_names":"UTE","relationship":"not_related"}})")
                         .CheckIn({Orla().Born("2009-03-02")});
                   },
                   "true"},
        FlightCase{"AnAdult", [](auto& f) { f.CheckIn({Orla().Born("1990-01-01")}); }, "unknown"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
