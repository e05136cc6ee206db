#pragma once

// Vectors of many megabytes that are read all over the place: in pages of two megabytes, where the system has them, since
// a look-up in a new page of four kilobytes costs more than the look-up itself.

#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <vector>

namespace landfall {

template <typename T>
struct BigPageAllocator {
  using value_type = T;

  BigPageAllocator() = default;
  template <typename U>
  BigPageAllocator(const BigPageAllocator<U>&) {}

  T* allocate(std::size_t count) {
    const std::size_t bytes = count * sizeof(T);
    void* const memory = ::operator new(bytes, AlignmentOf(bytes));
    // A wish: it may be refused, and nothing is lost.
    if (bytes >= kPage) madvise(memory, bytes / kPage * kPage, MADV_HUGEPAGE);
    return static_cast<T*>(memory);
  }
  void deallocate(T* memory, std::size_t count) { ::operator delete(memory, AlignmentOf(count * sizeof(T))); }
  friend bool operator==(const BigPageAllocator&, const BigPageAllocator&) { return true; }

 private:
  static constexpr std::size_t kPage = std::size_t{2} << 20;
  static std::align_val_t AlignmentOf(std::size_t bytes) { return std::align_val_t(bytes < kPage ? alignof(T) : kPage); }
};

template <typename T>
using BigVector = std::vector<T, BigPageAllocator<T>>;

}  // namespace landfall
