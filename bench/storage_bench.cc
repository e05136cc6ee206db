// Storage: encoding, hashing and decoding messages, and committing groups of them, synced.
//
// The workload is check-in messages of 220 travellers with a name, a document and a booking each; groups of about
// 1 MiB. Values are not encrypted. `travellers/s` is wall time, so a commit counts the wait for the disk.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "absl/strings/str_format.h"
#include "storage/codec.h"
#include "storage/database.h"
#include "storage/fact_codec.h"

namespace landfall {
namespace {

constexpr int kTravellers = 220;
constexpr std::size_t kGroupBytes = std::size_t{1} << 20;

Traveller MakeTraveller(std::uint64_t number, int place) {
  const std::uint64_t mix = number * 7919 + static_cast<std::uint64_t>(place);
  Traveller traveller;
  traveller.ref = absl::StrFormat("%d", place + 1);
  traveller.surname = absl::StrFormat("BRENNICK%d", mix % 5000);
  traveller.given_names = mix % 3 == 0 ? "AMINA ROSE" : "FARAI";
  traveller.date_of_birth = PartialDate{static_cast<std::int16_t>(1950 + mix % 70), 3, 14};
  traveller.sex = mix % 2 == 0 ? Sex::kF : Sex::kM;
  traveller.nationality = CountryCode("UTO");
  traveller.documents.push_back({"P", absl::StrFormat("X%08d", mix % 100000000), CountryCode("UTO"), Date{21500}, {}, ""});
  traveller.booking = Booking{.locator = absl::StrFormat("LF%04X", mix / 2 % 65536), .booked_at = Instant{1790000000}};
  traveller.seat = absl::StrFormat("%d%c", place / 6 + 1, "ABCDEF"[place % 6]);
  traveller.bags = static_cast<std::int32_t>(mix % 3);
  traveller.clearance = AirportCode("LHR");
  traveller.journey = {AirportCode("LOS"), AirportCode("LHR")};
  if (mix % 10 == 0) traveller.services.emplace_back("UMNR");
  traveller.offset = static_cast<std::uint64_t>(place) * 420;
  return traveller;
}

// Check-in message `number`: one flight each, 900 a day.
Message MakeMessage(std::uint64_t number) {
  Message message;
  message.message_id = absl::StrFormat("ZZ-%012d-1", number);
  message.sender = "ZZ";
  message.sent_at = Instant{1795000000};
  message.carrier = "ZZ";
  message.declared.passengers = kTravellers;
  message.flight.number = absl::StrFormat("ZZ%d", 100 + number % 900);
  message.flight.from = AirportCode("LOS");
  message.flight.to = AirportCode("LHR");
  message.flight.departs_on = Date{20770 + static_cast<std::int32_t>(number / 900)};
  message.flight.departs_at = Instant{std::int64_t{message.flight.departs_on.days} * 86400 + 36000};
  message.flight.arrives_at = Instant{message.flight.departs_at.seconds + 23400};
  message.position = {"feed/day.ndjson", number * 90000, number + 1};
  for (int place = 0; place < kTravellers; ++place) message.travellers.push_back(MakeTraveller(number, place));
  return message;
}

std::vector<Message> Messages(std::size_t count) {
  std::vector<Message> messages;
  for (std::size_t i = 0; i < count; ++i) messages.push_back(MakeMessage(i));
  return messages;
}

void SetRates(benchmark::State& state, std::int64_t bytes) {
  state.SetBytesProcessed(bytes);
  state.counters["travellers/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kTravellers, benchmark::Counter::kIsRate);
}

void BM_EncodeMessage(benchmark::State& state) {
  const std::vector<Message> messages = Messages(64);
  std::string bytes;
  std::int64_t written = 0;
  std::size_t next = 0;
  for (auto _ : state) {
    bytes.clear();
    EncodeMessage(messages[next++ % messages.size()], bytes);
    benchmark::DoNotOptimize(bytes.data());
    written += static_cast<std::int64_t>(bytes.size());
  }
  SetRates(state, written);
}
BENCHMARK(BM_EncodeMessage);

void BM_DecodeMessage(benchmark::State& state) {
  std::vector<std::string> encoded(64);
  for (std::size_t i = 0; i < encoded.size(); ++i) EncodeMessage(MakeMessage(i), encoded[i]);
  std::int64_t read = 0;
  std::size_t next = 0;
  for (auto _ : state) {
    const std::string& bytes = encoded[next++ % encoded.size()];
    absl::StatusOr<Message> message = DecodeMessage(bytes);
    if (!message.ok()) state.SkipWithError("does not decode");
    benchmark::DoNotOptimize(message);
    read += static_cast<std::int64_t>(bytes.size());
  }
  SetRates(state, read);
}
BENCHMARK(BM_DecodeMessage);

void BM_ContentHash(benchmark::State& state) {
  const std::vector<Message> messages = Messages(64);
  std::size_t next = 0;
  for (auto _ : state) benchmark::DoNotOptimize(ContentHash(messages[next++ % messages.size()]));
  SetRates(state, 0);
}
BENCHMARK(BM_ContentHash);

// Facts of one flight: a fifth of the columns known and unlike from row to row, a fifth the same in all.
void BM_EncodeFacts(benchmark::State& state) {
  FactTable table;
  table.AddFlight();
  for (int i = 0; i < kTravellers; ++i) {
    if (i % 2 == 0) table.AddParty();
    table.AddRow();
  }
  for (const FactInfo& info : Facts()) {
    const std::size_t how = static_cast<std::size_t>(info.id) % 5;
    if (how > 1 || info.is_window) continue;
    for (std::size_t row = 0; row < table.rows(); ++row) {
      const std::size_t value = how == 0 ? row : 7;
      if (info.type == FactType::kBool) table.SetBool(row, info.id, value % 2 == 1);
      if (info.type == FactType::kInt) table.SetInt(row, info.id, static_cast<std::int64_t>(value));
      if (info.type == FactType::kNum) table.SetNum(row, info.id, static_cast<double>(value));
      if (info.type == FactType::kText) table.SetText(row, info.id, std::to_string(value));
    }
  }
  std::int64_t written = 0;
  for (auto _ : state) {
    const std::string bytes = EncodeFacts(table, 0);
    benchmark::DoNotOptimize(bytes.data());
    written += static_cast<std::int64_t>(bytes.size());
  }
  SetRates(state, written);
}
BENCHMARK(BM_EncodeFacts);

// A store in a directory of its own, removed afterwards.
class BenchStore {
 public:
  BenchStore() {
    std::string pattern = (std::filesystem::temp_directory_path() / "landfall-bench-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
    database_ = Database::Open({.directory = root_ + "/store"}).value();
  }
  ~BenchStore() {
    database_.reset();
    std::error_code error;
    std::filesystem::remove_all(root_, error);
  }
  Database& database() { return *database_; }

 private:
  std::string root_;
  std::unique_ptr<Database> database_;
};

// One iteration fills and commits a group of `bytes`, synced, with the mark. The rate is that of the persist stage if it
// encoded, too; the pipeline encodes in parallel before it.
void BM_CommitGroup(benchmark::State& state) {
  BenchStore store;
  const std::vector<Message> messages = Messages(900);
  const auto group_bytes = static_cast<std::size_t>(state.range(0));
  std::uint64_t sequence = 0;
  std::int64_t travellers = 0, written = 0;
  StoreBatch batch;
  for (auto _ : state) {
    batch.Clear();
    do {
      const Message& message = messages[sequence % messages.size()];
      // Each flight again with each round over the messages, under a later day.
      FlightKey flight = message.flight.Key();
      flight.departs_on.days += static_cast<std::int32_t>(10 * (sequence / messages.size()));
      batch.PutMessage(message, flight, Digest128{}, ++sequence);
      travellers += kTravellers;
    } while (batch.bytes() < group_bytes);
    written += static_cast<std::int64_t>(batch.bytes());
    if (!store.database().Commit(batch).ok()) state.SkipWithError("commit failed");
  }
  state.SetBytesProcessed(written);
  state.counters["travellers/s"] = benchmark::Counter(static_cast<double>(travellers), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_CommitGroup)->ArgName("bytes")->Arg(1)->Arg(kGroupBytes / 4)->Arg(kGroupBytes)->Arg(4 * kGroupBytes)->UseRealTime();

}  // namespace
}  // namespace landfall
