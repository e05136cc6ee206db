// PNRGOV: an interchange of one push becomes a message of the model. Texts as carriers send them, about 500 bytes a
// traveller with all that is passed over, made up once, outside the loops.

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <string>

#include "pipeline/parse/edifact/paxlst.h"
#include "tests/support/pnrgov_builder.h"

namespace landfall {
namespace {

// Each thread parses messages of its own, as the parse stage does: the rate is that of all threads.
void BM_ParsePnrgov(benchmark::State& state) {
  const std::string text = TypicalPnrgov(static_cast<int>(state.range(0)));
  const std::size_t travellers = 2 * static_cast<std::size_t>(state.range(0));
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
  if (out.messages.size() != 1 || out.messages[0].travellers.size() != travellers || !out.messages[0].findings.empty()) {
    std::abort();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.counters["travellers/s"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * static_cast<double>(travellers), benchmark::Counter::kIsRate);
}
BENCHMARK(BM_ParsePnrgov)->ArgName("bookings")->Arg(1)->Arg(90);
BENCHMARK(BM_ParsePnrgov)->ArgName("bookings")->Arg(90)->Threads(2)->UseRealTime();

}  // namespace
}  // namespace landfall
