// Acknowledged means on disk: killed processes, power cuts, and crashes at named points. Each loop counts what was lost
// and what was half written; effects are counted by receipt number, since rows keyed by message id cannot show one twice.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include <atomic>
#include <charconv>
#include <chrono>
#include <iostream>
#include <map>
#include <random>
#include <set>
#include <string>
#include <thread>

#include "absl/strings/str_format.h"
#include "storage/database.h"
#include "tests/storage/child.h"
#include "tests/storage/temp_store.h"
#include "tests/support/power_cut_env.h"

namespace landfall {
namespace {

const std::uint64_t kSeed = SeedOr(20101010);

enum class End { kKill, kPowerCut };

struct LoopOptions {
  End end = End::kKill;
  bool sync = true;
  bool lie_about_sync = false;
};

void Say(int pipe, const std::string& line) {
  if (write(pipe, line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(3);
}

// Ends this process, as a killed one or as a machine without power, at a random time after the group `after` of those it
// commits. It is ended from within: the moment is as random, the seed replays it, and a busy machine makes it later, not
// the run emptier. A store that is always killed before a compaction ends would only grow until it stalls.
class Reaper {
 public:
  Reaper(PowerCutEnv& machine, End end, std::uint64_t seed) {
    RandomEngine random(seed);
    const bool while_opening = random() % 3 == 0;
    const std::uint64_t after = while_opening ? 0 : 1 + random() % 40;
    const auto wait = std::chrono::microseconds(random() % (while_opening ? 60000 : 3000));
    std::thread([this, &machine, end, seed, after, wait] {
      while (committed_ < after) std::this_thread::sleep_for(std::chrono::microseconds(50));
      std::this_thread::sleep_for(wait);
      if (end == End::kKill) kill(getpid(), SIGKILL);
      machine.Cut(seed);
    }).detach();
  }
  void CountCommit() { ++committed_; }

 private:
  std::atomic<std::uint64_t> committed_{0};
};

// The program under test: takes in messages in groups of 1 to 5 and acknowledges each group once it is committed. One
// that was taken in before has no second effect.
// Arguments: directory, end, sync, whether the disk lies, number of the first message, seed, file to answer to.
int TakeMessages(const ChildArguments& arguments) {
  const End end = arguments.at(1) == "cut" ? End::kPowerCut : End::kKill;
  const std::uint64_t first = std::stoull(arguments.at(4)), seed = std::stoull(arguments.at(5));
  const int pipe = std::stoi(arguments.at(6));
  PowerCutEnv machine({.lie_about_sync = arguments.at(3) == "1"});
  Reaper reaper(machine, end, seed);
  const auto database = OpenStore(arguments.at(0), end == End::kPowerCut ? machine.environment() : nullptr, arguments.at(2) == "1");
  if (!database.ok()) {
    Say(pipe, absl::StrFormat("E %s\n", database.status().ToString()));
    return 1;
  }
  Say(pipe, "R\n");
  RandomEngine random(seed + 1);
  std::uint64_t number = first;
  for (;;) {
    StoreBatch batch;
    std::uint64_t sequence = (*database)->last_sequence();
    for (std::uint64_t left = 1 + random() % 5; left > 0; --left, ++number) {
      const Message message = TypicalMessage(number, 2);
      const auto seen = (*database)->FindSeen(message.sender, message.message_id);
      if (!seen.ok()) return 1;
      if (!*seen) PutTypical(batch, number, ++sequence);
    }
    if (!(*database)->Commit(batch).ok()) return 1;
    Say(pipe, absl::StrFormat("A %d\n", number - 1));
    reaper.CountCommit();
  }
}

const ChildRole kTakeMessages("take messages", TakeMessages);

struct CycleResult {
  bool ready = false;
  std::uint64_t acknowledged = 0;  // All up to this number.
  std::string error;
};

std::string ReadAll(int pipe) {
  std::string text;
  char buffer[65536];
  for (;;) {
    const ssize_t size = read(pipe, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return text;
    text.append(buffer, static_cast<std::size_t>(size));
  }
}

// Only whole lines count: the last one may be cut.
CycleResult ParseLines(const std::string& text) {
  CycleResult result;
  std::size_t at = 0;
  for (std::size_t end; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
    const std::string line = text.substr(at, end - at);
    if (line[0] == 'R') result.ready = true;
    if (line[0] == 'E') result.error = line;
    if (line[0] == 'A') std::from_chars(line.data() + 2, line.data() + line.size(), result.acknowledged);
  }
  return result;
}

CycleResult RunCycle(const TempStore& store, const LoopOptions& options, std::uint64_t first, std::uint64_t seed) {
  int pipes[2];
  EXPECT_EQ(pipe(pipes), 0);
  const pid_t child = StartChild(
      "take messages", {store.directory(), options.end == End::kPowerCut ? "cut" : "kill", options.sync ? "1" : "0",
                        options.lie_about_sync ? "1" : "0", std::to_string(first), std::to_string(seed),
                        std::to_string(pipes[1])});
  close(pipes[1]);
  const std::string text = ReadAll(pipes[0]);
  close(pipes[0]);
  const int ended = WaitForChild(child);
  // SIGABRT would be an assertion in RocksDB: not how we want to end.
  EXPECT_TRUE(ended == -SIGKILL || ended >= 0) << "signal " << -ended;
  return ParseLines(text);
}

struct Audit {
  std::uint64_t lost = 0;        // Acknowledged, not stored.
  std::uint64_t half = 0;        // Some rows of a message, not all.
  std::uint64_t duplicates = 0;  // Second effects.
  std::uint64_t stored = 0;
};

// Compares the store with what was acknowledged, over all rows that a message has.
Audit Compare(const Database& database, std::uint64_t acknowledged) {
  Audit audit;
  std::map<std::uint64_t, int> effects;
  EXPECT_TRUE(database
                  .ForEachReference(ReferenceKind::kDispositions,
                                    [&effects](std::string_view json) {
                                      std::uint64_t number = 0;
                                      std::from_chars(json.data(), json.data() + json.size(), number);
                                      ++effects[number];
                                      return absl::OkStatus();
                                    })
                  .ok());
  for (const auto& [number, times] : effects) audit.duplicates += times > 1;
  audit.stored = database.CountRows("messages").value();
  EXPECT_EQ(audit.stored, database.CountRows("seen").value());
  EXPECT_EQ(audit.stored, effects.size());
  EXPECT_EQ(database.last_sequence(), effects.size());  // Without gaps: no receipt number was used and lost.
  const std::uint64_t last = effects.empty() ? 0 : effects.rbegin()->first;
  for (std::uint64_t number = 1; number <= std::max(last, acknowledged); ++number) {
    const Message message = TypicalMessage(number, 2);
    const bool seen = database.FindSeen(message.sender, message.message_id).value().has_value();
    const bool record = !database.MessagesOf(message.flight.Key()).value().empty();
    const bool flag = database.FindFlag(message.flight.Key()).value().has_value();
    const bool effect = effects.contains(number);
    audit.half += seen != record || seen != flag || seen != effect;
    audit.lost += number <= acknowledged && !seen;
  }
  return audit;
}

struct LoopResult {
  int ready = 0;
  std::uint64_t acknowledged = 0;
  std::vector<std::string> errors;
};

LoopResult RunLoop(const TempStore& store, const LoopOptions& options, int cycles, std::uint64_t seed) {
  LoopResult result;
  for (int i = 0; i < cycles; ++i) {
    const CycleResult cycle = RunCycle(store, options, result.acknowledged + 1, seed + 1001 * static_cast<std::uint64_t>(i));
    result.ready += cycle.ready;
    result.acknowledged = std::max(result.acknowledged, cycle.acknowledged);
    if (!cycle.error.empty()) result.errors.push_back(cycle.error);
  }
  return result;
}

class CrashLoopTest : public testing::TestWithParam<End> {};

TEST_P(CrashLoopTest, LosesNothing) {
  TempStore store;
  SCOPED_TRACE(kSeed);
  const int cycles = Cycles(200, 1000);
  const LoopResult result = RunLoop(store, {.end = GetParam()}, cycles, kSeed);
  EXPECT_THAT(result.errors, testing::IsEmpty());
  EXPECT_GT(result.ready, cycles / 2);  // Else the store is killed before it opens, and nothing is tested.
  EXPECT_GT(result.acknowledged, static_cast<std::uint64_t>(cycles) * 2);
  const std::unique_ptr<Database> database = store.MustOpen();
  ASSERT_NE(database, nullptr);
  const Audit audit = Compare(*database, result.acknowledged);
  EXPECT_EQ(audit.lost, 0u);
  EXPECT_EQ(audit.half, 0u);
  EXPECT_EQ(audit.duplicates, 0u);
  EXPECT_GE(audit.stored, result.acknowledged);
  EXPECT_TRUE(database->VerifyChecksums().ok());
  std::cout << "seed " << kSeed << ": " << cycles << " cycles, " << result.ready << " ready, " << result.acknowledged << " acknowledged, "
            << audit.stored << " stored, " << audit.lost << " lost, " << audit.half << " half, " << audit.duplicates
            << " twice\n";
}

INSTANTIATE_TEST_SUITE_P(Ends, CrashLoopTest, testing::Values(End::kKill, End::kPowerCut),
                         [](const auto& test) { return test.param == End::kKill ? "Kill" : "PowerCut"; });

// The control: if a store that does not sync loses nothing, the power cut is not in the path and proves nothing.
TEST(CrashControlTest, APowerCutWithoutSyncMustLose) {
  std::uint64_t acknowledged = 0, lost = 0;
  for (std::uint64_t i = 0; i < 5; ++i) {
    TempStore store;
    const LoopResult result = RunLoop(store, {.end = End::kPowerCut, .sync = false}, 1, kSeed + i);
    acknowledged += result.acknowledged;
    const auto database = store.Open();
    lost += database.ok() ? Compare(**database, result.acknowledged).lost : result.acknowledged;
  }
  EXPECT_GT(acknowledged, 0u);
  EXPECT_GT(lost, 0u);
  std::cout << lost << " of " << acknowledged << " acknowledged lost without sync\n";
}

// A disk that says "synced" and is not: nothing in the database shows it, and the mark does.
TEST(CrashControlTest, ADiskThatLiesIsFoundOut) {
  int found = 0, with_acknowledged = 0;
  for (std::uint64_t i = 0; i < 5; ++i) {
    TempStore store;
    store.MustOpen();
    const LoopResult result = RunLoop(store, {.end = End::kPowerCut, .lie_about_sync = true}, 1, kSeed + i);
    if (result.acknowledged == 0) continue;
    ++with_acknowledged;
    found += store.Open().status().code() == absl::StatusCode::kDataLoss;
  }
  EXPECT_GT(with_acknowledged, 0);
  EXPECT_EQ(found, with_acknowledged);
}

// --- Named points.

struct PointCase {
  const char* name;
  const char* point;
  std::uint64_t kept;  // Groups in the store after a crash at the third passage.
};

class CrashPointTest : public testing::TestWithParam<PointCase> {};

TEST_P(CrashPointTest, LeavesWholeGroups) {
  TempStore store;
  EXPECT_EQ(RunChild("commit", {store.directory(), "5", absl::StrFormat("%s:3", GetParam().point)}), 9);
  for (int round = 0; round < 2; ++round) {
    const std::unique_ptr<Database> database = store.MustOpen();
    ASSERT_NE(database, nullptr);
    EXPECT_EQ(database->last_sequence(), GetParam().kept);
    const Audit audit = Compare(*database, GetParam().kept);
    EXPECT_EQ(audit.stored, GetParam().kept);
    EXPECT_EQ(audit.lost + audit.half + audit.duplicates, 0u);
  }
  // And the store goes on.
  const std::unique_ptr<Database> database = store.MustOpen();
  StoreBatch batch;
  PutTypical(batch, 10, GetParam().kept + 1);
  EXPECT_TRUE(database->Commit(batch).ok());
}

INSTANTIATE_TEST_SUITE_P(Points, CrashPointTest,
                         testing::Values(PointCase{"BeforeCommit", "before_commit", 2},
                                         PointCase{"AfterWal", "after_wal", 3},
                                         PointCase{"AfterMark", "after_mark", 3}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace landfall
