// NDJSON intake beside its bound: bare simdjson DOM, line by line, over the same bytes with the same padding.
//
//   BM_ParseNdjson            lines -> messages, every field checked and copied out
//   BM_SimdjsonDomLineByLine  the DOM alone: each line validated and put on the tape, nothing read from it
//   BM_SimdjsonDomAllFields   the same, and every key and value visited once
//   BM_FrameNdjson            MessageReader alone: a descriptor's bytes cut into lines
//   BM_WriteNdjson            messages -> lines
//
// The input is a made-up morning: flights of about 220 travellers with documents, bookings, some visas, addresses,
// contacts. Fixed seed. Every contender must count the same travellers or keys, so none can win by reading less.

#include <benchmark/benchmark.h>
#include <simdjson.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_format.h"
#include "pipeline/parse/parse.h"

namespace landfall {
namespace {

constexpr int kFlights = 100;
constexpr std::uint64_t kSeed = 20'261'122;

class DayWriter {
 public:
  std::string Write() {
    std::string text;
    for (int flight = 0; flight < kFlights; ++flight) Message(flight, text);
    return text;
  }
  std::size_t travellers() const { return travellers_; }

 private:
  std::size_t Below(std::size_t bound) { return random_() % bound; }
  bool Chance(std::size_t percent) { return Below(100) < percent; }
  template <std::size_t N>
  const char* Pick(const char* const (&words)[N]) {
    return words[Below(N)];
  }

  void Message(int flight, std::string& text) {
    const std::size_t size = 200 + Below(41);
    absl::StrAppendFormat(
        &text,
        R"({"message_id":"ZZ-20261122-%04d-1","sender":"ZZ","sent_at":"2026-11-22T01:55:10Z","carrier":"ZZ",)"
        R"("kind":"check_in","revision":1,"declared":{"passengers":%d,"crew":9},)"
        R"("flight":{"number":"ZZ%d","from":"%s","to":"LHR","departs_at":"2026-11-22T00:10:00Z",)"
        R"("arrives_at":"2026-11-22T06:40:00Z","terminal":"5"},"travellers":[)",
        flight, static_cast<int>(size), 100 + flight, Pick(kOrigins));
    for (std::size_t i = 0; i < size; ++i) {
      if (i > 0) text += ',';
      Traveller(i, text);
    }
    text += "]}\n";
    travellers_ += size;
  }

  void Traveller(std::size_t number, std::string& text) {
    const char* const country = Pick(kCountries);
    const char* const surname = Pick(kSurnames);
    absl::StrAppendFormat(
        &text,
        R"({"ref":"%d","type":"passenger","surname":"%s","given_names":"%s %s","date_of_birth":"%d-%02d-%02d",)"
        R"("sex":"%s","nationality":"%s","residence":"%s",)"
        R"("documents":[{"type":"P","number":"A%08d","issuer":"%s","expires":"20%d-01-0%d"})",
        static_cast<int>(number + 1), surname, Pick(kGivenNames), Pick(kGivenNames),
        static_cast<int>(1946 + Below(78)), static_cast<int>(1 + Below(12)), static_cast<int>(1 + Below(28)),
        Pick(kSexes), country, country, static_cast<int>(Below(100'000'000)), country,
        static_cast<int>(27 + Below(9)), static_cast<int>(1 + Below(9)));
    if (Chance(30)) {
      absl::StrAppendFormat(&text, R"(,{"type":"V","number":"VG%07d","issuer":"GBR"})",
                            static_cast<int>(Below(10'000'000)));
    }
    absl::StrAppendFormat(
        &text,
        R"(],"booking":{"locator":"K%05d","booked_at":"2026-11-%02dT15:10:00Z","payment":"%s","payer":"%s %s",)"
        R"("agency":"LOSZZ21%02d","trip":"%s"},"seat":"%d%c","bags":%d,"data_verified":%s)",
        static_cast<int>(Below(100'000)), static_cast<int>(1 + Below(21)), Pick(kPayments), Pick(kGivenNames), surname,
        static_cast<int>(Below(100)), Pick(kTrips), static_cast<int>(1 + Below(60)), "ABCDEFHJK"[Below(9)],
        static_cast<int>(Below(3)), Chance(90) ? "true" : "false");
    if (Chance(5)) text += R"(,"services":["UMNR"])";
    if (Chance(30)) {
      absl::StrAppendFormat(
          &text, R"(,"address":{"lines":"%d ACACIA AVENUE","city":"LONDON","postcode":"N1 1AA","country":"GBR"})",
          static_cast<int>(1 + Below(200)));
      absl::StrAppendFormat(&text, R"(,"contacts":[{"kind":"phone","value":"+4477009%05d"}])",
                            static_cast<int>(Below(100'000)));
    }
    absl::StrAppendFormat(&text, R"(,"journey":{"origin":"%s","destination":"LHR"}})", Pick(kOrigins));
  }

  static constexpr const char* kOrigins[] = {"LOS", "ABV", "JFK", "CDG", "DEL", "HAN", "TIA", "DXB"};
  static constexpr const char* kCountries[] = {"NGA", "GBR", "USA", "FRA", "IND", "VNM", "ALB", "ZWE"};
  static constexpr const char* kSurnames[] = {"ADEYEMI", "VANTERPOOL", "OKONJO-BRANDT", "LI", "MARCHETTI", "DUPREZ"};
  static constexpr const char* kGivenNames[] = {"TUNDE", "OLA", "AMINA", "MARGUERITE", "JO", "THANH", "BESNIK"};
  static constexpr const char* kSexes[] = {"F", "M"};
  static constexpr const char* kPayments[] = {"card", "cash", "agency", "miles"};
  static constexpr const char* kTrips[] = {"return", "return", "one_way"};

  std::mt19937_64 random_{kSeed};
  std::size_t travellers_ = 0;
};

// The bytes of a day, padded as MessageReader pads them, and its lines.
struct Day {
  std::string buffer;
  std::size_t size = 0;
  std::size_t travellers = 0;
  std::vector<RawMessage> lines;
};

const Day& TheDay() {
  static const Day day = [] {
    Day made;
    DayWriter writer;
    made.buffer = writer.Write();
    made.size = made.buffer.size();
    made.travellers = writer.travellers();
    made.buffer.append(simdjson::SIMDJSON_PADDING, '\0');
    for (std::size_t at = 0; at < made.size;) {
      const std::size_t end = made.buffer.find('\n', at);
      made.lines.push_back({InputFormat::kNdjson, at, made.lines.size() + 1,
                            std::string_view(made.buffer).substr(at, end - at), false});
      at = end + 1;
    }
    return made;
  }();
  return day;
}

void CountWork(benchmark::State& state) {
  const auto rounds = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(rounds * static_cast<std::int64_t>(TheDay().size));
  state.SetItemsProcessed(rounds * static_cast<std::int64_t>(TheDay().travellers));
}

void BM_ParseNdjson(benchmark::State& state) {
  const Day& day = TheDay();
  const Configuration configuration;
  MessageParser parser(configuration);
  ParsedInput out;
  for (auto _ : state) {
    std::size_t travellers = 0;
    for (const RawMessage& line : day.lines) {
      out.Clear();
      parser.Parse("day", line, out);
      for (const Message& message : out.messages) travellers += message.travellers.size();
    }
    if (travellers != day.travellers) state.SkipWithError("not every traveller was read");
  }
  CountWork(state);
}
BENCHMARK(BM_ParseNdjson);

void BM_SimdjsonDomLineByLine(benchmark::State& state) {
  const Day& day = TheDay();
  simdjson::dom::parser parser;
  for (auto _ : state) {
    for (const RawMessage& line : day.lines) {
      simdjson::dom::element root;
      if (parser.parse(line.bytes.data(), line.bytes.size(), false).get(root) != simdjson::SUCCESS) {
        state.SkipWithError("a line was refused");
      }
      benchmark::DoNotOptimize(root);
    }
  }
  CountWork(state);
}
BENCHMARK(BM_SimdjsonDomLineByLine);

// Keys, and the bytes of texts and numbers, so that every value is looked at.
std::uint64_t Visit(simdjson::dom::element value) {
  switch (value.type()) {
    case simdjson::dom::element_type::OBJECT: {
      std::uint64_t sum = 0;
      for (const auto field : simdjson::dom::object(value)) sum += field.key.size() + Visit(field.value);
      return sum;
    }
    case simdjson::dom::element_type::ARRAY: {
      std::uint64_t sum = 0;
      for (const simdjson::dom::element item : simdjson::dom::array(value)) sum += Visit(item);
      return sum;
    }
    case simdjson::dom::element_type::STRING: return std::string_view(value).size();
    case simdjson::dom::element_type::INT64: return static_cast<std::uint64_t>(std::int64_t(value));
    case simdjson::dom::element_type::UINT64: return std::uint64_t(value);
    case simdjson::dom::element_type::DOUBLE: return static_cast<std::uint64_t>(double(value));
    case simdjson::dom::element_type::BOOL: return bool(value) ? 1 : 0;
    default: return 0;
  }
}

void BM_SimdjsonDomAllFields(benchmark::State& state) {
  const Day& day = TheDay();
  simdjson::dom::parser parser;
  for (auto _ : state) {
    std::uint64_t sum = 0;
    for (const RawMessage& line : day.lines) {
      simdjson::dom::element root;
      if (parser.parse(line.bytes.data(), line.bytes.size(), false).get(root) != simdjson::SUCCESS) {
        state.SkipWithError("a line was refused");
      }
      sum += Visit(root);
    }
    benchmark::DoNotOptimize(sum);
  }
  CountWork(state);
}
BENCHMARK(BM_SimdjsonDomAllFields);

void BM_FrameNdjson(benchmark::State& state) {
  const Day& day = TheDay();
  const int descriptor = ::memfd_create("day", MFD_CLOEXEC);
  if (descriptor < 0 || ::write(descriptor, day.buffer.data(), day.size) != static_cast<ssize_t>(day.size)) {
    state.SkipWithError("no memory file");
    return;
  }
  for (auto _ : state) {
    ::lseek(descriptor, 0, SEEK_SET);
    MessageReader reader("day", descriptor, InputLimits{});
    InputChunk chunk;
    std::size_t lines = 0;
    while (reader.Next(chunk).value_or(false)) lines += chunk.messages.size();
    if (lines != day.lines.size()) state.SkipWithError("not every line was framed");
  }
  ::close(descriptor);
  CountWork(state);
}
BENCHMARK(BM_FrameNdjson);

void BM_WriteNdjson(benchmark::State& state) {
  const Day& day = TheDay();
  const Configuration configuration;
  MessageParser parser(configuration);
  ParsedInput parsed;
  for (const RawMessage& line : day.lines) parser.Parse("day", line, parsed);
  std::string text;
  for (auto _ : state) {
    text.clear();
    for (const Message& message : parsed.messages) AppendJson(message, text);
    benchmark::DoNotOptimize(text.data());
  }
  CountWork(state);
}
BENCHMARK(BM_WriteNdjson);

}  // namespace
}  // namespace landfall
