// Who travels with whom. docs/RULES.md section 19, `party.link_basis`.

#include "pipeline/match/party.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "pipeline/match/name_key.h"
#include "tests/support/flight_builder.h"

namespace landfall {
namespace {

using testing_support::FlightBuilder;
using testing_support::MadeFacts;
using testing_support::Person;
using ::testing::Each;
using ::testing::ElementsAre;
using K = ReferenceKind;

Person Child(std::string_view ref, std::string_view surname = "QUILL") {
  return Person(ref).Named(surname, "ORLA").Born("2014-03-02").Passport("A" + std::string(ref));
}
Person Adult(std::string_view ref, std::string_view surname = "QUILL") {
  return Person(ref).Named(surname, "ADA").Born("1980-05-06").Passport("A" + std::string(ref));
}
Person Calls(Person person, std::string_view phone) {
  return person.Set("contacts", R"([{"kind":"phone","value":")" + std::string(phone) + "\"}]");
}
Person Writes(Person person, std::string_view email) {
  return person.Set("contacts", R"([{"kind":"email","value":")" + std::string(email) + "\"}]");
}
Person Lives(Person person, std::string_view lines, std::string_view country = "GBR") {
  return person.Set("address", R"({"lines":")" + std::string(lines) + R"(","postcode":"SE5 4KV","country":")" +
                                   std::string(country) + "\"}");
}
Person ChecksInAt(Person person, std::string_view time) {
  return person.Text("checkin_at", "2026-11-21T" + std::string(time) + "Z");
}
std::string Vignette(std::string travel = "accompanied", std::string adult = R"("document":"A2")") {
  return R"({"vignette":"VG1","holder":{"surname":"QUILL","given_names":"ORLA","date_of_birth":"2014-03-02","document":"A1"},)"
         R"("child":{"travel":")" + travel + R"(","adults":[{"surname":"FENWICK","given_names":"ADA",)" + adult + "}]}}";
}

struct Case {
  std::string name;
  std::function<void(FlightBuilder&)> tell;
  std::string parties;
  std::string basis;  // Of the party of traveller 1.
};
class Parties : public ::testing::TestWithParam<Case> {};

TEST_P(Parties, AreAsTold) {
  FlightBuilder flight;
  GetParam().tell(flight);
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.Parties(), GetParam().parties);
  EXPECT_EQ(ToText(facts.PartyOf("1").basis), GetParam().basis);
  EXPECT_EQ(facts.Of("1", "party.link_basis"), GetParam().basis);
}

auto Two(Person first, Person second) {
  return [=](FlightBuilder& f) { f.CheckIn({first, second}); };
}

INSTANTIATE_TEST_SUITE_P(
    Basis, Parties,
    ::testing::Values(
        Case{"NothingShared", Two(Child("1"), Adult("2")), "1 | 2", "booking"},
        Case{"OneLocator", Two(Child("1").Booked("K3P7QX"), Adult("2", "VOSS").Booked("K3P7QX")), "1 2", "booking"},
        Case{"TwoLocators", Two(Child("1").Booked("K3P7QX"), Adult("2").Booked("OTHER1")), "1 | 2", "booking"},
        Case{"AdjacentSeatsLinkNobody",
             Two(Child("1").Booked("K3P7QX").Text("seat", "21A"), Adult("2").Booked("OTHER1").Text("seat", "21B")), "1 | 2",
             "booking"},
        Case{"NamedAdultByDocument",
             [](FlightBuilder& f) { f.Vignette(Vignette()).CheckIn({Child("1"), Adult("2", "FENWICK")}); }, "1 2", "visa"},
        Case{"NamedAdultByNameAndBirth",
             [](FlightBuilder& f) {
               f.Vignette(Vignette("accompanied", R"("date_of_birth":"1980-05-06")")).CheckIn({Child("1"), Adult("2", "FENWICK")});
             },
             "1 2", "visa"},
        Case{"NamedAdultByNameOnly",
             [](FlightBuilder& f) { f.Vignette(Vignette("accompanied", R"("sex":"F")")).CheckIn({Child("1"), Adult("2", "FENWICK")}); },
             "1 | 2", "booking"},
        Case{"ACrewMemberNamedOnTheVignette",
             [](FlightBuilder& f) {
               f.Vignette(Vignette()).CheckIn({Child("1")}).Crew({Adult("2", "FENWICK").Text("type", "crew")});
             },
             "1 2", "visa"},
        Case{"TheAdultOfAnAdultsVignetteIsNoLink",
             [](FlightBuilder& f) { f.Vignette(Vignette()).CheckIn({Child("1").Born("1990-03-02"), Adult("2", "FENWICK")}); },
             "1 | 2", "booking"},
        Case{"OneTransaction",
             Two(Child("1").Text("checkin_id", "C1"), Adult("2", "VOSS").Text("checkin_id", "C1")), "1 2", "checkin"},
        Case{"TwoTransactionsAtOnce",
             Two(ChecksInAt(Child("1").Text("checkin_id", "C1"), "20:00:00"), ChecksInAt(Adult("2").Text("checkin_id", "C2"), "20:00:00")),
             "1 | 2", "booking"},
        Case{"ABareTimeJoinsNoStrangers", Two(ChecksInAt(Child("1"), "20:00:00"), ChecksInAt(Adult("2", "VOSS"), "20:00:00")),
             "1 | 2", "booking"},
        Case{"TenMinutesAndAName", Two(ChecksInAt(Child("1"), "20:00:00"), ChecksInAt(Adult("2"), "20:10:00")), "1 2", "checkin"},
        Case{"MoreThanTenMinutes", Two(ChecksInAt(Child("1"), "20:00:00"), ChecksInAt(Adult("2"), "20:10:01")), "1 | 2", "booking"},
        Case{"TenMinutesAndATelephone",
             Two(Calls(ChecksInAt(Child("1"), "20:00:00"), "+447700900123"), Calls(ChecksInAt(Adult("2", "VOSS"), "20:10:00"), "0044 7700 900123")),
             "1 2", "checkin"},
        Case{"TenMinutesAndAnAddress",
             Two(Lives(ChecksInAt(Child("1"), "20:00:00"), "14 LARKSPUR MEWS"), Lives(ChecksInAt(Adult("2", "VOSS"), "20:05:00"), "14 Larkspur Mews")),
             "1 2", "checkin"},
        Case{"TheSameInstantAndACompoundName",
             Two(ChecksInAt(Child("1"), "20:00:00"), ChecksInAt(Adult("2", "QUILL-FENWICK"), "20:00:00")), "1 2", "checkin"},
        Case{"ATelephoneAndAName", Two(Calls(Child("1"), "+447700900123"), Calls(Adult("2"), "0044 7700 900123")), "1 2",
             "inferred"},
        Case{"AnEmailAndAName", Two(Writes(Child("1"), "q@example.org"), Writes(Adult("2"), "Q@EXAMPLE.ORG")), "1 2", "inferred"},
        Case{"AnAddressAndAName", Two(Lives(Child("1"), "14 LARKSPUR MEWS"), Lives(Adult("2"), "14 LARKSPUR MEWS")), "1 2",
             "inferred"},
        Case{"AnAddressAbroadIsNoPlaceToMeet",
             Two(Lives(Child("1"), "14 LARKSPUR MEWS", "FRA"), Lives(Adult("2"), "14 LARKSPUR MEWS", "FRA")), "1 | 2", "booking"},
        Case{"ATelephoneWithoutAName", Two(Calls(Child("1"), "+447700900123"), Calls(Adult("2", "VOSS"), "+447700900123")),
             "1 | 2", "booking"},
        Case{"ANameWithoutATelephone", Two(Child("1"), Adult("2")), "1 | 2", "booking"},
        Case{"NobodysNumber", Two(Calls(Child("1"), "0000000000"), Calls(Adult("2"), "0000000000")), "1 | 2", "booking"},
        Case{"SeatsConfirmAnInferredLink",
             Two(Calls(Child("1"), "+447700900123").Text("seat", "21A"), Calls(Adult("2"), "+447700900123").Text("seat", "21B")),
             "1 2", "seat"},
        Case{"SeatsOfAnotherRowDoNot",
             Two(Calls(Child("1"), "+447700900123").Text("seat", "21A"), Calls(Adult("2"), "+447700900123").Text("seat", "22A")),
             "1 2", "inferred"},
        Case{"OnePersonsTwoEqualNumbersLinkNobody",
             [](FlightBuilder& f) {
               f.CheckIn({ChecksInAt(Child("1").Set("contacts", R"([{"kind":"phone","value":"+447700900123"},)"
                                                                R"({"kind":"phone","value":"+44 7700 900123"}])"), "20:00:00")});
             },
             "1", "booking"},
        Case{"CrewTravelsAlone",
             [](FlightBuilder& f) {
               f.CheckIn({Calls(Child("1"), "+447700900123")}).Crew({Calls(Adult("2"), "+447700900123").Text("type", "crew")});
             },
             "1 | 2", "booking"},
        Case{"CrewOfOneBookingWithTheChild",
             [](FlightBuilder& f) {
               f.CheckIn({Child("1").Booked("K3P7QX")}).Crew({Adult("2").Text("type", "crew").Booked("K3P7QX")});
             },
             "1 2", "booking"}),
    [](const auto& test) { return test.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Chains, Parties,
    ::testing::Values(
        Case{"TheStrongestLinkNamesTheParty",
             [](FlightBuilder& f) {
               f.CheckIn({Calls(Child("1"), "+447700900123"), Calls(Adult("2").Booked("K3P7QX"), "+447700900123"),
                          Adult("3", "VOSS").Booked("K3P7QX")});
             },
             "1 2 3", "booking"},
        Case{"VisaBeforeCheckIn",
             [](FlightBuilder& f) {
               f.Vignette(Vignette()).CheckIn({Child("1").Text("checkin_id", "C1"), Adult("2", "FENWICK").Text("checkin_id", "C1")});
             },
             "1 2", "visa"},
        Case{"CheckInBeforeInferred",
             Two(Calls(Child("1").Text("checkin_id", "C1"), "+447700900123"), Calls(Adult("2").Text("checkin_id", "C1"), "+447700900123")),
             "1 2", "checkin"},
        Case{"TransitiveAndInOrderOfTheFirst",
             [](FlightBuilder& f) {
               f.CheckIn({Child("1").Booked("K3P7QX"), Adult("2", "VOSS"), Adult("3").Booked("K3P7QX").Text("checkin_id", "C1"),
                          Adult("4", "FENWICK").Text("checkin_id", "C1")});
             },
             "1 3 4 | 2", "booking"}),
    [](const auto& test) { return test.param.name; });

std::vector<Person> OfOneBooking(int people, std::string_view locator = "GROUP1") {
  std::vector<Person> travellers;
  for (int i = 1; i <= people; ++i) {
    // Names of their own: the locator alone is to link them.
    travellers.push_back(Adult(std::to_string(i), std::string(1, static_cast<char>('A' + i % 26)) + "OB" +
                                                      std::string(static_cast<std::size_t>(i / 26 + 1), 'X')).Booked(locator));
  }
  return travellers;
}

std::vector<std::size_t> Sizes(const MadeFacts& facts) {
  std::vector<std::size_t> sizes;
  for (const Party& party : facts.context().parties) sizes.push_back(party.members.size());
  return sizes;
}

TEST(GroupBookings, NineAreAParty) {
  FlightBuilder flight;
  flight.CheckIn(OfOneBooking(9));
  EXPECT_THAT(Sizes(flight.Facts()), ElementsAre(9));
}

TEST(GroupBookings, TenAreStrangers) {
  FlightBuilder flight;
  flight.CheckIn(OfOneBooking(10));
  EXPECT_THAT(Sizes(flight.Facts()), ::testing::AllOf(::testing::SizeIs(10), Each(1)));
}

TEST(GroupBookings, TenOfARegisteredGroupAreAParty) {
  FlightBuilder flight;
  flight.Record(K::kGroups, R"({"group":"G-1","kind":"school","name":"WREN HALL","locators":["GROUP1"]})");
  flight.CheckIn(OfOneBooking(10));
  const MadeFacts facts = flight.Facts();
  EXPECT_THAT(Sizes(facts), ElementsAre(10));
  EXPECT_EQ(facts.Of("1", "party.organised_group"), "true");
}

TEST(GroupBookings, OnePupilMakesNoSchoolOfATour) {
  FlightBuilder flight;
  flight.Record(K::kGroups, R"({"group":"G-1","kind":"school","name":"WREN HALL","members":[{"surname":"BOBX","given_names":"ADA",)"
                            R"("date_of_birth":"1980-05-06"}]})");
  flight.CheckIn(OfOneBooking(10));
  EXPECT_THAT(Sizes(flight.Facts()), ::testing::AllOf(::testing::SizeIs(10), Each(1)));
}

TEST(LargeParties, NinetyNineStayTogether) {
  FlightBuilder flight;
  flight.Record(K::kGroups, R"({"group":"G-1","kind":"school","name":"WREN HALL","locators":["GROUP1"]})");
  flight.CheckIn(OfOneBooking(99));
  EXPECT_THAT(Sizes(flight.Facts()), ElementsAre(99));
}

TEST(LargeParties, AHundredOfOneLocatorAreCut) {
  FlightBuilder flight;
  flight.Record(K::kGroups, R"({"group":"G-1","kind":"school","name":"WREN HALL","locators":["GROUP1"]})");
  flight.CheckIn(OfOneBooking(100));
  const MadeFacts facts = flight.Facts();
  EXPECT_THAT(Sizes(facts), ElementsAre(99, 1));
  EXPECT_THAT(facts.FindingsOf("1"), ElementsAre("party_too_large"));
  EXPECT_EQ(facts.Of("100", "party.organised_group"), "true");
}

// Thirteen bookings of eight, chained by one telephone number and name: 104 people are no party.
TEST(LargeParties, AChainIsSplitByLocator) {
  FlightBuilder flight;
  std::vector<Person> travellers;
  for (int booking = 0; booking < 13; ++booking) {
    for (int i = 0; i < 8; ++i) {
      const std::string ref = std::to_string(booking * 8 + i + 1);
      Person person = Adult(ref).Booked("LOC" + std::to_string(booking));
      travellers.push_back(i == 0 ? Calls(person, "+447700900123") : person);
    }
  }
  flight.CheckIn(travellers);
  const MadeFacts facts = flight.Facts();
  EXPECT_THAT(Sizes(facts), ::testing::AllOf(::testing::SizeIs(13), Each(8)));
  EXPECT_THAT(facts.FindingsOf("1"), ElementsAre("party_too_large"));
}

TEST(CommonNames, ThatManyBearJoinNobodyByTime) {
  for (const int people : {9, 10}) {
    FlightBuilder flight;
    std::vector<Person> travellers;
    for (int i = 0; i < people; ++i) {
      travellers.push_back(ChecksInAt(Adult(std::to_string(i + 1)), "20:0" + std::to_string(i) + ":00"));
    }
    flight.CheckIn(travellers);
    EXPECT_EQ(flight.Facts().context().parties.size(), people == 9 ? 1u : 10u) << people;
  }
}

TEST(CommonContacts, OfAnAgencyJoinOnlyTheSameName) {
  FlightBuilder flight;
  std::vector<Person> travellers = {Calls(Child("1"), "+442079460000"), Calls(Adult("2"), "+442079460000"),
                                    Calls(Adult("3", "QUILL-VOSS"), "+442079460000")};
  for (Person& other : OfOneBooking(40)) {
    travellers.push_back(Calls(other.Text("ref", "X" + std::to_string(travellers.size())).Without("booking"), "+442079460000"));
  }
  flight.CheckIn(travellers);
  const MadeFacts facts = flight.Facts();
  EXPECT_EQ(facts.PartyOf("1").members, (std::vector<std::uint32_t>{0, 1}));
}

// A slow, obvious twin: closes the relation "linked" pair by pair.
class Oracle {
 public:
  explicit Oracle(const FlightState& state) : state_(state) {}

  bool Linked(std::size_t a, std::size_t b) const {
    const Traveller& first = *state_.travellers[a].merged;
    const Traveller& second = *state_.travellers[b].merged;
    if (!first.booking->locator.empty() && first.booking->locator == second.booking->locator &&
        Bearers(first.booking->locator) <= 9) {
      return true;
    }
    if (!first.checkin_id.empty() && first.checkin_id == second.checkin_id) return true;
    const bool same_phone = !first.contacts.empty() && !second.contacts.empty() &&
                            PhoneKey(first.contacts[0].value) == PhoneKey(second.contacts[0].value);
    return same_phone && SharesFamilyName(first.surname, second.surname);
  }
  std::set<std::set<std::uint32_t>> Parties() const {
    std::vector<std::size_t> label(state_.travellers.size());
    for (std::size_t i = 0; i < label.size(); ++i) label[i] = i;
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t a = 0; a < label.size(); ++a) {
        for (std::size_t b = 0; b < label.size(); ++b) {
          if (label[a] == label[b] || !Linked(a, b)) continue;
          label[a] = label[b] = std::min(label[a], label[b]);
          changed = true;
        }
      }
    }
    std::map<std::size_t, std::set<std::uint32_t>> by_label;
    for (std::size_t i = 0; i < label.size(); ++i) by_label[label[i]].insert(static_cast<std::uint32_t>(i));
    std::set<std::set<std::uint32_t>> parties;
    for (const auto& [name, members] : by_label) parties.insert(members);
    return parties;
  }

 private:
  std::size_t Bearers(const std::string& locator) const {
    return static_cast<std::size_t>(std::count_if(state_.travellers.begin(), state_.travellers.end(), [&](const auto& known) {
      return known.merged->booking->locator == locator;
    }));
  }
  const FlightState& state_;
};

TEST(Parties, AgreeWithASlowTwinOnRandomFlights) {
  const unsigned seed = 20261122;
  SCOPED_TRACE(::testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  const std::vector<std::string> names = {"QUILL", "VOSS", "QUILL-VOSS", "BRANDT", "IVANOV", "IVANOVA"};
  const ReferenceSnapshot reference;
  const Configuration configuration;
  for (int round = 0; round < 300; ++round) {
    FlightState state;
    const std::size_t people = 1 + random() % 40;
    for (std::size_t i = 0; i < people; ++i) {
      auto traveller = std::make_shared<Traveller>();
      traveller->surname = names[random() % names.size()];
      traveller->booking = Booking{};
      if (random() % 3 != 0) traveller->booking->locator = "L" + std::to_string(random() % (people / 2 + 1));
      if (random() % 4 == 0) traveller->checkin_id = "C" + std::to_string(random() % people);
      if (random() % 3 == 0) {
        traveller->contacts = {{ContactKind::kPhone, "+44770090012" + std::to_string(random() % 5)}};
      }
      FlightTraveller known;
      known.api = known.merged = traveller;
      state.travellers.push_back(known);
    }
    std::vector<Finding> findings;
    const std::vector<const landfall::Vignette*> vignettes(people);
    std::set<std::set<std::uint32_t>> made;
    for (const Party& party : FormParties(state, KeysOfPeople(state, configuration), vignettes, reference, findings)) {
      EXPECT_TRUE(std::is_sorted(party.members.begin(), party.members.end()));
      made.insert({party.members.begin(), party.members.end()});
    }
    ASSERT_EQ(made, Oracle(state).Parties()) << "round " << round;
  }
}

TEST(LinkBasis, StandsInTheOrderOfTheFact) {
  EXPECT_THAT(Info(FactId::party_link_basis).values, ::testing::ElementsAreArray(EnumText<LinkBasis>::kWords));
}

}  // namespace
}  // namespace landfall
