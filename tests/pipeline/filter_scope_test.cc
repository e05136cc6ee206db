// The check of the sensor: under ThreadSanitizer a race planted in a TBB filter must be found, and the same pipeline
// without it must be clean. Built with other sanitizers, or none, there is nothing to check.

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/parallel_pipeline.h>

#include <atomic>
#include <cstdlib>
#include <memory>
#include <vector>

#include "pipeline/filter_scope.h"

namespace landfall {
namespace {

struct Item {
  int value = 0;
};

// Sums 1..n through three filters, as pipeline.cc is wired. `racy` is counted up by parallel filters without any lock.
long Sum(int n, bool plant_race) {
  const tbb::global_control threads(tbb::global_control::max_allowed_parallelism, 4);
  std::vector<std::unique_ptr<Item>> ring;
  for (int i = 0; i < 6; ++i) ring.push_back(std::make_unique<Item>());
  char start = 0, read_token = 0, sum_token = 0;
  int next = 0;
  long sum = 0;
  static long racy;
  HandOverRelease(&start);
  tbb::parallel_pipeline(
      ring.size(),
      tbb::make_filter<void, Item*>(tbb::filter_mode::serial_in_order,
                                    [&](tbb::flow_control& control) -> Item* {
                                      FilterScope scope(nullptr, &read_token);
                                      HandOverAcquire(&start);
                                      if (next == n) return control.stop(), nullptr;
                                      Item* const item = ring[static_cast<std::size_t>(next) % ring.size()].get();
                                      scope.SetBatch(item);
                                      item->value = ++next;
                                      return item;
                                    }) &
          tbb::make_filter<Item*, Item*>(tbb::filter_mode::parallel,
                                         [&](Item* item) {
                                           const FilterScope scope(item, nullptr);
                                           item->value *= 2;
                                           if (plant_race) ++racy;
                                           return item;
                                         }) &
          tbb::make_filter<Item*, void>(tbb::filter_mode::serial_in_order, [&](Item* item) {
            const FilterScope scope(item, &sum_token);
            sum += item->value;
          }));
  for (char* token : {&read_token, &sum_token}) HandOverAcquire(token);
  return sum;
}

TEST(FilterScope, ACleanPipelineIsClean) { EXPECT_EQ(Sum(3'000, false), 3'000L * 3'001L); }

TEST(FilterScopeDeathTest, APlantedRaceIsFound) {
#ifdef LANDFALL_TSAN
  testing::GTEST_FLAG(death_test_style) = "threadsafe";
  EXPECT_DEATH(
      {
        Sum(100'000, true);
        std::exit(0);
      },
      "data race");
#else
  GTEST_SKIP() << "only under ThreadSanitizer";
#endif
}

}  // namespace
}  // namespace landfall
