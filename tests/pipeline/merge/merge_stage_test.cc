// Messages as carriers send them, through parsing and merge, with a real store.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "pipeline/merge/load_flight.h"
#include "pipeline/merge/merge_stage.h"
#include "pipeline/parse/parse_stage.h"
#include "tests/storage/temp_store.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// How a traveller is told in these tests: by a letter. ORLA is a child.
PaxlstSegments PersonSegments(char who) {
  const bool is_child = who == 'O';
  return {absl::StrFormat("NAD+FL+++QUILL:%c", who), is_child ? "DTM+329:140302" : absl::StrFormat("DTM+329:80%02d06", who % 12 + 1),
          "RFF+AVF:K3P7QX", absl::StrFormat("RFF+ABO:R%c", who), absl::StrFormat("DOC+P:110:111+A%d", who * 1000)};
}

// A message about a flight, as one interchange.
struct Sent {
  std::string bgm = "745";
  int revision = 1;
  std::string people;
  std::string part;               // UNH sequence: "01:C".
  std::string number = "ZZ0101";
  std::string day = "261122";     // Of departure at 08:10 from LOS.
  std::string to = "LHR";
  std::string replaces;           // TDT group of the old flight: number.
  std::string replaces_day = "261122";
  int declared = 0;
  int minute = 0;                 // Of sending, past 00:00 on 21 November; 0: that of its place in the table.
};

std::string Interchange(const Sent& sent, int place) {
  PaxlstSegments segments = {"BGM+" + sent.bgm, absl::StrFormat("RFF+TN:ZZ1:::%d", sent.revision), "NAD+MS+++ZED AIR"};
  const auto add_flight = [&segments](const std::string& number, const std::string& day, const std::string& to) {
    for (const std::string& segment :
         {"TDT+20+" + number + "+++ZZ", std::string("LOC+125+LOS"), "DTM+189:" + day + "0810:201", "LOC+87+" + to,
          "DTM+232:" + day + "1440:201"}) {
      segments.push_back(segment);
    }
  };
  if (!sent.replaces.empty()) add_flight(sent.replaces, sent.replaces_day, "LHR");
  add_flight(sent.number, sent.day, sent.to);
  for (const char who : sent.people) {
    for (std::string& segment : PersonSegments(who)) segments.push_back(std::move(segment));
  }
  if (sent.declared > 0) segments.push_back(absl::StrFormat("CNT+42:%d", sent.declared));
  InterchangeOptions options;
  const int minute = sent.minute != 0 ? sent.minute : place;
  options.prepared_at = absl::StrFormat("261121:%02d%02d", minute / 60, minute % 60);
  options.control_ref = absl::StrFormat("%09d", place);
  if (!sent.part.empty()) options.common_reference = "ZZ101/261122+" + sent.part;
  return landfall::Interchange({segments}, options);
}

std::string Summary(const FlightState& state) {
  std::string text;
  for (const FlightTraveller& known : state.travellers) {
    text += known.merged->given_names;
    if (known.boarded) text += *known.boarded ? "+" : "-";
  }
  if (state.api_complete) text += " complete";
  if (state.closed_out) text += " closed";
  if (state.cancelled) text += " cancelled";
  if (state.replaces) text += " replaces " + state.replaces->number;
  if (state.replaced_by) text += " now " + state.replaced_by->number;
  if (state.redated) text += " redated " + ToString(state.redated->departs_on);
  for (const Finding& finding : state.findings) text += " " + std::string(ToText(finding.code));
  return text;
}

// A store and a merge stage; each message is a batch of its own.
class Desk {
 public:
  Desk() : database_(store_.MustOpen()) { Restart(); }

  void Restart() {
    merge_ = std::make_unique<MergeStage>(*database_, configuration_, in_memory);
    EXPECT_TRUE(merge_->Rebuild(*reference_).ok());
  }

  void Take(const Sent& sent) { TakeBytes(Interchange(sent, ++taken_)); }
  void TakeBytes(const std::string& bytes) {
    Batch batch;
    batch.number = ++batches_;
    batch.reference = reference_;
    batch.chunk.file = "test.edi";
    batch.chunk.messages.emplace_back();
    RawMessage& raw = batch.chunk.messages.back();
    raw.format = InputFormat::kEdifact;
    raw.bytes = bytes;
    parse_.Apply(batch);
    ASSERT_TRUE(merge_->Apply(batch).ok());
    for (const AcceptedMessage& accepted : batch.accepted) Store(accepted);
    for (const auto& state : batch.flights) states_[ToString(state->key)] = Summary(*state);
    for (const QuarantinedRecord& record : batch.quarantined) quarantined_.emplace_back(ToText(record.code));
    merge_->SetPersisted(batch.number);
  }

  // What merge handed on last.
  std::string Of(const std::string& flight) const {
    const auto it = states_.find(flight);
    return it == states_.end() ? "none" : it->second;
  }
  // What the store gives.
  FlightState Loaded(const FlightKey& key) const {
    const auto state = LoadFlight(*database_, configuration_, *reference_, key);
    EXPECT_TRUE(state.ok() && *state) << ToString(key);
    return state.ok() && *state ? **state : FlightState{};
  }
  const std::vector<std::string>& quarantined() const { return quarantined_; }

  std::size_t in_memory = 150'000;

 private:
  void Store(const AcceptedMessage& accepted) {
    StoreBatch store;
    store.PutMessage(*accepted.message, accepted.flight, accepted.content, accepted.sequence);
    if (accepted.message->replaces && *accepted.message->replaces != accepted.flight) {
      Message link = *accepted.message;
      link.travellers.clear();
      store.PutLink(*accepted.message->replaces, link, accepted.sequence);
    }
    ASSERT_TRUE(database_->Commit(store).ok());
  }

  TempStore store_;
  std::unique_ptr<Database> database_;
  Configuration configuration_;
  std::shared_ptr<const ReferenceSnapshot> reference_ = std::make_shared<ReferenceSnapshot>();
  ParseStage parse_{configuration_};
  std::unique_ptr<MergeStage> merge_;
  int taken_ = 0;
  std::uint64_t batches_ = 0;
  std::map<std::string, std::string> states_;
  std::vector<std::string> quarantined_;
};

const char kFlight[] = "ZZ101 2026-11-22 LOS LHR";
const char kMoved[] = "ZZ109 2026-11-22 LOS LHR";
const FlightKey kFlightKey{MakeDate(2026, 11, 22), "ZZ101", AirportCode("LOS"), AirportCode("LHR")};

struct FunctionCase {
  std::string name;
  std::vector<Sent> sent;
  std::string flight, expected;
};

class FunctionTest : public testing::TestWithParam<FunctionCase> {};

// Formats, section 2: what BGM says, and what comes of it.
TEST_P(FunctionTest, EndsAsToldInMemoryAndFromTheStore) {
  for (const bool restarts : {false, true}) {
    Desk desk;
    for (const Sent& sent : GetParam().sent) {
      desk.Take(sent);
      if (restarts) desk.Restart();
    }
    EXPECT_EQ(desk.Of(GetParam().flight), GetParam().expected) << (restarts ? "restarting" : "in one run");
  }
}

const std::vector<FunctionCase>& FunctionCases() {
  static const std::vector<FunctionCase> cases = {
      {"FirstList", {{.people = "OA"}}, kFlight, "OA"},
      {"ListDeclared", {{.people = "OA", .declared = 2}}, kFlight, "OA complete"},
      {"DeclaredMore", {{.people = "OA", .declared = 3}}, kFlight, "OA count_differs"},
      {"OnePartThatIsTheLast", {{.people = "OA", .part = "01:F"}}, kFlight, "OA complete"},
      {"OddFunction", {{.bgm = "745+C", .people = "OA"}}, kFlight, "OA odd_function"},
      {"SilenceRemovesNobody", {{.people = "OAB"}, {.revision = 2, .people = "OA"}}, kFlight, "OAB"},
      {"Changed", {{.people = "OA"}, {.bgm = "745+CP", .revision = 2, .people = "AB"}}, kFlight, "OAB"},
      {"Reservation", {{.people = "OA"}, {.bgm = "745+XR", .revision = 2, .people = "A"}}, kFlight, "O"},
      {"Reduction", {{.people = "OAB"}, {.bgm = "745+RP", .revision = 2, .people = "B"}}, kFlight, "OA"},
      {"ReductionOfADeclaredList",
       {{.people = "OAB", .declared = 3}, {.bgm = "745+RP", .revision = 2, .people = "B"}}, kFlight, "OA complete"},
      {"ReductionOfNobodyKnown", {{.people = "OA"}, {.bgm = "745+RP", .revision = 2, .people = "Z"}}, kFlight, "OA"},
      {"ReductionFirst", {{.bgm = "745+XR", .revision = 2, .people = "A"}, {.people = "OA"}}, kFlight, "O revision_late"},
      {"Cancelled", {{.people = "OA"}, {.bgm = "266+XF", .revision = 2}}, kFlight, "OA cancelled"},
      {"CancelledFirst", {{.bgm = "266+XF", .revision = 2}, {.people = "OA"}}, kFlight, "OA cancelled revision_late"},
      {"CancelledAndSentAgain", {{.people = "OA"}, {.bgm = "266+XF", .revision = 2}, {.revision = 3, .people = "OA"}},
       kFlight, "OA"},
      {"ClosedWithoutAList", {{.people = "OA"}, {.bgm = "266+CL"}}, kFlight, "OA complete closed"},
      {"ListOnBoard", {{.people = "OA"}, {.bgm = "266+CLOB", .people = "O"}}, kFlight, "O+A- complete closed"},
      {"ListNotOnBoard", {{.people = "OA"}, {.bgm = "266+CLNB", .people = "A"}}, kFlight, "O+A- complete closed"},
      {"OnBoardAndNeverAnnounced", {{.people = "O"}, {.bgm = "266+CLOB", .people = "OZ"}}, kFlight,
       "O+Z+ complete closed"},
      {"CloseOutFirst", {{.bgm = "266+CLOB", .people = "O", .minute = 600}, {.people = "OA"}}, kFlight,
       "O+A- complete closed"},
      {"CloseOutInParts",
       {{.people = "OAB"}, {.bgm = "266+CLOB", .people = "O", .part = "01:C"}, {.bgm = "266+CLOB", .people = "A", .part = "02:F"}},
       kFlight, "O+A+B- complete closed"},
      {"NewerCloseOutReplaces",
       {{.people = "OAB"}, {.bgm = "266+CLOB", .people = "O"}, {.bgm = "266+CLOB", .revision = 2, .people = "A"}}, kFlight,
       "O-A+B- complete closed"},
      {"ClosedWithoutData", {{.bgm = "266+CL"}}, kFlight, " closed"},
      {"Crew", {{.people = "OA"}, {.bgm = "250", .people = "C"}}, kFlight, "OAC"},
      {"CrewChanged", {{.bgm = "250+C", .people = "C"}, {.bgm = "250+CC", .revision = 2, .people = "D"}}, kFlight, "CD"},
      {"CrewOfCargo", {{.bgm = "250+B", .people = "C"}}, kFlight, "C"},
      {"CrewRevisionsAreTheirOwn", {{.revision = 9, .people = "OA"}, {.bgm = "250", .revision = 1, .people = "C"}}, kFlight,
       "OAC"},
      {"Moved", {{.people = "OA"}, {.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"}}, kMoved,
       "OA replaces ZZ101"},
      {"MovedTheOldOneIsKept", {{.people = "OA"}, {.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"}},
       kFlight, "OA now ZZ109"},
      {"MovedBeforeTheListCame", {{.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"}, {.people = "OA"}},
       kMoved, "OA replaces ZZ101"},
      {"MovedWithAListOfItsOwn",
       {{.people = "OA"}, {.bgm = "266+CF", .revision = 2, .people = "O", .number = "ZZ0109", .replaces = "ZZ0101"}}, kMoved,
       "O replaces ZZ101"},
      {"MovedTwice",
       {{.people = "OA"},
        {.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"},
        {.bgm = "266+CF", .revision = 3, .number = "ZZ0110", .replaces = "ZZ0109"}},
       "ZZ110 2026-11-22 LOS LHR", "OA replaces ZZ109"},
      {"Diverted", {{.people = "OA"}, {.bgm = "266+CF", .revision = 2, .to = "MAN", .replaces = "ZZ0101"}},
       "ZZ101 2026-11-22 LOS MAN", "OA replaces ZZ101"},
      {"DivertedTheOldOneIsKept", {{.people = "OA"}, {.bgm = "266+CF", .revision = 2, .to = "MAN", .replaces = "ZZ0101"}},
       kFlight, "OA now ZZ101"},
      {"MovedInARing",
       {{.people = "OA"},
        {.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"},
        {.bgm = "266+CF", .revision = 3, .replaces = "ZZ0109"}},
       kFlight, "OA replaces ZZ109 now ZZ109"},
      {"SuffixIsAnotherFlight", {{.people = "OA"}, {.people = "B", .number = "ZZ0101A"}}, kFlight, "OA"},
  };
  return cases;
}

INSTANTIATE_TEST_SUITE_P(Formats, FunctionTest, testing::ValuesIn(FunctionCases()),
                         [](const auto& test) { return test.param.name; });

TEST(MergeStage, ListsOfCrewAndGatePassesAreSetAside) {
  Desk desk;
  for (const char* bgm : {"336+G", "336+H", "336+I", "655", "10"}) desk.Take({.bgm = bgm, .people = "OA"});
  EXPECT_THAT(desk.quarantined(), ElementsAre("master_crew_list", "master_crew_list", "master_crew_list", "gate_pass", "not_air"));
  EXPECT_EQ(desk.Of(kFlight), "none");
}

TEST(MergeStage, FlightsThatReplaceEachOtherLoadFromTheStore) {
  Desk desk;
  desk.Take({.people = "OA"});
  desk.Take({.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"});
  desk.Take({.bgm = "266+CF", .revision = 3, .replaces = "ZZ0109"});
  EXPECT_EQ(Summary(desk.Loaded(kFlightKey)), "OA replaces ZZ109 now ZZ109");
}

TEST(MergeStage, SomebodyInTransitIsListedAndCounted) {
  Desk desk;
  std::string bytes = Interchange({.people = "OAB", .declared = 3}, 1);
  bytes.replace(bytes.find("NAD+FL+++QUILL:B"), 6, "NAD+DDU");
  bytes.replace(bytes.find("NAD+FL+++QUILL:A"), 6, "NAD+DDT");
  desk.TakeBytes(bytes);
  // DDT is crew: no passenger.
  EXPECT_EQ(desk.Of(kFlight), "OAB count_differs");
  const FlightState state = desk.Loaded(kFlightKey);
  EXPECT_EQ(state.travellers[1].merged->type, TravellerType::kTransitCrew);
  EXPECT_EQ(state.travellers[2].merged->type, TravellerType::kTransit);
}

// Several legs of one journey: the one that crosses the border is the flight, the others are its route.
TEST(MergeStage, AProgressiveFlightIsTheLegThatCrossesTheBorder) {
  Desk desk;
  PaxlstSegments segments = {"BGM+745", "RFF+TN:ZZ1:::1", "TDT+20+ZZ0101+++ZZ", "LOC+92+ABV", "DTM+189:2611220400:201",
                             "LOC+92+LOS", "DTM+232:2611220510:201", "LOC+125+LOS", "DTM+189:2611220810:201", "LOC+87+LHR",
                             "DTM+232:2611221440:201", "LOC+92+LHR", "DTM+189:2611221600:201", "LOC+92+EDI",
                             "DTM+232:2611221730:201"};
  for (std::string& segment : PersonSegments('O')) segments.push_back(std::move(segment));
  desk.TakeBytes(landfall::Interchange({segments}));
  EXPECT_EQ(desk.Of(kFlight), "O");
  const FlightState state = desk.Loaded(kFlightKey);
  std::vector<std::string> legs;
  for (const Segment& leg : state.flight.legs) {
    legs.push_back(std::string(leg.from.view()) + "-" + std::string(leg.to.view()));
  }
  EXPECT_THAT(legs, ElementsAre("ABV-LOS", "LOS-LHR", "LHR-EDI"));
}

TEST(MergeStage, TheOldFlightsLateListReachesTheNewOne) {
  Desk desk;
  desk.Take({.people = "OA"});
  desk.Take({.bgm = "266+CF", .revision = 2, .number = "ZZ0109", .replaces = "ZZ0101"});
  desk.Take({.bgm = "745+CP", .revision = 3, .people = "B"});
  EXPECT_EQ(desk.Of(kMoved), "OAB replaces ZZ101");
  EXPECT_EQ(desk.Of(kFlight), "OAB now ZZ109");
}

struct RedatedCase {
  std::string name;
  Sent first, second;
  std::string old_flight, new_flight;
};

class RedatedTest : public testing::TestWithParam<RedatedCase> {};

// Formats, section 2, "Flight key": linked, not merged.
TEST_P(RedatedTest, LinksBothOrNone) {
  for (const bool restarts : {false, true}) {
    Desk desk;
    desk.Take(GetParam().first);
    if (restarts) desk.Restart();
    desk.Take(GetParam().second);
    EXPECT_EQ(desk.Of(kFlight), GetParam().old_flight);
    const std::string other = absl::StrFormat("%s 2026-11-%s LOS %s", GetParam().second.number == "ZZ0101" ? "ZZ101" : "ZZ109",
                                              GetParam().second.day.substr(4), GetParam().second.to);
    EXPECT_EQ(desk.Of(other), GetParam().new_flight) << (restarts ? "restarting" : "in one run");
  }
}

INSTANTIATE_TEST_SUITE_P(
    Formats, RedatedTest,
    testing::Values(
        RedatedCase{"ADayLater", {.people = "OABC"}, {.people = "OABC", .day = "261123"}, "OABC redated 2026-11-23 redated",
                    "OABC redated 2026-11-22 redated"},
        RedatedCase{"ADayEarlier", {.people = "OABC"}, {.people = "OABC", .day = "261121"}, "OABC redated 2026-11-21 redated",
                    "OABC redated 2026-11-22 redated"},
        RedatedCase{"MoreThanHalf", {.people = "OABC"}, {.people = "OABD", .day = "261123"}, "OABC redated 2026-11-23 redated",
                    "OABD redated 2026-11-22 redated"},
        RedatedCase{"JustHalf", {.people = "OABC"}, {.people = "OADE", .day = "261123"}, "OABC", "OADE"},
        RedatedCase{"TheDailyFlight", {.people = "OABC"}, {.people = "DEFG", .day = "261123"}, "OABC", "DEFG"},
        RedatedCase{"TwoDaysLater", {.people = "OABC"}, {.people = "OABC", .day = "261124"}, "OABC", "OABC"},
        RedatedCase{"AnotherNumber", {.people = "OABC"}, {.people = "OABC", .number = "ZZ0109", .day = "261123"}, "OABC", "OABC"},
        RedatedCase{"AnotherRoute", {.people = "OABC"}, {.people = "OABC", .day = "261123", .to = "MAN"}, "OABC", "OABC"},
        RedatedCase{"SaidByTheSender", {.people = "OABC"},
                    {.bgm = "266+CF", .revision = 2, .people = "OABC", .day = "261123", .replaces = "ZZ0101"},
                    "OABC now ZZ101", "OABC replaces ZZ101"}),
    [](const auto& test) { return test.param.name; });

TEST(MergeStage, ALinkGoesWhenTheTravellersDo) {
  Desk desk;
  desk.Take({.people = "OAB"});
  desk.Take({.people = "OAB", .day = "261123"});
  EXPECT_THAT(desk.Of(kFlight), HasSubstr("redated"));
  desk.Take({.bgm = "745+XR", .revision = 2, .people = "OA", .day = "261123"});
  EXPECT_EQ(desk.Of(kFlight), "OAB");
}

// Parts that nobody sends become a finding when the stream is past their time, though no message names the flight.
TEST(MergeStage, AMissingPartIsAFindingOnceItsTimeIsOver) {
  Desk desk;
  desk.Take({.people = "OA", .part = "01:C", .minute = 10});
  EXPECT_EQ(desk.Of(kFlight), "OA");
  desk.Take({.people = "B", .number = "ZZ0103", .minute = 129});
  EXPECT_EQ(desk.Of(kFlight), "OA");
  desk.Take({.people = "B", .number = "ZZ0105", .minute = 130});
  EXPECT_EQ(desk.Of(kFlight), "OA part_missing");
  desk.Take({.people = "B", .part = "02:F", .minute = 140});
  EXPECT_EQ(desk.Of(kFlight), "OAB complete");
}

}  // namespace
}  // namespace landfall
