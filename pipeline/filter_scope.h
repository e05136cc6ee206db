#pragma once

// The one way to make a pipeline filter. libtbb is not built for ThreadSanitizer, so the sanitizer cannot see TBB hand a
// batch from thread to thread; the scope tells it. Without the sanitizer it costs nothing.

#include <tbb/parallel_pipeline.h>

#include <utility>

#if defined(__SANITIZE_THREAD__)
#define LANDFALL_TSAN 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LANDFALL_TSAN 1
#endif
#endif

#ifdef LANDFALL_TSAN
extern "C" void __tsan_acquire(void* address);
extern "C" void __tsan_release(void* address);
#endif

namespace landfall {

// Says that what happened before Release(x) on one thread is visible after Acquire(x) on another.
inline void HandOverAcquire([[maybe_unused]] void* address) {
#ifdef LANDFALL_TSAN
  __tsan_acquire(address);
#endif
}
inline void HandOverRelease([[maybe_unused]] void* address) {
#ifdef LANDFALL_TSAN
  __tsan_release(address);
#endif
}

// Entry and exit of one filter call: of its batch, and of a serial filter's own token (its calls follow one another on
// different threads).
class FilterScope {
 public:
  FilterScope(void* batch, void* token) : batch_(batch), token_(token) {
    if (token_ != nullptr) HandOverAcquire(token_);
    if (batch_ != nullptr) HandOverAcquire(batch_);
  }
  ~FilterScope() {
    if (batch_ != nullptr) HandOverRelease(batch_);
    if (token_ != nullptr) HandOverRelease(token_);
  }
  FilterScope(const FilterScope&) = delete;
  FilterScope& operator=(const FilterScope&) = delete;
  // For the first filter, which gets its batch inside.
  void SetBatch(void* batch) {
    batch_ = batch;
    HandOverAcquire(batch_);
  }

 private:
  void* batch_;
  void* token_;
};

}  // namespace landfall
