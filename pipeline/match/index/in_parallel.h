#pragma once

#include <tbb/global_control.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace landfall {

// As many threads as the process may use; one if there is little to do.
inline std::size_t ThreadsFor(std::size_t work) {
  constexpr std::size_t kWorthAThread = 20'000;
  if (work < kWorthAThread) return 1;
  return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
}

// Calls use(0) to use(count - 1), each once. Threads of its own: a worker of TBB that waits here could take up a task that
// needs what its caller holds.
template <typename Use>
void InParallel(std::size_t threads, std::size_t count, Use use) {
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < count; i = next++) use(i);
  };
  std::vector<std::thread> others;
  for (std::size_t i = 1; i < std::min(count, threads); ++i) others.emplace_back(work);
  work();
  for (std::thread& other : others) other.join();
}

}  // namespace landfall
