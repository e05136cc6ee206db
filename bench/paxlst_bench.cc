// PAXLST: an interchange of one check-in message becomes a message of the model. Texts as carriers send them, about 180
// bytes a traveller, made up once, outside the loops.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "pipeline/parse/edifact/framing.h"
#include "pipeline/parse/edifact/paxlst.h"
#include "tests/support/paxlst_builder.h"

namespace landfall {
namespace {

void ParseAll(benchmark::State& state, const std::string& text) {
  const Configuration configuration;
  RawMessage raw;
  raw.format = InputFormat::kEdifact;
  raw.bytes = text;
  ParsedInput out;
  for (auto _ : state) {
    out.Clear();
    ParseInterchange("bench.edi", raw, configuration, out);
    benchmark::DoNotOptimize(out);
  }
  // A fast answer must be the right one.
  if (out.messages.size() != 1 || out.messages[0].travellers.size() != static_cast<std::size_t>(state.range(0)) ||
      !out.messages[0].findings.empty()) {
    std::abort();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["travellers/s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * state.range(0)), benchmark::Counter::kIsRate);
}

void BM_ParsePaxlst(benchmark::State& state) { ParseAll(state, TypicalInterchange(static_cast<int>(state.range(0)))); }
BENCHMARK(BM_ParsePaxlst)->ArgName("travellers")->Arg(1)->Arg(180)->Arg(260)->Arg(400);

// As teletype sends it: lines of 64 characters, cut anywhere.
void BM_ParseWrappedPaxlst(benchmark::State& state) {
  ParseAll(state, Wrapped(TypicalInterchange(static_cast<int>(state.range(0))), 64));
}
BENCHMARK(BM_ParseWrappedPaxlst)->ArgName("travellers")->Arg(180);

// Finding where one interchange ends: what the reader does, serially, for every byte.
void BM_FrameInterchange(benchmark::State& state) {
  const std::string text = TypicalInterchange(static_cast<int>(state.range(0)));
  const InputLimits limits;
  for (auto _ : state) {
    const edifact::InterchangeFrame frame = edifact::NextInterchange(text, false, limits);
    if (!frame.complete || frame.end != text.size()) std::abort();
    benchmark::DoNotOptimize(frame);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(BM_FrameInterchange)->ArgName("travellers")->Arg(180);

}  // namespace
}  // namespace landfall
