#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "model/date.h"
#include "model/json_writer.h"
#include "pipeline/facts/flight_facts.h"
#include "pipeline/merge/flight_book.h"
#include "pipeline/places/places.h"
#include "storage/fact_codec.h"

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
  FlightState State(std::optional<Instant> known_at = std::nullopt) const { return flight_.State(known_at); }
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

TEST(LiveFlight, RevisionsAreComparedInsideAStreamOnly) {
  Message hub = Sent(MessageKind::kUpdate, 1, 6, {Person("1", "BYHUB")});
  hub.sender = "HUB";
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 40, 5, {Person("1", "BYCARRIER")})).Take(hub);
  EXPECT_THAT(flight.Surnames(), ElementsAre("BYHUB"));
  EXPECT_THAT(flight.Findings(), IsEmpty());
}

// In pairs: revision 2 after 1, 1 (sent at 6) after the one without, which (sent at 5) is after 2 (sent at 4).
TEST(LiveFlight, WhatGoesRoundInPairsHasOneOrderAllTheSame) {
  std::vector<Message> messages = {Sent(MessageKind::kUpdate, 1, 6, {Person("1", "ONE")}),
                                   Sent(MessageKind::kUpdate, 2, 4, {Person("1", "TWO")}),
                                   Sent(MessageKind::kUpdate, {}, 5, {Person("1", "NONE")})};
  const auto by_id = [](const Message& a, const Message& b) { return a.message_id < b.message_id; };
  std::sort(messages.begin(), messages.end(), by_id);
  do {
    FlightUnderTest flight;
    for (const Message& message : messages) flight.Take(message);
    EXPECT_THAT(flight.Surnames(), ElementsAre("TWO"));
  } while (std::next_permutation(messages.begin(), messages.end(), by_id));
}

TEST(LiveFlight, WithNeitherRevisionNorTimeReceiptDecides) {
  Message first = Sent(MessageKind::kUpdate, {}, 1, {Person("1", "FIRST")});
  Message second = Sent(MessageKind::kUpdate, {}, 2, {Person("1", "SECOND")});
  first.sent_at.reset();
  second.sent_at.reset();
  FlightUnderTest flight, other;
  EXPECT_THAT(flight.Take(first).Take(second).Surnames(), ElementsAre("SECOND"));
  EXPECT_THAT(other.Take(second).Take(first).Surnames(), ElementsAre("FIRST"));
}

TEST(LiveFlight, OneReferenceAnotherPersonIsAnotherTraveller) {
  Traveller ada = Person("2", "QUILL", "ADA"), kofi = Person("2", "FENWICK", "KOFI");
  ada.date_of_birth = PartialDate{1980, 5, 6};
  kofi.date_of_birth = PartialDate{1979, 1, 1};
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {ada})).Take(Sent(MessageKind::kUpdate, 2, 2, {kofi}));
  const FlightState state = flight.State();
  ASSERT_EQ(state.travellers.size(), 1u);
  EXPECT_EQ(state.travellers[0].merged->surname, "FENWICK");
  ASSERT_EQ(state.former.size(), 1u);
  EXPECT_EQ(state.former[0].merged->surname, "QUILL");
  EXPECT_EQ(state.former[0].until, At(2));
}

TEST(LiveFlight, ACorrectionIsTheSameTraveller) {
  Traveller ada = Person("2", "QUILL", "ADA");
  ada.date_of_birth = PartialDate{1980, 5, 6};
  Traveller corrected = ada;
  corrected.surname = "QUILLE";
  Traveller born = ada;
  born.date_of_birth = PartialDate{1981, 5, 6};
  FlightUnderTest flight;
  flight.Take(Sent(MessageKind::kCheckIn, 1, 1, {ada})).Take(Sent(MessageKind::kUpdate, 2, 2, {corrected}));
  flight.Take(Sent(MessageKind::kUpdate, 3, 3, {ada})).Take(Sent(MessageKind::kUpdate, 4, 4, {born}));
  EXPECT_THAT(flight.Surnames(), ElementsAre("QUILL"));
  EXPECT_THAT(flight.State().former, IsEmpty());
}

struct PartMissingCase {
  std::string name;
  std::vector<std::pair<int, bool>> parts;  // seq, last; sent at 1 o'clock.
  std::optional<int> known_at;              // Hour.
  bool closed;
  std::string problem;  // Begins so; empty: no finding.
  bool complete;
};

class PartMissingTest : public testing::TestWithParam<PartMissingCase> {};

// Formats, 1.3: a part may be missing for ever; until it is late the flight is just not complete.
TEST_P(PartMissingTest, IsAFindingOnceItsTimeIsOver) {
  FlightUnderTest flight;
  for (const auto& [seq, last] : GetParam().parts) {
    Message message = Sent(MessageKind::kCheckIn, 1, 1, {Person(std::to_string(seq), "A")});
    message.part = MessagePart{"ZZ101/1", seq, last};
    flight.Take(message);
  }
  if (GetParam().closed) {
    Message close = Sent(MessageKind::kCloseOut, 1, 1, {});
    close.close_out = CloseOutForm::kNone;
    flight.Take(close);
  }
  const FlightState state =
      flight.State(GetParam().known_at ? std::optional<Instant>(At(*GetParam().known_at)) : std::nullopt);
  EXPECT_EQ(state.api_complete, GetParam().complete);
  std::string problem;
  for (const Finding& finding : state.findings) {
    EXPECT_EQ(finding.code, FindingCode::kPartMissing);
    problem = finding.problem;
  }
  if (GetParam().problem.empty()) {
    EXPECT_EQ(problem, "");
  } else {
    EXPECT_THAT(problem, testing::StartsWith(GetParam().problem));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Formats, PartMissingTest,
    testing::Values(PartMissingCase{"Awaited", {{1, false}, {3, true}}, {}, false, "", false},
                    PartMissingCase{"StillAwaited", {{1, false}, {3, true}}, 2, false, "", false},
                    PartMissingCase{"TwoHoursLater", {{1, false}, {3, true}}, 3, false, "part 2 of 3 did not come", false},
                    PartMissingCase{"AtCloseOut", {{1, false}, {3, true}}, {}, true, "part 2 of 3 did not come", false},
                    PartMissingCase{"TheLast", {{1, false}}, 3, false, "none of the 1 part(s)", false},
                    PartMissingCase{"NoneAtAll", {{1, false}, {2, true}}, 20, false, "", true},
                    PartMissingCase{"NoneAtCloseOut", {{1, false}, {2, true}}, 20, true, "", true}),
    [](const auto& test) { return test.param.name; });

// Some senders give the number of a part alone: nothing says which is the last, but the declared total may.
TEST(LiveFlight, ATotalThatIsReachedNeedsNoLastPart) {
  FlightUnderTest flight;
  for (const int seq : {1, 2}) {
    Message message = Sent(MessageKind::kCheckIn, 1, 1, {Person(std::to_string(seq), "A")});
    message.part = MessagePart{"ZZ101/1", seq, false};
    message.declared.passengers = 2;
    EXPECT_FALSE(flight.State().api_complete);
    flight.Take(message);
  }
  EXPECT_TRUE(flight.State(At(20)).api_complete);
}

TEST(LiveFlight, ANewSetOfPartsIsNotCompleteUntilAllOfItIsIn) {
  const auto part = [](int revision, int seq, bool last) {
    Message message = Sent(MessageKind::kCheckIn, revision, revision, {Person(std::to_string(seq), "A")});
    message.part = MessagePart{"ZZ101/1", seq, last};
    return message;
  };
  FlightUnderTest flight;
  flight.Take(part(1, 1, false)).Take(part(1, 2, true));
  EXPECT_TRUE(flight.State().api_complete);
  flight.Take(part(2, 2, true));
  EXPECT_FALSE(flight.State().api_complete);
  flight.Take(part(2, 1, false));
  EXPECT_TRUE(flight.State().api_complete);
}

// What a state says, and the facts made from it, without what is about receipt.
struct Told {
  std::vector<std::string> lines;
  std::string facts;
};

Told Tell(const FlightState& state) {
  Told told;
  for (const FlightTraveller& known : state.travellers) {
    std::string line;
    AppendJsonObject(*known.merged, line);
    const char boarded = known.boarded ? (*known.boarded ? '+' : '-') : '?';
    line += absl::StrFormat(" %c %d %d %s", boarded, known.id, known.list, known.since ? ToString(*known.since) : "");
    told.lines.push_back(std::move(line));
  }
  for (const FormerTraveller& former : state.former) {
    told.lines.push_back(absl::StrFormat("former %d %s %s", former.id, former.merged->surname,
                                         former.until ? ToString(*former.until) : ""));
  }
  for (const Finding& finding : state.findings) {
    if (finding.code != FindingCode::kRevisionLate) told.lines.push_back(finding.field + ": " + finding.problem);
  }
  told.lines.push_back(absl::StrFormat("%d %d %d %d %s %s", state.api_complete, state.closed_out, state.cancelled,
                                       state.api_received, ToString(state.flight.departs_at), ToString(state.now)));
  const ReferenceSnapshot reference;
  const Configuration configuration;
  FactTable table;
  AddFlightFacts(state, reference, configuration, ProfileParameters(), table);
  told.facts = EncodeFacts(table, 0);
  return told;
}

int StreamRank(const Message& message) {
  static const std::map<MessageKind, int> kRanks = {{MessageKind::kBooking, 0}, {MessageKind::kCrew, 2},
                                                    {MessageKind::kCloseOut, 3}};
  const auto it = kRanks.find(message.kind);
  return it == kRanks.end() ? 1 : it->second;
}

// Messages of several streams about a few people, in parts and whole, by two senders whose clocks and counts go their
// own ways. Distinct in revision or time inside each stream.
std::vector<Message> RandomMessages(std::mt19937& random) {
  const auto draw = [&random](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  std::vector<Message> messages;
  std::map<std::string, int> revisions;
  for (int i = 0, count = 4 + draw(8); i < count; ++i) {
    std::vector<Traveller> people;
    for (int person = 0; person < 6; ++person) {
      if (draw(2)) continue;
      Traveller traveller = Person(draw(4) ? std::to_string(person) : "", draw(8) ? "QUILL" : "FENWICK",
                                   std::string(1, static_cast<char>('A' + (draw(10) ? person : 7))));
      traveller.date_of_birth = PartialDate{static_cast<std::int16_t>(person < 2 ? 2014 : 1980 + draw(2)), 3, 2};
      if (draw(3)) traveller.documents = {{"P", "A" + std::to_string(person), CountryCode("UTO"), {}, {}, ""}};
      traveller.booking = Booking{};
      traveller.booking->locator = draw(6) ? "K3P7QX" : "OTHER1";
      people.push_back(std::move(traveller));
    }
    static constexpr MessageKind kKinds[] = {MessageKind::kCheckIn,  MessageKind::kCheckIn, MessageKind::kUpdate,
                                             MessageKind::kReduction, MessageKind::kCancel,  MessageKind::kCloseOut,
                                             MessageKind::kCrew,      MessageKind::kBooking};
    const MessageKind kind = kKinds[draw(8)];
    Message message = Sent(kind, {}, 1, std::move(people));
    message.message_id = std::to_string(i);
    message.sender = draw(3) ? "ZZ" : "HUB";
    message.sent_at = Instant{At(0).seconds + i * 61 + (draw(4) ? 0 : draw(600) * 600)};
    // One in four has no revision.
    if (draw(4)) message.revision = revisions[message.sender + std::to_string(StreamRank(message))] += 1 + draw(60);
    if (kind == MessageKind::kCheckIn && draw(2)) message.part = MessagePart{draw(2) ? "A" : "B", 1 + draw(3), draw(2) == 1};
    if (kind == MessageKind::kCheckIn && draw(2)) message.declared.passengers = draw(7);
    if (kind == MessageKind::kCloseOut) message.close_out = static_cast<CloseOutForm>(draw(4));
    if (draw(5) == 0) message.flight.departs_at = At(draw(20));
    messages.push_back(std::move(message));
  }
  return messages;
}

// Slow twin of the order: the time of a revision is the latest of those up to it in its stream.
Instant TimeOf(const Message& message, const std::vector<Message>& all) {
  Instant time = *message.sent_at;
  if (!message.revision) return time;
  for (const Message& other : all) {
    const bool is_before = other.sender == message.sender && StreamRank(other) == StreamRank(message) && other.revision &&
                           std::tuple(*other.revision, *other.sent_at) <= std::tuple(*message.revision, *message.sent_at);
    if (is_before) time = std::max(time, *other.sent_at);
  }
  return time;
}

TEST(LiveFlight, AnyOrderOfReceiptEndsAsTheFoldInOrder) {
  const char* const given = std::getenv("LANDFALL_SEED");
  const unsigned seed = given != nullptr ? static_cast<unsigned>(std::atoi(given)) : 20261122;
  SCOPED_TRACE(testing::Message() << "seed " << seed << " (LANDFALL_SEED sets it)");
  std::mt19937 random(seed);
  const Configuration configuration;
  const ReferenceSnapshot reference;
  for (int round = 0; round < 300; ++round) {
    SCOPED_TRACE(testing::Message() << "round " << round);
    std::vector<Message> messages = RandomMessages(random);
    std::vector<Message> ordered = messages;
    std::sort(ordered.begin(), ordered.end(), [&messages](const Message& a, const Message& b) {
      const auto order = [&messages](const Message& m) {
        return std::tuple(TimeOf(m, messages), StreamRank(m), m.sender, m.revision, *m.sent_at);
      };
      return order(a) < order(b);
    });
    FlightFold twin(messages.front().flight.Key(), configuration);
    std::map<std::pair<std::string, int>, std::int64_t> previous;
    for (const Message& message : ordered) {
      FlightFold::Step step;
      step.message = std::make_shared<const Message>(message);
      step.keys = std::make_shared<const MessageKeys>(KeysOf(message, reference));
      if (message.revision) {
        const auto [it, is_first] = previous.try_emplace({message.sender, StreamRank(message)}, *message.revision);
        if (!is_first) step.previous_revision = std::exchange(it->second, *message.revision);
      }
      twin.Apply(step);
    }
    const Told expected = Tell(twin.State(std::nullopt));
    for (int shuffle = 0; shuffle < 8; ++shuffle) {
      std::shuffle(messages.begin(), messages.end(), random);
      FlightUnderTest flight;
      const bool asks_between = shuffle % 2 == 1;
      for (const Message& message : messages) {
        flight.Take(message);
        if (asks_between) flight.State();
      }
      const Told told = Tell(flight.State());
      ASSERT_EQ(told.lines, expected.lines);
      ASSERT_TRUE(told.facts == expected.facts);
    }
  }
}

}  // namespace
}  // namespace landfall
