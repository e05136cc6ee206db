#include <gtest/gtest.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "app/commands/synth.h"
#include "app/configuration_file.h"
#include "app/synth/messages.h"
#include "app/synth/paxlst_writer.h"
#include "app/synth/scenarios.h"
#include "app/synth/world.h"
#include "app/synth/world_writer.h"
#include "pipeline/parse/parse.h"
#include "pipeline/reference/snapshot.h"
#include "tests/support/run_command.h"

namespace landfall::app {
namespace {

using testing_support::TemporaryFolder;

constexpr WorldOptions kSmallWorld{.seed = 11, .days = 1, .flights = 40, .travellers_per_flight = 30};

std::string ReadFile(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

// Path within the folder -> content.
std::map<std::string, std::string> ReadFolder(const std::string& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[std::filesystem::relative(entry.path(), folder).string()] = ReadFile(entry.path());
    }
  }
  return files;
}

std::map<std::string, std::string> WrittenWith(const WorldOptions& options) {
  TemporaryFolder folder;
  const auto written = WriteWorld(World(options), folder.Path("world"));
  EXPECT_TRUE(written.ok()) << written.status();
  return ReadFolder(folder.Path("world"));
}

std::vector<std::string> Lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

// One message or interchange, as the pipeline reads it.
ParsedInput Parse(const std::string& text, InputFormat format) {
  const Configuration configuration;
  MessageParser parser(configuration);
  std::string padded = text;
  padded.resize(text.size() + 64);
  RawMessage raw;
  raw.format = format;
  raw.bytes = std::string_view(padded).substr(0, text.size());
  ParsedInput parsed;
  parser.Parse("test", raw, parsed);
  return parsed;
}

// A whole file, framed as the pipeline frames it.
ParsedInput ParseFile(const std::string& path) {
  const Configuration configuration;
  MessageParser parser(configuration);
  const int descriptor = ::open(path.c_str(), O_RDONLY);
  EXPECT_GE(descriptor, 0) << path;
  MessageReader reader(path, descriptor, configuration.limits);
  ParsedInput parsed;
  InputChunk chunk;
  while (true) {
    const auto more = reader.Next(chunk);
    EXPECT_TRUE(more.ok()) << more.status();
    if (!more.ok() || !*more) break;
    for (const RawMessage& raw : chunk.messages) parser.Parse(path, raw, parsed);
  }
  ::close(descriptor);
  return parsed;
}

TEST(Synth, SameSeedSameBytes) { EXPECT_EQ(WrittenWith(kSmallWorld), WrittenWith(kSmallWorld)); }

TEST(Synth, OtherSeedOtherPeople) {
  WorldOptions other = kSmallWorld;
  other.seed = 12;
  const auto a = WrittenWith(kSmallWorld), b = WrittenWith(other);
  for (const char* name : {"messages/ZZ.ndjson", "messages/Z1.edi", "messages/ZX-bookings.ndjson", "vignettes.ndjson"}) {
    EXPECT_NE(a.at(name), b.at(name)) << name;
  }
}

// The committed day shows that the bytes depend on neither machine nor compiler.
TEST(Synth, TheDayOfTheSamplesComesOutAgain) {
  const std::string day = LANDFALL_SOURCE_DIR "/samples/day";
  ASSERT_TRUE(std::filesystem::exists(day));
  const auto committed = ReadFolder(day);
  const auto written = WrittenWith({.seed = 2026, .days = 1, .flights = 72, .travellers_per_flight = 125});
  ASSERT_EQ(committed.size(), written.size());
  for (const auto& [name, text] : committed) EXPECT_TRUE(written.at(name) == text) << name;
}

TEST(Synth, AnyFlightCanBeMadeAlone) {
  const World world(kSmallWorld);
  ReferenceLines lines;
  for (const std::uint64_t serial : {39u, 4u, 0u, 10u}) {
    const FlightPlan alone = world.Plan(serial, nullptr);
    const FlightPlan with_records = World(kSmallWorld).Plan(serial, &lines);
    EXPECT_EQ(alone.travellers, with_records.travellers);
    EXPECT_EQ(alone.left_behind, with_records.left_behind);
  }
}

TEST(Synth, EveryMessageReadsBackAsItWasWritten) {
  const World world(kSmallWorld);
  for (std::uint64_t serial = 0; serial < world.FlightCount(); ++serial) {
    const FlightPlan plan = world.Plan(serial, nullptr);
    for (const Sending sending : kSendings) {
      if (!SentAt(plan.outline, sending)) continue;
      for (Message& message : MakeMessages(plan, sending)) {
        std::string text;
        AppendJson(message, text);
        ParsedInput parsed = Parse(text, InputFormat::kNdjson);
        ASSERT_EQ(parsed.messages.size(), 1u) << text.substr(0, 300);
        EXPECT_TRUE(parsed.quarantined.empty());
        // Of these two forms the parser knows who is on board.
        if (message.close_out == CloseOutForm::kNotOnBoard || message.close_out == CloseOutForm::kOnBoard) {
          for (Traveller& traveller : message.travellers) traveller.boarded = message.close_out == CloseOutForm::kOnBoard;
        }
        EXPECT_TRUE(parsed.messages[0] == message) << text.substr(0, 300);
        EXPECT_TRUE(parsed.messages[0].findings.empty()) << parsed.messages[0].findings[0].problem;
      }
    }
  }
}

struct PaxlstForm {
  const char* name;
  PaxlstOptions options;
};
class PaxlstWriter : public testing::TestWithParam<PaxlstForm> {};

// What is left of a message that went through PAXLST.
Message AsPaxlst(Message message, const PaxlstOptions& options) {
  const CivilDay day = ToCivil(Date{static_cast<std::int32_t>(message.sent_at->seconds / 86'400)});
  const int minute = static_cast<int>(message.sent_at->seconds % 86'400 / 60);
  char prepared[32];
  std::snprintf(prepared, sizeof(prepared), "%02d%02d%02d:%02d%02d", day.year % 100, day.month, day.day, minute / 60,
                minute % 60);
  message.message_id = std::string(prepared) + "/" + options.control_ref + "/1";
  message.flight.terminal.clear();
  for (Traveller& traveller : message.travellers) {
    if (message.close_out) traveller.boarded = message.close_out == CloseOutForm::kOnBoard;
    traveller.checkin_id.clear();
    traveller.checkin_at.reset();
  }
  return message;
}

TEST_P(PaxlstWriter, ReadsBackAsItWasWritten) {
  const World world(kSmallWorld);
  std::size_t messages = 0, travellers = 0;
  for (std::uint64_t serial = 0; serial < world.FlightCount(); ++serial) {
    const FlightPlan plan = world.Plan(serial, nullptr);
    if (plan.outline.carrier->channel != Channel::kPaxlst) continue;
    for (const Sending sending : {Sending::kCrew, Sending::kCheckIn, Sending::kUpdate, Sending::kCloseOut}) {
      if (!SentAt(plan.outline, sending)) continue;
      for (const Message& message : MakeMessages(plan, sending)) {
        std::string text;
        ASSERT_TRUE(AppendPaxlst(message, GetParam().options, text).ok());
        ASSERT_EQ(SniffFormat(text), InputFormat::kEdifact);
        ParsedInput parsed = Parse(text, InputFormat::kEdifact);
        ASSERT_EQ(parsed.messages.size(), 1u) << (parsed.quarantined.empty() ? "" : parsed.quarantined[0].reason);
        EXPECT_TRUE(parsed.quarantined.empty());
        parsed.messages[0].edifact.reset();  // Provenance: only of what came as EDIFACT.
        std::string expected, found;
        AppendJson(AsPaxlst(message, GetParam().options), expected);
        AppendJson(parsed.messages[0], found);
        EXPECT_EQ(found, expected);
        EXPECT_TRUE(parsed.messages[0].findings.empty())
            << parsed.messages[0].findings[0].field << ": " << parsed.messages[0].findings[0].problem;
        ++messages;
        travellers += message.travellers.size();
      }
    }
  }
  EXPECT_GT(messages, 20u);
  EXPECT_GT(travellers, 300u);
}

INSTANTIATE_TEST_SUITE_P(
    Forms, PaxlstWriter,
    testing::Values(PaxlstForm{"Plain", {}}, PaxlstForm{"NoUna", {.writes_una = false}},
                    PaxlstForm{"AsteriskAndHash", {.separators = ":*.? #"}},
                    PaxlstForm{"HyphenSeparatesElements", {.separators = ":-.? '"}},
                    PaxlstForm{"ParenthesesAndBackslash", {.separators = "(+.\\ $"}},
                    PaxlstForm{"TypeB", {.wrap_columns = 64, .type_b_shell = true}},
                    PaxlstForm{"TypeBNarrowOtherSeparators",
                               {.separators = ":*.? $", .wrap_columns = 7, .type_b_shell = true}}),
    [](const auto& test) { return test.param.name; });

TEST(PaxlstWriterRefuses, WhatPaxlstCannotSay) {
  Message booking;
  booking.kind = MessageKind::kBooking;
  Message moved;
  moved.replaces = FlightKey{};
  Message full;
  full.kind = MessageKind::kCloseOut;
  full.close_out = CloseOutForm::kFull;
  std::string text;
  EXPECT_FALSE(AppendPaxlst(booking, {}, text).ok());
  EXPECT_FALSE(AppendPaxlst(moved, {}, text).ok());
  EXPECT_FALSE(AppendPaxlst(full, {}, text).ok());
  EXPECT_FALSE(AppendPaxlst(Message{}, {.separators = ":+"}, text).ok());
}

// The whole day: nothing set aside, no doubt about any value, in the order sent, every number once.
class SynthWorld : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = new TemporaryFolder;
    const auto written =
        WriteWorld(World({.seed = 5, .days = 2, .flights = 40, .travellers_per_flight = 60}), folder_->Path("world"));
    ASSERT_TRUE(written.ok()) << written.status();
    written_ = *written;
    for (const auto& entry : std::filesystem::directory_iterator(folder_->Path("world/messages"))) {
      parsed_[entry.path().filename().string()] = ParseFile(entry.path());
    }
  }
  static void TearDownTestSuite() {
    parsed_.clear();
    delete folder_;
  }

  static TemporaryFolder* folder_;
  static WrittenWorld written_;
  static std::map<std::string, ParsedInput> parsed_;
};
TemporaryFolder* SynthWorld::folder_;
WrittenWorld SynthWorld::written_;
std::map<std::string, ParsedInput> SynthWorld::parsed_;

TEST_F(SynthWorld, NothingIsSetAsideOrDoubted) {
  std::uint64_t messages = 0;
  for (const auto& [file, parsed] : parsed_) {
    for (const QuarantinedRecord& record : parsed.quarantined) ADD_FAILURE() << file << ": " << record.reason;
    for (const Message& message : parsed.messages) {
      for (const Finding& finding : message.findings) {
        ADD_FAILURE() << file << " " << finding.traveller << " " << finding.field << ": " << finding.problem;
      }
    }
    messages += parsed.messages.size();
  }
  EXPECT_EQ(messages, written_.messages);
  EXPECT_EQ(written_.flights, 80u);
}

TEST_F(SynthWorld, MessagesComeInTheOrderSentUnderIdsOfTheirOwn) {
  for (const auto& [file, parsed] : parsed_) {
    std::set<std::string> ids;
    std::optional<Instant> before;
    for (const Message& message : parsed.messages) {
      EXPECT_TRUE(ids.insert(message.message_id).second) << file << " " << message.message_id;
      ASSERT_TRUE(message.sent_at);
      EXPECT_TRUE(!before || *before <= *message.sent_at) << file << " " << message.message_id;
      before = message.sent_at;
    }
  }
}

TEST_F(SynthWorld, DocumentsAndSeatsBelongToOnePersonEach) {
  // Adults who follow on another flight are on two lists.
  std::map<std::string, std::string> holder;
  for (const auto& [file, parsed] : parsed_) {
    for (const Message& message : parsed.messages) {
      if (message.kind != MessageKind::kCheckIn) continue;
      std::set<std::string> seats, refs;
      for (const Traveller& traveller : message.travellers) {
        EXPECT_TRUE(refs.insert(traveller.ref).second);
        if (!traveller.seat.empty()) {
          EXPECT_TRUE(seats.insert(traveller.seat).second) << file << traveller.seat;
        }
        for (const Document& document : traveller.documents) {
          const std::string name = traveller.surname + "/" + traveller.given_names;
          EXPECT_EQ(holder.emplace(document.number, name).first->second, name) << document.number;
        }
      }
    }
  }
  EXPECT_GE(holder.size(), written_.travellers - 10);
}

TEST_F(SynthWorld, TelephonesReachNobodyAndMailGoesNowhere) {
  // The numbers that the regulator sets aside for drama.
  const std::regex phone(R"(\+44(2079460\d{3}|7700900\d{3}))");
  std::size_t phones = 0;
  const auto check_phone = [&](const std::string& value) {
    if (value.empty()) return;
    ++phones;
    EXPECT_TRUE(std::regex_match(value, phone)) << value;
  };
  for (const auto& [file, parsed] : parsed_) {
    for (const Message& message : parsed.messages) {
      for (const Traveller& traveller : message.travellers) {
        for (const Contact& contact : traveller.contacts) {
          if (contact.kind == ContactKind::kPhone) check_phone(contact.value);
          if (contact.kind == ContactKind::kEmail) {
            EXPECT_TRUE(contact.value.ends_with("@example.org"));
          }
        }
        if (!traveller.escort_form) continue;
        if (traveller.escort_form->collected_by) check_phone(traveller.escort_form->collected_by->phone);
        if (traveller.escort_form->handed_over_by) check_phone(traveller.escort_form->handed_over_by->phone);
      }
    }
  }
  EXPECT_GT(phones, 50u);
}

TEST_F(SynthWorld, EveryReferenceRecordIsAccepted) {
  ReferenceSnapshot snapshot;
  const std::map<ReferenceKind, std::size_t> at_least = {
      {ReferenceKind::kVignettes, 100}, {ReferenceKind::kWatchlist, 60}, {ReferenceKind::kSponsors, 10},
      {ReferenceKind::kSchedule, 80},   {ReferenceKind::kGroups, 2},     {ReferenceKind::kAddresses, 20},
      {ReferenceKind::kChecks, 4},      {ReferenceKind::kConsents, 2},   {ReferenceKind::kCareRegister, 14},
      {ReferenceKind::kCampaigns, 1}};
  std::map<ReferenceKind, std::size_t> written;
  for (const auto& [kind, least] : at_least) {
    const std::string name = std::string(ToText(kind)) + ".ndjson";
    const std::vector<std::string> lines = Lines(ReadFile(folder_->Path("world/" + name)));
    EXPECT_GE(lines.size(), least) << name;
    for (const std::string& line : lines) {
      const auto refused = snapshot.Add(kind, line);
      EXPECT_FALSE(refused) << name << ": " << refused->reason << "\n" << line;
    }
    written[kind] = lines.size();
  }
  snapshot.Build();
  for (const auto& [kind, count] : written) EXPECT_EQ(snapshot.Count(kind), count) << ToText(kind) << " repeats an id";
}

TEST_F(SynthWorld, TheConfigurationIsReadable) {
  const auto configuration = ReadConfiguration(folder_->Path("world/landfall.toml"));
  ASSERT_TRUE(configuration.ok()) << configuration.status();
  EXPECT_GT(configuration->visa_requirements.size(), 8u);
}

TEST_F(SynthWorld, TheTruthCoversEverySituationEveryDay) {
  const std::vector<std::string> lines = Lines(ReadFile(folder_->Path("world/truth.ndjson")));
  std::map<std::string, int> seen;
  std::size_t ordinary = 0;
  const std::regex scenario(R"re("scenario":"(\w+)")re");
  for (const std::string& line : lines) {
    std::smatch match;
    if (std::regex_search(line, match, scenario)) ++seen[match[1]];
    if (line.starts_with("{\"ordinary_flights\":[")) ++ordinary;
  }
  for (const std::string_view name : ScenarioNames()) EXPECT_GE(seen[std::string(name)], 2) << name;
  EXPECT_EQ(ordinary, 2u);
}

TEST_F(SynthWorld, TheTruthHoldsEveryRowOfTheTableAndEveryRuleWithoutHistory) {
  const std::string truth = ReadFile(folder_->Path("world/truth.ndjson"));
  for (const char* row : {"ok", "ok_document_differs", "mismatch_other_adult", "mismatch_alone", "late_mismatch", "split",
                          "unaccompanied_alone", "unaccompanied_with_adult", "not_recorded", "no_record",
                          "not_applicable"}) {
    EXPECT_NE(truth.find("\"visa_result\":\"" + std::string(row) + "\""), std::string::npos) << row;
  }
  std::set<std::string> fire, fire_not;
  const std::regex lists(R"re("rules":\[(.*?)\],"not_rules":\[(.*?)\])re"), id("CP-\\d{3}");
  for (const std::string& line : Lines(truth)) {
    std::smatch match;
    if (!std::regex_search(line, match, lists)) continue;
    for (const auto& [text, ids] : {std::pair(match[1].str(), &fire), std::pair(match[2].str(), &fire_not)}) {
      for (std::sregex_iterator it(text.begin(), text.end(), id), end; it != end; ++it) ids->insert(it->str());
    }
  }
  for (const char* rule : {"CP-001", "CP-002", "CP-003", "CP-004", "CP-008", "CP-011", "CP-012", "CP-015", "CP-016",
                           "CP-017", "CP-018", "CP-019", "CP-020", "CP-021", "CP-022", "CP-023", "CP-024", "CP-028",
                           "CP-030", "CP-031", "CP-032"}) {
    EXPECT_TRUE(fire.contains(rule)) << rule << " is to fire nowhere";
    EXPECT_TRUE(fire_not.contains(rule)) << rule << " has no near-miss";
  }
}

// Seats of ordinary children, worked out again from the letters: within a row and two seats of an adult of the booking.
TEST(SynthPopulation, SmallChildrenSitBesideAnAdultOfTheirBooking) {
  const World world({.seed = 3, .days = 1, .flights = 20, .travellers_per_flight = 150});
  int children = 0;
  for (std::uint64_t serial = 0; serial < world.FlightCount(); ++serial) {
    const FlightPlan plan = world.Plan(serial, nullptr);
    for (const Traveller& child : plan.travellers) {
      if (child.fare != Fare::kChild || child.seat.empty() || child.HasService("UMNR")) continue;
      ++children;
      const int row = std::stoi(child.seat);
      const bool has_neighbour = std::any_of(plan.travellers.begin(), plan.travellers.end(), [&](const Traveller& adult) {
        return adult.fare == Fare::kAdult && adult.booking->locator == child.booking->locator &&
               std::abs(std::stoi(adult.seat) - row) <= 1 && std::abs(adult.seat.back() - child.seat.back()) <= 2;
      });
      EXPECT_TRUE(has_neighbour) << plan.outline.flight.number << " " << child.seat;
    }
  }
  EXPECT_GT(children, 100);
}

struct WrongUsage {
  const char* name;
  std::vector<std::string> arguments;
};
class SynthUsage : public testing::TestWithParam<WrongUsage> {};

TEST_P(SynthUsage, ExitsWith2) { EXPECT_EQ(RunSynth(GetParam().arguments), 2); }

INSTANTIATE_TEST_SUITE_P(
    Arguments, SynthUsage,
    testing::Values(WrongUsage{"NoFolder", {"--seed", "1"}}, WrongUsage{"NoNumber", {"--out", "x", "--flights", "many"}},
                    WrongUsage{"NoFlights", {"--out", "x", "--flights", "0"}},
                    WrongUsage{"TooManyTravellers", {"--out", "x", "--travellers-per-flight", "401"}},
                    WrongUsage{"Negative", {"--out", "x", "--seed", "-1"}},
                    WrongUsage{"UnknownOption", {"--out", "x", "--planes", "3"}},
                    WrongUsage{"Positional", {"--out", "x", "y"}}),
    [](const auto& test) { return test.param.name; });

TEST(SynthCommand, AFolderThatCannotBeMadeIsAFailureOfTheWorld) {
  TemporaryFolder folder;
  const std::string file = folder.Write("file", "text");
  EXPECT_EQ(RunSynth(std::vector<std::string>{"--out", file, "--flights", "1"}), 4);
}

}  // namespace
}  // namespace landfall::app
