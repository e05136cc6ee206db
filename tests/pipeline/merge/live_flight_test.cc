#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "model/date.h"
#include "pipeline/merge/flight_book.h"
#include "pipeline/places/places.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

Instant At(int hour) { return {MakeDate(2026, 11, 22).days * 86'400LL + hour * 3'600LL}; }

Traveller Person(std::string ref, std::string surname, std::string given = "ALMA") {
  Traveller traveller;
  traveller.ref = std::move(ref);
  traveller.surname = std::move(surname);
  traveller.given_names = std::move(given);
  return traveller;
}

Message Sent(MessageKind kind, std::optional<int> revision, int hour, std::vector<Traveller> travellers) {
  Message message;
  message.message_id = "m" + std::to_string(hour) + std::to_string(revision.value_or(0));
  message.sender = "ZZ";
  message.kind = kind;
  if (revision) message.revision = *revision;
  message.sent_at = At(hour);
  message.flight.number = "ZZ101";
  message.flight.from = AirportCode("LOS");
  message.flight.to = AirportCode("LHR");
  message.flight.departs_at = At(10);
  message.flight.arrives_at = At(16);
  message.flight.departs_on = MakeDate(2026, 11, 22);
  message.travellers = std::move(travellers);
  return message;
}

// A flight that takes messages one after the other.
class FlightUnderTest {
 public:
  FlightUnderTest& Take(const Message& message) {
    const auto shared = std::make_shared<const Message>(message);
    flight_.Apply(shared, KeysOf(*shared, reference_), ++sequence_, nullptr);
    return *this;
  }
  FlightState State() const { return flight_.State(); }
  std::vector<std::string> Surnames() const {
    std::vector<std::string> names;
    for (const FlightTraveller& traveller : State().travellers) names.push_back(traveller.merged->surname);
    return names;
  }
  std::vector<FindingCode> Findings() const {
    std::vector<FindingCode> codes;
    for (const Finding& finding : State().findings) codes.push_back(finding.code);
    return codes;
  }

 private:
  Configuration configuration_;
  ReferenceSnapshot reference_;
  LiveFlight flight_{Sent(MessageKind::kCheckIn, {}, 1, {}).flight.Key(), configuration_};
  std::uint64_t sequence_ = 0;
};

TEST(LiveFlight, ALateOlderMessageNeverOverwrites) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 2, 5, {Person("1", "SECOND")}));
  flight.Take(Sent(MessageKind::kCheckIn, 1, 6, {Person("1", "FIRST"), Person("2", "ONLYINFIRST")}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("SECOND", "ONLYINFIRST"));
  EXPECT_THAT(flight.Findings(), ElementsAre(FindingCode::kRevisionLate));
}

TEST(LiveFlight, WithoutRevisionsTheSendingTimeDecides) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, {}, 6, {Person("1", "LATER")}));
  flight.Take(Sent(MessageKind::kUpdate, {}, 5, {Person("1", "EARLIER")}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("LATER"));
}

TEST(LiveFlight, AReductionRemovesAndALaterListBringsBack) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {Person("1", "STAYS"), Person("2", "LEAVES")}));
  flight.Take(Sent(MessageKind::kReduction, 2, 2, {Person("2", "LEAVES")}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("STAYS"));
  flight.Take(Sent(MessageKind::kUpdate, 1, 1, {Person("2", "LATE")}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("STAYS"));
  flight.Take(Sent(MessageKind::kUpdate, 3, 3, {Person("2", "BACK")}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("STAYS", "BACK"));
}

TEST(LiveFlight, PeopleOfOneMessageAreDifferentPeopleWhateverTheirDocuments) {
  Traveller first = Person("", "ONE"), second = Person("", "TWO");
  first.documents = second.documents = {{"P", "123456789", CountryCode("GBR"), {}, {}, ""}};
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {first, second}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("ONE", "TWO"));
}

TEST(LiveFlight, ABookingAndCheckInOfOnePersonAreOneTraveller) {
  Traveller booked = Person("", "PENROSE");
  booked.date_of_birth = PartialDate{2014, 3, 2};
  booked.booking = Booking{};
  booked.booking->locator = "K3P7QX";
  booked.booking->payment = Payment::kCash;
  booked.services = {"UMNR"};
  Traveller checked = booked;
  checked.ref = "17";
  checked.services.clear();
  checked.booking->payment.reset();
  checked.seat = "21A";
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kBooking, 4, 1, {booked})).Take(Sent(MessageKind::kCheckIn, 1, 2, {checked}));
  const FlightState state = flight.State();
  ASSERT_EQ(state.travellers.size(), 1u);
  const Traveller& merged = *state.travellers[0].merged;
  EXPECT_EQ(merged.ref, "17");
  EXPECT_EQ(merged.seat, "21A");
  EXPECT_EQ(merged.booking->payment, Payment::kCash);
  EXPECT_TRUE(merged.HasService("UMNR"));
}

struct CloseOutCase {
  std::string name;
  CloseOutForm form;
  std::optional<bool> listed, unlisted;
};

class CloseOutTest : public testing::TestWithParam<CloseOutCase> {};

// The NDJSON contract, `close_out`.
TEST_P(CloseOutTest, SaysWhoIsOnBoard) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {Person("1", "LISTED"), Person("2", "UNLISTED")}));
  EXPECT_EQ(flight.State().travellers[0].boarded, std::nullopt);
  Message close = Sent(MessageKind::kCloseOut, 1, 9, {Person("1", "LISTED")});
  close.close_out = GetParam().form;
  if (GetParam().form == CloseOutForm::kFull) close.travellers[0].boarded = true;
  flight.Take(close);
  EXPECT_TRUE(flight.State().closed_out);
  EXPECT_EQ(flight.State().travellers[0].boarded, GetParam().listed);
  EXPECT_EQ(flight.State().travellers[1].boarded, GetParam().unlisted);
}

INSTANTIATE_TEST_SUITE_P(Contract, CloseOutTest,
                         testing::Values(CloseOutCase{"OnBoard", CloseOutForm::kOnBoard, true, false},
                                         CloseOutCase{"NotOnBoard", CloseOutForm::kNotOnBoard, false, true},
                                         CloseOutCase{"Full", CloseOutForm::kFull, true, std::nullopt},
                                         CloseOutCase{"None", CloseOutForm::kNone, std::nullopt, std::nullopt}),
                         [](const auto& test) { return test.param.name; });

TEST(LiveFlight, SomebodyOnBoardWhoWasNeverAnnouncedIsATraveller) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {Person("1", "KNOWN")}));
  Message close = Sent(MessageKind::kCloseOut, 1, 9, {Person("1", "KNOWN"), Person("9", "NEW")});
  close.close_out = CloseOutForm::kOnBoard;
  flight.Take(close);
  EXPECT_THAT(flight.Surnames(), ElementsAre("KNOWN", "NEW"));
}

struct CompleteCase {
  std::string name;
  std::optional<int> declared;
  std::vector<std::pair<int, bool>> parts;  // seq, last; empty: no part given
  bool complete;
};

class ApiCompleteTest : public testing::TestWithParam<CompleteCase> {};

// The NDJSON contract, `api_complete`: never from mere receipt. Each part brings one traveller.
TEST_P(ApiCompleteTest, FollowsTheContract) {
  FlightUnderTest flight;
  auto parts = GetParam().parts;
  const bool has_parts = !parts.empty();
  if (!has_parts) parts = {{1, true}};
  for (const auto& [seq, last] : parts) {
    Message message = Sent(MessageKind::kCheckIn, 1, 1, {Person(std::to_string(seq), "A")});
    if (GetParam().declared) message.declared.passengers = *GetParam().declared;
    if (has_parts) message.part = MessagePart{"ZZ101/1", seq, last};
    flight.Take(message);
  }
  EXPECT_EQ(flight.State().api_complete, GetParam().complete);
}

INSTANTIATE_TEST_SUITE_P(
    Contract, ApiCompleteTest,
    testing::Values(CompleteCase{"ReceiptAloneIsNotEnough", {}, {}, false},
                    CompleteCase{"DeclaredAndCounted", 1, {}, true}, CompleteCase{"DeclaredMore", 2, {}, false},
                    CompleteCase{"LastPartNothingDeclared", {}, {{1, false}, {2, true}}, true},
                    CompleteCase{"PartsInAnyOrder", {}, {{2, true}, {1, false}}, true},
                    CompleteCase{"APartIsMissing", {}, {{1, false}, {3, true}}, false},
                    CompleteCase{"TheLastPartIsMissing", {}, {{1, false}, {2, false}}, false},
                    CompleteCase{"AllPartsButTooFewPeople", 3, {{1, false}, {2, true}}, false}),
    [](const auto& test) { return test.param.name; });

TEST(LiveFlight, RetimingByMoreThanThreeHoursIsAFinding) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {}));
  Message moved = Sent(MessageKind::kUpdate, 2, 2, {});
  moved.flight.departs_at = At(14);
  flight.Take(moved);
  EXPECT_THAT(flight.Findings(), ElementsAre(FindingCode::kRetimed));
  EXPECT_EQ(flight.State().flight.departs_at, At(14));
}

TEST(LiveFlight, ARevisionJumpIsAFinding) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {})).Take(Sent(MessageKind::kUpdate, 101, 2, {}));
  EXPECT_THAT(flight.Findings(), IsEmpty());
  flight.Take(Sent(MessageKind::kUpdate, 202, 3, {}));
  EXPECT_THAT(flight.Findings(), ElementsAre(FindingCode::kRevisionJump));
}

TEST(LiveFlight, ACancelledFlightIsCancelledUntilANewerListComes) {
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {Person("1", "A")})).Take(Sent(MessageKind::kCancel, 2, 2, {}));
  EXPECT_TRUE(flight.State().cancelled);
  flight.Take(Sent(MessageKind::kCheckIn, 3, 3, {Person("1", "A")}));
  EXPECT_FALSE(flight.State().cancelled);
}

// Twin: the same messages in every order of receipt end in the same people with the same data.
TEST(LiveFlight, TheOrderOfReceiptDoesNotMatter) {
  const unsigned seed = 20261122;
  SCOPED_TRACE(testing::Message() << "seed " << seed);
  std::mt19937 random(seed);
  std::vector<Message> messages;
  for (int revision = 1; revision <= 6; ++revision) {
    std::vector<Traveller> people;
    for (int person = 0; person < 5; ++person) {
      if (random() % 2) people.push_back(Person(std::to_string(person), "REV" + std::to_string(revision)));
    }
    const MessageKind kind = revision % 3 == 0 ? MessageKind::kReduction : MessageKind::kUpdate;
    messages.push_back(Sent(kind, revision, revision, people));
  }
  const auto summary = [](const FlightUnderTest& flight) {
    std::vector<std::string> people;
    for (const FlightTraveller& known : flight.State().travellers) {
      people.push_back(known.merged->ref + " " + known.merged->surname);
    }
    std::sort(people.begin(), people.end());
    return people;
  };
  FlightUnderTest in_order;
  for (const Message& message : messages) in_order.Take(message);
  for (int round = 0; round < 200; ++round) {
    std::shuffle(messages.begin(), messages.end(), random);
    FlightUnderTest shuffled;
    for (const Message& message : messages) shuffled.Take(message);
    EXPECT_EQ(summary(shuffled), summary(in_order)) << "round " << round;
  }
}

}  // namespace
}  // namespace landfall
